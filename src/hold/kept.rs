//! What was held the last time, and how the next evidence is made of it.
//!
//! How a record's quotations fare depends on the record, on what its references lead to and on the texts of sources. The
//! archive's entry of a record stands for the first two: where it is the same, the record is not held again.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::annotation::{self, Annotated};
use super::gather::gather;
use super::quotation::{self, Of, Texts};
use super::{Evidence, SourceText};
use crate::diagnostic::Diagnostic;
use crate::model::{Archive, Entry, Ix, Shape};

/// What was found of one record's annotations.
type OfAnnotations = (Vec<Annotated>, Vec<Diagnostic>);

/// One evidence, and what it was made of.
pub(super) struct Last {
    places: Shape,
    entries: Vec<Arc<Entry>>,
    held: Vec<Arc<Of>>,
    annotated: Vec<Arc<OfAnnotations>>,
    pub(super) evidence: Arc<Evidence>,
}

impl Last {
    /// Holds the quotations of all records.
    pub(super) fn anew(archive: &Archive, texts: BTreeMap<Ix, Arc<SourceText>>) -> Last {
        texts.values().for_each(|text| text.turn());
        let all: Vec<Ix> = archive.all().collect();
        let (held, annotated): (Vec<_>, Vec<_>) =
            all.par_iter().with_min_len(16).map(|ix| of(archive, *ix, &texts)).unzip();
        let evidence = Arc::new(evidence(texts, &held, &annotated));
        Last { places: archive.places.clone(), entries: archive.entries.clone(), held, annotated, evidence }
    }

    /// Tells whether this was made of an archive of the same records, and of the same texts.
    pub(super) fn is_of(&self, archive: &Archive, texts: &Texts) -> bool {
        let same = |(one, other): ((&Ix, &Arc<SourceText>), (&Ix, &Arc<SourceText>))| {
            one.0 == other.0 && Arc::ptr_eq(one.1, other.1)
        };
        let known = &self.evidence.texts;
        self.places.is(&archive.places) && known.len() == texts.len() && known.iter().zip(texts).all(same)
    }

    /// Holds the quotations of the records that have another text.
    pub(super) fn again(&self, archive: &Archive) -> Last {
        let (mut held, mut annotated) = (self.held.clone(), self.annotated.clone());
        let mut is_same = true;
        for (ix, (before, now)) in archive.all().zip(self.entries.iter().zip(&archive.entries)) {
            if !Arc::ptr_eq(before, now) {
                let (quotations, annotations) = of(archive, ix, &self.evidence.texts);
                is_same &= quotations.0 == held[ix.at()].0 && annotations.0 == annotated[ix.at()].0;
                // The evidence may still hold what was held before: nothing is kept twice without need.
                if quotations != held[ix.at()] {
                    held[ix.at()] = quotations;
                }
                annotated[ix.at()] = annotations;
            }
        }
        let evidence = match is_same {
            true => Arc::clone(&self.evidence),
            false => Arc::new(evidence(self.evidence.texts.clone(), &held, &annotated)),
        };
        Last { places: archive.places.clone(), entries: archive.entries.clone(), held, annotated, evidence }
    }

    /// Returns what is wrong with quotations and annotations.
    pub(super) fn faults(&self) -> impl Iterator<Item = &Diagnostic> {
        let held = self.held.iter().flat_map(|of| &of.1);
        held.chain(self.annotated.iter().flat_map(|of| &of.1))
    }
}

fn of(archive: &Archive, ix: Ix, texts: &Texts) -> (Arc<Of>, Arc<OfAnnotations>) {
    (Arc::new(quotation::of(archive, ix, texts)), Arc::new(annotation::of(archive, ix, texts)))
}

fn evidence(texts: Texts, held: &[Arc<Of>], annotated: &[Arc<OfAnnotations>]) -> Evidence {
    let mut evidence = Evidence { texts, ..Evidence::default() };
    gather(&mut evidence, held, annotated);
    evidence
}

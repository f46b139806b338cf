//! Quotations held against the captures of their sources. What compares them is `capture`; here it is settled which
//! quotation is held against which text, and what follows.
//!
//! 1. `text` reads each source's capture: its hash, its text, ready to be searched. Kept as long as the file is the same.
//! 2. `quotation` holds every quotation of texts and of fields against the sources that are cited for it.
//! 3. `annotation` finds the annotated passages of each source.
//! 4. `gather` numbers the passages of each source in the order of its text, and notes who quotes each.
//! 5. `kept` holds the last evidence: after an edit of texts alone, only those texts are held anew.

mod annotation;
mod gather;
mod kept;
mod quotation;
mod text;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::capture::{CaptureText, Passage};
use crate::diagnostic::Diagnostic;
use crate::model::{Archive, Ix};

use kept::Last;
use quotation::Of;
pub use text::{Memo, Read, SourceText};

/// How a quotation fared.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fate {
    /// It stands in its source word for word.
    Verified,
    /// It could not be held against a text.
    Unverified,
}

/// Where in a record a quotation stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Seat {
    /// In its text: the number of the quotation.
    Body(usize),
    /// In a short text: its number and that of the quotation in it.
    Note(usize, usize),
    /// In a citation of a field: the number of the reference.
    Field(usize),
}

/// A quotation that was held.
#[derive(Clone, PartialEq, Debug)]
pub struct Held {
    /// The record that quotes.
    pub from: Ix,
    /// Where in it.
    pub seat: Seat,
    /// How it fared.
    pub fate: Fate,
    /// The sources that it rests on: those in which it was found, with the passage; else those that are cited.
    pub sources: Vec<(Ix, Option<Passage>)>,
}

/// A passage of a source that is quoted or annotated.
#[derive(Clone, Debug)]
pub struct Marked {
    /// Where it stands.
    pub passage: Passage,
    /// Who quotes it, in the order of the records.
    pub quoted_by: Vec<Ix>,
    /// The annotations of it, as their numbers in the source's list.
    pub annotations: Vec<usize>,
}

/// What a source's text is to its readers.
#[derive(Clone, Debug, Default)]
pub struct Marks {
    /// Its passages, in the order of the text.
    pub passages: Vec<Marked>,
}

/// All quotations of a site, held.
#[derive(Default)]
pub struct Evidence {
    /// For each record, its quotations by their seats.
    held: Vec<Arc<Of>>,
    /// The texts of sources that have one.
    pub texts: BTreeMap<Ix, Arc<SourceText>>,
    /// The passages of sources that have a text.
    pub marks: BTreeMap<Ix, Marks>,
    /// For each source, how many quotations of it there are, and how many were found.
    pub tally: BTreeMap<Ix, (usize, usize)>,
}

impl Evidence {
    /// Returns the quotations of a record, by their seats.
    pub fn held_of(&self, record: Ix) -> &[Held] {
        self.held.get(record.at()).map_or(&[], |of| &of.0)
    }

    /// Returns the quotation at a place of a record.
    pub fn held(&self, record: Ix, seat: Seat) -> Option<&Held> {
        let of = self.held_of(record);
        of.binary_search_by_key(&seat, |held| held.seat).ok().map(|at| &of[at])
    }

    /// Returns the text of a source.
    pub fn text(&self, source: Ix) -> Option<&CaptureText> {
        self.texts.get(&source)?.normalised.as_ref().map(|normal| normal.capture())
    }

    /// Returns the number, from 1, of a passage of a source.
    pub fn number(&self, source: Ix, passage: &Passage) -> Option<usize> {
        let marks = self.marks.get(&source)?;
        marks.passages.iter().position(|marked| marked.passage.pieces == passage.pieces).map(|at| at + 1)
    }
}

/// Holds every quotation of the archive.
pub fn hold(archive: &Archive, read: &Read<'_>, memo: &Memo, found: &mut Vec<Diagnostic>) -> Arc<Evidence> {
    let sources: Vec<Ix> = archive.of_kind("source").filter(|ix| archive.entry(*ix).capture.is_some()).collect();
    let read: Vec<_> = sources.par_iter().map(|ix| text::text(archive, *ix, read, memo)).collect();
    let mut texts = BTreeMap::new();
    for (ix, (text, faults)) in sources.into_iter().zip(read) {
        texts.extend(text.map(|text| (ix, text)));
        found.extend(faults);
    }
    let last = memo.last.lock().expect("no thread panics while it holds what is kept").clone();
    let now = match last.filter(|last| last.is_of(archive, &texts)) {
        Some(last) => last.again(archive),
        None => Last::anew(archive, texts),
    };
    found.extend(now.faults().cloned());
    let evidence = Arc::clone(&now.evidence);
    *memo.last.lock().expect("no thread panics while it holds what is kept") = Some(Arc::new(now));
    memo.forget();
    evidence
}

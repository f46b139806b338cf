//! Passages numbered in the order of their source's text, each once, with those who quote it.

use std::sync::Arc;

use super::annotation::Annotated;
use super::quotation::Of;
use super::{Evidence, Fate, Marked};
use crate::capture::Passage;
use crate::diagnostic::Diagnostic;
use crate::model::Ix;

/// Fills the evidence with what was held and found.
pub(super) fn gather(evidence: &mut Evidence, held: &[Arc<Of>], annotated: &[Arc<(Vec<Annotated>, Vec<Diagnostic>)>]) {
    evidence.held = held.to_vec();
    for of in held {
        for held in &of.0 {
            for (source, passage) in &held.sources {
                let (quotes, verified) = evidence.tally.entry(*source).or_default();
                *quotes += 1;
                *verified += usize::from(held.fate == Fate::Verified);
                if let Some(passage) = passage {
                    let marked = mark(evidence, *source, passage);
                    if marked.quoted_by.last() != Some(&held.from) {
                        marked.quoted_by.push(held.from);
                    }
                }
            }
        }
    }
    for of in annotated {
        for (source, number, passage) in &of.0 {
            mark(evidence, *source, passage).annotations.push(*number);
        }
    }
    for marks in evidence.marks.values_mut() {
        let place = |marked: &Marked| {
            let first = marked.passage.pieces.first().map_or((0, 0), |piece| (piece.start, piece.end));
            (first, marked.passage.pieces.len())
        };
        marks.passages.sort_by_key(place);
    }
}

/// Returns the mark of a passage, made where there is none yet.
fn mark<'e>(evidence: &'e mut Evidence, source: Ix, passage: &Passage) -> &'e mut Marked {
    let passages = &mut evidence.marks.entry(source).or_default().passages;
    match passages.iter().position(|marked| marked.passage.pieces == passage.pieces) {
        Some(at) => &mut passages[at],
        None => {
            passages.push(Marked { passage: passage.clone(), quoted_by: Vec::new(), annotations: Vec::new() });
            passages.last_mut().expect("it was just pushed")
        }
    }
}

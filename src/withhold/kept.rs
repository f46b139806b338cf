//! What came through the door the last time.
//!
//! What becomes of a record depends on its file, on the names of all records and on which of them are withheld. Where the
//! latter two are as they were, an unchanged file's records pass as they did; where not, nothing is reused.

use std::sync::{Arc, Mutex};

use super::Through;
use super::lookup::Lookup;
use super::visibility::Side;
use crate::model::Record;
use crate::parse::ParsedFile;

/// Keeps what came through the door, from one build to the next.
#[derive(Default)]
pub struct Kept(Mutex<Option<Arc<Last>>>);

/// One sifting: what went in, and what came through.
pub(super) struct Last {
    pub(super) files: Vec<Arc<ParsedFile>>,
    pub(super) sides: Arc<[Side]>,
    pub(super) lookup: Arc<Lookup>,
    pub(super) through: Vec<Option<Through>>,
}

impl Kept {
    /// Returns the last sifting, if its records had the same names and stood on the same sides.
    pub(super) fn last(&self, files: &[Arc<ParsedFile>], sides: &Arc<[Side]>) -> Option<Arc<Last>> {
        let last = self.0.lock().expect("no thread panics while it holds what is kept").clone()?;
        let same = |side: &Side| {
            Arc::ptr_eq(&last.files[side.file], &files[side.file])
                || has_names_of(&side.parsed(&last.files).record, &side.parsed(files).record)
        };
        (last.sides == *sides && sides.iter().all(same)).then_some(last)
    }

    pub(super) fn keep(&self, last: Last) {
        *self.0.lock().expect("no thread panics while it holds what is kept") = Some(Arc::new(last));
    }
}

/// Tells whether two records go by the same names, and lie at one place.
fn has_names_of(one: &Record, other: &Record) -> bool {
    let aliases = |record: &'_ Record| record.aliases.iter().map(|alias| alias.text.clone()).collect::<Vec<_>>();
    (&one.path, &one.origin, &one.id, &one.title) == (&other.path, &other.origin, &other.id, &other.title)
        && aliases(one) == aliases(other)
}

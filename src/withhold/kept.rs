//! What came through the door the last time.
//!
//! What becomes of a record depends on its file, on which records are withheld, on their names, and, only where one of
//! those fits, on the names of public ones. Where these are as they were, an unchanged file's records pass as they did.

use std::sync::{Arc, Mutex};

use super::Through;
use super::lookup::Both;
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
    pub(super) both: Arc<Both>,
    pub(super) through: Vec<Option<Through>>,
}

impl Kept {
    /// Returns the last sifting, if its records stood on the same sides and the withheld ones went by the same names; and
    /// the places of the public ones that go by others.
    pub(super) fn last(&self, files: &[Arc<ParsedFile>], sides: &Arc<[Side]>) -> Option<(Arc<Last>, Vec<usize>)> {
        let last = self.0.lock().expect("no thread panics while it holds what is kept").clone()?;
        if last.sides != *sides {
            return None;
        }
        let mut renamed = Vec::new();
        for (number, side) in sides.iter().enumerate().filter(|(_, side)| !is_shared(&last.files, files, side)) {
            if is_called_as(&side.parsed(&last.files).record, &side.parsed(files).record) {
                continue;
            }
            let has_moved = side.parsed(&last.files).record.path != side.parsed(files).record.path;
            if side.withheld.is_some() || has_moved {
                return None;
            }
            renamed.push(number);
        }
        Some((last, renamed))
    }

    pub(super) fn keep(&self, last: Last) {
        *self.0.lock().expect("no thread panics while it holds what is kept") = Some(Arc::new(last));
    }
}

impl Last {
    /// Tells whether what a record came to still holds. `renamed` are the public records that go by other names.
    pub(super) fn holds_for(&self, side: &Side, number: usize, files: &[Arc<ParsedFile>], renamed: &[usize]) -> bool {
        let may = |through: &Through| !through.is_unread && (renamed.is_empty() || !through.asked_public);
        is_shared(&self.files, files, side) && self.through[number].as_ref().is_none_or(may)
    }
}

fn is_shared(before: &[Arc<ParsedFile>], now: &[Arc<ParsedFile>], side: &Side) -> bool {
    Arc::ptr_eq(&before[side.file], &now[side.file])
}

/// Tells whether two records go by the same names, and lie at one place.
fn is_called_as(one: &Record, other: &Record) -> bool {
    (&one.path, &one.origin.path) == (&other.path, &other.origin.path) && one.has_names_of(other)
}

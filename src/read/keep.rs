//! Keeping the bytes of files that are otherwise read when used: what a server shows must not change under its hands
//! when a file is emptied, replaced or removed, and it goes on being shown while the site is broken.
//!
//! What is kept is bounded; of larger files, and of more, a server shows what the disk holds.

use std::cmp::Reverse;

use crate::file::{Entry, RelPath, Snapshot};

/// Size in bytes beyond which a file is not kept.
const LARGEST: u64 = 4 << 20;

/// How many bytes are kept in all.
const TOTAL: u64 = 32 << 20;

/// Reads files of the snapshot that were not read yet and are wanted, those of `static/` and of themes first.
pub fn keep(snapshot: &Snapshot, is_wanted: impl Fn(&RelPath) -> bool) {
    let is_lazy = |entry: &Entry| entry.print.is_none() && entry.size <= LARGEST;
    let lazy = || snapshot.entries.iter().filter(|(_, entry)| is_lazy(entry));
    let unread = lazy().filter(|(path, entry)| entry.bytes().is_none() && is_wanted(path));
    let mut wanted: Vec<(&RelPath, &Entry)> = unread.collect();
    let mut total: u64 = lazy().filter(|(_, entry)| entry.bytes().is_some()).map(|(_, entry)| entry.size).sum();
    wanted.sort_by_key(|(path, _)| Reverse(!path.as_str().starts_with("content/")));
    for (path, entry) in wanted {
        total += entry.size;
        if total > TOTAL {
            break;
        }
        // One that is gone already is missed by whoever uses it.
        if let Ok(bytes) = snapshot.read(path) {
            entry.keep(bytes);
        }
    }
}

//! Comparing the whole tree at intervals, where the system cannot tell of changes.
//!
//! What is compared is one number for the whole tree, made of each input's path, size, times and inode: the memory it
//! takes does not grow with the site.

use std::fs::{self, Metadata};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::interest::Inputs;
use super::pending::{GATHER, Pending, QUIET};
use super::{Changed, Stopped, tree};

/// How many times longer the pause is than the comparison, so that a large tree does not keep a core busy.
const RESTRAINT: u32 = 20;

/// Compares the tree of a site with what it was.
pub(super) struct Poller {
    inputs: Arc<Inputs>,
    interval: Duration,
    known: u64,
}

impl Poller {
    /// Takes down how the tree looks now, to be compared every `interval`.
    pub(super) fn new(inputs: Arc<Inputs>, interval: Duration) -> Poller {
        let known = fingerprint(&inputs);
        Poller { inputs, interval, known }
    }

    /// Blocks until the tree differs from what it was, and stays the same for a moment.
    pub(super) fn wait(&mut self, pending: &Pending) -> Result<Changed, Stopped> {
        let mut pause = self.interval;
        loop {
            pending.sleep(pause)?;
            let begun = Instant::now();
            let mut found = fingerprint(&self.inputs);
            pause = self.interval.max(begun.elapsed() * RESTRAINT);
            if found == self.known {
                continue;
            }
            while begun.elapsed() < GATHER {
                pending.sleep(QUIET)?;
                let before = std::mem::replace(&mut found, fingerprint(&self.inputs));
                if before == found {
                    break;
                }
            }
            self.known = found;
            return Ok(Changed::somewhere());
        }
    }
}

/// Returns one number for all inputs, which does not depend on the order in which they are met.
fn fingerprint(inputs: &Inputs) -> u64 {
    let mut sum = 0u64;
    let linked = tree::walk(inputs, |entry| {
        let mut hasher = DefaultHasher::new();
        entry.path().hash(&mut hasher);
        if let Ok(metadata) = entry.metadata() {
            stamp(&metadata, &mut hasher);
        }
        sum = sum.wrapping_add(hasher.finish());
    });
    for place in linked {
        let mut hasher = DefaultHasher::new();
        if let Ok(metadata) = fs::metadata(&place) {
            stamp(&metadata, &mut hasher);
        }
        sum = sum.wrapping_add(hasher.finish());
    }
    sum
}

/// Hashes what betrays a change: an edit that keeps size and time of modification still moves the time of change.
#[cfg(unix)]
fn stamp(metadata: &Metadata, hasher: &mut impl Hasher) {
    use std::os::unix::fs::MetadataExt as _;
    let is_file = !metadata.is_dir();
    metadata.mode().hash(hasher);
    if is_file {
        (metadata.len(), metadata.mtime(), metadata.mtime_nsec()).hash(hasher);
        (metadata.ctime(), metadata.ctime_nsec(), metadata.ino()).hash(hasher);
    }
}

/// Hashes what betrays a change, as far as the system keeps it.
#[cfg(not(unix))]
fn stamp(metadata: &Metadata, hasher: &mut impl Hasher) {
    metadata.is_dir().hash(hasher);
    if !metadata.is_dir() {
        metadata.len().hash(hasher);
        metadata.modified().ok().hash(hasher);
    }
}

//! What tells the bytes of a file from those that it held before, when these are no longer there.

use std::hash::BuildHasher;

use foldhash::quality::FixedState;

/// A hash of a file's bytes: with the same print it holds the same. Of use in one run of the program.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Print(u64, u64);

impl Print {
    /// Returns the print of bytes.
    pub fn of(bytes: &[u8]) -> Print {
        Print(FixedState::with_seed(1).hash_one(bytes), FixedState::with_seed(2).hash_one(bytes))
    }
}

//! Lints: what is allowed, and probably not meant. One file each; each is a function over the archive.

mod circular_sourcing;
mod date_order;
mod likeness;
mod missing_response;
mod near_duplicate_name;
mod orphan_record;
mod outside_link;
mod outside_role;
mod said;
mod single_source;
#[cfg(test)]
mod testing;
mod uncited_claim;
mod unused_file;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::file::{RelPath, Snapshot};
use crate::model::Archive;

/// What lints look at.
pub struct Subject<'a> {
    /// Everything that is published.
    pub archive: &'a Archive,
    /// The configuration.
    pub config: &'a Config,
    /// The files of `content/` that are neither records nor withheld.
    pub files: &'a [RelPath],
    /// The files of the site.
    pub snapshot: &'a Snapshot,
    /// The date of the build as a day number.
    pub as_of: Option<i64>,
}

/// A lint.
pub struct Lint {
    /// The code that it reports.
    pub code: &'static Code,
    /// Finds what it is about.
    pub find: fn(&Subject<'_>, &mut Vec<Diagnostic>),
}

/// Every lint there is.
pub static LINTS: &[Lint] = &[
    uncited_claim::LINT,
    missing_response::LINT,
    circular_sourcing::LINT,
    single_source::LINT,
    date_order::LINT,
    outside_role::LINT,
    near_duplicate_name::LINT,
    orphan_record::LINT,
    outside_link::LINT,
    unused_file::LINT,
];

/// Runs every lint, side by side.
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let found = LINTS.par_iter().with_max_len(1).map(|lint| {
        let mut found = Vec::new();
        (lint.find)(subject, &mut found);
        found
    });
    found.collect::<Vec<_>>().into_iter().flatten().collect()
}

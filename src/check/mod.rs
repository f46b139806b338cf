//! Lints: what is allowed, and probably not meant. One file each; each is a function over the archive.

mod orphan_record;
mod outside_link;
mod unused_file;

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
pub static LINTS: &[Lint] = &[orphan_record::LINT, outside_link::LINT, unused_file::LINT];

/// Runs every lint.
pub fn check(subject: &Subject<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for lint in LINTS {
        (lint.find)(subject, &mut found);
    }
    found
}

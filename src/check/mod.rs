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

use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::file::{RelPath, Snapshot};
use crate::model::{Archive, Ix, Shape};
pub use near_duplicate_name::Numbers;

/// What lints look at.
pub struct Subject<'a> {
    /// Everything that is published.
    pub archive: &'a Archive,
    /// The configuration.
    pub config: &'a Arc<Config>,
    /// The files of `content/` that are neither records nor withheld.
    pub files: &'a [RelPath],
    /// The files of the site.
    pub snapshot: &'a Snapshot,
    /// The date of the build as a day number.
    pub as_of: Option<i64>,
    /// What is kept of names.
    pub numbers: &'a Numbers,
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

/// Looks at records one by one, several at a time, and gathers what is found in their order.
fn each(
    subject: &Subject<'_>,
    records: Vec<Ix>,
    found: &mut Vec<Diagnostic>,
    of: fn(&Subject<'_>, Ix, &mut Vec<Diagnostic>),
) {
    let of = |ix: Ix| {
        let mut found = Vec::new();
        of(subject, ix, &mut found);
        found
    };
    found.par_extend(records.into_par_iter().with_min_len(256).flat_map_iter(of));
}

/// Keeps what the lints found last, from one build to the next.
#[derive(Default)]
pub struct Kept {
    last: Mutex<Option<Last>>,
    /// The numbers of names, for [`Subject::numbers`].
    pub numbers: Numbers,
}

/// What the lints found, and what they looked at. No lint looks at a text: the shape of the archive is all of it.
struct Last {
    shape: Shape,
    config: Arc<Config>,
    files: Vec<RelPath>,
    outside: [Vec<RelPath>; 2],
    as_of: Option<i64>,
    found: Vec<Diagnostic>,
}

impl Last {
    fn is_of(&self, subject: &Subject<'_>) -> bool {
        let Subject { archive, config, files, snapshot, as_of, .. } = subject;
        self.shape.is(&archive.shape)
            && Arc::ptr_eq(&self.config, config)
            && self.files == *files
            && self.outside[0] == snapshot.outside
            && self.outside[1] == snapshot.looping
            && self.as_of == *as_of
    }
}

/// Runs every lint, side by side. `kept` changes nothing but the time that it takes.
pub fn check(subject: &Subject<'_>, kept: &Kept) -> Vec<Diagnostic> {
    let known = kept.last.lock().expect("no thread panics while it holds what is kept").take();
    let known = known.filter(|last| last.is_of(subject)).unwrap_or_else(|| {
        let found = LINTS.par_iter().with_max_len(1).map(|lint| {
            let mut found = Vec::new();
            (lint.find)(subject, &mut found);
            found
        });
        Last {
            shape: subject.archive.shape.clone(),
            config: Arc::clone(subject.config),
            files: subject.files.to_vec(),
            outside: [subject.snapshot.outside.clone(), subject.snapshot.looping.clone()],
            as_of: subject.as_of,
            found: found.collect::<Vec<_>>().into_iter().flatten().collect(),
        }
    });
    let found = known.found.clone();
    *kept.last.lock().expect("no thread panics while it holds what is kept") = Some(known);
    found
}

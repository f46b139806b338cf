//! `unused-file`: a file beside the records that none of them uses; it is not published.

use std::collections::BTreeSet;

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, code};
use crate::file::{RelPath, Span};

pub(super) const LINT: Lint = Lint { code: &code::UNUSED_FILE, find };

fn find(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let archive = subject.archive;
    let captures: BTreeSet<&RelPath> = archive.entries.iter().filter_map(|entry| entry.capture.as_ref()).collect();
    for path in subject.files {
        if !archive.files.contains_key(path) && !captures.contains(path) {
            let fault = Diagnostic::new(&code::UNUSED_FILE, format!("no record uses {path}"));
            found.push(fault.at(path, Span::default()).help("refer to it from a record, or move it out of content/"));
        }
    }
}

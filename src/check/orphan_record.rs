//! `orphan-record`: a record that no other one mentions, and that stands in no dossier.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, code};

pub(super) const LINT: Lint = Lint { code: &code::ORPHAN_RECORD, find };

fn find(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let archive = subject.archive;
    for ix in archive.all() {
        let entry = archive.entry(ix);
        let record = &entry.record;
        // Pages and dossiers are where a reader begins: lists and the menu lead to them.
        let begins = matches!(record.kind.name.as_ref(), "page" | "dossier") || archive.home == Some(ix) || entry.is_list_text;
        let menu = subject.config.menu.iter().any(|item| item.to.contains(&record.id));
        if begins || menu || !entry.dossiers.is_empty() || !archive.backlinks[ix.at()].is_empty() {
            continue;
        }
        let message = format!("no other record mentions \"{}\"", record.title);
        let fault = Diagnostic::new(&code::ORPHAN_RECORD, message).at(&record.origin.path, record.origin.inline.unwrap_or_default());
        found.push(fault.help("mention it where it matters, or make it part of a dossier"));
    }
}

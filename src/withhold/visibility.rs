//! Which records are withheld: by their own word, by the site's default, by their dossier. Every doubt withholds.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Drafts, Rules};
use crate::diagnostic::{Diagnostic, code};
use crate::model::{Record, Visibility};
use crate::parse::{Parsed, ParsedFile};

/// On which side of the door a record stands.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Side {
    /// The number of its file.
    pub(super) file: usize,
    /// Its place among the records of the file.
    pub(super) place: usize,
    /// What it is, after its dossier had its say.
    pub(super) visibility: Visibility,
    /// Why it is withheld; `None` where it is published.
    pub(super) withheld: Option<&'static str>,
}

impl Side {
    /// Returns the record.
    pub(super) fn parsed<'f>(&self, files: &'f [Arc<ParsedFile>]) -> &'f Parsed {
        &files[self.file].records[self.place]
    }
}

/// Settles the side of each record, in the order of the files.
pub(super) fn sides(files: &[Arc<ParsedFile>], rules: &Rules<'_>, found: &mut Vec<Diagnostic>) -> Vec<Side> {
    let mut sides: Vec<Side> = Vec::new();
    for (file, parsed) in files.iter().enumerate() {
        for (place, record) in parsed.records.iter().enumerate() {
            sides.push(own(file, place, record, rules));
        }
    }
    // The dossiers by folder: what lies in one, however deep, is at least as withheld.
    let mut folders: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (number, side) in sides.iter().enumerate() {
        let record = &side.parsed(files).record;
        if is_folders_own(record) {
            folders.entry(record.folder().to_owned()).or_default().push(number);
        }
    }
    // Each record is held against all the dossiers around it, whatever their own dossiers say of them: the order is free.
    for number in 0..sides.len() {
        for above in above(files, &sides, &folders, number) {
            inherit(files, &mut sides, number, above, found);
        }
    }
    sides
}

/// Tells why a file that could not be read may be withheld: what it seems to say, the site's default, a dossier around it.
pub(super) fn of_unreadable(
    file: &ParsedFile,
    files: &[Arc<ParsedFile>],
    sides: &[Side],
    rules: &Rules<'_>,
) -> Option<&'static str> {
    let said = file.doubt.max(rules.default);
    if said != Visibility::Public {
        return Some(said.name());
    }
    let mut around = sides.iter().filter(|side| side.withheld.is_some()).filter(|side| {
        let record = &side.parsed(files).record;
        let inside = file.path.as_str().strip_prefix(record.folder()).is_some_and(|rest| rest.starts_with('/'));
        is_folders_own(record) && inside
    });
    around.next().and_then(|side| side.withheld)
}

/// Tells whether a record is a dossier that everything in its folder belongs to.
fn is_folders_own(record: &Record) -> bool {
    record.kind.name == "dossier" && record.is_index() && record.folder() != "content"
}

/// Returns what a record says of itself.
fn own(file: usize, place: usize, parsed: &Parsed, rules: &Rules<'_>) -> Side {
    let record = &parsed.record;
    let said = record.visibility.map(|(visibility, _)| visibility);
    let visibility = said.unwrap_or(rules.default).max(parsed.doubt());
    let draft = record.draft && rules.drafts == Drafts::Withheld;
    let withheld = match visibility {
        Visibility::Public => draft.then_some("draft"),
        other => Some(other.name()),
    };
    let visibility = if draft { visibility.max(Visibility::Private) } else { visibility };
    Side { file, place, visibility, withheld }
}

/// Returns the dossiers that a record stands in: the one that holds it inline, and those of the folders above it.
fn above(
    files: &[Arc<ParsedFile>],
    sides: &[Side],
    folders: &BTreeMap<String, Vec<usize>>,
    number: usize,
) -> Vec<usize> {
    let side = &sides[number];
    let record = &side.parsed(files).record;
    let mut above = Vec::new();
    if record.origin.inline.is_some() {
        above.push(number - side.place);
    }
    let mut folder = record.origin.path.folder();
    loop {
        above.extend(folders.get(folder).into_iter().flatten().filter(|dossier| **dossier != number));
        match folder.rsplit_once('/') {
            Some((outer, _)) => folder = outer,
            None => break,
        }
    }
    above
}

fn inherit(files: &[Arc<ParsedFile>], sides: &mut [Side], number: usize, above: usize, found: &mut Vec<Diagnostic>) {
    let (outer, why) = (sides[above].visibility, sides[above].withheld);
    let Some(why) = why else { return };
    let record = &sides[number].parsed(files).record;
    if let Some((said, span)) = record.visibility
        && said < outer
    {
        let message = format!("\"visibility\" cannot be \"{}\" inside a dossier that is {}", said.name(), outer.name());
        let fault = Diagnostic::new(&code::INVALID_VALUE, message.clone()).at(&record.origin.path, span);
        let help = "leave it out, or move the record out of the dossier";
        found.push(fault.help(help).for_terminal(message));
    }
    let side = &mut sides[number];
    side.visibility = side.visibility.max(outer);
    side.withheld = side.withheld.or(Some(why));
    if side.visibility == Visibility::Confidential {
        side.withheld = Some(Visibility::Confidential.name());
    }
}

//! What is wrong with a reference: nothing fits it, two records do, or a file is not there.

use rayon::prelude::*;

use crate::diagnostic::{Diagnostic, code, near};
use crate::file::{RelPath, Span};
use crate::model::name::fold;
use crate::model::{Archive, Ix, Record, Reference};

/// A name that nothing fits.
#[derive(Clone)]
pub(super) struct Broken {
    name: String,
    path: RelPath,
    span: Span,
    /// What may be done where nothing is near.
    help: &'static str,
}

/// Reports names that nothing fits, each with the nearest ones there are.
pub(super) fn report(archive: &Archive, broken: &[&Broken], found: &mut Vec<Diagnostic>) {
    if broken.is_empty() {
        return;
    }
    let spellings = spellings(archive);
    let names = near::Names::new(spellings.iter().map(|spelling| spelling.folded.as_str()));
    for Broken { name, path, span, help } in broken {
        let wanted = name.rsplit('/').next().unwrap_or(name);
        let wanted = wanted.strip_suffix(".md").unwrap_or(wanted);
        let place = |near: &str| spellings.binary_search_by(|spelling| spelling.folded.as_str().cmp(near)).ok();
        let nearest = names.nearest(wanted).into_iter().filter_map(place).map(|at| spellings[at].called());
        let mut nearest: Vec<String> = nearest.collect();
        nearest.dedup();
        let help = match nearest.as_slice() {
            [] => (*help).to_owned(),
            nearest => format!("did you mean {}?", nearest.join(" or ")),
        };
        let fault = Diagnostic::new(&code::BROKEN_REFERENCE, format!("no record named \"{name}\""));
        found.push(fault.at(path, *span).help(help));
    }
}

/// A name that could have been meant.
struct Spelling<'a> {
    folded: String,
    name: &'a str,
    record: &'a Record,
}

impl Spelling<'_> {
    /// Says which name it is, and whose.
    fn called(&self) -> String {
        format!("\"{}\" ({})", self.name, self.record.origin.path)
    }
}

/// Returns every name that could have been meant, each once, sorted as it is folded. Of several records the first has it.
fn spellings(archive: &Archive) -> Vec<Spelling<'_>> {
    let mut all: Vec<Spelling<'_>> =
        archive.entries.par_iter().with_min_len(256).flat_map_iter(|entry| of(&entry.record)).collect();
    all.par_sort_by(|one, other| one.folded.cmp(&other.folded));
    all.dedup_by(|one, before| one.folded == before.folded);
    all
}

fn of(record: &Record) -> impl Iterator<Item = Spelling<'_>> {
    let aliases = record.aliases.iter().map(|alias| &alias.text);
    let names = [&record.title, &record.id].into_iter().chain(aliases);
    names.map(move |name| Spelling { folded: fold(name).into_owned(), name, record })
}

pub(super) fn broken(name: &str, path: &RelPath, span: Span) -> Broken {
    let help = "write a record of that name, or take the brackets away";
    Broken { name: name.to_owned(), path: path.clone(), span, help }
}

/// Says that nothing fits a reference in a field. Without brackets only a few fields take it for text.
pub(super) fn broken_field(reference: &Reference, path: &RelPath) -> Broken {
    let broken = broken(&reference.target, path, reference.span);
    match reference.field.as_ref() {
        "by" | "who" | "author" | "publisher" | "authors" | "country" | "container-title" => broken,
        _ => Broken { help: "write a record of that name", ..broken },
    }
}

/// Finds a reference to a record that is not of the type that its field is about.
pub(super) fn misfit(archive: &Archive, from: Ix, reference: &Reference, to: Ix) -> Option<Diagnostic> {
    let (record, found) = (archive.record(from), archive.record(to));
    let wanted = match (record.kind.name.as_ref(), reference.field.as_ref()) {
        ("person" | "organisation", "claim") | ("source", "claims") => "claim",
        _ => return None,
    };
    let message = format!("\"{}\" is no {wanted} (it is of the type {})", reference.target, found.kind.name);
    let fault = Diagnostic::new(&code::INVALID_VALUE, message).at(&record.origin.path, reference.span);
    (found.kind.name != wanted).then(|| fault.help(format!("\"{}\" names a {wanted}", reference.field)))
}

pub(super) fn missing_file(target: &str, path: &RelPath, span: Span) -> Diagnostic {
    let fault = Diagnostic::new(&code::MISSING_FILE, format!("no file \"{target}\"")).at(path, span);
    fault.help("a path is read from the folder of the record's file; letter case counts")
}

pub(super) fn ambiguous(archive: &Archive, name: &str, all: &[Ix], path: &RelPath, span: Span) -> Diagnostic {
    let mut places: Vec<String> = all.iter().map(|ix| archive.record(*ix)).map(described).collect();
    places.sort_unstable();
    let message = format!("\"{name}\" fits {} records: {}", all.len(), places.join(" and "));
    let first = archive.record(all[0]);
    let help =
        format!("write the path of the one that is meant, as in [[{}]]", crate::model::names::place(&first.path));
    Diagnostic::new(&code::AMBIGUOUS_REFERENCE, message).at(path, span).help(help)
}

fn described(record: &Record) -> String {
    format!("\"{}\" ({})", record.title, record.origin.path)
}

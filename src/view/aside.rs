//! What stands beside the text of a source: the annotations of its passages, and who quotes each.

use serde::Serialize;

use super::Edition;
use super::host::Page;
use super::source::extent;
use crate::hold::Marked;
use crate::html::{Value, html};
use crate::model::{Fields, Ix};

/// What stands beside a passage: its annotations, and who quotes it.
#[derive(Serialize)]
pub(super) struct Aside {
    href: String,
    id: String,
    n: usize,
    note: Value,
    stance: String,
    stance_label: String,
    claims: Vec<Value>,
    cited_by: Vec<Value>,
    /// Whether there is a note, or a claim that it bears on.
    #[serde(skip)]
    says_anything: bool,
}

/// Returns an annotation by its number.
pub(super) fn annotation(edition: &Edition, ix: Ix, number: usize) -> Option<&Fields> {
    edition.archive.record(ix).fields.tables("annotations").nth(number)
}

/// Returns what stands beside a passage: one aside for each annotation, or one that only says who quotes it.
pub(super) fn asides<'e>(edition: &'e Edition, ix: Ix, at: usize, marked: &Marked, page: &mut Page<'e>) -> Vec<Aside> {
    let n = at + 1;
    let annotations = marked.annotations.iter().filter_map(|number| annotation(edition, ix, *number));
    let mut asides: Vec<Aside> =
        annotations.map(|table| Aside { href: format!("#q-{n}"), n, ..annotated(edition, ix, table, page) }).collect();
    if asides.is_empty() {
        asides.push(Aside { href: format!("#q-{n}"), n, ..Aside::empty() });
    }
    asides[0].id = format!("on-q-{n}");
    asides[0].cited_by = edition.cards(&marked.quoted_by, &page.root);
    asides
}

/// Returns the annotations of a text that is not published or could not be read, in the author's order: the author's words
/// and what they bear on, and not one of the text's.
pub(super) fn unshown<'e>(edition: &'e Edition, ix: Ix, page: &mut Page<'e>) -> Vec<Aside> {
    if matches!(extent(edition, ix), "full" | "excerpts") {
        return Vec::new();
    }
    let marks = edition.evidence.marks.get(&ix);
    let mut asides: Vec<Aside> = Vec::new();
    for (number, table) in edition.archive.record(ix).fields.tables("annotations").enumerate() {
        let n = asides.len() + 1;
        let marked = marks.and_then(|marks| marks.passages.iter().find(|marked| marked.annotations.contains(&number)));
        let quoted_by = marked.map_or(&[][..], |marked| &marked.quoted_by);
        let aside = Aside {
            href: format!("#annotation-{n}"),
            id: format!("annotation-{n}"),
            n,
            cited_by: edition.cards(quoted_by, &page.root),
            ..annotated(edition, ix, table, page)
        };
        if aside.says_anything {
            asides.push(aside);
        }
    }
    asides
}

/// Returns what the author of an annotation says.
fn annotated<'e>(edition: &'e Edition, ix: Ix, table: &Fields, page: &mut Page<'e>) -> Aside {
    let entry = edition.archive.entry(ix);
    let note = table.markdown("note").map(|note| page.whole(&entry.record.notes[note], &entry.notes[note]));
    let claims: Vec<Ix> =
        table.references("claims").filter_map(|slot| edition.archive.target(ix, slot).record()).collect();
    let stance = table.text("stance").unwrap_or_default();
    Aside {
        says_anything: note.is_some() || !claims.is_empty(),
        note: html(&note.unwrap_or_default()),
        stance: stance.to_owned(),
        stance_label: if stance.is_empty() { String::new() } else { edition.words.named("stance_", stance) },
        claims: edition.cards(&claims, &page.root),
        ..Aside::empty()
    }
}

impl Aside {
    fn empty() -> Aside {
        Aside {
            href: String::new(),
            id: String::new(),
            n: 0,
            note: html(""),
            stance: String::new(),
            stance_label: String::new(),
            claims: Vec::new(),
            cited_by: Vec::new(),
            says_anything: false,
        }
    }
}

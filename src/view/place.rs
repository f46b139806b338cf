//! How records are called and placed: targets in words, links and one-line details.

use std::borrow::Cow;

use super::{Edition, card};
use crate::html::{escape, escaped};
use crate::markdown::{Body, Words};
use crate::model::{Fields, Ix, Target};

/// Returns what a reference of a record's fields is called, in plain text.
pub(super) fn target_text(edition: &Edition, ix: Ix, slot: usize) -> String {
    let record = edition.archive.record(ix);
    let reference = &record.references[slot];
    if let Some(label) = &reference.label {
        return label.clone();
    }
    match edition.archive.target(ix, slot) {
        Target::Record(to) => edition.archive.record(*to).title.clone(),
        Target::Unknown(later) => later.title.clone(),
        Target::Text if reference.is_site() => edition.words.word("site_itself").into_owned(),
        _ => reference.target.clone(),
    }
}

/// Returns a reference as markup: linked where it is a record. A claim is linked with its standing and response.
pub(super) fn target_link(edition: &Edition, ix: Ix, slot: usize, root: &str) -> String {
    let label = target_text(edition, ix, slot);
    let Some(to) = edition.archive.target(ix, slot).record() else { return escaped(&label) };
    if edition.archive.claims.contains_key(&to) {
        return card::link(edition, to, root);
    }
    let mut out = String::with_capacity(64);
    out.push_str("<a href=\"");
    escape(root, &mut out);
    escape(&edition.archive.entry(to).link, &mut out);
    out.push_str("\">");
    escape(&label, &mut out);
    out.push_str("</a>");
    out
}

/// Returns several references as markup, joined by commas.
pub(super) fn target_links(edition: &Edition, ix: Ix, slots: impl Iterator<Item = usize>, root: &str) -> String {
    slots
        .filter(|slot| is_shown(edition, ix, *slot))
        .map(|slot| target_link(edition, ix, slot, root))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Tells whether a reference is shown at all: one to what is not yet known is left out of fields, unless it has a label.
pub(super) fn is_shown(edition: &Edition, ix: Ix, slot: usize) -> bool {
    match edition.archive.target(ix, slot) {
        Target::Nothing => false,
        Target::Unknown(_) => edition.archive.record(ix).references[slot].label.is_some(),
        _ => true,
    }
}

/// Returns what a mention without a label is called.
pub(super) fn called<'e>(
    edition: &'e Edition,
    ix: Ix,
    body: &'e Body,
    index: usize,
    target: &'e Target,
) -> Cow<'e, str> {
    match target {
        Target::Record(to) => Cow::Borrowed(&edition.archive.record(*to).title),
        // Nobody has said it yet, and the page does not say it either.
        Target::Unknown(later) if later.is_claim => {
            Cow::Owned(format!("{} ({})", later.title, edition.words.word("claim_later")))
        }
        Target::Unknown(later) => Cow::Borrowed(&later.title),
        Target::File(path) => Cow::Borrowed(path.name()),
        Target::Here => {
            let fragment = body.mentions[index].fragment.as_ref();
            let part = fragment.and_then(|fragment| crate::resolve::anchor(body, fragment));
            match part {
                Some(crate::markdown::Part::Heading(id)) => {
                    let heading = body.headings.iter().find(|heading| heading.id == id);
                    heading.map_or(Cow::Borrowed(""), |heading| Cow::Owned(body.text[heading.text.range()].to_owned()))
                }
                _ => Cow::Borrowed(&edition.archive.record(ix).title),
            }
        }
        _ => Cow::Borrowed(&body.mentions[index].target),
    }
}

/// Appends what a mention is called where there is no markup: its label, else its target's title. A claim goes nowhere
/// without its standing, and a denial if there is one; the three are never torn apart.
pub(super) fn called_plainly(
    edition: &Edition,
    ix: Ix,
    body: &Body,
    (index, label): (usize, Option<&str>),
    target: &Target,
    out: &mut Words,
) {
    let called = label.map_or_else(|| called(edition, ix, body, index, target), Cow::Borrowed);
    match target.record().and_then(|to| edition.archive.claims.get(&to)) {
        Some(claim) => out.push_whole(&format!("{called} ({})", card::standing_words(edition, claim))),
        None => out.push_str(&called),
    }
}

/// Returns one short line that places a record among others.
pub(super) fn detail(edition: &Edition, ix: Ix) -> String {
    let record = edition.archive.record(ix);
    let fields = &record.fields;
    let one = |name: &str| {
        fields.reference(name).filter(|slot| is_shown(edition, ix, *slot)).map(|slot| target_text(edition, ix, slot))
    };
    let many = |name: &str| -> String {
        let shown = fields.references(name).filter(|slot| is_shown(edition, ix, *slot));
        shown.map(|slot| target_text(edition, ix, slot)).collect::<Vec<_>>().join(", ")
    };
    match record.kind.name.as_ref() {
        "person" => role_now(fields).map(|role| role_line(edition, ix, role)).unwrap_or_default(),
        "organisation" => fields.text("kind").map(super::words::spoken).unwrap_or_default(),
        "place" => one("within").unwrap_or_default(),
        "event" => one("place").unwrap_or_default(),
        "source" => {
            let publisher = one("container-title").or_else(|| one("publisher"));
            let parts = [Some(many("author")).filter(|text| !text.is_empty()), publisher];
            parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
        }
        "claim" => many("about"),
        "dossier" => many("authors"),
        _ => String::new(),
    }
}

/// Returns the role that a person holds now: the last open one, else the one that began last.
fn role_now(fields: &Fields) -> Option<&Fields> {
    let rank = |role: &&Fields| role.date("when").map(|when| (when.latest(), when.earliest()));
    fields.tables("roles").max_by_key(rank)
}

/// Returns a role in words: its title and where it is held.
pub(super) fn role_line(edition: &Edition, ix: Ix, role: &Fields) -> String {
    let title = role.text("title").unwrap_or_default();
    match role.reference("organisation").filter(|slot| is_shown(edition, ix, *slot)) {
        Some(slot) => format!("{title}, {}", target_text(edition, ix, slot)),
        None => title.to_owned(),
    }
}

/// Returns a record's id as the id of an element, and as one of several in an attribute: without white space.
pub(super) fn html_id(id: &str) -> Cow<'_, str> {
    match id.contains(char::is_whitespace) {
        true => Cow::Owned(id.split_whitespace().collect::<Vec<_>>().join("-")),
        false => Cow::Borrowed(id),
    }
}

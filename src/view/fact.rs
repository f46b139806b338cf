//! The facts panel: a record's fields in the order of its type's table, in words.

use std::collections::BTreeMap;

use serde::Serialize;

use super::host::Page;
use super::passage::Pointed;
use super::{Edition, date, evidence, place};
use crate::hold::Seat;
use crate::html::{Value, escape, escaped, html};
use crate::kind::Shape;
use crate::model::date::Edtf;
use crate::model::{FieldCitation, Fields, Ix, Value as Field, Via};

/// One line of the facts panel.
#[derive(Serialize)]
pub(super) struct Fact {
    label: String,
    value: Value,
}

/// Fields that stand elsewhere on the page.
static ELSEWHERE: &[&str] = &[
    "participants",
    "evidence",
    "relations",
    "assessments",
    "responses",
    "response-sought",
    "annotations",
    "capture",
    "authors",
    "published",
    "standfirst",
    "anonymous",
    "rests-on",
    "about",
    "when",
    "place",
    "status",
    "living",
    "url",
    "archive-url",
];

/// Returns the facts of a record.
pub(super) fn facts<'e>(edition: &'e Edition, ix: Ix, page: &mut Page<'e>) -> Vec<Fact> {
    let record = edition.archive.record(ix);
    let builtin = crate::kind::BUILT_IN.iter().any(|kind| kind.name == record.kind.name);
    let mut facts = Vec::new();
    for field in record.kind.fields.iter() {
        let name = field.name.as_ref();
        if builtin && ELSEWHERE.contains(&name) {
            continue;
        }
        let Some(found) = record.fields.find(name) else { continue };
        let value = match (name, &found.value) {
            ("roles", _) => roles(edition, ix, page),
            ("location", Field::Table(table)) => location(table),
            ("kind", Field::Text(text)) => escaped(&super::words::spoken(&text.value)),
            (_, found) => shown(edition, ix, found, page),
        };
        if !value.is_empty() {
            let plain = field.shape != Shape::Free;
            let label = edition.words.named("fact_", name);
            facts.extend(plain.then(|| Fact { label, value: html(&value) }));
        }
    }
    facts
}

/// Returns any value as markup.
fn shown<'e>(edition: &'e Edition, ix: Ix, value: &Field, page: &mut Page<'e>) -> String {
    match value {
        Field::Text(text) if text.value.starts_with("http://") || text.value.starts_with("https://") => {
            external(&text.value)
        }
        Field::Text(text) => escaped(&text.value),
        Field::Markdown(note) => {
            let entry = edition.archive.entry(ix);
            page.inline(&entry.record.notes[*note], &entry.notes[*note])
        }
        Field::Bool(value) => edition.words.named("", if *value { "yes" } else { "no" }),
        Field::Number(number) => number.to_string(),
        Field::Date(on) => date::time(edition, on),
        Field::Reference(slot) if place::is_shown(edition, ix, *slot) => {
            place::target_link(edition, ix, *slot, &page.root)
        }
        Field::Reference(_) => String::new(),
        Field::Citation(citation) => in_line(edition, ix, &[citation], page),
        Field::List(list) => {
            let all = list.iter().map(|item| shown(edition, ix, &item.value, page)).filter(|item| !item.is_empty());
            all.collect::<Vec<_>>().join(", ")
        }
        Field::Table(_) => String::new(),
    }
}

fn external(url: &str) -> String {
    let mut out = String::from("<a class=\"external\" href=\"");
    escape(url, &mut out);
    out.push_str("\" rel=\"noopener noreferrer\">");
    escape(url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/'), &mut out);
    out.push_str("</a>");
    out
}

fn location(table: &Fields) -> String {
    let (Some(lat), Some(lon)) = (table.number("lat"), table.number("lon")) else { return String::new() };
    let north = if lat < 0.0 { "S" } else { "N" };
    let east = if lon < 0.0 { "W" } else { "E" };
    format!("{:.4}° {north}, {:.4}° {east}", lat.abs(), lon.abs())
}

/// Returns the roles of a person, each with its place, time and evidence.
fn roles(edition: &Edition, ix: Ix, page: &mut Page<'_>) -> String {
    let mut rows = Vec::new();
    for role in edition.archive.record(ix).fields.tables("roles") {
        let mut row = escaped(role.text("title").unwrap_or_default());
        if let Some(slot) = role.reference("organisation").filter(|slot| place::is_shown(edition, ix, *slot)) {
            row.push_str(", ");
            row.push_str(&place::target_link(edition, ix, slot, &page.root));
        }
        if let Some(when) = role.date("when") {
            row.push_str(" <span class=\"aside\">");
            row.push_str(&date::time(edition, when));
            row.push_str("</span>");
        }
        let cited: Vec<&FieldCitation> = role.citations("evidence").collect();
        if !cited.is_empty() {
            row.push_str(" <span class=\"evidence-line\">");
            row.push_str(&in_line(edition, ix, &cited, page));
            row.push_str("</span>");
        }
        rows.push(row);
    }
    rows.join("<br>")
}

/// Returns citations of fields in one line: the sources with their locators, linked, and the words that are quoted.
fn in_line(edition: &Edition, ix: Ix, citations: &[&FieldCitation], page: &mut Page<'_>) -> String {
    let mut out = String::new();
    for citation in citations {
        let cite = short_citation(edition, ix, citation, page);
        if cite.is_empty() {
            continue;
        }
        out.push_str(if out.is_empty() { "" } else { "; " });
        out.push_str(&cite);
        if let Some(quote) = &citation.quote {
            out.push_str(": ");
            out.push_str(&evidence::quoted(edition, ix, citation, &quote.value, page));
        }
    }
    out
}

/// Returns one citation of a field in short: each source's title and the locator, linked to the passage if there is one,
/// with the words around them. Empty where nothing that is cited is shown.
pub(super) fn short_citation(edition: &Edition, ix: Ix, citation: &FieldCitation, page: &mut Page<'_>) -> String {
    let mut out = String::new();
    for (cite, slot) in &citation.cites {
        let Some(source) = edition.archive.target(ix, *slot).record() else { continue };
        page.use_source(source);
        let rest = edition.rest_of(ix, Seat::Field(citation.slot()), source);
        let number = rest.and_then(|(_, _, number)| number);
        let locator = citation.locator(cite);
        out.push_str(if out.is_empty() { "" } else { "; " });
        if !cite.prefix.is_empty() {
            out.push_str(&cite.prefix);
            out.push(' ');
        }
        out.push_str(&passage_link(edition, source, number.map(|n| n - 1), locator, &page.root));
        edition.cite_card(&page.root, &[Pointed { source, locator, rest }], &mut out);
        if !cite.suffix.is_empty() {
            out.push_str(if cite.suffix.starts_with([',', ';', '.', ':', ')']) { "" } else { " " });
            out.push_str(&cite.suffix);
        }
    }
    out
}

/// Returns a link to a source, or to one of its passages (counted from 0), with a locator behind the title.
pub(super) fn passage_link(edition: &Edition, source: Ix, passage: Option<usize>, locator: &str, root: &str) -> String {
    let entry = edition.archive.entry(source);
    let mut out = String::from("<a class=\"cited\" href=\"");
    match passage {
        Some(at) => escape(&edition.passage_link(root, source, at + 1), &mut out),
        None => {
            escape(root, &mut out);
            escape(&entry.link, &mut out);
        }
    }
    out.push_str("\">");
    escape(&entry.record.title, &mut out);
    if !locator.is_empty() {
        out.push_str(", ");
        escape(locator, &mut out);
    }
    out.push_str("</a>");
    out
}

/// Returns the locators of the citations in these fields, each by the reference that is its source.
pub(super) fn locators(fields: &Fields) -> BTreeMap<usize, &str> {
    fn gather<'f>(value: &'f Field, into: &mut BTreeMap<usize, &'f str>) {
        match value {
            Field::Citation(citation) => {
                for (cite, slot) in &citation.cites {
                    into.entry(*slot).or_insert(citation.locator(cite));
                }
            }
            Field::List(list) => list.iter().for_each(|item| gather(&item.value, into)),
            Field::Table(table) => table.iter().for_each(|(_, item)| gather(&item.value, into)),
            _ => {}
        }
    }
    let mut locators = BTreeMap::new();
    fields.iter().for_each(|(_, value)| gather(&value.value, &mut locators));
    locators
}

/// A tie to a person or an organisation.
#[derive(Serialize)]
pub(super) struct Relation {
    label: String,
    card: Option<Value>,
    text: String,
    when: Value,
    status: String,
    claim: Option<Value>,
    evidence: Value,
}

/// Returns the relations of a record: its own, then those of others to it.
pub(super) fn relations(edition: &Edition, ix: Ix, page: &mut Page<'_>) -> Vec<Relation> {
    let archive = &edition.archive;
    let mut relations = Vec::new();
    for table in archive.record(ix).fields.tables("relations") {
        relations.extend(relation(edition, ix, table, page, Side::Own));
    }
    let mut others: BTreeMap<Ix, Vec<usize>> = BTreeMap::new();
    for link in archive.backlinks[ix.at()].iter() {
        if let Via::Field(slot) = link.via()
            && archive.record(link.from).references[slot].field == "to"
        {
            others.entry(link.from).or_default().push(slot);
        }
    }
    for (from, slots) in others {
        for table in archive.record(from).fields.tables("relations") {
            if table.reference("to").is_some_and(|slot| slots.contains(&slot)) {
                relations.extend(relation(edition, from, table, page, Side::Other));
            }
        }
    }
    relations
}

/// Whose relation it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Own,
    Other,
}

fn relation(edition: &Edition, of: Ix, table: &Fields, page: &mut Page<'_>, side: Side) -> Option<Relation> {
    let slot = table.reference("to")?;
    let kind = table.text("type")?;
    // What a claim states that nobody has made yet is not yet said.
    if table.reference("claim").is_some_and(|slot| !place::is_shown(edition, of, slot)) {
        return None;
    }
    let root = page.root.clone();
    let (label, card, text) = match side {
        Side::Own => {
            if !place::is_shown(edition, of, slot) {
                return None;
            }
            let to = edition.archive.target(of, slot).record();
            let text = if to.is_some() { String::new() } else { place::target_text(edition, of, slot) };
            (edition.words.named("relation_", kind), to.map(|to| edition.card(to, &root)), text)
        }
        Side::Other => {
            let back = format!("relation_{}_back", kind.replace(['-', ' '], "_"));
            // Of a type in the author's own words nobody knows the reverse: who it is said of comes first.
            let (label, text) = match edition.words.find(&back) {
                Some(label) => (label.to_owned(), String::new()),
                None => (String::new(), format!("{kind} {}", place::target_text(edition, of, slot))),
            };
            (label, Some(edition.card(of, &root)), text)
        }
    };
    let status = table.text("status").filter(|status| *status != "occurred");
    let claim = table.reference("claim").and_then(|slot| edition.archive.target(of, slot).record());
    let cited: Vec<&FieldCitation> = table.citations("evidence").collect();
    Some(Relation {
        label,
        card,
        text,
        when: table.date("when").map_or_else(|| html(""), |when| date::value(edition, when)),
        status: status.map(|status| edition.words.named("status_", status)).unwrap_or_default(),
        claim: claim.map(|claim| edition.card(claim, &root)),
        evidence: html(&in_line(edition, of, &cited, page)),
    })
}

/// Returns the corrections of a record, oldest first: the day, and the number of the short text. What is not yet known at
/// the date of the build is left out.
pub(super) fn corrections(edition: &Edition, ix: Ix) -> Vec<(&Edtf, usize)> {
    let as_of = edition.facts.as_of.as_ref().map(Edtf::earliest);
    let tables = edition.archive.record(ix).fields.tables("corrections");
    let mut all: Vec<_> = tables.filter_map(|table| Some((table.date("on")?, table.markdown("text")?))).collect();
    all.retain(|(on, _)| as_of.is_none_or(|day| on.earliest() <= day));
    all.sort_by_key(|(on, _)| on.earliest());
    all
}

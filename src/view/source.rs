//! A source's page: the bibliographic card, then its text as far as it is published, with the passages that are cited.

use std::collections::BTreeMap;

use serde::Serialize;

use super::evidence::Evidence;
use super::host::Page;
use super::{Edition, record};
use crate::html::{Value, html, view as value};
use crate::model::{Ix, Via};

#[derive(Serialize)]
struct SourcePage {
    #[serde(flatten)]
    record: record::Record,
    citation: Value,
    url: Option<String>,
    archive: Option<String>,
    anonymous: Vec<String>,
    rests_on: Vec<Value>,
    rested_on_by: Vec<Value>,
    quotes: usize,
    verified: usize,
    extent: &'static str,
    text: Vec<Para>,
    cited_by: Vec<CitedBy>,
}

/// One block of a source's text.
#[derive(Serialize)]
pub(super) struct Para {
    n: usize,
    id: String,
    gap: bool,
    tag: &'static str,
    html: Value,
    asides: Vec<Value>,
}

#[derive(Serialize)]
struct CitedBy {
    card: Value,
    locators: Value,
    quotes: usize,
    verified: usize,
}

/// Makes the view of a source.
pub(super) fn view(edition: &Edition, route: &str, ix: Ix) -> Value {
    let root = edition.root(route);
    let mut page = Page::new(edition, ix, route, &root);
    let base = record::record(edition, route, ix, &mut page);
    let fields = &edition.archive.record(ix).fields;
    let archive = &edition.archive;
    let rests_on: Vec<Ix> = fields.references("rests-on").filter_map(|slot| archive.target(ix, slot).record()).collect();
    let mut rested_on_by: Vec<Ix> = Vec::new();
    let mut citing: BTreeMap<Ix, usize> = BTreeMap::new();
    for link in &archive.backlinks[ix.at()] {
        match link.via {
            Via::Field(slot) if archive.record(link.from).references[slot].field == "rests-on" => {
                if rested_on_by.last() != Some(&link.from) {
                    rested_on_by.push(link.from);
                }
            }
            Via::Field(slot) if archive.record(link.from).references[slot].need != crate::model::Need::Source => {}
            Via::Body(_) | Via::Note(..) => {}
            _ => *citing.entry(link.from).or_default() += 1,
        }
    }
    let cited_by = citing.keys().map(|from| CitedBy { card: edition.card(*from, &root), locators: html(""), quotes: 0, verified: 0 });
    value(&SourcePage {
        citation: html(&edition.bibliography_entry(ix)),
        url: fields.text("url").map(str::to_owned),
        archive: fields.text("archive-url").map(str::to_owned),
        anonymous: fields.texts("anonymous").map(|text| text.value.to_string()).collect(),
        rests_on: edition.cards(&rests_on, &root),
        rested_on_by: edition.cards(&rested_on_by, &root),
        quotes: 0,
        verified: 0,
        extent: extent(edition, ix),
        text: Vec::new(),
        cited_by: cited_by.collect(),
        record: base,
    })
}

/// Says how much of a source's text its page shows.
pub(super) fn extent(edition: &Edition, ix: Ix) -> &'static str {
    let Some(capture) = edition.archive.record(ix).fields.table("capture") else { return "missing" };
    match capture.text("publish") {
        Some("none") => "none",
        Some("full") => "full",
        _ => "excerpts",
    }
}

/// Returns the passages that bear on a claim: for it, against it, and others.
pub(super) fn bearing(_: &Edition, _: Ix, _: &mut Page<'_>) -> (Vec<Evidence>, Vec<Evidence>, Vec<Evidence>) {
    (Vec::new(), Vec::new(), Vec::new())
}

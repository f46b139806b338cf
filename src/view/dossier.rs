//! A dossier's page: the text, and everything that belongs to it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::host::Page;
use super::{Edition, card, claim, date, fact, place, record, source};
use crate::hold::{Fate, Held};
use crate::html::{Value, html, value, view};
use crate::model::{Ix, Need};

view! {
    struct DossierPage<'e> {
        ..record: record::Record<'e>,
        byline: Value,
        published: Value,
        people: Vec<Value>,
        organisations: Vec<Value>,
        places: Vec<Value>,
        timeline: Vec<Value>,
        claims_in: Vec<Value>,
        sources_in: Vec<Value>,
        others: Vec<CardGroup>,
        sourcing: Sourcing,
        appendices: Vec<Appendix>,
    }
}

/// A record that a dossier rests on, whole, behind the dossier's own text.
#[derive(Serialize)]
struct Appendix {
    number: usize,
    id: String,
    card: Value,
    facts: Vec<fact::Fact>,
    body: Value,
    history: Vec<claim::Mark>,
    text: Vec<source::Para>,
    citation: Value,
}

#[derive(Serialize)]
struct CardGroup {
    label: String,
    cards: Vec<Value>,
}

/// How well a dossier is sourced.
#[derive(Serialize, Clone)]
pub(super) struct Sourcing {
    pub(super) sources: usize,
    pub(super) captured: usize,
    pub(super) quotes: usize,
    pub(super) verified: usize,
    pub(super) claims: usize,
    pub(super) standings: Vec<StandingCount>,
}

/// How many claims have a standing.
#[derive(Serialize, Clone)]
pub(super) struct StandingCount {
    pub(super) standing: String,
    pub(super) label: String,
    pub(super) chip: Value,
    pub(super) count: usize,
    pub(super) path: String,
}

/// Makes the view of a dossier.
pub(super) fn view(edition: &Edition, route: &str, ix: Ix) -> Value {
    let root = edition.root(route);
    Page::make(edition, ix, route, &root, |page| made(edition, route, ix, page))
}

fn made<'e>(edition: &'e Edition, route: &str, ix: Ix, page: &mut Page<'e>) -> Value {
    let root = page.root.clone();
    let mut base = record::record(edition, route, ix, page);
    base.sources = page.sources();
    let fields = &edition.archive.record(ix).fields;
    let members = members(edition, ix);
    let of = |kind: &str| -> Vec<Value> {
        let all: Vec<Ix> = members.iter().copied().filter(|ix| edition.archive.record(*ix).kind.name == kind).collect();
        edition.cards(&all, &root)
    };
    let mut events: Vec<Ix> = members.iter().copied().filter(|ix| edition.position(*ix).is_some()).collect();
    events.sort_by_key(|ix| edition.position(*ix));
    let mut others = Vec::new();
    for kind in edition.config.kinds.iter() {
        let listed =
            ["person", "organisation", "place", "event", "claim", "source", "dossier"].contains(&kind.name.as_ref());
        let cards = if listed { Vec::new() } else { of(&kind.name) };
        if !cards.is_empty() {
            let label = edition
                .words
                .find(&format!("list_{}", kind.folder()))
                .map_or_else(|| kind.title.to_string(), str::to_owned);
            others.push(CardGroup { label, cards });
        }
    }
    value(&DossierPage {
        byline: html(&place::target_links(edition, ix, fields.references("authors"), &root)),
        published: fields.date("published").map_or_else(|| html(""), |on| date::value(edition, on)),
        people: of("person"),
        organisations: of("organisation"),
        places: of("place"),
        timeline: edition.cards(&events, &root),
        claims_in: of("claim"),
        sources_in: of("source"),
        others,
        sourcing: sourcing(edition, ix, &members),
        appendices: appendices(edition, page, &members),
        record: base,
    })
}

/// Returns what a dossier rests on as appendices, if the theme wants them: its members and the sources that it cites.
fn appendices<'e>(edition: &'e Edition, page: &Page<'e>, members: &[Ix]) -> Vec<Appendix> {
    if !edition.facts.appendices {
        return Vec::new();
    }
    let mut all: Vec<Ix> = members.to_vec();
    all.extend(page.cited().filter(|source| !members.contains(source)));
    let order =
        |ix: &Ix| edition.config.kinds.iter().position(|kind| kind.name == edition.archive.record(*ix).kind.name);
    all.sort_by_key(order);
    let mut appendices = Vec::with_capacity(all.len());
    for (at, ix) in all.into_iter().enumerate() {
        let number = at + 1;
        let entry = edition.archive.entry(ix);
        let mut own = page.appended(ix, format!("a{number}-"));
        let is_source = entry.record.kind.name == "source";
        let history = edition.archive.claims.get(&ix).map(|ledger| claim::history(edition, ix, ledger, &mut own));
        appendices.push(Appendix {
            number,
            id: format!("appendix-{number}"),
            card: edition.card(ix, &page.root),
            facts: fact::facts(edition, ix, &mut own),
            body: html(&own.whole(&entry.record.body, &entry.body)),
            history: history.unwrap_or_default(),
            text: if is_source { source::text(edition, ix, &mut own) } else { Vec::new() },
            citation: if is_source { edition.works.entry(ix) } else { html("") },
        });
    }
    appendices
}

/// Returns what belongs to a dossier, by title.
pub(super) fn members(edition: &Edition, ix: Ix) -> Vec<Ix> {
    let mut members = edition.archive.members.get(&ix).cloned().unwrap_or_default();
    members.sort_by_cached_key(|ix| {
        let record = edition.archive.record(*ix);
        (crate::model::name::fold(&record.title).into_owned(), record.path.clone())
    });
    members
}

/// Returns the sources that a record cites, in its texts and in its fields.
fn cited(edition: &Edition, ix: Ix) -> impl Iterator<Item = Ix> {
    let entry = edition.archive.entry(ix);
    let texts = std::iter::once(&entry.body).chain(&entry.notes);
    let fields = entry.record.references.iter().zip(&entry.references);
    let fields = fields.filter(|(reference, _)| reference.need == Need::Source).filter_map(|(_, to)| to.record());
    texts.flat_map(|links| links.citations.iter().flatten().flatten().copied()).chain(fields)
}

/// Counts how well a dossier is sourced: by the sources in it, and by those that it and its records cite.
pub(super) fn sourcing(edition: &Edition, dossier: Ix, members: &[Ix]) -> Sourcing {
    let archive = &edition.archive;
    let all = || members.iter().copied().chain([dossier]);
    let own = members.iter().copied().filter(|ix| archive.record(*ix).kind.name == "source");
    let sources: BTreeSet<Ix> = own.chain(all().flat_map(|ix| cited(edition, ix))).collect();
    let claims: Vec<Ix> = members.iter().copied().filter(|ix| archive.claims.contains_key(ix)).collect();
    let quotations: Vec<&Held> = all().flat_map(|ix| edition.evidence.held_of(ix)).collect();
    Sourcing {
        sources: sources.len(),
        captured: sources.iter().filter(|ix| super::source::has_text(edition, **ix)).count(),
        quotes: quotations.len(),
        verified: quotations.iter().filter(|held| held.fate == Fate::Verified).count(),
        claims: claims.len(),
        standings: standings(edition, &claims),
    }
}

/// Counts claims by their standing, in the order of the standings.
pub(super) fn standings(edition: &Edition, claims: &[Ix]) -> Vec<StandingCount> {
    let count = |standing: &str| claims.iter().filter(|ix| edition.archive.claims[*ix].standing() == standing).count();
    let counted = crate::kind::STANDINGS.iter().map(|standing| StandingCount {
        standing: (*standing).to_owned(),
        label: edition.words.named("standing_", standing),
        chip: html(&card::standing_chip(edition, standing, None)),
        count: count(standing),
        path: super::claims::standing_path(edition, standing),
    });
    counted.filter(|standing| standing.count > 0).collect()
}

//! A dossier's page: the text, and everything that belongs to it.

use serde::Serialize;

use super::host::Page;
use super::{Edition, card, date, place, record};
use crate::html::{Value, html, view as value};
use crate::model::Ix;

#[derive(Serialize)]
struct DossierPage {
    #[serde(flatten)]
    record: record::Record,
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
    appendices: Vec<Value>,
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
    let mut page = Page::new(edition, ix, route, &root);
    let base = record::record(edition, route, ix, &mut page);
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
        let listed = ["person", "organisation", "place", "event", "claim", "source", "dossier"].contains(&kind.name.as_ref());
        let cards = if listed { Vec::new() } else { of(&kind.name) };
        if !cards.is_empty() {
            let label = edition.words.find(&format!("list_{}", kind.folder())).map_or_else(|| kind.title.to_string(), str::to_owned);
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
        sourcing: sourcing(edition, &members),
        appendices: Vec::new(),
        record: base,
    })
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

/// Counts how well records are sourced.
pub(super) fn sourcing(edition: &Edition, members: &[Ix]) -> Sourcing {
    let archive = &edition.archive;
    let sources: Vec<Ix> = members.iter().copied().filter(|ix| archive.record(*ix).kind.name == "source").collect();
    let claims: Vec<Ix> = members.iter().copied().filter(|ix| archive.claims.contains_key(ix)).collect();
    Sourcing {
        sources: sources.len(),
        captured: sources.iter().filter(|ix| archive.record(**ix).fields.table("capture").is_some()).count(),
        quotes: 0,
        verified: 0,
        claims: claims.len(),
        standings: standings(edition, &claims),
    }
}

/// Counts claims by their standing, in the order of the standings.
pub(super) fn standings(edition: &Edition, claims: &[Ix]) -> Vec<StandingCount> {
    let ledger = edition.path_to(&["claims"]).unwrap_or_default();
    let count = |standing: &str| claims.iter().filter(|ix| edition.archive.claims[*ix].standing() == standing).count();
    let counted = crate::kind::STANDINGS.iter().map(|standing| StandingCount {
        standing: (*standing).to_owned(),
        label: edition.words.named("standing_", standing),
        chip: html(&card::standing_chip(edition, standing, None)),
        count: count(standing),
        path: format!("{ledger}#standing-{standing}"),
    });
    counted.filter(|standing| standing.count > 0).collect()
}

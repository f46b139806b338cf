//! A claim's page: the statement, its standing, the history on a line of time, evidence on both sides, responses.

use std::collections::BTreeSet;

use serde::Serialize;

use super::evidence::{Evidence, evidence};
use super::host::Page;
use super::{Edition, card, date, place, record};
use crate::html::{Value, escape, html, view as value};
use crate::model::{Assessment, Claim, FieldCitation, Ix, Response};

#[derive(Serialize)]
struct ClaimPage {
    #[serde(flatten)]
    record: record::Record,
    standing: String,
    chip: Value,
    since: Value,
    by: Value,
    response: String,
    response_href: Option<String>,
    about: Vec<Value>,
    history: Vec<Mark>,
    independence: String,
    supports: Vec<Evidence>,
    against: Vec<Evidence>,
    context: Vec<Evidence>,
}

/// One entry of a claim's history.
#[derive(Serialize)]
pub(super) struct Mark {
    id: String,
    on: Value,
    what: &'static str,
    standing: String,
    chip: Value,
    by: Value,
    note: Value,
    evidence: Vec<Evidence>,
    independence: String,
}

/// Makes the view of a claim.
pub(super) fn view(edition: &Edition, route: &str, ix: Ix) -> Value {
    let root = edition.root(route);
    let mut page = Page::new(edition, ix, route, &root);
    let claim = &edition.archive.claims[&ix];
    let mut base = record::record(edition, route, ix, &mut page);
    let history = history(edition, ix, claim, &mut page);
    let (supports, against, context) = super::source::bearing(edition, ix, &mut page);
    base.sources = page.sources();
    base.facts.clear();
    let record = edition.archive.record(ix);
    let about: Vec<Ix> = record.fields.references("about").filter_map(|slot| edition.archive.target(ix, slot).record()).collect();
    let newest = claim.newest();
    let response_href = claim.response().and_then(|_| {
        let mark = history.iter().rev().find(|mark| mark.what == "response");
        mark.map(|mark| format!("#{}", mark.id))
    });
    value(&ClaimPage {
        standing: claim.standing().to_owned(),
        chip: html(&card::chip(edition, claim, card::Answer::Any)),
        since: newest.map_or_else(|| html(""), |newest| date::value(edition, &newest.on)),
        by: html(&newest.map(|newest| by(edition, ix, newest, &root)).unwrap_or_default()),
        response: card::response(edition, ix, claim),
        response_href,
        about: edition.cards(&about, &root),
        history,
        independence: newest.map(|newest| independence(edition, ix, newest)).unwrap_or_default(),
        supports,
        against,
        context,
        record: base,
    })
}

fn by(edition: &Edition, ix: Ix, assessment: &Assessment, root: &str) -> String {
    place::target_links(edition, ix, assessment.by.iter().copied(), root)
}

/// Returns assessments and responses in one line of time, oldest first; on one day assessments come first.
pub(super) fn history<'e>(edition: &'e Edition, ix: Ix, claim: &'e Claim, page: &mut Page<'e>) -> Vec<Mark> {
    enum Entry<'c> {
        Assessment(&'c Assessment),
        Response(&'c Response),
    }
    let assessments = claim.assessments.iter().map(|entry| (entry.on.earliest(), 0, Entry::Assessment(entry)));
    let responses = claim.responses.iter().map(|entry| (entry.on.earliest(), 1, Entry::Response(entry)));
    let mut entries: Vec<_> = assessments.chain(responses).collect();
    entries.sort_by_key(|(day, rank, _)| (*day, *rank));
    let mut marks = Vec::with_capacity(entries.len());
    for (at, (_, _, entry)) in entries.into_iter().enumerate() {
        let id = format!("m-{}", at + 1);
        let (note, cited) = match &entry {
            Entry::Assessment(entry) => (entry.note, &entry.evidence),
            Entry::Response(entry) => (entry.note, &entry.evidence),
        };
        let of = edition.archive.entry(ix);
        let note = note.map(|note| page.whole(&of.record.notes[note], &of.notes[note])).unwrap_or_default();
        let cited: Vec<&FieldCitation> = cited.iter().collect();
        let evidence = evidence(edition, ix, &cited, page);
        marks.push(match entry {
            Entry::Assessment(entry) => Mark {
                id,
                on: date::value(edition, &entry.on),
                what: "assessment",
                standing: entry.status.clone(),
                chip: html(&card::standing_chip(edition, &entry.status, None)),
                by: html(&by(edition, ix, entry, &page.root)),
                note: html(&note),
                evidence,
                independence: independence(edition, ix, entry),
            },
            Entry::Response(entry) => Mark {
                id,
                on: date::value(edition, &entry.on),
                what: "response",
                standing: String::new(),
                chip: html(&answer(edition, &entry.kind)),
                by: html(&entry.by.map(|slot| place::target_link(edition, ix, slot, &page.root)).unwrap_or_default()),
                note: html(&note),
                evidence,
                independence: String::new(),
            },
        });
    }
    marks
}

/// Returns the kind of a response as a label.
pub(super) fn answer(edition: &Edition, kind: &str) -> String {
    let mut out = String::from("<span class=\"answer\">");
    escape(&edition.words.named("kind_of_response_", kind).to_lowercase(), &mut out);
    out.push_str("</span>");
    out
}

/// Counts on how many people, outlets and documents an assessment rests, in words; only what is published counts.
pub(super) fn independence(edition: &Edition, ix: Ix, assessment: &Assessment) -> String {
    let counted = counted(edition, ix, assessment);
    let mut parts = Vec::new();
    for (key, n) in [("independence_people", counted.people), ("independence_outlets", counted.outlets), ("independence_documents", counted.documents)] {
        if n > 0 {
            parts.push(edition.words.counted(key, n));
        }
    }
    parts.join(", ")
}

/// On how much an assessment rests.
pub(crate) struct Independence {
    /// People: those who say so, and the unnamed ones of the cited sources.
    pub(crate) people: usize,
    /// Outlets: publishers of the cited sources.
    pub(crate) outlets: usize,
    /// Documents: sources that no other cited source draws on... counted where nothing cited rests on them.
    pub(crate) documents: usize,
}

/// Counts the people, outlets and documents behind an assessment.
///
/// People are `by` and the `anonymous` descriptions of the cited sources; outlets are distinct publishers; documents are
/// cited sources that rest on no other cited source.
pub(crate) fn counted(edition: &Edition, ix: Ix, assessment: &Assessment) -> Independence {
    let archive = &edition.archive;
    let cited: BTreeSet<Ix> =
        assessment.evidence.iter().filter_map(|citation| archive.target(ix, citation.slot).record()).collect();
    let mut people: BTreeSet<String> = BTreeSet::new();
    let mut outlets: BTreeSet<String> = BTreeSet::new();
    for slot in assessment.by.iter().filter(|slot| place::is_shown(edition, ix, **slot)) {
        let target = archive.target(ix, *slot).record();
        if target.is_none_or(|to| archive.record(to).kind.name == "person") && archive.record(ix).references[*slot].target != "site" {
            people.insert(place::target_text(edition, ix, *slot).to_lowercase());
        }
    }
    for source in &cited {
        let record = archive.record(*source);
        people.extend(record.fields.texts("anonymous").map(|text| text.value.to_lowercase()));
        let publisher = record.fields.reference("publisher").or_else(|| record.fields.reference("container-title"));
        outlets.extend(publisher.map(|slot| place::target_text(edition, *source, slot).to_lowercase()));
    }
    let rests = |source: Ix| {
        let slots = archive.record(source).fields.references("rests-on");
        slots.filter_map(|slot| archive.target(source, slot).record()).collect::<BTreeSet<Ix>>()
    };
    let under: BTreeSet<Ix> = cited.iter().flat_map(|source| rests(*source)).collect();
    let documents = cited.iter().filter(|source| !under.contains(*source)).count();
    Independence { people: people.len(), outlets: outlets.len(), documents }
}

//! A claim's page: the statement, its standing, the history on a line of time, evidence on both sides, responses.

use serde::Serialize;

use super::evidence::{Evidence, evidence};
use super::host::Page;
use super::{Edition, card, date, place, record};
use crate::html::{Value, escape, escaped, html, text, value, view};
use crate::model::date::Edtf;
use crate::model::{Assessment, Claim, FieldCitation, Independence, Ix, Response};

view! {
    struct ClaimPage<'e> {
        ..record: record::Record<'e>,
        standing: String,
        said: String,
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
    /// Whether it is the response that is shown beside the claim.
    #[serde(skip)]
    is_shown: bool,
}

/// Makes the view of a claim.
pub(super) fn view(edition: &Edition, route: &str, ix: Ix) -> Value {
    let root = edition.root(route);
    Page::make(edition, ix, route, &root, |page| made(edition, route, ix, page))
}

fn made<'e>(edition: &'e Edition, route: &str, ix: Ix, page: &mut Page<'e>) -> Value {
    let root = page.root.clone();
    let claim = &edition.archive.claims[&ix];
    let mut base = record::record(edition, route, ix, page);
    let history = history(edition, ix, claim, page);
    let (mut supports, mut against, mut context) = super::source::bearing(edition, ix, page);
    // What an assessment rests on bears on the claim as that one says.
    for mark in history.iter().filter(|mark| mark.what == "assessment") {
        let side = match mark.standing.as_str() {
            "alleged" | "reported" | "corroborated" | "confirmed" => &mut supports,
            "disputed" | "refuted" | "withdrawn" => &mut against,
            _ => &mut context,
        };
        let label = edition.words.named("standing_", &mark.standing);
        mark.evidence.iter().for_each(|evidence| evidence.put(side, &label));
    }
    base.sources = page.sources();
    base.facts.clear();
    // Whoever sees no more of the page than its description hears how the claim stands all the same.
    if text(&base.common.description).is_empty() {
        let response = card::response(edition, ix, claim);
        base.common.description = Value::from(format!("{}. {response}", capital(&said(edition, claim))));
    }
    let record = edition.archive.record(ix);
    let about: Vec<Ix> =
        record.fields.references("about").filter_map(|slot| edition.archive.target(ix, slot).record()).collect();
    let newest = claim.newest();
    let response_href = history.iter().find(|mark| mark.is_shown).map(|mark| format!("#{}", mark.id));
    value(&ClaimPage {
        standing: claim.standing().to_owned(),
        chip: html(&card::chip(edition, claim, card::Answer::Any)),
        said: said(edition, claim),
        since: newest.map_or_else(|| html(""), |newest| html(&since(edition, &newest.on))),
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

/// Returns a claim's standing with the answer to it, in words alone: `alleged · denied`.
fn said(edition: &Edition, claim: &Claim) -> String {
    let mut said = edition.words.named("standing_", claim.standing());
    if let Some(response) = claim.response() {
        said.push_str(" · ");
        said.push_str(&edition.words.named("answer_", &response.kind));
    }
    said
}

/// Says since when: `Since 22 March 2023`. An interval says so itself, as in `Since 1870` and `Until 2020`.
fn since(edition: &Edition, on: &Edtf) -> String {
    let time = date::time(edition, on);
    if !matches!(on, Edtf::Interval(..)) {
        return format!("{} {time}", escaped(&edition.words.word("since")));
    }
    match time.split_once('>') {
        Some((tag, words)) => format!("{tag}>{}", capital(words)),
        None => time,
    }
}

/// Makes the first letter a capital.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
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
                is_shown: false,
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
                is_shown: claim.response().is_some_and(|shown| std::ptr::eq(shown, entry)),
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
    let rests = Independence::of(&edition.archive, ix, assessment);
    let counts = [
        ("independence_people", rests.people.len()),
        ("independence_outlets", rests.outlets.len()),
        ("independence_documents", rests.documents.len()),
    ];
    let parts = counts.into_iter().filter(|(_, n)| *n > 0).map(|(key, n)| edition.words.counted(key, n));
    parts.collect::<Vec<_>>().join(", ")
}

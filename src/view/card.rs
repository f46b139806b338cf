//! Cards: a record as others see it. A claim's card carries its standing and its response wherever it goes.

use serde::Serialize;

use super::{Edition, date, place};
use crate::html::{Value, escape, html, value, with};
use crate::markdown::Body;
use crate::model::date::Edtf;
use crate::model::{Claim, Ix, Record, Response, Target};

/// A record as others see it.
#[derive(Serialize)]
struct Card<'a> {
    id: &'a str,
    kind: &'a str,
    kind_label: Value,
    path: &'a str,
    title: &'a str,
    link: Value,
    detail: String,
    summary: Value,
    when: Value,
    year: String,
    soft: bool,
    status: String,
    standing: &'a str,
    chip: Value,
    response: String,
}

/// Makes a record's card for pages with this way to the root.
pub(super) fn card(edition: &Edition, ix: Ix, root: &str) -> Value {
    let entry = edition.archive.entry(ix);
    let record = &entry.record;
    let claim = edition.archive.claims.get(&ix);
    let when = match (record.kind.name.as_ref(), claim) {
        ("event", _) => record.fields.date("when"),
        ("source", _) => record.fields.date("issued"),
        ("dossier", _) => record.fields.date("published"),
        (_, Some(claim)) => claim.newest().map(|assessment| &assessment.on),
        _ => None,
    };
    let status = record.fields.text("status").filter(|status| record.kind.name == "event" && *status != "occurred");
    value(&Card {
        id: &record.id,
        kind: &record.kind.name,
        kind_label: edition.type_of(ix).label.clone(),
        path: &entry.link,
        title: &record.title,
        link: html(&link(edition, ix, root)),
        detail: place::detail(edition, ix),
        summary: edition.summary(ix).clone(),
        when: when.map_or_else(|| html(""), |when| date::value(edition, when)),
        year: when.and_then(Edtf::year).map(|year| year.to_string()).unwrap_or_default(),
        soft: when.is_some_and(date::is_soft),
        status: status.map(|status| edition.words.named("status_", status)).unwrap_or_default(),
        standing: claim.map_or("", Claim::standing),
        chip: html(&claim.map(|claim| chip(edition, claim, Answer::Any)).unwrap_or_default()),
        response: claim.map(|claim| response(edition, ix, claim)).unwrap_or_default(),
    })
}

/// Returns a type's name in the theme's words.
pub(super) fn kind_label(edition: &Edition, record: &Record) -> String {
    edition.words.named("kind_", &record.kind.name)
}

/// Returns a record's title as a link; a claim's with its standing and its response.
pub(super) fn link(edition: &Edition, ix: Ix, root: &str) -> String {
    let mut out = String::with_capacity(96);
    link_into(edition, ix, root, &mut out);
    out
}

/// Appends a record's title as a link; a claim's with its standing and its response.
pub(super) fn link_into(edition: &Edition, ix: Ix, root: &str, out: &mut String) {
    let entry = edition.archive.entry(ix);
    let claim = edition.archive.claims.get(&ix);
    if let Some(claim) = claim {
        let (chip, response) = (chip(edition, claim, Answer::Any), response(edition, ix, claim));
        return claim_link(edition, ix, (claim, &chip, &response), root, out);
    }
    out.push_str("<a href=\"");
    escape(root, out);
    escape(&entry.link, out);
    out.push_str("\">");
    escape(&entry.record.title, out);
    out.push_str("</a>");
}

/// Appends a claim's title as a link, with its chip and what was answered.
fn claim_link(edition: &Edition, ix: Ix, (claim, chip, response): (&Claim, &str, &str), root: &str, out: &mut String) {
    let entry = edition.archive.entry(ix);
    out.push_str(&format!("<span class=\"claim claim-{0}\"><a class=\"claim-title\" href=\"", claim.standing()));
    escape(root, out);
    escape(&entry.link, out);
    out.push_str("\" data-claim=\"");
    escape(&entry.record.id, out);
    out.push_str(&format!("\" data-standing=\"{}\">", claim.standing()));
    escape(&entry.record.title, out);
    out.push_str("</a> <span class=\"claim-line\">");
    out.push_str(chip);
    out.push_str(" <span class=\"claim-response\">");
    escape(response, out);
    out.push_str("</span></span></span>");
}

/// Returns the link to a source's page, which says to those who listen which source it is.
pub(super) fn about(edition: &Edition, source: Ix, root: &str) -> String {
    let entry = edition.archive.entry(source);
    let words = edition.words.word("about_this_source");
    let mut out = String::with_capacity(160);
    for (before, text) in [
        ("<a href=\"", root),
        ("", &entry.link),
        ("\" aria-label=\"", &words),
        (": ", &entry.record.title),
        ("\">", &words),
    ] {
        out.push_str(before);
        escape(text, &mut out);
    }
    out.push_str("</a>");
    out
}

/// Which answer a chip shows behind the standing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    /// A denial, if there is one: in prose.
    Denial,
    /// Any response.
    Any,
}

/// Returns the chip of a claim's standing.
pub(super) fn chip(edition: &Edition, claim: &Claim, answer: Answer) -> String {
    let response = match answer {
        Answer::Denial => claim.response().filter(|response| response.kind == "denial"),
        Answer::Any => claim.response(),
    };
    standing_chip(edition, claim.standing(), response)
}

/// Returns what the chip of a claim says in prose, without markup: `alleged · denied`.
pub(super) fn standing_words(edition: &Edition, claim: &Claim) -> String {
    let mut words = edition.words.named("standing_", claim.standing());
    if let Some(denial) = claim.response().filter(|response| response.kind == "denial") {
        words.push_str(" · ");
        words.push_str(&edition.words.named("answer_", &denial.kind));
    }
    words
}

/// Returns the chip of a standing with an answer behind it.
pub(super) fn standing_chip(edition: &Edition, standing: &str, response: Option<&Response>) -> String {
    let word = edition.words.named("standing_", standing);
    let mut out = format!("<span class=\"chip chip-{standing}\"><span class=\"chip-word\">");
    escape(&word, &mut out);
    out.push_str("</span>");
    if let Some(response) = response {
        out.push_str("<span class=\"chip-answer\"> · ");
        escape(&edition.words.named("answer_", &response.kind), &mut out);
        out.push_str("</span>");
    }
    out.push_str("</span>");
    out
}

/// Returns a claim's response in one sentence: what was answered, when an answer was sought, or that there is none.
pub(super) fn response(edition: &Edition, ix: Ix, claim: &Claim) -> String {
    match (claim.response(), &claim.sought) {
        (Some(response), _) => answered(edition, ix, response),
        (None, Some(sought)) => edition.words.filled("response_sought", &[("on", &date::words(edition, sought))]),
        (None, None) => edition.words.word("response_none").into_owned(),
    }
}

fn answered(edition: &Edition, ix: Ix, response: &Response) -> String {
    let by = response.by.map(|slot| place::target_text(edition, ix, slot)).unwrap_or_default();
    let on = date::words(edition, &response.on);
    edition.words.filled(&format!("response_{}", response.kind.replace('-', "_")), &[("by", &by), ("on", &on)])
}

/// Makes a claim's card for one of several whom it is about: with their own answer, or that there is none of theirs, and
/// the answer of another behind it.
pub(super) fn card_about(edition: &Edition, ix: Ix, subject: Ix, root: &str) -> Value {
    let card = edition.card(ix, root);
    let Some(claim) = edition.archive.claims.get(&ix).filter(|claim| claim.subjects > 1) else { return card };
    let (shown, own) = (claim.response(), claim.response_of(subject));
    let mut said = match (own, &claim.sought) {
        (Some(own), _) => answered(edition, ix, own),
        (None, Some(sought)) => edition.words.filled("response_sought", &[("on", &date::words(edition, sought))]),
        (None, None) => {
            let name = &edition.archive.record(subject).title;
            edition.words.filled("response_none_of", &[("by", name)])
        }
    };
    let is_other = |other: &&Response| own.is_none_or(|own| !std::ptr::eq(own, *other));
    if let Some(other) = shown.filter(is_other) {
        said.push(' ');
        said.push_str(&answered(edition, ix, other));
    }
    let answer = own.or(shown.filter(|other| other.kind == "denial"));
    let chip = standing_chip(edition, claim.standing(), answer);
    let mut link = String::with_capacity(256);
    claim_link(edition, ix, (claim, &chip, &said), root, &mut link);
    let card = with(&card, "response", Value::from(said));
    with(&with(&card, "chip", html(&chip)), "link", html(&link))
}

/// Returns a record's summary in plain text: its own, else the first sentence of its body.
pub(super) fn summary(edition: &Edition, ix: Ix) -> String {
    let entry = edition.archive.entry(ix);
    if let Some(note) = entry.record.fields.markdown("summary").or_else(|| entry.record.fields.markdown("standfirst")) {
        return plain(edition, ix, &entry.record.notes[note], &entry.notes[note].mentions, 300);
    }
    plain(edition, ix, &entry.record.body, &entry.body.mentions, 200)
}

/// Returns the beginning of a text without markup: its first paragraph, cut behind a sentence or a word.
pub(super) fn plain(edition: &Edition, ix: Ix, body: &Body, targets: &[Target], limit: usize) -> String {
    let Some(lead) = body.lead else { return String::new() };
    let words = body.plain(lead, &mut |index, label, out| {
        place::called_plainly(edition, ix, body, (index, label), &targets[index], out);
    });
    words.shortened(limit)
}

//! What mentions a record: each record that does, with the sentence.

use serde::Serialize;

use super::{Edition, card, place};
use crate::html::{Value, escape, html, text};
use crate::markdown::{Sentence, Words};
use crate::model::{Backlink, Ix, Via};

/// A record that mentions another one. It is no card: most pages have many of them, and no two are alike.
#[derive(Serialize)]
pub(super) struct Mention {
    by: Value,
    sentence: Value,
}

/// Returns what mentions a record, one entry for each record that does, by its type and title.
pub(super) fn mentions(edition: &Edition, ix: Ix, root: &str) -> Vec<Mention> {
    let archive = &edition.archive;
    let backlinks = archive.backlinks[ix.at()].iter().filter(|link| !belongs(edition, link));
    let mut mentions: Vec<(Ix, Vec<&Backlink>)> = Vec::new();
    for link in backlinks {
        match mentions.last_mut() {
            Some((from, links)) if *from == link.from => links.push(link),
            _ => mentions.push((link.from, vec![link])),
        }
    }
    mentions.retain(|(from, _)| !edition.archive.entry(*from).is_list_text || *from != ix);
    mentions
        .into_iter()
        .map(|(from, links)| Mention {
            by: html(&by(edition, from, root)),
            sentence: html(&sentences(edition, ix, from, &links)),
        })
        .collect()
}

/// Returns the type and the link of a record that mentions another one.
fn by(edition: &Edition, from: Ix, root: &str) -> String {
    let mut out = String::with_capacity(128);
    escape(text(&edition.type_of(from).label), &mut out);
    out.push(' ');
    card::link_into(edition, from, root, &mut out);
    out
}

/// Tells whether a reference only says that a record belongs to a dossier, whose page lists it already.
fn belongs(edition: &Edition, link: &Backlink) -> bool {
    match link.via() {
        Via::Field(slot) => edition.archive.record(link.from).references[slot].field == "dossiers",
        _ => false,
    }
}

/// The most sentences of one record that are shown.
const SENTENCES: usize = 3;

/// Returns the sentences in which a record mentions another one: those of its text, else of its short texts, else the field.
fn sentences(edition: &Edition, to: Ix, from: Ix, links: &[&Backlink]) -> String {
    let mut seen: Vec<Sentence> = Vec::new();
    for link in links {
        if seen.len() == SENTENCES {
            break;
        }
        let Some(sentence) = sentence(edition, from, link.via()) else { continue };
        if !sentence.text.trim().is_empty() && seen.iter().all(|known| known.text != sentence.text) {
            seen.push(sentence);
        }
    }
    if seen.is_empty()
        && let Some(slot) =
            links.iter().find_map(|link| if let Via::Field(slot) = link.via() { Some(slot) } else { None })
    {
        return field(edition, to, from, slot);
    }
    let mut out = String::with_capacity(seen.iter().map(|sentence| sentence.text.len() + 32).sum());
    for sentence in &seen {
        if !out.is_empty() {
            out.push_str(" … ");
        }
        marked(sentence, &mut out);
    }
    out
}

fn sentence(edition: &Edition, from: Ix, via: Via) -> Option<Sentence> {
    let entry = edition.archive.entry(from);
    let (body, links) = match via {
        Via::Body(_) | Via::Citation(..) => (&entry.record.body, &entry.body),
        Via::Note(note, _) | Via::NoteCitation(note, ..) => (&entry.record.notes[note], &entry.notes[note]),
        Via::Field(_) => return None,
    };
    let mut called = |index: usize, label: Option<&str>, out: &mut Words| {
        place::called_plainly(edition, from, body, (index, label), &links.mentions[index], out);
    };
    Some(match via {
        Via::Body(at) | Via::Note(_, at) => body.sentence(at, &mut called),
        Via::Citation(at, _) | Via::NoteCitation(_, at, _) => body.citing(at, &mut called),
        Via::Field(_) => return None,
    })
}

/// Says in which field a record refers to another one.
fn field(edition: &Edition, to: Ix, from: Ix, slot: usize) -> String {
    let reference = &edition.archive.record(from).references[slot];
    let mut out = String::with_capacity(64);
    escape(&edition.words.named("fact_", &reference.field), &mut out);
    out.push_str(": <b>");
    escape(&edition.archive.record(to).title, &mut out);
    out.push_str("</b>");
    if let Some(claim) = edition.archive.claims.get(&to) {
        out.push(' ');
        out.push_str(&card::chip(edition, claim, card::Answer::Denial));
    }
    out
}

/// Escapes a sentence; the words of the mention become bold.
fn marked(sentence: &Sentence, out: &mut String) {
    let (text, place) = (&sentence.text, sentence.place.clone());
    escape(&text[..place.start], out);
    if !place.is_empty() {
        out.push_str("<b>");
        escape(&text[place.clone()], out);
        out.push_str("</b>");
    }
    escape(&text[place.end..], out);
}

//! What mentions a record: each record that does, with the sentence.

use serde::Serialize;

use super::{Edition, card, place};
use crate::html::{Value, escape, html};
use crate::markdown::Body;
use crate::model::{Backlink, Ix, Links, Via};

/// A record that mentions another one.
#[derive(Serialize)]
pub(super) struct Mention {
    pub(super) card: Value,
    sentence: Value,
}

/// Returns what mentions a record, one entry for each record that does, by its type and title.
pub(super) fn mentions(edition: &Edition, ix: Ix, root: &str) -> Vec<Mention> {
    let archive = &edition.archive;
    // What belongs to a dossier is listed on its page already.
    let belongs = |link: &&Backlink| match link.via {
        Via::Field(slot) => archive.record(link.from).references[slot].field == "dossiers",
        _ => false,
    };
    let backlinks = archive.backlinks[ix.at()].iter().filter(|link| !belongs(link));
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
            card: edition.card(from, root),
            sentence: html(&sentences(edition, ix, from, &links)),
        })
        .collect()
}

/// Returns the sentences in which a record mentions another one: those of its text, else of its short texts, else the field.
fn sentences(edition: &Edition, to: Ix, from: Ix, links: &[&Backlink]) -> String {
    let mut seen: Vec<(String, String)> = Vec::new();
    let mut add = |sentence: String, label: String| {
        if !sentence.trim().is_empty() && seen.iter().all(|(known, _)| *known != sentence) && seen.len() < 3 {
            seen.push((sentence, label));
        }
    };
    for link in links {
        if let Some(sentence) = sentence(edition, from, link.via) {
            add(sentence, label(edition, from, link.via));
        }
    }
    if seen.is_empty()
        && let Some(slot) =
            links.iter().find_map(|link| if let Via::Field(slot) = link.via { Some(slot) } else { None })
    {
        return field(edition, to, from, slot);
    }
    let mut out = String::new();
    for (sentence, label) in &seen {
        if !out.is_empty() {
            out.push_str(" … ");
        }
        marked(sentence, label, &mut out);
    }
    out
}

fn sentence(edition: &Edition, from: Ix, via: Via) -> Option<String> {
    let entry = edition.archive.entry(from);
    match via {
        Via::Body(at) => Some(of_mention(edition, from, &entry.record.body, &entry.body, at)),
        Via::Note(note, at) => Some(of_mention(edition, from, &entry.record.notes[note], &entry.notes[note], at)),
        Via::Citation(at, _) => Some(of_citation(edition, from, &entry.record.body, &entry.body, at)),
        Via::NoteCitation(note, at, _) => {
            Some(of_citation(edition, from, &entry.record.notes[note], &entry.notes[note], at))
        }
        Via::Field(_) => None,
    }
}

fn of_mention(edition: &Edition, from: Ix, body: &Body, links: &Links, at: usize) -> String {
    body.sentence(at, &mut |index, out| {
        out.push_str(&place::called_plainly(edition, from, body, index, &links.mentions[index]))
    })
}

fn of_citation(edition: &Edition, from: Ix, body: &Body, links: &Links, at: usize) -> String {
    let leaf = body.leaves[body.citations[at].leaf as usize];
    let text = body.plain(leaf.text, &mut |index, out| {
        out.push_str(&place::called_plainly(edition, from, body, index, &links.mentions[index]));
    });
    card::shortened(&text, 300)
}

/// Says in which field a record refers to another one.
fn field(edition: &Edition, to: Ix, from: Ix, slot: usize) -> String {
    let reference = &edition.archive.record(from).references[slot];
    let mut out = String::new();
    escape(&edition.words.named("fact_", &reference.field), &mut out);
    out.push_str(": <b>");
    escape(&edition.archive.record(to).title, &mut out);
    out.push_str("</b>");
    out
}

/// Returns the words of a mention; empty for a citation.
fn label(edition: &Edition, from: Ix, via: Via) -> String {
    let entry = edition.archive.entry(from);
    let (body, links, at) = match via {
        Via::Body(at) => (&entry.record.body, &entry.body, at),
        Via::Note(note, at) => (&entry.record.notes[note], &entry.notes[note], at),
        _ => return String::new(),
    };
    let mention = &body.mentions[at];
    if mention.is_labelled() {
        return body.text[mention.text.range()].to_owned();
    }
    place::called(edition, from, body, at, &links.mentions[at]).into_owned()
}

/// Escapes a sentence; the words of the mention become bold.
fn marked(sentence: &str, label: &str, out: &mut String) {
    match sentence.find(label).filter(|_| !label.is_empty()) {
        Some(at) => {
            escape(&sentence[..at], out);
            out.push_str("<b>");
            escape(label, out);
            out.push_str("</b>");
            escape(&sentence[at + label.len()..], out);
        }
        None => escape(sentence, out),
    }
}

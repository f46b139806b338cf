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

/// Marks the mention inside its sentence until the sentence is escaped: characters that no text has.
const OPEN: char = '\u{fdd0}';
const CLOSE: char = '\u{fdd1}';

/// Returns what mentions a record, one entry for each record that does, by its type and title.
pub(super) fn mentions(edition: &Edition, ix: Ix, root: &str) -> Vec<Mention> {
    let backlinks = &edition.archive.backlinks[ix.at()];
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
        .map(|(from, links)| Mention { card: edition.card(from, root), sentence: html(&sentences(edition, ix, from, &links)) })
        .collect()
}

/// Returns the sentences in which a record mentions another one: those of its text, else of its short texts, else the field.
fn sentences(edition: &Edition, to: Ix, from: Ix, links: &[&Backlink]) -> String {
    let mut seen: Vec<String> = Vec::new();
    let mut add = |sentence: String| {
        if !sentence.trim().is_empty() && !seen.contains(&sentence) && seen.len() < 3 {
            seen.push(sentence);
        }
    };
    for link in links {
        if let Some(sentence) = sentence(edition, from, link.via) {
            add(sentence);
        }
    }
    if seen.is_empty()
        && let Some(slot) = links.iter().find_map(|link| if let Via::Field(slot) = link.via { Some(slot) } else { None })
    {
        return field(edition, to, from, slot);
    }
    let mut out = String::new();
    for sentence in &seen {
        if !out.is_empty() {
            out.push_str(" … ");
        }
        marked(sentence, &mut out);
    }
    out
}

fn sentence(edition: &Edition, from: Ix, via: Via) -> Option<String> {
    let entry = edition.archive.entry(from);
    match via {
        Via::Body(at) => Some(of_mention(edition, from, &entry.record.body, &entry.body, at)),
        Via::Note(note, at) => Some(of_mention(edition, from, &entry.record.notes[note], &entry.notes[note], at)),
        Via::Citation(at, _) => Some(of_citation(edition, from, &entry.record.body, &entry.body, at)),
        Via::NoteCitation(note, at, _) => Some(of_citation(edition, from, &entry.record.notes[note], &entry.notes[note], at)),
        Via::Field(_) => None,
    }
}

fn of_mention(edition: &Edition, from: Ix, body: &Body, links: &Links, at: usize) -> String {
    body.sentence(at, &mut |index, out| out.push_str(&place::called(edition, from, body, index, &links.mentions[index])))
}

fn of_citation(edition: &Edition, from: Ix, body: &Body, links: &Links, at: usize) -> String {
    let leaf = body.leaves[body.citations[at].leaf as usize];
    let text = body.plain(leaf.text, &mut |index, out| {
        out.push_str(&place::called(edition, from, body, index, &links.mentions[index]));
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

/// Escapes a sentence; what stands between the marks becomes bold.
fn marked(sentence: &str, out: &mut String) {
    let (head, rest) = sentence.split_once(OPEN).unwrap_or((sentence, ""));
    escape(head, out);
    if let Some((inner, tail)) = rest.split_once(CLOSE) {
        out.push_str("<b>");
        escape(inner, out);
        out.push_str("</b>");
        escape(tail, out);
    }
}

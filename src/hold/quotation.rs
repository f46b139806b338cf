//! The quotations of one record: which sources each is held against, and what became of it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Fate, Held, Seat, SourceText};
use crate::capture::{Located, Locator, Missing, Passage, at_locators, wrong_locator};
use crate::diagnostic::{Diagnostic, code};
use crate::file::{Fit, Span, Text};
use crate::markdown::{Body, Rest};
use crate::model::{Archive, FieldCitation, Fields, Ix, Links, Value};

/// What was found of one record: its quotations, and what is wrong with them.
pub(super) type Of = (Vec<Held>, Vec<Diagnostic>);

/// The texts of sources.
pub(super) type Texts = BTreeMap<Ix, Arc<SourceText>>;

/// A source that a quotation is held against.
struct Key {
    source: Ix,
    id: String,
    locators: Vec<Locator>,
    locator_span: Span,
}

/// Holds the quotations of a record.
pub(super) fn of(archive: &Archive, ix: Ix, texts: &Texts) -> Of {
    let entry = archive.entry(ix);
    let record = &entry.record;
    let mut of: Of = (Vec::new(), Vec::new());
    body(archive, ix, &record.body, &entry.body, texts, &Seat::Body, &mut of);
    for (note, (text, links)) in record.notes.iter().zip(&entry.notes).enumerate() {
        body(archive, ix, text, links, texts, &|at| Seat::Note(note, at), &mut of);
    }
    fields(archive, ix, &record.fields, texts, &mut of);
    // Fields come in the order of their table, and are asked for by their seats.
    of.0.sort_by_key(|held| held.seat);
    of.0.fit();
    of
}

fn body(
    archive: &Archive,
    ix: Ix,
    body: &Body,
    links: &Links,
    texts: &Texts,
    seat: &dyn Fn(usize) -> Seat,
    of: &mut Of,
) {
    let path = &archive.record(ix).origin.path;
    let mut is_source = |citation: usize| links.citations[citation].first().is_some_and(Option::is_some);
    for (at, quotation) in body.quotations.iter().enumerate() {
        let named = match quotation.rest(body, &mut is_source) {
            Rest::Held(named) => named,
            Rest::Uncited => {
                let span = body.source.span(quotation.at.range());
                let fault = Diagnostic::new(&code::UNCITED_QUOTE, "a quotation has no citation in its sentence");
                of.1.push(fault.at(path, span).help("add one behind it: \"…\" [@source, para. 3]"));
                continue;
            }
            Rest::OwnWords | Rest::Translation | Rest::Free => continue,
        };
        let keys: Vec<Key> = named.iter().filter_map(|named| key(archive, body, links, *named)).collect();
        if keys.is_empty() {
            continue;
        }
        // Where there are no words to point at, the whole of it is shown.
        let whole = body.source.span(quotation.at.range());
        let mut faults = Vec::new();
        let mut fared = held(archive, (ix, seat(at)), (&quotation.words, whole), &keys, texts, &mut faults);
        if let (None, Some(numbered)) = (&fared, &quotation.numbered) {
            let mut others = Vec::new();
            fared = held(archive, (ix, seat(at)), (numbered, whole), &keys, texts, &mut others);
            faults = if fared.is_some() { others } else { faults };
        }
        of.1.extend(faults);
        of.0.extend(fared);
    }
}

/// Returns the source that one key of a citation names.
fn key(archive: &Archive, body: &Body, links: &Links, (citation, key): (usize, usize)) -> Option<Key> {
    let source = links.citations[citation][key]?;
    let cite = &body.citations[citation].cites[key];
    let locator = body.citations[citation].locator(cite);
    Some(Key {
        source,
        id: archive.record(source).id.clone(),
        locators: locators(locator, &cite.suffix),
        locator_span: body.source.span(cite.locator_at.range()),
    })
}

/// Reads the locators of a key. What goes on behind them (`paras. 1 and 2`) is suffix to a citation style, but not to one who
/// looks the passage up.
fn locators(locator: &str, suffix: &str) -> Vec<Locator> {
    match locator {
        "" => Vec::new(),
        locator => Locator::parse(&format!("{locator} {}", suffix.replace("&amp;", "&"))),
    }
}

/// Holds the quotations of citations in fields, wherever in the tables they stand.
fn fields(archive: &Archive, ix: Ix, table: &Fields, texts: &Texts, of: &mut Of) {
    for (_, value) in table.iter() {
        value_of(archive, ix, &value.value, texts, of);
    }
}

fn value_of(archive: &Archive, ix: Ix, value: &Value, texts: &Texts, of: &mut Of) {
    match value {
        Value::Citation(citation) => field(archive, ix, citation, texts, of),
        Value::List(list) => list.iter().for_each(|item| value_of(archive, ix, &item.value, texts, of)),
        Value::Table(table) => fields(archive, ix, table, texts, of),
        _ => {}
    }
}

fn field(archive: &Archive, ix: Ix, citation: &FieldCitation, texts: &Texts, of: &mut Of) {
    let Some(quote) = &citation.quote else { return };
    let keys = citation.cites.iter().filter_map(|(cite, slot)| {
        let source = archive.target(ix, *slot).record()?;
        let locator = citation.locator(cite);
        Some(Key {
            source,
            id: archive.record(source).id.clone(),
            locators: locators(locator, &cite.suffix),
            locator_span: citation.text.span(cite.locator_at.range()),
        })
    });
    let keys: Vec<Key> = keys.collect();
    if !keys.is_empty() {
        let seat = (ix, Seat::Field(citation.slot()));
        let held = held(archive, seat, (quote, citation.span), &keys, texts, &mut of.1);
        of.0.extend(held);
    }
}

/// Holds one quotation: it must stand in one of the sources, and in each that has a locator. What is wrong is shown at its
/// words, or at `whole` where it has none.
fn held(
    archive: &Archive,
    (ix, seat): (Ix, Seat),
    (words, whole): (&Text, Span),
    keys: &[Key],
    texts: &Texts,
    found: &mut Vec<Diagnostic>,
) -> Option<Held> {
    let path = &archive.record(ix).origin.path;
    let span = if words.value.trim().is_empty() { whole } else { words.span(0..words.value.len()) };
    let (mut all, mut verified, mut missing, mut untold) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for key in keys {
        match texts.get(&key.source).and_then(|text| text.locate(&words.value)) {
            Some(located) => all.push((key, located)),
            None => untold.push(key),
        }
    }
    for (key, located) in &all {
        match &**located {
            Located::Found(passages) => verified.push((*key, passages)),
            Located::Missing(why) => missing.push((*key, why)),
        }
    }
    let required = |key: &Key| !key.locators.is_empty();
    let failed: Vec<_> =
        missing.iter().filter(|(key, _)| required(key) || verified.is_empty() && untold.is_empty()).collect();
    // One message for one quotation: the source with a locator is the one that is meant.
    if let Some((key, why)) = failed.iter().find(|(key, _)| required(key)).or(failed.first()) {
        let unread = texts.get(&key.source).map_or_else(String::new, |text| text.unread_pages());
        let (message, help) = explained(&key.id, why);
        found.push(Diagnostic::new(&code::QUOTE_NOT_FOUND, message).at(path, span).help(format!("{help}{unread}")));
        return None;
    }
    for key in &untold {
        let id = &key.id;
        let (message, help) = match texts.contains_key(&key.source) {
            true => (
                format!("the capture of \"{id}\" has no text that the quotation could be held against"),
                "capture the source in another format, a scan after text recognition",
            ),
            false => (
                format!("the source \"{id}\" has no capture that the quotation could be held against"),
                "capture it with `casebook capture FILE|URL`, and name the file under [capture]",
            ),
        };
        found.push(Diagnostic::new(&code::QUOTE_UNVERIFIED, message).at(path, span).help(help));
    }
    for (key, passages) in &verified {
        if let Some(right) = wrong_locator(&key.locators, passages) {
            let message = format!("the passage does not stand there in \"{}\"", key.id);
            let fault = Diagnostic::new(&code::WRONG_LOCATOR, message).at(path, key.locator_span);
            found.push(fault.help(format!("it stands at {right}")));
        }
    }
    let fate = if verified.is_empty() { Fate::Unverified } else { Fate::Verified };
    let sources = if verified.is_empty() {
        keys.iter().map(|key| (key.source, None)).collect()
    } else {
        verified.iter().map(|(key, passages)| (key.source, Some(meant(&key.locators, passages)))).collect()
    };
    Some(Held { from: ix, seat, fate, sources })
}

/// Returns the passage that is meant: the one at the locator, else the first.
fn meant(locators: &[Locator], passages: &[Passage]) -> Passage {
    let at = if locators.is_empty() { Vec::new() } else { at_locators(locators, passages) };
    at.first().copied().unwrap_or(&passages[0]).clone()
}

/// Says why a quotation was not found, and what comes nearest.
pub(super) fn explained(id: &str, why: &Missing) -> (String, String) {
    let quoted = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match why {
        Missing::Empty => (format!("a quotation of \"{id}\" has no words"), "quote at least two words".to_owned()),
        Missing::ShortPiece { piece } => (
            format!("\"{}\" stands alone between two gaps of a quotation of \"{id}\"", quoted(piece)),
            "each piece of a quotation has at least two words: quote more around it".to_owned(),
        ),
        Missing::Apart { piece, .. } => (
            format!("the quotation is not in \"{id}\" as it stands here"),
            format!(
                "every piece stands there, but \"{}\" not where it would have to: in order, at most 60 words on",
                quoted(piece)
            ),
        ),
        Missing::Differs { text, difference, .. } => {
            let first = difference.as_ref().map(|difference| format!("; {difference}")).unwrap_or_default();
            (format!("the quotation is not in \"{id}\"{first}"), format!("the nearest passage is \"{}\"", quoted(text)))
        }
        Missing::OutOfContext { .. } => (
            format!("the passage stands in \"{id}\", but not with that prefix and suffix"),
            "give the words right before it, as they stand in the capture".to_owned(),
        ),
        Missing::Nowhere => (
            format!("the quotation is not in \"{id}\", nor anything near it"),
            "look whether another source is meant, or whether the capture holds the whole text".to_owned(),
        ),
    }
}

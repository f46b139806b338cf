//! Reading the citation that a field holds: `courier-story, para. 1`, several at semicolons, or in Pandoc's syntax.
//!
//! A field needs no `@`: what stands before the first comma is the key. Behind a semicolon a single word is a further
//! key, so that a slip in it is a broken reference and no source is lost; anything else there belongs to the citation
//! before it. No word of the field is dropped: what is neither key nor locator is prefix or suffix.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::Event;

use super::body::Smart;
use super::citation::{Author, Cite, braced, key};
use super::cluster::{Flat, Piece, cite, pieces, within};
use super::locator;
use super::node::{Node, Prose};

/// Reads what a field cites: one entry for each source, none where it holds no key. Extents are in the text given.
pub(super) fn read(source: &str) -> Vec<Cite> {
    let whole = trimmed(source, 0..source.len());
    let groups = groups(source, whole.clone());
    let ranges = if groups.is_empty() { vec![whole] } else { groups };
    ranges.into_iter().flat_map(|range| cluster(source, range)).collect()
}

/// Cuts a text that is nothing but brackets (`[@a, p. 3]; [@b]`) into what they hold; empty where it is more than that.
fn groups(source: &str, whole: Range<usize>) -> Vec<Range<usize>> {
    let brackets = brackets(&source[..whole.end]);
    let mut groups = Vec::new();
    let mut at = whole.start;
    while at < whole.end {
        let Some(end) = brackets.get(&at).filter(|_| !source[at..].starts_with("[[")) else { return Vec::new() };
        groups.push(trimmed(source, at + 1..*end));
        let behind = &source[end + 1..whole.end];
        let rest = behind.trim_start_matches(|letter: char| letter.is_whitespace() || ",;".contains(letter));
        at = whole.end - rest.len();
    }
    groups
}

/// Returns where each bracket is closed that is.
fn brackets(text: &str) -> BTreeMap<usize, usize> {
    let mut open = Vec::new();
    let mut closed = BTreeMap::new();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => open.push(at),
            b']' => closed.extend(open.pop().map(|start| (start, at))),
            _ => {}
        }
    }
    closed
}

/// Returns a range of a text without the white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inside = &text[range.clone()];
    let start = range.start + (inside.len() - inside.trim_start().len());
    start..start + inside.trim().len()
}

/// Reads one list of citations.
fn cluster(source: &str, mut range: Range<usize>) -> Vec<Cite> {
    let text = &source[range.clone()];
    let keys = keys(text);
    // `@a [p. 3; @b]`: the bracket behind the first key goes on to the end.
    let brackets = brackets(text);
    let bracket = |from: usize| {
        let start = text.len() - text[from..].trim_start().len();
        brackets.get(&start).map(|end| start + 1..*end)
    };
    let open = keys.first().and_then(|key| bracket(key.end)).filter(|open| open.end + 1 == text.len());
    range.end -= usize::from(open.is_some());
    let nodes = [Node { event: Event::Text(source[range.clone()].into()), start: range.start, end: range.end }];
    let prose = Prose { source, nodes: &nodes, start: range.start, smart: Smart::On };
    let flat = Flat::new(prose, &range);
    if keys.is_empty() {
        return plain_pieces(text).into_iter().filter_map(|piece| plain(&flat, prose, piece)).collect();
    }
    let mut cites = Vec::new();
    let mut keys_left = keys.iter().peekable();
    for piece in pieces(&flat.text, &keys, open.as_ref().map_or(0, |open| open.start)) {
        let mut start = piece.range.start;
        while let Some(key) = keys_left.next_if(|key| key.start < piece.range.end) {
            let end = keys_left.peek().map_or(piece.range.end, |next| next.start.min(piece.range.end));
            let words = match (&open, cites.is_empty()) {
                (Some(open), true) => Some(open.start..end),
                _ => bracket(key.end).filter(|words| words.end <= end),
            };
            cites.extend(one(&flat, prose, &Piece { range: start..end, key: key.clone() }, words));
            start = end;
        }
    }
    cites
}

/// Returns the keys with an `@` in a text, the `@` included.
fn keys(text: &str) -> Vec<Range<usize>> {
    let mut keys: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let is_free = !text[..at].ends_with(char::is_alphanumeric) && keys.last().is_none_or(|last| last.end <= at);
        if let Some(found) = key(&text[at + 1..]).filter(|_| is_free) {
            keys.push(at..at + 1 + found.length);
        }
    }
    keys
}

/// Reads one key with what surrounds it; `words` is what a bracket behind it holds.
fn one(flat: &Flat, prose: Prose<'_, '_>, piece: &Piece, words: Option<Range<usize>>) -> Option<Cite> {
    let Some(words) = words else { return cite(flat, prose, piece) };
    let bare = cite(flat, prose, &Piece { range: piece.range.start..piece.key.end, key: piece.key.clone() })?;
    Some(within(flat, prose, bare, words))
}

/// Cuts a text without an `@` at its semicolons, where a further key follows.
fn plain_pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let (mut start, mut depth) = (0, 0usize);
    let ends = text.char_indices().filter(|(_, letter)| matches!(letter, '[' | ']' | '{' | '}' | ';'));
    for (at, letter) in ends.chain([(text.len(), ';')]) {
        match letter {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 && at < text.len() => {}
            _ => {
                match pieces.last_mut() {
                    Some(last) if !is_further(&text[start..at]) => last.end = at,
                    _ => pieces.push(start..at),
                }
                start = at + 1;
            }
        }
    }
    pieces
}

/// Tells whether what stands behind a semicolon is a key: one word, or what says that it is one; no place in the source.
fn is_further(piece: &str) -> bool {
    let piece = piece.trim();
    let name = &piece[..named(piece)];
    let is_place = piece.starts_with(|first: char| first.is_ascii_digit())
        || locator::find(&format!(", {piece}"))
            .is_some_and(|found| found.locator.is_none_or(|locator| !piece.starts_with(&locator.value)));
    piece.starts_with("[[") || !name.is_empty() && !name.contains(char::is_whitespace) && !is_place
}

/// Returns the length of the key at the beginning of a text without an `@`: up to the comma, or to a locator.
fn named(text: &str) -> usize {
    if text.starts_with('{')
        && let Some(end) = braced(text)
    {
        return end + 1;
    }
    if text.starts_with("[[")
        && let Some(end) = text.find("]]")
    {
        return end + 2;
    }
    let head = text.find([',', ';']).unwrap_or(text.len());
    let word = text[..head].find(char::is_whitespace).filter(|word| locator::find(&text[*word..]).is_some());
    word.unwrap_or(text[..head].trim_end().len())
}

/// Reads a citation without an `@`: the key comes first, in braces or as a wikilink if it likes.
fn plain(flat: &Flat, prose: Prose<'_, '_>, range: Range<usize>) -> Option<Cite> {
    let range = trimmed(&flat.text, range);
    let text = &flat.text[range.clone()];
    let length = named(text);
    let link = text[..length].strip_prefix("[[").and_then(|inside| inside.strip_suffix("]]"));
    let name = match link {
        Some(link) => link.split('|').next().unwrap_or_default(),
        None => text[..length].trim_start_matches('{').trim_end_matches('}'),
    };
    let bare = Cite {
        key: name.trim().into(),
        at: flat.span(range.start..range.start + length),
        author: Author::Normal,
        prefix: Box::default(),
        suffix: Box::default(),
        locator: None,
        locator_at: flat.span(range.start + length..range.start + length),
    };
    (!name.trim().is_empty()).then(|| within(flat, prose, bare, range.start + length..range.end))
}

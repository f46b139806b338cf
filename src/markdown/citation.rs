//! Citations in Pandoc's syntax: `[@a, p. 3; @b]`, `@a [p. 3]`, `[-@a]`, `[see @a]`, `@{odd key}`.
//!
//! A bracket is cut at its semicolons; each piece has a prefix, a key, a locator and a suffix. A piece without a key,
//! which Pandoc refuses, is taken as words of its neighbour, so that no citation is lost over a semicolon.

use std::ops::Range;

use pulldown_cmark::Event;

use super::annotation::{self, NoteForm};
use super::body::Body;
use super::body::{Extent, Smart};
use super::bracket::{Found, FoundKind};
use super::escape;
use super::fragment;
use super::locator::{self, Locator};
use super::node::{Node, Prose};

/// A citation: one bracket with one or more keys, or a key in the running text.
#[derive(Clone, PartialEq, Debug)]
pub struct Citation {
    /// How it is written.
    pub form: CitationForm,
    /// The whole construct, in the source.
    pub at: Extent,
    /// What is cited, at least one.
    pub cites: Vec<Cite>,
    /// What is printed if it is no citation after all, in [`Body::html`]; empty for [`CitationForm::Bracket`].
    pub html: Extent,
    /// Where it stands, in [`Body::text`]: empty for brackets, the words as written for an in-text key.
    pub text: Extent,
    /// Which block of the plain text it stands in: an index into [`Body::leaves`].
    pub leaf: u32,
    /// Whether white space stood before it: a note's number is set without it, a citation in the line with it.
    pub spaced: bool,
    /// The stop or comma behind it, which comes before a note's number and behind a citation in the line.
    pub stop: Option<char>,
}

/// How a citation is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CitationForm {
    /// `[@a, p. 3; @b]`, `[-@a]`, `[see @a]`.
    Bracket,
    /// `@a`, `@a [p. 3]`, `@{odd key}`: text, unless the key is a source's.
    InText,
}

/// One key of a citation with what surrounds it.
#[derive(Clone, PartialEq, Debug)]
pub struct Cite {
    /// The key: a source's id, as written, without braces.
    pub key: String,
    /// The key with its `@`, in the source.
    pub at: Extent,
    /// Whether the author's name is printed.
    pub author: Author,
    /// The words before the key (`see`), as HTML without links; empty where there are none.
    pub prefix: String,
    /// The words behind the locator, as HTML without links; empty where there are none.
    pub suffix: String,
    /// Where in the source, if that is said.
    pub locator: Option<Locator>,
    /// The locator as written, in the source; empty where there is none.
    pub locator_at: Extent,
}

/// Whether a citation prints the author's name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Author {
    /// As the style has it.
    Normal,
    /// `-@a`: the text already names the author.
    Suppressed,
    /// `@a`: the author's name is part of the sentence.
    InText,
}

/// A key found in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Key {
    /// How many bytes it takes, braces included.
    pub(super) length: usize,
    /// Where the key itself stands among them.
    pub(super) inner: Range<usize>,
}

/// Reads the key behind an `@`: letters, digits and `_`, with single punctuation inside, or anything in braces.
pub(super) fn key(text: &str) -> Option<Key> {
    if text.starts_with('{') {
        let end = braced(text)?;
        let inner = 1..end;
        return (!text[inner.clone()].trim().is_empty()).then_some(Key { length: end + 1, inner });
    }
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut letters = text.char_indices().peekable();
    let mut end = 0;
    while let Some((at, letter)) = letters.next() {
        let joins = ":.#$%&-+?<>~/".contains(letter) && letters.peek().is_some_and(|(_, next)| is_word(*next));
        let slash = matches!(letter, ':' | '/') && letters.peek().is_some_and(|(_, next)| *next == '/');
        if !(is_word(letter) || at > 0 && (joins || slash)) {
            break;
        }
        end = at + letter.len_utf8();
    }
    (end > 0).then_some(Key { length: end, inner: 0..end })
}

/// The longest key in braces that is looked for, in bytes.
const LONGEST_KEY: usize = 200;

/// Returns the offset of the brace that closes the one at the beginning of a text, on the same line.
fn braced(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate().take(LONGEST_KEY) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'\n' | b'\r' => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The text of a citation without markup, and the way back to the source.
struct Flat {
    text: String,
    map: Vec<(usize, usize)>,
    end: usize,
}

impl Flat {
    fn new(prose: Prose<'_, '_>, range: &Range<usize>) -> Flat {
        let mut flat = Flat { text: String::new(), map: vec![(0, range.start)], end: range.end };
        for node in prose.within(range) {
            if let Some(words) = prose.words(node, range) {
                flat.map.push((flat.text.len(), node.start.max(range.start)));
                flat.text.push_str(words);
            }
        }
        flat
    }

    fn at(&self, source: usize) -> usize {
        let piece = self.map.partition_point(|piece| piece.1 <= source).max(1) - 1;
        (self.map[piece].0 + source.saturating_sub(self.map[piece].1)).min(self.text.len())
    }

    /// Returns the HTML of a range without the white space around it.
    fn html(&self, prose: Prose<'_, '_>, range: Range<usize>) -> String {
        if self.text[range.clone()].trim().is_empty() {
            return String::new();
        }
        let end = if range.end == self.text.len() { self.end } else { self.source(range.end) };
        fragment::html(prose, self.source(range.start)..end).trim().to_owned()
    }

    fn span(&self, range: Range<usize>) -> Extent {
        let start = self.source(range.start);
        Extent::new(start, if range.is_empty() { start } else { self.source(range.end - 1) + 1 })
    }

    fn source(&self, flat: usize) -> usize {
        let piece = self.map.partition_point(|piece| piece.0 <= flat).max(1) - 1;
        self.map[piece].1 + (flat - self.map[piece].0)
    }
}

/// Reads what a bracket or an in-text key cites; its places in HTML and text are not yet known.
pub(super) fn read(prose: Prose<'_, '_>, found: &Found) -> Option<Citation> {
    let (form, ats, inside) = match &found.kind {
        FoundKind::Citation(ats) => (CitationForm::Bracket, ats, found.at.start + 1..found.at.end - 1),
        FoundKind::InText(ats, bracket) => {
            let end = if bracket.is_some() { found.at.end - 1 } else { found.at.end };
            (CitationForm::InText, ats, found.at.start..end)
        }
        _ => return None,
    };
    let flat = Flat::new(prose, &inside);
    let from = match &found.kind {
        FoundKind::InText(_, Some(bracket)) => flat.at(bracket + 1),
        _ => 0,
    };
    let keys: Vec<usize> = ats.iter().map(|at| flat.at(*at)).collect();
    let mut cites: Vec<Cite> = Vec::with_capacity(1);
    for piece in pieces(&flat.text, &keys, from) {
        let mut cite = cite(&flat, prose, &piece)?;
        if let (FoundKind::InText(_, bracket), true) = (&found.kind, cites.is_empty()) {
            cite = in_text(&flat, prose, &piece, *bracket)?;
        }
        cites.push(cite);
    }
    let at = found.at.clone().into();
    let (html, text) = (Extent::default(), Extent::default());
    (!cites.is_empty()).then_some(Citation { form, at, cites, html, text, leaf: 0, spaced: false, stop: None })
}

/// A piece of a citation between semicolons: its extent and where its `@` stands, in the flat text.
struct Piece {
    range: Range<usize>,
    at: usize,
}

/// Cuts a citation at its semicolons, outside of keys, brackets and braces, from the offset `from` on.
fn pieces(text: &str, keys: &[usize], mut from: usize) -> Vec<Piece> {
    let mut cuts = vec![0];
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'@' if keys.binary_search(&at).is_ok() => {
                from = from.max(at + 1 + key(&text[at + 1..]).map_or(0, |key| key.length));
            }
            b'[' | b'{' if at >= from => depth += 1,
            b']' | b'}' if at >= from => depth = depth.saturating_sub(1),
            b';' if at >= from && depth == 0 => cuts.push(at + 1),
            _ => {}
        }
    }
    cuts.push(text.len() + 1);
    let mut pieces: Vec<Piece> = Vec::new();
    let (mut start, mut next) = (0, 0);
    for pair in cuts.windows(2) {
        let end = pair[1] - 1;
        let first = keys[next..].first().filter(|at| **at < end).copied();
        next += keys[next..].iter().take_while(|at| **at < end).count();
        match (first, pieces.last_mut()) {
            (Some(at), _) => {
                pieces.push(Piece { range: start..end, at });
                start = pair[1];
            }
            (None, Some(last)) => {
                last.range.end = end;
                start = pair[1];
            }
            (None, None) => {}
        }
    }
    pieces
}

/// Reads one piece of a bracket.
fn cite(flat: &Flat, prose: Prose<'_, '_>, piece: &Piece) -> Option<Cite> {
    let text = &flat.text;
    let found = key(&text[piece.at + 1..])?;
    let end = piece.at + 1 + found.length;
    let before = &text[piece.range.start..piece.at];
    let suppressed = before.ends_with('-') && !before[..before.len() - 1].ends_with(char::is_alphanumeric);
    let start = piece.at - usize::from(suppressed);
    let rest = end..piece.range.end.max(end);
    let located = locator::find(&text[rest.clone()]);
    let (locator, place) = match located {
        Some(located) => (located.locator, rest.start + located.at.start..rest.start + located.at.end),
        None => (None, rest.start..rest.start),
    };
    Some(Cite {
        key: text[piece.at + 1..][found.inner].to_owned(),
        at: flat.span(piece.at..end),
        author: if suppressed { Author::Suppressed } else { Author::Normal },
        prefix: flat.html(prose, piece.range.start..start),
        suffix: flat.html(prose, place.end..rest.end),
        locator,
        locator_at: flat.span(place),
    })
}

/// Reads the first piece of an in-text citation: the key, and its bracket's words.
fn in_text(flat: &Flat, prose: Prose<'_, '_>, piece: &Piece, bracket: Option<usize>) -> Option<Cite> {
    let length = key(&flat.text[piece.at + 1..])?.length;
    let end = piece.at + 1 + length;
    let words = bracket.map_or(end, |bracket| flat.at(bracket + 1));
    let bare = cite(flat, prose, &Piece { range: piece.at..end, at: piece.at })?;
    let at = Piece { range: words..piece.range.end.max(words), at: piece.at };
    let located = locator::find(&flat.text[at.range.clone()]);
    let mut cite = Cite { author: Author::InText, ..bare };
    let mut rest = at.range.start;
    if let Some(located) = located {
        let range = at.range.start + located.at.start..at.range.start + located.at.end;
        rest = range.end;
        cite.locator = located.locator;
        cite.locator_at = flat.span(range);
    }
    cite.suffix = flat.html(prose, rest..at.range.end);
    Some(cite)
}

/// Reads a citation without brackets, as a field holds it: `courier-story, para. 1`, or in Pandoc's syntax.
pub(super) fn field(source: &str) -> Option<Cite> {
    let lead = source.len() - source.trim_start().len();
    let mut range = lead..lead + source.trim().len();
    if source[range.clone()].starts_with('[') && source[range.clone()].ends_with(']') && range.len() > 2 {
        range = range.start + 1..range.end - 1;
    }
    let text = &source[range.clone()];
    let nodes = [Node { event: Event::Text(text.into()), start: range.start, end: range.end }];
    let prose = Prose { source, nodes: &nodes, start: range.start, smart: Smart::On };
    let flat = Flat::new(prose, &range);
    let is_key = |at: &usize| {
        let free = !text[..*at].ends_with(char::is_alphanumeric);
        free && key(&text[at + 1..]).is_some()
    };
    if let Some(at) = text.match_indices('@').map(|(at, _)| at).find(is_key) {
        return cite(&flat, prose, &Piece { range: 0..text.len(), at });
    }
    let head = text.find(',').unwrap_or(text.len());
    let word = text[..head].find(char::is_whitespace).filter(|word| locator::find(&text[*word..]).is_some());
    let end = match text.starts_with('{') {
        true => braced(text)? + 1,
        false => word.unwrap_or(text[..head].trim_end().len()),
    };
    let name = text[..end].trim_start_matches('{').trim_end_matches('}').trim();
    let located = locator::find(&text[end..]);
    let (locator, place) = match located {
        Some(located) => (located.locator, end + located.at.start..end + located.at.end),
        None => (None, end..end),
    };
    (!name.is_empty()).then(|| Cite {
        key: name.to_owned(),
        at: flat.span(0..end),
        author: Author::Normal,
        prefix: String::new(),
        suffix: flat.html(prose, place.end..text.len()),
        locator,
        locator_at: flat.span(place),
    })
}

/// Writes what an author wrote that is no citation after all. An in-text key's words follow by themselves.
pub(super) fn write_plain(body: &Body, citation: &Citation, stop: Option<char>, out: &mut String) {
    if citation.form == CitationForm::Bracket {
        out.push_str(if citation.spaced { " " } else { "" });
        escape::text(&body.source.value[citation.at.range()], out);
    }
    out.extend(stop);
}

/// Writes a citation's number where it stands.
pub(super) fn write_reference(number: u32, prefix: &str, sources: &str, out: &mut String) {
    out.push_str("<sup class=\"ref\"><a class=\"cite\" id=\"");
    escape::attribute(prefix, out);
    annotation::push(out, "ref-", number);
    out.push_str("\" href=\"#");
    escape::href(prefix, out);
    annotation::push(out, "note-", number);
    out.push_str("\" role=\"doc-noteref\" data-source=\"");
    escape::attribute(sources, out);
    annotation::push(out, "\">", number);
    out.push_str("</a></sup>");
}

/// Writes a citation's note.
pub(super) fn write_note(number: u32, prefix: &str, html: &str, form: NoteForm, out: &mut String) {
    let is_line = form == NoteForm::Line;
    out.push_str(if is_line {
        "<span class=\"note note-cite\" role=\"note\" id=\""
    } else {
        "<div class=\"note note-cite note-after\" role=\"note\" id=\""
    });
    annotation::write_number(number, prefix, out);
    out.push_str(html);
    out.push_str(if is_line { "</span>" } else { "</div>\n" });
}

/// Writes a citation inside a note, in its line.
pub(super) fn write_in_note(citation: &Citation, name: &str, html: &str, stop: Option<char>, out: &mut String) {
    if !name.is_empty() {
        out.push_str(name);
        out.push(' ');
    } else if citation.spaced {
        out.push(' ');
    }
    out.push_str(html);
    let ends = html.trim_end().ends_with(['.', '!', '?']);
    out.extend(stop.filter(|stop| !(ends && *stop == '.')));
}

/// Writes a citation of a style that has no notes.
pub(super) fn write_line(
    citation: &Citation,
    html: &str,
    href: &str,
    sources: &str,
    stop: Option<char>,
    out: &mut String,
) {
    out.push_str(if citation.spaced { " " } else { "" });
    let is_link = !href.is_empty();
    out.push_str(if is_link { "<a class=\"cite cite-inline\" href=\"" } else { "<span class=\"cite cite-inline" });
    if is_link {
        escape::attribute(href, out);
    }
    out.push_str("\" data-source=\"");
    escape::attribute(sources, out);
    out.push_str("\">");
    out.push_str(html);
    out.push_str(if is_link { "</a>" } else { "</span>" });
    out.extend(stop);
}

#[cfg(test)]
mod tests;

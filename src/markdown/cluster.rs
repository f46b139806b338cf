//! Reading what a citation cites: a bracket is cut at its semicolons, each piece into prefix, key, locator and suffix.

use std::ops::Range;

use super::body::Extent;
use super::bracket::{Found, FoundKind};
use super::citation::{Author, Citation, CitationForm, Cite, key};
use super::node::Prose;
use super::{fragment, locator};

/// The text of a citation without markup, and the way back to the source.
pub(super) struct Flat {
    pub(super) text: String,
    map: Vec<(usize, usize)>,
    end: usize,
}

impl Flat {
    pub(super) fn new(prose: Prose<'_, '_>, range: &Range<usize>) -> Flat {
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
    pub(super) fn html(&self, prose: Prose<'_, '_>, range: Range<usize>) -> String {
        if self.text[range.clone()].trim().is_empty() {
            return String::new();
        }
        let end = if range.end == self.text.len() { self.end } else { self.source(range.end) };
        fragment::html(prose, self.source(range.start)..end).trim().to_owned()
    }

    pub(super) fn span(&self, range: Range<usize>) -> Extent {
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
    let keys: Vec<Range<usize>> = ats.iter().map(|key| flat.at(key.start)..flat.at(key.end)).collect();
    let mut cites: Vec<Cite> = Vec::with_capacity(1);
    for piece in pieces(&flat.text, &keys, from) {
        let mut cite = cite(&flat, prose, &piece)?;
        if let (FoundKind::InText(_, bracket), true) = (&found.kind, cites.is_empty()) {
            cite = in_text(&flat, prose, &piece, *bracket)?;
        }
        cites.push(cite);
    }
    let (at, written) = (found.at.clone().into(), prose.source[found.at.clone()].into());
    let none = Extent::default();
    (!cites.is_empty()).then_some(Citation {
        form,
        at,
        written,
        cites,
        html: none,
        text: none,
        sentence: none,
        leaf: 0,
        spaced: false,
        stop: None,
    })
}

/// A piece of a citation between semicolons: its extent and its key with the `@`, in the flat text.
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    pub(super) key: Range<usize>,
}

/// Cuts a citation at its semicolons, outside of keys, brackets and braces, from the offset `from` on.
pub(super) fn pieces(text: &str, keys: &[Range<usize>], mut from: usize) -> Vec<Piece> {
    let mut cuts = vec![0];
    let (mut depth, mut next) = (0usize, 0);
    for (at, byte) in text.bytes().enumerate() {
        while let Some(key) = keys.get(next).filter(|key| key.start <= at) {
            from = from.max(key.end);
            next += 1;
        }
        match byte {
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
        let first = keys[next..].first().filter(|key| key.start < end).cloned();
        next += keys[next..].iter().take_while(|key| key.start < end).count();
        match (first, pieces.last_mut()) {
            (Some(key), _) => {
                pieces.push(Piece { range: start..end, key });
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
pub(super) fn cite(flat: &Flat, prose: Prose<'_, '_>, piece: &Piece) -> Option<Cite> {
    let text = &flat.text;
    let end = piece.key.end;
    let found = key(text.get(piece.key.start + 1..end)?)?;
    let before = &text[piece.range.start..piece.key.start];
    let suppressed = before.ends_with('-') && !before[..before.len() - 1].ends_with(char::is_alphanumeric);
    let start = piece.key.start - usize::from(suppressed);
    let rest = end..piece.range.end.max(end);
    let located = locator::find(&text[rest.clone()]);
    let (locator, place) = match located {
        Some(located) => (located.locator, rest.start + located.at.start..rest.start + located.at.end),
        None => (None, rest.start..rest.start),
    };
    Some(Cite {
        key: text[piece.key.start + 1..][found.inner].into(),
        at: flat.span(piece.key.clone()),
        author: if suppressed { Author::Suppressed } else { Author::Normal },
        prefix: flat.html(prose, piece.range.start..start).into(),
        suffix: flat.html(prose, place.end..rest.end).into(),
        locator,
        locator_at: flat.span(place),
    })
}

/// Reads the first piece of an in-text citation: the key, and its bracket's words.
fn in_text(flat: &Flat, prose: Prose<'_, '_>, piece: &Piece, bracket: Option<usize>) -> Option<Cite> {
    let words = bracket.map_or(piece.key.end, |bracket| flat.at(bracket + 1));
    let bare = cite(flat, prose, &Piece { range: piece.key.clone(), key: piece.key.clone() })?;
    Some(within(flat, prose, Cite { author: Author::InText, ..bare }, words..piece.range.end.max(words)))
}

/// Adds to a citation what the bracket behind its key says: the locator and the suffix.
pub(super) fn within(flat: &Flat, prose: Prose<'_, '_>, mut cite: Cite, at: Range<usize>) -> Cite {
    let located = locator::find(&flat.text[at.clone()]);
    let mut rest = at.start;
    if let Some(located) = located {
        let range = at.start + located.at.start..at.start + located.at.end;
        rest = range.end;
        cite.locator = located.locator;
        cite.locator_at = flat.span(range);
    }
    cite.suffix = flat.html(prose, rest..at.end).into();
    cite
}

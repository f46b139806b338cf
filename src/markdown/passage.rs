//! The words of a quotation: a text of its own that leads back to the file, without marks, title and attribution.

use std::ops::Range;

use crate::file::{Edit, Text};

use super::body::Extent;
use super::plain::LeafKind;
use super::read::Reader;

/// A block of a block quote, and where its last line begins in the plain text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Line {
    /// The block's leaf.
    pub(super) leaf: u32,
    /// Where its last line begins.
    pub(super) begins: usize,
    /// The number of the list item that it begins, in the source.
    pub(super) number: Option<Extent>,
}

impl Reader<'_> {
    /// Returns a block quote's words in the plain text, without title, attribution and marks, and item numbers in the source.
    pub(super) fn words_of(&self, lines: &[Line]) -> Vec<(Range<usize>, Option<Range<usize>>)> {
        let text = &self.plain.text;
        let mut words = lines.iter().filter(|line| self.plain.leaves[line.leaf as usize].kind != LeafKind::Title);
        let of = |line: &Line| (self.plain.leaves[line.leaf as usize].text.range(), line.number.map(Extent::range));
        let mut ranges: Vec<(Range<usize>, Option<Range<usize>>)> = words.clone().map(of).collect();
        if let (Some((last, _)), Some(line)) = (ranges.last_mut(), words.next_back()) {
            let is_attribution =
                |text: &str| text.trim_start().starts_with(['—', '–', '―']) || text.trim_start().starts_with("--");
            // A last line that holds a citation and nothing else leaves no words: it begins behind the text's end.
            let begins = line.begins.clamp(last.start, last.end);
            if is_attribution(&text[begins..last.end]) {
                last.end = begins;
            }
        }
        let mut ranges: Vec<_> = ranges
            .into_iter()
            .map(|(range, number)| (trim(text, range), number))
            .filter(|(range, _)| !range.is_empty())
            .collect();
        let (first, last) = (ranges.first().map(|first| first.0.clone()), ranges.last().map(|last| last.0.clone()));
        if let (Some(first), Some(last)) = (first, last)
            && let Some((open, close)) = enclosing(text, first.start..last.end)
        {
            ranges[0].0.start += open;
            let last = ranges.len() - 1;
            ranges[last].0.end -= close;
        }
        ranges
    }

    /// Makes the text of a passage from ranges of the plain text, a line break between them, mapped back to the file.
    pub(super) fn passage(&self, ranges: &[(Range<usize>, Option<Range<usize>>)]) -> Text {
        let mut edits: Vec<Edit> = Vec::new();
        let (mut done, mut first) = (0, true);
        let source = self.source;
        let mut replace = |done: &mut usize, until: usize, with: &str| {
            if until > *done || !with.is_empty() {
                edits.push(Edit { range: *done..until.max(*done), with: with.to_owned() });
                *done = until.max(*done);
            }
        };
        for (range, number) in ranges {
            if let Some(number) = number.as_ref().filter(|number| number.start >= done) {
                replace(&mut done, number.start, if first { "" } else { "\n" });
                done = number.end;
                replace(&mut done, number.end, " ");
                first = true;
            }
            let mut piece = self.plain.origin.partition_point(|piece| piece.0 as usize <= range.start).max(1) - 1;
            let mut at = range.start;
            while at < range.end {
                let (text, from) =
                    self.plain.origin.get(piece).map_or((at, at), |piece| (piece.0 as usize, piece.1 as usize));
                let next = self.plain.origin.get(piece + 1).map(|piece| (piece.0 as usize, piece.1 as usize));
                let end = next.map_or(range.end, |next| next.0).min(range.end);
                let start = from + (at - text);
                let words = &self.plain.text[at..end];
                if !words.is_empty() {
                    if source.get(start..start + words.len()) == Some(words) {
                        replace(&mut done, start, "");
                        if !first && at == range.start {
                            replace(&mut done, start, "\n");
                        }
                        done = done.max(start + words.len());
                    } else {
                        replace(&mut done, from, "");
                        replace(&mut done, next.map_or(from, |next| next.1), words);
                    }
                }
                (at, piece) = (end.max(at), piece + 1);
                if piece > self.plain.origin.len() {
                    break;
                }
            }
            first = false;
        }
        replace(&mut done, source.len(), "");
        self.text.edited(&edits)
    }
}

/// Returns a range without white space at its ends.
pub(super) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    start..(start + words.trim().len()).max(start)
}

/// Returns the lengths of the marks that enclose the whole of a range.
fn enclosing(text: &str, range: Range<usize>) -> Option<(usize, usize)> {
    let words = &text[range];
    let (open, close) = (words.chars().next()?, words.chars().next_back()?);
    let fits = matches!(
        (open, close),
        ('“' | '"' | '„' | '‟' | '”', '”' | '"' | '“')
            | ('«' | '»', '«' | '»')
            | ('「', '」')
            | ('『', '』')
            | ('＂', '＂')
    );
    let inner = words.get(open.len_utf8()..words.len() - close.len_utf8())?;
    (fits && !inner.contains([open, close])).then_some((open.len_utf8(), close.len_utf8()))
}

//! The forms of a capture in which a piece is looked for, and the search itself.
//!
//! The exact form is the normal form. The *loose* one has no quotation marks, hyphens and spaces: a difference in these
//! alone still counts as found. Three things only look like such a difference and are none: an apostrophe inside a word
//! (`we're` and `were`), a minus sign before a number, and what makes another number (`number`). In both forms a piece
//! begins and ends with a whole word.

use std::ops::Range;

use memchr::memmem::Finder;

use super::locate::{Context, Normalised};
use super::number::{JOINT, is_thousands, same_numbers};
use super::quotation::Piece;
use super::text::offset32;
use super::word::{self, Stroke};

/// How much work a search may do beyond reading the capture once for each piece, in bytes compared.
const BUDGET: usize = 64 << 20;

/// A normal form without quotation marks, hyphens and spaces.
#[derive(Debug)]
pub(super) struct Loose {
    text: String,
    /// `(loose, normal)`: from here on both go in step, until the next entry.
    map: Vec<(u32, u32)>,
}

impl Loose {
    /// Makes the loose form of a normal one.
    pub(super) fn new(normal: &str) -> Loose {
        let mut loose = Loose { text: String::with_capacity(normal.len()), map: Vec::new() };
        let mut from = 0;
        while from < normal.len() {
            let skipped = normal[from..].bytes().take_while(|byte| is_loose(*byte)).count();
            let kept = normal[from + skipped..].bytes().take_while(|byte| !is_loose(*byte)).count();
            if kept > 0 {
                loose.map.push((offset32(loose.text.len()), offset32(from + skipped)));
                loose.text.push_str(&normal[from + skipped..from + skipped + kept]);
            }
            from += skipped + kept;
        }
        loose
    }

    /// Returns where a byte of the loose form stands in the normal one.
    fn to_normal(&self, at: usize) -> usize {
        let piece = self.map.partition_point(|(loose, _)| *loose as usize <= at).max(1) - 1;
        self.map.get(piece).map_or(0, |&(loose, normal)| normal as usize + (at - loose as usize))
    }

    /// Returns the first byte of the loose form that stands at `at` in the normal one, or behind it.
    fn at_normal(&self, at: usize) -> usize {
        let piece = self.map.partition_point(|(_, normal)| *normal as usize <= at);
        let Some(&(loose, normal)) = piece.checked_sub(1).and_then(|piece| self.map.get(piece)) else { return 0 };
        let end = self.map.get(piece).map_or(self.text.len(), |next| next.0 as usize);
        (loose as usize + at.saturating_sub(normal as usize)).min(end)
    }
}

/// Returns a text without quotation marks, hyphens and spaces.
pub(super) fn core(text: &str) -> String {
    text.replace([' ', '-', '"', '\'', JOINT], "")
}

/// Tells whether a byte is left out of the loose form.
pub(super) fn is_loose(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b'"' | b'\'' | 1)
}

/// A capture in one of its forms.
#[derive(Clone, Copy)]
pub(super) struct Form<'a> {
    capture: &'a Normalised,
    loose: Option<&'a Loose>,
}

impl<'a> Form<'a> {
    /// Makes the exact form, or the loose one where it is given.
    pub(super) fn new(capture: &'a Normalised, loose: Option<&'a Loose>) -> Form<'a> {
        Form { capture, loose }
    }

    /// Returns the normal form.
    pub(super) fn normal(&self) -> &'a str {
        &self.capture.normal.text
    }

    /// Returns the work that one search may do.
    pub(super) fn budget(&self) -> usize {
        BUDGET
    }

    /// Tells whether a gap may reach from `end` to `start`: within a paragraph or into the next.
    pub(super) fn may_reach(&self, end: usize, start: usize) -> bool {
        let text = self.capture.capture();
        let block = |at: usize| text.block_at(self.capture.original(at..at + 1).start);
        match (block(end.saturating_sub(1)), block(start)) {
            (Some(from), Some(to)) => text.may_reach(from, to),
            _ => true,
        }
    }

    /// Tells whether a passage stands between the words that narrow it down.
    pub(super) fn stands_in(&self, chain: &[Range<usize>], context: Context<'_>) -> bool {
        let (Some(first), Some(last)) = (chain.first(), chain.last()) else { return false };
        let normal = self.normal();
        let room = |text: &str| text.len() * 2 + 64;
        let mut start = first.start.saturating_sub(room(context.prefix));
        while !normal.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = (last.end + room(context.suffix)).min(normal.len());
        while !normal.is_char_boundary(end) {
            end += 1;
        }
        (context.prefix.is_empty() || core(&normal[start..first.start]).ends_with(&core(context.prefix)))
            && (context.suffix.is_empty() || core(&normal[last.end..end]).starts_with(&core(context.suffix)))
    }

    fn text(&self) -> &'a str {
        self.loose.map_or(self.normal(), |loose| &loose.text)
    }

    /// Tells what the hyphen, space or apostrophe of the normal form at `at` is in the source.
    fn stroke(&self, at: usize) -> Stroke {
        let source = &self.capture.capture().text[self.capture.original(at..at + 1)];
        if !self.normal()[at..].starts_with('-') {
            return if source.contains(['\t', '\n']) { Stroke::Dash } else { Stroke::Hyphen };
        }
        match source.trim_matches(super::normal::is_invisible) {
            "-" | "\u{2010}" | "\u{2011}" => Stroke::Hyphen,
            "−" | "﹣" | "－" | "⁻" | "₋" => Stroke::Minus,
            "–" => Stroke::Short,
            _ => Stroke::Dash,
        }
    }

    /// Returns a range of the normal form with the space between two cells or lines doubled: numbers on either side are never
    /// thousands of one.
    fn parts(&self, range: &Range<usize>) -> String {
        let part = &self.normal()[range.clone()];
        let is_break = |at: usize| self.stroke(range.start + at) == Stroke::Dash;
        let mut parts = String::with_capacity(part.len());
        for (at, c) in part.char_indices() {
            parts.push(c);
            if c == ' ' && is_thousands(part, at) && is_break(at) {
                parts.push(c);
            }
        }
        parts
    }

    /// Tells whether a piece that begins with a minus sign, which the loose form passes over, has it in the source.
    fn has_sign(&self, piece: &str, start: usize) -> bool {
        let is_signed = piece.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_numeric));
        !is_signed || self.normal()[..start].trim_end().ends_with('-')
    }
}

/// What is looked for: a core that is searched as bytes, and what stands before and behind it, letter by letter.
struct Needle {
    before: Vec<(char, bool)>,
    core: String,
    after: Vec<(char, bool)>,
}

/// The search for one piece.
pub(super) struct Search<'a> {
    form: Form<'a>,
    piece: &'a Piece,
    needle: Needle,
    finder: Finder<'static>,
}

impl<'a> Search<'a> {
    /// Prepares the search for a piece.
    pub(super) fn new(form: &Form<'a>, piece: &'a Piece) -> Search<'a> {
        let needle = Needle::new(piece, form.loose.is_some());
        let finder = Finder::new(needle.core.as_bytes()).into_owned();
        Search { form: *form, piece, needle, finder }
    }

    /// Returns the first place of the piece that begins between `from` and `until`, both in the normal form.
    pub(super) fn next(&mut self, from: usize, until: usize, budget: &mut usize) -> Option<Range<usize>> {
        let text = self.form.text();
        let (mut at, limit) = match self.form.loose {
            None => (from, until),
            Some(loose) => (loose.at_normal(from), if until == usize::MAX { until } else { loose.at_normal(until) }),
        };
        let before: usize = self.needle.before.iter().map(|(c, _)| c.len_utf8()).sum();
        let room = before.saturating_add(self.needle.core.len() + 64);
        let end = limit.saturating_add(room).min(text.len());
        while at <= end {
            let core = at + self.finder.find(&text.as_bytes()[at..end])?;
            *budget = budget.checked_sub(self.needle.core.len() + 16)?;
            if let Some(found) = self.needle.around(text, core) {
                let range = self.to_normal(found);
                if range.start > until {
                    return None;
                }
                if range.start >= from && self.is_whole(&range) {
                    return Some(range);
                }
            }
            at = core + 1;
        }
        None
    }

    fn to_normal(&self, range: Range<usize>) -> Range<usize> {
        match self.form.loose {
            None => range,
            Some(loose) => loose.to_normal(range.start)..loose.to_normal(range.end - 1) + 1,
        }
    }

    fn is_whole(&self, range: &Range<usize>) -> bool {
        let normal = self.form.normal();
        let stroke = |at| self.form.stroke(at);
        let is_same = || {
            let (ours, theirs) = (&self.piece.text, &normal[range.clone()]);
            same_words(ours, theirs)
                && same_numbers(ours, &self.form.parts(range))
                && self.form.has_sign(ours, range.start)
        };
        word::may_start(normal, range.start, stroke)
            && word::may_end(normal, range.end, stroke)
            && (self.form.loose.is_none() || is_same())
    }
}

impl Needle {
    fn new(piece: &Piece, loosely: bool) -> Needle {
        let skip = |c: char| loosely && c.is_ascii() && is_loose(c as u8);
        let kept = |range: Range<usize>| piece.text[range].chars().filter(|c| !skip(*c));
        // The longest stretch without a changed letter is the core.
        let starts = std::iter::once(0).chain(piece.changed.iter().map(|range| range.end));
        let ends = piece.changed.iter().map(|range| range.start).chain(std::iter::once(piece.text.len()));
        let stretches = starts.zip(ends).map(|(start, end)| start..end);
        let core = stretches.max_by_key(|range| kept(range.clone()).count()).unwrap_or(0..0);
        let is_changed = |at: usize| piece.changed.iter().any(|range| range.contains(&at));
        let letters = |range: Range<usize>| {
            let from = range.start;
            let chars = piece.text[range].char_indices().filter(|(_, c)| !skip(*c));
            chars.map(|(at, c)| (c, is_changed(from + at))).collect::<Vec<_>>()
        };
        Needle {
            before: letters(0..core.start),
            after: letters(core.end..piece.text.len()),
            core: kept(core).collect(),
        }
    }

    /// Returns the place of the whole needle whose core stands at `core`.
    fn around(&self, text: &str, core: usize) -> Option<Range<usize>> {
        let (mut start, mut end) = (core, core + self.core.len());
        if self.before.is_empty() && self.after.is_empty() {
            return Some(start..end);
        }
        let mut chars = text[..start].chars().rev();
        for (c, changed) in self.before.iter().rev() {
            start -= chars.next().filter(|found| is_same(*c, *found, *changed))?.len_utf8();
        }
        let mut chars = text[end..].chars();
        for (c, changed) in &self.after {
            end += chars.next().filter(|found| is_same(*c, *found, *changed))?.len_utf8();
        }
        Some(start..end)
    }
}

/// Tells whether two letters are the same, or differ in their case only where the author changed it.
fn is_same(c: char, found: char, changed: bool) -> bool {
    c == found || (changed && c.to_lowercase().eq(found.to_lowercase()))
}

/// Tells whether two texts that are the same without quotation marks, hyphens and spaces have the same words: an
/// apostrophe inside a word and a minus sign are neither.
pub(super) fn same_words(ours: &str, theirs: &str) -> bool {
    let (mut ours, mut theirs) = (Gaps::new(ours), Gaps::new(theirs));
    while let (Some(our), Some(their)) = (ours.next(), theirs.next()) {
        let apostrophe = |a: &str, b: &str| a == "'" && b.is_empty() && our.between_letters;
        let is_sign = |gap: &str| gap.ends_with(" -") || (gap.ends_with('-') && !our.behind_word);
        let sign = |a: &str, b: &str| our.before_digit && is_sign(a) && !b.contains('-');
        let differs = |a: &str, b: &str| apostrophe(a, b) || sign(a, b);
        if differs(our.text, their.text) || differs(their.text, our.text) {
            return false;
        }
    }
    true
}

/// The gaps between the characters that the loose form keeps.
struct Gaps<'a> {
    text: &'a str,
    at: usize,
}

/// What stands between two characters that the loose form keeps.
struct Gap<'a> {
    text: &'a str,
    between_letters: bool,
    behind_word: bool,
    before_digit: bool,
}

impl<'a> Gaps<'a> {
    fn new(text: &'a str) -> Gaps<'a> {
        let skipped = text.bytes().take_while(|byte| is_loose(*byte)).count();
        Gaps { text, at: skipped }
    }
}

impl<'a> Iterator for Gaps<'a> {
    type Item = Gap<'a>;

    fn next(&mut self) -> Option<Gap<'a>> {
        let before = self.text[self.at..].chars().next()?;
        let start = self.at + before.len_utf8();
        let end = start + self.text[start..].bytes().take_while(|byte| is_loose(*byte)).count();
        let after = self.text[end..].chars().next()?;
        self.at = end;
        Some(Gap {
            text: &self.text[start..end],
            between_letters: before.is_alphabetic() && after.is_alphabetic(),
            behind_word: before.is_alphanumeric(),
            before_digit: after.is_numeric(),
        })
    }
}

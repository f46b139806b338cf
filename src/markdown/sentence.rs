//! Sentences: where they end, and the one that holds a mention.
//!
//! A sentence ends at a stop that white space and no small letter follow, unless the stop belongs to an abbreviation or
//! an initial. It never leaves its block. What a passage in quotation marks holds does not end the sentence around it.

use std::ops::Range;

use super::body::{Body, Extent};
use super::bytes::ByteSet;
use super::citation::Citation;
use super::plain::{LeafKind, Plain};

/// The longest sentence that is shown, in characters.
const LONGEST: usize = 300;

/// How many bytes around a mention are looked at for its sentence.
const WINDOW: usize = 4 * LONGEST;

/// Abbreviations that a name or number follows: their stop never ends a sentence.
const BEFORE_NAMES: &[&str] = &[
    "adm", "brig", "capt", "cmdr", "col", "cpl", "dr", "fr", "frau", "gen", "gov", "herr", "hon", "hr", "lt", "maj",
    "messrs", "mme", "mlle", "mr", "mrs", "ms", "mx", "pres", "prof", "rep", "rev", "sen", "sgt", "st", "ste", "supt",
    "cf", "e.g", "i.e", "viz", "vs", "approx", "ca", "esp", "incl", "z.b", "d.h", "u.a", "bzw", "ggf", "vgl",
];

/// Abbreviations that a number follows: their stop ends no sentence where one does.
const BEFORE_NUMBERS: &[&str] = &[
    "art", "arts", "ch", "chap", "cl", "ed", "eds", "fig", "figs", "fol", "l", "ll", "n", "nn", "no", "nos", "nr", "p",
    "para", "paras", "pp", "pt", "s", "sec", "v", "vol", "vols", "jan", "feb", "mar", "apr", "jun", "jul", "aug",
    "sep", "sept", "oct", "nov", "dec", "c", "bl", "abs", "ziff",
];

/// The sentence in which something is mentioned.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Sentence {
    /// Its words: plain text, at most 300 characters.
    pub text: String,
    /// Where in it the mention stands; empty for a citation.
    pub place: Range<usize>,
}

/// Returns where the sentences of a text end: offsets behind the stop and what closes it, ascending. The end of the text
/// is not among them.
pub(super) fn ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut nest = Nest::default();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = MATTERS.find(&bytes[at..]) {
        at += next;
        let letter = text[at..].chars().next().unwrap_or(' ');
        let stop = at;
        at += letter.len_utf8();
        match letter {
            '“' | '”' | '„' | '«' | '»' => nest.take(text, stop, letter),
            '.' | '!' | '?' | '…' => {
                while let Some(closer) = text[at..].chars().next() {
                    match closer {
                        '”' | '»' => nest.take(text, at, closer),
                        '“' if nest.low > 0 => nest.take(text, at, closer),
                        '.' | '!' | '?' | '…' | '"' | '’' | '\'' | ')' | ']' => {}
                        _ => break,
                    }
                    at += closer.len_utf8();
                }
                if nest.depth == 0 && is_end(text, stop, letter, at) {
                    ends.push(at);
                }
            }
            '。' | '！' | '？' if nest.depth == 0 => ends.push(at),
            _ => {}
        }
    }
    ends
}

/// Whether a byte may begin a stop or a quotation mark.
static MATTERS: ByteSet = ByteSet::of(b".!?\xC2\xE2\xE3\xEF");

/// How deep in quotation marks a text is. A mark that nothing closes within reach does not count.
#[derive(Default)]
struct Nest {
    depth: usize,
    low: usize,
    closers: [usize; 3],
}

impl Nest {
    fn take(&mut self, text: &str, at: usize, letter: char) {
        match letter {
            '“' if self.low > 0 => {
                self.low -= 1;
                self.depth = self.depth.saturating_sub(1);
            }
            '“' => self.depth += usize::from(self.closes(text, at, 0, &['”'])),
            '„' if self.closes(text, at, 1, &['“', '”']) => {
                self.low += 1;
                self.depth += 1;
            }
            '«' => self.depth += usize::from(self.closes(text, at, 2, &['»'])),
            '”' | '»' => {
                self.low = self.low.saturating_sub(usize::from(letter == '”'));
                self.depth = self.depth.saturating_sub(1);
            }
            _ => {}
        }
    }

    /// Tells whether one of `letters` stands within reach behind `at`. What was found is kept, so that looking is linear.
    fn closes(&mut self, text: &str, at: usize, kind: usize, letters: &[char]) -> bool {
        if self.closers[kind] <= at {
            let from = at + text[at..].chars().next().map_or(1, char::len_utf8);
            self.closers[kind] = text[from..].find(letters).map_or(usize::MAX, |found| from + found);
        }
        self.closers[kind].saturating_sub(at) <= WINDOW
    }
}

/// Tells whether the stop at `at`, closed at `end`, ends a sentence.
fn is_end(text: &str, at: usize, stop: char, end: usize) -> bool {
    let rest = &text[end..];
    let Some(gap) = rest.chars().next() else { return false };
    if !gap.is_whitespace() {
        return false;
    }
    let Some(next) = rest.trim_start().chars().find(|letter| !"“„«\"'‘([".contains(*letter)) else {
        return false;
    };
    if next.is_lowercase() {
        return false;
    }
    if end > at + 1 && text[at..end].contains(['”', '»', '"']) && matches!(stop, '!' | '?') {
        return starts_sentence(rest.trim_start());
    }
    stop != '.' || !is_abbreviation(&text[..at], next)
}

/// Tells whether what follows a question in quotation marks is a new sentence, not a name that asks it.
fn starts_sentence(rest: &str) -> bool {
    const STARTERS: &[&str] = &[
        "A", "An", "The", "This", "That", "These", "Those", "He", "She", "It", "They", "We", "I", "You", "His", "Her",
        "Its", "Their", "In", "On", "At", "By", "For", "From", "But", "And", "Or", "So", "Then", "There", "When",
        "While", "After", "Before", "As", "If", "No", "Not", "Nobody", "None", "Yet", "To", "With", "Which", "What",
        "Who",
    ];
    let end = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
    end == 0 || STARTERS.contains(&&rest[..end])
}

/// Tells whether the word before a stop is an abbreviation, given the letter that follows.
fn is_abbreviation(before: &str, next: char) -> bool {
    // No abbreviation has seven letters on end: so most words are passed over.
    if before.as_bytes().last_chunk::<7>().is_some_and(|end| end.iter().all(u8::is_ascii_alphabetic)) {
        return false;
    }
    let start = before
        .rfind(|letter: char| !(letter.is_alphanumeric() || letter == '.'))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[start..];
    let mut letters = word.chars();
    let initial =
        matches!((letters.next(), letters.next()), (Some(letter), None) if letter.is_uppercase() && letter != 'I');
    if initial || word.contains('.') && word.split('.').all(|part| part.chars().count() == 1) {
        return true;
    }
    let is = |known: &&str| known.len() == word.len() && known.eq_ignore_ascii_case(word);
    let is_one_of = |words: &[&str]| words.iter().any(is);
    is_one_of(BEFORE_NAMES) || next.is_numeric() && is_one_of(BEFORE_NUMBERS)
}

/// Returns the largest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl Body {
    /// Returns an extent of the plain text as it is read, with each unlabelled mention as `label_of` calls it.
    ///
    /// `label_of` is given a mention's index and appends what the mention is called to the text.
    pub fn plain(&self, extent: Extent, label_of: &mut dyn FnMut(usize, &mut String)) -> String {
        let mut out = String::with_capacity(extent.range().len() + 16);
        self.labelled(extent, None, label_of, &mut out);
        out
    }

    /// Returns the sentence that holds a mention: plain text, at most 300 characters, in a table its cell.
    ///
    /// `label_of` is given the index of each unlabelled mention in it, and appends what that is called to the text.
    pub fn sentence(&self, mention: usize, label_of: &mut dyn FnMut(usize, &mut String)) -> Sentence {
        let extent = self.mentions[mention].sentence;
        let mut text = String::with_capacity(extent.range().len() + 32);
        let place = self.labelled(extent, Some(mention), label_of, &mut text);
        cut(text, place)
    }

    /// Returns the sentence that a citation stands in or behind, as [`Body::sentence`] does for a mention.
    pub fn citing(&self, citation: usize, label_of: &mut dyn FnMut(usize, &mut String)) -> Sentence {
        let extent = self.citations[citation].sentence;
        let mut text = String::with_capacity(extent.range().len() + 32);
        self.labelled(extent, None, label_of, &mut text);
        if text.starts_with(char::is_whitespace) {
            text = text.trim_start().to_owned();
        }
        cut(text, 0..0)
    }

    /// Appends an extent of the plain text, and returns where the mention `of` stands in what was appended.
    fn labelled(
        &self,
        extent: Extent,
        of: Option<usize>,
        label_of: &mut dyn FnMut(usize, &mut String),
        out: &mut String,
    ) -> Range<usize> {
        let mut place = out.len()..out.len();
        let mut from = extent.start as usize;
        let first = self
            .mentions
            .partition_point(|mention| mention.text.end <= extent.start && mention.text.start < extent.start);
        for (index, mention) in self.mentions.iter().enumerate().skip(first) {
            if mention.text.start >= extent.end {
                break;
            }
            if !extent.covers(mention.text) || (mention.text.start as usize) < from || mention.figure.is_some() {
                continue;
            }
            out.push_str(&self.text[from..mention.text.start as usize]);
            let start = out.len();
            if mention.is_labelled() {
                out.push_str(&self.text[mention.text.range()]);
            } else {
                label_of(index, out);
            }
            if Some(index) == of {
                place = start..out.len();
            }
            from = mention.text.end as usize;
        }
        out.push_str(&self.text[from..extent.end as usize]);
        place
    }
}

/// The sentences of a plain text, looked up in its order.
pub(super) struct Sentences<'p> {
    plain: &'p Plain,
    /// The block that was looked at last, and where its sentences end.
    leaf: u32,
    ends: Vec<usize>,
}

impl<'p> Sentences<'p> {
    pub(super) fn new(plain: &'p Plain) -> Sentences<'p> {
        Sentences { plain, leaf: u32::MAX, ends: Vec::new() }
    }

    /// Returns the sentence that a citation stands in or behind.
    pub(super) fn citing(&mut self, of: &Citation) -> Extent {
        let mut at = of.text;
        if let Some(leaf) = self.plain.leaves.get(of.leaf as usize).filter(|_| at.is_empty()) {
            // A citation behind the stop belongs to the sentence that the stop ends.
            let before = self.plain.text[leaf.text.start as usize..at.start as usize].trim_end();
            let end = leaf.text.start as usize + before.len();
            at = Extent::new(end - before.chars().next_back().map_or(0, char::len_utf8), end);
        }
        self.around(of.leaf, at)
    }

    /// Returns the sentence around a place in a leaf; at most some hundred bytes on either side of it.
    pub(super) fn around(&mut self, number: u32, place: Extent) -> Extent {
        let Plain { text, leaves, .. } = self.plain;
        let Some(leaf) = leaves.get(number as usize) else { return place };
        let (kind, leaf, at) = (leaf.kind, leaf.text.range(), place.range());
        let from = floor(text, at.start.saturating_sub(WINDOW)).max(leaf.start);
        let to = floor(text, at.end + WINDOW).min(leaf.end);
        let (mut start, mut end) = (from, to);
        if kind != LeafKind::Cell {
            if number != self.leaf {
                (self.leaf, self.ends) = (number, ends(&text[leaf.clone()]));
            }
            let next = |is_before: &dyn Fn(usize) -> bool| self.ends.partition_point(|end| is_before(leaf.start + end));
            let (first, last) = (next(&|end| end <= at.start), next(&|end| end <= at.start || end < at.end));
            start = first.checked_sub(1).map_or(from, |before| from.max(leaf.start + self.ends[before]));
            end = self.ends.get(last).map_or(to, |end| to.min(leaf.start + end));
        }
        let words = &text[start..end];
        let lead = words.len() - words.trim_start().len();
        Extent::new(start + lead.min(at.start - start), start + words.trim_end().len().max(at.end - start))
    }
}

/// Cuts a sentence to the longest that is shown, around a place in it, between words.
fn cut(text: String, place: Range<usize>) -> Sentence {
    if text.len() <= LONGEST || text.chars().count() <= LONGEST {
        return Sentence { text, place };
    }
    let room = LONGEST - 2;
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let before = starts.partition_point(|at| *at < place.start);
    let inside = starts.partition_point(|at| *at < place.end) - before;
    let first = before.saturating_sub(room.saturating_sub(inside) / 2).min(starts.len() - 1 - room);
    let (mut from, mut to) = (starts[first], starts[first + room]);
    if first > 0 {
        from += text[from..place.start.max(from)].find(' ').map_or(0, |gap| gap + 1);
    }
    if to < text.len() {
        to = text[place.end.min(to)..to].rfind(' ').map_or(to, |gap| place.end.min(to) + gap);
    }
    let mut out = String::with_capacity(to - from + 6);
    if first > 0 {
        out.push('…');
    }
    let kept = &text[from..to];
    let begins = from + kept.len() - kept.trim_start().len();
    let moved = |at: usize| at.clamp(begins, begins + kept.trim().len()) - begins + out.len();
    let place = moved(place.start)..moved(place.end);
    out.push_str(kept.trim());
    if to < text.len() {
        out.push('…');
    }
    Sentence { text: out, place }
}

#[cfg(test)]
mod tests;

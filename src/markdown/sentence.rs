//! Sentences: where they end, and the one that holds a mention.
//!
//! A sentence ends at a stop that white space and no small letter follow, unless the stop belongs to an abbreviation or
//! an initial. It never leaves its block. What a passage in quotation marks holds does not end the sentence around it.

use std::ops::Range;

use super::body::{Body, Extent};
use super::citation::Citation;
use super::plain::{LeafKind, Plain};
use super::words::{Call, Sentence, Words};
use wide::u8x16;

/// The longest sentence that is shown, in characters.
const LONGEST: usize = 300;

/// How many bytes around a mention are looked at for its sentence.
const WINDOW: usize = 4 * LONGEST;

/// Abbreviations that a name or number follows: their stop never ends a sentence. Sorted, as the others.
const BEFORE_NAMES: &[&str] = &[
    "adm", "approx", "atty", "bapt", "brig", "bur", "bzw", "ca", "capt", "cf", "cmdr", "col", "cpl", "d.h", "det",
    "dhr", "dr", "e.g", "esp", "fr", "frau", "geb", "gen", "gest", "ggf", "gov", "herr", "hon", "hr", "i.e", "incl",
    "insp", "lt", "maj", "messrs", "mlle", "mme", "mr", "mrs", "ms", "mt", "mx", "op", "pres", "prof", "rep", "reps",
    "rev", "rt", "sen", "sens", "sgt", "sog", "sr", "sra", "st", "ste", "supt", "u.a", "vgl", "viz", "vs", "wg", "z.b",
];

/// Abbreviations that a number follows: their stop ends no sentence where one does.
const BEFORE_NUMBERS: &[&str] = &[
    "abs", "apr", "art", "arts", "aug", "bl", "c", "ch", "chap", "cl", "dec", "ed", "eds", "feb", "fig", "figs", "fol",
    "jan", "jul", "jun", "l", "ll", "mar", "n", "nn", "no", "nos", "nov", "nr", "oct", "p", "para", "paras", "pp",
    "pt", "s", "sec", "sep", "sept", "v", "vol", "vols", "ziff",
];

/// The length of the longest of these.
const LONGEST_ABBREVIATION: usize = 6;

/// Returns where the sentences of a text end: offsets behind the stop and what closes it, ascending. The end of the text
/// is not among them.
pub(super) fn ends(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut nest = Nest::default();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = next_mark(&bytes[at..]) {
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

/// Returns where the next byte stands that may begin a stop or a quotation mark.
fn next_mark(bytes: &[u8]) -> Option<usize> {
    let (blocks, rest) = bytes.as_chunks::<16>();
    for (number, block) in blocks.iter().enumerate() {
        let block = u8x16::new(*block);
        let is = |byte: u8| block.simd_eq(u8x16::splat(byte));
        let stops = is(b'.') | is(b'!') | is(b'?');
        let found = (stops | is(0xc2) | is(0xe2) | is(0xe3) | is(0xef)).to_bitmask();
        if found != 0 {
            return Some(number * 16 + found.trailing_zeros() as usize);
        }
    }
    let found = rest.iter().position(|byte| matches!(byte, b'.' | b'!' | b'?' | 0xc2 | 0xe2 | 0xe3 | 0xef));
    found.map(|at| blocks.len() * 16 + at)
}

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
    stop != '.' || !is_abbreviation(&text[..at], next, rest.trim_start())
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

/// The months that German writes behind the number of a day and its stop.
const MONTHS: &[&str] =
    &["Jan", "Jänner", "Feb", "März", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"];

/// Tells whether a word is the number of a day whose month follows: `3. Mai`.
fn is_ordinal(word: &str, rest: &str) -> bool {
    matches!(word.len(), 1 | 2)
        && word.bytes().all(|byte| byte.is_ascii_digit())
        && MONTHS.iter().any(|month| rest.starts_with(month))
}

/// Tells whether the word before a stop is an abbreviation, given the letter and the text that follow.
fn is_abbreviation(before: &str, next: char, rest: &str) -> bool {
    // Quickly past nearly all words: too long for any, and without a stop in them.
    if before.as_bytes().last_chunk::<9>().is_some_and(|end| end.iter().all(u8::is_ascii_alphanumeric)) {
        return false;
    }
    let start = before
        .rfind(|letter: char| !(letter.is_alphanumeric() || letter == '.'))
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let word = &before[start..];
    let mut letters = word.chars();
    // A single letter is an initial, or stands for a word: `v.`, `b.`, `z. B.`
    let initial =
        matches!((letters.next(), letters.next()), (Some(letter), None) if letter.is_alphabetic() && letter != 'I');
    if initial || is_ordinal(word, rest) || word.contains('.') && word.split('.').all(|part| part.chars().count() == 1)
    {
        return true;
    }
    if word.len() > LONGEST_ABBREVIATION {
        return false;
    }
    let mut lower = [0; LONGEST_ABBREVIATION];
    let lower = &mut lower[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    let is_among = |known: &[&str]| known.binary_search_by(|known| known.as_bytes().cmp(lower)).is_ok();
    is_among(BEFORE_NAMES) || next.is_numeric() && is_among(BEFORE_NUMBERS)
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
    /// Returns an extent of the plain text as it is read, with each mention as `call` calls it.
    ///
    /// `call` is given a mention's index and its label, if it has one, and appends what the mention is called to the text.
    pub fn plain(&self, extent: Extent, call: &mut Call<'_>) -> Words {
        let mut out = Words::with_capacity(extent.range().len() + 16);
        self.called(extent, None, call, &mut out);
        out
    }

    /// Returns the sentence that holds a mention: plain text, at most 300 characters, in a table its cell.
    ///
    /// `call` is given each mention in it, as [`Body::plain`] does.
    pub fn sentence(&self, mention: usize, call: &mut Call<'_>) -> Sentence {
        let extent = self.mentions[mention].sentence;
        let mut words = Words::with_capacity(extent.range().len() + 32);
        let place = self.called(extent, Some(mention), call, &mut words);
        words.sentence(place, LONGEST)
    }

    /// Returns the sentence that a citation stands in or behind, as [`Body::sentence`] does for a mention.
    pub fn citing(&self, citation: usize, call: &mut Call<'_>) -> Sentence {
        let mut extent = self.citations[citation].sentence;
        let text = &self.text[extent.range()];
        extent.start += Extent::new(0, text.len() - text.trim_start().len()).end;
        let mut words = Words::with_capacity(extent.range().len() + 32);
        self.called(extent, None, call, &mut words);
        words.sentence(0..0, LONGEST)
    }

    /// Appends an extent of the plain text, and returns where the mention `of` stands in what was appended.
    fn called(&self, extent: Extent, of: Option<usize>, call: &mut Call<'_>, out: &mut Words) -> Range<usize> {
        let mut place = out.text.len()..out.text.len();
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
            let start = out.text.len();
            call(index, mention.is_labelled().then(|| &self.text[mention.text.range()]), out);
            if Some(index) == of {
                place = start..out.text.len();
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

#[cfg(test)]
mod tests;

//! The normal form in which a quotation and its source are compared, and the way back to the text.
//!
//! NFKC, ellipses recognised first (`…`, `...`, `. . .` are one `…`); curly to straight quotation marks; dashes to
//! hyphens; soft hyphens, zero-width characters and a hyphen at a line's end dropped; white space collapsed. Nothing
//! else: letter case, accents, digits and punctuation stay; digits that NFKC alone would run together are kept apart. What must hold: each byte of the normal form leads back to
//! the bytes of the text that it came from, and equal texts have equal normal forms wherever they are cut at a word.
//!
//! One pass. Runs of plain ASCII are copied; a character that NFKC may change is taken together with its neighbours.

use std::ops::Range;

use unicode_normalization::char::canonical_combining_class;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

use super::number::{JOINT, joint_before};
use super::text::offset32;
use crate::file::Fit;

/// A text in its normal form.
#[derive(Default, Debug)]
pub(super) struct Normal {
    /// The normal form: no white space but single spaces between words.
    pub(super) text: String,
    /// `(normal, original)`: from here on both go in step, until the next entry.
    map: Vec<(u32, u32)>,
    end: usize,
}

impl Normal {
    /// Normalises `text`.
    pub(super) fn new(text: &str) -> Normal {
        let mut out = Writer { source: text, ..Writer::default() };
        out.normal.text.reserve(text.len());
        out.run();
        out.normal.text.fit();
        out.normal.map.fit();
        out.normal
    }

    /// Returns the bytes of the original that a range of the normal form stands for; `original` is that text.
    pub(super) fn original(&self, range: Range<usize>, original: &str) -> Range<usize> {
        let mut start = self.offset(range.start);
        let mut end = if range.end >= self.text.len() { self.end } else { self.offset(range.end) };
        while start > 0 && !original.is_char_boundary(start) {
            start -= 1;
        }
        while end < original.len() && !original.is_char_boundary(end) {
            end += 1;
        }
        start..end.max(start)
    }

    fn offset(&self, at: usize) -> usize {
        let next = self.map.partition_point(|(normal, _)| *normal as usize <= at);
        let Some(&(normal, original)) = next.checked_sub(1).and_then(|last| self.map.get(last)) else { return 0 };
        let reached = original as usize + (at - normal as usize);
        let bound = self.map.get(next).map_or(self.end, |(_, original)| *original as usize);
        reached.min(bound)
    }
}

/// Returns the normal form alone.
pub(super) fn words(text: &str) -> String {
    Normal::new(text).text
}

/// Tells whether a character has no width, and counts for nothing in a comparison.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180e}' | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}' | '\u{e0001}'..='\u{e01ef}')
}

/// What becomes of a character, whatever stands beside it.
enum Class {
    Plain,
    Space,
    Newline,
    Nothing,
    Hyphen,
    Mark(char),
    Dot,
}

fn classify(c: char) -> Class {
    match c {
        '.' | '…' => Class::Dot,
        ' ' | '\t' | '\u{a0}' => Class::Space,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Newline,
        '\'' | '‘' | '’' | '‚' | '‛' | '`' | '´' | 'ʼ' | 'ʻ' | 'ʹ' | '′' | '‵' | '‹' | '›' | '＇' => {
            Class::Mark('\'')
        }
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '‶' | '〝' | '〞' | '〟' | '「' | '」' | '『' | '』' | '❝'
        | '❞' | '＂' => Class::Mark('"'),
        '-' | '‐'..='―' | '⁃' | '−' | '﹘' | '﹣' | '－' | '⸺' | '⸻' | '֊' | '־' => Class::Hyphen,
        c if c.is_control() => Class::Space,
        c if c.is_ascii() => Class::Plain,
        c if is_invisible(c) => Class::Nothing,
        c if c.is_whitespace() => Class::Space,
        _ => Class::Plain,
    }
}

/// Tells whether a character is a plain one of ASCII: it stands for itself.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b','..=b',' | b'!'..=b'&' | b'('..=b'+' | b'/'
        | b':'..=b'@' | b'['..=b'_' | b'{'..=b'~')
        && byte != b'"'
}

/// Tells whether NFKC keeps a character as it is, when the next one is no combining mark.
fn is_settled(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' | 'À'..='ı' | 'Α'..='Ρ' | 'Σ'..='ώ' | '\u{400}'..='\u{45f}' => true,
        'ぁ'..='ん' | '一'..='鿿' | '가'..='힣' => true,
        c => canonical_combining_class(c) == 0 && is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes,
    }
}

#[derive(Default)]
struct Writer<'a> {
    source: &'a str,
    at: usize,
    normal: Normal,
    /// A space is owed; it stood here.
    space: Option<usize>,
    /// Where the last character that was written begins: in the source, in the normal form.
    last: (usize, usize),
    /// The normal form's length right after a character that NFKC makes digits of, and what keeps it from digits before it.
    made: Option<(usize, char)>,
    /// The normal form's length right after a hyphen that followed a letter: at a line's end it is dropped.
    hyphen: Option<usize>,
}

impl Writer<'_> {
    fn run(&mut self) {
        let bytes = self.source.as_bytes();
        while self.at < bytes.len() {
            let start = self.at;
            let plain = bytes[start..].iter().take_while(|byte| is_plain(**byte)).count();
            if plain > 0 {
                self.at += plain;
                self.write(start, &self.source[start..start + plain]);
                self.last = (self.at - 1, self.normal.text.len() - 1);
                continue;
            }
            let Some(c) = self.source[start..].chars().next() else { return };
            self.step(c);
        }
    }

    /// Takes the character `c` that stands at `self.at`, and what belongs to it.
    fn step(&mut self, c: char) {
        let start = self.at;
        match classify(c) {
            Class::Space | Class::Newline | Class::Nothing => self.white_space(),
            Class::Dot => self.dots(),
            Class::Plain if joint_before(c).is_some() => self.number(c),
            Class::Plain if !is_settled(c) => self.cluster(),
            class => {
                self.at += c.len_utf8();
                self.put(start, c, class);
            }
        }
    }

    /// Writes one character of a class that stands for itself.
    fn put(&mut self, at: usize, c: char, class: Class) {
        match class {
            Class::Plain | Class::Dot => {
                let mut buffer = [0; 4];
                self.write(at, c.encode_utf8(&mut buffer));
            }
            Class::Mark(mark) => self.write(at, if mark == '"' { "\"" } else { "'" }),
            Class::Hyphen => {
                let text = &self.normal.text;
                if self.space.is_none() && text.ends_with('-') {
                    return;
                }
                let after_letter = self.space.is_none() && text.ends_with(char::is_alphanumeric);
                self.write(at, "-");
                if after_letter && matches!(c, '-' | '‐') {
                    self.hyphen = Some(self.normal.text.len());
                }
            }
            Class::Space | Class::Newline => self.space = self.space.or(Some(at)),
            Class::Nothing => {}
        }
    }

    fn write(&mut self, at: usize, text: &str) {
        if let Some(space) = self.space.take()
            && !self.normal.text.is_empty()
        {
            self.piece(space);
            self.normal.text.push(' ');
        }
        self.piece(at);
        if self.made.take().is_some_and(|made| made.0 == self.normal.text.len()) && text.starts_with(char::is_numeric) {
            self.normal.text.push(JOINT);
            self.piece(at);
        }
        self.last = (at, self.normal.text.len());
        self.hyphen = None;
        self.normal.text.push_str(text);
        self.normal.end = self.at.max(at);
    }

    /// Notes that what is written next stands at `at` in the source.
    fn piece(&mut self, at: usize) {
        let here = self.normal.text.len();
        let in_step = self.normal.map.last().is_some_and(|&(n, o)| o as usize + (here - n as usize) == at);
        if !in_step {
            self.normal.map.push((offset32(here), offset32(at)));
        }
    }

    /// Takes a run of white space and invisible characters.
    fn white_space(&mut self) {
        let start = self.at;
        let (mut white, mut broken, mut soft) = (false, false, false);
        for c in self.source[start..].chars() {
            match classify(c) {
                Class::Newline => (white, broken) = (true, true),
                Class::Space => white = true,
                Class::Nothing => soft |= c == '\u{ad}' && !white,
                _ => break,
            }
            self.at += c.len_utf8();
        }
        let next = self.source[self.at..].chars().next();
        let goes_on = broken && next.is_some_and(|c| c.is_alphabetic() && !c.is_uppercase());
        let hyphen = self.hyphen == Some(self.normal.text.len()) && self.space.is_none();
        if goes_on && hyphen {
            self.normal.text.pop();
            self.normal.map.retain_last(self.normal.text.len());
        } else if white && !(goes_on && soft) {
            self.space = self.space.or(Some(start));
        }
    }

    /// Takes a full stop or an ellipsis, however it is written.
    fn dots(&mut self) {
        let (mut end, mut dots) = (self.at, 0);
        loop {
            let (length, count) = dot_group(&self.source[end..]);
            (end, dots) = (end + length, dots + count);
            // Single dots with spaces between them are one ellipsis: ". . ."; "end. ..." is a stop and an ellipsis.
            let rest = &self.source[end..];
            let gap = rest.chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}'));
            let skip = gap.map_or(0, char::len_utf8);
            if count != 1 || skip == 0 || dot_group(&rest[skip..]).1 != 1 {
                break;
            }
            end += skip;
        }
        let start = self.at;
        if dots >= 3 {
            self.at = end;
            self.write(start, "…");
        } else {
            self.at = start + 1;
            self.write(start, ".");
        }
    }

    /// Takes a character that NFKC makes digits of: they are none of the number that stands before it.
    fn number(&mut self, c: char) {
        let (start, made) = (self.at, self.made.take());
        self.at += c.len_utf8();
        let joint = joint_before(c).unwrap_or(JOINT);
        let goes_on = made == Some((self.normal.text.len(), joint)) && joint != JOINT;
        if self.space.is_none() && !goes_on && self.normal.text.ends_with(char::is_numeric) {
            self.piece(start);
            self.normal.text.push(joint);
        }
        for c in std::iter::once(c).nfkc() {
            self.put(start, c, classify(c));
        }
        // What comes next does not combine with it.
        self.last = (self.at, self.normal.text.len());
        self.made = Some((self.normal.text.len(), joint));
    }

    /// Takes a character that NFKC may change, with the one before it and the marks behind it.
    fn cluster(&mut self) {
        let (mut start, mut written) = (self.at, self.normal.text.len());
        let joins = self.space.is_none() && self.last.1 < written && self.is_last_adjacent();
        if joins {
            (start, written) = self.last;
        }
        let mut end = self.at;
        for c in self.source[self.at..].chars() {
            let is_plain = matches!(classify(c), Class::Plain) && joint_before(c).is_none();
            if end > self.at && (is_settled(c) || !is_plain) {
                break;
            }
            end += c.len_utf8();
        }
        if joins {
            self.normal.text.truncate(written);
            self.normal.map.retain_last(written);
        }
        self.at = end;
        let source = self.source;
        for c in source[start..end].nfkc() {
            self.put(start, c, classify(c));
        }
    }

    /// Tells whether the last character that was written stands right before `self.at`, as one plain character.
    fn is_last_adjacent(&self) -> bool {
        let before = self.source[self.last.0..self.at].chars().next();
        before.is_some_and(|c| self.last.0 + c.len_utf8() == self.at && matches!(classify(c), Class::Plain))
    }
}

/// Returns the length of the dots at the start of `text` in bytes, and how many they are; `…` is three.
fn dot_group(text: &str) -> (usize, usize) {
    let (mut length, mut count) = (0, 0);
    for c in text.chars().take_while(|c| matches!(c, '.' | '…')) {
        length += c.len_utf8();
        count += if c == '.' { 1 } else { 3 };
    }
    (length, count)
}

/// Cutting a map back to a length of the normal form.
trait RetainLast {
    fn retain_last(&mut self, length: usize);
}

impl RetainLast for Vec<(u32, u32)> {
    fn retain_last(&mut self, length: usize) {
        while self.last().is_some_and(|last| last.0 as usize >= length) {
            self.pop();
        }
    }
}

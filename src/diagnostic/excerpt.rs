//! The source line of a diagnostic: a window of it that fits a terminal, made harmless, with room for carets.
//!
//! However long the line, only bytes near the span are looked at, and what comes out is at most [`WIDTH`] columns wide.
//! Nothing in a file can move the cursor, change a colour or turn the direction of the text.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::file::Span;

/// How many columns of a source line are shown.
pub const WIDTH: usize = 120;

/// How many bytes on either side of a span are looked at: enough for [`WIDTH`] columns in any script.
const REACH: usize = WIDTH * 4;

/// A part of a source line, ready to be printed: every character in it is harmless.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Excerpt {
    /// What stands before the marked part.
    pub before: String,
    /// The marked part; empty for a point.
    pub marked: String,
    /// What stands behind it, on the same line.
    pub after: String,
}

impl Excerpt {
    /// Cuts the window around the first line of `span` out of a file's bytes.
    pub fn new(bytes: &[u8], span: Span) -> Excerpt {
        let start = (span.start as usize).min(bytes.len());
        let end = (span.end as usize).clamp(start, bytes.len());
        let head = &bytes[start.saturating_sub(REACH)..start];
        let head = match head.iter().rposition(|byte| is_line_end(*byte)) {
            Some(at) => &head[at + 1..],
            None => whole_characters(head),
        };
        let tail = &bytes[start..bytes.len().min(end.min(start + REACH) + REACH)];
        let tail = &tail[..tail.iter().position(|byte| is_line_end(*byte)).unwrap_or(tail.len())];
        let (marked, after) = tail.split_at((end - start).min(REACH).min(tail.len()));
        let cut_before = head.len() < start && !is_line_end(bytes[start - head.len() - 1]);
        let behind = start + tail.len();
        let cut_after = behind < bytes.len() && !is_line_end(bytes[behind]);
        fitted([head, marked, after].map(printable), cut_before, cut_after)
    }

    /// Returns at which column the marked part begins (from 0), and how many columns wide it is, at least one.
    pub fn carets(&self) -> (usize, usize) {
        (self.before.width(), self.marked.width().max(1))
    }
}

fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r')
}

/// Leaves out what is not the beginning of a character at the beginning of a piece.
fn whole_characters(bytes: &[u8]) -> &[u8] {
    let odd = bytes.iter().take(3).take_while(|byte| **byte & 0xC0 == 0x80).count();
    &bytes[odd..]
}

fn printable(bytes: &[u8]) -> String {
    harmless(&String::from_utf8_lossy(bytes)).replace('\t', "    ")
}

/// Shortens the three parts to [`WIDTH`] columns together: the marked part first, then as much as fits on each side.
fn fitted([before, marked, after]: [String; 3], cut_before: bool, cut_after: bool) -> Excerpt {
    let (marked_head, marked_cut) = head(&marked, WIDTH);
    let room = WIDTH - marked_head.width();
    let (right_wish, left_wish) = (after.width().min(room), before.width().min(room));
    let left = left_wish.min((room / 2).max(room - right_wish));
    let (before_tail, before_cut) = tail(&before, left);
    let (after_head, after_cut) = head(&after, room - before_tail.width());
    let mut excerpt =
        Excerpt { before: before_tail.to_owned(), marked: marked_head.to_owned(), after: after_head.to_owned() };
    if before_cut || cut_before {
        excerpt.before.insert(0, '…');
    }
    if marked_cut || after_cut || cut_after {
        excerpt.after = if marked_cut { "…".to_owned() } else { excerpt.after + "…" };
    }
    excerpt
}

/// Returns the longest beginning of `text` that is at most `width` columns wide, and whether anything is missing.
fn head(text: &str, width: usize) -> (&str, bool) {
    let mut sum = 0;
    for (at, character) in text.char_indices() {
        sum += text[at..at + character.len_utf8()].width();
        if sum > width {
            return (&text[..at], true);
        }
    }
    (text, false)
}

/// Returns the longest end of `text` that is at most `width` columns wide, and whether anything is missing.
fn tail(text: &str, width: usize) -> (&str, bool) {
    let mut sum = 0;
    for (at, character) in text.char_indices().rev() {
        sum += text[at..at + character.len_utf8()].width();
        if sum > width {
            return (&text[at + character.len_utf8()..], true);
        }
    }
    (text, false)
}

/// Returns `text` with every character that a terminal obeys, or that hides or turns text, written out as `<U+001B>`.
/// Tabs and line feeds stay.
pub fn harmless(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if is_harmful(character) {
            let _ = write!(out, "<U+{:04X}>", u32::from(character));
        } else {
            out.push(character);
        }
    }
    Cow::Owned(out)
}

fn is_harmful(character: char) -> bool {
    match character {
        '\t' | '\n' => false,
        // Marks, embeddings, overrides and isolates of direction; separators of lines; the byte order mark; tags.
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}' => true,
        '\u{E0000}'..='\u{E007F}' => true,
        _ => character.is_control(),
    }
}

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

#[cfg(test)]
mod tests {
    use unicode_width::UnicodeWidthStr as _;

    use super::{Excerpt, WIDTH, harmless};
    use crate::file::Span;

    /// Marks the first `mark` in `text` and holds the line and the carets under it against `expect`.
    #[track_caller]
    fn check(text: &str, mark: &str, expect: [&str; 2]) {
        let start = text.find(mark).expect("the text holds it");
        let excerpt = Excerpt::new(text.as_bytes(), Span::new(start, start + mark.len()));
        let (at, width) = excerpt.carets();
        let line = format!("{}{}{}", excerpt.before, excerpt.marked, excerpt.after);
        assert_eq!([line, format!("{}{}", " ".repeat(at), "^".repeat(width))], expect);
    }

    #[test]
    fn carets_stand_under_the_span() {
        check("one\nsee [[x]] now\nthree", "[[x]]", ["see [[x]] now", "    ^^^^^"]);
        check("see [[x]]\r\nthree", "[[x]]", ["see [[x]]", "    ^^^^^"]);
        check("a\rsee [[x]]\rthree", "[[x]]", ["see [[x]]", "    ^^^^^"]);
    }

    #[test]
    fn of_a_span_over_several_lines_the_first_is_shown() {
        check("> one\n> two\n> three\n", "one\n> two", ["> one", "  ^^^"]);
        check("> one\r\n> two\r\n", "one\r\n> two", ["> one", "  ^^^"]);
        check("one\n\ntwo", "\n\n", ["one", "   ^"]);
    }

    #[test]
    fn a_point_has_one_caret() {
        check("one two", "", ["one two", "^"]);
        let end = Excerpt::new(b"one", Span::new(3, 3));
        assert_eq!((end.before.as_str(), end.carets()), ("one", (3, 1)));
        let behind = Excerpt::new(b"one", Span::new(30, 40));
        assert_eq!(behind, end);
    }

    #[test]
    fn tabs_wide_characters_and_combining_marks_keep_their_columns() {
        check("\tsee\t[[x]]", "[[x]]", ["    see    [[x]]", "           ^^^^^"]);
        check("中文 [[名]]", "[[名]]", ["中文 [[名]]", "     ^^^^^^"]);
        check("cafe\u{301} [[e\u{301}]]", "[[e\u{301}]]", ["cafe\u{301} [[e\u{301}]]", "     ^^^^^"]);
    }

    #[test]
    fn a_long_line_is_cut_to_a_window_around_the_span() {
        let (left, right) = ("lorem ".repeat(1_000), " dolor".repeat(1_000));
        let line = format!("…{}[[x]]{}…", &left[left.len() - 57..], &right[..WIDTH - 57 - 5]);
        check(&format!("{left}[[x]]{right}"), "[[x]]", [&line, &format!("{}^^^^^", " ".repeat(58))]);
        let line = format!("[[x]]{}…", &right[..WIDTH - 5]);
        check(&format!("[[x]]{right}"), "[[x]]", [&line, "^^^^^"]);
        let line = format!("…{}[[x]]", &left[left.len() - (WIDTH - 5)..]);
        check(&format!("{left}[[x]]"), "[[x]]", [&line, &format!("{}^^^^^", " ".repeat(WIDTH - 4))]);
        let long = "x".repeat(10_000);
        let line = format!("…{}…", "x".repeat(WIDTH));
        check(&format!("{left}{long}"), &long, [&line, &format!(" {}", "^".repeat(WIDTH))]);
    }

    #[test]
    fn a_window_never_cuts_a_character_and_never_grows_wider() {
        for lead in 0..8 {
            let text = format!("{}{}[[x]]{}", "a".repeat(lead), "中🦀é".repeat(200), "中🦀é".repeat(200));
            let start = text.find("[[").expect("it is there");
            let excerpt = Excerpt::new(text.as_bytes(), Span::new(start, start + 5));
            let line = format!("{}{}{}", excerpt.before, excerpt.marked, excerpt.after);
            assert!(!line.contains('\u{FFFD}'), "{line}");
            assert!(line.width() <= WIDTH + 2, "{line}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_shown_as_replacement_characters() {
        let excerpt = Excerpt::new(b"caf\xE9 \x1b[31m", Span::new(3, 4));
        assert_eq!((excerpt.before.as_str(), excerpt.marked.as_str()), ("caf", "\u{FFFD}"));
        assert_eq!(excerpt.after, " <U+001B>[31m");
    }

    #[test]
    fn nothing_reaches_a_terminal_that_it_would_obey() {
        let text = "\u{1b}]0;x\u{7}\u{9b}31m\u{202e}abc\u{2066}\u{feff}\u{e0041}\u{0}\u{7f}";
        let shown = "<U+001B>]0;x<U+0007><U+009B>31m<U+202E>abc<U+2066><U+FEFF><U+E0041><U+0000><U+007F>";
        assert_eq!(harmless(text), shown);
        assert_eq!(harmless("plain text, 中文, e\u{301}"), "plain text, 中文, e\u{301}");
        check("\u{1b}[31m [[x]]", "[[x]]", ["<U+001B>[31m [[x]]", "             ^^^^^"]);
    }
}

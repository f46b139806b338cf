//! A quotation as its author wrote it, taken apart: pieces that must stand in the source, and gaps between them.
//!
//! `[…]`, `(…)`, `…` and bracketed insertions are gaps; `[T]he` is a letter changed at a word's start, and no gap. A
//! source may itself hold an ellipsis or brackets, so that each mark may also stand for itself: a quotation has several
//! *readings*, the most literal one first. One comma or full stop before the closing mark is the author's, which makes
//! another reading. This works on normal forms and never looks at where things stand.

use super::normal;
use super::word;

/// The most gaps that a quotation may have; more are no quotation.
const MAX_GAPS: usize = 200;

/// A quotation, taken apart.
pub(super) struct Quotation {
    /// Its normal form.
    pub(super) text: String,
    marks: Vec<Mark>,
}

/// Something in a quotation that may not be the source's.
struct Mark {
    start: usize,
    end: usize,
    kind: MarkKind,
}

/// What a mark is taken for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// It stands in the source as it is.
    Itself,
    /// Words of the source are left out here.
    Gap,
    /// Nothing is left out: the author's words are added to the source's.
    Added,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum MarkKind {
    /// An ellipsis, alone or in brackets.
    Omission,
    /// Words of the author's in brackets.
    Insertion,
    /// A letter changed at a word's start.
    Letters,
}

/// A part of a quotation without gaps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Piece {
    /// What must stand in the source, in normal form.
    pub(super) text: String,
    /// Bytes of it whose letter case the author changed.
    pub(super) changed: Vec<std::ops::Range<usize>>,
}

impl Quotation {
    /// Takes a quotation apart.
    pub(super) fn new(words: &str) -> Quotation {
        let text = normal::words(words);
        let marks = find_marks(&text);
        Quotation { text, marks }
    }

    /// Tells whether there is anything to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces(self.text.len(), |_| Role::Gap).is_empty()
    }

    /// Returns the readings, the most literal first; `stands` tells whether words stand in the source as they are.
    pub(super) fn readings(&self, stands: impl Fn(&str) -> bool) -> Vec<Vec<Piece>> {
        let mut readings: Vec<Vec<Piece>> = Vec::new();
        let mut add = |pieces: Vec<Piece>| {
            if !pieces.is_empty() && !readings.contains(&pieces) {
                readings.push(pieces);
            }
        };
        let gaps = if self.marks.len() > MAX_GAPS { &[] } else { self.marks.as_slice() };
        let literal: Vec<bool> = gaps.iter().map(|mark| stands(self.surroundings(mark))).collect();
        let whole = self.text.len()..self.text.len();
        for stop in [Some(whole), self.last_stop()].into_iter().flatten() {
            let cut = |role: &dyn Fn(usize) -> Role| {
                let mut pieces = self.pieces(stop.start, role);
                if let Some(last) = pieces.last_mut() {
                    last.text.push_str(&self.text[stop.end..]);
                }
                pieces
            };
            add(cut(&|_| Role::Itself));
            if !gaps.is_empty() {
                add(cut(&|mark| if literal[mark] { Role::Itself } else { Role::Gap }));
                add(cut(&|mark| if gaps[mark].kind == MarkKind::Insertion { Role::Added } else { Role::Gap }));
                add(cut(&|_| Role::Gap));
            }
        }
        readings
    }

    /// Returns the first piece that is too short to be looked for, where there are several.
    pub(super) fn short_piece(pieces: &[Piece]) -> Option<&Piece> {
        let several = pieces.len() > 1;
        pieces.iter().find(|piece| several && word::count(&piece.text) < 2)
    }

    /// Returns where the comma or full stop before the closing mark stands.
    fn last_stop(&self) -> Option<std::ops::Range<usize>> {
        let trimmed = self.text.trim_end_matches(['"', '\'', ' ']);
        let last = trimmed.chars().next_back().filter(|c| matches!(c, ',' | '.' | '。' | '、'))?;
        Some(trimmed.len() - last.len_utf8()..trimmed.len())
    }

    /// Returns a mark with the words beside it.
    fn surroundings(&self, mark: &Mark) -> &str {
        let before = self.text[..mark.start].trim_end();
        let start = before.rfind(' ').map_or(0, |space| space + 1);
        let after = &self.text[mark.end..];
        let skipped = after.len() - after.trim_start().len();
        let end = after[skipped..].find(' ').map_or(self.text.len(), |space| mark.end + skipped + space);
        &self.text[start..end]
    }

    /// Cuts the first `end` bytes at the marks that are gaps.
    fn pieces(&self, end: usize, role: impl Fn(usize) -> Role) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut piece = Piece { text: String::new(), changed: Vec::new() };
        let mut from = 0;
        for (nth, mark) in self.marks.iter().enumerate().take_while(|(_, mark)| mark.end <= end) {
            let role = role(nth);
            if role == Role::Itself {
                continue;
            }
            piece.text.push_str(&self.text[from..mark.start]);
            from = mark.end;
            match mark.kind {
                MarkKind::Insertion if role == Role::Added => {
                    let ends = piece.text.is_empty() || piece.text.ends_with(' ');
                    from += usize::from(ends && self.text[from..].starts_with(' '));
                }
                MarkKind::Omission | MarkKind::Insertion => {
                    finish(std::mem::replace(&mut piece, Piece::empty()), &mut pieces);
                }
                MarkKind::Letters => {
                    let start = piece.text.len();
                    piece.text.push_str(&self.text[mark.start + 1..mark.end - 1]);
                    piece.changed.push(start..piece.text.len());
                }
            }
        }
        piece.text.push_str(&self.text[from.min(end)..end]);
        finish(piece, &mut pieces);
        pieces
    }
}

impl Piece {
    fn empty() -> Piece {
        Piece { text: String::new(), changed: Vec::new() }
    }
}

/// Adds a piece, without the spaces around it, if there is a word in it.
fn finish(mut piece: Piece, pieces: &mut Vec<Piece>) {
    if !piece.text.contains(word::is_word) {
        return;
    }
    piece.text.truncate(piece.text.trim_end().len());
    let skipped = piece.text.len() - piece.text.trim_start().len();
    piece.text.drain(..skipped);
    for range in &mut piece.changed {
        *range = range.start - skipped..range.end - skipped;
    }
    pieces.push(piece);
}

/// Finds ellipses, bracketed insertions and changed letters.
fn find_marks(text: &str) -> Vec<Mark> {
    let mut brackets = matched_brackets(text).into_iter().peekable();
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(['[', '(', '<', '…']) {
        let start = at + found;
        let rest = &text[start..];
        while brackets.next_if(|bracket| bracket.0 < start).is_some() {}
        let mark = match rest.as_bytes()[0] {
            b'[' => brackets.next_if(|bracket| bracket.0 == start).map(|(_, end)| {
                let is_omission = enclosed_ellipsis(&text[start..end]).is_some();
                let kind = if is_omission { MarkKind::Omission } else { MarkKind::Insertion };
                (end, if changes_letters(text, start, end) { MarkKind::Letters } else { kind })
            }),
            b'(' | b'<' => enclosed_ellipsis(rest).map(|length| (start + length, MarkKind::Omission)),
            _ => Some((start + '…'.len_utf8(), MarkKind::Omission)),
        };
        at = mark.map_or(start + 1, |(end, _)| end);
        if let Some((end, kind)) = mark {
            marks.push(Mark { start, end, kind });
        }
    }
    marks
}

/// Returns where each `[` with its `]` begins and ends, in the order of their beginnings.
fn matched_brackets(text: &str) -> Vec<(usize, usize)> {
    let (mut open, mut matched) = (Vec::new(), Vec::new());
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => open.push(at),
            b']' => matched.extend(open.pop().map(|start| (start, at + 1))),
            _ => {}
        }
    }
    matched.sort_unstable();
    matched
}

/// Returns the length of `(…)`, `<…>` or `[…]`.
fn enclosed_ellipsis(text: &str) -> Option<usize> {
    let inner = text[1..].trim_start().strip_prefix('…')?.trim_start();
    inner.strip_prefix([')', '>', ']']).map(|rest| text.len() - rest.len())
}

/// Tells whether brackets hold letters at the start of a word that goes on behind them.
fn changes_letters(text: &str, start: usize, end: usize) -> bool {
    let inner = &text[start + 1..end - 1];
    let begins = !text[..start].ends_with(word::is_word);
    let goes_on = text[end..].starts_with(char::is_alphabetic);
    begins && goes_on && !inner.is_empty() && inner.chars().all(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::Quotation;

    fn check(words: &str, expect: &[&[&str]]) {
        let readings = Quotation::new(words).readings(|_| false);
        let readings: Vec<Vec<&str>> =
            readings.iter().map(|pieces| pieces.iter().map(|piece| piece.text.as_str()).collect()).collect();
        assert_eq!(readings, expect, "{words:?}");
    }

    #[test]
    fn gaps_cut_a_quotation_into_pieces() {
        check("one two […] three four", &[&["one two […] three four"], &["one two", "three four"]]);
        check("one two... three four", &[&["one two… three four"], &["one two", "three four"]]);
        check("one two [the man] three", &[&["one two [the man] three"], &["one two", "three"], &["one two three"]]);
        check("one two ( . . . ) three", &[&["one two ( … ) three"], &["one two", "three"]]);
    }

    #[test]
    fn a_changed_letter_is_no_gap() {
        check("[T]he man went", &[&["[T]he man went"], &["The man went"]]);
        let reading = &Quotation::new("so [T]he man").readings(|_| false)[1];
        assert_eq!(reading[0].changed, vec![3..4]);
    }

    #[test]
    fn the_last_stop_is_the_authors() {
        check("never asked,", &[&["never asked,"], &["never asked"]]);
        check("said 'never asked.'", &[&["said 'never asked.'"], &["said 'never asked'"]]);
        check("never asked?", &[&["never asked?"]]);
    }

    #[test]
    fn a_mark_that_stands_in_the_source_may_stand_for_itself() {
        let readings = Quotation::new("so [sic] it […] was then").readings(|words| words == "so [sic] it");
        let second: Vec<&str> = readings[1].iter().map(|piece| piece.text.as_str()).collect();
        assert_eq!(second, ["so [sic] it", "was then"]);
    }

    #[test]
    fn marks_alone_are_empty() {
        assert!(Quotation::new(" […] ").is_empty());
        assert!(Quotation::new("?!").is_empty());
        assert!(!Quotation::new("yes").is_empty());
    }
}

//! Locators: which page, paragraph or section of a source a citation means. The grammar is Pandoc's
//! (`Text.Pandoc.Citeproc.Locator`), the terms are those of CSL's English locale.
//!
//! A locator is what follows the key: an optional comma, a term (none: a page), and words that hold digits or, behind a
//! term, Roman numerals; or all of that in braces, where anything goes. The rest is the citation's suffix.

use std::ops::Range;

use crate::file::Fit;

/// Where in a source a citation points.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Locator {
    /// What is counted.
    pub kind: LocatorKind,
    /// The place as written, without the term: `3`, `6-7`, `iv, xii`.
    pub value: String,
    /// The numbers in it, each a range with both ends; empty where it holds none (`iv`).
    pub ranges: Vec<(u32, u32)>,
}

/// What a locator counts; CSL's terms.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LocatorKind {
    /// `bk.`
    Book,
    /// `ch.`, `chap.`
    Chapter,
    /// `col.`
    Column,
    /// `fig.`
    Figure,
    /// `fol.`
    Folio,
    /// `no.`
    Issue,
    /// `l.`, `line`
    Line,
    /// `n.`, `note`
    Note,
    /// `op.`
    Opus,
    /// `p.`, `pp.`, or a number by itself
    Page,
    /// `para.`, `¶`
    Paragraph,
    /// `pt.`
    Part,
    /// `sec.`, `§`
    Section,
    /// `s.v.`
    SubVerbo,
    /// `v.`, `verse`
    Verse,
    /// `vol.`
    Volume,
}

/// The terms, without the full stop that may follow each; of those that fit, the longest counts.
const TERMS: &[(LocatorKind, &[&str])] = &[
    (LocatorKind::Book, &["book", "books", "bk", "bks"]),
    (LocatorKind::Chapter, &["chapter", "chapters", "chap", "chaps", "ch", "chs"]),
    (LocatorKind::Column, &["column", "columns", "col", "cols"]),
    (LocatorKind::Figure, &["figure", "figures", "fig", "figs"]),
    (LocatorKind::Folio, &["folio", "folios", "fol", "fols"]),
    (LocatorKind::Issue, &["number", "numbers", "no", "nos", "issue", "issues"]),
    (LocatorKind::Line, &["line", "lines", "l", "ll"]),
    (LocatorKind::Note, &["note", "notes", "n", "nn"]),
    (LocatorKind::Opus, &["opus", "opera", "op", "opp"]),
    (LocatorKind::Page, &["page", "pages", "p", "pp"]),
    (LocatorKind::Paragraph, &["paragraph", "paragraphs", "para", "paras", "par", "pars", "¶", "¶¶"]),
    (LocatorKind::Part, &["part", "parts", "pt", "pts"]),
    (LocatorKind::Section, &["section", "sections", "sec", "secs", "§", "§§"]),
    (LocatorKind::SubVerbo, &["sub verbo", "sub verbis", "s.v", "s.vv"]),
    (LocatorKind::Verse, &["verse", "verses", "v", "vv"]),
    (LocatorKind::Volume, &["volume", "volumes", "vol", "vols"]),
];

/// A locator found at the beginning of a suffix.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Found {
    /// What it says; `None` for `{}`, which only says that no locator follows.
    pub(super) locator: Option<Locator>,
    /// Where it stands in the suffix, term and braces included.
    pub(super) at: Range<usize>,
}

/// Finds the locator at the beginning of what follows a key; `None` where all of it is suffix.
pub(super) fn find(suffix: &str) -> Option<Found> {
    let start = suffix.len() - suffix.trim_start().trim_start_matches(',').trim_start().len();
    if suffix.len() == start {
        return None;
    }
    if suffix[start..].starts_with('{') {
        return delimited(suffix, start);
    }
    let (kind, first, demand) = match term(&suffix[start..]) {
        Some((kind, length)) if word(&suffix[start + length..], Demand::Numeral).is_some() => {
            (kind, start + length, Demand::Numeral)
        }
        _ => (LocatorKind::Page, start, Demand::Digit),
    };
    let mut end = first + word(&suffix[first..], demand)?;
    while let Some(more) = following(&suffix[end..], demand) {
        end += more;
    }
    let value = suffix[first..end].trim();
    Some(Found { locator: Some(make(kind, value)), at: start..end })
}

/// Makes a locator of a kind and a place as written.
fn make(kind: LocatorKind, value: &str) -> Locator {
    Locator { kind, value: value.to_owned(), ranges: ranges(value) }
}

/// Finds a locator in braces: `{pp. iv, vi-xi}`.
fn delimited(suffix: &str, start: usize) -> Option<Found> {
    let mut depth = 0usize;
    for (at, byte) in suffix.bytes().enumerate().skip(start) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let inside = suffix[start + 1..at].trim();
            let (kind, rest) = match term(inside) {
                Some((kind, length)) => (kind, inside[length..].trim()),
                None => (LocatorKind::Page, inside),
            };
            let locator = (!inside.is_empty()).then(|| make(kind, rest));
            return Some(Found { locator, at: start..at + 1 });
        }
    }
    None
}

/// Returns the longest term at the beginning of a text and its length with a full stop.
fn term(text: &str) -> Option<(LocatorKind, usize)> {
    let first = text.as_bytes().first().map(u8::to_ascii_lowercase);
    let mut best: Option<(LocatorKind, usize)> = None;
    for (kind, names) in TERMS {
        for name in *names {
            let longer = best.is_none_or(|(_, length)| name.len() > length);
            let fits = name.as_bytes().first() == first.as_ref()
                && text.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name));
            let ends = fits && !text[name.len()..].starts_with(char::is_alphabetic);
            if longer && ends {
                best = Some((*kind, name.len()));
            }
        }
    }
    best.map(|(kind, length)| (kind, length + usize::from(text[length..].starts_with('.'))))
}

/// What a word must hold to belong to a locator.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Demand {
    /// A digit: nothing but the number says that this is a locator.
    Digit,
    /// A digit or a Roman numeral: a term has said so.
    Numeral,
}

/// Returns the length of a separator and the word behind it, if that belongs to the locator.
fn following(text: &str, demand: Demand) -> Option<usize> {
    let lead = usize::from(text.starts_with([',', ';']));
    let gap = text[lead..].len() - text[lead..].trim_start().len();
    if lead + gap == 0 {
        return None;
    }
    word(&text[lead + gap..], demand).map(|length| lead + gap + length)
}

/// Returns the length of the word at the beginning of a text (with white space before it), if it meets the demand.
fn word(text: &str, demand: Demand) -> Option<usize> {
    let start = text.len() - text.trim_start().len();
    let mut end = start;
    let mut closers: Vec<char> = Vec::new();
    for (at, letter) in text.char_indices().skip_while(|(at, _)| *at < start) {
        match letter {
            '(' => closers.push(')'),
            '[' => closers.push(']'),
            '{' => closers.push('}'),
            _ if closers.last() == Some(&letter) => {
                closers.pop();
            }
            '-' | '–' | ':' => {}
            '.' if text[at + 1..].starts_with(char::is_alphanumeric) && at > start => {}
            _ if letter.is_alphanumeric() => {}
            _ => break,
        }
        if closers.is_empty() {
            end = at + letter.len_utf8();
        }
    }
    let word = &text[start..end];
    let meets = word.chars().any(|letter| letter.is_ascii_digit()) || (demand == Demand::Numeral && has_roman(word));
    (meets && !word.is_empty()).then_some(end)
}

/// Tells whether some run of letters in a word is a Roman numeral.
fn has_roman(word: &str) -> bool {
    let mut runs = word.split(|letter: char| !letter.is_alphanumeric()).filter(|run| !run.is_empty());
    runs.any(|run| {
        let one_case = run.chars().all(char::is_lowercase) || run.chars().all(char::is_uppercase);
        one_case && is_roman(&run.to_ascii_lowercase())
    })
}

/// Tells whether a word in lower case is a Roman numeral as it is written today: `mild` is none.
fn is_roman(word: &str) -> bool {
    let mut rest = word.trim_start_matches('m');
    for (one, five, ten) in [('c', 'd', 'm'), ('x', 'l', 'c'), ('i', 'v', 'x')] {
        let pairs = [String::from_iter([one, ten]), String::from_iter([one, five])];
        if let Some(after) = pairs.iter().find_map(|pair| rest.strip_prefix(pair.as_str())) {
            rest = after;
            continue;
        }
        rest = rest.strip_prefix(five).unwrap_or(rest);
        let ones = rest.bytes().take(3).take_while(|byte| char::from(*byte) == one).count();
        rest = &rest[ones..];
    }
    rest.is_empty()
}

/// Reads the numbers of a place: `3, 6-7` is `3..3` and `6..7`; `321-28` is `321..328`.
fn ranges(value: &str) -> Vec<(u32, u32)> {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    let mut joins = false;
    let mut rest = value;
    while let Some(at) = rest.find(|letter: char| letter.is_ascii_digit()) {
        let between = &rest[..at];
        let digits = rest[at..].bytes().take_while(u8::is_ascii_digit).count();
        let number: u32 = rest[at..at + digits].parse().unwrap_or(u32::MAX);
        let dash = !between.is_empty() && between.chars().all(|letter| "-–— ".contains(letter));
        match ranges.last_mut() {
            Some(last) if joins && dash && !between.trim().is_empty() => {
                last.1 = full_end(last.0, number, digits);
                joins = false;
            }
            _ => {
                ranges.push((number, number));
                joins = true;
            }
        }
        rest = &rest[at + digits..];
    }
    ranges.fit();
    ranges
}

/// Completes the end of a range that leaves out the digits it shares with the beginning.
fn full_end(start: u32, end: u32, digits: usize) -> u32 {
    let power = u32::try_from(digits).ok().and_then(|digits| 10u32.checked_pow(digits));
    match power {
        Some(power) if end < start => (start / power * power).saturating_add(end),
        _ => end,
    }
}

#[cfg(test)]
mod tests {
    use super::{LocatorKind, find};

    /// What is counted, the place, its numbers, and the rest.
    type Expected<'a> = Option<(LocatorKind, &'a str, &'a [(u32, u32)], &'a str)>;

    fn check(suffix: &str, expect: Expected<'_>) {
        let found = find(suffix);
        let found = found.as_ref().and_then(|found| {
            let locator = found.locator.as_ref()?;
            Some((locator.kind, locator.value.as_str(), &locator.ranges[..], &suffix[found.at.end..]))
        });
        assert_eq!(found, expect, "{suffix}");
    }

    #[test]
    fn terms_name_what_is_counted() {
        check(", p. 3", Some((LocatorKind::Page, "3", &[(3, 3)], "")));
        check(", para. 6-7", Some((LocatorKind::Paragraph, "6-7", &[(6, 7)], "")));
        check(", paras. 6–7, 9", Some((LocatorKind::Paragraph, "6–7, 9", &[(6, 7), (9, 9)], "")));
        check(" ¶ 12", Some((LocatorKind::Paragraph, "12", &[(12, 12)], "")));
        check(", § 4", Some((LocatorKind::Section, "4", &[(4, 4)], "")));
        check(", line 17", Some((LocatorKind::Line, "17", &[(17, 17)], "")));
        check(", chap. 1", Some((LocatorKind::Chapter, "1", &[(1, 1)], "")));
        check(", p.3", Some((LocatorKind::Page, "3", &[(3, 3)], "")));
        check(", s.v. 4", Some((LocatorKind::SubVerbo, "4", &[(4, 4)], "")));
    }

    #[test]
    fn a_number_by_itself_is_a_page() {
        check(
            ", 33-35, 38-39 and suffix",
            Some((LocatorKind::Page, "33-35, 38-39", &[(33, 35), (38, 39)], " and suffix")),
        );
        check(", 321-28", Some((LocatorKind::Page, "321-28", &[(321, 328)], "")));
        check(", c22", Some((LocatorKind::Page, "c22", &[(22, 22)], "")));
    }

    #[test]
    fn words_that_count_nothing_are_suffix() {
        check(" and passim", None);
        check(", see p", None);
        check(", pages", None);
        check(", lines of thought", None);
        check("", None);
    }

    #[test]
    fn roman_numerals_need_a_term() {
        check(
            ", pp. iv, vi-xi, (xv)-(xvii) with suffix",
            Some((LocatorKind::Page, "iv, vi-xi, (xv)-(xvii)", &[], " with suffix")),
        );
        check(", iv", None);
        check(", p. 3 mild", Some((LocatorKind::Page, "3", &[(3, 3)], " mild")));
    }

    #[test]
    fn braces_say_where_it_begins_and_ends() {
        check(
            ", {pp. iv, vi-xi, (xv)-(xvii)} with suffix here",
            Some((LocatorKind::Page, "iv, vi-xi, (xv)-(xvii)", &[], " with suffix here")),
        );
        check("{ii, A, D-Z}, with a suffix", Some((LocatorKind::Page, "ii, A, D-Z", &[], ", with a suffix")));
        let none = find("{}, 99 years later").map(|found| (found.locator, found.at));
        assert_eq!(none, Some((None, 0..2)));
    }
}

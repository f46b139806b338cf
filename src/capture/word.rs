//! Where words begin and end, and how many there are.
//!
//! A quotation that stops in the middle of a word may turn its sense around: `they can` is not what `they can't` says,
//! `violent` not what `non-violent` says, `rose 3` not what `rose 3.5` says. So apostrophes and hyphens inside a word,
//! and points, commas, apostrophes of thousands, exponents and the minus sign of a number, hold it together. A space never
//! does, not even that of thousands: what stands between spaces is a word. Nor do a dash between words, and an elided
//! article before an apostrophe (`l'homme`), behind which a quotation may begin. Scripts that write no spaces between words
//! (Han, kana, Thai …) may be cut anywhere.

use unicode_normalization::char::canonical_combining_class;

use super::number::{JOINT, is_thousands};

/// What a hyphen of a normal form is in the source, or the space or apostrophe between the digits of a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stroke {
    /// A hyphen, or a minus sign typed as one: it holds a word together; the space in a number.
    Hyphen,
    /// A minus sign.
    Minus,
    /// A short dash: between two numbers it holds them together, before one it may be a minus sign.
    Short,
    /// A dash between words, or several; a space between cells or lines.
    Dash,
}

/// Tells whether a character is part of a word.
pub(super) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || (!c.is_ascii() && canonical_combining_class(c) != 0)
}

/// Tells whether a character belongs to a script that writes no spaces between words.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{312f}' | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Tells whether a passage may begin at `at` in a normal form; `stroke` tells what the hyphen at an offset is in the source.
pub(super) fn may_start(text: &str, at: usize, stroke: impl Fn(usize) -> Stroke) -> bool {
    let mut before = text[..at].chars().rev();
    let (Some(last), Some(first)) = (before.next(), text[at..].chars().next()) else { return true };
    if is_word(first) && is_word(last) {
        return stands_alone(first) || stands_alone(last);
    }
    if is_word(last) {
        let second = text[at + first.len_utf8()..].chars().next();
        return !(joins_digits(first) && is_digit(Some(last)) && is_digit(second));
    }
    let held = before.next().filter(|c| is_word(*c));
    let number = is_digit(Some(first));
    match last {
        '\'' if number && is_thousands(text, at - 1) => stroke(at - 1) == Stroke::Dash,
        '-' if number && held.is_none() => stroke(at - 1) == Stroke::Dash,
        '.' if number && held.is_none() => before.next().is_none_or(|_| text[..at - 1].ends_with(['.', '…'])) && at > 1,
        _ if held.is_none() || !is_word(first) => true,
        '-' => !holds(stroke(at - 1), held, Some(first)),
        c if joins_digits(c) => !(is_digit(held) && number),
        _ => true,
    }
}

/// Tells whether a passage may end at `at`, as [`may_start`] does for its beginning.
pub(super) fn may_end(text: &str, at: usize, stroke: impl Fn(usize) -> Stroke) -> bool {
    let mut after = text[at..].chars();
    let (Some(last), Some(next)) = (text[..at].chars().next_back(), after.next()) else { return true };
    if is_word(next) && is_word(last) {
        return stands_alone(next) || stands_alone(last);
    }
    if is_word(last) {
        let held = after.next().filter(|c| is_word(*c));
        let number = is_digit(Some(last));
        return match next {
            '\'' if number && is_thousands(text, at) => stroke(at) == Stroke::Dash,
            // An exponent; behind a year it is rather the mark of a note.
            '^' if number => text[..at].chars().rev().take(3).take_while(|c| c.is_numeric()).count() > 2,
            _ if held.is_none() => true,
            '\'' => false,
            '-' => !holds(stroke(at), Some(last), held),
            c if joins_digits(c) => !(number && is_digit(held)),
            _ => true,
        };
    }
    let before = text[..at - last.len_utf8()].chars().next_back();
    let held = before.is_some_and(is_word) && is_word(next);
    match last {
        '\'' => !held,
        '-' => !held || !holds(stroke(at - 1), before, Some(next)),
        c if joins_digits(c) => !(is_digit(before) && is_digit(Some(next))),
        _ => true,
    }
}

/// Tells whether a stroke holds together what stands on either side.
fn holds(stroke: Stroke, before: Option<char>, after: Option<char>) -> bool {
    match stroke {
        Stroke::Hyphen => true,
        Stroke::Minus | Stroke::Short => is_digit(before) && is_digit(after),
        Stroke::Dash => false,
    }
}

fn joins_digits(c: char) -> bool {
    matches!(c, '.' | ',' | ':' | '/' | '⁄' | '^' | JOINT)
}

fn is_digit(c: Option<char>) -> bool {
    c.is_some_and(char::is_numeric)
}

/// Counts the words of a normal form: what stands between spaces and holds a letter or a digit; in scripts without
/// spaces each character.
pub(super) fn count(text: &str) -> usize {
    starts(text).count()
}

/// Returns the offset of the first word after `skip` others from `from` on; the end where there are no more.
pub(super) fn nth_start(text: &str, from: usize, skip: usize) -> usize {
    starts(&text[from..]).nth(skip).map_or(text.len(), |start| from + start)
}

fn starts(text: &str) -> impl Iterator<Item = usize> {
    let mut inside = false;
    text.char_indices().filter_map(move |(at, c)| {
        if c == ' ' {
            inside = false;
            return None;
        }
        let begins = is_word(c) && (!inside || stands_alone(c));
        inside |= begins;
        begins.then_some(at)
    })
}

/// Cuts a normal form into tokens: what stands between spaces; in scripts without spaces each character.
pub(super) fn tokens(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut tokens: Vec<std::ops::Range<usize>> = Vec::new();
    let mut goes_on = false;
    for (at, c) in text.char_indices() {
        let alone = stands_alone(c);
        match tokens.last_mut() {
            _ if c == ' ' => {}
            Some(last) if goes_on && !alone => last.end = at + c.len_utf8(),
            _ => tokens.push(at..at + c.len_utf8()),
        }
        // Marks stay with the character before them.
        goes_on = c != ' ';
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::{Stroke, count, may_end, may_start, nth_start};

    fn check(text: &str, part: &str, expect: bool) {
        let start = text.find(part).expect("the part stands in the text");
        let stroke = |_| Stroke::Hyphen;
        let whole = may_start(text, start, stroke) && may_end(text, start + part.len(), stroke);
        assert_eq!(whole, expect, "{part:?} in {text:?}");
    }

    #[test]
    fn a_part_of_a_word_is_not_whole() {
        check("the party left", "art", false);
        check("the party left", "party", true);
        check("they can't go", "they can", false);
        check("they can't go", "they can'", false);
        check("a non-violent protest", "violent protest", false);
        check("an anti-war group", "an anti", false);
        check("it rose 3.5 percent", "it rose 3", false);
        check("it rose 3.5 percent", "it rose 3.", false);
        check("it rose 3.5 percent", "5 percent", false);
        check("it paid 1,000 at 10:30", "it paid 1", false);
        check("the ministers' own", "the ministers", true);
        check("snake_case here", "case", false);
        check("a loss of -5 million", "5 million", false);
        check("a loss of .5 percent", "5 percent", false);
        check("some 1 200 000 people", "200 000 people", true);
        check("some 1 200 000 people", "some 1 200", true);
        check("some 1'200 people", "200 people", false);
        check("in 2021 200 people", "200 people", true);
        check("about 10^6 of", "about 10", false);
        check("in 2021^3 they", "in 2021", true);
        check("so ...5 people", "5 people", true);
        check("see no.5 there", "5 there", true);
    }

    #[test]
    fn punctuation_does_not_hold_words_together() {
        check("l'homme providentiel", "homme providentiel", true);
        check("end.Next one", "Next one", true);
        check("(so they say)", "so they say", true);
        check("and/or not", "or not", true);
        check("a 'quoted' word", "quoted", true);
    }

    #[test]
    fn a_dash_separates() {
        let text = "he left-never to return";
        assert!(may_start(text, 8, |_| Stroke::Dash));
        assert!(!may_start(text, 8, |_| Stroke::Hyphen));
        assert!(may_end(text, 7, |_| Stroke::Dash));
    }

    #[test]
    fn scripts_without_spaces_may_be_cut_anywhere() {
        check("他从未被问过这个问题", "从未被问", true);
        assert_eq!(count("他从未 yes - no"), 5);
    }

    #[test]
    fn words_are_counted_between_spaces() {
        assert_eq!(count("well-known - (it's) 3.5 !"), 3);
        assert_eq!(nth_start("one two three", 3, 1), 8);
        assert_eq!(nth_start("one two three", 3, 2), 13);
    }
}

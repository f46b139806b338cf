//! Where words begin and end, and how many there are.
//!
//! A quotation that stops in the middle of a word may turn its sense around: `they can` is not what `they can't` says,
//! `violent` not what `non-violent` says, `rose 3` not what `rose 3.5` says. So apostrophes and hyphens inside a word,
//! and points and commas inside a number, hold it together. Two things do not: a dash between words, and an elided
//! article before an apostrophe (`l'homme`), behind which a quotation may begin. Scripts that write no spaces between
//! words (Han, kana, Thai …) may be cut anywhere.

use unicode_normalization::char::canonical_combining_class;

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

/// Tells whether a passage may begin at `at` in a normal form; `is_hyphen` tells whether the hyphen at an offset is a
/// true one in the source, and no dash.
pub(super) fn may_start(text: &str, at: usize, is_hyphen: impl Fn(usize) -> bool) -> bool {
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
    match last {
        _ if held.is_none() || !is_word(first) => true,
        '-' => !is_hyphen(at - 1),
        c if joins_digits(c) => !(is_digit(held) && is_digit(Some(first))),
        _ => true,
    }
}

/// Tells whether a passage may end at `at`, as [`may_start`] does for its beginning.
pub(super) fn may_end(text: &str, at: usize, is_hyphen: impl Fn(usize) -> bool) -> bool {
    let mut after = text[at..].chars();
    let (Some(last), Some(next)) = (text[..at].chars().next_back(), after.next()) else { return true };
    if is_word(next) && is_word(last) {
        return stands_alone(next) || stands_alone(last);
    }
    if is_word(last) {
        let held = after.next().filter(|c| is_word(*c));
        return match next {
            _ if held.is_none() => true,
            '\'' => false,
            '-' => !is_hyphen(at),
            c if joins_digits(c) => !(is_digit(Some(last)) && is_digit(held)),
            _ => true,
        };
    }
    let before = text[..at - last.len_utf8()].chars().next_back();
    let held = before.is_some_and(is_word) && is_word(next);
    match last {
        '\'' => !held,
        '-' => !held || !is_hyphen(at - 1),
        c if joins_digits(c) => !(is_digit(before) && is_digit(Some(next))),
        _ => true,
    }
}

fn joins_digits(c: char) -> bool {
    matches!(c, '.' | ',' | ':' | '/' | '⁄')
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
    use super::{count, may_end, may_start, nth_start};

    fn check(text: &str, part: &str, expect: bool) {
        let start = text.find(part).expect("the part stands in the text");
        let hyphen = |_| true;
        let whole = may_start(text, start, hyphen) && may_end(text, start + part.len(), hyphen);
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
        assert!(may_start(text, 8, |_| false));
        assert!(!may_start(text, 8, |_| true));
        assert!(may_end(text, 7, |_| false));
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

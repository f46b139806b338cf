//! Numbers, which a hyphen, a space or a small digit turns into others: `1-2` is not `12`, `10 6` and `10⁶` are not `106`.
//!
//! A quotation counts as found where only quotation marks, hyphens and spaces differ; for what stands between two digits
//! that holds only as far as the number stays the same. The space or apostrophe of thousands (`1 000`, `1'000`) may be left
//! out: one to three digits before it, and just three behind it. A space around a hyphen may be left out, a hyphen may not.

use super::form::is_loose;

/// What keeps digits apart that NFKC alone would run together: a whole number and a fraction (`1½`), a number in a circle.
/// It is a control character that no text holds, counts as a space where spaces are passed over, and joins a number.
pub(super) const JOINT: char = '\u{1}';

/// Returns what stands between a digit and a character that NFKC makes digits of; `None` where it makes none, or the same
/// digit in another shape.
pub(super) fn joint_before(c: char) -> Option<char> {
    match c {
        '²' | '³' | '¹' | '\u{2070}' | '\u{2074}'..='\u{207b}' => Some('^'),
        '\u{2080}'..='\u{208b}' => Some('_'),
        '¼'
        | '½'
        | '¾'
        | '\u{2150}'..='\u{215f}'
        | '\u{2189}'
        | '\u{2460}'..='\u{249b}'
        | '\u{24ea}'
        | '\u{3251}'..='\u{325f}'
        | '\u{32b1}'..='\u{32cb}'
        | '\u{3358}'..='\u{3370}'
        | '\u{33e0}'..='\u{33fe}'
        | '\u{1f100}'..='\u{1f10a}' => Some(JOINT),
        _ => None,
    }
}

/// Returns a part of a normal form as it is shown to people.
pub(super) fn shown(text: &str) -> String {
    text.replace(JOINT, " ")
}

/// Returns a digit or sign as it stands in an exponent.
pub(super) fn raised(c: char) -> Option<char> {
    Some(match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32(0x2070 + u32::from(c) - u32::from('0'))?,
        '+' => '⁺',
        '-' | '−' | '–' => '⁻',
        _ => return None,
    })
}

/// Tells whether the character at `at` of a normal form separates the thousands of one number.
pub(super) fn is_thousands(text: &str, at: usize) -> bool {
    let (before, behind) = (&text.as_bytes()[..at], &text.as_bytes()[at..]);
    let digits = |bytes: &mut dyn Iterator<Item = &u8>| bytes.take(4).take_while(|byte| byte.is_ascii_digit()).count();
    let (left, right) = (digits(&mut before.iter().rev()), digits(&mut behind.iter().skip(1)));
    let is_decimal = left < at && matches!(before[at - left - 1], b'.' | b',') && left + 1 < at;
    let is_decimal = is_decimal && before[at - left - 2].is_ascii_digit();
    matches!(behind.first(), Some(b' ' | b'\'')) && (1..=3).contains(&left) && right == 3 && !is_decimal
}

/// Tells whether two texts that are the same without quotation marks, hyphens and spaces have the same numbers.
pub(super) fn same_numbers(ours: &str, theirs: &str) -> bool {
    let (mut ours, mut theirs) = (Joints::new(ours), Joints::new(theirs));
    loop {
        match (ours.next(), theirs.next()) {
            (None, None) => return true,
            (our, their) if our == their => {}
            _ => return false,
        }
    }
}

/// What stands between the characters of a text that count, where it bears on a number.
struct Joints<'a> {
    text: &'a str,
    at: usize,
    /// The two characters before `at` that count, and whether something stands between them.
    last: [Option<char>; 2],
    apart: bool,
}

/// Something that stands between two digits, or between the point of a number and its digits: the hyphens and marks in it;
/// `None` where it leaves one number.
type Joint<'a> = Option<[bool; 3]>;

impl<'a> Joints<'a> {
    fn new(text: &'a str) -> Joints<'a> {
        Joints { text, at: 0, last: [None, None], apart: false }
    }

    /// Tells what a gap is to the digits on either side.
    fn joint(&self, gap: std::ops::Range<usize>) -> Joint<'a> {
        let between = &self.text[gap.clone()];
        if between.is_empty() || (between.len() == 1 && is_thousands(self.text, gap.start)) {
            return None;
        }
        Some(['-', '"', '\''].map(|mark| between.contains(mark)))
    }
}

impl<'a> Iterator for Joints<'a> {
    type Item = Joint<'a>;

    fn next(&mut self) -> Option<Joint<'a>> {
        loop {
            let start = self.at;
            let end = start + self.text.as_bytes()[start..].iter().take_while(|byte| is_loose(**byte)).count();
            let next = self.text[end..].chars().next()?;
            let [before, last] = self.last;
            let is_digit = |c: Option<char>| c.is_some_and(char::is_numeric);
            let in_number = is_digit(last) || (matches!(last, Some('.' | ',')) && is_digit(before) && !self.apart);
            self.apart = end > start;
            self.last = [last, Some(next)];
            self.at = end + next.len_utf8();
            if in_number && next.is_numeric() {
                return Some(self.joint(start..end));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{is_thousands, same_numbers};

    fn check(ours: &str, theirs: &str, expect: bool) {
        assert_eq!(same_numbers(ours, theirs), expect, "{ours:?} {theirs:?}");
        assert_eq!(same_numbers(theirs, ours), expect, "{theirs:?} {ours:?}");
    }

    #[test]
    fn what_stands_between_digits_makes_another_number() {
        check("1-2", "12", false);
        check("1 2", "12", false);
        check("1-2", "1 2", false);
        check("5'6", "56", false);
        check("3. 5", "3.5", false);
        check("3, 5", "3,5", false);
        check("2010-11", "201011", false);
        check("1990 200", "1990200", false);
        check("1\u{1}1⁄2", "11⁄2", false);
    }

    #[test]
    fn what_leaves_the_number_is_no_difference() {
        check("1-2", "1 - 2", true);
        check("10 000", "10000", true);
        check("1'000'000", "1 000 000", true);
        check("1 000-2 000", "1000 - 2000", true);
        check("in 12 of 30", "in12of30", true);
        check("1\u{1}1⁄2", "1 1⁄2", true);
        check("10 : 30", "10:30", true);
    }

    #[test]
    fn thousands_are_three_digits_behind_one_to_three() {
        for (text, expect) in
            [("1 000", true), ("1 0000", false), ("1234 000", false), ("1.5 000", false), ("a 000", false)]
        {
            assert_eq!(is_thousands(text, text.find(' ').expect("it has a space")), expect, "{text}");
        }
    }
}

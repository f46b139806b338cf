//! Locators as templates know them: a number, a range of two, or a text of its own.

use hayagriva::citationberg::taxonomy::Locator as Term;

use super::template::{LOCATOR, LOCATOR_END};
use crate::markdown::{Locator, LocatorKind};

/// The shape of a locator.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Pin {
    /// There is none.
    None,
    /// A number.
    One(LocatorKind),
    /// A number, then another one.
    Range(LocatorKind),
    /// This text.
    Fixed(LocatorKind, Box<str>),
}

impl Pin {
    /// Returns the shape of a locator, and the numbers in it.
    pub(super) fn of(locator: Option<&Locator>) -> (Pin, (&str, &str)) {
        let Some(Locator { kind, value, .. }) = locator else { return (Pin::None, ("", "")) };
        let value = value.trim();
        let number = |text: &str| {
            (1..=9).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) && !text.starts_with('0')
        };
        if value.is_empty() {
            return (Pin::None, ("", ""));
        }
        if number(value) || is_numeral(value) {
            return (Pin::One(*kind), (value, ""));
        }
        match value.split_once(['-', '–']).map(|(from, to)| (from.trim(), to.trim())) {
            Some((from, to)) if [from, to].iter().all(|end| number(end) || is_numeral(end)) => {
                (Pin::Range(*kind), (from, to))
            }
            _ => (Pin::Fixed(*kind, value.into()), ("", "")),
        }
    }

    /// Returns the same locator as a text of its own.
    pub(super) fn fixed(self, numbers: (&str, &str)) -> Pin {
        match self {
            Pin::One(kind) => Pin::Fixed(kind, numbers.0.into()),
            Pin::Range(kind) => Pin::Fixed(kind, format!("{}-{}", numbers.0, numbers.1).into()),
            other => other,
        }
    }

    /// Returns the same locator as a text of its own, to hold it against others.
    pub(super) fn said(self, locator: Option<&Locator>) -> Pin {
        match (self, locator) {
            (Pin::None, _) | (_, None) => Pin::None,
            (_, Some(locator)) => Pin::Fixed(locator.kind, locator.value.trim().into()),
        }
    }

    /// Returns what hayagriva is told: the term, and a token or the text.
    pub(super) fn told(&self) -> Option<(Term, String)> {
        match self {
            Pin::None => None,
            Pin::One(kind) => Some((term(*kind), LOCATOR.to_owned())),
            Pin::Range(kind) => Some((term(*kind), format!("{LOCATOR}-{LOCATOR_END}"))),
            Pin::Fixed(kind, text) => Some((term(*kind), text.to_string())),
        }
    }
}

/// Tells whether a text counts like a number: in Roman letters (`iv`), or with letters around digits (`A3`, `12a`). hayagriva
/// takes a range of such for a single text.
fn is_numeral(text: &str) -> bool {
    let is_roman = text.chars().all(|letter| "ivxlcdmIVXLCDM".contains(letter));
    let has_digits = text.bytes().any(|byte| byte.is_ascii_digit()) && !text.starts_with('0');
    let is_word = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    (1..=12).contains(&text.len()) && (is_roman || (is_word && has_digits))
}

fn term(kind: LocatorKind) -> Term {
    match kind {
        LocatorKind::Book => Term::Book,
        LocatorKind::Chapter => Term::Chapter,
        LocatorKind::Column => Term::Column,
        LocatorKind::Figure => Term::Figure,
        LocatorKind::Folio => Term::Folio,
        LocatorKind::Issue => Term::Issue,
        LocatorKind::Line => Term::Line,
        LocatorKind::Note => Term::Note,
        LocatorKind::Opus => Term::Opus,
        LocatorKind::Page => Term::Page,
        LocatorKind::Paragraph => Term::Paragraph,
        LocatorKind::Part => Term::Part,
        LocatorKind::Section => Term::Section,
        LocatorKind::SubVerbo => Term::SubVerbo,
        LocatorKind::Verse => Term::Verse,
        LocatorKind::Volume => Term::Volume,
    }
}

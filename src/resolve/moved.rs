//! Names that may lead elsewhere than before, and which records ask for one.

use std::collections::BTreeSet;

use crate::model::Record;
use crate::model::name::fold;

/// Names that may lead elsewhere than before, folded.
pub(super) struct Moved {
    pub(super) names: BTreeSet<String>,
    /// What they begin with: most names are told apart by that, and need no folding.
    pub(super) initials: BTreeSet<char>,
}

impl Moved {
    /// Tells whether any reference of a record asks for one of these names, however it is written.
    pub(super) fn is_asked_by(&self, record: &Record) -> bool {
        let mut texts = std::iter::once(&record.body).chain(&record.notes);
        record.references.iter().any(|reference| self.holds(&reference.target))
            || texts.any(|text| {
                text.mentions.iter().any(|mention| self.holds(&mention.target))
                    || text.citations.iter().flat_map(|citation| &citation.cites).any(|cite| self.holds(&cite.key))
            })
    }

    fn holds(&self, written: &str) -> bool {
        // A letter of ASCII is folded as itself, unless an accent stands behind it.
        if let [first, rest @ ..] = written.as_bytes()
            && first.is_ascii_graphic()
            && rest.first().is_none_or(u8::is_ascii)
            && !self.initials.contains(&char::from(first.to_ascii_lowercase()))
        {
            return false;
        }
        let plain = written.strip_suffix(".md");
        self.names.contains(fold(written).as_ref())
            || plain.is_some_and(|plain| self.names.contains(fold(plain).as_ref()))
    }
}

#[cfg(test)]
mod tests {
    use super::Moved;

    #[test]
    fn a_name_is_found_in_any_spelling() {
        let names = ["ada example", "zo\u{eb}", "\u{e9}a"].map(str::to_owned).into();
        let moved = Moved { names, initials: ['a', 'z', '\u{e9}'].into() };
        for written in ["Ada  Example", "ada example.md", " ADA EXAMPLE", "ZOE\u{308}", "E\u{301}a", "\u{c9}a"] {
            assert!(moved.holds(written), "{written}");
        }
        for written in ["", "bea", "ada", "\u{c9}b"] {
            assert!(!moved.holds(written), "{written}");
        }
    }
}

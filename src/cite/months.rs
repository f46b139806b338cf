//! The names of months in a language, as a style has them, and which month stands for which in a template.
//!
//! A month is a token like any value: what a style prints of September tells what it prints of February, if both names
//! behave alike where they meet a stop. So months fall into classes: those whose short name ends in a stop, and those
//! whose short name is the long one (May).

use std::sync::Arc;

use hayagriva::citationberg::TermForm;
use hayagriva::citationberg::taxonomy::OtherTerm;

use super::engine::Engine;
use super::letters::{LETTERS, stripped};
use crate::html::escaped;

/// How a month's names behave: whether the short one ends in a stop, and whether it is the long one.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Class {
    dotted: bool,
    same: bool,
}

/// The names of the months.
pub(super) struct Months {
    /// The long names, from January; the number where the language has none.
    pub(super) long: [String; 12],
    /// The short names.
    pub(super) short: [String; 12],
    /// All that a style can make of the names: long and short, in each letter case, with and without full stops.
    pub(super) forms: Vec<Form>,
    /// The names of the seasons from spring, as markup.
    pub(super) seasons: Arc<[String; 4]>,
}

/// The names of the months in one form.
pub(super) struct Form {
    /// As they are, from January.
    pub(super) names: [String; 12],
    /// As markup.
    pub(super) html: Arc<[String; 12]>,
}

impl Months {
    /// Asks a style for the names.
    pub(super) fn new(engine: &Engine) -> Months {
        let names = |form: TermForm| {
            std::array::from_fn(|at| {
                let term = u8::try_from(at).ok().and_then(OtherTerm::month);
                term.and_then(|term| engine.term(term, form)).map_or_else(|| (at + 1).to_string(), str::to_owned)
            })
        };
        let (long, short) = (names(TermForm::Long), names(TermForm::Short));
        let mut forms: Vec<Form> = Vec::new();
        for names in [&long, &short] {
            for letters in LETTERS {
                for strip in [|name: &str| name.to_owned(), stripped] {
                    let names = names.each_ref().map(|name| strip(&letters.set(name)));
                    if !forms.iter().any(|form| form.names == names) {
                        forms.push(Form { html: Arc::new(names.each_ref().map(|name| escaped(name))), names });
                    }
                }
            }
        }
        let seasons = [OtherTerm::Season01, OtherTerm::Season02, OtherTerm::Season03, OtherTerm::Season04];
        let seasons = seasons.map(|season| escaped(engine.term(season, TermForm::Long).unwrap_or_default()));
        Months { long, short, forms, seasons: Arc::new(seasons) }
    }

    /// Returns the class of the months that stand for a season: its name is short and long the same, and has no stop.
    pub(super) fn season(&self) -> Class {
        let classes = || (1..=12).map(|month| self.class(month));
        let whole = classes().find(|class| class.same && !class.dotted);
        whole.or_else(|| classes().find(|class| !class.dotted)).unwrap_or_else(|| self.class(5))
    }

    /// Returns the class of a month, from 1.
    pub(super) fn class(&self, month: u8) -> Class {
        let at = usize::from(month.clamp(1, 12)) - 1;
        Class { dotted: self.short[at].ends_with('.'), same: self.short[at] == self.long[at] }
    }

    /// Returns the month that stands for a class, from 1: another one for each of two dates where that can be, and one of
    /// a single digit where there is one, which shows whether it is filled up with a zero; rather not January, whose number
    /// is also that of the first day.
    pub(super) fn token(&self, class: Class, event: usize) -> u8 {
        let members = || (1..=12).filter(|month| self.class(*month) == class);
        let single = || members().filter(|month| (2..10).contains(month));
        let (mut first, mut last) = (single().next(), single().next_back());
        if first.is_none() {
            (first, last) = (members().next(), members().next_back());
        }
        let wanted = if event == 0 { last } else { first };
        wanted.expect("a class is taken from one of its months")
    }

    /// Returns the day that stands for others: a digit that is no month's token.
    pub(super) fn day(&self, event: usize) -> u8 {
        let taken: Vec<u8> =
            (1..=12).flat_map(|month| [0, 1].map(|event| self.token(self.class(month), event))).collect();
        let free: Vec<u8> = (2..=9).filter(|day| !taken.contains(day)).collect();
        free.get(event).copied().unwrap_or(if event == 0 { 28 } else { 27 })
    }
}

//! The order of titles, as readers of the site's language expect it: CLDR's collation for that language.
//!
//! Sort keys are made once for all records, by the first page that needs them; every list then sorts by a record's rank
//! alone. That page waits for no other thread: one that did could be given another page to make, which needs them too.
//! The order depends on the archive and the language of the site, never on the machine's locale.

use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

use crate::model::name::nfc;
use crate::model::{Archive, Ix};

/// The records by title.
pub(super) struct Order {
    /// Every record, by title; equal titles by path.
    pub(super) titles: Vec<Ix>,
    /// The place of each record in `titles`.
    ranks: Vec<u32>,
}

impl Order {
    /// Orders the records of an archive by the rules of a language (BCP 47); an unknown one has those of the root.
    pub(super) fn new(archive: &Archive, lang: &str) -> Order {
        let collator = collator(lang, Strength::Tertiary);
        let mut keyed: Vec<(Vec<u8>, Ix)> =
            archive.all().map(|ix| (key(&collator, &archive.record(ix).title), ix)).collect();
        // Records are numbered by path, so that equal titles stay in the order of their paths.
        keyed.sort_unstable();
        let titles: Vec<Ix> = keyed.into_iter().map(|(_, ix)| ix).collect();
        let mut ranks = vec![0; titles.len()];
        for (rank, ix) in (0..).zip(&titles) {
            ranks[ix.at()] = rank;
        }
        Order { titles, ranks }
    }

    /// Returns a record's place among all titles.
    pub(super) fn rank(&self, ix: Ix) -> u32 {
        self.ranks[ix.at()]
    }
}

/// The letters under which titles stand in an index.
pub(super) struct Letters {
    collator: CollatorBorrowed<'static>,
}

/// The heading of what begins with no letter.
pub(super) const NO_LETTER: &str = "#";

impl Letters {
    /// Makes the letters of a language: `Å` is one of its own in Swedish, and an `A` in English.
    pub(super) fn new(lang: &str) -> Letters {
        Letters { collator: collator(lang, Strength::Primary) }
    }

    /// Returns the letter under which a title stands.
    pub(super) fn of(&self, title: &str) -> String {
        let title = nfc(title);
        // What begins with a mark or a number stands before all letters, as in the collation.
        let Some(first) = title.chars().next().filter(|c| c.is_alphabetic()) else { return NO_LETTER.to_owned() };
        if ('\u{3400}'..='\u{9fff}').contains(&first) || ('\u{20000}'..='\u{3ffff}').contains(&first) {
            return "漢".to_owned();
        }
        let letter: String = first.to_uppercase().take(1).collect();
        let base = unicode_normalization::UnicodeNormalization::nfd(letter.as_str()).next();
        match base.map(String::from) {
            // A Korean syllable stands under its first consonant.
            Some(base) if ('\u{ac00}'..='\u{d7a3}').contains(&first) => base,
            Some(base) if self.collator.compare(&base, &letter).is_eq() => base,
            _ => letter,
        }
    }
}

/// Returns the sort keys of texts in the order of a language.
pub(super) fn keys<'t>(lang: &str, texts: impl Iterator<Item = &'t str>) -> Vec<Vec<u8>> {
    let collator = collator(lang, Strength::Tertiary);
    texts.map(|text| key(&collator, text)).collect()
}

fn key(collator: &CollatorBorrowed<'_>, text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() * 2 + 8);
    // Writing to a vector cannot fail: the error has no value.
    let Ok(()) = collator.write_sort_key_to(text, &mut key);
    key
}

fn collator(lang: &str, strength: Strength) -> CollatorBorrowed<'static> {
    let options = || {
        let mut options = CollatorOptions::default();
        options.strength = Some(strength);
        options
    };
    let preferences = |locale: &Locale| {
        let mut preferences = CollatorPreferences::from(locale);
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        preferences
    };
    let locale = lang.parse::<Locale>().unwrap_or(Locale::UNKNOWN);
    Collator::try_new(preferences(&locale), options())
        .or_else(|_| Collator::try_new(preferences(&Locale::UNKNOWN), options()))
        .expect("the collation of the root is compiled in")
}

#[cfg(test)]
mod tests {
    use super::{Letters, keys};

    fn check(lang: &str, titles: &[&str]) {
        let keys = keys(lang, titles.iter().copied());
        assert!(keys.is_sorted(), "{titles:?}");
    }

    #[test]
    fn titles_stand_as_readers_of_the_language_expect_them() {
        check("en", &["ada", "Ada", "Åda", "Bea", "éclair", "Zoe"]);
        check("sv", &["Ada", "Bea", "Zoe", "Åda", "Äda"]);
        check("de", &["Müller", "Mulm", "Muster"]);
        check("not a language", &["Ada", "Åda", "Bea"]);
    }

    #[test]
    fn numbers_stand_by_their_value() {
        check("en", &["Pier 2", "Pier 10"]);
    }

    #[test]
    fn a_letter_is_what_the_language_calls_one() {
        let of = |lang: &str, title: &str| Letters::new(lang).of(title);
        assert_eq!((of("en", "åse"), of("sv", "åse")), ("A".to_owned(), "Å".to_owned()));
        assert_eq!((of("en", "2 piers"), of("en", ""), of("en", "“Ada”")), ("#".into(), "#".into(), "#".into()));
        assert_eq!((of("el", "ωμέγα"), of("ja", "漢字"), of("ko", "각")), ("Ω".into(), "漢".into(), "ᄀ".into()));
        assert_eq!(of("de", "ßtraße"), "S");
    }
}

//! The words for dates in English, German and French, in one table, and the keys under which a theme may say them in
//! another language.

use std::borrow::Cow;
use std::sync::LazyLock;

/// The months in English.
pub(super) const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

const GERMAN_MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

const FRENCH_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

const ENGLISH_SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];

const GERMAN_SEASONS: [&str; 4] = ["Frühling", "Sommer", "Herbst", "Winter"];

const FRENCH_SEASONS: [&str; 4] = ["printemps", "été", "automne", "hiver"];

/// Makes the struct, its keys, and its value in each language from one table.
macro_rules! words {
    ($($field:ident $key:literal $doc:literal $english:literal, $german:literal, $french:literal;)*) => {
        /// The words of a language for dates: names, and patterns with holes in braces. Plain data, which the strings
        /// of a theme may replace one by one ([`Words::set`]).
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub struct Words {
            /// The months, from January.
            pub months: [Cow<'static, str>; 12],
            /// The seasons, from spring.
            pub seasons: [Cow<'static, str>; 4],
            $(#[doc = concat!("The pattern of ", $doc, ".")] pub $field: Cow<'static, str>,)*
        }

        /// The words in English, which stand in for those of a language that is not known.
        pub(super) static ENGLISH: LazyLock<Words> = LazyLock::new(|| Words {
            months: ENGLISH_MONTHS.map(Cow::Borrowed),
            seasons: ENGLISH_SEASONS.map(Cow::Borrowed),
            $($field: Cow::Borrowed($english),)*
        });

        /// The words in German.
        pub(super) static GERMAN: LazyLock<Words> = LazyLock::new(|| Words {
            months: GERMAN_MONTHS.map(Cow::Borrowed),
            seasons: GERMAN_SEASONS.map(Cow::Borrowed),
            $($field: Cow::Borrowed($german),)*
        });

        /// The words in French.
        pub(super) static FRENCH: LazyLock<Words> = LazyLock::new(|| Words {
            months: FRENCH_MONTHS.map(Cow::Borrowed),
            seasons: FRENCH_SEASONS.map(Cow::Borrowed),
            $($field: Cow::Borrowed($french),)*
        });

        impl Words {
            /// The keys of the patterns, each with what it is for; beside them stand `date-month-1` to `date-month-12`
            /// and `date-season-21` to `date-season-24`, the names of months and seasons.
            pub const PATTERNS: &[(&'static str, &'static str)] = &[$(($key, $doc)),*];

            /// Returns the place of the pattern of that key.
            fn pattern(&mut self, key: &str) -> Option<&mut Cow<'static, str>> {
                match key {
                    $($key => Some(&mut self.$field),)*
                    _ => None,
                }
            }
        }
    };
}

words! {
    date_month "date-month" "a month of a year: `{month}`, `{year}`"
        "{month} {year}", "{month} {year}", "{month} {year}";
    date_season "date-season" "a season of a year: `{season}`, `{year}`"
        "{season} {year}", "{season} {year}", "{season} {year}";
    date_day "date-day" "a day: `{day}`, `{month}`, `{year}`"
        "{day} {month} {year}", "{day}. {month} {year}", "{day} {month} {year}";
    date_first_day "date-first-day" "the first day of a month where `{day}` stands: `{day}`"
        "{day}", "{day}", "{day}er";
    date_bc "date-bc" "a year before the year 1: `{year}`"
        "{year} BC", "{year} v. Chr.", "{year} av. J.-C.";
    date_decade "date-decade" "a decade (`196X`): `{year}`, its first year"
        "the {year}s", "{year}er Jahre", "années {year}";
    date_between "date-between" "years of which digits are not known (`19XX`): `{from}`, `{to}`"
        "between {from} and {to}", "zwischen {from} und {to}", "entre {from} et {to}";
    date_unknown_year "date-unknown-year" "`XXXX`"
        "an unknown year", "unbekanntes Jahr", "année inconnue";
    date_unknown_month "date-unknown-month" "`2021-XX`: `{date}`, the year"
        "{date} (month unknown)", "{date} (Monat unbekannt)", "{date} (mois inconnu)";
    date_unknown_day "date-unknown-day" "`2021-02-XX`: `{date}`, the month or year"
        "{date} (day unknown)", "{date} (Tag unbekannt)", "{date} (jour inconnu)";
    date_approximate "date-approximate" "`2021~`: `{date}`"
        "around {date}", "etwa {date}", "vers {date}";
    date_uncertain "date-uncertain" "`2021?`: `{date}`"
        "{date} (uncertain)", "{date} (unsicher)", "{date} (incertain)";
    date_interval "date-interval" "from one date to another: `{from}`, `{to}`"
        "{from} to {to}", "{from} bis {to}", "{from} – {to}";
    date_years "date-years" "from one year to another: `{from}`, `{to}`"
        "{from}–{to}", "{from}–{to}", "{from}–{to}";
    date_months_of_year "date-months-of-year" "from one month to another of a year: `{from}`, `{to}`, `{year}`"
        "{from} to {to} {year}", "{from} bis {to} {year}", "{from} – {to} {year}";
    date_days_of_month "date-days-of-month" "from one day to another of a month: `{from}`, `{to}`, `{month}`, `{year}`"
        "{from}–{to} {month} {year}", "{from}.–{to}. {month} {year}", "{from}–{to} {month} {year}";
    date_days_of_year "date-days-of-year"
        "from one day to another of a year: `{from}`, `{from_month}`, `{to}`, `{to_month}`, `{year}`"
        "{from} {from_month} to {to} {to_month} {year}", "{from}. {from_month} bis {to}. {to_month} {year}",
        "{from} {from_month} – {to} {to_month} {year}";
    date_until "date-until" "an interval with an open start (`../2019`): `{date}`"
        "until {date}", "bis {date}", "jusqu’à {date}";
    date_since "date-since" "an interval with an open end (`2019/..`): `{date}`"
        "since {date}", "seit {date}", "depuis {date}";
    date_unknown_start "date-unknown-start" "an interval of which the start is not known (`/2019`): `{date}`"
        "until {date} (start unknown)", "bis {date} (Beginn unbekannt)", "jusqu’à {date} (début inconnu)";
    date_unknown_end "date-unknown-end" "an interval of which the end is not known (`2019/`): `{date}`"
        "from {date} (end unknown)", "ab {date} (Ende unbekannt)", "dès {date} (fin inconnue)";
}

impl Words {
    /// Returns the words of a language, given as in BCP 47; those of English, where it is not known.
    pub fn of(language: &str) -> &'static Words {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "de" => &GERMAN,
            "fr" => &FRENCH,
            _ => &ENGLISH,
        }
    }

    /// Sets the word or pattern of a key, and tells whether there is such a key.
    pub fn set(&mut self, key: &str, value: &str) -> bool {
        let numbered = |head: &str, first: usize| -> Option<usize> {
            key.strip_prefix(head)?.parse::<usize>().ok()?.checked_sub(first)
        };
        let place = match (numbered("date-month-", 1), numbered("date-season-", 21)) {
            (Some(month), _) => self.months.get_mut(month),
            (_, Some(season)) => self.seasons.get_mut(season),
            _ => self.pattern(key),
        };
        match place {
            Some(place) => {
                *place = Cow::Owned(value.to_owned());
                true
            }
            None => false,
        }
    }
}

/// Returns the number of a month by its name, or its first three letters or more, in any of the languages; `name` is in
/// lower case.
pub(super) fn month_number(name: &str) -> Option<u8> {
    let begins = |month: &str| month.to_lowercase().starts_with(name);
    let of = |months: &[&str; 12]| months.iter().position(|month| begins(month));
    let known = name.chars().count() >= 3 || name == "mai";
    let found = [&ENGLISH_MONTHS, &GERMAN_MONTHS, &FRENCH_MONTHS].into_iter().filter(|_| known).find_map(of)?;
    u8::try_from(found + 1).ok()
}

/// Returns the number in EDTF of a season by its name in any of the languages; `name` is in lower case.
pub(super) fn season_number(name: &str) -> Option<u8> {
    let of = |seasons: &[&str; 4]| seasons.iter().position(|season| season.to_lowercase() == name);
    let others = ["frühjahr", "", "fall", ""];
    let found = [&ENGLISH_SEASONS, &GERMAN_SEASONS, &FRENCH_SEASONS, &others].into_iter().find_map(of)?;
    u8::try_from(found + 21).ok()
}

//! A date in words, as people of a language say it, never sharper than it was written.
//!
//! A time of day is left out, a decade stays a decade, a doubt is said; years up to 0 are counted before Christ, where
//! `0000` is the year 1 BC. Both ends of an interval say only once what they have in common.

use super::{Date, Doubt, Edtf, End, Part, Words, Year};

impl Edtf {
    /// Returns the date in words: `3 February 2021`, `around February 2021`, `summer 2019`, `the 1960s`, `since 2019`,
    /// `3–5 February 2021`.
    pub fn words(&self, words: &Words) -> String {
        match self {
            Edtf::Date(date) | Edtf::Time { day: date, .. } => words.date(*date),
            Edtf::Interval(End::Date(from), End::Date(to)) => words.interval(*from, *to),
            Edtf::Interval(End::Date(from), end) => {
                let pattern = if *end == End::Open { &words.date_since } else { &words.date_unknown_end };
                fill(pattern, &[("date", &words.date(*from))])
            }
            Edtf::Interval(start, End::Date(to)) => {
                let pattern = if *start == End::Open { &words.date_until } else { &words.date_unknown_start };
                fill(pattern, &[("date", &words.date(*to))])
            }
            Edtf::Interval(..) => words.date_unknown_year.to_string(),
        }
    }
}

impl Words {
    fn date(&self, date: Date) -> String {
        let year = self.year(date.year);
        let said = match date.part {
            Part::Year => year,
            Part::Month(month) => self.month(month, &year),
            Part::Season(season) => {
                let season = self.seasons.get(usize::from(season) - 21).map_or("", |season| season);
                fill(&self.date_season, &[("season", season), ("year", &year)])
            }
            Part::Day(month, day) => {
                fill(&self.date_day, &[("day", &self.day(day)), ("month", self.month_name(month)), ("year", &year)])
            }
            Part::SomeMonth => fill(&self.date_unknown_month, &[("date", &year)]),
            Part::SomeDay(month) => fill(&self.date_unknown_day, &[("date", &self.month(month, &year))]),
            Part::SomeDayOfYear => fill(&self.date_unknown_day, &[("date", &year)]),
        };
        match date.doubt {
            Doubt::None => said,
            Doubt::Uncertain => fill(&self.date_uncertain, &[("date", &said)]),
            Doubt::Approximate => fill(&self.date_approximate, &[("date", &said)]),
            Doubt::Both => {
                let said = fill(&self.date_approximate, &[("date", &said)]);
                fill(&self.date_uncertain, &[("date", &said)])
            }
        }
    }

    fn interval(&self, from: Date, to: Date) -> String {
        if from == to {
            return self.date(from);
        }
        let plain = |date: Date| date.doubt == Doubt::None && date.year.unspecified == 0 && date.year.value > 0;
        if plain(from) && plain(to) {
            if (from.part, to.part) == (Part::Year, Part::Year) {
                return fill(&self.date_years, &[("from", &self.year(from.year)), ("to", &self.year(to.year))]);
            }
            if from.year == to.year
                && let Some(said) = self.in_one_year(from.part, to.part, &self.year(from.year))
            {
                return said;
            }
        }
        fill(&self.date_interval, &[("from", &self.date(from)), ("to", &self.date(to))])
    }

    /// Says an interval within a year, where both ends are months or days.
    fn in_one_year(&self, from: Part, to: Part, year: &str) -> Option<String> {
        let said = match (from, to) {
            (Part::Month(from), Part::Month(to)) => fill(
                &self.date_months_of_year,
                &[("from", self.month_name(from)), ("to", self.month_name(to)), ("year", year)],
            ),
            (Part::Day(month, from), Part::Day(same, to)) if month == same => fill(
                &self.date_days_of_month,
                &[("from", &self.day(from)), ("to", &self.day(to)), ("month", self.month_name(month)), ("year", year)],
            ),
            (Part::Day(from_month, from), Part::Day(to_month, to)) => fill(
                &self.date_days_of_year,
                &[
                    ("from", &self.day(from)),
                    ("from_month", self.month_name(from_month)),
                    ("to", &self.day(to)),
                    ("to_month", self.month_name(to_month)),
                    ("year", year),
                ],
            ),
            _ => return None,
        };
        Some(said)
    }

    /// Says a year. `190X` is no "1900s", which would be a century to many.
    fn year(&self, year: Year) -> String {
        let number = |year: i64| {
            if year > 0 { year.to_string() } else { fill(&self.date_bc, &[("year", &(1 - year).to_string())]) }
        };
        match year.unspecified {
            0 => number(year.value),
            1 if year.value > 0 && year.value % 100 != 0 => {
                fill(&self.date_decade, &[("year", &year.value.to_string())])
            }
            1..4 => fill(&self.date_between, &[("from", &number(year.first())), ("to", &number(year.last()))]),
            _ => self.date_unknown_year.to_string(),
        }
    }

    fn month(&self, month: u8, year: &str) -> String {
        fill(&self.date_month, &[("month", self.month_name(month)), ("year", year)])
    }

    fn month_name(&self, month: u8) -> &str {
        self.months.get(usize::from(month) - 1).map_or("", |name| name)
    }

    fn day(&self, day: u8) -> String {
        let number = day.to_string();
        if day == 1 { fill(&self.date_first_day, &[("day", &number)]) } else { number }
    }
}

/// Puts values into the holes of a pattern; a hole without a value stays as it stands.
fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(pattern.len() + 16);
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        let (head, hole) = rest.split_at(open);
        filled.push_str(head);
        let found = hole.find('}').and_then(|close| {
            let value = values.iter().find(|(name, _)| *name == &hole[1..close])?;
            Some((value.1, close + 1))
        });
        match found {
            Some((value, len)) => {
                filled.push_str(value);
                rest = &hole[len..];
            }
            None => {
                filled.push('{');
                rest = &hole[1..];
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use crate::model::date::{Edtf, Words};

    fn check(text: &str, english: &str) {
        in_language(text, "en", english);
    }

    fn in_language(text: &str, language: &str, expect: &str) {
        let date = Edtf::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        assert_eq!(date.words(Words::of(language)), expect, "{text}");
    }

    #[test]
    fn dates_keep_their_precision() {
        check("2021-02-03", "3 February 2021");
        check("2021-02-03T10:00:00Z", "3 February 2021");
        check("2021-02", "February 2021");
        check("2021", "2021");
        check("2019-22", "summer 2019");
        check("196X", "the 1960s");
        check("190X", "between 1900 and 1909");
        check("19XX", "between 1900 and 1999");
        check("XXXX", "an unknown year");
        check("2021-XX", "2021 (month unknown)");
        check("2021-02-XX", "February 2021 (day unknown)");
        check("196X-XX-XX", "the 1960s (day unknown)");
        check("0967", "967");
        check("Y17000", "17000");
    }

    #[test]
    fn years_up_to_zero_are_before_christ() {
        check("0000", "1 BC");
        check("-0043-03-15", "15 March 44 BC");
        check("-004X", "between 50 BC and 41 BC");
        check("000X", "between 1 BC and 9");
        check("-0043/0014", "44 BC to 14");
    }

    #[test]
    fn doubts_are_said() {
        check("2021-02~", "around February 2021");
        check("2019?", "2019 (uncertain)");
        check("196X%", "around the 1960s (uncertain)");
    }

    #[test]
    fn intervals_say_once_what_their_ends_have_in_common() {
        check("2019/2021", "2019–2021");
        check("2021-02-03/2021-02-05", "3–5 February 2021");
        check("2021-02-03/2021-03-05", "3 February to 5 March 2021");
        check("2020-12-30/2021-01-02", "30 December 2020 to 2 January 2021");
        check("2021-02/2021-05", "February to May 2021");
        check("2020-02/2021-05", "February 2020 to May 2021");
        check("2019?/2021-03", "2019 (uncertain) to March 2021");
        check("2019~/2021", "around 2019 to 2021");
        check("2021/2021", "2021");
        check("2021-02-03~/2021-02-05", "around 3 February 2021 to 5 February 2021");
    }

    #[test]
    fn ends_that_are_open_or_unknown() {
        check("../2019", "until 2019");
        check("2019/..", "since 2019");
        check("/2019", "until 2019 (start unknown)");
        check("2019-03/", "from March 2019 (end unknown)");
    }

    #[test]
    fn german_and_french() {
        in_language("2021-03-01", "de-AT", "1. März 2021");
        in_language("2021-03-01/2021-03-05", "de", "1.–5. März 2021");
        in_language("2021-02~", "de", "etwa Februar 2021");
        in_language("196X", "de", "1960er Jahre");
        in_language("2019/..", "de", "seit 2019");
        in_language("2021-03-01", "fr", "1er mars 2021");
        in_language("2021-03-01/2021-03-05", "fr-CA", "1er–5 mars 2021");
        in_language("2019-22", "fr", "été 2019");
        in_language("-0043", "FR", "44 av. J.-C.");
        in_language("2019", "xx", "2019");
    }

    #[test]
    fn a_theme_may_say_every_word_in_its_own_language() {
        let mut words = Words::of("en").clone();
        for (key, _) in Words::PATTERNS {
            assert!(words.set(key, "…{year}{nothing}{"), "{key}");
        }
        assert!(words.set("date-month-2", "febrero") && words.set("date-season-24", "invierno"));
        assert!(words.set("date-month", "{month} de {year}"));
        for unknown in ["date-month-0", "date-month-13", "date-season-20", "date-season-25", "date-x", ""] {
            assert!(!words.set(unknown, ""), "{unknown}");
        }
        let date = Edtf::parse("2021-02").expect("it is a date");
        assert_eq!(date.words(&words), "febrero de 2021");
        let date = Edtf::parse("196X").expect("it is a date");
        assert_eq!(date.words(&words), "…1960{nothing}{");
    }
}

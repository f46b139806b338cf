//! Dates as a style can say them: a year, a month, a day, or a text in place of the year.
//!
//! CSL knows no intervals here (hayagriva stops at them) and no unspecified digits. An interval is said by what its ends
//! have in common: its month, else its year, else both years (`2019–2021`, `2019–` while it lasts). A decade or century
//! is said by its first and last year. So nothing is said more sharply than it was written.

use crate::model::date::{Date, Doubt, Edtf, End, Part};

/// A date as a style can say it.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Dating {
    /// The year.
    pub(super) year: Year,
    /// What is known within the year.
    pub(super) part: Within,
    /// Whether it is uncertain or approximate.
    pub(super) doubted: bool,
}

/// A year, or what stands in its place.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Year {
    /// A year.
    One(i16),
    /// A text.
    Text(String),
}

/// What is known within a year.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Within {
    /// Nothing.
    Nothing,
    /// The season, 1 spring to 4 winter.
    Season(u8),
    /// The month, from 1.
    Month(u8),
    /// Month and day, from 1.
    Day(u8, u8),
}

impl Dating {
    /// Reads a date; `None` where nothing is known of it.
    pub(super) fn of(date: &Edtf) -> Option<Dating> {
        match date {
            Edtf::Date(date) | Edtf::Time { day: date, .. } => Dating::of_date(date),
            Edtf::Interval(from, to) => Dating::of_interval(*from, *to),
        }
    }

    fn of_date(date: &Date) -> Option<Dating> {
        if date.year.unspecified >= 4 {
            return None;
        }
        let (first, last) = (date.year.first(), date.year.last());
        let doubted = date.doubt != Doubt::None;
        if first != last {
            return Some(Dating { year: Year::Text(format!("{first}–{last}")), part: Within::Nothing, doubted });
        }
        let part = match date.part {
            Part::Year | Part::SomeMonth | Part::SomeDayOfYear => Within::Nothing,
            Part::Month(month) | Part::SomeDay(month) => Within::Month(month),
            Part::Season(season) => Within::Season(season.clamp(21, 24) - 20),
            Part::Day(month, day) => Within::Day(month, day),
        };
        match i16::try_from(first) {
            Ok(year) => Some(Dating { year: Year::One(year), part, doubted }),
            Err(_) => Some(Dating { year: Year::Text(first.to_string()), part: Within::Nothing, doubted }),
        }
    }

    fn of_interval(from: End, to: End) -> Option<Dating> {
        let end = |end| match end {
            End::Date(date) => Dating::of_date(&date).map(|dating| (date, dating)),
            End::Open | End::Unknown => None,
        };
        let (from, to) = (end(from), end(to));
        let doubted = [&from, &to].into_iter().flatten().any(|(_, dating)| dating.doubted);
        match (from, to) {
            (Some((_, from)), Some((_, to))) if from.year == to.year => {
                let part = match (from.part, to.part) {
                    (one, other) if one == other => one,
                    (Within::Month(a) | Within::Day(a, _), Within::Month(b) | Within::Day(b, _)) if a == b => {
                        Within::Month(a)
                    }
                    _ => Within::Nothing,
                };
                Some(Dating { year: from.year, part, doubted })
            }
            (from, to) => {
                let first = from.map(|(date, _)| date.year.first().to_string());
                let last = to.map(|(date, _)| date.year.last().to_string());
                (first.is_some() || last.is_some()).then(|| {
                    let text = format!("{}–{}", first.unwrap_or_default(), last.unwrap_or_default());
                    Dating { year: Year::Text(text), part: Within::Nothing, doubted }
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Dating, Within, Year};
    use crate::model::date::Edtf;

    /// Checks what is said of a date: the year, the part, and `~` for a doubt.
    fn check(text: &str, expect: &str) {
        let said = Dating::of(&Edtf::parse(text).unwrap()).map_or("nothing".to_owned(), |dating| {
            let year = match dating.year {
                Year::One(year) => year.to_string(),
                Year::Text(text) => format!("\"{text}\""),
            };
            let part = match dating.part {
                Within::Nothing => String::new(),
                Within::Season(season) => format!(" season {season}"),
                Within::Month(month) => format!(" month {month}"),
                Within::Day(month, day) => format!(" month {month} day {day}"),
            };
            format!("{year}{part}{}", if dating.doubted { " ~" } else { "" })
        });
        assert_eq!(said, expect, "{text}");
    }

    #[test]
    fn a_date_is_said_as_far_as_it_is_known() {
        check("2021", "2021");
        check("2021-02", "2021 month 2");
        check("2021-02-03", "2021 month 2 day 3");
        check("2021-02-03T10:00:00Z", "2021 month 2 day 3");
        check("2021-XX", "2021");
        check("2021-02-XX", "2021 month 2");
        check("2021-22", "2021 season 2");
        check("2021-02~", "2021 month 2 ~");
        check("2021?", "2021 ~");
    }

    #[test]
    fn digits_that_are_not_known_make_a_range() {
        check("196X", "\"1960–1969\"");
        check("19XX~", "\"1900–1999\" ~");
        check("XXXX", "nothing");
        check("Y17000000", "\"17000000\"");
    }

    #[test]
    fn an_interval_is_said_by_what_its_ends_share() {
        check("2019/2021", "\"2019–2021\"");
        check("2019-03/2021-05", "\"2019–2021\"");
        check("2021-03-02/2021-03-05", "2021 month 3");
        check("2021-03/2021-05", "2021");
        check("2019?/2021", "\"2019–2021\" ~");
        check("2019/..", "\"2019–\"");
        check("../2019", "\"–2019\"");
        check("/2019", "\"–2019\"");
        check("196X/2021", "\"1960–2021\"");
    }
}

//! The calendar: which days a date covers, and how two dates stand to each other.
//!
//! Days are counted from 1 January 1970, which is day 0, in the proleptic Gregorian calendar. Spring is March to May,
//! summer June to August, autumn September to November, winter December to February of the next year. An interval
//! without a start, open or unknown, begins before all days; one without an end ends after all days. One that is
//! reversed, taken by the letter, covers its start.
//!
//! Two kinds of question are asked. The *order* of a list takes a date by the letter: by its earliest day, whatever is
//! doubted. A *lint* gives the benefit of the doubt: an approximate date (`~`) may be as far off as its own precision is
//! coarse, a day by 31 days, a month or season by a year, a year or decade by ten years, a century by a hundred. EDTF
//! names no numbers; these err on the side of silence. An uncertain date (`?`, `%`) may be any: nothing contradicts it.

use super::{Date, Doubt, Edtf, End, Part, Year};

/// The day before all days: the start of an interval that has none.
pub const BEFORE_ALL: i64 = i64::MIN;

/// The day after all days: the end of an interval that has none.
pub const AFTER_ALL: i64 = i64::MAX;

/// The first and the last of the days that something covers.
#[derive(Clone, Copy)]
struct Days {
    first: i64,
    last: i64,
}

impl Edtf {
    /// Returns the earliest day: the key by which dates are ordered. Doubts do not move it.
    pub fn earliest(&self) -> i64 {
        self.days(Date::days).first
    }

    /// Returns the first day of a day, month or year that is not doubted; `None` for all other dates.
    pub fn first_day(&self) -> Option<Edtf> {
        let (Edtf::Date(date) | Edtf::Time { day: date, .. }) = self else { return None };
        let (month, day) = match date.part {
            Part::Year => (1, 1),
            Part::Month(month) => (month, 1),
            Part::Day(month, day) => (month, day),
            _ => return None,
        };
        let is_sure = date.doubt == Doubt::None && date.year.unspecified == 0;
        is_sure.then_some(Edtf::Date(Date { part: Part::Day(month, day), ..*date }))
    }

    /// Returns the latest day, which is never before the earliest.
    pub fn latest(&self) -> i64 {
        self.days(Date::days).last
    }

    /// Tells whether an interval ends before it begins, with the benefit of the doubt.
    pub fn is_reversed(&self) -> bool {
        match self {
            Edtf::Interval(End::Date(from), End::Date(to)) => to.doubted().last < from.doubted().first,
            _ => false,
        }
    }

    /// Tells whether all of this date lies before all of the other, with the benefit of the doubt for both.
    pub fn definitely_before(&self, other: &Edtf) -> bool {
        self.days(Date::doubted).last < other.days(Date::doubted).first
    }

    /// Tells whether both dates may have a day in common, with the benefit of the doubt for both.
    pub fn may_overlap(&self, other: &Edtf) -> bool {
        !self.definitely_before(other) && !other.definitely_before(self)
    }

    /// Tells whether every day of the other date is one of this one, both taken by the letter.
    pub fn contains(&self, other: &Edtf) -> bool {
        self.earliest() <= other.earliest() && other.latest() <= self.latest()
    }

    fn days(&self, of: impl Fn(&Date) -> Days) -> Days {
        match self {
            Edtf::Date(date) | Edtf::Time { day: date, .. } => of(date),
            Edtf::Interval(End::Date(from), End::Date(to)) => {
                let reversed = to.days().last < from.days().first;
                let (from, to) = (of(from), of(to));
                if reversed { from } else { Days { first: from.first, last: to.last } }
            }
            Edtf::Interval(End::Date(from), _) => Days { first: of(from).first, last: AFTER_ALL },
            Edtf::Interval(_, End::Date(to)) => Days { first: BEFORE_ALL, last: of(to).last },
            Edtf::Interval(..) => Days { first: BEFORE_ALL, last: AFTER_ALL },
        }
    }
}

impl Date {
    /// Returns the days of the date by the letter.
    fn days(&self) -> Days {
        let (first, last) = (self.year.first(), self.year.last());
        match self.part {
            Part::Year | Part::SomeMonth | Part::SomeDayOfYear => {
                Days { first: day_number(first, 1, 1), last: day_number(last, 12, 31) }
            }
            Part::Month(month) | Part::SomeDay(month) => {
                Days { first: day_number(first, month, 1), last: day_number(last, month, days_of_month(last, month)) }
            }
            Part::Season(24) => {
                Days { first: day_number(first, 12, 1), last: day_number(last + 1, 2, days_of_month(last + 1, 2)) }
            }
            Part::Season(season) => {
                let month = (season.saturating_sub(20)).clamp(1, 3) * 3;
                let end = month + 2;
                Days { first: day_number(first, month, 1), last: day_number(last, end, days_of_month(last, end)) }
            }
            Part::Day(month, day) => {
                let number = day_number(first, month, day);
                Days { first: number, last: number }
            }
        }
    }

    /// Returns the days of the date with the benefit of the doubt.
    fn doubted(&self) -> Days {
        let Days { first, last } = self.days();
        let off = match self.doubt {
            Doubt::None => 0,
            Doubt::Approximate => self.off(),
            Doubt::Uncertain | Doubt::Both => return Days { first: BEFORE_ALL, last: AFTER_ALL },
        };
        Days { first: first.saturating_sub(off), last: last.saturating_add(off) }
    }

    /// Returns by how many days the date may be off, if it is doubted.
    fn off(&self) -> i64 {
        match (self.part, self.year) {
            (Part::Day(..) | Part::SomeDay(_), _) => 31,
            (Part::Month(_) | Part::Season(_), _) => 366,
            (_, Year { unspecified: 0 | 1, .. }) => 3_653,
            (_, Year { unspecified, .. }) => 366 * 10_i64.pow(u32::from(unspecified)),
        }
    }
}

/// Returns how many days a month has; the month is 1 to 12.
pub(super) fn days_of_month(year: i64, month: u8) -> u8 {
    match month {
        2 if year.rem_euclid(4) == 0 && (year.rem_euclid(100) != 0 || year.rem_euclid(400) == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Returns the number of a day, after Howard Hinnant's `days_from_civil`: years begin in March, so that the leap day is
/// the last of one, and 400 years are a cycle of 146,097 days.
fn day_number(year: i64, month: u8, day: u8) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (cycle, of_cycle) = (year.div_euclid(400), year.rem_euclid(400));
    let month = (i64::from(month) + 9) % 12;
    let of_year = (153 * month + 2) / 5 + i64::from(day) - 1;
    let of_cycle = of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year;
    cycle * 146_097 + of_cycle - 719_468
}

#[cfg(test)]
mod tests {
    use super::{AFTER_ALL, BEFORE_ALL, day_number};
    use crate::model::date::Edtf;

    fn date(text: &str) -> Edtf {
        Edtf::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"))
    }

    /// Checks that a date covers the days from one to another.
    fn check(text: &str, first: (i64, u8, u8), last: (i64, u8, u8)) {
        let number = |(year, month, day)| day_number(year, month, day);
        assert_eq!((date(text).earliest(), date(text).latest()), (number(first), number(last)), "{text}");
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(day_number(1970, 1, 1), 0);
        assert_eq!(day_number(2000, 3, 1), 11_017);
        assert_eq!(day_number(1969, 12, 31), -1);
        assert_eq!(day_number(0, 1, 1), -719_528);
        let mut number = day_number(-401, 12, 31);
        for year in -400..=2400 {
            for month in 1..=12 {
                for day in 1..=super::days_of_month(year, month) {
                    number += 1;
                    assert_eq!(day_number(year, month, day), number, "{year}-{month}-{day}");
                }
            }
        }
    }

    #[test]
    fn a_date_covers_what_it_may_be() {
        check("2021-02-03", (2021, 2, 3), (2021, 2, 3));
        check("2021-02-03T23:59:59-11:00", (2021, 2, 3), (2021, 2, 3));
        check("2020-02", (2020, 2, 1), (2020, 2, 29));
        check("1900-02-XX", (1900, 2, 1), (1900, 2, 28));
        check("2021", (2021, 1, 1), (2021, 12, 31));
        check("2021-XX", (2021, 1, 1), (2021, 12, 31));
        check("196X", (1960, 1, 1), (1969, 12, 31));
        check("19XX-XX-XX", (1900, 1, 1), (1999, 12, 31));
        check("XXXX", (0, 1, 1), (9999, 12, 31));
        check("-004X", (-49, 1, 1), (-40, 12, 31));
        check("Y-170000002", (-170_000_002, 1, 1), (-170_000_002, 12, 31));
        check("2019/2021-03", (2019, 1, 1), (2021, 3, 31));
        check("2021-02~/2021-06?", (2021, 2, 1), (2021, 6, 30));
    }

    #[test]
    fn a_date_begins_on_a_day_unless_it_is_vague() {
        for (text, day) in [("2021", "2021-01-01"), ("2021-06", "2021-06-01"), ("2021-06-03T10:00:00Z", "2021-06-03")] {
            assert_eq!(date(text).first_day(), Some(date(day)), "{text}");
        }
        for text in ["2021?", "202X", "XXXX", "2021-XX", "2021-22", "2020/2021", "../2020", "2021-06-03~"] {
            assert_eq!(date(text).first_day(), None, "{text}");
        }
    }

    #[test]
    fn seasons_begin_in_march_june_september_and_december() {
        check("2021-21", (2021, 3, 1), (2021, 5, 31));
        check("2021-22", (2021, 6, 1), (2021, 8, 31));
        check("2021-23", (2021, 9, 1), (2021, 11, 30));
        check("2023-24", (2023, 12, 1), (2024, 2, 29));
    }

    #[test]
    fn an_end_that_is_not_there_is_endless() {
        assert_eq!((date("../2019").earliest(), date("/2019").earliest()), (BEFORE_ALL, BEFORE_ALL));
        assert_eq!((date("2019/..").latest(), date("2019/").latest()), (AFTER_ALL, AFTER_ALL));
    }

    #[test]
    fn dates_are_ordered_by_their_earliest_day() {
        let mut dates = [
            "2021-02-03",
            "2021-02?",
            "2021",
            "2020-24",
            "2021-22",
            "../2022",
            "202X",
            "2021-01-02~",
            "Y-10000",
            "-0001",
        ];
        dates.sort_by_key(|text| date(text).earliest());
        let expect = [
            "../2022",
            "Y-10000",
            "-0001",
            "202X",
            "2020-24",
            "2021",
            "2021-01-02~",
            "2021-02?",
            "2021-02-03",
            "2021-22",
        ];
        assert_eq!(dates, expect);
    }

    #[test]
    fn reversed_intervals_are_told_with_the_benefit_of_the_doubt() {
        for reversed in ["2022/2021", "2021-05/2021-03", "2021-02-03/2021-02-02", "2022-24/2022-11", "1980~/1950"] {
            assert!(date(reversed).is_reversed(), "{reversed}");
            assert!(date(reversed).earliest() <= date(reversed).latest(), "{reversed}");
        }
        for sound in
            ["2021/2022", "2021/2021", "2021-06/2021", "2021/2021-06", "2022~/2021", "../2021", "2021", "196X/1965"]
        {
            assert!(!date(sound).is_reversed(), "{sound}");
        }
    }

    #[test]
    fn an_approximate_date_may_be_as_far_off_as_it_is_coarse_and_an_uncertain_one_anywhere() {
        let before = |one: &str, other: &str| date(one).definitely_before(&date(other));
        assert!(before("2020", "2021"));
        assert!(!before("2020", "2020-12-31"));
        assert!(!before("2020~", "2021") && !before("2020", "2030~") && before("2020", "2031-01-03~"));
        assert!(!before("2021-02-01", "2021-03-02~") && before("2021-02-01", "2021-03-05~"));
        assert!(before("1950", "197X~") && !before("1960", "197X~") && !before("1850", "19XX~"));
        assert!(!before("1850", "2021-04-03?") && !before("1850", "2021-04-05%") && !before("1850?", "2021"));
        assert!(!before("../2019", "2019-06") && before("../2019", "2020/..") && !before("2019/..", "2050"));
    }

    #[test]
    fn dates_overlap_or_hold_each_other() {
        let overlap = |one: &str, other: &str| date(one).may_overlap(&date(other));
        assert!(overlap("2021", "2021-06-01") && overlap("2019/2021", "2021/..") && overlap("2019/", "2050"));
        assert!(!overlap("2019/2020", "2021") && overlap("2019/2020~", "2021"));
        let holds = |one: &str, other: &str| date(one).contains(&date(other));
        assert!(holds("2021", "2021-06") && holds("2019/..", "2021") && holds("2021-02", "2021-02-XX"));
        assert!(!holds("2021-06", "2021") && !holds("2021", "2021-24") && !holds("2021~", "2022"));
    }
}

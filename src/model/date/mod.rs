//! Dates as historians know them: EDTF, the Extended Date/Time Format (ISO 8601-2:2019), levels 0 and 1.
//!
//! - `parse` reads the format, and `near` says what a near miss should be.
//! - `days` knows the calendar: which days a date covers, which of two dates comes first, what may be at one time.
//! - `words` says a date to people, in the words of a language (`languages`), never sharper than it was written.
//!
//! The calendar is the proleptic Gregorian one with a year zero, as ISO 8601 wants: `0000` is 1 BC. What was parsed is
//! always a date of that calendar: there is no 30 February.
//!
//! The grammar is read here, not by the `edtf` crate (0.2): that one refuses `XXXX`, `196X-XX`, `Y17000/..` and the
//! date-times of TOML and YAML that lack seconds or have fractions of one, does not say what is wrong with a text, and
//! leaves days and their order to a second calendar crate. What is left of it to use is about the size of `parse`.

mod days;
mod languages;
mod near;
mod parse;
mod words;

use std::fmt;

pub use days::{AFTER_ALL, BEFORE_ALL};
pub use languages::Words;

/// Why a text is no date.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// What is wrong: one lower-case sentence without a full stop.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// A date, a point in time or an interval.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Edtf {
    /// One date, with the precision that it was written with.
    Date(Date),
    /// A day with a time; the day counts.
    Time {
        /// The day: its part is [`Part::Day`] and it has no doubt.
        day: Date,
        /// The time, from `T` on, with seconds as written and a zone as `Z` or `+01:00`, where there is one.
        time: Box<str>,
    },
    /// From one end to the other, both included; at least one is a date.
    Interval(End, End),
}

/// One end of an interval.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum End {
    /// A date.
    Date(Date),
    /// There is none (`..`).
    Open,
    /// Nobody knows (nothing written).
    Unknown,
}

/// A date of a year, month, season or day.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Date {
    /// The year.
    pub year: Year,
    /// What is known within the year.
    pub part: Part,
    /// What is doubted of the date as a whole.
    pub doubt: Doubt,
}

/// A year, of which the last digits may be unspecified.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Year {
    /// The year, with zeros for unspecified digits; not zero where a negative year has such digits.
    pub value: i64,
    /// How many of its last digits are unspecified, up to 4: one in `196X`.
    pub unspecified: u8,
}

/// What is known of a date within its year.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Part {
    /// Nothing (`2021`).
    Year,
    /// The month, from 1 (`2021-02`).
    Month(u8),
    /// The season, 21 spring to 24 winter (`2021-22`).
    Season(u8),
    /// Month and day, both from 1 (`2021-02-03`).
    Day(u8, u8),
    /// That it was in one month (`2021-XX`).
    SomeMonth,
    /// The month, and that it was on one day (`2021-02-XX`).
    SomeDay(u8),
    /// That it was on one day (`2021-XX-XX`).
    SomeDayOfYear,
}

/// What is doubted of a date.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Doubt {
    /// Nothing.
    None,
    /// Whether it is right (`?`).
    Uncertain,
    /// How near it comes (`~`).
    Approximate,
    /// Both (`%`).
    Both,
}

impl Edtf {
    /// Parses a date of EDTF level 0 or 1, or a date-time as TOML and YAML write it.
    ///
    /// # Errors
    /// Fails where the text is none, and says which one was meant, where that can be guessed.
    pub fn parse(text: &str) -> Result<Edtf, Fault> {
        parse::parse(text)
    }

    /// Returns the date as HTML's `time` element and schema.org take it (`2021-02`), where it is exact: one date
    /// without doubt, no season, in the years 1 to 9999.
    pub fn machine(&self) -> Option<String> {
        self.is_exact().then(|| self.to_string())
    }

    /// Tells whether the date is one year, month or day of the years 1 to 9999, without a doubt.
    pub fn is_exact(&self) -> bool {
        let date = match self {
            Edtf::Date(date) | Edtf::Time { day: date, .. } => date,
            Edtf::Interval(..) => return false,
        };
        matches!(date.part, Part::Year | Part::Month(_) | Part::Day(..))
            && date.doubt == Doubt::None
            && date.year.unspecified == 0
            && (1..=9999).contains(&date.year.value)
    }

    /// Returns the year that the date begins in, to group by it; `None` for an interval without a start and for `XXXX`.
    /// Of a year with unspecified digits it is the first one.
    pub fn year(&self) -> Option<i64> {
        let date = match self {
            Edtf::Date(date) | Edtf::Time { day: date, .. } | Edtf::Interval(End::Date(date), _) => date,
            Edtf::Interval(..) => return None,
        };
        (date.year.unspecified < 4).then(|| date.year.first())
    }
}

impl Year {
    /// Returns the first year that it may be.
    pub fn first(self) -> i64 {
        if self.value < 0 { self.value - self.span() } else { self.value }
    }

    /// Returns the last year that it may be.
    pub fn last(self) -> i64 {
        if self.value < 0 { self.value } else { self.value + self.span() }
    }

    fn span(self) -> i64 {
        10_i64.pow(u32::from(self.unspecified)) - 1
    }
}

impl fmt::Display for Edtf {
    /// Writes the date in EDTF.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Edtf::Date(date) => date.fmt(f),
            Edtf::Time { day, time } => write!(f, "{day}{time}"),
            Edtf::Interval(from, to) => write!(f, "{from}/{to}"),
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            End::Date(date) => date.fmt(f),
            End::Open => f.write_str(".."),
            End::Unknown => Ok(()),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.year.fmt(f)?;
        match self.part {
            Part::Year => Ok(()),
            Part::Month(number) | Part::Season(number) => write!(f, "-{number:02}"),
            Part::Day(month, day) => write!(f, "-{month:02}-{day:02}"),
            Part::SomeMonth => f.write_str("-XX"),
            Part::SomeDay(month) => write!(f, "-{month:02}-XX"),
            Part::SomeDayOfYear => f.write_str("-XX-XX"),
        }?;
        f.write_str(match self.doubt {
            Doubt::None => "",
            Doubt::Uncertain => "?",
            Doubt::Approximate => "~",
            Doubt::Both => "%",
        })
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !(-9999..=9999).contains(&self.value) {
            return write!(f, "Y{}", self.value);
        }
        let sign = if self.value < 0 { "-" } else { "" };
        let unspecified = usize::from(self.unspecified.min(4));
        let digits = format!("{:04}", self.value.unsigned_abs());
        write!(f, "{sign}{}{}", &digits[..4 - unspecified], &"XXXX"[..unspecified])
    }
}

#[cfg(test)]
mod laws;

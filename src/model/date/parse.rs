//! The grammar of EDTF levels 0 and 1, as the Library of Congress gives it (specification of February 4, 2019).
//!
//!     edtf      = date | day "T" time | end "/" end          at least one end a date
//!     end       = date | ".." | ""
//!     date      = year [ "-" month [ "-" day ] ] [ "?" | "~" | "%" ]
//!     year      = [ "-" ] 4 ( digit | "X", only on the right ) | "Y" [ "-" ] 5*15 digit
//!     month     = 01–12 | 21–24 (seasons, without a day) | "XX"
//!     day       = 01–31, as the month has them | "XX"
//!
//! Unspecified digits stand on the right only: `196X`, `2021-XX`, `2021-02-XX`, `196X-XX`. Beyond the specification, a
//! time may lack seconds, have fractions of one, and stand behind a space, since TOML and YAML write it so.

use super::days::days_of_month;
use super::{Date, Doubt, Edtf, End, Fault, Part, Year, near};

/// How many digits a year may have, so that its days can be counted.
const DIGITS: usize = 15;

/// Why a text does not fit the grammar.
pub(super) enum Refusal {
    /// It is something else; `near` looks what.
    Form,
    /// It has the form of a date, but is none.
    Fault(Fault),
}

impl Refusal {
    fn of(message: impl Into<String>, help: impl Into<String>) -> Refusal {
        Refusal::Fault(Fault { message: message.into(), help: help.into() })
    }

    fn level_2(help: impl Into<String>) -> Refusal {
        Refusal::of("this is EDTF of level 2, of which only levels 0 and 1 are known here", help)
    }
}

/// Parses a text, and explains why it is no date.
pub(super) fn parse(text: &str) -> Result<Edtf, Fault> {
    let text = text.trim();
    edtf(text).map_err(|refusal| match refusal {
        Refusal::Form => near::fault(text),
        Refusal::Fault(fault) => fault,
    })
}

/// Parses a text by the grammar.
pub(super) fn edtf(text: &str) -> Result<Edtf, Refusal> {
    if let Some((from, to)) = text.split_once('/') {
        let (from, to) = (end(from)?, end(to)?);
        return match (from, to) {
            (End::Date(_), _) | (_, End::Date(_)) => Ok(Edtf::Interval(from, to)),
            _ => {
                Err(Refusal::of("this interval has no date at either end", "leave the field out, if nothing is known"))
            }
        };
    }
    match text.as_bytes() {
        [.., b'T' | b't' | b' ', _] => Err(Refusal::Form),
        bytes if bytes.len() > 11 && matches!(bytes[10], b'T' | b't' | b' ') => {
            let day = date(text.get(..10).ok_or(Refusal::Form)?)?;
            let time = time(&text[11..]).ok_or(Refusal::Form)?;
            if matches!(day.part, Part::Day(..)) { Ok(Edtf::Time { day, time }) } else { Err(Refusal::Form) }
        }
        _ => date(text).map(Edtf::Date),
    }
}

fn end(text: &str) -> Result<End, Refusal> {
    match text {
        "" => Ok(End::Unknown),
        ".." => Ok(End::Open),
        _ => date(text).map(End::Date),
    }
}

/// Parses a date without a time.
fn date(text: &str) -> Result<Date, Refusal> {
    let (text, doubt) = match text.as_bytes() {
        [.., b'?'] => (&text[..text.len() - 1], Doubt::Uncertain),
        [.., b'~'] => (&text[..text.len() - 1], Doubt::Approximate),
        [.., b'%'] => (&text[..text.len() - 1], Doubt::Both),
        _ => (text, Doubt::None),
    };
    if let Some(digits) = text.strip_prefix('Y') {
        let year = long_year(digits)?;
        return Ok(Date { year, part: Part::Year, doubt });
    }
    let (sign, bytes) = match text.as_bytes() {
        [b'-', rest @ ..] => (-1, rest),
        bytes => (1, bytes),
    };
    let [a, b, c, d, rest @ ..] = bytes else { return Err(Refusal::Form) };
    let year = year([*a, *b, *c, *d], sign)?;
    let part = match rest {
        [] => Part::Year,
        [b'-', m, n] => month(year, [*m, *n])?,
        [b'-', m, n, b'-', d, e] => day(year, [*m, *n], [*d, *e])?,
        _ => return Err(Refusal::Form),
    };
    Ok(Date { year, part, doubt })
}

fn year(digits: [u8; 4], sign: i64) -> Result<Year, Refusal> {
    let (mut value, mut unspecified) = (0, 0);
    for digit in digits {
        value *= 10;
        match digit {
            b'X' => unspecified += 1,
            b'0'..=b'9' if unspecified == 0 => value += i64::from(digit - b'0'),
            b'0'..=b'9' => return Err(Refusal::level_2("unspecified digits stand on the right here, as in 19XX")),
            _ => return Err(Refusal::Form),
        }
    }
    match (sign, value) {
        (-1, 0) if unspecified == 0 => Err(Refusal::of("there is no year -0000", "write 0000, which is 1 BC")),
        (-1, 0) => {
            Err(Refusal::of("these years are not known well enough for a date", "write an interval, as in -0999/0000"))
        }
        _ => Ok(Year { value: sign * value, unspecified }),
    }
}

/// Parses the digits behind a `Y`.
fn long_year(text: &str) -> Result<Year, Refusal> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, text),
    };
    if digits.contains(['E', 'S']) {
        return Err(Refusal::level_2("write the year in full, as in Y170000000"));
    }
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::Form);
    }
    let value: Option<i64> = if digits.len() > DIGITS { None } else { digits.parse().ok() };
    match value {
        None => Err(Refusal::of("this year is too far away", format!("write at most {DIGITS} digits"))),
        Some(value) if value <= 9999 => {
            let sign = if sign < 0 && value > 0 { "-" } else { "" };
            Err(Refusal::of("a year of up to four digits has no Y", format!("write \"{sign}{value:04}\"")))
        }
        Some(_) if digits.starts_with('0') => Err(Refusal::of("this year begins with a zero", "leave the zero out")),
        Some(value) => Ok(Year { value: sign * value, unspecified: 0 }),
    }
}

fn month(year: Year, digits: [u8; 2]) -> Result<Part, Refusal> {
    if digits == *b"XX" {
        return Ok(Part::SomeMonth);
    }
    match number(digits)? {
        month @ 1..=12 => exact_year(year).map(|()| Part::Month(month)),
        season @ 21..=24 => exact_year(year).map(|()| Part::Season(season)),
        25..=41 => Err(Refusal::level_2("the seasons are 21 spring, 22 summer, 23 autumn and 24 winter")),
        month => Err(no_month(month)),
    }
}

fn day(year: Year, month: [u8; 2], day: [u8; 2]) -> Result<Part, Refusal> {
    match (&month, &day) {
        (b"XX", b"XX") => return Ok(Part::SomeDayOfYear),
        (b"XX", _) => {
            number(day)?;
            return Err(Refusal::level_2("where the month is not known, the day is not either: write XX for both"));
        }
        _ => {}
    }
    let month = number(month)?;
    if !(1..=12).contains(&month) {
        return Err(no_month(month));
    }
    if day == *b"XX" {
        return exact_year(year).map(|()| Part::SomeDay(month));
    }
    let day = number(day)?;
    exact_year(year)?;
    let days = days_of_month(year.value, month);
    if (1..=days).contains(&day) {
        return Ok(Part::Day(month, day));
    }
    let name = super::languages::ENGLISH_MONTHS[usize::from(month) - 1];
    Err(Refusal::of(
        format!("there is no {day} {name} {}", year.value),
        format!("{name} {} has {days} days", year.value),
    ))
}

fn no_month(month: u8) -> Refusal {
    Refusal::of(format!("there is no month {month:02}"), "months are 01 to 12, seasons 21 to 24 without a day")
}

/// Makes sure that a month is not given of a year that is not known.
fn exact_year(year: Year) -> Result<(), Refusal> {
    if year.unspecified == 0 {
        return Ok(());
    }
    Err(Refusal::level_2(
        "where the year is not known, month and day are not either: write XX for them, or leave them out",
    ))
}

fn number(digits: [u8; 2]) -> Result<u8, Refusal> {
    match digits {
        [a @ b'0'..=b'9', b @ b'0'..=b'9'] => Ok((a - b'0') * 10 + (b - b'0')),
        [b'0'..=b'9', b'X'] | [b'X', b'0'..=b'9'] => {
            Err(Refusal::level_2("a month or day is known or not: write XX for it"))
        }
        _ => Err(Refusal::Form),
    }
}

/// Parses a time behind its `T`, and writes it with `Z` or hours and minutes for its zone.
fn time(text: &str) -> Option<Box<str>> {
    let two = |text: &str, most: u8| -> Option<()> {
        let digits: [u8; 2] = text.as_bytes().try_into().ok()?;
        (number(digits).ok()? <= most).then_some(())
    };
    let zone_at = text.find(['Z', 'z', '+', '-']).unwrap_or(text.len());
    let (clock, zone) = (text.get(..zone_at)?.trim_end(), text.get(zone_at..)?);
    let (whole, fraction) = clock.split_once('.').unwrap_or((clock, "0"));
    if fraction.is_empty() || !fraction.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut parts = whole.split(':');
    two(parts.next()?, 24)?;
    two(parts.next()?, 59)?;
    match parts.next() {
        Some(seconds) => two(seconds, 60)?,
        None if clock.len() > whole.len() => return None,
        None => {}
    }
    if parts.next().is_some() {
        return None;
    }
    let zone = match zone {
        "" => String::new(),
        "Z" | "z" => "Z".to_owned(),
        _ => {
            let (hours, minutes) = zone[1..].split_once(':').unwrap_or((&zone[1..], "00"));
            two(hours, 23)?;
            two(minutes, 59)?;
            format!("{}{hours}:{minutes}", &zone[..1])
        }
    };
    Some(format!("T{clock}{zone}").into())
}

#[cfg(test)]
mod tests;

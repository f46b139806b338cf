//! Dates as pages and people write them, read as EDTF.
//!
//! `2023-03-22T10:00Z`, `22 March 2023`, `Mar. 22, 2023`, `22. März 2023`, `22/03/2023`, `2023年3月22日`, `March 2023`.
//! A date that can be read in two ways (`03/04/2023`) is none: a wrong date in a dossier is worse than a missing one.

/// The names of the months in nine languages, by their beginnings, in lower case.
const MONTHS: [&[&str]; 12] = [
    &["jan", "jän", "janv", "ene", "gen", "sty", "янв", "січ"],
    &["feb", "fév", "fev", "febbr", "lut", "фев", "лют"],
    &["mar", "mär", "maar", "mrt", "marz", "мар", "бер"],
    &["apr", "avr", "abr", "kwi", "апр", "кві"],
    &["may", "mai", "mei", "mag", "maj", "май", "мая", "трав"],
    &["jun", "juin", "giu", "cze", "июн", "черв"],
    &["jul", "juil", "lug", "lip", "июл", "лип"],
    &["aug", "aoû", "aou", "ago", "sie", "авг", "серп"],
    &["sep", "set", "wrz", "сен", "вер"],
    &["oct", "okt", "ott", "out", "paź", "окт", "жов"],
    &["nov", "lis", "ноя", "лист"],
    &["dec", "dez", "déc", "dic", "gru", "дек", "груд"],
];

/// Names of months that are written out after a name: `by Ada Weir January 4`.
const FULL: [&str; 30] = [
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "januar",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "janvier",
    "février",
    "mars",
    "avril",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// Words that may stand where a month stands and only begin like one.
const NOT_MONTHS: [&str; 12] = [
    "mark", "market", "marathon", "maria", "mary", "march-in", "genau", "general", "decided", "autumn", "seats",
    "lists",
];

/// Returns the first date in a text.
pub(super) fn find(text: &str) -> Option<String> {
    let text = text.trim();
    let tokens: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '|' | '·')).collect();
    let tokens: Vec<&str> = tokens.into_iter().filter(|token| !token.is_empty()).take(400).collect();
    (0..tokens.len()).find_map(|at| {
        let token = tokens[at];
        written(&tokens[at..]).or_else(|| in_numbers(token)).or_else(|| joined(token)).or_else(|| han(token))
    })
}

/// Tells whether a date is one that somebody set: clocks that were never set say 1970.
pub(super) fn is_meant(date: &str) -> bool {
    date != "1970-01-01" && date != "1900-01-01"
}

/// Reads a date with a month's name: day first, month first, or month and year alone.
fn written(tokens: &[&str]) -> Option<String> {
    // "22 de marzo de 2023"
    let words: Vec<&str> =
        tokens.iter().copied().filter(|word| !matches!(*word, "de" | "of" | "den" | "the")).take(3).collect();
    let year = |word: &&str| {
        word.trim_end_matches(['.', ':', ';', 'г', 'р']).parse::<u32>().ok().filter(|y| (1000..=2999).contains(y))
    };
    match words.as_slice() {
        [first, second, third, ..] if day(first).is_some() && month(second).is_some() => {
            date(year(third)?, month(second)?, day(first)?)
        }
        [first, second, third, ..] if month(first).is_some() && day(second).is_some() => {
            date(year(third)?, month(first)?, day(second)?)
        }
        // "may" and "march" are verbs, too.
        [first, _, ..] if matches!(*first, "may" | "march") => None,
        // A number behind a month that is no year of the press is a day and something else.
        [first, second, ..] => {
            let year = year(second).filter(|year| *year >= 1800)?;
            Some(format!("{year:04}-{:02}", month(first)?))
        }
        _ => None,
    }
}

fn day(word: &str) -> Option<u32> {
    let digits = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let suffix = &word[digits.len()..];
    let known = matches!(suffix, "" | "." | "st" | "nd" | "rd" | "th" | "er" | "º" | "ª" | "e");
    digits.parse().ok().filter(|day| known && digits.len() <= 2 && (1..=31).contains(day))
}

/// Tells whether a word is the name of a month, or short for it.
pub(super) fn is_month(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || c == '.')
        && month(word).is_some()
        && (word.ends_with('.') || word.chars().count() == 3 || FULL.contains(&word.to_lowercase().as_str()))
}

/// Tells whether a word in lower case is the name of a day, or short for it.
pub(super) fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 21] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
        "montag",
        "dienstag",
        "mittwoch",
        "donnerstag",
        "freitag",
        "samstag",
        "sonntag",
    ];
    DAYS.contains(&word)
}

fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_lowercase();
    if word.chars().count() < 3 || word.chars().count() > 12 || NOT_MONTHS.contains(&word.as_str()) {
        return None;
    }
    if word.starts_with("listopad") {
        return Some(11);
    }
    let place = MONTHS.iter().position(|names| names.iter().any(|name| word.starts_with(name)))?;
    u32::try_from(place + 1).ok()
}

/// Reads `2023-03-22T…`, `2023/03/22`, `22.03.2023`, and `22/03/2023` where it can only be read in one way.
fn in_numbers(token: &str) -> Option<String> {
    let date_part = token.split(['T', 't']).next()?.trim_matches(['.', ':', ';', '-']);
    // `22.03.2023-14:28`
    let date_part = date_part.split_once('-').filter(|(day, _)| day.contains('.')).map_or(date_part, |it| it.0);
    let separator = date_part.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<&str> = date_part.split(separator).collect();
    let number = |nth: usize| parts.get(nth)?.parse::<u32>().ok();
    match parts.iter().map(|part| part.len()).collect::<Vec<_>>().as_slice() {
        [4, 1 | 2, 1 | 2] => date(number(0)?, number(1)?, number(2)?),
        [4, 2] if separator == '-' && date_part.len() == token.len() => {
            date(number(0)?, number(1)?, 1).map(|it| it[..7].to_owned())
        }
        [1 | 2, 1 | 2, 4] => {
            let (first, second, year) = (number(0)?, number(1)?, number(2)?);
            match separator {
                '.' => date(year, second, first),
                _ if first == second || first > 12 => date(year, second, first),
                _ if second > 12 => date(year, first, second),
                _ => None,
            }
        }
        _ => None,
    }
}

/// Reads `22-Mar-2023` and `22.mar.2023`.
fn joined(token: &str) -> Option<String> {
    let parts: Vec<&str> = token.trim_end_matches(['.', ':', ';']).split(['-', '.', '/']).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let year = third.parse().ok().filter(|_| third.len() == 4)?;
    let is_name = second.chars().all(char::is_alphabetic);
    date(year, month(second).filter(|_| is_name)?, day(first)?)
}

/// Reads `2023年3月22日`.
fn han(token: &str) -> Option<String> {
    let (year, rest) = token.split_once('年')?;
    let (month, rest) = rest.split_once('月')?;
    let year = year.rsplit(|c: char| !c.is_ascii_digit()).next()?;
    let day = rest.split_once('日').map(|(day, _)| day);
    date(year.parse().ok()?, month.parse().ok()?, day?.parse().ok()?)
}

/// Makes the date, if there is such a day.
fn date(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    let exists = (1000..=2999).contains(&year) && (1..=12).contains(&month) && (1..=last).contains(&day);
    exists.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::find;

    fn check(text: &str, expect: Option<&str>) {
        assert_eq!(find(text).as_deref(), expect, "{text:?}");
    }

    #[test]
    fn dates_are_read_as_they_are_written() {
        for text in [
            "2023-03-22T10:00:00+01:00",
            "2023-03-22",
            "2023/03/22",
            "22 March 2023",
            "Wednesday, 22nd March 2023, 10:00",
            "March 22, 2023",
            "Published Mar. 22, 2023 at 5 p.m.",
            "22. März 2023",
            "22 mars 2023",
            "22 marca 2023 r.",
            "22 марта 2023 г.",
            "22.03.2023",
            "22/03/2023",
            "3/22/2023",
            "2023年3月22日",
            "22 de marzo de 2023",
            "Updated: 22 Mar 2023",
            "the 22nd of March, 2023",
            "22 maart 2023",
            "22 marzo 2023",
            "22-Mar-2023 10:00",
            "22.mar.2023 às 10h00",
            "-Aktualisiert am 22.03.2023-14:28",
        ] {
            check(text, Some("2023-03-22"));
        }
        check("November 2021", Some("2021-11"));
        check("11 listopada 2021", Some("2021-11-11"));
        check("1er août 2020", Some("2020-08-01"));
    }

    #[test]
    fn what_is_no_date_is_none() {
        check("03/04/2023", None);
        check("31/02/2023", None);
        check("in 2023", None);
        check("page 22 of 30", None);
        check("He may 2000 times", None);
        check("10.5.3", None);
        check("", None);
    }
}

//! Near misses: dates as people write them, and what they are in EDTF.
//!
//! Only texts that the grammar refused come here. A guess is offered where the text can mean one thing, or two that
//! differ in the order of day and month; it is never taken, since the sharper reading of a date may be wrong.

use super::parse::edtf;
use super::{Fault, languages};

/// How long a text is looked at: nobody writes a date longer than that.
const LOOKED_AT: usize = 80;

/// Explains why a text that the grammar refused is no date.
pub(super) fn fault(text: &str) -> Fault {
    let fault = |message: &str, help: String| Fault { message: message.to_owned(), help };
    if text.is_empty() {
        return fault("this date is empty", "leave the field out, or write what is known, as in 196X".to_owned());
    }
    if let Some(help) = level_2(text) {
        return fault("this is EDTF of level 2, of which only levels 0 and 1 are known here", help);
    }
    let message = "this is no date in EDTF";
    let guesses = if text.len() > LOOKED_AT { Vec::new() } else { guess(&plain(text)) };
    match &*guesses {
        [one] => fault(message, format!("write \"{one}\"")),
        [one, other] => fault(message, format!("write the year first: \"{one}\" or \"{other}\"")),
        _ if matches!(
            plain(text).as_str(),
            "unknown" | "n.d." | "nd" | "?" | "-" | "none" | "unbekannt" | "inconnu"
        ) =>
        {
            fault(message, "leave the field out, if nothing is known".to_owned())
        }
        _ => fault(
            message,
            "write what is known, as in 2021-02-03, 2021-02, 2021-22 (summer), 196X or 2019/2021; `~` behind a date \
             means about, `?` uncertain"
                .to_owned(),
        ),
    }
}

/// Says what to write for a feature of EDTF level 2.
fn level_2(text: &str) -> Option<String> {
    if text.starts_with(['[', '{']) {
        return Some("write one date, or an interval from the first to the last, as in 1667/1672".to_owned());
    }
    if let Some((year, digits)) = text.split_once('S')
        && [year, digits].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return Some("write the digits that are not known as X, as in 19XX".to_owned());
    }
    let signs = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'X' | b'-' | b'?' | b'~' | b'%' | b'/' | b'.');
    if !text.contains(['?', '~', '%']) || !text.bytes().all(signs) || text.len() > LOOKED_AT {
        return None;
    }
    let ends: Option<Vec<String>> = text.split('/').map(doubt_at_the_end).collect();
    let meant = ends?.join("/");
    let known = edtf(&meant).is_ok();
    known.then(|| format!("a doubt is said of the whole date, at its end: write \"{meant}\""))
}

/// Moves the marks of doubt of a date to its end, as one.
fn doubt_at_the_end(date: &str) -> Option<String> {
    let marks: Vec<&str> = date.matches(['?', '~', '%']).collect();
    let mark = match &*marks {
        [] => "",
        [first, rest @ ..] if rest.iter().all(|mark| mark == first) => first,
        _ => "%",
    };
    Some(format!("{}{mark}", date.replace(['?', '~', '%'], "")))
}

/// Returns a text in lower case, with hyphens for dashes.
fn plain(text: &str) -> String {
    let text = text.to_lowercase();
    text.replace(['\u{2010}', '\u{2011}', '\u{2012}', '\u{2013}', '\u{2014}', '\u{2212}'], "-")
}

/// Returns what a text in lower case may mean.
fn guess(text: &str) -> Vec<String> {
    if let Some(rest) =
        strip_any(text, &["before ", "until ", "till ", "up to ", "vor ", "bis ", "avant ", "jusqu'à ", "<"])
    {
        return one(rest).map(|date| format!("../{date}")).into_iter().collect();
    }
    if let Some(rest) = strip_any(text, &["after ", "since ", "nach ", "seit ", "ab ", "depuis ", "après ", ">"]) {
        return one(rest).map(|date| format!("{date}/..")).into_iter().collect();
    }
    let about = [
        "c. ", "c.", "ca. ", "ca.", "ca ", "c ", "circa ", "about ", "around ", "approx. ", "um ", "etwa ", "vers ",
        "environ ",
    ];
    if let Some(rest) = strip_any(text, &about) {
        let date = one(rest).filter(|date| !date.ends_with(['?', '~', '%']));
        return date.map(|date| format!("{date}~")).into_iter().collect();
    }
    let dates = dates(text);
    if dates.is_empty() { interval(text).into_iter().collect() } else { dates }
}

fn strip_any<'t>(text: &'t str, heads: &[&str]) -> Option<&'t str> {
    heads.iter().find_map(|head| text.strip_prefix(head)).map(str::trim)
}

/// Returns the one date that a text may mean.
fn one(text: &str) -> Option<String> {
    if let Ok(date) = edtf(&text.to_uppercase()) {
        let date = date.to_string();
        return (!date.contains('/')).then_some(date);
    }
    match &*dates(text) {
        [one] if text.len() > 2 => Some(one.clone()),
        _ => None,
    }
}

/// Reads two dates with `to`, a dash or dots between them.
fn interval(text: &str) -> Option<String> {
    let text = strip_any(text, &["from ", "between ", "von ", "zwischen ", "de ", "entre "]).unwrap_or(text);
    let between = [" to ", " until ", " through ", " and ", " bis ", " und ", " à ", " et ", " - ", "..", "/", "-"];
    for sign in between {
        let Some((from, to)) = text.split_once(sign) else { continue };
        if sign == "-" && (from.len() != 4 || !matches!(to.len(), 0 | 4..)) {
            continue;
        }
        let from = one(from.trim())?;
        return match to.trim() {
            "" | "present" | "now" | "today" | "heute" | "aujourd'hui" | "ongoing" => Some(format!("{from}/..")),
            to => one(to).map(|to| format!("{from}/{to}")),
        };
    }
    None
}

/// A piece of a date as people write it.
#[derive(PartialEq, Debug)]
enum Piece<'t> {
    /// Digits.
    Number(&'t str),
    /// Letters.
    Word(&'t str),
    /// Anything else but white space.
    Sign(char),
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let part = |of: fn(char) -> bool| rest.find(|letter| !of(letter)).unwrap_or(rest.len());
        let len = if first.is_ascii_digit() {
            let len = part(|letter| letter.is_ascii_digit());
            pieces.push(Piece::Number(&rest[..len]));
            len
        } else if first.is_alphabetic() {
            let len = part(char::is_alphabetic);
            pieces.push(Piece::Word(&rest[..len]));
            len
        } else {
            pieces.push(Piece::Sign(first));
            first.len_utf8()
        };
        rest = rest[len..].trim_start();
    }
    pieces
}

/// Reads a single date in one of the forms that people use; two where day and month cannot be told apart.
fn dates(text: &str) -> Vec<String> {
    use Piece::{Number, Sign, Word};
    let mut pieces = pieces(text);
    let filler = ["of", "the", "le", "st", "nd", "rd", "th", "de"];
    pieces.retain(|piece| !matches!(piece, Sign(',')) && !matches!(piece, Word(word) if filler.contains(word)));
    if let [Number("1"), Word("er"), ..] = &*pieces {
        pieces.remove(1);
    }
    if matches!(pieces.last(), Some(Sign('.'))) && pieces.len() > 1 {
        pieces.pop();
    }
    let guesses = match &*pieces {
        [Number(year), Sign('-' | '/' | '.'), Number(month), Sign('-' | '/' | '.'), Number(day)] if year.len() == 4 => {
            vec![numbers(year, month, day)]
        }
        [Number(year), Sign('-' | '/' | '.'), Number(month)] if year.len() == 4 => vec![numbers(year, month, "")],
        [Number(day), Sign('.'), Number(month), Sign('.'), Number(year)] if year.len() == 4 => {
            vec![numbers(year, month, day)]
        }
        [Number(one), Sign('-' | '/'), Number(other), Sign('-' | '/'), Number(year)] if year.len() == 4 => {
            let (one, other) = (numbers(year, other, one), numbers(year, one, other));
            if one == other { vec![one] } else { vec![one, other] }
        }
        [Number(month), Sign('-' | '/' | '.'), Number(year)] if year.len() == 4 => vec![numbers(year, month, "")],
        [Number(day), Word(month), Number(year)]
        | [Number(day), Sign('.'), Word(month), Number(year)]
        | [Number(day), Word(month), Sign('.'), Number(year)]
        | [Word(month), Number(day), Number(year)]
        | [Word(month), Sign('.'), Number(day), Number(year)]
        | [Number(day), Sign('-'), Word(month), Sign('-'), Number(year)] => named(month, day, year),
        [Word(month), Number(year)] | [Word(month), Sign('.'), Number(year)] | [Number(year), Word(month)]
            if year.len() == 4 && *month != "s" =>
        {
            named(month, "", year)
        }
        [Number(digits)] => vec![digits_alone(digits)],
        [Sign('-'), Number(digits)] if digits.len() < 4 => vec![format!("-{digits:0>4}")],
        [Number(decade), Word("s" | "er")] | [Number(decade), Word("er"), ..] if decade.len() == 4 => decades(decade),
        [Number(year), Word("bc" | "bce")] | [Number(year), Word("v"), Sign('.'), Word("chr")] => before_christ(year),
        [Number(year), Word("ad" | "ce")] | [Word("ad"), Number(year)] => vec![format!("{year:0>4}")],
        _ => vec![text.replace(' ', "").to_uppercase()],
    };
    guesses.into_iter().filter(|guess| edtf(guess).is_ok()).collect()
}

fn numbers(year: &str, month: &str, day: &str) -> String {
    match day {
        "" => format!("{year}-{month:0>2}"),
        _ => format!("{year}-{month:0>2}-{day:0>2}"),
    }
}

/// Reads digits without anything between them: a whole date, a year that is too long or too short.
fn digits_alone(digits: &str) -> String {
    match digits.len() {
        8 => format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]),
        0..=3 => format!("{digits:0>4}"),
        _ => format!("Y{digits}"),
    }
}

/// Reads a month or season by its name, or the beginning of it.
fn named(name: &str, day: &str, year: &str) -> Vec<String> {
    let number = languages::month_number(name).or_else(|| languages::season_number(name).filter(|_| day.is_empty()));
    number.map(|number| numbers(year, &number.to_string(), day)).into_iter().collect()
}

fn decades(digits: &str) -> Vec<String> {
    let decade = format!("{}X", &digits[..3]);
    match &digits[2..] {
        "00" => vec![decade, format!("{}XX", &digits[..2])],
        _ => vec![decade],
    }
}

fn before_christ(digits: &str) -> Vec<String> {
    match digits.parse::<u32>() {
        Ok(1) => vec!["0000".to_owned()],
        Ok(year @ 2..=9999) => vec![format!("-{:04}", year - 1)],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Edtf;

    /// Checks that the help for a text names what to write.
    fn check(text: &str, expect: &str) {
        let fault = Edtf::parse(text).expect_err(text);
        assert!(fault.help.contains(&format!("\"{expect}\"")), "{text}: {fault:?}");
    }

    #[test]
    fn numbers_in_another_order_or_with_other_signs() {
        check("2021/02/03", "2021-02-03");
        check("2021-2-3", "2021-02-03");
        check("2021.02.03", "2021-02-03");
        check("2021/2", "2021-02");
        check("2021-2", "2021-02");
        check("3.2.2021", "2021-02-03");
        check("02-03-2021", "2021-03-02\" or \"2021-02-03");
        check("25/12/2021", "2021-12-25");
        check("12/25/2021", "2021-12-25");
        check("02/2021", "2021-02");
        check("20210203", "2021-02-03");
        check("967", "0967");
        check("-44", "-0044");
        check("17000", "Y17000");
        check("196x", "196X");
        check("y17000", "Y17000");
        check("2021–02–03", "2021-02-03");
    }

    #[test]
    fn months_and_seasons_by_their_names() {
        check("3 Feb 2021", "2021-02-03");
        check("Feb 3, 2021", "2021-02-03");
        check("February 3rd, 2021", "2021-02-03");
        check("the 3rd of February 2021", "2021-02-03");
        check("3-Feb-2021", "2021-02-03");
        check("Feb. 2021", "2021-02");
        check("3. März 2021", "2021-03-03");
        check("1er août 2021", "2021-08-01");
        check("Summer 2019", "2019-22");
        check("fall 2019", "2019-23");
        check("Herbst 2019", "2019-23");
    }

    #[test]
    fn doubts_decades_and_centuries() {
        check("c. 1967", "1967~");
        check("ca. 1967", "1967~");
        check("circa Feb 1967", "1967-02~");
        check("around 2021-02", "2021-02~");
        check("~1967", "1967~");
        check("?1967", "1967?");
        check("2004?-06~-11", "2004-06-11%");
        check("1960s", "196X");
        check("1960er Jahre", "196X");
        check("1900s", "190X\" or \"19XX");
        check("44 BC", "-0043");
        check("1 BCE", "0000");
        check("967 AD", "0967");
    }

    #[test]
    fn intervals() {
        check("2019-2021", "2019/2021");
        check("2019 – 2021", "2019/2021");
        check("2019 to March 2021", "2019/2021-03");
        check("from 3 Feb 2021 to 5 Feb 2021", "2021-02-03/2021-02-05");
        check("2019-present", "2019/..");
        check("2019-", "2019/..");
        check("before 2019", "../2019");
        check("until Feb 2019", "../2019-02");
        check("since 2019", "2019/..");
        check("2019/present", "2019/..");
        check("2019..2021", "2019/2021");
        check("2021-2-3/2021-2-5", "2021-02-03/2021-02-05");
    }

    #[test]
    fn what_cannot_be_guessed_gets_examples() {
        let long = "1".repeat(1_000_000);
        for text in [
            "",
            "soon",
            "10:00:00",
            "2021-02-03T25:00:00",
            "32/13/2021",
            "[[2021]]é",
            "é",
            "2021-02-03/2021/2022",
            "unknown",
            &long,
        ] {
            let fault = Edtf::parse(text).expect_err("it is none");
            assert!(!fault.help.is_empty() && !fault.message.is_empty(), "{text}");
        }
    }
}

//! Lines that say who wrote a text: `By Ada Lovelace and Jonas Weir, 4 March`, `Marta Lind` over `Chief reporter`.
//!
//! A wrong author that stands as a fact is worse than none: a line is believed only where every part of it looks like the
//! name of a person, and a name that nothing marks only beside a date, where the article never has it.

use super::date;
use super::person::{as_name, is_handle, is_office, is_person, names};

/// Words before an author's name, in lower case.
const BYLINES: [&str; 21] = [
    "by",
    "von",
    "par",
    "por",
    "autor",
    "autorin",
    "auteur",
    "author",
    "authors",
    "written by",
    "text",
    "reported by",
    "posted by",
    "published by",
    "автор",
    "di",
    "door",
    "words by",
    "verfasst von",
    "words",
    "作者",
];

/// Reads a line that names its author: behind a word such as `By`, or beside a date.
pub(super) fn byline(line: &str) -> Option<Vec<String>> {
    if line.split(' ').count() > 20 {
        return None;
    }
    if let Some(name) = in_han(line) {
        return Some(vec![name]);
    }
    // One of several things in a line says it: `The Courier | 4 March 2023 | By Ada Weir`.
    let parted = line.split(['|', '•', '·']).skip(1).map(str::trim).find(|part| begins_marked(part));
    let line = parted.unwrap_or(line);
    let lower = line.to_lowercase();
    let said = |word: &&&str| lower.len() == line.len() && begins(&lower, word);
    let word = BYLINES.iter().filter(said).max_by_key(|word| word.len());
    let text = match word {
        Some(word) => &line[word.len()..],
        None => beside_date(line)?,
    };
    let found = names(before_date(text));
    let looks =
        |name: &String| is_person(&as_name(name)) || word.is_some() && is_handle(name) && !text.trim().contains(' ');
    (!found.is_empty() && found.iter().all(looks)).then(|| found.iter().map(|name| as_name(name)).collect())
}

fn begins_marked(line: &str) -> bool {
    let lower = line.to_lowercase();
    BYLINES.iter().any(|word| begins(&lower, word))
}

fn begins(lower: &str, word: &str) -> bool {
    let rest = lower.strip_prefix(word);
    rest.is_some_and(|rest| rest.starts_with([' ', ':', '：']))
}

/// Reads `作者：林小海`, anywhere in a line.
fn in_han(line: &str) -> Option<String> {
    let rest =
        ["作者：", "作者:", "记者：", "記者："].iter().find_map(|mark| Some(&line[line.find(mark)? + mark.len()..]))?;
    let name: String = rest.trim_start().chars().take_while(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '·')).collect();
    // `作者：责任编辑：…` names nobody before the next colon.
    let is_label = rest.trim_start()[name.len()..].starts_with(['：', ':']);
    ((2..=4).contains(&name.chars().count()) && !is_label).then_some(name)
}

/// Returns the part of a dated line that may be a name: `Posted on 4 March 2023 by Ada`, `Ada Weir - 4 March 2023`.
fn beside_date(line: &str) -> Option<&str> {
    if line.split(' ').count() > 14 || date::find(line).is_none() {
        return None;
    }
    let behind =
        [" by ", " von ", " par ", " por "].iter().find_map(|word| Some(&line[line.find(word)? + word.len()..]));
    let before = before_date(line).trim_end();
    let rest = line[before.len().min(line.len())..].trim_start();
    let marked = [" –", " -", " |", " /", " ·"].iter().find_map(|end| before.strip_suffix(end));
    let joined = ["am ", "on ", "published ", "posted "].iter().any(|word| {
        let date = rest.get(..word.len()).filter(|start| start.eq_ignore_ascii_case(word)).map(|_| &rest[word.len()..]);
        date.is_some_and(|date| before_date(date).is_empty())
    });
    // Without the time of day it may as well be where a report was written: `Port Ellery, 4 March 2023`.
    let timed =
        line.split([' ', '.']).any(|word| word.split_once(':').is_some_and(|(hour, _)| hour.parse::<u8>().is_ok()));
    let marked = marked.or_else(|| before.strip_suffix(',').filter(|_| timed).map(str::trim_end));
    let before = marked.or(joined.then_some(before)).map(|text| text.trim_end_matches(['|', '/', '-', ' ']));
    behind.or(before).or_else(|| after_date(line))
}

/// Returns the name behind a date that begins a line: `4. März 2023 Ada Weir Schreibe einen Kommentar`.
fn after_date(line: &str) -> Option<&str> {
    let invites = [" Schreibe ", " Hinterlasse ", " Keine Kommentare", " Leave a ", " No Comments", " Kommentare"];
    let at = invites.iter().filter_map(|word| line.find(word)).min()?;
    let is_of_date =
        |word: &str| word.contains(|c: char| c.is_ascii_digit()) || date::is_month(word) || word.chars().count() <= 2;
    let mut rest = &line[..at];
    while let Some((_, behind)) = rest.split_once(' ').filter(|(word, _)| is_of_date(word)) {
        rest = behind;
    }
    (rest.len() < at).then_some(rest)
}

/// Tells whether a line says that what follows is an author.
pub(super) fn is_marked(line: &str) -> bool {
    begins_marked(line) || [" by ", " von ", " par ", " por "].iter().any(|it| line.contains(it))
}

/// Cuts a line where its date, its time or an invitation begins.
pub(super) fn before_date(text: &str) -> &str {
    let text = text.trim_start_matches([':', '：', ' ']);
    let mut at = 0;
    for word in text.split_inclusive(' ') {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@');
        let lower = bare.to_lowercase();
        let is_end = bare.starts_with(|c: char| c.is_ascii_digit() || c == '@')
            || matches!(lower.as_str(), "follow" | "updated" | "published" | "posted" | "min" | "share" | "am" | "on")
            || date::is_month(word.trim())
            || date::is_weekday(&lower);
        if is_end {
            return text[..at].trim_end();
        }
        at += word.len();
    }
    text
}

/// Finds names on a line of their own: behind a line that says `By`, before one that says what their bearer is (`Marta
/// Lind`, `Chief reporter`), or in capitals beside a date.
pub(super) fn signed(head: &[&str]) -> Option<Vec<String>> {
    let short = |line: &str| line.split(' ').count() <= 6;
    let says_by = |line: &str| BYLINES.contains(&line.to_lowercase().trim_end_matches([':', ' ']));
    for pair in head.windows(2) {
        let found = names(before_date(pair[if says_by(pair[0]) { 1 } else { 0 }]));
        let is_signed = says_by(pair[0]) || short(pair[1]) && is_office(pair[1]);
        if is_signed && !found.is_empty() && found.iter().all(|name| is_person(name)) {
            return Some(found);
        }
    }
    let near = |at: usize| head[at.saturating_sub(2)..head.len().min(at + 3)].iter();
    let is_dated = |at: &usize| near(*at).any(|line| short(line) && date::find(line).is_some());
    (0..head.len()).filter(is_dated).find_map(|at| in_capitals(head[at]))
}

/// Reads a line that is nothing but names in capitals: `NADIA FENNIMORE AND TOM LEE`.
pub(super) fn in_capitals(line: &str) -> Option<Vec<String>> {
    let is_word = |word: &str| word.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '\'' | '’' | '.'));
    let is_name = |name: &&str| (2..=3).contains(&name.split(' ').count()) && name.split(' ').all(is_word);
    let marked = line.replace(" & ", " AND ").replace(", ", " AND ");
    let parts: Vec<&str> = marked.split(" AND ").collect();
    // A single name might as well be a heading.
    let fits = parts.iter().all(is_name) && parts.len() <= 4 && parts.iter().all(|name| is_person(&as_name(name)));
    (fits && parts.len() > 1).then(|| parts.into_iter().map(as_name).collect())
}

/// Finds names that nothing marks: on a line beside a short one with the date, or before what their bearer is (`Ada Weir
/// Crime correspondent`). A name that the article has, too, is of somebody whom it is about.
pub(super) fn unmarked(head: &[&str], body: &[&str]) -> Option<Vec<String>> {
    let is_new = |name: &String| !body.iter().any(|line| line.contains(name.as_str()));
    let mut found: Vec<String> = Vec::new();
    for line in head {
        match with_office(line) {
            Some(name) => found.push(name),
            None if found.is_empty() => {}
            None => break,
        }
    }
    if !found.is_empty() {
        return Some(found);
    }
    let is_dated =
        |at: usize| head.get(at).is_some_and(|line| line.split(' ').count() <= 14 && date::find(line).is_some());
    let near = |at: &usize| is_dated(at + 1) || *at > 0 && is_dated(at - 1);
    (0..head.len()).filter(near).find_map(|at| {
        let line = before_date(head[at]);
        let found = names(head[at]);
        let fits = line == head[at] && !found.is_empty() && found.iter().all(|name| is_person(name) && is_new(name));
        let whole: usize = found.iter().map(|name| name.split(' ').count()).sum();
        (fits && whole + found.len() > line.split(' ').count()).then_some(found)
    })
}

/// Words with which an office begins, in lower case.
const DESKS: [&str; 40] = [
    "arts",
    "assistant",
    "associate",
    "brussels",
    "bureau",
    "business",
    "chief",
    "city",
    "community",
    "consumer",
    "court",
    "crime",
    "culture",
    "defence",
    "deputy",
    "diplomatic",
    "economics",
    "education",
    "environment",
    "european",
    "features",
    "foreign",
    "health",
    "home",
    "international",
    "investigations",
    "legal",
    "local",
    "managing",
    "national",
    "news",
    "political",
    "politics",
    "science",
    "senior",
    "social",
    "special",
    "sports",
    "staff",
    "technology",
];

/// Reads a name that what its bearer is stands behind: `Ada Weir Crime correspondent`.
pub(super) fn with_office(line: &str) -> Option<String> {
    let words: Vec<&str> =
        line.trim_end_matches([',', '.']).split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let is_chief = words.last().is_some_and(|word| word.eq_ignore_ascii_case("chief"));
    if words.len() > 8 || !is_office(line) && !is_chief {
        return None;
    }
    let is_desk = |word: &&str| DESKS.contains(&word.to_lowercase().as_str()) || is_office(word);
    let at = words.iter().position(is_desk)?;
    // Of `Ada Weir Harbour correspondent` nobody knows where the name ends.
    if at > 2 && is_office(words[at]) {
        return None;
    }
    // `Ada Weir Aldmoor bureau chief`.
    let of_place = words[at].eq_ignore_ascii_case("bureau");
    let name = as_name(&words[..at.saturating_sub(usize::from(of_place))].join(" "));
    is_person(&name).then_some(name)
}

/// Reads who reported what an agency's editors edited: `Reporting by Ada Weir in Aldmoor; Editing by Tom Lee`.
pub(super) fn reported(line: &str) -> Option<Vec<String>> {
    let rest = line.trim_start_matches('(').strip_prefix("Reporting by ")?;
    let rest = rest.split([';', '.', ')']).next()?;
    let rest = rest.split(" in ").next()?;
    let found = names(rest);
    (!found.is_empty() && found.iter().all(|name| is_person(name))).then_some(found)
}

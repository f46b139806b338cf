//! What is found out about scrapes: what one gets by marking a whole news page and pasting it into a text file.
//!
//! Each file in `tests/articles/scrapes` says above a line `----` what is to be found, and marks each line below it: `~`
//! is clutter that must be proposed as noise, `=` is the article's and must not be; `.` may be either.

use std::collections::BTreeSet;

use super::article;
use crate::capture::Format;

/// Returns what each scrape is, in two parts: what is expected, and the marked lines.
fn scrapes() -> Vec<(&'static str, &'static str, &'static str)> {
    macro_rules! scrapes {
        ($($name:literal)*) => {
            [$(($name, include_str!(concat!("../../../tests/articles/scrapes/", $name, ".txt")))),*]
        };
    }
    let files = scrapes!("agency" "allgemeine" "blog" "broadcaster" "broadsheet" "daily" "diario" "local" "magazin"
        "metropolitan" "national" "network" "quotidien" "release" "wire" "xinwen");
    let parts = |(name, text): (&'static str, &'static str)| {
        let (expect, lines) = text.split_once("----\n").expect("it has both parts");
        (name, expect, lines)
    };
    files.into_iter().map(parts).collect()
}

/// Returns the text of a scrape as it was pasted, without marks.
fn pasted(lines: &str) -> String {
    lines
        .lines()
        .map(|line| line.strip_prefix(['~', '=', '.']).unwrap_or(line))
        .fold(String::new(), |text, line| text + line + "\n")
}

/// Returns the lines with a mark.
fn marked(lines: &str, mark: char) -> impl Iterator<Item = &str> {
    lines.lines().filter_map(move |line| line.strip_prefix(mark))
}

#[test]
fn scrapes_say_their_title_author_date_and_publisher() {
    let mut wrong = Vec::new();
    for (name, expect, lines) in scrapes() {
        let found = article(pasted(lines).as_bytes(), Format::Txt, None);
        let said = |field: &Option<String>| field.clone().unwrap_or_default();
        let found = format!(
            "title: {}\nauthor: {}\ndate: {}\npublisher: {}\n",
            said(&found.title),
            found.authors.join("; "),
            said(&found.issued),
            said(&found.publisher)
        );
        let expect: Vec<&str> = expect.lines().map(str::trim_end).collect();
        let found: Vec<&str> = found.lines().map(str::trim_end).collect();
        let differ = expect.iter().zip(&found).filter(|(expect, found)| expect != found);
        wrong.extend(differ.map(|(expect, found)| format!("{name}: {expect:?}, found {found:?}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_clutter_of_scrapes_is_noise_and_their_text_is_not() {
    let mut wrong = Vec::new();
    for (name, _, lines) in scrapes() {
        let noise = article(pasted(lines).as_bytes(), Format::Txt, None).noise;
        let noise: BTreeSet<&str> = noise.iter().map(String::as_str).collect();
        let kept: BTreeSet<&str> = marked(lines, '=').collect();
        wrong.extend(kept.iter().filter(|line| noise.contains(*line)).map(|line| format!("{name}: lost {line:?}")));
        let clutter = marked(lines, '~').filter(|line| !kept.contains(line) && !noise.contains(line));
        wrong.extend(clutter.map(|line| format!("{name}: stays {line:?}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

//! What the text of an article tells of it where nothing else does: its head is read line by line.
//!
//! In the head of a news page the name of the paper, a title, perhaps a standfirst, a byline and a date follow each
//! other, in changing order; at its foot stands who has the copyright.

use super::super::extract::Format;
use super::super::text::{CaptureText, Kind};
use super::byline::{as_name, byline, in_capitals, signed};
use super::{Article, clutter, date, lines};

/// How many lines the head has at most.
const HEAD: usize = 30;

/// How many paragraphs of prose the head of a page holds at most: a standfirst, a caption, and the first of the article.
const PROSE: usize = 3;

/// How many lines above the heading of a page belong to its head.
const ABOVE: usize = 3;

/// Words that the names of papers and agencies hold, in lower case.
const PAPERS: [&str; 32] = [
    "times",
    "courier",
    "post",
    "herald",
    "gazette",
    "tribune",
    "journal",
    "news",
    "zeitung",
    "daily",
    "guardian",
    "observer",
    "chronicle",
    "telegraph",
    "press",
    "review",
    "magazine",
    "bulletin",
    "agency",
    "broadcasting",
    "mail",
    "globe",
    "record",
    "standard",
    "tageblatt",
    "kurier",
    "monde",
    "gazeta",
    "register",
    "dispatch",
    "examiner",
    "newsroom",
];

/// Reads what it can from a text.
pub(super) fn article(text: &CaptureText, format: Format) -> Article {
    let all: Vec<String> = lines(text).collect();
    let heading = text.blocks.iter().find(|block| matches!(block.kind, Kind::Heading(1 | 2)));
    let heading = heading.map(|block| super::tidy(&text.text[block.range.clone()]));
    // Above the heading of a page are its menus, in which many a line looks like a name.
    let start = match (&heading, format) {
        (Some(heading), Format::Html) => all.iter().position(|line| line == heading).unwrap_or(0).saturating_sub(ABOVE),
        (None, Format::Html) => all.len(),
        _ => 0,
    };
    let mut prose = 0;
    let head = all.iter().skip(start).map(String::as_str).take(HEAD).take_while(|line| {
        prose += usize::from(format == Format::Html && clutter::is_prose(line));
        prose <= PROSE
    });
    let head: Vec<&str> = head.collect();
    let publisher = head
        .iter()
        .find_map(|line| said_publisher(line))
        .or_else(|| all.iter().rev().take(HEAD).find_map(|line| said_publisher(line)));
    let paper = head.iter().take(3).find(|line| is_paper(line)).map(|line| as_name(line));
    let uncaptioned = without_captions(&head);
    let first = || title(&uncaptioned, paper.as_deref());
    Article {
        title: if format == Format::Html { heading } else { heading.or_else(first) },
        authors: head.iter().find_map(|line| byline(line)).or_else(|| signed(&head)).unwrap_or_default(),
        issued: issued(&head),
        publisher: publisher.or_else(|| paper.clone()),
        container_title: paper,
        ..Article::default()
    }
}

/// Finds the date in the head: in a line that says what it is, else in a short one.
fn issued(head: &[&str]) -> Option<String> {
    let says = |line: &&&str| {
        let line = line.to_lowercase();
        ["publish", "posted", "veröffentlicht", "publié", "publicado", "опубликовано", "opublikowano"]
            .iter()
            .any(|it| line.contains(it))
    };
    let short = |line: &&&str| line.split(' ').count() <= 14;
    let find = |line: &&str| date::find(line);
    head.iter().filter(says).find_map(find).or_else(|| head.iter().filter(short).find_map(find))
}

/// Reads `© 2023 The Harbour Courier. All rights reserved.` and `Published by …`.
fn said_publisher(line: &str) -> Option<String> {
    if line.split(' ').count() > 20 {
        return None;
    }
    let mark = ["©", "(c)", "Copyright", "copyright"].iter().find(|mark| line.contains(**mark));
    let rest = match mark {
        Some(mark) => &line[line.rfind(mark)? + mark.len()..],
        None => ["Published by ", "Publisher: ", "Herausgeber: "].iter().find_map(|mark| line.strip_prefix(mark))?,
    };
    let noise = |c: char| c.is_ascii_digit() || c.is_whitespace() || "©-–,.:".contains(c);
    let rest = rest.trim_start_matches(noise).trim_start_matches("by ");
    let end = [". All", ", All", " All rights", " all rights", ". ", " | ", " Alle Rechte"]
        .iter()
        .filter_map(|mark| rest.find(mark))
        .min();
    let name = rest[..end.unwrap_or(rest.len())].trim_end_matches(noise).trim();
    (!name.is_empty() && name.split(' ').count() <= 8 && name.starts_with(char::is_uppercase)).then(|| name.to_owned())
}

fn is_paper(line: &str) -> bool {
    let words: Vec<String> = line.split(' ').map(str::to_lowercase).collect();
    let named = words.iter().any(|word| PAPERS.contains(&word.as_str()));
    named
        && words.len() <= 6
        && !line.ends_with(['.', '?', '!', ':'])
        && line.starts_with(|c: char| c.is_uppercase())
        && every_word_begins_large(line)
}

fn every_word_begins_large(line: &str) -> bool {
    let small = ["of", "the", "and", "de", "la", "le", "der", "die"];
    line.split(' ').all(|word| small.contains(&word) || !word.starts_with(char::is_lowercase))
}

/// What stands on a line of its own before the caption of a picture, in lower case.
const CAPTIONS: [&str; 7] =
    ["image caption", "image source", "media caption", "photo caption", "caption", "bildunterschrift", "légende"];

/// Leaves out the captions of pictures that a line announces, with that line.
fn without_captions<'t>(head: &[&'t str]) -> Vec<&'t str> {
    let is_label = |line: &str| CAPTIONS.contains(&line.to_lowercase().trim_end_matches([',', ':', ' ']));
    let announced = |at: usize| at > 0 && is_label(head[at - 1]);
    head.iter().enumerate().filter(|(at, line)| !is_label(line) && !announced(*at)).map(|(_, line)| *line).collect()
}

/// How far from the byline the title stands, in lines.
const NEAR: usize = 6;

/// Finds the title: near the byline, where there is one, and rather above it than below; else at the top. A line of a few
/// words may be a category, so one of more is taken first.
fn title(head: &[&str], paper: Option<&str>) -> Option<String> {
    let is_title = |line: &&&str| is_title(line, paper);
    let signed = head.iter().position(|line| byline(line).is_some());
    let places = match signed {
        Some(at) => vec![&head[at.saturating_sub(NEAR)..at], &head[at..head.len().min(at + NEAR)], &head[..at]],
        None => vec![&head[..head.len().min(12)]],
    };
    let find = |place: &&[&str]| {
        let lines: Vec<&&str> = place.iter().filter(is_title).collect();
        let telling = lines.iter().find(|line| line.split(' ').count() >= TELLING);
        telling.or(lines.first()).map(|line| (**line).to_owned())
    };
    places.iter().find_map(find)
}

/// How many words a title has at least that cannot be taken for a category.
const TELLING: usize = 4;

fn is_title(line: &str, publisher: Option<&str>) -> bool {
    let words = line.split(' ').count();
    let is_publisher = publisher.is_some_and(|name| name.to_lowercase() == line.to_lowercase());
    let is_date = words <= 8 && date::find(line).is_some();
    (2..=30).contains(&words)
        && !is_publisher
        && !is_date
        && byline(line).is_none()
        && in_capitals(line).is_none()
        && !line.ends_with(['.', ',', ';'])
        && !clutter::is_clutter(line)
        && !clutter::is_caption(line)
}

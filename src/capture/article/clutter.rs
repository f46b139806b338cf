//! Lines of a capture that look like no part of its text: advertisements, navigation, invitations, captions.
//!
//! These are proposals for `noise`. A line that is left out is left out everywhere, so a line that reads like a sentence
//! is never proposed, nor one that is a heading of the article.

use std::collections::{BTreeMap, BTreeSet};

use super::super::text::{CaptureText, Kind};
use super::{Article, tidy};

/// The most lines that are proposed.
const MAX_LINES: usize = 200;

/// The most words of a line that may be clutter.
const MAX_WORDS: usize = 12;

/// Beginnings of lines that are clutter, in lower case.
const PHRASES: [&str; 72] = [
    "adchoices",
    "ads by",
    "advertis",
    "anzeige",
    "werbung",
    "publicité",
    "publicidad",
    "reklama",
    "реклама",
    "sponsored",
    "promoted",
    "paid content",
    "sign up",
    "sign in",
    "log in",
    "login",
    "register now",
    "subscribe",
    "newsletter",
    "get the app",
    "download the app",
    "share this",
    "share on",
    "share",
    "tweet",
    "facebook",
    "whatsapp",
    "follow us",
    "copy link",
    "print this",
    "email this",
    "read more",
    "read also",
    "read next",
    "related articles",
    "related stories",
    "related topics",
    "related:",
    "see also:",
    "more from",
    "more on this",
    "most read",
    "most popular",
    "trending",
    "recommended",
    "you may also",
    "you might also",
    "editors' picks",
    "up next",
    "accept all",
    "accept cookies",
    "cookie",
    "manage preferences",
    "privacy policy",
    "terms of",
    "all rights reserved",
    "skip to",
    "jump to",
    "menu",
    "search",
    "home",
    "back to top",
    "show comments",
    "comments",
    "leave a comment",
    "view comments",
    "photo:",
    "image:",
    "credit:",
    "getty images",
    "image source",
    "listen to this",
];

/// Words of which the navigation of a news page is made, in lower case.
const NAVIGATION: [&str; 92] = [
    "abo",
    "about",
    "account",
    "accueil",
    "anmelden",
    "archive",
    "arts",
    "audio",
    "books",
    "business",
    "climate",
    "comment",
    "contact",
    "crime",
    "culture",
    "donate",
    "e-paper",
    "economy",
    "education",
    "email",
    "english",
    "entertainment",
    "environment",
    "epaper",
    "europe",
    "facebook",
    "features",
    "finance",
    "flipboard",
    "food",
    "games",
    "health",
    "help",
    "home",
    "impressum",
    "international",
    "investigations",
    "jobs",
    "join",
    "kultur",
    "latest",
    "life",
    "lifestyle",
    "linkedin",
    "live",
    "local",
    "log",
    "login",
    "magazine",
    "markets",
    "media",
    "menu",
    "money",
    "monde",
    "more",
    "mundo",
    "national",
    "news",
    "newsletter",
    "newsletters",
    "opinion",
    "people",
    "photos",
    "podcast",
    "podcasts",
    "politics",
    "politik",
    "politique",
    "print",
    "puzzles",
    "register",
    "save",
    "science",
    "search",
    "sections",
    "share",
    "shop",
    "sign",
    "sport",
    "sports",
    "startseite",
    "style",
    "subscribe",
    "suche",
    "technology",
    "top",
    "travel",
    "tweet",
    "video",
    "videos",
    "whatsapp",
    "world",
];

/// Words that stand between those.
const BETWEEN: [&str; 9] = ["&", "and", "in", "out", "the", "to", "uk", "up", "us"];

/// What stands before the name of who made a picture, in lower case.
const CREDITS: [&str; 10] = [
    "photo:",
    "photos:",
    "photograph:",
    "photographer:",
    "photo by",
    "picture:",
    "image:",
    "credit:",
    "foto:",
    "bild:",
];

/// The most words of a caption.
const CAPTION: usize = 50;

/// Returns the lines that look like clutter, in the order of the text; `body` holds the lines of the article, where it
/// was found.
pub(super) fn noise(text: &CaptureText, body: Option<&BTreeSet<String>>, found: &Article) -> Vec<String> {
    let lines: Vec<(String, Kind)> = text
        .blocks
        .iter()
        .flat_map(|block| {
            text.text[block.range.clone()].lines().map(|line| (tidy(line), block.kind)).collect::<Vec<_>>()
        })
        .filter(|(line, _)| !line.is_empty())
        .collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for (line, _) in &lines {
        *times.entry(line).or_default() += 1;
    }
    let is_known = |line: &str| {
        let lower = line.to_lowercase();
        let names = |name: &String| lower.contains(&name.to_lowercase());
        found.title.as_deref() == Some(line) || found.authors.iter().any(names)
    };
    let mut noise: Vec<String> = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for (line, kind) in &lines {
        let outside = body.is_some_and(|body| !body.contains(line)) && !matches!(kind, Kind::Heading(1 | 2));
        let repeated = times.get(line.as_str()).is_some_and(|times| *times > 1);
        let looks = is_clutter(line) || (is_shouted(line) && !matches!(kind, Kind::Heading(_))) || repeated || outside;
        let is_table = *kind == Kind::Row;
        let looks = is_caption(line) || looks && is_short(line) && !is_sentence(line);
        if looks && !is_known(line) && !is_table && seen.insert(line) {
            noise.push(line.clone());
            if noise.len() == MAX_LINES {
                break;
            }
        }
    }
    noise
}

/// Tells whether a line begins as clutter does, or is a kind of it as a whole.
pub(super) fn is_clutter(line: &str) -> bool {
    if is_navigation(line) || is_short(line) && is_copyright(line) {
        return true;
    }
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    is_short(&line)
        && PHRASES.iter().any(|phrase| {
            let rest = line.strip_prefix(phrase);
            // A word alone ("home", "share") is clutter only by itself.
            rest.is_some_and(|rest| {
                rest.is_empty() || phrase.contains([' ', ':']) || phrase.len() > 8 || !rest.starts_with(' ')
            })
        })
}

/// Tells whether a line is navigation, or a row of buttons: hardly a word that is not of that kind.
pub(super) fn is_navigation(line: &str) -> bool {
    let words = line.split(|c: char| c.is_whitespace() || "|/›>·•,".contains(c));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let of_navigation = words.iter().filter(|word| NAVIGATION.contains(&word.as_str())).count();
    let is_other = |word: &&String| !NAVIGATION.contains(&word.as_str()) && !BETWEEN.contains(&word.as_str());
    let others = words.iter().filter(is_other).count();
    is_short(line) && of_navigation >= 2 && others * 4 < words.len()
}

/// Tells whether a line is the caption of a picture: it says who made it.
pub(super) fn is_caption(line: &str) -> bool {
    let lower = line.to_lowercase();
    let says = |mark: &&str| {
        let before = lower.find(*mark).map(|at| &lower[..at]);
        // Not the end of another word.
        before.is_some_and(|before| !before.ends_with(char::is_alphanumeric))
    };
    line.split(' ').count() <= CAPTION && CREDITS.iter().any(says)
}

/// Tells whether a line says who has the copyright.
fn is_copyright(line: &str) -> bool {
    let lower = line.to_lowercase();
    let begins = ["©", "(c) ", "copyright "].iter().any(|mark| lower.starts_with(mark));
    begins || lower.contains("all rights reserved") || lower.contains("alle rechte vorbehalten")
}

/// Tells whether a line is in capitals: a heading of a box, a category.
fn is_shouted(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic());
    let count = letters.clone().count();
    count >= 2
        && letters.clone().all(|c| !c.is_lowercase())
        && letters.clone().any(char::is_uppercase)
        && line.split(' ').count() <= 6
}

fn is_short(line: &str) -> bool {
    line.split(' ').count() <= MAX_WORDS && line.chars().count() <= 120
}

/// Tells whether a line reads like a sentence of some length.
fn is_sentence(line: &str) -> bool {
    let ends = line.trim_end_matches(['"', '\'', '”', '’', '»', ')']).ends_with(['.', '!', '?', '…', ':', '。']);
    ends && line.split(' ').count() >= 4 && !is_clutter(line)
}

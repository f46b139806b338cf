//! Lines of a capture that look like no part of its text: advertisements, navigation, invitations, captions.
//!
//! These are proposals for `noise`. A line that is left out is left out everywhere, so a line that reads like a sentence
//! is never proposed, nor one that also stands where the article needs it: as a heading over prose, in a list or in code
//! of the article, in prose that is broken into lines.

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

/// A line of the text, and where it stands.
struct Line {
    text: String,
    kind: Kind,
    /// Its block has several lines and is no paragraph: code.
    is_code: bool,
    /// Its block has several lines, and reads like prose.
    is_wrapped: bool,
}

/// Texts that a rule must leave alone, since a line that is left out is left out wherever it stands.
#[derive(Default)]
struct Spared<'t> {
    /// They stand in prose that is broken into lines.
    wrapped: BTreeSet<&'t str>,
    /// They stand right above prose, so many times: once, as the heading of a section does, or again and again, as a
    /// label does.
    leading: BTreeMap<&'t str, usize>,
    /// They are headings.
    headings: BTreeSet<&'t str>,
    /// They stand elsewhere than in a paragraph: in a list, a table, in code.
    set: BTreeSet<&'t str>,
}

/// Returns the lines that look like clutter, in the order of the text; `body` holds the lines of the article, where it
/// was found.
pub(super) fn noise(text: &CaptureText, body: Option<&BTreeSet<String>>, found: &Article) -> Vec<String> {
    let lines = placed(text);
    let spared = spared(&lines);
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for line in &lines {
        *times.entry(&line.text).or_default() += 1;
    }
    let is_known = |line: &str| {
        let lower = line.to_lowercase();
        let names = |name: &String| lower.contains(&name.to_lowercase());
        found.title.as_deref() == Some(line) || found.authors.iter().any(names)
    };
    let looks = |line: &Line| {
        let text = line.text.as_str();
        let is_inside = body.is_some_and(|body| body.contains(text));
        let is_heading = spared.headings.contains(text);
        let is_outside = body.is_some() && !is_inside && !matches!(line.kind, Kind::Heading(1 | 2));
        let is_stray = !is_inside || is_label(text) && !spared.set.contains(text);
        let repeated = times.get(text).is_some_and(|times| *times > 1) && is_stray;
        let shouted = is_shouted(text) && !is_heading && is_stray;
        // A section may be headed "Search", but none is headed "Sign up to our newsletter".
        is_clutter(text) && !(is_heading && is_inside && words(text) == 1)
            || (shouted || repeated || is_outside)
                && !spared.wrapped.contains(text)
                && spared.leading.get(text) != Some(&1)
    };
    let mut noise: Vec<String> = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for line in lines.iter().filter(|line| line.kind != Kind::Row) {
        let text = line.text.as_str();
        let proposed = is_caption(text) || is_short(text) && !is_sentence(text) && looks(line);
        if proposed && !is_known(text) && seen.insert(text) {
            noise.push(text.to_owned());
            if noise.len() == MAX_LINES {
                break;
            }
        }
    }
    noise
}

fn placed(text: &CaptureText) -> Vec<Line> {
    let mut placed = Vec::new();
    for block in &text.blocks {
        let lines = text.text[block.range.clone()].lines().map(tidy).filter(|line| !line.is_empty());
        let lines: Vec<String> = lines.collect();
        let words: usize = lines.iter().map(|line| words(line)).sum();
        let is_wrapped = lines.len() > 1 && words >= lines.len() * 6 && lines.last().is_some_and(|line| is_ended(line));
        let is_code = lines.len() > 1 && block.paragraph.is_none();
        placed.extend(lines.into_iter().map(|text| Line { text, kind: block.kind, is_code, is_wrapped }));
    }
    placed
}

fn spared(lines: &[Line]) -> Spared<'_> {
    let mut spared = Spared::default();
    for (at, line) in lines.iter().enumerate() {
        let text = line.text.as_str();
        let is_heading = matches!(line.kind, Kind::Heading(_));
        let above_prose = lines.get(at + 1).is_some_and(|next| is_prose(&next.text) && !is_caption(&next.text));
        if line.is_wrapped {
            spared.wrapped.insert(text);
        }
        // One word may as well be a category.
        if above_prose && (is_heading || line.kind == Kind::Paragraph && words(text) > 1) {
            *spared.leading.entry(text).or_default() += 1;
        }
        if is_heading {
            spared.headings.insert(text);
        }
        if line.is_code || line.kind != Kind::Paragraph {
            spared.set.insert(text);
        }
    }
    spared
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

/// Tells whether a word, in lower case, is one of which navigation is made.
pub(super) fn of_navigation(word: &str) -> bool {
    NAVIGATION.contains(&word)
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

/// Tells whether a line is in capitals: a heading of a box, a category. A script without capitals has none, whatever
/// stands in it.
fn is_shouted(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() >= 2 && letters.clone().all(char::is_uppercase) && line.split(' ').count() <= 6
}

/// Tells whether a line is a few words and no sentence: what a box or a button says.
fn is_label(line: &str) -> bool {
    words(line) <= 3 && line.contains(char::is_alphabetic) && !is_ended(line)
}

/// Counts words; in scripts without spaces each character is one.
fn words(line: &str) -> usize {
    super::super::word::count(line)
}

fn is_short(line: &str) -> bool {
    line.split(' ').count() <= MAX_WORDS && words(line) <= 2 * MAX_WORDS && line.chars().count() <= 120
}

fn is_ended(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '\'', '”', '’', '»', ')', '」', '』']);
    line.ends_with(['.', '!', '?', '…', ':', '。', '！', '？'])
}

/// Tells whether a line reads like a sentence of some length.
fn is_sentence(line: &str) -> bool {
    is_ended(line) && words(line) >= 4 && !is_clutter(line)
}

/// Tells whether a line is prose: longer than clutter ever is, and ended.
pub(super) fn is_prose(line: &str) -> bool {
    words(line) > MAX_WORDS && is_sentence(line)
}

//! What lines say that are no part of an article, told by their words alone: advertisements, buttons, menus, captions.

use super::person::{as_name, is_person};
use super::wording::{
    AGENCIES, ANNOUNCEMENTS, ASKING, BETWEEN, BOXES, CONSENT, CREDITS, ENDS, INVITATIONS, LETTERS, NAVIGATION, OF_PAGE,
    PHRASES, STOCK,
};

/// The most words of a line that may be clutter.
const MAX_WORDS: usize = 12;

/// How many words a notice has at most.
const NOTICE: usize = 60;

/// How many words stand behind the mark of a credit.
const CREDIT: usize = 10;

/// The most words of a caption.
const CAPTION: usize = 50;

/// Tells whether a line begins as clutter does, or is a kind of it as a whole.
pub(super) fn is_clutter(line: &str) -> bool {
    if is_navigation(line) || is_short(line) && (is_copyright(line) || is_measure(line)) {
        return true;
    }
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let ended = is_ended(&line) && !line.ends_with(':') && words(&line) >= 4;
    let begins = |phrase: &&str| {
        let rest = line.strip_prefix(*phrase);
        // A word alone ("home", "share") is clutter only by itself; and a sentence may begin with any word.
        rest.is_some_and(|rest| {
            rest.is_empty() || !ended && (phrase.contains([' ', ':']) || phrase.len() > 8 || !rest.starts_with(' '))
        })
    };
    let asks = line.split(|c: char| !c.is_alphanumeric()).any(|word| ASKING.contains(&word));
    let invites = |phrase: &&str| {
        line.strip_prefix(*phrase).is_some_and(|rest| !rest.starts_with(char::is_alphabetic)) && (!ended || asks)
    };
    is_short(&line) && (PHRASES.iter().any(begins) || INVITATIONS.iter().any(invites))
}

/// Tells whether a line is a notice of a page to its readers: about cookies, their consent or a newsletter. What an
/// article says of these may look like one.
pub(super) fn is_notice(line: &str) -> bool {
    let lower = line.to_lowercase();
    let has = |words: &[&str]| words.iter().filter(|word| lower.contains(**word)).count();
    words(line) <= NOTICE && (has(&CONSENT) >= 2 || has(&LETTERS) >= 2)
}

/// Tells whether a line invites its readers to letters and offers, or tells them how old a text is.
pub(super) fn is_invitation(line: &str) -> bool {
    let lower = line.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let begins = |list: &[&str]| list.iter().any(|it| lower.starts_with(it));
    words(line) <= NOTICE && (begins(&INVITATIONS) && LETTERS.iter().any(|it| lower.contains(it)) || begins(&OF_PAGE))
}

/// Tells whether a line says that a caption follows.
pub(super) fn is_announcement(line: &str) -> bool {
    ANNOUNCEMENTS.contains(&line.to_lowercase().trim_end_matches([',', ':', ' ']))
}

/// Tells whether a line is who made a picture, and nothing else.
pub(super) fn is_credit(line: &str) -> bool {
    let lower = line.to_lowercase();
    CREDITS.iter().any(|mark| lower.starts_with(mark)) && words(line) <= CREDIT + 2
}

/// Tells whether a line stands where what others wrote begins, or what else there is on the page.
pub(super) fn ends_article(line: &str) -> bool {
    let line = line.trim_end_matches([':', ' ', '…', '.', '>', '›', '»', ')']).to_lowercase();
    let counted = line.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '(');
    ENDS.contains(&counted)
        || ENDS.contains(&line.as_str())
        || counted.len() < line.len() && counted.starts_with("thoughts on")
}

/// Tells whether a line is the heading of a box that leads elsewhere.
pub(super) fn is_box(line: &str) -> bool {
    BOXES.contains(&line.trim_end_matches([':', ' ', '…', '.', '>', '›', '»']).to_lowercase().as_str())
}

/// Tells whether a line says how long it takes to read or hear a text, how many wrote below it, or which of how many
/// pictures it shows.
fn is_measure(line: &str) -> bool {
    let lower = line.to_lowercase();
    let lower =
        ["read ", "view ", "all "].iter().fold(lower.as_str(), |line, word| line.strip_prefix(word).unwrap_or(line));
    let digits = lower.starts_with(|c: char| c.is_ascii_digit());
    let rest = lower.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | ',' | '.'));
    let is_time =
        ["min read", "mins read", "minute read", "minutes read", "min. read", "min lesezeit", "minuten lesezeit"];
    let counted = ["comment", "comments", "kommentare", "commentaires", "comentarios", "shares", "views", "reactions"];
    let picture = rest.strip_prefix("of ").map(|rest| rest.trim_matches(|c: char| !c.is_alphabetic()));
    digits && (picture == Some("") || is_time.iter().any(|it| rest.starts_with(it)) || counted.contains(&rest))
        || ["reading time", "temps de lecture", "lesezeit", "lesedauer", "tiempo de lectura", "estimated reading"]
            .iter()
            .any(|it| lower.starts_with(it))
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
    words(line) <= CAPTION && (CREDITS.iter().any(|mark| credits(line, mark)) || is_of_agency(line))
}

/// Tells whether a line begins with the mark of a credit, or ends with one and a name: `… in May. Photo: Lena Holt`.
fn credits(line: &str, mark: &str) -> bool {
    let lower = line.to_lowercase();
    if lower.starts_with(mark) && mark.ends_with([':', '.']) {
        return true;
    }
    let Some(at) = lower.rfind(mark).filter(|_| lower.len() == line.len()) else { return false };
    let (before, after) = (&line[..at], line[at + mark.len()..].trim_matches([' ', '.', ')', ']', ':']));
    // In the middle of a sentence it is a word of its own.
    let begins = line[at..].starts_with(char::is_uppercase) || before.ends_with(['(', '[', '|', '/']);
    let apart = !before.ends_with(char::is_alphanumeric);
    begins && apart && words(after) <= CREDIT && !after.contains([':', '?', '!', '"', '”'])
}

/// Tells whether a line ends with who made a picture: `… in May. LENA HOLT/THE COURIER`, `… in May (Getty Images)`. Reports
/// end with the name of their agency, too (`… she said. (dpa/AFP)`): a person must stand before it.
fn is_of_agency(line: &str) -> bool {
    let end = line.trim_end_matches([' ', '.', ')', ']']);
    let (before, last) = end.rsplit_once(['/', '(', '—', '–', '|']).unwrap_or(("", end));
    let lower = last.trim().to_lowercase();
    let is_stock = !before.is_empty() && STOCK.contains(&lower.as_str());
    let words: Vec<&str> = before.split([' ', '(', '/']).filter(|word| !word.is_empty()).collect();
    let of_person = words.len() >= 2 && is_person(&as_name(&words[words.len() - 2..].join(" ")));
    let is_agency = of_person && end.contains('/') && AGENCIES.contains(&lower.as_str());
    let maker = end.rsplit_once(". / ").or_else(|| end.rsplit_once(". ")).map(|(_, maker)| maker);
    let is_shouted = |maker: &str| !maker.contains(char::is_lowercase) && maker.split(' ').count() <= 6;
    let is_maker = |maker: &str| is_person(&as_name(maker.split('/').next().unwrap_or(maker).trim()));
    is_stock || is_agency || end.contains(char::is_lowercase) && maker.is_some_and(|it| is_shouted(it) && is_maker(it))
}

/// Tells whether a line says who has the copyright.
pub(super) fn is_copyright(line: &str) -> bool {
    let lower = line.to_lowercase();
    let begins = ["©", "(c) ", "copyright "].iter().any(|mark| lower.starts_with(mark));
    begins || lower.contains("all rights reserved") || lower.contains("alle rechte vorbehalten")
}

/// Counts words; in scripts without spaces each character is one.
pub(super) fn words(line: &str) -> usize {
    super::super::word::count(line)
}

pub(super) fn is_short(line: &str) -> bool {
    line.split(' ').count() <= MAX_WORDS && words(line) <= 2 * MAX_WORDS && line.chars().count() <= 120
}

pub(super) fn is_ended(line: &str) -> bool {
    let line = line.trim_end_matches(['"', '\'', '”', '’', '»', ')', '」', '』']);
    line.ends_with(['.', '!', '?', '…', ':', '。', '！', '？'])
}

/// Tells whether a line reads like a sentence of some length.
pub(super) fn is_sentence(line: &str) -> bool {
    is_ended(line) && words(line) >= 4 && !is_clutter(line)
}

/// Tells whether a line is prose: longer than clutter ever is, and ended.
pub(super) fn is_prose(line: &str) -> bool {
    words(line) > MAX_WORDS && is_sentence(line)
}

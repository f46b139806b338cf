//! Names of persons: cut out of what names several, told from what is none.

use super::{date, phrases, tidy};

/// Small words within names.
const PARTICLES: [&str; 26] = [
    "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "da", "das", "e", "el", "al", "bin", "ibn",
    "la", "le", "ten", "ter", "van", "von", "y", "zu", "af",
];

/// Words that stand in menus, boxes and the names of offices and hardly in a name, in lower case.
const OTHERS: [&str; 62] = [
    "about",
    "all",
    "and",
    "article",
    "author",
    "back",
    "best",
    "blog",
    "category",
    "categories",
    "click",
    "comment",
    "comments",
    "contact",
    "copyright",
    "download",
    "edition",
    "editorial",
    "editorials",
    "follow",
    "forum",
    "get",
    "here",
    "kommentar",
    "artikel",
    "alle",
    "inhalte",
    "afficher",
    "eingestellt",
    "content",
    "unknown",
    "hire",
    "hours",
    "install",
    "kommentare",
    "kontakt",
    "legally",
    "line",
    "links",
    "my",
    "new",
    "next",
    "online",
    "our",
    "page",
    "pm",
    "posts",
    "press",
    "products",
    "published",
    "redaktion",
    "rights",
    "show",
    "site",
    "story",
    "suche",
    "team",
    "the",
    "to",
    "top",
    "updated",
    "us",
];

/// What programs write where nobody is named, in lower case.
const NOBODY: [&str; 20] = [
    "admin",
    "administrator",
    "publisher",
    "super user",
    "no author",
    "anonymous",
    "anónimo",
    "anonimo",
    "author",
    "unknown",
    "webmaster",
    "root",
    "user",
    "guest",
    "default",
    "autor",
    "redaktion",
    "editor",
    "moderator",
    "test",
];

/// What a person is to a paper, in lower case.
const OFFICES: [&str; 17] = [
    "correspondent",
    "reporter",
    "editor",
    "writer",
    "columnist",
    "journalist",
    "producer",
    "photographer",
    "redakteur",
    "redakteurin",
    "korrespondent",
    "korrespondentin",
    "reporterin",
    "chefredakteur",
    "chefredakteurin",
    "journaliste",
    "correspondant",
];

/// Cuts a list of names apart, and leaves out what is no name: addresses, offices, dates. It is cut only into parts that
/// are names of persons: `Ministry of Roads and Harbours` is one, and of `Ada Weir, PhD` the first part is.
pub(super) fn names(text: &str) -> Vec<String> {
    let text = tidy(text);
    let text = unsaid(&text);
    let parts = text.split([';', '|', '•', '·', '(', '、']).flat_map(|part| part.split(" – "));
    let mut names: Vec<String> = Vec::new();
    for part in parts.flat_map(|part| part.split(" - ")) {
        let commas: Vec<&str> = part.split(',').map(str::trim).collect();
        let has_person = commas.iter().any(|name| joined(name).iter().all(|name| is_person(&as_name(name))));
        for name in commas.into_iter().flat_map(joined) {
            let name =
                name.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '“' | '”' | ':' | '‘'));
            let lower = name.to_lowercase();
            let fits = name.chars().filter(|c| c.is_alphabetic()).count() >= 2
                && !name.contains(['@', '/', ':'])
                && !name.contains(|c: char| c.is_ascii_digit());
            let is_part = !has_person || is_person(&as_name(name));
            let is_nobody = NOBODY.contains(&lower.as_str()) || is_office(name);
            if fits && is_part && !is_nobody && !names.iter().any(|known| known.to_lowercase() == lower) {
                names.push(name.to_owned());
            }
        }
    }
    names
}

/// Takes off what is said before a name: `By`, `Analysis by`.
fn unsaid(text: &str) -> &str {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return text;
    }
    let before = ["by ", "von ", "par ", "by: "].iter().find(|word| lower.starts_with(**word)).map(|word| word.len());
    let within = || lower.find(" by ").filter(|at| lower[..*at].split(' ').count() <= 2).map(|at| at + 4);
    &text[before.or_else(within).unwrap_or(0)..]
}

/// Cuts `Ada Weir and Tom Lee`, where both sides of each word between are names of persons.
fn joined(text: &str) -> Vec<&str> {
    let text = text.trim().trim_start_matches("and ").trim_start_matches("und ");
    let marks = [" and ", " AND ", " & ", " und ", " et ", " y ", " e ", " i ", " и "];
    let parts = marks.iter().fold(vec![text], |parts, mark| parts.into_iter().flat_map(|it| it.split(mark)).collect());
    let is_list = parts.iter().all(|part| is_person(&as_name(part.trim())));
    if is_list { parts } else { vec![text] }
}

/// Tells whether a text looks like the name of a person: two words to five that begin large, none of which is of menus.
pub(super) fn is_person(name: &str) -> bool {
    let words: Vec<String> = name.split(' ').map(str::to_lowercase).collect();
    let is_word = |word: &str| {
        let is_letter = |c: char| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’');
        PARTICLES.contains(&word) || word.starts_with(char::is_uppercase) && word.chars().all(is_letter)
    };
    let no_name = |word: &String| OTHERS.contains(&word.as_str()) || phrases::of_navigation(word) || is_office(word);
    (2..=5).contains(&words.len())
        && name.chars().count() <= 60
        && name.starts_with(char::is_uppercase)
        && name.contains(char::is_lowercase)
        && name.split(' ').all(is_word)
        && !PARTICLES.contains(&words[words.len() - 1].as_str())
        && !words.iter().any(no_name)
        && words.iter().enumerate().all(|(at, word)| !words[..at].contains(word))
        && date::find(name).is_none()
}

/// Tells whether a text is a name of one word.
pub(super) fn is_handle(name: &str) -> bool {
    let lower = name.to_lowercase();
    let is_word = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'));
    is_word
        && name.chars().count() >= 3
        && name.starts_with(char::is_uppercase)
        && !OTHERS.contains(&lower.as_str())
        && !NOBODY.contains(&lower.as_str())
        && !phrases::of_navigation(&lower)
        && !date::is_weekday(&lower)
        && date::find(name).is_none()
        && !date::is_month(name)
}

/// Tells whether a part of a byline is what somebody is, and not a name.
pub(super) fn is_office(name: &str) -> bool {
    name.to_lowercase()
        .split([' ', ','])
        .any(|word| OFFICES.contains(&word) || word.strip_suffix('s').is_some_and(|word| OFFICES.contains(&word)))
}

/// Writes `THE HARBOUR COURIER` as a name.
pub(super) fn as_name(line: &str) -> String {
    if line.chars().any(char::is_lowercase) || !line.contains(' ') {
        return line.to_owned();
    }
    let word = |word: &str| {
        let mut large = true;
        let change = |c: char| {
            let c = if large { c.to_string() } else { c.to_lowercase().to_string() };
            large = c == "-" || c == "." || c == "’" || c == "'";
            c
        };
        word.chars().map(change).collect::<String>()
    };
    line.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

//! Keys on which it hangs whether a record is published: they are read exactly, or the build stops.
//!
//! A misspelt `visibility`, a `draft` that slid into another table, a `private` inside a role: each would publish what
//! its author meant to withhold. So every key that is one of them, or near one, is an error wherever it does not belong.

use crate::diagnostic::{Diagnostic, code};
use crate::file::{RelPath, Span};
use crate::tree::{Node, Table, Value};

/// The words that decide, and how many letters a key may differ from one to count as near it.
static WORDS: &[(&str, usize)] = &[("visibility", 2), ("draft", 1), ("private", 2), ("confidential", 2)];

/// What a record's own table says of its publication, read so that every doubt withholds.
pub(super) struct Guard<'a> {
    /// The file.
    pub(super) path: &'a RelPath,
    /// Names of the fields that the record's type has: never taken for a slip.
    pub(super) known: Vec<&'a str>,
}

impl Guard<'_> {
    /// Reports every key near the deciding words that does not belong where it stands.
    pub(super) fn check(&self, table: &Table, found: &mut Vec<Diagnostic>) {
        for (key, node) in table {
            let exact = ["visibility", "draft", "private", "publish"].contains(&key.name.as_str());
            let known = self.known.iter().any(|known| key.is(known));
            if !exact
                && !known
                && let Some(word) = near_word(&key.name)
            {
                let help = match word {
                    "confidential" => "write visibility = \"confidential\"".to_owned(),
                    word => format!("write {word}, exactly; or choose a name that cannot be taken for it"),
                };
                found.push(self.fault(key.span, format!("\"{}\" is not a key, but near \"{word}\"", key.name), help));
            }
            if !matches!(
                key.name.as_str(),
                "people" | "organisations" | "organizations" | "places" | "events" | "sources" | "claims"
            ) {
                self.inside(&key.name, node, found);
            }
        }
    }

    fn inside(&self, outer: &str, node: &Node, found: &mut Vec<Diagnostic>) {
        match &node.value {
            Value::List(items) => items.iter().for_each(|item| self.inside(outer, item, found)),
            Value::Table(table) => {
                for (key, node) in table {
                    if let Some(word) = near_word(&key.name) {
                        let help = format!(
                            "a key behind [{outer}] belongs to that table: move it up, before the first [table]"
                        );
                        let message = format!("\"{}\" stands inside \"{outer}\", where it decides nothing", key.name);
                        let message =
                            if key.name == word { message } else { format!("{message}, and is near \"{word}\"") };
                        found.push(self.fault(key.span, message, help));
                    }
                    self.inside(outer, node, found);
                }
            }
            _ => {}
        }
    }

    fn fault(&self, span: Span, message: String, help: String) -> Diagnostic {
        Diagnostic::new(&code::INVALID_FRONT_MATTER, message).at(self.path, span).help(help)
    }
}

/// Returns the deciding word that a key is, or is near.
fn near_word(key: &str) -> Option<&'static str> {
    // Nearly every key has too many other letters, which is told without a lower-case copy of it.
    let set = letters(key);
    let is_far = |(word, slack): &(&str, usize)| lacks(set, word) > *slack;
    if key.is_ascii() && WORDS.iter().all(is_far) && lacks(set, "visib") > 0 {
        return None;
    }
    let plain: String = key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let letters = letters(&plain);
    let near = |(word, slack): &(&'static str, usize)| {
        // Each slip leaves out one letter of the word at most.
        if lacks(letters, word) > *slack && !plain.starts_with("visib") {
            return false;
        }
        let affixed = ["is", "the", "not"].iter().any(|affix| plain.strip_prefix(affix) == Some(word));
        let visible = *word == "visibility" && matches!(plain.as_str(), "visible" | "visibilty" | "visibilities");
        let stretched = plain.starts_with(word) && plain.len() <= word.len() + 2;
        // The first letter is rarely the slip, and without this rule every "craft" would be a "draft".
        let first = plain.chars().next() == word.chars().next() || *slack > 1;
        affixed || visible || stretched || (first && strsim::osa_distance(&plain, word) <= *slack)
    };
    WORDS.iter().find(|word| near(word)).map(|(word, _)| *word)
}

/// Returns the set of a word's bytes in lower case, each a bit.
fn letters(word: &str) -> u64 {
    word.bytes().fold(0, |set, byte| set | 1 << (byte.to_ascii_lowercase() & 63))
}

/// Returns how many letters of a word are not in a set.
fn lacks(set: u64, word: &str) -> usize {
    (letters(word) & !set).count_ones() as usize
}

#[cfg(test)]
mod tests {
    use super::near_word;

    #[test]
    fn slips_of_the_deciding_words_are_near_them_and_other_words_are_not() {
        for slip in ["visiblity", "Visibility", "visability", "visible", "visibilty", "vissibility", "VISIBILITY"] {
            assert_eq!(near_word(slip), Some("visibility"), "{slip}");
        }
        for slip in ["drafts", "drft", "Draft", "darft", "is_draft"] {
            assert_eq!(near_word(slip), Some("draft"), "{slip}");
        }
        for slip in ["privat", "prviate", "Private", "is-private", "private_", "privates"] {
            assert_eq!(near_word(slip), Some("private"), "{slip}");
        }
        for other in
            ["craft", "date", "title", "draftsman", "privilege", "publisher", "position", "possibility", "status"]
        {
            assert_eq!(near_word(other), None, "{other}");
        }
    }
}

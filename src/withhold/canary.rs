//! Strings that must not stand in the output.

use crate::diagnostic::Place;
use crate::file::{RelPath, Span};
use crate::model::Visibility;
use crate::parse::Parsed;

/// A string that must not stand in the output.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Canary {
    /// The string, as written.
    pub text: String,
    /// Where it is written.
    pub place: Place,
}

/// Returns the canaries of a record: its names if it is confidential, and the scalars of its `[private]` table.
pub(super) fn of(parsed: &Parsed, visibility: Visibility) -> Vec<Canary> {
    let record = &parsed.record;
    let path = &record.origin.path;
    let mut canaries = Vec::new();
    let mut add = |text: &str, span: Span| {
        let text = text.trim();
        if !text.is_empty() {
            canaries.push(Canary { text: text.to_owned(), place: Place { path: path.clone(), span } });
        }
    };
    if visibility == Visibility::Confidential {
        let whole = record.origin.inline.unwrap_or_default();
        add(&record.id, record.id_span.unwrap_or(whole));
        add(&record.title, record.title_span);
        for alias in record.aliases.iter().chain(&record.redirects) {
            add(&alias.text, alias.span);
        }
        let stem =
            if record.is_index() { record.folder().rsplit('/').next().unwrap_or_default() } else { record.path.stem() };
        add(stem, whole);
    }
    for (text, span) in &parsed.private.canaries {
        add(text, *span);
    }
    canaries.sort_by(|a, b| a.text.cmp(&b.text));
    canaries.dedup_by(|a, b| a.text == b.text);
    canaries
}

/// Returns the lines of `secrets.txt` that are no comments.
pub(super) fn secrets(text: &str) -> Vec<Canary> {
    let path = RelPath::new("secrets.txt").expect("a name is a path");
    let mut canaries = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let is_blank = |c: char| c.is_whitespace() || c == '\u{feff}';
        let plain = line.trim_matches(is_blank);
        if !plain.is_empty() && !plain.starts_with('#') {
            let start = at + line.len() - line.trim_start_matches(is_blank).len();
            let place = Place { path: path.clone(), span: Span::new(start, start + plain.len()) };
            canaries.push(Canary { text: plain.to_owned(), place });
        }
        at += line.len();
    }
    canaries
}

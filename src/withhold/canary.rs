//! Strings that must not stand in the output.

use crate::file::{RelPath, Span};
use crate::model::Visibility;
use crate::parse::Parsed;

/// Where a canary comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Origin {
    /// A confidential record's name, or a scalar of a `[private]` table.
    Record(RelPath, Span),
    /// A line of `secrets.txt`, counted from 1.
    Secrets(usize),
}

/// A string that must not stand in the output.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Canary {
    /// The string, as written.
    pub text: String,
    /// Where it comes from.
    pub origin: Origin,
}

/// Returns the canaries of a record: its names if it is confidential, and the scalars of its `[private]` table.
pub(super) fn of(parsed: &Parsed, visibility: Visibility) -> Vec<Canary> {
    let record = &parsed.record;
    let path = &record.origin.path;
    let mut canaries = Vec::new();
    let mut add = |text: &str, span: Span| {
        let text = text.trim();
        if !text.is_empty() {
            canaries.push(Canary { text: text.to_owned(), origin: Origin::Record(path.clone(), span) });
        }
    };
    if visibility == Visibility::Confidential {
        let whole = record.origin.inline.unwrap_or_default();
        add(&record.id, record.id_span.unwrap_or(whole));
        add(&record.title, record.title_span);
        for alias in record.aliases.iter().chain(&record.redirects) {
            add(&alias.text, alias.span);
        }
        let stem = if record.is_index() { record.folder().rsplit('/').next().unwrap_or_default() } else { record.path.stem() };
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
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = text.lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    let secret = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    secret.map(|(at, line)| Canary { text: line.to_owned(), origin: Origin::Secrets(at) }).collect()
}

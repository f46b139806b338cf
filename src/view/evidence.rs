//! What something rests on: citations with the words that are quoted, and annotated passages.

use serde::Serialize;

use super::host::Page;
use super::{Edition, fact, place};
use crate::hold::{Fate, Seat};
use crate::html::{Value, escape, html, text};
use crate::model::{FieldCitation, Ix};

/// One thing that something rests on.
#[derive(Clone, Serialize)]
pub(super) struct Evidence {
    pub(super) cite: Value,
    pub(super) quote: Value,
    pub(super) stance: String,
    pub(super) stance_label: String,
    pub(super) note: Value,
}

impl Evidence {
    /// Tells whether it is another's passage: the same words, or, where neither quotes any, the same citation.
    fn is_passage_of(&self, other: &Evidence) -> bool {
        let words = |one: &Evidence| text(&one.quote).split_once('>').map(|(_, words)| words.to_owned());
        words(self) == words(other) && (words(self).is_some() || text(&self.cite) == text(&other.cite))
    }

    /// Puts it on a list, under the word that says how it bears, unless its passage is there already.
    pub(super) fn put(&self, on: &mut Vec<Evidence>, stance_label: &str) {
        if !on.iter().any(|known| known.is_passage_of(self)) {
            on.push(Evidence { stance_label: stance_label.to_owned(), ..self.clone() });
        }
    }
}

/// Returns citations of fields as evidence.
pub(super) fn evidence(edition: &Edition, ix: Ix, citations: &[&FieldCitation], page: &mut Page<'_>) -> Vec<Evidence> {
    let mut all = Vec::new();
    for citation in citations {
        let cite = fact::short_citation(edition, ix, citation, page);
        if cite.is_empty() {
            continue;
        }
        let quote = citation.quote.as_ref().map(|quote| quoted(edition, ix, citation, &quote.value, page));
        all.push(Evidence {
            cite: html(&cite),
            quote: html(&quote.unwrap_or_default()),
            stance: String::new(),
            stance_label: String::new(),
            note: html(""),
        });
    }
    all
}

/// Returns quoted words with what became of them, and counts them.
pub(super) fn quoted(edition: &Edition, ix: Ix, citation: &FieldCitation, words: &str, page: &mut Page<'_>) -> String {
    let held = edition.evidence.held(ix, Seat::Field(citation.slot()));
    let verified = held.is_some_and(|held| held.fate == Fate::Verified);
    let mut ids = String::new();
    for (source, _) in held.iter().flat_map(|held| &held.sources) {
        page.count_quote(*source, verified);
        ids.push_str(if ids.is_empty() { "" } else { " " });
        ids.push_str(&place::html_id(&edition.archive.record(*source).id));
    }
    let mut out = format!(
        "<q class=\"quote\" data-quote=\"{}\" data-source=\"",
        if verified { "verified" } else { "unverified" }
    );
    escape(&ids, &mut out);
    out.push_str("\">“");
    escape(words, &mut out);
    out.push_str("”</q>");
    out
}

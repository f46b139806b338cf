//! What a page rests on: its citations by the site's style, and its list of sources.

use std::borrow::Cow;

use serde::Serialize;

use super::host::Page;
use super::passage::{Pointed, Room};
use super::{card, place};
use crate::cite::Item;
use crate::html::{Value, html};
use crate::markdown::{Body, Citation, CitationAnswer, CitationForm, CitationSeat};
use crate::model::Ix;

/// A source as a page uses it.
pub(super) struct Cited {
    source: Ix,
    /// The numbers of the notes that cite it, linked.
    notes: String,
    quotes: usize,
    verified: usize,
}

/// A source that a page rests on.
#[derive(Serialize)]
pub(super) struct SourceUse<'e> {
    id: Cow<'e, str>,
    cite: Value,
    about: Value,
    /// What the places below are: numbers of notes, or of citations in the line.
    notes_label: &'e str,
    notes: Value,
    quotes: usize,
    verified: usize,
}

impl<'e> Page<'e> {
    /// Notes that the page rests on a source.
    pub(super) fn use_source(&mut self, source: Ix) -> usize {
        let next = self.cited.len();
        let at = *self.order.entry(source).or_insert(next);
        if at == next {
            self.cited.push(Cited { source, notes: String::new(), quotes: 0, verified: 0 });
        }
        at
    }

    /// Returns the sources that the page rests on so far.
    pub(super) fn cited(&self) -> impl Iterator<Item = Ix> {
        self.cited.iter().map(|cited| cited.source)
    }

    /// Notes where the page cites sources, so that its list leads there: the number of a note, or, by a style that has none,
    /// that of the citation, whose id is returned.
    pub(super) fn note_uses(&mut self, sources: &[Option<Ix>], seat: CitationSeat, prefix: &str) -> String {
        let is_note = self.edition.works.bibliography.is_note();
        let (id, number) = match seat {
            CitationSeat::Text(number) | CitationSeat::Note(number) if is_note => {
                (format!("{prefix}ref-{number}"), number as usize)
            }
            _ => {
                self.lines += 1;
                (format!("{prefix}cite-{}", self.lines), self.lines)
            }
        };
        for source in sources.iter().flatten() {
            let at = self.use_source(*source);
            let notes = &mut self.cited[at].notes;
            let link = format!("<a href=\"#{id}\">{number}</a>");
            if !notes.ends_with(&link) {
                notes.push_str(if notes.is_empty() { "" } else { " " });
                notes.push_str(&link);
            }
        }
        if is_note { String::new() } else { id }
    }

    /// Answers a citation by the site's style.
    pub(super) fn cite(
        &mut self,
        ix: Ix,
        body: &Body,
        index: usize,
        sources: &[Option<Ix>],
        (seat, id): (CitationSeat, String),
    ) -> CitationAnswer<'e> {
        let edition = self.edition;
        let citation = &body.citations[index];
        let (mut items, mut pointed, mut ids, mut first) = (Vec::new(), Vec::new(), String::new(), None);
        for (cite, source) in citation.cites.iter().zip(sources) {
            let Some((source, work)) = source.and_then(|source| Some((source, edition.works.number(source)?))) else {
                continue;
            };
            let (prefix, suffix) = (&*cite.prefix, &*cite.suffix);
            items.push(Item { work, locator: cite.locator.as_ref(), prefix, suffix, author: cite.author });
            if !ids.is_empty() {
                ids.push(' ');
            }
            ids.push_str(&place::html_id(&edition.archive.record(source).id));
            first = first.or(Some((source, work)));
            let rest = edition.rest(ix, body, index, source);
            pointed.push(Pointed { source, locator: citation.locator(cite), rest });
        }
        let Some((first, work)) = first else { return self.uncited(citation) };
        // In a note, the citation itself names the author.
        let is_named = citation.form == CitationForm::InText && matches!(seat, CitationSeat::Text(_));
        let name = if is_named { self.desk.name(work) } else { String::new() };
        let mut html = self.desk.cite(&items, seat);
        let sources_of = Cow::Owned(ids);
        if !edition.works.bibliography.is_note() {
            let listed = || format!("#{}src-{}", self.prefix(), place::html_id(&edition.archive.record(first).id));
            let href = edition.first_passage(&self.root, &pointed).unwrap_or_else(listed);
            let mut card = String::new();
            edition.cite_card(&self.root, &pointed, &mut card);
            return CitationAnswer::Line {
                id: Cow::Owned(id),
                html: Cow::Owned(html),
                href: Cow::Owned(href),
                card: Cow::Owned(card),
                sources: sources_of,
            };
        }
        // In a note there is room for the link alone.
        let room = if matches!(seat, CitationSeat::Note(_)) { Room::Link } else { Room::Whole };
        for one in pointed {
            edition.passage_note(&self.root, one.rest, one.source, room, &mut html);
        }
        CitationAnswer::Note { name: Cow::Owned(name), html: Cow::Owned(html), sources: sources_of }
    }

    /// Answers what cites no source that is known.
    pub(super) fn uncited(&self, citation: &Citation) -> CitationAnswer<'e> {
        let later = &self.edition.archive.later;
        match (citation.form, citation.cites.iter().find_map(|cite| later.source(&cite.key))) {
            (CitationForm::InText, Some(title)) => CitationAnswer::Words(Cow::Borrowed(title)),
            (CitationForm::Bracket, Some(_)) => CitationAnswer::Words(Cow::Borrowed("")),
            (_, None) => CitationAnswer::Text,
        }
    }

    /// Counts a quotation of a source.
    pub(super) fn count_quote(&mut self, source: Ix, verified: bool) {
        let at = self.use_source(source);
        self.cited[at].quotes += 1;
        self.cited[at].verified += usize::from(verified);
    }

    /// Returns the sources that the page rests on, in the order of the style, else in that of their first use.
    pub(super) fn sources(&mut self) -> Vec<SourceUse<'e>> {
        let (desk, edition) = (&mut self.desk, self.edition);
        let mut cited: Vec<&Cited> = self.cited.iter().collect();
        cited.sort_by_key(|cited| self.edition.works.rank(cited.source));
        let uses = cited.into_iter().map(|cited| SourceUse {
            id: place::html_id(&self.edition.archive.record(cited.source).id),
            cite: self.edition.works.listed(cited.source, desk),
            about: html(&card::about(self.edition, cited.source, &self.root)),
            notes_label: edition
                .words
                .find(if edition.works.bibliography.is_note() { "used_in_notes" } else { "used_in_text" })
                .unwrap_or_default(),
            notes: html(&cited.notes),
            quotes: cited.quotes,
            verified: cited.verified,
        });
        uses.collect()
    }
}

//! What a citation rests on: the passage that its words stand in, with its context, and whether they were found there.
//!
//! A note says it in its place. Where a citation has no note, a card beside it does: markup that nothing shows until the
//! script of the theme does. Only passages that the page of their source shows too come out of here.

use std::borrow::Cow;

use super::{Edition, place};
use crate::capture::{Passage, context};
use crate::hold::{Fate, Seat};
use crate::html::{escape, text};
use crate::markdown::{Body, QuotationAnswer};
use crate::model::{Ix, Links};

/// What a citation rests on in one of its sources: how the words that are quoted fared, the passage, and its number where
/// the page of the source shows it.
pub(super) type Rest<'e> = (Fate, Option<&'e Passage>, Option<usize>);

/// One source of a citation, for its card.
pub(super) struct Pointed<'a> {
    pub(super) source: Ix,
    /// The locator as written; empty where there is none.
    pub(super) locator: &'a str,
    /// What it rests on there; `None` where nothing is quoted.
    pub(super) rest: Option<Rest<'a>>,
}

/// How much is said of what a citation rests on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// Where it leads: in the line of an author's note.
    Link,
    /// That, whether the words were found, and the passage in its context.
    Whole,
}

impl Edition {
    /// Writes, behind a citation, the link to the passage that a quotation rests on, or that it was not checked.
    pub(super) fn passage_note(&self, root: &str, rest: Option<Rest<'_>>, source: Ix, room: Room, out: &mut String) {
        match rest {
            Some((fate, passage, Some(number))) => {
                out.push_str(" <a class=\"note-passage\" href=\"");
                escape(&self.passage_link(root, source, number), out);
                out.push_str("\">");
                escape(&self.words.word("passage"), out);
                out.push_str("</a>");
                if fate == Fate::Verified && room == Room::Whole {
                    self.checked(out);
                    passage.into_iter().for_each(|passage| self.context(source, passage, out));
                }
            }
            rest => {
                let says = |fate: Fate| room == Room::Whole && rest.is_some_and(|(of, ..)| of == fate);
                if says(Fate::Unverified) {
                    out.push_str(" <span class=\"note-unverified\">");
                    escape(&self.words.word("quote_unverified"), out);
                    out.push_str("</span>");
                }
                out.push_str(" <a class=\"note-source\" href=\"");
                escape(root, out);
                escape(&self.archive.entry(source).link, out);
                out.push_str("\">");
                escape(&self.words.word("about_this_source"), out);
                out.push_str("</a>");
                if says(Fate::Verified) {
                    self.checked(out);
                }
            }
        }
    }

    /// Writes the card of a citation that has no note: each source as the list of sources has it, the locator, and what
    /// the citation rests on there.
    pub(super) fn cite_card(&self, root: &str, pointed: &[Pointed<'_>], out: &mut String) {
        out.push_str("<template class=\"cite-card\">");
        for one in pointed {
            out.push_str("<span class=\"card-one\"><span class=\"card-source\">");
            out.push_str(text(&self.works.entry(one.source)));
            out.push_str("</span>");
            if !one.locator.is_empty() {
                out.push_str(" <span class=\"card-locator\">");
                escape(one.locator, out);
                out.push_str("</span>");
            }
            self.passage_note(root, one.rest, one.source, Room::Whole, out);
            out.push_str("</span>");
        }
        out.push_str("</template>");
    }

    /// Returns the link to the first passage that sources of a citation rest on; `None` where no page shows one.
    pub(super) fn first_passage(&self, root: &str, pointed: &[Pointed<'_>]) -> Option<String> {
        let (source, number) = pointed.iter().find_map(|one| Some((one.source, one.rest?.2?)))?;
        Some(self.passage_link(root, source, number))
    }

    /// Returns the address of a passage, counted from 1.
    pub(super) fn passage_link(&self, root: &str, source: Ix, number: usize) -> String {
        format!("{root}{}#q-{number}", self.archive.entry(source).link)
    }

    /// Writes that the words that are quoted stand in the source.
    fn checked(&self, out: &mut String) {
        out.push_str(" <span class=\"note-check\">");
        escape(&self.words.word("quote_verified"), out);
        out.push_str("</span>");
    }

    /// Writes a passage with the sentences around it.
    fn context(&self, source: Ix, passage: &Passage, out: &mut String) {
        let Some(capture) = self.evidence.text(source) else { return };
        out.push_str("<span class=\"note-context\">");
        for stretch in context(capture, passage) {
            let (open, close) = if stretch.passages.is_empty() { ("", "") } else { ("<mark>", "</mark>") };
            out.push_str(open);
            escape(&stretch.text, out);
            out.push_str(close);
        }
        out.push_str("</span>");
    }

    /// Answers a quotation, and says which source it counts for and whether it was found there.
    pub(super) fn quotation<'e>(
        &'e self,
        ix: Ix,
        body: &Body,
        index: usize,
        _: &Links,
    ) -> (QuotationAnswer<'e>, Option<(Ix, bool)>) {
        let Some(seat) = self.seat(ix, body, index) else { return (QuotationAnswer::Unheld, None) };
        let Some(held) = self.evidence.held(ix, seat) else { return (QuotationAnswer::Unheld, None) };
        let mut ids: Vec<Cow<'_, str>> =
            held.sources.iter().map(|(source, _)| place::html_id(&self.archive.record(*source).id)).collect();
        ids.dedup();
        let sources = Cow::Owned(ids.join(" "));
        let verified = held.fate == Fate::Verified;
        let counted = held.sources.first().map(|(source, _)| (*source, verified));
        let answer =
            if verified { QuotationAnswer::Verified { sources } } else { QuotationAnswer::Unverified { sources } };
        (answer, counted)
    }

    /// Returns where in a record a quotation of one of its texts stands.
    fn seat(&self, ix: Ix, body: &Body, index: usize) -> Option<Seat> {
        let record = self.archive.record(ix);
        if std::ptr::eq(&raw const record.body, body) {
            return Some(Seat::Body(index));
        }
        let note = record.notes.iter().position(|note| std::ptr::eq(note, body))?;
        Some(Seat::Note(note, index))
    }

    /// Returns how the quotation that rests on a citation fared, and the number of its passage where the page of the source
    /// shows it; `None` where nothing is quoted.
    pub(super) fn rest(&self, ix: Ix, body: &Body, citation: usize, source: Ix) -> Option<Rest<'_>> {
        let rests =
            |quotation: &crate::markdown::Quotation| quotation.citations.iter().any(|at| *at as usize == citation);
        let (index, _) = body.quotations.iter().enumerate().find(|(_, quotation)| rests(quotation))?;
        self.rest_of(ix, self.seat(ix, body, index)?, source)
    }

    /// Returns how a quotation fared in one of its sources; `None` where it is not held against that one.
    pub(super) fn rest_of(&self, ix: Ix, seat: Seat, source: Ix) -> Option<Rest<'_>> {
        let held = self.evidence.held(ix, seat)?;
        let (_, passage) = held.sources.iter().find(|(of, _)| *of == source)?;
        let passage = passage.as_ref();
        Some((held.fate, passage, passage.and_then(|passage| self.passage_number(source, passage))))
    }

    /// Returns the number of a passage, if the page of its source shows it.
    pub(super) fn passage_number(&self, source: Ix, passage: &Passage) -> Option<usize> {
        if super::source::extent(self, source) == "none" {
            return None;
        }
        self.evidence.number(source, passage)
    }
}

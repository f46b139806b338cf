//! What a citation rests on: the passage that its words stand in, with its context, and whether they were found there.
//!
//! Only passages that the page of their source shows too come out of here.

use std::borrow::Cow;

use super::Edition;
use crate::capture::{Passage, context};
use crate::hold::{Fate, Seat};
use crate::html::escape;
use crate::markdown::{Body, CitationSeat, QuotationAnswer};
use crate::model::{Ix, Links};

impl Edition {
    /// Writes, behind a citation, the link to the passage that a quotation rests on, or that it was not checked.
    /// In a note there is room for the link alone.
    pub(super) fn passage_note(
        &self,
        root: &str,
        (ix, body, citation): (Ix, &Body, usize),
        source: Ix,
        seat: CitationSeat,
        out: &mut String,
    ) {
        match self.cited_passage(ix, body, citation, source) {
            Some((fate, passage, Some(number))) => {
                out.push_str(" <a class=\"note-passage\" href=\"");
                escape(root, out);
                escape(&self.archive.entry(source).link, out);
                out.push_str(&format!("#q-{number}\">"));
                escape(&self.words.word("passage"), out);
                out.push_str("</a>");
                if fate == Fate::Verified && seat != CitationSeat::Note {
                    self.checked(out);
                    passage.into_iter().for_each(|passage| self.context(source, passage, out));
                }
            }
            held => {
                let says = |fate: Fate| seat != CitationSeat::Note && held.is_some_and(|(of, ..)| of == fate);
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
        let mut ids: Vec<&str> =
            held.sources.iter().map(|(source, _)| self.archive.record(*source).id.as_str()).collect();
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
    fn cited_passage(
        &self,
        ix: Ix,
        body: &Body,
        citation: usize,
        source: Ix,
    ) -> Option<(Fate, Option<&Passage>, Option<usize>)> {
        let rests =
            |quotation: &crate::markdown::Quotation| quotation.citations.iter().any(|at| *at as usize == citation);
        let (index, _) = body.quotations.iter().enumerate().find(|(_, quotation)| rests(quotation))?;
        let held = self.evidence.held(ix, self.seat(ix, body, index)?)?;
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

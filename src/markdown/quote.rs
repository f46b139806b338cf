//! Block quotes as containers: quotations, translations and callouts, told apart by their first line.

use std::ops::Range;

use crate::diagnostic::code;

use super::body::{Extent, HoleKind, Word};
use super::callout::{self, Fold, Marker, Privacy};
use super::detach;
use super::frame::{Frame, Level};
use super::image::Seat;
use super::node::{Node, Prose};
use super::passage::Line;
use super::plain::LeafKind;
use super::quotation::QuotationClaim;
use super::read::Reader;

/// A block quote that is open.
#[derive(Debug)]
pub(super) struct Quote {
    kind: QuoteKind,
    /// The marker of a callout whose title has not been written.
    marker: Option<Marker>,
    /// The hole of its attributes.
    hole: usize,
    /// How many sinks were below when it opened.
    depth: usize,
    /// Its blocks.
    lines: Vec<Line>,
    /// The number of a list item whose words have not come.
    number: Option<Extent>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum QuoteKind {
    Quotation,
    Translation,
    Callout(Fold),
}

impl<'t> Reader<'t> {
    /// Tells whether a block quote is private after all, and reports it: it should have been taken out before.
    pub(super) fn withholds(&mut self, range: &Range<usize>) -> bool {
        let words = callout::words(self.source, range.start);
        let Some(marker) = callout::marker(self.source, words) else { return false };
        if callout::privacy(&self.source[marker.kind.clone()]) == Privacy::Public {
            return false;
        }
        let words = "callout is private, and was not taken out".to_owned();
        self.report(&code::INVALID_VALUE, words, Some("write it as a block quote of its own"), marker.at);
        true
    }

    /// Opens a block quote.
    pub(super) fn open_quote(&mut self, range: Range<usize>) {
        let html = self.begin_block();
        self.blocks_only();
        let mut marker = callout::marker(self.source, callout::words(self.source, range.start));
        let kind = match marker.as_ref().map(|marker| marker.name(self.source).to_lowercase()).as_deref() {
            None | Some("quote" | "cite") => QuoteKind::Quotation,
            Some("translation") => QuoteKind::Translation,
            Some(_) => QuoteKind::Callout(marker.as_ref().map_or(Fold::Fixed, |marker| marker.fold)),
        };
        let hole = self.sink.holes.len();
        match kind {
            QuoteKind::Quotation => {
                self.sink.html.push_str("<blockquote");
                self.sink.hole(HoleKind::QuotationOpen(u32::MAX));
                self.sink.html.push_str(">\n");
            }
            QuoteKind::Translation => {
                self.sink.html.push_str("<blockquote class=\"translation\"");
                self.sink.hole(HoleKind::QuotationOpen(u32::MAX));
                self.sink.html.push_str(">\n");
            }
            QuoteKind::Callout(_) => {}
        }
        let depth = self.below.len();
        self.quotes.push(self.levels.len());
        let detached = marker.take_if(|marker| self.detached.binary_search(&marker.at.start).is_ok());
        let quote = Quote { kind, marker, hole, depth, lines: Vec::new(), number: None };
        self.levels.push(Level::new(Frame::Quote(quote), html));
        if let Some(marker) = detached {
            self.title(&marker, &detach::title(self.source, &marker));
        }
    }

    /// Closes a block quote; one that holds a citation is a quotation.
    pub(super) fn close_quote(&mut self, range: Range<usize>) {
        self.end_tight();
        self.end_marker();
        self.end_raw();
        self.end_sections(self.levels.len());
        let Some(Level { frame: Frame::Quote(quote), html, .. }) = self.levels.pop() else { return };
        self.quotes.pop();
        let at: Extent = range.clone().into();
        let is_quotation = match quote.kind {
            QuoteKind::Quotation => self.quote_block(at, &quote.lines, QuotationClaim::Verbatim, quote.hole),
            QuoteKind::Translation => self.quote_block(at, &quote.lines, QuotationClaim::Translation, quote.hole),
            QuoteKind::Callout(_) => true,
        };
        match quote.kind {
            QuoteKind::Callout(fold) => self.sink.html.push_str(callout::close(fold)),
            _ => self.sink.html.push_str("</blockquote>\n"),
        }
        if !is_quotation && let Some(outer) = self.quote_here() {
            outer.lines.extend(quote.lines);
        }
        self.end_block(html, range);
    }

    /// Returns the innermost block quote, if what is being written stands in it and not in a note.
    fn quote_here(&mut self) -> Option<&mut Quote> {
        let depth = self.below.len();
        match self.levels.get_mut(*self.quotes.last()?) {
            Some(Level { frame: Frame::Quote(quote), .. }) if quote.depth == depth => Some(quote),
            _ => None,
        }
    }

    /// Notes that an item of a list begins, with its number in the source.
    pub(super) fn note_number(&mut self, item: &Range<usize>) {
        let text = &self.source[item.clone()];
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let is_number = digits > 0 && text[digits..].starts_with(['.', ')']);
        if let Some(quote) = self.quote_here() {
            quote.number = is_number.then(|| (item.start..item.start + digits + 1).into());
        }
    }

    /// Notes that a block has been written.
    pub(super) fn note_line(&mut self, leaf: u32, begins: usize) {
        if let Some(quote) = self.quote_here() {
            let number = quote.number.take();
            quote.lines.push(Line { leaf, begins, number });
        }
    }

    /// Returns the marker of the callout that is open, if its title has not been written.
    pub(super) fn take_marker(&mut self) -> Option<Marker> {
        match self.levels.last_mut() {
            Some(Level { frame: Frame::Quote(quote), .. }) => quote.marker.take(),
            _ => None,
        }
    }

    /// Writes the title of a callout, if it has none of its own.
    pub(super) fn end_marker(&mut self) {
        if let Some(marker) = self.take_marker() {
            self.title(&marker, &[]);
        }
    }

    /// Writes the title of a callout from its nodes.
    pub(super) fn title(&mut self, marker: &Marker, nodes: &[Node<'t>]) {
        let has_words = nodes.iter().any(|node| !node.is_blank());
        let is_callout = match self.levels.last() {
            Some(Level { frame: Frame::Quote(quote), .. }) => matches!(quote.kind, QuoteKind::Callout(_)),
            _ => false,
        };
        let kind = marker.name(self.source);
        if is_callout {
            callout::open(kind, marker.fold, &mut self.sink.html);
        } else if has_words {
            self.sink.html.push_str("<p class=\"callout-title\">");
        } else {
            return;
        }
        if has_words {
            self.sink.hole(HoleKind::NotesHold);
            self.refers = false;
            let prose = Prose { source: self.source, nodes, start: marker.at.end, smart: self.options.smart };
            self.prose(prose, LeafKind::Title, Seat::Line);
        } else {
            let mut letters = kind.chars();
            let words: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
            let mut fallback = String::new();
            super::escape::text(&words, &mut fallback);
            self.sink.hole(HoleKind::Word(Word::CalloutTitle(Extent::new(fallback.len(), 0).start)));
            self.sink.html.push_str(&fallback);
        }
        self.sink.html.push_str(if is_callout { callout::close_title(marker.fold) } else { "</p>\n" });
        if has_words {
            self.sink.hole(HoleKind::NotesAfter);
        }
    }
}

//! Blocks: containers open and close, and what must be remembered of each meanwhile.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, HeadingLevel, LinkType, Tag, TagEnd};

use crate::diagnostic::code;

use super::annotation::NoteContent;
use super::block::{Block, Wrap};
use super::body::{Extent, FirstHeading, HoleKind, Leaf, LeafKind, Word};
use super::callout::{self, Fold, Marker, Privacy};
use super::heading::Heading;
use super::image::Seat;
use super::list;
use super::node::Prose;
use super::quotation::{Line, QuotationClaim};
use super::read::Reader;
use super::sink::{Late, Sink};
use super::tag::{self, Tag as Label};

/// A container that is open.
#[derive(Debug)]
pub(super) struct Level {
    /// What it is.
    pub(super) frame: Frame,
    /// Where it begins in the HTML.
    pub(super) html: usize,
    /// Where the block that ended last in it begins in the HTML.
    pub(super) last: Option<usize>,
    /// How many blocks it holds.
    pub(super) blocks: usize,
    /// Whether a paragraph, heading or cell is open in it.
    pub(super) holds_leaf: bool,
    /// The inside of its only paragraph, if that is all it holds.
    pub(super) single: Option<Extent>,
    /// Blocks whose end is its end.
    pub(super) named: Vec<usize>,
}

impl Level {
    /// Makes a level that begins at an offset of the HTML.
    pub(super) fn new(frame: Frame, html: usize) -> Level {
        Level { frame, html, last: None, blocks: 0, holds_leaf: false, single: None, named: Vec::new() }
    }
}

/// What a container is.
#[derive(Debug)]
pub(super) enum Frame {
    /// The text itself.
    Root,
    /// A block quote or callout.
    Quote(Quote),
    /// A list, with its first number if it is ordered.
    List(Option<u64>),
    /// An item.
    Item,
    /// A table: how its columns are aligned, which column is next, and how far it is.
    Table(Vec<Alignment>, usize, TablePart),
    /// A footnote; `None` if its label was defined before.
    Note(Option<u32>),
    /// An element of raw HTML.
    Raw(&'static str),
}

/// How far a table is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum TablePart {
    /// In its head.
    Head,
    /// Behind its head, before the first row.
    Between,
    /// In its rows.
    Rows,
}

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
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum QuoteKind {
    Quotation,
    Translation,
    Callout(Fold),
}

impl<'t> Reader<'t> {
    /// Prepares for a block: what stands open before it ends. Returns where it begins in the HTML.
    pub(super) fn begin_block(&mut self) -> usize {
        self.end_tight();
        self.end_marker();
        self.refers = false;
        if let Some(level) = self.levels.last_mut() {
            level.blocks += 1;
            level.single = None;
        }
        self.sink.html.len()
    }

    /// Ends a block that began at an offset of the HTML.
    pub(super) fn end_block(&mut self, html: usize, _range: Range<usize>) {
        if let Some(level) = self.levels.last_mut() {
            level.last = Some(html);
        }
    }

    /// Says that a note holds more than a paragraph may.
    pub(super) fn blocks_only(&mut self) {
        if self.sink.is_note() {
            self.sink.content = Some(NoteContent::Blocks);
        }
    }

    /// Begins a block of the plain text.
    pub(super) fn begin_leaf(&mut self, kind: LeafKind) {
        if !self.body.text.is_empty() {
            self.body.text.push('\n');
        }
        let at = self.body.text.len();
        self.body.leaves.push(Leaf { text: Extent::new(at, at), kind });
    }

    /// Ends it.
    pub(super) fn end_leaf(&mut self) {
        let end = self.body.text.trim_end_matches('\n').len();
        if let Some(leaf) = self.body.leaves.last_mut() {
            leaf.text.end = Extent::new(end, end).start.max(leaf.text.start);
            self.body.text.truncate(leaf.text.end as usize);
        }
    }

    /// Opens a block that holds others, or words.
    pub(super) fn open(&mut self, tag: Tag<'t>, range: Range<usize>) {
        match tag {
            Tag::Paragraph | Tag::Heading { .. } | Tag::TableCell => {
                self.end_tight();
                self.start = range.start;
                self.set_leaf(true);
            }
            Tag::BlockQuote(_) => self.open_quote(range),
            Tag::List(first) => {
                let html = self.begin_block();
                let is_tasks = list::is_task(&self.source[range.start..]);
                match self.sink.is_note() {
                    true => self.sink.late(Late::ListOpen(first)),
                    false => list::open(first, if is_tasks { "tasks" } else { "" }, &mut self.sink.html),
                }
                self.levels.push(Level::new(Frame::List(first), html));
            }
            Tag::Item => {
                let html = self.sink.html.len();
                let is_task = list::is_task(&self.source[range.start..]);
                match self.sink.is_note() {
                    true => self.sink.late(Late::ItemOpen),
                    false => self.sink.html.push_str(if is_task { "<li class=\"task\">" } else { "<li>" }),
                }
                self.levels.push(Level::new(Frame::Item, html));
            }
            Tag::FootnoteDefinition(label) => {
                self.end_tight();
                let number = self.labelled(&label);
                let note = &mut self.body.notes[number as usize];
                let is_first = note.at == Extent::default();
                if is_first {
                    note.at = range.clone().into();
                } else {
                    let words = format!("footnote \"{label}\" is defined twice");
                    let help = Some("only the first definition is shown: delete or rename this one");
                    self.report(&code::BROKEN_ANCHOR, words, help, range.start..range.start + label.len() + 3);
                }
                self.below.push(std::mem::replace(&mut self.sink, Sink::of_note()));
                self.levels.push(Level::new(Frame::Note(is_first.then_some(number)), 0));
            }
            Tag::Table(columns) => {
                let html = self.begin_block();
                self.blocks_only();
                self.sink.html.push_str("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"");
                self.sink.hole(HoleKind::Word(Word::Table));
                self.sink.html.push_str("\"><table>\n");
                self.sink.hole(HoleKind::NotesHold);
                self.levels.push(Level::new(Frame::Table(columns, 0, TablePart::Head), html));
            }
            Tag::TableHead => self.sink.html.push_str("<thead><tr>"),
            Tag::TableRow => {
                if let Some(Level { frame: Frame::Table(_, column, part), .. }) = self.levels.last_mut() {
                    if *part != TablePart::Rows {
                        self.sink.html.push_str("<tbody>\n");
                    }
                    (*column, *part) = (0, TablePart::Rows);
                }
                self.sink.html.push_str("<tr>");
            }
            _ => {}
        }
    }

    /// Closes what `open` opened.
    pub(super) fn close(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph => {
                self.set_leaf(false);
                let nodes = std::mem::take(&mut self.nodes);
                self.paragraph(nodes, true, range);
            }
            TagEnd::Heading(level) => self.heading(level, range),
            TagEnd::TableCell => self.cell(),
            TagEnd::BlockQuote(_) => self.close_quote(range),
            TagEnd::List(_) | TagEnd::Item | TagEnd::FootnoteDefinition | TagEnd::Table => self.close_level(range),
            TagEnd::TableHead => {
                self.sink.html.push_str("</tr></thead>\n");
                if let Some(Level { frame: Frame::Table(_, column, part), .. }) = self.levels.last_mut() {
                    (*column, *part) = (0, TablePart::Between);
                }
            }
            TagEnd::TableRow => self.sink.html.push_str("</tr>\n"),
            _ => {}
        }
    }

    fn set_leaf(&mut self, holds: bool) {
        if let Some(level) = self.levels.last_mut() {
            level.holds_leaf = holds;
        }
    }

    /// Closes a list, item, table or footnote.
    fn close_level(&mut self, range: Range<usize>) {
        self.end_tight();
        self.end_raw();
        self.end_sections(self.levels.len());
        let Some(level) = self.levels.pop() else { return };
        let is_note = self.sink.is_note();
        match level.frame {
            Frame::List(first) if is_note => self.sink.late(Late::ListClose(first)),
            Frame::List(first) => list::close(first, &mut self.sink.html),
            Frame::Item if is_note => self.sink.late(Late::ItemClose),
            Frame::Item => self.sink.html.push_str("</li>\n"),
            Frame::Table(_, _, part) => {
                self.sink.html.push_str(if part == TablePart::Rows {
                    "</tbody></table></div>\n"
                } else {
                    "</table></div>\n"
                });
                self.sink.hole(HoleKind::NotesAfter);
            }
            Frame::Note(Some(number)) => return self.close_note(number),
            Frame::Note(None) => {
                self.sink = self.below.pop().unwrap_or_default();
                return;
            }
            Frame::Root | Frame::Quote(_) | Frame::Raw(_) => {}
        }
        for block in level.named {
            self.body.blocks[block].html.end = Extent::new(self.sink.html.len(), 0).start;
        }
        self.end_block(level.html, range);
    }

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

    fn open_quote(&mut self, range: Range<usize>) {
        let html = self.begin_block();
        self.blocks_only();
        let marker = callout::marker(self.source, callout::words(self.source, range.start));
        let kind = match marker.as_ref().map(|marker| self.source[marker.kind.clone()].trim().to_lowercase()).as_deref()
        {
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
        let quote = Quote { kind, marker, hole, depth, lines: Vec::new() };
        self.levels.push(Level::new(Frame::Quote(quote), html));
    }

    fn close_quote(&mut self, range: Range<usize>) {
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

    /// Notes that a block has been written.
    pub(super) fn note_line(&mut self, leaf: u32, begins: usize) {
        if let Some(quote) = self.quote_here() {
            quote.lines.push(Line { leaf, begins });
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
    pub(super) fn title(&mut self, marker: &Marker, nodes: &[super::node::Node<'t>]) {
        let has_words = nodes.iter().any(|node| !node.is_blank());
        let is_callout = match self.levels.last() {
            Some(Level { frame: Frame::Quote(quote), .. }) => matches!(quote.kind, QuoteKind::Callout(_)),
            _ => false,
        };
        let kind = self.source[marker.kind.clone()].trim();
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

    fn cell(&mut self) {
        self.set_leaf(false);
        let nodes = std::mem::take(&mut self.nodes);
        let Some(Level { frame: Frame::Table(columns, column, part), .. }) = self.levels.last_mut() else { return };
        let name = if *part == TablePart::Head { "th" } else { "td" };
        let class = match columns.get(*column) {
            Some(Alignment::Right) => " class=\"right\"",
            Some(Alignment::Center) => " class=\"center\"",
            _ => "",
        };
        *column += 1;
        self.sink.html.extend(["<", name, if name == "th" { " scope=\"col\"" } else { "" }, class, ">"]);
        let prose = Prose { source: self.source, nodes: &nodes, start: self.start, smart: self.options.smart };
        self.prose(prose, LeafKind::Cell, Seat::Line);
        self.sink.html.extend(["</", name, ">"]);
        self.reuse(nodes);
    }

    /// Keeps the room of a list of nodes for the next block.
    pub(super) fn reuse(&mut self, mut nodes: Vec<super::node::Node<'t>>) {
        nodes.clear();
        self.nodes = nodes;
    }

    fn heading(&mut self, level: HeadingLevel, range: Range<usize>) {
        self.set_leaf(false);
        let mut nodes = std::mem::take(&mut self.nodes);
        let name = self.take_id(&mut nodes);
        let is_title = self.options.first_heading == FirstHeading::IsTitle
            && self.body.headings.is_empty()
            && self.below.is_empty()
            && (level == HeadingLevel::H1 || self.levels.len() == 1 && self.levels[0].blocks == 0);
        let html = self.begin_block();
        let prose = Prose { source: self.source, nodes: &nodes, start: self.start, smart: self.options.smart };
        if self.sink.is_note() {
            self.blocks_only();
            self.sink.html.push_str("<p><strong>");
            self.prose(prose, LeafKind::Heading, Seat::Line);
            self.sink.html.push_str("</strong></p>\n");
            return self.reuse(nodes);
        }
        let number = self.body.headings.len();
        let index = Extent::new(number, 0).start;
        let written = level as u8;
        let shown = if is_title { written } else { self.heights.level(written) };
        if !is_title {
            self.end_sections_for(written);
            self.sink.html.push_str(&format!("<h{shown}"));
            self.sink.hole(HoleKind::HeadingId(index));
            self.sink.html.push('>');
            self.sink.hole(HoleKind::NotesHold);
        }
        let inside = self.sink.html.len();
        let (holes, leaf) = (self.sink.holes.len(), self.body.leaves.len());
        self.prose(prose, LeafKind::Heading, Seat::Line);
        let end = self.sink.html.len();
        let text = self.body.leaves[leaf].text;
        let id = self.ids.id(&self.body.text[text.range()]);
        if let Some((at, name)) = name {
            let html = Extent::new(html, html);
            let (at, wrap) = (at.into(), Wrap::Nothing);
            self.body.blocks.push(Block { id: name, anchor: id.clone(), at, html, wrap });
        }
        let at = range.clone().into();
        let (html_at, section) = (Extent::new(inside, end), Extent::new(html, html));
        self.body.headings.push(Heading { id, level: shown, at, text, html: html_at, section, shown: !is_title });
        if is_title {
            self.sink.html.truncate(html);
            self.sink.holes.truncate(holes);
            self.body.headings[number].html = Extent::new(html, html);
            self.levels[0].blocks -= usize::from(self.levels.len() == 1);
        } else {
            self.sink.hole(HoleKind::HeadingAnchor(index));
            self.sink.html.push_str(&format!("</h{shown}>\n"));
            self.sink.hole(HoleKind::NotesAfter);
            self.sections.push((number, written, self.levels.len()));
        }
        if let Some(block) = self.body.blocks.last_mut().filter(|block| block.anchor == self.body.headings[number].id) {
            block.html.end = Extent::new(self.sink.html.len(), 0).start;
        }
        self.reuse(nodes);
        self.end_block(html, range);
    }

    /// Ends the sections of headings at least as deep as `depth` levels.
    pub(super) fn end_sections(&mut self, depth: usize) {
        let end = Extent::new(self.sink.html.len(), 0).start;
        while let Some((heading, ..)) = self.sections.pop_if(|section| section.2 >= depth) {
            self.body.headings[heading].section.end = end;
        }
    }

    /// Ends the sections that a heading of a level ends.
    fn end_sections_for(&mut self, level: u8) {
        let (end, depth) = (Extent::new(self.sink.html.len(), 0).start, self.levels.len());
        let ends = |section: &mut (usize, u8, usize)| section.2 > depth || section.2 == depth && section.1 >= level;
        while let Some((heading, ..)) = self.sections.pop_if(ends) {
            self.body.headings[heading].section.end = end;
        }
    }

    /// Names a block: its tag begins at `html`.
    pub(super) fn name_block(&mut self, id: &str, at: Range<usize>, html: usize, wrap: Wrap) -> Option<usize> {
        if self.sink.is_note() {
            return None;
        }
        let tag = self.sink.html.get(html..)?.strip_prefix('<')?;
        let name = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let number = self.body.blocks.len();
        self.sink.hole_at(html + 1 + name, HoleKind::BlockId(Extent::new(number, 0).start));
        let (id, anchor) = (id.to_owned(), String::new());
        let html = Extent::new(html, self.sink.html.len());
        self.body.blocks.push(Block { id, anchor, at: at.into(), html, wrap });
        Some(number)
    }

    /// Writes a tag.
    pub(super) fn tag(&mut self, at: Range<usize>) {
        let name = self.source[at.start + 1..at.end].to_owned();
        debug_assert!(tag::name(&name) == name.len(), "a mark holds a whole name");
        self.origin(at.start);
        self.body.text.push_str(&self.source[at.clone()]);
        self.sink.hole(HoleKind::Tag(Extent::new(self.body.tags.len(), 0).start));
        self.body.tags.push(Label { name, at: at.into() });
    }
}

/// Tells whether an image event embeds a record, not an image.
pub(super) fn is_card(event: &Event<'_>) -> bool {
    match event {
        Event::Start(Tag::Image { link_type: LinkType::WikiLink { .. }, dest_url, .. }) => {
            !super::image::is_image(dest_url.split(['#', '|']).next().unwrap_or(dest_url).trim_end_matches('\\').trim())
        }
        _ => false,
    }
}

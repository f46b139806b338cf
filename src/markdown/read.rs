//! Reading a text: one pass over pulldown-cmark's events.
//!
//! 1. Blocks are written as they come; containers are levels of a stack, so that nothing recurses on what is nested.
//! 2. The inline events of a block are gathered, and written when it ends (`write`).
//! 3. At the end the contents of notes are put behind the flow, each behind a line break, so that no hole of one can be
//!    taken for another's; offsets that were relative are made absolute.
//!
//! pulldown-cmark's own typographic punctuation, citations by its link callback and its five kinds of callouts are not
//! used: they lose the extents that quotations and diagnostics need.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, OffsetIter, Parser, Tag, TagEnd};

use crate::diagnostic::{Code, Diagnostic, code};
use crate::file::{RelPath, Text};

use super::annotation::{Note, NoteContent};
use super::body::{Body, Extent, HoleKind, Options};
use super::detach::Detached;
use super::frame::{Frame, Level};
use super::heading::{Ids, Levels};
use super::html;
use super::mark::Mark;
use super::node::Node;
use super::plain::{LeafKind, Plain};
use super::sink::Sink;

/// The extensions of Markdown that are read.
pub(super) fn extensions() -> pulldown_cmark::Options {
    use pulldown_cmark::Options;
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS
}

/// A text while it is read.
pub(super) struct Reader<'t> {
    pub(super) source: &'t str,
    pub(super) text: &'t Text,
    pub(super) path: &'t RelPath,
    pub(super) options: Options,
    /// What has been read so far; its HTML is in the sinks, and its plain text apart.
    pub(super) body: Body,
    pub(super) plain: Plain,
    /// Where HTML goes.
    pub(super) sink: Sink,
    /// The sinks of what surrounds the note that is being written.
    pub(super) below: Vec<Sink>,
    /// The contents of notes that are finished.
    pub(super) aside: Sink,
    /// The containers that are open; the first is the text itself.
    pub(super) levels: Vec<Level>,
    /// The block quotes among them: indices of levels.
    pub(super) quotes: Vec<usize>,
    /// The inline nodes of the block that is open, and where it begins.
    pub(super) nodes: Vec<Node<'t>>,
    pub(super) start: usize,
    /// Marks, kept to be used again.
    pub(super) marks: Vec<Mark>,
    /// For each quotation, its leaf and whether it is one.
    pub(super) quoting: Vec<(u32, bool)>,
    /// Whether the block that is being written refers to notes or sources.
    pub(super) refers: bool,
    /// The notes by their labels.
    pub(super) labels: BTreeMap<String, u32>,
    /// For each note, whether something refers to it.
    pub(super) referred: Vec<bool>,
    pub(super) ids: Ids,
    pub(super) heights: Levels,
    /// Headings whose sections are open: the heading, its level as written, how many levels were open.
    pub(super) sections: Vec<(usize, u8, usize)>,
    /// The raw HTML of the block that is open.
    pub(super) raw: String,
    pub(super) empty: Text,
    /// Markers of callouts whose title is read by itself.
    pub(super) detached: &'t [usize],
}

impl<'t> Reader<'t> {
    /// Makes a reader that has read nothing.
    pub(super) fn new(text: &'t Text, path: &'t RelPath, options: Options) -> Reader<'t> {
        let source: &'t str = &text.value;
        let html = String::with_capacity(source.len() * 4 / 3 + 64);
        Reader {
            source,
            text,
            path,
            options,
            body: Body::empty(text),
            plain: Plain::with_room(source.len()),
            sink: Sink { html, holes: Vec::with_capacity(32), ..Sink::default() },
            below: Vec::new(),
            aside: Sink::default(),
            levels: vec![Level::new(Frame::Root, 0)],
            quotes: Vec::new(),
            nodes: Vec::new(),
            start: 0,
            marks: Vec::new(),
            quoting: Vec::new(),
            refers: false,
            labels: BTreeMap::new(),
            referred: Vec::new(),
            ids: Ids::default(),
            heights: Levels::default(),
            sections: Vec::new(),
            raw: String::new(),
            empty: Text::new("", 0),
            detached: &[],
        }
    }

    /// Reads the whole text. Where titles of callouts were detached, pulldown-cmark sees the text without them.
    pub(super) fn read(mut self, detached: Option<&'t Detached>) -> (Body, Plain) {
        let seen = detached.map_or(self.source, |detached| &detached.seen);
        self.detached = detached.map_or(&[], |detached| &detached.markers);
        let mut events = Parser::new_ext(seen, extensions()).into_offset_iter();
        while let Some((event, range)) = events.next() {
            match event {
                Event::Start(tag) if is_inline(&tag) => self.gather(Event::Start(tag), range),
                Event::Start(Tag::BlockQuote(_)) if self.withholds(&range) => skip(&mut events),
                Event::Start(Tag::CodeBlock(kind)) => self.code_block(&kind, range, &mut events),
                Event::Start(Tag::HtmlBlock) => self.html_block(range, &mut events),
                Event::Start(tag) => self.open(tag, range),
                Event::End(tag) if is_inline_end(tag) => self.gather(Event::End(tag), range),
                Event::End(tag) => self.close(tag, range),
                Event::Rule => {
                    self.begin_block();
                    self.blocks_only();
                    self.sink.html.push_str("<hr>\n");
                }
                event => self.gather(event, range),
            }
        }
        self.finish()
    }

    fn gather(&mut self, event: Event<'t>, range: Range<usize>) {
        if self.nodes.is_empty() && self.levels.last().is_some_and(|level| !level.holds_leaf) {
            self.start = range.start;
        }
        self.nodes.push(Node { event, start: range.start, end: range.end });
    }

    /// Reads a block of code.
    fn code_block(&mut self, kind: &CodeBlockKind<'t>, range: Range<usize>, events: &mut OffsetIter<'t>) {
        let html = self.begin_block();
        self.blocks_only();
        self.sink.html.push_str("<pre tabindex=\"0\"><code");
        if let CodeBlockKind::Fenced(info) = kind {
            let is_name = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_' | '+' | '#' | '.');
            let language = &info[..info.find(|letter| !is_name(letter)).unwrap_or(info.len())];
            if !language.is_empty() {
                self.sink.html.extend([" class=\"language-", language, "\""]);
            }
        }
        self.sink.html.push('>');
        self.begin_leaf(LeafKind::Verbatim);
        for (event, at) in events.by_ref() {
            match event {
                Event::Text(text) if text.contains('\r') => self.words(&text.replace('\r', ""), at.start),
                Event::Text(text) => {
                    let own = self.source.get(at.clone()).filter(|own| own.len() == text.len());
                    self.words(own.unwrap_or(&text), at.start);
                }
                _ => break,
            }
        }
        self.end_leaf();
        self.note_line(Extent::new(self.plain.leaves.len() - 1, 0).start, self.plain.text.len());
        self.sink.html.push_str("</code></pre>\n");
        self.end_block(html, range);
    }

    /// Reads a block of raw HTML.
    fn html_block(&mut self, range: Range<usize>, events: &mut OffsetIter<'t>) {
        let html = self.begin_block();
        let mut raw = std::mem::take(&mut self.raw);
        raw.clear();
        for (event, _) in events.by_ref() {
            match event {
                Event::Html(text) | Event::Text(text) => raw.push_str(&text),
                _ => break,
            }
        }
        html::block(self, &raw, range.clone());
        self.raw = raw;
        self.end_block(html, range);
    }

    /// Returns the number of the note with a label, which may be defined later.
    pub(super) fn note_named(&mut self, label: &str) -> u32 {
        let number = self.labelled(label);
        self.referred[number as usize] = true;
        number
    }

    /// Returns the number of the note with a label, whether or not something refers to it.
    pub(super) fn labelled(&mut self, label: &str) -> u32 {
        if let Some(number) = self.labels.get(&label.to_lowercase()) {
            return *number;
        }
        let number = Extent::new(self.body.notes.len(), 0).start;
        self.labels.insert(label.to_lowercase(), number);
        self.body.notes.push(Note { label: Some(label.to_owned()), ..Note::inline(Extent::default()) });
        self.referred.resize(self.body.notes.len(), true);
        self.referred[number as usize] = false;
        number
    }

    /// Ends a note: what the sink holds is its content.
    pub(super) fn close_note(&mut self, number: u32) {
        self.sink.settle();
        let outer = self.below.pop().unwrap_or_default();
        let sink = std::mem::replace(&mut self.sink, outer);
        let note = &mut self.body.notes[number as usize];
        self.aside.html.push('\n');
        note.html = self.aside.append(&sink);
        note.content = sink.content.unwrap_or(NoteContent::Phrasing);
    }

    /// Reports a fault at a range of the source.
    pub(super) fn report(&mut self, code: &'static Code, words: String, help: Option<&str>, at: Range<usize>) {
        let mut diagnostic = Diagnostic::new(code, words).at(self.path, self.text.span(at));
        diagnostic.help = help.map(str::to_owned);
        self.body.diagnostics.push(diagnostic);
    }

    /// Reports a reference to a note that is not defined.
    pub(super) fn report_dangling(&mut self, at: Range<usize>) {
        let label = &self.source[at.start + 2..at.end - 1];
        let words = format!("no footnote \"{label}\"");
        self.report(&code::BROKEN_ANCHOR, words, Some("define it on a line of its own: [^label]: text"), at);
    }

    /// Makes everything absolute, and hands out the body and its plain text.
    fn finish(mut self) -> (Body, Plain) {
        self.end_tight();
        self.end_raw();
        self.end_sections(0);
        for number in 0..self.body.notes.len() {
            if !self.referred.get(number).copied().unwrap_or(true) {
                let (label, at) =
                    (self.body.notes[number].label.clone().unwrap_or_default(), self.body.notes[number].at);
                let help = Some("refer to it, or delete it: it is not shown");
                self.report(
                    &code::BROKEN_ANCHOR,
                    format!("nothing refers to the footnote \"{label}\""),
                    help,
                    at.range(),
                );
            }
        }
        let mut body = self.body;
        body.flow = Extent::new(0, self.sink.html.len());
        body.single = self.levels.first().and_then(|root| root.single);
        let aside = self.sink.append(&self.aside);
        for note in &mut body.notes {
            note.html = Extent { start: note.html.start + aside.start, end: note.html.end + aside.start };
        }
        body.html = self.sink.html;
        body.holes = self.sink.holes;
        if !body.holes.is_sorted_by_key(|hole| hole.at) {
            body.holes.sort_by_key(|hole| hole.at);
        }
        keep_quotations(&mut body, &self.quoting);
        place(&mut body);
        for block in body.blocks.iter_mut().filter(|block| block.anchor.is_empty()) {
            block.anchor = self.ids.unique(block.id.clone());
        }
        (body, self.plain)
    }
}

/// Places mentions and citations in the HTML by their holes. What a heading held that gave the title has none.
fn place(body: &mut Body) {
    let none = Extent::default();
    body.mentions.iter_mut().for_each(|mention| mention.html = none);
    let lengths: Vec<u32> = body
        .citations
        .iter_mut()
        .map(|citation| std::mem::take(&mut citation.html))
        .map(|html| html.end - html.start)
        .collect();
    for hole in &body.holes {
        match hole.kind {
            HoleKind::MentionOpen(index) | HoleKind::Figure(index) => {
                body.mentions[index as usize].html = Extent { start: hole.at, end: hole.at };
            }
            HoleKind::MentionClose(index) => body.mentions[index as usize].html.end = hole.at,
            HoleKind::Citation(index) => {
                let end = hole.at + lengths[index as usize];
                body.citations[index as usize].html = Extent { start: hole.at, end };
            }
            _ => {}
        }
    }
}

/// Drops what turned out to be no quotation, puts the others into the order of the text, and corrects the holes.
fn keep_quotations(body: &mut Body, quoting: &[(u32, bool)]) {
    let starts = |index: &usize| (body.quotations[*index].at.start, std::cmp::Reverse(body.quotations[*index].at.end));
    let mut kept: Vec<usize> = (0..quoting.len()).filter(|index| quoting[*index].1).collect();
    kept.sort_by_key(starts);
    let mut number = vec![u32::MAX; quoting.len()];
    for (new, old) in kept.iter().enumerate() {
        number[*old] = Extent::new(new, 0).start;
    }
    body.holes.retain_mut(|hole| match &mut hole.kind {
        HoleKind::QuotationOpen(index) | HoleKind::QuotationClose(index) => {
            *index = number.get(*index as usize).copied().unwrap_or(u32::MAX);
            *index != u32::MAX
        }
        _ => true,
    });
    if !kept.iter().copied().eq(0..quoting.len()) {
        let mut all: Vec<_> = std::mem::take(&mut body.quotations).into_iter().map(Some).collect();
        body.quotations = kept.into_iter().filter_map(|index| all[index].take()).collect();
    }
}

/// Passes over a block and all that it holds.
fn skip(events: &mut OffsetIter<'_>) {
    let mut depth = 1usize;
    for (event, _) in events.by_ref() {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
}

/// Tells whether what a tag opens stands in a line.
pub(super) fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

#[cfg(test)]
mod tests;

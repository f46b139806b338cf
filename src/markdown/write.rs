//! Writing a block: its nodes and its plan, merged by offset, become HTML with holes and plain text.
//!
//! 1. The block's marks are found and planned.
//! 2. Nodes and acts are written in the order of the source; what an act covers is skipped.
//! 3. The quotations found are judged, now that the words around them are known.
//! 4. Inline notes, put aside meanwhile, are written as blocks of their own; they may hold notes again.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::anchor::Shown;
use super::annotation::Note;
use super::body::{Extent, HoleKind, Word};
use super::image::Seat;
use super::node::{self, Node, Prose};
use super::plain::LeafKind;
use super::plan::{Act, ActKind, Plan, Tags};
use super::read::Reader;
use super::sink::Sink;
use super::{cluster, escape, html, list, mark, plan};

/// A link that is being written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum OpenLink {
    /// A mention.
    Mention(u32),
    /// A link to the world.
    World(u32),
    /// None: its address is unsafe.
    Dropped,
}

/// What is known while a block is written.
#[derive(Default)]
pub(super) struct State {
    /// Up to which offset the source has been dealt with.
    pub(super) skip: usize,
    /// Up to which offset the source is a note's, which will be written later.
    noted: usize,
    /// Links that are open.
    pub(super) links: Vec<OpenLink>,
    /// What may not stand in a link and waits for its end.
    pub(super) hoisted: Vec<HoleKind>,
    /// Raw elements that are open, and between them elements of ours; empty unless raw HTML passes through.
    pub(super) open: Vec<Option<&'static str>>,
    /// Where images and embeds stand.
    pub(super) seat: Seat,
    /// The block's leaf.
    pub(super) leaf: u32,
    /// The index of the block's first citation.
    pub(super) citations: usize,
    /// Where the last line begins, in the plain text.
    pub(super) line: usize,
    /// Where the block begins, in the HTML.
    html: usize,
    /// Inline notes to be written: the note and its extent without brackets.
    notes: Vec<(u32, Range<usize>)>,
    /// Holes of in-text citations that are open: the citation, and where its words begin in HTML and text.
    in_text: Vec<(usize, usize, usize)>,
}

impl State {
    /// Makes the state of a block of raw HTML.
    pub(super) fn of_leaf(leaf: u32) -> State {
        State { leaf, ..State::default() }
    }
}

impl<'t> Reader<'t> {
    /// Writes the inline nodes of a block, and the notes inside them.
    pub(super) fn prose(&mut self, prose: Prose<'_, 't>, kind: LeafKind, seat: Seat) {
        let notes = self.line(prose, kind, seat);
        let mut waiting: Vec<(u32, Vec<Node<'t>>)> = Vec::new();
        self.put_aside(prose, notes, &mut waiting);
        while let Some((note, nodes)) = waiting.pop() {
            let start = nodes.first().map_or(prose.start, |node| node.start);
            let inner = Prose { nodes: &nodes, start, ..prose };
            self.below.push(std::mem::replace(&mut self.sink, Sink::of_note()));
            let notes = self.line(inner, LeafKind::Paragraph, Seat::Line);
            self.close_note(note);
            self.put_aside(inner, notes, &mut waiting);
        }
    }

    /// Takes the nodes of inline notes out of a block, clipped to the notes' extents.
    fn put_aside(
        &self,
        prose: Prose<'_, 't>,
        notes: Vec<(u32, Range<usize>)>,
        waiting: &mut Vec<(u32, Vec<Node<'t>>)>,
    ) {
        for (note, range) in notes.into_iter().rev() {
            let mut nodes = prose.within(&range).to_vec();
            for node in nodes.iter_mut().filter(|node| matches!(node.event, Event::Text(_))) {
                if node.literal(self.source).is_some() && !(range.start <= node.start && node.end <= range.end) {
                    (node.start, node.end) = (node.start.max(range.start), node.end.min(range.end));
                    node.event = Event::Text(self.source[node.start..node.end].into());
                }
            }
            waiting.push((note, nodes));
        }
    }

    /// Writes one block without its notes, and returns these.
    fn line(&mut self, prose: Prose<'_, 't>, kind: LeafKind, seat: Seat) -> Vec<(u32, Range<usize>)> {
        self.begin_leaf(kind);
        let start = self.plain.text.len();
        let leaf = Extent::new(self.plain.leaves.len() - 1, 0).start;
        let mut marks = std::mem::take(&mut self.marks);
        marks.clear();
        mark::scan(prose.nodes, prose.source, prose.start, &mut marks);
        let tags = if matches!(kind, LeafKind::Heading | LeafKind::Title) { Tags::Text } else { Tags::Allowed };
        let mut plan = plan::plan(prose, &mut marks, tags);
        self.marks = marks;
        let citations = self.body.citations.len();
        let html = self.sink.html.len();
        let mut state = State { seat, leaf, citations, line: start, html, ..State::default() };
        self.merge(prose, &mut plan, &mut state);
        let end = self.plain.text.len();
        self.plain.leaves[leaf as usize].text = Extent::new(start, end);
        self.judge(&plan.candidates, &state, kind);
        self.note_line(leaf, state.line);
        state.notes
    }

    /// Merges nodes and acts.
    fn merge(&mut self, prose: Prose<'_, 't>, plan: &mut Plan, state: &mut State) {
        let acts = std::mem::take(&mut plan.acts);
        let (mut next, mut index) = (0, 0);
        while let Some(node) = prose.nodes.get(index) {
            let until = if node.closes() { node.end } else { node.start + 1 };
            while let Some(act) = acts.get(next).filter(|act| act.at < until) {
                self.act(act, prose, plan, state);
                next += 1;
            }
            index += 1;
            if !matches!(node.event, Event::Text(_)) && node.start < state.noted && node.end <= state.noted {
                continue;
            }
            let hidden = if node.closes() { node.end <= state.skip } else { node.start < state.skip };
            match &node.event {
                Event::Text(_) if node.literal(self.source).is_some() => {
                    let mut from = node.start.max(state.skip);
                    while let Some(act) = acts.get(next).filter(|act| act.at < node.end) {
                        self.literal(from..act.at);
                        self.act(act, prose, plan, state);
                        from = from.max(act.at).max(state.skip);
                        next += 1;
                    }
                    self.literal(from..node.end);
                }
                Event::Start(Tag::Image { .. }) => {
                    let close = node::closing(prose.nodes, index - 1);
                    let shown = if hidden { Shown::No } else { Shown::Yes };
                    self.image(prose, index - 1..close, shown, state);
                    index = close + 1;
                }
                Event::Start(Tag::Link { .. }) => {
                    let close = node::closing(prose.nodes, index - 1);
                    let shown = if hidden { Shown::No } else { Shown::Yes };
                    if shown == Shown::Yes {
                        self.begin_own(state);
                    }
                    if self.open_link(prose, index - 1..close, shown, state) {
                        index = close;
                    }
                }
                Event::FootnoteReference(label) => self.reference(label, state),
                _ if hidden => {}
                _ => self.node(node, state),
            }
        }
        for act in &acts[next..] {
            self.act(act, prose, plan, state);
        }
        self.close_line(state);
    }

    /// Writes a node that is neither text of the source nor a link.
    fn node(&mut self, node: &Node<'t>, state: &mut State) {
        match &node.event {
            Event::Text(text) => {
                self.sign(text, node.start..node.end);
                escape::text(text, &mut self.sink.html);
            }
            Event::Code(text) => self.code(text, node),
            Event::SoftBreak | Event::HardBreak => {
                self.sign(" ", node.start..node.end);
                self.sink.html.push_str(if node.event == Event::SoftBreak { "\n" } else { "<br>\n" });
                state.line = self.plain.text.len();
            }
            Event::InlineHtml(text) => html::inline(self, text, node.start..node.end, state),
            Event::TaskListMarker(true) => list::write_box(Word::TaskDone, &mut self.sink),
            Event::TaskListMarker(false) => list::write_box(Word::TaskOpen, &mut self.sink),
            Event::End(TagEnd::Link) => {
                self.end_own(state);
                self.close_link(state);
            }
            Event::Start(tag) => {
                self.sink.html.push_str(inline_tag(&tag.to_end()).0);
                self.begin_own(state);
            }
            Event::End(tag) => {
                self.end_own(state);
                self.sink.html.push_str(inline_tag(tag).1);
            }
            _ => {}
        }
    }

    /// Does what the plan says.
    fn act(&mut self, act: &Act, prose: Prose<'_, 't>, plan: &mut Plan, state: &mut State) {
        let at = self.plain.text.len();
        match act.kind {
            ActKind::Sign(_) | ActKind::Tag | ActKind::HighlightOpen if act.at < state.skip => {}
            ActKind::Sign(sign) => {
                self.sign(sign, act.at..act.end);
                self.sink.html.push_str(sign);
            }
            ActKind::HighlightOpen => {
                self.sink.html.push_str("<mark>");
                self.begin_own(state);
            }
            ActKind::HighlightClose => {
                self.end_own(state);
                self.sink.html.push_str("</mark>");
            }
            ActKind::QuoteOpen(index) => {
                self.sink.hole(HoleKind::QuotationOpen(self.candidate(index)));
                self.begin_own(state);
            }
            ActKind::QuoteClose(index) => {
                self.end_own(state);
                self.sink.hole(HoleKind::QuotationClose(self.candidate(index)));
            }
            ActKind::QuoteStart(index) => plan.candidates[index].whole.start = at,
            ActKind::QuoteEnd(index) => plan.candidates[index].words.end = at,
            ActKind::Citation(index) => self.cite(prose, plan, index, state),
            ActKind::InText(index) => self.cite_in_text(prose, plan, index, state),
            ActKind::InTextEnd(_) => self.end_in_text(state),
            ActKind::Note(index) => {
                let found = plan.found[index].at.clone();
                let number = Extent::new(self.body.notes.len(), 0).start;
                self.body.notes.push(Note::inline(found.clone().into()));
                self.put(HoleKind::NoteReference(number), state);
                state.noted = state.noted.max(found.end);
                state.notes.push((number, found.start + 2..found.end - 1));
            }
            ActKind::Dangling(index) => self.report_dangling(plan.found[index].at.clone()),
            ActKind::Tag => self.tag(act.at..act.end),
        }
        state.skip = state.skip.max(act.end);
    }

    /// Writes a citation in brackets.
    fn cite(&mut self, prose: Prose<'_, 't>, plan: &Plan, index: usize, state: &mut State) {
        let found = &plan.found[index];
        let Some(mut citation) = cluster::read(prose, found) else { return };
        let leaf = self.plain.leaves[state.leaf as usize].text.start as usize;
        if self.sink.trim(state.html) {
            let length = self.plain.text.trim_end_matches([' ', '\n']).len().max(leaf);
            self.cut_text(length);
            state.line = state.line.min(length);
            citation.spaced = true;
        }
        let at = self.plain.text.len();
        (citation.text, citation.leaf) = (Extent::new(at, at), state.leaf);
        let number = Extent::new(self.body.citations.len(), 0).start;
        let rest = &self.source[found.at.end..];
        let stop = rest.chars().next().filter(|letter| matches!(letter, '.' | ',' | ';' | ':' | '!' | '?'));
        let nested = state.skip > found.at.start || !state.links.is_empty();
        citation.stop = stop.filter(|stop| !nested && !rest[1..].starts_with([*stop, '[']));
        let stop = citation.stop;
        self.body.citations.push(citation);
        self.put(HoleKind::Citation(number), state);
        if let Some(stop) = stop {
            self.origin(found.at.end);
            self.plain.text.push(stop);
            state.skip = state.skip.max(found.at.end + stop.len_utf8());
        }
    }

    /// Begins an in-text citation, whose words follow.
    fn cite_in_text(&mut self, prose: Prose<'_, 't>, plan: &Plan, index: usize, state: &mut State) {
        if plan.found[index].at.start < state.skip {
            return;
        }
        let Some(mut citation) = cluster::read(prose, &plan.found[index]) else { return };
        citation.leaf = state.leaf;
        let number = self.body.citations.len();
        self.body.citations.push(citation);
        self.sink.hole(HoleKind::Citation(Extent::new(number, 0).start));
        state.in_text.push((number, self.sink.html.len(), self.plain.text.len()));
        self.begin_own(state);
    }

    /// Ends an in-text citation.
    fn end_in_text(&mut self, state: &mut State) {
        let Some((number, html, text)) = state.in_text.pop() else { return };
        self.end_own(state);
        let citation = &mut self.body.citations[number];
        citation.html = Extent::new(0, self.sink.html.len() - html);
        citation.text = Extent::new(text, self.plain.text.len());
    }

    /// Writes a reference to a footnote.
    fn reference(&mut self, label: &str, state: &mut State) {
        let number = self.note_named(label);
        self.put(HoleKind::NoteReference(number), state);
    }

    /// Puts a hole, behind the link that is open if there is one.
    pub(super) fn put(&mut self, kind: HoleKind, state: &mut State) {
        if state.links.is_empty() {
            self.sink.hole(kind);
        } else {
            state.hoisted.push(kind);
        }
        self.refers |= matches!(kind, HoleKind::NoteReference(_) | HoleKind::Citation(_));
    }

    /// Writes words of the source as they stand.
    fn literal(&mut self, range: Range<usize>) {
        if range.start < range.end {
            self.words(&self.source[range.clone()], range.start);
        }
    }

    /// Writes words that begin at an offset of the source.
    pub(super) fn words(&mut self, words: &str, at: usize) {
        self.origin(at);
        self.plain.text.push_str(words);
        escape::text(words, &mut self.sink.html);
    }

    /// Writes a span of code.
    fn code(&mut self, text: &str, node: &Node<'t>) {
        let written = &self.source[node.start..node.end];
        let ticks = written.bytes().take_while(|byte| *byte == b'`').count();
        let start = [ticks, ticks + 1]
            .into_iter()
            .find(|start| written.get(*start..).is_some_and(|rest| rest.starts_with(text)));
        match start {
            Some(start) => {
                self.origin(node.start + start);
                self.plain.text.push_str(text);
            }
            None => self.sign(text, node.start..node.end),
        }
        self.sink.html.push_str("<code>");
        escape::text(text, &mut self.sink.html);
        self.sink.html.push_str("</code>");
    }

    /// Appends plain text that stands for other bytes of the source.
    pub(super) fn sign(&mut self, sign: &str, range: Range<usize>) {
        let piece = |at: usize, from: usize| (Extent::new(at, at).start, Extent::new(from, from).start);
        self.plain.origin.push(piece(self.plain.text.len(), range.start));
        self.plain.text.push_str(sign);
        self.plain.origin.push(piece(self.plain.text.len(), range.end));
    }

    /// Notes that the next byte of the plain text comes from an offset of the source.
    pub(super) fn origin(&mut self, at: usize) {
        let here = self.plain.text.len();
        let piece = (Extent::new(here, here).start, Extent::new(at, at).start);
        let goes_on = self.plain.origin.last().is_some_and(|last| last.1 + (piece.0 - last.0) == piece.1);
        if !goes_on {
            self.plain.origin.push(piece);
        }
    }

    /// Cuts the plain text back to a length.
    fn cut_text(&mut self, length: usize) {
        self.plain.text.truncate(length);
        while self.plain.origin.last().is_some_and(|piece| piece.0 as usize >= length) {
            self.plain.origin.pop();
        }
    }
}

/// Returns the tags of an element that has no attributes.
fn inline_tag(tag: &TagEnd) -> (&'static str, &'static str) {
    match tag {
        TagEnd::Emphasis => ("<em>", "</em>"),
        TagEnd::Strong => ("<strong>", "</strong>"),
        TagEnd::Strikethrough => ("<del>", "</del>"),
        _ => ("", ""),
    }
}

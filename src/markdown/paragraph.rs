//! Paragraphs, and the text of tight items: a callout's title, block ids, images and embeds that stand by themselves.

use std::ops::Range;

use pulldown_cmark::Event;

use super::block::{self, Wrap};
use super::body::{Extent, HoleKind};
use super::frame::{Frame, is_card};
use super::image::Seat;
use super::node::{self, Node, Prose};
use super::plain::LeafKind;
use super::read::Reader;
use super::sink::Late;

impl<'t> Reader<'t> {
    /// Ends the words of a tight item, which are no paragraph.
    pub(super) fn end_tight(&mut self) {
        if self.nodes.is_empty() {
            return;
        }
        let nodes = std::mem::take(&mut self.nodes);
        let range = self.start..nodes.last().map_or(self.start, |node| node.end);
        self.paragraph(nodes, false, range);
    }

    /// Writes a paragraph, or with `tags` false the words of a tight item.
    pub(super) fn paragraph(&mut self, mut nodes: Vec<Node<'t>>, tags: bool, range: Range<usize>) {
        let mut start = self.start;
        if let Some(marker) = self.take_marker() {
            if marker.at.start == start {
                let title = split_title(self.source, &mut nodes, marker.at.end);
                self.title(&marker, &title);
                start = nodes.first().map_or(range.end, |node| node.start);
                if nodes.iter().all(Node::is_blank) {
                    return self.reuse(nodes);
                }
            } else {
                self.title(&marker, &[]);
            }
        }
        let name = self.take_id(&mut nodes);
        if let Some((at, id)) = &name
            && nodes.iter().all(Node::is_blank)
        {
            let last = self.levels.last().and_then(|level| level.last);
            if let Some(last) = last {
                self.name_block(id, at.clone(), last, Wrap::Nothing);
            }
            return self.reuse(nodes);
        }
        let html = self.sink.html.len();
        if let Some(level) = self.levels.last_mut() {
            level.blocks += 1;
            level.single = None;
        }
        self.refers = false;
        let inside = self.pieces(&nodes, start, tags);
        if self.refers {
            self.sink.hole(HoleKind::NotesAfter);
        }
        if let Some(level) = self.levels.last_mut() {
            level.last = Some(html);
            level.single = inside.filter(|_| level.blocks == 1);
        }
        if let Some((at, id)) = name {
            self.name(&id, at, html, tags);
        }
        self.reuse(nodes);
    }

    /// Names a paragraph, or the item whose words these are.
    fn name(&mut self, id: &str, at: Range<usize>, html: usize, tags: bool) {
        let item = self.levels.last().filter(|level| matches!(level.frame, Frame::Item)).map(|level| level.html);
        match item {
            Some(item) if !tags => {
                let block = self.name_block(id, at, item, Wrap::List);
                if let Some(level) = self.levels.last_mut() {
                    level.named.extend(block);
                }
            }
            _ => {
                self.name_block(id, at, html, Wrap::Nothing);
            }
        }
    }

    /// Writes a paragraph's nodes: images by themselves and cards as blocks, what stands between them as paragraphs.
    /// Returns the inside of the paragraph, if it is a single one.
    fn pieces(&mut self, nodes: &[Node<'t>], start: usize, tags: bool) -> Option<Extent> {
        if self.sink.is_note() || !nodes.iter().any(Node::opens_image) {
            return self.piece(nodes, start, tags);
        }
        let alone = is_alone(nodes);
        let (mut from, mut index, mut depth) = (0, 0, 0usize);
        let mut single = None;
        let mut blocks = 0;
        while let Some(node) = nodes.get(index) {
            let is_block = node.opens_image() && depth == 0 && (alone || is_card(&node.event));
            if is_block {
                let close = node::closing(nodes, index);
                single = self.words_between(&nodes[from..index], start, tags);
                let prose = Prose {
                    source: self.source,
                    nodes: &nodes[index..=close],
                    start: node.start,
                    smart: self.options.smart,
                };
                self.prose(prose, LeafKind::Paragraph, Seat::Block);
                blocks += 1;
                (from, index) = (close + 1, close + 1);
                continue;
            }
            depth += usize::from(node.opens());
            depth -= usize::from(node.closes() && depth > 0);
            index += 1;
        }
        let last = self.words_between(&nodes[from..], start, tags);
        if blocks == 0 { last.or(single) } else { None }
    }

    /// Writes what stands between blocks, unless it is white space.
    fn words_between(&mut self, nodes: &[Node<'t>], start: usize, tags: bool) -> Option<Extent> {
        if nodes.iter().all(Node::is_blank) {
            return None;
        }
        let first = nodes.iter().position(|node| !node.is_blank()).unwrap_or(0);
        let last = nodes.iter().rposition(|node| !node.is_blank()).unwrap_or(0);
        let start = if first > 0 { nodes[first].start } else { start };
        self.piece(&nodes[first..=last], start, tags)
    }

    /// Writes one paragraph.
    fn piece(&mut self, nodes: &[Node<'t>], start: usize, tags: bool) -> Option<Extent> {
        let is_note = self.sink.is_note();
        match (tags, is_note) {
            (true, true) => self.sink.late(Late::ParagraphOpen),
            (true, false) => self.sink.html.push_str("<p>"),
            (false, _) => {}
        }
        let inside = self.sink.html.len();
        let prose = Prose { source: self.source, nodes, start, smart: self.options.smart };
        self.prose(prose, LeafKind::Paragraph, Seat::Line);
        let end = self.sink.html.len();
        match (tags, is_note) {
            (true, true) => self.sink.late(Late::ParagraphClose),
            (true, false) => self.sink.html.push_str("</p>\n"),
            (false, _) => {}
        }
        tags.then(|| Extent::new(inside, end))
    }

    /// Takes the block id from the end of a paragraph or heading.
    pub(super) fn take_id(&self, nodes: &mut Vec<Node<'t>>) -> Option<(Range<usize>, String)> {
        let node = nodes.last_mut()?;
        let text = node.literal(self.source)?;
        let caret = node.start + block::find(text)?;
        let is_escaped = caret > 0 && caret == node.start && self.source.as_bytes()[caret - 1] == b'\\';
        if is_escaped {
            return None;
        }
        let id = self.source[caret + 1..node.end].trim_end().to_owned();
        let end = node.start + self.source[node.start..caret].trim_end().len();
        let at = caret..caret + 1 + id.len();
        if end == node.start {
            nodes.pop();
            while nodes.last().is_some_and(Node::is_blank) {
                nodes.pop();
            }
        } else {
            node.end = end;
            node.event = Event::Text(self.source[node.start..end].into());
        }
        Some((at, id))
    }
}

/// Tells whether nodes are nothing but images and embeds.
fn is_alone(nodes: &[Node<'_>]) -> bool {
    let mut index = 0;
    while let Some(node) = nodes.get(index) {
        if node.opens_figure() {
            index = node::closing(nodes, index);
        } else if !node.is_blank() {
            return false;
        }
        index += 1;
    }
    true
}

/// Takes the title off a callout's first paragraph: what stands on the marker's line. The marker itself goes.
fn split_title<'t>(source: &'t str, nodes: &mut Vec<Node<'t>>, marker: usize) -> Vec<Node<'t>> {
    let mut depth = 0usize;
    let breaks = nodes.iter().position(|node| {
        depth += usize::from(node.opens());
        depth -= usize::from(node.closes() && depth > 0);
        depth == 0 && matches!(node.event, Event::SoftBreak | Event::HardBreak)
    });
    let rest = nodes.split_off(breaks.map_or(nodes.len(), |at| at + 1));
    let mut title = std::mem::replace(nodes, rest);
    title.pop_if(|node| matches!(node.event, Event::SoftBreak | Event::HardBreak));
    title.retain_mut(|node| {
        if node.start < marker && node.end > marker && node.literal(source).is_some() {
            node.start = marker;
            node.event = Event::Text(source[marker..node.end].into());
        }
        node.end > marker && (node.start >= marker || node.closes() || node.opens())
    });
    if let Some(first) = title.first_mut()
        && let Some(text) = first.literal(source)
    {
        first.start += text.len() - text.trim_start().len();
        first.event = Event::Text(source[first.start..first.end].into());
    }
    title
}

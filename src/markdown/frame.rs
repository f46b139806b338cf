//! Blocks: containers open and close, and what must be remembered of each meanwhile.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, LinkType, Tag, TagEnd};

use crate::diagnostic::code;

use super::annotation::NoteContent;
use super::body::{Extent, HoleKind};
use super::list;
use super::plain::{Leaf, LeafKind};
use super::quote::Quote;
use super::read::Reader;
use super::sink::{Late, Sink};

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
        if !self.plain.text.is_empty() && !self.plain.text.ends_with('\n') {
            self.plain.text.push('\n');
        }
        let at = self.plain.text.len();
        self.plain.leaves.push(Leaf { text: Extent::new(at, at), kind });
    }

    /// Ends it.
    pub(super) fn end_leaf(&mut self) {
        let end = self.plain.text.trim_end_matches('\n').len();
        if let Some(leaf) = self.plain.leaves.last_mut() {
            leaf.text.end = Extent::new(end, end).start.max(leaf.text.start);
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
                self.note_number(&range);
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
            Tag::Table(columns) => self.open_table(columns),
            Tag::TableHead => self.sink.html.push_str("<thead><tr>"),
            Tag::TableRow => self.open_row(),
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
            TagEnd::TableHead => self.close_head(),
            TagEnd::TableRow => self.sink.html.push_str("</tr>\n"),
            _ => {}
        }
    }

    pub(super) fn set_leaf(&mut self, holds: bool) {
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

    /// Keeps the room of a list of nodes for the next block.
    pub(super) fn reuse(&mut self, mut nodes: Vec<super::node::Node<'t>>) {
        nodes.clear();
        self.nodes = nodes;
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

//! Where HTML and its holes are gathered: one sink for the flow of a text, one for each note while it is read.
//!
//! Inside a note it is only known at its end whether its paragraphs and lists may be tags of their own; until then they
//! are [`Late`] tags, which stand beside the HTML.

use super::annotation::NoteContent;
use super::body::{Extent, Hole, HoleKind};

/// HTML with holes.
#[derive(Default, Debug)]
pub(super) struct Sink {
    /// The HTML so far.
    pub(super) html: String,
    /// Its holes; not yet in order where an id was put into an earlier tag.
    pub(super) holes: Vec<Hole>,
    /// Tags of which it is not known yet how they are written: where each stands, and behind how many holes.
    pub(super) late: Vec<(usize, usize, Late)>,
    /// What the note that is being written is made of.
    pub(super) content: Option<NoteContent>,
}

/// A tag in a note that is written at its end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Late {
    /// A paragraph begins.
    ParagraphOpen,
    /// It ends.
    ParagraphClose,
    /// A list begins, with its first number if it is ordered.
    ListOpen(Option<u64>),
    /// It ends; with a number if it is ordered.
    ListClose(Option<u64>),
    /// An item begins.
    ItemOpen,
    /// It ends.
    ItemClose,
}

impl Sink {
    /// Makes the sink of a note.
    pub(super) fn of_note() -> Sink {
        Sink { content: Some(NoteContent::Phrasing), ..Sink::default() }
    }

    /// Tells whether a note is being written.
    pub(super) fn is_note(&self) -> bool {
        self.content.is_some()
    }

    /// Puts a hole at the end.
    pub(super) fn hole(&mut self, kind: HoleKind) {
        self.hole_at(self.html.len(), kind);
    }

    /// Puts a hole at an offset.
    pub(super) fn hole_at(&mut self, at: usize, kind: HoleKind) {
        self.holes.push(Hole { at: Extent::new(at, at).start, kind });
    }

    /// Puts a division around what stands from an offset to the end, if that begins with a picture: its tag is made later.
    pub(super) fn enclose_figure(&mut self, from: usize) {
        let is_behind = |hole: &Hole| hole.at as usize >= from;
        let begins = |hole: &Hole| hole.at as usize == from && matches!(hole.kind, HoleKind::Figure(_));
        if self.html[from..].starts_with('<') || !self.holes.iter().rev().take_while(|hole| is_behind(hole)).any(begins)
        {
            return;
        }
        let tag = "<div>";
        self.html.insert_str(from, tag);
        for hole in self.holes.iter_mut().rev().take_while(|hole| is_behind(hole)) {
            hole.at = Extent::new(hole.at as usize + tag.len(), 0).start;
        }
        self.html.push_str("</div>\n");
    }

    /// Puts a late tag at the end.
    pub(super) fn late(&mut self, late: Late) {
        self.late.push((self.html.len(), self.holes.len(), late));
    }

    /// Takes white space from the end of the HTML, unless a hole stands behind it; tells whether there was any. What
    /// stands before `floor` stays.
    pub(super) fn trim(&mut self, floor: usize) -> bool {
        let length = self.html.trim_end_matches([' ', '\n']).len().max(floor);
        let free = self.holes.last().is_none_or(|hole| (hole.at as usize) <= length);
        let late = self.late.last().is_none_or(|late| late.0 <= length);
        if length == self.html.len() || !free || !late {
            return false;
        }
        self.html.truncate(length);
        true
    }

    /// Writes the late tags, now that it is known what the note is made of.
    pub(super) fn settle(&mut self) {
        if self.late.is_empty() {
            return;
        }
        let late = std::mem::take(&mut self.late);
        let content = self.content.unwrap_or(NoteContent::Blocks);
        let paragraphs = late.iter().filter(|late| late.2 == Late::ParagraphOpen).count();
        let lists = late.iter().any(|late| matches!(late.2, Late::ListOpen(_)));
        let is_plain = content == NoteContent::Phrasing && paragraphs <= 1 && !lists;
        if is_plain {
            return;
        }
        let html = std::mem::take(&mut self.html);
        let (mut from, mut next) = (0, 0);
        for (at, holes, tag) in late {
            let shift = self.html.len();
            for hole in &mut self.holes[next..holes] {
                hole.at = Extent::new(shift + (hole.at as usize - from), 0).start;
            }
            self.html.push_str(&html[from..at]);
            super::annotation::write_late(tag, content, &mut self.html);
            (from, next) = (at, holes);
        }
        for hole in &mut self.holes[next..] {
            hole.at = Extent::new(self.html.len() + (hole.at as usize - from), 0).start;
        }
        self.html.push_str(&html[from..]);
    }

    /// Appends another sink, and returns where its HTML stands now.
    pub(super) fn append(&mut self, other: &Sink) -> Extent {
        let start = self.html.len();
        self.html.push_str(&other.html);
        let shift = Extent::new(start, start).start;
        self.holes.extend(other.holes.iter().map(|hole| Hole { at: hole.at + shift, kind: hole.kind }));
        Extent::new(start, self.html.len())
    }
}

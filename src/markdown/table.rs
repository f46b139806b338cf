//! Tables: a wrapper that scrolls, cells aligned by class.

use pulldown_cmark::Alignment;

use super::body::{HoleKind, Word};
use super::frame::{Frame, Level, TablePart};
use super::image::Seat;
use super::node::Prose;
use super::plain::LeafKind;
use super::read::Reader;

impl Reader<'_> {
    /// Opens a table.
    pub(super) fn open_table(&mut self, columns: Vec<Alignment>) {
        let html = self.begin_block();
        self.blocks_only();
        self.sink.html.push_str("<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"");
        self.sink.hole(HoleKind::Word(Word::Table));
        self.sink.html.push_str("\"><table>\n");
        self.sink.hole(HoleKind::NotesHold);
        self.levels.push(Level::new(Frame::Table(columns, 0, TablePart::Head), html));
    }

    /// Opens a row of a table's body.
    pub(super) fn open_row(&mut self) {
        if let Some(Level { frame: Frame::Table(_, column, part), .. }) = self.levels.last_mut() {
            if *part != TablePart::Rows {
                self.sink.html.push_str("<tbody>\n");
            }
            (*column, *part) = (0, TablePart::Rows);
        }
        self.sink.html.push_str("<tr>");
    }

    /// Closes the head of a table.
    pub(super) fn close_head(&mut self) {
        self.sink.html.push_str("</tr></thead>\n");
        if let Some(Level { frame: Frame::Table(_, column, part), .. }) = self.levels.last_mut() {
            (*column, *part) = (0, TablePart::Between);
        }
    }

    /// Writes the cell whose nodes have been gathered.
    pub(super) fn cell(&mut self) {
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
}

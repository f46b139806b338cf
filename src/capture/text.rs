//! The text of a capture: what it says, without markup and noise, and where its paragraphs, pages and lines begin.
//!
//! A [`CaptureText`] is plain data, made by a [`Builder`](super::builder::Builder) to which the formats (`txt`, `html`, `md`, `pdf`) tell their
//! text piece by piece. What must hold: the text keeps every readable word in its order; blocks ascend, do not overlap
//! and are never empty; noise lines are in neither.

use std::ops::Range;

use super::sentence::is_end;

/// The text of a capture and the places in it. Offsets are bytes of [`CaptureText::text`].
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct CaptureText {
    /// The readable text: blocks are separated by an empty line (by `\n` where they are lines, [`Flow::Broken`]), lines
    /// in a block by `\n`, cells of a row by a tab.
    pub text: String,
    /// The blocks of the text, in order.
    pub blocks: Vec<Block>,
    /// `(offset, line)`: from this offset on the text stands in this line of the file (from 1), until the next entry.
    /// Empty where the file has no lines (PDF).
    pub lines: Vec<(u32, u32)>,
    /// Offsets at which the pages begin, in order; empty where the file has no pages.
    pub pages: Vec<u32>,
    /// What the blocks are, as far as gaps in quotations are concerned.
    pub flow: Flow,
}

/// A stretch of text that stands by itself: a paragraph, a heading, a row of a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// Its bytes in the text, without the white space around it.
    pub range: Range<usize>,
    /// Its number, from 1; `None` for text outside all that is counted (a `div`, a block of code, a PDF).
    pub paragraph: Option<u32>,
    /// What it is.
    pub kind: Kind,
}

/// What a block is, for those who show it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Running text, and everything that is none of the others.
    Paragraph,
    /// A heading of a level from 1 to 6.
    Heading(u8),
    /// An item of a list.
    Item,
    /// A quotation set off from the text.
    Quote,
    /// A row of a table; its cells are separated by tabs.
    Row,
}

/// Whether the end of a block is the end of a paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Flow {
    /// Each block is a paragraph of its own.
    #[default]
    Blocks,
    /// Blocks are lines or pages, as the file breaks them: one that does not end like a sentence goes on in the next.
    Broken,
}

impl CaptureText {
    /// Returns the index of the block that holds `offset`, or else the last one before it; `None` before the first.
    pub fn block_at(&self, offset: usize) -> Option<usize> {
        self.blocks.partition_point(|block| block.range.start <= offset).checked_sub(1)
    }

    /// Returns the line of the file, from 1, in which `offset` stands.
    pub fn line_at(&self, offset: usize) -> Option<u32> {
        let after = self.lines.partition_point(|(start, _)| *start as usize <= offset);
        after.checked_sub(1).map(|at| self.lines[at].1)
    }

    /// Returns the page, from 1, on which `offset` stands.
    pub fn page_at(&self, offset: usize) -> Option<u32> {
        let page = self.pages.partition_point(|start| *start as usize <= offset);
        if self.pages.is_empty() { None } else { Some(offset32(page.max(1))) }
    }

    /// Tells whether there is any word in it: a scan without recognised text has none.
    pub fn has_words(&self) -> bool {
        self.text.contains(super::word::is_word)
    }

    /// Returns how many of the pages have no word, and how many there are.
    pub fn wordless_pages(&self) -> (usize, usize) {
        let ends = self.pages.iter().skip(1).map(|start| *start as usize).chain(std::iter::once(self.text.len()));
        let pages = self.pages.iter().map(|start| (*start as usize).min(self.text.len())).zip(ends);
        let wordless = pages.filter(|(start, end)| {
            !self.text.get(*start..*end).is_some_and(|page| page.contains(super::word::is_word))
        });
        (wordless.count(), self.pages.len())
    }

    /// Returns the number of paragraphs that are counted.
    pub fn paragraphs(&self) -> u32 {
        self.blocks.iter().rev().find_map(|block| block.paragraph).unwrap_or(0)
    }

    /// Tells whether a gap in a quotation may reach from block `from` into block `to`: the same paragraph or the next.
    /// What does not count (a caption, an advertisement) may stand between two paragraphs that do.
    pub(super) fn may_reach(&self, from: usize, to: usize) -> bool {
        if to <= from + 1 {
            return true;
        }
        match self.flow {
            Flow::Blocks => {
                let numbers = self.blocks[from].paragraph.zip(self.blocks[to].paragraph);
                numbers.is_some_and(|(from, to)| to <= from + 1)
            }
            Flow::Broken => {
                let ends = self.blocks[from..to].iter().filter(|block| is_end(&self.text[block.range.clone()]));
                ends.take(2).count() <= 1
            }
        }
    }
}

/// Turns an offset or a count into the four bytes in which it is kept; captures are far below 4 GiB.
pub(super) fn offset32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

//! The text of a capture: what it says, without markup and noise, and where its paragraphs, pages and lines begin.
//!
//! A [`CaptureText`] is plain data, made by a [`Builder`] to which the formats (`txt`, `html`, `md`, `pdf`) tell their
//! text piece by piece. What must hold: the text keeps every readable word in its order; blocks ascend, do not overlap
//! and are never empty; noise lines are in neither.

use std::collections::BTreeSet;
use std::ops::Range;

use super::normal;

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

    /// Returns the number of paragraphs that are counted.
    pub fn paragraphs(&self) -> u32 {
        self.blocks.iter().rev().find_map(|block| block.paragraph).unwrap_or(0)
    }

    /// Tells whether a gap in a quotation may reach from block `from` into block `to`: the same paragraph or the next.
    pub(super) fn may_reach(&self, from: usize, to: usize) -> bool {
        if to <= from + 1 {
            return true;
        }
        if self.flow == Flow::Blocks {
            return false;
        }
        let ends = self.blocks[from..to].iter().filter(|block| ends_sentence(&self.text[block.range.clone()]));
        ends.take(2).count() <= 1
    }
}

/// Tells whether a line ends as the last line of a paragraph does.
fn ends_sentence(line: &str) -> bool {
    let line = line.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»“‘)]".contains(c));
    line.ends_with(['.', '!', '?', ':', ';', '…', '。', '！', '？'])
}

/// Turns an offset or a count into the four bytes in which it is kept; captures are far below 4 GiB.
pub(super) fn offset32(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

/// The lines of a capture that are not part of its text.
#[derive(Default)]
pub(super) struct Noise {
    lines: BTreeSet<String>,
    longest: usize,
}

impl Noise {
    /// Makes the set of `lines`; letter case counts, white space and typographic marks do not.
    pub(super) fn new(lines: &[String]) -> Noise {
        let lines: BTreeSet<String> = lines.iter().map(|line| normal::words(line)).filter(|l| !l.is_empty()).collect();
        // A line may be longer than its normal form: marks of three bytes become one, spaces are collapsed.
        let longest = lines.iter().map(|line| line.len() * 4 + 64).max().unwrap_or(0);
        Noise { lines, longest }
    }

    /// Tells whether a line (without its end) is noise.
    pub(super) fn has(&self, line: &str) -> bool {
        let line = line.trim();
        !line.is_empty() && line.len() <= self.longest && self.lines.contains(&normal::words(line))
    }
}

/// How a text takes its white space.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
    /// Runs of white space are one space.
    Collapsed,
    /// White space stands as it is.
    Kept,
}

/// Makes a [`CaptureText`] from what a format tells it, in the order of the text.
pub(super) struct Builder<'a> {
    noise: &'a Noise,
    out: CaptureText,
    /// Where the line that is being written begins, in `out.text`.
    line_start: usize,
    /// Where the part of it that stands in one line of the file begins.
    soft_start: usize,
    /// What must stand before the next word.
    pending: Pending,
    /// The block that is being written: its start, what it is, whether it counts.
    block: Option<(usize, Kind, bool)>,
    next: (Kind, bool),
    count: u32,
}

/// A place in the text that a builder may go back to.
pub(super) struct Mark {
    length: usize,
    lines: usize,
    is_inside: bool,
}

/// The white space that is owed before the next word; the greater one wins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Pending {
    Nothing,
    Space,
    Cell,
    Line,
}

impl<'a> Builder<'a> {
    /// Makes a builder that leaves out `noise`.
    pub(super) fn new(noise: &'a Noise, flow: Flow, size: usize) -> Builder<'a> {
        let out = CaptureText { text: String::with_capacity(size), flow, ..CaptureText::default() };
        Builder {
            noise,
            out,
            line_start: 0,
            soft_start: 0,
            pending: Pending::Nothing,
            block: None,
            next: (Kind::Paragraph, false),
            count: 0,
        }
    }

    /// Begins a new block with the next word.
    pub(super) fn block(&mut self, kind: Kind, counts: bool) {
        self.end_block();
        self.next = (kind, counts);
    }

    /// Begins a new line with the next word.
    pub(super) fn line(&mut self) {
        self.end_line();
        self.owe(Pending::Line);
    }

    /// Begins a new cell of a row with the next word.
    pub(super) fn cell(&mut self) {
        self.owe(Pending::Cell);
    }

    /// Sets a space before the next word.
    pub(super) fn space(&mut self) {
        self.owe(Pending::Space);
    }

    /// Begins a new page.
    pub(super) fn page(&mut self) {
        self.end_block();
        self.out.pages.push(offset32(self.out.text.len()));
    }

    /// Adds text that stands in the file from line `line` on.
    pub(super) fn text(&mut self, text: &str, line: u32, space: Space) {
        let mut line = line;
        for (nth, part) in text.split('\n').enumerate() {
            if nth > 0 {
                line += 1;
                match space {
                    Space::Kept => self.line(),
                    Space::Collapsed => self.soft_break(),
                }
            }
            match space {
                Space::Kept => self.kept(part, line),
                Space::Collapsed => self.collapsed(part, line),
            }
        }
    }

    /// Notes this place in the text.
    pub(super) fn mark(&self) -> Mark {
        Mark { length: self.out.text.len(), lines: self.out.lines.len(), is_inside: self.block.is_some() }
    }

    /// Takes back what was written since `mark`, if it was at most `longest` bytes in the middle of a block.
    pub(super) fn take_back(&mut self, mark: Mark, longest: usize) {
        let written = self.out.text.len().saturating_sub(mark.length);
        if mark.is_inside && self.block.is_some() && written > 0 && written <= longest {
            let spaced = self.out.text[mark.length..].starts_with(' ');
            self.out.text.truncate(mark.length);
            self.out.lines.truncate(mark.lines);
            if spaced {
                self.owe(Pending::Space);
            }
        }
    }

    /// Returns the text.
    pub(super) fn finish(mut self) -> CaptureText {
        self.end_block();
        let end = self.out.text.trim_end().len();
        self.out.text.truncate(end);
        self.out.text.shrink_to_fit();
        self.out
    }

    /// Numbers every block, where none is counted by what it is.
    pub(super) fn finish_counting_all(self) -> CaptureText {
        let mut out = self.finish();
        if out.blocks.iter().all(|block| block.paragraph.is_none()) {
            for (nth, block) in out.blocks.iter_mut().enumerate() {
                block.paragraph = Some(offset32(nth + 1));
            }
        }
        out
    }

    fn owe(&mut self, what: Pending) {
        if self.block.is_some() {
            self.pending = self.pending.max(what);
        }
    }

    fn kept(&mut self, part: &str, line: u32) {
        let text = if self.block.is_none() { part.trim() } else { part.trim_end() };
        if !text.trim_start().is_empty() {
            self.word(text, line);
        }
        if part.ends_with(char::is_whitespace) {
            self.owe(Pending::Space);
        }
    }

    fn collapsed(&mut self, part: &str, line: u32) {
        let mut rest = part;
        loop {
            let word = rest.trim_start_matches(is_collapsible);
            if word.len() < rest.len() {
                self.owe(Pending::Space);
            }
            let end = word.find(is_collapsible).unwrap_or(word.len());
            if end == 0 {
                return;
            }
            self.word(&word[..end], line);
            rest = &word[end..];
        }
    }

    fn word(&mut self, word: &str, line: u32) {
        if self.block.is_none() {
            if !self.out.text.is_empty() {
                self.out.text.push_str(if self.out.flow == Flow::Broken { "\n" } else { "\n\n" });
            }
            self.start_line();
            self.block = Some((self.out.text.len(), self.next.0, self.next.1));
            self.pending = Pending::Nothing;
        }
        match self.pending {
            Pending::Nothing => {}
            Pending::Space => self.out.text.push(' '),
            Pending::Cell => self.out.text.push('\t'),
            Pending::Line => {
                self.out.text.push('\n');
                self.start_line();
            }
        }
        self.pending = Pending::Nothing;
        if line > 0 && self.out.lines.last().is_none_or(|last| last.1 != line) {
            self.out.lines.push((offset32(self.out.text.len()), line));
        }
        self.out.text.push_str(word);
    }

    fn start_line(&mut self) {
        self.line_start = self.out.text.len();
        self.soft_start = self.line_start;
    }

    /// Ends a line of the file inside a line of text: alone it may be noise, too.
    fn soft_break(&mut self) {
        if self.noise.longest > 0 && self.block.is_some() {
            self.drop_noise(self.soft_start);
            self.soft_start = self.out.text.len();
        }
        self.owe(Pending::Space);
    }

    fn end_line(&mut self) {
        if self.noise.longest > 0 && self.block.is_some() {
            self.drop_noise(self.soft_start);
            self.drop_noise(self.line_start);
        }
    }

    /// Takes back what was written since `start`, if it is noise.
    fn drop_noise(&mut self, start: usize) {
        if !self.noise.has(&self.out.text[start..]) {
            return;
        }
        let kept = self.out.text[..start].trim_end().len();
        self.out.text.truncate(kept);
        let lines = self.out.lines.partition_point(|(at, _)| (*at as usize) < kept);
        self.out.lines.truncate(lines);
        self.line_start = self.line_start.min(kept);
        self.soft_start = kept;
        match self.block {
            Some((from, ..)) if from >= kept => self.block = None,
            Some(_) => self.owe(if start == self.line_start { Pending::Line } else { Pending::Space }),
            None => {}
        }
    }

    fn end_block(&mut self) {
        self.end_line();
        self.pending = Pending::Nothing;
        // What follows an element stands outside it, until another begins.
        self.next = (Kind::Paragraph, false);
        let Some((start, kind, counts)) = self.block.take() else { return };
        let end = self.out.text.trim_end().len();
        if end <= start || self.out.text[start..end].chars().all(|c| c.is_whitespace() || normal::is_invisible(c)) {
            self.out.text.truncate(self.out.text[..start].trim_end().len());
            return;
        }
        let paragraph = if counts {
            self.count += 1;
            Some(self.count)
        } else {
            None
        };
        self.out.blocks.push(Block { range: start..end, paragraph, kind });
    }
}

/// Tells whether HTML collapses the character; a no-break space is text.
fn is_collapsible(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

//! Putting the text of a capture together from what a format tells, piece by piece: white space, lines, blocks, noise.
//!
//! White space is owed, not written: the greatest separator that was asked for since the last word is written before the
//! next one. What must hold: a line that is noise leaves nothing behind, neither text nor a number; a block without a
//! visible character is none.

use std::collections::BTreeSet;

use super::normal;
use super::number;
use super::text::{Block, CaptureText, Flow, Kind, offset32};
use crate::file::Fit;

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

    /// Takes back what was written since `mark`, if it was at most `longest` bytes, also at the beginning of a block.
    pub(super) fn drop_since(&mut self, mark: Mark, longest: usize) {
        match self.block {
            Some((start, ..)) if !mark.is_inside => {
                let is_new = self.out.blocks.last().is_none_or(|block| block.range.end <= mark.length);
                if is_new && self.out.text.len() - start <= longest {
                    self.out.text.truncate(mark.length);
                    self.out.lines.truncate(mark.lines);
                    (self.block, self.pending) = (None, Pending::Nothing);
                }
            }
            _ => self.take_back(mark, longest),
        }
    }

    /// Raises what was written since `mark`, if it is a number right behind another: an exponent is none of its digits.
    pub(super) fn raise(&mut self, mark: &Mark) {
        let Some(written) = self.out.text.get(mark.length..).filter(|_| mark.is_inside && self.block.is_some()) else {
            return;
        };
        let raised: Option<String> = written.chars().map(number::raised).collect();
        if let Some(raised) = raised.filter(|_| self.out.text[..mark.length].ends_with(char::is_numeric)) {
            self.out.text.truncate(mark.length);
            self.out.text.push_str(&raised);
        }
    }

    /// Returns the text.
    pub(super) fn finish(mut self) -> CaptureText {
        self.end_block();
        let end = self.out.text.trim_end().len();
        self.out.text.truncate(end);
        self.out.text.fit();
        self.out.blocks.fit();
        self.out.lines.fit();
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
        if word.contains(is_stray) {
            self.out.text.extend(word.chars().map(|c| if is_stray(c) { ' ' } else { c }));
        } else {
            self.out.text.push_str(word);
        }
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

/// Tells whether a character is none that a text holds, nor a page may: a zero byte, a control code.
fn is_stray(c: char) -> bool {
    c.is_control() && !c.is_whitespace()
}

/// Tells whether HTML collapses the character; a no-break space is text.
fn is_collapsible(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

//! Spans of bytes, and the lines and columns that people are shown.

use std::ops::Range;

/// A half-open range of bytes in a file. Files are at most 4 GiB (larger ones are `too-large`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// Makes a span of two offsets in bytes.
    pub fn new(start: usize, end: usize) -> Span {
        let fit = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Span { start: fit(start), end: fit(end.max(start)) }
    }

    /// Returns the span as a range of `usize`.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Span {
        Span::new(range.start, range.end)
    }
}

/// A span as people count it: lines and columns from 1, columns in Unicode scalar values, the end exclusive.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Position {
    /// Line of the first character.
    pub line: u32,
    /// Column of the first character.
    pub column: u32,
    /// Line of the end.
    pub end_line: u32,
    /// Column behind the last character.
    pub end_column: u32,
}

/// How many bytes lie between two counts of characters: the most that finding a column ever reads twice.
const STRIDE: usize = 1024;

/// The byte order mark of UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Where the lines of a text begin, so that many offsets in it can be turned into lines and columns.
pub struct LineIndex<'a> {
    text: &'a [u8],
    starts: Vec<u32>,
    /// How many characters lie before each multiple of [`STRIDE`]; empty where the text is not UTF-8. Without them a
    /// file of one long line would be read from its start for each of its diagnostics.
    counts: Vec<u32>,
}

impl<'a> LineIndex<'a> {
    /// Indexes the lines of `text` (which need not be UTF-8): they end in LF, CRLF or CR.
    pub fn new(text: &'a [u8]) -> LineIndex<'a> {
        // A byte order mark is no character of the first line: no editor counts it.
        let mut starts = vec![if text.starts_with(MARK) { 3 } else { 0 }];
        for (at, byte) in text.iter().enumerate() {
            let ends = *byte == b'\n' || (*byte == b'\r' && text.get(at + 1) != Some(&b'\n'));
            if ends {
                starts.push(Span::new(at + 1, at + 1).start);
            }
        }
        let counts = if std::str::from_utf8(text).is_ok() { characters_before_strides(text) } else { Vec::new() };
        LineIndex { text, starts, counts }
    }

    /// Returns lines and columns of `span`; offsets behind the text count as its end.
    pub fn position(&self, span: Span) -> Position {
        let (line, column) = self.point(span.start);
        let (end_line, end_column) = self.point(span.end.max(span.start));
        Position { line, column, end_line, end_column }
    }

    /// Returns the text of line `line` (from 1) without its end.
    pub fn line(&self, line: u32) -> &'a [u8] {
        let Some(&start) = self.starts.get(line as usize - 1) else { return &[] };
        let rest = &self.text[start as usize..];
        let end = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        &rest[..end]
    }

    fn point(&self, offset: u32) -> (u32, u32) {
        let offset = (offset as usize).max(self.starts[0] as usize).min(self.text.len());
        let line = self.starts.partition_point(|start| *start as usize <= offset);
        let start = self.starts[line - 1] as usize;
        let column = match self.counts.is_empty() {
            false => self.characters_before(offset) - self.characters_before(start),
            true => String::from_utf8_lossy(&self.text[start..offset]).chars().count(),
        };
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column + 1).unwrap_or(u32::MAX))
    }

    fn characters_before(&self, offset: usize) -> usize {
        let stride = offset / STRIDE;
        self.counts[stride] as usize + characters(&self.text[stride * STRIDE..offset])
    }
}

/// Counts the characters that begin in `text`, a piece of UTF-8.
fn characters(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

fn characters_before_strides(text: &[u8]) -> Vec<u32> {
    let mut sum = 0;
    let mut counts = vec![0];
    for stride in text.chunks_exact(STRIDE) {
        sum += characters(stride);
        counts.push(u32::try_from(sum).unwrap_or(u32::MAX));
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::{LineIndex, Position, Span};

    #[test]
    fn columns_count_characters_and_lines_end_in_any_style() {
        let text = "é[[x]]\r\nz\rq".as_bytes();
        let index = LineIndex::new(text);
        let position = index.position(Span::new(2, 7));
        assert_eq!(position, Position { line: 1, column: 2, end_line: 1, end_column: 7 });
        assert_eq!(index.position(Span::new(11, 12)).line, 3);
        assert_eq!(index.line(2), b"z");
    }
    #[test]
    fn columns_in_a_long_line_count_from_its_start() {
        let text = format!("first\n{}[[x]]", "é—a".repeat(2_000));
        let at = text.find("[[").expect("it is there");
        let index = LineIndex::new(text.as_bytes());
        let position = index.position(Span::new(at, at + 5));
        assert_eq!(position, Position { line: 2, column: 6_001, end_line: 2, end_column: 6_006 });
        assert_eq!(index.position(Span::new(text.len(), usize::MAX)).column, 6_006);
    }

    #[test]
    fn a_byte_order_mark_is_in_no_column() {
        let index = LineIndex::new("\u{feff}a [[x]]\nb".as_bytes());
        let position = index.position(Span::new(5, 10));
        assert_eq!(position, Position { line: 1, column: 3, end_line: 1, end_column: 8 });
        assert_eq!(index.line(1), b"a [[x]]");
        assert_eq!(index.position(Span::new(0, 3)), Position { line: 1, column: 1, end_line: 1, end_column: 1 });
    }

    #[test]
    fn a_text_that_is_not_utf8_has_columns_too() {
        let position = LineIndex::new(b"a \x93word\x94 b").position(Span::new(9, 10));
        assert_eq!((position.line, position.column), (1, 10));
    }
}

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

/// Where the lines of a text begin, so that many offsets in it can be turned into lines and columns.
pub struct LineIndex<'a> {
    text: &'a [u8],
    starts: Vec<u32>,
}

impl<'a> LineIndex<'a> {
    /// Indexes the lines of `text` (which need not be UTF-8): they end in LF, CRLF or CR.
    pub fn new(text: &'a [u8]) -> LineIndex<'a> {
        let mut starts = vec![0];
        for (at, byte) in text.iter().enumerate() {
            let ends = *byte == b'\n' || (*byte == b'\r' && text.get(at + 1) != Some(&b'\n'));
            if ends {
                starts.push(Span::new(at + 1, at + 1).start);
            }
        }
        LineIndex { text, starts }
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
        let offset = (offset as usize).min(self.text.len());
        let line = self.starts.partition_point(|start| *start as usize <= offset);
        let start = self.starts[line - 1] as usize;
        let head = &self.text[start..offset];
        let column = match std::str::from_utf8(head) {
            Ok(text) => text.chars().count(),
            Err(_) => String::from_utf8_lossy(head).chars().count(),
        };
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column + 1).unwrap_or(u32::MAX))
    }
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
}

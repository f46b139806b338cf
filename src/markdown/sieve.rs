//! The sieve for raw HTML.

use std::ops::Range;

use super::read::Reader;

/// Writes raw HTML that stands in a line.
pub(super) fn inline(reader: &mut Reader<'_>, text: &str, at: Range<usize>) {
    reader.words(text, at.start);
}

/// Writes a block of raw HTML.
pub(super) fn block(reader: &mut Reader<'_>, raw: &str, at: Range<usize>) {
    reader.words(raw, at.start);
}

//! A passage: a quotation located in a capture, with the paragraph, page and line it stands in.

use std::ops::Range;

use super::locate::Normalised;

/// Where a quotation stands. Numbers are from 1, first and last; `None` where the capture has none there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Passage {
    /// The bytes of the capture's text, one range for each piece between gaps, in order.
    pub pieces: Vec<Range<usize>>,
    /// The paragraphs that it reaches over.
    pub paragraphs: Option<(u32, u32)>,
    /// The pages.
    pub pages: Option<(u32, u32)>,
    /// The lines of the file.
    pub lines: Option<(u32, u32)>,
}

impl Passage {
    /// Makes the passage of a chain of ranges in the normal form.
    pub(super) fn new(capture: &Normalised, chain: Vec<Range<usize>>) -> Passage {
        let pieces: Vec<Range<usize>> = chain.into_iter().map(|range| capture.original(range)).collect();
        let text = capture.capture();
        let start = pieces.first().map_or(0, |piece| piece.start);
        let last = pieces.last().map_or(0, |piece| piece.end.max(piece.start + 1) - 1);
        let both =
            |first: Option<u32>, last: Option<u32>| first.zip(last).or(first.map(|n| (n, n))).or(last.map(|n| (n, n)));
        let paragraph = |at: usize| text.block_at(at).and_then(|block| text.blocks[block].paragraph);
        Passage {
            paragraphs: both(paragraph(start), paragraph(last)),
            pages: both(text.page_at(start), text.page_at(last)),
            lines: both(text.line_at(start), text.line_at(last)),
            pieces,
        }
    }
}

//! How much of a capture is shown, and what in it is marked.
//!
//! `none` shows nothing; `full` everything; `excerpts` the quoted passages, each with its sentence and one on either
//! side, also across the end of a paragraph, as much of each as `sentence` allows. What must hold: no sentence is shown
//! that does not touch or stand beside a passage; marks that overlap come out as stretches, each with all the passages
//! that it belongs to.

use std::ops::Range;

use super::passage::Passage;
use super::sentence;
use super::text::{CaptureText, Kind};

/// How much of a capture is shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Extent {
    /// Nothing.
    None,
    /// The quoted passages and what stands around them.
    Excerpts,
    /// Everything.
    Full,
}

/// What is shown of a block of a capture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Excerpt {
    /// The number of the paragraph.
    pub paragraph: Option<u32>,
    /// The page that it begins on.
    pub page: Option<u32>,
    /// What kind of block it is.
    pub kind: Kind,
    /// Something is left out before it: blocks, or the beginning of this one.
    pub gap_before: bool,
    /// The rest of the capture behind it is left out; only in the last one.
    pub gap_after: bool,
    /// Its text, cut where the marks change.
    pub stretches: Vec<Stretch>,
}

/// A stretch of text with the same marks throughout.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// The text.
    pub text: String,
    /// The passages that it belongs to, as indexes into those that were given, in order; empty for plain text.
    pub passages: Vec<usize>,
}

/// Returns what is shown of a capture in which `passages` are quoted.
pub fn excerpts(capture: &CaptureText, passages: &[Passage], extent: Extent) -> Vec<Excerpt> {
    let shown = match extent {
        Extent::None => return Vec::new(),
        Extent::Full => std::iter::once(0..capture.text.len()).collect(),
        Extent::Excerpts => surroundings(capture, passages),
    };
    let marks = Marks::new(passages);
    let mut excerpts: Vec<Excerpt> = Vec::new();
    let mut end = 0;
    for range in shown {
        let first = capture.blocks.partition_point(|block| block.range.end <= range.start);
        for block in capture.blocks[first..].iter().take_while(|block| block.range.start < range.end) {
            let part = block.range.start.max(range.start)..block.range.end.min(range.end);
            let gap_before = !capture.text[end..part.start].trim().is_empty();
            excerpts.push(Excerpt {
                paragraph: block.paragraph,
                page: capture.page_at(part.start),
                kind: block.kind,
                gap_before,
                gap_after: false,
                stretches: marks.stretches(&capture.text, part.clone()),
            });
            end = part.end;
        }
    }
    let gap_after = !capture.text[end..].trim().is_empty();
    if let Some(last) = excerpts.last_mut() {
        last.gap_after = gap_after;
    }
    excerpts
}

/// Returns a passage in its context: its sentence and one on either side, as far as they stand in the same paragraph.
pub fn context(capture: &CaptureText, passage: &Passage) -> Vec<Stretch> {
    let (Some(first), Some(last)) = (passage.pieces.first(), passage.pieces.last()) else { return Vec::new() };
    let block = |at: usize| capture.block_at(at).map(|block| capture.blocks[block].range.clone());
    let (Some(begins), Some(ends)) = (block(first.start), block(last.end.max(first.start + 1) - 1)) else {
        return Vec::new();
    };
    let around = sentence::around(&capture.text, begins.start..ends.end.max(last.end), first.start..last.end);
    Marks::new(std::slice::from_ref(passage)).stretches(&capture.text, around)
}

/// Returns the text around each passage, joined where they meet, in order.
fn surroundings(capture: &CaptureText, passages: &[Passage]) -> Vec<Range<usize>> {
    let sentences = sentence::sentences(capture);
    let pieces = passages.iter().filter_map(|passage| Some(passage.pieces.first()?.start..passage.pieces.last()?.end));
    let mut ranges: Vec<Range<usize>> =
        pieces.map(|piece| sentence::reach(&capture.text, &sentences, &piece)).collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for range in ranges {
        match joined.last_mut() {
            Some(last) if capture.text[last.end.min(range.start)..range.start].trim().is_empty() => {
                last.end = last.end.max(range.end);
            }
            _ => joined.push(range),
        }
    }
    joined
}

/// Where marks begin and end.
struct Marks {
    /// Offset, whether it ends there (ends come first), and the passage.
    edges: Vec<(usize, Edge, usize)>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    End,
    Start,
}

impl Marks {
    fn new(passages: &[Passage]) -> Marks {
        let mut edges = Vec::new();
        for (nth, passage) in passages.iter().enumerate() {
            for piece in passage.pieces.iter().filter(|piece| !piece.is_empty()) {
                edges.push((piece.start, Edge::Start, nth));
                edges.push((piece.end, Edge::End, nth));
            }
        }
        edges.sort_unstable();
        Marks { edges }
    }

    /// Cuts a part of the text where the marks change.
    fn stretches(&self, text: &str, part: Range<usize>) -> Vec<Stretch> {
        let mut stretches = Vec::new();
        let mut open: Vec<usize> = Vec::new();
        let mut from = part.start;
        let mut add = |from: usize, to: usize, open: &[usize]| {
            if from < to {
                let mut passages = open.to_vec();
                passages.sort_unstable();
                passages.dedup();
                stretches.push(Stretch { text: text[from..to].to_owned(), passages });
            }
        };
        for &(at, edge, passage) in self.edges.iter().take_while(|edge| edge.0 < part.end) {
            let cut = at.clamp(part.start, part.end);
            add(from, cut, &open);
            from = cut;
            match edge {
                Edge::Start => open.push(passage),
                Edge::End => {
                    if let Some(place) = open.iter().position(|other| *other == passage) {
                        open.swap_remove(place);
                    }
                }
            }
        }
        add(from, part.end, &open);
        stretches
    }
}

//! The plain text of a body while it is read, and what is kept of it.
//!
//! Where sentences end and what a quotation says is read off the whole of it. Pages print little: headings, the first
//! paragraph, the sentences that hold a mention or a citation. These parts are kept, one behind the other, with a line
//! break between them so that no place is at the end of one and at the beginning of the next.

use super::body::{Body, Extent};
use super::sentence::Sentences;

/// The plain text of a body, whole.
#[derive(Debug)]
pub(super) struct Plain {
    /// The text as it is read, its blocks apart by a line break.
    pub(super) text: String,
    /// Where it came from: pieces `(offset in text, offset in source)`, ascending, each going on in step.
    pub(super) origin: Vec<(u32, u32)>,
    /// Its blocks: paragraphs, items, cells, headings.
    pub(super) leaves: Vec<Leaf>,
}

/// A block of the plain text: what a sentence cannot leave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Leaf {
    /// Its extent in [`Plain::text`].
    pub(super) text: Extent,
    /// What it is.
    pub(super) kind: LeafKind,
}

/// What a block of the plain text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum LeafKind {
    /// A paragraph, or a tight list item's text.
    Paragraph,
    /// A heading.
    Heading,
    /// The title of a callout.
    Title,
    /// A cell of a table.
    Cell,
    /// A block of code, or raw HTML shown as text: no prose.
    Verbatim,
}

impl Plain {
    /// Makes an empty plain text, with room for that of a source of so many bytes.
    pub(super) fn with_room(length: usize) -> Plain {
        Plain { text: String::with_capacity(length), origin: Vec::with_capacity(32), leaves: Vec::with_capacity(16) }
    }

    /// Gives a body the parts that are kept, and moves its extents there.
    pub(super) fn keep(&self, body: &mut Body) {
        let mut sentences = Sentences::new(self);
        for mention in &mut body.mentions {
            mention.sentence = sentences.around(mention.leaf, mention.text);
        }
        for citation in &mut body.citations {
            citation.sentence = sentences.citing(citation);
        }
        let lead = self.leaves.iter().find(|leaf| leaf.kind == LeafKind::Paragraph);
        body.lead = lead.map(|leaf| leaf.text);
        let mut extents: Vec<Extent> = body.lead.into_iter().collect();
        extents.extend(body.mentions.iter().map(|mention| mention.sentence));
        extents.extend(body.citations.iter().map(|citation| citation.sentence));
        extents.extend(body.headings.iter().map(|heading| heading.text));
        let kept = Kept::new(extents);
        body.text = kept.text(&self.text);
        body.lead.iter_mut().for_each(|lead| kept.place(lead));
        for mention in &mut body.mentions {
            kept.place(&mut mention.text);
            kept.place(&mut mention.sentence);
        }
        body.citations.iter_mut().for_each(|citation| kept.place(&mut citation.sentence));
        body.headings.iter_mut().for_each(|heading| kept.place(&mut heading.text));
    }
}

/// The parts of a text that are kept: each with where it will begin, ascending and apart from each other.
struct Kept(Vec<(Extent, u32)>);

impl Kept {
    /// Makes one part of extents that touch.
    fn new(mut extents: Vec<Extent>) -> Kept {
        extents.sort_unstable();
        let mut kept: Vec<(Extent, u32)> = Vec::with_capacity(extents.len());
        for extent in extents {
            match kept.last_mut() {
                Some((last, _)) if extent.start <= last.end => last.end = last.end.max(extent.end),
                Some((last, begins)) => {
                    let begins = *begins + (last.end - last.start) + 1;
                    kept.push((extent, begins));
                }
                None => kept.push((extent, 0)),
            }
        }
        Kept(kept)
    }

    /// Returns the parts of a text.
    fn text(&self, whole: &str) -> String {
        let length = self.0.last().map_or(0, |(last, begins)| begins + (last.end - last.start));
        let mut text = String::with_capacity(length as usize);
        for (part, begins) in &self.0 {
            if *begins > 0 {
                text.push('\n');
            }
            text.push_str(&whole[part.range()]);
        }
        text
    }

    /// Moves an extent that lies in one part.
    fn place(&self, extent: &mut Extent) {
        let part = self.0.partition_point(|(part, _)| part.start <= extent.start).max(1) - 1;
        if let Some((part, begins)) = self.0.get(part) {
            let moved = |at: u32| begins + (at.clamp(part.start, part.end) - part.start);
            *extent = Extent { start: moved(extent.start), end: moved(extent.end) };
        }
    }
}

//! What a Markdown text is once it has been read: HTML with typed holes, and everything in it that points elsewhere.
//!
//! A [`Body`] is the pure result of one text: no other record has been looked at. Whatever depends on others, or on the
//! page that it will stand on, is a [`Hole`] in [`Body::html`] that [`weave`](super::weave) fills from a
//! [`Host`](super::Host)'s answers. What must hold:
//!
//! - holes ascend by offset; extents lie on character boundaries of the string that their doc names;
//! - [`Body::html`] without its holes is well formed, and so is each extent of it that a part, a note or a label names;
//! - indices (`mention`, `citation`, …) point into the vectors of the same body, which are in the order of the text.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::file::{Fit, Text, TextMap};

use super::annotation::Note;
use super::block::Block;
use super::citation::Citation;
use super::heading::Heading;
use super::link::Link;
use super::mention::Mention;
use super::quotation::Quotation;
use super::tag::Tag;

/// What becomes of raw HTML in a text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum RawHtml {
    /// It is shown as the text that it is, and reported as `escaped-html`.
    #[default]
    Escape,
    /// What is harmless passes through: no script, style, handler, form or frame; what is left open is closed.
    Sanitise,
}

/// Whether straight quotation marks, `--`, `---` and `...` become typographic ones.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Smart {
    /// They do.
    #[default]
    On,
    /// They stay as typed.
    Off,
}

/// What becomes of the first heading of a text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum FirstHeading {
    /// It stands in the text like any other.
    #[default]
    Keep,
    /// It gave the record its title: if it is a `#` heading or the very first block, it is left out of the HTML.
    IsTitle,
}

/// How a text is to be read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Options {
    /// What becomes of raw HTML.
    pub html: RawHtml,
    /// Whether punctuation is made typographic.
    pub smart: Smart,
    /// What becomes of the first heading.
    pub first_heading: FirstHeading,
}

/// A half-open range of bytes in one of a body's strings; each field's doc says in which.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub struct Extent {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Extent {
    /// Makes an extent from two offsets; those over 4 GiB (which no file has) count as 4 GiB.
    pub fn new(start: usize, end: usize) -> Extent {
        let fit = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Extent { start: fit(start), end: fit(end.max(start)) }
    }

    /// Returns the extent as a range of `usize`.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Tells whether the extent holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Tells whether `other` lies wholly in this extent.
    pub fn covers(self, other: Extent) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl From<Range<usize>> for Extent {
    fn from(range: Range<usize>) -> Extent {
        Extent::new(range.start, range.end)
    }
}

/// A text of Markdown, read: HTML with holes, and what it refers to. It depends on the text and the [`Options`] alone.
#[derive(Clone, PartialEq, Debug)]
pub struct Body {
    /// Where the text that was read stands in the file; extents "in the source" are of that text, which is not kept.
    pub source: TextMap,
    /// The HTML: first the flow of the text (see [`Body::flow`]), behind it the contents of its notes.
    pub html: String,
    /// Where the flow of the text lies in the HTML.
    pub flow: Extent,
    /// The inside of the only paragraph, in the HTML; `None` unless the flow is a single paragraph.
    pub single: Option<Extent>,
    /// Parts of the plain text, each on its own: headings, the first paragraph, the sentences that hold a mention or a
    /// citation. It is as it is read: markup, notes' marks and citations removed, punctuation typographic, an unlabelled
    /// mention as its target is written.
    pub text: String,
    /// The first paragraph, in the plain text.
    pub lead: Option<Extent>,
    /// The places in the HTML that weaving fills, ascending by offset.
    pub holes: Vec<Hole>,
    /// Mentions, local links, embeds and images.
    pub mentions: Vec<Mention>,
    /// Citations, one for each bracket or in-text key.
    pub citations: Vec<Citation>,
    /// Quoted passages.
    pub quotations: Vec<Quotation>,
    /// Footnotes and inline notes, in the order of their definitions.
    pub notes: Vec<Note>,
    /// Headings.
    pub headings: Vec<Heading>,
    /// Blocks that carry an id (`^id`).
    pub blocks: Vec<Block>,
    /// Tags, as often as they occur.
    pub tags: Vec<Tag>,
    /// Links to the world.
    pub links: Vec<Link>,
    /// What is wrong with the text by itself.
    pub diagnostics: Vec<Diagnostic>,
}

/// A place in [`Body::html`] that weaving fills.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hole {
    /// Its offset in the HTML.
    pub at: u32,
    /// What stands there.
    pub kind: HoleKind,
}

/// What stands in a hole. The numbers are indices into the body's vectors.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum HoleKind {
    /// Where a mention begins; its label ([`Mention::html`]) follows.
    MentionOpen(u32),
    /// Where it ends.
    MentionClose(u32),
    /// An embed or an image; [`Mention::html`] is empty.
    Figure(u32),
    /// A citation; what stands there if it turns out to be none ([`Citation::html`]) follows.
    Citation(u32),
    /// A reference to a note.
    NoteReference(u32),
    /// From here on notes wait for the end of the block: it may hold none.
    NotesHold,
    /// The end of a block: notes that have waited come here.
    NotesAfter,
    /// Where a quotation begins: an inline one's opening tag, or the attributes of a block quote.
    QuotationOpen(u32),
    /// Where an inline quotation ends.
    QuotationClose(u32),
    /// A tag.
    Tag(u32),
    /// Behind a link to the world: room for one to its archived copy.
    Archived(u32),
    /// The id attribute of a heading.
    HeadingId(u32),
    /// The permanent link at a heading's end.
    HeadingAnchor(u32),
    /// The id attribute of a block.
    BlockId(u32),
    /// A word of the theme's language.
    Word(Word),
}

/// A word of the theme's language that the markup needs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Word {
    /// The name of a table, for those who listen.
    Table,
    /// What a ticked box says.
    TaskDone,
    /// What an empty box says.
    TaskOpen,
    /// The title of a callout that has none: the word for its kind. What is printed where there is none follows; so many
    /// bytes of HTML.
    CalloutTitle(u32),
}

impl Body {
    /// Gives back the memory that was set aside for more text than there was: bodies are kept as long as the site.
    pub(super) fn fit(&mut self) {
        self.html.fit();
        self.text.fit();
        self.holes.fit();
        self.mentions.fit();
        self.citations.fit();
        self.quotations.fit();
        self.notes.fit();
        self.headings.fit();
        self.blocks.fit();
        self.tags.fit();
        self.links.fit();
    }

    /// Makes the body of a text of which nothing has been read.
    pub(super) fn empty(text: &Text) -> Body {
        Body {
            source: text.map.clone(),
            html: String::new(),
            flow: Extent::default(),
            single: None,
            text: String::new(),
            lead: None,
            holes: Vec::new(),
            mentions: Vec::with_capacity(8),
            citations: Vec::new(),
            quotations: Vec::new(),
            notes: Vec::new(),
            headings: Vec::new(),
            blocks: Vec::new(),
            tags: Vec::new(),
            links: Vec::new(),
            diagnostics: Vec::new(),
        }
    }
}

//! What weaving asks of the stages that know the other records, and the plain facts that they answer.
//!
//! This room writes all markup; a host answers with links, words and standings. Strings are plain text unless their doc
//! says HTML. The lifetime is the archive's: bodies and words that outlive the weaving are lent, not copied.

use std::borrow::Cow;

use super::body::Body;

/// Answers what a body's references stand for, on the page that is being made.
pub trait Host<'a> {
    /// Says what the mention `index` (of the kinds `Wiki` and `Link`) is.
    fn mention(&mut self, body: &'a Body, index: usize) -> MentionAnswer<'a>;

    /// Says what stands for the embed or image `index`.
    fn figure(&mut self, body: &'a Body, index: usize) -> FigureAnswer<'a>;

    /// Says what the citation `index` prints. The ids of the text that it stands in begin with `prefix`.
    fn citation(&mut self, body: &'a Body, index: usize, seat: CitationSeat, prefix: &str) -> CitationAnswer<'a>;

    /// Says how the quotation `index` fared.
    fn quotation(&mut self, body: &'a Body, index: usize) -> QuotationAnswer<'a>;

    /// Says where the tag `index` leads; `None` prints it as text.
    fn tag(&mut self, body: &'a Body, index: usize) -> Option<Cow<'a, str>>;

    /// Says where the archived copy of the link `index` is, if there is one.
    fn archived(&mut self, body: &'a Body, index: usize) -> Option<Cow<'a, str>>;

    /// Returns the theme's word for `key` (`table`, `task_done`, `callout_note` …); `None` where it has none.
    fn word(&mut self, key: &str) -> Option<Cow<'a, str>>;
}

/// What a mention is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MentionAnswer<'a> {
    /// A link.
    Link(MentionLink<'a>),
    /// Its label as plain words, or `title` where it has none: withheld, not yet known, or broken.
    Text {
        /// What is printed for a mention without a label; `None`: its target as written.
        title: Option<Cow<'a, str>>,
    },
}

/// A link to a record or a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MentionLink<'a> {
    /// Where it leads, complete for this page.
    pub href: Cow<'a, str>,
    /// What is printed where the mention has no label.
    pub title: Cow<'a, str>,
    /// The record's type (`person`); empty for a file.
    pub kind: Cow<'a, str>,
    /// The present standing, if it is a claim.
    pub standing: Option<Standing<'a>>,
}

/// The present standing of a claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing<'a> {
    /// The claim's id.
    pub claim: Cow<'a, str>,
    /// The standing (`alleged`).
    pub status: Cow<'a, str>,
    /// The chip, HTML without links.
    pub chip: Cow<'a, str>,
}

/// What stands for an embed or an image.
#[derive(Clone, PartialEq, Debug)]
pub enum FigureAnswer<'a> {
    /// An image of the site.
    Image(ImageAnswer<'a>),
    /// A card of a record.
    Card(CardAnswer<'a>),
    /// A part of another text, which is woven here.
    Part(PartAnswer<'a>),
    /// A link, as if it were a mention: a file that is no image, or a record in the middle of a line.
    Link(MentionLink<'a>),
    /// Plain words: withheld, not yet known, or broken.
    Text(Cow<'a, str>),
}

/// An image, ready to be shown.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct ImageAnswer<'a> {
    /// Its address, complete for this page.
    pub src: Cow<'a, str>,
    /// Its other widths, in the syntax of the `srcset` attribute; empty where there are none.
    pub srcset: Cow<'a, str>,
    /// Its own width in pixels; 0 where it is not known.
    pub width: u32,
    /// Its own height in pixels; 0 where it is not known.
    pub height: u32,
}

/// A card: a record as others see it, in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CardAnswer<'a> {
    /// The link to it, with its standing.
    pub link: MentionLink<'a>,
    /// Its type in the theme's words (`Person`).
    pub kind_label: Cow<'a, str>,
    /// One line that places it; a claim's response. Empty where there is none.
    pub line: Cow<'a, str>,
    /// Its summary. Empty where there is none.
    pub summary: Cow<'a, str>,
}

/// A part of another text, to be woven where it is embedded.
#[derive(Clone, PartialEq, Debug)]
pub struct PartAnswer<'a> {
    /// The body that the part is of.
    pub body: &'a Body,
    /// Which part.
    pub part: Part<'a>,
    /// The link to the record, by its title.
    pub link: MentionLink<'a>,
    /// What was answered, if it is a claim.
    pub response: Cow<'a, str>,
}

/// Which part of a body is woven.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part<'a> {
    /// All of it.
    Whole,
    /// All of it, without the paragraph's tags if it is a single paragraph: for short fields.
    Inline,
    /// The heading with this id, and what belongs under it.
    Heading(&'a str),
    /// The block with this id.
    Block(&'a str),
}

/// Where a citation is printed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CitationSeat {
    /// In the text: a note would have this number.
    Text(u32),
    /// Inside the note of this number, in whose line it is printed.
    Note(u32),
}

/// What a citation prints.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CitationAnswer<'a> {
    /// A numbered note, or, in a note, the same words in its line.
    Note {
        /// What an in-text key prints in the sentence (`Vik`), HTML; empty for brackets.
        name: Cow<'a, str>,
        /// What the note says, HTML that a paragraph may hold.
        html: Cow<'a, str>,
        /// The ids of the sources, apart by spaces.
        sources: Cow<'a, str>,
    },
    /// Words in the line, by a style that has no notes.
    Line {
        /// The id of the place, so that a list of sources leads here; empty: none.
        id: Cow<'a, str>,
        /// What is printed, HTML without links.
        html: Cow<'a, str>,
        /// Where it leads; empty: nowhere.
        href: Cow<'a, str>,
        /// What stands behind it and is not shown: a card that a script may open. HTML; empty: none.
        card: Cow<'a, str>,
        /// The ids of the sources, apart by spaces.
        sources: Cow<'a, str>,
    },
    /// It cites what is not yet known at the date of the build: these words, and no citation.
    Words(Cow<'a, str>),
    /// It is no citation: what the author wrote.
    Text,
}

/// How a quotation fared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum QuotationAnswer<'a> {
    /// It stands in the source word for word.
    Verified {
        /// The ids of the sources, apart by spaces.
        sources: Cow<'a, str>,
    },
    /// It could not be held against a text.
    Unverified {
        /// The ids of the sources, apart by spaces.
        sources: Cow<'a, str>,
    },
    /// It is not held against a source: nothing is said of it.
    Unheld,
}

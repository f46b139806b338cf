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
use crate::file::Text;

use super::cite::Locator;

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
    /// The text that was read; extents "in the source" are of its value, and its map leads to the file.
    pub source: Text,
    /// The HTML: first the flow of the text (see [`Body::flow`]), behind it the contents of its notes.
    pub html: String,
    /// Where the flow of the text lies in the HTML.
    pub flow: Extent,
    /// The inside of the only paragraph, in the HTML; `None` unless the flow is a single paragraph.
    pub single: Option<Extent>,
    /// The plain text, as it is read: markup, notes' marks and citations removed, punctuation typographic, blocks apart
    /// by a line break, an unlabelled mention as its target is written.
    pub text: String,
    /// Where the plain text came from: pieces `(offset in text, offset in source)`, ascending, each going on in step.
    pub origin: Vec<(u32, u32)>,
    /// The blocks of the plain text: paragraphs, items, cells, headings.
    pub leaves: Vec<Leaf>,
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

/// A block of the plain text: what a sentence cannot leave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Leaf {
    /// Its extent in [`Body::text`].
    pub text: Extent,
    /// What it is.
    pub kind: LeafKind,
}

/// What a block of the plain text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LeafKind {
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
    /// The end of a block: notes that may not stand inside it come here.
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
    /// The title of a callout that has none; its kind is `html[extent]`, the plain fallback that follows the hole.
    CalloutTitle(Extent),
}

/// Something in a text that points at a record, a part of one, or a file of the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mention {
    /// How it is written.
    pub kind: MentionKind,
    /// The whole construct, in the source.
    pub at: Extent,
    /// The target without its fragment, in the source; where there is none (`[[#heading]]`), the fragment.
    pub target_at: Extent,
    /// The target as meant: percent-decoded in links, without escapes; empty for this very page.
    pub target: String,
    /// The heading or block that it points at.
    pub fragment: Option<Fragment>,
    /// The label, in the source; `None` where there is none, so that the record's title is printed.
    pub label_at: Option<Extent>,
    /// The label in [`Body::text`], or the target as written; empty for embeds and images.
    pub text: Extent,
    /// The label in [`Body::html`], or the target as written.
    pub html: Extent,
    /// Which block of the plain text it stands in: an index into [`Body::leaves`].
    pub leaf: u32,
    /// What only embeds and images have.
    pub figure: Option<Box<Figure>>,
}

impl Mention {
    /// Tells whether the author gave a label to print.
    pub fn is_labelled(&self) -> bool {
        self.label_at.is_some()
    }
}

/// How a mention is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MentionKind {
    /// `[[target]]`, `[[target|label]]`: the target is an id, a title, an alias or a path.
    Wiki,
    /// `[label](../people/ada.md)`: the target is a path relative to the file (or, with a leading `/`, to the site).
    Link,
    /// `![[target]]`: a record, a part of one, or a file.
    Embed,
    /// `![alt](a.jpg)`: an image, by its relative path.
    Image,
}

/// The part of a record that a mention points at, as written (percent-decoded in links).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Fragment {
    /// `#heading`: a heading's id or its text.
    Heading(String),
    /// `#^block`: a block's id.
    Block(String),
}

/// What an embed or an image says of how it is to be shown.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Figure {
    /// The text for those who do not see it, plain; `None` where there is none (`missing-alt`, if it is an image).
    pub alt: Option<String>,
    /// The caption, plain.
    pub caption: Option<String>,
    /// Who made it, plain.
    pub credit: Option<String>,
    /// The width to show it in, in CSS pixels.
    pub width: Option<u32>,
    /// The height to show it in, in CSS pixels.
    pub height: Option<u32>,
    /// Where it stands.
    pub seat: Seat,
}

/// Where an embed or an image stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub enum Seat {
    /// By itself, where a block may stand.
    Block,
    /// In a line, among words.
    #[default]
    Line,
}

/// A citation: one bracket with one or more keys, or a key in the running text.
#[derive(Clone, PartialEq, Debug)]
pub struct Citation {
    /// How it is written.
    pub form: CitationForm,
    /// The whole construct, in the source.
    pub at: Extent,
    /// What is cited, at least one.
    pub cites: Vec<Cite>,
    /// What is printed if it is no citation after all, in [`Body::html`]; empty for [`CitationForm::Bracket`].
    pub html: Extent,
    /// Where it stands, in [`Body::text`]: empty for brackets, the words as written for an in-text key.
    pub text: Extent,
    /// Which block of the plain text it stands in: an index into [`Body::leaves`].
    pub leaf: u32,
    /// Whether white space stood before it: a note's number is set without it, a citation in the line with it.
    pub spaced: bool,
    /// The stop or comma behind it, which comes before a note's number and behind a citation in the line.
    pub stop: Option<char>,
}

/// How a citation is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CitationForm {
    /// `[@a, p. 3; @b]`, `[-@a]`, `[see @a]`.
    Bracket,
    /// `@a`, `@a [p. 3]`, `@{odd key}`: text, unless the key is a source's.
    InText,
}

/// One key of a citation with what surrounds it.
#[derive(Clone, PartialEq, Debug)]
pub struct Cite {
    /// The key: a source's id, as written, without braces.
    pub key: String,
    /// The key with its `@`, in the source.
    pub at: Extent,
    /// Whether the author's name is printed.
    pub author: Author,
    /// The words before the key (`see`), as HTML without links; empty where there are none.
    pub prefix: String,
    /// The words behind the locator, as HTML without links; empty where there are none.
    pub suffix: String,
    /// Where in the source, if that is said.
    pub locator: Option<Locator>,
    /// The locator as written, in the source; empty where there is none.
    pub locator_at: Extent,
}

/// Whether a citation prints the author's name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Author {
    /// As the style has it.
    Normal,
    /// `-@a`: the text already names the author.
    Suppressed,
    /// `@a`: the author's name is part of the sentence.
    InText,
}

/// A quoted passage.
#[derive(Clone, PartialEq, Debug)]
pub struct Quotation {
    /// How it is set.
    pub form: QuotationForm,
    /// Whether it is held against a source.
    pub claim: QuotationClaim,
    /// The passage with its marks, in the source; a block quote's whole extent.
    pub at: Extent,
    /// The words, in plain text, without marks, citations and attribution; the map leads to the file.
    pub words: Text,
    /// The citations that it may rest on, in order, as indices: in a block quote all of them; for an inline passage
    /// those inside it, else the first one that follows, with what adjoins it. In-text keys are among them.
    pub citations: Vec<u32>,
    /// Other citations in its sentence; they do not verify it, but it is not uncited.
    pub nearby: Vec<u32>,
    /// How many words it has.
    pub count: u32,
}

/// How a quotation is set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum QuotationForm {
    /// A passage in quotation marks.
    Inline,
    /// A block quote, or a callout of the kind `quote` or `translation`.
    Block,
}

/// Whether a quotation is held against a source.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum QuotationClaim {
    /// It is, provided that a citation of it is one.
    Verbatim,
    /// The citation has a prefix (`see`): the words are the author's own.
    OwnWords,
    /// It is a translated passage.
    Translation,
    /// No citation is near: an inline passage of at least four words outside headings and titles.
    Uncited,
}

/// A footnote or inline note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// Its label as written; `None` for an inline note.
    pub label: Option<String>,
    /// The definition, in the source.
    pub at: Extent,
    /// Its content, in [`Body::html`], behind the flow.
    pub html: Extent,
    /// Whether it can stand in the middle of a paragraph.
    pub content: NoteContent,
}

/// What a note is made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NoteContent {
    /// Words, paragraphs and lists, as markup that a paragraph may hold.
    Phrasing,
    /// Tables, code, quotations, images: as blocks.
    Blocks,
}

/// A heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// Its id, by GitHub's algorithm, unique in the body.
    pub id: String,
    /// Its level in the HTML, 2 to 6: the first is 2, and none is skipped on the way down.
    pub level: u8,
    /// The heading, in the source.
    pub at: Extent,
    /// Its words, in [`Body::text`]; see [`Body::plain`](super::Body::plain).
    pub text: Extent,
    /// What stands inside it, in [`Body::html`], without the permanent link.
    pub html: Extent,
    /// The heading and what belongs under it, in [`Body::html`].
    pub section: Extent,
    /// Whether it stands in the HTML; a heading that gave the title does not.
    pub shown: bool,
}

/// A block with an id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// The id as written, without `^`.
    pub id: String,
    /// The id in the HTML: the same, unless a heading or an earlier block has it.
    pub anchor: String,
    /// The mark `^id`, in the source.
    pub at: Extent,
    /// The block, in [`Body::html`].
    pub html: Extent,
    /// What it must be wrapped in to stand alone.
    pub wrap: Wrap,
}

/// What a block must be wrapped in to stand alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Wrap {
    /// Nothing.
    Nothing,
    /// It is an item, and needs a list.
    List,
}

/// A tag in the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tag {
    /// Its name as written, without `#`; levels are apart by `/`.
    pub name: String,
    /// The tag with its `#`, in the source.
    pub at: Extent,
}

/// A link to the world: http, https, mailto or tel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The address.
    pub url: String,
    /// The whole construct, in the source.
    pub at: Extent,
}

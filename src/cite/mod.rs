//! Citations by a CSL style: works in, HTML out. The one door to hayagriva.
//!
//! 1. A [`Style`] is loaded once: by its name in hayagriva's archive, or from the text of a `.csl` file.
//! 2. A [`Bibliography`] holds the works of a site under that style; it is shared by all pages and threads.
//! 3. A [`Desk`] is opened for each page: it remembers what the page cited before, so that later notes are short.
//!
//! hayagriva takes some hundred microseconds for a citation; a site has tens of thousands. So it is asked once for each
//! *shape* of work (its type, which fields it has, how their texts begin and end, how many authors …) and place of a
//! citation, with tokens in place of the values; what it answers is a template into which the values of all works of that
//! shape are filled (`shape`, `template`). A value that a style could treat specially is no token but part of the shape,
//! so that hayagriva itself sees it. The templates are pure results under complete keys: without them the time changes,
//! not a byte.
//!
//! The HTML is made of words, `<i>`, `<b>`, `<u>`, `<sup>`, `<sub>` and `<span class="small-caps">`; it has no links.

mod dating;
mod name;
mod work;

pub use name::Name;
pub use work::Work;

use crate::markdown::{Author, Locator};

/// One work in a citation.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// The work, by its index in the bibliography.
    pub work: usize,
    /// Where in the work.
    pub locator: Option<&'a Locator>,
    /// The words before it (`see`), HTML without links; empty where there are none.
    pub prefix: &'a str,
    /// The words behind it, HTML without links; empty where there are none.
    pub suffix: &'a str,
    /// Whether the author's name is printed.
    pub author: Author,
}

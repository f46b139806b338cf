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
//! What a page cites in the same words is told apart here, by names, titles and letters behind the year (`apart`), and a
//! list stands in the order of the style (`sorting`). Both are asked of the same templates. As a citation can depend on what
//! a page cites later, a desk says in the end whether the page is to be made again ([`Desk::again`]).
//!
//! The HTML is made of words, `<i>`, `<b>`, `<u>`, `<sup>`, `<sub>` and `<span class="small-caps">`; it has no links.

mod apart;
mod bibliography;
mod dating;
mod desk;
mod engine;
mod frame;
mod known;
mod letters;
mod lexicon;
mod locale;
mod markup;
mod measure;
mod months;
mod name;
mod pin;
mod shape;
mod sorting;
mod special;
mod style;
mod survey;
mod template;
mod title;
mod token;
mod values;
mod work;

#[cfg(test)]
mod tests;

pub use bibliography::Bibliography;
pub use desk::{Desk, Item};
pub use name::Name;
pub use sorting::Collate;
pub use style::{Fault, Style};
pub use work::Work;

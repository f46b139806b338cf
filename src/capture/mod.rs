//! The text behind a source, and the quotations that are held against it. Nothing else may compare quotations.
//!
//! 1. A format (`txt`, `html`, `md`, `pdf`) turns bytes into a [`CaptureText`]: the text, its paragraphs, pages, lines.
//! 2. [`Normalised`] makes it ready, once; [`locate`] finds a quotation in it, or tells what differs.
//! 3. [`Locator`] checks what an author says about the place; [`excerpts`] tells how much of the text is shown.
//! 4. Apart from these, [`article`](article()) finds out about a new capture, and [`record`](record()) writes its source record.
//!
//! Everything is a pure function of its input; this never touches the disk, and holds nothing of one capture for
//! another.

mod align;
mod article;
mod builder;
mod charset;
#[cfg(test)]
mod corpus_tests;
mod excerpt;
#[cfg(test)]
mod excerpt_tests;
mod extract;
mod form;
mod html;
#[cfg(test)]
mod html_tests;
mod locate;
#[cfg(test)]
mod locate_tests;
mod locator;
mod md;
mod nearest;
mod normal;
mod number;
mod passage;
mod pdf;
#[cfg(test)]
mod pdf_tests;
mod quotation;
mod sentence;
#[cfg(test)]
mod speed_tests;
mod structure;
mod text;
mod tokens;
mod txt;
mod unseen;
mod word;

pub use article::{Article, Facts, article, record, sha256};
pub use excerpt::{Excerpt, Extent, Stretch, context, excerpts};
pub use extract::{Fault, Format, MAX_SIZE, extract};
pub use locate::{Context, Located, Normalised, locate};
pub use locator::{Fit, Locator, Unit, at_locators, wrong_locator};
pub use nearest::{Difference, Missing};
pub use passage::Passage;
pub use text::{Block, CaptureText, Flow, Kind};

//! The text of an HTML page: everything that may be read, in the order of the document.

use super::builder::{Builder, Noise};
use super::structure::Structure;
use super::text::{CaptureText, Flow};
use super::tokens;

/// Returns the text of a page.
pub(super) fn text(html: &str, noise: &Noise) -> CaptureText {
    let mut structure = Structure::new(Builder::new(noise, Flow::Blocks, html.len() / 2));
    tokens::read(html, 1, &mut structure);
    structure.finish()
}

//! The text of a Markdown file: what its HTML says, with the lines of the Markdown.

use super::builder::{Builder, Noise};
use super::structure::Structure;
use super::text::{CaptureText, Flow, offset32};
use super::tokens::{self, Sink};
use crate::file::{RelPath, Text};
use crate::markdown::{Piece, foreign, strip};

/// Returns the text of a Markdown file.
pub(super) fn text(markdown: &str, noise: &Noise) -> CaptureText {
    let breaks: Vec<u32> = memchr::memchr_iter(b'\n', markdown.as_bytes()).map(offset32).collect();
    let line_of = |at: usize| offset32(breaks.partition_point(|end| (*end as usize) < at) + 1);
    let own = own(markdown);
    let line_of = |at: usize| line_of(own.span(at..at).start as usize);
    let mut out = Structure::new(Builder::new(noise, Flow::Blocks, markdown.len()));
    foreign(&own.value, &mut |piece, at| match piece {
        Piece::Open(name) => out.open(name),
        Piece::End(name) => out.end(name),
        Piece::Text(text) => out.text(text, line_of(at)),
        Piece::Html(html) => tokens::read(html, line_of(at), &mut out),
    });
    out.finish()
}

/// Returns a text without the comments and private callouts that its keeper wrote into it; all of it where any of them is
/// never closed, for then it may be none.
fn own(markdown: &str) -> Text {
    let whole = Text::new(markdown, 0);
    let path = RelPath::new("capture.md").expect("it is a path");
    let stripped = strip(&whole, &path);
    if stripped.diagnostics.is_empty() { stripped.text } else { whole }
}

//! The text of a Markdown file: what its HTML says, with the lines of the Markdown.

use super::builder::{Builder, Noise};
use super::structure::Structure;
use super::text::{CaptureText, Flow, offset32};
use super::tokens::{self, Sink};
use crate::markdown::{Piece, foreign};

/// Returns the text of a Markdown file.
pub(super) fn text(markdown: &str, noise: &Noise) -> CaptureText {
    let breaks: Vec<u32> = memchr::memchr_iter(b'\n', markdown.as_bytes()).map(offset32).collect();
    let line_of = |at: usize| offset32(breaks.partition_point(|end| (*end as usize) < at) + 1);
    let mut out = Structure::new(Builder::new(noise, Flow::Blocks, markdown.len()));
    foreign(markdown, &mut |piece, at| match piece {
        Piece::Open(name) => out.open(name),
        Piece::End(name) => out.end(name),
        Piece::Text(text) => out.text(text, line_of(at)),
        Piece::Html(html) => tokens::read(html, line_of(at), &mut out),
    });
    out.finish()
}

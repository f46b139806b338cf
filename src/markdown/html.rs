//! Raw HTML in a text: shown as the text that it is, or passed through a sieve. Comments are never published.

use std::ops::Range;

use crate::diagnostic::{code, said};

use super::body::RawHtml;
use super::plain::LeafKind;
use super::read::Reader;
use super::write::State;
use super::{escape, sieve};

/// Writes raw HTML that stands in a line.
pub(super) fn inline(reader: &mut Reader<'_>, text: &str, at: Range<usize>, state: &mut State) {
    if text.starts_with("<!--") {
        return;
    }
    match reader.options.html {
        RawHtml::Sanitise => sieve::inline(reader, text, at, state),
        RawHtml::Escape => {
            report(reader, text, at.clone());
            reader.words(text, at.start);
        }
    }
}

/// Writes a block of raw HTML.
pub(super) fn block(reader: &mut Reader<'_>, raw: &str, at: Range<usize>) {
    let raw = raw.replace('\r', "");
    let raw = without_comments(&raw);
    if raw.trim().is_empty() {
        return;
    }
    match reader.options.html {
        RawHtml::Sanitise => sieve::block(reader, &raw, at),
        RawHtml::Escape => {
            let first = reader.source[at.clone()].lines().next().map_or(0, |line| line.trim_end().len());
            report(reader, raw.trim(), at.start..at.start + first);
            reader.blocks_only();
            reader.sink.html.push_str("<p>");
            reader.begin_leaf(LeafKind::Verbatim);
            reader.plain.text.push_str(raw.trim());
            escape::text(raw.trim(), &mut reader.sink.html);
            reader.end_leaf();
            reader.sink.html.push_str("</p>\n");
        }
    }
}

fn report(reader: &mut Reader<'_>, text: &str, at: Range<usize>) {
    let first = text.lines().next().unwrap_or_default();
    let end = first.find('>').map_or(first.len(), |end| end + 1);
    let words = format!("raw HTML \"{}\" is shown as text", said(&first[..end]));
    let help = "write Markdown, or set html = true under [markdown] in casebook.toml";
    reader.report(&code::ESCAPED_HTML, words, Some(help), at);
}

/// Returns raw HTML without its comments; one that is never closed takes the rest with it.
fn without_comments(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(open) = rest.find("<!--") {
        out.push_str(&rest[..open]);
        rest = rest[open + 4..].find("-->").map_or("", |close| &rest[open + 4 + close + 3..]);
    }
    out.push_str(rest);
    out
}

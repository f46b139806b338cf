//! Citations in Pandoc's syntax: `[@a, p. 3; @b]`, `@a [p. 3]`, `[-@a]`, `[see @a]`, `@{odd key}`.
//!
//! A bracket is cut at its semicolons; each piece has a prefix, a key, a locator and a suffix. A piece without a key,
//! which Pandoc refuses, is taken as words of its neighbour, so that no citation is lost over a semicolon.

use std::ops::Range;

use super::annotation::{self, NoteForm};
use super::body::Extent;
use super::escape;
use super::locator::Locator;

/// A citation: one bracket with one or more keys, or a key in the running text.
#[derive(Clone, PartialEq, Debug)]
pub struct Citation {
    /// How it is written.
    pub form: CitationForm,
    /// The whole construct, in the source.
    pub at: Extent,
    /// The whole construct, as written.
    pub written: Box<str>,
    /// What is cited, at least one.
    pub cites: Vec<Cite>,
    /// What is printed if it is no citation after all, in [`Body::html`](super::Body::html); empty for [`CitationForm::Bracket`].
    pub html: Extent,
    /// Where it stands in the whole of the plain text: empty for brackets, the words as written for an in-text key.
    pub(super) text: Extent,
    /// The sentence that it stands in or behind, in [`Body::text`](super::Body::text).
    pub(super) sentence: Extent,
    /// Which block of the plain text it stands in.
    pub(super) leaf: u32,
    /// Whether white space stood before it: a note's number is set without it, a citation in the line with it.
    pub spaced: bool,
    /// The stop or comma behind it, which comes before a note's number and behind a citation in the line.
    pub stop: Option<char>,
}

impl Citation {
    /// Returns the locator of one of its keys as written; empty where there is none.
    pub fn locator(&self, cite: &Cite) -> &str {
        let from = |offset: u32| offset.saturating_sub(self.at.start) as usize;
        self.written.get(from(cite.locator_at.start)..from(cite.locator_at.end)).unwrap_or_default()
    }
}

/// How a citation is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CitationForm {
    /// `[@a, p. 3; @b]`, `[-@a]`, `[see @a]`.
    Bracket,
    /// `@a`, `@a [p. 3]`, `@{odd key}`: text, unless the key is a source's.
    InText,
}

/// One key of a citation with what surrounds it.
#[derive(Clone, PartialEq, Debug)]
pub struct Cite {
    /// The key: a source's id, as written, without braces.
    pub key: Box<str>,
    /// The key with its `@`, in the source.
    pub at: Extent,
    /// Whether the author's name is printed.
    pub author: Author,
    /// The words before the key (`see`), as HTML without links; empty where there are none.
    pub prefix: Box<str>,
    /// The words behind the locator, as HTML without links; empty where there are none.
    pub suffix: Box<str>,
    /// Where in the source, if that is said.
    pub locator: Option<Locator>,
    /// The locator as written, in the source; empty where there is none.
    pub locator_at: Extent,
}

/// Whether a citation prints the author's name.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Author {
    /// As the style has it.
    Normal,
    /// `-@a`: the text already names the author.
    Suppressed,
    /// `@a`: the author's name is part of the sentence.
    InText,
}

/// A key found in a text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Key {
    /// How many bytes it takes, braces included.
    pub(super) length: usize,
    /// Where the key itself stands among them.
    pub(super) inner: Range<usize>,
}

/// Reads the key behind an `@`: letters, digits and `_`, with single punctuation inside, or anything in braces.
pub(super) fn key(text: &str) -> Option<Key> {
    if text.starts_with('{') {
        let end = braced(text)?;
        let inner = 1..end;
        return (!text[inner.clone()].trim().is_empty()).then_some(Key { length: end + 1, inner });
    }
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    let mut end = 0;
    for (at, letter) in text.char_indices() {
        let behind = at + letter.len_utf8();
        if !is_word(letter) {
            let next = text[behind..].chars().next();
            let may_join = matches!(letter, ':' | '.' | '#'..='&' | '-' | '+' | '?' | '<' | '>' | '~' | '/');
            let joins = may_join && next.is_some_and(is_word);
            let slash = matches!(letter, ':' | '/') && next == Some('/');
            if at == 0 || !(joins || slash) {
                break;
            }
        }
        end = behind;
    }
    (end > 0).then_some(Key { length: end, inner: 0..end })
}

/// The longest key in braces that is looked for, in bytes.
const LONGEST_KEY: usize = 200;

/// Returns the offset of the brace that closes the one at the beginning of a text, on the same line.
pub(super) fn braced(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate().take(LONGEST_KEY) {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'\n' | b'\r' => return None,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// Writes what an author wrote that is no citation after all. An in-text key's words follow by themselves.
pub(super) fn write_plain(citation: &Citation, stop: Option<char>, out: &mut String) {
    if citation.form == CitationForm::Bracket {
        out.push_str(if citation.spaced { " " } else { "" });
        escape::text(&citation.written, out);
    }
    out.extend(stop);
}

/// Writes a citation's number where it stands.
pub(super) fn write_reference(number: u32, prefix: &str, sources: &str, out: &mut String) {
    out.push_str("<sup class=\"ref\"><a class=\"cite\" id=\"");
    escape::attribute(prefix, out);
    annotation::push(out, "ref-", number);
    out.push_str("\" href=\"#");
    escape::href(prefix, out);
    annotation::push(out, "note-", number);
    out.push_str("\" role=\"doc-noteref\" data-source=\"");
    escape::attribute(sources, out);
    annotation::push(out, "\">", number);
    out.push_str("</a></sup>");
}

/// Writes a citation's note.
pub(super) fn write_note(number: u32, prefix: &str, html: &str, form: NoteForm, out: &mut String) {
    let is_line = form == NoteForm::Line;
    out.push_str(if is_line {
        "<span class=\"note note-cite\" role=\"note\" id=\""
    } else {
        "<div class=\"note note-cite note-after\" role=\"note\" id=\""
    });
    annotation::write_number(number, prefix, out);
    out.push_str(html);
    out.push_str(if is_line { "</span>" } else { "</div>\n" });
}

/// Writes a citation inside a note, in its line.
pub(super) fn write_in_note(citation: &Citation, name: &str, html: &str, stop: Option<char>, out: &mut String) {
    if !name.is_empty() {
        out.push_str(name);
        out.push(' ');
    } else if citation.spaced {
        out.push(' ');
    }
    out.push_str(html);
    let ends = html.trim_end().ends_with(['.', '!', '?']);
    out.extend(stop.filter(|stop| !(ends && *stop == '.')));
}

/// Writes a citation of a style that has no notes.
pub(super) fn write_line(
    citation: &Citation,
    html: &str,
    (id, href): (&str, &str),
    sources: &str,
    stop: Option<char>,
    out: &mut String,
) {
    out.push_str(if citation.spaced { " " } else { "" });
    let is_link = !href.is_empty();
    out.push_str(if is_link { "<a class=\"cite cite-inline\" href=\"" } else { "<span class=\"cite cite-inline" });
    if is_link {
        escape::attribute(href, out);
    }
    if !id.is_empty() {
        out.push_str("\" id=\"");
        escape::attribute(id, out);
    }
    out.push_str("\" data-source=\"");
    escape::attribute(sources, out);
    out.push_str("\">");
    out.push_str(html);
    out.push_str(if is_link { "</a>" } else { "</span>" });
    out.extend(stop);
}

#[cfg(test)]
mod tests;

//! Annotations: footnotes `[^n]` and inline notes `^[…]`, which stand in the margin beside their line.
//!
//! A note stands where its reference does, inside the paragraph, as markup that a paragraph may hold. One that holds
//! more than words and lists stands behind its block.

use super::body::Extent;
use super::escape;
use super::sink::Late;

/// A footnote or inline note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// Its label as written; `None` for an inline note.
    pub label: Option<String>,
    /// The definition, in the source.
    pub at: Extent,
    /// Its content, in [`Body::html`], behind the flow.
    pub html: Extent,
    /// Whether it can stand in the middle of a paragraph.
    pub content: NoteContent,
}

/// What a note is made of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NoteContent {
    /// Words, paragraphs and lists, as markup that a paragraph may hold.
    Phrasing,
    /// Tables, code, quotations, images: as blocks.
    Blocks,
}

/// Writes a paragraph's or list's tag in a note.
pub(super) fn write_late(tag: Late, content: NoteContent, out: &mut String) {
    match (content, tag) {
        (NoteContent::Phrasing, Late::ParagraphOpen) => out.push_str("<span class=\"note-p\">"),
        (NoteContent::Phrasing, Late::ItemOpen) => out.push_str("<span class=\"note-p note-li\">"),
        (NoteContent::Phrasing, Late::ParagraphClose | Late::ItemClose) => out.push_str("</span>"),
        (NoteContent::Phrasing, Late::ListOpen(_) | Late::ListClose(_)) => {}
        (NoteContent::Blocks, Late::ParagraphOpen) => out.push_str("<p>"),
        (NoteContent::Blocks, Late::ParagraphClose) => out.push_str("</p>"),
        (NoteContent::Blocks, Late::ItemOpen) => out.push_str("<li>"),
        (NoteContent::Blocks, Late::ItemClose) => out.push_str("</li>"),
        (NoteContent::Blocks, Late::ListOpen(first)) => super::list::open(first, "", out),
        (NoteContent::Blocks, Late::ListClose(first)) => super::list::close(first, out),
    }
}

/// How a note stands on the page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum NoteForm {
    /// In the line, right behind its reference.
    Line,
    /// Behind the block that holds its reference.
    After,
    /// Behind that block too, as blocks.
    Blocks,
}

impl Note {
    /// Makes an inline note that is defined at an extent of the source.
    pub(super) fn inline(at: Extent) -> Note {
        Note { label: None, at, html: Extent::default(), content: NoteContent::Phrasing }
    }
}

/// Writes a note's number where it is referred to, the `times`th time.
pub(super) fn write_reference(number: u32, times: u32, prefix: &str, out: &mut String) {
    out.push_str("<sup class=\"ref\"><a class=\"cite\" id=\"");
    escape::attribute(prefix, out);
    push(out, "ref-", number);
    if times > 1 {
        out.push('-');
        match u8::try_from(times - 1) {
            Ok(letter @ 1..26) => out.push(char::from(b'a' + letter)),
            _ => out.push_str(&times.to_string()),
        }
    }
    out.push_str("\" href=\"#");
    escape::href(prefix, out);
    push(out, "note-", number);
    push(out, "\" role=\"doc-noteref\">", number);
    out.push_str("</a></sup>");
}

/// Opens a note, and returns the tag that ends it.
pub(super) fn open(number: u32, prefix: &str, form: NoteForm, out: &mut String) -> &'static str {
    out.push_str(match form {
        NoteForm::Line => "<span class=\"note\" role=\"note\" id=\"",
        NoteForm::After => "<div class=\"note note-after\" role=\"note\" id=\"",
        NoteForm::Blocks => "<aside class=\"note note-block\" role=\"note\" id=\"",
    });
    write_number(number, prefix, out);
    match form {
        NoteForm::Line => "</span>",
        NoteForm::After => "</div>\n",
        NoteForm::Blocks => "</aside>\n",
    }
}

/// Writes the rest of a note's opening tag, and its number.
pub(super) fn write_number(number: u32, prefix: &str, out: &mut String) {
    escape::attribute(prefix, out);
    push(out, "note-", number);
    out.push_str("\"><a class=\"note-n\" href=\"#");
    escape::href(prefix, out);
    push(out, "ref-", number);
    push(out, "\">", number);
    out.push_str("</a> ");
}

/// Appends words and a number.
pub(super) fn push(out: &mut String, words: &str, number: u32) {
    out.push_str(words);
    if number < 10 {
        out.push(char::from(b'0' + number.to_le_bytes()[0]));
    } else {
        out.push_str(&number.to_string());
    }
}

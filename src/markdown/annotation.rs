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
    /// Its content, in [`Body::html`](super::Body::html), behind the flow.
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

#[cfg(test)]
mod tests {
    use super::super::trial::{body, faults, html};
    use super::NoteContent;

    /// Checks the page with its notes in a short form: `(n)` a number, `{n: text}` a note.
    fn check(text: &str, expect: &str) {
        let mut page = html(text);
        for number in 1..20 {
            for letter in ["", "-b", "-c"] {
                page = page.replace(&format!("<sup class=\"ref\"><a class=\"cite\" id=\"ref-{number}{letter}\" href=\"#note-{number}\" role=\"doc-noteref\">{number}</a></sup>"), &format!("({number}{letter})"));
            }
            page = page.replace(
                &format!(
                    " role=\"note\" id=\"note-{number}\"><a class=\"note-n\" href=\"#ref-{number}\">{number}</a> "
                ),
                &format!(" {number}>"),
            );
        }
        assert_eq!(page, expect, "{text:?}");
    }

    #[test]
    fn a_note_stands_behind_its_reference() {
        check("a[^1] b\n\n[^1]: *note*", "<p>a(1)<span class=\"note\" 1><em>note</em></span> b</p>\n");
        check("a^[*note* [[x-b|her]]] b", "<p>a(1)<span class=\"note\" 1><em>note</em> her</span> b</p>\n");
        check(
            "a[^1]^[i][^2]\n\n[^2]: t\n[^1]: o",
            "<p>a(1)<span class=\"note\" 1>o</span>(2)<span class=\"note\" 2>i</span>(3)<span class=\"note\" 3>t</span></p>\n",
        );
    }

    #[test]
    fn a_second_reference_has_the_same_number() {
        check("a[^1] b[^1] c[^1]\n\n[^1]: n", "<p>a(1)<span class=\"note\" 1>n</span> b(1-b) c(1-c)</p>\n");
    }

    #[test]
    fn paragraphs_and_lists_are_spans() {
        check(
            "a[^1]\n\n[^1]: one\n\n    two\n\n    - three\n    - four",
            "<p>a(1)<span class=\"note\" 1><span class=\"note-p\">one</span><span class=\"note-p\">two</span><span class=\"note-p note-li\">three</span><span class=\"note-p note-li\">four</span></span></p>\n",
        );
    }

    #[test]
    fn blocks_stand_behind_the_paragraph() {
        check(
            "a[^1] b\n\n[^1]: one\n\n    ```\n    two\n    ```\n\n    - three",
            "<p>a(1) b</p>\n<aside class=\"note note-block\" 1><p>one</p><pre tabindex=\"0\"><code>two\n</code></pre>\n<ul><li>three</li></ul>\n</aside>\n",
        );
        assert_eq!(body("[^1]: > q\n\na[^1]").notes[0].content, NoteContent::Blocks);
    }

    #[test]
    fn in_headings_and_tables_notes_wait_for_the_end() {
        check(
            "## a^[n] b",
            "<h2 id=\"a-b\">a(1) b<a class=\"anchor\" href=\"#a-b\" aria-hidden=\"true\" tabindex=\"-1\"></a></h2>\n<div class=\"note note-after\" 1>n</div>\n",
        );
        check(
            "| a^[n] |\n|---|\n| b^[m] |",
            "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>\n<thead><tr><th scope=\"col\">a(1)</th></tr></thead>\n<tbody>\n<tr><td>b(2)</td></tr>\n</tbody></table></div>\n<div class=\"note note-after\" 1>n</div>\n<div class=\"note note-after\" 2>m</div>\n",
        );
    }

    #[test]
    fn a_note_in_a_note_stands_behind_the_block() {
        check(
            "a^[b^[c]] d",
            "<p>a(1)<span class=\"note\" 1>b(2)</span> d</p>\n<div class=\"note note-after\" 2>c</div>\n",
        );
        check(
            "a[^1]\n\n[^1]: b[^1] c[^2]\n[^2]: d[^1]",
            "<p>a(1)<span class=\"note\" 1>b(1-b) c(2)</span></p>\n<div class=\"note note-after\" 2>d(1-c)</div>\n",
        );
    }

    #[test]
    fn a_reference_without_a_note_is_text_and_reported() {
        check("a[^x] b", "<p>a[^x] b</p>\n");
        assert_eq!(faults("a[^x] b"), [("broken-anchor", "[^x]".to_owned())]);
        assert_eq!(faults("a [^a-z ] `[^x]`"), []);
        assert_eq!(faults("a\n\n[^1]: b").len(), 1);
        assert_eq!(faults("a[^1]\n\n[^1]: b\n\n[^1]: c").len(), 1);
    }

    #[test]
    fn a_caret_is_a_note_only_before_a_bracket() {
        check("2^10 and a\\^[b]", "<p>2^10 and a^[b]</p>\n");
        check("a ^[b", "<p>a ^[b</p>\n");
    }
}

//! Lists and tasks.

use super::body::HoleKind;
use super::body::Word;
use super::sink::Sink;

/// Opens a list: ordered from its first number, or not; `class` is empty or a class.
pub(super) fn open(first: Option<u64>, class: &str, out: &mut String) {
    out.push_str(if first.is_some() { "<ol" } else { "<ul" });
    if !class.is_empty() {
        out.push_str(" class=\"");
        out.push_str(class);
        out.push('"');
    }
    if let Some(first) = first.filter(|first| *first != 1) {
        out.push_str(" start=\"");
        out.push_str(&first.to_string());
        out.push('"');
    }
    out.push('>');
}

/// Closes a list.
pub(super) fn close(first: Option<u64>, out: &mut String) {
    out.push_str(if first.is_some() { "</ol>\n" } else { "</ul>\n" });
}

/// Tells whether the item at the beginning of a text is a task.
pub(super) fn is_task(text: &str) -> bool {
    let rest = text.trim_start().trim_start_matches(|letter: char| letter.is_ascii_digit());
    let rest = rest.strip_prefix(['-', '*', '+', '.', ')']).unwrap_or_default().trim_start_matches([' ', '\t']);
    ["[ ]", "[x]", "[X]"].iter().any(|mark| rest.starts_with(mark)) && rest[3..].starts_with([' ', '\t', '\n', '\r'])
}

/// Writes the box of a task.
pub(super) fn write_box(word: Word, sink: &mut Sink) {
    let done = word == Word::TaskDone;
    sink.html.push_str(if done { "<span class=\"box box-done\"" } else { "<span class=\"box\"" });
    sink.html.push_str(" role=\"img\" aria-label=\"");
    sink.hole(HoleKind::Word(word));
    sink.html.push_str("\"></span> ");
}

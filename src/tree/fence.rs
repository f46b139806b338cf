//! The fences around front matter, and the Markdown behind them.
//!
//! The first line decides: `+++` opens TOML, `---` opens YAML, anything else is Markdown already. The block ends at the
//! next line that is the same fence (`...` ends YAML too, as in Pandoc). A byte order mark before the first fence,
//! white space behind a fence and any style of line end are tolerated. A block that is not closed is an error, and then
//! nothing of the file is read: what it says may be confidential, and nobody could know.

use std::ops::Range;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::code::INVALID_FRONT_MATTER;
use crate::file::{RelPath, Span, Text};

use super::fault::Faults;
use super::{Table, toml, yaml};

/// What front matter is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Syntax {
    /// TOML, between `+++`.
    Toml,
    /// YAML, between `---`.
    Yaml,
    /// There is no front matter.
    None,
}

/// A file split into its front matter and the rest.
#[derive(Debug)]
pub struct FrontMatter {
    /// What stands between the fences; empty where there are none.
    pub table: Table,
    /// What it is written in.
    pub syntax: Syntax,
    /// The bytes from the first fence to the end of the last; `0..0` where there is no front matter.
    pub span: Span,
    /// The Markdown behind the fences; empty where they are not closed.
    pub body: Text,
    /// The faults of the front matter, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
}

/// Splits a file into its front matter and its Markdown, and reads the front matter.
pub fn front_matter(path: &RelPath, text: &str) -> FrontMatter {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let first = line(text, start);
    let syntax = match text[first.clone()].trim_end_matches([' ', '\t']) {
        "+++" => Syntax::Toml,
        "---" => Syntax::Yaml,
        _ => Syntax::None,
    };
    let mut front = FrontMatter {
        table: Table::new(),
        syntax,
        span: Span::default(),
        body: Text::new(&text[start..], start),
        diagnostics: Vec::new(),
    };
    if syntax == Syntax::None {
        return front;
    }
    let mut faults = Faults::new(path, text, &INVALID_FRONT_MATTER);
    let inside = next_line(text, first.end);
    match closing(text, inside, syntax) {
        Some(fence) => {
            let block = inside..fence.start;
            front.table = match syntax {
                Syntax::Toml => toml::read(&mut faults, block),
                _ => yaml::read(&mut faults, block),
            };
            front.span = Span::new(start, fence.end);
            let behind = next_line(text, fence.end);
            front.body = Text::new(&text[behind..], behind);
        }
        None => {
            unclosed(&mut faults, first.clone(), syntax);
            front.span = Span::new(start, text.len());
            front.body = Text::new("", text.len());
        }
    }
    front.diagnostics = faults.done();
    front
}

fn unclosed(faults: &mut Faults<'_>, fence: Range<usize>, syntax: Syntax) {
    let fence = Span::new(fence.start, fence.start + 3);
    match syntax {
        Syntax::Yaml => faults.add(
            fence,
            "this line opens front matter that no later line closes",
            "write a line `---` below the last field; for a rule at the top of a page, write `***`",
        ),
        _ => faults.add(
            fence,
            "this line opens front matter that no later line closes",
            "write a line `+++` below the last field",
        ),
    }
}

/// Returns the fence that closes the block which begins at `from`.
fn closing(text: &str, mut from: usize, syntax: Syntax) -> Option<Range<usize>> {
    while from < text.len() {
        let line = line(text, from);
        let found = text[line.clone()].trim_end_matches([' ', '\t']);
        let closes = match syntax {
            Syntax::Toml => found == "+++",
            _ => matches!(found, "---" | "..."),
        };
        if closes {
            return Some(line);
        }
        from = next_line(text, line.end);
    }
    None
}

/// Returns the line that begins at `from`, without its end.
fn line(text: &str, from: usize) -> Range<usize> {
    let end = text[from..].find(['\n', '\r']).map_or(text.len(), |at| from + at);
    from..end
}

/// Returns where the line behind the one that ends at `end` begins.
fn next_line(text: &str, end: usize) -> usize {
    let rest = &text[end..];
    if rest.starts_with("\r\n") { end + 2 } else { end + rest.len().min(1) }
}

#[cfg(test)]
mod tests {
    use super::{Syntax, front_matter};
    use crate::file::RelPath;

    /// Checks the syntax, the first value's text, the body and the first fault of a file.
    fn check(text: &str, syntax: Syntax, title: Option<&str>, body: &str, fault: Option<&str>) {
        let path = RelPath::new("content/ada.md").expect("it is a path");
        let front = front_matter(&path, text);
        let found = front.table.get("title").and_then(|node| node.text()).map(|text| text.value.to_string());
        assert_eq!(front.syntax, syntax, "{text:?}");
        assert_eq!(found.as_deref(), title, "{text:?}");
        assert_eq!(&*front.body.value, body, "{text:?}");
        if !body.is_empty() {
            let span = front.body.span(0..body.len());
            assert_eq!(&text[span.range()], body, "{text:?}");
        }
        assert_eq!(front.diagnostics.first().map(|fault| fault.message.as_str()), fault, "{text:?}");
    }

    #[test]
    fn a_file_without_fences_is_markdown() {
        check("# Ada\n", Syntax::None, None, "# Ada\n", None);
        check("", Syntax::None, None, "", None);
        check("\u{feff}# Ada\n", Syntax::None, None, "# Ada\n", None);
        check("----\ntitle: A\n----\n", Syntax::None, None, "----\ntitle: A\n----\n", None);
        check("\n+++\ntitle = \"A\"\n+++\n", Syntax::None, None, "\n+++\ntitle = \"A\"\n+++\n", None);
    }

    #[test]
    fn fences_hold_toml_or_yaml() {
        check("+++\ntitle = \"A\"\n+++\n# B\n", Syntax::Toml, Some("A"), "# B\n", None);
        check("---\ntitle: A\n---\n# B\n", Syntax::Yaml, Some("A"), "# B\n", None);
        check("---\ntitle: A\n...\n# B\n", Syntax::Yaml, Some("A"), "# B\n", None);
        check("+++\n+++\nB", Syntax::Toml, None, "B", None);
        check("---\n---\nB", Syntax::Yaml, None, "B", None);
        check("---\n---", Syntax::Yaml, None, "", None);
        check("+++\n\n# nothing\n+++", Syntax::Toml, None, "", None);
    }

    #[test]
    fn byte_order_mark_line_ends_and_spaces_behind_fences_do_no_harm() {
        check("\u{feff}+++ \r\ntitle = \"A\"\r\n+++\t\r\nB\r\n", Syntax::Toml, Some("A"), "B\r\n", None);
        check("\u{feff}--- \r\ntitle: A\r\n--- \r\nB\r\n", Syntax::Yaml, Some("A"), "B\r\n", None);
        check("---\rtitle: A\r---\rB\r", Syntax::Yaml, Some("A"), "B\r", None);
    }

    #[test]
    fn an_unclosed_block_is_an_error_and_nothing_is_read() {
        let fault = Some("this line opens front matter that no later line closes");
        check("+++\ntitle = \"A\"\n# B\n", Syntax::Toml, None, "", fault);
        check("---\nOnce upon a time\n", Syntax::Yaml, None, "", fault);
        check("---", Syntax::Yaml, None, "", fault);
        check("+++\ntitle = \"A\"\n---\n# B\n", Syntax::Toml, None, "", fault);
    }
}

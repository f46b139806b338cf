//! Diagnostics for people: `error[code]: message`, the place, the source line with carets, and help.
//!
//! The source line is shown on a terminal only. The layout is written here, not by `annotate-snippets`: that crate reads
//! the whole line for each message, lets an escape sequence in a path through, and cannot number a column in a line that
//! was shortened before.

use std::fmt::{self, Write as _};

use anstyle::{AnsiColor, Style};

use super::Severity;
use super::excerpt::{Excerpt, harmless};
use super::report::Report;
use super::shown::{Channel, Location, Shown};

/// Whether colours are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Colour {
    /// Plain text.
    Never,
    /// ANSI escape sequences.
    Always,
}

/// Writes a report for people, one blank line after each diagnostic.
pub fn human(report: &Report, channel: Channel, colour: Colour) -> String {
    let mut out = String::new();
    for shown in report.shown(channel) {
        Page { out: &mut out, colour }.diagnostic(&shown).expect("writing to a string does not fail");
    }
    out
}

struct Page<'a> {
    out: &'a mut String,
    colour: Colour,
}

impl Page<'_> {
    fn diagnostic(&mut self, shown: &Shown<'_>) -> fmt::Result {
        let grave = severity_style(shown.severity);
        let bold = Style::new().bold();
        self.styled(grave, format_args!("{}[{}]", shown.severity.name(), shown.code.name))?;
        self.styled(bold, format_args!(": {}", indented(&shown.message)))?;
        self.out.push('\n');
        let line = shown.location.position().map_or(0, |position| position.line);
        let gutter = if shown.excerpt.is_some() { line.to_string().len() } else { 1 };
        if shown.location != Location::Nowhere {
            self.styled(frame(), format_args!("{:gutter$}-->", ""))?;
            writeln!(self.out, " {}", on_one_line(&shown.location.to_string()))?;
        }
        if let Some(excerpt) = shown.excerpt {
            self.excerpt(excerpt, line, gutter, grave)?;
        }
        if let Some(help) = shown.help {
            self.styled(Style::new().bold().fg_color(Some(AnsiColor::Cyan.into())), format_args!("help"))?;
            writeln!(self.out, ": {}", indented(help))?;
        }
        self.out.push('\n');
        Ok(())
    }

    fn excerpt(&mut self, excerpt: &Excerpt, line: u32, gutter: usize, grave: Style) -> fmt::Result {
        let (at, width) = excerpt.carets();
        self.styled(frame(), format_args!("{:gutter$} |\n{line} |", ""))?;
        let text = format!("{}{}{}", excerpt.before, excerpt.marked, excerpt.after);
        writeln!(self.out, " {}", text.trim_end())?;
        self.styled(frame(), format_args!("{:gutter$} |", ""))?;
        write!(self.out, " {:at$}", "")?;
        self.styled(grave, format_args!("{:^<width$}", ""))?;
        self.out.push('\n');
        Ok(())
    }

    fn styled(&mut self, style: Style, text: fmt::Arguments<'_>) -> fmt::Result {
        match self.colour {
            Colour::Never => self.out.write_fmt(text),
            Colour::Always => write!(self.out, "{style}{text}{style:#}"),
        }
    }
}

fn severity_style(severity: Severity) -> Style {
    let colour = match severity {
        Severity::Error => AnsiColor::Red,
        Severity::Warning => AnsiColor::Yellow,
    };
    Style::new().bold().fg_color(Some(colour.into()))
}

fn frame() -> Style {
    Style::new().fg_color(Some(AnsiColor::Blue.into()))
}

/// Makes a text harmless, and indents its further lines so that none can pass for a diagnostic of its own.
fn indented(text: &str) -> String {
    harmless(&text.replace("\r\n", "\n")).trim_end().replace('\n', "\n    ")
}

/// Makes a name of a file harmless, which may hold anything but `/`.
fn on_one_line(text: &str) -> String {
    harmless(text).replace('\n', "<U+000A>").replace('\t', "<U+0009>")
}

#[cfg(test)]
mod tests {
    use super::{Colour, human};
    use crate::diagnostic::policy::Policy;
    use crate::diagnostic::report::Report;
    use crate::diagnostic::report::tests::{broken, path, report, with, withheld};
    use crate::diagnostic::shown::Channel;
    use crate::diagnostic::{Diagnostic, code};
    use crate::file::Span;

    const TEXT: &str = "# The delay\n\nIt was [[Mara Lindqist]] who asked.\n";

    fn example() -> Report {
        let help = "did you mean \"Mara Lindqvist\" (content/people/mara-lindqvist.md)?";
        let diagnostics = vec![
            broken("content/delay.md", TEXT, "[[Mara Lindqist]]").help(help),
            Diagnostic::new(&code::ORPHAN_RECORD, "nothing mentions \"Storm\"").at(&path("b.md"), Span::default()),
            Diagnostic::new(&code::INVALID_CONFIG, "no casebook.toml here or above"),
        ];
        report(&[("content/delay.md", TEXT)], diagnostics)
    }

    #[track_caller]
    fn check(report: &Report, channel: Channel, expect: &str) {
        let shown = human(report, channel, Colour::Never);
        assert_eq!(shown, expect, "\n{shown}");
    }

    #[test]
    fn on_a_terminal_the_source_line_is_shown_with_carets() {
        check(
            &example(),
            Channel::Terminal,
            r#"error[invalid-config]: no casebook.toml here or above

warning[orphan-record]: nothing mentions "Storm"
 --> b.md:1:1

error[broken-reference]: no record named "[[Mara Lindqist]]"
 --> content/delay.md:3:8
  |
3 | It was [[Mara Lindqist]] who asked.
  |        ^^^^^^^^^^^^^^^^^
help: did you mean "Mara Lindqvist" (content/people/mara-lindqvist.md)?

"#,
        );
    }

    #[test]
    fn elsewhere_there_is_no_source_line() {
        check(
            &example(),
            Channel::Elsewhere,
            r#"error[invalid-config]: no casebook.toml here or above

warning[orphan-record]: nothing mentions "Storm"
 --> b.md:1:1

error[broken-reference]: no record named "[[Mara Lindqist]]"
 --> content/delay.md:3:8
help: did you mean "Mara Lindqvist" (content/people/mara-lindqvist.md)?

"#,
        );
    }

    #[test]
    fn a_withheld_record_is_a_number_elsewhere() {
        let diagnostics =
            vec![broken("a.md", TEXT, "[[Mara Lindqist]]").help("see a.md").for_terminal("a broken reference")];
        let report = with(&[("a.md", TEXT)], diagnostics, &Policy::default(), &withheld(&[("a.md", None, 3)]));
        let expect = "error[broken-reference]: a broken reference\n --> (withheld record 3)\n\n";
        check(&report, Channel::Elsewhere, expect);
    }

    #[test]
    fn the_gutter_is_as_wide_as_the_number_of_the_line() {
        let text = format!("{}[[x]]", "\n".repeat(1_233));
        check(
            &report(&[("a.md", &text)], vec![broken("a.md", &text, "[[x]]")]),
            Channel::Terminal,
            r#"error[broken-reference]: no record named "[[x]]"
    --> a.md:1234:1
     |
1234 | [[x]]
     | ^^^^^

"#,
        );
    }

    #[test]
    fn nothing_that_an_author_wrote_moves_the_cursor_or_passes_for_a_message() {
        let diagnostic = Diagnostic::new(&code::INVALID_VALUE, "\u{1b}[2Jno\nerror[x]: forged")
            .at(&path("a\u{1b}[2J\nb.md"), Span::new(2, 3))
            .help("one\r\ntwo\n");
        check(
            &report(&[("a\u{1b}[2J\nb.md", "\u{1b}]x\u{7}")], vec![diagnostic]),
            Channel::Terminal,
            "error[invalid-value]: <U+001B>[2Jno\n    error[x]: forged\n --> a<U+001B>[2J<U+000A>b.md:1:3\n  |\n\
             1 | <U+001B>]x<U+0007>\n  |          ^\nhelp: one\n    two\n\n",
        );
    }

    #[test]
    fn colours_are_written_where_they_are_asked_for_and_change_no_text() {
        let coloured = human(&example(), Channel::Terminal, Colour::Always);
        assert!(coloured.starts_with("\u{1b}[1m\u{1b}[31merror[invalid-config]\u{1b}[0m\u{1b}[1m: no"), "{coloured:?}");
        let mut plain = coloured.clone();
        while let Some(start) = plain.find('\u{1b}') {
            let end = start + plain[start..].find('m').expect("it ends");
            plain.replace_range(start..=end, "");
        }
        assert_eq!(plain, human(&example(), Channel::Terminal, Colour::Never));
    }
}

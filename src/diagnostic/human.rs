//! Diagnostics for people: `error[code]: message`, the place, the source line with carets, and help.
//!
//! The source line is shown on a terminal only. The layout is written here, not by `annotate-snippets`: that crate reads
//! the whole line for each message, lets an escape sequence in a path through, and cannot number a column in a line that
//! was shortened before.

use std::fmt::{self, Write as _};

use anstyle::{AnsiColor, Style};

use super::Severity;
use super::excerpt::{Excerpt, harmless};
use super::report::{Channel, Location, Report, Shown};

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
            writeln!(self.out, " {}", harmless(&shown.location.to_string()))?;
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
    harmless(text).trim_end().replace('\n', "\n    ")
}

//! Diagnostics as GitHub's workflow commands, which it shows beside the lines of a pull request.
//!
//! See "Workflow commands for GitHub Actions" in its documentation. Columns are left out where the span goes over a
//! line's end: the runner refuses them there. Nothing withheld is told.

use std::fmt::Write as _;

use super::report::Report;
use super::shown::{Channel, Location, Shown};

/// Writes a report as workflow commands, one line each.
pub fn github(report: &Report) -> String {
    let mut out = String::new();
    for shown in report.shown(Channel::Elsewhere) {
        command(&mut out, &shown);
    }
    out
}

fn command(out: &mut String, shown: &Shown<'_>) {
    out.push_str("::");
    out.push_str(shown.severity.name());
    out.push(' ');
    if let Location::File(path, position) = shown.location {
        let _ = write!(out, "file={},", property(path.as_str()));
        if let Some(at) = position {
            let _ = write!(out, "line={},endLine={},", at.line, at.end_line);
            if at.line == at.end_line {
                let _ = write!(out, "col={},endColumn={},", at.column, at.end_column);
            }
        }
    }
    let _ = write!(out, "title={}::", property(shown.code.name));
    if let withheld @ Location::Withheld(_) = shown.location {
        let _ = write!(out, "{withheld}: ");
    }
    out.push_str(&escaped(&shown.message));
    if let Some(help) = shown.help {
        let _ = write!(out, "%0Ahelp: {}", escaped(help));
    }
    out.push('\n');
}

/// Escapes what ends a message.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes what ends a property, too.
fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::github;
    use crate::diagnostic::policy::Policy;
    use crate::diagnostic::report::Report;
    use crate::diagnostic::report::tests::{broken, path, report, with, withheld};
    use crate::diagnostic::{Diagnostic, code};
    use crate::file::Span;

    #[track_caller]
    fn check(report: &Report, expect: &str) {
        assert_eq!(github(report), expect);
    }

    #[test]
    fn a_diagnostic_is_a_workflow_command() {
        check(
            &report(&[("a.md", "\nsee [[x]]")], vec![broken("a.md", "\nsee [[x]]", "[[x]]").help("say y")]),
            "::error file=a.md,line=2,endLine=2,col=5,endColumn=10,title=broken-reference::\
             no record named \"[[x]]\"%0Ahelp: say y\n",
        );
    }

    #[test]
    fn what_would_end_a_command_or_a_property_is_escaped() {
        let name = "50%, a:b\r\n.md";
        let diagnostic = Diagnostic::new(&code::UNUSED_FILE, "100%\r\n::error::no").at(&path(name), Span::default());
        check(
            &report(&[], vec![diagnostic]),
            "::warning file=50%25%2C a%3Ab%0D%0A.md,line=1,endLine=1,col=1,endColumn=1,title=unused-file::\
             100%25%0D%0A::error::no\n",
        );
    }

    #[test]
    fn columns_are_left_out_over_several_lines_and_places_where_there_are_none() {
        let text = "> one\n> two\n";
        let several = Diagnostic::new(&code::QUOTE_NOT_FOUND, "not found").at(&path("a.md"), Span::new(2, 11));
        let none = Diagnostic::new(&code::INVALID_CONFIG, "none");
        check(
            &report(&[("a.md", text)], vec![several, none, broken("gone.md", "x", "x")]),
            "::error title=invalid-config::none\n\
             ::error file=a.md,line=1,endLine=2,title=quote-not-found::not found\n\
             ::error file=gone.md,title=broken-reference::no record named \"x\"\n",
        );
    }

    #[test]
    fn a_withheld_record_is_a_number() {
        let diagnostic = broken("jan.md", "[[Jan]]", "Jan").for_terminal("a broken reference");
        let hidden = withheld(&[("jan.md", None, 3)]);
        check(
            &with(&[("jan.md", "[[Jan]]")], vec![diagnostic], &Policy::default(), &hidden),
            "::error title=broken-reference::(withheld record 3): a broken reference\n",
        );
    }
}

//! Diagnostics as GitHub's workflow commands, which it shows beside the lines of a pull request.
//!
//! See "Workflow commands for GitHub Actions" in its documentation. Columns are left out where the span goes over a
//! line's end: the runner refuses them there. Nothing withheld is told.

use std::fmt::Write as _;

use super::report::{Channel, Location, Report, Shown};

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

//! Diagnostics for programs: JSON Lines, one object for each, always the same nine keys, `null` where there is nothing.
//!
//! Lines and columns count from 1, columns in Unicode scalar values; the end is exclusive. Nothing withheld is told.

use serde::Serialize;

use super::report::{Channel, Location, Report, Shown};

#[derive(Serialize)]
struct Line<'a> {
    code: &'static str,
    severity: &'static str,
    message: &'a str,
    file: Option<String>,
    line: Option<u32>,
    column: Option<u32>,
    end_line: Option<u32>,
    end_column: Option<u32>,
    help: Option<&'a str>,
}

/// Writes a report as JSON Lines.
pub fn json(report: &Report) -> String {
    let mut out = String::new();
    for shown in report.shown(Channel::Elsewhere) {
        out.push_str(&object(&shown));
        out.push('\n');
    }
    out
}

/// Writes one diagnostic as a JSON object on one line, without its end.
pub fn object(shown: &Shown<'_>) -> String {
    let position = shown.location.position();
    let line = Line {
        code: shown.code.name,
        severity: shown.severity.name(),
        message: &shown.message,
        file: match shown.location {
            Location::Nowhere => None,
            Location::File(path, _) => Some(path.to_string()),
            withheld @ Location::Withheld(_) => Some(withheld.to_string()),
        },
        line: position.map(|position| position.line),
        column: position.map(|position| position.column),
        end_line: position.map(|position| position.end_line),
        end_column: position.map(|position| position.end_column),
        help: shown.help,
    };
    serde_json::to_string(&line).expect("texts and numbers are always JSON")
}

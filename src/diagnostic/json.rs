//! Diagnostics for programs: JSON Lines, one object for each, always the same nine keys, `null` where there is nothing.
//!
//! Lines and columns count from 1, columns in Unicode scalar values; the end is exclusive. Nothing withheld is told.

use serde::Serialize;

use super::report::Report;
use super::shown::{Channel, Location, Shown};

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

#[cfg(test)]
mod tests {
    use super::json;
    use crate::diagnostic::policy::Policy;
    use crate::diagnostic::report::Report;
    use crate::diagnostic::report::tests::{broken, path, report, with, withheld};
    use crate::diagnostic::{Diagnostic, code};
    use crate::file::Span;

    #[track_caller]
    fn check(report: &Report, expect: &[&str]) {
        let out = json(report);
        assert!(out.is_empty() || out.ends_with('\n'));
        assert_eq!(out.lines().collect::<Vec<_>>(), expect);
        for line in out.lines() {
            let keys: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).expect("it is JSON");
            assert_eq!(keys.len(), 9);
        }
    }

    #[test]
    fn each_diagnostic_is_a_line_with_nine_keys() {
        let text = "é\n«中»[[x]]\r\n";
        let mut over_lines = broken("a.md", text, "[[x]]").help("say \"y\"\nor z");
        over_lines.place.as_mut().expect("it has one").span.end += 2;
        check(
            &report(&[("a.md", text)], vec![over_lines, Diagnostic::new(&code::INVALID_CONFIG, "none")]),
            &[
                r#"{"code":"invalid-config","severity":"error","message":"none","file":null,"line":null,"column":null,"end_line":null,"end_column":null,"help":null}"#,
                r#"{"code":"broken-reference","severity":"error","message":"no record named \"[[x]]\"","file":"a.md","line":2,"column":4,"end_line":3,"end_column":1,"help":"say \"y\"\nor z"}"#,
            ],
        );
    }

    #[test]
    fn a_missing_field_points_at_line_1() {
        let missing = Diagnostic::new(&code::MISSING_FIELD, "no when").at(&path("a.md"), Span::default());
        check(
            &report(&[("a.md", "+++\n+++\n")], vec![missing]),
            &[
                r#"{"code":"missing-field","severity":"error","message":"no when","file":"a.md","line":1,"column":1,"end_line":1,"end_column":1,"help":null}"#,
            ],
        );
    }

    #[test]
    fn nothing_of_a_withheld_record_is_told() {
        let diagnostic = broken("jan.md", "[[Jan]]", "Jan").help("Jan").for_terminal("a broken reference");
        let hidden = withheld(&[("jan.md", None, 3)]);
        check(
            &with(&[("jan.md", "[[Jan]]")], vec![diagnostic], &Policy::default(), &hidden),
            &[
                r#"{"code":"broken-reference","severity":"error","message":"a broken reference","file":"(withheld record 3)","line":null,"column":null,"end_line":null,"end_column":null,"help":null}"#,
            ],
        );
    }

    #[test]
    fn no_diagnostics_are_no_lines() {
        check(&report(&[], vec![]), &[]);
    }
}

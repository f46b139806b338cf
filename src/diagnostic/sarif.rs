//! Diagnostics as SARIF 2.1.0 (OASIS), for code scanning and editors.
//!
//! One run, with a rule for each code that occurs, its page for `explain` as the rule's help. Columns are Unicode code
//! points, the end is exclusive, as the format wants it. Nothing withheld is told.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::code::{ALL, Code};
use super::report::Report;
use super::shown::{Channel, Location, Shown};

/// Writes a report as one SARIF log, indented.
pub fn sarif(report: &Report) -> String {
    let shown = report.shown(Channel::Elsewhere);
    let used: Vec<&Code> = ALL.iter().copied().filter(|code| shown.iter().any(|one| one.code == *code)).collect();
    let index: BTreeMap<&str, usize> = used.iter().enumerate().map(|(at, code)| (code.name, at)).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "Casebook",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": used.iter().map(|code| rule(code)).collect::<Vec<Value>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": shown.iter().map(|one| result(one, index[one.code.name])).collect::<Vec<Value>>(),
        }],
    });
    let mut out = serde_json::to_string_pretty(&log).expect("texts and numbers are always JSON");
    out.push('\n');
    out
}

fn rule(code: &Code) -> Value {
    json!({
        "id": code.name,
        "shortDescription": { "text": code.summary() },
        "help": { "text": code.page, "markdown": code.page },
        "defaultConfiguration": { "level": code.severity.name() },
    })
}

fn result(shown: &Shown<'_>, rule: usize) -> Value {
    let text = match shown.help {
        Some(help) => format!("{}\nhelp: {help}", shown.message),
        None => shown.message.clone(),
    };
    let mut result = json!({
        "ruleId": shown.code.name,
        "ruleIndex": rule,
        "level": shown.severity.name(),
        "message": { "text": text },
    });
    if let Some(location) = location(shown.location) {
        result["locations"] = json!([location]);
    }
    result
}

fn location(location: Location<'_>) -> Option<Value> {
    match location {
        Location::Nowhere => None,
        Location::Withheld(_) => Some(json!({ "logicalLocations": [{ "name": location.to_string() }] })),
        Location::File(path, position) => {
            let mut physical = json!({ "artifactLocation": { "uri": uri(path.as_str()), "uriBaseId": "%SRCROOT%" } });
            if let Some(at) = position {
                physical["region"] = json!({
                    "startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column,
                });
            }
            Some(json!({ "physicalLocation": physical }))
        }
    }
}

/// Writes a path as a relative reference (RFC 3986): everything but unreserved characters and `/` is encoded.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::sarif;
    use crate::diagnostic::policy::Policy;
    use crate::diagnostic::report::Report;
    use crate::diagnostic::report::tests::{broken, report, with, withheld};
    use crate::diagnostic::{Diagnostic, code};

    #[track_caller]
    fn check(report: &Report, rules: &[&str], results: Value) {
        let log: Value = serde_json::from_str(&sarif(report)).expect("it is JSON");
        assert_eq!((&log["version"], log["runs"].as_array().map(Vec::len)), (&json!("2.1.0"), Some(1)));
        let run = &log["runs"][0];
        let listed = run["tool"]["driver"]["rules"].as_array().expect("a list");
        assert_eq!(listed.iter().map(|rule| rule["id"].as_str().expect("an id")).collect::<Vec<_>>(), rules);
        assert!(listed.iter().all(|rule| rule["help"]["text"].as_str().is_some_and(|text| text.starts_with("# "))));
        assert_eq!(run["results"], results);
    }

    #[test]
    fn a_diagnostic_is_a_result_with_its_rule_and_region() {
        let text = "\nsee [[x]]";
        let diagnostics = vec![
            broken("content/à b:c.md", text, "[[x]]").help("say y"),
            Diagnostic::new(&code::UNUSED_FILE, "nothing uses it"),
            Diagnostic::new(&code::INVALID_CONFIG, "none"),
        ];
        let rules = ["invalid-config", "broken-reference", "unused-file"];
        let region = json!({ "startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 10 });
        let file = json!({ "uri": "content/%C3%A0%20b%3Ac.md", "uriBaseId": "%SRCROOT%" });
        check(
            &report(&[("content/à b:c.md", text)], diagnostics),
            &rules,
            json!([
                { "ruleId": "invalid-config", "ruleIndex": 0, "level": "error", "message": { "text": "none" } },
                { "ruleId": "unused-file", "ruleIndex": 2, "level": "warning", "message": { "text": "nothing uses it" } },
                {
                    "ruleId": "broken-reference", "ruleIndex": 1, "level": "error",
                    "message": { "text": "no record named \"[[x]]\"\nhelp: say y" },
                    "locations": [{ "physicalLocation": { "artifactLocation": file, "region": region } }],
                },
            ]),
        );
    }

    #[test]
    fn a_withheld_record_is_a_number() {
        let diagnostic = broken("jan.md", "[[Jan]]", "Jan").for_terminal("a broken reference");
        let hidden = withheld(&[("jan.md", None, 3)]);
        check(
            &with(&[("jan.md", "[[Jan]]")], vec![diagnostic], &Policy::default(), &hidden),
            &["broken-reference"],
            json!([{
                "ruleId": "broken-reference", "ruleIndex": 0, "level": "error",
                "message": { "text": "a broken reference" },
                "locations": [{ "logicalLocations": [{ "name": "(withheld record 3)" }] }],
            }]),
        );
    }

    #[test]
    fn a_site_without_faults_is_a_run_without_results() {
        check(&report(&[], vec![]), &[], json!([]));
    }
}

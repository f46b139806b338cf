//! Diagnostics as SARIF 2.1.0 (OASIS), for code scanning and editors.
//!
//! One run, with a rule for each code that occurs, its page for `explain` as the rule's help. Columns are Unicode code
//! points, the end is exclusive, as the format wants it. Nothing withheld is told.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::code::{ALL, Code};
use super::report::{Channel, Location, Report, Shown};

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

//! Diagnostics of a run, printed, and the line that ends it.

use super::term::Term;
use crate::diagnostic::human::human;
use crate::diagnostic::report::Report;
use crate::diagnostic::{Diagnostic, Severity};
use crate::file::Snapshot;
use crate::pipeline::Made;

/// Makes the report of a run.
pub(super) fn report(made: &Made, found: Vec<Diagnostic>, snapshot: &Snapshot) -> Report {
    Report::new(found, &made.policy, &made.withheld, &|path| snapshot.read(path).ok())
}

/// Prints a report for people. Quietly, errors alone.
pub(super) fn print(term: &Term, made: &Made, mut found: Vec<Diagnostic>, snapshot: &Snapshot) -> Report {
    if term.is_quiet() {
        found.retain(|fault| made.policy.severity(fault.code, fault.severity) == Some(Severity::Error));
    }
    let report = report(made, found, snapshot);
    term.raw(&human(&report, term.channel, term.colour));
    report
}

/// Returns `1 page`, `2 pages`.
pub(super) fn counted(n: usize, one: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") }
}

/// Returns the end of a summary line: errors, warnings, withheld records, as far as there are any.
pub(super) fn tail(report: &Report, withheld: usize) -> String {
    let mut tail = String::new();
    for (n, one) in [(report.errors, "error"), (report.warnings, "warning")] {
        if n > 0 {
            tail.push_str("; ");
            tail.push_str(&counted(n, one));
        }
    }
    if withheld > 0 {
        tail.push_str("; ");
        tail.push_str(&counted(withheld, "record"));
        tail.push_str(" withheld");
    }
    tail
}

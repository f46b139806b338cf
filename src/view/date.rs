//! Dates as readers see them: in words, with the machine's form beside them where there is an exact one.

use super::Edition;
use crate::html::{Value, escape, html};
use crate::model::date::Edtf;

/// Returns a date in words.
pub fn words(edition: &Edition, date: &Edtf) -> String {
    date.words(&edition.words.0)
}

/// Returns a date as `<time>`, soft where it is not exact.
pub fn time(edition: &Edition, date: &Edtf) -> String {
    let mut out = String::with_capacity(64);
    let machine = date.machine();
    let soft = if date.is_soft() { " class=\"soft\"" } else { "" };
    match &machine {
        Some(machine) => {
            out.push_str("<time");
            out.push_str(soft);
            out.push_str(" datetime=\"");
            escape(machine, &mut out);
            out.push_str("\">");
        }
        None => out.push_str(if soft.is_empty() { "<span class=\"date\">" } else { "<span class=\"date soft\">" }),
    }
    escape(&words(edition, date), &mut out);
    out.push_str(if machine.is_some() { "</time>" } else { "</span>" });
    out
}

/// Returns a date as a value that templates print.
pub fn value(edition: &Edition, date: &Edtf) -> Value {
    html(&time(edition, date))
}

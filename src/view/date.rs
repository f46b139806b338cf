//! Dates as readers see them: in words, with the machine's form beside them where there is an exact one.

use super::Edition;
use crate::html::{Value, escape, html};
use crate::model::date::{Edtf, End};

/// Returns a date in words.
pub(super) fn words(edition: &Edition, date: &Edtf) -> String {
    date.words(&edition.date_words)
}

/// Returns a date as `<time>`, soft where it is not exact.
pub(super) fn time(edition: &Edition, date: &Edtf) -> String {
    let mut out = String::with_capacity(64);
    let machine = date.machine();
    let soft = if is_soft(date) { " class=\"soft\"" } else { "" };
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

/// Tells whether a date is less than exact: approximate, uncertain, a season, a decade, an open interval.
pub(super) fn is_soft(date: &Edtf) -> bool {
    match date {
        Edtf::Interval(End::Date(from), End::Date(to)) => {
            [from, to].into_iter().any(|end| !Edtf::Date(*end).is_exact())
        }
        Edtf::Interval(..) => true,
        date => !date.is_exact(),
    }
}

/// Returns a date as a value that templates print.
pub(super) fn value(edition: &Edition, date: &Edtf) -> Value {
    html(&time(edition, date))
}

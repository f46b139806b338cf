//! Pages that lead on: an old address of a record.

use serde::Serialize;

use super::Edition;
use crate::html::{Value, value};
use crate::model::Ix;

#[derive(Serialize)]
struct Redirect<'a> {
    root: &'a str,
    target: String,
    canonical: Option<String>,
    title: &'a str,
}

/// Makes the view of a redirect to a record.
pub(super) fn view(edition: &Edition, route: &str, to: Ix) -> Value {
    let root = edition.root(route);
    let entry = edition.archive.entry(to);
    let target = format!("{root}{}", entry.link);
    value(&Redirect { root: &root, target, canonical: edition.canonical(&entry.link), title: title(edition, to) })
}

/// Returns what the page says it leads to. A claim's statement is not repeated here, where nothing could stand beside it.
fn title(edition: &Edition, to: Ix) -> &str {
    let record = edition.archive.record(to);
    if edition.archive.claims.contains_key(&to) { &record.id } else { &record.title }
}

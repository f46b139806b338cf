//! What is known at the date of a build: the past of a site, from today's text.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Inputs;
use crate::model::{Archive, Awaited, Claim, Ix, Record, Target};

/// Splits records into those that are known at `as_of` and those that are not yet. Without a date all are known.
pub(super) fn split(
    records: impl Iterator<Item = Arc<Record>>,
    as_of: Option<i64>,
) -> (Vec<Arc<Record>>, Vec<Arc<Record>>) {
    match as_of {
        None => (records.collect(), Vec::new()),
        Some(day) => records.partition(|record| is_known(record, day)),
    }
}

/// Tells whether a record is known on a day.
///
/// A claim is known from its first assessment, a source from `issued`, a dossier from `published`, an event from `when`
/// unless it is planned; everything else always. Each date counts from its earliest day.
fn is_known(record: &Record, day: i64) -> bool {
    let from = |field: &str| record.fields.date(field).is_none_or(|date| date.earliest() <= day);
    match record.kind.name.as_ref() {
        "claim" => !Claim::of(record, &[], Some(day)).assessments.is_empty(),
        "source" => from("issued"),
        "dossier" => from("published"),
        "event" => record.fields.text("status") == Some("planned") || from("when"),
        _ => true,
    }
}

/// Returns a record, or the title of one that is not yet known.
pub(super) fn known_or_later(archive: &Archive, ix: Ix) -> Target {
    archive.later(ix).map_or(Target::Record(ix), |record| Target::Unknown(Box::new(Awaited::of(record))))
}

/// Returns the routes that records will have that are not yet known.
pub(super) fn later_routes(archive: &Archive, inputs: &Inputs<'_>) -> BTreeMap<String, Ix> {
    let later = archive.named().skip(archive.entries.len()).zip(&archive.later.records);
    let style = super::style(inputs.config);
    // What is wrong with a route, today's build says.
    let route = |record: &Arc<Record>| super::entry(Arc::clone(record), inputs.config, style, &mut Vec::new()).route;
    later.map(|((ix, _), record)| (route(record), ix)).collect()
}

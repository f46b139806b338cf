//! What is known at the date of a build: the past of a site, from today's text.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Inputs;
use crate::markdown::Body;
use crate::model::{Archive, Awaited, Claim, Fields, Ix, Links, Record, Target, Value};

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

/// What of a record is not yet known: its references and short texts, by their numbers.
#[derive(Default)]
pub(super) struct Ahead {
    references: BTreeSet<usize>,
    notes: BTreeSet<usize>,
}

impl Ahead {
    /// Gathers what stands in assessments, responses and corrections of later days.
    pub(super) fn of(record: &Record, as_of: Option<i64>) -> Ahead {
        let mut later = Ahead::default();
        let Some(day) = as_of else { return later };
        for table in ["assessments", "responses", "corrections"].into_iter().flat_map(|name| record.fields.tables(name))
        {
            if table.date("on").is_some_and(|on| on.earliest() > day) {
                later.gather(table);
            }
        }
        later
    }

    fn gather(&mut self, table: &Fields) {
        let mut values: Vec<&Value> = table.iter().map(|(_, value)| &value.value).collect();
        while let Some(value) = values.pop() {
            match value {
                Value::Reference(slot) => drop(self.references.insert(*slot)),
                Value::Citation(citation) => self.references.extend(citation.slots()),
                Value::Markdown(note) => drop(self.notes.insert(*note)),
                Value::List(list) => values.extend(list.iter().map(|item| &item.value)),
                Value::Table(table) => values.extend(table.iter().map(|(_, value)| &value.value)),
                _ => {}
            }
        }
    }

    /// Returns what a reference leads to: nothing, where it is not yet known.
    pub(super) fn or_target(&self, slot: usize, target: impl FnOnce() -> Target) -> Target {
        if self.references.contains(&slot) { Target::Nothing } else { target() }
    }

    /// Returns what a short text refers to: nothing, where it is not yet known.
    pub(super) fn or_links(&self, note: usize, body: &Body, links: impl FnOnce() -> Links) -> Links {
        if !self.notes.contains(&note) {
            return links();
        }
        Links {
            mentions: vec![Target::Nothing; body.mentions.len()],
            citations: body.citations.iter().map(|citation| vec![None; citation.cites.len()]).collect(),
        }
    }
}

/// Leaves out relations that rest on a claim which is not yet known: what it states is not yet said.
pub(super) fn later_relations(record: &Record, targets: &mut [Target]) {
    for table in record.fields.tables("relations") {
        let claim = table.reference("claim");
        if !claim.is_some_and(|slot| matches!(targets.get(slot), Some(Target::Unknown(_)))) {
            continue;
        }
        let mut later = Ahead::default();
        later.gather(table);
        for slot in later.references.into_iter().filter(|slot| Some(*slot) != claim) {
            targets[slot] = Target::Nothing;
        }
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

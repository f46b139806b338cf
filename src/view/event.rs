//! An event's page: when and where, who took part, what it rests on, what came before and after.

use serde::Serialize;

use super::evidence::{Evidence, evidence};
use super::host::Page;
use super::{Edition, date, place, record};
use crate::html::{Value, html, value, view};
use crate::model::{FieldCitation, Ix};

view! {
    struct EventPage<'e> {
        ..record: record::Record<'e>,
        when: Value,
        place: Value,
        status: String,
        status_id: String,
        participants: Vec<Part>,
        evidence: Vec<Evidence>,
        before: Option<Value>,
        after: Option<Value>,
    }
}

#[derive(Serialize)]
struct Part {
    who: Value,
    role: String,
}

/// Makes the view of an event.
pub(super) fn view(edition: &Edition, route: &str, ix: Ix) -> Value {
    let root = edition.root(route);
    Page::make(edition, ix, route, &root, |page| made(edition, route, ix, page))
}

fn made<'e>(edition: &'e Edition, route: &str, ix: Ix, page: &mut Page<'e>) -> Value {
    let root = page.root.clone();
    let fields = &edition.archive.record(ix).fields;
    let mut base = record::record(edition, route, ix, page);
    let cited: Vec<&FieldCitation> = fields.citations("evidence").collect();
    let evidence = evidence(edition, ix, &cited, page);
    base.sources = page.sources();
    let status = fields.text("status").filter(|status| *status != "occurred");
    let participants = fields.tables("participants").filter_map(|part| {
        let slot = part.reference("who").filter(|slot| place::is_shown(edition, ix, *slot))?;
        let who = html(&place::target_link(edition, ix, slot, &root));
        Some(Part { who, role: part.text("role").unwrap_or_default().to_owned() })
    });
    let at = edition.position(ix);
    let neighbour =
        |at: Option<usize>| at.and_then(|at| edition.archive.events.get(at)).map(|ix| edition.card(*ix, &root));
    let where_ = fields.reference("place").filter(|slot| place::is_shown(edition, ix, *slot));
    value(&EventPage {
        record: base,
        when: fields.date("when").map_or_else(|| html(""), |when| date::value(edition, when)),
        place: html(&where_.map(|slot| place::target_link(edition, ix, slot, &root)).unwrap_or_default()),
        status: status.map(|status| edition.words.named("status_", status)).unwrap_or_default(),
        status_id: status.unwrap_or_default().to_owned(),
        participants: participants.collect(),
        evidence,
        before: neighbour(at.and_then(|at| at.checked_sub(1))),
        after: neighbour(at.map(|at| at + 1)),
    })
}

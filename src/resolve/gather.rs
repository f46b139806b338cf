//! Links turned around: who mentions a record, which events it took part in, what is claimed about it, which tags there are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::route;
use crate::model::date::Edtf;
use crate::model::{Archive, Backlink, Claim, Entry, Ix, Links, Record, Target, Via};

/// Fills the archive's indices from its links.
pub(super) fn gather(archive: &mut Archive, as_of: Option<i64>) {
    archive.backlinks = Arc::new(backlinks(archive));
    claims(archive, as_of);
    archived(archive);
    events(archive);
    tags(archive);
}

/// Fills the indices anew that may differ from those before, where records have changed or their references were looked up
/// again; the others are shared.
pub(super) fn again(archive: &mut Archive, before: &Archive, changed: &BTreeSet<Ix>, as_of: Option<i64>) {
    // What was only looked up again, and leads where it led, changes nothing.
    let differs = |ix: &&Ix| {
        let (before, now) = (before.entry(**ix), archive.entry(**ix));
        before.references != now.references || !before.record.has_front_of(&now.record)
    };
    let kinds: BTreeSet<&str> = changed.iter().filter(differs).map(|ix| &*archive.record(*ix).kind.name).collect();
    let (has_claim, has_source, has_event) =
        (kinds.contains("claim"), kinds.contains("source"), kinds.contains("event"));
    let relinked: BTreeSet<Ix> =
        changed.iter().copied().filter(|ix| !links_as(before.entry(*ix), archive.entry(*ix))).collect();
    if !relinked.is_empty() {
        archive.backlinks = Arc::new(relink(archive, before, &relinked));
    }
    if has_claim {
        claims(archive, as_of);
    }
    if has_source {
        archived(archive);
    }
    if has_event {
        events(archive);
    }
    if !changed.iter().all(|ix| written_tags(before.record(*ix)).eq(written_tags(archive.record(*ix)))) {
        tags(archive);
    }
}

/// Tells whether a record's references lead to the same as before.
pub(super) fn links_as(before: &Entry, now: &Entry) -> bool {
    (&before.references, &before.body, &before.notes) == (&now.references, &now.body, &now.notes)
}

fn backlinks(archive: &Archive) -> Vec<Arc<[Backlink]>> {
    let mut backlinks: Vec<Vec<Backlink>> = vec![Vec::new(); archive.entries.len()];
    for from in archive.all() {
        outgoing(archive, from, &mut |to, link| backlinks[to.at()].push(link));
    }
    backlinks.into_iter().map(Arc::from).collect()
}

/// Puts the links of some records in the place of those that they had before.
fn relink(archive: &Archive, before: &Archive, relinked: &BTreeSet<Ix>) -> Vec<Arc<[Backlink]>> {
    let mut backlinks = Vec::clone(&before.backlinks);
    let mut anew: BTreeMap<Ix, Vec<Backlink>> = BTreeMap::new();
    for from in relinked {
        outgoing(before, *from, &mut |to, _| {
            anew.entry(to).or_default();
        });
        outgoing(archive, *from, &mut |to, link| anew.entry(to).or_default().push(link));
    }
    for (to, new) in anew {
        let kept = before.backlinks[to.at()].iter().filter(|link| !relinked.contains(&link.from));
        let mut links: Vec<Backlink> = kept.copied().chain(new).collect();
        links.sort_by_key(|link| link.from);
        backlinks[to.at()] = links.into();
    }
    backlinks
}

/// Calls `add` for each record that a record refers to: of its text first, then of its short texts, then of its fields.
fn outgoing(archive: &Archive, from: Ix, add: &mut dyn FnMut(Ix, Backlink)) {
    let entry = archive.entry(from);
    let mut add = |to: Ix, via: Via| {
        if to != from {
            add(to, Backlink::new(from, via));
        }
    };
    body(&entry.body, &mut add, Via::Body, Via::Citation);
    for (note, links) in entry.notes.iter().enumerate() {
        body(links, &mut add, |at| Via::Note(note, at), |at, key| Via::NoteCitation(note, at, key));
    }
    for (slot, target) in entry.references.iter().enumerate() {
        if let Target::Record(to) = target {
            add(*to, Via::Field(slot));
        }
    }
}

fn body(
    links: &Links,
    add: &mut dyn FnMut(Ix, Via),
    mention: impl Fn(usize) -> Via,
    citation: impl Fn(usize, usize) -> Via,
) {
    for (at, target) in links.mentions.iter().enumerate() {
        if let Target::Record(to) = target {
            add(*to, mention(at));
        }
    }
    for (at, keys) in links.citations.iter().enumerate() {
        for (key, source) in keys.iter().enumerate() {
            if let Some(source) = source {
                add(*source, citation(at, key));
            }
        }
    }
}

fn archived(archive: &mut Archive) {
    let mut archived = BTreeMap::new();
    for ix in archive.of_kind("source") {
        let fields = &archive.record(ix).fields;
        if let (Some(url), Some(copy)) = (fields.text("url"), fields.text("archive-url")) {
            archived.entry(url.to_owned()).or_insert_with(|| copy.to_owned());
        }
    }
    archive.archived = Arc::new(archived);
}

fn claims(archive: &mut Archive, as_of: Option<i64>) {
    let (mut claims, mut claims_about) = (BTreeMap::new(), BTreeMap::<Ix, Vec<Ix>>::new());
    for ix in archive.of_kind("claim") {
        let record = archive.record(ix);
        let claim = Claim::of(record, &archive.entry(ix).references, as_of);
        let about: BTreeSet<Ix> =
            record.fields.references("about").filter_map(|slot| archive.target(ix, slot).record()).collect();
        for subject in about {
            claims_about.entry(subject).or_default().push(ix);
        }
        claims.insert(ix, claim);
    }
    archive.claims = Arc::new(claims);
    archive.claims_about = Arc::new(claims_about);
}

/// Orders events by date, title and path, and gathers those of each participant and place.
fn events(archive: &mut Archive) {
    let mut events: Vec<Ix> = archive.of_kind("event").collect();
    events.sort_by_cached_key(|ix| {
        let record = archive.record(*ix);
        (record.fields.date("when").map(Edtf::earliest), record.title.clone(), record.path.clone())
    });
    let mut of: BTreeMap<Ix, Vec<(Ix, Option<String>)>> = BTreeMap::new();
    for ix in &events {
        let record = archive.record(*ix);
        let mut seen = BTreeSet::new();
        for part in record.fields.tables("participants") {
            let who = part.reference("who").and_then(|slot| archive.target(*ix, slot).record());
            if let Some(who) = who.filter(|who| seen.insert(*who)) {
                of.entry(who).or_default().push((*ix, part.text("role").map(str::to_owned)));
            }
        }
        let place = record.fields.reference("place").and_then(|slot| archive.target(*ix, slot).record());
        if let Some(place) = place.filter(|place| seen.insert(*place)) {
            of.entry(place).or_default().push((*ix, None));
        }
    }
    archive.events_of = Arc::new(of);
    archive.events = Arc::new(events);
}

/// Returns the tags of a record as they are written: those of its field first.
fn written_tags(record: &Record) -> impl Iterator<Item = &str> {
    let listed = record.fields.texts("tags").flat_map(|text| text.value.split(','));
    let listed = listed.map(|tag| tag.trim().trim_start_matches('#'));
    listed.chain(record.body.tags.iter().map(|tag| tag.name.as_str()))
}

fn tags(archive: &mut Archive) {
    let mut tags: BTreeMap<String, (String, Vec<Ix>)> = BTreeMap::new();
    for ix in archive.all() {
        for tag in written_tags(archive.record(ix)) {
            let part = route::part(tag);
            if route::fault(&part).is_some() {
                continue;
            }
            let (_, with) = tags.entry(part).or_insert_with(|| (tag.to_owned(), Vec::new()));
            if with.last() != Some(&ix) {
                with.push(ix);
            }
        }
    }
    let mut tags_of: BTreeMap<Ix, Vec<String>> = BTreeMap::new();
    for (part, (_, with)) in &tags {
        for ix in with {
            tags_of.entry(*ix).or_default().push(part.clone());
        }
    }
    archive.tags = Arc::new(tags);
    archive.tags_of = Arc::new(tags_of);
}

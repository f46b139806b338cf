//! The last archive, and how the next one is made of it.
//!
//! What a record's references lead to depends on the record, on where all records lie, and on the names that it asks for.
//! Where the same records lie at the same places, only those are looked up again that changed, or that ask for a name that
//! one of the changed ones had or has. Where records came, went or moved, nothing is reused.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use super::link::{Faults, Index, Linked, Renamed};
use super::{Inputs, file, fronts, gather, member};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::file::RelPath;
use crate::model::{Alias, Archive, Entry, Ix, Later, Record, Shape};

/// Keeps the last archive, from one build to the next.
#[derive(Default)]
pub struct Kept(Mutex<Option<Last>>);

/// One archive, what it was made of, and what was wrong.
pub(super) struct Last {
    pub(super) archive: Archive,
    config: Arc<Config>,
    attachments: Vec<RelPath>,
    statics: Vec<String>,
    as_of: Option<i64>,
    index: Index,
    /// Faults of routes and ids.
    pub(super) fronts: Vec<Diagnostic>,
    /// Faults of links, by the record that has them.
    pub(super) links: BTreeMap<Ix, Faults>,
    /// Faults of the files that texts use.
    pub(super) files: Vec<Diagnostic>,
}

impl Kept {
    /// Gives out the last archive, if it was made of the same records at the same places, and of the same other inputs.
    pub(super) fn last(&self, records: &[Arc<Record>], unknown: &[Arc<Record>], inputs: &Inputs<'_>) -> Option<Last> {
        let last = self.0.lock().expect("no thread panics while it holds what is kept").take()?;
        let shared = |one: &Arc<Record>, other: &Arc<Record>| Arc::ptr_eq(one, other);
        let mut records_of_last = last.archive.entries.iter().map(|entry| &entry.record).zip(records);
        let mut unknown_of_last = last.archive.later.records.iter().zip(unknown);
        let is_same = Arc::ptr_eq(&last.config, inputs.config)
            && last.as_of == inputs.as_of
            && last.archive.entries.len() == records.len()
            && last.archive.later.records.len() == unknown.len()
            && last.attachments == inputs.files
            && last.statics == inputs.statics
            && records_of_last.all(|(one, other)| shared(one, other) || is_at_the_place_of(one, other))
            && unknown_of_last.all(|(one, other)| shared(one, other) || one.has_front_of(other));
        is_same.then_some(last)
    }

    pub(super) fn keep(&self, last: Last) {
        *self.0.lock().expect("no thread panics while it holds what is kept") = Some(last);
    }
}

impl Last {
    /// Resolves all records.
    pub(super) fn anew(records: Vec<Arc<Record>>, unknown: Vec<Arc<Record>>, inputs: &Inputs<'_>) -> Last {
        let mut found = Vec::new();
        let mut archive = fronts(records, inputs.config, &mut found);
        archive.later = Arc::new(Later::new(unknown));
        let index = Index::new(&archive, inputs);
        member::members(&mut archive, &index);
        let all: Vec<Ix> = archive.all().collect();
        let linked: Vec<Linked> = all.par_iter().with_min_len(32).map(|ix| index.link(&archive, *ix)).collect();
        let mut links = BTreeMap::new();
        for (ix, linked) in all.into_iter().zip(linked) {
            let faults = fill(Arc::make_mut(&mut archive.entries[ix.at()]), linked);
            if !faults.is_empty() {
                links.insert(ix, faults);
            }
        }
        gather::gather(&mut archive, inputs.as_of);
        let mut files = Vec::new();
        file::files(&mut archive, &mut files);
        Last {
            archive,
            config: Arc::clone(inputs.config),
            attachments: inputs.files.to_vec(),
            statics: inputs.statics.to_vec(),
            as_of: inputs.as_of,
            index,
            fronts: found,
            links,
            files,
        }
    }

    /// Resolves the records that lie at the same places, some of them with other fronts or texts. Returns `None` where the
    /// change reaches too far: other ids, or other members of dossiers.
    pub(super) fn again(self, records: &[Arc<Record>], inputs: &Inputs<'_>) -> Option<Last> {
        let Last { archive: before, mut index, fronts, links, files, .. } = self;
        let mut archive = before.clone();
        let mut anew: BTreeSet<Ix> = BTreeSet::new();
        let (mut has_other_front, mut has_other_id) = (false, false);
        let mut renamed: Vec<Renamed<'_>> = Vec::new();
        for (ix, record) in before.all().zip(records) {
            let known = &before.entry(ix).record;
            if Arc::ptr_eq(known, record) {
                continue;
            }
            archive.entries[ix.at()] = Arc::new(Entry { record: Arc::clone(record), ..before.entry(ix).clone() });
            anew.insert(ix);
            has_other_front |= !record.has_front_of(known);
            // Two records of one id are a fault of both, where their authors wrote it.
            has_other_id |= (&record.id, record.id_span.is_some()) != (&known.id, known.id_span.is_some());
            if !record.has_names_of(known) {
                renamed.push((ix, known, record));
            }
        }
        if has_other_id || (has_other_front && !fronts.is_empty()) {
            return None;
        }
        if !renamed.is_empty() {
            let moved = index.rename(&renamed);
            let all: Vec<Ix> = archive.all().collect();
            let asks = |ix: &Ix| moved.is_asked_by(archive.record(*ix));
            anew.par_extend(all.into_par_iter().with_min_len(64).filter(asks));
            // Faults name other records.
            anew.extend(links.keys());
        }
        if has_other_front && !member::are_members_as_before(&archive, &index, &anew) {
            return None;
        }
        let links = relink(&mut archive, &index, &anew, links);
        let is_as_before = |ix: &Ix| leads_as_before(before.entry(*ix), archive.entry(*ix));
        if has_other_front || !anew.iter().all(is_as_before) {
            archive.shape = Shape::default();
            gather::again(&mut archive, &before, &anew, inputs.as_of);
        }
        let mut files = files;
        if !files.is_empty() || !archive.shape.is(&before.shape) {
            files.clear();
            file::files(&mut archive, &mut files);
        }
        Some(Last {
            archive,
            config: self.config,
            attachments: self.attachments,
            statics: self.statics,
            as_of: self.as_of,
            index,
            fronts,
            links,
            files,
        })
    }
}

/// Looks the references of some records up; returns the faults of all.
fn relink(
    archive: &mut Archive,
    index: &Index,
    anew: &BTreeSet<Ix>,
    mut links: BTreeMap<Ix, Faults>,
) -> BTreeMap<Ix, Faults> {
    let all: Vec<Ix> = anew.iter().copied().collect();
    let linked: Vec<Linked> = all.par_iter().map(|ix| index.link(archive, *ix)).collect();
    for (ix, linked) in all.into_iter().zip(linked) {
        let entry = &mut archive.entries[ix.at()];
        // What was looked up anew is an entry of its own, so that whoever compares entries sees it.
        let mut made = Entry::clone(entry);
        let faults = fill(&mut made, linked);
        *entry = Arc::new(made);
        match faults.is_empty() {
            true => links.remove(&ix),
            false => links.insert(ix, faults),
        };
    }
    links
}

/// Tells whether one record lies where another one lay, and is of its type, so that all routes are as they were.
fn is_at_the_place_of(one: &Record, other: &Record) -> bool {
    let text = |slug: &'_ Option<Alias>| slug.as_ref().map(|slug| slug.text.clone());
    let routes = |record: &'_ Record| record.redirects.iter().map(|alias| alias.text.clone()).collect::<Vec<_>>();
    one.path == other.path
        && one.origin.path == other.origin.path
        && one.origin.inline.is_some() == other.origin.inline.is_some()
        && one.kind == other.kind
        && text(&one.slug) == text(&other.slug)
        && routes(one) == routes(other)
}

/// Fills an entry with what its references lead to; returns what is wrong with them.
fn fill(entry: &mut Entry, linked: Linked) -> Faults {
    let mut texts = std::iter::once(&entry.record.body).chain(&entry.record.notes);
    entry.leads_to_parts = texts.any(|text| text.mentions.iter().any(|mention| mention.fragment.is_some()));
    entry.references = linked.references;
    entry.body = linked.body;
    entry.notes = linked.notes;
    entry.files = linked.files;
    entry.capture = linked.capture;
    linked.faults
}

/// Tells whether all indices have the same of a record with another text: its links, files and tags.
fn leads_as_before(before: &Entry, now: &Entry) -> bool {
    let tags = |entry: &'_ Entry| entry.record.body.tags.iter().map(|tag| tag.name.clone()).collect::<Vec<_>>();
    gather::links_as(before, now)
        && (&before.files, &before.capture) == (&now.files, &now.capture)
        && tags(before) == tags(now)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::config::Config;
    use crate::file::RelPath;
    use crate::model::{Archive, Visibility};
    use crate::parse::{self, Labels};
    use crate::resolve::{Inputs, Kept, resolve};
    use crate::withhold::{self, Drafts, Rules, withhold};

    /// Resolves a site of two records with what was kept of another.
    fn archive(config: &Arc<Config>, ada: &str, bea: &str, kept: &Kept) -> Archive {
        let file = |(name, text): (&str, &str)| {
            let path = RelPath::new(&format!("content/people/{name}.md")).expect("a path");
            Arc::new(parse::file(&path, text.as_bytes(), config, &Labels::default()))
        };
        let files: Vec<_> = [("ada", ada), ("bea", bea)].map(file).into();
        let rules =
            Rules { default: Visibility::Public, drafts: Drafts::Withheld, secrets: None, menu: &[], files: &[] };
        let public = withhold(&files, &rules, &|_, _| unreachable!("nothing is withheld"), &withhold::Kept::default());
        resolve(public.public, &Inputs { config, files: &[], statics: &[], as_of: None }, kept).0
    }

    /// Says whether an edit of the first record, which the second one mentions, keeps the shape of the archive.
    #[track_caller]
    fn check(before: &str, after: &str, keeps: bool) {
        let (config, kept) = (Arc::new(Config::default()), Kept::default());
        let bea = "+++\ntitle = \"Bea\"\n+++\nShe knows [[ada]].\n";
        let (one, other) = (archive(&config, before, bea, &kept), archive(&config, after, bea, &kept));
        assert_eq!(one.shape.is(&other.shape), keeps, "{before} {after}");
        // Either way it is what would be made of nothing.
        let anew = archive(&config, after, bea, &Kept::default());
        let known = |archive: &Archive| (archive.backlinks.clone(), archive.tags.clone(), archive.members.clone());
        assert_eq!(known(&other), known(&anew));
        let links = |archive: &Archive| archive.entries.iter().map(|entry| entry.body.clone()).collect::<Vec<_>>();
        assert_eq!(links(&other), links(&anew));
    }

    #[test]
    fn other_words_keep_the_shape() {
        check("She sings.\n", "She sang.\n", true);
        check("She knows [[bea]].\n", "She knew [[bea|Bea Example]], too.\n", true);
        check("# A heading\n\nText.\n", "Text.\n\n## Another\n", false);
    }

    #[test]
    fn another_name_mention_or_tag_does_not() {
        check("+++\ntitle = \"Ada\"\n+++\n", "+++\ntitle = \"Adah\"\n+++\n", false);
        check("She sings.\n", "She sings to [[bea]].\n", false);
        check("[[bea]] and [[bea]].\n", "[[bea]].\n", false);
        check("She sings.\n", "She sings #songs.\n", false);
    }
}

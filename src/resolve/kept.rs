//! The last archive, and how the next one is made of it.
//!
//! What a text's mentions lead to depends on the text and on the fronts of all records: their front matter, and where they
//! lie. Where no front changed, the links of unchanged texts are as they were; where one did, nothing is reused.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use super::link::{Faults, Index, Linked};
use super::{Inputs, file, fronts, gather, member};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::file::RelPath;
use crate::model::{Archive, Entry, Ix, Record, Shape};

/// Keeps the last archive, from one build to the next.
#[derive(Default)]
pub struct Kept(Mutex<Option<Arc<Last>>>);

/// One archive, what it was made of, and what was wrong.
pub(super) struct Last {
    pub(super) archive: Archive,
    unknown: Vec<Arc<Record>>,
    config: Arc<Config>,
    attachments: Vec<RelPath>,
    statics: Vec<String>,
    as_of: Option<i64>,
    index: Arc<Index>,
    /// Faults of routes and ids.
    pub(super) fronts: Vec<Diagnostic>,
    /// Faults of links, by the record that has them.
    pub(super) links: BTreeMap<Ix, Faults>,
    /// Faults of the files that texts use.
    pub(super) files: Vec<Diagnostic>,
}

impl Kept {
    /// Returns the last archive, if it was made of the same fronts and the same other inputs.
    pub(super) fn last(
        &self,
        records: &[Arc<Record>],
        unknown: &[Arc<Record>],
        inputs: &Inputs<'_>,
    ) -> Option<Arc<Last>> {
        let last = self.0.lock().expect("no thread panics while it holds what is kept").clone()?;
        let same = |one: &Arc<Record>, other: &Arc<Record>| Arc::ptr_eq(one, other) || one.has_front_of(other);
        let all_same = |one: &mut dyn Iterator<Item = &Arc<Record>>, other: &[Arc<Record>]| {
            one.zip(other).all(|(one, other)| same(one, other))
        };
        let is_same = Arc::ptr_eq(&last.config, inputs.config)
            && last.as_of == inputs.as_of
            && last.archive.entries.len() == records.len()
            && last.unknown.len() == unknown.len()
            && last.attachments == inputs.files
            && last.statics == inputs.statics
            && all_same(&mut last.archive.entries.iter().map(|entry| &entry.record), records)
            && all_same(&mut last.unknown.iter(), unknown);
        is_same.then_some(last)
    }

    pub(super) fn keep(&self, last: Arc<Last>) {
        *self.0.lock().expect("no thread panics while it holds what is kept") = Some(last);
    }
}

impl Last {
    /// Resolves all records.
    pub(super) fn anew(records: Vec<Arc<Record>>, unknown: Vec<Arc<Record>>, inputs: &Inputs<'_>) -> Last {
        let mut found = Vec::new();
        let mut archive = fronts(records, inputs.config, &mut found);
        let index = Index::new(&archive, &unknown, inputs);
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
            unknown,
            config: Arc::clone(inputs.config),
            attachments: inputs.files.to_vec(),
            statics: inputs.statics.to_vec(),
            as_of: inputs.as_of,
            index: Arc::new(index),
            fronts: found,
            links,
            files,
        }
    }

    /// Resolves the same records, of which some have other texts.
    pub(super) fn again(&self, records: Vec<Arc<Record>>, inputs: &Inputs<'_>) -> Last {
        let mut archive = self.archive.clone();
        let mut links = self.links.clone();
        let mut changed = Vec::new();
        for (ix, record) in self.archive.all().zip(records) {
            let entry = &mut archive.entries[ix.at()];
            if !Arc::ptr_eq(&entry.record, &record) {
                *entry = Arc::new(Entry { record, ..Entry::clone(entry) });
                changed.push(ix);
            }
        }
        for ix in &changed {
            links.remove(ix);
            let linked = self.index.link(&archive, *ix);
            let faults = fill(Arc::make_mut(&mut archive.entries[ix.at()]), linked);
            if !faults.is_empty() {
                links.insert(*ix, faults);
            }
        }
        let mut files = self.files.clone();
        if !changed.iter().all(|ix| leads_as_before(self.archive.entry(*ix), archive.entry(*ix))) {
            archive.shape = Shape::default();
            gather::gather(&mut archive, inputs.as_of);
        }
        if !files.is_empty() || !archive.shape.is(&self.archive.shape) {
            files.clear();
            file::files(&mut archive, &mut files);
        }
        Last {
            archive,
            unknown: self.unknown.clone(),
            config: Arc::clone(&self.config),
            attachments: self.attachments.clone(),
            statics: self.statics.clone(),
            index: Arc::clone(&self.index),
            fronts: self.fronts.clone(),
            links,
            files,
            as_of: self.as_of,
        }
    }
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
    (&before.references, &before.body, &before.notes, &before.files, &before.capture)
        == (&now.references, &now.body, &now.notes, &now.files, &now.capture)
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

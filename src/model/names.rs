//! Looking names up: ids, titles, aliases, stems and paths of records.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use foldhash::fast::RandomState;

use super::name::fold;
use crate::file::RelPath;
use crate::model::Record;

/// The number of a record in a list of records.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Ix(pub u32);

impl Ix {
    /// Returns the number as an index.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// How a name fits a record; a lower one wins.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Fit {
    Id,
    Title,
    Alias,
}

/// What a name leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// One record.
    One(Ix),
    /// Several that fit equally well.
    Many(Vec<Ix>),
    /// None.
    None,
}

/// An index of the names of records.
///
/// An exact id wins over a title, a title over an alias or a file's stem. What still fits several is the caller's to
/// settle. A name with a slash is a path from `content/`, or the end of one.
#[derive(Clone, Default, Debug)]
pub struct Names {
    names: HashMap<Arc<str>, Fits, RandomState>,
    paths: HashMap<Arc<str>, Vec<(Box<str>, Ix)>, RandomState>,
}

/// The records that a name fits, in order: nearly always one.
#[derive(Clone, Debug)]
struct Fits {
    first: (Fit, Ix),
    others: Vec<(Fit, Ix)>,
}

impl Fits {
    fn iter(&self) -> impl Iterator<Item = (Fit, Ix)> {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }

    fn add(&mut self, fit: Fit, ix: Ix) {
        let mut known = std::iter::once(&mut self.first).chain(&mut self.others);
        if let Some(known) = known.find(|(_, other)| *other == ix) {
            known.0 = known.0.min(fit);
            return;
        }
        if ix < self.first.1 {
            self.others.insert(0, self.first);
            self.first = (fit, ix);
        } else {
            let at = self.others.partition_point(|(_, other)| *other < ix);
            self.others.insert(at, (fit, ix));
        }
    }

    /// Removes a record; tells whether any is left.
    fn remove(&mut self, ix: Ix) -> bool {
        self.others.retain(|(_, other)| *other != ix);
        if self.first.1 != ix {
            return true;
        }
        if self.others.is_empty() {
            return false;
        }
        self.first = self.others.remove(0);
        true
    }
}

impl Names {
    /// Indexes records by their place in `records`.
    pub fn new<'r>(records: impl Iterator<Item = (Ix, &'r Record)>) -> Names {
        let mut index = Names::default();
        for (ix, record) in records {
            index.add(ix, record);
        }
        index
    }

    fn add(&mut self, ix: Ix, record: &Record) {
        let path = place(&record.path);
        let stem = path.rsplit('/').next().unwrap_or_default();
        each(record, stem, &mut |name, fit| self.insert(name, fit, ix));
        // `[[content/ada.md]]` is the path of a record that lies in no folder.
        self.paths.entry(fold(stem).into()).or_default().push((fold(&path).into(), ix));
    }

    /// Gives a record the names of `now` in the place of those of `before`. Its path is the same. Returns all of them, folded.
    pub fn rename(&mut self, ix: Ix, before: &Record, now: &Record) -> Vec<String> {
        let (path, mut all) = (place(&now.path), Vec::new());
        let stem = path.rsplit('/').next().unwrap_or_default();
        each(before, stem, &mut |name, _| {
            let name = fold(name).into_owned();
            if let Some(fits) = self.names.get_mut(name.as_str())
                && !fits.remove(ix)
            {
                self.names.remove(name.as_str());
            }
            all.push(name);
        });
        each(now, stem, &mut |name, fit| {
            self.insert(name, fit, ix);
            all.push(fold(name).into_owned());
        });
        all
    }

    fn insert(&mut self, name: &str, fit: Fit, ix: Ix) {
        let name = fold(name);
        if name.is_empty() {
            return;
        }
        match self.names.entry(name.into()) {
            Entry::Occupied(known) => known.into_mut().add(fit, ix),
            Entry::Vacant(free) => {
                free.insert(Fits { first: (fit, ix), others: Vec::new() });
            }
        }
    }

    /// Looks a name up; `prefers` says which records win among those that fit equally well.
    pub fn find(&self, written: &str, prefers: &dyn Fn(Ix) -> bool) -> Found {
        if written.contains('/') {
            let found = settle(self.by_path(written), prefers);
            if found != Found::None {
                return found;
            }
        }
        let plain = written.strip_suffix(".md").unwrap_or(written);
        for name in std::iter::once(written).chain((plain != written).then_some(plain)) {
            let Some(fits) = self.names.get(fold(name).as_ref()) else { continue };
            if fits.others.is_empty() {
                return Found::One(fits.first.1);
            }
            let best = fits.iter().map(|(fit, _)| fit).min().expect("a name is only kept with a record");
            let best = fits.iter().filter(|(fit, _)| *fit == best).map(|(_, ix)| ix).collect();
            return settle(best, prefers);
        }
        Found::None
    }

    /// Tells whether any record fits a name, however it does.
    pub fn fits(&self, written: &str) -> bool {
        if self.paths.is_empty() {
            return false;
        }
        if written.contains('/') && !self.by_path(written).is_empty() {
            return true;
        }
        let plain = written.strip_suffix(".md");
        self.names.contains_key(fold(written).as_ref())
            || plain.is_some_and(|plain| self.names.contains_key(fold(plain).as_ref()))
    }

    /// Tells whether what is written is the whole path of a record, from `content/` on.
    pub fn has_path(&self, written: &str) -> bool {
        written.contains('/') && {
            let folded = folded_path(written);
            let last = folded.rsplit('/').next().unwrap_or_default();
            self.paths.get(last).is_some_and(|paths| paths.iter().any(|(path, _)| **path == *folded))
        }
    }

    /// Tells whether a name is a record's id.
    pub fn by_id(&self, written: &str) -> impl Iterator<Item = Ix> {
        let fits = if self.names.is_empty() { None } else { self.names.get(fold(written).as_ref()) };
        fits.into_iter().flat_map(Fits::iter).filter(|(fit, _)| *fit == Fit::Id).map(|(_, ix)| ix)
    }

    fn by_path(&self, written: &str) -> Vec<Ix> {
        let folded = folded_path(written);
        let folded = folded.as_str();
        let last = folded.rsplit('/').next().unwrap_or_default();
        let candidates = self.paths.get(last).map(Vec::as_slice).unwrap_or_default();
        let exact: Vec<Ix> = candidates.iter().filter(|(path, _)| **path == *folded).map(|(_, ix)| *ix).collect();
        if !exact.is_empty() {
            return exact;
        }
        let ends = |path: &str| path.strip_suffix(folded).is_some_and(|rest| rest.ends_with('/'));
        candidates.iter().filter(|(path, _)| ends(path)).map(|(_, ix)| *ix).collect()
    }
}

/// Calls `with` for each name of a record whose file is called `stem`.
fn each(record: &Record, stem: &str, with: &mut dyn FnMut(&str, Fit)) {
    with(&record.id, Fit::Id);
    with(&record.title, Fit::Title);
    if stem != record.id {
        with(stem, Fit::Alias);
    }
    for alias in &record.aliases {
        with(&alias.text, Fit::Alias);
    }
}

/// Returns a path as it is compared: folded, from `content/` on, without its extension.
fn folded_path(written: &str) -> String {
    let folded = fold(written.trim_matches('/').trim_start_matches("./"));
    let folded = folded.strip_suffix(".md").unwrap_or(&folded);
    folded.strip_prefix("content/").unwrap_or(folded).to_owned()
}

fn settle(mut fits: Vec<Ix>, prefers: &dyn Fn(Ix) -> bool) -> Found {
    if fits.len() > 1 {
        let preferred: Vec<Ix> = fits.iter().copied().filter(|ix| prefers(*ix)).collect();
        if !preferred.is_empty() {
            fits = preferred;
        }
    }
    match fits.as_slice() {
        [] => Found::None,
        [one] => Found::One(*one),
        _ => Found::Many(fits),
    }
}

/// Returns a record's path below `content/` without its extension, the folder in the place of an `index.md`.
pub fn place(path: &RelPath) -> String {
    let path = path.below("content").unwrap_or(path.as_str());
    let path = path.strip_suffix(".md").unwrap_or(path);
    let folder = path.strip_suffix("/index").or_else(|| path.strip_suffix("/_index"));
    folder.unwrap_or(path).to_owned()
}

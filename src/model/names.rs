//! Looking names up: ids, titles, aliases, stems and paths of records.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use foldhash::fast::RandomState;

use super::name::{Name, fold};
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
#[derive(Default, Debug)]
pub struct Names {
    names: HashMap<Name, Fits, RandomState>,
    paths: HashMap<Name, Vec<(Box<str>, Ix)>, RandomState>,
}

/// The records that a name fits: nearly always one.
#[derive(Debug)]
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
        match known.find(|(_, other)| *other == ix) {
            Some(known) => known.0 = known.0.min(fit),
            None => self.others.push((fit, ix)),
        }
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
        self.insert(&record.id, Fit::Id, ix);
        self.insert(&record.title, Fit::Title, ix);
        if stem != record.id {
            self.insert(stem, Fit::Alias, ix);
        }
        for alias in &record.aliases {
            self.insert(&alias.text, Fit::Alias, ix);
        }
        // `[[content/ada.md]]` is the path of a record that lies in no folder.
        self.paths.entry(Name::new(stem)).or_default().push((fold(&path).into(), ix));
    }

    fn insert(&mut self, name: &str, fit: Fit, ix: Ix) {
        let name = Name::new(name);
        if name.0.is_empty() {
            return;
        }
        match self.names.entry(name) {
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

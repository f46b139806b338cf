//! The sources of a site as works of its citation style.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::cite::{Bibliography, Desk, Name, Style, Work};
use crate::html::{Value, html};
use crate::model::{Archive, Ix, Record, Target};

/// The bibliography of a site, and the number of each source in it.
pub struct Works {
    pub(super) bibliography: Bibliography,
    numbers: BTreeMap<Ix, usize>,
    /// How each work stands in the lists of pages, if it stands in all of them alike.
    listed: Vec<OnceLock<Option<Value>>>,
    /// What each work is, as the list of all sources says it.
    entries: Vec<OnceLock<Value>>,
}

impl Works {
    /// Puts works under a style.
    pub fn new(cited: &[(Ix, Work)], style: Style) -> Works {
        let numbers = cited.iter().enumerate().map(|(number, (ix, _))| (*ix, number)).collect();
        let listed = cited.iter().map(|_| OnceLock::new()).collect();
        let entries = cited.iter().map(|_| OnceLock::new()).collect();
        let works = cited.iter().map(|(_, work)| work.clone()).collect();
        Works { bibliography: Bibliography::new(style, works, collate), numbers, listed, entries }
    }

    /// Returns the number of a source.
    pub(super) fn number(&self, source: Ix) -> Option<usize> {
        self.numbers.get(&source).copied()
    }

    /// Returns a source's entry in the list of a page, whose desk this is.
    pub(super) fn listed(&self, source: Ix, desk: &mut Desk<'_>) -> Value {
        let Some(work) = self.number(source) else { return html("") };
        if desk.is_lettered(work) {
            return html(&desk.entry(work));
        }
        let alike = self.listed[work].get_or_init(|| {
            let [first, second] = [1, 2].map(|number| self.bibliography.numbered_entry(work, number));
            (first == second).then(|| html(&first))
        });
        alike.clone().unwrap_or_else(|| html(&desk.entry(work)))
    }

    /// Returns the rank of a source in a page's list.
    pub(super) fn rank(&self, source: Ix) -> u32 {
        self.number(source).map_or(0, |work| self.bibliography.rank(work))
    }

    /// Returns a source's entry in a list of sources.
    pub(super) fn entry(&self, source: Ix) -> Value {
        let Some(work) = self.number(source) else { return html("") };
        self.entries[work].get_or_init(|| html(&self.bibliography.entry(work))).clone()
    }
}

/// Makes sort keys of texts in a language.
fn collate(language: &str, texts: &[&str]) -> Vec<Vec<u8>> {
    super::order::keys(language, texts.iter().copied())
}

/// Returns the sources of an archive as works.
pub fn works(archive: &Archive) -> Vec<(Ix, Work)> {
    archive.of_kind("source").map(|ix| (ix, work(archive, ix))).collect()
}

fn work(archive: &Archive, ix: Ix) -> Work {
    let record = archive.record(ix);
    let fields = &record.fields;
    let one =
        |name: &str| fields.reference(name).and_then(|slot| called(archive, ix, record, slot)).map(|(name, _)| name);
    let authors = fields.references("author").filter_map(|slot| called(archive, ix, record, slot));
    let authors = authors.map(|(name, kind)| match kind {
        Some("person") => Name::person(&name),
        Some(_) => Name::Literal(name),
        None => Name::read(&name),
    });
    let kind = fields.text("kind").unwrap_or_default();
    // What a newspaper printed stands in it: who names the paper as the publisher need not say so twice.
    let (mut publisher, mut container_title) = (one("publisher"), one("container-title"));
    if container_title.is_none() && matches!(kind, "article-newspaper" | "article-magazine" | "article-journal") {
        container_title = publisher.take();
    }
    Work {
        kind: kind.to_owned(),
        title: record.title.clone(),
        authors: authors.collect(),
        publisher,
        container_title,
        issued: fields.date("issued").cloned(),
        accessed: fields.date("accessed").cloned(),
        url: fields.text("url").map(str::to_owned),
        language: fields.text("language").map(str::to_owned),
    }
}

/// Returns what a reference of a source is called, and the type of the record that it leads to.
fn called<'a>(archive: &'a Archive, ix: Ix, record: &Record, slot: usize) -> Option<(String, Option<&'a str>)> {
    let reference = &record.references[slot];
    let target = archive.target(ix, slot);
    let kind = target.record().map(|to| archive.record(to).kind.name.as_ref());
    let name = match (&reference.label, target) {
        (_, Target::Nothing) => return None,
        (Some(label), _) => label.clone(),
        (None, Target::Record(to)) => archive.record(*to).title.clone(),
        (None, Target::Unknown(_)) => return None,
        (None, _) => reference.target.clone(),
    };
    Some((name, kind))
}

//! Everything that is published, resolved: records, what their references lead to, and who mentions whom.
//!
//! The archive is made once by `resolve` and never changed; all views are read off it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::file::{RelPath, Span};
use crate::model::name::fold;
use crate::model::names::Ix;
use crate::model::{Claim, Record};

/// What a reference leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// A record.
    Record(Ix),
    /// A file of the site that is not a record.
    File(RelPath),
    /// A route of the output, such as `timeline.html`.
    Route(String),
    /// The page itself, for a mention of one of its own headings.
    Here,
    /// No record: the words stand as they are.
    Text,
    /// A record that is not yet known at the date of the build: its label or title stands as text.
    Unknown(Box<Awaited>),
    /// Nothing; the fault was reported.
    Nothing,
}

/// What is said of a record that is not yet known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Awaited {
    /// Its title, or the label of a reference to it.
    pub title: String,
    /// Whether it is a claim, whose title states what nobody has said yet.
    pub is_claim: bool,
}

impl Awaited {
    /// Returns what is said of a record.
    pub fn of(record: &Record) -> Awaited {
        Awaited { title: record.title.clone(), is_claim: record.kind.name == "claim" }
    }
}

impl Target {
    /// Returns the record that is meant.
    pub fn record(&self) -> Option<Ix> {
        match self {
            Target::Record(ix) => Some(*ix),
            _ => None,
        }
    }
}

/// What the mentions and citations of one text lead to, in the order of the text.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Links {
    /// One for each mention.
    pub mentions: Vec<Target>,
    /// One for each key of each citation, in order; `None` where it is no source.
    pub citations: Vec<Vec<Option<Ix>>>,
}

/// A record with what became of its references.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The record.
    pub record: Arc<Record>,
    /// One for each reference of its fields.
    pub references: Vec<Target>,
    /// The links of its text.
    pub body: Links,
    /// The links of each of its short texts.
    pub notes: Vec<Links>,
    /// The files that its fields name, each with its place.
    pub files: Vec<(RelPath, Span)>,
    /// The file of its `[capture]`.
    pub capture: Option<RelPath>,
    /// The dossiers that it is part of, in order.
    pub dossiers: Vec<Ix>,
    /// The route of its page.
    pub route: String,
    /// How its page is linked from the output's root.
    pub link: String,
    /// Whether it is a list's own text (`content/people/index.md`), which has no page of its own.
    pub is_list_text: bool,
    /// Whether its texts lead to parts of texts: headings or blocks.
    pub leads_to_parts: bool,
}

/// Where in a record another one is mentioned.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Via {
    /// In its text: the number of the mention.
    Body(usize),
    /// In a short text: the number of the text and that of the mention in it.
    Note(usize, usize),
    /// In a field: the number of the reference.
    Field(usize),
    /// By a citation in its text: its number and that of the item in it.
    Citation(usize, usize),
    /// By a citation in a short text.
    NoteCitation(usize, usize, usize),
}

/// One mention of a record by another.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Backlink {
    /// The record that mentions.
    pub from: Ix,
    way: Way,
}

/// A [`Via`] with small numbers, for a site has more backlinks than anything else.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Way {
    Body(u32),
    Note(u32, u32),
    Field(u32),
    Citation(u32, u32),
    NoteCitation(u32, u32, u32),
}

impl Backlink {
    /// Makes the mention by a record at a place of it. Numbers over 4 billion (which no text has) count as 4 billion.
    pub fn new(from: Ix, via: Via) -> Backlink {
        let fit = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let way = match via {
            Via::Body(at) => Way::Body(fit(at)),
            Via::Note(note, at) => Way::Note(fit(note), fit(at)),
            Via::Field(slot) => Way::Field(fit(slot)),
            Via::Citation(at, key) => Way::Citation(fit(at), fit(key)),
            Via::NoteCitation(note, at, key) => Way::NoteCitation(fit(note), fit(at), fit(key)),
        };
        Backlink { from, way }
    }

    /// Returns where in the record that mentions it stands.
    pub fn via(&self) -> Via {
        let whole = |number: u32| number as usize;
        match self.way {
            Way::Body(at) => Via::Body(whole(at)),
            Way::Note(note, at) => Via::Note(whole(note), whole(at)),
            Way::Field(slot) => Via::Field(whole(slot)),
            Way::Citation(at, key) => Via::Citation(whole(at), whole(key)),
            Way::NoteCitation(note, at, key) => Via::NoteCitation(whole(note), whole(at), whole(key)),
        }
    }
}

/// Everything that is published.
///
/// Parts are shared between the archives of a site before and after an edit, as far as the edit did not change them.
#[derive(Clone, Default, Debug)]
pub struct Archive {
    /// The records, by path, inline ones behind their dossier.
    pub entries: Vec<Arc<Entry>>,
    /// The records that are not yet known at the date of the build. They count on from `entries`: names are looked up among
    /// all records, so that none gets the name of one that is still to come.
    pub later: Arc<Later>,
    /// For each record, who mentions it.
    pub backlinks: Arc<Vec<Arc<[Backlink]>>>,
    /// The claims, by the number of their record.
    pub claims: Arc<BTreeMap<Ix, Claim>>,
    /// For each record, the claims about it, in the order of the records.
    pub claims_about: Arc<BTreeMap<Ix, Vec<Ix>>>,
    /// URLs of sources that have an archived copy.
    pub archived: Arc<BTreeMap<String, String>>,
    /// Every event, by its date.
    pub events: Arc<Vec<Ix>>,
    /// For each person, organisation or place, its events by date, each with the part that it took.
    pub events_of: Arc<BTreeMap<Ix, Vec<(Ix, Option<String>)>>>,
    /// For each dossier, what belongs to it.
    pub members: Arc<BTreeMap<Ix, Vec<Ix>>>,
    /// Tags by the last part of their route: the tag as first written, and the records that have it.
    pub tags: Arc<BTreeMap<String, (String, Vec<Ix>)>>,
    /// For each record, its tags by the last parts of their routes.
    pub tags_of: Arc<BTreeMap<Ix, Vec<String>>>,
    /// Files that the site publishes because a record uses them: path → route.
    pub files: Arc<BTreeMap<RelPath, String>>,
    /// Text of lists, by the folder's route: `people` → the record of `content/people/index.md`.
    pub list_texts: Arc<BTreeMap<String, Ix>>,
    /// The record of the home page.
    pub home: Option<Ix>,
    /// What this archive has in common with others that differ in the words of texts alone: all front matter, all links, and
    /// every index.
    pub shape: Shape,
    /// What it has in common with others of the same records, at the same places, of the same types.
    pub places: Shape,
}

/// What archives have in common, as a mark that is handed on from one to the next.
///
/// Whatever looks at nothing else is the same for archives that bear the same mark.
#[derive(Clone, Default, Debug)]
pub struct Shape(Arc<()>);

impl Shape {
    /// Tells whether this is the same shape, and not one that may be equal to it.
    pub fn is(&self, other: &Shape) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// Records that are not yet known at the date of the build.
#[derive(Clone, Default, Debug)]
pub struct Later {
    /// The records.
    pub records: Vec<Arc<Record>>,
    /// The titles of the sources among them, by their ids, folded.
    pub sources: BTreeMap<String, String>,
}

impl Later {
    /// Gathers records that are not yet known.
    pub fn new(records: Vec<Arc<Record>>) -> Later {
        let sources = records.iter().filter(|record| record.kind.name == "source");
        let sources = sources.map(|record| (fold(&record.id).into_owned(), record.title.clone())).collect();
        Later { records, sources }
    }

    /// Returns the title of the source of that id.
    pub fn source(&self, id: &str) -> Option<&str> {
        if self.sources.is_empty() { None } else { self.sources.get(fold(id).as_ref()).map(String::as_str) }
    }
}

impl Archive {
    /// Returns the record of that number if it is not yet known.
    pub fn later(&self, ix: Ix) -> Option<&Record> {
        self.later.records.get(ix.at().checked_sub(self.entries.len())?).map(Arc::as_ref)
    }

    /// Returns the numbers and records of all that have a name: those that are known, and those that are still to come.
    pub fn named(&self) -> impl Iterator<Item = (Ix, &Record)> {
        let known = self.entries.iter().map(|entry| &*entry.record);
        (0..).map(Ix).zip(known.chain(self.later.records.iter().map(Arc::as_ref)))
    }

    /// Returns a record with its links.
    pub fn entry(&self, ix: Ix) -> &Entry {
        &self.entries[ix.at()]
    }

    /// Returns a record.
    pub fn record(&self, ix: Ix) -> &Record {
        &self.entries[ix.at()].record
    }

    /// Returns the archived copy of a URL, where a source has it.
    pub fn archived(&self, url: &str) -> Option<&str> {
        self.archived.get(url).map(String::as_str)
    }

    /// Returns the numbers of all records.
    pub fn all(&self) -> impl Iterator<Item = Ix> + use<> {
        (0..u32::try_from(self.entries.len()).unwrap_or(u32::MAX)).map(Ix)
    }

    /// Returns the records of a type that have a page.
    pub fn of_kind(&self, kind: &str) -> impl Iterator<Item = Ix> {
        self.all().filter(move |ix| self.record(*ix).kind.name == kind && !self.entry(*ix).is_list_text)
    }

    /// Returns what a reference of a record's fields leads to.
    pub fn target(&self, ix: Ix, slot: usize) -> &Target {
        &self.entries[ix.at()].references[slot]
    }
}

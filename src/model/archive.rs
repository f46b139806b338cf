//! Everything that is published, resolved: records, what their references lead to, and who mentions whom.
//!
//! The archive is made once by `resolve` and never changed; all views are read off it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::file::{RelPath, Span};
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
    Unknown(String),
    /// Nothing; the fault was reported.
    Nothing,
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
    /// Where in it.
    pub via: Via,
}

/// Everything that is published.
///
/// Parts are shared between the archives of a site before and after an edit, as far as the edit did not change them.
#[derive(Clone, Default, Debug)]
pub struct Archive {
    /// The records, by path, inline ones behind their dossier.
    pub entries: Vec<Arc<Entry>>,
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

impl Archive {
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

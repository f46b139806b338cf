//! The one door at which private matter stops.
//!
//! 1. `visibility` settles which records are withheld: by their own word, the site's default, their dossier.
//! 2. `lookup` finds references to them: a labelled mention becomes its label, anything else is `private-reference`.
//! 3. What passes is a [`Public`] record, equal in every byte to that of a site in which the withheld ones were deleted.
//! 4. `canary` gathers the strings that must not stand in the output.
//!
//! [`Public`] cannot be made elsewhere, and `resolve` takes nothing else: no later stage can name a withheld record.

mod canary;
mod fault;
mod kept;
mod lookup;
#[cfg(test)]
mod tests;
mod visibility;

use std::collections::BTreeSet;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Diagnostic;
use crate::diagnostic::shown::Withheld;
use crate::file::{RelPath, Span};
use crate::model::{Record, Visibility};
use crate::parse::{Labels, Parsed, ParsedFile};

pub use canary::Canary;
pub use fault::unsaid;
pub use kept::Kept;
use kept::Last;
use lookup::{Asked, Both, Lookup};
use visibility::Side;

/// A record that may be published, with everything private cut out of it.
#[derive(Clone, Debug)]
pub struct Public(Arc<Record>);

impl Public {
    /// Returns the record.
    pub fn record(&self) -> &Arc<Record> {
        &self.0
    }
}

/// A record that came through the door.
#[derive(Clone)]
struct Through {
    public: Public,
    /// What is wrong with it.
    faults: Vec<Diagnostic>,
    /// Whether the names of other public records had a say in it.
    asked_public: bool,
    /// Whether its file could not be read again for its labels: the next time it may be.
    is_unread: bool,
}

/// What decides about withholding, beside the records themselves.
#[derive(Clone, Copy, Debug)]
pub struct Rules<'a> {
    /// What a record without `visibility` is.
    pub default: Visibility,
    /// Whether drafts are published.
    pub drafts: Drafts,
    /// The text of `secrets.txt`.
    pub secrets: Option<&'a str>,
    /// References of the configuration (the menu), with their places in it.
    pub menu: &'a [(String, Span)],
    /// The files of `content/` that are not records.
    pub files: &'a [RelPath],
}

/// What becomes of drafts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Drafts {
    /// They are withheld as private.
    Withheld,
    /// They are published, unless something else withholds them.
    Published,
}

/// A withheld record, as `check --withheld` lists it on a terminal.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// The file that holds it.
    pub path: RelPath,
    /// Where it would stand as a file of its own.
    pub home: RelPath,
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Why it is withheld: `private`, `confidential` or `draft`.
    pub why: &'static str,
}

/// What came through the door, and what stayed behind it.
#[derive(Debug, Default)]
pub struct Sifted {
    /// The records that may be published, by path, inline ones behind their dossier.
    pub public: Vec<Public>,
    /// The strings that must not stand in the output.
    pub canaries: Vec<Canary>,
    /// The words that rightly stand in public.
    pub public_words: Vec<String>,
    /// The withheld records.
    pub listed: Vec<Listed>,
    /// How messages speak of them.
    pub report: Withheld,
    /// Files that belong to withheld records, or that they use.
    pub files: BTreeSet<RelPath>,
    /// Faults that count.
    pub diagnostics: Vec<Diagnostic>,
    /// Faults in the texts of withheld records, which never fail a build.
    pub behind: Vec<Diagnostic>,
}

/// Sifts the parsed files. `reparse` parses a file again with labels in the place of some mentions; `kept` holds what came
/// through the last time, and changes nothing but the time that it takes.
pub fn withhold(
    files: &[Arc<ParsedFile>],
    rules: &Rules<'_>,
    reparse: &(dyn Fn(&RelPath, &Labels) -> Arc<ParsedFile> + Sync),
    kept: &Kept,
) -> Sifted {
    #[cfg(test)]
    if tests::off::is_off() {
        return tests::off::everything(files);
    }
    let mut sifted = Sifted::default();
    let sides = visibility::sides(files, rules, &mut sifted.diagnostics);
    for file in files.iter().filter(|file| !file.faults.is_empty()) {
        unreadable(&mut sifted, file, visibility::of_unreadable(file, files, &sides, rules));
    }
    let sides: Arc<[Side]> = sides.into();
    let (last, renamed) = kept.last(files, &sides).unzip();
    let renamed = renamed.unwrap_or_default();
    let (before, both) = match last {
        Some(Last { files: before, mut both, through, .. }) => {
            both.rename(&sides, &before, files, &renamed);
            (Some((before, through)), both)
        }
        None => (None, Both::new(files, &sides)),
    };
    let lookup = Lookup::new(&both, files, &sides);
    let of = |(number, side): (usize, &Side)| {
        if side.withheld.is_some() {
            return None;
        }
        let known = before.as_ref().filter(|(before, _)| Arc::ptr_eq(&before[side.file], &files[side.file]));
        let known = known.and_then(|(_, through)| through[number].as_ref());
        // Where public names had a say, they may say something else now; and what could not be read may be readable.
        let may = |through: &&Through| !through.is_unread && (renamed.is_empty() || !through.asked_public);
        let known = known.filter(may);
        Some(known.cloned().unwrap_or_else(|| through(side.parsed(files), &lookup, reparse)))
    };
    let through: Vec<Option<Through>> = sides.par_iter().enumerate().with_min_len(64).map(of).collect();
    for (side, through) in sides.iter().zip(&through) {
        let parsed = side.parsed(files);
        match (side.withheld, through) {
            (Some(why), _) => behind(&mut sifted, parsed, why),
            (None, through) => {
                let Through { public, faults, .. } = through.as_ref().expect("what is not withheld came through");
                sifted.diagnostics.extend(faults.iter().cloned());
                sifted.public.push(public.clone());
            }
        }
        sifted.canaries.extend(canary::of(parsed, side.visibility));
        sifted.public_words.extend(parsed.private.public_words.iter().cloned());
    }
    lookup.menu(rules.menu, &mut sifted.diagnostics);
    if let Some(secrets) = rules.secrets {
        sifted.canaries.extend(canary::secrets(secrets));
    }
    sifted.files = lookup.files(files, &sides, rules.files);
    kept.keep(Last { files: files.to_vec(), sides, both, through });
    sifted
}

/// Lets a record through the door, with labels in the place of its mentions of withheld ones; says what is wrong with it.
fn through(
    parsed: &Parsed,
    lookup: &Lookup<'_>,
    reparse: &(dyn Fn(&RelPath, &Labels) -> Arc<ParsedFile> + Sync),
) -> Through {
    let (mut faults, asked) = (Vec::new(), Asked::default());
    let labelled = labelled(parsed, lookup, reparse, &asked, &mut faults);
    let is_unread = labelled.as_ref().is_some_and(|(file, _)| !file.faults.is_empty());
    let parsed = labelled.as_ref().map_or(parsed, |(_, parsed)| parsed);
    faults.extend(parsed.front.iter().chain(&parsed.text).cloned());
    Through { public: Public(Arc::clone(&parsed.record)), faults, asked_public: asked.is_set(), is_unread }
}

/// Reads a public record again, with its file, with labels in the place of its mentions of withheld ones; `None` where it
/// has none.
///
/// What comes of it is looked through once more: whatever still leads to a withheld record is a fault.
fn labelled(
    parsed: &Parsed,
    lookup: &Lookup<'_>,
    reparse: &(dyn Fn(&RelPath, &Labels) -> Arc<ParsedFile> + Sync),
    asked: &Asked,
    found: &mut Vec<Diagnostic>,
) -> Option<(Arc<ParsedFile>, Parsed)> {
    let labels = lookup.labels(parsed, asked, found);
    if labels.is_empty() {
        return None;
    }
    let file = reparse(&parsed.record.origin.path, &labels);
    if !file.faults.is_empty() {
        found.extend(file.faults.iter().cloned());
        lookup.unread(parsed, &labels, found);
        return Some((file, parsed.clone()));
    }
    // By its place in the file, not by its number: a label may make an entry of a dossier no record.
    let again = file.records.iter().find(|again| again.record.origin == parsed.record.origin);
    let again = again.unwrap_or(parsed).clone();
    lookup.remaining(&again, asked, found);
    Some((file, again))
}

/// Keeps a withheld record behind the door: its number, its front matter's faults, and nothing else.
fn behind(sifted: &mut Sifted, parsed: &Parsed, why: &'static str) {
    let record = &parsed.record;
    let (home, id, title) = (record.path.clone(), record.id.clone(), record.title.clone());
    let listed = Listed { path: record.origin.path.clone(), home, id, title, why };
    keep(sifted, &record.origin.path, record.origin.inline, listed);
    sifted.diagnostics.extend(parsed.front.iter().map(fault::discreet));
    sifted.behind.extend(parsed.text.iter().map(fault::discreet));
}

/// Reports a file that could not be read at all; one that may be withheld is spoken of as if it were.
fn unreadable(sifted: &mut Sifted, file: &ParsedFile, why: Option<&'static str>) {
    let Some(why) = why else {
        sifted.diagnostics.extend(file.faults.iter().cloned());
        return;
    };
    let (path, stem) = (file.path.clone(), file.path.stem().to_owned());
    keep(sifted, &file.path, None, Listed { home: path.clone(), path, id: stem.clone(), title: stem, why });
    sifted.diagnostics.extend(file.faults.iter().map(fault::discreet));
}

/// Gives what stays behind the door its number.
fn keep(sifted: &mut Sifted, path: &RelPath, inline: Option<Span>, listed: Listed) {
    sifted.listed.push(listed);
    let number = sifted.listed.len();
    sifted.report.0.entry(path.clone()).or_default().push((inline, number));
}

//! What happened to the site's records, by day: published, found, answered, corrected. For the home page and the feeds.
//!
//! There is no clock: a piece of news is as old as the author's date for it. What has no date is no news.

use std::cmp::Reverse;

use super::Edition;
use crate::model::date::Edtf;
use crate::model::{Archive, Assessment, Ix, Response};

/// Something that happened to a record.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Correction {
    /// The first day of its date.
    pub(super) day: i64,
    /// The corrected record.
    pub(super) ix: Ix,
    /// Which entry of the record's `[[corrections]]` it is.
    pub(super) at: usize,
}

/// What happened.
#[derive(Clone, Copy, Debug)]
pub(crate) enum What<'e> {
    /// A dossier was published.
    Published,
    /// A claim was assessed.
    Standing(&'e Assessment),
    /// A claim was answered.
    Response(&'e Response),
    /// The record was corrected: the number of the short text that says so.
    Correction(usize),
}

/// One piece of news.
#[derive(Clone, Copy, Debug)]
pub(crate) struct News<'e> {
    /// The record that it is about.
    pub(crate) ix: Ix,
    /// When it happened.
    pub(crate) on: &'e Edtf,
    /// What happened.
    pub(crate) what: What<'e>,
}

/// Returns every correction that is known on the day `as_of`, newest first; of one day, by record.
pub(super) fn corrections(archive: &Archive, as_of: Option<i64>) -> Vec<Correction> {
    let mut all = Vec::new();
    for ix in archive.all() {
        for (at, table) in archive.record(ix).fields.tables("corrections").enumerate() {
            let Some(on) = table.date("on").filter(|_| table.markdown("text").is_some()) else { continue };
            let day = on.earliest();
            if as_of.is_none_or(|last| day <= last) {
                all.push(Correction { day, ix, at });
            }
        }
    }
    all.sort_unstable_by_key(|correction| (Reverse(correction.day), correction.ix, Reverse(correction.at)));
    all
}

/// Returns the corrections of an edition, newest first.
pub(super) fn known(edition: &Edition) -> &[Correction] {
    let as_of = edition.facts.as_of.as_ref().map(Edtf::earliest);
    edition.lists.corrections.get_or_init(|| corrections(&edition.archive, as_of))
}

/// Returns the date of a correction and the number of its short text.
pub(super) fn correction<'e>(edition: &'e Edition, correction: &Correction) -> Option<(&'e Edtf, usize)> {
    let table = edition.archive.record(correction.ix).fields.tables("corrections").nth(correction.at)?;
    Some((table.date("on")?, table.markdown("text")?))
}

/// Returns all news, newest first; of one day, by what happened and then by record.
pub(crate) fn news<'e>(edition: &'e Edition) -> Vec<News<'e>> {
    let archive = &edition.archive;
    let mut all: Vec<(i64, u8, News<'e>)> = Vec::new();
    let mut add = |rank: u8, news: News<'e>| all.push((news.on.earliest(), rank, news));
    for known in known(edition) {
        if let Some((on, note)) = correction(edition, known) {
            add(0, News { ix: known.ix, on, what: What::Correction(note) });
        }
    }
    for (ix, claim) in archive.claims.iter() {
        // Reversed, so that of one day the entry that counts, the later in the file, comes first.
        for entry in claim.assessments.iter().rev() {
            add(1, News { ix: *ix, on: &entry.on, what: What::Standing(entry) });
        }
        for entry in claim.responses.iter().rev() {
            add(2, News { ix: *ix, on: &entry.on, what: What::Response(entry) });
        }
    }
    for ix in edition.listed("dossier") {
        if let Some(on) = archive.record(*ix).fields.date("published") {
            add(3, News { ix: *ix, on, what: What::Published });
        }
    }
    all.sort_by_key(|(day, rank, _)| (Reverse(*day), *rank));
    all.into_iter().map(|(_, _, news)| news).collect()
}

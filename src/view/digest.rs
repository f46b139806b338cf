//! News in plain text, for readers of feeds: what changed, where, and, where a claim is named, how it stands and what was
//! answered.

use std::collections::BTreeMap;

use super::news::{News, What, news};
use super::{Edition, card, date, place};
use crate::model::Ix;
use crate::model::date::Edtf;

/// One piece of news, in plain text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Digest {
    /// What it is called within the site, for ever: `claim/delay-advice/assessment/alleged`.
    pub id: String,
    /// The first day of its date.
    pub day: i64,
    /// What happened to what.
    pub title: String,
    /// What there is to say about it.
    pub text: String,
    /// How the record's page is linked from the output's root.
    pub link: String,
}

/// Returns the newest news that feeds carry, at most `limit`: dossiers, corrections, assessments. Newest first.
pub fn digests(edition: &Edition, limit: usize) -> Vec<Digest> {
    let carried = |news: &News<'_>| !matches!(news.what, What::Response(_)) && is_dated(news.on);
    let mut all: Vec<Digest> = Vec::new();
    for news in news(edition).into_iter().filter(carried) {
        all.push(digest(edition, &news));
    }
    number(&mut all);
    all.truncate(limit);
    all
}

/// Tells two of a kind on one day apart by their order in the author's file: the first keeps its id when another is added
/// behind it.
fn number(all: &mut [Digest]) {
    let mut times: BTreeMap<(i64, String), usize> = BTreeMap::new();
    for digest in all.iter_mut().rev() {
        let times = times.entry((digest.day, digest.id.clone())).or_default();
        *times += 1;
        if *times > 1 {
            digest.id = format!("{}/{times}", digest.id);
        }
    }
}

/// Tells whether a date begins on a day that feeds can write: one in the years 1 to 9999.
fn is_dated(on: &Edtf) -> bool {
    (-719_162..=2_932_896).contains(&on.earliest())
}

fn digest(edition: &Edition, news: &News<'_>) -> Digest {
    let entry = edition.archive.entry(news.ix);
    let record = &entry.record;
    let mut id = format!("{}/{}", record.kind.name, record.id);
    let (label, text) = match news.what {
        What::Published => ("change_published", crate::html::text(edition.summary(news.ix)).to_owned()),
        What::Correction(note) => {
            id.push_str("/correction");
            let text = card::plain(edition, news.ix, &record.notes[note], &entry.notes[note].mentions, 600);
            ("change_correction", text)
        }
        What::Standing(assessment) => {
            id.push_str("/assessment/");
            id.push_str(&assessment.status);
            let said = said(edition, news.ix, &assessment.status, assessment.by.iter().copied(), news.on);
            ("change_standing", said)
        }
        What::Response(response) => {
            id.push_str("/response/");
            id.push_str(&response.kind);
            ("change_response", String::new())
        }
    };
    let label = edition.words.word(label);
    let (title, text) = match edition.archive.claims.get(&news.ix) {
        Some(claim) => {
            let standing = edition.words.named("standing_", claim.standing());
            let answer = card::response(edition, news.ix, claim);
            let title = format!("{label}: {} ({})", record.title, card::standing_words(edition, claim));
            (title, format!("{text} {}: {standing}. {answer}", record.title))
        }
        None => (format!("{label}: {}", record.title), text),
    };
    Digest { id, day: news.on.earliest(), title, text: text.trim().to_owned(), link: entry.link.clone() }
}

/// Says what a claim became, when, and who says so.
fn said(edition: &Edition, ix: Ix, status: &str, by: impl Iterator<Item = usize>, on: &Edtf) -> String {
    let word = edition.words.named("standing_", status);
    let by = by.filter(|slot| place::is_shown(edition, ix, *slot)).map(|slot| place::target_text(edition, ix, slot));
    let by: Vec<String> = by.collect();
    let on = date::words(edition, on);
    if by.is_empty() { format!("{on}: {word}.") } else { format!("{on}: {word} ({}).", by.join(", ")) }
}

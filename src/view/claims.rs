//! The ledger: each claim once, under its present standing, with its history and the response.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::dossier::StandingCount;
use super::list::{Top, top};
use super::pager::{Pager, pager, path_to, shown};
use super::{Edition, card, claim, date, place, timeline};
use crate::html::{Value, html, value, view};
use crate::kind::STANDINGS;
use crate::model::{Claim, Ix};

/// The claims in the order of the ledger.
pub(super) struct Ledger {
    /// By standing, in the order of the standings; of one standing those that have had it for the shortest time first.
    rows: Vec<Ix>,
    /// For each standing that occurs, in order: where its claims begin, and how many they are.
    standings: Vec<(&'static str, usize, usize)>,
}

view! {
    struct ClaimsPage {
        ..top: Top,
        total: usize,
        standings: Vec<StandingCount>,
        groups: Vec<ClaimGroup>,
        people: Vec<ClaimPerson>,
        years: Vec<ClaimYear>,
        pager: Option<Pager>,
    }
}

#[derive(Serialize)]
struct ClaimGroup {
    standing: &'static str,
    label: String,
    id: String,
    meaning: String,
    rows: Vec<LedgerRow>,
}

#[derive(Serialize)]
struct LedgerRow {
    card: Value,
    id: String,
    about: Value,
    about_ids: String,
    year: String,
    history: Vec<LedgerMark>,
    independence: String,
}

#[derive(Serialize)]
struct LedgerMark {
    on: Value,
    chip: Value,
    by: Value,
}

#[derive(Serialize)]
struct ClaimPerson {
    card: Value,
    claims: Vec<Value>,
}

#[derive(Serialize)]
struct ClaimYear {
    label: String,
    id: String,
    claims: Vec<ClaimDated>,
}

#[derive(Serialize)]
struct ClaimDated {
    card: Value,
    about_ids: String,
}

/// Makes the view of page `n` (from 0) of the ledger.
pub(super) fn view(edition: &Edition, route: &str, n: usize) -> Value {
    let ledger = ledger(edition);
    let total = ledger.rows.len();
    let title = edition.words.word("list_claims");
    let top = top(edition, route, "claims", "claims", &title, n);
    let root = &top.common.root;
    let page = shown(n, total);
    let mut groups = Vec::new();
    for (standing, start, count) in &ledger.standings {
        let (from, to) = (page.start.max(*start), page.end.min(start + count));
        if from < to {
            groups.push(ClaimGroup {
                standing,
                label: edition.words.named("standing_", standing),
                id: format!("standing-{standing}"),
                meaning: meaning(edition, standing),
                rows: ledger.rows[from..to].iter().map(|ix| row(edition, *ix, root)).collect(),
            });
        }
    }
    let (people, years) = if n == 0 { (people(edition, root), years(edition, root)) } else { Default::default() };
    let pager = pager(edition, &["claims"], n, total);
    value(&ClaimsPage { total, standings: standings(edition), groups, people, years, pager, top })
}

/// Counts all claims by their standing; each path leads to where those claims begin in the ledger.
pub(super) fn standings(edition: &Edition) -> Vec<StandingCount> {
    let count = |(standing, start, count): &(&'static str, usize, usize)| StandingCount {
        standing: (*standing).to_owned(),
        label: edition.words.named("standing_", standing),
        chip: html(&card::standing_chip(edition, standing, None)),
        count: *count,
        path: path_to(edition, &["claims"], *start, &format!("standing-{standing}")),
    };
    ledger(edition).standings.iter().map(count).collect()
}

/// Returns where the claims of a standing begin in the ledger, as a link from the root.
pub(super) fn standing_path(edition: &Edition, standing: &str) -> String {
    let start =
        ledger(edition).standings.iter().find(|(name, _, _)| *name == standing).map_or(0, |(_, start, _)| *start);
    path_to(edition, &["claims"], start, &format!("standing-{standing}"))
}

fn ledger(edition: &Edition) -> &Ledger {
    edition.lists.ledger.get_or_init(|| {
        let order = edition.order();
        let mut keyed: Vec<_> =
            edition.archive.claims.iter().map(|(ix, claim)| (key(claim, order.rank(*ix)), *ix)).collect();
        keyed.sort_unstable();
        let mut standings: Vec<(&'static str, usize, usize)> = Vec::new();
        for (at, ((standing, _, _), _)) in keyed.iter().enumerate() {
            let name = STANDINGS[*standing];
            match standings.last_mut().filter(|last| last.0 == name) {
                Some(last) => last.2 += 1,
                None => standings.push((name, at, 1)),
            }
        }
        Ledger { rows: keyed.into_iter().map(|(_, ix)| ix).collect(), standings }
    })
}

fn key(claim: &Claim, rank: u32) -> (usize, Reverse<Option<i64>>, u32) {
    let unproven = || STANDINGS.iter().position(|standing| *standing == "unproven").unwrap_or_default();
    let standing = STANDINGS.iter().position(|standing| *standing == claim.standing()).unwrap_or_else(unproven);
    (standing, Reverse(claim.newest().map(|newest| newest.on.earliest())), rank)
}

/// Returns what the word for a standing means here.
fn meaning(edition: &Edition, standing: &str) -> String {
    let key = format!("standing_{}_means", standing.replace('-', "_"));
    edition.words.find(&key).unwrap_or_default().to_owned()
}

fn row(edition: &Edition, ix: Ix, root: &str) -> LedgerRow {
    let record = edition.archive.record(ix);
    let claim = &edition.archive.claims[&ix];
    let about: Vec<usize> = record.fields.references("about").collect();
    LedgerRow {
        card: edition.card(ix, root),
        id: format!("claim-{}", place::html_id(&record.id)),
        about: html(&place::target_links(edition, ix, about.into_iter(), root)),
        about_ids: about_ids(edition, ix),
        year: year_label(edition, claim),
        history: history(edition, ix, claim, root),
        independence: claim.newest().map(|newest| claim::independence(edition, ix, newest)).unwrap_or_default(),
    }
}

/// Returns the ids of those whom a claim is about, a line each.
fn about_ids(edition: &Edition, ix: Ix) -> String {
    let about = edition.archive.record(ix).fields.references("about");
    let subjects = about.filter_map(|slot| edition.archive.target(ix, slot).record());
    subjects.map(|subject| edition.archive.record(subject).id.as_str()).collect::<Vec<_>>().join("\n")
}

/// Returns the year since which a claim stands as it does.
fn year_label(edition: &Edition, claim: &Claim) -> String {
    timeline::label(edition, claim.newest().and_then(|newest| newest.on.year()))
}

/// Returns all claims by the day since which each stands as it does, the newest first, year by year.
fn years(edition: &Edition, root: &str) -> Vec<ClaimYear> {
    let order = edition.order();
    let day = |claim: &Claim| claim.newest().map(|newest| newest.on.earliest());
    let mut all: Vec<(Ix, &Claim)> = edition.archive.claims.iter().map(|(ix, claim)| (*ix, claim)).collect();
    all.sort_by_cached_key(|(ix, claim)| (Reverse(day(claim)), order.rank(*ix)));
    let mut years: Vec<ClaimYear> = Vec::new();
    for (ix, claim) in all {
        let (label, row) = (
            year_label(edition, claim),
            ClaimDated { card: edition.card(ix, root), about_ids: about_ids(edition, ix) },
        );
        match years.last_mut().filter(|last| last.label == label) {
            Some(last) => last.claims.push(row),
            None => years.push(ClaimYear { id: format!("since-{}", years.len() + 1), label, claims: vec![row] }),
        }
    }
    years
}

/// Returns assessments and responses in one line of time, oldest first; of one day, the assessments first.
fn history(edition: &Edition, ix: Ix, claim: &Claim, root: &str) -> Vec<LedgerMark> {
    let mut marks = Vec::with_capacity(claim.assessments.len() + claim.responses.len());
    for entry in &claim.assessments {
        let chip = card::standing_chip(edition, &entry.status, None);
        let by = place::target_links(edition, ix, entry.by.iter().copied(), root);
        marks.push((
            entry.on.earliest(),
            LedgerMark { on: date::value(edition, &entry.on), chip: html(&chip), by: html(&by) },
        ));
    }
    for entry in &claim.responses {
        let chip = claim::answer(edition, &entry.kind);
        let by = place::target_links(edition, ix, entry.by.into_iter(), root);
        marks.push((
            entry.on.earliest(),
            LedgerMark { on: date::value(edition, &entry.on), chip: html(&chip), by: html(&by) },
        ));
    }
    marks.sort_by_key(|(day, _)| *day);
    marks.into_iter().map(|(_, mark)| mark).collect()
}

/// Returns the people whom claims are about, by name, each with its claims in the order of the ledger.
fn people(edition: &Edition, root: &str) -> Vec<ClaimPerson> {
    let places: BTreeMap<Ix, usize> = ledger(edition).rows.iter().enumerate().map(|(at, ix)| (*ix, at)).collect();
    let archive = &edition.archive;
    let about = archive.claims_about.iter().filter(|(subject, _)| archive.record(**subject).kind.name == "person");
    let mut people: Vec<(Ix, Vec<Ix>)> = about.map(|(subject, claims)| (*subject, claims.clone())).collect();
    people.sort_unstable_by_key(|(person, _)| edition.order().rank(*person));
    let row = |(person, mut claims): (Ix, Vec<Ix>)| {
        claims.sort_unstable_by_key(|claim| places.get(claim));
        let claims = claims.iter().map(|claim| card::card_about(edition, *claim, person, root)).collect();
        ClaimPerson { card: edition.card(person, root), claims }
    };
    people.into_iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use crate::view::fixture::{CLAIMS, each, edition, edition_as_of, view};

    #[test]
    fn each_claim_stands_once_under_its_standing_with_history_and_response() {
        let page = view(&edition(CLAIMS), "claims.html");
        assert_eq!(each(&page["groups"], "/standing"), ["alleged", "refuted"]);
        assert_eq!(each(&page["groups"], "/rows/0/id"), ["claim-other", "claim-advice"]);
        let row = &page["groups"][1]["rows"][0];
        assert_eq!(row["card"]["response"], "Denied by Ada Example, 23 March 2023.");
        assert_eq!(row["about_ids"], "ada");
        let marks: Vec<&str> =
            each(&row["history"], "/chip").into_iter().map(|chip| chip.split('"').nth(1).unwrap()).collect();
        assert_eq!(marks, ["chip chip-alleged", "answer", "chip chip-refuted"]);
        assert_eq!(row["history"][2]["by"], "this site");
    }

    #[test]
    fn people_have_the_claims_about_them_in_the_order_of_the_ledger() {
        let page = view(&edition(CLAIMS), "claims.html");
        assert_eq!(each(&page["people"], "/card/title"), ["Ada Example", "Bea Example"]);
        assert_eq!(each(&page["people"][0]["claims"], "/id"), ["other", "advice"]);
    }

    #[test]
    fn the_ledger_of_the_past_knows_no_later_finding() {
        let edition = edition_as_of(CLAIMS, Some("2023-03-22"));
        let page = view(&edition, "claims.html");
        assert_eq!((page["total"].as_u64(), each(&page["groups"], "/standing")), (Some(1), vec!["alleged"]));
        assert_eq!(page["groups"][0]["rows"][0]["card"]["response"], "No response is on record.");
    }

    #[test]
    fn a_standing_leads_to_the_page_on_which_its_claims_begin() {
        let mut site = String::from("//- people/ada.md\n---\ntitle: Ada\n---\n");
        for n in 0..250 {
            let status = if n < 230 { "alleged" } else { "refuted" };
            site.push_str(&format!(
                "//- claims/c{n}.md\n---\ntitle: Claim {n}\nabout: ada\nassessments: [{{ on: 2023, status: {status} }}]\n---\n"
            ));
        }
        let edition = edition(&site);
        let page = view(&edition, "claims.html");
        assert_eq!(
            each(&page["standings"], "/path"),
            ["claims.html#standing-alleged", "claims/page-2.html#standing-refuted"]
        );
        assert_eq!(page["pager"]["next"], "claims/page-2.html");
        let second = view(&edition, "claims/page-2.html");
        assert_eq!(each(&second["groups"], "/standing"), ["alleged", "refuted"]);
        let rows = |n: usize| second["groups"][n]["rows"].as_array().unwrap().len();
        assert_eq!((rows(0), rows(1), second["people"].as_array().unwrap().len()), (30, 20, 0));
    }
}

//! The home page: the author's text, the dossiers and how well each is sourced, what changed last, how many of each type.

use serde::Serialize;

use super::corrections::{Change, text};
use super::dossier::{Sourcing, StandingCount, members, sourcing};
use super::host::Page;
use super::news::{News, What, news};
use super::pager::path;
use super::record::{self, Common, Dated};
use super::sources::SiteSourcing;
use super::uses::SourceUse;
use super::{Edition, card, claim, claims, date, jsonld, place, site};
use crate::html::{Value, escaped, html, value, view};
use crate::model::Ix;
use crate::resolve::PAGED;

/// How many changes the home page shows.
const CHANGES: usize = 8;

view! {
    struct HomePage<'e> {
        ..common: Common,
        body: Value,
        corrections: Vec<Dated>,
        dossiers: Vec<DossierRow>,
        changes: Vec<Change>,
        counts: Vec<Count>,
        standings: Vec<StandingCount>,
        sourcing: Option<SiteSourcing>,
        sources: Vec<SourceUse<'e>>,
    }
}

#[derive(Serialize)]
struct DossierRow {
    card: Value,
    standfirst: Value,
    byline: String,
    sourcing: Sourcing,
}

/// How many there are of something.
#[derive(Serialize)]
pub(super) struct Count {
    pub(super) label: String,
    pub(super) n: usize,
    pub(super) path: String,
}

/// Makes the view of the home page.
pub(super) fn view(edition: &Edition, route: &str) -> Value {
    let archive = &edition.archive;
    let mut common = Common::new(edition, route, "home", "home", edition.config.title.clone());
    common.description = Value::from(edition.config.description.as_str());
    let (mut body, mut corrections, mut sources) = (String::new(), Vec::new(), Vec::new());
    if let Some(ix) = archive.home {
        let entry = archive.entry(ix);
        (body, corrections, sources) = Page::make(edition, ix, route, &common.root, |page| {
            let body = page.whole(&entry.record.body, &entry.body);
            (body, record::corrections(edition, ix, page), page.sources())
        });
        if crate::html::text(&common.description).is_empty() {
            common.description = edition.summary(ix).clone();
        }
    }
    common.jsonld = jsonld::page(edition, &common, "WebSite");
    let root = &common.root;
    let dossiers = edition.listed("dossier").iter().take(PAGED).map(|ix| dossier(edition, *ix, root)).collect();
    let changes = news(edition).into_iter().take(CHANGES).map(|news| change(edition, &news, route, root)).collect();
    value(&HomePage {
        body: html(&body),
        corrections,
        dossiers,
        changes,
        counts: counts(edition),
        standings: claims::standings(edition),
        sourcing: super::sources::sourcing(edition),
        sources,
        common,
    })
}

fn dossier(edition: &Edition, ix: Ix, root: &str) -> DossierRow {
    let entry = edition.archive.entry(ix);
    let fields = &entry.record.fields;
    let lead = fields.markdown("standfirst").or_else(|| fields.markdown("summary"));
    let standfirst =
        lead.map(|note| card::plain(edition, ix, &entry.record.notes[note], &entry.notes[note].mentions, 400));
    let authors = fields.references("authors").filter(|slot| place::is_shown(edition, ix, *slot));
    let authors: Vec<String> = authors.map(|slot| place::target_text(edition, ix, slot)).collect();
    DossierRow {
        card: edition.card(ix, root),
        standfirst: html(&escaped(&standfirst.unwrap_or_default())),
        byline: site::listed(edition, &authors),
        sourcing: sourcing(edition, ix, &members(edition, ix)),
    }
}

fn change(edition: &Edition, news: &News<'_>, route: &str, root: &str) -> Change {
    let (label, text) = match news.what {
        What::Published => ("change_published", String::new()),
        What::Correction(note) => ("change_correction", text(edition, news.ix, note, route, root)),
        What::Standing(entry) => {
            let by = place::target_links(edition, news.ix, entry.by.iter().copied(), root);
            ("change_standing", format!("{} {by}", card::standing_chip(edition, &entry.status, None)))
        }
        What::Response(entry) => {
            let by = place::target_links(edition, news.ix, entry.by.into_iter(), root);
            ("change_response", format!("{} {by}", claim::answer(edition, &entry.kind)))
        }
    };
    Change {
        on: date::value(edition, news.on),
        label: edition.words.word(label).into_owned(),
        card: edition.card(news.ix, root),
        text: html(text.trim_end()),
    }
}

/// Counts the records of each type that has a list.
fn counts(edition: &Edition) -> Vec<Count> {
    let kinds = site::kinds(edition).into_iter().filter_map(|kind| {
        let n = edition.listed(&kind.name).len();
        let path = path(edition, &[kind.folder()], 0);
        (n > 0).then(|| Count { label: site::list_label(edition, kind), n, path })
    });
    kinds.collect()
}

#[cfg(test)]
mod tests {
    use crate::view::fixture::{CLAIMS, each, edition, view};

    #[test]
    fn the_home_page_tells_what_changed_last() {
        let page = view(&edition(CLAIMS), "index.html");
        assert_eq!(each(&page["changes"], "/label"), ["New standing", "New standing", "Response", "New standing"]);
        assert_eq!(each(&page["changes"], "/card/id"), ["advice", "other", "advice", "advice"]);
        assert!(page["changes"][0]["text"].as_str().is_some_and(|text| text.ends_with("</span></span> this site")));
        assert_eq!(each(&page["counts"], "/path"), ["people.html", "claims.html", "sources.html"]);
        assert_eq!(each(&page["standings"], "/standing"), ["alleged", "refuted"]);
        let sourcing =
            ["sources", "captured", "quotes", "verified", "path"].map(|key| page["sourcing"][key].to_string());
        assert_eq!(sourcing, ["1", "0", "0", "0", "\"sources.html\""]);
    }

    #[test]
    fn dossiers_stand_newest_first_and_undated_ones_last() {
        let site = "//- dossiers/a.md\n---\ntitle: A\npublished: 2021\nauthors: [X, Y, Z]\n---\n//- dossiers/b.md\n---\ntitle: B\n---\n//- dossiers/c.md\n---\ntitle: C\npublished: 2023\nstandfirst: Who & what.\n---\n";
        let page = view(&edition(site), "index.html");
        assert_eq!(each(&page["dossiers"], "/card/title"), ["C", "A", "B"]);
        assert_eq!(each(&page["dossiers"], "/byline"), ["", "X, Y and Z", ""]);
        assert_eq!(page["dossiers"][0]["standfirst"], "Who &amp; what.");
    }
}

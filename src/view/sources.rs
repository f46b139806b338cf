//! The bibliography: every source, who cites it, and how well it was held against its text.

use serde::Serialize;

use super::list::{Top, top};
use super::order::keys;
use super::pager::{Pager, pager, path, shown};
use super::{Edition, place, source};
use crate::html::{Value, value, view};
use crate::model::{Ix, Need, Via};
use crate::resolve::PAGED;

/// How many of the records that cite a source its row names.
const CITING: usize = 12;

/// The sources in the order of the bibliography, and how well all of them were held against their texts.
pub(super) struct Bibliography {
    rows: Vec<Ix>,
    missing: Vec<Ix>,
    quotes: usize,
    verified: usize,
}

view! {
    struct SourcesPage {
        ..top: Top,
        total: usize,
        quotes: usize,
        verified: usize,
        unverified: usize,
        without_capture: usize,
        rows: Vec<SourceRow>,
        missing: Vec<Value>,
        pager: Option<Pager>,
    }
}

#[derive(Serialize)]
struct SourceRow {
    card: Value,
    id: String,
    cite: Value,
    extent: &'static str,
    quotes: usize,
    verified: usize,
    cited_by: Vec<Value>,
    more: usize,
}

/// Makes the view of page `n` (from 0) of the bibliography.
pub(super) fn view(edition: &Edition, route: &str, n: usize) -> Value {
    let all = edition.lists.sources.get_or_init(|| bibliography(edition));
    let total = all.rows.len();
    let title = edition.words.word("list_sources");
    let top = top(edition, route, "sources", "sources", &title, n);
    let root = &top.common.root;
    let rows = all.rows[shown(n, total)].iter().map(|ix| row(edition, *ix, root)).collect();
    // Each row says whether its text is stored; a list of its own is worth its place only while it is short.
    let missing = if n == 0 && all.missing.len() <= PAGED { edition.cards(&all.missing, root) } else { Vec::new() };
    value(&SourcesPage {
        total,
        quotes: all.quotes,
        verified: all.verified,
        unverified: all.quotes - all.verified,
        without_capture: all.missing.len(),
        rows,
        missing,
        pager: pager(edition, &["sources"], n, total),
        top,
    })
}

/// How well all of a site is sourced.
#[derive(Serialize)]
pub(super) struct SiteSourcing {
    sources: usize,
    captured: usize,
    quotes: usize,
    verified: usize,
    path: String,
}

/// Counts how well a site is sourced; `None` where it has no source.
pub(super) fn sourcing(edition: &Edition) -> Option<SiteSourcing> {
    let all = edition.lists.sources.get_or_init(|| bibliography(edition));
    let sources = all.rows.len();
    (sources > 0).then(|| SiteSourcing {
        sources,
        captured: sources - all.missing.len(),
        quotes: all.quotes,
        verified: all.verified,
        path: path(edition, &["sources"], 0),
    })
}

/// Orders the sources by author, those without one by title.
fn bibliography(edition: &Edition) -> Bibliography {
    let sources = edition.listed("source");
    let names: Vec<String> = sources.iter().map(|ix| author(edition, *ix)).collect();
    let keys = keys(&edition.config.lang, names.iter().map(String::as_str));
    let mut keyed: Vec<(Vec<u8>, u32, Ix)> =
        keys.into_iter().zip(sources).map(|(key, ix)| (key, edition.order().rank(*ix), *ix)).collect();
    keyed.sort_unstable();
    let missing = sources.iter().copied().filter(|ix| !source::has_text(edition, *ix)).collect();
    let (mut quotes, mut verified) = (0, 0);
    for ix in sources {
        let tally = source::tally(edition, *ix);
        quotes += tally.quotes;
        verified += tally.verified;
    }
    Bibliography { rows: keyed.into_iter().map(|(_, _, ix)| ix).collect(), missing, quotes, verified }
}

/// Returns the name under which a source stands: its first author's last name, an organisation's whole name, else its title.
fn author(edition: &Edition, ix: Ix) -> String {
    let record = edition.archive.record(ix);
    let first = record.fields.references("author").find(|slot| place::is_shown(edition, ix, *slot));
    let Some(slot) = first else { return record.title.clone() };
    let name = place::target_text(edition, ix, slot);
    let target = edition.archive.target(ix, slot).record();
    if target.is_some_and(|to| edition.archive.record(to).kind.name != "person") {
        return name;
    }
    match name.rsplit_once(' ') {
        Some((given, family)) => format!("{family} {given}"),
        None => name,
    }
}

fn row(edition: &Edition, ix: Ix, root: &str) -> SourceRow {
    let citing = citing(edition, ix);
    let tally = source::tally(edition, ix);
    SourceRow {
        card: edition.card(ix, root),
        id: format!("source-{}", place::html_id(&edition.archive.record(ix).id)),
        cite: edition.works.entry(ix),
        extent: source::extent(edition, ix),
        quotes: tally.quotes,
        verified: tally.verified,
        cited_by: edition.cards(&citing[..citing.len().min(CITING)], root),
        more: citing.len().saturating_sub(CITING),
    }
}

/// Returns the records that cite a source, in the order of the records.
fn citing(edition: &Edition, ix: Ix) -> Vec<Ix> {
    let mut citing: Vec<Ix> = Vec::new();
    for link in edition.archive.backlinks[ix.at()].iter() {
        let cites = match link.via() {
            Via::Citation(..) | Via::NoteCitation(..) => true,
            Via::Field(slot) => edition.archive.record(link.from).references[slot].need == Need::Source,
            Via::Body(_) | Via::Note(..) => false,
        };
        // Backlinks come by the record that mentions, so that one that was seen was seen last.
        if cites && citing.last() != Some(&link.from) {
            citing.push(link.from);
        }
    }
    citing
}

#[cfg(test)]
mod tests {
    use crate::view::fixture::{CLAIMS, each, edition, view};

    #[test]
    fn a_source_names_those_who_cite_it() {
        let page = view(&edition(CLAIMS), "sources.html");
        assert_eq!(each(&page["rows"], "/id"), ["source-story"]);
        assert_eq!(each(&page["rows"][0]["cited_by"], "/id"), ["advice"]);
        assert_eq!((page["without_capture"].as_u64(), each(&page["missing"], "/id")), (Some(1), vec!["story"]));
    }

    #[test]
    fn sources_stand_by_their_authors_last_names_else_by_title() {
        let site = "//- organisations/the-courier.md\n# The Courier\n//- sources/a.md\n---\ntitle: Z\nauthor: Carl Adams\n---\n//- sources/b.md\n---\ntitle: Y\nauthor: the-courier\n---\n//- sources/c.md\n---\ntitle: Bulletin\n---\n//- sources/d.md\n---\ntitle: A\nauthor: [Ada Zorn, Carl Adams]\n---\n";
        let page = view(&edition(site), "sources.html");
        assert_eq!(each(&page["rows"], "/id"), ["source-a", "source-c", "source-b", "source-d"]);
    }
}

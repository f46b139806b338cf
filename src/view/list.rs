//! Every page that is not a record's: which template makes it, and what all lists have in common.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::card::kind_label;
use super::claims::Ledger;
use super::host::Page as Text;
use super::network::Network;
use super::news::Correction;
use super::order::Order;
use super::pager::{Pager, pager, shown};
use super::record::{self, Common, Dated};
use super::timeline::Year;
use super::{
    Edition, Viewed, a_z, claims, corrections, home, jsonld, network, not_found, redirect, search, site, sources, tags,
    timeline,
};
use crate::file::RelPath;
use crate::html::{Value, html, value, view};
use crate::kind::Kind;
use crate::model::{Archive, Ix};
use crate::resolve::{Counts, Page};

/// What several lists are made from, each made once and only if a page asks for it.
#[derive(Default)]
pub(super) struct Lists {
    order: OnceLock<Order>,
    types: OnceLock<BTreeMap<String, Type>>,
    /// Each tag with its link, by the part of its route.
    pub(super) tags: OnceLock<BTreeMap<String, Value>>,
    kinds: OnceLock<BTreeMap<String, Vec<Ix>>>,
    pub(super) titles: OnceLock<a_z::Index>,
    pub(super) years: OnceLock<Vec<Year>>,
    pub(super) ledger: OnceLock<Ledger>,
    pub(super) network: OnceLock<Network>,
    pub(super) corrections: OnceLock<Vec<Correction>>,
    pub(super) sources: OnceLock<sources::Bibliography>,
}

/// What each record's page says of its type.
pub(super) struct Type {
    /// The type's name in the theme's words.
    pub(super) label: Value,
    /// The title of the list of its records, and the link to it, if there is one.
    pub(super) list: Option<(Value, Value)>,
}

impl Edition {
    /// Returns what pages say of the type of a record.
    pub(super) fn type_of(&self, ix: Ix) -> &Type {
        let types = self.lists.types.get_or_init(|| types(self));
        types.get(self.archive.record(ix).kind.name.as_ref()).expect("the types of all records are there")
    }

    /// Returns the records by title.
    pub(super) fn order(&self) -> &Order {
        self.lists.order.get_or_init(|| Order::new(&self.archive, &self.config.lang))
    }

    /// Returns the records of a type in the order of its list: events by date, dossiers newest first, others by title.
    pub(super) fn listed(&self, kind: &str) -> &[Ix] {
        let kinds = self.lists.kinds.get_or_init(|| kinds(self));
        kinds.get(kind).map_or(&[], Vec::as_slice)
    }
}

fn types(edition: &Edition) -> BTreeMap<String, Type> {
    let mut types = BTreeMap::new();
    for ix in edition.archive.all() {
        let record = edition.archive.record(ix);
        if !types.contains_key(record.kind.name.as_ref()) {
            let path = edition.path_to(&[record.kind.folder()]);
            let list = path.map(|path| (site::list_label(edition, &record.kind).into(), path.into()));
            types.insert(record.kind.name.to_string(), Type { label: kind_label(edition, record).into(), list });
        }
    }
    types
}

fn kinds(edition: &Edition) -> BTreeMap<String, Vec<Ix>> {
    let archive = &edition.archive;
    let mut kinds: BTreeMap<String, Vec<Ix>> = BTreeMap::new();
    for ix in &edition.order().titles {
        let entry = archive.entry(*ix);
        if !entry.is_list_text {
            match kinds.get_mut(entry.record.kind.name.as_ref()) {
                Some(of) => of.push(*ix),
                None => drop(kinds.insert(entry.record.kind.name.to_string(), vec![*ix])),
            }
        }
    }
    if let Some(events) = kinds.get_mut("event") {
        events.clone_from(&archive.events);
    }
    if let Some(dossiers) = kinds.get_mut("dossier") {
        // The sort is stable: dossiers of one day, and those without a date behind them all, stay by title.
        let published = |ix: &Ix| archive.record(*ix).fields.date("published").map(|on| on.earliest());
        dossiers.sort_by_key(|ix| std::cmp::Reverse(published(ix)));
    }
    kinds
}

/// Counts what only the views know of, before there are routes: the rows of the network, and the corrections that are known
/// on the day `as_of`. `widths` are those in which each image is offered.
pub fn counts(archive: &Archive, widths: &BTreeMap<RelPath, Vec<u32>>, as_of: Option<i64>) -> Counts {
    let rows = network::count(archive);
    Counts {
        network: (rows > 0).then_some(rows),
        corrections: super::news::corrections(archive, as_of).len(),
        widths: widths.clone(),
    }
}

/// Makes the view of any page that is not a record's; `None` for outputs that no template makes.
pub(super) fn page(edition: &Edition, route: &str, page: &Page) -> Option<Viewed> {
    let (template, view) = match page {
        Page::Home => ("home.html", home::view(edition, route)),
        Page::List(kind, n) => ("list.html", of_kind(edition, route, kind, *n)),
        Page::Sources(n) => ("sources.html", sources::view(edition, route, *n)),
        Page::Claims(n) => ("claims.html", claims::view(edition, route, *n)),
        Page::Timeline(n) => ("timeline.html", timeline::view(edition, route, *n)),
        Page::Network(n) => ("network.html", network::view(edition, route, *n)),
        Page::AToZ(n) => ("a-z.html", a_z::view(edition, route, *n)),
        Page::Tags => ("tags.html", tags::view(edition, route)),
        Page::Tag(part, n) => ("tag.html", tags::tag(edition, route, part, *n)),
        Page::Search => ("search.html", search::view(edition, route)),
        Page::Corrections(n) => ("corrections.html", corrections::view(edition, route, *n)),
        Page::NotFound => ("404.html", not_found::view(edition, route)),
        Page::Redirect(to) => ("redirect.html", redirect::view(edition, route, *to)),
        Page::Record(_) | Page::Atom | Page::JsonFeed | Page::Sitemap | Page::Robots => return None,
        Page::File(_) | Page::Width(..) | Page::Static(_) => return None,
    };
    Some(Viewed { template: template.to_owned(), view })
}

view! {
    /// What all lists have above their rows.
    pub(super) struct Top {
        ..pub(super) common: Common,
        body: Value,
        corrections: Vec<Dated>,
    }
}

/// Makes the top of page `n` (from 0) of a list. Its author's text, from `content/SECTION/index.md`, stands on the first.
pub(super) fn top(edition: &Edition, route: &str, kind: &str, section: &str, title: &str, n: usize) -> Top {
    let text = edition.archive.list_texts.get(section).copied();
    let own =
        text.map(|ix| edition.archive.record(ix)).filter(|record| record.title != record.id && record.title != "index");
    let title = own.map_or_else(|| title.to_owned(), |record| record.title.clone());
    let mut common = Common::new(edition, route, kind, section, title);
    let (mut body, mut corrections) = (String::new(), Vec::new());
    if let Some(ix) = text {
        common.description = edition.summary(ix).clone();
        if n == 0 {
            let entry = edition.archive.entry(ix);
            let mut page = Text::new(edition, ix, route, &common.root);
            body = page.whole(&entry.record.body, &entry.body);
            corrections = record::corrections(edition, ix, &mut page);
        }
    }
    common.jsonld = jsonld::page(edition, &common, "CollectionPage");
    Top { common, body: html(&body), corrections }
}

view! {
    struct ListPage<'a> {
        ..top: Top,
        of_kind: &'a str,
        total: usize,
        cards: Vec<Value>,
        pager: Option<Pager>,
    }
}

fn of_kind(edition: &Edition, route: &str, kind: &Kind, n: usize) -> Value {
    let all = edition.listed(&kind.name);
    let top = top(edition, route, "list", kind.folder(), &site::list_label(edition, kind), n);
    let cards = edition.cards(&all[shown(n, all.len())], &top.common.root);
    let pager = pager(edition, &[kind.folder()], n, all.len());
    value(&ListPage { of_kind: &kind.name, total: all.len(), cards, pager, top })
}

#[cfg(test)]
mod tests {
    use crate::view::fixture::{each, edition, view};

    fn many(settings: &str, n: usize) -> String {
        (0..n).fold(settings.to_owned(), |site, n| format!("{site}//- people/p{n:03}.md\n# Person {n:03}\n"))
    }

    #[test]
    fn lists_of_more_than_200_are_paged() {
        let edition = edition(&many("", 401));
        let check = |route: &str, first: &str, rows: usize, prev: Option<&str>, next: Option<&str>| {
            let page = view(&edition, route);
            let ids = each(&page["cards"], "/id");
            assert_eq!((ids[0], ids.len()), (first, rows), "{route}");
            assert_eq!((page["pager"]["prev"].as_str(), page["pager"]["next"].as_str()), (prev, next), "{route}");
        };
        check("people.html", "p000", 200, None, Some("people/page-2.html"));
        check("people/page-2.html", "p200", 200, Some("people.html"), Some("people/page-3.html"));
        check("people/page-3.html", "p400", 1, Some("people/page-2.html"), None);
        assert!(!edition.pages.routes.contains_key("people/page-4.html"));
    }

    #[test]
    fn a_list_of_200_is_one_page() {
        let edition = edition(&many("", 200));
        assert_eq!(view(&edition, "people.html")["pager"], serde_json::Value::Null);
    }

    #[test]
    fn a_long_pager_leaves_pages_out() {
        let edition = edition(&many("pretty_urls = true\n", 1801));
        let page = view(&edition, "people/page-5/index.html");
        assert_eq!(each(&page["pager"]["pages"], "/label"), ["1", "…", "3", "4", "5", "6", "7", "…", "10"]);
        assert_eq!(each(&page["pager"]["pages"], "/path")[2], "people/page-3/");
    }

    #[test]
    fn the_authors_text_stands_above_the_first_page_with_its_title() {
        let text = "//- people/index.md\n# Who is who\n\nAll of *them*.\n";
        let edition = edition(&format!("{}{text}", many("", 201)));
        let page = view(&edition, "people.html");
        assert_eq!((&page["title"], &page["total"]), (&"Who is who".into(), &201.into()));
        assert!(page["body"].as_str().is_some_and(|body| body.contains("All of <em>them</em>.")), "{page}");
        assert_eq!(view(&edition, "people/page-2.html")["body"], "");
    }

    #[test]
    fn markup_stays_markup_inside_a_page() {
        let edition = edition("//- people/index.md\n# Who\n\nAll of *them*.\n//- people/ada.md\n# Ada & Co\n");
        let route = "people.html";
        let page = crate::view::page(&edition, route, &edition.pages.routes[route]).expect("a page");
        let mut tera = tera::Tera::default();
        tera.autoescape_on(vec![""]);
        tera.add_raw_template("t", "{{ page.body }}{% for c in page.cards %}{{ c.link }}{{ c.title }}{% endfor %}")
            .unwrap();
        let mut context = tera::Context::new();
        context.insert_value("page", page.view);
        let shown = tera.render("t", &context).unwrap();
        assert!(
            shown.contains("<em>them</em>") && shown.contains("./people/ada.html\">Ada &amp; Co</a>Ada &amp; Co"),
            "{shown}"
        );
    }

    #[test]
    fn tags_lead_to_what_carries_them() {
        let edition = edition(
            "//- people/ada.md\n---\ntitle: Ada\ntags: [Harbour, zoo]\n---\n//- people/bea.md\n---\ntitle: Bea\ntags: harbour\n---\n",
        );
        let page = view(&edition, "tags.html");
        assert_eq!((each(&page["tags"], "/label"), page["tags"][0]["n"].as_u64()), (vec!["Harbour", "zoo"], Some(2)));
        let tag = view(&edition, "tags/harbour.html");
        assert_eq!((&tag["title"], each(&tag["cards"], "/id")), (&"Harbour".into(), vec!["ada", "bea"]));
        assert_eq!(tag["all_tags"], "tags.html");
    }

    #[test]
    fn a_redirect_leads_to_its_record_without_stating_a_claim() {
        let edition = edition("//- people/ada.md\n---\ntitle: Ada\naliases: [/old/a/b.html]\n---\n");
        let page = view(&edition, "old/a/b.html");
        assert_eq!((&page["target"], &page["title"]), (&"../../people/ada.html".into(), &"Ada".into()));
    }
}

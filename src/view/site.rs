//! What every page of a site shares: its name, its navigation, the theme's words. Made once, and seen by all templates.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;
use serde_json::Map;

use super::news::known;
use super::pager::path;
use super::{Edition, card, date};
use crate::config::MenuEntry;
use crate::html::{Value, value};
use crate::kind::Kind;
use crate::model::date::Edtf;
use crate::resolve::{Lead, Page};

#[derive(Serialize)]
struct Site<'a> {
    title: &'a str,
    description: &'a str,
    authors: String,
    lang: &'a str,
    dir: &'static str,
    base_url: Option<&'a str>,
    home: String,
    nav: Vec<NavItem>,
    menu: Vec<MenuItem>,
    a_z: String,
    tags: Option<String>,
    corrections: String,
    search: Option<String>,
    feed_atom: Option<&'static str>,
    feed_json: Option<&'static str>,
    as_of: String,
    drafts: bool,
    latest: String,
    generator: &'static str,
    t: &'a BTreeMap<String, String>,
    extra: &'a Map<String, serde_json::Value>,
}

#[derive(Serialize)]
struct NavItem {
    id: String,
    label: String,
    path: String,
    slim: bool,
}

#[derive(Serialize)]
struct MenuItem {
    label: String,
    path: Option<String>,
    href: Option<String>,
    id: String,
}

/// The name and version of the program.
pub const GENERATOR: &str = concat!("Casebook ", env!("CARGO_PKG_VERSION"));

/// The lists that the header shows too.
static SLIM: &[&str] = &["dossiers", "people", "timeline", "claims", "sources"];

/// Makes the value `site`, which every template sees.
pub fn site(edition: &Edition) -> Value {
    let config = &edition.config;
    let nav = nav(edition);
    let has = |route: &str| edition.pages.routes.contains_key(route);
    let as_of = edition.facts.as_of.as_ref();
    value(&Site {
        title: &config.title,
        description: &config.description,
        authors: listed(edition, &config.authors),
        lang: &config.lang,
        dir: direction(&config.lang),
        base_url: config.base_url.as_deref(),
        home: path(edition, &[], 0),
        menu: menu(edition, &nav),
        nav,
        a_z: path(edition, &["a-z"], 0),
        tags: edition.path_to(&["tags"]),
        corrections: path(edition, &["corrections"], 0),
        search: edition.path_to(&["search"]),
        feed_atom: has("atom.xml").then_some("atom.xml"),
        feed_json: has("feed.json").then_some("feed.json"),
        as_of: as_of.map(|day| date::words(edition, day)).unwrap_or_default(),
        drafts: edition.facts.drafts,
        latest: latest(edition).map(|day| date::words(edition, day)).unwrap_or_default(),
        generator: GENERATOR,
        t: &edition.words.0,
        extra: &config.extra,
    })
}

/// What the templates of header and footer see as `page`.
#[derive(Serialize)]
struct Frame<'a> {
    root: &'a str,
    section: &'a str,
}

/// Makes the view of header and footer for the pages of a section that have this way to the root.
pub fn frame(root: &str, section: &str) -> Value {
    value(&Frame { root, section })
}

/// Returns the root and the section of every page that has a header and a footer, each pair once.
pub fn frames(edition: &Edition) -> BTreeSet<(String, String)> {
    let mut pairs: BTreeSet<(usize, &str)> = BTreeSet::new();
    let mut frames = BTreeSet::new();
    for (route, page) in &edition.pages.routes {
        let Some(section) = section(edition, page) else { continue };
        // Most pages have the pair of the page before them: strings are made for each pair once.
        if matches!(page, Page::NotFound) || pairs.insert((route.matches('/').count(), section)) {
            frames.insert((edition.root(route), section.to_owned()));
        }
    }
    frames
}

/// Returns the entry of the navigation that a page belongs to; `None` for outputs without header and footer.
fn section<'e>(edition: &'e Edition, page: &'e Page) -> Option<&'e str> {
    Some(match page {
        Page::Record(ix) => edition.archive.record(*ix).kind.folder(),
        Page::Home => "home",
        Page::List(kind, _) => kind.folder(),
        Page::Sources(_) => "sources",
        Page::Claims(_) => "claims",
        Page::Timeline(_) => "timeline",
        Page::Network(_) => "network",
        Page::AToZ(_) => "a-z",
        Page::Tags | Page::Tag(..) => "tags",
        Page::Search => "search",
        Page::Corrections(_) => "corrections",
        Page::NotFound => "",
        Page::Redirect(_) | Page::Atom | Page::JsonFeed | Page::Sitemap | Page::Robots => return None,
        Page::File(_) | Page::Width(..) | Page::Static(_) => return None,
    })
}

/// Returns the record types in the order of the navigation.
pub(super) fn kinds(edition: &Edition) -> Vec<&Arc<Kind>> {
    let first = ["dossier", "person", "organisation", "place", "event", "claim", "source", "page"];
    let kinds = &edition.config.kinds;
    let others = kinds.iter().filter(|kind| !first.contains(&kind.name.as_ref()));
    first.iter().filter_map(|name| kinds.named(name)).chain(others).collect()
}

/// Returns the title of the list of a type.
pub(super) fn list_label(edition: &Edition, kind: &Kind) -> String {
    let key = format!("list_{}", kind.folder());
    edition.words.find(&key).map_or_else(|| kind.title.to_string(), str::to_owned)
}

/// Returns names as a sentence lists them: `A, B and C`.
pub(super) fn listed(edition: &Edition, names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [firsts @ .., last] => edition.words.filled("list_and", &[("a", &firsts.join(", ")), ("b", last)]),
    }
}

/// Returns the lists that there are.
fn nav(edition: &Edition) -> Vec<NavItem> {
    let mut nav = Vec::new();
    let mut add = |id: &str, label: String| {
        if let Some(path) = edition.path_to(&[id]) {
            nav.push(NavItem { id: id.to_owned(), label, path, slim: SLIM.contains(&id) });
        }
    };
    for kind in kinds(edition) {
        add(kind.folder(), list_label(edition, kind));
        match kind.name.as_ref() {
            "event" => add("timeline", edition.words.word("timeline").into_owned()),
            "source" => add("network", edition.words.word("network").into_owned()),
            _ => {}
        }
    }
    nav
}

/// Returns the author's own menu. An entry that leads to nothing that is published is left out; one without a title goes by
/// the label of its link, or by what it leads to. A claim has its standing behind it, here as everywhere.
fn menu(edition: &Edition, nav: &[NavItem]) -> Vec<MenuItem> {
    let item = |(entry, lead): (&MenuEntry, &Lead)| {
        let link = entry.to.strip_prefix("[[").and_then(|to| to.strip_suffix("]]"));
        let own = Some(entry.title.as_str()).filter(|title| !title.is_empty());
        let own = own.or_else(|| link?.split_once('|').map(|(_, label)| label.trim())).map(str::to_owned);
        match lead {
            Lead::Url(url) => {
                let label = own.unwrap_or_else(|| url.clone());
                Some(MenuItem { label, path: None, href: Some(url.clone()), id: String::new() })
            }
            Lead::Page(path) => {
                let known = nav.iter().find(|item| item.path == *path);
                let label = own.or_else(|| Some(known?.label.clone())).unwrap_or_else(|| path.clone());
                let id = known.map(|item| item.id.clone()).unwrap_or_default();
                Some(MenuItem { label, path: Some(path.clone()), href: None, id })
            }
            Lead::Record(ix, path) => {
                let mut label = own.unwrap_or_else(|| edition.archive.record(*ix).title.clone());
                if let Some(claim) = edition.archive.claims.get(ix) {
                    label.push_str(&format!(" ({})", card::standing_words(edition, claim)));
                }
                Some(MenuItem { label, path: Some(path.clone()), href: None, id: String::new() })
            }
            Lead::Nowhere => None,
        }
    };
    edition.config.menu.iter().zip(&edition.pages.menu).filter_map(item).collect()
}

/// Returns the newest date on which anything was published, found, answered or put right.
fn latest(edition: &Edition) -> Option<&Edtf> {
    let archive = &edition.archive;
    let last = edition.facts.as_of.as_ref().map(Edtf::earliest);
    let fields = archive.entries.iter().flat_map(|entry| {
        let published = entry.record.fields.date("published").filter(|_| entry.record.kind.name == "dossier");
        [entry.record.fields.date("updated"), published].into_iter().flatten()
    });
    let assessed = archive.claims.values().flat_map(|claim| claim.assessments.iter().map(|entry| &entry.on));
    let answered = archive.claims.values().flat_map(|claim| claim.responses.iter().map(|entry| &entry.on));
    let corrected = known(edition).first().and_then(|first| super::news::correction(edition, first)).map(|(on, _)| on);
    let all = fields.chain(assessed).chain(answered).chain(corrected);
    all.filter(|on| last.is_none_or(|last| on.earliest() <= last)).max_by_key(|on| on.earliest())
}

/// Returns in which direction a language is written.
fn direction(lang: &str) -> &'static str {
    let mut parts = lang.split(['-', '_']);
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let script = parts.find(|part| part.len() == 4).map(str::to_ascii_lowercase);
    let rtl = match script.as_deref() {
        Some(script) => {
            matches!(script, "arab" | "hebr" | "thaa" | "syrc" | "nkoo" | "adlm" | "rohg" | "mand" | "samr")
        }
        None => matches!(
            language.as_str(),
            "ar" | "arc"
                | "ckb"
                | "dv"
                | "fa"
                | "he"
                | "iw"
                | "ji"
                | "ks"
                | "nqo"
                | "ps"
                | "sd"
                | "syr"
                | "ug"
                | "ur"
                | "yi"
        ),
    };
    if rtl { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    use super::{direction, frames, site};
    use crate::view::fixture::{CLAIMS, each, edition, edition_as_of};

    fn shared(site_text: &str) -> serde_json::Value {
        serde_json::to_value(site(&edition(site_text))).unwrap()
    }

    #[test]
    fn the_navigation_has_the_lists_that_there_are() {
        let site =
            shared(&format!("{CLAIMS}//- events/e.md\n---\ntitle: E\nwhen: 2021\nparticipants: [ada, bea]\n---\n"));
        assert_eq!(each(&site["nav"], "/id"), ["people", "events", "timeline", "claims", "sources", "network"]);
        assert_eq!(
            (&site["feed_atom"], &site["search"], &site["home"]),
            (&serde_json::Value::Null, &serde_json::Value::Null, &"index.html".into())
        );
        assert_eq!(site["latest"], "16 May 2023");
    }

    #[test]
    fn the_menu_leads_to_routes_records_and_urls() {
        let menu = ["people.html", "Ada Example", "[[bea|B]]", "https://a.example/", "/"];
        let mut text = String::from("pretty_urls = false\n");
        for to in menu {
            text.push_str(&format!("[[menu]]\ntitle = \"x\"\nto = \"{to}\"\n"));
        }
        let site = shared(&format!("{text}{CLAIMS}"));
        assert_eq!(
            each(&site["menu"], "/path"),
            ["people.html", "people/ada.html", "people/bea.html", "-", "index.html"]
        );
        assert_eq!(
            (&site["menu"][0]["id"], &site["menu"][3]["href"]),
            (&"people".into(), &"https://a.example/".into())
        );
    }

    #[test]
    fn the_past_knows_no_later_date() {
        let site = serde_json::to_value(site(&edition_as_of(CLAIMS, Some("2023-04-15")))).unwrap();
        assert_eq!((&site["latest"], &site["as_of"]), (&"1 April 2023".into(), &"15 April 2023".into()));
    }

    #[test]
    fn every_page_finds_its_header() {
        let edition = edition(&format!("base_url = \"https://a.example/x\"\n{CLAIMS}"));
        let frames = frames(&edition);
        for (route, page) in &edition.pages.routes {
            let Some(viewed) = crate::view::page(&edition, route, page) else { continue };
            let view = serde_json::to_value(&viewed.view).unwrap();
            let pair = (view["root"].as_str().unwrap().to_owned(), view["section"].as_str().unwrap().to_owned());
            assert!(frames.contains(&pair), "{route}: {pair:?}");
        }
        assert!(frames.contains(&("/x/".to_owned(), String::new())));
    }

    #[test]
    fn the_script_tells_the_direction_else_the_language_does() {
        let check = |lang: &str, expected: &str| assert_eq!(direction(lang), expected, "{lang}");
        check("en", "ltr");
        check("ar-EG", "rtl");
        check("he", "rtl");
        check("az-Arab-IR", "rtl");
        check("ur-Latn", "ltr");
        check("", "ltr");
    }
}

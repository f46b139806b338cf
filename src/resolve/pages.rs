//! Every route of the output, and what lies there.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::menu::{self, Lead};
use super::{route, style};
use crate::config::{Config, FILE};
use crate::diagnostic::{Diagnostic, code};
use crate::file::{RelPath, Span};
use crate::kind::Kind;
use crate::model::{Archive, Ix};

/// How many entries a list shows on one page.
pub const PAGED: usize = 200;

/// What lies at a route.
#[derive(Clone, Debug)]
pub enum Page {
    /// A record's page.
    Record(Ix),
    /// The home page.
    Home,
    /// A page of the list of a type, counted from 0.
    List(Arc<Kind>, usize),
    /// The bibliography.
    Sources(usize),
    /// The ledger.
    Claims(usize),
    /// Every event by its date.
    Timeline(usize),
    /// People and organisations with what ties them.
    Network(usize),
    /// Every record by its title.
    AToZ(usize),
    /// Every tag.
    Tags,
    /// The records with a tag: the last part of its route, the page counted from 0.
    Tag(String, usize),
    /// The search page.
    Search,
    /// Every correction.
    Corrections(usize),
    /// What a host shows for a route that is not there.
    NotFound,
    /// A page that leads to a record.
    Redirect(Ix),
    /// The Atom feed.
    Atom,
    /// The JSON feed.
    JsonFeed,
    /// The sitemap.
    Sitemap,
    /// What crawlers may read.
    Robots,
    /// A file of the site that a record uses.
    File(RelPath),
    /// An image in another width.
    Width(RelPath, u32),
    /// A static file of the theme or of the site, by its route.
    Static(String),
}

/// The pages of a site by route.
#[derive(Clone, Default, Debug)]
pub struct Pages {
    /// What lies where.
    pub routes: BTreeMap<String, Page>,
    /// What the entries of the menu lead to, in their order.
    pub menu: Vec<Lead>,
}

/// Where a page comes from, for messages about two on one route.
struct Claimed {
    what: String,
    place: Option<(RelPath, Span)>,
}

/// Lists every page of a site as of a day, and looks up what its menu leads to.
pub fn pages(
    archive: &Archive,
    config: &Config,
    statics: &[String],
    counts: &Counts,
    as_of: Option<i64>,
    found: &mut Vec<Diagnostic>,
) -> Pages {
    let mut all: Vec<(String, Page, Claimed)> = Vec::new();
    let style = style(config);
    records(archive, config, &mut all, found);
    let mut generated = |parts: &[&str], count: usize, make: &dyn Fn(usize) -> Page| {
        for n in 0..count.div_ceil(PAGED).max(1) {
            let mut parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
            if n > 0 {
                parts.push(format!("page-{}", n + 1));
            }
            let route = route::page(&parts, style);
            let what = format!("the generated page {route}");
            all.push((route, make(n), Claimed { what, place: None }));
        }
    };
    for kind in config.kinds.iter() {
        let count = archive.of_kind(&kind.name).count();
        if count > 0 || archive.list_texts.contains_key(kind.folder()) {
            generated(&[kind.folder()], count, &|n| match kind.name.as_ref() {
                "source" => Page::Sources(n),
                "claim" => Page::Claims(n),
                _ => Page::List(Arc::clone(kind), n),
            });
        }
    }
    if !archive.events.is_empty() {
        generated(&["timeline"], archive.events.len(), &Page::Timeline);
    }
    if let Some(rows) = counts.network {
        generated(&["network"], rows, &Page::Network);
    }
    generated(&["a-z"], archive.entries.iter().filter(|entry| !entry.is_list_text).count(), &Page::AToZ);
    generated(&["corrections"], counts.corrections, &Page::Corrections);
    if !archive.tags.is_empty() {
        generated(&["tags"], 1, &|_| Page::Tags);
        for (part, (_, with)) in archive.tags.iter() {
            generated(&["tags", part], with.len(), &|n| Page::Tag(part.clone(), n));
        }
    }
    if archive.home.is_none() {
        generated(&[], 1, &|_| Page::Home);
    }
    let fixed = |route: &str, page: Page| {
        (route.to_owned(), page, Claimed { what: format!("the generated file {route}"), place: None })
    };
    all.push(fixed("404.html", Page::NotFound));
    all.push(fixed("robots.txt", Page::Robots));
    if config.base_url.is_some() {
        if config.outputs.feeds {
            all.push(fixed("atom.xml", Page::Atom));
            all.push(fixed("feed.json", Page::JsonFeed));
        }
        if config.outputs.sitemap {
            all.push(fixed("sitemap.xml", Page::Sitemap));
        }
    }
    files(archive, statics, counts, &mut all);
    let mut pages = settle(all, found);
    pages.menu = menu::leads(archive, config, &pages, as_of, found);
    pages
}

/// What only other rooms can count.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Counts {
    /// How many rows the network has; `None` without a network.
    pub network: Option<usize>,
    /// How many corrections there are.
    pub corrections: usize,
    /// The widths in which each image is offered.
    pub widths: BTreeMap<RelPath, Vec<u32>>,
}

fn records(archive: &Archive, config: &Config, all: &mut Vec<(String, Page, Claimed)>, found: &mut Vec<Diagnostic>) {
    let _ = config;
    for ix in archive.all() {
        let entry = archive.entry(ix);
        if entry.is_list_text {
            continue;
        }
        let record = &entry.record;
        let page = if archive.home == Some(ix) { Page::Home } else { Page::Record(ix) };
        let span = record.slug.as_ref().map(|slug| slug.span).or(record.origin.inline).unwrap_or_default();
        let place = Some((record.origin.path.clone(), span));
        all.push((entry.route.clone(), page, Claimed { what: record.origin.path.to_string(), place }));
        for alias in &record.redirects {
            match route::redirect(&alias.text) {
                Ok(route) => {
                    let place = Some((record.origin.path.clone(), alias.span));
                    let what = format!("the alias \"{}\" of {}", alias.text, record.origin.path);
                    all.push((route, Page::Redirect(ix), Claimed { what, place }));
                }
                Err(message) => {
                    let fault = Diagnostic::new(&code::INVALID_ROUTE, message).at(&record.origin.path, alias.span);
                    found.push(fault.help("an alias that begins with / is a route of the output, like /old/name.html"));
                }
            }
        }
    }
}

fn files(archive: &Archive, statics: &[String], counts: &Counts, all: &mut Vec<(String, Page, Claimed)>) {
    for (path, route) in archive.files.iter() {
        let place = Some((path.clone(), Span::default()));
        all.push((route.clone(), Page::File(path.clone()), Claimed { what: path.to_string(), place }));
        for width in counts.widths.get(path).into_iter().flatten() {
            let what = format!("the {width} pixels wide {path}");
            let place = Some((path.clone(), Span::default()));
            all.push((width_route(route, *width), Page::Width(path.clone(), *width), Claimed { what, place }));
        }
    }
    for route in statics {
        let what = format!("the static file {route}");
        all.push((route.clone(), Page::Static(route.clone()), Claimed { what, place: None }));
    }
}

/// Returns the route of an image in another width: `NAME-640w.jpg`.
pub fn width_route(route: &str, width: u32) -> String {
    match route.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{width}w.{extension}"),
        None => format!("{route}-{width}w"),
    }
}

/// Puts every page at its route; two on one are reported, naming both.
fn settle(mut all: Vec<(String, Page, Claimed)>, found: &mut Vec<Diagnostic>) -> Pages {
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let mut pages = Pages::default();
    let mut last: Option<(String, Claimed)> = None;
    for (route, page, claimed) in all {
        if let Some((_, first)) = last.as_ref().filter(|(known, _)| *known == route) {
            let message = format!("{} and {} have one route: {route}", first.what, claimed.what);
            let (path, span) = claimed
                .place
                .clone()
                .or_else(|| first.place.clone())
                .unwrap_or_else(|| (RelPath::new(FILE).expect("the configuration has a name"), Span::default()));
            let fault = Diagnostic::new(&code::DUPLICATE_ROUTE, message).at(&path, span);
            found.push(fault.help("rename one of the two, or give it a slug"));
            continue;
        }
        pages.routes.insert(route.clone(), page);
        last = Some((route, claimed));
    }
    // A file cannot lie where a folder must: `a` and `a/b.html`.
    let routes: Vec<&String> = pages.routes.keys().collect();
    for route in &routes {
        let folder = format!("{route}/");
        let at = routes.partition_point(|other| **other < folder);
        if let Some(below) = routes.get(at).filter(|below| below.starts_with(&folder)) {
            let path = RelPath::new(FILE).expect("the configuration has a name");
            let message = format!("{route} is a file, and {below} asks for a folder of that name");
            found.push(
                Diagnostic::new(&code::DUPLICATE_ROUTE, message)
                    .at(&path, Span::default())
                    .help("rename one of the two"),
            );
        }
    }
    pages
}

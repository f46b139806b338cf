//! The author's own menu: each entry leads to a record, to a route or to a URL; what leads nowhere is reported.

use super::pages::{Page, Pages};
use super::{route, style};
use crate::config::{Config, FILE, MenuEntry};
use crate::diagnostic::{Diagnostic, code, near};
use crate::file::RelPath;
use crate::model::{Archive, Found, Ix, Names};

/// What begins a URL that leads out of the site.
const SCHEMES: &[&str] = &["https://", "http://", "mailto:", "tel:"];

/// What an entry of the menu leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Lead {
    /// A page of the site, as it is linked from the output's root.
    Page(String),
    /// The page of a record, likewise.
    Record(Ix, String),
    /// A URL.
    Url(String),
    /// Nothing that is published.
    Nowhere,
}

/// Returns what each entry of the menu leads to.
///
/// In the past an entry may lead to what was not yet known; then it is no fault.
pub(super) fn leads(
    archive: &Archive,
    config: &Config,
    pages: &Pages,
    as_of: Option<i64>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Lead> {
    if config.menu.is_empty() {
        return Vec::new();
    }
    let names = Names::new(archive.named());
    let path = RelPath::new(FILE).expect("the configuration has a name");
    let mut leads = Vec::new();
    for entry in &config.menu {
        let (lead, fault) = lead(archive, config, pages, &names, entry);
        if let Some(fault) = fault.filter(|_| as_of.is_none()) {
            found.push(fault.at(&path, entry.span));
        }
        leads.push(lead);
    }
    leads
}

fn lead(
    archive: &Archive,
    config: &Config,
    pages: &Pages,
    names: &Names,
    entry: &MenuEntry,
) -> (Lead, Option<Diagnostic>) {
    let to = entry.to.trim();
    if SCHEMES.iter().any(|scheme| to.starts_with(scheme)) {
        return (Lead::Url(to.to_owned()), None);
    }
    if let Some(lead) = of_route(config, pages, to) {
        return (lead, None);
    }
    let name = to.strip_prefix("[[").and_then(|to| to.strip_suffix("]]")).unwrap_or(to);
    let name = name.split('|').next().unwrap_or(name);
    match names.find(name, &|_| false) {
        Found::One(ix) if archive.later(ix).is_some() => (Lead::Nowhere, None),
        Found::Many(all) if all.iter().any(|ix| archive.later(*ix).is_some()) => (Lead::Nowhere, None),
        Found::One(ix) => (Lead::Record(ix, archive.entry(ix).link.clone()), None),
        Found::Many(all) => {
            let first = crate::model::names::place(&archive.record(all[0]).path);
            let message = format!("the menu's \"{name}\" fits {} records", all.len());
            let fault = Diagnostic::new(&code::AMBIGUOUS_REFERENCE, message);
            (Lead::Nowhere, Some(fault.help(format!("write the path of the one that is meant, as in \"{first}\""))))
        }
        // A list that has nothing to list yet is no mistake: the entry shows once there is something.
        Found::None if is_list(config, to) => (Lead::Nowhere, None),
        Found::None => (Lead::Nowhere, Some(nowhere(archive, pages, name))),
    }
}

/// Says what an entry that leads nowhere may have meant.
fn nowhere(archive: &Archive, pages: &Pages, name: &str) -> Diagnostic {
    let records = archive.all().map(|ix| archive.record(ix)).flat_map(|record| [record.id.as_str(), &record.title]);
    let mut nearest = near::nearest(name, records.chain(pages.routes.keys().map(String::as_str)));
    nearest.dedup();
    let nearest: Vec<String> = nearest.into_iter().map(|near| format!("\"{near}\"")).collect();
    let help = match nearest.as_slice() {
        [] => "an entry leads to a record, to a page like /people.html, or to a URL".to_owned(),
        nearest => format!("did you mean {}?", nearest.join(" or ")),
    };
    Diagnostic::new(&code::BROKEN_REFERENCE, format!("the menu's \"{name}\" leads nowhere")).help(help)
}

/// Tells whether a route is that of a list, or of another page that is made where there is something to show on it.
fn is_list(config: &Config, to: &str) -> bool {
    let folder = to.trim_matches('/').trim_end_matches("index.html").trim_end_matches('/');
    let folder = folder.strip_suffix(".html").unwrap_or(folder);
    let written_as_route = to.contains('/') || to.ends_with(".html");
    let is_generated = ["timeline", "network", "tags", "search", "pages"].contains(&folder);
    written_as_route && (is_generated || config.kinds.of_folder(folder).is_some())
}

/// Returns where a route leads that an author wrote: `timeline.html`, `/timeline/`, `tags/harbour.html#top`.
fn of_route(config: &Config, pages: &Pages, to: &str) -> Option<Lead> {
    let (page, anchor) = to.split_once('#').map_or((to, ""), |(page, _)| (page, &to[page.len()..]));
    let page = page.trim_start_matches('/');
    let folder = page.trim_end_matches('/');
    // What is a file in one layout is a folder in the other.
    let stem = folder.strip_suffix(".html").unwrap_or(folder);
    let candidates = [page.to_owned(), format!("{stem}/index.html"), format!("{stem}.html")];
    let written_as_route = to.starts_with('/') || page.ends_with('/') || page.ends_with(".html") || page.contains('.');
    let candidates = if page.is_empty() { vec!["index.html".to_owned()] } else { candidates.to_vec() };
    let route = candidates.into_iter().filter(|_| written_as_route).find(|route| pages.routes.contains_key(route))?;
    let link = format!("{}{anchor}", route::link(&route, style(config)));
    Some(match pages.routes.get(&route) {
        Some(Page::Record(ix)) => Lead::Record(*ix, link),
        _ => Lead::Page(link),
    })
}

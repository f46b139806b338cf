//! Published records → the archive: what each reference leads to, who mentions whom, where each page lies.
//!
//! 1. `known` leaves out what is not yet known at the date of the build.
//! 2. `member` settles which records belong to which dossier, `route` where each page lies.
//! 3. `link` looks every reference up; what fits nothing, or two records, is reported.
//! 4. `gather` turns the links around: backlinks, events of people, claims about them, tags.
//! 5. `pages` lists every route of the output, and reports those that meet; `menu` looks up what the menu leads to.

mod anchor;
mod embed;
mod file;
mod gather;
mod known;
mod link;
mod member;
mod menu;
mod pages;
pub mod route;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, code};
use crate::file::RelPath;
use crate::model::{Archive, Entry, Ix, Links, Record};
use crate::withhold::Public;

pub use anchor::anchor;
pub use menu::Lead;
pub use pages::{Counts, PAGED, Page, Pages, pages, width_route};
pub use route::Style;

/// What resolving depends on, beside the records.
pub struct Inputs<'a> {
    /// The configuration.
    pub config: &'a Config,
    /// The files of `content/` that are not records.
    pub files: &'a [RelPath],
    /// The routes of static files, which prose may link to.
    pub statics: &'a [String],
    /// The date of the build as a day number; `None` for today's text and all that is known.
    pub as_of: Option<i64>,
}

/// Returns how pages are laid out.
pub fn style(config: &Config) -> Style {
    if config.pretty_urls { Style::Folders } else { Style::Files }
}

/// Resolves the published records.
pub fn resolve(public: Vec<Public>, inputs: &Inputs<'_>) -> (Archive, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let records = public.into_iter().map(|public| Arc::clone(public.record()));
    let (mut records, unknown) = known::split(records, inputs.as_of);
    records.sort_by(|a, b| (&a.path, a.origin.inline.is_some()).cmp(&(&b.path, b.origin.inline.is_some())));
    duplicates(&records, &mut found);
    let style = style(inputs.config);
    let mut archive = Archive::default();
    for record in records {
        let entry = entry(record, inputs.config, style, &mut found);
        let ix = Ix(u32::try_from(archive.entries.len()).unwrap_or(u32::MAX));
        if entry.record.path.as_str() == "content/index.md" || entry.record.path.as_str() == "content/_index.md" {
            archive.home = Some(ix);
        }
        if entry.is_list_text {
            archive.list_texts.insert(list_of(&entry.record, inputs.config).unwrap_or_default(), ix);
        }
        archive.entries.push(entry);
    }
    let names = link::Index::new(&archive, &unknown, inputs);
    member::members(&mut archive, &names);
    let linked: Vec<link::Linked> =
        archive.all().collect::<Vec<_>>().into_par_iter().map(|ix| names.link(&archive, ix)).collect();
    let mut broken = Vec::new();
    for (entry, linked) in archive.entries.iter_mut().zip(linked) {
        entry.references = linked.references;
        entry.body = linked.body;
        entry.notes = linked.notes;
        entry.files = linked.files;
        entry.capture = linked.capture;
        found.extend(linked.found);
        broken.extend(linked.broken);
    }
    names.broken(broken, &mut found);
    drop(names);
    embed::cycles(&archive, &mut found);
    gather::gather(&mut archive, inputs.as_of);
    file::files(&mut archive, &mut found);
    (archive, found)
}

fn entry(record: Arc<Record>, config: &Config, style: Style, found: &mut Vec<Diagnostic>) -> Entry {
    let parts = route::parts(&record.path, record.slug.as_ref().map(|slug| slug.text.as_str()));
    let whole = record.origin.inline.unwrap_or_default();
    let place = record
        .slug
        .as_ref()
        .map_or(record.id_span.filter(|_| record.origin.inline.is_some()).unwrap_or(whole), |slug| slug.span);
    let slug_fault =
        record.slug.as_ref().filter(|slug| slug.text.contains('/') || matches!(slug.text.trim(), "" | "." | ".."));
    let fault = match slug_fault {
        Some(slug) => Some(format!("\"{}\" cannot be the name of a page", slug.text)),
        None => parts.iter().find_map(|part| route::fault(part)),
    };
    if let Some(fault) = fault {
        let help = "rename the file or its folder, or give the record a slug of letters, digits and hyphens";
        found.push(Diagnostic::new(&code::INVALID_ROUTE, fault).at(&record.origin.path, place).help(help));
    }
    let list = list_of(&record, config);
    let route = match &list {
        Some(list) => route::page(std::slice::from_ref(list), style),
        None => route::page(&parts, style),
    };
    let link = route::link(&route, style);
    let is_list_text = list.is_some();
    let references = Vec::new();
    let body = Links::default();
    Entry {
        record,
        references,
        body,
        notes: Vec::new(),
        files: Vec::new(),
        capture: None,
        dossiers: Vec::new(),
        route,
        link,
        is_list_text,
    }
}

/// Returns the list whose text a record is: `people` for `content/people/index.md`.
fn list_of(record: &Record, config: &Config) -> Option<String> {
    if !record.is_index() || record.kind.name != "page" {
        return None;
    }
    let folder = record.path.folder().strip_prefix("content/").filter(|folder| !folder.contains('/'))?;
    let kind = if folder == "pages" { config.kinds.named("page") } else { config.kinds.of_folder(folder) };
    kind.map(|kind| kind.folder().to_owned())
}

/// Reports sources that share an id, and records whose authors gave them the same one.
fn duplicates(records: &[Arc<Record>], found: &mut Vec<Diagnostic>) {
    let mut by_id: BTreeMap<String, Vec<&Record>> = BTreeMap::new();
    for record in records {
        by_id.entry(crate::model::name::fold(&record.id).into_owned()).or_default().push(record);
    }
    for (_, same) in by_id.iter().filter(|(_, same)| same.len() > 1) {
        for (at, record) in same.iter().enumerate() {
            let clashes = |other: &&&Record| {
                let sources = record.kind.name == "source" && other.kind.name == "source";
                sources || (record.id_span.is_some() && other.id_span.is_some())
            };
            if let Some(other) = same[..at].iter().rfind(clashes) {
                let span = record.id_span.or(record.origin.inline).unwrap_or_default();
                let message = format!("\"{}\" is also the id of {}", record.id, other.origin.path);
                let fault = Diagnostic::new(&code::DUPLICATE_ID, message).at(&record.origin.path, span);
                found.push(fault.help("give one of the two another id"));
            }
        }
    }
}

//! Published records → the archive: what each reference leads to, who mentions whom, where each page lies.
//!
//! 1. `known` leaves out what is not yet known at the date of the build.
//! 2. `member` settles which records belong to which dossier, `route` where each page lies.
//! 3. `link` looks every reference up; what fits nothing, or two records, is reported.
//! 4. `gather` turns the links around: backlinks, events of people, claims about them, tags.
//! 5. `kept` holds the last archive: an edit of texts alone goes through steps 3 and 4 for those texts only.
//! 6. `pages` lists every route of the output, and reports those that meet; `menu` looks up what the menu leads to.

mod anchor;
mod embed;
mod fault;
mod file;
mod gather;
mod kept;
mod known;
mod link;
mod member;
mod menu;
mod moved;
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
pub use kept::Kept;
pub use menu::Lead;
pub use pages::{Counts, PAGED, Page, Pages, pages, width_route};
pub use route::Style;

use fault::Broken;
use kept::Last;

/// What resolving depends on, beside the records.
pub struct Inputs<'a> {
    /// The configuration.
    pub config: &'a Arc<Config>,
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

/// Resolves the published records. `kept` holds the last archive, and changes nothing but the time that it takes.
pub fn resolve(public: Vec<Public>, inputs: &Inputs<'_>, kept: &Kept) -> (Archive, Vec<Diagnostic>) {
    let records = public.into_iter().map(|public| Arc::clone(public.record()));
    let (mut records, unknown) = known::split(records, inputs.as_of);
    let order = |a: &Arc<Record>, b: &Arc<Record>| {
        (&a.path, a.origin.inline.is_some()).cmp(&(&b.path, b.origin.inline.is_some()))
    };
    if !records.is_sorted_by(|a, b| order(a, b).is_le()) {
        records.sort_by(order);
    }
    let last = kept.last(&records, &unknown, inputs);
    let now = last.and_then(|last| last.again(&records, inputs));
    let now = now.unwrap_or_else(|| Last::anew(records, unknown, inputs));
    let archive = now.archive.clone();
    let mut found = now.fronts.clone();
    found.extend(now.links.values().flat_map(|faults| &faults.found).cloned());
    let broken: Vec<&Broken> = now.links.values().flat_map(|faults| &faults.broken).collect();
    fault::report(&archive, &broken, &mut found);
    // A text may lose a heading that others lead to.
    let leading: Vec<Ix> = archive.all().filter(|ix| archive.entry(*ix).leads_to_parts).collect();
    found.par_extend(leading.par_iter().flat_map_iter(|ix| anchor::broken(&archive, *ix)));
    embed::cycles(&archive, &leading, &mut found);
    found.extend(now.files.iter().cloned());
    kept.keep(now);
    (archive, found)
}

/// Makes the archive of records as far as their fronts say: where their pages lie, and what they belong to.
fn fronts(records: Vec<Arc<Record>>, config: &Config, found: &mut Vec<Diagnostic>) -> Archive {
    duplicates(&records, found);
    let mut archive = Archive::default();
    let mut list_texts = BTreeMap::new();
    for record in records {
        let entry = entry(record, config, style(config), found);
        let ix = Ix(u32::try_from(archive.entries.len()).unwrap_or(u32::MAX));
        if entry.record.path.as_str() == "content/index.md" || entry.record.path.as_str() == "content/_index.md" {
            archive.home = Some(ix);
        }
        if entry.is_list_text {
            list_texts.insert(list_of(&entry.record, config).unwrap_or_default(), ix);
        }
        archive.entries.push(Arc::new(entry));
    }
    archive.list_texts = Arc::new(list_texts);
    archive
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
        leads_to_parts: false,
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

//! What every page has, and what every record's page has.

use serde::Serialize;
use serde_json::Map;

use super::fact::{Fact, facts};
use super::host::Page;
use super::mention::{Mention, mentions};
use super::uses::SourceUse;
use super::{Edition, card, date, fact, jsonld, place};
use crate::html::{Value, html, value, view};
use crate::markdown::Body;
use crate::model::{Ix, Links};

view! {
    /// What every page has.
    #[derive(Clone)]
    pub(crate) struct Common {
        /// The page's kind: a record's type, or `home`, `list`, `timeline` …
        pub kind: String,
        /// The way to the output's root.
        pub root: String,
        /// The page's own link from the root.
        pub path: String,
        /// The entry of the navigation that it belongs to.
        pub section: String,
        /// Its title.
        pub title: String,
        /// What it is about, for search engines.
        pub description: Value,
        /// Its absolute URL.
        pub canonical: Option<String>,
        /// JSON-LD in its script element.
        pub jsonld: Value,
        /// The header, rendered.
        pub header: Value,
        /// The footer, rendered.
        pub footer: Value,
    }
}

impl Common {
    /// Makes what every page has for the page at `route`.
    pub(super) fn new(edition: &Edition, route: &str, kind: &str, section: &str, title: String) -> Common {
        let root = edition.root(route);
        let path =
            if route == "404.html" { String::new() } else { crate::resolve::route::link(route, edition.style()) };
        let frame = edition.frames.get(&(root.clone(), section.to_owned())).cloned();
        let (header, footer) = frame.unwrap_or_else(|| (html(""), html("")));
        let canonical = if route == "404.html" { None } else { edition.canonical(&path) };
        Common {
            kind: kind.to_owned(),
            root,
            path,
            section: section.to_owned(),
            title,
            description: Value::from(""),
            canonical,
            jsonld: html(""),
            header,
            footer,
        }
    }
}

/// A link with words.
#[derive(Serialize, Clone)]
pub(super) struct Crumb {
    pub(super) label: String,
    pub(super) path: String,
}

#[derive(Serialize)]
struct Image {
    src: String,
    srcset: String,
    width: u32,
    height: u32,
    alt: String,
    caption: Value,
    credit: String,
}

#[derive(Serialize)]
struct TocItem {
    level: u8,
    id: String,
    label: String,
}

#[derive(Serialize)]
struct EventRow {
    card: Value,
    role: String,
}

/// Words of a day.
#[derive(Serialize)]
pub(super) struct Dated {
    on: Value,
    text: Value,
}

#[derive(Serialize)]
struct Link {
    href: String,
    label: String,
    archive: Option<String>,
}

view! {
    /// What every record's page has.
    pub(super) struct Record<'e> {
        ..pub(super) common: Common,
        pub(super) id: String,
        pub(super) kind_label: Value,
        pub(super) list_label: Option<Value>,
        pub(super) list_path: Option<Value>,
        pub(super) dossiers: Vec<Crumb>,
        pub(super) standfirst: Value,
        pub(super) aliases: String,
        image: Option<Image>,
        pub(super) facts: Vec<Fact>,
        toc: Vec<TocItem>,
        pub(super) body: Value,
        pub(super) claims: Vec<Value>,
        events: Vec<EventRow>,
        relations: Vec<fact::Relation>,
        pub(super) sources: Vec<SourceUse<'e>>,
        mentions: Vec<Mention>,
        corrections: Vec<Dated>,
        tags: Vec<Value>,
        links: Vec<Link>,
        updated: Value,
        extra: Map<String, serde_json::Value>,
    }
}

/// Makes the view of a record that has no page of its own kind.
pub(super) fn view(edition: &Edition, route: &str, ix: Ix) -> Value {
    let root = edition.root(route);
    Page::make(edition, ix, route, &root, |page| {
        let mut view = record(edition, route, ix, page);
        view.sources = page.sources();
        value(&view)
    })
}

/// Makes what every record's page has. `page` gathers notes and sources; texts woven before come first in its numbers.
/// What it rests on is left to be filled in, once all that the page says is known.
pub(super) fn record<'e>(edition: &'e Edition, route: &str, ix: Ix, page: &mut Page<'e>) -> Record<'e> {
    let entry = edition.archive.entry(ix);
    let record = &entry.record;
    let root = page.root.to_owned();
    let kind = &record.kind;
    let mut common = Common::new(edition, route, &kind.name, kind.folder(), record.title.clone());
    common.description = edition.summary(ix).clone();
    common.jsonld = html(&jsonld::record(edition, ix));
    let lead = record.fields.markdown("standfirst").or_else(|| record.fields.markdown("summary"));
    let standfirst = lead.map(|note| page.inline(&record.notes[note], &entry.notes[note])).unwrap_or_default();
    let facts = facts(edition, ix, page);
    let body = page.whole(&record.body, &entry.body);
    let relations = fact::relations(edition, ix, page);
    let corrections = corrections(edition, ix, page);
    let of_type = edition.type_of(ix);
    let (list_label, list_path) = of_type.list.clone().unzip();
    Record {
        id: record.id.clone(),
        kind_label: of_type.label.clone(),
        list_label,
        list_path,
        dossiers: entry.dossiers.iter().map(|dossier| crumb(edition, *dossier)).collect(),
        standfirst: html(&standfirst),
        aliases: record.aliases.iter().map(|alias| alias.text.as_str()).collect::<Vec<_>>().join(", "),
        image: image(edition, ix, route),
        facts,
        toc: toc(edition, ix),
        body: html(&body),
        claims: claims_about(edition, ix, &root),
        events: events(edition, ix, &root),
        relations,
        sources: Vec::new(),
        mentions: mentions(edition, ix, &root),
        corrections,
        tags: tags(edition, ix),
        links: links(edition, ix),
        updated: record.fields.date("updated").map_or_else(|| html(""), |on| date::value(edition, on)),
        extra: record.extra.clone(),
        common,
    }
}

/// Returns the claims about a record, each with the answer of whom the record is of.
fn claims_about(edition: &Edition, ix: Ix, root: &str) -> Vec<Value> {
    let claims = edition.archive.claims_about.get(&ix).map(Vec::as_slice).unwrap_or_default();
    claims.iter().map(|claim| card::card_about(edition, *claim, ix, root)).collect()
}

fn crumb(edition: &Edition, ix: Ix) -> Crumb {
    let entry = edition.archive.entry(ix);
    Crumb { label: entry.record.title.clone(), path: entry.link.clone() }
}

fn events(edition: &Edition, ix: Ix, root: &str) -> Vec<EventRow> {
    let events = edition.archive.events_of.get(&ix).map(Vec::as_slice).unwrap_or_default();
    events
        .iter()
        .map(|(event, role)| EventRow { card: edition.card(*event, root), role: role.clone().unwrap_or_default() })
        .collect()
}

/// Returns the headings of a body, from three on.
fn toc(edition: &Edition, ix: Ix) -> Vec<TocItem> {
    let entry = edition.archive.entry(ix);
    let body = &entry.record.body;
    let shown: Vec<_> = body.headings.iter().filter(|heading| heading.shown && heading.level <= 3).collect();
    if body.headings.iter().filter(|heading| heading.shown).count() < 3 {
        return Vec::new();
    }
    let label = |body: &Body, links: &Links, heading: &crate::markdown::Heading| {
        let words = body.plain(heading.text, &mut |index, label, out| {
            place::called_plainly(edition, ix, body, (index, label), &links.mentions[index], out);
        });
        words.text
    };
    shown
        .into_iter()
        .map(|heading| TocItem {
            level: heading.level,
            id: heading.id.clone(),
            label: label(body, &entry.body, heading),
        })
        .collect()
}

/// Returns what was corrected in a record, newest first.
pub(super) fn corrections<'e>(edition: &'e Edition, ix: Ix, page: &mut Page<'e>) -> Vec<Dated> {
    let entry = edition.archive.entry(ix);
    let mut dated: Vec<_> = super::fact::corrections(edition, ix);
    dated.reverse();
    dated
        .into_iter()
        .map(|(on, note)| {
            let text = page.inline(&entry.record.notes[note], &entry.notes[note]);
            Dated { on: date::value(edition, on), text: html(&text) }
        })
        .collect()
}

fn tags(edition: &Edition, ix: Ix) -> Vec<Value> {
    let all = edition.lists.tags.get_or_init(|| {
        let tags = edition.archive.tags.iter();
        let linked = tags.filter_map(|(part, (tag, _))| Some((part, tag, edition.path_to(&["tags", part])?)));
        linked.map(|(part, tag, path)| (part.clone(), value(&Crumb { label: tag.clone(), path }))).collect()
    });
    let tags = edition.archive.tags_of.get(&ix).into_iter().flatten();
    tags.filter_map(|part| all.get(part).cloned()).collect()
}

fn links(edition: &Edition, ix: Ix) -> Vec<Link> {
    let record = edition.archive.record(ix);
    let links = record.fields.tables("links").filter_map(|link| {
        let href = link.text("url")?.to_owned();
        let shown = href.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/').to_owned();
        let label = link.text("title").map_or(shown, str::to_owned);
        Some(Link { archive: edition.archive.archived(&href).map(str::to_owned), href, label })
    });
    links.collect()
}

fn image(edition: &Edition, ix: Ix, route: &str) -> Option<Image> {
    let table = edition.archive.record(ix).fields.table("image")?;
    let (path, _) = edition.archive.entry(ix).files.first()?;
    let shown = edition.image(path, route)?;
    Some(Image {
        src: shown.src.into_owned(),
        srcset: shown.srcset.into_owned(),
        width: shown.width,
        height: shown.height,
        alt: table.text("alt").unwrap_or_default().to_owned(),
        caption: html(""),
        credit: table.text("credit").unwrap_or_default().to_owned(),
    })
}

//! A source's page: the bibliographic card, then its text as far as it is published, with the passages that are cited.

use std::collections::BTreeMap;

use serde::Serialize;

use super::aside::{self, Aside, annotation, asides};
use super::evidence::Evidence;
use super::host::Page;
use super::{Edition, card, date, fact, record};
use crate::capture::{Excerpt, Extent, Format, Kind, Passage, excerpts};
use crate::hold::{Fate, Marked};
use crate::html::{Value, escape, html, value, view};
use crate::model::{Ix, Need, Via};

view! {
    struct SourcePage<'e> {
        ..record: record::Record<'e>,
        citation: Value,
        url: Option<String>,
        archive: Option<String>,
        anonymous: Vec<String>,
        rests_on: Vec<Value>,
        rested_on_by: Vec<Value>,
        quotes: usize,
        verified: usize,
        extent: &'static str,
    /// How the text was kept; empty where there is none.
    kept: String,
        text: Vec<Para>,
    /// The annotations of passages that the text above does not show.
        notes: Vec<Aside>,
        cited_by: Vec<CitedBy<'e>>,
    }
}

/// One block of a source's text.
#[derive(Serialize)]
pub(super) struct Para {
    n: u32,
    id: String,
    gap: bool,
    /// The page of a PDF that begins with this block; 0: none.
    page: u32,
    /// Whether the rest of the text is left out behind it.
    rest: bool,
    tag: &'static str,
    html: Value,
    asides: Vec<Aside>,
}

#[derive(Serialize)]
struct CitedBy<'e> {
    kind: &'e str,
    kind_label: Value,
    link: Value,
    locators: Value,
    quotes: usize,
    verified: usize,
}

/// Makes the view of a source.
pub(super) fn view(edition: &Edition, route: &str, ix: Ix) -> Value {
    let root = edition.root(route);
    Page::make(edition, ix, route, &root, |page| made(edition, route, ix, page))
}

fn made<'e>(edition: &'e Edition, route: &str, ix: Ix, page: &mut Page<'e>) -> Value {
    let root = page.root.clone();
    let mut base = record::record(edition, route, ix, page);
    let text = text(edition, ix, page);
    let notes = aside::unshown(edition, ix, page);
    base.sources = page.sources();
    let fields = &edition.archive.record(ix).fields;
    let archive = &edition.archive;
    let rests_on: Vec<Ix> =
        fields.references("rests-on").filter_map(|slot| archive.target(ix, slot).record()).collect();
    let rests = |from: Ix, slot: usize| archive.record(from).references[slot].field == "rests-on";
    let mut rested_on_by: Vec<Ix> = archive.backlinks[ix.at()]
        .iter()
        .filter_map(
            |link| if let Via::Field(slot) = link.via() { rests(link.from, slot).then_some(link.from) } else { None },
        )
        .collect();
    rested_on_by.dedup();
    let tally = tally(edition, ix);
    value(&SourcePage {
        citation: edition.works.entry(ix),
        url: fields.text("url").map(str::to_owned),
        archive: fields.text("archive-url").map(str::to_owned),
        anonymous: fields.texts("anonymous").map(|text| text.value.to_string()).collect(),
        rests_on: edition.cards(&rests_on, &root),
        rested_on_by: edition.cards(&rested_on_by, &root),
        quotes: tally.quotes,
        verified: tally.verified,
        extent: extent(edition, ix),
        kept: kept(edition, ix),
        text,
        notes,
        cited_by: cited_by(edition, ix, &root),
        record: base,
    })
}

/// Returns the text of a source as far as its page shows it.
pub(super) fn text<'e>(edition: &'e Edition, ix: Ix, page: &mut Page<'e>) -> Vec<Para> {
    let shown = match extent(edition, ix) {
        "full" => Extent::Full,
        "excerpts" => Extent::Excerpts,
        _ => return Vec::new(),
    };
    let Some(capture) = edition.evidence.text(ix) else { return Vec::new() };
    let none = Vec::new();
    let marked = edition.evidence.marks.get(&ix).map_or(&none, |marks| &marks.passages);
    let passages: Vec<Passage> = marked.iter().map(|marked| marked.passage.clone()).collect();
    let mut seen = vec![false; passages.len()];
    let (mut paras, mut last) = (Vec::new(), None);
    for excerpt in excerpts(capture, &passages, shown) {
        let mut begun = Vec::new();
        let markup = paragraph(edition, ix, &excerpt, marked, &mut seen, &mut begun, page.prefix());
        let asides = begun.into_iter().flat_map(|at| asides(edition, ix, at, &marked[at], page)).collect();
        let n = excerpt.paragraph.or(excerpt.page).unwrap_or(0);
        // Several excerpts may come from one paragraph; its id stands at the first.
        let prefix = page.prefix();
        let id = if excerpt.paragraph.is_some() { format!("{prefix}para-{n}") } else { format!("{prefix}page-{n}") };
        let repeated = paras.iter().any(|para: &Para| para.id == id);
        paras.push(Para {
            n: if repeated { 0 } else { excerpt.paragraph.unwrap_or(0) },
            id: if repeated || n == 0 { String::new() } else { id },
            gap: excerpt.gap_before,
            page: excerpt.page.filter(|page| last.replace(*page) != Some(*page)).unwrap_or(0),
            rest: excerpt.gap_after,
            tag: tag(excerpt.kind),
            html: html(&markup),
            asides,
        });
    }
    paras
}

fn tag(kind: Kind) -> &'static str {
    match kind {
        Kind::Paragraph => "p",
        Kind::Heading(_) => "h",
        Kind::Item => "li",
        Kind::Quote => "quote",
        Kind::Row => "row",
    }
}

/// Returns the markup of one block, its passages marked; those that begin in it are added to `begun`.
fn paragraph(
    edition: &Edition,
    ix: Ix,
    excerpt: &Excerpt,
    marked: &[Marked],
    seen: &mut [bool],
    begun: &mut Vec<usize>,
    prefix: &str,
) -> String {
    let mut out = String::new();
    for stretch in &excerpt.stretches {
        let text = stretch.text.replace('\t', " · ");
        let Some(first) = stretch.passages.first() else {
            escape(&text, &mut out);
            continue;
        };
        let stance =
            marked[*first].annotations.first().and_then(|number| annotation(edition, ix, *number)?.text("stance"));
        let stance = stance.map(|stance| format!(" data-stance=\"{stance}\"")).unwrap_or_default();
        let fresh: Vec<usize> = stretch.passages.iter().copied().filter(|at| !seen[*at]).collect();
        match fresh.first() {
            Some(at) => {
                let n = at + 1;
                out.push_str(&format!("<mark class=\"passage\" id=\"{prefix}q-{n}\"{stance}>"));
                // A passage that begins at the same place as another one has a place of its own to be linked to.
                for other in fresh.iter().skip(1) {
                    out.push_str(&format!("<span id=\"{prefix}q-{}\"></span>", other + 1));
                }
                // An appendix shows no notes that the numbers could lead to.
                for n in fresh.iter().filter(|_| prefix.is_empty()).map(|at| at + 1) {
                    out.push_str(&format!("<a class=\"passage-n\" href=\"#on-q-{n}\">{n}</a>"));
                }
            }
            None => out.push_str(&format!("<mark class=\"passage\"{stance}>")),
        }
        for at in fresh {
            seen[at] = true;
            begun.push(at);
        }
        escape(&text, &mut out);
        out.push_str("</mark>");
    }
    out
}

/// Returns who cites a source, each with its locators and quotations.
fn cited_by<'e>(edition: &'e Edition, ix: Ix, root: &str) -> Vec<CitedBy<'e>> {
    let archive = &edition.archive;
    let mut citing: BTreeMap<Ix, Vec<String>> = BTreeMap::new();
    // Of one record at a time: its references follow each other.
    let mut fields: Option<(Ix, BTreeMap<usize, &str>)> = None;
    for link in archive.backlinks[ix.at()].iter() {
        let entry = archive.entry(link.from);
        let record = &entry.record;
        let of = |body: &crate::markdown::Body, at: usize, key: usize| {
            body.citations[at].locator(&body.citations[at].cites[key]).to_owned()
        };
        let locator = match link.via() {
            Via::Citation(at, key) => of(&record.body, at, key),
            Via::NoteCitation(note, at, key) => of(&record.notes[note], at, key),
            Via::Field(slot) if record.references[slot].need == Need::Source => {
                let known = fields.take().filter(|(from, _)| *from == link.from);
                let (_, of) = fields.insert(known.unwrap_or_else(|| (link.from, fact::locators(&record.fields))));
                of.get(&slot).copied().unwrap_or_default().to_owned()
            }
            _ => continue,
        };
        let locators = citing.entry(link.from).or_default();
        if !locator.is_empty() && !locators.contains(&locator) {
            locators.push(locator);
        }
    }
    let quotes = |from: Ix| {
        let of = edition.evidence.held_of(from).iter();
        let of = of.filter(|held| held.sources.iter().any(|(source, _)| *source == ix));
        of.fold((0, 0), |(all, verified), held| (all + 1, verified + usize::from(held.fate == Fate::Verified)))
    };
    let mut rows = Vec::new();
    for (from, locators) in citing {
        let mut markup = String::new();
        for locator in &locators {
            if !markup.is_empty() {
                markup.push_str(", ");
            }
            escape(locator, &mut markup);
        }
        let (quotes, verified) = quotes(from);
        rows.push(CitedBy {
            kind: &edition.archive.record(from).kind.name,
            kind_label: edition.type_of(from).label.clone(),
            link: html(&card::link(edition, from, root)),
            locators: html(&markup),
            quotes,
            verified,
        });
    }
    rows
}

/// Tells whether a source's text may be shown, in part at least.
fn is_published(edition: &Edition, ix: Ix) -> bool {
    edition.archive.record(ix).fields.table("capture").and_then(|capture| capture.text("publish")) != Some("none")
}

/// Tells whether there is a text that quotations of a source are held against.
pub(super) fn has_text(edition: &Edition, ix: Ix) -> bool {
    !matches!(extent(edition, ix), "missing" | "unreadable")
}

/// Says how much of a source's text its page shows.
pub(super) fn extent(edition: &Edition, ix: Ix) -> &'static str {
    let Some(capture) = edition.archive.record(ix).fields.table("capture") else { return "missing" };
    let is_read = edition.archive.entry(ix).capture.is_none() || edition.evidence.text(ix).is_some();
    match capture.text("publish") {
        _ if !is_read => "unreadable",
        Some("none") => "none",
        Some("full") => "full",
        _ => "excerpts",
    }
}

/// Returns how the text of a source was kept: as what, when, and whether it is checked. Of its file and its hash nothing is said.
fn kept(edition: &Edition, ix: Ix) -> String {
    let entry = edition.archive.entry(ix);
    let fields = &entry.record.fields;
    let (Some(table), Some(file)) = (fields.table("capture"), &entry.capture) else { return String::new() };
    let Some(format) = Format::of_extension(file.extension()) else { return String::new() };
    let format = match format {
        Format::Txt => "txt",
        Format::Md => "md",
        Format::Html => "html",
        Format::Pdf => "pdf",
    };
    let mut kept = edition.words.named("kept_as_", format);
    if let Some(on) = fields.date("accessed") {
        kept.push_str(", ");
        kept.push_str(&date::words(edition, on));
    }
    kept.push('.');
    if table.text("sha256").is_some() {
        kept.push(' ');
        kept.push_str(edition.words.find("kept_unchanged").unwrap_or_default());
    }
    kept
}

/// How many quotations of a source there are, and how many were found in its text.
#[derive(Clone, Copy, Default)]
pub(super) struct Tally {
    pub(super) quotes: usize,
    pub(super) verified: usize,
}

/// Counts the quotations of a source on the whole site.
pub(super) fn tally(edition: &Edition, ix: Ix) -> Tally {
    let (quotes, verified) = edition.evidence.tally.get(&ix).copied().unwrap_or_default();
    Tally { quotes, verified }
}

/// Returns the annotated passages that bear on a claim: those for it, those against it, and others.
pub(super) fn bearing<'e>(
    edition: &'e Edition,
    claim: Ix,
    page: &mut Page<'e>,
) -> (Vec<Evidence>, Vec<Evidence>, Vec<Evidence>) {
    let (mut supports, mut against, mut context) = (Vec::new(), Vec::new(), Vec::new());
    let archive = &edition.archive;
    let mut sources: Vec<Ix> = archive.backlinks[claim.at()].iter().map(|link| link.from).collect();
    sources.dedup();
    sources.retain(|source| archive.record(*source).kind.name == "source");
    for source in sources {
        let entry = archive.entry(source);
        let marks = edition.evidence.marks.get(&source);
        for (number, table) in entry.record.fields.tables("annotations").enumerate() {
            let bears = table.references("claims").any(|slot| archive.target(source, slot).record() == Some(claim));
            if !bears {
                continue;
            }
            let at =
                marks.and_then(|marks| marks.passages.iter().position(|marked| marked.annotations.contains(&number)));
            let stance = table.text("stance").unwrap_or("context");
            let note = table.markdown("note").map(|note| page.inline(&entry.record.notes[note], &entry.notes[note]));
            let shown = is_published(edition, source);
            let mut quote = String::new();
            if let Some(text) = table.text("quote").filter(|_| shown) {
                let fate = if at.is_some() { "verified" } else { "unverified" };
                quote.push_str(&format!("<q class=\"quote\" data-quote=\"{fate}\">“"));
                escape(text, &mut quote);
                quote.push_str("”</q>");
            }
            let evidence = Evidence {
                cite: html(&fact::passage_link(edition, source, at.filter(|_| shown), "", &page.root)),
                quote: html(&quote),
                stance: stance.to_owned(),
                stance_label: edition.words.named("stance_", stance),
                note: html(&note.unwrap_or_default()),
            };
            match stance {
                "supports" => supports.push(evidence),
                "denies" => against.push(evidence),
                _ => context.push(evidence),
            }
        }
    }
    (supports, against, context)
}

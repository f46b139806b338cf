//! What a page is about, for machines: schema.org in JSON-LD.
//!
//! A claim is a `Claim` with those who make it and where it appeared, never a statement of fact: its standing and the answer
//! to it are in its description, and a `ClaimReview` stands beside it only where its standing is the site's own finding. An
//! event that is alleged or disputed says so. Without a base URL there are no URLs of the site's own.

use super::record::Common;
use super::{Edition, card, place};
use crate::html::{Value, html, text};
use crate::model::date::{Edtf, End};
use crate::model::name::fold;
use crate::model::{Assessment, Claim, FieldCitation, Independence, Ix, Voice};
use crate::resolve::route;

mod thing;

use thing::{Json, Thing};

/// Returns the JSON-LD of a record as a whole script element.
pub(super) fn record(edition: &Edition, ix: Ix) -> String {
    let record = edition.archive.record(ix);
    let mut thing = match record.kind.name.as_ref() {
        "person" => person(edition, ix),
        "organisation" => organisation(edition, ix),
        "place" => place_of(edition, ix),
        "event" => event(edition, ix),
        "source" => source(edition, ix),
        "claim" => return claims(edition, ix),
        "dossier" => dossier(edition, ix),
        _ => named(edition, ix, record.kind.schema),
    };
    thing.put("@context", "https://schema.org");
    thing.script()
}

/// Returns the JSON-LD of a page that is no record's: its name, and the site that it is part of.
pub(super) fn page(edition: &Edition, common: &Common, schema: &str) -> Value {
    let mut thing = Thing::default();
    thing.put("@context", "https://schema.org");
    thing.put("@type", schema);
    thing.put("name", common.title.as_str());
    thing.put("description", text(&common.description));
    thing.put("url", common.canonical.as_deref().unwrap_or_default());
    thing.put("inLanguage", edition.config.lang.as_str());
    if schema != "WebSite" {
        let mut site = Thing::default();
        site.put("@type", "WebSite");
        site.put("name", edition.config.title.as_str());
        site.put("url", edition.config.base_url.as_deref().unwrap_or_default());
        thing.add("isPartOf", Json::Thing(site));
    }
    html(&thing.script())
}

/// Adds an exact date.
fn put_date(thing: &mut Thing<'_>, name: &'static str, date: Option<&Edtf>) {
    thing.put(name, date.and_then(Edtf::machine).unwrap_or_default());
}

/// Returns a thing with the name, the other names, the summary, the picture and the page of a record.
fn named<'e>(edition: &'e Edition, ix: Ix, schema: &'static str) -> Thing<'e> {
    let entry = edition.archive.entry(ix);
    let record = &entry.record;
    let mut thing = Thing::default();
    thing.put("@type", schema);
    thing.put("name", &record.title);
    thing.put("description", text(edition.summary(ix)));
    thing.put("url", edition.canonical(&entry.link).unwrap_or_default());
    thing.put_all("alternateName", record.aliases.iter().map(|alias| Json::from(alias.text.as_str())).collect());
    if record.fields.table("image").is_some() {
        let image = entry.files.first().and_then(|(path, _)| edition.archive.files.get(path));
        let url = image.and_then(|route| edition.canonical(&route::encode(route)));
        thing.put("image", url.unwrap_or_default());
    }
    thing
}

fn person(edition: &Edition, ix: Ix) -> Thing<'_> {
    let fields = &edition.archive.record(ix).fields;
    let mut thing = named(edition, ix, "Person");
    put_date(&mut thing, "birthDate", fields.date("born"));
    put_date(&mut thing, "deathDate", fields.date("died"));
    thing
}

fn organisation(edition: &Edition, ix: Ix) -> Thing<'_> {
    let fields = &edition.archive.record(ix).fields;
    let mut thing = named(edition, ix, "Organization");
    put_date(&mut thing, "foundingDate", fields.date("founded"));
    put_date(&mut thing, "dissolutionDate", fields.date("dissolved"));
    thing.put_all("parentOrganization", targets(edition, ix, fields.reference("parent"), "Organization"));
    thing
}

fn place_of(edition: &Edition, ix: Ix) -> Thing<'_> {
    let fields = &edition.archive.record(ix).fields;
    let mut thing = named(edition, ix, "Place");
    thing.put("address", fields.text("address").unwrap_or_default());
    thing.put_all("containedInPlace", targets(edition, ix, fields.reference("within"), "Place"));
    let at = fields.table("location").and_then(|location| Some((location.number("lat")?, location.number("lon")?)));
    if let Some((lat, lon)) = at {
        let mut geo = Thing::default();
        geo.put("@type", "GeoCoordinates");
        geo.add("latitude", Json::Number(lat));
        geo.add("longitude", Json::Number(lon));
        thing.add("geo", Json::Thing(geo));
    }
    thing
}

fn event(edition: &Edition, ix: Ix) -> Thing<'_> {
    let fields = &edition.archive.record(ix).fields;
    let mut thing = named(edition, ix, "Event");
    let (from, to) = match fields.date("when") {
        Some(Edtf::Interval(from, to)) => (end(*from), end(*to)),
        Some(date) => (date.machine(), None),
        None => (None, None),
    };
    thing.put("startDate", from.unwrap_or_default());
    thing.put("endDate", to.unwrap_or_default());
    thing.put_all("location", targets(edition, ix, fields.reference("place"), "Place"));
    match fields.text("status").unwrap_or("occurred") {
        "cancelled" => thing.put("eventStatus", "https://schema.org/EventCancelled"),
        "planned" => thing.put("eventStatus", "https://schema.org/EventScheduled"),
        "occurred" => {}
        doubted => thing.put("disambiguatingDescription", edition.words.named("status_", doubted)),
    }
    thing
}

fn end(end: End) -> Option<String> {
    match end {
        End::Date(date) => Edtf::Date(date).machine(),
        End::Open | End::Unknown => None,
    }
}

fn source(edition: &Edition, ix: Ix) -> Thing<'_> {
    let fields = &edition.archive.record(ix).fields;
    let schema = match fields.text("kind") {
        Some("article-newspaper" | "article-magazine") => "NewsArticle",
        _ => "CreativeWork",
    };
    let mut thing = named(edition, ix, schema);
    // The page is about the work; the work itself stands elsewhere.
    thing.rename("url", "mainEntityOfPage");
    if schema == "NewsArticle" {
        thing.put("headline", &edition.archive.record(ix).title);
    }
    thing.put("url", fields.text("url").unwrap_or_default());
    thing.put("archivedAt", fields.text("archive-url").unwrap_or_default());
    thing.put("inLanguage", fields.text("language").unwrap_or_default());
    put_date(&mut thing, "datePublished", fields.date("issued"));
    thing.put_all("author", targets(edition, ix, fields.references("author"), "Person"));
    let publisher = fields.reference("publisher").or_else(|| fields.reference("container-title"));
    thing.put_all("publisher", targets(edition, ix, publisher, "Organization"));
    thing
}

fn dossier(edition: &Edition, ix: Ix) -> Thing<'_> {
    let record = edition.archive.record(ix);
    let fields = &record.fields;
    let mut thing = named(edition, ix, "NewsArticle");
    thing.put("headline", &record.title);
    thing.put("inLanguage", fields.text("lang").unwrap_or(&edition.config.lang));
    put_date(&mut thing, "datePublished", fields.date("published"));
    put_date(&mut thing, "dateModified", fields.date("updated"));
    thing.put_all("author", targets(edition, ix, fields.references("authors"), "Person"));
    thing.add("publisher", Json::Thing(publisher(edition)));
    thing
}

/// Returns the site as the one who publishes, and who comes to findings.
fn publisher(edition: &Edition) -> Thing<'_> {
    let mut thing = Thing::default();
    thing.put("@type", "Organization");
    thing.put("name", &edition.config.title);
    thing.put("url", edition.config.base_url.as_deref().unwrap_or_default());
    thing
}

/// Returns what references of a record lead to, each with its name and its page; what is no record has the type `other`.
fn targets<'e>(
    edition: &'e Edition,
    ix: Ix,
    slots: impl IntoIterator<Item = usize>,
    other: &'static str,
) -> Vec<Json<'e>> {
    let shown = slots.into_iter().filter(|slot| place::is_shown(edition, ix, *slot));
    let thing = |slot: usize| {
        let mut thing = Thing::default();
        let to = edition.archive.target(ix, slot).record();
        if to.is_none() && is_site(edition, ix, slot) {
            return Json::Thing(publisher(edition));
        }
        let schema = match to.map(|to| edition.archive.record(to).kind.name.as_ref()) {
            Some("person") => "Person",
            Some("organisation") => "Organization",
            Some("place") => "Place",
            Some("event") => "Event",
            Some("claim") => "Claim",
            Some("source" | "dossier" | "page") => "CreativeWork",
            Some(_) => "Thing",
            None => other,
        };
        thing.put("@type", schema);
        thing.put("name", place::target_text(edition, ix, slot));
        let url = to.and_then(|to| edition.canonical(&edition.archive.entry(to).link));
        thing.put("url", url.unwrap_or_default());
        Json::Thing(thing)
    };
    shown.map(thing).collect()
}

/// Tells whether a reference in `by` is the site itself.
fn is_site(edition: &Edition, ix: Ix, slot: usize) -> bool {
    edition.archive.record(ix).references[slot].is_site()
}

/// Returns a claim, and beside it the site's own finding, where that gives the claim its standing: who reads the review
/// alone must not take a finding that was overtaken for the last word.
fn claims(edition: &Edition, ix: Ix) -> String {
    let claim = &edition.archive.claims[&ix];
    let own = claim.newest().into_iter().filter(|entry| entry.by.iter().any(|slot| is_site(edition, ix, *slot)));
    let mut only = claim_of(edition, ix, claim);
    let mut reviews = own.map(|entry| Json::Thing(review(edition, ix, entry))).peekable();
    let mut thing = match reviews.peek() {
        None => only,
        Some(_) => {
            let graph = std::iter::once(Json::Thing(std::mem::take(&mut only))).chain(reviews).collect();
            let mut thing = Thing::default();
            thing.add("@graph", Json::All(graph));
            thing
        }
    };
    thing.put("@context", "https://schema.org");
    thing.script()
}

fn claim_of<'e>(edition: &'e Edition, ix: Ix, claim: &Claim) -> Thing<'e> {
    let entry = edition.archive.entry(ix);
    let mut thing = Thing::default();
    thing.put("@type", "Claim");
    thing.put("text", &entry.record.title);
    thing.put("url", edition.canonical(&entry.link).unwrap_or_default());
    let standing = edition.words.named("standing_", claim.standing());
    thing.put("description", format!("{standing}. {}", card::response(edition, ix, claim)));
    thing.put("creativeWorkStatus", standing);
    thing.put_all("about", targets(edition, ix, entry.record.fields.references("about"), "Thing"));
    let mut seen = Vec::new();
    let cited = claim.assessments.iter().flat_map(|assessment| &assessment.evidence);
    for slot in cited.flat_map(FieldCitation::slots) {
        let source = edition.archive.target(ix, slot).record();
        seen.extend(source.filter(|source| !seen.contains(source)));
    }
    // What first made the claim known is what its first assessment cites first, if that one makes the claim.
    let first = claim.assessments.first().filter(|first| ["alleged", "reported"].contains(&first.status.as_str()));
    let cites_first = first.is_some_and(|assessment| !assessment.evidence.is_empty());
    let mut works = seen.iter().map(|source| Json::Thing(work(edition, *source)));
    if cites_first && let Some(first) = works.next() {
        thing.add("firstAppearance", first);
    }
    thing.put_all("appearance", works.collect());
    let outlets = first.map(|first| Independence::of(&edition.archive, ix, first).outlets).unwrap_or_default();
    let author = |slot: &usize| {
        let name = Voice::Text(fold(&place::target_text(edition, ix, *slot)).into_owned());
        targets(edition, ix, [*slot], if outlets.contains(&name) { "Organization" } else { "Person" })
    };
    let makers = first.map(|assessment| assessment.by.as_slice()).unwrap_or_default();
    thing.put_all("author", makers.iter().flat_map(author).collect());
    thing
}

/// Returns a source in short, as where a claim appeared.
fn work(edition: &Edition, ix: Ix) -> Thing<'_> {
    let mut thing = source(edition, ix);
    thing.keep(&["@type", "name", "headline", "url", "datePublished", "author", "publisher"]);
    thing
}

/// Returns a finding of the site's own.
fn review<'e>(edition: &'e Edition, ix: Ix, assessment: &Assessment) -> Thing<'e> {
    let entry = edition.archive.entry(ix);
    let mut thing = Thing::default();
    thing.put("@type", "ClaimReview");
    thing.put("claimReviewed", &entry.record.title);
    thing.put("url", edition.canonical(&entry.link).unwrap_or_default());
    put_date(&mut thing, "datePublished", Some(&assessment.on));
    thing.add("author", Json::Thing(publisher(edition)));
    let word = edition.words.named("standing_", &assessment.status);
    let mut rating = Thing::default();
    rating.put("@type", "Rating");
    rating.put("alternateName", word);
    thing.add("reviewRating", Json::Thing(rating));
    thing
}

#[cfg(test)]
mod tests;

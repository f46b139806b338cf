//! What a page is about, for machines: schema.org in JSON-LD.
//!
//! A claim is a `Claim` with those who make it and where it appeared, never a statement of fact: its standing and the answer
//! to it are in its description, and a `ClaimReview` stands beside it only where the site itself came to a finding. An
//! event that is alleged or disputed says so. Without a base URL there are no URLs of the site's own.

use serde_json::{Map, Value as Json, json};

use super::record::Common;
use super::{Edition, card, place};
use crate::html::{Value, html, text};
use crate::model::date::{Edtf, End};
use crate::model::{Assessment, Claim, Ix};
use crate::resolve::route;

/// One thing of schema.org, while it is made.
type Thing = Map<String, Json>;

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
    thing.insert("@context".to_owned(), json!("https://schema.org"));
    script(&Json::Object(thing))
}

/// Returns the JSON-LD of a page that is no record's: its name, and the site that it is part of.
pub(super) fn page(edition: &Edition, common: &Common, schema: &str) -> Value {
    let mut thing = Thing::new();
    put(&mut thing, "@context", "https://schema.org");
    put(&mut thing, "@type", schema);
    put(&mut thing, "name", common.title.as_str());
    put(&mut thing, "description", text(&common.description));
    put(&mut thing, "url", common.canonical.as_deref().unwrap_or_default());
    put(&mut thing, "inLanguage", edition.config.lang.as_str());
    if schema != "WebSite" {
        let mut site = Thing::new();
        put(&mut site, "@type", "WebSite");
        put(&mut site, "name", edition.config.title.as_str());
        put(&mut site, "url", edition.config.base_url.as_deref().unwrap_or_default());
        thing.insert("isPartOf".to_owned(), Json::Object(site));
    }
    html(&script(&Json::Object(thing)))
}

/// Writes JSON into a script element, in which no `<` may stand: it could end the element or begin a comment.
fn script(json: &Json) -> String {
    let mut json = serde_json::to_string(json).expect("a tree of JSON has keys of text and no infinite number");
    if json.contains('<') {
        json = json.replace('<', "\\u003c");
    }
    ["<script type=\"application/ld+json\">", &json, "</script>"].concat()
}

/// Adds a property; an empty text adds none.
fn put(thing: &mut Thing, name: &str, text: &str) {
    if !text.is_empty() {
        thing.insert(name.to_owned(), Json::String(text.to_owned()));
    }
}

/// Adds an exact date.
fn put_date(thing: &mut Thing, name: &str, date: Option<&Edtf>) {
    put(thing, name, &date.and_then(Edtf::machine).unwrap_or_default());
}

/// Adds several things; one stands for itself.
fn put_all(thing: &mut Thing, name: &str, mut all: Vec<Json>) {
    match all.len() {
        0 => {}
        1 => drop(thing.insert(name.to_owned(), all.remove(0))),
        _ => drop(thing.insert(name.to_owned(), Json::Array(all))),
    }
}

/// Returns a thing with the name, the other names, the summary, the picture and the page of a record.
fn named(edition: &Edition, ix: Ix, schema: &str) -> Thing {
    let entry = edition.archive.entry(ix);
    let record = &entry.record;
    let mut thing = Thing::new();
    put(&mut thing, "@type", schema);
    put(&mut thing, "name", &record.title);
    put(&mut thing, "description", text(&edition.summary(ix)));
    put(&mut thing, "url", &edition.canonical(&entry.link).unwrap_or_default());
    put_all(&mut thing, "alternateName", record.aliases.iter().map(|alias| json!(alias.text)).collect());
    if record.fields.table("image").is_some() {
        let image = entry.files.first().and_then(|(path, _)| edition.archive.files.get(path));
        let url = image.and_then(|route| edition.canonical(&route::encode(route)));
        put(&mut thing, "image", &url.unwrap_or_default());
    }
    thing
}

fn person(edition: &Edition, ix: Ix) -> Thing {
    let fields = &edition.archive.record(ix).fields;
    let mut thing = named(edition, ix, "Person");
    put_date(&mut thing, "birthDate", fields.date("born"));
    put_date(&mut thing, "deathDate", fields.date("died"));
    thing
}

fn organisation(edition: &Edition, ix: Ix) -> Thing {
    let fields = &edition.archive.record(ix).fields;
    let mut thing = named(edition, ix, "Organization");
    put_date(&mut thing, "foundingDate", fields.date("founded"));
    put_date(&mut thing, "dissolutionDate", fields.date("dissolved"));
    put_all(&mut thing, "parentOrganization", targets(edition, ix, fields.reference("parent"), "Organization"));
    thing
}

fn place_of(edition: &Edition, ix: Ix) -> Thing {
    let fields = &edition.archive.record(ix).fields;
    let mut thing = named(edition, ix, "Place");
    put(&mut thing, "address", fields.text("address").unwrap_or_default());
    put_all(&mut thing, "containedInPlace", targets(edition, ix, fields.reference("within"), "Place"));
    let at = fields.table("location").and_then(|location| Some((location.number("lat")?, location.number("lon")?)));
    if let Some((lat, lon)) = at {
        let geo = json!({ "@type": "GeoCoordinates", "latitude": lat, "longitude": lon });
        thing.insert("geo".to_owned(), geo);
    }
    thing
}

fn event(edition: &Edition, ix: Ix) -> Thing {
    let fields = &edition.archive.record(ix).fields;
    let mut thing = named(edition, ix, "Event");
    let (from, to) = match fields.date("when") {
        Some(Edtf::Interval(from, to)) => (end(*from), end(*to)),
        Some(date) => (date.machine(), None),
        None => (None, None),
    };
    put(&mut thing, "startDate", &from.unwrap_or_default());
    put(&mut thing, "endDate", &to.unwrap_or_default());
    put_all(&mut thing, "location", targets(edition, ix, fields.reference("place"), "Place"));
    match fields.text("status").unwrap_or("occurred") {
        "cancelled" => put(&mut thing, "eventStatus", "https://schema.org/EventCancelled"),
        "planned" => put(&mut thing, "eventStatus", "https://schema.org/EventScheduled"),
        "occurred" => {}
        doubted => put(&mut thing, "disambiguatingDescription", &edition.words.named("status_", doubted)),
    }
    thing
}

fn end(end: End) -> Option<String> {
    match end {
        End::Date(date) => Edtf::Date(date).machine(),
        End::Open | End::Unknown => None,
    }
}

fn source(edition: &Edition, ix: Ix) -> Thing {
    let fields = &edition.archive.record(ix).fields;
    let schema = match fields.text("kind") {
        Some("article-newspaper" | "article-magazine") => "NewsArticle",
        _ => "CreativeWork",
    };
    let mut thing = named(edition, ix, schema);
    // The page is about the work; the work itself stands elsewhere.
    let own = thing.remove("url");
    if let Some(own) = own {
        thing.insert("mainEntityOfPage".to_owned(), own);
    }
    if schema == "NewsArticle" {
        put(&mut thing, "headline", &edition.archive.record(ix).title);
    }
    put(&mut thing, "url", fields.text("url").unwrap_or_default());
    put(&mut thing, "archivedAt", fields.text("archive-url").unwrap_or_default());
    put(&mut thing, "inLanguage", fields.text("language").unwrap_or_default());
    put_date(&mut thing, "datePublished", fields.date("issued"));
    put_all(&mut thing, "author", targets(edition, ix, fields.references("author"), "Person"));
    let publisher = fields.reference("publisher").or_else(|| fields.reference("container-title"));
    put_all(&mut thing, "publisher", targets(edition, ix, publisher, "Organization"));
    thing
}

fn dossier(edition: &Edition, ix: Ix) -> Thing {
    let record = edition.archive.record(ix);
    let fields = &record.fields;
    let mut thing = named(edition, ix, "NewsArticle");
    put(&mut thing, "headline", &record.title);
    put(&mut thing, "inLanguage", fields.text("lang").unwrap_or(&edition.config.lang));
    put_date(&mut thing, "datePublished", fields.date("published"));
    put_date(&mut thing, "dateModified", fields.date("updated"));
    put_all(&mut thing, "author", targets(edition, ix, fields.references("authors"), "Person"));
    thing.insert("publisher".to_owned(), Json::Object(publisher(edition)));
    thing
}

/// Returns the site as the one who publishes, and who comes to findings.
fn publisher(edition: &Edition) -> Thing {
    let mut thing = Thing::new();
    put(&mut thing, "@type", "Organization");
    put(&mut thing, "name", &edition.config.title);
    put(&mut thing, "url", edition.config.base_url.as_deref().unwrap_or_default());
    thing
}

/// Returns what references of a record lead to, each with its name and its page; what is no record has the type `other`.
fn targets(edition: &Edition, ix: Ix, slots: impl IntoIterator<Item = usize>, other: &str) -> Vec<Json> {
    let shown = slots.into_iter().filter(|slot| place::is_shown(edition, ix, *slot));
    let thing = |slot: usize| {
        let mut thing = Thing::new();
        let to = edition.archive.target(ix, slot).record();
        if to.is_none() && is_site(edition, ix, slot) {
            return Json::Object(publisher(edition));
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
        put(&mut thing, "@type", schema);
        put(&mut thing, "name", &place::target_text(edition, ix, slot));
        let url = to.and_then(|to| edition.canonical(&edition.archive.entry(to).link));
        put(&mut thing, "url", &url.unwrap_or_default());
        Json::Object(thing)
    };
    shown.map(thing).collect()
}

/// Tells whether a reference in `by` is the site itself.
fn is_site(edition: &Edition, ix: Ix, slot: usize) -> bool {
    let reference = &edition.archive.record(ix).references[slot];
    reference.field == "by" && reference.target == "site"
}

/// Returns a claim, and beside it the site's own findings, if there are any.
fn claims(edition: &Edition, ix: Ix) -> String {
    let claim = &edition.archive.claims[&ix];
    let own = claim.assessments.iter().filter(|entry| entry.by.iter().any(|slot| is_site(edition, ix, *slot)));
    let mut graph = vec![Json::Object(claim_of(edition, ix, claim))];
    graph.extend(own.map(|entry| Json::Object(review(edition, ix, entry))));
    let thing = match graph.as_mut_slice() {
        [Json::Object(only)] => {
            put(only, "@context", "https://schema.org");
            graph.remove(0)
        }
        _ => json!({ "@context": "https://schema.org", "@graph": graph }),
    };
    script(&thing)
}

fn claim_of(edition: &Edition, ix: Ix, claim: &Claim) -> Thing {
    let entry = edition.archive.entry(ix);
    let mut thing = Thing::new();
    put(&mut thing, "@type", "Claim");
    put(&mut thing, "text", &entry.record.title);
    put(&mut thing, "url", &edition.canonical(&entry.link).unwrap_or_default());
    let standing = edition.words.named("standing_", claim.standing());
    put(&mut thing, "creativeWorkStatus", &standing);
    put(&mut thing, "description", &format!("{standing}. {}", card::response(edition, ix, claim)));
    put_all(&mut thing, "about", targets(edition, ix, entry.record.fields.references("about"), "Thing"));
    let mut seen = Vec::new();
    for citation in claim.assessments.iter().flat_map(|assessment| &assessment.evidence) {
        let source = edition.archive.target(ix, citation.slot).record();
        seen.extend(source.filter(|source| !seen.contains(source)));
    }
    // What first made the claim known is what its first assessment cites first.
    let first = claim.assessments.first();
    let cites_first = first.is_some_and(|assessment| !assessment.evidence.is_empty());
    let mut works: Vec<Json> = seen.iter().map(|source| work(edition, *source)).collect();
    if cites_first && let Some(first) = works.first().cloned() {
        thing.insert("firstAppearance".to_owned(), first);
        works.remove(0);
    }
    put_all(&mut thing, "appearance", works);
    let makers = first.map(|assessment| assessment.by.clone()).unwrap_or_default();
    put_all(&mut thing, "author", targets(edition, ix, makers, "Person"));
    thing
}

/// Returns a source in short, as where a claim appeared.
fn work(edition: &Edition, ix: Ix) -> Json {
    let full = source(edition, ix);
    let kept = ["@type", "name", "headline", "url", "datePublished", "author", "publisher"];
    Json::Object(full.into_iter().filter(|(name, _)| kept.contains(&name.as_str())).collect())
}

/// Returns a finding of the site's own.
fn review(edition: &Edition, ix: Ix, assessment: &Assessment) -> Thing {
    let entry = edition.archive.entry(ix);
    let mut thing = Thing::new();
    put(&mut thing, "@type", "ClaimReview");
    put(&mut thing, "claimReviewed", &entry.record.title);
    put(&mut thing, "url", &edition.canonical(&entry.link).unwrap_or_default());
    put_date(&mut thing, "datePublished", Some(&assessment.on));
    thing.insert("author".to_owned(), Json::Object(publisher(edition)));
    let word = edition.words.named("standing_", &assessment.status);
    thing.insert("reviewRating".to_owned(), json!({ "@type": "Rating", "alternateName": word }));
    thing
}

#[cfg(test)]
mod tests;

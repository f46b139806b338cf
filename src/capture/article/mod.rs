//! What a page, a text or a document says of itself, for the source record that `casebook capture` writes.
//!
//! 1. A page's metadata is gathered (`said`: OpenGraph, `meta`, `time`, `title`, bylines that are marked; `linked`: JSON-LD)
//!    and weighed (`page`), a PDF's, or those of a clipping (`clipping`: the front matter of Markdown).
//! 2. What it does not say is looked for in the text (`scrape`): where the article stands among its lines (`layout`), its
//!    `headline`, its `byline` (`person`: what a name is), its date and who published it (`imprint`).
//! 3. The article is found in the page (`readable`), and lines that look like clutter are listed as noise (`clutter`; what
//!    such lines say: `phrases`, and in which words: `wording`; at the edges of a document's pages: `running`).
//! 4. [`record`](record()) writes it down as the Markdown of a source record.
//!
//! All of it is a proposal for an author to check, never a fact; where sources disagree, the page's structured data
//! come before its markup, and its markup before its text. Everything is pure: no file, network or clock.

mod byline;
mod clipping;
mod clutter;
#[cfg(test)]
mod clutter_tests;
mod date;
mod headline;
mod imprint;
mod layout;
mod linked;
mod page;
#[cfg(test)]
mod page_tests;
mod person;
mod phrases;
mod readable;
mod record;
mod running;
mod said;
mod scrape;
#[cfg(test)]
mod scrape_tests;
#[cfg(test)]
mod tests;
mod wording;

pub use record::{Facts, record, sha256};

use clutter::Body;

use super::extract::{Format, extract};
use super::text::CaptureText;
use super::{charset, pdf};

/// What is known of a captured text. Everything may be missing.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Article {
    /// Its title, without the name of the site.
    pub title: Option<String>,
    /// Its authors, in order.
    pub authors: Vec<String>,
    /// When it was published, in EDTF; never more exact than what was found.
    pub issued: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// What it is part of: the newspaper, the site.
    pub container_title: Option<String>,
    /// Its language, in BCP 47.
    pub language: Option<String>,
    /// Its address, as the page gives it.
    pub url: Option<String>,
    /// A guess at its CSL type; empty where there is none.
    pub kind: String,
    /// Lines that look like no part of the text.
    pub noise: Vec<String>,
}

/// Finds out about a captured text. `url` is where it was taken from.
pub fn article(bytes: &[u8], format: Format, url: Option<&str>) -> Article {
    // A text that cannot be read is empty: what the file says of itself is still told.
    let text = extract(format, bytes, &[]).unwrap_or_default();
    let (mut found, body) = match format {
        Format::Html => {
            let html = charset::decode_html(bytes);
            (page::article(&html, url), readable::body(&html).map_or(Body::Unknown, Body::Lines))
        }
        Format::Pdf => (of_document(bytes), Body::Unknown),
        Format::Md => (clipping::article(&String::from_utf8_lossy(bytes)), Body::Unknown),
        Format::Txt => (Article::default(), Body::Unknown),
    };
    let layout = layout::Layout::of(&text);
    let scraped = scrape::article(&layout, format);
    let body = match (&scraped.title, format) {
        (Some(title), Format::Txt) => layout.from(title).map_or(Body::Unknown, Body::Span),
        _ => body,
    };
    let kind = guess_kind(&found, &scraped, format);
    found.title = found.title.or(scraped.title);
    if found.authors.is_empty() {
        found.authors = scraped.authors;
    }
    found.issued = found.issued.or(scraped.issued);
    found.publisher = found.publisher.or_else(|| found.container_title.clone()).or(scraped.publisher);
    if format != Format::Html {
        found.container_title = scraped.container_title;
    }
    if found.container_title.is_none() && kind == "article-newspaper" {
        found.container_title.clone_from(&found.publisher);
    }
    found.url = found.url.or_else(|| url.map(str::to_owned));
    found.kind = kind;
    let mut noise = running::running(&text);
    noise.extend(clutter::noise(&layout, body, &found));
    let mut seen = std::collections::BTreeSet::new();
    noise.retain(|line| seen.insert(line.clone()));
    noise.truncate(clutter::MAX_LINES);
    found.noise = noise;
    found
}

fn of_document(bytes: &[u8]) -> Article {
    let said = pdf::information(bytes);
    // Programs put their own names and those of files where titles belong.
    let is_title = |title: &String| title.contains(' ') && !title.starts_with("Microsoft ") && title != "(anonymous)";
    let authors = said.author.filter(|author| author != "(anonymous)").map(|author| person::names(&author));
    let issued = said.created.filter(|(year, ..)| *year > 1900);
    Article {
        title: said.title.filter(is_title),
        authors: authors.unwrap_or_default(),
        issued: issued.map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}")),
        ..Article::default()
    }
}

fn guess_kind(found: &Article, scraped: &Article, format: Format) -> String {
    let is_news = !scraped.authors.is_empty() || (scraped.publisher.is_some() && scraped.issued.is_some());
    match format {
        _ if !found.kind.is_empty() => found.kind.clone(),
        Format::Html if !found.authors.is_empty() && found.issued.is_some() => "article-newspaper".to_owned(),
        Format::Html => "webpage".to_owned(),
        Format::Pdf => "report".to_owned(),
        Format::Md if !found.authors.is_empty() && found.issued.is_some() => "article-newspaper".to_owned(),
        Format::Txt | Format::Md if is_news => "article-newspaper".to_owned(),
        Format::Txt | Format::Md => "document".to_owned(),
    }
}

/// Returns the lines of a text with white space collapsed, without empty ones.
fn lines(text: &CaptureText) -> impl Iterator<Item = String> {
    text.text.lines().map(tidy).filter(|line| !line.is_empty())
}

/// Collapses white space and takes out what must not stand in a field.
fn tidy(text: &str) -> String {
    let visible = |c: &char| !super::normal::is_invisible(*c) && (!c.is_control() || c.is_whitespace());
    let text: String = text.chars().filter(visible).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("[[", "[").replace("]]", "]")
}

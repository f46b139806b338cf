//! What an HTML page says of itself: JSON-LD, OpenGraph, `meta`, `time`, `title`.

use serde_json::Value;

use super::super::tokens::{self, Content, Sink, StartTag};
use super::{Article, date, scrape, tidy};

/// The most values of JSON-LD that are looked at.
const MAX_VALUES: usize = 20_000;

/// Returns what a page says of itself.
pub(super) fn article(html: &str, url: Option<&str>) -> Article {
    let mut said = Said::default();
    tokens::read(html, 1, &mut said);
    let linked = said.json.iter().filter_map(|json| serde_json::from_str::<Value>(json).ok());
    let linked = linked.collect::<Vec<_>>();
    let linked = from_json(&linked).unwrap_or_default();
    let site = linked
        .container_title
        .clone()
        .or_else(|| said.meta(&["og:site_name", "application-name", "citation_journal_title"]));
    let publisher =
        linked.publisher.or_else(|| said.meta(&["dc.publisher", "dcterms.publisher", "citation_publisher"]));
    let known = site.as_deref().or(publisher.as_deref());
    let title = linked
        .title
        .or_else(|| said.meta(&["og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title"]));
    let title = title.or_else(|| said.title.clone()).or_else(|| said.heading.clone());
    let (title, tail) = title.map_or((None, None), |title| without_site(&title, known, said.heading.as_deref()));
    let mut authors = linked.authors;
    if authors.is_empty() {
        let names =
            ["citation_author", "author", "article:author", "parsely-author", "dc.creator", "dcterms.creator", "byl"];
        authors = said
            .metas(&names)
            .iter()
            .filter(|name| !name.contains("://"))
            .flat_map(|name| scrape::names(&upright(name)))
            .collect();
    }
    let dates = [
        "article:published_time",
        "citation_publication_date",
        "citation_date",
        "datepublished",
        "pubdate",
        "publish-date",
        "parsely-pub-date",
        "date",
        "dc.date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
    ];
    let issued = linked.issued.or_else(|| said.meta(&dates).and_then(|text| date::find(&text)));
    let language =
        linked.language.or_else(|| said.language.clone()).or_else(|| said.meta(&["og:locale", "content-language"]));
    let is_article = said.meta(&["og:type"]).is_some_and(|kind| kind.eq_ignore_ascii_case("article"));
    let kind = if linked.kind.is_empty() && is_article { "article-newspaper".to_owned() } else { linked.kind };
    Article {
        title,
        authors,
        issued: issued.or_else(|| said.time.as_deref().and_then(date::find)),
        publisher: publisher.or_else(|| site.clone()).or(tail.clone()),
        container_title: site.or(tail),
        language: language.map(|tag| tag.replace('_', "-")).filter(|tag| is_language(tag)),
        url: said.canonical.filter(|it| it.starts_with("http")).or_else(|| url.map(str::to_owned)),
        kind,
        noise: Vec::new(),
    }
}

/// Cuts the name of the site off a title: ` | Site`, ` - Site`. Without a known name only a bar is trusted, or that
/// the rest is the page's heading.
fn without_site(title: &str, site: Option<&str>, heading: Option<&str>) -> (Option<String>, Option<String>) {
    let cut = |mark: &str| title.rsplit_once(mark).map(|(title, tail)| (title.trim(), tail.trim()));
    let marks = [" | ", " – ", " — ", " - ", " :: ", " · "];
    for (nth, (head, tail)) in marks.iter().enumerate().filter_map(|(nth, mark)| Some((nth, cut(mark)?))) {
        let is_site = site.is_some_and(|site| tail.eq_ignore_ascii_case(site));
        let is_rest = heading.is_some_and(|heading| tidy(heading) == tidy(head));
        let may_be = site.is_none() && (nth == 0 || nth == 4 || is_rest) && tail.split(' ').count() <= 5;
        if !head.is_empty() && (is_site || may_be) {
            return (Some(tidy(head)), may_be.then(|| tidy(tail)));
        }
    }
    (Some(tidy(title)).filter(|title| !title.is_empty()), None)
}

/// Turns `Weir, Jonas`, as catalogues have it, into `Jonas Weir`.
fn upright(name: &str) -> String {
    match name.split(',').map(str::trim).collect::<Vec<_>>().as_slice() {
        [last, first] if !last.contains(' ') && !first.is_empty() && first.split(' ').count() <= 2 => {
            format!("{first} {last}")
        }
        _ => name.to_owned(),
    }
}

fn is_language(tag: &str) -> bool {
    (2..=35).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// What the tags of a page say.
#[derive(Default)]
struct Said {
    metas: Vec<(String, String)>,
    json: Vec<String>,
    title: Option<String>,
    heading: Option<String>,
    time: Option<String>,
    language: Option<String>,
    canonical: Option<String>,
    /// What the text is that comes next.
    reading: Option<Reading>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Json,
    Title,
    Heading,
    Time,
}

impl Said {
    /// Returns the first value of the first of these names that has one.
    fn meta(&self, names: &[&str]) -> Option<String> {
        self.metas(names).into_iter().next()
    }

    /// Returns the values of the first of these names that has any.
    fn metas(&self, names: &[&str]) -> Vec<String> {
        let values = |name: &&str| {
            let of_name = self.metas.iter().filter(|meta| meta.0 == *name).map(|meta| tidy(&meta.1));
            of_name.filter(|value| !value.is_empty()).collect::<Vec<_>>()
        };
        names.iter().map(values).find(|values| !values.is_empty()).unwrap_or_default()
    }
}

impl Sink for Said {
    fn wants_attributes(&self, name: &str) -> bool {
        matches!(name, "meta" | "script" | "html" | "link" | "time")
    }

    fn start(&mut self, tag: &StartTag) -> Content {
        let own = |name: &str| tag.attribute(name).map(str::to_owned);
        match tag.name.as_str() {
            "meta" => {
                let name =
                    own("property").or_else(|| own("name")).or_else(|| own("itemprop")).or_else(|| own("http-equiv"));
                if let (Some(name), Some(content)) = (name, own("content")) {
                    self.metas.push((name.to_ascii_lowercase(), content));
                }
            }
            "script"
                if tag
                    .attribute("type")
                    .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) =>
            {
                self.reading = Some(Reading::Json);
                self.json.push(String::new());
            }
            "title" if self.title.is_none() => {
                self.title = Some(String::new());
                self.reading = Some(Reading::Title);
            }
            "h1" if self.heading.is_none() => {
                self.heading = Some(String::new());
                self.reading = Some(Reading::Heading);
            }
            "time" if self.time.is_none() => {
                self.time = own("datetime");
                if self.time.is_none() {
                    self.time = Some(String::new());
                    self.reading = Some(Reading::Time);
                }
            }
            "html" => self.language = self.language.take().or_else(|| own("lang")).or_else(|| own("xml:lang")),
            "link" if own("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.canonical = self.canonical.take().or_else(|| own("href"));
            }
            _ => {}
        }
        Content::Own
    }

    fn end(&mut self, name: &str) {
        if matches!(name, "script" | "title" | "h1" | "time") {
            self.reading = None;
        }
    }

    fn text(&mut self, text: &str, _line: u32) {
        let place = match self.reading {
            Some(Reading::Json) => self.json.last_mut(),
            Some(Reading::Title) => self.title.as_mut(),
            Some(Reading::Heading) => self.heading.as_mut(),
            Some(Reading::Time) => self.time.as_mut(),
            None => None,
        };
        if let Some(place) = place {
            place.push_str(text);
        }
    }
}

/// Reads the article among the things that JSON-LD describes: alone, in a list, in a `@graph`.
fn from_json(roots: &[Value]) -> Option<Article> {
    let mut waiting: Vec<&Value> = roots.iter().rev().collect();
    let mut best: Option<(usize, &Value)> = None;
    for _ in 0..MAX_VALUES {
        let Some(value) = waiting.pop() else { break };
        match value {
            Value::Array(values) => waiting.extend(values.iter().rev()),
            Value::Object(fields) => {
                if let Some(rank) = rank(value).filter(|rank| best.is_none_or(|best| *rank < best.0)) {
                    best = Some((rank, value));
                }
                waiting.extend(["@graph", "mainEntity"].iter().filter_map(|name| fields.get(*name)));
            }
            _ => {}
        }
    }
    let (rank, value) = best?;
    let text = |names: &[&str]| names.iter().find_map(|name| value.get(name).and_then(name_of));
    let authors = value.get("author").or_else(|| value.get("creator")).map(all_names).unwrap_or_default();
    Some(Article {
        title: text(&["headline", "name"]),
        authors: authors.iter().flat_map(|name| scrape::names(name)).collect(),
        issued: text(&["datePublished", "dateCreated"]).and_then(|it| date::find(&it)),
        publisher: text(&["publisher", "sourceOrganization"]),
        container_title: text(&["isPartOf"]).filter(|it| !it.contains("://")),
        language: text(&["inLanguage"]),
        url: None,
        kind: KINDS[rank].1.to_owned(),
        noise: Vec::new(),
    })
}

/// Types of schema.org that may be what a page is about, the likeliest first, with their CSL types.
const KINDS: [(&str, &str); 12] = [
    ("NewsArticle", "article-newspaper"),
    ("ReportageNewsArticle", "article-newspaper"),
    ("AnalysisNewsArticle", "article-newspaper"),
    ("OpinionNewsArticle", "article-newspaper"),
    ("LiveBlogPosting", "article-newspaper"),
    ("ScholarlyArticle", "article-journal"),
    ("Report", "report"),
    ("BlogPosting", "post-weblog"),
    ("SocialMediaPosting", "post"),
    ("Article", "article-newspaper"),
    ("CreativeWork", "webpage"),
    ("WebPage", "webpage"),
];

fn rank(value: &Value) -> Option<usize> {
    let is = |kind: &Value, name: &str| kind.as_str().is_some_and(|kind| kind.rsplit('/').next() == Some(name));
    let kind = value.get("@type")?;
    KINDS.iter().position(|(name, _)| {
        is(kind, name) || kind.as_array().is_some_and(|kinds| kinds.iter().any(|kind| is(kind, name)))
    })
}

/// Returns a text, or the name of what is described; of several the first.
fn name_of(value: &Value) -> Option<String> {
    all_names(value).into_iter().next()
}

fn all_names(value: &Value) -> Vec<String> {
    let one = |value: &Value| {
        value.as_str().or_else(|| value.get("name")?.as_str()).map(tidy).filter(|name| !name.is_empty())
    };
    match value {
        Value::Array(values) => values.iter().filter_map(one).collect(),
        value => one(value).into_iter().collect(),
    }
}

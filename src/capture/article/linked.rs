//! What the linked data of a page (JSON-LD with the terms of schema.org) say of it.

use std::collections::BTreeMap;

use serde_json::Value;

use super::said::plain;
use super::{Article, date, person};

/// The most values of JSON-LD that are looked at.
const MAX_VALUES: usize = 20_000;

/// Reads the texts of a page's scripts; what is no JSON is passed over. `titles` are what else may hold the title.
pub(super) fn article(scripts: &[String], titles: &[Option<&str>]) -> Article {
    // XHTML wraps scripts so that they need no references.
    let bare = |text: &str| {
        let text = text.trim().trim_start_matches("//").trim_start_matches("<![CDATA[");
        text.trim_end().trim_end_matches("]]>").trim_end().trim_end_matches("//").to_owned()
    };
    let roots = scripts.iter().filter_map(|json| serde_json::from_str::<Value>(&bare(json)).ok());
    from_json(&roots.collect::<Vec<_>>(), titles).unwrap_or_default()
}

/// Reads the article among the things that JSON-LD describes: alone, in a list, in a `@graph`.
fn from_json(roots: &[Value], titles: &[Option<&str>]) -> Option<Article> {
    let mut waiting: Vec<&Value> = roots.iter().rev().collect();
    let mut best: Option<(usize, &Value)> = None;
    let mut named: BTreeMap<&str, &str> = BTreeMap::new();
    for _ in 0..MAX_VALUES {
        let Some(value) = waiting.pop() else { break };
        match value {
            Value::Array(values) => waiting.extend(values.iter().rev()),
            Value::Object(fields) => {
                if let Some(rank) = rank(value).filter(|rank| best.is_none_or(|best| *rank < best.0)) {
                    best = Some((rank, value));
                }
                if let (Some(id), Some(name)) = (text_of(value.get("@id")), text_of(value.get("name"))) {
                    named.entry(id).or_insert(name);
                }
                waiting.extend(["@graph", "mainEntity"].iter().filter_map(|name| fields.get(*name)));
            }
            _ => {}
        }
    }
    let (rank, value) = best?;
    let one = |name: &&str| all_names(value.get(name)?, &named).into_iter().next();
    let text = |names: &[&str]| names.iter().find_map(one);
    let authors =
        value.get("author").or_else(|| value.get("creator")).map(|value| all_names(value, &named)).unwrap_or_default();
    // A headline that the page has nowhere may be a description.
    let is_shown = |title: &String| titles.iter().flatten().any(|shown| plain(shown).contains(title.as_str()));
    let title = text(&["headline"]).filter(is_shown).or_else(|| text(&["name"]).filter(is_shown));
    let title = title.or_else(|| text(&["headline", "name"]));
    Some(Article {
        title,
        authors: authors.iter().flat_map(|name| person::names(name)).collect(),
        issued: text(&["datePublished", "dateCreated"]).and_then(|it| date::find(&it)).filter(|it| date::is_meant(it)),
        publisher: text(&["publisher", "sourceOrganization"]),
        container_title: text(&["isPartOf"]).filter(|it| !it.contains("://")),
        language: text(&["inLanguage"]),
        url: None,
        kind: KINDS[rank].1.to_owned(),
        noise: Vec::new(),
    })
}

/// Types of schema.org that may be what a page is about, the likeliest first, with their CSL types.
const KINDS: [(&str, &str); 19] = [
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
    ("TechArticle", "webpage"),
    ("Review", "review"),
    ("Recipe", "webpage"),
    ("HowTo", "webpage"),
    ("DiscussionForumPosting", "post"),
    ("QAPage", "webpage"),
    ("Question", "post"),
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

fn text_of(value: Option<&Value>) -> Option<&str> {
    value?.as_str()
}

/// Returns the texts, or the names of what is described, here or (`named`, by its `@id`) elsewhere in the data.
fn all_names(value: &Value, named: &BTreeMap<&str, &str>) -> Vec<String> {
    let one = |value: &Value| {
        let name = value.as_str().or_else(|| value.get("name")?.as_str());
        let name = name.or_else(|| named.get(text_of(value.get("@id"))?).copied());
        name.map(plain).filter(|name| !name.is_empty())
    };
    match value {
        Value::Array(values) => values.iter().filter_map(one).collect(),
        value => one(value).into_iter().collect(),
    }
}

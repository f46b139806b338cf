//! The JSON feed (jsonfeed.org, version 1.1), with the entries of the Atom feed.

use serde::Serialize;

use super::{NEWEST, authors, day, tag};
use crate::view::{Edition, digests};

#[derive(Serialize)]
struct Feed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: String,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    authors: Vec<Author<'a>>,
    language: &'a str,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item {
    id: String,
    url: String,
    title: String,
    content_text: String,
    date_published: String,
}

/// Makes `feed.json`.
pub fn json_feed(edition: &Edition) -> String {
    let config = &edition.config;
    let Some(base) = config.base_url.as_deref() else { return String::new() };
    let item = |entry: crate::view::Digest| Item {
        id: tag(base, &day::date(entry.day), &entry.id),
        url: format!("{base}{}", entry.link),
        title: entry.title,
        content_text: entry.text,
        date_published: day::moment(entry.day),
    };
    let feed = Feed {
        version: "https://jsonfeed.org/version/1.1",
        title: &config.title,
        home_page_url: base,
        feed_url: format!("{base}feed.json"),
        description: &config.description,
        authors: authors(edition).into_iter().map(|name| Author { name }).collect(),
        language: &config.lang,
        items: digests(edition, NEWEST).into_iter().map(item).collect(),
    };
    let mut text = serde_json::to_string_pretty(&feed).expect("texts and lists are always JSON");
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::json_feed;
    use crate::view::fixture::{CLAIMS, each, edition};

    #[test]
    fn a_feed_has_the_newest_twenty_and_each_its_own_id() {
        let mut site = format!("base_url = \"https://case.example/\"\n{CLAIMS}");
        for n in 0..30 {
            site.push_str(&format!(
                "//- dossiers/d{n:02}.md\n---\ntitle: D{n:02}\npublished: 2024-01-{:02}\n---\n",
                n % 5 + 1
            ));
        }
        let feed: serde_json::Value = serde_json::from_str(&json_feed(&edition(&site))).unwrap();
        let mut ids = each(&feed["items"], "/id");
        assert_eq!((ids.len(), ids[0]), (20, "tag:case.example,2024-01-05:dossier/d04"));
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 20);
    }

    #[test]
    fn of_two_assessments_of_one_day_the_first_in_the_file_keeps_its_id() {
        let site = "base_url = \"https://case.example/\"\n//- people/ada.md\n# Ada\n//- claims/c.md\n---\ntitle: C\nabout: ada\nassessments: [{ on: 2023-01-01, status: alleged, by: x }, { on: 2023-01-01, status: alleged, by: y }]\n---\n";
        let feed: serde_json::Value = serde_json::from_str(&json_feed(&edition(site))).unwrap();
        let ids = each(&feed["items"], "/id");
        assert_eq!(
            ids,
            [
                "tag:case.example,2023-01-01:claim/c/assessment/alleged/2",
                "tag:case.example,2023-01-01:claim/c/assessment/alleged"
            ]
        );
    }

    #[test]
    fn without_a_base_url_there_is_no_feed() {
        assert_eq!(json_feed(&edition(CLAIMS)), "");
    }
}

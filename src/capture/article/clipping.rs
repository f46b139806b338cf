//! What the front matter of a clipped page says: the Markdown that a browser's clipper keeps has the page's facts there.

use super::{Article, date, tidy};
use crate::file::RelPath;
use crate::tree::{Node, Table, Value, front_matter};

/// Reads the front matter of a captured Markdown file; of one without any, nothing is known.
pub(super) fn article(markdown: &str) -> Article {
    let path = RelPath::new("clipping.md").expect("it is a path");
    let table = front_matter(&path, markdown).table;
    let one = |names: &[&str]| all(&table, names).into_iter().next();
    Article {
        title: one(&["title"]),
        authors: all(&table, &["author", "authors", "creator", "byline"]),
        issued: one(&["published", "issued", "date", "date-published"]).and_then(|text| date::find(&text)),
        publisher: one(&["publisher", "site", "site-name", "website"]),
        language: one(&["language", "lang"]),
        url: one(&["source", "url", "link"]).filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        ..Article::default()
    }
}

/// Returns the texts of the first of some fields that has any.
fn all(table: &Table, names: &[&str]) -> Vec<String> {
    let texts = |node: &Node| -> Vec<String> {
        let items = if node.items().is_empty() { std::slice::from_ref(node) } else { node.items() };
        items.iter().filter_map(text).collect()
    };
    names.iter().filter_map(|name| table.get(name)).map(texts).find(|texts| !texts.is_empty()).unwrap_or_default()
}

/// Returns what a value says: of a wikilink its label.
fn text(node: &Node) -> Option<String> {
    let said = match &node.value {
        Value::Date(text) | Value::Number(text) => tidy(text),
        _ => {
            let written = node.text()?.value.trim();
            let link = written.strip_prefix("[[").and_then(|link| link.strip_suffix("]]"));
            tidy(link.map_or(written, |link| link.rsplit('|').next().unwrap_or(link)))
        }
    };
    (!said.is_empty()).then_some(said)
}

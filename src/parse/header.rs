//! What a record is: its type, id, title, names and visibility.

use std::sync::Arc;

use super::Scope;
use super::guard::Guard;
use crate::diagnostic::{Diagnostic, code, near};
use crate::file::{RelPath, Span};
use crate::kind::Kind;
use crate::model::{Alias, Visibility};
use crate::tree::{Node, Table, Value};

/// Returns the type of the record at `path`: its `type`, else the nearest folder's, else a page.
pub(super) fn kind(scope: &Scope<'_>, path: &RelPath, table: &Table, found: &mut Vec<Diagnostic>) -> Arc<Kind> {
    let kinds = &scope.config.kinds;
    let written = table.get("type").and_then(Node::text).filter(|text| {
        // Vaults use `type` for a text of their own making: an empty one or a link says nothing here.
        !text.value.trim().is_empty() && !text.value.trim_start().starts_with("[[")
    });
    let page = || Arc::clone(kinds.named("page").expect("the built-in types hold the page"));
    if let Some(text) = written {
        let name = text.value.trim();
        if let Some(kind) = kinds.named(name).or_else(|| kinds.named(&name.to_lowercase())) {
            return Arc::clone(kind);
        }
        if name.eq_ignore_ascii_case("organization") {
            return Arc::clone(kinds.named("organisation").expect("the built-in types hold organisations"));
        }
        let names = kinds.iter().map(|kind| kind.name.as_ref());
        let help = match near::nearest(name, names).first() {
            Some(nearest) => format!("did you mean \"{nearest}\"?"),
            None => "a type is person, organisation, place, event, source, claim, dossier, page or one of [types]"
                .to_owned(),
        };
        let span = text.span(0..text.value.len());
        found.push(Diagnostic::new(&code::UNKNOWN_TYPE, format!("no type \"{name}\"")).at(scope.path, span).help(help));
    }
    let folder = path.folder();
    // The folder of a bundle names the record, not its type.
    let folder = if matches!(path.name(), "index.md" | "_index.md") {
        folder.rsplit_once('/').map_or("", |parts| parts.0)
    } else {
        folder
    };
    let nearest =
        folder.split('/').skip(1).collect::<Vec<_>>().into_iter().rev().find_map(|name| kinds.of_folder(name));
    nearest.map_or_else(page, Arc::clone)
}

/// Returns the id of the record at `path`, and where it is written.
pub(super) fn id(path: &RelPath, table: &Table) -> (String, Option<Span>) {
    if let Some(node) = table.get("id")
        && let Some(text) = node.text().filter(|text| !text.value.trim().is_empty())
    {
        return (text.value.trim().to_owned(), Some(node.span));
    }
    if matches!(path.name(), "index.md" | "_index.md") {
        let folder = path.folder().rsplit('/').next().unwrap_or_default();
        let root = !path.folder().contains('/');
        return (if root { "index".to_owned() } else { folder.to_owned() }, None);
    }
    (path.stem().to_owned(), None)
}

/// Returns the title of a record, and where it stands: the field, the first heading, the id.
pub(super) fn title(table: &Table, heading: Option<(String, Span)>, stem: &str) -> (String, Span) {
    if let Some(node) = table.get("title")
        && let Some(text) = written(node)
    {
        return (text, node.span);
    }
    match heading.filter(|(text, _)| !text.trim().is_empty()) {
        Some((text, span)) => (text.trim().to_owned(), span),
        None => (stem.to_owned(), Span::default()),
    }
}

/// Tells whether the front matter gives a title.
pub(super) fn is_titled(table: &Table) -> bool {
    table.get("title").and_then(written).is_some()
}

fn written(node: &Node) -> Option<String> {
    let text = match &node.value {
        Value::Text(text) | Value::Plain(text) => text.value.to_string(),
        Value::Date(date) => date.clone(),
        _ => return None,
    };
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(joined).filter(|text| !text.is_empty())
}

/// Returns the aliases of a record, and the redirects among them.
pub(super) fn aliases(table: &Table) -> (Vec<Alias>, Vec<Alias>) {
    let node = table.get("aliases").or_else(|| table.get("alias"));
    let items = node.map(Node::items).unwrap_or_default();
    let all = items.iter().filter_map(|item| Some(Alias { text: written(item)?, span: item.span }));
    let (redirects, names) = all.partition(|alias: &Alias| alias.text.starts_with('/'));
    (names, redirects)
}

/// Reads `visibility`, `publish`, `private` and `draft`; whatever is in doubt withholds.
pub(super) fn visibility(
    scope: &Scope<'_>,
    table: &Table,
    guard: &Guard<'_>,
    found: &mut Vec<Diagnostic>,
) -> (Option<(Visibility, Span)>, bool) {
    guard.check(table, found);
    let mut said: Option<(Visibility, Span)> = None;
    let mut fault = |span: Span, message: String, help: &str| {
        found.push(Diagnostic::new(&code::INVALID_VALUE, message).at(scope.path, span).help(help));
    };
    if let Some(node) = table.get("visibility").filter(|node| !node.is_null()) {
        let word = node.text().map(|text| text.value.to_string()).unwrap_or_default();
        let visibility = match word.trim() {
            "public" => Visibility::Public,
            "private" => Visibility::Private,
            "confidential" => Visibility::Confidential,
            _ => {
                let shown = if word.is_empty() { node.kind().to_owned() } else { format!("\"{word}\"") };
                fault(node.span, format!("\"visibility\" cannot be {shown}"), "it is public, private or confidential");
                Visibility::Confidential
            }
        };
        said = Some((visibility, node.span));
    }
    for (name, withholding) in [("publish", false), ("private", true)] {
        let Some(node) = table.get(name).filter(|node| !node.is_null()) else { continue };
        if name == "private" && node.table().is_some() {
            continue;
        }
        match node.bool() {
            Some(value) if value == withholding => {
                if said.is_some_and(|(said, _)| said == Visibility::Public) {
                    let message =
                        format!("\"{name}\" says that the record is private, \"visibility\" that it is public");
                    fault(node.span, message, "keep one of the two");
                }
                said = said.max(Some((Visibility::Private, node.span)));
            }
            Some(_) => {}
            None => {
                fault(
                    node.span,
                    format!("\"{name}\" is true or false, not {}", node.kind()),
                    "write visibility = \"private\"",
                );
                said = said.max(Some((Visibility::Private, node.span)));
            }
        }
    }
    let draft = match table.get("draft").filter(|node| !node.is_null()) {
        None => false,
        Some(node) => node.bool().unwrap_or_else(|| {
            fault(
                node.span,
                format!("\"draft\" is true or false, not {}", node.kind()),
                "write true or false, unquoted",
            );
            true
        }),
    };
    (said, draft)
}

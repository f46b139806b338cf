//! Wikilinks in front matter: found, and replaced by their labels where they lead to withheld records.
//!
//! The shape of a field says what becomes of one. Markdown is left to [`Scope::markdown`], which knows code from text; in
//! every other text, known to the type or not, what stands between `[[` and `]]` counts. `[private]` is never looked at.

use std::ops::Range;

use memchr::memmem;

use super::{FieldLink, Scope};
use crate::file::{Edit, Text};
use crate::kind::{Field, Kind, Shape};
use crate::tree::{self, Node, Table, Value};

/// Gathers every wikilink in the texts of a record's fields; inline records have their own.
pub(super) fn links(scope: &Scope<'_>, kind: &Kind, table: &Table) -> Vec<FieldLink> {
    let mut links = Vec::new();
    for (key, node) in table.entries().iter().filter(|(key, node)| may_link(node) && !key.is("private")) {
        let shape = shape_of(kind.all_fields(), &key.name);
        if !matches!(shape, Some(Shape::List(Shape::Records(_)))) {
            links_of(scope, node, shape, &mut links);
        }
    }
    links
}

/// Tells whether a text of a node holds two open brackets: few do.
fn may_link(node: &Node) -> bool {
    match &node.value {
        Value::Text(text) | Value::Plain(text) => memmem::find(text.value.as_bytes(), b"[[").is_some(),
        Value::List(items) => items.iter().any(may_link),
        Value::Table(table) => table.entries().iter().any(|(_, node)| may_link(node)),
        _ => false,
    }
}

fn links_of(scope: &Scope<'_>, node: &Node, shape: Option<Shape>, into: &mut Vec<FieldLink>) {
    match &node.value {
        Value::Text(text) | Value::Plain(text) => {
            let shape = shape_of_item(shape);
            if is_markdown(shape) {
                return;
            }
            let strict = matches!(shape, Some(Shape::Reference | Shape::Citation));
            for link in wikilinks(&text.value) {
                let labelled = link.label.is_some();
                into.push(FieldLink { target: link.target, labelled, span: text.span(link.range), strict });
            }
        }
        Value::List(items) => items.iter().for_each(|item| links_of(scope, item, shape_of_item(shape), into)),
        Value::Table(table) => {
            for (key, node) in table {
                links_of(scope, node, shape_inside(scope, shape, &key.name), into);
            }
        }
        _ => {}
    }
}

/// Puts the label in the place of the field that says what type a record has, without which no other can be read.
pub(super) fn relabel_type(scope: &Scope<'_>, table: &mut Table) {
    for (_, node) in table.nodes_mut().filter(|(key, _)| key.is("type")) {
        relabel_node(scope, node, None);
    }
}

/// Puts labels in the place of labelled links to withheld records, in every text of the front matter but Markdown.
pub(super) fn relabel(scope: &Scope<'_>, kind: &Kind, table: &mut Table) {
    if !scope.labels.names.is_empty() {
        for (key, node) in table.nodes_mut() {
            relabel_node(scope, node, shape_of(kind.all_fields(), &key.name));
        }
    }
}

fn relabel_node(scope: &Scope<'_>, node: &mut Node, shape: Option<Shape>) {
    match &mut node.value {
        Value::Text(text) | Value::Plain(text) if !is_markdown(shape_of_item(shape)) => relabel_text(scope, text),
        Value::List(items) => items.iter_mut().for_each(|item| relabel_node(scope, item, shape_of_item(shape))),
        Value::Table(table) => {
            for (key, node) in table.nodes_mut() {
                relabel_node(scope, node, shape_inside(scope, shape, &key.name));
            }
        }
        _ => {}
    }
}

/// A label may itself hold a link; each round takes the innermost ones, and `withhold` refuses what is left behind.
fn relabel_text(scope: &Scope<'_>, text: &mut Text) {
    for _ in 0..super::ROUNDS {
        let links = wikilinks(&text.value).into_iter().filter(|link| scope.labels.names.contains(&link.target));
        let edits: Vec<Edit> = links.filter_map(|link| Some(Edit { range: link.range, with: link.label? })).collect();
        if edits.is_empty() {
            return;
        }
        *text = text.edited(&edits);
    }
}

/// Returns the shape of the field that a key names; `None` where the type knows none.
fn shape_of<'f>(mut fields: impl Iterator<Item = &'f Field>, key: &str) -> Option<Shape> {
    let same = |name: &str| tree::same(name, key);
    fields.find(|field| same(&field.name) || field.also.iter().any(|name| same(name))).map(|field| field.shape)
}

/// Returns the shape of what may stand alone for a list of one.
fn shape_of_item(shape: Option<Shape>) -> Option<Shape> {
    match shape {
        Some(Shape::List(of)) => Some(*of),
        shape => shape,
    }
}

fn shape_inside(scope: &Scope<'_>, shape: Option<Shape>, key: &str) -> Option<Shape> {
    match shape_of_item(shape) {
        Some(Shape::Table(fields, _)) => shape_of(fields.iter(), key),
        Some(Shape::Records(kind)) => shape_of(scope.config.kinds.named(kind)?.all_fields(), key),
        Some(Shape::Citation) if key == "cite" => Some(Shape::Citation),
        _ => None,
    }
}

fn is_markdown(shape: Option<Shape>) -> bool {
    matches!(shape, Some(Shape::Markdown | Shape::Body))
}

struct Wikilink {
    range: Range<usize>,
    target: String,
    label: Option<String>,
}

/// Finds `[[target|label]]` in a text; embeds do not count.
fn wikilinks(text: &str) -> Vec<Wikilink> {
    let mut links = Vec::new();
    let mut from = 0;
    while let Some(open) = memmem::find(&text.as_bytes()[from..], b"[[") {
        let start = from + open;
        let Some(close) = text[start + 2..].find("]]") else { break };
        let end = start + 2 + close;
        let inner = &text[start + 2..end];
        // The innermost brackets are the link's.
        if let Some(nested) = inner.rfind("[[") {
            from = start + 2 + nested;
            continue;
        }
        let (target, label) = match inner.split_once('|') {
            Some((target, label)) => (target.trim_end_matches('\\'), Some(label.trim().to_owned())),
            None => (inner, None),
        };
        let target = target.split('#').next().unwrap_or(target).trim().to_owned();
        if !text[..start].ends_with('!') {
            links.push(Wikilink { range: start..end + 2, target, label });
        }
        from = end + 2;
    }
    links
}

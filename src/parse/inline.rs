//! Inline records: entries of a dossier's `[[people]]`, `[[events]]` … are records as if each were a file.

use std::sync::Arc;

use super::Scope;
use crate::diagnostic::{Diagnostic, code};
use crate::file::{RelPath, Span};
use crate::kind::{Kind, Shape};
use crate::tree::{Node, Table};

/// A record inside a dossier's front matter.
pub(super) struct Inline<'t> {
    pub(super) kind: Arc<Kind>,
    pub(super) table: &'t Table,
    pub(super) span: Span,
    /// Where it would stand as a file of its own.
    pub(super) path: RelPath,
}

/// Finds the inline records of a dossier.
pub(super) fn inline<'t>(scope: &Scope<'_>, dossier: &Kind, table: &'t Table, found: &mut Vec<Diagnostic>) -> Vec<Inline<'t>> {
    let mut records = Vec::new();
    for field in dossier.all_fields() {
        let Shape::List(Shape::Records(of)) = field.shape else { continue };
        let kind = scope.config.kinds.named(of).expect("a dossier's inline types are built in");
        let node = table.get(&field.name).or_else(|| field.also.iter().find_map(|name| table.get(name)));
        for item in node.filter(|node| !node.is_null()).map(Node::items).unwrap_or_default() {
            let mut fault = |code, message: String, help: &str| {
                found.push(Diagnostic::new(code, message).at(scope.path, item.span).help(help));
            };
            let Some(inner) = item.table() else {
                let message = format!("\"{}\" holds records, not {}", field.name, item.kind());
                fault(&code::INVALID_VALUE, message, &format!("write [[{}]] and below it the record's fields", field.name));
                continue;
            };
            let id = inner.get("id").and_then(Node::text).map(|text| text.value.trim().to_owned()).unwrap_or_default();
            if id.is_empty() {
                let message = format!("an inline {of} has no \"id\"");
                fault(&code::MISSING_FIELD, message, "give it an id: it is what a file's name is to a record of its own");
                continue;
            }
            let path = RelPath::new(&format!("content/{}/{id}.md", kind.folder()));
            let Some(path) = path.filter(|_| !id.contains(['/', '\\'])) else {
                fault(&code::INVALID_ROUTE, format!("\"{id}\" cannot be the name of a page"), "an id is like a file's name, without slashes");
                continue;
            };
            records.push(Inline { kind: Arc::clone(kind), table: inner, span: item.span, path });
        }
    }
    records
}

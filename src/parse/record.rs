//! One record out of its table and its text.

use std::sync::Arc;

use serde_json::Map;

use super::fields::{Gathered, is_known};
use super::guard::Guard;
use super::inline::{Inline, inline};
use super::{Parsed, ParsedFile, Private, Scope, header, label};
use crate::config::free_value;
use crate::diagnostic::{Diagnostic, code};
use crate::file::{Fit, RelPath, Span, Text};
use crate::kind::{Field, Kind};
use crate::markdown::{Body, FirstHeading, Heading};
use crate::model::{Alias, Origin, Record, Visibility};
use crate::tree::{self, Node, Table, Value, front_matter};

/// Reads the file's own record, then those inside it.
pub(super) fn records(scope: &Scope<'_>, text: &str, parsed: &mut ParsedFile) {
    let mut front = front_matter(scope.path, text);
    let mut faults = front.diagnostics;
    label::relabel_type(scope, &mut front.table);
    let kind = header::kind(scope, scope.path, &front.table, &mut faults);
    label::relabel(scope, &kind, &mut front.table);
    let span = Span::default();
    let origin = Origin { path: scope.path.clone(), inline: None };
    let inner = if kind.name == "dossier" { inline(scope, &kind, &front.table, &mut faults) } else { Vec::new() };
    let own = Raw { kind, table: &front.table, body: &front.body, span, origin, path: scope.path.clone() };
    let mut own = record(scope, own);
    if faults.iter().any(|fault| fault.code == &code::INVALID_FRONT_MATTER) {
        own.doubt = doubt(text);
    }
    own.front.splice(0..0, faults);
    parsed.records.push(own);
    for Inline { kind, table, span, path } in inner {
        let body = table.get("body").and_then(Node::text).cloned();
        let body = body.unwrap_or_else(|| Text::new("", span.end as usize));
        let origin = Origin { path: scope.path.clone(), inline: Some(span) };
        parsed.records.push(record(scope, Raw { kind, table, body: &body, span, origin, path }));
    }
    parsed.records.fit();
}

/// A record before its fields and its text are read.
struct Raw<'t> {
    kind: Arc<Kind>,
    table: &'t Table,
    body: &'t Text,
    span: Span,
    origin: Origin,
    path: RelPath,
}

fn record(scope: &Scope<'_>, raw: Raw<'_>) -> Parsed {
    let fields: Vec<&Field> = raw.kind.all_fields().collect();
    let mut front = Vec::new();
    let known = fields.iter().map(|field| field.name.as_ref()).collect();
    let guard = Guard { path: scope.path, known };
    let (visibility, draft) = header::visibility(scope, raw.table, &guard, &mut front);

    let mut text_faults = Vec::new();
    let titled = header::is_titled(raw.table);
    let first_heading = if titled { FirstHeading::Keep } else { FirstHeading::IsTitle };
    let (body, body_cut) = scope.markdown(raw.body, first_heading, &mut text_faults);
    let mut gathered = Gathered { scope, references: Vec::new(), notes: Vec::new(), found: Vec::new() };
    // What decides about publication was read, and its faults told, by the header.
    let decides = |field: &&Field| matches!(field.name.as_ref(), "visibility" | "draft");
    // Vaults use `type` for lists of their own making, which say nothing here.
    let is_listed = raw.table.get("type").is_some_and(|node| matches!(node.value, Value::List(_)));
    let is_read = |field: &&Field| !(decides(field) || is_listed && field.name == "type");
    let read: Vec<&Field> = fields.iter().copied().filter(is_read).collect();
    let read = gathered.table(&read, raw.table, raw.span);
    gathered.unknown(&fields, raw.table, "");
    gathered.missing(&fields, raw.table, raw.span, &format!("this {}", raw.kind.name));
    front.append(&mut gathered.found);
    gathered.references.fit();
    gathered.notes.fit();

    let (id, id_span) = header::id(&raw.path, raw.table);
    let heading =
        body.headings.first().map(|heading| (heading_text(&body, heading), body.source.span(heading.at.range())));
    let stem = if id_span.is_some() && raw.origin.inline.is_none() {
        header::id(&raw.path, &Table::new()).0
    } else {
        id.clone()
    };
    let (title, title_span) = header::title(raw.table, heading, &stem);
    let (aliases, redirects) = header::aliases(raw.table);
    let slug = raw.table.get("slug").filter(|node| !node.is_null());
    let slug = slug.and_then(|node| Some(Alias { text: node.text()?.value.to_string(), span: node.span }));
    let mut private = private(scope, raw.table, &mut front);
    private.is_cut |= body_cut;
    let links = label::links(scope, &raw.kind, raw.table);
    let record = Record {
        kind: Arc::clone(&raw.kind),
        origin: raw.origin,
        path: raw.path,
        id,
        id_span,
        title,
        title_span,
        aliases,
        redirects,
        slug,
        visibility,
        draft,
        fields: read,
        references: gathered.references,
        notes: gathered.notes,
        body,
        extra: extra(&fields, raw.table),
    };
    Parsed { record: Arc::new(record), private, links, front, text: text_faults, doubt: Visibility::Public }
}

/// Reads what a front matter that could not be parsed seems to say of withholding, line by line.
pub(super) fn doubt(text: &str) -> Visibility {
    let mut doubt = Visibility::Public;
    for line in text.lines().take(400) {
        let Some((key, value)) = line.split_once([':', '=']) else { continue };
        let (key, value) = (key.trim().to_lowercase(), value.trim().trim_matches(['"', '\'']).to_lowercase());
        let said = match (key.as_str(), value.as_str()) {
            ("visibility", "public") => Visibility::Public,
            ("visibility", "private") => Visibility::Private,
            ("visibility", _) => Visibility::Confidential,
            ("draft" | "private", "true") | ("publish", "false") => Visibility::Private,
            _ => Visibility::Public,
        };
        doubt = doubt.max(said);
    }
    doubt
}

/// Returns the words of a heading; a mention without a label is called as it is written.
fn heading_text(body: &Body, heading: &Heading) -> String {
    body.plain(heading.text, &mut |index, label, out| out.push_str(label.unwrap_or(&body.mentions[index].target))).text
}

/// Gathers `[extra]` and the keys that the type does not know.
fn extra(fields: &[&Field], table: &Table) -> Map<String, serde_json::Value> {
    let mut extra = Map::new();
    for (key, node) in table {
        if !is_known(fields, &key.name) && key.name != "publish" {
            extra.insert(key.name.clone(), free_value(node));
        }
    }
    if let Some(table) = table.get("extra").and_then(Node::table) {
        for (key, node) in table {
            extra.insert(key.name.clone(), free_value(node));
        }
    }
    extra
}

/// Reads the `[private]` table: its scalars are canaries.
fn private(scope: &Scope<'_>, table: &Table, found: &mut Vec<Diagnostic>) -> Private {
    let mut private = Private::default();
    let Some(table) = table.get("private").and_then(Node::table) else { return private };
    private.is_cut = true;
    for (key, node) in table {
        if key.is("public-words") {
            for item in node.items() {
                match item.text() {
                    Some(text) => private.public_words.push(text.value.to_string()),
                    None => found.push(
                        Diagnostic::new(
                            &code::INVALID_VALUE,
                            format!("\"public-words\" holds texts, not {}", item.kind()),
                        )
                        .at(scope.path, item.span)
                        .help("quote each word"),
                    ),
                }
            }
        } else {
            scalars(node, &mut private.canaries);
        }
    }
    private
}

/// Gathers every scalar below a node, as it is written. The tree is never deeper than `tree::DEPTH`.
fn scalars(node: &Node, into: &mut Vec<(String, Span)>) {
    match &node.value {
        tree::Value::Null | tree::Value::Bool(_) => {}
        tree::Value::Number(text) | tree::Value::Date(text) => into.push((text.clone(), node.span)),
        tree::Value::Text(text) | tree::Value::Plain(text) => into.push((text.value.to_string(), node.span)),
        tree::Value::List(items) => items.iter().for_each(|item| scalars(item, into)),
        tree::Value::Table(table) => table.entries().iter().for_each(|(_, node)| scalars(node, into)),
    }
}

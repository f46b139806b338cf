//! Reading a table of known keys: each taken by name and shape, the rest reported.

use serde_json::Map;

use crate::diagnostic::{Diagnostic, code, near};
use crate::file::{RelPath, Span};
use crate::tree::{Key, Node, Table, Value};

/// A table of the configuration that is being read.
pub(super) struct Reader<'a> {
    pub(super) path: &'a RelPath,
    pub(super) found: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// Reports a fault at `span`.
    pub(super) fn fault(&mut self, span: Span, message: String) -> &mut Diagnostic {
        let at = self.found.len();
        self.found.push(Diagnostic::new(&code::INVALID_CONFIG, message).at(self.path, span));
        &mut self.found[at]
    }

    /// Reports every key of `table` that `known` does not hold.
    pub(super) fn unknown(&mut self, table: &Table, name: &str, known: &[&str]) {
        for (key, _) in table {
            if known.iter().any(|known| key.is(known)) {
                continue;
            }
            let place = if name.is_empty() { String::new() } else { format!(" in [{name}]") };
            let help = match near::nearest(&key.name, known.iter().copied()).first() {
                Some(nearest) => format!("did you mean \"{nearest}\"?"),
                None => format!("the keys here are {}; what is meant for themes goes into [extra]", known.join(", ")),
            };
            self.fault(key.span, format!("unknown key \"{}\"{place}", key.name)).help = Some(help);
        }
    }

    /// Takes a text.
    pub(super) fn text(&mut self, table: &Table, name: &str, into: &mut String) -> Option<Span> {
        let node = table.get(name)?;
        match &node.value {
            Value::Text(text) => *into = text.value.to_string(),
            _ => {
                self.fault(node.span, format!("\"{name}\" is a text, not {}", node.kind()));
            }
        }
        Some(node.span)
    }

    /// Takes a boolean.
    pub(super) fn bool(&mut self, table: &Table, name: &str, into: &mut bool) {
        let Some(node) = table.get(name) else { return };
        match node.bool() {
            Some(value) => *into = value,
            None => {
                self.fault(node.span, format!("\"{name}\" is true or false, not {}", node.kind()));
            }
        }
    }

    /// Takes texts; a single one stands for a list of one.
    pub(super) fn texts(&mut self, table: &Table, name: &str) -> Vec<(String, Span)> {
        let mut texts = Vec::new();
        for node in table.get(name).map(Node::items).unwrap_or_default() {
            match &node.value {
                Value::Text(text) => texts.push((text.value.to_string(), node.span)),
                _ => {
                    self.fault(node.span, format!("\"{name}\" is a list of texts, not of {}", node.kind()));
                }
            }
        }
        texts
    }

    /// Takes a table; something else under that name is a fault.
    pub(super) fn table<'t>(&mut self, table: &'t Table, name: &str) -> Option<&'t Table> {
        let node = table.get(name)?;
        if node.table().is_none() {
            self.fault(node.span, format!("\"{name}\" is a table, not {}", node.kind()));
        }
        node.table()
    }

    /// Takes a list of tables.
    pub(super) fn tables<'t>(&mut self, table: &'t Table, name: &str) -> Vec<&'t Table> {
        let Some(node) = table.get(name) else { return Vec::new() };
        let mut tables = Vec::new();
        for item in node.items() {
            match item.table() {
                Some(table) => tables.push(table),
                None => {
                    self.fault(item.span, format!("\"{name}\" is a list of tables: write [[{name}]]"));
                }
            }
        }
        tables
    }
}

/// Turns a tree into JSON as a theme sees it: numbers as numbers where they are, dates as their text.
pub fn free_value(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Null => serde_json::Value::Null,
        Value::Bool(value) => serde_json::Value::Bool(*value),
        Value::Number(text) => number(text),
        Value::Date(text) => serde_json::Value::String(text.clone()),
        Value::Text(text) => serde_json::Value::String(text.value.to_string()),
        Value::Plain(text) => match (node.bool(), node.is_null()) {
            (Some(value), _) => serde_json::Value::Bool(value),
            (None, true) => serde_json::Value::Null,
            _ => number(&text.value),
        },
        Value::List(items) => serde_json::Value::Array(items.iter().map(free_value).collect()),
        Value::Table(table) => serde_json::Value::Object(free_table(table)),
    }
}

/// Turns a table into a JSON object.
pub(super) fn free_table(table: &Table) -> Map<String, serde_json::Value> {
    table.entries().iter().map(|(Key { name, .. }, node)| (name.clone(), free_value(node))).collect()
}

/// Reads a number where the text is one in its canonical form; anything else stays text (`012`, `1e999`).
fn number(text: &str) -> serde_json::Value {
    if let Ok(value) = text.parse::<i64>()
        && value.to_string() == text
    {
        return value.into();
    }
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    match text.parse::<f64>().ok().filter(|_| plain && text.contains('.')).and_then(serde_json::Number::from_f64) {
        Some(value) => serde_json::Value::Number(value),
        None => serde_json::Value::String(text.to_owned()),
    }
}

//! Values of front matter, written as TOML or as YAML.

use super::forms::{Form, Forms};

/// A value of front matter.
#[derive(Clone, Debug)]
pub(super) enum Value {
    /// A number, a boolean or a native date, as written.
    Raw(String),
    /// A text.
    Text(Forms),
    /// A list.
    List(Vec<Value>),
    /// A table.
    Table(Vec<(String, Value)>),
}

/// How front matter is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Syntax {
    Toml,
    Yaml,
}

impl Value {
    /// Makes a public text.
    pub(super) fn text(text: impl Into<String>) -> Value {
        Value::Text(Forms::same(text))
    }

    /// Writes the value on one line.
    pub(super) fn written(&self, syntax: Syntax) -> Forms {
        Forms::of(
            self.in_form(syntax, Form::Own),
            self.in_form(syntax, Form::Stripped),
            self.in_form(syntax, Form::Other),
        )
    }

    fn in_form(&self, syntax: Syntax, form: Form) -> String {
        match self {
            Value::Raw(text) => text.clone(),
            Value::Text(text) => quoted(text.get(form)),
            Value::List(items) => {
                let items: Vec<String> = items.iter().map(|item| item.in_form(syntax, form)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Table(entries) => {
                let between = if syntax == Syntax::Toml { " = " } else { ": " };
                let entries: Vec<String> = entries
                    .iter()
                    .map(|(key, value)| format!("{key}{between}{}", value.in_form(syntax, form)))
                    .collect();
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }

    /// Writes the value under its key: in TOML as a line or, where it is a list of tables, as `[[key]]`; in YAML as a
    /// line or a block. `depth` is how far it is indented.
    pub(super) fn entry(&self, key: &str, syntax: Syntax, in_blocks: Blocks) -> Forms {
        let between = if syntax == Syntax::Toml { " = " } else { ": " };
        match self {
            Value::List(items) if in_blocks == Blocks::Yes && syntax == Syntax::Yaml && !items.is_empty() => {
                let mut all = Forms::same(format!("{key}:\n"));
                for item in items {
                    all.push_str("  - ");
                    all.push(&item.written(syntax));
                    all.push_str("\n");
                }
                all
            }
            Value::List(items)
                if in_blocks == Blocks::Yes
                    && syntax == Syntax::Toml
                    && !items.is_empty()
                    && items.iter().all(|item| matches!(item, Value::Table(_))) =>
            {
                let mut all = Forms::default();
                for item in items {
                    let Value::Table(entries) = item else { continue };
                    all.push_str(&format!("\n[[{key}]]\n"));
                    for (key, value) in entries {
                        all.push(&value.entry(key, syntax, Blocks::No));
                    }
                }
                all
            }
            _ => {
                let mut line = Forms::same(format!("{key}{between}"));
                line.push(&self.written(syntax));
                line.push_str("\n");
                line
            }
        }
    }

    /// Tells whether TOML may write the value as tables behind all other keys.
    pub(super) fn is_tables(&self) -> bool {
        matches!(self, Value::List(items) if !items.is_empty() && items.iter().all(|item| matches!(item, Value::Table(_))))
    }
}

/// Whether a list is written in blocks: an item a line, or a table of its own for each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Blocks {
    Yes,
    No,
}

/// Writes a text in double quotes, with the escapes that TOML and YAML share.
fn quoted(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t");
    format!("\"{text}\"")
}

//! The nouns of the tree: tables, keys, nodes and values, each with its place in the file.
//!
//! Keys are kept as written, and compared with hyphen and underscore alike: `response-sought` and `response_sought` are
//! one key, here and everywhere else.

use std::collections::BTreeMap;

use crate::file::{Span, Text};

/// How many entries a table may have before it keeps an index of its keys.
const SCANNED: usize = 24;

/// A value and where it stands in the file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Node {
    /// The bytes of the value in the file, marks of quotation included.
    pub span: Span,
    /// The value itself.
    pub value: Value,
}

/// What a key can be set to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// Nothing was written behind a YAML key or dash.
    Null,
    /// `true` or `false` of TOML.
    Bool(bool),
    /// A number of TOML, as written.
    Number(String),
    /// A date, time or both of TOML, as written.
    Date(String),
    /// A text: a quoted string, a YAML block, or a bare `[[wikilink]]`.
    Text(Text),
    /// An unquoted YAML scalar as written; its reader decides whether it is a text, a number, a boolean or null.
    Plain(Text),
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
}

impl Node {
    /// Returns the text of a string or a plain scalar.
    pub fn text(&self) -> Option<&Text> {
        match &self.value {
            Value::Text(text) | Value::Plain(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the boolean of `true` and `false`, in YAML in the three ways that its core schema spells them.
    pub fn bool(&self) -> Option<bool> {
        match &self.value {
            Value::Bool(value) => Some(*value),
            Value::Plain(text) => match &*text.value {
                "true" | "True" | "TRUE" => Some(true),
                "false" | "False" | "FALSE" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// Tells whether nothing was given: an empty YAML value, `~` or `null`.
    pub fn is_null(&self) -> bool {
        match &self.value {
            Value::Null => true,
            Value::Plain(text) => matches!(&*text.value, "" | "~" | "null" | "Null" | "NULL"),
            _ => false,
        }
    }

    /// Returns the items of a list; of anything else the node itself, since one value stands for a list of one.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(self),
        }
    }

    /// Returns the table that the node is.
    pub fn table(&self) -> Option<&Table> {
        match &self.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// Returns what kind of value this is, in words that an author knows: `a text`, `a list` …
    pub fn kind(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Number(_) => "a number",
            Value::Date(_) => "a date",
            Value::Text(_) | Value::Plain(_) => "a text",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
        }
    }
}

/// The name of an entry in a table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Key {
    /// The key as written, without marks of quotation.
    pub name: String,
    /// Where it stands in the file.
    pub span: Span,
}

impl Key {
    /// Tells whether this is the key `name`, hyphen and underscore being the same.
    pub fn is(&self, name: &str) -> bool {
        same(&self.name, name)
    }
}

/// How a table came to be: TOML forbids to add to some of them. YAML's are all `Inline`.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum Origin {
    /// Written whole where it stands.
    #[default]
    Inline,
    /// Opened by a header, `[a]` or `[[a]]`.
    Header,
    /// Led through by a header: `a` of `[a.b]`.
    Implied,
    /// Led through by a dotted key: `a` of `a.b = 1`.
    Dotted,
}

/// Entries in the order in which they were written, no two with the same key.
#[derive(Clone, Default, Debug)]
pub struct Table {
    entries: Vec<(Key, Node)>,
    /// How it came to be; of use only while TOML is read.
    pub(super) origin: Origin,
    /// Positions of the keys (underscores for hyphens), once there are more of them than are quickly scanned.
    index: Option<BTreeMap<String, usize>>,
}

impl PartialEq for Table {
    fn eq(&self, other: &Table) -> bool {
        self.entries == other.entries
    }
}

impl Eq for Table {}

impl Table {
    /// Makes an empty table.
    pub fn new() -> Table {
        Table::default()
    }

    /// Makes an empty table of an origin.
    pub(super) fn of(origin: Origin) -> Table {
        Table { origin, ..Table::default() }
    }

    /// Returns the node under `name`, hyphen and underscore being the same.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.entry(name).map(|(_, node)| node)
    }

    /// Returns the entry under `name`: the key as written, and its node.
    pub fn entry(&self, name: &str) -> Option<&(Key, Node)> {
        self.position(name).map(|at| &self.entries[at])
    }

    /// Returns the entries in the order in which they were written.
    pub fn entries(&self) -> &[(Key, Node)] {
        &self.entries
    }

    /// Tells whether nothing was written in the table.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Adds an entry at the end.
    ///
    /// # Errors
    /// Fails where the table has that key already, and returns the position of its entry.
    pub fn insert(&mut self, key: Key, node: Node) -> Result<usize, usize> {
        if let Some(at) = self.position(&key.name) {
            return Err(at);
        }
        let at = self.entries.len();
        if at >= SCANNED {
            let entries = &self.entries;
            let known = || entries.iter().enumerate().map(|(at, (key, _))| (folded(&key.name), at)).collect();
            self.index.get_or_insert_with(known).insert(folded(&key.name), at);
        }
        self.entries.push((key, node));
        Ok(at)
    }

    /// Returns the entries, so that values can be changed and keys cannot.
    pub fn nodes_mut(&mut self) -> impl Iterator<Item = (&Key, &mut Node)> {
        self.entries.iter_mut().map(|(key, node)| (&*key, node))
    }

    /// Returns the position of the entry under `name`.
    pub(super) fn position(&self, name: &str) -> Option<usize> {
        match &self.index {
            Some(index) => index.get(&folded(name)).copied(),
            None => self.entries.iter().position(|(key, _)| key.is(name)),
        }
    }

    /// Returns the entry at a position, to be added to.
    pub(super) fn at_mut(&mut self, at: usize) -> &mut (Key, Node) {
        &mut self.entries[at]
    }
}

impl IntoIterator for Table {
    type Item = (Key, Node);
    type IntoIter = std::vec::IntoIter<(Key, Node)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a> IntoIterator for &'a Table {
    type Item = &'a (Key, Node);
    type IntoIter = std::slice::Iter<'a, (Key, Node)>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}

fn fold(byte: u8) -> u8 {
    if byte == b'-' { b'_' } else { byte }
}

/// Tells whether two keys are the same: hyphens and underscores are.
pub fn same(one: &str, other: &str) -> bool {
    one.len() == other.len() && one.bytes().zip(other.bytes()).all(|(one, other)| fold(one) == fold(other))
}

fn folded(name: &str) -> String {
    name.replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::{Key, Node, Table, Value};
    use crate::file::Span;

    fn key(name: &str) -> Key {
        Key { name: name.to_owned(), span: Span::default() }
    }

    fn node(value: bool) -> Node {
        Node { span: Span::default(), value: Value::Bool(value) }
    }

    #[test]
    fn hyphen_and_underscore_are_one_key_in_small_and_large_tables() {
        for size in [0, 23, 24, 25, 100] {
            let mut table = Table::new();
            for number in 0..size {
                assert_eq!(table.insert(key(&format!("other-{number}")), node(false)), Ok(number));
            }
            assert_eq!(table.insert(key("response-sought"), node(true)), Ok(size));
            assert_eq!(table.insert(key("response_sought"), node(true)), Err(size));
            assert_eq!(table.get("response_sought"), Some(&node(true)));
            assert_eq!(table.entry("response_sought").map(|entry| entry.0.name.as_str()), Some("response-sought"));
            assert_eq!(table.get("response"), None);
        }
    }
}

//! TOML into the tree.
//!
//! 1. `toml_parser` (the parser under the `toml` crate) turns the text into events and goes on after an error.
//! 2. [`Reader`] builds tables from them, keeping the order, every span, and numbers and dates as written.
//! 3. What the library has against the text is put into plain words by `words`.
//!
//! The events are used rather than `toml::de::DeTable` because that one forgets the order of keys, how a date or number
//! was written, where the first of two equal keys stands, and how a decoded string maps to the file. Which tables may
//! be added to is decided as TOML 1.0 says, by each table's [`Origin`].

mod value;
mod words;

use std::ops::Range;

use toml_parser::parser::{Event, EventKind, RecursionGuard, ValidateWhitespace, parse_document};
use toml_parser::{ParseError, Source};

use crate::diagnostic::{Code, Diagnostic};
use crate::file::{RelPath, Span};

use super::fault::Faults;
use super::table::Origin;
use super::{DEPTH, Key, Node, Table, Value};

/// How many errors of the library are kept; behind so many only a count of lines would be left to say.
const KEPT: usize = 64;

/// Reads a TOML file (a configuration); its faults have the code `code`. What could be read is returned in any case.
pub fn toml(path: &RelPath, text: &str, code: &'static Code) -> (Table, Vec<Diagnostic>) {
    let mut faults = Faults::new(path, text, code);
    let table = read(&mut faults, 0..text.len());
    (table, faults.done())
}

/// Reads a range of a file as TOML.
pub(super) fn read(faults: &mut Faults<'_>, block: Range<usize>) -> Table {
    let source = Source::new(&faults.text[block.clone()]);
    let tokens = source.lex().into_vec();
    let mut errors = Errors::default();
    let mut events = Vec::with_capacity(tokens.len() / 2);
    let mut keep = |event: Event| {
        let silent =
            matches!(event.kind(), EventKind::Whitespace | EventKind::Comment | EventKind::Newline | EventKind::Error);
        if !silent {
            events.push(event);
        }
    };
    let mut receiver = ValidateWhitespace::new(&mut keep, source);
    let mut receiver = RecursionGuard::new(&mut receiver, DEPTH as u32);
    parse_document(&tokens, &mut receiver, &mut |error| errors.keep(error));
    let mut reader = Reader { faults, source, base: block.start, events: &events, at: 0, errors };
    let table = reader.document();
    let errors = std::mem::take(&mut reader.errors.0);
    words::tell(faults, block.start, &errors);
    table
}

/// The first errors of the library.
#[derive(Default)]
struct Errors(Vec<ParseError>);

impl Errors {
    fn keep(&mut self, error: ParseError) {
        if self.0.len() < KEPT {
            self.0.push(error);
        }
    }
}

/// Events of one text on their way into tables.
struct Reader<'r, 'a> {
    faults: &'r mut Faults<'a>,
    source: Source<'a>,
    /// Where the text begins in the file.
    base: usize,
    events: &'r [Event],
    at: usize,
    errors: Errors,
}

/// Where a line of a document puts its key: the root, a table below it, or nowhere after a faulty header.
enum Here {
    /// Positions of the entries that lead to the table; of a list, its last table is meant.
    At(Vec<usize>),
    /// The header was at fault: its lines are read for their own faults only.
    Nowhere(Box<Table>),
}

impl<'r> Reader<'r, '_> {
    fn document(&mut self) -> Table {
        let mut root = Table::new();
        let mut here = Here::At(Vec::new());
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::StdTableOpen | EventKind::ArrayTableOpen => {
                    here = match self.header(&mut root, event) {
                        Some(steps) => Here::At(steps),
                        None => Here::Nowhere(Box::default()),
                    };
                }
                EventKind::SimpleKey => {
                    let (table, depth) = match &mut here {
                        Here::At(steps) => (below(&mut root, steps), steps.len()),
                        Here::Nowhere(table) => (&mut **table, 0),
                    };
                    self.line(table, event, depth);
                }
                _ => {}
            }
        }
        root
    }

    /// Reads `[a.b]` or `[[a.b]]` up to its end, and opens the table.
    fn header(&mut self, root: &mut Table, open: &Event) -> Option<Vec<usize>> {
        let mut keys = Vec::new();
        let mut span = self.span(open);
        while let Some(event) = self.peek() {
            match event.kind() {
                EventKind::SimpleKey => {
                    self.at += 1;
                    keys = self.keys(event);
                }
                EventKind::StdTableClose | EventKind::ArrayTableClose => {
                    self.at += 1;
                    span.end = self.span(event).end;
                    break;
                }
                EventKind::KeySep => self.at += 1,
                _ => break,
            }
        }
        let last = keys.pop()?;
        let (mut steps, table) = self.descend(root, keys, Origin::Implied)?;
        let step = if open.kind() == EventKind::ArrayTableOpen {
            self.open_item(table, last, span)
        } else {
            self.open_table(table, last, span)
        };
        steps.push(step?);
        Some(steps)
    }

    fn open_table(&mut self, table: &mut Table, key: Key, span: Span) -> Option<usize> {
        let Some(at) = table.position(&key.name) else {
            let node = Node { span, value: Value::Table(Table::of(Origin::Header)) };
            return table.insert(key, node).ok();
        };
        let (first, node) = table.at_mut(at);
        if let Value::Table(existing) = &mut node.value
            && existing.origin == Origin::Implied
        {
            existing.origin = Origin::Header;
            node.span = span;
            return Some(at);
        }
        self.faults.duplicate(&key, first);
        None
    }

    fn open_item(&mut self, table: &mut Table, key: Key, span: Span) -> Option<usize> {
        let item = Node { span, value: Value::Table(Table::of(Origin::Header)) };
        let Some(at) = table.position(&key.name) else {
            return table.insert(key, Node { span, value: Value::List(vec![item]) }).ok();
        };
        let (first, node) = table.at_mut(at);
        match &mut node.value {
            Value::List(items) if is_open(items) => {
                items.push(item);
                Some(at)
            }
            _ => {
                self.faults.duplicate(&key, first);
                None
            }
        }
    }

    /// Reads the rest of a line `a.b = value` into a table.
    fn line(&mut self, table: &mut Table, key: &Event, depth: usize) {
        let keys = self.keys(key);
        let depth = depth + keys.len();
        if depth > DEPTH {
            self.too_deep(self.span(key));
            self.at = self.events.len();
        }
        if self.peek().is_some_and(|event| event.kind() == EventKind::KeyValSep) {
            self.at += 1;
            if let Some(node) = self.value(depth) {
                self.set(table, keys, node);
            }
        }
    }

    /// Sets a dotted key of a table.
    fn set(&mut self, table: &mut Table, mut keys: Vec<Key>, node: Node) {
        let Some(last) = keys.pop() else { return };
        let Some((_, table)) = self.descend(table, keys, Origin::Dotted) else { return };
        if let Some(at) = table.position(&last.name) {
            self.faults.duplicate(&last, &table.at_mut(at).0);
        } else {
            table.insert(last, node).expect("the key was looked for just now");
        }
    }

    /// Follows keys down from a table, and makes the tables that are not there yet.
    fn descend<'t>(
        &mut self,
        mut table: &'t mut Table,
        keys: Vec<Key>,
        origin: Origin,
    ) -> Option<(Vec<usize>, &'t mut Table)> {
        let mut steps = Vec::with_capacity(keys.len() + 1);
        for key in keys {
            let at = match table.position(&key.name) {
                Some(at) => at,
                None => {
                    let node = Node { span: key.span, value: Value::Table(Table::of(origin)) };
                    table.insert(key.clone(), node).expect("the key was looked for just now")
                }
            };
            steps.push(at);
            table = match &mut table.at_mut(at).1.value {
                Value::Table(inner) if may_enter(inner.origin, origin) => inner,
                Value::List(items) if origin == Origin::Implied && is_open(items) => match items.last_mut() {
                    Some(Node { value: Value::Table(inner), .. }) => inner,
                    _ => return None,
                },
                _ => {
                    self.closed(&key);
                    return None;
                }
            };
            if origin == Origin::Dotted && table.origin == Origin::Implied {
                table.origin = Origin::Dotted;
            }
        }
        Some((steps, table))
    }

    fn closed(&mut self, key: &Key) {
        self.faults.add(
            key.span,
            format!("nothing can be added to \"{}\" here, which was set before", key.name),
            "set all of it in one place",
        );
    }

    /// Reads the rest of a dotted key.
    fn keys(&mut self, first: &Event) -> Vec<Key> {
        let mut keys = vec![self.key(first)];
        while let [separator, key, ..] = &self.events[self.at..]
            && (separator.kind(), key.kind()) == (EventKind::KeySep, EventKind::SimpleKey)
        {
            self.at += 2;
            keys.push(self.key(key));
        }
        if keys.len() > DEPTH {
            let (first, last) = (&keys[0], &keys[keys.len() - 1]);
            self.too_deep(Span { start: first.span.start, end: last.span.end });
            keys.clear();
        }
        keys
    }

    fn too_deep(&mut self, span: Span) {
        self.faults.add(span, "this is nested too deeply", format!("use at most {DEPTH} levels"));
    }

    fn peek(&self) -> Option<&'r Event> {
        self.events.get(self.at)
    }

    fn next(&mut self) -> Option<&'r Event> {
        let event = self.peek()?;
        self.at += 1;
        Some(event)
    }

    fn span(&self, event: &Event) -> Span {
        Span::new(self.base + event.span().start(), self.base + event.span().end())
    }
}

/// Tells whether a list was opened by `[[…]]`, so that it may be added to.
fn is_open(items: &[Node]) -> bool {
    matches!(items.last(), Some(Node { value: Value::Table(table), .. }) if table.origin == Origin::Header)
}

/// Tells whether keys of a header (`Implied`) or a dotted key (`Dotted`) may lead through a table of this origin.
fn may_enter(table: Origin, by: Origin) -> bool {
    match table {
        Origin::Inline => false,
        Origin::Header => by == Origin::Implied,
        Origin::Implied | Origin::Dotted => true,
    }
}

fn below<'t>(root: &'t mut Table, steps: &[usize]) -> &'t mut Table {
    let mut table = root;
    for &step in steps {
        table = match &mut table.at_mut(step).1.value {
            Value::Table(table) => table,
            Value::List(items) => match items.last_mut() {
                Some(Node { value: Value::Table(table), .. }) => table,
                _ => unreachable!("a header opened the list with a table"),
            },
            _ => unreachable!("a header leads through tables only"),
        };
    }
    table
}

#[cfg(test)]
mod tests;

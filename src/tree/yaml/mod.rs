//! YAML into the tree.
//!
//! 1. `wikilink` masks bare `[[wikilinks]]`, which YAML would take for lists, by letters that it takes for text.
//! 2. `saphyr-parser` turns the block into events; it stops at the first error, which `words` puts into plain words.
//! 3. [`Reader`] builds tables from the events, and `scalar` gives each scalar its text and its way back to the file.
//!
//! Plain scalars stay as written. Front matter is a table with scalar keys, in one document; aliases are resolved up to
//! [`REPEATED`]; merge keys, which no two readers of YAML 1.2 treat alike, are errors; tags are passed over. Nothing
//! here recurses deeper than [`DEPTH`].

mod scalar;
mod wikilink;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;

use saphyr_parser::{Event, Parser, ScalarStyle, StrInput, Tag};

use crate::file::Span;

use super::fault::Faults;
use super::{DEPTH, Key, Node, Table, Value};
use wikilink::Masked;

/// How much anchors and aliases may keep and repeat in one file, in values and 16 bytes of text.
const REPEATED: usize = 10_000;

/// How many characters there are between two known offsets of a text that is not ASCII.
const STRIDE: usize = 64;

/// Reads a range of a file as YAML.
pub(super) fn read(faults: &mut Faults<'_>, block: Range<usize>) -> Table {
    let text = &faults.text[block.clone()];
    let masked = Masked::new(text);
    let mut reader = Reader {
        faults,
        text,
        masked: &masked,
        base: block.start,
        parser: Parser::new_from_str(masked.text()),
        offsets: offsets(text),
        end: 0,
        anchors: BTreeMap::new(),
        repeated: 0,
        failed: false,
    };
    reader.document()
}

/// Returns the offset of every [`STRIDE`]th character; nothing of a text in ASCII, where they are the same.
fn offsets(text: &str) -> Vec<usize> {
    if text.is_ascii() {
        return Vec::new();
    }
    text.char_indices().step_by(STRIDE).map(|(at, _)| at).collect()
}

/// Events of one block on their way into tables.
struct Reader<'r, 'a> {
    faults: &'r mut Faults<'a>,
    /// The block as written.
    text: &'r str,
    /// The block as the parser reads it.
    masked: &'r Masked<'r>,
    /// Where the block begins in the file.
    base: usize,
    parser: Parser<'r, StrInput<'r>>,
    offsets: Vec<usize>,
    /// Offset in the block behind the last scalar or bracket.
    end: usize,
    anchors: BTreeMap<usize, Node>,
    repeated: usize,
    /// Whether an error ended the reading: what comes is not to be trusted.
    failed: bool,
}

/// A scalar as the parser gives it.
struct Scalar<'r> {
    value: std::borrow::Cow<'r, str>,
    style: ScalarStyle,
    /// Whether the tag `!!str` makes a text of it, whatever it looks like.
    is_text: bool,
    anchor: usize,
    /// Its bytes in the block, as far as the parser knows them.
    range: Range<usize>,
}

/// What an event begins.
enum Start<'r> {
    Scalar(Scalar<'r>),
    Alias(usize, Range<usize>),
    List(usize, Range<usize>),
    Table(usize, Range<usize>),
    /// The list or table around it ends here.
    End(Range<usize>),
}

impl<'r> Reader<'r, '_> {
    fn document(&mut self) -> Table {
        let mut root = Table::new();
        while let Some((event, range)) = self.event() {
            match event {
                Event::StreamStart | Event::DocumentStart(_) => {}
                Event::MappingStart(..) => {
                    root = self.table(range, 1).0;
                    self.nothing_follows();
                    break;
                }
                Event::Scalar(value, ScalarStyle::Plain, ..) if value.is_empty() => {
                    self.nothing_follows();
                    break;
                }
                Event::StreamEnd => break,
                _ => {
                    // A line `key:value` is a text to YAML; where a field follows it, the parser's own error says more.
                    if !matches!(event, Event::Scalar(..)) || self.event().is_some() {
                        self.no_table(range);
                    }
                    break;
                }
            }
        }
        root
    }

    fn no_table(&mut self, range: Range<usize>) {
        let line = self.text[range.start..].lines().next().unwrap_or_default().trim_end();
        self.fault(
            range.start..range.start + line.len(),
            "this is no list of fields",
            "write each field as `title: Ada` on a line of its own; for a rule at the top of a page, write `***`",
        );
    }

    /// Makes sure that the block ends behind its table.
    fn nothing_follows(&mut self) {
        while let Some((event, range)) = self.event() {
            match event {
                Event::StreamEnd => break,
                Event::DocumentStart(_) => {
                    self.fault(range, "a second YAML document begins here", "write all fields in one");
                    break;
                }
                _ => {}
            }
        }
    }

    /// Reads the fields of a table, whose start is read, and tells where it ends.
    fn table(&mut self, start: Range<usize>, depth: usize) -> (Table, Span) {
        let mut table = Table::new();
        let mut span = Span::new(self.base + start.start, self.base + start.end);
        while let Some(begin) = self.start() {
            let key = match begin {
                Start::End(end) => {
                    span.end = span.end.max(self.at(&end).end);
                    break;
                }
                Start::Scalar(scalar) => self.key(scalar),
                other => {
                    let node = self.node(other, depth);
                    if let Some(node) = node {
                        self.faults.add(node.span, "this is no key", "a key is a plain word, as in `title: Ada`");
                    }
                    None
                }
            };
            let Some(begin) = self.start() else { break };
            let Some(mut node) = self.node(begin, depth) else { break };
            span.end = span.end.max(node.span.end);
            let Some(key) = key else { continue };
            if node.value == Value::Null {
                node.span = key.span;
            }
            match table.position(&key.name) {
                Some(at) => self.faults.duplicate(&key, &table.at_mut(at).0),
                None => drop(table.insert(key, node)),
            }
        }
        (table, span)
    }

    fn key(&mut self, scalar: Scalar<'r>) -> Option<Key> {
        let merge = scalar.style == ScalarStyle::Plain && scalar.value == "<<";
        let node = self.scalar(scalar);
        let span = node.span;
        let name = match node.text() {
            Some(text) if !text.value.is_empty() => text.value.to_string(),
            _ => {
                self.faults.add(span, "this field has no name", "write it as in `title: Ada`");
                return None;
            }
        };
        if merge {
            self.faults.add(span, "fields cannot be merged in with `<<`", "write them out");
            return None;
        }
        Some(Key { name, span })
    }

    /// Reads a node of which the first event is read; `depth` tables and lists stand around it.
    fn node(&mut self, start: Start<'r>, depth: usize) -> Option<Node> {
        let (anchor, node) = match start {
            Start::Scalar(scalar) => (scalar.anchor, self.scalar(scalar)),
            Start::Alias(anchor, range) => return self.alias(anchor, range),
            Start::List(_, range) | Start::Table(_, range) if depth >= DEPTH => {
                self.fault(range, "this is nested too deeply", format!("use at most {DEPTH} levels"));
                self.failed = true;
                return None;
            }
            Start::List(anchor, range) => (anchor, self.list(range, depth)),
            Start::Table(anchor, range) => {
                let (table, span) = self.table(range, depth + 1);
                (anchor, Node { span, value: Value::Table(table) })
            }
            Start::End(_) => return None,
        };
        if anchor > 0 && self.may_repeat(&node) {
            self.anchors.insert(anchor, node.clone());
        }
        Some(node)
    }

    fn list(&mut self, start: Range<usize>, depth: usize) -> Node {
        let mut items = Vec::new();
        let mut span = self.at(&start);
        while let Some(begin) = self.start() {
            if let Start::End(end) = begin {
                span.end = span.end.max(self.at(&end).end);
                break;
            }
            let Some(node) = self.node(begin, depth + 1) else { break };
            span.end = span.end.max(node.span.end);
            items.push(node);
        }
        Node { span, value: Value::List(items) }
    }

    /// Repeats what an anchor stands for; the copy keeps its place, where its text is written.
    fn alias(&mut self, anchor: usize, range: Range<usize>) -> Option<Node> {
        match self.anchors.remove(&anchor) {
            Some(node) => {
                let copy = self.may_repeat(&node).then(|| node.clone());
                self.anchors.insert(anchor, node);
                copy
            }
            None if self.failed => None,
            None => {
                self.fault(range, "this alias stands inside what it repeats", "write it out");
                self.failed = true;
                None
            }
        }
    }

    /// Tells whether a node may be kept or repeated once more, and counts it.
    fn may_repeat(&mut self, node: &Node) -> bool {
        self.repeated += weight(node);
        let fits = self.repeated <= REPEATED;
        if !fits && !self.failed {
            self.faults.add(node.span, "anchors and aliases repeat too much here", "write it out, or leave it out");
            self.failed = true;
        }
        fits
    }

    /// Returns what the next event begins; `None` behind an error.
    fn start(&mut self) -> Option<Start<'r>> {
        let (event, range) = self.event()?;
        let start = match event {
            Event::Scalar(value, style, anchor, tag) => {
                Start::Scalar(Scalar { value, style, anchor, range, is_text: tag.is_some_and(|tag| is_str(&tag)) })
            }
            Event::Alias(anchor) => Start::Alias(anchor, range),
            Event::SequenceStart(anchor, _) => Start::List(anchor, range),
            Event::MappingStart(anchor, _) => Start::Table(anchor, range),
            Event::SequenceEnd | Event::MappingEnd => {
                self.end = self.end.max(if range.is_empty() { 0 } else { range.end });
                Start::End(if range.is_empty() { self.end..self.end } else { range })
            }
            _ => return None,
        };
        Some(start)
    }

    fn event(&mut self) -> Option<(Event<'r>, Range<usize>)> {
        if self.failed {
            return None;
        }
        match self.parser.next_event()? {
            Ok((event, span)) => {
                let start = self.offset(span.start.index());
                Some((event, start..self.offset(span.end.index()).max(start)))
            }
            Err(error) => {
                let at = self.offset(error.marker().index());
                let (range, message, help) = words::words(self.text, at, error.info());
                self.fault(range, message, help);
                self.failed = true;
                None
            }
        }
    }

    /// Returns the offset in the block of a character.
    fn offset(&self, index: usize) -> usize {
        if self.offsets.is_empty() {
            return index.min(self.text.len());
        }
        let Some(&from) = self.offsets.get(index / STRIDE) else { return self.text.len() };
        let rest = &self.text[from..];
        rest.char_indices().nth(index % STRIDE).map_or(self.text.len(), |(at, _)| from + at)
    }

    fn at(&self, range: &Range<usize>) -> Span {
        Span::new(self.base + range.start, self.base + range.end)
    }

    fn fault(&mut self, range: Range<usize>, message: &str, help: impl Into<String>) {
        let span = self.at(&range);
        self.faults.add(span, message, help);
    }
}

fn is_str(tag: &Tag) -> bool {
    tag.is_yaml_core_schema() && tag.suffix == "str"
}

fn weight(node: &Node) -> usize {
    match &node.value {
        Value::List(items) => 1 + items.iter().map(weight).sum::<usize>(),
        Value::Table(table) => 1 + table.entries().iter().map(|(_, node)| 1 + weight(node)).sum::<usize>(),
        _ => 1 + node.text().map_or(0, |text| text.value.len() / 16),
    }
}

#[cfg(test)]
mod tests;

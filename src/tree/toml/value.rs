//! Values of TOML: scalars, strings with the way back to the file, arrays and inline tables.

use std::borrow::Cow;

use ::toml::value::Datetime;
use toml_parser::decoder::{ScalarKind, StringBuilder};
use toml_parser::parser::{Event, EventKind};

use crate::file::{Span, Text};
use crate::tree::mapping::Mapping;
use crate::tree::{DEPTH, Key, Node, Table, Value};

use super::Reader;

impl Reader<'_, '_> {
    /// Reads a key.
    pub(super) fn key(&mut self, event: &Event) -> Key {
        let mut name = Cow::Borrowed("");
        let errors = &mut self.errors;
        if let Some(raw) = self.source.get(event) {
            raw.decode_key(&mut name, &mut |error| errors.keep(error));
        }
        Key { name: name.into_owned(), span: self.span(event) }
    }

    /// Reads the value that comes next; `depth` tables and lists stand around it.
    pub(super) fn value(&mut self, depth: usize) -> Option<Node> {
        let event = self.peek()?;
        match event.kind() {
            EventKind::Scalar => {
                self.at += 1;
                self.scalar(event)
            }
            EventKind::ArrayOpen | EventKind::InlineTableOpen if depth > DEPTH => {
                self.too_deep(self.span(event));
                self.at = self.events.len();
                None
            }
            EventKind::ArrayOpen => {
                self.at += 1;
                Some(self.array(event, depth))
            }
            EventKind::InlineTableOpen => {
                self.at += 1;
                Some(self.inline_table(event, depth))
            }
            _ => None,
        }
    }

    fn array(&mut self, open: &Event, depth: usize) -> Node {
        let mut items = Vec::new();
        let mut span = self.span(open);
        while let Some(event) = self.peek() {
            match event.kind() {
                EventKind::Scalar | EventKind::ArrayOpen | EventKind::InlineTableOpen => {
                    items.extend(self.value(depth + 1));
                }
                EventKind::ValueSep => self.at += 1,
                EventKind::ArrayClose => {
                    self.at += 1;
                    span.end = self.span(event).end;
                    break;
                }
                _ => break,
            }
        }
        Node { span, value: Value::List(items) }
    }

    fn inline_table(&mut self, open: &Event, depth: usize) -> Node {
        let mut table = Table::new();
        let mut span = self.span(open);
        while let Some(event) = self.peek() {
            match event.kind() {
                EventKind::SimpleKey => {
                    self.at += 1;
                    self.line(&mut table, event, depth + 1);
                }
                EventKind::ValueSep => self.at += 1,
                EventKind::InlineTableClose => {
                    self.at += 1;
                    span.end = self.span(event).end;
                    break;
                }
                _ => break,
            }
        }
        Node { span, value: Value::Table(table) }
    }

    fn scalar(&mut self, event: &Event) -> Option<Node> {
        let raw = self.source.get(event)?;
        let span = self.span(event);
        let written = raw.as_str();
        let errors = &mut self.errors;
        let value = if event.encoding().is_some() {
            let mut decoded = Decoded::new(self.source.input(), self.base);
            let _ = raw.decode_scalar(&mut decoded, &mut |error| errors.keep(error));
            Value::Text(decoded.text())
        } else if looks_like_a_date(written) {
            if written.parse::<Datetime>().is_err() {
                self.bad_date(span);
                return None;
            }
            Value::Date(written.to_owned())
        } else {
            let known = self.errors.0.len();
            let errors = &mut self.errors;
            let kind = raw.decode_scalar(&mut (), &mut |error| errors.keep(error));
            if self.errors.0.len() > known {
                return None;
            }
            match kind {
                ScalarKind::Boolean(value) => Value::Bool(value),
                _ => Value::Number(written.to_owned()),
            }
        };
        Some(Node { span, value })
    }

    fn bad_date(&mut self, span: Span) {
        self.faults.add(
            span,
            "TOML knows no date like this one",
            "quote it: TOML has dates with year, month and day only, and other dates are written as texts, \
             as in born = \"1967-01\"",
        );
    }
}

/// Tells whether an unquoted scalar was meant as a date, TOML's own or EDTF: `1967-01`, `2021-02~`, `../2019`, `196X`,
/// `Y17000`. Numbers are none.
fn looks_like_a_date(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let digits = |from: usize| bytes.iter().skip(from).take_while(|byte| matches!(byte, b'0'..=b'9' | b'X')).count();
    let negative = usize::from(bytes.first() == Some(&b'-'));
    match (bytes, digits(negative)) {
        ([b'.', b'.', b'/', ..] | [b'/', b'0'..=b'9', ..], _) => true,
        ([b'Y', rest, ..], _) => rest.is_ascii_digit() || *rest == b'-',
        (_, 2) if negative == 0 => bytes.get(2) == Some(&b':'),
        (_, 4) => match bytes.get(negative + 4) {
            None => raw.contains('X'),
            Some(next) => matches!(next, b'-' | b'/' | b'?' | b'~' | b'%'),
        },
        _ => false,
    }
}

/// A string being decoded, which keeps account of where each part of it stands.
///
/// The decoder hands over the parts that stand as they are as slices of the source (an empty one before and behind each
/// escape), and what an escape stands for as a character: so the end of the last slice is where an escape begins.
struct Decoded<'s> {
    source: &'s str,
    base: usize,
    value: String,
    map: Mapping,
    /// Offset in the source behind what was taken last.
    next: usize,
}

impl<'s> Decoded<'s> {
    fn new(source: &'s str, base: usize) -> Decoded<'s> {
        Decoded { source, base, value: String::new(), map: Mapping::default(), next: 0 }
    }

    fn take(&mut self, part: &str, offset: usize) {
        self.map.copy(self.value.len(), self.base + offset, part.len());
        self.value.push_str(part);
    }

    fn text(self) -> Text {
        Text { value: self.value.into(), map: self.map.done(self.base + self.next) }
    }
}

impl<'s> StringBuilder<'s> for Decoded<'s> {
    fn clear(&mut self) {
        self.value.clear();
        self.map.clear();
    }

    /// Takes a part as it stands, with LF for CRLF, so that a text is the same whatever the line ends of its file.
    fn push_str(&mut self, append: &'s str) -> bool {
        let Some(mut offset) = (append.as_ptr() as usize).checked_sub(self.source.as_ptr() as usize) else {
            return true;
        };
        let mut rest = append;
        while let Some(at) = rest.find("\r\n") {
            if at > 0 {
                self.take(&rest[..at], offset);
            }
            rest = &rest[at + 1..];
            offset += at + 1;
        }
        if !rest.is_empty() {
            self.take(rest, offset);
        }
        self.next = offset + rest.len();
        true
    }

    fn push_char(&mut self, append: char) -> bool {
        self.map.stem(self.value.len(), self.base + self.next);
        self.value.push(append);
        true
    }
}

//! Front matter read by the table of a type: each field by its shape, whatever the syntax.

use std::borrow::Cow;

use super::Scope;
use crate::diagnostic::{Diagnostic, code, near, said};
use crate::file::{Fit, Span, Text};
use crate::kind::{Field, Shape};
use crate::markdown::{self, FirstHeading};
use crate::model::date::Edtf;
use crate::model::{FieldCitation, Fields, Need, Reference, Spanned, Value};
use crate::tree::{self, Node, Table};

/// What reading fields gathers beside them.
pub(super) struct Gathered<'s> {
    pub(super) scope: &'s Scope<'s>,
    pub(super) references: Vec<Reference>,
    pub(super) notes: Vec<markdown::Body>,
    pub(super) found: Vec<Diagnostic>,
}

impl Gathered<'_> {
    /// Reads the fields of a table; keys that the type does not know are left to the caller.
    pub(super) fn table(&mut self, fields: &[&Field], table: &Table, span: Span) -> Fields {
        let mut read = Fields::at(span);
        for field in fields {
            let Some(node) = entry(field, table) else { continue };
            if node.is_null() || is_blank(node) {
                continue;
            }
            if let Some(value) = self.value(field, field.shape, node) {
                read.push(field.name.clone(), Spanned { span: node.span, value });
            }
        }
        read.fit();
        read
    }

    fn fault(&mut self, span: Span, message: String) -> &mut Diagnostic {
        self.push(Diagnostic::new(&code::INVALID_VALUE, message).at(self.scope.path, span))
    }

    fn push(&mut self, fault: Diagnostic) -> &mut Diagnostic {
        let at = self.found.len();
        self.found.push(fault);
        &mut self.found[at]
    }

    fn value(&mut self, field: &Field, shape: Shape, node: &Node) -> Option<Value> {
        match shape {
            Shape::Text | Shape::File => self.text(field, node).map(Value::Text),
            Shape::Url => self.url(field, node),
            Shape::Markdown => {
                let text = self.text(field, node)?;
                Some(Value::Markdown(self.note(&text)))
            }
            Shape::Word(words) => self.word(field, words, node),
            Shape::Open(_) => self.text(field, node).map(Value::Text),
            Shape::Bool => match node.bool() {
                Some(value) => Some(Value::Bool(value)),
                None => {
                    let message = format!("\"{}\" is true or false, not {}", field.name, shown(node));
                    self.fault(node.span, message);
                    None
                }
            },
            Shape::Number => self.number(field, node),
            Shape::Date => self.date(field, node),
            Shape::Reference => self.reference(field, node, Need::Record),
            Shape::ReferenceOrText => self.reference(field, node, Need::RecordOrText),
            Shape::Citation => self.citation(field, node),
            Shape::List(of) => {
                let items = node.items().iter().filter(|item| !item.is_null() && !is_blank(item));
                let read =
                    items.filter_map(|item| Some(Spanned { span: item.span, value: self.value(field, *of, item)? }));
                let mut list: Vec<Spanned> = read.collect();
                list.fit();
                Some(Value::List(list))
            }
            Shape::Table(fields, short) => self.inner(field, fields, short, node),
            Shape::Body | Shape::Records(_) | Shape::Free => None,
        }
    }

    fn text(&mut self, field: &Field, node: &Node) -> Option<Text> {
        match &node.value {
            tree::Value::Text(text) | tree::Value::Plain(text) => Some(text.clone()),
            tree::Value::Date(date) => Some(Text::new(date, node.span.start as usize)),
            tree::Value::Number(number) => {
                let message = format!("\"{}\" is a text, not a number", field.name);
                self.fault(node.span, message).help = Some(format!("quote it: \"{number}\""));
                None
            }
            _ => {
                let message = format!("\"{}\" is a text, not {}", field.name, node.kind());
                self.fault(node.span, message);
                None
            }
        }
    }

    /// Parses short Markdown and returns its number.
    fn note(&mut self, text: &Text) -> usize {
        let (body, _) = self.scope.markdown(text, FirstHeading::Keep, &mut self.found);
        self.notes.push(body);
        self.notes.len() - 1
    }

    fn url(&mut self, field: &Field, node: &Node) -> Option<Value> {
        let text = self.text(field, node)?;
        if markdown::is_world_url(&text.value) {
            return Some(Value::Text(text));
        }
        let message = format!("\"{}\" is no URL that may be published", said(&text.value));
        let fault = Diagnostic::new(&code::UNSAFE_URL, message).at(self.scope.path, node.span);
        self.push(fault.help("write a full URL that begins with https://, http://, mailto: or tel:"));
        None
    }

    fn word(&mut self, field: &Field, words: &'static [&'static str], node: &Node) -> Option<Value> {
        let text = self.text(field, node)?;
        let written = text.value.trim().replace('_', "-").to_lowercase();
        let known = words.iter().find(|word| tree::same(word, &written));
        if let Some(word) = known {
            let word = Text { value: (*word).into(), map: text.map };
            return Some(Value::Text(word));
        }
        let help = match near::nearest(&written, words.iter().copied()).first() {
            Some(nearest) => format!("did you mean \"{nearest}\"?"),
            None => format!("it is one of {}", words.join(", ")),
        };
        let message = format!("\"{}\" cannot be \"{}\"", field.name, text.value);
        self.fault(node.span, message).help = Some(help);
        None
    }

    fn number(&mut self, field: &Field, node: &Node) -> Option<Value> {
        let written = match &node.value {
            tree::Value::Number(text) => text.as_str(),
            tree::Value::Plain(text) => &text.value,
            _ => "",
        };
        let value = written.replace('_', "").parse::<f64>().ok().filter(|value| value.is_finite());
        let range = match field.name.as_ref() {
            "lat" => 90.0,
            "lon" => 180.0,
            _ => f64::MAX,
        };
        match value {
            Some(value) if value.abs() <= range => Some(Value::Number(value)),
            Some(value) => {
                let message = format!("\"{}\" cannot be {value}: it lies between -{range} and {range}", field.name);
                self.fault(node.span, message);
                None
            }
            None => {
                let message = format!("\"{}\" is a number, not {}", field.name, shown(node));
                self.fault(node.span, message);
                None
            }
        }
    }

    fn date(&mut self, field: &Field, node: &Node) -> Option<Value> {
        if let tree::Value::Number(number) = &node.value {
            let message = format!("\"{}\" is a date, and dates are texts", field.name);
            self.fault(node.span, message).help = Some(format!("quote it: \"{number}\""));
            return None;
        }
        let text = self.text(field, node)?;
        match Edtf::parse(text.value.trim()) {
            Ok(date) => Some(Value::Date(Box::new(date))),
            Err(fault) => {
                let diagnostic = Diagnostic::new(&code::INVALID_DATE, fault.message).at(self.scope.path, node.span);
                self.push(diagnostic.help(fault.help));
                None
            }
        }
    }

    fn reference(&mut self, field: &Field, node: &Node, need: Need) -> Option<Value> {
        let text = self.text(field, node)?;
        let reference = read_reference(field, &text, node.span, need);
        self.references.push(reference);
        Some(Value::Reference(self.references.len() - 1))
    }

    fn citation(&mut self, field: &Field, node: &Node) -> Option<Value> {
        let (cite, quote) = match &node.value {
            tree::Value::Table(table) => {
                for (key, _) in table {
                    if !key.is("cite") && !key.is("quote") {
                        let fault = Diagnostic::new(
                            &code::UNKNOWN_FIELD,
                            format!("unknown key \"{}\" of a citation", key.name),
                        );
                        self.push(fault.at(self.scope.path, key.span).help("a citation has cite and quote"));
                    }
                }
                let quote = table.get("quote").filter(|node| !node.is_null());
                let quote = quote.and_then(|node| self.text(field, node));
                match table.get("cite") {
                    Some(cite) => (self.text(field, cite)?, quote),
                    None => {
                        let fault = Diagnostic::new(&code::MISSING_FIELD, "a citation has no \"cite\"");
                        self.push(
                            fault
                                .at(self.scope.path, node.span)
                                .help("name the source: { cite = \"courier-story, para. 1\" }"),
                        );
                        return None;
                    }
                }
            }
            _ => (self.text(field, node)?, None),
        };
        let cites = markdown::parse_cites(&cite);
        if cites.is_empty() {
            let message = format!("\"{}\" cites no source", cite.value);
            self.fault(node.span, message).help =
                Some("write the source's id, then a comma and the place: \"courier-story, para. 1\"".to_owned());
            return None;
        }
        let cites = cites.into_iter().map(|item| {
            self.references.push(Reference {
                target: item.key.to_string(),
                label: None,
                span: cite.span(item.at.range()),
                field: field.name.clone(),
                need: Need::Source,
            });
            (item, self.references.len() - 1)
        });
        let cites = cites.collect();
        Some(Value::Citation(Box::new(FieldCitation { cites, text: cite, quote, span: node.span })))
    }

    fn inner(
        &mut self,
        field: &Field,
        fields: &'static [Field],
        short: Option<&'static str>,
        node: &Node,
    ) -> Option<Value> {
        if let Some(table) = node.table() {
            let all: Vec<&Field> = fields.iter().collect();
            let read = self.table(&all, table, node.span);
            self.unknown(&all, table, &format!(" in \"{}\"", field.name));
            self.missing(&all, table, node.span, &format!("an entry of \"{}\"", field.name));
            return Some(Value::Table(read));
        }
        let short = short.and_then(|short| fields.iter().find(|field| field.name == short));
        let Some(short) = short else {
            let message = format!("\"{}\" is a table, not {}", field.name, shown(node));
            self.fault(node.span, message);
            return None;
        };
        let value = self.value(short, short.shape, node)?;
        let mut read = Fields::at(node.span);
        read.push(short.name.clone(), Spanned { span: node.span, value });
        read.fit();
        Some(Value::Table(read))
    }

    /// Reports keys that are near a field's name but are none.
    pub(super) fn unknown(&mut self, fields: &[&Field], table: &Table, place: &str) {
        for (key, _) in table {
            if is_known(fields, &key.name) {
                continue;
            }
            let names = fields.iter().map(|field| field.name.as_ref());
            if let Some(nearest) = near::slip(&key.name, names) {
                let fault = Diagnostic::new(&code::UNKNOWN_FIELD, format!("unknown field \"{}\"{place}", key.name));
                self.push(fault.at(self.scope.path, key.span).help(format!("did you mean \"{nearest}\"?")));
            }
        }
    }

    /// Reports required fields that are not there.
    pub(super) fn missing(&mut self, fields: &[&Field], table: &Table, span: Span, what: &str) {
        for field in fields.iter().filter(|field| field.required) {
            let there = entry(field, table).is_some_and(|node| !node.is_null() && !is_blank(node));
            if !there {
                let fault = Diagnostic::new(&code::MISSING_FIELD, format!("{what} has no \"{}\"", field.name));
                let help = format!("{} Write it like this: {} = {}", field.doc, field.name, field.example);
                self.push(fault.at(self.scope.path, span).help(help));
            }
        }
    }
}

/// Tells whether one of the fields has that name, or is also read under it.
pub(super) fn is_known(fields: &[&Field], name: &str) -> bool {
    fields.iter().any(|field| tree::same(&field.name, name) || field.also.iter().any(|also| tree::same(also, name)))
}

/// Returns the node of a field, under its own name or another that is read as it.
pub(super) fn entry<'t>(field: &Field, table: &'t Table) -> Option<&'t Node> {
    table.get(&field.name).or_else(|| field.also.iter().find_map(|name| table.get(name)))
}

fn is_blank(node: &Node) -> bool {
    match &node.value {
        tree::Value::Text(text) => text.value.trim().is_empty(),
        tree::Value::List(items) => items.is_empty(),
        _ => false,
    }
}

/// Returns what an author wrote, or what kind of value it is.
fn shown(node: &Node) -> Cow<'_, str> {
    match node.text() {
        Some(text) if text.value.len() <= 40 => Cow::Owned(format!("\"{}\"", text.value)),
        _ => Cow::Borrowed(node.kind()),
    }
}

/// Reads a reference: a name, or a `[[wikilink|label]]`.
fn read_reference(field: &Field, text: &Text, span: Span, need: Need) -> Reference {
    let value = text.value.trim();
    let wikilink =
        value.strip_prefix("[[").and_then(|rest| rest.strip_suffix("]]")).filter(|inner| !inner.contains("[["));
    let (target, label, need) = match wikilink {
        Some(inner) => {
            let (target, label) = match inner.split_once('|') {
                Some((target, label)) => (target.trim_end_matches('\\'), Some(label.trim().to_owned())),
                None => (inner, None),
            };
            // A wikilink says that a record is meant.
            let need = if need == Need::RecordOrText { Need::Record } else { need };
            (target, label, need)
        }
        None => (value, None, need),
    };
    let target = if wikilink.is_some() { target.split('#').next().unwrap_or(target) } else { target };
    Reference { target: target.trim().to_owned(), label, span, field: field.name.clone(), need }
}

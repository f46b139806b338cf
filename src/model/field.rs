//! What an author wrote in a record's front matter, read by the table of its type.

use std::borrow::Cow;

use crate::file::{Fit, Span, Text};
use crate::markdown::Cite;
use crate::model::date::Edtf;

/// A pointer to another record, as written in a field.
#[derive(Clone, PartialEq, Debug)]
pub struct Reference {
    /// The name, title, alias or path that is pointed at.
    pub target: String,
    /// The words to show in its place, where the author gave some.
    pub label: Option<String>,
    /// Where it stands in the file.
    pub span: Span,
    /// The field that holds it, for messages.
    pub field: Cow<'static, str>,
    /// What must become of it.
    pub need: Need,
}

impl Reference {
    /// Tells whether it names the site itself, as only `by` may: `by = "site"`.
    pub fn is_site(&self) -> bool {
        self.field == "by" && self.label.is_none() && self.target.eq_ignore_ascii_case("site")
    }
}

/// Whether a reference must resolve.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    /// A record must fit.
    Record,
    /// A source must fit.
    Source,
    /// Where no record fits, the words stand as they are.
    RecordOrText,
}

/// A citation in a field: sources with locators, and perhaps the words that are quoted from them.
#[derive(Clone, PartialEq, Debug)]
pub struct FieldCitation {
    /// What is cited, at least one source: each with its index into the record's references.
    pub cites: Box<[(Cite, usize)]>,
    /// The citation as written.
    pub text: Text,
    /// The words that are quoted, held against the text of the sources.
    pub quote: Option<Text>,
    /// Where it stands in the file.
    pub span: Span,
}

impl FieldCitation {
    /// Returns the reference by which the citation is known: that of the first source.
    pub fn slot(&self) -> usize {
        self.cites[0].1
    }

    /// Returns the references of its sources.
    pub fn slots(&self) -> impl Iterator<Item = usize> {
        self.cites.iter().map(|(_, slot)| *slot)
    }

    /// Returns the locator of one of its sources as written, without braces; empty where there is none.
    pub fn locator(&self, cite: &Cite) -> &str {
        let written = &self.text.value[cite.locator_at.range()];
        let inside = written.strip_prefix('{').and_then(|inside| inside.strip_suffix('}'));
        inside.unwrap_or(written).trim()
    }
}

/// The value of a field.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// A text; also a word of a list, a file or a URL.
    Text(Text),
    /// Short Markdown, as the index of one of the record's short texts.
    Markdown(usize),
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A date or an interval.
    Date(Box<Edtf>),
    /// A reference, as an index into the record's references.
    Reference(usize),
    /// A citation.
    Citation(Box<FieldCitation>),
    /// Several values.
    List(Vec<Spanned>),
    /// A table of fields.
    Table(Fields),
}

/// A value and where it stands in the file.
#[derive(Clone, PartialEq, Debug)]
pub struct Spanned {
    /// The bytes of the value.
    pub span: Span,
    /// The value.
    pub value: Value,
}

/// The fields of a record or of one of its tables, in the order of the type's table.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Fields {
    entries: Vec<(Cow<'static, str>, Spanned)>,
    /// Where the table itself stands in the file.
    pub span: Span,
}

impl Fields {
    /// Makes an empty table that stands at `span`.
    pub fn at(span: Span) -> Fields {
        Fields { entries: Vec::new(), span }
    }

    /// Adds a field.
    pub fn push(&mut self, name: Cow<'static, str>, value: Spanned) {
        self.entries.push((name, value));
    }

    /// Gives back the memory that no field needs.
    pub fn fit(&mut self) {
        self.entries.fit();
    }

    /// Returns the field of that name.
    pub fn find(&self, name: &str) -> Option<&Spanned> {
        self.entries.iter().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// Returns every field with its name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Spanned)> {
        self.entries.iter().map(|(name, value)| (name.as_ref(), value))
    }

    /// Returns a field's text.
    pub fn text(&self, name: &str) -> Option<&str> {
        match &self.find(name)?.value {
            Value::Text(text) => Some(&text.value),
            _ => None,
        }
    }

    /// Returns a field's truth value.
    pub fn bool(&self, name: &str) -> Option<bool> {
        match self.find(name)?.value {
            Value::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// Returns a field's number.
    pub fn number(&self, name: &str) -> Option<f64> {
        match self.find(name)?.value {
            Value::Number(value) => Some(value),
            _ => None,
        }
    }

    /// Returns a field's date.
    pub fn date(&self, name: &str) -> Option<&Edtf> {
        match &self.find(name)?.value {
            Value::Date(date) => Some(date),
            _ => None,
        }
    }

    /// Returns a field's short text, as an index into the record's short texts.
    pub fn markdown(&self, name: &str) -> Option<usize> {
        match self.find(name)?.value {
            Value::Markdown(index) => Some(index),
            _ => None,
        }
    }

    /// Returns a field's reference, as an index into the record's references.
    pub fn reference(&self, name: &str) -> Option<usize> {
        match self.find(name)?.value {
            Value::Reference(slot) => Some(slot),
            _ => None,
        }
    }

    /// Returns a table in a field.
    pub fn table(&self, name: &str) -> Option<&Fields> {
        match &self.find(name)?.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// Returns the values of a list; nothing where the field is absent.
    pub fn list(&self, name: &str) -> &[Spanned] {
        match self.find(name).map(|found| &found.value) {
            Some(Value::List(list)) => list,
            _ => &[],
        }
    }

    /// Returns the tables of a list.
    pub fn tables(&self, name: &str) -> impl Iterator<Item = &Fields> {
        self.list(name).iter().filter_map(|item| match &item.value {
            Value::Table(table) => Some(table),
            _ => None,
        })
    }

    /// Returns the texts of a list.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &Text> {
        self.list(name).iter().filter_map(|item| match &item.value {
            Value::Text(text) => Some(text),
            _ => None,
        })
    }

    /// Returns the references of a list, as indices into the record's references.
    pub fn references(&self, name: &str) -> impl Iterator<Item = usize> {
        self.list(name).iter().filter_map(|item| match &item.value {
            Value::Reference(slot) => Some(*slot),
            _ => None,
        })
    }

    /// Returns the citations of a list.
    pub fn citations(&self, name: &str) -> impl Iterator<Item = &FieldCitation> {
        self.list(name).iter().filter_map(|item| match &item.value {
            Value::Citation(citation) => Some(&**citation),
            _ => None,
        })
    }
}

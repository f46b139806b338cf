//! Fields by the tables of the record types: every field there is gets a value of its shape.

use casebook::kind::{BUILT_IN, Field, Kind, Shape, custom_kind};

use super::author::{Author, Wiki};
use super::forms::{Forms, joined};
use super::inline::Place;
use super::value::Value;

/// The fields of the site's own type, with the words for their shapes: all that there are.
pub(super) const CUSTOM: [(&str, &str); 15] = [
    ("flag", "text"),
    ("story", "markdown"),
    ("built", "date"),
    ("tonnage", "number"),
    ("afloat", "boolean"),
    ("sunk", "bool"),
    ("site", "url"),
    ("owner", "reference"),
    ("captain", "reference-or-text"),
    ("register", "citation"),
    ("names", "texts"),
    ("voyages", "dates"),
    ("pages-elsewhere", "urls"),
    ("ports", "references"),
    ("papers", "citations"),
];

/// Fields that are written by other means: they decide what and where the record is.
pub(super) const APART: [&str; 18] = [
    "type",
    "id",
    "title",
    "aliases",
    "slug",
    "draft",
    "visibility",
    "private",
    "extra",
    "body",
    "people",
    "organisations",
    "places",
    "events",
    "sources",
    "claims",
    "capture",
    "reviewed",
];

/// Returns the table of a type.
pub(super) fn kind_of(name: &str) -> Kind {
    if let Some(kind) = BUILT_IN.iter().find(|kind| kind.name == name) {
        return (*kind).clone();
    }
    let shape = |word: &str| casebook::kind::custom_shape(word).expect("a word for a shape");
    let fields = CUSTOM.iter().map(|(name, word)| ((*name).to_owned(), shape(word))).collect();
    let (name, folder, title) = (name.to_owned(), "vessels".to_owned(), "Vessels".to_owned());
    custom_kind(casebook::kind::Custom { name, folder, title, fields })
}

impl Author<'_> {
    /// Writes the fields of the record, as far as the dice will.
    pub(super) fn fields(&mut self) -> Vec<(String, Value)> {
        let kind = kind_of(self.record().kind);
        let mut fields = Vec::new();
        for field in kind.all_fields() {
            if APART.contains(&field.name.as_ref()) || (!field.required && !self.dice.chance(30)) {
                continue;
            }
            let path = format!("{}.{}", kind.name, field.name);
            if let Some(value) = self.value(&path, &field.name, field.shape) {
                self.cover(path);
                fields.push((self.key(field), value));
            }
        }
        fields
    }

    /// Writes a field's name, or another that is read as it.
    fn key(&mut self, field: &Field) -> String {
        match field.also {
            [] => {}
            also if self.dice.chance(20) => return (*self.dice.pick(also)).to_owned(),
            _ => {}
        }
        if self.dice.chance(20) { field.name.replace('-', "_") } else { field.name.to_string() }
    }

    /// Makes a value of a shape; `None` where there is nothing to refer to.
    fn value(&mut self, path: &str, name: &str, shape: Shape) -> Option<Value> {
        match shape {
            Shape::Text => Some(Value::Text(self.plain(name))),
            Shape::Markdown => Some(Value::Text(self.short())),
            Shape::Word(words) => Some(Value::text(*self.dice.pick(words))),
            Shape::Open(words) => {
                let free = self.words(1);
                Some(Value::text(if self.dice.chance(70) { (*self.dice.pick(words)).to_owned() } else { free }))
            }
            Shape::Bool => Some(Value::Raw((*self.dice.pick(&["true", "false"])).to_owned())),
            Shape::Number => {
                let range = if name == "lat" { 90 } else { 180 };
                Some(Value::Raw(format!("{}.{}", self.dice.below(range), self.dice.below(100))))
            }
            Shape::Date => Some(Value::text(self.date())),
            Shape::Url => Some(Value::text(format!("https://example.org/{}", self.dice.below(5)))),
            Shape::File => Some(Value::text(self.image())),
            Shape::Reference => self.reference(name).map(Value::text),
            Shape::ReferenceOrText => Some(Value::Text(self.reference_or_text(name))),
            Shape::Citation => self.cite(),
            Shape::List(of) => {
                let items = (0..1 + self.dice.below(3)).filter_map(|_| self.value(path, name, *of)).collect::<Vec<_>>();
                match items.as_slice() {
                    [] => None,
                    // A single value stands for a list of one.
                    [one] if self.dice.chance(50) && !matches!(one, Value::Table(_)) => Some(one.clone()),
                    _ => Some(Value::List(items)),
                }
            }
            Shape::Table(fields, short) => self.table_of(path, fields, short),
            Shape::Body | Shape::Records(_) | Shape::Free => None,
        }
    }

    fn table_of(&mut self, path: &str, fields: &'static [Field], short: Option<&'static str>) -> Option<Value> {
        if path == "source.annotations" && self.record().capture.is_empty() {
            return None;
        }
        let short = short.and_then(|short| fields.iter().find(|field| field.name == short));
        if let Some(field) = short
            && self.dice.chance(25)
            && fields.iter().all(|other| !other.required || other.name == field.name)
        {
            self.cover(format!("{path} as a text"));
            return self.value(path, &field.name, field.shape);
        }
        let mut entries = Vec::new();
        for field in fields {
            if !field.required && self.dice.chance(40) {
                continue;
            }
            let inner = format!("{path}.{}", field.name);
            match self.value(&inner, &field.name, field.shape) {
                Some(value) => {
                    self.cover(inner);
                    let key = self.key(field);
                    entries.push((key, value));
                }
                None if field.required => return None,
                None => {}
            }
        }
        Some(Value::Table(entries))
    }

    /// Writes a plain text, now and then with a mention of a withheld record in it.
    pub(super) fn plain(&mut self, name: &str) -> Forms {
        let words = match name {
            "lang" | "language" => return Forms::same(*self.dice.pick(&["fr", "de-AT", "en"])),
            "template" => return Forms::same("record.html"),
            "tags" if self.dice.chance(15) => return self.veiled(&Forms::same("quay"), Wiki::Only),
            "tags" => return Forms::same(*self.dice.pick(&["quay", "Vote", "deep/er", "a tag", "ü"])),
            "quote" | "prefix" | "suffix" => return Forms::same(self.marked_passage(name)),
            _ => self.words(1),
        };
        if !self.dice.chance(20) {
            return Forms::same(words);
        }
        self.cover("mention of a withheld record in a text");
        let label = Forms::same(self.words(1));
        joined(&[Forms::same(words), self.veiled(&label, Wiki::Only)], " ")
    }

    /// Picks a passage of the record's own capture, for an annotation; a withheld one may quote what it likes.
    fn marked_passage(&mut self, name: &str) -> String {
        let words = |text: &String, from: usize| text.split(' ').skip(from).take(4).collect::<Vec<_>>().join(" ");
        let capture = &self.record().capture;
        match (name, capture.first()) {
            ("quote", Some(first)) => words(first, 4),
            ("prefix", Some(first)) => words(first, 0),
            ("suffix", Some(first)) => words(first, 8).trim_end_matches('.').to_owned(),
            _ => self.words(2),
        }
    }

    /// Writes the Markdown of a field.
    pub(super) fn short(&mut self) -> Forms {
        let mut text = self.sentence(Place::Short);
        if self.dice.chance(20) {
            self.cover("private callout in a field");
            text.push_str("\n\n");
            text.push(&self.quiet(0));
            text.push_str("\n\nmore");
        }
        text
    }

    /// Writes a date of any level that is read.
    pub(super) fn date(&mut self) -> String {
        let year = if self.hidden.is_some() { 1900 + self.dice.below(60) } else { 2012 + self.dice.below(12) };
        let (month, day) = (1 + self.dice.below(12), 1 + self.dice.below(28));
        match self.dice.below(9) {
            0 => format!("{year}"),
            1 => format!("{year}-{month:02}"),
            2 => format!("{year}-{month:02}~"),
            3 => format!("{year}-2{}", 1 + self.dice.below(4)),
            4 => format!("{year}?/{}", year + 1),
            5 => format!("../{year}"),
            6 => format!("{}X", year / 10),
            _ => format!("{year}-{month:02}-{day:02}"),
        }
    }

    /// Writes a reference that must resolve.
    fn reference(&mut self, name: &str) -> Option<String> {
        let kinds: &[&str] = match name {
            "organisation" | "parent" => &["organisation"],
            "place" | "within" => &["place"],
            "to" => &["person", "organisation"],
            "claim" | "claims" => &["claim"],
            "rests-on" => &["source"],
            "dossiers" => &["dossier"],
            _ => &[],
        };
        let at = self.other(kinds)?;
        let record = &self.plan.records[at];
        let called = self.name_of(record);
        Some(if self.dice.chance(30) { format!("[[{called}]]") } else { called })
    }

    fn reference_or_text(&mut self, name: &str) -> Forms {
        match self.dice.below(5) {
            0 | 1 => {
                let label = Forms::same(self.words(1));
                self.cover("mention of a withheld record in a reference");
                self.veiled(&label, Wiki::Only)
            }
            2 if name == "by" => Forms::same("site"),
            3 => Forms::same(self.words(1)),
            _ => match self.reference("") {
                Some(reference) => Forms::same(reference),
                None => Forms::same(self.words(1)),
            },
        }
    }

    /// Writes a citation without brackets.
    fn cite(&mut self) -> Option<Value> {
        let at = self.other(&["source"])?;
        let id = self.plan.records[at].id.clone();
        if self.dice.chance(40)
            && let Some((passage, id)) = self.passage()
        {
            self.cover("citation with a quotation in a field");
            return Some(Value::Table(vec![
                ("cite".to_owned(), Value::text(format!("{id}, para. 1"))),
                ("quote".to_owned(), Value::text(passage)),
            ]));
        }
        if self.dice.chance(30)
            && let Some(at) = self.other(&["source"])
        {
            let other = &self.plan.records[at].id;
            self.cover("citation of several in a field");
            return Some(Value::text(match self.dice.below(3) {
                0 => format!("{id}, para. 1; {other}, p. 3"),
                1 => format!("[see @{id}; @{other}, exhibit 7]"),
                _ => format!("@{id} [para. 1]; [[{other}]]"),
            }));
        }
        Some(Value::text(if self.dice.chance(50) { format!("{id}, para. 1") } else { id }))
    }
}

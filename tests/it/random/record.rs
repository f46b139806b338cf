//! One record of a random site, written in its three forms: front matter, inline records, text.

use sha2::{Digest, Sha256};

use super::author::Author;
use super::dice::Dice;
use super::forms::{Form, Forms, Part, joined};
use super::plan::{Plan, Why, secret};
use super::value::{Blocks, Syntax, Value};

/// A record that was written.
pub(super) struct Written {
    /// Its file, piece by piece; for an inline record one piece, its entry in the dossier.
    pub(super) parts: Vec<Part>,
    /// The files that it uses.
    pub(super) files: Vec<String>,
    /// What was written, by name.
    pub(super) covered: std::collections::BTreeSet<String>,
}

/// How a record's entry stands in its dossier: its key, and its text.
pub(super) struct Inline {
    pub(super) key: &'static str,
    pub(super) text: Forms,
    pub(super) files: Vec<String>,
    pub(super) covered: std::collections::BTreeSet<String>,
}

/// Writes a record that has a file of its own; `inner` are its inline records.
pub(super) fn file(mut author: Author<'_>, inner: &[Inline], syntax: Syntax) -> Written {
    let (top, tables, private) = author.front(syntax);
    let mut front: Vec<Part> = top;
    let mut keys: Vec<&str> = inner.iter().map(|inline| inline.key).collect();
    keys.dedup();
    // In TOML, whatever follows a table belongs to it: tables come last.
    front.extend(tables);
    if syntax == Syntax::Toml {
        front.push(Part::loose(private.clone()));
    }
    for key in keys {
        let entries: Vec<&Forms> = inner.iter().filter(|inline| inline.key == key).map(|inline| &inline.text).collect();
        if syntax == Syntax::Yaml {
            let head = |form| {
                if entries.iter().any(|entry| !entry.get(form).is_empty()) {
                    format!("{key}:\n")
                } else {
                    String::new()
                }
            };
            front.push(Part::fixed(Forms::of(head(Form::Own), head(Form::Stripped), head(Form::Other))));
        }
        front.extend(entries.into_iter().map(|entry| Part::loose(entry.clone())));
    }
    if syntax == Syntax::Yaml {
        front.push(Part::loose(private));
    }
    let fence = if syntax == Syntax::Toml { "+++\n" } else { "---\n" };
    let is_bare = front.iter().all(|part| Form::ALL.iter().all(|form| part.text.get(*form).is_empty()));
    let mut parts = Vec::new();
    if !is_bare {
        parts.push(Part::fixed(Forms::same(fence)));
        parts.extend(front);
        parts.push(Part::fixed(Forms::same(fence)));
    }
    for mut block in author.body() {
        block.push_str("\n\n");
        parts.push(Part::loose(block));
    }
    Written { parts, files: author.files, covered: author.covered }
}

/// Writes a record as an entry of its dossier.
pub(super) fn inline(mut author: Author<'_>, key: &'static str, syntax: Syntax) -> Inline {
    let kind = author.record().kind;
    author.cover(format!("inline {kind}"));
    let mut fields = author.header();
    fields.extend(author.fields());
    let body = joined(&author.body(), "\n\n");
    author.cover(format!("{kind}.body"));
    fields.push(("body".to_owned(), Value::Text(body)));
    let private = author.private();
    let mut text = match syntax {
        Syntax::Toml => Forms::same(format!("\n[[{key}]]\n")),
        Syntax::Yaml => Forms::default(),
    };
    for (at, (name, value)) in fields.iter().enumerate() {
        let mut line = value.entry(name, syntax, Blocks::No);
        if syntax == Syntax::Yaml {
            line = line.map(|line| format!("{}{line}", if at == 0 { "  - " } else { "    " }));
        }
        text.push(&line);
    }
    if let Some(private) = private {
        let line = private.map(|(_, value)| match syntax {
            Syntax::Toml => format!("[{key}.private]\n{}", lines(value, Syntax::Toml)),
            Syntax::Yaml => format!("    private: {}\n", value.written(Syntax::Yaml).get(Form::Own)),
        });
        text.push(&line);
    }
    Inline { key, text, files: author.files, covered: author.covered }
}

/// A `[private]` table in each form; it is in no other.
pub(super) struct Secret([Option<Value>; 3]);

impl Secret {
    fn map(&self, write: impl Fn((Form, &Value)) -> String) -> Forms {
        let of = |form: Form| self.0[form as usize].as_ref().map(|value| write((form, value))).unwrap_or_default();
        Forms::of(of(Form::Own), of(Form::Stripped), of(Form::Other))
    }
}

fn lines(table: &Value, syntax: Syntax) -> String {
    let Value::Table(entries) = table else { return String::new() };
    entries.iter().map(|(key, value)| value.entry(key, syntax, Blocks::No).get(Form::Own).to_owned()).collect()
}

impl Author<'_> {
    /// Writes front matter: what comes first, tables that come behind it, and the `[private]` table.
    fn front(&mut self, syntax: Syntax) -> (Vec<Part>, Vec<Part>, Forms) {
        self.cover(if syntax == Syntax::Toml { "TOML" } else { "YAML" });
        let (mut top, mut tables) = (Vec::new(), Vec::new());
        for (key, value) in self.header() {
            top.push(Part::fixed(value.entry(&key, syntax, Blocks::No)));
        }
        if !self.record().capture.is_empty() {
            let (key, value) = self.capture();
            top.push(Part::fixed(value.entry(&key, syntax, Blocks::No)));
        }
        for (key, value) in self.fields() {
            let blocks = if self.dice.chance(50) { Blocks::Yes } else { Blocks::No };
            let part = Part::loose(value.entry(&key, syntax, blocks));
            let into = if blocks == Blocks::Yes && value.is_tables() { &mut tables } else { &mut top };
            into.push(part);
        }
        if self.dice.chance(20) {
            let kind = self.record().kind;
            self.cover(format!("{kind}.extra"));
            let extra = Value::Table(vec![
                ("colour".to_owned(), Value::Text(self.plain("colour"))),
                ("size".to_owned(), Value::Raw("12".to_owned())),
            ]);
            top.push(Part::loose(extra.entry("extra", syntax, Blocks::No)));
        }
        if self.dice.chance(10) {
            let value = Value::Text(self.plain("anything"));
            top.push(Part::loose(value.entry("weather", syntax, Blocks::No)));
        }
        let private = match self.private() {
            None => Forms::default(),
            Some(secret) => secret.map(|(_, value)| match syntax {
                Syntax::Toml => format!("\n[private]\n{}", lines(value, syntax)),
                Syntax::Yaml => value.entry("private", syntax, Blocks::No).get(Form::Own).to_owned(),
            }),
        };
        (top, tables, private)
    }

    /// Writes what a record is, what it is called and who may read it.
    fn header(&mut self) -> Vec<(String, Value)> {
        let record = self.record();
        let kind = record.kind;
        let mut header = Vec::new();
        if record.is_typed {
            self.cover(format!("{kind}.type"));
            header.push(("type", Value::text(kind)));
        }
        if record.host.is_some() || record.is_named {
            self.cover(format!("{kind}.id"));
            header.push(("id", Value::text(record.id.clone())));
        }
        if !record.is_headed {
            self.cover(format!("{kind}.title"));
            let title = self.title();
            header.push(("title", Value::Text(title)));
        }
        let mut aliases = record.aliases.clone();
        if self.dice.chance(30) {
            self.cover("redirect");
            let name = if self.hidden.is_some() { secret(&mut self.dice) } else { record.id.clone() };
            aliases.push(match self.dice.below(3) {
                0 => format!("/old/{name}.html"),
                1 => format!("/old-{name}/"),
                _ => format!("/older-{name}"),
            });
        }
        if !aliases.is_empty() {
            self.cover(format!("{kind}.aliases"));
            header.push(("aliases", Value::List(aliases.into_iter().map(Value::text).collect())));
        }
        if self.dice.chance(15) && !record.is_index() {
            self.cover(format!("{kind}.slug"));
            header.push(("slug", Value::text(format!("Slug {}", record.id))));
        }
        if self.dice.chance(10) && self.hidden.is_none() && record.host.is_none() {
            // A file whose metadata somebody looked at.
            self.cover(format!("{kind}.reviewed"));
            let folder = record.path.rsplit_once('/').map_or("", |parts| parts.0);
            self.files.push(format!("{folder}/{}.pdf", record.id));
            header.push(("reviewed", Value::List(vec![Value::text(format!("{}.pdf", record.id))])));
        }
        header.extend(self.visibility());
        header.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
    }

    fn visibility(&mut self) -> Vec<(&'static str, Value)> {
        let raw = |word: &str| Value::Raw(word.to_owned());
        let record = self.record();
        let kind = record.kind;
        match record.why {
            Why::Public if self.plan.is_private => {
                self.cover(format!("{kind}.visibility"));
                vec![("visibility", Value::text("public"))]
            }
            Why::Public if self.plan.drafts && self.dice.chance(20) => {
                self.cover(format!("{kind}.draft"));
                vec![("draft", raw("true"))]
            }
            Why::Public | Why::Default | Why::Dossier => Vec::new(),
            Why::DossierToo => vec![("visibility", Value::text("confidential"))],
            Why::Said(word) => vec![("visibility", Value::text(word))],
            Why::Draft => vec![("draft", raw("true"))],
            Why::Unpublished => vec![("publish", raw("false"))],
            Why::Private => vec![("private", raw("true"))],
        }
    }

    fn capture(&mut self) -> (String, Value) {
        self.cover("source.capture");
        let record = self.record();
        let name = record.capture_name();
        let (folder, _) = record.path.rsplit_once('/').expect("a record lies in a folder");
        self.files.push(format!("{folder}/{name}"));
        if self.dice.chance(20) {
            self.cover("source.capture as a text");
            return ("capture".to_owned(), Value::text(name));
        }
        self.cover("source.capture.file");
        let mut table = vec![("file".to_owned(), Value::text(name.clone()))];
        if self.dice.chance(50) {
            self.cover("source.capture.sha256");
            let hash = Sha256::digest(record.capture_text());
            let hash: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
            table.push(("sha256".to_owned(), Value::text(hash)));
        }
        if self.dice.chance(50) {
            self.cover("source.capture.publish");
            let publish = *self.dice.pick(&["none", "excerpts", "full"]);
            table.push(("publish".to_owned(), Value::text(publish)));
        }
        if self.dice.chance(50) {
            self.cover("source.capture.noise");
            table.push(("noise".to_owned(), Value::List(vec![Value::text("ADVERTISEMENT")])));
        }
        ("capture".to_owned(), Value::Table(table))
    }

    /// Writes a `[private]` table for each form, now and then.
    fn private(&mut self) -> Option<Secret> {
        // `private = true` has the key already.
        if !self.dice.chance(30) || self.record().why == Why::Private {
            return None;
        }
        let kind = self.record().kind;
        self.cover(format!("{kind}.private"));
        let known = self.other(&[]).map_or_else(|| "nobody".to_owned(), |at| self.plan.records[at].id.clone());
        let mut table = || {
            let number = 10_000_000 + self.dice.below(80_000_000);
            let inner = Value::Table(vec![("deep".to_owned(), Value::List(vec![Value::text(secret(&mut self.dice))]))]);
            Value::Table(vec![
                ("phone".to_owned(), Value::Raw(number.to_string())),
                ("name".to_owned(), Value::text(secret(&mut self.dice))),
                ("born".to_owned(), Value::text(format!("19{:02}-07-04", self.dice.below(50)))),
                ("inner".to_owned(), inner),
                ("see".to_owned(), Value::text(format!("{} [[{known}]] [[nobody]]", secret(&mut self.dice)))),
                // A word that stands in public all the same, and may.
                ("word".to_owned(), Value::text("harbour")),
                ("public-words".to_owned(), Value::List(vec![Value::text("Harbour")])),
            ])
        };
        let (own, other) = (table(), table());
        if self.hidden.is_some() {
            return Some(Secret([Some(own.clone()), Some(own.clone()), Some(own)]));
        }
        Some(Secret([Some(own), None, if self.dice.chance(70) { Some(other) } else { None }]))
    }
}

/// Makes the dice of one record: what others say does not change what it says.
pub(super) fn dice_of(seed: u64, plan: &Plan, at: usize, form: Option<Form>) -> Dice {
    let form = form.map_or(0, |form| form as u64 + 1);
    Dice::new(seed ^ ((at as u64 + 1) << 20) ^ (form << 50) ^ plan.records.len() as u64)
}

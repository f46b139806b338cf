//! A random site put together: its configuration, its records, the files that they use.

use std::collections::{BTreeMap, BTreeSet};

use super::author::Author;
use super::dice::Dice;
use super::field::CUSTOM;
use super::forms::{Content, File, Form, Forms, Hidden, Part, Site};
use super::picture::picture;
use super::plan::{Plan, plan, secret};
use super::record::{Inline, dice_of, file, inline};
use super::value::Syntax;

/// The keys under which a dossier holds records.
const INLINE: [(&str, &str); 6] = [
    ("person", "people"),
    ("organisation", "organisations"),
    ("place", "places"),
    ("event", "events"),
    ("source", "sources"),
    ("claim", "claims"),
];

/// A citation style that is quickly read and written: the large ones take longer than all the rest of a small site.
const SHORT_STYLE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0">
<info><title>Short</title><id>short</id><updated>2020-01-01T00:00:00+00:00</updated></info>
<citation><layout delimiter="; " suffix="."><group delimiter=", "><names variable="author"/><text variable="title"/><text variable="locator"/></group></layout></citation>
<bibliography><layout suffix="."><group delimiter=", "><names variable="author"/><text variable="title"/><date variable="issued" form="text"/></group></layout></bibliography>
</style>
"#;

/// What was put together so far.
struct Assembly<'p> {
    seed: u64,
    plan: &'p Plan,
    files: Vec<File>,
    /// The files that records use, with the forms in which some record uses them.
    used: BTreeMap<String, [bool; 3]>,
    covered: BTreeSet<String>,
}

/// Makes the random site of a seed, and tells what is in it.
pub(super) fn site(seed: u64) -> (Site, BTreeSet<String>) {
    let mut dice = Dice::new(seed);
    let plan = plan(&mut dice);
    let mut assembly =
        Assembly { seed, plan: &plan, files: Vec::new(), used: BTreeMap::new(), covered: BTreeSet::new() };
    for at in 0..plan.records.len() {
        if plan.records[at].host.is_none() {
            let syntax = *dice.pick(&[Syntax::Toml, Syntax::Yaml]);
            assembly.record(at, syntax);
        }
    }
    assembly.own_pages(&mut dice);
    assembly.captures();
    assembly.others(&mut dice);
    let config = assembly.config(&mut dice);
    assembly.text("casebook.toml", config, [true; 3]);
    let as_of = dice.chance(20).then(|| (*dice.pick(&["2015", "2019-06-01", "2022"])).to_owned());
    if as_of.is_some() {
        assembly.cover("as of a date");
    }
    if plan.drafts {
        assembly.cover("drafts");
    }
    // Two records in one file are one file only where they are one record: paths do not meet, bar a rare accident.
    let mut seen = BTreeSet::new();
    assembly.files.retain(|file| seen.insert(file.path.clone()));
    let hidden = plan.records.iter().filter(|record| !record.is_public());
    let hidden = hidden.map(|record| Hidden {
        path: record.path.clone(),
        id: record.id.clone(),
        names: [&[record.id.clone(), record.title.clone(), record.place.clone()][..], &record.aliases].concat(),
    });
    let hidden = hidden.collect();
    (Site { files: assembly.files, as_of, drafts: plan.drafts, hidden }, assembly.covered)
}

impl Assembly<'_> {
    fn cover(&mut self, what: &str) {
        self.covered.insert(what.to_owned());
    }

    fn text(&mut self, path: &str, parts: Vec<Part>, forms: [bool; 3]) {
        self.files.push(File { path: path.to_owned(), content: Content::Text(parts), forms });
    }

    fn author(&self, at: usize, form: Option<Form>) -> Author<'_> {
        Author::new(dice_of(self.seed, self.plan, at, form), self.plan, at, form)
    }

    /// Notes the files that a record uses.
    fn uses(&mut self, files: Vec<String>, form: Option<Form>) {
        for file in files {
            let forms = self.used.entry(file).or_default();
            match form {
                Some(form) => forms[form as usize] = true,
                None => *forms = [true; 3],
            }
        }
    }

    /// Writes a record's file with the records inside it.
    fn record(&mut self, at: usize, syntax: Syntax) {
        let record = &self.plan.records[at];
        if record.is_public() {
            let inner = self.inner(at, None, syntax);
            let mut written = file(self.author(at, None), &inner, syntax);
            if written.files.iter().any(|file| file.ends_with(".pdf")) {
                self.cover("reviewed file");
                written.parts.push(Part::loose(Forms::same(format!("[the paper](<{}.pdf>)\n", record.id))));
            }
            self.covered.append(&mut written.covered);
            self.uses(written.files, None);
            self.text(&record.path, written.parts, record.forms);
            return;
        }
        let mut parts = Vec::new();
        for form in [Form::Own, Form::Other].into_iter().filter(|form| record.forms[*form as usize]) {
            let inner = self.inner(at, Some(form), syntax);
            let written = file(self.author(at, Some(form)), &inner, syntax);
            self.uses(written.files, Some(form));
            for part in written.parts {
                let text = part.text.get(form).to_owned();
                let text = if form == Form::Own { Forms::private(text, "") } else { Forms::private("", text) };
                parts.push(Part { text, may_go: part.may_go });
            }
        }
        self.cover("withheld record");
        self.text(&record.path, parts, record.forms);
    }

    /// Writes the records inside a dossier.
    fn inner(&mut self, host: usize, form: Option<Form>, syntax: Syntax) -> Vec<Inline> {
        let mut all = Vec::new();
        for (kind, key) in INLINE {
            let inside = |at: &usize| self.plan.records[*at].host == Some(host) && self.plan.records[*at].kind == kind;
            let inside: Vec<usize> = (0..self.plan.records.len()).filter(inside).collect();
            for at in inside {
                let record = &self.plan.records[at];
                if record.is_public() || form.is_some() {
                    let mut written = inline(self.author(at, form), key, syntax);
                    self.covered.append(&mut written.covered);
                    self.uses(std::mem::take(&mut written.files), form);
                    all.push(written);
                    continue;
                }
                self.cover("withheld record in a public dossier");
                let [own, other] = [Form::Own, Form::Other].map(|form| {
                    if !record.forms[form as usize] {
                        return String::new();
                    }
                    let mut written = inline(self.author(at, Some(form)), key, syntax);
                    self.uses(std::mem::take(&mut written.files), Some(form));
                    written.text.get(form).to_owned()
                });
                let (text, files, covered) = (Forms::private(own, other), Vec::new(), BTreeSet::new());
                all.push(Inline { key, text, files, covered });
            }
        }
        all
    }

    /// Writes texts for the home page and a list, public or withheld.
    fn own_pages(&mut self, dice: &mut Dice) {
        for (path, what) in [("content/index.md", "home page"), ("content/people/index.md", "text of a list")] {
            match dice.below(4) {
                0 => {
                    self.cover(what);
                    let front = if self.plan.is_private { "+++\nvisibility = \"public\"\n+++\n" } else { "" };
                    let text = format!("{front}# Words above\n\nSome words. %% {} %%\n", secret(dice));
                    let stripped = format!("{front}# Words above\n\nSome words. \n");
                    let parts = vec![Part::fixed(Forms::of(text.clone(), stripped, text))];
                    self.text(path, parts, [true; 3]);
                }
                1 => {
                    let text = format!("---\nvisibility: private\n---\n# {}\n\nSome words.\n", secret(dice));
                    self.text(path, vec![Part::fixed(Forms::private(text.clone(), text))], [true, false, true]);
                }
                _ => {}
            }
        }
    }

    /// Writes the captures of sources.
    fn captures(&mut self) {
        for record in &self.plan.records {
            let (folder, _) = record.path.rsplit_once('/').expect("a record lies in a folder");
            let path = format!("{folder}/{}", record.capture_name());
            let Some(forms) = self.used.remove(&path) else { continue };
            self.covered.insert(format!("capture: {}", record.capture_kind));
            let content = Content::Text(vec![Part::fixed(Forms::same(record.capture_text()))]);
            self.files.push(File { path, content, forms });
        }
    }

    /// Writes the other files that records use, files that nothing uses, and the secrets.
    fn others(&mut self, dice: &mut Dice) {
        let mut number = self.seed;
        for (path, forms) in std::mem::take(&mut self.used) {
            number = number.wrapping_add(1);
            let extension = path.rsplit('.').next().unwrap_or_default();
            let bytes = match extension {
                "pdf" => format!("%PDF-1.4 paper {number}").into_bytes(),
                extension => picture(extension, number, &secret(dice)),
            };
            self.covered.insert(format!("file: {extension}"));
            let path = normal(&path);
            self.files.push(File { content: Content::Bytes(bytes, format!("a {extension} file")), path, forms });
        }
        let mut line = || format!("{}\n", secret(dice));
        let secrets = Forms::private(line(), line() + "# a comment\n" + &line());
        self.text("secrets.txt", vec![Part::loose(secrets)], [true, false, true]);
        let hidden = secret(dice);
        self.text(
            &format!("content/people/{hidden}.txt"),
            vec![Part::loose(Forms::private(hidden.clone(), hidden))],
            [true, false, true],
        );
        if dice.chance(30) {
            self.cover("static file");
            self.text("static/words.txt", vec![Part::loose(Forms::same("Some words.\n"))], [true; 3]);
        }
    }

    fn config(&mut self, dice: &mut Dice) -> Vec<Part> {
        let mut lines = vec!["title = \"A random site\"".to_owned()];
        let options = [
            ("description", "description = \"Words about it\""),
            ("authors", "authors = [\"One\", \"Two\"]"),
            ("base_url", "base_url = \"https://example.org/site\""),
            ("lang", "lang = \"de\""),
            ("theme", "theme = \"brief\""),
            ("pretty_urls", "pretty_urls = true"),
            ("markdown", "[markdown]\nhtml = true\nsmart = false"),
            ("outputs", "[outputs]\nfeeds = true\nsitemap = true\nsearch = false"),
            ("lints", "[lints]\nsingle-source = \"warn\""),
            ("extra", "[extra]\nmood = \"calm\""),
        ];
        for (name, line) in options {
            if dice.chance(if name == "base_url" { 50 } else { 25 }) {
                self.cover(&format!("configuration: {name}"));
                lines.push(line.to_owned());
            }
        }
        let style = match dice.below(10) {
            0 => "chicago-notes",
            1 => "apa",
            _ => "short.csl",
        };
        self.cover(&format!("citation style: {style}"));
        self.cover("configuration: citations");
        lines.push(format!("[citations]\nstyle = \"{style}\""));
        self.text("short.csl", vec![Part::fixed(Forms::same(SHORT_STYLE))], [true; 3]);
        if self.plan.is_private {
            self.cover("configuration: publish");
            lines.push("[publish]\ndefault = \"private\"\nreviewed = []".to_owned());
        }
        let public = self.plan.records.iter().find(|record| record.is_public());
        if let Some(record) = public.filter(|_| dice.chance(25)) {
            self.covered.insert("configuration: menu".to_owned());
            lines.push(format!("[[menu]]\ntitle = \"First\"\nto = \"{}\"", record.id));
            lines.push("[[menu]]\ntitle = \"Elsewhere\"\nto = \"https://example.org/\"".to_owned());
        }
        if self.plan.custom {
            self.cover("configuration: types");
            let fields: Vec<String> = CUSTOM.iter().map(|(name, word)| format!("{name} = \"{word}\"")).collect();
            let fields = fields.join(", ");
            lines.push(format!("[types.vessel]\nfolder = \"vessels\"\ntitle = \"Vessels\"\nfields = {{ {fields} }}"));
        }
        let part = |line: String| {
            // Without the default, what it withholds would be published.
            let may_go = !line.starts_with("[publish]");
            Part { text: Forms::same(line + "\n"), may_go }
        };
        lines.into_iter().map(part).collect()
    }
}

/// Returns a path without `..` in it.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

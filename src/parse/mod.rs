//! File → records: front matter by the tables of `kind`, the text by `markdown`. Nothing is lost, nothing fails.
//!
//! 1. The file is split into front matter and Markdown; a dossier's inline records are taken out of it.
//! 2. Each record's fields are read by its type's table, private matter is cut from its text, and the text is parsed.
//! 3. Every fault becomes a diagnostic; a record with faults is still a record, as far as it could be read.
//!
//! The result depends on the file's path and bytes, on the configuration and on [`Labels`], and on nothing else, so that
//! it may be kept as long as these stay the same.

mod fields;
mod guard;
mod header;
mod inline;
mod kept;
mod label;
mod record;

use std::collections::BTreeSet;
use std::sync::Arc;

pub use kept::{Files, Kept};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, code};
use crate::file::{Edit, RelPath, Span, Text};
use crate::markdown::{self, Body, FirstHeading, MentionKind, Options};
use crate::model::{Record, Visibility};

/// Which names stand for withheld records: a labelled mention of one is read as its label.
///
/// The names are as written between the brackets, without `#` and what follows it.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Labels {
    /// The names in wikilinks.
    pub names: BTreeSet<String>,
    /// The paths in relative links: what is a path in one may be a name in the other.
    pub paths: BTreeSet<String>,
}

impl Labels {
    /// Tells whether there is none.
    pub fn is_empty(&self) -> bool {
        self.names.is_empty() && self.paths.is_empty()
    }
}

/// How often labels are put in the place of mentions, where they hold mentions themselves. What is left then is refused.
const ROUNDS: usize = 8;

/// A wikilink in a field.
#[derive(Clone, PartialEq, Debug)]
pub struct FieldLink {
    /// What it points at.
    pub target: String,
    /// Whether it gives its own words.
    pub labelled: bool,
    /// Where it stands.
    pub span: Span,
    /// Whether it stands in a field that must name a record, where a label cannot take its place.
    pub strict: bool,
}

/// What was withheld inside a record that may itself be published.
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Private {
    /// Scalars of the `[private]` table, as written: none may stand in the output.
    pub canaries: Vec<(String, Span)>,
    /// Words that may stand in public all the same.
    pub public_words: Vec<String>,
    /// Whether comments or private blocks were cut from its texts, or a `[private]` table from its front matter.
    pub is_cut: bool,
}

/// A record with what only `withhold` may see.
#[derive(Clone, Debug)]
pub struct Parsed {
    /// The record, shared with what `withhold` lets pass of it.
    pub record: Arc<Record>,
    /// What was withheld inside it.
    pub private: Private,
    /// Every wikilink of its fields.
    pub links: Vec<FieldLink>,
    /// Faults of its front matter.
    pub front: Vec<Diagnostic>,
    /// Faults of its texts.
    pub text: Vec<Diagnostic>,
    /// What its front matter seems to say of withholding, where it could not be read in full.
    doubt: Visibility,
}

impl Parsed {
    /// Returns the least visibility that a record must have whose front matter could not be read in full.
    ///
    /// What its text says of withholding counts then, so that messages about it name nothing.
    pub fn doubt(&self) -> Visibility {
        self.doubt
    }
}

/// A file, parsed: its own record first, then the records that stand inside it.
#[derive(Clone, Debug)]
pub struct ParsedFile {
    /// The records; empty where the file could not be read at all.
    pub records: Vec<Parsed>,
    /// Faults of the file as a whole.
    pub faults: Vec<Diagnostic>,
    /// The name by which the file would be called, for withholding what cannot be read.
    pub path: RelPath,
    /// What a file that could not be read seems to say of withholding.
    pub doubt: Visibility,
}

impl ParsedFile {
    /// Tells whether there is nothing to say of the file by itself.
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty() && self.records.iter().all(|parsed| parsed.front.is_empty() && parsed.text.is_empty())
    }
}

/// The largest record that is read, in bytes.
pub const LARGEST: u64 = 16 * 1024 * 1024;

/// Parses one Markdown file of `content/`.
pub fn file(path: &RelPath, bytes: &[u8], config: &Config, labels: &Labels) -> ParsedFile {
    let mut parsed =
        ParsedFile { records: Vec::new(), faults: Vec::new(), path: path.clone(), doubt: Visibility::Public };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let fault = Diagnostic::new(&code::NOT_UTF8, "the file is not UTF-8").at(path, Span::new(at, at + 1));
            let help = "save it as UTF-8; it looks like Latin-1, Windows-1252 or UTF-16";
            parsed.faults.push(fault.help(help));
            // Letters that are none, and the zeros of UTF-16, do not hide what it says.
            parsed.doubt = record::doubt(&String::from_utf8_lossy(bytes).replace(['\0', '\u{fffd}'], ""));
            return parsed;
        }
    };
    let scope = Scope { path, config, labels };
    record::records(&scope, text, &mut parsed);
    parsed
}

/// Stands for a file that is too large to be read.
pub fn too_large(path: &RelPath) -> ParsedFile {
    let message = format!("the file is larger than {} MiB", LARGEST >> 20);
    let fault = Diagnostic::new(&code::TOO_LARGE, message).at(path, Span::default());
    ParsedFile { records: Vec::new(), faults: vec![fault], path: path.clone(), doubt: Visibility::Public }
}

/// Stands for a file that cannot be read again, since it has changed: nothing of it is published.
pub fn changed(path: &RelPath) -> ParsedFile {
    let fault = Diagnostic::new(&code::MISSING_FILE, "the file changed while the site was made");
    let fault = fault.at(path, Span::default()).help("build once more");
    ParsedFile { records: Vec::new(), faults: vec![fault], path: path.clone(), doubt: Visibility::Confidential }
}

/// What reading one file depends on.
struct Scope<'a> {
    path: &'a RelPath,
    config: &'a Config,
    labels: &'a Labels,
}

impl Scope<'_> {
    /// Parses a text: what is private is cut out of it first, labels are put in the place of withheld records. Tells
    /// also whether something was cut.
    fn markdown(&self, text: &Text, first_heading: FirstHeading, found: &mut Vec<Diagnostic>) -> (Body, bool) {
        let options = Options { first_heading, ..self.config.markdown };
        let mut stripped = markdown::strip(text, self.path);
        let is_cut = stripped.text.value.len() != text.value.len();
        found.append(&mut stripped.diagnostics);
        let mut body = markdown::parse(&stripped.text, self.path, options);
        for _ in 0..ROUNDS {
            let edits = self.labels_of(&stripped.text, &body);
            if edits.is_empty() {
                break;
            }
            // Words that were a label may be a comment, or a mention, where they stand alone.
            stripped = markdown::strip(&stripped.text.edited(&edits), self.path);
            found.append(&mut stripped.diagnostics);
            body = markdown::parse(&stripped.text, self.path, options);
        }
        found.append(&mut body.diagnostics);
        (body, is_cut)
    }

    /// Finds the mentions that are read as their labels, outermost first where one stands in another.
    fn labels_of(&self, text: &Text, body: &Body) -> Vec<Edit> {
        if self.labels.is_empty() {
            return Vec::new();
        }
        let mut edits: Vec<Edit> = Vec::new();
        for mention in &body.mentions {
            let Some(label) = mention.label_at else { continue };
            let withheld = match mention.kind {
                MentionKind::Wiki => self.labels.names.contains(&*mention.target),
                MentionKind::Link => self.labels.paths.contains(&*mention.target),
                MentionKind::Embed | MentionKind::Image => false,
            };
            if withheld {
                edits.push(Edit { range: mention.at.range(), with: text.value[label.range()].to_owned() });
            }
        }
        // Mentions are in the order of what is printed; notes are printed behind the words that they stand in.
        edits.sort_by_key(|edit| (edit.range.start, std::cmp::Reverse(edit.range.end)));
        let mut end = 0;
        edits.retain(|edit| {
            let is_outermost = edit.range.start >= end;
            end = end.max(edit.range.end);
            is_outermost
        });
        edits
    }
}

/// Returns the records of several files, in order.
pub fn records(files: &[ParsedFile]) -> impl Iterator<Item = &Parsed> {
    files.iter().flat_map(|file| &file.records)
}

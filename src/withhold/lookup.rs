//! References to withheld records: found here, and nowhere else.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use super::visibility::Side;
use crate::config;
use crate::diagnostic::{Diagnostic, code};
use crate::file::{RelPath, Span};
use crate::markdown::{Body, Mention, MentionKind};
use crate::model::{Ix, Names, Need, Record, bundle};
use crate::parse::{Labels, Parsed, ParsedFile};

/// The names and the paths of the records on one side.
type OneSide = (Names, BTreeSet<RelPath>);

/// The names and paths of both sides, to look references up in.
pub(super) struct Lookup<'a> {
    both: &'a Both,
    files: &'a [Arc<ParsedFile>],
    sides: &'a [Side],
}

/// The names and paths of both sides.
pub(super) struct Both {
    withheld: OneSide,
    /// Made when a name or a path fits a withheld record: few do.
    public: OnceLock<OneSide>,
}

impl Both {
    pub(super) fn new(files: &[Arc<ParsedFile>], sides: &[Side]) -> Both {
        Both { withheld: names(files, sides, |side| side.withheld.is_some()), public: OnceLock::new() }
    }

    /// Takes in that some public records, by their places among the sides, go by other names now.
    pub(super) fn rename(
        &mut self,
        sides: &[Side],
        before: &[Arc<ParsedFile>],
        now: &[Arc<ParsedFile>],
        renamed: &[usize],
    ) {
        let Some((names, _)) = self.public.get_mut() else { return };
        for number in renamed {
            let side = &sides[*number];
            names.rename(ix(*number), &side.parsed(before).record, &side.parsed(now).record);
        }
    }
}

/// Whether the names of public records were looked at: where they were not, another name of one changes nothing.
#[derive(Default)]
pub(super) struct Asked(Cell<bool>);

impl Asked {
    pub(super) fn is_set(&self) -> bool {
        self.0.get()
    }
}

/// What a reference comes upon.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hit {
    /// Nothing withheld.
    Clear,
    /// A withheld record.
    Withheld,
    /// A withheld record and a public one.
    Both,
}

impl<'a> Lookup<'a> {
    pub(super) fn new(both: &'a Both, files: &'a [Arc<ParsedFile>], sides: &'a [Side]) -> Lookup<'a> {
        Lookup { both, files, sides }
    }

    fn public(&self, asked: &Asked) -> &OneSide {
        asked.0.set(true);
        self.both.public.get_or_init(|| names(self.files, self.sides, |side| side.withheld.is_none()))
    }

    /// Tells whether any record is withheld.
    fn is_empty(&self) -> bool {
        self.both.withheld.1.is_empty()
    }

    /// Finds the names in a public record that stand for withheld ones. Labelled ones are returned, others reported.
    pub(super) fn labels(&self, parsed: &Parsed, asked: &Asked, found: &mut Vec<Diagnostic>) -> Labels {
        let mut labels = Labels::default();
        if self.is_empty() {
            return labels;
        }
        let record = &parsed.record;
        let path = &record.origin.path;
        for body in std::iter::once(&record.body).chain(&record.notes) {
            self.body(body, parsed, asked, &mut labels, found);
        }
        for link in &parsed.links {
            match self.hit(&link.target, asked) {
                Hit::Clear => {}
                Hit::Both => found.push(ambiguous(&link.target, path, link.span)),
                Hit::Withheld if link.labelled && !link.strict => {
                    labels.names.insert(link.target.clone());
                }
                Hit::Withheld => found.push(private(&link.target, path, link.span, link.strict)),
            }
        }
        let linked =
            |span: Span| parsed.links.iter().any(|link| link.span.start >= span.start && link.span.end <= span.end);
        for reference in record.references.iter().filter(|reference| !linked(reference.span)) {
            // A source is cited by its id; other names of it are text.
            let hit = match reference.need {
                Need::Source => self.source(&reference.target, asked),
                _ => self.hit(&reference.target, asked),
            };
            match hit {
                Hit::Clear => {}
                Hit::Both => found.push(ambiguous(&reference.target, path, reference.span)),
                Hit::Withheld => found.push(private(&reference.target, path, reference.span, true)),
            }
        }
        self.capture(record, found);
        labels
    }

    /// Reports a capture that lies in a withheld bundle: a text that is withheld comes out through no other source.
    fn capture(&self, record: &Record, found: &mut Vec<Diagnostic>) {
        let Some(capture) = record.fields.table("capture") else { return };
        let (Some(name), Some(field)) = (capture.text("file"), capture.find("file")) else { return };
        let is_withheld = |folder: &str| bundle(folder).any(|index| self.both.withheld.1.contains(&index));
        if record.beside(name).any(|path| record.folders_between(&path).any(is_withheld)) {
            found.push(private(name, &record.origin.path, field.span, true));
        }
    }

    /// Reports what still leads to a withheld record after labels took the place of mentions.
    pub(super) fn remaining(&self, parsed: &Parsed, asked: &Asked, found: &mut Vec<Diagnostic>) {
        let left = self.labels(parsed, asked, found);
        let path = &parsed.record.origin.path;
        for target in left.names.iter().chain(&left.paths) {
            found.push(private(target, path, parsed.record.title_span, true));
        }
    }

    /// Reports each mention that a label was to take the place of, in a record whose file could not be read again.
    pub(super) fn unread(&self, parsed: &Parsed, labels: &Labels, found: &mut Vec<Diagnostic>) {
        let record = &parsed.record;
        let path = &record.origin.path;
        for body in std::iter::once(&record.body).chain(&record.notes) {
            let is_meant = |target: &str| labels.names.contains(target) || labels.paths.contains(target);
            for mention in body.mentions.iter().filter(|mention| is_meant(&mention.target)) {
                found.push(private(&mention.target, path, body.source.span(mention.at.range()), false));
            }
        }
        for link in parsed.links.iter().filter(|link| labels.names.contains(&link.target)) {
            found.push(private(&link.target, path, link.span, false));
        }
    }

    fn body(&self, body: &Body, parsed: &Parsed, asked: &Asked, labels: &mut Labels, found: &mut Vec<Diagnostic>) {
        let path = &parsed.record.origin.path;
        for mention in &body.mentions {
            match self.mention(mention, &parsed.record, asked) {
                Hit::Clear => {}
                Hit::Both => found.push(ambiguous(&mention.target, path, body.source.span(mention.at.range()))),
                Hit::Withheld if mention.is_labelled() && mention.kind == MentionKind::Wiki => {
                    labels.names.insert(mention.target.to_string());
                }
                Hit::Withheld if mention.is_labelled() && mention.kind == MentionKind::Link => {
                    labels.paths.insert(mention.target.to_string());
                }
                Hit::Withheld => {
                    found.push(private(&mention.target, path, body.source.span(mention.at.range()), false))
                }
            }
        }
        for item in body.citations.iter().flat_map(|citation| &citation.cites) {
            match self.source(&item.key, asked) {
                Hit::Clear => {}
                Hit::Both => found.push(ambiguous(&item.key, path, body.source.span(item.at.range()))),
                Hit::Withheld => found.push(private(&item.key, path, body.source.span(item.at.range()), true)),
            }
        }
    }

    /// Looks at the target of a mention: a path names one file, a wikilink or a file's name alone whatever fits.
    fn mention(&self, mention: &Mention, from: &Record, asked: &Asked) -> Hit {
        if matches!(mention.kind, MentionKind::Wiki | MentionKind::Embed) {
            return self.hit(&mention.target, asked);
        }
        let target = mention.target.split('?').next().unwrap_or(&mention.target);
        // An inline record's links are read from its own folder, then from its dossier's.
        let folders: &[&str] = match (target.starts_with('/'), from.origin.inline.is_some()) {
            (true, _) => &["content"],
            (false, true) => &[from.folder(), from.origin.path.folder(), "content"],
            (false, false) => &[from.folder(), "content"],
        };
        let paths = folders.iter().filter_map(|folder| RelPath::resolve(folder, target));
        let paths: Vec<RelPath> = paths.flat_map(forms).collect();
        match paths.iter().position(|path| self.both.withheld.1.contains(path)) {
            // The first form that is a record is the one that is meant.
            Some(at) if !paths[..=at].iter().any(|path| self.public(asked).1.contains(path)) => Hit::Withheld,
            Some(_) => Hit::Clear,
            None if paths.iter().any(|path| self.public(asked).1.contains(path)) => Hit::Clear,
            None if target.contains('/') => Hit::Clear,
            None => target.strip_suffix(".md").map_or(Hit::Clear, |name| self.hit(name, asked)),
        }
    }

    fn hit(&self, target: &str, asked: &Asked) -> Hit {
        if target.is_empty() || !self.both.withheld.0.fits(target) {
            return Hit::Clear;
        }
        // A whole path settles it.
        if self.public(asked).0.has_path(target) {
            return Hit::Clear;
        }
        if self.both.withheld.0.has_path(target) {
            return Hit::Withheld;
        }
        if self.public(asked).0.fits(target) { Hit::Both } else { Hit::Withheld }
    }

    fn source(&self, key: &str, asked: &Asked) -> Hit {
        if self.both.withheld.0.by_id(key).next().is_none() {
            return Hit::Clear;
        }
        if self.public(asked).0.by_id(key).next().is_none() { Hit::Withheld } else { Hit::Both }
    }

    /// Reports entries of the menu that lead to withheld records.
    pub(super) fn menu(&self, menu: &[(String, Span)], found: &mut Vec<Diagnostic>) {
        let path = RelPath::new(config::FILE).expect("the configuration has a name");
        for (to, span) in menu {
            let target = to.trim_start_matches("[[").split(['|', ']', '#']).next().unwrap_or_default();
            match self.hit(target, &Asked::default()) {
                Hit::Clear => {}
                Hit::Both => found.push(ambiguous(target, &path, *span)),
                Hit::Withheld => found.push(private(target, &path, *span, true)),
            }
        }
    }

    /// Returns the files of `files` that belong to withheld records or are named in them.
    pub(super) fn files(&self, parsed: &[Arc<ParsedFile>], sides: &[Side], files: &[RelPath]) -> BTreeSet<RelPath> {
        let mut folders: BTreeSet<&str> = BTreeSet::new();
        let mut named: BTreeSet<&str> = BTreeSet::new();
        for side in sides.iter().filter(|side| side.withheld.is_some()) {
            let record = &side.parsed(parsed).record;
            if record.is_index() {
                folders.insert(record.folder());
            }
            for body in std::iter::once(&record.body).chain(&record.notes) {
                named.extend(body.mentions.iter().filter_map(|mention| mention.target.rsplit('/').next()));
            }
            let files = [("capture", "file"), ("image", "src")];
            let files = files.into_iter().filter_map(|(table, field)| record.fields.table(table)?.text(field));
            named.extend(files.filter_map(|file| file.rsplit('/').next()));
        }
        let below = |path: &RelPath| {
            let mut folder = path.folder();
            loop {
                if folders.contains(folder) {
                    return true;
                }
                match folder.rsplit_once('/') {
                    Some((outer, _)) => folder = outer,
                    None => return false,
                }
            }
        };
        files.iter().filter(|path| named.contains(path.name()) || below(path)).cloned().collect()
    }
}

/// Returns the names and the paths of the records on one side.
fn names(files: &[Arc<ParsedFile>], sides: &[Side], is_there: fn(&Side) -> bool) -> OneSide {
    let there = || sides.iter().enumerate().filter(|(_, side)| is_there(side));
    let numbered = there().map(|(number, side)| (ix(number), &*side.parsed(files).record));
    let paths = there().map(|(_, side)| side.parsed(files).record.path.clone());
    (Names::new(numbered), paths.collect())
}

fn ix(number: usize) -> Ix {
    Ix(u32::try_from(number).unwrap_or(u32::MAX))
}

/// Returns the paths at which a link may find a record, however it is written.
fn forms(path: RelPath) -> impl Iterator<Item = RelPath> {
    let forms = [path.to_string(), format!("{path}.md"), format!("{path}/index.md"), format!("{path}/_index.md")];
    forms.into_iter().filter_map(|form| RelPath::new(&form))
}

fn private(target: &str, path: &RelPath, span: Span, bare: bool) -> Diagnostic {
    let message = format!("\"{target}\" is withheld, and a public record refers to it");
    let help = if bare {
        "take the reference out, or publish the record"
    } else {
        "give it a label, [[name|words for the public]], which stands as plain text; or take it out"
    };
    let fault = Diagnostic::new(&code::PRIVATE_REFERENCE, message).at(path, span).help(help);
    fault.for_terminal("a reference to a withheld record")
}

fn ambiguous(target: &str, path: &RelPath, span: Span) -> Diagnostic {
    let message = format!("\"{target}\" fits a public and a withheld record");
    let fault = Diagnostic::new(&code::AMBIGUOUS_REFERENCE, message).at(path, span);
    let fault = fault.help("write the path of the one that is meant, as in [[people/ada]]");
    fault.for_terminal("a reference fits a public and a withheld record")
}

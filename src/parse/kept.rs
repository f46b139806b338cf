//! Parsed files, kept as long as their bytes are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use super::{Labels, Parsed, ParsedFile, changed, file, too_large};
use crate::config::{Config, ParseOptions};
use crate::file::{Print, RelPath, Snapshot};
use crate::model::Visibility;

/// Keeps what was parsed, from one build to the next.
///
/// Each result depends on its file, the configuration's parse options and the labels, and on nothing else.
#[derive(Default)]
pub struct Kept {
    options: Mutex<Option<ParseOptions>>,
    plain: Mutex<Arc<Vec<Plain>>>,
    labelled: Mutex<BTreeMap<(RelPath, Labels), (Print, Arc<ParsedFile>)>>,
    parses: AtomicUsize,
}

/// A file parsed as it is, with the print of the bytes that it was made of.
#[derive(Clone)]
struct Plain {
    path: RelPath,
    print: Option<Print>,
    parsed: Arc<ParsedFile>,
    /// The Markdown files that its records name as captures.
    captures: Arc<[RelPath]>,
}

/// The parsed files of a site.
pub struct Files {
    /// The files that are records, by path, and those that are too large to be read.
    pub parsed: Vec<Arc<ParsedFile>>,
    /// Every other file of `content/`, by path.
    pub attachments: Vec<RelPath>,
}

impl Kept {
    /// Returns how many files were parsed so far.
    pub fn parses(&self) -> usize {
        self.parses.load(Ordering::Relaxed)
    }

    /// Parses every Markdown file of `content/` that is new or has another print than before.
    pub fn files(&self, snapshot: &Snapshot, config: &Config) -> Files {
        self.forget_other_options(config);
        let last = Arc::clone(&self.plain.lock().expect("no thread panics while it holds what is kept"));
        let is_record = |path: &RelPath| path.has_extension("md") && !snapshot.too_large.contains(path);
        let wanted = || snapshot.below("content").filter(|(path, _)| is_record(path));
        let mut at = 0;
        let known = wanted().map(|(path, entry)| {
            while last.get(at).is_some_and(|plain| plain.path < *path) {
                at += 1;
            }
            last.get(at).filter(|plain| plain.path == *path && plain.print.is_some() && plain.print == entry.print)
        });
        let wanted: Vec<(&RelPath, Option<&Plain>)> = wanted().map(|(path, _)| path).zip(known).collect();
        let plain: Vec<Plain> = wanted
            .par_iter()
            .with_min_len(8)
            .map(|(path, known)| match known {
                Some(known) => Plain::clone(known),
                None => self.plain(snapshot, path, config),
            })
            .collect();
        // A capture may be Markdown; it is evidence, not a record.
        let may_be = |path: &&RelPath| match plain.binary_search_by_key(path, |plain| &plain.path) {
            Ok(at) => !stays_record(&plain[at].parsed),
            Err(_) => true,
        };
        let captures: BTreeSet<&RelPath> =
            plain.iter().flat_map(|plain| plain.captures.iter()).filter(may_be).collect();
        captures.iter().for_each(|path| snapshot.restore(path));
        let records = plain.iter().filter(|plain| !captures.contains(&plain.path));
        let too_large = snapshot.too_large.iter().map(|path| Arc::new(too_large(path)));
        let parsed = records.map(|plain| Arc::clone(&plain.parsed)).chain(too_large).collect();
        let is_attachment = |path: &RelPath| !path.has_extension("md") || captures.contains(path);
        let attachments = snapshot.below("content").map(|(path, _)| path).filter(|path| is_attachment(path));
        let files = Files { parsed, attachments: attachments.cloned().collect() };
        self.forget_other_files(snapshot);
        *self.plain.lock().expect("no thread panics while it holds what is kept") = Arc::new(plain);
        files
    }

    /// Parses a file with labels in the place of some mentions.
    pub fn labelled(&self, snapshot: &Snapshot, path: &RelPath, config: &Config, labels: &Labels) -> Arc<ParsedFile> {
        let print = snapshot.entries.get(path).and_then(|entry| entry.print);
        let key = (path.clone(), labels.clone());
        if let Some((known, parsed)) = self.labelled.lock().expect("no thread panics while it holds them").get(&key)
            && Some(*known) == print
        {
            return Arc::clone(parsed);
        }
        let (Some(print), Some(parsed)) = (print, self.parse(snapshot, path, config, labels)) else {
            return Arc::new(changed(path));
        };
        let mut labelled = self.labelled.lock().expect("no thread panics while it holds them");
        labelled.insert(key, (print, Arc::clone(&parsed)));
        parsed
    }

    fn plain(&self, snapshot: &Snapshot, path: &RelPath, config: &Config) -> Plain {
        let parsed = self.parse(snapshot, path, config, &Labels::default());
        let print = snapshot.entries.get(path).and_then(|entry| entry.print).filter(|_| parsed.is_some());
        let parsed = parsed.unwrap_or_else(|| Arc::new(changed(path)));
        let captures = captures(&parsed).into();
        Plain { path: path.clone(), print, parsed, captures }
    }

    /// Parses a file; `None` where it holds other bytes by now than those of the snapshot.
    fn parse(&self, snapshot: &Snapshot, path: &RelPath, config: &Config, labels: &Labels) -> Option<Arc<ParsedFile>> {
        let bytes = snapshot.read(path).ok()?;
        self.parses.fetch_add(1, Ordering::Relaxed);
        let parsed = Arc::new(file(path, &bytes, config, labels));
        // Of a file that was parsed only messages want the bytes.
        if parsed.is_sound() {
            snapshot.release(path);
        }
        Some(parsed)
    }

    /// Forgets what was parsed with labels of files that are gone or hold other bytes.
    fn forget_other_files(&self, snapshot: &Snapshot) {
        let print = |path: &RelPath| snapshot.entries.get(path).and_then(|entry| entry.print);
        let mut labelled = self.labelled.lock().expect("no thread panics while it holds them");
        labelled.retain(|(path, _), (known, _)| print(path) == Some(*known));
    }

    fn forget_other_options(&self, config: &Config) {
        let options = config.parse_options();
        let mut known = self.options.lock().expect("no thread panics while it holds the options");
        if known.as_ref() != Some(&options) {
            *self.plain.lock().expect("no thread panics while it holds what is kept") = Arc::default();
            self.labelled.lock().expect("no thread panics while it holds them").clear();
            *known = Some(options);
        }
    }
}

/// Returns the Markdown files that a file's records name as captures.
fn captures(file: &ParsedFile) -> Vec<RelPath> {
    let mut captures = Vec::new();
    for record in file.records.iter().map(|parsed| &parsed.record) {
        let Some(name) = record.fields.table("capture").and_then(|capture| capture.text("file")) else { continue };
        captures.extend(record.beside(name).filter(|path| path.has_extension("md")));
    }
    captures
}

/// Tells whether a file is a record, whoever names it as a capture: a folder's own page, a record with a capture of its own,
/// and whatever says that it is withheld. What is confidential in it stays known, and comes out through no source.
fn stays_record(file: &ParsedFile) -> bool {
    let says = |parsed: &Parsed| {
        let record = &parsed.record;
        let said = record.visibility.map_or(Visibility::Public, |(said, _)| said).max(parsed.doubt());
        said != Visibility::Public
            || record.draft
            || !parsed.private.canaries.is_empty()
            || record.fields.table("capture").is_some()
    };
    matches!(file.path.name(), "index.md" | "_index.md")
        || file.doubt != Visibility::Public
        || file.records.first().is_some_and(says)
}

#[cfg(test)]
mod tests {
    use super::Kept;
    use crate::config::Config;
    use crate::file::{Bytes, MemoryFiles, RelPath, Snapshot};
    use crate::parse::Labels;

    /// Makes the snapshot of one record that mentions another.
    fn snapshot(text: &str) -> (RelPath, Snapshot) {
        let path = RelPath::new("content/ada.md").expect("a path");
        (path.clone(), MemoryFiles([(path, Bytes::from(text.as_bytes()))].into()).snapshot())
    }

    #[test]
    fn what_was_parsed_of_other_bytes_is_forgotten() {
        let (kept, config) = (Kept::default(), Config::default());
        let labels = Labels { names: ["mole".to_owned()].into(), ..Labels::default() };
        for text in ["[[mole|x]]", "[[mole|y]]", "[[mole|z]]"] {
            let (path, snapshot) = snapshot(text);
            kept.files(&snapshot, &config);
            kept.labelled(&snapshot, &path, &config, &labels);
            assert_eq!((kept.plain.lock().unwrap().len(), kept.labelled.lock().unwrap().len()), (1, 1));
        }
        kept.files(&MemoryFiles::default().snapshot(), &config);
        assert_eq!((kept.plain.lock().unwrap().len(), kept.labelled.lock().unwrap().len()), (0, 0));
    }
}

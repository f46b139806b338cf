//! Whole sites in one string, for the tests of lints: through parsing, withholding and resolving, as in a build.
//!
//! `//- people/ada.md` begins a file of `content/`; `//- /casebook.toml` one of the root. A site must be free of errors,
//! so that no test passes because its fixture could not be read.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Lint, Numbers, Subject};
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::file::{Bytes, LineIndex, MemoryFiles, RelPath, Snapshot};
use crate::model::date::Edtf;
use crate::model::{Archive, Visibility};
use crate::parse::{self, Labels};
use crate::resolve::{self, Inputs};
use crate::withhold::{self, Drafts, Rules};

/// Makes the module's `check(site, expect)`: the lint finds this in that site, and nothing else.
macro_rules! checker {
    ($lint:expr) => {
        #[track_caller]
        fn check(site: &str, expect: &[&str]) {
            assert_eq!(super::super::testing::found(None, site, &$lint), expect, "in{site}");
        }
    };
}

pub(super) use checker;

/// Checks what a lint finds in a site as it was known on a day.
#[track_caller]
pub(super) fn check_as_of(day: &str, site: &str, lint: &Lint, expect: &[&str]) {
    assert_eq!(found(Some(day), site, lint), expect, "as of {day} in{site}");
}

/// Returns what a lint finds in a site, as `file:line:column: message`, in the order of the files.
pub(super) fn found(as_of: Option<&str>, site: &str, lint: &Lint) -> Vec<String> {
    let site = Site::new(as_of, site);
    let mut found = Vec::new();
    (lint.find)(&site.subject(), &mut found);
    found.sort_by(|a, b| a.place.cmp(&b.place));
    found.iter().map(|fault| site.shown(fault)).collect()
}

/// A site that was read up to where lints begin.
pub(super) struct Site {
    pub(super) snapshot: Snapshot,
    config: Arc<Config>,
    files: Vec<RelPath>,
    pub(super) archive: Archive,
    as_of: Option<i64>,
    numbers: Numbers,
}

impl Site {
    /// Reads a site.
    pub(super) fn new(as_of: Option<&str>, text: &str) -> Site {
        let snapshot = snapshot(text);
        let as_of = as_of.map(|day| Edtf::parse(day).expect("the day of a test is a date").earliest());
        let path = RelPath::new(config::FILE).expect("the configuration has a name");
        let written = snapshot.read(&path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let (config, mut faults) = config::config(&path, &written.unwrap_or_else(|_| "title = \"A test\"".to_owned()));
        let config = Arc::new(config);
        let one = |path: &RelPath, labels: &Labels| {
            let bytes = snapshot.read(path).expect("the snapshot holds its files");
            Arc::new(parse::file(path, &bytes, &config, labels))
        };
        let all = || snapshot.below("content").map(|(path, _)| path);
        let parsed = all().filter(|path| path.has_extension("md")).map(|path| one(path, &Labels::default()));
        let parsed: Vec<_> = parsed.collect();
        let files: Vec<RelPath> = all().filter(|path| !path.has_extension("md")).cloned().collect();
        let rules =
            Rules { default: Visibility::Public, drafts: Drafts::Withheld, secrets: None, menu: &[], files: &files };
        let sifted = withhold::withhold(&parsed, &rules, &one, &withhold::Kept::default());
        let inputs = Inputs { config: &config, files: &files, statics: &[], as_of };
        let (archive, unresolved) = resolve::resolve(sifted.public, &inputs, &resolve::Kept::default());
        faults.extend(sifted.diagnostics.into_iter().chain(unresolved));
        let errors: Vec<&Diagnostic> = faults.iter().filter(|fault| fault.is_error()).collect();
        assert!(errors.is_empty(), "a site for a test has errors: {errors:#?} in{text}");
        Site { snapshot, config, files, archive, as_of, numbers: Numbers::default() }
    }

    /// Returns what lints look at.
    pub(super) fn subject(&self) -> Subject<'_> {
        let Site { snapshot, config, files, archive, as_of, numbers } = self;
        Subject { archive, config, files, snapshot, as_of: *as_of, numbers }
    }

    fn shown(&self, fault: &Diagnostic) -> String {
        let place = fault.place.as_ref().expect("a lint says where");
        let bytes = self.snapshot.read(&place.path).expect("a lint names a file of the site");
        let at = LineIndex::new(&bytes).position(place.span);
        assert!(fault.help.is_some(), "a lint says what to do");
        format!("{}:{}:{}: {}", place.path, at.line, at.column, fault.message)
    }
}

fn snapshot(text: &str) -> Snapshot {
    let mut files: BTreeMap<RelPath, Bytes> = BTreeMap::new();
    for section in text.split("//- ").skip(1) {
        let (name, text) = section.split_once('\n').unwrap_or((section, ""));
        let name = name.trim_end();
        let path = name.strip_prefix('/').map_or_else(|| format!("content/{name}"), str::to_owned);
        let path = RelPath::new(&path).expect("a file of a test has a name");
        files.insert(path, Bytes::from(text.as_bytes()));
    }
    MemoryFiles(files).snapshot()
}

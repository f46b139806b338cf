//! What the door lets through, what it keeps, and what it says: each rule by the smallest site that shows it.

mod canaries;
mod mentions;
pub(super) mod off;
mod sides;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Drafts, Kept, Rules, Sifted, withhold};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::file::{LineIndex, RelPath, Span};
use crate::model::Visibility;
use crate::parse::{self, Labels};

/// A site that goes through the door: `//- people/ada.md` begins a file of `content/`.
struct Case<'t> {
    text: &'t str,
    default: Visibility,
    drafts: Drafts,
    secrets: Option<&'t str>,
    menu: &'t [&'t str],
}

/// Makes a case of the rules that hold where nothing is said.
fn site(text: &str) -> Case<'_> {
    Case { text, default: Visibility::Public, drafts: Drafts::Withheld, secrets: None, menu: &[] }
}

impl Case<'_> {
    fn texts(&self) -> BTreeMap<RelPath, &str> {
        let parts = self.text.split("//- ").skip(1).map(|part| part.split_once('\n').expect("a file has a text"));
        let path = |name: &str| RelPath::new(&format!("content/{name}")).expect("a file of a test has a path");
        parts.map(|(name, text)| (path(name), text)).collect()
    }

    fn sift(&self) -> Sifted {
        let texts = self.texts();
        let config = Config::default();
        let one =
            |path: &RelPath, labels: &Labels| Arc::new(parse::file(path, texts[path].as_bytes(), &config, labels));
        let (records, files): (Vec<&RelPath>, Vec<&RelPath>) = texts.keys().partition(|path| path.has_extension("md"));
        let parsed: Vec<_> = records.into_iter().map(|path| one(path, &Labels::default())).collect();
        let files: Vec<RelPath> = files.into_iter().cloned().collect();
        let menu: Vec<(String, Span)> = self.menu.iter().map(|to| ((*to).to_owned(), Span::default())).collect();
        let rules =
            Rules { default: self.default, drafts: self.drafts, secrets: self.secrets, menu: &menu, files: &files };
        withhold(&parsed, &rules, &one, &Kept::default())
    }

    fn shown(&self, fault: &Diagnostic) -> String {
        let Some(place) = &fault.place else { return fault.code.name.to_owned() };
        let text = self.texts().get(&place.path).copied().unwrap_or_default();
        let at = LineIndex::new(text.as_bytes()).position(place.span);
        format!("{} {}:{}:{}", fault.code.name, place.path, at.line, at.column)
    }

    /// Compares the ids of the published records, and the withheld ones with the reason.
    #[track_caller]
    fn check_sides(&self, public: &[&str], withheld: &[(&str, &str)]) {
        let sifted = self.sift();
        let ids: Vec<&str> = sifted.public.iter().map(|public| public.record().id.as_str()).collect();
        let listed: Vec<(&str, &str)> =
            sifted.listed.iter().map(|listed| (listed.title.as_str(), listed.why)).collect();
        assert_eq!((ids.as_slice(), listed.as_slice()), (public, withheld), "of{}", self.text);
    }

    /// Compares the faults that count, as `code path:line:column`.
    #[track_caller]
    fn check_faults(&self, expect: &[&str]) {
        let mut faults: Vec<String> = self.sift().diagnostics.iter().map(|fault| self.shown(fault)).collect();
        faults.sort_unstable();
        faults.dedup();
        assert_eq!(faults, expect, "of{}", self.text);
    }

    /// Compares the strings that must not get out.
    #[track_caller]
    fn check_canaries(&self, expect: &[&str]) {
        let sifted = self.sift();
        let canaries: Vec<&str> = sifted.canaries.iter().map(|canary| canary.text.as_str()).collect();
        assert_eq!(canaries, expect, "of{}", self.text);
    }
}

//! A site kept current: read what changed, make the site again, and keep the last good one while there are errors.
//!
//! 1. [`Live::refresh`] reads what changed; what could not be read is tried again with the next change.
//! 2. [`Live::make`] (to be served) and [`Live::remake`] (to be written) make the site of it.
//! 3. A served page is made when it is asked for, so that its own faults come late; but the pages of records and files that
//!    changed are made at once. Where a change may have broken any page (configuration, secrets, templates, a record that
//!    is withheld now), every page is made first.
//!
//! What must hold: a state with a fault is never shown, and what is kept of earlier states does not grow.

mod news;
mod state;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use super::build::render;
use super::exit::Failure;
use super::report::{counted, print, report, tail};
use super::term::Term;
use crate::diagnostic::Diagnostic;
use crate::file::{RelPath, Snapshot};
use crate::pipeline::{Made, Memo, Published, Request, site};
use crate::read;
use crate::serve::Overlay;
use crate::watch::Changed;
use news::News;
use state::{State, overlay};

pub(super) use state::{Version, unreadable};

/// A site and everything that is kept between two states of it.
pub(super) struct Live {
    root: PathBuf,
    request: Request,
    memo: Memo,
    snapshot: Snapshot,
    /// What could not be read when it changed.
    missed: Changed,
    /// Whether something changed that any page may depend on, since all pages were last made.
    touches_all: bool,
    /// The records that the last good state shows.
    shown: Vec<Published>,
    /// The files that changed since.
    touched: BTreeSet<RelPath>,
    last: Option<Arc<Version>>,
    news: News,
    /// What changed last, as it is said; nothing at first.
    what: Option<Changed>,
}

/// What became of a change.
pub(super) struct Turn {
    /// The site, if it may be shown.
    pub(super) version: Option<Arc<Version>>,
    /// What lies over the pages.
    pub(super) overlay: Option<Overlay>,
    /// The line for the terminal.
    pub(super) line: String,
}

impl Live {
    /// Reads a site for the first time.
    pub(super) fn read(root: PathBuf, request: Request) -> Result<Live, Failure> {
        let snapshot = read::read(&root)?;
        Ok(Live {
            root,
            request,
            memo: Memo::default(),
            snapshot,
            missed: Changed::default(),
            touches_all: false,
            shown: Vec::new(),
            touched: BTreeSet::new(),
            last: None,
            news: News::default(),
            what: None,
        })
    }

    /// Returns the files as they were last read.
    pub(super) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Reads what changed, and what could not be read when it did.
    pub(super) fn refresh(&mut self, changed: &Changed) -> Result<(), Failure> {
        self.missed.paths.extend(changed.paths.iter().cloned());
        self.missed.rescan |= changed.rescan;
        let named: BTreeSet<RelPath> = self
            .missed
            .paths
            .iter()
            .filter_map(|path| RelPath::new(&path.to_string_lossy().replace('\\', "/")))
            .collect();
        self.touches_all |= self.missed.rescan || named.iter().any(touches_all);
        let some = if self.missed.rescan { None } else { read::read_named(&self.root, &self.snapshot, &named)? };
        self.snapshot = match some {
            Some(snapshot) => snapshot,
            None => {
                let below = self
                    .snapshot
                    .entries
                    .keys()
                    .filter(|path| named.iter().any(|folder| path.below(folder.as_str()).is_some()));
                let all = below.cloned().chain(named.iter().cloned()).collect();
                read::read_again(&self.root, &self.snapshot, &all)?
            }
        };
        self.touched.extend(named);
        self.what = Some(std::mem::take(&mut self.missed));
        Ok(())
    }

    /// Makes the site of what was last read, for a folder.
    pub(super) fn remake(&self) -> Made {
        site(&self.snapshot, &self.request, &self.memo)
    }

    /// Says how many records that the last good state shows are withheld now; `None` where there are none.
    pub(super) fn still_shown(&self, made: &Made) -> Option<String> {
        if made.listed.is_empty() {
            return None;
        }
        let homes: BTreeSet<&RelPath> = made.listed.iter().map(|record| &record.home).collect();
        let ids: BTreeSet<&str> = made.listed.iter().map(|record| &*record.id).collect();
        let homes: BTreeSet<&RelPath> =
            self.shown.iter().map(Published::home).filter(|home| homes.contains(home)).collect();
        // A record whose file is gone may have been moved as it was withheld.
        let same_id = self.shown.iter().filter(|record| ids.contains(record.id()));
        let gone = same_id.filter(|record| !self.snapshot.entries.contains_key(record.file()));
        let gone: BTreeSet<&str> = gone.map(Published::id).collect();
        let hidden = made.listed.iter().filter(|record| homes.contains(&record.home) || gone.contains(&*record.id));
        match hidden.count() {
            0 => None,
            1 => Some("1 record made private is still shown".to_owned()),
            n => Some(format!("{n} records made private are still shown")),
        }
    }

    /// Notes which records the output shows now that a site was written.
    pub(super) fn wrote(&mut self, made: &Made) {
        self.shown = made.site.as_ref().map(|site| site.published().collect()).unwrap_or_default();
        self.touched.clear();
    }

    /// Prints what is new of what was found.
    pub(super) fn tell(&mut self, term: &Term, made: &Made, found: Vec<Diagnostic>) {
        let found = self.news.of(made, found);
        print(term, made, found, &self.snapshot);
    }

    /// Says what changed last, to begin a line; nothing at first.
    pub(super) fn what(&self, term: &Term) -> String {
        self.what.as_ref().map(|changed| news::what(changed, term.channel)).unwrap_or_default()
    }

    /// Makes the site of what was last read.
    pub(super) fn make(&mut self, term: &Term) -> Turn {
        let began = Instant::now();
        let mut made = self.remake();
        if let Some(site) = &made.site {
            read::keep(&self.snapshot, |path| site.publishes(path));
        }
        let stops = |made: &Made| made.site.is_none() || made.diagnostics.iter().any(|fault| made.stops(fault));
        let still = self.still_shown(&made);
        if self.last.is_some()
            && !stops(&made)
            && let Some(site) = &made.site
        {
            let faults = match self.touches_all || still.is_some() {
                true => render(term, site, &|_, _| true),
                // What an edit says stands on its own page, whatever others repeat of it.
                false => {
                    let routes = site.routes_since(&self.shown, &self.touched);
                    routes.iter().filter_map(|route| site.output(route)?.err()).flatten().collect()
                }
            };
            made.diagnostics.extend(faults);
        }
        let report = report(&made, made.diagnostics.clone(), &self.snapshot);
        self.tell(term, &made, made.diagnostics.clone());
        let tail = tail(&report, made.listed.len());
        let what = self.what(term);
        if stops(&made) {
            let ms = began.elapsed().as_millis();
            let mut overlay = overlay(&report);
            let note = still.as_ref().map(|still| format!("; {still}")).unwrap_or_default();
            overlay.notes.extend(still);
            let line = format!("{what}not made, in {ms} ms{tail}: the last good pages are shown{note}");
            return Turn { version: None, overlay: Some(overlay), line };
        }
        self.touches_all = false;
        self.wrote(&made);
        let version = Arc::new(Version::after(self.last.as_deref(), State::new(made, self.snapshot.clone())));
        self.last = Some(Arc::clone(&version));
        let ms = began.elapsed().as_millis();
        let line = format!("{what}{} in {ms} ms{tail}", counted(version.pages(), "page"));
        Turn { version: Some(version), overlay: None, line }
    }
}

/// Tells whether any page may depend on a file: configuration, secrets and themes, style sheets and the like apart. A
/// folder above such files counts too.
fn touches_all(path: &RelPath) -> bool {
    let mut parts = path.as_str().split('/');
    match parts.next() {
        Some("content" | "static") => false,
        Some("themes") => parts.nth(1) != Some("static"),
        _ => true,
    }
}

#[cfg(test)]
mod tests;

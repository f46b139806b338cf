//! A site kept current: read what changed, make the site again, and keep the last good one while there are errors.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use super::exit::Failure;
use super::report::{counted, report, tail};
use super::term::Term;
use crate::diagnostic::Severity;
use crate::diagnostic::human::human;
use crate::diagnostic::report::Report;
use crate::diagnostic::shown::{Channel, Location};
use crate::file::{Bytes, RelPath, Snapshot};
use crate::pipeline::{Made, Memo, Request, Site, site};
use crate::read;
use crate::serve::{Answer, Overlay, Pages, Problem};
use crate::watch::Changed;

/// A site and everything that is kept between two states of it.
pub(super) struct Live {
    root: PathBuf,
    request: Request,
    memo: Memo,
    snapshot: Snapshot,
    /// The records that the last good state shows, by file.
    shown: BTreeSet<RelPath>,
    last: Option<Arc<State>>,
}

/// One state of a site.
pub(super) struct State {
    pub(super) site: Site,
    policy: crate::diagnostic::policy::Policy,
    withheld: crate::diagnostic::shown::Withheld,
    snapshot: Snapshot,
    before: Option<Arc<State>>,
}

/// What became of a change.
pub(super) struct Turn {
    /// The state, if it may be shown.
    pub(super) state: Option<Arc<State>>,
    /// What lies over the pages.
    pub(super) overlay: Option<Overlay>,
    /// The line for the terminal.
    pub(super) line: String,
}

impl Live {
    /// Reads a site for the first time.
    pub(super) fn read(root: PathBuf, request: Request) -> Result<Live, Failure> {
        let snapshot = read::read(&root)?;
        Ok(Live { root, request, memo: Memo::default(), snapshot, shown: BTreeSet::new(), last: None })
    }

    /// Returns the files as they were last read.
    pub(super) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Reads what changed.
    pub(super) fn refresh(&mut self, changed: &Changed) -> Result<(), Failure> {
        let named: BTreeSet<RelPath> =
            changed.paths.iter().filter_map(|path| RelPath::new(&path.to_string_lossy().replace('\\', "/"))).collect();
        let some = if changed.rescan { None } else { read::read_named(&self.root, &self.snapshot, &named)? };
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
        Ok(())
    }

    /// Makes the site of what was last read, for a folder.
    pub(super) fn remake(&self) -> Made {
        site(&self.snapshot, &self.request, &self.memo)
    }

    /// Says how many records that the last good state shows are withheld now.
    pub(super) fn still_shown(&self, made: &Made) -> String {
        let hidden = made.listed.iter().filter(|record| self.shown.contains(&record.path)).count();
        if hidden == 0 {
            String::new()
        } else {
            format!("; {} made private are still shown", counted(hidden, "record"))
        }
    }

    /// Notes which records the output shows now.
    pub(super) fn wrote(&mut self, made: &Made) {
        if let Some(site) = made.site.as_ref().filter(|_| !made.diagnostics.iter().any(|fault| made.stops(fault))) {
            self.shown = site.paths();
        }
    }

    /// Makes the site of what was last read.
    pub(super) fn make(&mut self, term: &Term) -> Turn {
        let began = Instant::now();
        let mut made = site(&self.snapshot, &self.request, &self.memo);
        let stopped = made.site.is_none() || made.diagnostics.iter().any(|fault| made.stops(fault));
        let report = report(&made, made.diagnostics.clone(), &self.snapshot);
        term.raw(&human(&report, term.channel, term.colour));
        let ms = began.elapsed().as_millis();
        let tail = tail(&report, made.listed.len());
        if stopped {
            let mut overlay = overlay(&report);
            let still = self.still_shown(&made);
            let line = format!("not made, in {ms} ms{tail}: the last good pages are shown{still}");
            overlay.notes.extend(still.strip_prefix("; ").map(str::to_owned));
            return Turn { state: None, overlay: Some(overlay), line };
        }
        let site = made.site.take().expect("a site that is not stopped was made");
        self.shown = site.paths();
        // The state before is kept for pages that cannot be rendered now; the one before that is not.
        let before = self.last.take().map(|last| last.alone());
        let state = Arc::new(State {
            site,
            policy: made.policy.clone(),
            withheld: made.withheld.clone(),
            snapshot: self.snapshot.clone(),
            before,
        });
        self.last = Some(Arc::clone(&state));
        let pages = state.site.routes().filter(|route| route.ends_with(".html")).count();
        let line = format!("{} in {ms} ms{tail}", counted(pages, "page"));
        Turn { state: Some(state), overlay: None, line }
    }
}

impl State {
    /// Returns this state without the one before it, so that states do not pile up.
    fn alone(self: Arc<Self>) -> Arc<State> {
        match Arc::try_unwrap(self) {
            Ok(mut state) => {
                state.before = None;
                Arc::new(state)
            }
            Err(shared) => shared,
        }
    }
}

impl Pages for State {
    fn answer(&self, route: &str) -> Answer {
        match self.site.output(route) {
            None => Answer::Missing,
            Some(Ok(output)) => Answer::Page(Bytes::from(output.as_ref())),
            Some(Err(faults)) => {
                let report = Report::new(faults, &self.policy, &self.withheld, &|path| self.snapshot.read(path).ok());
                let last_good = self.before.as_ref().and_then(|before| match before.answer(route) {
                    Answer::Page(bytes) => Some(bytes),
                    Answer::Broken { last_good, .. } => last_good,
                    Answer::Missing => None,
                });
                Answer::Broken { overlay: overlay(&report), last_good }
            }
        }
    }
}

/// Makes the overlay of a report: only what may be shown in a browser.
fn overlay(report: &Report) -> Overlay {
    let problems = report.shown(Channel::Elsewhere).into_iter().map(|shown| {
        let (file, position) = match shown.location {
            Location::Nowhere => (None, None),
            Location::Withheld(_) => (Some(shown.location.to_string()), None),
            Location::File(path, position) => (Some(path.to_string()), position),
        };
        Problem {
            severity: shown.severity,
            code: shown.code.name,
            message: shown.message.clone(),
            file,
            line: position.map(|position| position.line),
            column: position.map(|position| position.column),
            help: shown.help.map(str::to_owned),
        }
    });
    Overlay { notes: Vec::new(), problems: problems.filter(|problem| problem.severity == Severity::Error).collect() }
}

/// Says that a change could not be read.
pub(super) fn unreadable(failure: &Failure) -> Overlay {
    Overlay { notes: vec![failure.to_string()], problems: Vec::new() }
}

//! One state of a site, and the earlier ones whose pages stand in for those that cannot be made now.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diagnostic::policy::Policy;
use crate::diagnostic::report::Report;
use crate::diagnostic::shown::{Channel, Location, Withheld};
use crate::diagnostic::{Diagnostic, Severity};
use crate::file::{Bytes, Snapshot};
use crate::pipeline::{Made, Site};
use crate::serve::{Answer, Overlay, Pages, Problem};

/// A site that was made, with what is needed to say what is wrong with a page of it.
pub(super) struct State {
    site: Site,
    policy: Policy,
    withheld: Withheld,
    snapshot: Snapshot,
    /// Whether a page was asked for that cannot be made.
    is_broken: AtomicBool,
}

/// A state, and earlier ones, newest first: the one before it, and the newest of which nothing broken is known.
///
/// Two are enough, and there are never more: a page that cannot be made now is answered from the state before; where it
/// could not be made there either, from the one before things broke.
pub(in crate::cli) struct Version {
    now: Arc<State>,
    before: Vec<Arc<State>>,
}

impl State {
    /// Makes a state of a site that nothing stops.
    pub(super) fn new(made: Made, snapshot: Snapshot) -> State {
        let site = made.site.expect("a site that is not stopped was made");
        State { site, policy: made.policy, withheld: made.withheld, snapshot, is_broken: AtomicBool::new(false) }
    }

    /// Makes the output at a route; `None` where there is none.
    fn output(&self, route: &str) -> Option<Result<Bytes, Vec<Diagnostic>>> {
        let made = self.site.output(route)?;
        if made.is_err() {
            self.is_broken.store(true, Ordering::Relaxed);
        }
        Some(made.map(|output| Bytes::from(output.as_ref())))
    }
}

impl Version {
    /// Makes the version of a state that comes after another version.
    pub(super) fn after(last: Option<&Version>, now: State) -> Version {
        let mut before = Vec::new();
        if let Some(last) = last {
            before.push(Arc::clone(&last.now));
            if last.now.is_broken.load(Ordering::Relaxed) {
                let whole = last.before.iter().find(|state| !state.is_broken.load(Ordering::Relaxed));
                before.extend(whole.or(last.before.last()).cloned());
            }
        }
        Version { now: Arc::new(now), before }
    }

    /// Returns the state that is shown where it can be.
    #[cfg(test)]
    pub(super) fn now(&self) -> &Arc<State> {
        &self.now
    }

    /// Returns how many pages there are.
    pub(super) fn pages(&self) -> usize {
        self.now.site.routes().filter(|route| route.ends_with(".html")).count()
    }
}

impl Pages for Version {
    fn answer(&self, route: &str) -> Answer {
        match self.now.output(route) {
            None => Answer::Missing,
            Some(Ok(bytes)) => Answer::Page(bytes),
            Some(Err(faults)) => {
                let State { policy, withheld, snapshot, .. } = &*self.now;
                let report = Report::new(faults, policy, withheld, &|path| snapshot.read(path).ok());
                let last_good = self.before.iter().find_map(|state| state.output(route)?.ok());
                Answer::Broken { overlay: overlay(&report), last_good }
            }
        }
    }
}

/// Makes the overlay of a report: only what may be shown in a browser.
pub(super) fn overlay(report: &Report) -> Overlay {
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

/// Says that a change could not be read. The file is not named: it may be a withheld record's.
pub(in crate::cli) fn unreadable() -> Overlay {
    let note = "a change could not be read, the terminal says why: the last good pages are shown";
    Overlay { notes: vec![note.to_owned()], problems: Vec::new() }
}

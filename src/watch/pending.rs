//! The batch of changes that gathers until there is quiet. Its memory is bounded, whatever storm blows.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::interest::Inputs;
use super::{Changed, Stopped};

/// How long nothing may have come before a batch is handed out.
pub(super) const QUIET: Duration = Duration::from_millis(10);
/// How long a batch gathers at most while more keeps coming, or while a file is held open by its writer.
pub(super) const GATHER: Duration = Duration::from_millis(100);
/// The same two for storms, by how many notices came: whoever unpacks an archive or changes a branch pauses now and
/// then, and nobody looks at what is half there.
const STORMS: [(usize, Duration, Duration); 2] = [
    (4096, Duration::from_millis(150), Duration::from_secs(5)),
    (256, Duration::from_millis(50), Duration::from_secs(1)),
];
/// How long after a storm's batch was handed out more of it may come.
const LULL: Duration = Duration::from_millis(500);
/// How long a file is waited for that was emptied and is still held open by its writer.
const EMPTIED: Duration = Duration::from_secs(1);
/// How many paths a batch names; with more it only says that something changed.
const PATHS: usize = 4096;

/// One thing that the system told.
#[derive(Debug)]
pub(super) enum Notice {
    /// A name appeared, vanished or came to mean another file.
    Entry(PathBuf),
    /// Something else about a path changed.
    Touch(PathBuf),
    /// A file was written to, and its writer has not closed it.
    Writing(PathBuf),
    /// A writer closed a file.
    Written(PathBuf),
    /// Notices were lost.
    Lost,
    /// The system cannot tell of changes any more, and why.
    Failed(String),
}

/// What gathered.
#[derive(Default, Debug)]
pub(super) struct Batch {
    /// Full paths that changed.
    pub(super) paths: BTreeSet<PathBuf>,
    /// Whether there was more than the paths say.
    pub(super) rescan: bool,
    /// Why the system cannot tell of changes any more.
    pub(super) failure: Option<String>,
    /// Files that are being written.
    writing: BTreeSet<PathBuf>,
    /// When the first and the last notice came; `None` for an empty batch.
    span: Option<(Instant, Instant)>,
    /// How many notices came, counting those of a storm that this one continues.
    notices: usize,
}

impl Batch {
    /// Turns full paths into paths of the site; the root itself stands for everything.
    pub(super) fn into_changed(self, inputs: &Inputs) -> Changed {
        let root = self.paths.contains(inputs.root());
        let paths = self.paths.iter().filter(|path| inputs.hold(path));
        let paths = paths.filter_map(|path| inputs.relative(path)).map(PathBuf::from).collect();
        Changed { paths, rescan: self.rescan || root }
    }

    fn add(&mut self, notice: Notice, now: Instant) {
        let first = self.span.map_or(now, |(first, _)| first);
        self.span = Some((first, now));
        self.notices = self.notices.saturating_add(1);
        match notice {
            Notice::Entry(path) | Notice::Written(path) => {
                self.writing.remove(&path);
                self.paths.insert(path);
            }
            Notice::Touch(path) => {
                self.paths.insert(path);
            }
            Notice::Writing(path) => {
                self.writing.insert(path.clone());
                self.paths.insert(path);
            }
            Notice::Lost => self.rescan = true,
            Notice::Failed(why) => self.failure = Some(why),
        }
        if self.paths.len() > PATHS {
            self.rescan = true;
            self.paths.clear();
            self.writing.clear();
        }
    }

    /// Returns how long to wait yet; `None` where the batch is to be handed out.
    fn patience(&self, now: Instant, is_emptied: impl Fn(&PathBuf) -> bool) -> Option<Duration> {
        let (first, last) = self.span?;
        let storm = STORMS.iter().find(|(notices, ..)| self.notices >= *notices);
        let (quiet, most) = storm.map_or((QUIET, GATHER), |&(_, quiet, most)| (quiet, most));
        let held = if self.writing.is_empty() { first } else { first + GATHER };
        let due = (last + quiet).max(held).min(first + most);
        if now < due {
            return Some(due - now);
        }
        (now < first + EMPTIED && self.writing.iter().any(is_emptied)).then_some(QUIET)
    }
}

/// Where notices gather, between the thread that is told and the one that waits.
#[derive(Default)]
pub(super) struct Pending {
    state: Mutex<State>,
    bell: Condvar,
}

#[derive(Default)]
struct State {
    batch: Batch,
    stopped: bool,
    /// When the last batch was handed out, and how many notices it had.
    before: Option<(Instant, usize)>,
}

impl Pending {
    /// Adds a notice.
    pub(super) fn add(&self, notice: Notice) {
        let mut state = self.lock();
        let wakes = state.batch.span.is_none() || matches!(notice, Notice::Written(_));
        let now = Instant::now();
        if state.batch.span.is_none() {
            let storm = state.before.filter(|(time, _)| now - *time < LULL);
            state.batch.notices = storm.map_or(0, |(_, notices)| notices.min(STORMS[0].0) / 4);
        }
        state.batch.add(notice, now);
        drop(state);
        if wakes {
            self.bell.notify_all();
        }
    }

    /// Ends every wait.
    pub(super) fn stop(&self) {
        self.lock().stopped = true;
        self.bell.notify_all();
    }

    /// Blocks until a batch is there and quiet has come, and takes it.
    pub(super) fn gather(&self) -> Result<Batch, Stopped> {
        let mut state = self.lock();
        loop {
            if state.stopped {
                return Err(Stopped);
            }
            state = if state.batch.span.is_none() {
                self.bell.wait(state).unwrap_or_else(PoisonError::into_inner)
            } else {
                match state.batch.patience(Instant::now(), is_emptied) {
                    None => {
                        let batch = std::mem::take(&mut state.batch);
                        state.before = Some((Instant::now(), batch.notices));
                        return Ok(batch);
                    }
                    Some(time) => self.bell.wait_timeout(state, time).unwrap_or_else(PoisonError::into_inner).0,
                }
            };
        }
    }

    /// Sleeps for `time`, unless stopped.
    pub(super) fn sleep(&self, time: Duration) -> Result<(), Stopped> {
        let state = self.lock();
        let slept = self.bell.wait_timeout_while(state, time, |state| !state.stopped);
        let (state, _) = slept.unwrap_or_else(PoisonError::into_inner);
        if state.stopped { Err(Stopped) } else { Ok(()) }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn is_emptied(path: &PathBuf) -> bool {
    fs::metadata(path).is_ok_and(|metadata| metadata.len() == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    type Kind = fn(PathBuf) -> Notice;

    /// Adds notices at milliseconds and checks when the batch is handed out, counted from the first.
    fn check(notices: &[(u64, Kind)], emptied: &str, expect: u64) {
        let start = Instant::now();
        let mut batch = Batch::default();
        let (mut at, mut notices) = (0, notices.iter().peekable());
        loop {
            while let Some((_, notice)) = notices.next_if(|(time, _)| *time <= at) {
                batch.add(notice(PathBuf::from("a.md")), start + Duration::from_millis(at));
            }
            let now = start + Duration::from_millis(at);
            if batch.patience(now, |path| path.as_os_str() == emptied).is_none() {
                break;
            }
            at += 1;
        }
        assert_eq!(at, expect);
    }

    #[test]
    fn one_change_is_handed_out_after_ten_milliseconds() {
        check(&[(0, Notice::Touch)], "", 10);
    }

    #[test]
    fn each_further_change_is_waited_for() {
        check(&[(0, Notice::Touch), (8, Notice::Touch), (16, Notice::Touch)], "", 26);
    }

    #[test]
    fn a_trickle_is_waited_for_a_tenth_of_a_second() {
        let trickle: Vec<(u64, Kind)> = (0..500).map(|at| (at, Notice::Touch as Kind)).collect();
        check(&trickle, "", 100);
    }

    #[test]
    fn a_storm_is_waited_for_longer_through_its_pauses_but_not_for_ever() {
        let storm = |until: u64, times: usize| -> Vec<(u64, Kind)> {
            (0..until).filter(|at| at % 40 < 10).flat_map(|at| vec![(at, Notice::Touch as Kind); times]).collect()
        };
        check(&storm(800, 40), "", 769 + 150);
        check(&storm(10_000, 40), "", 5_000);
    }

    #[test]
    fn a_file_that_is_being_written_is_waited_for() {
        check(&[(0, Notice::Writing), (60, Notice::Written)], "", 70);
        check(&[(0, Notice::Writing), (30, Notice::Touch)], "", 100);
        check(&[(0, Notice::Writing), (30, Notice::Entry)], "", 40);
    }

    #[test]
    fn a_file_that_was_emptied_is_waited_for_longer_but_not_for_ever() {
        check(&[(0, Notice::Writing), (400, Notice::Written)], "a.md", 400);
        check(&[(0, Notice::Writing)], "a.md", 1000);
    }

    #[test]
    fn a_storm_of_paths_takes_bounded_memory() {
        let mut batch = Batch::default();
        for n in 0..100_000 {
            batch.add(Notice::Writing(PathBuf::from(n.to_string())), Instant::now());
            assert!(batch.paths.len() <= PATHS && batch.writing.len() <= PATHS);
        }
        assert!(batch.rescan);
    }
}

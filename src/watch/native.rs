//! The one door to `notify`: the system tells of changes.
//!
//! 1. The root is watched by itself, so that folders of interest may come and go; each of these with all below it.
//! 2. Notices of inputs go into the batch; those of reading, of hidden files and of the output are dropped at once.
//! 3. Folders that a batch names are watched anew before the batch is handed out: a folder that was removed and comes
//!    back would else stay silent, and one that was moved in may have been filled before it was watched.
//!
//! Any refusal is passed on as the reason to poll the whole tree instead: half of a tree is never watched.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Config, ErrorKind, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::interest::Inputs;
use super::pending::{Batch, Notice, Pending};
use super::tree;

/// How often a folder is tried again in which something vanished while its watch was set up.
const ATTEMPTS: usize = 16;

/// The watches of a site.
pub(super) struct Native {
    inputs: Arc<Inputs>,
    watcher: Box<dyn Watcher + Send>,
}

impl Native {
    /// Sets up the system's own watches. Fails with the reason to poll instead.
    pub(super) fn of_the_system(inputs: &Arc<Inputs>, pending: &Arc<Pending>) -> Result<Native, String> {
        let told = listener(Arc::clone(inputs), Arc::clone(pending));
        let config = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(told, config).map_err(|error| reason(&error))?;
        Native::new(Arc::clone(inputs), Box::new(watcher))
    }

    /// Sets up the watches with any watcher whose notices reach a [`listener`].
    pub(super) fn new(inputs: Arc<Inputs>, watcher: Box<dyn Watcher + Send>) -> Result<Native, String> {
        let mut native = Native { inputs, watcher };
        native.watch_everything()?;
        Ok(native)
    }

    /// Watches the folders that a batch tells of. Fails with the reason to poll instead.
    pub(super) fn follow(&mut self, batch: &Batch) -> Result<(), String> {
        if let Some(why) = &batch.failure {
            return Err(why.clone());
        }
        if batch.rescan || batch.paths.contains(self.inputs.root()) {
            return self.watch_everything();
        }
        let mut above: Option<&Path> = None;
        let mut leads = false;
        for path in &batch.paths {
            let Ok(metadata) = path.symlink_metadata() else { continue };
            leads |= metadata.is_symlink() || metadata.is_dir();
            if metadata.is_dir() && !above.is_some_and(|folder| path.starts_with(folder)) {
                self.watch(path, RecursiveMode::Recursive)?;
                above = Some(path);
            }
        }
        if leads { self.watch_linked(&self.inputs.linked()) } else { Ok(()) }
    }

    fn watch_everything(&mut self) -> Result<(), String> {
        let inputs = Arc::clone(&self.inputs);
        self.watch(inputs.root(), RecursiveMode::NonRecursive)?;
        if !inputs.root().is_dir() {
            return Err("the site's folder is gone".to_owned());
        }
        for folder in inputs.folders().filter(|folder| folder.symlink_metadata().is_ok_and(|found| found.is_dir())) {
            self.watch(&folder, RecursiveMode::Recursive)?;
        }
        self.watch_linked(&BTreeSet::new())
    }

    /// Watches the places outside the folders of interest where links lead, and the folders that hold these: what is
    /// removed there may come back.
    fn watch_linked(&mut self, known: &BTreeSet<PathBuf>) -> Result<(), String> {
        let inputs = Arc::clone(&self.inputs);
        let linked = tree::walk(&inputs, |_| ());
        inputs.set_linked(linked.clone());
        let mut holders = BTreeSet::new();
        for place in linked.difference(known) {
            if place.is_dir() {
                self.watch(place, RecursiveMode::Recursive)?;
            }
            let holder = place.parent().filter(|folder| *folder != inputs.root() && !inputs.hold(folder));
            holders.extend(holder);
        }
        holders.into_iter().try_for_each(|folder| self.watch(folder, RecursiveMode::NonRecursive))
    }

    /// Watches a folder, afresh where it is watched already: the watch may be one of a folder that was there before.
    fn watch(&mut self, folder: &Path, mode: RecursiveMode) -> Result<(), String> {
        let mut last = None;
        for _ in 0..ATTEMPTS {
            let _ = self.watcher.unwatch(folder);
            match self.watcher.watch(folder, mode) {
                Ok(()) => return Ok(()),
                Err(_) if !folder.is_dir() => return Ok(()),
                Err(error) if matches!(error.kind, ErrorKind::PathNotFound) => last = Some(error),
                Err(error) => return Err(reason(&error)),
            }
        }
        Err(last.map_or_else(String::new, |error| reason(&error)))
    }
}

/// Returns what is called with each notice of the system.
pub(super) fn listener(inputs: Arc<Inputs>, pending: Arc<Pending>) -> impl Fn(notify::Result<Event>) + Send + 'static {
    move |told| match told {
        Err(error) => pending.add(Notice::Failed(reason(&error))),
        Ok(event) if event.need_rescan() => pending.add(Notice::Lost),
        Ok(event) => {
            let Some(as_notice) = notice(&event.kind) else { return };
            for path in event.paths {
                let counts = if path == inputs.root() { is_loss(&event.kind) } else { inputs.hold(&path) };
                if counts {
                    pending.add(as_notice(path));
                }
            }
        }
    }
}

/// Returns what an event says of its paths; `None` for reading, which changes nothing.
fn notice(kind: &EventKind) -> Option<fn(PathBuf) -> Notice> {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => Some(Notice::Written),
        EventKind::Access(_) => None,
        // Only where the closing of a file is told too can it be waited for.
        EventKind::Modify(ModifyKind::Data(_)) if cfg!(target_os = "linux") => Some(Notice::Writing),
        EventKind::Create(_) | EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)) => Some(Notice::Entry),
        _ => Some(Notice::Touch),
    }
}

/// Tells whether the folder that an event names may be gone: for the root, nothing else is of interest.
fn is_loss(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Remove(_) | EventKind::Modify(ModifyKind::Name(_)))
}

fn reason(error: &notify::Error) -> String {
    match &error.kind {
        ErrorKind::MaxFilesWatch => "the system has no more watches to give".to_owned(),
        ErrorKind::Io(error) => format!("the system refuses to watch: {error}"),
        _ => format!("the system refuses to watch: {error}"),
    }
}

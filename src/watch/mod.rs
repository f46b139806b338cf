//! Watching a site's folder: this says only *that* something changed, never what kind of change it was.
//!
//! 1. The system's notices (`native`) or a comparison at intervals (`poll`) put paths into one batch (`pending`).
//! 2. [`Watcher::wait`] returns the batch once nothing more has come for about 10 ms.
//! 3. Before it returns, folders that appeared are watched (`native`), so that whatever happens after the caller's
//!    reading is noticed too.
//!
//! What must hold: an input that changed after a `wait` returned makes the next one return. Renames, deletes, lost
//! notices and editors' tricks are all one case. A file that changed without a notice is not this room's to find: the
//! reader compares the stamps of all files whenever it is asked to read. Nothing runs while nothing happens.

#![expect(clippy::disallowed_methods, reason = "this edge looks at the disk and waits")]

mod interest;
mod interrupt;
mod native;
mod pending;
mod poll;
mod tree;

pub use interest::Interest;
pub use interrupt::on_interrupt;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use interest::Inputs;
use native::Native;
use pending::Pending;
use poll::Poller;

/// How often the tree is compared where the system cannot tell of changes.
const POLLING: Duration = Duration::from_millis(500);

/// That something changed; by default, that nothing did.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Changed {
    /// Paths, relative to the site's root, that are to be read again even if size and times say otherwise. A folder
    /// stands for everything in it.
    pub paths: BTreeSet<PathBuf>,
    /// Whether notices were lost, or too many to keep: `paths` is then not the whole truth.
    pub rescan: bool,
}

impl Changed {
    /// Returns the change of which nothing is known but that it happened.
    fn somewhere() -> Changed {
        Changed { paths: BTreeSet::new(), rescan: true }
    }
}

/// The answer of [`Watcher::wait`] after [`Stop::stop`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stopped;

/// How changes are noticed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mode {
    /// The system tells.
    Native,
    /// The whole tree is compared at intervals.
    Polling {
        /// Why the system does not tell: half a sentence without a full stop.
        why: String,
    },
}

/// Ends a [`Watcher::wait`] from another thread.
#[derive(Clone)]
pub struct Stop(Arc<Pending>);

impl Stop {
    /// Makes the wait that is under way, and every later one, return [`Stopped`].
    pub fn stop(&self) {
        self.0.stop();
    }
}

/// Notices that inputs of a site change.
pub struct Watcher {
    inputs: Arc<Inputs>,
    pending: Arc<Pending>,
    source: Source,
    mode: Mode,
}

enum Source {
    Native(Native),
    Polling(Poller),
}

impl Watcher {
    /// Watches what is of `interest` in the site at `root`. Whatever changes from here on is noticed, so the first
    /// reading of the site comes after this.
    ///
    /// Where the system refuses (no watches left), the tree is polled and [`Watcher::mode`] says why.
    ///
    /// # Errors
    /// Fails where there is no folder at `root`.
    pub fn new(root: &Path, interest: Interest) -> io::Result<Watcher> {
        let inputs = Arc::new(Inputs::new(root, interest)?);
        let pending = Arc::new(Pending::default());
        Ok(match Native::of_the_system(&inputs, &pending) {
            Ok(native) => Watcher { inputs, pending, source: Source::Native(native), mode: Mode::Native },
            Err(why) => Watcher::comparing(inputs, pending, POLLING, why),
        })
    }

    /// Watches by comparing the tree every `interval`, for file systems that tell nothing.
    ///
    /// # Errors
    /// Fails where there is no folder at `root`.
    pub fn polling(root: &Path, interest: Interest, interval: Duration) -> io::Result<Watcher> {
        let inputs = Arc::new(Inputs::new(root, interest)?);
        Ok(Watcher::comparing(inputs, Arc::default(), interval, "as was asked for".to_owned()))
    }

    fn comparing(inputs: Arc<Inputs>, pending: Arc<Pending>, interval: Duration, why: String) -> Watcher {
        let source = Source::Polling(Poller::new(Arc::clone(&inputs), interval));
        Watcher { inputs, pending, source, mode: Mode::Polling { why } }
    }

    /// Returns how changes are noticed at present. It may turn from native to polling, never back.
    pub fn mode(&self) -> &Mode {
        &self.mode
    }

    /// Returns what the user should know of how changes are noticed; `None` while all is as it should be.
    pub fn notice(&self) -> Option<String> {
        match &self.mode {
            Mode::Native => None,
            Mode::Polling { why } => Some(format!("{why}: all files are looked at every half second instead")),
        }
    }

    /// Returns the handle that ends a wait.
    pub fn stop(&self) -> Stop {
        Stop(Arc::clone(&self.pending))
    }

    /// Blocks until inputs changed and nothing more has come for about 10 ms; while more trickles in, for 100 ms at most,
    /// in a storm of hundreds of notices for 5 s at most. A file that stands emptied with its writer still at it is
    /// waited for up to a second.
    ///
    /// # Errors
    /// Fails with [`Stopped`] once the watcher was stopped.
    pub fn wait(&mut self) -> Result<Changed, Stopped> {
        loop {
            let changed = match &mut self.source {
                Source::Polling(poller) => poller.wait(&self.pending)?,
                Source::Native(native) => {
                    let batch = self.pending.gather()?;
                    match native.follow(&batch) {
                        Ok(()) => batch.into_changed(&self.inputs),
                        Err(why) => {
                            self.source = Source::Polling(Poller::new(Arc::clone(&self.inputs), POLLING));
                            self.mode = Mode::Polling { why };
                            Changed::somewhere()
                        }
                    }
                }
            };
            if changed.rescan || !changed.paths.is_empty() {
                return Ok(changed);
            }
        }
    }
}

#[cfg(test)]
mod tests;

//! The rebuild loop: wait, make, publish, say.

use std::sync::Arc;

use crate::watch::{Changed, Stopped, Watcher};

use super::{Overlay, Pages, Server};

/// What became of a change.
pub struct Rebuild {
    /// The site as it is now; `None` where it cannot be made, and the last good one stays.
    pub pages: Option<Arc<dyn Pages>>,
    /// What is wrong with it; `None` clears the overlay.
    pub overlay: Option<Overlay>,
    /// One line for the terminal.
    pub line: String,
}

/// Keeps a server's site current until the watcher is stopped. `say` is called with a line for each rebuild, and with
/// one where changes are no longer told by the system.
pub fn run(
    watcher: &mut Watcher,
    server: &Server,
    mut rebuild: impl FnMut(&Changed) -> Rebuild,
    mut say: impl FnMut(&str),
) -> Stopped {
    let mut told = None;
    loop {
        let notice = watcher.notice();
        if let Some(notice) = notice.as_deref().filter(|_| notice != told) {
            say(notice);
        }
        told = notice;
        let changed = match watcher.wait() {
            Ok(changed) => changed,
            Err(stopped) => return stopped,
        };
        let made = rebuild(&changed);
        server.publish(made.pages, made.overlay);
        say(&made.line);
    }
}

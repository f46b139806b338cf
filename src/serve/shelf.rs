//! The newest good site and what is wrong with it, for whoever asks; whoever waits is woken when it is replaced.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch::{Receiver, Sender};

use super::answer::{Reply, Tag, reply};
use super::pages::{Overlay, Pages};
use super::target::Target;

/// How many tags are kept; whoever asks for more makes the server work, not grow.
const TAGS: usize = 4096;

/// What is shown at one moment.
#[derive(Clone, Default)]
pub(super) struct State {
    /// Whether anything was published yet.
    pub(super) is_published: bool,
    /// The site.
    pub(super) shown: Arc<Shown>,
    /// What lies over every page.
    pub(super) overlay: Option<Overlay>,
}

/// A site, and the tags of those of its outputs that were asked for.
#[derive(Default)]
pub(super) struct Shown {
    pages: Option<Arc<dyn Pages>>,
    tags: Mutex<BTreeMap<Target, (Tag, Option<Overlay>)>>,
}

impl Shown {
    /// Answers a target. This may take as long as making a page takes.
    pub(super) fn reply(&self, target: &Target) -> Reply {
        let reply = reply(self.pages.as_deref(), target);
        let known = (Arc::clone(&reply.tag), reply.overlay.clone());
        let mut tags = self.tags.lock().unwrap_or_else(PoisonError::into_inner);
        if tags.len() >= TAGS {
            tags.clear();
        }
        tags.insert(target.clone(), known);
        reply
    }

    /// Returns the tag of what is answered to a target, and what is wrong with it; made at most once.
    pub(super) fn tag(&self, target: &Target) -> (Tag, Option<Overlay>) {
        let known = self.tags.lock().unwrap_or_else(PoisonError::into_inner).get(target).cloned();
        known.unwrap_or_else(|| {
            let reply = self.reply(target);
            (reply.tag, reply.overlay)
        })
    }
}

/// Holds the state.
pub(super) struct Shelf(Sender<State>);

impl Default for Shelf {
    fn default() -> Shelf {
        Shelf(Sender::new(State::default()))
    }
}

impl Shelf {
    /// Replaces the site, where there is a new one, and what is wrong with it.
    pub(super) fn publish(&self, pages: Option<Arc<dyn Pages>>, overlay: Option<Overlay>) {
        self.0.send_modify(|state| {
            state.is_published = true;
            state.overlay = overlay;
            if pages.is_some() {
                state.shown = Arc::new(Shown { pages, tags: Mutex::default() });
            }
        });
    }

    /// Returns how to learn of this state and of later ones.
    pub(super) fn follow(&self) -> Receiver<State> {
        self.0.subscribe()
    }
}

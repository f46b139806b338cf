//! The open connections, whose number is bounded: where there are too many, the one that has been idle for longest goes.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::task::AbortHandle;

/// How many connections there may be; well below how many files a process may have open.
const MOST: usize = 160;

const IDLE: u8 = 0;
const BUSY: u8 = 1;
const STREAMING: u8 = 2;

/// What a connection is doing.
#[derive(Default)]
pub(super) struct Activity(AtomicU8);

impl Activity {
    /// Notes that a request is being answered.
    pub(super) fn answers(&self) {
        self.0.store(BUSY, Ordering::Relaxed);
    }

    /// Notes that the connection waits: for its browser to ask, or to read.
    pub(super) fn rests(&self) {
        self.0.store(IDLE, Ordering::Relaxed);
    }

    /// Notes that the connection has become a stream.
    pub(super) fn streams(&self) {
        self.0.store(STREAMING, Ordering::Relaxed);
    }
}

/// The connections, oldest first.
#[derive(Default)]
pub(super) struct Connections(Mutex<BTreeMap<u64, (AbortHandle, Arc<Activity>)>>);

impl Connections {
    /// Makes room for one more; tells whether there is any.
    pub(super) fn make_room(&self) -> bool {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|_, (task, _)| !task.is_finished());
        if open.len() < MOST {
            return true;
        }
        let idle = open.iter().find(|(_, (_, activity))| activity.0.load(Ordering::Relaxed) == IDLE);
        let Some(id) = idle.map(|(&id, _)| id) else { return false };
        if let Some((task, _)) = open.remove(&id) {
            task.abort();
        }
        true
    }

    /// Adds a connection.
    pub(super) fn add(&self, task: AbortHandle, activity: Arc<Activity>) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let id = open.last_key_value().map_or(0, |(id, _)| id + 1);
        open.insert(id, (task, activity));
    }
}

//! The edge through which a site goes out: routes and their bytes → an output folder. Nothing else writes there.
//!
//! 1. [`Writer::open`] refuses folders that are not ours to write in, takes the folder's lock, and heals what a killed
//!    run left behind.
//! 2. [`Writer::add`] takes one finished output, from any thread: unchanged bytes are dropped, others wait in the stage.
//! 3. [`Writer::commit`] moves what waits into place, removes what is no longer part of the site, and writes the
//!    manifest. Until then nothing in place has changed; a writer that is dropped instead leaves the old site.
//!
//! # What holds at every moment
//!
//! `.casebook/manifest.json` claims each file that a finished build wrote, with the hash of its bytes.
//! `.casebook/next.json` is there exactly while files are being moved, and claims what the folder is about to hold. So
//! whatever moment a run is killed at, each file in place is claimed by one of the two, and the next run knows by its
//! hash which of them it belongs to. A file that neither claims is somebody else's: it is never removed or overwritten.
//!
//! The manifest holds no times, for the same site must give the same bytes. That a file was not touched since it was
//! written is known from the manifest's own times: whatever changed later has a later time, and is compared byte by byte.
//!
//! Nothing is flushed to the device: a killed process loses nothing, as what it wrote is the system's; after a power cut
//! a file may be cut short, which its length shows, and the next build mends it.

mod commit;
mod disk;
mod lock;
mod manifest;
mod place;
mod recover;
mod refuse;
mod stage;

pub use refuse::{Refusal, WriteFault};
pub use stage::{Mode, Writer};

/// What a commit did.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Written {
    /// How many outputs the site has.
    pub outputs: usize,
    /// How many of them are pages: their routes end in `.html`.
    pub pages: usize,
    /// How many outputs were new or had other bytes, and were written.
    pub changed: usize,
    /// How many of the changed ones are pages.
    pub changed_pages: usize,
    /// How many files that an earlier build wrote were removed.
    pub removed: usize,
    /// Files that an earlier build wrote and somebody changed since: the site has them no more, but they were left.
    pub left: Vec<String>,
}

#[cfg(test)]
mod tests;

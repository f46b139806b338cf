//! Takes finished outputs and lets those that are new or changed wait in the stage.

use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::sync::Mutex;

use super::disk::{self, Disk};
use super::lock::Lock;
use super::manifest::{Hash, Manifest, Moment};
use super::refuse::{self, Refusal, WriteFault};
use super::{place, recover};
use crate::file::IoFault;

/// What is done with outputs that are in place already.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mode {
    /// Files whose bytes are the same are not touched.
    Keep,
    /// Everything that the manifest claims is removed and written anew (`--clean`).
    Clean,
}

/// An output folder that is being written: locked, healed, and as the last finished build left it until `commit`.
///
/// Dropping it instead throws away what waits; the folder is then as it was before.
#[derive(Debug)]
pub struct Writer {
    pub(super) disk: Disk,
    pub(super) lock: Lock,
    pub(super) mode: Mode,
    /// What the folder holds of ours.
    pub(super) manifest: Manifest,
    /// When the manifest was put in its place; `None` where there is none.
    pub(super) moment: Option<Moment>,
    /// The names at the folder's top; `None` where the file system takes several spellings for one name.
    names: Option<BTreeSet<String>>,
    /// Whether the stage was made.
    is_staged: Mutex<bool>,
    pub(super) outputs: Mutex<Vec<Output>>,
    pub(super) is_committed: bool,
}

/// One output, and what must be done for it.
#[derive(Debug)]
pub(super) struct Output {
    pub(super) route: Box<str>,
    pub(super) hash: Hash,
    pub(super) fate: Fate,
}

/// What must be done for an output.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fate {
    /// Nothing: its bytes are in place.
    Same,
    /// It waits, and nothing stands in its place.
    New,
    /// It waits, and what stands in its place is ours.
    Changed,
    /// It waits, and a folder stands in its place.
    Folder,
    /// It waits, and something that is not ours stands in its place.
    Foreign,
}

impl Writer {
    /// Opens the output folder of the site at `root` and waits until no other build writes there; `waiting` is called
    /// once if it has to. The folder is made where it is missing.
    ///
    /// Open the writer before the site is read: of two builds, the later one must not write what it read earlier.
    ///
    /// # Errors
    /// Refuses folders that no build may write in, and fails as the disk does.
    pub fn open(root: &Path, output: &Path, mode: Mode, waiting: impl FnOnce()) -> Result<Writer, WriteFault> {
        let folder = refuse::output_folder(root, output, std::env::home_dir().as_deref())?;
        Writer::open_on(Disk::new(folder), mode, waiting)
    }

    /// Opens the folder of `disk`.
    pub(super) fn open_on(disk: Disk, mode: Mode, waiting: impl FnOnce()) -> Result<Writer, WriteFault> {
        let lock = Lock::acquire(disk.folder(), waiting)?;
        match recover::recover(&disk) {
            Ok(found) => Ok(Writer {
                names: Some(found.names).filter(|_| disk.knows_letter_case()),
                is_staged: Mutex::new(false),
                disk,
                lock,
                mode,
                manifest: found.manifest,
                moment: found.moment,
                outputs: Mutex::default(),
                is_committed: false,
            }),
            Err(fault) => {
                lock.vanish();
                Err(fault)
            }
        }
    }

    /// Takes a finished output. Each route comes once, in any order, from any thread.
    ///
    /// # Errors
    /// Refuses a route that leads out of the folder and one that is there already; fails as the disk does.
    pub fn add(&self, route: &str, bytes: &[u8]) -> Result<(), WriteFault> {
        if !place::is_sound(route) {
            return Err(Refusal::BadRoute(route.to_owned()).into());
        }
        let hash = *blake3::hash(bytes).as_bytes();
        let top = route.split('/').next().unwrap_or(route);
        let is_new = self.names.as_ref().is_some_and(|names| !names.contains(top));
        let fate = if is_new { Fate::New } else { self.fate(route, bytes, hash)? };
        if fate != Fate::Same {
            self.stage(route, bytes)?;
        }
        let output = Output { route: Box::from(route), hash, fate };
        self.outputs.lock().expect("no thread panics while it holds the list").push(output);
        Ok(())
    }

    /// Lets an output wait.
    fn stage(&self, route: &str, bytes: &[u8]) -> Result<(), WriteFault> {
        {
            // The first one finds out which modes the process may give; the others must not overtake it.
            let mut is_staged = self.is_staged.lock().expect("no thread panics while it makes the stage");
            if !*is_staged {
                self.disk.make_folders(place::NEW)?;
                *is_staged = true;
            }
        }
        let path = format!("{}/{route}", place::NEW);
        self.disk.create(&path, bytes).map_err(|fault| match fault.source.kind() {
            io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory => {
                Refusal::SamePlace(route.to_owned()).into()
            }
            _ => WriteFault::Io(fault),
        })
    }

    /// Finds out what must be done for an output.
    fn fate(&self, route: &str, bytes: &[u8], hash: Hash) -> Result<Fate, IoFault> {
        let Some(metadata) = self.disk.look(route)? else { return Ok(Fate::New) };
        let known = self.manifest.hash(route);
        if metadata.is_dir() {
            return Ok(Fate::Folder);
        }
        let wanted = self.mode == Mode::Keep || known.is_none();
        if wanted && known.is_none_or(|known| known == hash) && self.is_same(route, &metadata, bytes, known)? {
            return Ok(if disk::has_file_mode(&metadata) { Fate::Same } else { Fate::Changed });
        }
        Ok(if known.is_some() { Fate::Changed } else { Fate::Foreign })
    }

    /// Tells whether the file in place has these bytes: by its times, if it was not touched since we wrote it.
    fn is_same(&self, route: &str, metadata: &Metadata, bytes: &[u8], known: Option<Hash>) -> Result<bool, IoFault> {
        if !metadata.is_file() || metadata.len() != bytes.len() as u64 {
            return Ok(false);
        }
        if known.is_some() && self.moment.is_some_and(|moment| moment.is_after(metadata)) {
            return Ok(true);
        }
        let path = self.disk.path(route);
        match fs::read(&path) {
            Ok(found) => Ok(found == bytes),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(IoFault::new("read", &path, error)),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if !self.is_committed {
            // Best effort: what stays is removed by the next build.
            let _ = self.disk.remove_all(place::STAGE);
            self.lock.vanish();
        }
    }
}

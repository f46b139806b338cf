//! What a site's folder holds at one moment.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::{Arc, Mutex, MutexGuard};

use super::{Print, RelPath};

/// The bytes of a file, shared.
pub type Bytes = Arc<[u8]>;

/// Where the bytes of files come from: the disk in the program, memory in tests.
pub trait Files: Send + Sync {
    /// Reads a file whole.
    ///
    /// # Errors
    /// Fails as reading from a disk does; a file that vanished since the snapshot is `NotFound`.
    fn read(&self, path: &RelPath) -> io::Result<Bytes>;
}

/// One file of a snapshot.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its size in bytes when the snapshot was taken.
    pub size: u64,
    /// The print of its bytes, for files that every build reads (records, configuration, themes); `None` for files that
    /// are read only if something uses them (images, captures, static files).
    pub print: Option<Print>,
    /// A fingerprint of size, times and inode: the same stamp means the same bytes.
    pub stamp: u64,
    /// The bytes, if they are at hand: in all snapshots that hold the file as it was read, or in none.
    bytes: Arc<Mutex<Option<Bytes>>>,
}

impl Entry {
    /// Makes the entry of a file that was read.
    pub fn of(bytes: &Bytes, stamp: u64) -> Entry {
        let entry = Entry { print: Some(Print::of(bytes)), ..Entry::unread(bytes.len() as u64, stamp) };
        entry.keep(Arc::clone(bytes));
        entry
    }

    /// Makes the entry of a file that is read when something uses it.
    pub fn unread(size: u64, stamp: u64) -> Entry {
        Entry { size, print: None, stamp, bytes: Arc::default() }
    }

    /// Returns the entry of the same bytes with another stamp.
    pub fn at(&self, stamp: u64) -> Entry {
        Entry { stamp, ..self.clone() }
    }

    /// Returns the bytes, if they are at hand.
    pub fn bytes(&self) -> Option<Bytes> {
        self.at_hand().clone()
    }

    /// Keeps the bytes at hand.
    pub fn keep(&self, bytes: Bytes) {
        *self.at_hand() = Some(bytes);
    }

    fn at_hand(&self) -> MutexGuard<'_, Option<Bytes>> {
        self.bytes.lock().expect("no thread panics while it holds bytes")
    }
}

/// The files of a site, sorted by path, and the way to read those whose bytes were not read yet.
#[derive(Clone)]
pub struct Snapshot {
    /// Every input file below the root, hidden files and editors' droppings left out.
    pub entries: BTreeMap<RelPath, Entry>,
    /// Whether any input is reached through a link.
    pub is_linked: bool,
    /// Links that lead out of the site; they were not followed.
    pub outside: Vec<RelPath>,
    /// Links that lead back to a folder they lie in, or through too many other links; they were not followed.
    pub looping: Vec<RelPath>,
    /// Files that are too large to be read; their entries have no bytes.
    pub too_large: Vec<RelPath>,
    /// Names that are not UTF-8, shown as well as can be.
    pub unreadable_names: Vec<String>,
    files: Arc<dyn Files>,
}

impl Snapshot {
    /// Makes a snapshot of entries, whose unread bytes come from `files`.
    pub fn new(entries: BTreeMap<RelPath, Entry>, files: Arc<dyn Files>) -> Snapshot {
        Snapshot {
            entries,
            is_linked: false,
            outside: Vec::new(),
            looping: Vec::new(),
            too_large: Vec::new(),
            unreadable_names: Vec::new(),
            files,
        }
    }

    /// Returns the bytes of a file.
    ///
    /// # Errors
    /// Fails with `NotFound` where the snapshot has no such file, or the file was released and holds other bytes now; and
    /// as [`Files::read`] does.
    pub fn read(&self, path: &RelPath) -> io::Result<Bytes> {
        let entry = self.entries.get(path).ok_or(io::ErrorKind::NotFound)?;
        if let Some(bytes) = entry.bytes() {
            return Ok(bytes);
        }
        let bytes = self.files.read(path)?;
        match entry.print.is_none_or(|print| print == Print::of(&bytes)) {
            true => Ok(bytes),
            false => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// Lets go of the bytes of a file that every build reads. They are still the bytes of this snapshot: where they are
    /// wanted they are read again, and never others in their place.
    pub fn release(&self, path: &RelPath) {
        if let Some(entry) = self.entries.get(path).filter(|entry| entry.print.is_some()) {
            *entry.at_hand() = None;
        }
    }

    /// Has the bytes of a file at hand again; one that holds other bytes by now stays as it is.
    pub fn restore(&self, path: &RelPath) {
        if let (Some(entry), Ok(bytes)) = (self.entries.get(path), self.read(path)) {
            entry.keep(bytes);
        }
    }

    /// Returns the entries below `folder`, sorted by path.
    pub fn below(&self, folder: &str) -> impl Iterator<Item = (&RelPath, &Entry)> {
        let prefix = format!("{folder}/");
        let from = RelPath::new(folder).map(std::ops::Bound::Included).unwrap_or(std::ops::Bound::Unbounded);
        self.entries
            .range((from, std::ops::Bound::Unbounded))
            .skip_while({
                let prefix = prefix.clone();
                move |(path, _)| path.as_str() < prefix.as_str()
            })
            .take_while(move |(path, _)| path.as_str().starts_with(&prefix))
    }
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.entries.keys()).finish()
    }
}

/// Files in memory, for tests and for what is compiled into the program.
#[derive(Default)]
pub struct MemoryFiles(pub BTreeMap<RelPath, Bytes>);

impl MemoryFiles {
    /// Takes the snapshot of these files.
    pub fn snapshot(self) -> Snapshot {
        let entries = self.0.iter().map(|(path, bytes)| (path.clone(), Entry::of(bytes, stamp(bytes))));
        let entries = entries.collect();
        Snapshot::new(entries, Arc::new(self))
    }
}

/// Returns a stamp of bytes that have no times and no inode: their FNV-1a hash.
fn stamp(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

impl Files for MemoryFiles {
    fn read(&self, path: &RelPath) -> io::Result<Bytes> {
        self.0.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Bytes, MemoryFiles, RelPath, Snapshot};

    fn path(text: &str) -> RelPath {
        RelPath::new(text).expect("it is a path")
    }

    fn files(text: &str) -> MemoryFiles {
        MemoryFiles([(path("content/a.md"), Bytes::from(text.as_bytes()))].into())
    }

    #[test]
    fn released_bytes_are_read_again_and_never_others_in_their_place() {
        let path = path("content/a.md");
        let snapshot = files("Ada").snapshot();
        let at_hand = || snapshot.entries[&path].bytes();
        snapshot.release(&path);
        assert_eq!((at_hand(), snapshot.read(&path).ok().as_deref()), (None, Some(&b"Ada"[..])));
        snapshot.restore(&path);
        assert_eq!(at_hand().as_deref(), Some(&b"Ada"[..]));
        snapshot.release(&path);
        let changed = Snapshot { files: Arc::new(files("Eve")), ..snapshot.clone() };
        changed.restore(&path);
        assert!(changed.read(&path).is_err());
    }
}

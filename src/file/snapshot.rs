//! What a site's folder holds at one moment.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::Arc;

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
    /// Its bytes, for files that every build reads (records, configuration, themes); `None` for files that are read
    /// only if something uses them (images, captures, static files), and for those that were [released](Snapshot::release).
    pub bytes: Option<Bytes>,
    /// The print of the bytes that every build reads, kept when they are released.
    pub print: Option<Print>,
    /// A fingerprint of size, times and inode: the same stamp means the same bytes.
    pub stamp: u64,
}

impl Entry {
    /// Makes the entry of a file that was read.
    pub fn of(bytes: &Bytes, stamp: u64) -> Entry {
        let print = Some(Print::of(bytes));
        Entry { size: bytes.len() as u64, bytes: Some(Arc::clone(bytes)), print, stamp }
    }

    /// Makes the entry of a file that is read when something uses it.
    pub fn unread(size: u64, stamp: u64) -> Entry {
        Entry { size, bytes: None, print: None, stamp }
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
        if let Some(bytes) = &entry.bytes {
            return Ok(Arc::clone(bytes));
        }
        let bytes = self.files.read(path)?;
        match entry.print.is_none_or(|print| print == Print::of(&bytes)) {
            true => Ok(bytes),
            false => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// Lets go of the bytes of files that a build has read, where `is_done` says so of one. They are still the bytes of
    /// this snapshot: where they are wanted, they are read again, and never others in their place.
    pub fn release(&mut self, is_done: impl Fn(&RelPath) -> bool) {
        for (path, entry) in &mut self.entries {
            if entry.print.is_some() && is_done(path) {
                entry.bytes = None;
            }
        }
    }

    /// Returns the part of the snapshot that holds the files of which `is_wanted` says so.
    pub fn part(&self, is_wanted: impl Fn(&RelPath) -> bool) -> Snapshot {
        let wanted = self.entries.iter().filter(|(path, _)| is_wanted(path));
        let entries = wanted.map(|(path, entry)| (path.clone(), entry.clone())).collect();
        Snapshot::new(entries, Arc::clone(&self.files))
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
        let mut snapshot = files("Ada").snapshot();
        snapshot.release(|_| true);
        assert_eq!(snapshot.entries[&path("content/a.md")].bytes, None);
        assert_eq!(snapshot.read(&path("content/a.md")).ok().as_deref(), Some(&b"Ada"[..]));
        let changed = Snapshot { files: Arc::new(files("Eve")), ..snapshot };
        assert!(changed.read(&path("content/a.md")).is_err());
    }
}

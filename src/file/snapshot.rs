//! What a site's folder holds at one moment.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::sync::Arc;

use super::RelPath;

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
    /// only if something uses them (images, captures, static files).
    pub bytes: Option<Bytes>,
    /// A fingerprint of size, times and inode: the same stamp means the same bytes.
    pub stamp: u64,
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
    /// Fails with `NotFound` where the snapshot has no such file, and as [`Files::read`] does.
    pub fn read(&self, path: &RelPath) -> io::Result<Bytes> {
        let entry = self.entries.get(path).ok_or(io::ErrorKind::NotFound)?;
        match &entry.bytes {
            Some(bytes) => Ok(Arc::clone(bytes)),
            None => self.files.read(path),
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
        let entries = self.0.iter().map(|(path, bytes)| {
            let entry = Entry { size: bytes.len() as u64, bytes: Some(Arc::clone(bytes)), stamp: stamp(bytes) };
            (path.clone(), entry)
        });
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

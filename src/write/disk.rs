//! Every change that is made to an output folder, each one operation that can fail, with the fault that says so.
//!
//! In tests a fuse stands before each operation: it can fail one of them, or all from one on, as if the process had been
//! killed there. So the tests can try every moment there is.

use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use super::place;
use crate::file::IoFault;

/// An output folder.
#[derive(Debug)]
pub(super) struct Disk {
    folder: PathBuf,
    /// Whether the process may not give what it creates the modes that a site has.
    modes_are_cut: AtomicBool,
    #[cfg(test)]
    pub(super) fuse: super::tests::Fuse,
}

/// The mode of every file of a site.
const FILE_MODE: u32 = 0o644;

/// The mode of every folder of a site.
const FOLDER_MODE: u32 = 0o755;

impl Disk {
    /// Makes the hand that changes `folder`, an absolute path.
    pub(super) fn new(folder: PathBuf) -> Disk {
        Disk {
            folder,
            modes_are_cut: AtomicBool::new(false),
            #[cfg(test)]
            fuse: super::tests::Fuse::default(),
        }
    }

    /// Returns the folder.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the path on disk of a path in the folder.
    pub(super) fn path(&self, path: &str) -> PathBuf {
        let mut whole = PathBuf::with_capacity(self.folder.as_os_str().len() + path.len() + 1);
        whole.push(&self.folder);
        whole.push(path);
        whole
    }

    /// Looks at what stands at a path, not following a link; `None` where nothing does.
    pub(super) fn look(&self, path: &str) -> Result<Option<Metadata>, IoFault> {
        let path = self.path(path);
        match fs::symlink_metadata(&path) {
            Ok(metadata) => Ok(Some(metadata)),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(IoFault::new("read", &path, error)),
        }
    }

    /// Hashes the file at a path; `None` where there is no plain file.
    pub(super) fn hash(&self, path: &str) -> Result<Option<super::manifest::Hash>, IoFault> {
        if !self.look(path)?.is_some_and(|metadata| metadata.is_file()) {
            return Ok(None);
        }
        let path = self.path(path);
        let fault = |source| IoFault::new("read", &path, source);
        let mut hasher = blake3::Hasher::new();
        let file = fs::File::open(&path).map_err(fault)?;
        hasher.update_reader(file).map_err(fault)?;
        Ok(Some(*hasher.finalize().as_bytes()))
    }

    /// Tells whether the file system keeps apart names that differ in letter case. Our own folder must be there.
    pub(super) fn knows_letter_case(&self) -> bool {
        !matches!(self.look(&place::OURS.to_uppercase()), Ok(Some(_)))
    }

    /// Creates the file at a path; its folder is made where it is missing.
    pub(super) fn create(&self, path: &str, bytes: &[u8]) -> Result<(), IoFault> {
        let whole = self.path(path);
        let fault = |source| IoFault::new("write", &whole, source);
        self.step("write", path)?;
        let opened = match new_file().open(&whole) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.make_folders(place::folder(path).unwrap_or(""))?;
                new_file().open(&whole)
            }
            opened => opened,
        };
        let mut file = opened.map_err(fault)?;
        self.step("write", path)?;
        file.write_all(bytes).map_err(fault)?;
        if self.modes_are_cut.load(Ordering::Relaxed) {
            set_mode(&whole, FILE_MODE).map_err(fault)?;
        }
        Ok(())
    }

    /// Makes a folder and those above it; those that are there are fine.
    pub(super) fn make_folders(&self, path: &str) -> Result<(), IoFault> {
        for folder in place::folders(path).chain([path]) {
            self.step("make the folder", folder)?;
            let whole = self.path(folder);
            match fs::create_dir(&whole) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                Err(error) => return Err(IoFault::new("make the folder", &whole, error)),
            }
            if open_to_readers(&whole)? {
                self.modes_are_cut.store(true, Ordering::Relaxed);
            }
        }
        Ok(())
    }

    /// Moves a file or a folder; a file that stands at `to` is replaced.
    pub(super) fn rename(&self, from: &str, to: &str) -> Result<(), IoFault> {
        self.step("write", to)?;
        let whole = self.path(to);
        fs::rename(self.path(from), &whole).map_err(IoFault::on("write", &whole))
    }

    /// Gives a file a second name; `false` where the file system knows no second names.
    pub(super) fn link(&self, from: &str, to: &str) -> Result<bool, IoFault> {
        self.step("write", to)?;
        let whole = self.path(to);
        match fs::hard_link(self.path(from), &whole) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::StorageFull => Err(IoFault::new("write", &whole, error)),
            Err(_) => Ok(false),
        }
    }

    /// Removes a file; one that is gone is fine.
    pub(super) fn remove(&self, path: &str) -> Result<(), IoFault> {
        self.step("remove", path)?;
        let whole = self.path(path);
        gone(fs::remove_file(&whole)).map_err(IoFault::on("remove", &whole))
    }

    /// Removes a folder if it is empty, and says whether it did.
    pub(super) fn remove_if_empty(&self, path: &str) -> Result<bool, IoFault> {
        self.step("remove", path)?;
        let whole = self.path(path);
        match fs::remove_dir(&whole) {
            Ok(()) => Ok(true),
            Err(error) if is_kept(&error) => Ok(false),
            Err(error) => Err(IoFault::new("remove", &whole, error)),
        }
    }

    /// Removes a folder with everything in it, following no link; one that is gone is fine.
    pub(super) fn remove_all(&self, path: &str) -> Result<(), IoFault> {
        self.step("remove", path)?;
        let whole = self.path(path);
        gone(fs::remove_dir_all(&whole)).map_err(IoFault::on("remove", &whole))
    }

    /// Sets the time at which a file's bytes are said to be written.
    pub(super) fn set_modified(&self, path: &str, modified: SystemTime) -> Result<(), IoFault> {
        self.step("write", path)?;
        let whole = self.path(path);
        let file = OpenOptions::new().write(true).open(&whole).map_err(IoFault::on("write", &whole))?;
        file.set_modified(modified).map_err(IoFault::on("write", &whole))
    }

    /// Lets the fuse of a test fail here.
    #[cfg(test)]
    fn step(&self, verb: &'static str, path: &str) -> Result<(), IoFault> {
        self.fuse.burn().map_err(|source| IoFault::new(verb, &self.path(path), source))
    }

    /// Does nothing; in tests this is where faults come from.
    #[cfg(not(test))]
    #[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "its counterpart in tests uses both")]
    fn step(&self, _verb: &'static str, _path: &str) -> Result<(), IoFault> {
        Ok(())
    }
}

/// Tells whether a file has the mode of a site's file.
pub(super) fn has_file_mode(metadata: &Metadata) -> bool {
    mode_is(metadata, FILE_MODE)
}

/// Tells whether an error of removing a folder means that it stays, as it holds something, or is gone.
fn is_kept(error: &io::Error) -> bool {
    use io::ErrorKind::{AlreadyExists, DirectoryNotEmpty, NotADirectory, NotFound};
    matches!(error.kind(), DirectoryNotEmpty | AlreadyExists | NotFound | NotADirectory)
}

/// Turns "it is not there" into success.
fn gone(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Returns the way to open a file that must not be there yet.
fn new_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, FILE_MODE);
    options
}

/// Gives a new folder the mode of a site's folder, and says whether it had another: the process creates with a mask.
pub(super) fn open_to_readers(folder: &Path) -> Result<bool, IoFault> {
    let fault = |source| IoFault::new("make the folder", folder, source);
    let cut = !mode_is(&fs::metadata(folder).map_err(fault)?, FOLDER_MODE);
    if cut {
        set_mode(folder, FOLDER_MODE).map_err(fault)?;
    }
    Ok(cut)
}

#[cfg(unix)]
fn mode_is(metadata: &Metadata, mode: u32) -> bool {
    std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o777 == mode
}

#[cfg(not(unix))]
fn mode_is(_metadata: &Metadata, _mode: u32) -> bool {
    true
}

#[cfg(unix)]
fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(mode))
}

#[cfg(not(unix))]
fn set_mode(_path: &Path, _mode: u32) -> io::Result<()> {
    Ok(())
}

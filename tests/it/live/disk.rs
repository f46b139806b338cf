//! A vault on disk: its files written, moved and removed as their author would, and what a watcher would tell of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::vault::Vault;

/// A vault on disk.
pub(super) struct Disk {
    pub(super) folder: tempfile::TempDir,
    files: BTreeMap<String, Vec<u8>>,
    is_linked: bool,
}

impl Disk {
    /// Writes a vault into a new folder.
    pub(super) fn new(vault: &Vault) -> Disk {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let mut disk = Disk { folder, files: BTreeMap::new(), is_linked: false };
        disk.take(vault, &[]);
        disk
    }

    /// Returns the site's root.
    pub(super) fn root(&self) -> &Path {
        self.folder.path()
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Removes the folders that stand empty once a file is gone. Returns the last of them or, where there is none, the
    /// file: of what is moved out of a site with its folder, a watcher tells nothing else.
    fn emptied(&self, path: &str) -> String {
        let mut gone = path;
        while let Some((folder, _)) = gone.rsplit_once('/').filter(|(folder, _)| folder.contains('/')) {
            if fs::remove_dir(self.path(folder)).is_err() {
                break;
            }
            gone = folder;
        }
        gone.to_owned()
    }

    /// Makes the folder hold what a vault holds: first by moving files and folders, then by writing and removing.
    /// Returns the paths of which a watcher would tell.
    pub(super) fn take(&mut self, vault: &Vault, moves: &[(String, String)]) -> BTreeSet<String> {
        let mut told = BTreeSet::new();
        for (from, to) in moves {
            if !self.path(from).exists() || self.path(to).exists() {
                continue;
            }
            let above = self.path(to).parent().expect("it lies in a folder").to_owned();
            fs::create_dir_all(above).expect("a folder can be made");
            fs::rename(self.path(from), self.path(to)).expect("it can be moved");
            let is_below = |path: &String| path == from || path.starts_with(&format!("{from}/"));
            let moved: Vec<String> = self.files.keys().filter(|path| is_below(path)).cloned().collect();
            for path in moved {
                let bytes = self.files.remove(&path).expect("it was there");
                self.files.insert(path.replacen(from, to, 1), bytes);
            }
            told.extend([from.clone(), to.clone()]);
        }
        let wanted = vault.files();
        for path in self.files.keys().filter(|path| !wanted.contains_key(*path)) {
            fs::remove_file(self.path(path)).expect("it can be removed");
            told.insert(self.emptied(path));
        }
        for (path, bytes) in wanted.iter().filter(|(path, bytes)| self.files.get(*path) != Some(bytes)) {
            fs::create_dir_all(self.path(path).parent().expect("it lies in a folder")).expect("a folder can be made");
            fs::write(self.path(path), bytes).expect("it can be written");
            told.insert(path.clone());
        }
        self.files = wanted;
        if vault.is_linked != self.is_linked {
            let link = self.path("content/linked");
            let done =
                if vault.is_linked { std::os::unix::fs::symlink("../aside", link) } else { fs::remove_file(link) };
            done.expect("a link can be made and removed");
            told.insert("content/linked".to_owned());
            self.is_linked = vault.is_linked;
        }
        told.retain(|path| !path.starts_with("aside/"));
        told
    }
}

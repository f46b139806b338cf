//! Walking the inputs of a site: folders of interest, files at the root, and where links of the site lead.
//!
//! Hidden names and dropped files are left out; links are followed only inside the site, and no folder is entered twice.

use std::collections::BTreeSet;
use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

use super::interest::{Inputs, is_dropping, is_hidden};

/// Visits every input, folders included, in no particular order; returns the places outside the folders of interest
/// where links lead.
pub(super) fn walk(inputs: &Inputs, mut visit: impl FnMut(&DirEntry)) -> BTreeSet<PathBuf> {
    let mut linked = BTreeSet::new();
    let mut entered: BTreeSet<PathBuf> = inputs.folders().collect();
    let mut folders: Vec<PathBuf> = Vec::new();
    for entry in entries(inputs.root()) {
        if inputs.hold(&entry.path()) {
            enter(inputs, &entry, &mut entered, &mut folders, &mut linked);
            visit(&entry);
        }
    }
    while let Some(folder) = folders.pop() {
        for entry in entries(&folder) {
            if is_input(inputs, &entry) {
                enter(inputs, &entry, &mut entered, &mut folders, &mut linked);
                visit(&entry);
            }
        }
    }
    linked
}

/// Puts the folder that an entry is, or leads to, on the list.
fn enter(
    inputs: &Inputs,
    entry: &DirEntry,
    entered: &mut BTreeSet<PathBuf>,
    folders: &mut Vec<PathBuf>,
    linked: &mut BTreeSet<PathBuf>,
) {
    let Ok(kind) = entry.file_type() else { return };
    if kind.is_dir() {
        folders.push(entry.path());
    }
    if !kind.is_symlink() {
        return;
    }
    let Ok(target) = entry.path().canonicalize() else { return };
    let is_elsewhere = !inputs.folders().any(|folder| target.starts_with(folder));
    if is_elsewhere && inputs.admit(&target) && entered.insert(target.clone()) {
        if target.is_dir() {
            folders.push(target.clone());
        }
        linked.insert(target);
    }
}

/// Tells whether an entry is neither hidden nor a dropping, which a folder is not.
fn is_input(inputs: &Inputs, entry: &DirEntry) -> bool {
    let name = entry.file_name();
    !is_hidden(&name) && (!is_dropping(&name) || inputs.hold(&entry.path()))
}

fn entries(folder: &Path) -> impl Iterator<Item = DirEntry> {
    fs::read_dir(folder).into_iter().flatten().flatten()
}

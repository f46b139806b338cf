//! Reading only what the watcher named: the common case of one saved file, without a look at ten thousand others.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::{eager, one, present};
use crate::file::{IoFault, RelPath, Snapshot};

/// Reads the files that `changed` names again; every other entry is that of `before`.
///
/// Returns `None` where names are not enough: a folder or a link among them, or a site with links, in which one file may
/// stand under several names. Then the whole site is to be read again.
///
/// # Errors
/// Fails where a named file cannot be read.
pub fn read_named(root: &Path, before: &Snapshot, changed: &BTreeSet<RelPath>) -> Result<Option<Snapshot>, IoFault> {
    if before.is_linked || !before.too_large.is_empty() {
        return Ok(None);
    }
    let root = fs::canonicalize(root).map_err(IoFault::on("read", root))?;
    let mut snapshot = before.clone();
    let mut buffer = Vec::new();
    for path in changed {
        let disk = root.join(path.as_str());
        let metadata = present(fs::symlink_metadata(&disk)).map_err(IoFault::on("read", &disk))?;
        // Where a folder was there is nothing now, or a file.
        if metadata.as_ref().is_none_or(fs::Metadata::is_file) && snapshot.below(path.as_str()).next().is_some() {
            let below = format!("{path}/");
            snapshot.entries.retain(|known, _| !known.as_str().starts_with(&below));
        }
        match metadata {
            None => {
                snapshot.entries.remove(path);
            }
            Some(metadata) if metadata.is_file() => {
                if !is_input(path) {
                    continue;
                }
                match one(&root, path, before.entries.get(path), true, &mut buffer)? {
                    Some(entry) if entry.size > super::limit(path) => return Ok(None),
                    Some(entry) => {
                        snapshot.entries.insert(path.clone(), entry);
                    }
                    None => {
                        snapshot.entries.remove(path);
                    }
                }
            }
            Some(_) => return Ok(None),
        }
    }
    Ok(Some(snapshot))
}

/// Tells whether a file is input by its path: below one of the site's folders, not hidden, nothing that editors drop.
fn is_input(path: &RelPath) -> bool {
    let text = path.as_str();
    let hidden = text.split('/').any(|part| eager::is_hidden(part.as_bytes()));
    match text.split_once('/') {
        None => eager::FILES.contains(&text) || eager::is_style(text),
        Some((folder, _)) => eager::FOLDERS.contains(&folder) && !hidden && !eager::is_dropping(path.name()),
    }
}

//! Lists the input files of a site, level by level: no depth of folders can exhaust the stack.
//!
//! Links are followed where they lead to a place inside the site that is itself no hidden or generated one. A link back
//! to a folder on its own way is left; so is what lies behind more than four links in a row or ten thousand in all,
//! for links among a few folders can name exponentially many paths.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use super::{eager, present};
use crate::file::{IoFault, RelPath};

/// How many links may lead to a file, one behind the other.
const LINKS_IN_A_ROW: usize = 4;

/// How many linked folders are entered in all.
const LINKED_FOLDERS: usize = 10_000;

/// What a walk found; every list is sorted.
#[derive(Default)]
pub(super) struct Listing {
    /// Whether there is any link.
    pub(super) is_linked: bool,
    /// The input files.
    pub(super) files: Vec<RelPath>,
    /// Links that lead out of the site, or nowhere.
    pub(super) outside: Vec<RelPath>,
    /// Links that lead back, or through too many others.
    pub(super) looping: Vec<RelPath>,
    /// Paths that are not UTF-8, as well as they can be shown.
    pub(super) unreadable_names: Vec<String>,
    linked_folders: usize,
}

/// A folder to be listed.
struct Folder {
    /// Its path in the site.
    path: String,
    /// Its path on disk, free of links.
    real: PathBuf,
    /// The real folders that hold the links followed to come here.
    came_from: Vec<PathBuf>,
}

/// What one folder holds.
#[derive(Default)]
struct Held {
    files: Vec<String>,
    folders: Vec<String>,
    links: Vec<String>,
    unreadable: Vec<String>,
}

/// What stands at a path.
enum Kind {
    File,
    Folder,
    Link,
    /// A pipe, a socket, a device.
    Special,
}

/// Lists the site whose canonical root is `root`.
pub(super) fn walk(root: &Path) -> Result<Listing, IoFault> {
    let mut listing = Listing::default();
    let mut level = Vec::new();
    let top = Folder { path: String::new(), real: root.to_path_buf(), came_from: Vec::new() };
    level.extend(listing.enter(root, &top, top_level(root)?)?);
    while !level.is_empty() {
        let held: Vec<Held> = level.par_iter().map(list).collect::<Result<_, _>>()?;
        let mut next = Vec::new();
        for (folder, held) in level.iter().zip(held) {
            next.extend(listing.enter(root, folder, held)?);
        }
        level = next;
    }
    listing.files.sort_unstable();
    listing.outside.sort_unstable();
    listing.looping.sort_unstable();
    listing.unreadable_names.sort_unstable();
    Ok(listing)
}

/// Looks for the few names at the root that are input; nothing else there is looked at.
fn top_level(root: &Path) -> Result<Held, IoFault> {
    let mut held = Held::default();
    for name in eager::FILES.iter().chain(&eager::FOLDERS) {
        let path = root.join(name);
        let Some(metadata) = present(fs::symlink_metadata(&path)).map_err(IoFault::on("read", &path))? else {
            continue;
        };
        let is_folder_name = eager::FOLDERS.contains(name);
        match kind(metadata.file_type()) {
            Kind::Link => held.links.push((*name).to_owned()),
            Kind::Folder if is_folder_name => held.folders.push((*name).to_owned()),
            Kind::File if !is_folder_name => held.files.push((*name).to_owned()),
            _ if *name == eager::SECRETS => return Err(unsound_secrets(&path)),
            _ => {}
        }
    }
    // Citation styles of the site's own lie beside the configuration.
    let names = present(fs::read_dir(root)).map_err(IoFault::on("read", root))?.into_iter().flatten();
    for entry in names.filter_map(Result::ok) {
        let name = entry.file_name();
        if let Some(name) = name.to_str().filter(|name| eager::is_style(name))
            && entry.file_type().is_ok_and(|kind| kind.is_file())
        {
            held.files.push(name.to_owned());
        }
    }
    Ok(held)
}

/// Makes the fault of secrets that are there but cannot be read as a file of the site.
fn unsound_secrets(path: &Path) -> IoFault {
    let source = io::Error::new(io::ErrorKind::InvalidInput, "it is not a file of this site");
    IoFault::new("read", path, source)
}

/// Lists what one folder holds; a folder that is gone holds nothing.
fn list(folder: &Folder) -> Result<Held, IoFault> {
    let fault = |source| IoFault::new("read", &folder.real, source);
    let mut held = Held::default();
    let Some(entries) = present(fs::read_dir(&folder.real)).map_err(fault)? else { return Ok(held) };
    for entry in entries {
        let entry = entry.map_err(fault)?;
        let name = entry.file_name();
        if eager::is_hidden(name.as_encoded_bytes()) {
            continue;
        }
        let Some(file_type) = present(entry.file_type()).map_err(fault)? else { continue };
        let kind = kind(file_type);
        let Some(name) = name.to_str() else {
            held.unreadable.push(format!("{}/{}", folder.path, name.display()));
            continue;
        };
        match kind {
            Kind::Folder => held.folders.push(name.to_owned()),
            _ if eager::is_dropping(name) => {}
            Kind::File => held.files.push(name.to_owned()),
            Kind::Link => held.links.push(name.to_owned()),
            Kind::Special => {}
        }
    }
    held.links.sort_unstable();
    Ok(held)
}

/// Returns what a file type is to a walk.
fn kind(file_type: fs::FileType) -> Kind {
    if file_type.is_file() {
        Kind::File
    } else if file_type.is_dir() {
        Kind::Folder
    } else if file_type.is_symlink() {
        Kind::Link
    } else {
        Kind::Special
    }
}

impl Listing {
    /// Takes in what `folder` holds and returns the folders to list next.
    fn enter(&mut self, root: &Path, folder: &Folder, held: Held) -> Result<Vec<Folder>, IoFault> {
        let join = |name: &str| match folder.path.as_str() {
            "" => name.to_owned(),
            path => format!("{path}/{name}"),
        };
        self.files.extend(held.files.iter().filter_map(|name| RelPath::new(&join(name))));
        self.unreadable_names.extend(held.unreadable);
        let mut next: Vec<Folder> = Vec::with_capacity(held.folders.len());
        for name in held.folders {
            next.push(Folder { path: join(&name), real: folder.real.join(&name), came_from: folder.came_from.clone() });
        }
        for name in held.links {
            self.is_linked = true;
            let Some(path) = RelPath::new(&join(&name)) else { continue };
            next.extend(self.follow(root, folder, &name, path)?);
        }
        Ok(next)
    }

    /// Follows the link `name` in `folder`: a file is taken in, a folder returned.
    fn follow(&mut self, root: &Path, folder: &Folder, name: &str, path: RelPath) -> Result<Option<Folder>, IoFault> {
        let link = folder.real.join(name);
        let is_secrets = path.as_str() == eager::SECRETS;
        let target = fs::canonicalize(&link).ok().filter(|target| is_input(root, target));
        let metadata = target.as_ref().and_then(|target| fs::metadata(target).ok());
        let (Some(real), Some(metadata)) = (target, metadata) else {
            if is_secrets {
                return Err(unsound_secrets(&link));
            }
            self.outside.push(path);
            return Ok(None);
        };
        match kind(metadata.file_type()) {
            Kind::Folder if is_secrets => Err(unsound_secrets(&link)),
            Kind::Folder => {
                let back = folder.came_from.iter().chain([&folder.real]).any(|place| place.starts_with(&real));
                self.linked_folders += 1;
                if back || folder.came_from.len() >= LINKS_IN_A_ROW || self.linked_folders > LINKED_FOLDERS {
                    self.looping.push(path);
                    return Ok(None);
                }
                let mut came_from = folder.came_from.clone();
                came_from.push(folder.real.clone());
                Ok(Some(Folder { path: path.as_str().to_owned(), real, came_from }))
            }
            Kind::File => {
                self.files.push(path);
                Ok(None)
            }
            _ if is_secrets => Err(unsound_secrets(&link)),
            _ => Ok(None),
        }
    }
}

/// Tells whether a canonical path may be input by a link: it lies in the site, is not hidden there, holds no secrets and
/// is not the usual output.
fn is_input(root: &Path, target: &Path) -> bool {
    let Ok(inside) = target.strip_prefix(root) else { return false };
    let mut parts = inside.components();
    let hidden = inside.components().any(|part| eager::is_hidden(part.as_os_str().as_encoded_bytes()));
    match parts.next() {
        None => true,
        Some(Component::Normal(first)) => !hidden && first != "public" && inside != Path::new(eager::SECRETS),
        Some(_) => false,
    }
}

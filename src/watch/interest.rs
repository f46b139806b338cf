//! Which paths below a site's root are inputs: only these may start a rebuild.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// What to watch in a site's folder; every name is relative to the root.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Interest {
    /// Folders at the root that are watched with all that is in them, whether they exist yet or not.
    pub folders: Vec<String>,
    /// Files at the root, whether they exist yet or not; `*.csl` stands for every file with that ending.
    pub files: Vec<String>,
    /// Folders that never count, even where a link of the site leads there: the output.
    pub except: Vec<PathBuf>,
}

impl Default for Interest {
    /// Returns what every site consists of, its output in `public`.
    fn default() -> Interest {
        let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
        Interest {
            folders: names(&["content", "themes", "templates", "static", "styles"]),
            files: names(&["casebook.toml", "secrets.txt", "*.csl"]),
            except: vec![PathBuf::from("public")],
        }
    }
}

/// An interest, at a root.
pub(super) struct Inputs {
    root: PathBuf,
    interest: Interest,
    /// Places in the root, outside the folders of interest, where links of the site lead.
    linked: Mutex<BTreeSet<PathBuf>>,
    /// Folders that are named like droppings, as far as they were met: what is no dropping after all is still known as
    /// none when it is gone.
    odd: Mutex<BTreeSet<PathBuf>>,
}

impl Inputs {
    /// Makes the inputs of the site at `root`, whose real path the system's notices will name.
    ///
    /// # Errors
    /// Fails where there is no folder at `root`.
    pub(super) fn new(root: &Path, interest: Interest) -> io::Result<Inputs> {
        let told = |error: io::Error| io::Error::new(error.kind(), format!("cannot watch {}: {error}", root.display()));
        let real = root.canonicalize().map_err(told)?;
        if !real.is_dir() {
            return Err(told(io::ErrorKind::NotADirectory.into()));
        }
        Ok(Inputs { root: real, interest, linked: Mutex::default(), odd: Mutex::default() })
    }

    /// Returns the real path of the root.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Returns the folders of interest, as full paths.
    pub(super) fn folders(&self) -> impl Iterator<Item = PathBuf> {
        self.interest.folders.iter().map(|name| self.root.join(name))
    }

    /// Returns the places outside of them where links lead.
    pub(super) fn linked(&self) -> BTreeSet<PathBuf> {
        self.linked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Sets the places where links lead.
    pub(super) fn set_linked(&self, places: BTreeSet<PathBuf>) {
        *self.linked.lock().unwrap_or_else(PoisonError::into_inner) = places;
    }

    /// Returns a full path relative to the root; `None` where it is not below it.
    pub(super) fn relative<'p>(&self, path: &'p Path) -> Option<&'p Path> {
        path.strip_prefix(&self.root).ok()
    }

    /// Tells whether a full path is an input, or a folder that may hold one.
    pub(super) fn hold(&self, path: &Path) -> bool {
        let Some(relative) = self.relative(path) else { return false };
        if !is_visible(relative) || self.interest.except.iter().any(|folder| relative.starts_with(folder)) {
            return false;
        }
        if path.file_name().is_some_and(is_dropping) && !self.is_odd(path) {
            return false;
        }
        let mut parts = relative.components();
        let Some(Component::Normal(first)) = parts.next() else { return false };
        let at_root = parts.next().is_none();
        self.interest.folders.iter().any(|folder| first == OsStr::new(folder))
            || (at_root && self.interest.files.iter().any(|file| fits(first, file)))
            || self.leads_to(path)
    }

    /// Tells whether a link of the site may lead to a full path: below the root and neither hidden nor output.
    pub(super) fn admit(&self, target: &Path) -> bool {
        self.relative(target).is_some_and(|relative| {
            is_visible(relative) && !self.interest.except.iter().any(|folder| relative.starts_with(folder))
        })
    }

    /// Tells whether a path that is named like a dropping is, or was, a folder.
    fn is_odd(&self, path: &Path) -> bool {
        let is_folder = path.is_dir();
        let mut odd = self.odd.lock().unwrap_or_else(PoisonError::into_inner);
        if is_folder && !odd.contains(path) {
            odd.insert(path.to_path_buf());
        }
        is_folder || odd.contains(path)
    }

    fn leads_to(&self, path: &Path) -> bool {
        let linked = self.linked.lock().unwrap_or_else(PoisonError::into_inner);
        !linked.is_empty() && path.ancestors().any(|place| linked.contains(place))
    }
}

fn fits(name: &OsStr, pattern: &str) -> bool {
    let name = name.as_encoded_bytes();
    match pattern.strip_prefix('*') {
        Some(ending) => {
            name.len().checked_sub(ending.len()).is_some_and(|at| name[at..].eq_ignore_ascii_case(ending.as_bytes()))
        }
        None => name == pattern.as_bytes(),
    }
}

/// Tells whether no part of a relative path is hidden.
fn is_visible(relative: &Path) -> bool {
    relative.components().all(|part| !matches!(part, Component::Normal(name) if is_hidden(name)))
}

/// Tells whether a name is hidden (`.obsidian`).
pub(super) fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Tells whether a file's name is one that editors leave behind (`ada.md~`). Folders may be named so.
pub(super) fn is_dropping(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    let ends = |ending: &[u8]| name.ends_with(ending);
    ends(b"~") || ends(b".swp") || ends(b".orig") || (name.len() > 1 && name.starts_with(b"#") && ends(b"#"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expect: bool) {
        let folder = tempfile::tempdir().unwrap();
        let inputs = Inputs::new(folder.path(), Interest::default()).unwrap();
        inputs.set_linked(BTreeSet::from([inputs.root().join("shared/cases")]));
        assert_eq!(inputs.hold(&inputs.root().join(path)), expect, "{path}");
    }

    #[test]
    fn what_a_site_is_made_of_counts() {
        for path in ["casebook.toml", "secrets.txt", "style.csl", "content", "content/a/b.md", "themes/x/theme.toml"] {
            check(path, true);
        }
        check("Own.CSL", true);
        check("content/old~/a.md", true);
        check("shared/cases/a.md", true);
    }

    #[test]
    fn output_hidden_files_droppings_and_the_rest_of_the_folder_do_not() {
        for path in ["", "public/index.html", ".git/index", "content/.obsidian/workspace.json", "content/.ada.md.swp"] {
            check(path, false);
        }
        for path in ["content/ada.md~", "content/#ada.md#", "content/ada.md.orig", "a/casebook.toml", "shared/x.md"] {
            check(path, false);
        }
        check(".content/a.md", false);
        check("contents/a.md", false);
        check("../content/a.md", false);
    }
}

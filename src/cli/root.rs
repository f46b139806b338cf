//! The site that a command works on: the nearest folder upwards with a `casebook.toml`.

use std::path::{Path, PathBuf};

use super::exit::Failure;
use crate::config::FILE;

/// Finds the site's root.
///
/// # Errors
/// Fails where there is no `casebook.toml`.
#[expect(clippy::disallowed_methods, reason = "commands work in the current folder")]
pub(super) fn root(asked: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(root) = asked {
        if root.join(FILE).is_file() {
            return Ok(root.to_path_buf());
        }
        let failure = Failure::new(format!("no {FILE} in \"{}\"", root.display()));
        return Err(failure.help("a site's root holds a casebook.toml; `casebook init DIR` makes a site"));
    }
    let here = std::env::current_dir().map_err(|error| Failure::new(format!("cannot find the current folder: {error}")))?;
    let found = here.ancestors().find(|folder| folder.join(FILE).is_file());
    found.map(Path::to_path_buf).ok_or_else(|| {
        let failure = Failure::new(format!("no {FILE} here or in a folder above"));
        failure.help("`casebook init DIR` makes a site; --root DIR names one")
    })
}

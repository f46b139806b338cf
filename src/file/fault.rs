//! What the disk refuses: an I/O error together with what was tried on which path.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// A fault of the disk, never of the author: it ends the command.
#[derive(Debug)]
pub struct IoFault {
    /// What was tried, as in "cannot `verb` …".
    pub verb: &'static str,
    /// The path it was tried on.
    pub path: PathBuf,
    /// Why it failed.
    pub source: io::Error,
}

impl IoFault {
    /// Makes the fault of trying `verb` on `path`.
    pub fn new(verb: &'static str, path: &Path, source: io::Error) -> IoFault {
        IoFault { verb, path: path.to_path_buf(), source }
    }

    /// Returns a function that turns an error into the fault of trying `verb` on `path`, for `map_err`.
    pub fn on<'a>(verb: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> IoFault + 'a {
        move |source| IoFault::new(verb, path, source)
    }
}

impl fmt::Display for IoFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} \"{}\": ", self.verb, self.path.display())?;
        match self.source.kind() {
            io::ErrorKind::StorageFull => f.write_str("the disk is full"),
            io::ErrorKind::QuotaExceeded => f.write_str("the disk quota is used up"),
            io::ErrorKind::PermissionDenied => f.write_str("permission denied"),
            io::ErrorKind::ReadOnlyFilesystem => f.write_str("the file system is read-only"),
            io::ErrorKind::NotFound => f.write_str("there is no such file or folder"),
            _ => self.source.fmt(f),
        }
    }
}

impl Error for IoFault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.source)
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::Path;

    use super::IoFault;

    #[test]
    fn a_fault_says_verb_path_and_reason() {
        let fault = IoFault::new("write", Path::new("public/a.html"), io::ErrorKind::StorageFull.into());
        assert_eq!(fault.to_string(), "cannot write \"public/a.html\": the disk is full");
    }
}

//! A path inside a site: relative to its root, separated by `/`, without `.` or `..`.

use std::fmt;
use std::sync::Arc;

/// A path of an input file, relative to the site's root, in UTF-8 with `/` between its parts.
///
/// It is never empty, never absolute, and holds no `.` or `..` part. Cloning is cheap.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelPath(Arc<str>);

impl RelPath {
    /// Makes a path from its text; `None` where the text is empty, absolute or has an empty, `.` or `..` part.
    pub fn new(text: &str) -> Option<RelPath> {
        let sound = !text.is_empty() && text.split('/').all(|part| !matches!(part, "" | "." | ".."));
        sound.then(|| RelPath(Arc::from(text)))
    }

    /// Returns the path's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the last part: `ada.md` of `content/people/ada.md`.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// Returns the last part without its extension: `ada` of `content/people/ada.md`.
    pub fn stem(&self) -> &str {
        match self.name().rfind('.') {
            Some(dot) if dot > 0 => &self.name()[..dot],
            _ => self.name(),
        }
    }

    /// Returns the extension without its dot, as written: `md` of `ada.md`; empty where there is none.
    pub fn extension(&self) -> &str {
        match self.name().rfind('.') {
            Some(dot) if dot > 0 => &self.name()[dot + 1..],
            _ => "",
        }
    }

    /// Tells whether the extension is `extension` (given in lower case), in any letter case.
    pub fn has_extension(&self, extension: &str) -> bool {
        let bytes = self.0.as_bytes();
        let Some(dot) = bytes.len().checked_sub(extension.len() + 1).filter(|dot| *dot > 0) else { return false };
        bytes[dot] == b'.' && bytes[dot - 1] != b'/' && bytes[dot + 1..].eq_ignore_ascii_case(extension.as_bytes())
    }

    /// Returns the folder that holds this path, as text; empty for a path at the root.
    pub fn folder(&self) -> &str {
        match self.0.rfind('/') {
            Some(slash) => &self.0[..slash],
            None => "",
        }
    }

    /// Returns the rest of the path below `folder`; `None` where it does not lie below it.
    pub fn below(&self, folder: &str) -> Option<&str> {
        if folder.is_empty() {
            return Some(&self.0);
        }
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }

    /// Resolves `relative` (which may hold `.` and `..`) against `folder`; `None` where it leads out of the site.
    pub fn resolve(folder: &str, relative: &str) -> Option<RelPath> {
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                part => parts.push(part),
            }
        }
        RelPath::new(&parts.join("/"))
    }
}

impl std::borrow::Borrow<str> for RelPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::RelPath;

    #[test]
    fn a_path_that_leaves_the_site_is_none() {
        assert_eq!(RelPath::new("../a.md"), None);
        assert_eq!(RelPath::new("/a.md"), None);
        assert_eq!(RelPath::new(""), None);
        assert_eq!(RelPath::resolve("content/people", "../../../etc/passwd"), None);
    }

    #[test]
    fn parts_of_a_path() {
        let path = RelPath::resolve("content/people", "../events/storm.2.md").expect("it stays inside");
        assert_eq!(path.as_str(), "content/events/storm.2.md");
        assert_eq!((path.stem(), path.extension(), path.folder()), ("storm.2", "md", "content/events"));
        assert_eq!(path.below("content"), Some("events/storm.2.md"));
        assert!(path.has_extension("md") && !path.has_extension("d") && !path.has_extension("m"));
        assert_eq!(path.below("cont"), None);
        let has = |text: &str| RelPath::new(text).expect("it is a path").has_extension("md");
        assert!(has("a/B.MD") && has("a.b.md"));
        assert!(!has("a/.md") && !has(".md") && !has("md"));
    }
}

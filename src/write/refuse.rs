//! Which folders are refused, and why: whoever mistypes `--output` must not lose a file.

use std::error::Error;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::file::IoFault;

/// The folders of a site that hold input: output in one of them would be read again.
const INPUT: [&str; 5] = ["content", "themes", "templates", "static", "styles"];

/// Why nothing was written.
#[derive(Debug)]
pub enum WriteFault {
    /// The folder, or something in it, is not ours to write on.
    Refused(Refusal),
    /// The disk failed.
    Io(IoFault),
}

/// Why an output folder, or an output, was refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// The path of the output folder is empty.
    EmptyPath,
    /// The output folder is the root of a file system.
    FileSystemRoot,
    /// The output folder is the user's home.
    Home,
    /// The output folder is the site's root, or holds it.
    SiteRoot,
    /// The output folder is a link.
    Link(PathBuf),
    /// There is something at the path of the output folder, and it is no folder.
    NotAFolder(PathBuf),
    /// The output folder contains a folder of input, or lies in one: its name.
    Input(&'static str),
    /// The output folder holds files, and no manifest says that they came from here.
    NoManifest(PathBuf),
    /// The manifest at this path is none that this version reads.
    BadManifest(PathBuf),
    /// Files in the output folder that are not ours stand where outputs must be.
    Foreign(Vec<String>),
    /// A route that no output may have.
    BadRoute(String),
    /// Two outputs would be one file, or one of them the folder of the other: one of their routes.
    SamePlace(String),
}

impl Refusal {
    /// Returns what to do about it.
    pub fn help(&self) -> String {
        match self {
            Refusal::NoManifest(_) => "name an empty folder, or empty this one yourself".to_owned(),
            Refusal::BadManifest(_) => "remove the output folder yourself and build again".to_owned(),
            Refusal::Foreign(_) => "move them away, or name another folder with --output".to_owned(),
            Refusal::BadRoute(_) | Refusal::SamePlace(_) => "give one of them another name".to_owned(),
            _ => "name another folder with --output".to_owned(),
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::EmptyPath => f.write_str("the path of the output folder is empty"),
            Refusal::FileSystemRoot => f.write_str("the output folder is the root of the file system"),
            Refusal::Home => f.write_str("the output folder is the home folder"),
            Refusal::SiteRoot => f.write_str("the output folder is the site's root or contains it"),
            Refusal::Link(path) => write!(f, "the output folder \"{}\" is a link", path.display()),
            Refusal::NotAFolder(path) => write!(f, "the output \"{}\" is not a folder", path.display()),
            Refusal::Input(folder) => write!(f, "the output folder contains \"{folder}/\" or lies in it"),
            Refusal::NoManifest(path) => {
                write!(f, "the output folder \"{}\" holds files that no build of casebook wrote", path.display())
            }
            Refusal::BadManifest(path) => write!(f, "the manifest \"{}\" cannot be understood", path.display()),
            Refusal::Foreign(paths) => {
                let shown: Vec<String> = paths.iter().take(5).map(|path| format!("\"{path}\"")).collect();
                write!(f, "files that no build wrote stand where the site's must be: {}", shown.join(", "))?;
                if paths.len() > shown.len() { write!(f, " and {} more", paths.len() - shown.len()) } else { Ok(()) }
            }
            Refusal::BadRoute(route) => write!(f, "no output may have the route {route:?}"),
            Refusal::SamePlace(route) => write!(f, "two outputs would stand at \"{route}\""),
        }
    }
}

impl fmt::Display for WriteFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteFault::Refused(refusal) => refusal.fmt(f),
            WriteFault::Io(fault) => fault.fmt(f),
        }
    }
}

impl Error for WriteFault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            WriteFault::Refused(_) => None,
            WriteFault::Io(fault) => fault.source(),
        }
    }
}

impl From<Refusal> for WriteFault {
    fn from(refusal: Refusal) -> WriteFault {
        WriteFault::Refused(refusal)
    }
}

impl From<IoFault> for WriteFault {
    fn from(fault: IoFault) -> WriteFault {
        WriteFault::Io(fault)
    }
}

/// Returns the absolute path of the output folder, free of links; the folder itself need not be there yet.
///
/// # Errors
/// Refuses the paths that are never an output folder, whatever they hold.
pub(super) fn output_folder(root: &Path, output: &Path, home: Option<&Path>) -> Result<PathBuf, WriteFault> {
    if output.as_os_str().is_empty() {
        return Err(Refusal::EmptyPath.into());
    }
    let plain: PathBuf = output.components().collect();
    match fs::symlink_metadata(&plain) {
        Ok(metadata) if metadata.is_symlink() => return Err(Refusal::Link(plain).into()),
        Ok(metadata) if !metadata.is_dir() => return Err(Refusal::NotAFolder(plain).into()),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(IoFault::new("read", &plain, error).into()),
    }
    let folder = resolve(&plain)?;
    let root = resolve(root)?;
    if folder.parent().is_none() {
        return Err(Refusal::FileSystemRoot.into());
    }
    if home.and_then(|home| fs::canonicalize(home).ok()).is_some_and(|home| is_same(&home, &folder)) {
        return Err(Refusal::Home.into());
    }
    if holds(&folder, &root) {
        return Err(Refusal::SiteRoot.into());
    }
    for name in INPUT {
        let written = root.join(name);
        let real = resolve(&written)?;
        if [&written, &real].into_iter().any(|input| holds(input, &folder) || holds(&folder, input)) {
            return Err(Refusal::Input(name).into());
        }
    }
    Ok(folder)
}

/// Tells whether `outer` is `inner` or one of the folders that it lies in, however either is spelt.
fn holds(outer: &Path, inner: &Path) -> bool {
    inner.starts_with(outer) || inner.ancestors().any(|folder| is_same(outer, folder))
}

/// Tells whether two paths are one folder: the same text, or the same thing on disk under two names.
fn is_same(one: &Path, other: &Path) -> bool {
    one == other || identity(one).is_some_and(|id| identity(other) == Some(id))
}

/// Returns what tells a folder from every other on this machine.
#[cfg(unix)]
fn identity(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let metadata = fs::metadata(path).ok()?;
    Some((metadata.dev(), metadata.ino()))
}

/// Returns what tells a folder from every other on this machine.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}

/// Makes a path absolute and free of links as far as it exists, and of `.` and `..` beyond.
fn resolve(path: &Path) -> Result<PathBuf, IoFault> {
    let absolute = std::path::absolute(path).map_err(IoFault::on("read", path))?;
    for known in absolute.ancestors() {
        let Ok(mut resolved) = fs::canonicalize(known) else { continue };
        let rest = absolute.strip_prefix(known).unwrap_or(Path::new(""));
        for part in rest.components() {
            match part {
                Component::ParentDir => {
                    resolved.pop();
                }
                part => resolved.push(part),
            }
        }
        return Ok(resolved);
    }
    Ok(absolute)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Refusal, WriteFault, output_folder};

    /// Says what becomes of an output path, given relative to a site's root.
    fn check(output: &str, expect: Option<Refusal>) {
        let base = tempfile::tempdir().expect("a temporary folder");
        let root = base.path().join("home/site");
        for folder in ["content/deep", "elsewhere", "themes", "static"] {
            fs::create_dir_all(root.join(folder)).expect("made");
        }
        fs::write(root.join("file"), "").expect("written");
        std::os::unix::fs::symlink("content", root.join("link")).expect("linked");
        std::os::unix::fs::symlink("../..", root.join("up")).expect("linked");
        let path = if output.is_empty() { Path::new("").to_path_buf() } else { root.join(output) };
        let found = match output_folder(&root, &path, Some(&base.path().join("home"))) {
            Ok(_) => None,
            Err(WriteFault::Refused(Refusal::Link(_))) => Some(Refusal::Link("".into())),
            Err(WriteFault::Refused(Refusal::NotAFolder(_))) => Some(Refusal::NotAFolder("".into())),
            Err(WriteFault::Refused(refusal)) => Some(refusal),
            Err(WriteFault::Io(fault)) => panic!("{output}: {fault}"),
        };
        assert_eq!(found, expect, "{output}");
    }

    #[test]
    fn folders_beside_the_content_are_fine() {
        check("public", None);
        check("elsewhere", None);
        check("../other/deep/er", None);
        check("not-there/../public", None);
        check("contents", None);
    }

    #[test]
    fn folders_that_are_never_an_output_are_refused() {
        check("", Some(Refusal::EmptyPath));
        check("/", Some(Refusal::FileSystemRoot));
        check("..", Some(Refusal::Home));
        check(".", Some(Refusal::SiteRoot));
        check("elsewhere/..", Some(Refusal::SiteRoot));
        check("../..", Some(Refusal::SiteRoot));
        check("not-there/..", Some(Refusal::SiteRoot));
        check("file", Some(Refusal::NotAFolder("".into())));
    }

    #[test]
    fn links_are_refused_and_do_not_hide_the_content() {
        check("link", Some(Refusal::Link("".into())));
        check("link/", Some(Refusal::Link("".into())));
        check("link/public", Some(Refusal::Input("content")));
        check("up/home/site/content/x", Some(Refusal::Input("content")));
    }

    #[test]
    fn folders_of_input_and_below_are_refused() {
        check("content", Some(Refusal::Input("content")));
        check("content/deep/public", Some(Refusal::Input("content")));
        check("not-there/../content/x", Some(Refusal::Input("content")));
        check("static/x", Some(Refusal::Input("static")));
        check("themes", Some(Refusal::Input("themes")));
    }
}

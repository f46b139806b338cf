//! `casebook init`: a new site that builds at once.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use include_dir::{Dir, include_dir};

use super::Exit;
use super::exit::Failure;
use super::term::{Term, data};
use crate::config::FILE;
use crate::file::IoFault;

static EXAMPLE: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/content");
static EXAMPLE_CONFIG: &str = include_str!("../../casebook.toml");
static EXAMPLE_SECRETS: &str = include_str!("../../secrets.txt");

/// What git is not to keep.
static IGNORED: &[&str] = &["/public/", "/secrets.txt"];

/// Make a new site that builds at once.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The folder; the current one if absent
    dir: Option<PathBuf>,
    /// With the example case
    #[arg(long)]
    example: bool,
}

/// Runs the command.
pub(super) fn run(term: &Term, arguments: Arguments) -> Result<Exit, Failure> {
    let dir = arguments.dir.unwrap_or_else(|| PathBuf::from("."));
    let files = if arguments.example { example() } else { plain(&dir) };
    let known = files.iter().map(|(name, _)| dir.join(name)).find(|path| path.exists());
    if let Some(path) = known {
        let failure = Failure::new(format!("\"{}\" is there already", path.display()));
        return Err(failure.help("nothing was written; init makes a site where there is none"));
    }
    for (name, bytes) in &files {
        write(&dir.join(name), bytes)?;
    }
    ignore(&dir)?;
    data(&format!("{}\n", dir.display()))?;
    let root = if dir.as_os_str() == "." { String::new() } else { format!(" --root {}", dir.display()) };
    term.say(&format!("next: casebook{root} serve, and write in {}", dir.join("content").display()));
    Ok(Exit::Fine)
}

/// Returns the files of a new, empty site.
fn plain(dir: &Path) -> Vec<(String, Vec<u8>)> {
    let name = dir.file_name().map(|name| name.to_string_lossy().into_owned()).filter(|name| name != ".").unwrap_or_default();
    let title = if name.is_empty() { "A casebook".to_owned() } else { crate::view::spoken(&name) };
    let title = title.replace(['\\', '"'], "").chars().filter(|c| !c.is_control()).collect::<String>();
    let config = format!(
        "title = \"{title}\"\ndescription = \"\"\nauthors = []\nlang = \"en\"\n\n# Where the site will be published. Without it there are no feeds and no sitemap.\n# base_url = \"https://example.org/\"\n"
    );
    let home = format!(
        "+++\ntitle = \"{title}\"\n+++\n\nThis is the home page. Write records into `content/people`, `content/events`, `content/sources` and\n`content/claims`, or let `casebook new person \"Ada Example\"` begin one. Mention a record as `[[ada-example]]`.\n"
    );
    vec![(FILE.to_owned(), config.into_bytes()), ("content/index.md".to_owned(), home.into_bytes())]
}

/// Returns the files of the example case.
fn example() -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        (FILE.to_owned(), EXAMPLE_CONFIG.as_bytes().to_vec()),
        ("secrets.txt".to_owned(), EXAMPLE_SECRETS.as_bytes().to_vec()),
    ];
    let mut folders = vec![&EXAMPLE];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(folder.files().map(|file| {
            let name = format!("content/{}", file.path().to_string_lossy().replace('\\', "/"));
            (name, file.contents().to_vec())
        }));
    }
    files.sort();
    files
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), IoFault> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(IoFault::on("make", folder))?;
    }
    fs::write(path, bytes).map_err(IoFault::on("write", path))
}

/// Adds what git is not to keep to `.gitignore`, once.
fn ignore(dir: &Path) -> Result<(), Failure> {
    let path = dir.join(".gitignore");
    let mut text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(IoFault::new("read", &path, error).into()),
    };
    for line in IGNORED.iter().filter(|line| !text.lines().any(|known| known.trim() == **line).clone()).collect::<Vec<_>>() {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(line);
        text.push('\n');
    }
    Ok(write(&path, text.as_bytes())?)
}

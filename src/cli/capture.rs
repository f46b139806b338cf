//! `casebook capture`: the bytes of a source, kept, and a record for it that its author finishes.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::exit::Failure;
use super::fetch::{Fetched, Limits, fetch};
use super::report::counted;
use super::term::{Term, data};
use super::{Exit, root};
use crate::capture::{Article, Facts, Format, article, record, sha256};
use crate::file::IoFault;
use crate::resolve::route;

/// The most bytes that are fetched or read.
const LARGEST: u64 = 64 << 20;

/// How long a page may take in all.
const PATIENCE: Duration = Duration::from_secs(60);

/// Keep the text of a source, and write a record for it.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// A file (txt, md, html, pdf), or a URL
    #[arg(value_name = "FILE|URL")]
    what: String,
}

/// What was taken: the bytes, their format, and where they came from.
struct Taken {
    bytes: Vec<u8>,
    format: Format,
    url: Option<String>,
    name: String,
}

/// Runs the command.
pub(super) fn run(term: &Term, root: Option<&Path>, arguments: Arguments) -> Result<Exit, Failure> {
    let root = root::root(root)?;
    let is_url = arguments.what.starts_with("https://") || arguments.what.starts_with("http://");
    let taken = if is_url { online(&arguments.what)? } else { read(Path::new(&arguments.what))? };
    let found = article(&taken.bytes, taken.format, taken.url.as_deref());
    let id = id(&found, &taken.name);
    let folder = folder(&root, &id)?;
    let file = format!("{id}.{}", extension(taken.format));
    let sha256 = sha256(&taken.bytes);
    let accessed = today();
    let facts = Facts { file: &file, sha256: &sha256, accessed: &accessed, url: taken.url.as_deref() };
    let text = record(&found, &id, &facts);
    fs::create_dir_all(&folder).map_err(IoFault::on("make", &folder))?;
    // The capture first: a record whose evidence is missing would not build.
    write(&folder.join(&file), &taken.bytes)?;
    let path = folder.join("index.md");
    write(&path, text.as_bytes())?;
    data(&format!("{}\n", path.display()))?;
    if found.noise.is_empty() {
        term.say("look the record over: what could not be found is commented out");
    } else {
        term.say(&format!(
            "look the record over, and its {} of noise, no part of the text",
            counted(found.noise.len(), "line")
        ));
    }
    Ok(Exit::Fine)
}

fn online(address: &str) -> Result<Taken, Failure> {
    let Fetched { bytes, format, url, name } = fetch(address, &Limits { patience: PATIENCE, largest: LARGEST })?;
    Ok(Taken { bytes, format, url: Some(url), name })
}

fn read(path: &Path) -> Result<Taken, Failure> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().into_owned()).unwrap_or_default();
    let Some(format) = Format::of_extension(&extension) else {
        let failure = Failure::new(format!("\"{}\" is no capture that can be read", path.display()));
        return Err(failure.help("a capture is a txt, md, html or pdf file"));
    };
    let size = fs::metadata(path).map_err(IoFault::on("read", path))?.len();
    if size > LARGEST {
        return Err(Failure::new(format!("\"{}\" is larger than {} MiB", path.display(), LARGEST >> 20)));
    }
    let bytes = fs::read(path).map_err(IoFault::on("read", path))?;
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Taken { bytes, format, url: None, name })
}

/// Makes an id of the title, else of the file's name: its first words, as a route would have them. It never begins with
/// a dot: such a folder is hidden, and what is hidden is no input.
fn id(article: &Article, name: &str) -> String {
    let title = article.title.as_deref().map(route::part).unwrap_or_default();
    let is_edge = |c: char| matches!(c, '.' | '_' | '-');
    let mut id = String::new();
    for word in title.trim_matches(is_edge).split('-').filter(|word| word.contains(char::is_alphanumeric)) {
        if id.len() + word.len() > 60 {
            break;
        }
        if !id.is_empty() {
            id.push('-');
        }
        id.push_str(word);
    }
    let fits = |id: &str| !id.is_empty() && route::fault(id).is_none();
    let named = route::part(name).trim_matches(is_edge).to_owned();
    if fits(&id) {
        id
    } else if fits(&named) {
        named
    } else {
        "source".to_owned()
    }
}

/// Returns the folder for a new source; a record that is there is never touched.
fn folder(root: &Path, id: &str) -> Result<PathBuf, Failure> {
    let sources = root.join("content/sources");
    let (folder, file) = (sources.join(id), sources.join(format!("{id}.md")));
    if let Some(there) = [&folder, &file].into_iter().find(|path| path.exists()) {
        let failure = Failure::new(format!("\"{}\" is there already", there.display()));
        return Err(failure.help("nothing was written; rename it, or capture a file of another title"));
    }
    Ok(folder)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = file.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => Failure::new(format!("\"{}\" is there already", path.display())),
        _ => IoFault::new("write", path, error).into(),
    })?;
    Ok(file.write_all(bytes).map_err(IoFault::on("write", path))?)
}

fn extension(format: Format) -> &'static str {
    match format {
        Format::Txt => "txt",
        Format::Md => "md",
        Format::Html => "html",
        Format::Pdf => "pdf",
    }
}

/// Returns today's date in UTC (EDTF).
fn today() -> String {
    let days = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() / 86_400);
    civil(days)
}

/// Turns days since 1970 into a date (H. Hinnant, "chrono-compatible low-level date algorithms", `civil_from_days`).
fn civil(days: u64) -> String {
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::{civil, id};
    use crate::capture::Article;

    #[test]
    fn days_are_dates_of_the_calendar() {
        let dates = [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (11_016, "2000-02-29"),
            (19_782, "2024-02-29"),
            (20_454, "2026-01-01"),
        ];
        for (days, date) in dates {
            assert_eq!(civil(days), date);
        }
    }

    #[test]
    fn an_id_is_made_of_the_title_or_else_of_the_name() {
        let titled = |title: &str| Article { title: Some(title.to_owned()), ..Article::default() };
        assert_eq!(id(&titled("Storm hits “Quay”: 3 dead"), "x"), "storm-hits-quay-3-dead");
        assert_eq!(id(&titled("???"), "Saved page (1)"), "saved-page-1");
        assert_eq!(id(&titled(".quay closed for good ..."), "x"), "quay-closed-for-good");
        assert_eq!(id(&titled(".:: Quay ::. closed"), "x"), "quay-closed");
        assert_eq!(id(&titled("..."), "._page"), "page");
        assert_eq!(id(&Article::default(), ""), "source");
    }
}

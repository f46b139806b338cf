//! The text of a source's capture, read once and kept as long as its file is the same.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::{Arc, Mutex};

use super::kept::Last;
use crate::capture::{self, Context, Format, Normalised, extract, locate, sha256};
use crate::diagnostic::{Diagnostic, code};
use crate::file::{Bytes, RelPath};
use crate::model::{Archive, Ix};

/// How captures are read: their bytes, and a stamp that changes when they do.
pub struct Read<'a> {
    /// Reads a file.
    pub bytes: &'a (dyn Fn(&RelPath) -> io::Result<Bytes> + Sync),
    /// Returns the stamp of a file.
    pub stamp: &'a (dyn Fn(&RelPath) -> u64 + Sync),
}

/// The text of a capture.
#[derive(Debug, Default)]
pub struct SourceText {
    /// The SHA-256 of the file, in hexadecimal.
    sha256: String,
    /// The text, ready to be searched; `None` where the file has none that can be read.
    pub normalised: Option<Normalised>,
    /// Why there is no text.
    fault: Option<String>,
    /// Where quotations stand in the text, as far as they were looked for.
    located: Mutex<Located>,
}

/// How many quotations of a text are remembered in one go: an author who edits one for a day leaves no more behind.
const REMEMBERED: usize = 4096;

/// What became of quotations that were looked for, of late and before that.
#[derive(Debug, Default)]
struct Located {
    now: HashMap<Box<str>, Arc<capture::Located>>,
    before: HashMap<Box<str>, Arc<capture::Located>>,
}

impl SourceText {
    /// Looks for a quotation in the text; `None` where there is no text.
    pub(super) fn locate(&self, quote: &str) -> Option<Arc<capture::Located>> {
        let text = self.normalised.as_ref()?;
        {
            let mut located = self.located.lock().expect("no thread panics while it holds them");
            if let Some(known) = located.now.get(quote) {
                return Some(Arc::clone(known));
            }
            if let Some((quote, known)) = located.before.remove_entry(quote) {
                located.now.insert(quote, Arc::clone(&known));
                return Some(known);
            }
        }
        let found = Arc::new(locate(text, quote, Context::default()));
        let mut located = self.located.lock().expect("no thread panics while it holds them");
        if located.now.len() >= REMEMBERED {
            located.before = std::mem::take(&mut located.now);
        }
        located.now.insert(quote.into(), Arc::clone(&found));
        Some(found)
    }

    /// Says, behind the help of a quotation that was not found, that it may stand where the capture could not be read.
    pub(super) fn unread_pages(&self) -> String {
        match self.normalised.as_ref().map_or((0, 0), |text| text.capture().wordless_pages()) {
            (0, _) => String::new(),
            (wordless, all) => format!("; of its {all} pages {wordless} hold no words that could be read"),
        }
    }

    /// Begins a build that looks for every quotation: what it does not look for is forgotten with the next.
    pub(super) fn turn(&self) {
        let mut located = self.located.lock().expect("no thread panics while it holds them");
        located.before = std::mem::take(&mut located.now);
    }
}

/// What makes a text what it is: its file, the file's stamp, and the lines that do not count.
type Key = (RelPath, u64, Vec<String>);

type Texts = BTreeMap<Key, Arc<SourceText>>;

/// What is kept from one build to the next: the texts of captures by file, stamp and noise, and what was held last.
#[derive(Default)]
pub struct Memo {
    texts: Mutex<Texts>,
    pub(super) last: Mutex<Option<Arc<Last>>>,
}

impl Memo {
    /// Forgets texts that nothing holds any more: those of captures that changed or are gone.
    pub(super) fn forget(&self) {
        let mut texts = self.texts.lock().expect("no thread panics while it holds the memo");
        texts.retain(|_, text| Arc::strong_count(text) > 1);
    }
}

/// Reads the capture of a source, and reports what is wrong with it.
pub(super) fn text(
    archive: &Archive,
    ix: Ix,
    read: &Read<'_>,
    memo: &Memo,
) -> (Option<Arc<SourceText>>, Vec<Diagnostic>) {
    let entry = archive.entry(ix);
    let record = &entry.record;
    let path = &record.origin.path;
    let (Some(table), Some(file)) = (record.fields.table("capture"), &entry.capture) else { return (None, Vec::new()) };
    let span = table.find("file").map_or(table.span, |found| found.span);
    let Some(format) = Format::of_extension(file.extension()) else {
        let fault =
            Diagnostic::new(&code::INVALID_VALUE, format!("\"{}\" is no capture that can be read", file.name()));
        return (None, vec![fault.at(path, span).help("a capture is a txt, md, html or pdf file")]);
    };
    let noise: Vec<String> = table.texts("noise").map(|text| text.value.to_string()).collect();
    let text = match kept(file, format, noise, read, memo) {
        Ok(text) => text,
        Err(error) => {
            let fault = Diagnostic::new(&code::MISSING_FILE, format!("cannot read {file}: {error}")).at(path, span);
            return (None, vec![fault]);
        }
    };
    let mut found = Vec::new();
    if let Some(written) = table.find("sha256")
        && let Some(hash) = table.text("sha256")
        && !hash.trim().eq_ignore_ascii_case(&text.sha256)
    {
        let fault =
            Diagnostic::new(&code::CAPTURE_CHANGED, format!("\"{}\" is not the file that was captured", file.name()));
        let help = "its SHA-256 differs: restore the file from a backup; if you changed it on purpose, capture it anew";
        found.push(fault.at(path, written.span).help(help));
    }
    if let Some(fault) = &text.fault {
        let fault = Diagnostic::new(&code::QUOTE_UNVERIFIED, format!("\"{}\" has no text: {fault}", file.name()));
        found.push(
            fault.at(path, span).help(
                "capture the source in another format, a scan after text recognition; until then its quotations are unverified",
            ),
        );
    }
    (Some(text), found)
}

/// Says why there is nothing to hold a quotation against in a file that could be read.
fn wordless(format: Format) -> &'static str {
    match format {
        Format::Pdf => "its pages hold no words; they may be scanned images, or the file may be cut off",
        Format::Html => "the page holds no words; a script may have filled it in",
        Format::Txt | Format::Md => "there are no words in it",
    }
}

fn kept(
    file: &RelPath,
    format: Format,
    noise: Vec<String>,
    read: &Read<'_>,
    memo: &Memo,
) -> io::Result<Arc<SourceText>> {
    let key = (file.clone(), (read.stamp)(file), noise);
    if let Some(text) = memo.texts.lock().expect("no thread panics while it holds the memo").get(&key) {
        return Ok(Arc::clone(text));
    }
    let bytes = (read.bytes)(file)?;
    let (normalised, fault) = match extract(format, &bytes, &key.2) {
        Ok(text) if text.has_words() => (Some(Normalised::new(text)), None),
        Ok(_) => (None, Some(wordless(format).to_owned())),
        Err(fault) => (None, Some(fault.to_string())),
    };
    let text = Arc::new(SourceText { sha256: sha256(&bytes), normalised, fault, located: Mutex::default() });
    memo.texts.lock().expect("no thread panics while it holds the memo").insert(key, Arc::clone(&text));
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{Memo, REMEMBERED, SourceText};
    use crate::capture::{Format, Located, Normalised, extract};
    use crate::file::RelPath;

    #[test]
    fn quotations_that_were_looked_for_long_ago_are_forgotten() {
        let capture = extract(Format::Txt, b"She left at noon.", &[]).unwrap();
        let text = SourceText { normalised: Some(Normalised::new(capture)), ..SourceText::default() };
        for number in 0..3 * REMEMBERED {
            text.locate(&format!("at {number}"));
        }
        let count = |located: &super::Located| located.now.len().max(located.before.len());
        assert_eq!(count(&text.located.lock().unwrap()), REMEMBERED);
        assert!(matches!(text.locate("left at noon").as_deref(), Some(Located::Found(_))));
    }

    #[test]
    fn a_text_is_kept_as_long_as_something_holds_it() {
        let (memo, held) = (Memo::default(), Arc::new(SourceText::default()));
        let path = RelPath::new("content/story.txt").expect("a path");
        let mut keys = [0, 1].map(|stamp| (path.clone(), stamp, Vec::new())).into_iter();
        for text in [Arc::clone(&held), Arc::default()] {
            memo.texts.lock().unwrap().insert(keys.next().expect("one for each"), text);
        }
        memo.forget();
        assert_eq!(memo.texts.lock().unwrap().values().map(Arc::as_ptr).collect::<Vec<_>>(), [Arc::as_ptr(&held)]);
    }
}

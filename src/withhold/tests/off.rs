//! The door taken off its hinges, to see that the check for what gets out finds it when it does.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::Arc;

use image::{ImageFormat, RgbImage};

use crate::file::{Bytes, MemoryFiles, RelPath};
use crate::parse::ParsedFile;
use crate::pipeline::{Memo, Request, site};
use crate::withhold::{Public, Sifted};

#[path = "../../../tests/vault/checker.rs"]
mod checker;

use checker::{Canaries, Files, files, found, named};

thread_local! {
    static IS_OFF: Cell<bool> = const { Cell::new(false) };
}

/// Tells whether nothing is withheld on this thread.
pub(in crate::withhold) fn is_off() -> bool {
    IS_OFF.get()
}

/// Lets everything through, and knows of nothing that must not get out.
pub(in crate::withhold) fn everything(files: &[Arc<ParsedFile>]) -> Sifted {
    let records = files.iter().flat_map(|file| &file.records);
    let public = records.map(|parsed| Public(Arc::clone(&parsed.record))).collect();
    Sifted { public, ..Sifted::default() }
}

/// Builds the vault, as far as it is text.
fn built(vault: &Files) -> Files {
    let mut files = MemoryFiles::default();
    for (path, bytes) in vault.iter().filter(|(path, _)| !path.contains(['#', '~']) && !path.contains("/.")) {
        files.0.insert(RelPath::new(path).expect("a path"), Bytes::from(bytes.as_slice()));
    }
    let mut picture = Cursor::new(Vec::new());
    RgbImage::new(2, 2).write_to(&mut picture, ImageFormat::Png).expect("memory holds an image");
    let path = RelPath::new("content/people/zvattachmentq.png").expect("a path");
    files.0.insert(path, Bytes::from(picture.into_inner()));
    let made = site(&files.snapshot(), &Request::default(), &Memo::default());
    let site = made.site.expect("the theme can be used");
    let outputs = site.routes().filter_map(|route| {
        let output = site.output(route)?.ok()?;
        Some((route.to_owned(), output.as_ref().to_vec()))
    });
    outputs.collect()
}

#[test]
fn with_withholding_off_the_check_finds_whatever_would_be_published_and_with_it_on_nothing() {
    let mut canaries = Canaries::default();
    let vault = files(&named(include_str!("../../../tests/vault/site.txt"), &mut canaries));
    assert_eq!(found(&canaries.all(), &built(&vault)), BTreeSet::new());
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a machine has room for a thread");
    let output = pool.install(|| {
        IS_OFF.set(true);
        built(&vault)
    });
    let shown = found(&canaries.all(), &output);
    let missing: Vec<&String> = canaries.open.difference(&shown).collect();
    assert!(missing.is_empty(), "these would not be published even then: {missing:?}");
    let surplus: Vec<&String> = canaries.shut.intersection(&shown).collect();
    assert!(surplus.is_empty(), "these would be published without withholding: {surplus:?}");
}

//! What the program does to a folder on disk: what it says of evidence that does not hold, and what it then leaves alone.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::site::files;

/// The hash of the captured text in [`SITE`].
const HASH: &str = "HASH";

/// A source with a hash of its capture, and a page that quotes it.
const SITE: &str = "//- content/sources/courier/index.md\n+++\ntitle = \"The story\"\nkind = \"article-newspaper\"\n\n\
    [capture]\nfile = \"story.txt\"\nsha256 = \"HASH\"\n+++\n\
    //- content/sources/courier/story.txt\nThe vote was late.\n\nThe member was never asked for advice, she said.\n\
    //- content/note.md\nOn that day, she said,\nshe was \"never asked for advice\" [@courier, para. 2].\n";

/// Writes [`SITE`] into a folder, with the hash that its capture has.
fn written() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let capture = "The vote was late.\n\nThe member was never asked for advice, she said.\n";
    let site = SITE.replace(HASH, &casebook::capture::sha256(capture.as_bytes()));
    for (path, bytes) in &files(&site).0 {
        let path = folder.path().join(path.to_string());
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
    folder
}

/// Runs the program in a folder; it must end with this exit code.
#[track_caller]
fn run(folder: &Path, arguments: &[&str], code: i32) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    let output = command.current_dir(folder).args(arguments).env("NO_COLOR", "1").output().expect("the program runs");
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// Builds a folder; returns what the program said.
#[track_caller]
fn build(folder: &Path, code: i32) -> String {
    String::from_utf8(run(folder, &["build"], code).stderr).expect("what is said is UTF-8")
}

/// Replaces a text in a file.
#[track_caller]
fn edit(folder: &Path, path: &str, from: &str, to: &str) {
    let path = folder.join(path);
    let text = fs::read_to_string(&path).expect("a file can be read");
    assert_eq!(text.matches(from).count(), 1, "{from:?} stands once in {text:?}");
    fs::write(path, text.replace(from, to)).expect("a file can be written");
}

/// Returns every file below a folder, with its bytes.
fn all(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut all, mut waiting) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).expect("a folder can be read") {
            let path = entry.expect("a folder's entries can be read").path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let bytes = fs::read(&path).expect("a file can be read");
                all.insert(path, bytes);
            }
        }
    }
    all
}

#[test]
fn one_byte_of_a_capture_ends_the_build_and_leaves_the_old_site() {
    let site = written();
    build(site.path(), 0);
    let before = all(&site.path().join("public"));
    assert!(before.keys().any(|path| path.ends_with("note.html")), "{:?}", before.keys());
    // The quotation still stands there word for word: it is the hash that does not hold.
    edit(site.path(), "content/sources/courier/story.txt", "late.", "late!");
    edit(site.path(), "content/note.md", "On that day", "On that very day");
    let said = build(site.path(), 1);
    assert!(said.contains("error[capture-changed]"), "{said}");
    assert!(said.contains("content/sources/courier/index.md:7:10"), "{said}");
    assert!(said.contains("nothing was built"), "{said}");
    assert!(all(&site.path().join("public")) == before, "the old site is as it was");
    run(site.path(), &["check"], 1);

    edit(site.path(), "content/sources/courier/story.txt", "late!", "late.");
    build(site.path(), 0);
    assert!(all(&site.path().join("public")) != before, "the new site is there once the capture is");
}

#[test]
fn a_quotation_one_word_off_is_told_with_its_place_its_passage_and_the_first_difference() {
    let site = written();
    edit(site.path(), "content/note.md", "asked for advice", "asked for counsel");
    let said = build(site.path(), 1);
    let expect = "error[quote-not-found]: the quotation is not in \"courier\"";
    let at = said.find(expect).unwrap_or_else(|| panic!("{said}"));
    let said: String = said[at..].lines().take_while(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect();
    for part in [
        "content/note.md:2:10",
        "the nearest passage is \"never asked for advice,\"",
        "the source has \"advice,\", the quotation \"counsel\"",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(!site.path().join("public").join("note.html").exists());
}

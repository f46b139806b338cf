//! `casebook capture`: what it writes is a record that holds, and its text can be quoted at once.

use std::fs;
use std::path::Path;

use crate::live::program::{run, written};

const SITE: &str =
    "//- casebook.toml\ntitle = \"Test\"\nbase-url = \"https://site.example/\"\n//- content/notes/a.md\nWords.\n";

/// Captures a file of this folder into a site, and returns the site and the record.
fn captured(name: &str) -> (tempfile::TempDir, String) {
    let site = written(SITE);
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/captures").join(name);
    let done = run(site.path(), &["capture", file.to_str().expect("its name is UTF-8")]);
    let said = String::from_utf8_lossy(&done.stderr);
    assert_eq!(done.status.code(), Some(0), "{said}");
    let record = String::from_utf8_lossy(&done.stdout).trim().to_owned();
    (site, fs::read_to_string(&record).expect("the record is where it says"))
}

/// Holds a record against lines that it must have, and a note against the capture: what it quotes is found.
fn holds(name: &str, lines: &[&str], noise: &[&str], quoted: &[&str]) {
    let (site, record) = captured(name);
    for line in lines {
        assert!(record.lines().any(|own| own == *line), "{line}\n{record}");
    }
    for line in noise {
        assert!(record.contains(&format!("\"{line}\"")), "{line}\n{record}");
    }
    let checked = run(site.path(), &["check"]);
    assert_eq!(checked.status.code(), Some(0), "{}\n{record}", String::from_utf8_lossy(&checked.stderr));
    let id = "ferry-inquiry-finds-repair-log-was-rewritten";
    let text: String = quoted.iter().map(|quote| format!("> {quote} [@{id}]\n\n")).collect();
    fs::write(site.path().join("content/notes/a.md"), text).expect("a note can be written");
    let built = run(site.path(), &["build"]);
    assert_eq!(built.status.code(), Some(0), "{}\n{record}", String::from_utf8_lossy(&built.stderr));
    let page = fs::read_to_string(site.path().join("public/notes/a.html")).expect("the note has a page");
    assert_eq!(page.matches("data-quote=\"verified\"").count(), quoted.len(), "{page}");
}

const QUOTED: &[&str] = &[
    "The company, which runs four boats across the bay, denies that anything was left out, and says that the old book was damp.",
    "The hearing continues in April, when the harbour master is to be asked about the inspections of the two years before.",
];

#[test]
fn a_saved_page_makes_a_record_that_holds() {
    let lines = [
        "title = \"Ferry inquiry finds repair log was rewritten\"",
        "author = [\"Ada O'Linnet\", \"Jonas Weir\"]",
        "issued = \"2023-03-20\"",
        "publisher = \"Quayside Media Ltd\"",
        "container-title = \"The Quayside Courier\"",
        "url = \"https://courier.example/harbour/ferry-inquiry-log\"",
        "language = \"en-GB\"",
    ];
    holds("article.html", &lines, &["Advertisement"], QUOTED);
}

#[test]
fn a_cluttered_text_makes_a_record_that_holds_and_its_sentences_run_over_the_clutter() {
    let lines = [
        "title = \"Ferry inquiry finds repair log was rewritten\"",
        "author = [\"Ada O'Linnet\", \"Jonas Weir\"]",
        "issued = \"2023-03-20\"",
        "publisher = \"Quayside Media Ltd\"",
    ];
    let noise = [
        "Skip to content",
        "Share this article",
        "The ferry at its berth. (Photo: M. Sand/Quayside Courier)",
        "Advertisement",
        "Read more: Harbour dues to rise again",
        "Sign up to our newsletter",
    ];
    let over = "the former engineer told the three members of the panel, who asked him twice whether he was sure";
    holds("scrape.txt", &lines, &noise, &[&[over], QUOTED].concat());
}

#[test]
fn a_record_that_is_there_is_never_touched() {
    let (site, before) = captured("scrape.txt");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/captures/scrape.txt");
    let again = run(site.path(), &["capture", file.to_str().expect("its name is UTF-8")]);
    assert_eq!(again.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&again.stderr).contains("is there already"));
    let path = "content/sources/ferry-inquiry-finds-repair-log-was-rewritten/index.md";
    assert_eq!(fs::read_to_string(site.path().join(path)).expect("it is there"), before);
}

#[test]
fn what_cannot_be_captured_leaves_nothing_behind() {
    let site = written("//- content/a.md\nWords.\n//- b.docx\nx\n");
    for what in ["b.docx", "nowhere.html", "http://127.0.0.1:1/", "file:///etc/hostname"] {
        let done = run(site.path(), &["capture", what]);
        assert_eq!(done.status.code(), Some(2), "{what}");
        assert!(done.stdout.is_empty() && !done.stderr.is_empty(), "{what}");
    }
    assert!(!site.path().join("content/sources").exists());
}

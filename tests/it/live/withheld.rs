//! A change that withholds records and does not build: what is still shown is said, and nothing withheld is named.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};

use super::program::{Running, clean, outputs, wait, written};

/// Two people, and a page that names one of them.
const SITE: &str = "//- content/people/kestrel.md\n+++\ntitle = \"Quill Kestrelbone\"\n+++\nWords of him.\n\
    //- content/people/osprey.md\n+++\ntitle = \"Ida Ospreyhand\"\n+++\nWords of her.\n\
    //- content/note.md\nIt was Quill Kestrelbone who came.\n";

/// Withholds both.
fn withhold(root: &std::path::Path) {
    for (file, visibility) in [("kestrel", "confidential"), ("osprey", "private")] {
        let path = root.join(format!("content/people/{file}.md"));
        let text = fs::read_to_string(&path).expect("it is text");
        let text = text.replacen("+++\n", &format!("+++\nvisibility = \"{visibility}\"\n"), 1);
        fs::write(&path, text).expect("it can be written");
    }
}

#[test]
fn serve_says_it_on_the_terminal_and_over_the_page_and_names_nobody() {
    let site = written(SITE);
    let mut server = Running::serve(site.path(), &[]);
    let before = server.get("/people/osprey.html").page();
    let mut stream = server.connect();
    stream.write_all(b"GET /.casebook/events?=%2Fnote.html HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("it is asked");
    let good = server.heard().len();
    withhold(site.path());
    let line = server.until("2 records made private are still shown");
    assert!(line.contains("the last good pages are shown"), "{line}");
    let mut overlay = String::new();
    for line in BufReader::new(stream).lines().map_while(Result::ok) {
        if line.starts_with("data: ") && line.contains("are still shown") {
            overlay = line;
            break;
        }
    }
    assert!(overlay.contains("\"notes\":[\"2 records made private are still shown\"]"), "{overlay}");
    assert!(overlay.contains("leaked-secret"), "{overlay}");
    let said = [overlay, server.heard()[good..].join("\n")].concat().to_lowercase();
    for name in ["kestrel", "osprey", "quill"] {
        assert!(!said.contains(name), "{name} is named: {said}");
    }
    assert!(server.get("/people/osprey.html").page() == before, "the last good page is still there");

    fs::write(site.path().join("content/note.md"), "Somebody came.\n").expect("it can be written");
    let clean = clean(site.path()).expect("the site is mended");
    wait(|| clean.keys().find(|path| server.get(&format!("/{path}")).page() != clean[*path]).cloned());
    assert_eq!(server.get("/people/osprey.html").status, 404);
}

#[test]
fn watch_says_it_as_long_as_it_is_so() {
    let site = written(SITE);
    let place = tempfile::tempdir().expect("a folder can be made");
    let output = place.path().join("out");
    let mut watch = Running::start(site.path(), &["watch", "--output", output.to_str().expect("it is UTF-8")]);
    watch.until(" pages, ");
    let (before, good) = (outputs(&output), watch.heard().len());
    withhold(site.path());
    watch.until("2 records made private are still shown");
    fs::write(site.path().join("content/other.md"), "Something else.\n").expect("it can be written");
    watch.until("2 records made private are still shown");
    assert!(outputs(&output) == before, "the old site is as it was");
    fs::write(site.path().join("content/note.md"), "Somebody came.\n").expect("it can be written");
    let clean = clean(site.path()).expect("the site is mended");
    wait(|| (outputs(&output) != clean).then(|| "the folder is not that of a clean build".to_owned()));
    let said = watch.heard()[good..].join("\n").to_lowercase();
    assert!(!said.contains("kestrel") && !said.contains("osprey"), "{said}");
}

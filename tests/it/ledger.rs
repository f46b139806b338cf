//! Claims through the example case: their standing on every page that names them, today and at earlier dates.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use casebook::file::{Bytes, MemoryFiles, RelPath};
use casebook::model::date::Edtf;
use casebook::pipeline::Request;

use crate::site::{Built, build_files, faults};

/// The central claim of the example case.
const CLAIM: &str = "delay-advice";

/// The file that holds it.
const FILE: &str = "content/claims/delay-advice.md";

/// Returns the files of the example case: the repository's own site.
fn example() -> MemoryFiles {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = MemoryFiles::default();
    let mut waiting: Vec<PathBuf> = ["casebook.toml", "secrets.txt", "content"].map(|name| root.join(name)).into();
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(&path).expect("a folder").map(|entry| entry.expect("an entry").path()));
        } else if let Ok(bytes) = fs::read(&path) {
            let below = path.strip_prefix(root).expect("it lies below").to_string_lossy().into_owned();
            files.0.insert(RelPath::new(&below).expect("a path"), Bytes::from(bytes));
        }
    }
    files
}

/// Builds the example case with one file edited.
#[track_caller]
fn edited(from: &str, to: &str) -> Built {
    let mut files = example();
    let path = RelPath::new(FILE).expect("a path");
    let text = String::from_utf8(files.0[&path].to_vec()).expect("it is UTF-8");
    assert_eq!(text.matches(from).count(), 1, "{from:?}");
    files.0.insert(path, Bytes::from(text.replace(from, to).into_bytes()));
    build_files(files, &Request::default())
}

/// Leaves out, from each mark on, what `end` gives the length of.
fn without(text: &str, mark: &str, end: impl Fn(&str) -> usize) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(mark) {
        out.push_str(&rest[..at]);
        rest = &rest[at + end(&rest[at..])..];
    }
    out + rest
}

/// Returns the example case as if nobody had ever written what it withholds.
fn stripped() -> MemoryFiles {
    let withheld = ["content/people/kittiwake.md", "content/sources/deputy-clerk-interview/", "content/desk-notes.md"];
    let mut files = example();
    let before = files.0.len();
    files.0.retain(|path, _| !withheld.iter().any(|withheld| path.as_str().starts_with(withheld)));
    assert_eq!(before - files.0.len(), 4);
    let mut edits = 0;
    for (_, bytes) in files.0.iter_mut().filter(|(path, _)| path.as_str().ends_with(".md")) {
        let text = String::from_utf8(bytes.to_vec()).expect("it is UTF-8");
        let paragraph = |rest: &str| rest.find("\n\n").map_or(rest.len(), |end| end + 2);
        let table = |rest: &str| rest[1..].find("\n[").or(rest[1..].find("\n+++")).expect("the front matter ends") + 1;
        let public = without(&text, "> [!private]", paragraph);
        let public = without(&public, "\n[private]", table);
        let public = without(&public, "%% ", |rest| rest[2..].find("%%").expect("a comment ends") + 4);
        let public = public.replace("[[kittiwake|a security official]]", "a security official");
        edits += usize::from(public != text);
        *bytes = Bytes::from(public.into_bytes());
    }
    assert_eq!(edits, 8, "files with something withheld in them");
    files
}

/// Builds the example case as known on a day.
fn as_of(day: &str) -> Built {
    let as_of = Some(Edtf::parse(day).unwrap_or_else(|_| panic!("{day} is a date")));
    build_files(example(), &Request { as_of, ..Request::default() })
}

/// Returns the pages that name the claim, each with the standings that it shows there.
fn standings(built: &Built) -> BTreeMap<&str, BTreeSet<String>> {
    let mark = format!("data-claim=\"{CLAIM}\" data-standing=\"");
    let mut all: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (route, bytes) in built.outputs.iter().filter(|(route, _)| route.ends_with(".html")) {
        let page = String::from_utf8_lossy(bytes);
        for at in page.match_indices(&mark).map(|(at, _)| at + mark.len()) {
            let end = page[at..].find('"').expect("an attribute ends");
            all.entry(route).or_default().insert(page[at..at + end].to_owned());
        }
    }
    all
}

#[test]
fn a_new_assessment_changes_every_page_that_names_the_claim_and_no_other() {
    let before = build_files(example(), &Request::default());
    let added = "[[assessments]]\non = \"2025-09-01\"\nstatus = \"withdrawn\"\nby = [\"the-courier\"]\n\
                 evidence = [\"settlement-statement, para. 4\"]\n\n[[responses]]\non = \"2023-03-15\"\nby = \"mara-lindqvist\"";
    let after = edited("[[responses]]\non = \"2023-03-15\"\nby = \"mara-lindqvist\"", added);
    let named: BTreeSet<&str> = standings(&before).into_keys().collect();
    assert!(named.len() >= 10, "{named:?}");
    for (route, shown) in standings(&after) {
        assert_eq!(shown, BTreeSet::from(["withdrawn".to_owned()]), "{route}");
    }
    let changed: BTreeSet<String> = before.changed(&after).into_iter().collect();
    let missing: Vec<&&str> = named.iter().filter(|route| !changed.contains(**route)).collect();
    assert!(missing.is_empty(), "they name it and are as before: {missing:?}");
    // Beside them only what lists news, and what the assessment itself cites.
    // A sentence quoted from another page names it in plain text.
    let is_named = |route: &&str| {
        named.contains(route) || route.ends_with(".html") && before.page(route).contains("(refuted · denied)")
    };
    let others: Vec<&str> = changed.iter().map(String::as_str).filter(|route| !is_named(route)).collect();
    assert_eq!(others, ["atom.xml", "feed.json"]);
}

#[test]
fn at_each_date_every_page_shows_what_was_known_then() {
    let days =
        [("2023-03-15", "alleged"), ("2023-04-01", "disputed"), ("2024-01-01", "refuted"), ("2025-12-01", "refuted")];
    let mut seen = BTreeSet::new();
    for (day, standing) in days {
        let built = as_of(day);
        assert!(!built.json.contains("\"severity\":\"error\""), "{day}: {}", built.json);
        let shown = standings(&built);
        assert!(!shown.is_empty(), "{day}");
        for (route, shown) in &shown {
            assert_eq!(*shown, BTreeSet::from([standing.to_owned()]), "{day}: {route}");
        }
        for (route, bytes) in built.outputs.iter().filter(|(route, _)| route.ends_with(".html")) {
            let page = String::from_utf8_lossy(bytes);
            let redirect = page.contains("http-equiv=\"refresh\"");
            assert!(redirect || page.contains("class=\"banner\""), "{day}: {route} has no banner");
            assert!(!page.contains("[@") && !page.contains("[-@"), "{day}: {route} prints a citation as it is written");
        }
        dead_links(day, &built);
        seen.insert(built.outputs);
    }
    assert_eq!(seen.len(), 4, "each date has a site of its own");
    let early = as_of("2023-03-01");
    assert!(standings(&early).is_empty() && !early.outputs.contains_key("claims/delay-advice.html"));
}

#[test]
fn at_no_date_a_withheld_record_changes_a_byte() {
    for day in [None, Some("2023-03-15"), Some("2023-04-01"), Some("2024-01-01"), Some("2025-12-01")] {
        let request = || Request { as_of: day.map(|day| Edtf::parse(day).expect("a date")), ..Request::default() };
        let (whole, stripped) = (build_files(example(), &request()), build_files(stripped(), &request()));
        assert_eq!(whole.outputs.keys().collect::<Vec<_>>(), stripped.outputs.keys().collect::<Vec<_>>(), "{day:?}");
        for (route, bytes) in &whole.outputs {
            assert!(stripped.outputs[route] == *bytes, "{day:?}: {route}");
        }
    }
}

/// Checks that every relative link of a site leads to an output.
fn dead_links(day: &str, built: &Built) {
    for (route, bytes) in built.outputs.iter().filter(|(route, _)| route.ends_with(".html") && *route != "404.html") {
        let page = String::from_utf8_lossy(bytes);
        let folder: Vec<&str> = route.split('/').collect();
        for at in page.match_indices("href=\"").map(|(at, found)| at + found.len()) {
            let link = &page[at..at + page[at..].find('"').expect("an attribute ends")];
            if link.contains(':') || link.starts_with('#') {
                continue;
            }
            let mut path: Vec<&str> = folder[..folder.len() - 1].to_vec();
            for part in link.split('#').next().unwrap_or_default().split('/') {
                match part {
                    "." => {}
                    ".." => drop(path.pop()),
                    part => path.push(part),
                }
            }
            let path = path.join("/");
            let there = built.outputs.contains_key(&path) || path.contains('%');
            assert!(there, "{day}: {route} leads to {link}, which is not there");
        }
    }
}

#[test]
fn a_claim_about_the_living_without_an_answer_is_told_until_an_answer_was_sought() {
    let site = |more: &str| {
        format!(
            "//- content/people/ada.md\n+++\ntitle = \"Ada\"\n+++\nSee [[it]].\n\
             //- content/sources/told.md\n+++\ntitle = \"Told\"\nkind = \"book\"\n+++\n\
             //- content/claims/it.md\n+++\ntitle = \"Ada did it\"\nabout = [\"ada\"]\n{more}\
             [[assessments]]\non = \"2020\"\nstatus = \"alleged\"\nby = [\"somebody\"]\nevidence = [\"told\"]\n+++\n[[ada]]\n"
        )
    };
    let missing = |more: &str| -> Vec<String> {
        faults(&site(more)).into_iter().filter(|fault| fault.starts_with("missing-response")).collect()
    };
    assert_eq!(missing("").len(), 1);
    assert!(missing("")[0].starts_with("missing-response content/claims/it.md:"), "{:?}", missing(""));
    assert_eq!(missing("response-sought = \"2020-01\"\n"), Vec::<String>::new());
}

//! Twenty mistakes in twenty files, all told in one run, each at its line and column.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::Command;

use crate::site::files;

/// Each file with the mistake it holds: `code line:column`. A `¤` in a text is a byte that is no UTF-8.
const MISTAKES: &[(&str, &str, &str)] = &[
    ("casebook.toml", "title = \"A site\"\ntitel = \"A site\"\n", "invalid-config 2:1"),
    ("content/people/date.md", "+++\nborn = \"2021-02-30\"\n+++\n[[nobody-else]] stays.\n", "invalid-date 2:8"),
    ("content/people/twice.md", "---\ntitle: Ada\ntitle: Bea\n---\n", "invalid-front-matter 3:1"),
    ("content/people/open.md", "+++\ntitle = \"never closed\"\n", "invalid-front-matter 1:1"),
    (
        "content/people/late.md",
        "+++\ntitle = \"L\"\n[private]\nname = \"x\"\nvisibility = \"private\"\n+++\n",
        "invalid-front-matter 5:1",
    ),
    ("content/people/latin.md", "Zo¤ is a name.\n", "not-utf8 1:3"),
    ("content/people/kind.md", "+++\ntype = \"persn\"\n+++\n", "unknown-type 2:9"),
    ("content/people/shown.md", "---\nvisibility: privat\n---\n", "invalid-value null:null"),
    ("content/people/number.md", "+++\ntitle = 7\n+++\n", "invalid-value 2:9"),
    ("content/people/near.md", "Text.\n\nShe saw [[Mara Lindqist]] there.\n", "broken-reference 3:11"),
    ("content/people/mara.md", "+++\ntitle = \"Mara Lindqvist\"\nrols = [\"clerk\"]\n+++\n", "unknown-field 3:1"),
    ("content/people/turn.md", "## P\n\nA [[#nowhere]] stands here.\n", "broken-anchor 3:3"),
    ("content/places/loop.md", "## Q\n\n![[loop#Q]]\n", "embed-cycle 3:1"),
    ("content/places/script.md", "A [link](javascript:alert(1)).\n", "unsafe-url 1:3"),
    ("content/places/hush.md", "Text.\n\nMore %% never closed\n", "unclosed-comment 3:6"),
    ("content/places/picture.md", "![](pier.png) and ![a pier](nothing.png)\n", "missing-file 1:29"),
    ("content/places/con.md", "+++\ntitle = \"Reserved\"\n+++\n", "invalid-route 1:1"),
    ("content/events/undated.md", "+++\ntitle = \"Undated\"\n+++\n", "missing-field 1:1"),
    ("content/events/raw.md", "+++\nwhen = \"2021\"\n+++\nA <blink>word</blink>.\n", "escaped-html 4:3"),
    ("content/sources/told.md", "+++\nkind = \"book\"\n+++\n", ""),
    ("content/note.md", "He said \"this was never said at all\" [@told, p. 3].\n", "quote-unverified 1:10"),
    ("content/other.md", "![far](https://elsewhere.example/a.png)\n", "remote-image 1:1"),
];

#[test]
fn twenty_mistakes_in_twenty_files_are_told_in_one_run() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let text: String = MISTAKES.iter().map(|(path, text, _)| format!("//- {path}\n{text}")).collect();
    let mut all = files(&text).0;
    let picture = casebook::file::RelPath::new("content/places/pier.png").expect("a path");
    all.insert(picture, (&b"not looked at"[..]).into());
    for (path, bytes) in &all {
        let path = folder.path().join(path.to_string());
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        let bytes: Vec<u8> = String::from_utf8_lossy(bytes).replace('¤', "\u{1}").bytes().collect();
        let bytes: Vec<u8> = bytes.into_iter().map(|byte| if byte == 1 { 0xeb } else { byte }).collect();
        fs::write(path, bytes).expect("a file can be written");
    }
    let before: BTreeSet<_> =
        fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("one").path()).collect();
    let output = Command::new(env!("CARGO_BIN_EXE_casebook"))
        .current_dir(folder.path())
        .args(["check", "--format", "json"])
        .output()
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let after = fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("one").path()).collect();
    assert_eq!(before, after, "nothing is written");

    let mut told: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in String::from_utf8(output.stdout).expect("JSON is UTF-8").lines() {
        let fault: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
        assert_eq!(fault.as_object().map(serde_json::Map::len), Some(9), "{line}");
        let text = |key: &str| fault[key].as_str().unwrap_or_default().to_owned();
        told.entry(text("file")).or_default().push(format!("{} {}:{}", text("code"), fault["line"], fault["column"]));
    }
    // A doubt about its visibility withholds a record: its file is not named.
    let withheld = told.remove("(withheld record 1)").expect("the doubtful one is withheld");
    told.insert("content/people/shown.md".to_owned(), withheld);
    let is_told = |path: &str, expect: &str| told.get(path).is_some_and(|all| all.iter().any(|one| one == expect));
    let missing: Vec<String> = MISTAKES
        .iter()
        .filter(|(path, _, expect)| !expect.is_empty() && !is_told(path, expect))
        .map(|(path, _, expect)| format!("{path}: {expect}; told: {:?}", told.get(*path)))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

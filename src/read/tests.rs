//! Reading whole sites from a temporary folder.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::{RECORD_LIMIT, keep, read, read_again, read_named};
use crate::file::{Entry, RelPath, Snapshot};

/// Writes files given as `path: text` lines (`path -> target` is a link) and reads them as a site.
fn site(lines: &str) -> (tempfile::TempDir, Snapshot) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some((path, target)) = line.split_once(" -> ") {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().expect("it has one")).expect("made");
            std::os::unix::fs::symlink(target, path).expect("linked");
        } else {
            let (path, text) = line.split_once(": ").unwrap_or((line, ""));
            put(folder.path(), path, text);
        }
    }
    let snapshot = read(folder.path()).expect("the site is readable");
    (folder, snapshot)
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("it has one")).expect("made");
    fs::write(path, text).expect("written");
}

fn path(text: &str) -> RelPath {
    RelPath::new(text).expect("a sound path")
}

fn names<'a>(paths: impl IntoIterator<Item = &'a RelPath>) -> String {
    paths.into_iter().map(RelPath::as_str).collect::<Vec<_>>().join(" ")
}

/// Checks which files of a site are input.
fn check(lines: &str, expect: &str) {
    assert_eq!(names(site(lines).1.entries.keys()), expect);
}

#[test]
fn input_is_what_lies_in_the_folders_of_a_site_and_two_files() {
    check(
        "casebook.toml\n secrets.txt\n content/a/b/c.md\n content/d.jpg\n themes/x/theme.toml\n templates/p.html
         static/s.css\n own.csl\n styles/house.csl\n public/index.html\n notes.md\n src/main.rs\n content.md",
        "casebook.toml content/a/b/c.md content/d.jpg own.csl secrets.txt static/s.css styles/house.csl templates/p.html \
         themes/x/theme.toml",
    );
}

#[test]
fn hidden_files_and_droppings_are_no_input() {
    check(
        "content/.obsidian/app.json\n content/.a.md\n content/a.md~\n content/a.md.swp\n content/#a.md#\n content/a.orig
         content/x/a.md",
        "content/x/a.md",
    );
}

#[test]
fn special_files_are_no_input_and_do_not_block() {
    let (folder, _) = site("content/a.md: a");
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("content/s.md")).expect("bound");
    let fifo = folder.path().join("content/f.md");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().expect("mkfifo runs").success());
    std::os::unix::fs::symlink("f.md", folder.path().join("content/g.md")).expect("linked");
    std::os::unix::fs::symlink("/dev/zero", folder.path().join("content/z.md")).expect("linked");
    let snapshot = read(folder.path()).expect("the site is readable");
    assert_eq!(names(snapshot.entries.keys()), "content/a.md");
    assert_eq!(names(&snapshot.outside), "content/z.md");
}

#[test]
fn links_inside_are_followed_and_others_listed() {
    let (_folder, snapshot) = site(
        "aside/a.md: aside\n content/x -> ../aside\n content/y.md -> x/a.md\n content/etc -> /etc
         content/up -> ../..\n content/gone.md -> nowhere.md\n content/p -> ../public\n public/index.md: out
         content/g -> ../.git\n .git/config: x\n secrets.txt: Secret\n content/s.md -> ../secrets.txt",
    );
    assert_eq!(names(snapshot.entries.keys()), "content/x/a.md content/y.md secrets.txt");
    assert_eq!(names(&snapshot.outside), "content/etc content/g content/gone.md content/p content/s.md content/up");
    assert_eq!(&*snapshot.read(&path("content/y.md")).expect("read"), b"aside");
}

#[test]
fn loops_of_links_end() {
    let (_folder, snapshot) = site(
        "content/a/a.md\n content/a/self -> .\n content/a/up -> ..\n content/a/b -> ../b\n content/b/a -> ../a
         content/b/b.md\n content/root -> ..",
    );
    assert_eq!(names(snapshot.entries.keys()), "content/a/a.md content/a/b/b.md content/b/a/a.md content/b/b.md");
    assert_eq!(
        names(&snapshot.looping),
        "content/a/b/a content/a/self content/a/up content/b/a/b content/b/a/self content/b/a/up content/root"
    );
}

#[test]
fn links_that_multiply_paths_end() {
    let mut lines = String::new();
    for level in 0..12 {
        for link in 0..9 {
            lines += &format!("content/n{level}/l{link} -> ../n{}\n", level + 1);
        }
    }
    let (_folder, snapshot) = site(&(lines + "content/n12/a.md: a"));
    assert!(snapshot.entries.len() <= 10_001, "{}", snapshot.entries.len());
    assert!(!snapshot.looping.is_empty());
}

#[test]
fn secrets_that_are_no_file_of_the_site_stop_the_reading() {
    let elsewhere = tempfile::NamedTempFile::new().expect("a temporary file");
    let (folder, _) = site("content/a.md");
    let secrets = folder.path().join("secrets.txt");
    std::os::unix::fs::symlink(elsewhere.path(), &secrets).expect("linked");
    assert!(read(folder.path()).is_err());
    fs::remove_file(&secrets).expect("removed");
    fs::create_dir(&secrets).expect("made");
    assert!(read(folder.path()).is_err());
}

#[test]
fn names_that_are_not_utf8_are_listed() {
    use std::os::unix::ffi::OsStrExt;
    let (folder, _) = site("content/a.md");
    let name = std::ffi::OsStr::from_bytes(b"content/b\xff.md");
    fs::write(folder.path().join(name), "b").expect("written");
    let snapshot = read(folder.path()).expect("the site is readable");
    assert_eq!(snapshot.unreadable_names, ["content/b\u{fffd}.md"]);
    assert_eq!(names(snapshot.entries.keys()), "content/a.md");
}

#[test]
fn records_are_read_at_once_and_other_files_when_used() {
    let (folder, snapshot) = site("content/a.md: text\n content/a.jpg: image");
    assert_eq!(snapshot.entries[&path("content/a.md")].bytes().as_deref(), Some(&b"text"[..]));
    assert_eq!(snapshot.entries[&path("content/a.jpg")].bytes(), None);
    assert_eq!(&*snapshot.read(&path("content/a.jpg")).expect("read"), b"image");
    fs::remove_file(folder.path().join("content/a.jpg")).expect("removed");
    let error = snapshot.read(&path("content/a.jpg")).expect_err("it is gone");
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
}

#[test]
fn what_is_kept_stays_as_it_was_until_it_is_read_again() {
    let (folder, snapshot) =
        site("content/a.md: text\n content/a.jpg: image\n content/b.jpg: other\n static/a.css: style");
    keep(&snapshot, |path| path.name() != "b.jpg");
    assert_eq!(snapshot.entries[&path("content/b.jpg")].bytes(), None);
    keep(&snapshot, |_| true);
    fs::remove_file(folder.path().join("content/a.jpg")).expect("removed");
    put(folder.path(), "static/a.css", "");
    let bytes = |snapshot: &Snapshot, name: &str| snapshot.read(&path(name)).ok();
    assert_eq!(bytes(&snapshot, "content/a.jpg").as_deref(), Some(&b"image"[..]));
    assert_eq!(bytes(&snapshot, "static/a.css").as_deref(), Some(&b"style"[..]));
    let named = BTreeSet::from([path("content/a.jpg"), path("static/a.css")]);
    for after in [
        read_again(folder.path(), &snapshot, &BTreeSet::new()).expect("read again"),
        read_named(folder.path(), &snapshot, &named).expect("read again").expect("names are enough"),
    ] {
        keep(&after, |_| true);
        assert_eq!(bytes(&after, "content/a.jpg"), None);
        assert_eq!(bytes(&after, "static/a.css").as_deref(), Some(&b""[..]));
    }
}

#[test]
fn a_record_over_the_limit_is_not_read() {
    let (folder, _) = site("content/a.md: text");
    let file = fs::File::create(folder.path().join("content/b.md")).expect("made");
    file.set_len(RECORD_LIMIT + 1).expect("sparse");
    let snapshot = read(folder.path()).expect("the site is readable");
    assert_eq!(names(&snapshot.too_large), "content/b.md");
    assert_eq!(snapshot.entries[&path("content/b.md")].bytes(), None);
}

#[test]
fn unchanged_entries_are_shared_and_changed_ones_read() {
    let (folder, before) = site("content/a.md: one\n content/b.md: two\n content/c.md: three");
    put(folder.path(), "content/a.md", "ONE, longer");
    put(folder.path(), "content/d.md", "new");
    fs::remove_file(folder.path().join("content/c.md")).expect("removed");
    let after = read_again(folder.path(), &before, &BTreeSet::new()).expect("read again");
    assert_eq!(names(after.entries.keys()), "content/a.md content/b.md content/d.md");
    assert_eq!(&*after.read(&path("content/a.md")).expect("read"), b"ONE, longer");
    let shared = |snapshot: &Snapshot| snapshot.entries[&path("content/b.md")].bytes().expect("it is read");
    assert!(Arc::ptr_eq(&shared(&before), &shared(&after)));
}

#[test]
fn a_released_file_is_read_when_it_changes_and_stays_released_when_not() {
    let (folder, before) = site("content/a.md: one\n content/b.md: two");
    before.entries.keys().for_each(|path| before.release(path));
    put(folder.path(), "content/a.md", "ONE, longer");
    assert!(before.read(&path("content/a.md")).is_err(), "other bytes than those of the snapshot");
    let named = BTreeSet::from([path("content/a.md"), path("content/b.md")]);
    let after = read_again(folder.path(), &before, &named).expect("read again");
    assert_eq!(after.entries[&path("content/a.md")].bytes().as_deref(), Some(&b"ONE, longer"[..]));
    assert_eq!(after.entries[&path("content/b.md")].bytes(), None);
    assert_eq!(&*after.read(&path("content/b.md")).expect("read"), b"two");
}

#[test]
fn a_change_within_one_tick_of_the_clock_is_seen() {
    let (folder, mut before) = site("content/a.md: 0\n content/a.jpg: 0");
    for round in 1..50 {
        put(folder.path(), "content/a.md", &(round % 10).to_string());
        put(folder.path(), "content/a.jpg", &(round % 10).to_string());
        let after = read_again(folder.path(), &before, &BTreeSet::new()).expect("read again");
        let bytes = after.read(&path("content/a.md")).expect("read");
        assert_eq!(std::str::from_utf8(&bytes).expect("text"), (round % 10).to_string());
        let stamp = |snapshot: &Snapshot| snapshot.entries[&path("content/a.jpg")].stamp;
        assert_ne!(stamp(&before), stamp(&after), "round {round}");
        before = after;
    }
}

#[test]
fn a_named_path_is_read_even_with_the_same_stamp() {
    let (folder, mut before) = site("content/a.md: one\n content/a.jpg: one");
    for (path, entry) in &mut before.entries {
        let metadata = fs::metadata(folder.path().join(path.as_str())).expect("it is there");
        let stamp = super::stamp::stamp(&metadata) & !0x80;
        let is_read = entry.bytes().is_some();
        *entry = if is_read { Entry::of(&Arc::from(&b"old"[..]), stamp) } else { Entry::unread(3, stamp) };
    }
    let named = BTreeSet::from([path("content/a.md"), path("content/a.jpg"), path("content/gone.md")]);
    let after = read_again(folder.path(), &before, &named).expect("read again");
    assert_eq!(&*after.read(&path("content/a.md")).expect("read"), b"one");
    let jpg = path("content/a.jpg");
    assert_ne!(after.entries[&jpg].stamp & !0x80, before.entries[&jpg].stamp);
    let unnamed = read_again(folder.path(), &before, &BTreeSet::new()).expect("read again");
    assert_eq!(&*unnamed.read(&path("content/a.md")).expect("read"), b"old");
}

#[test]
fn other_bytes_have_another_stamp_where_the_times_of_files_stand_still() {
    let (folder, mut before) = site("templates/a.html: one");
    let page = path("templates/a.html");
    let stamp = before.entries[&page].stamp;
    before.entries.insert(page.clone(), Entry::of(&Arc::from(&b"old"[..]), stamp));
    let again =
        |before: &Snapshot| read_again(folder.path(), before, &BTreeSet::from([page.clone()])).expect("read again");
    let after = again(&before);
    let counts = |snapshot: &Snapshot| snapshot.entries[&page].stamp & 0x7f;
    assert_ne!(counts(&after), counts(&before));
    assert_eq!(counts(&again(&after)), counts(&after), "the same bytes are no change");
}

#[test]
fn a_file_in_the_place_of_a_folder_holds_nothing_of_it() {
    let (folder, snapshot) = site("content/x/a.md\n content/x/b/c.md\n content/xy.md");
    fs::remove_dir_all(folder.path().join("content/x")).expect("removed");
    put(folder.path(), "content/x", "a file");
    let named = BTreeSet::from([path("content/x")]);
    let snapshot = read_named(folder.path(), &snapshot, &named).expect("read again").expect("names are enough");
    assert_eq!(names(snapshot.entries.keys()), "content/x content/xy.md");
}

#[test]
fn deep_folders_do_not_exhaust_the_stack() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut path = folder.path().join("content");
    for _ in 0..1_500 {
        path.push("d");
    }
    fs::create_dir_all(&path).expect("made");
    put(&path, "a.md", "deep");
    assert_eq!(read(folder.path()).expect("the site is readable").entries.len(), 1);
}

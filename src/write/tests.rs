//! Building whole folders, with every fault and every moment of death that the disk can offer.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::disk::Disk;
use super::{Mode, Refusal, WriteFault, Writer, Written};

/// What becomes of the operations of a [`Disk`].
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum Fault {
    /// All succeed.
    #[default]
    None,
    /// The nth fails, as on a full disk.
    Once(usize),
    /// The nth and all after it fail, as if the process had been killed.
    Death(usize),
}

/// Counts operations, and fails some of them.
#[derive(Default, Debug)]
pub(super) struct Fuse {
    fault: Fault,
    burnt: Arc<AtomicUsize>,
}

impl Fuse {
    /// Lets one operation pass, or not.
    pub(super) fn burn(&self) -> io::Result<()> {
        let now = self.burnt.fetch_add(1, Ordering::Relaxed) + 1;
        match self.fault {
            Fault::Once(at) if now == at => Err(io::ErrorKind::StorageFull.into()),
            Fault::Death(at) if now >= at => Err(io::Error::other("the process is dead")),
            _ => Ok(()),
        }
    }
}

/// A site's outputs: `route=text` words; a text of its own is the route.
fn site(text: &str) -> Vec<(String, String)> {
    let output = |word: &str| {
        let (route, text) = word.split_once('=').unwrap_or((word, word));
        (route.to_owned(), text.to_owned())
    };
    text.split_whitespace().map(output).collect()
}

/// Builds outputs into a folder; also tells how many operations there were.
fn build_on(folder: &Path, outputs: &str, mode: Mode, fault: Fault) -> (Result<Written, WriteFault>, usize) {
    let mut disk = Disk::new(folder.to_path_buf());
    let burnt = Arc::new(AtomicUsize::new(0));
    disk.fuse = Fuse { fault, burnt: Arc::clone(&burnt) };
    let result = Writer::open_on(disk, mode, || ()).and_then(|writer| {
        for (route, text) in site(outputs) {
            writer.add(&route, text.as_bytes())?;
        }
        writer.commit()
    });
    (result, burnt.load(Ordering::Relaxed))
}

fn build(folder: &Path, outputs: &str) -> Result<Written, WriteFault> {
    build_on(folder, outputs, Mode::Keep, Fault::None).0
}

/// Everything in a folder: path → mode and text; folders end in `/`.
fn tree(folder: &Path) -> BTreeMap<String, (u32, String)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(path) = folders.pop() {
        for entry in fs::read_dir(&path).into_iter().flatten() {
            let path = entry.expect("listed").path();
            let name = path.strip_prefix(folder).expect("inside").display().to_string();
            let metadata = fs::symlink_metadata(&path).expect("it is there");
            let mode = metadata.permissions().mode() & 0o7777;
            if metadata.is_dir() {
                found.insert(name + "/", (mode, String::new()));
                folders.push(path);
            } else {
                found.insert(name, (mode, fs::read_to_string(&path).expect("text")));
            }
        }
    }
    found
}

/// What a clean build of outputs gives.
fn clean(outputs: &str) -> BTreeMap<String, (u32, String)> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    build(folder.path(), outputs).expect("a clean build");
    tree(folder.path())
}

/// Pairs of builds, each with something that the other has not.
const PAIRS: &[(&str, &str)] = &[
    ("", "index.html people/ada.html people/bob.html"),
    ("index.html people/ada.html a/b/c/d.html", "index.html=2 people/ada.html people/eve.html"),
    ("a b/c b/d", "a/x a/y/z b"),
    ("a/b/c a/b/d e", "a e/f/g"),
    ("Ada.html Docs/x.html", "ada.html docs/x.html"),
    ("x/1 x/2 y/1", "z/1"),
    ("index.html x.html", "index.html x.html"),
];

#[test]
fn a_build_over_another_equals_a_clean_build() {
    for (before, after) in PAIRS {
        for mode in [Mode::Keep, Mode::Clean] {
            let folder = tempfile::tempdir().expect("a temporary folder");
            build(folder.path(), before).expect("the first build");
            build_on(folder.path(), after, mode, Fault::None).0.expect("the second build");
            assert_eq!(tree(folder.path()), clean(after), "{before} → {after}");
        }
    }
}

#[test]
fn any_single_fault_leaves_the_old_site() {
    for (before, after) in PAIRS {
        for at in 1.. {
            let folder = tempfile::tempdir().expect("a temporary folder");
            build(folder.path(), before).expect("the first build");
            let old = tree(folder.path());
            let (result, operations) = build_on(folder.path(), after, Mode::Keep, Fault::Once(at));
            match result {
                Err(WriteFault::Io(_)) => assert_eq!(tree(folder.path()), old, "{before} → {after}, {at}"),
                Err(fault) => panic!("{fault}"),
                Ok(_) if operations < at => break,
                // Only the stage could not be removed.
                Ok(_) => assert!(folder.path().join(".casebook/stage").exists()),
            }
            build(folder.path(), after).expect("the next build");
            assert_eq!(tree(folder.path()), clean(after), "{before} → {after}, {at}");
        }
    }
}

#[test]
fn killed_at_any_moment_the_next_build_heals() {
    for (before, after) in PAIRS {
        let (mut at, mut operations) = (0, usize::MAX);
        while at < operations {
            at += 1;
            for (next, again) in [(after, Fault::None), (before, Fault::None), (after, Fault::Death(at % 17 + 1))] {
                let folder = tempfile::tempdir().expect("a temporary folder");
                build(folder.path(), before).expect("the first build");
                operations = build_on(folder.path(), after, Mode::Keep, Fault::Death(at)).1;
                let _ = build_on(folder.path(), next, Mode::Keep, again);
                for (path, (_, text)) in tree(folder.path()).iter().filter(|(path, _)| !path.starts_with(".casebook")) {
                    let is_text = |outputs| site(outputs).iter().any(|(route, known)| route == path && known == text);
                    assert!(path.ends_with('/') || is_text(before) || is_text(after), "{path} is {text}");
                }
                build(folder.path(), next).expect("the healing build");
                assert_eq!(tree(folder.path()), clean(next), "{before} → {after} killed at {at} → {next}");
            }
        }
    }
}

#[test]
fn a_writer_that_is_dropped_leaves_no_trace() {
    let base = tempfile::tempdir().expect("a temporary folder");
    let folder = base.path().join("deep/public");
    let writer = Writer::open_on(Disk::new(folder.clone()), Mode::Keep, || ()).expect("opened");
    writer.add("a.html", b"a").expect("added");
    drop(writer);
    assert_eq!(tree(base.path()), BTreeMap::new());
    build(&folder, "a.html").expect("built");
    let old = tree(base.path());
    let writer = Writer::open_on(Disk::new(folder), Mode::Keep, || ()).expect("opened");
    writer.add("b.html", b"b").expect("added");
    drop(writer);
    assert_eq!(tree(base.path()), old);
}

#[test]
fn unchanged_files_are_not_touched_and_a_second_build_writes_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let first = build(folder.path(), "a.html b.css c/d.html").expect("built");
    assert_eq!((first.outputs, first.pages, first.changed, first.changed_pages), (3, 2, 3, 2));
    let times = || -> Vec<(String, i64, u64)> {
        let names = tree(folder.path()).into_keys();
        let metadata = |name: String| {
            let metadata = fs::metadata(folder.path().join(&name)).expect("it is there");
            (name, metadata.ctime_nsec(), metadata.ino())
        };
        names.map(metadata).collect()
    };
    let before = times();
    let second = build(folder.path(), "a.html b.css c/d.html").expect("built");
    assert_eq!((second.outputs, second.changed, second.removed), (3, 0, 0));
    assert_eq!(times(), before);
    let third = build(folder.path(), "a.html=2 b.css").expect("built");
    assert_eq!((third.outputs, third.changed, third.removed), (2, 1, 1));
    let inode = |times: &[(String, i64, u64)]| times.iter().find(|(name, ..)| name == "b.css").cloned();
    assert_eq!(inode(&times()), inode(&before));
}

#[test]
fn what_somebody_changed_in_the_output_is_mended() {
    type Change = fn(&Path);
    let changes: &[Change] = &[
        |folder| fs::write(folder.join("a.html"), "A.html").expect("written"),
        |folder| fs::write(folder.join("a.html"), "longer").expect("written"),
        |folder| fs::remove_file(folder.join("a.html")).expect("removed"),
        |folder| fs::remove_dir_all(folder.join("b")).expect("removed"),
        |folder| fs::set_permissions(folder.join("a.html"), PermissionsExt::from_mode(0o600)).expect("set"),
        |folder| {
            fs::remove_file(folder.join("a.html")).expect("removed");
            std::os::unix::fs::symlink("/etc/hostname", folder.join("a.html")).expect("linked");
        },
        |folder| {
            fs::remove_file(folder.join("a.html")).expect("removed");
            fs::create_dir_all(folder.join("a.html/empty")).expect("made");
        },
    ];
    for (at, change) in changes.iter().enumerate() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        build(folder.path(), "a.html b/c.html").expect("built");
        change(folder.path());
        let written = build(folder.path(), "a.html b/c.html").expect("built again");
        assert_eq!(tree(folder.path()), clean("a.html b/c.html"), "change {at}");
        assert_eq!(written.changed, 1, "change {at}");
    }
}

#[test]
fn files_of_others_are_never_removed_or_overwritten() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let put = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("it has one")).expect("made");
        fs::write(path, text).expect("written");
    };
    build(folder.path(), "a.html x/b.html x/c.html").expect("built");
    put("x/mine.txt", "mine");
    put("d/e.html/mine.txt", "mine");
    put("new.html", "mine");
    put("x/c.html", "changed by hand");
    let old = tree(folder.path());
    let refused = |outputs: &str, expect: &[&str]| match build(folder.path(), outputs) {
        Err(WriteFault::Refused(Refusal::Foreign(found))) => assert_eq!(found, expect, "{outputs}"),
        other => panic!("{outputs}: {other:?}"),
    };
    refused("a.html new.html", &["new.html"]);
    refused("a.html new.html/a", &["new.html"]);
    refused("a.html d/e.html", &["d/e.html/mine.txt"]);
    refused("a.html x", &["x/c.html", "x/mine.txt"]);
    assert_eq!(tree(folder.path()), old);
    let written = build(folder.path(), "a.html new.html=mine").expect("the same bytes are fine");
    assert_eq!((written.left, written.changed, written.removed), (vec!["x/c.html".to_owned()], 0, 1));
    let names: Vec<String> = tree(folder.path()).into_keys().filter(|name| !name.starts_with('.')).collect();
    assert_eq!(names, ["a.html", "d/", "d/e.html/", "d/e.html/mine.txt", "new.html", "x/", "x/c.html", "x/mine.txt"]);
}

#[test]
fn a_folder_of_links_is_not_written_through() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let elsewhere = tempfile::tempdir().expect("a temporary folder");
    build(folder.path(), "a.html").expect("built");
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("people")).expect("linked");
    assert!(matches!(build(folder.path(), "people/a.html"), Err(WriteFault::Refused(Refusal::Foreign(_)))));
    assert_eq!(tree(elsewhere.path()), BTreeMap::new());
}

#[test]
fn a_folder_that_holds_files_and_no_manifest_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join(".gitkeep"), "").expect("written");
    fs::create_dir(folder.path().join(".git")).expect("made");
    build(folder.path(), "a.html").expect("hidden files are fine");
    assert!(folder.path().join(".gitkeep").exists());
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::create_dir(folder.path().join("photos")).expect("made");
    assert!(matches!(build(folder.path(), "a.html"), Err(WriteFault::Refused(Refusal::NoManifest(_)))));
    assert_eq!(tree(folder.path()).into_keys().collect::<Vec<_>>(), ["photos/"]);
    for text in ["", "{}", "{\"version\":1,\"files\":{\"../x\":\"\"}}"] {
        fs::create_dir_all(folder.path().join(".casebook")).expect("made");
        fs::write(folder.path().join(".casebook/manifest.json"), text).expect("written");
        assert!(matches!(build(folder.path(), "a.html"), Err(WriteFault::Refused(Refusal::BadManifest(_)))));
    }
}

#[test]
fn routes_that_leave_the_folder_or_stand_in_one_place_are_refused() {
    for (outputs, expect) in [
        ("../a.html", Refusal::BadRoute("../a.html".to_owned())),
        (".casebook/manifest.json", Refusal::BadRoute(".casebook/manifest.json".to_owned())),
        ("a.html a.html", Refusal::SamePlace("a.html".to_owned())),
        ("a a/b", Refusal::SamePlace("a/b".to_owned())),
        ("a/b a", Refusal::SamePlace("a".to_owned())),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        match build(folder.path(), outputs) {
            Err(WriteFault::Refused(refusal)) => assert_eq!(refusal, expect),
            other => panic!("{outputs}: {other:?}"),
        }
        assert_eq!(tree(folder.path()).len(), 0);
    }
}

#[test]
fn of_two_builds_at_once_the_second_waits() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let first = Writer::open_on(Disk::new(folder.path().to_path_buf()), Mode::Keep, || ()).expect("opened");
    let (said, heard) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let second = scope.spawn(|| {
            let disk = Disk::new(folder.path().to_path_buf());
            let writer = Writer::open_on(disk, Mode::Keep, || said.send(()).expect("heard")).expect("opened");
            writer.add("b.html", b"b.html").expect("added");
            writer.commit().expect("committed")
        });
        heard.recv().expect("the second says that it waits");
        first.add("a.html", b"a").expect("added");
        first.commit().expect("committed");
        let written = second.join().expect("it ends");
        assert_eq!((written.changed, written.removed), (1, 1));
    });
    assert_eq!(tree(folder.path()), clean("b.html"));
}

#[test]
fn outputs_come_from_many_threads() {
    use rayon::prelude::*;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let writer = Writer::open_on(Disk::new(folder.path().to_path_buf()), Mode::Keep, || ()).expect("opened");
    (0..500).into_par_iter().for_each(|n| {
        writer.add(&format!("{}/{}/{n}.html", n % 7, n % 3), n.to_string().as_bytes()).expect("added");
    });
    assert_eq!(writer.commit().expect("committed").changed, 500);
    let all: String = (0..500).map(|n| format!("{}/{}/{n}.html={n} ", n % 7, n % 3)).collect();
    assert_eq!(tree(folder.path()), clean(&all));
}

//! The same input gives the same bytes: with any number of threads, in any time zone and locale, from any path; and a
//! second build touches nothing.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file of an output: its bytes and its mode.
type Written = (Vec<u8>, u32);

/// Runs the program and returns what it said.
#[track_caller]
fn run(folder: &Path, arguments: &[&str], env: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    let output = command.current_dir(folder).args(arguments).envs(env.iter().copied()).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
    said
}

/// Returns what `look` says of each file below a folder.
fn each<T>(root: &Path, look: impl Fn(&Path) -> T) -> BTreeMap<PathBuf, T> {
    let (mut all, mut waiting) = (BTreeMap::new(), vec![root.to_owned()]);
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(&folder).expect("a folder can be read") {
            let path = entry.expect("its entries can be read").path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                all.insert(path.strip_prefix(root).expect("it lies below").to_owned(), look(&path));
            }
        }
    }
    all
}

fn written(path: &Path) -> Written {
    let mode = fs::metadata(path).expect("it is there").permissions().mode();
    (fs::read(path).expect("it can be read"), mode)
}

#[test]
fn threads_time_zones_locales_and_paths_change_no_byte_and_a_second_build_writes_nothing() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let short = folder.path().join("a");
    let long = folder.path().join("a longer path/with spaces and é/site");
    fs::create_dir_all(long.parent().expect("it lies in a folder")).expect("a folder can be made");
    run(folder.path(), &["init", "a", "--example"], &[]);
    run(folder.path(), &["init", "a longer path/with spaces and é/site", "--example"], &[]);
    run(&short, &["build"], &[("RAYON_NUM_THREADS", "1"), ("TZ", "America/St_Johns"), ("LC_ALL", "C"), ("LANG", "C")]);
    run(&long, &["build"], &[("RAYON_NUM_THREADS", "8"), ("TZ", "Pacific/Kiritimati"), ("LC_ALL", "tr_TR.UTF-8")]);
    let (one, other) = (each(&short.join("public"), written), each(&long.join("public"), written));
    assert!(one.len() > 100, "the example case has {} files", one.len());
    assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
    let differ: Vec<&PathBuf> =
        one.iter().filter(|(path, file)| other[*path] != **file).map(|(path, _)| path).collect();
    assert!(differ.is_empty(), "{differ:?}");

    let touched = |path: &Path| {
        let file = fs::metadata(path).expect("it is there");
        (file.ino(), file.mtime(), file.mtime_nsec(), file.ctime(), file.ctime_nsec())
    };
    let before = each(&short.join("public"), touched);
    let said = run(&short, &["build"], &[("TZ", "Asia/Kathmandu")]);
    assert!(said.contains(", 0 changed,"), "{said}");
    let after = each(&short.join("public"), touched);
    let pages = |all: &BTreeMap<PathBuf, (u64, i64, i64, i64, i64)>| {
        all.clone().into_iter().filter(|(path, _)| !path.starts_with(".casebook")).collect::<Vec<_>>()
    };
    assert_eq!(pages(&before), pages(&after));
}

#[test]
fn a_new_site_takes_a_new_person() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    run(folder.path(), &["init", "x"], &[]);
    run(folder.path(), &["--root", "x", "new", "person", "Ada Example"], &[]);
    run(folder.path(), &["--root", "x", "build"], &[]);
    let page = fs::read_to_string(folder.path().join("x/public/people/ada-example.html")).expect("the page is there");
    assert!(page.contains("<h1>Ada Example</h1>"), "{page}");
}

#[test]
fn a_template_goes_through_a_table_in_one_order() {
    let extra: String = ["g", "b", "e", "a", "d", "h", "c", "f"].map(|key| format!("{key} = 1\n")).concat();
    let template = "{% for key, value in site.extra %}{{ key }}{% endfor %}";
    let text = format!(
        "//- casebook.toml\ntitle = \"T\"\n[extra]\n{extra}//- content/note.md\nText.\n//- templates/page.html\n{template}\n"
    );
    let built = crate::site::build(&text);
    assert_eq!(built.page("note.html").trim(), "abcdefgh", "{}", built.json);
}

//! The same law through the program itself: what lies in the output folder, with its modes, and what is said meanwhile.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use super::assemble;
use super::forms::{Form, Site};

/// Writes a form into a folder. Each form has files of another mode and age, which must not be seen either.
fn lay(site: &Site, form: Form, folder: &Path) {
    for (path, bytes) in site.bytes(form) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
        fs::write(&path, bytes).expect("a file can be written");
        let (mode, age) = match form {
            Form::Own => (0o644, 0),
            Form::Stripped => (0o600, 1_000_000),
            Form::Other => (0o755, 9_000_000),
        };
        let file = fs::File::options().write(true).open(&path).expect("it was just written");
        file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_500_000_000 + age)).expect("it has an age");
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).expect("it has a mode");
    }
}

/// Returns every file and folder below a folder: its mode, and its bytes.
fn tree(folder: &Path) -> BTreeMap<String, (u32, Option<Vec<u8>>)> {
    let mut all = BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(&next).expect("a folder can be read") {
            let path = entry.expect("it is listed").path();
            let mode = fs::metadata(&path).expect("it is there").permissions().mode();
            let bytes = path.is_file().then(|| fs::read(&path).expect("it can be read"));
            if path.is_dir() {
                open.push(path.clone());
            }
            let name = path.strip_prefix(folder).expect("it lies below").to_string_lossy().into_owned();
            all.insert(name, (mode, bytes));
        }
    }
    all
}

#[test]
fn the_program_writes_the_same_files_with_the_same_modes() {
    let mut built = 0;
    for seed in 1..=6 {
        let (site, _) = assemble::site(seed);
        let trees = Form::ALL.map(|form| {
            let folder = tempfile::tempdir().expect("there is room");
            lay(&site, form, folder.path());
            let mut build = Command::new(env!("CARGO_BIN_EXE_casebook"));
            build.arg("--root").arg(folder.path()).args(["build", "--output"]).arg(folder.path().join("out"));
            build.args(site.as_of.iter().flat_map(|date| ["--as-of", date]));
            build.args(site.drafts.then_some("--drafts"));
            let done = build.output().expect("the program runs");
            done.status.success().then(|| tree(&folder.path().join("out")))
        });
        let [Some(own), Some(stripped), Some(other)] = trees else { continue };
        assert!(own.len() > 10);
        for tree in [&stripped, &other] {
            let names = own.keys().chain(tree.keys());
            let changed: Vec<&String> = names.filter(|name| own.get(*name) != tree.get(*name)).collect();
            assert!(changed.is_empty(), "seed {seed}: {changed:?}");
        }
        built += 1;
    }
    assert!(built >= 5, "{built} sites were built");
}

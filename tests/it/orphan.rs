//! Every file of the sources is part of the program: one that no `mod` names is read by people and by no compiler.

use std::fs;
use std::path::{Path, PathBuf};

/// Returns every Rust file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut all, mut waiting) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = waiting.pop() {
        for entry in fs::read_dir(folder).expect("a folder can be read") {
            let path = entry.expect("an entry can be read").path();
            match path.extension() {
                _ if path.is_dir() => waiting.push(path),
                Some(extension) if extension == "rs" => all.push(path),
                _ => {}
            }
        }
    }
    all
}

/// Returns the file that must name a module: that of its folder. The roots have none.
fn parent(path: &Path) -> Option<(PathBuf, String)> {
    let stem = path.file_stem()?.to_str()?;
    let folder = path.parent()?;
    let (folder, name) = match stem {
        "lib" | "main" => return None,
        "mod" => (folder.parent()?, folder.file_name()?.to_str()?),
        stem => (folder, stem),
    };
    let above = [folder.join("mod.rs"), folder.with_extension("rs"), folder.join("lib.rs"), folder.join("main.rs")];
    Some((above.into_iter().find(|above| above.is_file() && above != path)?, name.to_owned()))
}

/// Tells whether a text declares a module.
fn declares(text: &str, name: &str) -> bool {
    text.lines().any(|line| {
        line.trim_end()
            .strip_suffix(&format!("mod {name};"))
            .is_some_and(|before| before.is_empty() || before.ends_with(' '))
    })
}

#[test]
fn every_file_is_named_by_the_module_above_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for folder in ["src", "tests/it", "benches"] {
        for path in files(&root.join(folder)) {
            let Some((above, name)) = parent(&path) else { continue };
            let text = fs::read_to_string(&above).expect("a source can be read");
            assert!(declares(&text, &name), "{} does not name {}", above.display(), path.display());
            count += 1;
        }
    }
    assert!(count > 300, "{count} files were looked at");
}

#[test]
fn a_file_that_nothing_names_would_be_found() {
    assert!(declares("//! Room.\n\npub mod text;\n", "text") && declares("    mod text;", "text"));
    assert!(!declares("mod texts;\n// mod text\nuse text;\n", "text"));
}

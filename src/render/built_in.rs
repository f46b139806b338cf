//! The themes that are compiled into the program.

use include_dir::{Dir, include_dir};

static THEMES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/themes");

/// Returns the files of a built-in theme as paths below its folder with their bytes, sorted; nothing for other names.
pub fn built_in(theme: &str) -> Vec<(String, &'static [u8])> {
    let mut files = Vec::new();
    let mut folders: Vec<&Dir<'static>> = THEMES.get_dir(theme).into_iter().collect();
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            let path = file.path().to_string_lossy().replace('\\', "/");
            let below = path.strip_prefix(theme).and_then(|path| path.strip_prefix('/'));
            if let Some(below) = below.filter(|below| !below.starts_with('.')) {
                files.push((below.to_owned(), file.contents()));
            }
        }
    }
    files.sort_unstable();
    files
}

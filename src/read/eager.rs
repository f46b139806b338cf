//! Which files are input, and which of these every build reads.

use crate::file::RelPath;

/// The folders of a site that hold input.
pub(super) const FOLDERS: [&str; 5] = ["content", "static", "styles", "templates", "themes"];

/// The files at a site's root that are input.
pub(super) const FILES: [&str; 2] = ["casebook.toml", SECRETS];

/// The file whose lines must not stand anywhere.
pub(super) const SECRETS: &str = "secrets.txt";

/// Tells whether a file at the root is a citation style of the site's own.
pub(super) fn is_style(name: &str) -> bool {
    !is_hidden(name.as_bytes()) && name.to_ascii_lowercase().ends_with(".csl")
}

/// Tells whether a name is hidden: it begins with a dot.
pub(super) fn is_hidden(name: &[u8]) -> bool {
    name.first() == Some(&b'.')
}

/// Tells whether a file's name is one that editors drop beside a file: `*~`, `*.swp`, `#*#`, `*.orig`.
pub(super) fn is_dropping(name: &str) -> bool {
    let auto_saved = name.len() > 1 && name.starts_with('#') && name.ends_with('#');
    auto_saved || name.ends_with('~') || name.ends_with(".swp") || name.ends_with(".orig")
}

/// Tells whether every build reads the file: configuration, secrets, records, templates and themes' words.
pub(super) fn is_always_read(path: &RelPath) -> bool {
    let text = path.as_str();
    let Some((folder, rest)) = text.split_once('/') else { return FILES.contains(&text) };
    match folder {
        "content" => path.has_extension("md"),
        "templates" => true,
        "themes" => {
            let part = rest.split_once('/').map_or("", |(_, part)| part);
            part == "theme.toml" || part.starts_with("templates/") || part.starts_with("i18n/")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_always_read, is_dropping};
    use crate::file::RelPath;

    #[test]
    fn records_configuration_and_templates_are_always_read() {
        let read = |text: &str| is_always_read(&RelPath::new(text).expect("a sound path"));
        for path in ["casebook.toml", "secrets.txt", "content/a.md", "content/p/A.MD", "templates/base.html"] {
            assert!(read(path), "{path}");
        }
        for path in ["themes/x/theme.toml", "themes/x/templates/a.html", "themes/x/i18n/en.toml"] {
            assert!(read(path), "{path}");
        }
        for path in ["content/a.jpg", "static/a.md", "themes/x/static/theme.toml", "themes/theme.toml"] {
            assert!(!read(path), "{path}");
        }
    }

    #[test]
    fn what_editors_drop_is_no_input() {
        for name in ["a.md~", ".a.md.swp", "#a.md#", "a.md.orig"] {
            assert!(is_dropping(name), "{name}");
        }
        for name in ["a.md", "#a.md", "orig", "#"] {
            assert!(!is_dropping(name), "{name}");
        }
    }
}

//! Routes: where in the output each page lies.
//!
//! A route follows the record's file, never its type. Each part is the name in NFC and lower case, with `-` for every
//! run of characters other than letters, digits, `.` and `_`.

use crate::file::RelPath;
use crate::model::name::nfc;

/// The longest part of a route, in bytes.
const LONGEST: usize = 120;

/// How pages are laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Style {
    /// `people/ada.html`.
    Files,
    /// `people/ada/index.html`.
    Folders,
}

/// Turns a name into a part of a route.
pub fn part(name: &str) -> String {
    let mut part = String::with_capacity(name.len());
    for c in nfc(name).to_lowercase().chars() {
        if c.is_alphanumeric() || c == '.' || c == '_' {
            part.push(c);
        } else if !part.ends_with('-') {
            part.push('-');
        }
    }
    // Lower case may leave NFC, and the same name must have one spelling.
    nfc(&part).into_owned()
}

/// Says what is wrong with a part of a route, if anything is.
pub fn fault(part: &str) -> Option<String> {
    let stem = part.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let device = matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || stem.strip_prefix("com").or_else(|| stem.strip_prefix("lpt")).is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']));
    if part.is_empty() || part.chars().all(|c| c == '-') {
        Some("a part of the route would be empty".to_owned())
    } else if part == "." || part == ".." {
        Some(format!("\"{part}\" cannot be a part of a route"))
    } else if part.contains(['/', '\\']) || part.chars().any(char::is_control) {
        Some(format!("\"{}\" has a slash or a control character", part.escape_debug()))
    } else if device {
        Some(format!("\"{part}\" is a reserved name on Windows"))
    } else if part.len() > LONGEST {
        Some(format!("a part of the route is {} bytes long, and at most {LONGEST} are portable", part.len()))
    } else {
        None
    }
}

/// Returns the parts of a record's route, without `.html`; empty for the home page.
pub fn parts(path: &RelPath, slug: Option<&str>) -> Vec<String> {
    let place = path.below("content").unwrap_or(path.as_str());
    let place = place.strip_suffix(".md").unwrap_or(place);
    let mut names: Vec<&str> = place.split('/').collect();
    if matches!(names.last(), Some(&"index" | &"_index")) {
        names.pop();
    }
    let mut parts: Vec<String> = names.into_iter().map(part).collect();
    if let (Some(slug), Some(last)) = (slug, parts.last_mut()) {
        *last = part(slug);
    }
    parts
}

/// Returns the route of a page whose parts are `parts`.
pub fn page(parts: &[String], style: Style) -> String {
    match (parts, style) {
        ([], _) => "index.html".to_owned(),
        (parts, Style::Files) => format!("{}.html", parts.join("/")),
        (parts, Style::Folders) => format!("{}/index.html", parts.join("/")),
    }
}

/// Returns the route of a redirect: `/a/b.html` as it is, `/a/` as `a/index.html`, `/a` as `a.html`.
///
/// # Errors
/// Fails with a sentence where a part of it cannot be a route.
pub fn redirect(alias: &str) -> Result<String, String> {
    let alias = nfc(alias.trim_start_matches('/')).into_owned();
    let (folder, last) = alias.rsplit_once('/').unwrap_or(("", &alias));
    for part in folder.split('/').filter(|_| !folder.is_empty()).chain((!last.is_empty()).then_some(last)) {
        if let Some(fault) = fault(part) {
            return Err(fault);
        }
        if part.starts_with('.') {
            return Err(format!("\"{part}\" would be a hidden file"));
        }
    }
    Ok(match last {
        "" => format!("{alias}index.html"),
        last if last.contains('.') => alias,
        _ => format!("{alias}.html"),
    })
}

/// Returns how a page is linked: `people/ada.html`, or `people/ada/` where pages are folders. Percent-encoded.
pub fn link(route: &str, style: Style) -> String {
    let route = match style {
        Style::Folders => route.strip_suffix("index.html").unwrap_or(route),
        Style::Files => route,
    };
    encode(route)
}

/// Percent-encodes a route for a link (RFC 3986, the characters of a path segment but `:`, and slashes).
pub fn encode(route: &str) -> String {
    let mut out = String::with_capacity(route.len());
    for byte in route.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/!$()*+,;=@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Returns the way from a page to the output's root: `./`, `../`, `../../` …
pub fn root(route: &str) -> String {
    match route.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

#[cfg(test)]
mod tests {
    use super::{Style, encode, fault, link, page, part, parts, redirect, root};
    use crate::file::RelPath;

    fn check(path: &str, slug: Option<&str>, style: Style, expected: &str) {
        let path = RelPath::new(path).expect("a path");
        assert_eq!(page(&parts(&path, slug), style), expected);
    }

    #[test]
    fn a_route_follows_the_file() {
        check("content/people/ada.md", None, Style::Files, "people/ada.html");
        check("content/people/ada/index.md", None, Style::Files, "people/ada.html");
        check("content/people/ada/_index.md", None, Style::Folders, "people/ada/index.html");
        check("content/index.md", None, Style::Folders, "index.html");
        check("content/Deep Folder/Ada Lovelace & Co.md", None, Style::Files, "deep-folder/ada-lovelace-co.html");
        check("content/people/ada.md", Some("Lady Ada"), Style::Files, "people/lady-ada.html");
        check("content/people/ZOE\u{308}.md", None, Style::Files, "people/zoë.html");
        check("content/v1.2_x.md", None, Style::Files, "v1.2_x.html");
    }

    #[test]
    fn names_that_no_host_could_serve_are_refused() {
        for bad in ["", ".", "..", "a/b", "con", "nul.txt", "com1", "???", &"x".repeat(121)] {
            assert!(fault(&part(bad)).is_some() || fault(bad).is_some(), "{bad}");
        }
        for good in ["console", "com10", "a.b", "...a", "ada"] {
            assert_eq!(fault(good), None, "{good}");
        }
    }

    #[test]
    fn redirects_are_read_as_hosts_would() {
        assert_eq!(redirect("/a/b.html"), Ok("a/b.html".to_owned()));
        assert_eq!(redirect("/a/"), Ok("a/index.html".to_owned()));
        assert_eq!(redirect("/a"), Ok("a.html".to_owned()));
        assert_eq!(redirect("/"), Ok("index.html".to_owned()));
        assert!(redirect("/../a").is_err());
        assert!(redirect("/a//b").is_err());
        assert!(redirect("/.well-known/x").is_err());
    }

    #[test]
    fn links_are_encoded_and_pretty_ones_end_in_a_slash() {
        assert_eq!(link("people/ada/index.html", Style::Folders), "people/ada/");
        assert_eq!(link("index.html", Style::Folders), "");
        assert_eq!(encode("people/zoë b#.html"), "people/zo%C3%AB%20b%23.html");
        assert_eq!((root("index.html"), root("a/b/c.html")), ("./".to_owned(), "../../".to_owned()));
    }
}

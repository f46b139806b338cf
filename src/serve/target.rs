//! What a request asks for: its path, decoded once and checked, as a route.

use std::borrow::Cow;

use hyper::StatusCode;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// How long a path may be, as sent.
const LONGEST: usize = 8 * 1024;

/// The bytes that are escaped in a `Location`.
const ESCAPED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');

/// A request that is not answered, and why.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Refusal(pub(super) StatusCode, pub(super) &'static str);

/// A path of the site that a browser may ask for.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Target {
    /// The path without its leading slash, decoded; empty or with a slash at its end for a folder.
    path: String,
}

impl Target {
    /// Reads the path of a request, without its query.
    ///
    /// # Errors
    /// Fails where no path of a site can look so: escapes that are none, bytes that are no text, separators and dots in
    /// disguise.
    pub(super) fn parse(path: &str) -> Result<Target, Refusal> {
        if path.len() > LONGEST {
            return Err(Refusal(StatusCode::URI_TOO_LONG, "the path is too long"));
        }
        let bad = Refusal(StatusCode::BAD_REQUEST, "the path is malformed");
        let encoded = path.strip_prefix('/').ok_or(bad)?;
        if !has_sound_escapes(encoded) || encoded.to_ascii_lowercase().contains("%2f") {
            return Err(bad);
        }
        let path = percent_decode_str(encoded).decode_utf8().map_err(|_| bad)?;
        let folder = path.strip_suffix('/').unwrap_or(&path);
        let is_root = path.is_empty();
        if !is_root && folder.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Err(bad);
        }
        if path.chars().any(|character| character.is_control() || character == '\\') {
            return Err(bad);
        }
        Ok(Target { path: path.into_owned() })
    }

    /// Returns the route that is asked for: a folder's is that of its `index.html`.
    pub(super) fn route(&self) -> Cow<'_, str> {
        if self.is_folder() { Cow::Owned(format!("{}index.html", self.path)) } else { Cow::Borrowed(&self.path) }
    }

    /// Returns the same path as that of a folder; `None` where it is one already.
    pub(super) fn as_folder(&self) -> Option<Target> {
        (!self.is_folder()).then(|| Target { path: format!("{}/", self.path) })
    }

    /// Returns the path as it stands in a `Location`; it always begins with exactly one slash.
    pub(super) fn location(&self) -> String {
        format!("/{}", utf8_percent_encode(&self.path, ESCAPED))
    }

    fn is_folder(&self) -> bool {
        self.path.is_empty() || self.path.ends_with('/')
    }
}

/// Decodes a part of a query; `None` where it is not sound.
pub(super) fn decode(text: &str) -> Option<Cow<'_, str>> {
    if has_sound_escapes(text) { percent_decode_str(text).decode_utf8().ok() } else { None }
}

fn has_sound_escapes(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_escape = |at: usize| bytes.get(at + 1..at + 3).is_some_and(|pair| pair.iter().all(u8::is_ascii_hexdigit));
    (0..bytes.len()).all(|at| bytes[at] != b'%' || is_escape(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, expect: Result<&str, u16>) {
        let found = Target::parse(path).map(|target| target.route().into_owned());
        assert_eq!(found.as_deref().map_err(|refusal| refusal.0.as_u16()), expect, "{path}");
    }

    #[test]
    fn a_path_is_a_route_and_a_folder_its_index() {
        check("/", Ok("index.html"));
        check("/people/", Ok("people/index.html"));
        check("/people/ada.html", Ok("people/ada.html"));
        check("/people/ad%C3%A8le%20b.html", Ok("people/adèle b.html"));
        check("/people/adèle.html", Ok("people/adèle.html"));
        check("/...", Ok("..."));
    }

    #[test]
    fn dots_and_separators_in_disguise_are_refused() {
        for path in ["/..", "/../etc/passwd", "/%2e%2e/etc/passwd", "/a/%2E%2e/b", "/a/./b", "/a%2f..%2fb", "/a\\b"] {
            check(path, Err(400));
        }
        for path in ["//evil.example/", "/a//b", "/%5c..%5cb", "//", "", "a.html", "*"] {
            check(path, Err(400));
        }
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for path in ["/%00", "/a%00.html", "/%zz", "/%", "/%4", "/%ff", "/%0d%0aX: y", "/%7f"] {
            check(path, Err(400));
        }
        check(&format!("/{}", "a".repeat(9000)), Err(414));
    }

    #[test]
    fn a_path_is_decoded_once() {
        check("/%252e%252e/a", Ok("%2e%2e/a"));
    }

    #[test]
    fn a_location_is_escaped_again() {
        let target = Target::parse("/a%20b%25/%3Fc").unwrap().as_folder().unwrap();
        assert_eq!(target.location(), "/a%20b%25/%3Fc/");
        assert_eq!(target.as_folder(), None);
    }
}

//! Links to the world, and which addresses are safe: http, https, mailto, tel, and relative ones.
//!
//! An address is judged as a browser reads it: control characters and white space hide no scheme, and a backslash is a
//! slash. What is judged is decoded already: entities and escapes are pulldown-cmark's business.

use super::body::Extent;
use super::escape;

/// A link to the world: http, https, mailto or tel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The address.
    pub url: String,
    /// The whole construct, in the source.
    pub at: Extent,
}

/// What kind of address a link has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Address {
    /// Of the world: http, https, mailto or tel.
    World,
    /// Of the site: relative, or from its root.
    Local,
    /// None that may be published.
    Unsafe,
}

/// Judges an address.
pub(super) fn judge(url: &str) -> Address {
    let hides = |letter: char| letter.is_control() || letter == '\u{FEFF}';
    let seen: String = url.chars().filter(|letter| !hides(*letter)).collect();
    let seen = seen.trim();
    if seen.len() != url.trim_matches(' ').len() {
        return Address::Unsafe;
    }
    let slashes = seen.bytes().take_while(|byte| matches!(byte, b'/' | b'\\')).count();
    if slashes >= 2 {
        return Address::Unsafe;
    }
    let end = seen.find(['/', '?', '#', '\\']).unwrap_or(seen.len());
    let Some((scheme, _)) = seen[..end].split_once(':') else { return Address::Local };
    let known = ["http", "https", "mailto", "tel"];
    if known.iter().any(|name| scheme.eq_ignore_ascii_case(name)) { Address::World } else { Address::Unsafe }
}

/// Opens a link to the world.
pub(super) fn open(url: &str, class: &str, out: &mut String) {
    out.push_str("<a class=\"");
    out.push_str(class);
    out.push_str("\" href=\"");
    escape::href(url.trim(), out);
    out.push_str("\" rel=\"noopener noreferrer\">");
}

/// Writes the link to an archived copy.
pub(super) fn write_archived(href: &str, words: &str, out: &mut String) {
    out.push_str(" <a class=\"archived\" href=\"");
    escape::href(href, out);
    out.push_str("\" rel=\"noopener noreferrer\">");
    escape::text(words, out);
    out.push_str("</a>");
}

#[cfg(test)]
mod tests {
    use super::{Address, judge};

    fn check(url: &str, expect: Address) {
        assert_eq!(judge(url), expect, "{url:?}");
    }

    #[test]
    fn four_schemes_are_of_the_world() {
        check("https://example.org/a:b", Address::World);
        check("HTTP://example.org", Address::World);
        check("mailto:a@example.org", Address::World);
        check("tel:+1-555", Address::World);
    }

    #[test]
    fn what_has_no_scheme_is_of_the_site() {
        check("../people/ada.md#x", Address::Local);
        check("/a.html", Address::Local);
        check("#here:there", Address::Local);
        check("a?b:c", Address::Local);
        check("", Address::Local);
    }

    #[test]
    fn no_trick_hides_a_scheme() {
        for url in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            " javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "java\u{0}script:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//example.org/x",
            "\\\\example.org",
            "/\\example.org",
            "ht\ttps://example.org",
            "blob:x",
            "javascript&colon;:x",
            "C:\\x",
        ] {
            check(url, Address::Unsafe);
        }
    }
}

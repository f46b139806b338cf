//! Words on their way into HTML: as text, as an attribute's value, as an address.
//!
//! NUL becomes U+FFFD, as CommonMark asks. Nothing here allocates beyond the string it appends to.

use memchr::{memchr, memchr3};

/// Appends `text` so that HTML reads it as text.
pub(super) fn text(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = special(rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(entity(rest.as_bytes()[at]));
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
}

/// Returns where the first byte stands that HTML reads as more than text.
fn special(bytes: &[u8]) -> Option<usize> {
    let at = memchr3(b'<', b'>', b'&', bytes);
    memchr(0, &bytes[..at.unwrap_or(bytes.len())]).or(at)
}

/// Appends `text` as the value of an attribute in double quotation marks.
pub(super) fn attribute(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if matches!(byte, b'<' | b'>' | b'&' | b'"' | 0) {
            out.push_str(&text[from..at]);
            out.push_str(entity(byte));
            from = at + 1;
        }
    }
    out.push_str(&text[from..]);
}

/// Appends `url` as the value of an attribute, percent-encoding what no address may hold; `%` stays as it is.
pub(super) fn href(url: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in url.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#39;"),
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => out.push(char::from(byte)),
            b'-' | b'_' | b'.' | b'~' | b'!' | b'*' | b'(' | b')' | b';' | b':' | b'@' | b'=' | b'+' | b'$' => {
                out.push(char::from(byte));
            }
            b',' | b'/' | b'?' | b'#' | b'%' => out.push(char::from(byte)),
            _ => {
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}

fn entity(byte: u8) -> &'static str {
    match byte {
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'&' => "&amp;",
        b'"' => "&quot;",
        _ => "\u{FFFD}",
    }
}

#[cfg(test)]
mod tests {
    fn check(write: fn(&str, &mut String), input: &str, expect: &str) {
        let mut out = String::new();
        write(input, &mut out);
        assert_eq!(out, expect);
    }

    #[test]
    fn text_cannot_open_a_tag() {
        check(super::text, "a<b>&\"'\0é", "a&lt;b&gt;&amp;\"'\u{FFFD}é");
    }

    #[test]
    fn an_attribute_cannot_end_early() {
        check(super::attribute, "a\"b<>&", "a&quot;b&lt;&gt;&amp;");
    }

    #[test]
    fn an_address_is_encoded_once() {
        check(super::href, "/a b/é%20?x=1&y=\"<#^z", "/a%20b/%C3%A9%20?x=1&amp;y=%22%3C#%5Ez");
    }
}

//! Tags: `#tag`, `#a/b`. Not in code, headings, labels or addresses, and not of digits alone (`#1`).

use std::ops::Range;

use super::body::{Extent, HoleKind};
use super::escape;
use super::read::Reader;

/// A tag in the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tag {
    /// Its name as written, without `#`; levels are apart by `/`.
    pub name: String,
    /// The tag with its `#`, in the source.
    pub at: Extent,
}

/// Returns the length of the tag's name at the beginning of a text; 0 where there is none.
pub(super) fn name(text: &str) -> usize {
    let is_part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '-' | '/');
    let length = text.find(|letter: char| !is_part(letter)).unwrap_or(text.len());
    let name = text[..length].trim_end_matches(['-', '/']);
    let says = name.chars().any(char::is_alphabetic) && !name.starts_with(['-', '/']) && !name.contains("//");
    if says { name.len() } else { 0 }
}

/// Writes a tag, as a link if it leads somewhere.
pub(super) fn write(tag: &Tag, href: Option<&str>, out: &mut String) {
    if let Some(href) = href {
        out.push_str("<a class=\"tag\" href=\"");
        escape::attribute(href, out);
        out.push_str("\">");
    }
    out.push('#');
    escape::text(&tag.name, out);
    if href.is_some() {
        out.push_str("</a>");
    }
}

impl Reader<'_> {
    /// Writes a tag.
    pub(super) fn tag(&mut self, at: Range<usize>) {
        let name = self.source[at.start + 1..at.end].to_owned();
        debug_assert!(self::name(&name) == name.len(), "a mark holds a whole name");
        self.origin(at.start);
        self.plain.text.push_str(&self.source[at.clone()]);
        self.sink.hole(HoleKind::Tag(Extent::new(self.body.tags.len(), 0).start));
        self.body.tags.push(Tag { name, at: at.into() });
    }
}

#[cfg(test)]
mod tests {
    fn check(text: &str, expect: &str) {
        assert_eq!(&text[..super::name(text)], expect);
    }

    #[test]
    fn a_tag_needs_a_letter() {
        check("leak and more", "leak");
        check("a/b-c_2.", "a/b-c_2");
        check("1", "");
        check("2024-budget", "2024-budget");
        check("straße/öl/", "straße/öl");
        check("/a", "");
        check(" a", "");
    }
}

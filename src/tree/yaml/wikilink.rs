//! Bare `[[wikilinks]]` in YAML, where brackets mean lists.
//!
//! Before the block is parsed, each `[[…]]` and `![[…]]` on one line is masked: the signs that YAML would act upon
//! become letters, one byte for one byte, so that every offset stays as it is. Afterwards the bytes are put back
//! wherever the parser kept them, in quoted texts and blocks too; so a link is masked without a thought of what stands
//! around it. Brackets with more brackets or a quoted text in them are left alone: they are lists of lists.

use std::ops::Range;

/// What the signs of a link become.
const MASK: u8 = b'x';

/// A block whose wikilinks are masked.
pub(super) struct Masked<'a> {
    written: &'a str,
    /// The block as the parser shall read it; nothing where it has no link.
    masked: Option<String>,
    /// The links, in order.
    links: Vec<Range<usize>>,
}

impl<'a> Masked<'a> {
    /// Masks the links of a block.
    pub(super) fn new(written: &'a str) -> Masked<'a> {
        let links = links(written);
        if links.is_empty() {
            return Masked { written, masked: None, links };
        }
        let mut bytes = written.as_bytes().to_vec();
        for link in &links {
            let mut escaped = false;
            for byte in &mut bytes[link.clone()] {
                let harmless = !byte.is_ascii() || byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'\'' | b'"');
                let was = escaped;
                escaped = *byte == b'\\' && !was;
                if !harmless && !was && !escaped {
                    *byte = MASK;
                }
            }
        }
        let masked = String::from_utf8(bytes).expect("ASCII was put for ASCII");
        Masked { written, masked: Some(masked), links }
    }

    /// Returns the block as the parser shall read it.
    pub(super) fn text(&self) -> &str {
        self.masked.as_deref().unwrap_or(self.written)
    }

    /// Returns the links that begin in a range of the block.
    pub(super) fn links_in(&self, range: &Range<usize>) -> &[Range<usize>] {
        let from = self.links.partition_point(|link| link.start < range.start);
        let to = self.links.partition_point(|link| link.start < range.end);
        &self.links[from..to.max(from)]
    }

    /// Puts the bytes of links back into a text that was parsed from `range`; `origin` says for each offset in the text
    /// which offset in the block it stems from.
    pub(super) fn unmask(&self, value: String, range: &Range<usize>, origin: impl Fn(usize) -> usize) -> String {
        if self.links_in(range).is_empty() {
            return value;
        }
        let (written, masked) = (self.written.as_bytes(), self.text().as_bytes());
        let mut bytes = value.into_bytes();
        for (at, byte) in bytes.iter_mut().enumerate().filter(|(_, byte)| **byte == MASK) {
            let from = origin(at);
            if masked.get(from) == Some(&MASK) {
                *byte = written[from];
            }
        }
        String::from_utf8(bytes).expect("ASCII was put for ASCII")
    }
}

/// Finds the links of a block.
fn links(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut links = Vec::new();
    let mut from = 0;
    while let Some(open) = text[from..].find("[[").map(|at| from + at) {
        let inside = open + 2;
        let ends = |byte: &u8| matches!(byte, b'[' | b']' | b'\n' | b'\r');
        let end = bytes[inside..].iter().position(ends).map_or(text.len(), |at| inside + at);
        let quoted = matches!(bytes.get(inside), Some(b'"' | b'\''));
        let escaped = open > 0 && bytes[open - 1] == b'\\';
        if text[end..].starts_with("]]") && end > inside && !quoted && !escaped {
            let embeds = open > from && bytes[open - 1] == b'!';
            links.push(if embeds { open - 1 } else { open }..end + 2);
            from = end + 2;
        } else if end == inside && bytes.get(end) == Some(&b'[') {
            from = open + 1;
        } else {
            from = end.max(inside);
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::Masked;

    fn check(text: &str, expect: &str) {
        let masked = Masked::new(text);
        assert_eq!(masked.text(), expect);
        let back = masked.unmask(expect.to_owned(), &(0..text.len()), |at| at);
        assert_eq!(back, text);
    }

    #[test]
    fn links_become_letters_of_the_same_length() {
        check("who: [[Ada]]", "who: xxAdaxx");
        check("who: [[a/b#c|Máry, \"x\": 'y']]", "who: xxaxbxcxMáryx \"x\"x 'y'xx");
        check("- ![[a.png]]", "- xxxaxpngxx");
        check("[[[a]], [[b]]]", "[xxaxx, xxbxx]");
    }

    #[test]
    fn lists_of_lists_are_left_alone() {
        for text in ["[[1, 2], [3]]", "[[]]", "[[\"a\"]]", "[[a\n]]", "[[a]", "[[a", "[[", "\\[[a]]", "[[a] ]"] {
            check(text, text);
        }
    }

    #[test]
    fn masking_takes_linear_time() {
        for text in ["[", "[[a", "[[a]]", "[[a]", "[[\""] {
            let text = text.repeat(1_000_000 / text.len());
            assert_eq!(Masked::new(&text).text().len(), text.len());
        }
    }
}

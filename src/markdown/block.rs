//! Block ids: `^id` at the end of a paragraph or item, or by itself behind any other block.

use std::ops::Range;

use super::body::{Extent, HoleKind};
use super::escape;
use super::read::Reader;

/// A block with an id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// The id as written, without `^`.
    pub id: String,
    /// The id in the HTML: the same, unless a heading or an earlier block has it.
    pub anchor: String,
    /// The mark `^id`, in the source.
    pub at: Extent,
    /// The block, in [`Body::html`](super::Body::html).
    pub html: Extent,
    /// What it must be wrapped in to stand alone.
    pub wrap: Wrap,
}

/// What a block must be wrapped in to stand alone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Wrap {
    /// Nothing.
    Nothing,
    /// It is an item, and needs a list.
    List,
}

/// Finds a block id at the end of a text: the offset of its `^`. White space, or nothing, stands before it.
pub(super) fn find(text: &str) -> Option<usize> {
    let text = text.trim_end();
    let caret = text.rfind('^')?;
    let id = &text[caret + 1..];
    let sound = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let free = text[..caret].is_empty() || text[..caret].ends_with(char::is_whitespace);
    (sound && free).then_some(caret)
}

/// Writes the id attribute of a block or heading.
pub(super) fn write_id(prefix: &str, id: &str, out: &mut String) {
    out.push_str(" id=\"");
    escape::attribute(prefix, out);
    escape::attribute(id, out);
    out.push('"');
}

/// Returns what a block is wrapped in to stand alone.
pub(super) fn wrap(wrap: Wrap) -> (&'static str, &'static str) {
    match wrap {
        Wrap::Nothing => ("", ""),
        Wrap::List => ("<ul>\n", "</ul>\n"),
    }
}

impl Reader<'_> {
    /// Names the last block: its tag begins at `html`. A picture by itself has none, and gets one.
    pub(super) fn name_block(&mut self, id: &str, at: Range<usize>, html: usize, wrap: Wrap) -> Option<usize> {
        if self.sink.is_note() {
            return None;
        }
        self.sink.enclose_figure(html);
        let tag = self.sink.html.get(html..)?.strip_prefix('<')?;
        let name = tag.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let number = self.body.blocks.len();
        self.sink.hole_at(html + 1 + name, HoleKind::BlockId(Extent::new(number, 0).start));
        let (id, anchor) = (id.to_owned(), String::new());
        let html = Extent::new(html, self.sink.html.len());
        self.body.blocks.push(Block { id, anchor, at: at.into(), html, wrap });
        Some(number)
    }
}

#[cfg(test)]
mod tests {
    fn check(text: &str, expect: Option<usize>) {
        assert_eq!(super::find(text), expect, "{text}");
    }

    #[test]
    fn an_id_stands_at_the_end() {
        check("words ^quay-2", Some(6));
        check("^quay ", Some(0));
        check("words ^quay more", None);
        check("x^2", None);
        check("words ^", None);
        check("words ^a_b", None);
    }
}

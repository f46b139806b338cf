//! The article in a page: the one door to `dom_smoothie` (Mozilla's Readability).
//!
//! It builds a tree, which costs quadratic time on hostile nesting; pages of unlikely shape are left alone. It is used
//! to propose noise, never to decide what the text of a capture is.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::super::extract::{Format, extract};
use super::super::tokens::{self, Content, Sink, StartTag};
use super::lines;

/// The largest page, the most elements, the deepest nesting and the longest tag that are tried.
const MAX_SIZE: usize = 8 << 20;
const MAX_ELEMENTS: usize = 60_000;
const MAX_DEPTH: usize = 400;
const MAX_TAG: usize = 100_000;

/// The longest text times its characters that are escaped: each has the serializer look through all that follows.
const MAX_ESCAPES: usize = 100_000_000;

/// Returns the lines of the article in a page; `None` where there is none, or not enough of one.
pub(super) fn body(html: &str) -> Option<BTreeSet<String>> {
    if html.len() > MAX_SIZE || !is_tame(html) {
        return None;
    }
    // The crate is young and its input is whatever the web holds; a panic costs the proposal and nothing else.
    let article = catch_unwind(AssertUnwindSafe(|| {
        let config =
            dom_smoothie::Config { max_elements_to_parse: MAX_ELEMENTS, disable_json_ld: true, ..Default::default() };
        dom_smoothie::Readability::new(html, None, Some(config)).ok()?.parse().ok()
    }));
    let article = article.ok()??;
    let text = extract(Format::Html, article.content.as_bytes(), &[]).ok()?;
    let words = text.text.split_whitespace().count();
    (words >= 60).then(|| lines(&text).collect())
}

/// Tells whether a page has a shape that a tree builder takes in good time.
fn is_tame(html: &str) -> bool {
    let mut shape = Shape::default();
    tokens::read(html, 1, &mut shape);
    let tags = html.split('<').all(|part| part.find('>').unwrap_or(part.len()) < MAX_TAG || shape.has_scripts);
    tags && !shape.is_costly && shape.elements <= MAX_ELEMENTS && shape.deepest <= MAX_DEPTH
}

#[derive(Default)]
struct Shape {
    elements: usize,
    depth: usize,
    deepest: usize,
    has_scripts: bool,
    is_costly: bool,
}

impl Sink for Shape {
    fn wants_attributes(&self, _name: &str) -> bool {
        false
    }

    fn start(&mut self, tag: &StartTag) -> Content {
        const EMPTY: [&str; 13] =
            ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
        // Elements whose end tags may be missing do not nest in each other.
        const OPEN: [&str; 12] = ["p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "path", "body"];
        self.elements += 1;
        self.has_scripts |= matches!(tag.name.as_str(), "script" | "style");
        let name = tag.name.as_str();
        if !tag.closes_itself && !EMPTY.contains(&name) && !OPEN.contains(&name) {
            self.depth += 1;
            self.deepest = self.deepest.max(self.depth);
        }
        Content::Own
    }

    fn end(&mut self, name: &str) {
        const OPEN: [&str; 12] = ["p", "li", "td", "th", "tr", "dt", "dd", "option", "tbody", "thead", "path", "body"];
        if !OPEN.contains(&name) {
            self.depth = self.depth.saturating_sub(1);
        }
    }

    fn text(&mut self, text: &str, _line: u32) {
        let escaped = text.bytes().filter(|byte| matches!(byte, b'&' | b'<' | b'>')).count();
        self.is_costly |= text.len() * escaped > MAX_ESCAPES;
    }
}

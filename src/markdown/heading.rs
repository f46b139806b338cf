//! Headings: their ids by GitHub's algorithm, and levels that begin at 2 and skip none on the way down.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::HeadingLevel;

use super::block::{Block, Wrap};
use super::body::{Body, Extent, FirstHeading, HoleKind};
use super::image::Seat;
use super::node::Prose;
use super::plain::LeafKind;
use super::read::Reader;

/// A heading.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Heading {
    /// Its id, by GitHub's algorithm, unique in the body.
    pub id: String,
    /// Its level in the HTML, 2 to 6: the first is 2, and none is skipped on the way down.
    pub level: u8,
    /// The heading, in the source.
    pub at: Extent,
    /// Its words, in [`Body::text`](super::Body::text); see [`Body::plain`](super::Body::plain).
    pub text: Extent,
    /// What stands inside it, in [`Body::html`](super::Body::html), without the permanent link.
    pub html: Extent,
    /// The heading and what belongs under it, in [`Body::html`](super::Body::html).
    pub section: Extent,
    /// Whether it stands in the HTML; a heading that gave the title does not.
    pub shown: bool,
}

/// Gives out ids: GitHub's, each once.
#[derive(Default, Debug)]
pub(super) struct Ids {
    taken: BTreeMap<String, u32>,
}

impl Ids {
    /// Makes the id of a heading with these words: lower case, letters, digits, `-` and `_` kept, spaces as hyphens.
    /// A second heading of the same words gets `-1` behind it; so does one whose id the notes of a page use.
    pub(super) fn id(&mut self, words: &str) -> String {
        self.unique(slug(words))
    }

    /// Returns `id`, or `id` with the first free number behind it.
    pub(super) fn unique(&mut self, id: String) -> String {
        let is_free = !id.is_empty() && !is_reserved(&id);
        if is_free && !self.taken.contains_key(&id) {
            self.taken.insert(id.clone(), 0);
            return id;
        }
        let mut number = self.taken.get(&id).copied().unwrap_or(0);
        loop {
            number += 1;
            let next = if id.is_empty() { format!("section-{number}") } else { format!("{id}-{number}") };
            if !self.taken.contains_key(&next) {
                self.taken.insert(id, number);
                self.taken.insert(next.clone(), 0);
                return next;
            }
        }
    }
}

/// Makes an id of words, as GitHub does, whether or not it is taken.
fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for letter in words.trim().chars() {
        match letter {
            ' ' => slug.push('-'),
            _ if letter.is_ascii_alphanumeric() => slug.push(letter.to_ascii_lowercase()),
            '-' | '_' => slug.push(letter),
            _ if letter.is_alphanumeric() || is_mark(letter) => slug.extend(letter.to_lowercase()),
            _ => {}
        }
    }
    slug
}

impl Body {
    /// Finds the heading that a fragment names, by its id or else by its words, in any letter case; of several the first.
    pub fn heading_named(&self, fragment: &str) -> Option<usize> {
        let by_id = self.headings.iter().position(|heading| heading.id == fragment);
        by_id.or_else(|| {
            let wanted = slug(fragment);
            let words = |heading: &Heading| slug(&self.text[heading.text.range()]);
            self.headings.iter().position(|heading| !wanted.is_empty() && words(heading) == wanted)
        })
    }

    /// Finds the block that carries an id, in any letter case.
    pub fn block_named(&self, id: &str) -> Option<usize> {
        self.blocks.iter().position(|block| block.id.eq_ignore_ascii_case(id))
    }
}

/// Tells whether a letter combines with the one before it.
fn is_mark(letter: char) -> bool {
    unicode_normalization::char::is_combining_mark(letter)
}

/// Tells whether an id is of the shape that notes, citations, sources, passages and the theme's own parts have on a page:
/// `note-3`, `ref-3-b`, `src-x`, `para-7`, `h-sources`.
fn is_reserved(id: &str) -> bool {
    let number = |rest: &str| rest.starts_with(|letter: char| letter.is_ascii_digit());
    let numbered = ["note-", "ref-", "cite-", "q-", "on-q-", "para-", "page-"];
    numbered.iter().any(|kind| id.strip_prefix(kind).is_some_and(number))
        || id.starts_with("src-")
        || id.starts_with("h-")
}

/// Works out the levels in the HTML from those that were written.
#[derive(Default, Debug)]
pub(super) struct Levels {
    above: Vec<(u8, u8)>,
}

impl Levels {
    /// Returns the level in the HTML of the next heading.
    pub(super) fn level(&mut self, written: u8) -> u8 {
        while self.above.last().is_some_and(|above| above.0 >= written) {
            self.above.pop();
        }
        let level = self.above.last().map_or(2, |above| (above.1 + 1).min(6));
        self.above.push((written, level));
        level
    }
}

/// Writes a heading's permanent link.
pub(super) fn write_anchor(id: &str, prefix: &str, out: &mut String) {
    out.push_str("<a class=\"anchor\" href=\"#");
    super::escape::attribute(prefix, out);
    super::escape::attribute(id, out);
    out.push_str("\" aria-hidden=\"true\" tabindex=\"-1\"></a>");
}

impl Reader<'_> {
    /// Writes the heading whose nodes have been gathered.
    pub(super) fn heading(&mut self, level: HeadingLevel, range: Range<usize>) {
        self.set_leaf(false);
        let mut nodes = std::mem::take(&mut self.nodes);
        let name = self.take_id(&mut nodes);
        let is_title = self.options.first_heading == FirstHeading::IsTitle
            && self.body.headings.is_empty()
            && self.below.is_empty()
            && (level == HeadingLevel::H1 || self.levels.len() == 1 && self.levels[0].blocks == 0);
        let html = self.begin_block();
        let prose = Prose { source: self.source, nodes: &nodes, start: self.start, smart: self.options.smart };
        if self.sink.is_note() {
            self.blocks_only();
            self.sink.html.push_str("<p><strong>");
            self.prose(prose, LeafKind::Heading, Seat::Line);
            self.sink.html.push_str("</strong></p>\n");
            return self.reuse(nodes);
        }
        let number = self.body.headings.len();
        let index = Extent::new(number, 0).start;
        let written = level as u8;
        let shown = if is_title { written } else { self.heights.level(written) };
        if !is_title {
            self.end_sections_for(written);
            self.sink.html.push_str(&format!("<h{shown}"));
            self.sink.hole(HoleKind::HeadingId(index));
            self.sink.html.push('>');
            self.sink.hole(HoleKind::NotesHold);
        }
        let inside = self.sink.html.len();
        let (holes, leaf) = (self.sink.holes.len(), self.plain.leaves.len());
        self.prose(prose, LeafKind::Heading, Seat::Line);
        let end = self.sink.html.len();
        let text = self.plain.leaves[leaf].text;
        let id = self.ids.id(&self.plain.text[text.range()]);
        if let Some((at, name)) = name {
            let html = Extent::new(html, html);
            let (at, wrap) = (at.into(), Wrap::Nothing);
            self.body.blocks.push(Block { id: name, anchor: id.clone(), at, html, wrap });
        }
        let at = range.clone().into();
        let (html_at, section) = (Extent::new(inside, end), Extent::new(html, html));
        self.body.headings.push(Heading { id, level: shown, at, text, html: html_at, section, shown: !is_title });
        if is_title {
            self.sink.html.truncate(html);
            self.sink.holes.truncate(holes);
            self.body.headings[number].html = Extent::new(html, html);
            self.levels[0].blocks -= usize::from(self.levels.len() == 1);
            self.sections.push((number, written, self.levels.len()));
        } else {
            self.sink.hole(HoleKind::HeadingAnchor(index));
            self.sink.html.push_str(&format!("</h{shown}>\n"));
            self.sink.hole(HoleKind::NotesAfter);
            self.sections.push((number, written, self.levels.len()));
        }
        if let Some(block) = self.body.blocks.last_mut().filter(|block| block.anchor == self.body.headings[number].id) {
            block.html.end = Extent::new(self.sink.html.len(), 0).start;
        }
        self.reuse(nodes);
        self.end_block(html, range);
    }

    /// Ends the sections of headings at least as deep as `depth` levels.
    pub(super) fn end_sections(&mut self, depth: usize) {
        let end = Extent::new(self.sink.html.len(), 0).start;
        while let Some((heading, ..)) = self.sections.pop_if(|section| section.2 >= depth) {
            self.body.headings[heading].section.end = end;
        }
    }

    /// Ends the sections that a heading of a level ends.
    fn end_sections_for(&mut self, level: u8) {
        let (end, depth) = (Extent::new(self.sink.html.len(), 0).start, self.levels.len());
        let ends = |section: &mut (usize, u8, usize)| section.2 > depth || section.2 == depth && section.1 >= level;
        while let Some((heading, ..)) = self.sections.pop_if(ends) {
            self.body.headings[heading].section.end = end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Ids, Levels};

    fn check(headings: &[&str], expect: &[&str]) {
        let mut ids = Ids::default();
        let made: Vec<String> = headings.iter().map(|words| ids.id(words)).collect();
        assert_eq!(made, expect);
    }

    #[test]
    fn ids_are_githubs() {
        check(&["Hello, World!", "What's new?", "a_b - c"], &["hello-world", "whats-new", "a_b---c"]);
        check(&["Überblick: 2021–2023", "日本語"], &["überblick-20212023", "日本語"]);
    }

    #[test]
    fn a_second_heading_of_the_same_words_is_numbered() {
        check(&["A", "A", "A-1", "A"], &["a", "a-1", "a-1-1", "a-2"]);
        check(&["!", "!"], &["section-1", "section-2"]);
    }

    #[test]
    fn a_heading_does_not_take_the_id_of_a_note() {
        check(&["Note 3", "Note three"], &["note-3-1", "note-three"]);
    }

    #[test]
    fn a_heading_is_found_by_its_id_or_words() {
        let body = super::super::trial::body("# Early *life*\n\n# Later\n\n# Later\n\na ^Quay");
        let found = |fragment: &str| body.heading_named(fragment);
        assert_eq!((found("early-life"), found("Early life"), found("EARLY LIFE")), (Some(0), Some(0), Some(0)));
        assert_eq!((found("later-1"), found("Later"), found("none"), found("")), (Some(2), Some(1), None, None));
        assert_eq!((body.block_named("quay"), body.block_named("x")), (Some(0), None));
    }

    #[test]
    fn levels_begin_at_2_and_skip_none() {
        let mut levels = Levels::default();
        let made: Vec<u8> = [2, 4, 4, 3, 1, 2, 6].iter().map(|written| levels.level(*written)).collect();
        assert_eq!(made, [2, 3, 3, 3, 2, 3, 4]);
    }
}

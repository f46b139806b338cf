//! Callouts whose title is followed by a table at once. To pulldown-cmark title and table are one paragraph, and no table;
//! so it is shown the text with a blank in place of the title's line, and the title is read by itself. Offsets stay.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::callout::{self, Marker};
use super::comment::{line_end, line_start};
use super::node::Node;
use super::read;

/// A text with blanks in place of some titles.
pub(super) struct Detached {
    /// The text as pulldown-cmark sees it.
    pub(super) seen: String,
    /// Where the markers of the callouts begin whose title it does not see, ascending.
    pub(super) markers: Vec<usize>,
}

/// Finds the callouts whose title a table follows at once; `None` where there are none, as in most texts.
pub(super) fn detach(source: &str) -> Option<Detached> {
    let mut markers: Vec<usize> = Vec::new();
    let mut seen = String::new();
    let mut done = 0;
    for at in memchr::memmem::find_iter(source.as_bytes(), b"[!") {
        let prefix = &source[line_start(source, at).max(at.saturating_sub(200))..at];
        let is_first = prefix.contains('>') && prefix.trim_start_matches([' ', '\t', '>']).is_empty();
        let Some(marker) = callout::marker(source, at).filter(|_| is_first) else { continue };
        let line = title_of(source, &marker);
        if is_table(source, line.end, prefix.matches('>').count()) {
            seen.push_str(&source[done..at]);
            seen.extend(std::iter::repeat_n(' ', line.end - at));
            done = line.end;
            markers.push(at);
        }
    }
    if markers.is_empty() {
        return None;
    }
    seen.push_str(&source[done..]);
    Some(Detached { seen, markers })
}

/// Returns where a callout's title stands: what follows its marker on the line.
fn title_of(source: &str, marker: &Marker) -> Range<usize> {
    let end = line_end(source, marker.at.end);
    let end = marker.at.end + source[marker.at.end..end].trim_end_matches(['\r', '\n']).len();
    marker.at.end..end
}

/// Tells whether the two lines behind an offset are a table's head and its delimiters, in the same block quote: a line
/// without its marks goes on a paragraph, but no table.
fn is_table(source: &str, at: usize, depth: usize) -> bool {
    let mut lines = source[at..].splitn(4, '\n').skip(1).map_while(|line| {
        let words = line.trim_start_matches([' ', '\t', '>']);
        let marks = line[..line.len() - words.len()].matches('>').count();
        (marks >= depth).then_some(words.trim_end())
    });
    let head = lines.next().is_some_and(|line| line.contains('|'));
    let is_delimiter =
        |line: &str| line.contains('-') && line.contains('|') && line.bytes().all(|byte| b"|:- \t".contains(&byte));
    head && lines.next().is_some_and(is_delimiter)
}

/// Reads the title of a callout by itself.
pub(super) fn title<'t>(source: &'t str, marker: &Marker) -> Vec<Node<'t>> {
    let line = title_of(source, marker);
    let words = &source[line.clone()];
    let start = line.start + (words.len() - words.trim_start().len());
    let words = words.trim();
    let mut nodes: Vec<Node<'t>> = Vec::new();
    for (event, range) in Parser::new_ext(words, read::extensions()).into_offset_iter() {
        match event {
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            Event::Start(ref tag) if !read::is_inline(tag) => {
                let event = Event::Text(words.into());
                return vec![Node { event, start, end: start + words.len() }];
            }
            event => nodes.push(Node { event, start: start + range.start, end: start + range.end }),
        }
    }
    nodes
}

#[cfg(test)]
mod tests {
    use super::super::trial::html;

    fn check(text: &str, expect: &str) {
        let page = html(text);
        assert!(page.starts_with(expect), "{text:?}: {page}");
    }

    const OPEN: &str = "<div class=\"callout callout-note\" role=\"note\"><p class=\"callout-title\">";

    #[test]
    fn a_table_may_follow_a_title_at_once() {
        let table = "</p>\n<div class=\"table\"";
        check("> [!note] On *this*\n> | a |\n> |---|\n> | b |", &format!("{OPEN}On <em>this</em>{table}"));
        check("> [!note]\r\n> | a | b |\r\n> |:--|--:|\r\n", &format!("{OPEN}Note{table}"));
        check("> [!note] # x\n> a | b\n> --|--", &format!("{OPEN}# x{table}"));
        check("> > [!note] T\n> > | a |\n> > |---|", &format!("<blockquote>\n{OPEN}T{table}"));
    }

    #[test]
    fn what_is_no_table_stays_in_the_paragraph() {
        check("> [!note] T\n> a | b\n> c", &format!("{OPEN}T</p>\n<p>a | b\nc</p>"));
        check(
            "> ```\n> [!note] T\n> | a |\n> |---|\n> ```",
            "<blockquote>\n<pre tabindex=\"0\"><code>[!note] T\n| a |\n|---|\n</code>",
        );
    }
}

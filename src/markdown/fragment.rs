//! Short pieces of a text as HTML of their own: a citation's prefix and suffix. Emphasis and code stay, links go.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::body::Smart;
use super::node::Prose;
use super::{escape, punctuation};

/// Returns the HTML of a range of the source. What begins or ends outside of it is as long as the range.
pub(super) fn html(prose: Prose<'_, '_>, range: Range<usize>) -> String {
    let mut out = String::new();
    let mut open: Vec<&str> = Vec::new();
    for node in prose.within(&range) {
        match &node.event {
            Event::Start(tag @ (Tag::Emphasis | Tag::Strong)) => {
                let name = if *tag == Tag::Emphasis { "em" } else { "strong" };
                out.push_str(&format!("<{name}>"));
                open.push(name);
            }
            Event::End(tag @ (TagEnd::Emphasis | TagEnd::Strong)) => {
                let name = if *tag == TagEnd::Emphasis { "em" } else { "strong" };
                if open.pop().is_none() {
                    out.insert_str(0, &format!("<{name}>"));
                }
                out.push_str(&format!("</{name}>"));
            }
            Event::Code(text) => {
                out.push_str("<code>");
                escape::text(text, &mut out);
                out.push_str("</code>");
            }
            _ => {
                let words = prose.words(node, &range).unwrap_or_default();
                match prose.smart {
                    Smart::On => escape::text(&punctuation::smarten(words), &mut out),
                    Smart::Off => escape::text(words, &mut out),
                }
            }
        }
    }
    for name in open.into_iter().rev() {
        out.push_str(&format!("</{name}>"));
    }
    out
}

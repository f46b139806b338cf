//! Short pieces of a text as HTML of their own: a citation's prefix and suffix. Emphasis and code stay, links go.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::body::Smart;
use super::node::Prose;
use super::{escape, punctuation};

/// Returns the HTML of a range of the source in which every element lies whole.
pub(super) fn html(prose: Prose<'_, '_>, range: Range<usize>) -> String {
    let mut out = String::new();
    for node in prose.within(&range) {
        match &node.event {
            Event::Start(Tag::Emphasis) => out.push_str("<em>"),
            Event::End(TagEnd::Emphasis) => out.push_str("</em>"),
            Event::Start(Tag::Strong) => out.push_str("<strong>"),
            Event::End(TagEnd::Strong) => out.push_str("</strong>"),
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
    out
}

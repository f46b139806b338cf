//! The inline events of one block, gathered before anything is written, so that constructs that pulldown-cmark does not
//! know (citations, quotations, tags …) can be found across the pieces that it cuts text into.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::body::Smart;
use super::link::{self, Address};

/// An inline event and where it stands in the source.
#[derive(Clone, Debug)]
pub(super) struct Node<'t> {
    /// The event.
    pub(super) event: Event<'t>,
    /// Offset of its first byte.
    pub(super) start: usize,
    /// Offset behind its last byte; an end has the extent of the whole element.
    pub(super) end: usize,
}

impl<'t> Node<'t> {
    /// Returns the text of a node whose bytes are those of the source; `None` for entities and anything but text.
    pub(super) fn literal(&self, source: &'t str) -> Option<&'t str> {
        let Event::Text(text) = &self.event else { return None };
        let slice = source.get(self.start..self.end)?;
        (std::ptr::eq(slice.as_ptr(), text.as_ptr()) || slice == &**text).then_some(slice)
    }

    /// Tells whether the node opens an element.
    pub(super) fn opens(&self) -> bool {
        matches!(self.event, Event::Start(_))
    }

    /// Tells whether the node closes an element.
    pub(super) fn closes(&self) -> bool {
        matches!(self.event, Event::End(_))
    }

    /// Tells whether the node opens a link, whose label may hold no other link.
    pub(super) fn opens_link(&self) -> bool {
        matches!(self.event, Event::Start(Tag::Link { .. }))
    }

    /// Tells whether the node closes a link.
    pub(super) fn closes_link(&self) -> bool {
        matches!(self.event, Event::End(TagEnd::Link))
    }

    /// Tells whether what the node opens is no prose: an image's text, an address, a target.
    pub(super) fn is_opaque(&self) -> bool {
        match &self.event {
            Event::Start(Tag::Image { .. }) => true,
            Event::Start(Tag::Link { link_type, .. }) => {
                matches!(link_type, LinkType::Autolink | LinkType::Email | LinkType::WikiLink { has_pothole: false })
            }
            _ => false,
        }
    }

    /// Tells whether the node is nothing but white space.
    pub(super) fn is_blank(&self) -> bool {
        match &self.event {
            Event::Text(text) => text.trim().is_empty(),
            Event::SoftBreak | Event::HardBreak => true,
            _ => false,
        }
    }

    /// Tells whether the node opens an image or embed of the site, not of the world.
    pub(super) fn opens_figure(&self) -> bool {
        match &self.event {
            Event::Start(Tag::Image { link_type: LinkType::WikiLink { .. }, .. }) => true,
            Event::Start(Tag::Image { dest_url, .. }) => link::judge(dest_url) == Address::Local,
            _ => false,
        }
    }

    /// Tells whether an image node embeds in the syntax of wikilinks.
    pub(super) fn is_embed(&self) -> bool {
        matches!(&self.event, Event::Start(Tag::Image { link_type: LinkType::WikiLink { .. }, .. }))
    }

    /// Tells whether the node opens an image or an embed.
    pub(super) fn opens_image(&self) -> bool {
        matches!(&self.event, Event::Start(Tag::Image { .. }))
    }
}

/// Returns the index of the node that closes what `nodes[open]` opens (or the last one).
pub(super) fn closing(nodes: &[Node<'_>], open: usize) -> usize {
    let mut depth = 0usize;
    for (index, node) in nodes.iter().enumerate().skip(open) {
        if node.opens() {
            depth += 1;
        } else if node.closes() {
            depth -= 1;
            if depth == 0 {
                return index;
            }
        }
    }
    nodes.len().saturating_sub(1)
}

/// The inline nodes of one block, and the text that they stand in.
#[derive(Clone, Copy)]
pub(super) struct Prose<'n, 't> {
    /// The whole source.
    pub(super) source: &'t str,
    /// The nodes, in order.
    pub(super) nodes: &'n [Node<'t>],
    /// Where the block's first line begins, behind its container's marks.
    pub(super) start: usize,
    /// Whether punctuation is made typographic.
    pub(super) smart: Smart,
}

impl<'n, 't> Prose<'n, 't> {
    /// Returns the nodes that lie in a range of the source, whole or in part. Elements are in it if their tag is.
    pub(super) fn within(&self, range: &Range<usize>) -> &'n [Node<'t>] {
        let behind = |node: &Node<'_>| if node.opens() { node.start + 1 } else { node.end };
        let before = |node: &Node<'_>| if node.closes() { node.end - 1 } else { node.start };
        let first = self.nodes.partition_point(|node| behind(node) <= range.start);
        let last = self.nodes.partition_point(|node| before(node) < range.end);
        &self.nodes[first..last.max(first)]
    }

    /// Returns a node's text, clipped to a range of the source; `None` where it is no text.
    pub(super) fn words<'a>(&self, node: &'a Node<'t>, range: &Range<usize>) -> Option<&'a str>
    where
        't: 'a,
    {
        match &node.event {
            Event::Text(text) => Some(match node.literal(self.source) {
                Some(_) => self.source.get(node.start.max(range.start)..node.end.min(range.end)).unwrap_or_default(),
                None => text,
            }),
            Event::Code(text) | Event::InlineHtml(text) => Some(text),
            Event::SoftBreak | Event::HardBreak => Some(" "),
            _ => None,
        }
    }
}

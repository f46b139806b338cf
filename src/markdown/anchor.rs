//! Links, mentions, images and embeds as they are written into a block.
//!
//! Inside a citation nothing of them is written, but they are recorded all the same: what points elsewhere must be
//! known, wherever it stands.

use std::ops::Range;

use pulldown_cmark::{CowStr, Event, LinkType, Tag};

use crate::diagnostic::{code, said};

use super::body::{Extent, HoleKind};
use super::escape;
use super::image::{self, Seat};
use super::link::{self, Address, Link};
use super::mention::{self, Fragment, Mention, MentionKind};
use super::node::{Node, Prose};
use super::read::Reader;
use super::write::{OpenLink, State};

/// Whether what a link or image stands in is written, or only what it points at recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shown {
    /// It is written.
    Yes,
    /// It is recorded only: a citation is written in its place.
    No,
}

impl<'t> Reader<'t> {
    /// Opens a link; tells whether its label has been written in its stead. `nodes` are the indices of its two ends.
    pub(super) fn open_link(
        &mut self,
        prose: Prose<'_, 't>,
        nodes: Range<usize>,
        shown: Shown,
        state: &mut State,
    ) -> bool {
        let node = &prose.nodes[nodes.start];
        let Event::Start(Tag::Link { link_type, dest_url, .. }) = &node.event else { return false };
        let at = node.start..node.end;
        let mention = match link_type {
            LinkType::WikiLink { .. } => mention::wiki(self.source, at.clone(), dest_url, MentionKind::Wiki),
            LinkType::Email => return self.open_world(&format!("mailto:{dest_url}"), at, shown, state),
            _ => match link::judge(dest_url) {
                Address::World => return self.open_world(dest_url, at, shown, state),
                Address::Unsafe => {
                    self.report_unsafe(dest_url, at);
                    if shown == Shown::Yes {
                        state.links.push(OpenLink::Dropped);
                    }
                    return false;
                }
                Address::Local => self.local(prose, &nodes, dest_url, MentionKind::Link),
            },
        };
        if shown == Shown::No {
            self.record(mention, state.leaf);
            return false;
        }
        self.open_mention(mention, state)
    }

    /// Opens a mention; tells whether its target has been written in place of a label.
    pub(super) fn open_mention(&mut self, mention: Mention, state: &mut State) -> bool {
        let label = mention.is_labelled();
        let words = if mention.target.is_empty() { fragment_words(&mention) } else { mention.target.to_string() };
        let target = mention.target_at.range();
        let number = self.record(mention, state.leaf);
        if state.links.is_empty() {
            self.sink.hole(HoleKind::MentionOpen(number));
            state.links.push(OpenLink::Mention(number));
        } else {
            state.links.push(OpenLink::Dropped);
        }
        self.body.mentions[number as usize].html.start = Extent::new(self.sink.html.len(), 0).start;
        if label {
            return false;
        }
        self.sign(&words, target);
        escape::text(&words, &mut self.sink.html);
        true
    }

    /// Opens a link to the world.
    pub(super) fn open_world(&mut self, url: &str, at: Range<usize>, shown: Shown, state: &mut State) -> bool {
        let number = Extent::new(self.body.links.len(), 0).start;
        self.body.links.push(Link { url: url.trim().to_owned(), at: at.into() });
        match shown {
            Shown::Yes if state.links.is_empty() => {
                link::open(url, "external", &mut self.sink.html);
                state.links.push(OpenLink::World(number));
            }
            Shown::Yes => state.links.push(OpenLink::Dropped),
            Shown::No => {}
        }
        false
    }

    /// Closes the link that is open.
    pub(super) fn close_link(&mut self, state: &mut State) {
        match state.links.pop() {
            Some(OpenLink::Mention(number)) => {
                let mention = &mut self.body.mentions[number as usize];
                mention.html.end = Extent::new(self.sink.html.len(), 0).start;
                mention.text.end = Extent::new(self.plain.text.len(), 0).start;
                self.sink.hole(HoleKind::MentionClose(number));
            }
            Some(OpenLink::World(number)) => {
                self.sink.html.push_str("</a>");
                self.sink.hole(HoleKind::Archived(number));
            }
            Some(OpenLink::Dropped) | None => {}
        }
        if state.links.is_empty() {
            for kind in std::mem::take(&mut state.hoisted) {
                self.sink.hole(kind);
            }
        }
    }

    /// Takes a link or image with a path of the site.
    fn local(&self, prose: Prose<'_, 't>, nodes: &Range<usize>, url: &CowStr<'t>, kind: MentionKind) -> Mention {
        let node = &prose.nodes[nodes.start];
        let start = node.start + if kind == MentionKind::Image { 2 } else { 1 };
        let end = prose.nodes[nodes.start + 1..nodes.end].iter().map(|node| node.end).max().unwrap_or(start);
        let target_at = mention::target_at(self.source, node.start..node.end, end, url);
        let label = self.source.get(start..end).filter(|label| !label.trim().is_empty());
        let label = label.map_or(Extent::default(), |_| Extent::new(start, end));
        mention::link(url, node.start..node.end, target_at, label, kind)
    }

    /// Records a mention that stands here.
    fn record(&mut self, mut mention: Mention, leaf: u32) -> u32 {
        let at = self.plain.text.len();
        (mention.leaf, mention.text) = (leaf, Extent::new(at, at));
        self.body.mentions.push(mention);
        Extent::new(self.body.mentions.len() - 1, 0).start
    }

    /// Writes an image or embed. `nodes` are the indices of its two ends.
    pub(super) fn image(&mut self, prose: Prose<'_, 't>, nodes: Range<usize>, shown: Shown, state: &mut State) {
        let node = &prose.nodes[nodes.start];
        let Event::Start(Tag::Image { link_type, dest_url, title, .. }) = &node.event else { return };
        let inner = &prose.nodes[nodes.start + 1..nodes.end];
        let at = node.start..node.end;
        let alt: String = inner.iter().filter_map(|node| prose.words(node, &at)).collect();
        let is_embed = node.is_embed();
        let (mut mention, mut figure) = if is_embed {
            let mention = mention::wiki(self.source, at.clone(), dest_url, MentionKind::Embed);
            let label = mention.label_at.map_or(String::new(), |label| self.source[label.range()].replace("\\|", "|"));
            (mention, image::read(&label))
        } else {
            match link::judge(dest_url) {
                Address::Unsafe => self.report_unsafe(dest_url, at.clone()),
                Address::World if matches!(link_type, LinkType::Inline) || !dest_url.is_empty() => {
                    self.remote(dest_url, &alt, at.clone(), shown, state);
                }
                _ => {}
            }
            if link::judge(dest_url) != Address::Local {
                return self.nested(inner, state.leaf);
            }
            (self.local(prose, &nodes, dest_url, MentionKind::Image), image::read(&alt))
        };
        figure.seat = if state.links.is_empty() && shown == Shown::Yes { state.seat } else { Seat::Line };
        mention.figure = Some(Box::new(figure));
        let number = self.body.mentions.len();
        match shown {
            Shown::Yes => self.put_figure(mention, state),
            Shown::No => drop(self.record(mention, state.leaf)),
        }
        self.nested(inner, state.leaf);
        if !title.is_empty() {
            self.image_title(title, at, number, state.leaf);
        }
    }

    /// Reads the title of the image of that number, which stands at `at`, and records what it mentions.
    fn image_title(&mut self, title: &str, at: Range<usize>, number: usize, leaf: u32) {
        let mut figure = self.body.mentions[number].figure.take().unwrap_or_default();
        // With escapes in it, or where the image is defined elsewhere, it does not stand here as it is meant.
        let start = self.source[at.clone()].rfind(title).map(|start| at.start + start);
        image::read_title(title, &mut figure, |written| {
            let place = |range: &Range<usize>| start.map(|start| start + range.start..start + range.end);
            let here = place(&written.at).unwrap_or(at.clone());
            let label = written.label.as_ref().and_then(place);
            let mention = match (written.kind, start) {
                (MentionKind::Link, _) => {
                    let label = label.map_or(Extent::default(), Extent::from);
                    mention::link(written.url, here.clone(), here, label, MentionKind::Link)
                }
                (kind, Some(_)) => mention::wiki(self.source, here, written.url, kind),
                (kind, None) => {
                    let target = written.url.split('|').next().unwrap_or(written.url);
                    mention::wiki(self.source, here, target, kind)
                }
            };
            self.record(mention, leaf)
        });
        self.body.mentions[number].figure = Some(figure);
    }

    /// Puts an image or embed where it stands. One that says nothing to those who do not see it is reported.
    pub(super) fn put_figure(&mut self, mention: Mention, state: &mut State) {
        let is_image = mention.kind == MentionKind::Image || image::is_image(&mention.target);
        if is_image && mention.figure.as_ref().is_some_and(|figure| figure.alt.is_none()) {
            let words = format!("image \"{}\" has no alternative text", mention.target);
            let help = "say what it shows, for those who do not see it";
            self.report(&code::MISSING_ALT, words, Some(help), mention.at.range());
        }
        // Whatever may turn out to be a link may not stand in one.
        let is_surely_one = image::is_image(&mention.target);
        let number = self.record(mention, state.leaf);
        match is_surely_one {
            true => self.sink.hole(HoleKind::Figure(number)),
            false => self.put(HoleKind::Figure(number), state),
        }
    }

    /// Writes an image of the world as a link, so that no page makes a request to another site.
    pub(super) fn remote(&mut self, url: &str, alt: &str, at: Range<usize>, shown: Shown, state: &State) {
        let words = format!("image \"{}\" is on another site, so it is a link", url.trim());
        self.report(&code::REMOTE_IMAGE, words, Some("keep a copy beside the record"), at.clone());
        let number = Extent::new(self.body.links.len(), 0).start;
        self.body.links.push(Link { url: url.trim().to_owned(), at: at.clone().into() });
        if shown == Shown::No {
            return;
        }
        let words = if alt.trim().is_empty() { url.trim() } else { alt };
        let is_link = state.links.is_empty();
        if is_link {
            link::open(url, "external remote-image", &mut self.sink.html);
        }
        self.sign(words, at);
        escape::text(words, &mut self.sink.html);
        if is_link {
            self.sink.html.push_str("</a>");
            self.sink.hole(HoleKind::Archived(number));
        }
    }

    /// Records the mentions inside an image's text, of which nothing else is kept.
    fn nested(&mut self, inner: &[Node<'t>], leaf: u32) {
        for node in inner {
            let at = node.start..node.end;
            let (url, kind) = match &node.event {
                Event::Start(Tag::Link { link_type: LinkType::WikiLink { .. }, dest_url, .. }) => {
                    (dest_url, MentionKind::Wiki)
                }
                Event::Start(Tag::Image { link_type: LinkType::WikiLink { .. }, dest_url, .. }) => {
                    (dest_url, MentionKind::Embed)
                }
                _ => continue,
            };
            let mention = mention::wiki(self.source, at.clone(), url, kind);
            self.record(mention, leaf);
        }
    }

    pub(super) fn report_unsafe(&mut self, url: &str, at: Range<usize>) {
        let words = format!("address \"{}\" is not published", said(url));
        let help = "an address begins with https:, http:, mailto: or tel:, or is a path of the site";
        self.report(&code::UNSAFE_URL, words, Some(help), at);
    }
}

/// Returns the words of a mention that has nothing but a fragment.
fn fragment_words(mention: &Mention) -> String {
    match mention.fragment.as_deref() {
        Some(Fragment::Heading(words) | Fragment::Block(words)) => words.clone(),
        None => String::new(),
    }
}

//! The sieve for raw HTML: what comes through is written anew from lists of harmless elements and attributes.
//!
//! It works while the text is read, not on the finished page: a raw link becomes a mention or a link to the world like
//! any other, a raw image is looked up or, if it is remote, a link; a sanitiser that ran on the result could neither
//! check nor resolve them. Elements always nest: one that is left open is closed with what surrounds it, and a close
//! without an open is left out. Elements that hold blocks are levels of the reader, all others end with their line.

use std::ops::Range;

use crate::diagnostic::{code, said};

use super::block::{Block, Wrap};
use super::body::{Extent, HoleKind, RawHtml};
use super::escape;
use super::frame::{Frame, Level};
use super::image::Figure;
use super::link::{self, Address};
use super::mention::{self, MentionKind};
use super::plain::LeafKind;
use super::raw::{self, RawKind, RawTag};
use super::read::Reader;
use super::write::State;

/// Elements that may stand in a line.
const PHRASING: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "rp", "rt",
    "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var",
];

/// Elements that hold blocks, or belong to those that do.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "caption",
    "colgroup",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hgroup",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements without content.
const VOID: &[&str] = &["br", "col", "hr", "img", "wbr"];

/// Elements that go with all they hold.
const SILENT: &[&str] = &[
    "script",
    "style",
    "iframe",
    "object",
    "embed",
    "template",
    "noscript",
    "textarea",
    "select",
    "title",
    "xmp",
    "plaintext",
    "noembed",
    "noframes",
    "svg",
    "math",
    "head",
    "audio",
    "video",
    "canvas",
    "applet",
    "frameset",
];

/// Attributes that any element may have.
const ATTRIBUTES: &[&str] = &["class", "title", "lang", "dir", "role"];

/// Attributes that some elements may have.
const OWN_ATTRIBUTES: &[(&str, &[&str])] = &[
    ("td", &["colspan", "rowspan", "headers"]),
    ("th", &["colspan", "rowspan", "headers", "scope", "abbr"]),
    ("col", &["span"]),
    ("colgroup", &["span"]),
    ("ol", &["start", "reversed", "type"]),
    ("li", &["value"]),
    ("time", &["datetime"]),
    ("del", &["datetime"]),
    ("ins", &["datetime"]),
    ("details", &["open"]),
];

fn known(list: &'static [&'static str], name: &str) -> Option<&'static str> {
    list.iter().copied().find(|known| *known == name)
}

/// Writes a tag that stands in a line.
pub(super) fn inline(reader: &mut Reader<'_>, text: &str, at: Range<usize>, state: &mut State) {
    match raw::read(text) {
        Some(tag) if tag.length == text.len() => reader.line_tag(&tag, at, state),
        _ => reader.leave_out(text, at),
    }
}

/// Writes a block of raw HTML.
pub(super) fn block(reader: &mut Reader<'_>, raw: &str, at: Range<usize>) {
    reader.begin_leaf(LeafKind::Verbatim);
    let leaf = Extent::new(reader.plain.leaves.len() - 1, 0).start;
    let mut state = State::of_leaf(leaf);
    let mut rest = raw;
    while let Some(open) = rest.find('<') {
        reader.raw_text(&rest[..open]);
        rest = &rest[open..];
        let Some(tag) = raw::read(rest) else {
            reader.raw_text("<");
            rest = &rest[1..];
            continue;
        };
        let (words, behind) = rest.split_at(tag.length);
        rest = behind;
        if let Some(name) = known(BLOCKS, &tag.name) {
            reader.close_line(&mut state);
            reader.block_tag(name, &tag, at.clone());
        } else if tag.kind == RawKind::Open && known(SILENT, &tag.name).is_some() {
            reader.leave_out(words, at.clone());
            let close = format!("</{}", tag.name);
            let end = memchr::memmem::find(rest.to_ascii_lowercase().as_bytes(), close.as_bytes());
            rest = end.map_or("", |end| rest[end..].split_once('>').map_or("", |(_, behind)| behind));
        } else {
            reader.line_tag(&tag, at.clone(), &mut state);
        }
    }
    reader.raw_text(rest);
    reader.close_line(&mut state);
    reader.end_leaf();
}

impl Reader<'_> {
    /// Says that a tag is left out.
    fn leave_out(&mut self, text: &str, at: Range<usize>) {
        let words = format!("raw HTML \"{}\" is left out", said(text));
        let help = "scripts, styles, forms, frames and what is no HTML are never published";
        self.report(&code::ESCAPED_HTML, words, Some(help), at);
    }

    /// Writes text of a raw block, whose entities are entities.
    fn raw_text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.plain.text.push_str(&raw::decoded(text));
        let mut escaped = String::with_capacity(text.len());
        escape::text(text, &mut escaped);
        let mut rest = escaped.as_str();
        while let Some(at) = rest.find("&amp;") {
            let name = &rest[at + 5..];
            let length =
                name.find(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '#')).unwrap_or(name.len());
            let is_entity = length > 0 && name[length..].starts_with(';');
            self.sink.html.push_str(&rest[..at]);
            self.sink.html.push_str(if is_entity { "&" } else { "&amp;" });
            rest = name;
        }
        self.sink.html.push_str(rest);
    }

    /// Writes a tag of an element that stands in a line.
    fn line_tag(&mut self, tag: &RawTag<'_>, at: Range<usize>, state: &mut State) {
        if tag.kind == RawKind::Open && tag.name == "img" {
            return self.raw_image(tag, at, state);
        }
        if let Some(name) = known(VOID, &tag.name) {
            return self.raw_open(name, tag, &at);
        }
        let Some(name) = known(PHRASING, &tag.name) else {
            let words = format!("<{}{}>", if tag.kind == RawKind::Close { "/" } else { "" }, tag.name);
            return self.leave_out(&words, at);
        };
        match tag.kind {
            RawKind::Open if name == "a" => self.raw_link(tag, at, state),
            RawKind::Open => {
                self.raw_open(name, tag, &at);
                state.open.push(Some(name));
            }
            RawKind::Close => {
                let own = state.open.iter().rposition(Option::is_none).map_or(0, |own| own + 1);
                if state.open[own..].contains(&Some(name)) {
                    while let Some(Some(open)) = state.open.pop() {
                        self.raw_close(open, state);
                        if open == name {
                            break;
                        }
                    }
                }
            }
        }
    }

    fn raw_close(&mut self, name: &'static str, state: &mut State) {
        match name {
            "a" => self.close_link(state),
            name => self.sink.html.extend(["</", name, ">"]),
        }
    }

    /// Notes that an element of ours begins, which raw elements must not cross.
    pub(super) fn begin_own(&mut self, state: &mut State) {
        if self.options.html == RawHtml::Sanitise {
            state.open.push(None);
        }
    }

    /// Closes the raw elements that were opened in an element of ours, which ends.
    pub(super) fn end_own(&mut self, state: &mut State) {
        while let Some(Some(name)) = state.open.pop() {
            self.raw_close(name, state);
        }
    }

    /// Closes the raw elements of a line, which ends.
    pub(super) fn close_line(&mut self, state: &mut State) {
        while let Some(open) = state.open.pop() {
            if let Some(name) = open {
                self.raw_close(name, state);
            }
        }
    }

    /// Writes a tag of an element that holds blocks.
    fn block_tag(&mut self, name: &'static str, tag: &RawTag<'_>, at: Range<usize>) {
        self.blocks_only();
        match tag.kind {
            RawKind::Open => {
                let html = self.sink.html.len();
                self.raw_open(name, tag, &at);
                self.levels.push(Level::new(Frame::Raw(name), html));
            }
            RawKind::Close => {
                let outer = self.levels.iter().rposition(|level| !matches!(level.frame, Frame::Raw(_))).unwrap_or(0);
                let is_open = |level: &Level| matches!(level.frame, Frame::Raw(open) if open == name);
                if self.levels[outer..].iter().any(is_open) {
                    while self.end_raw_level().is_some_and(|open| open != name) {}
                }
            }
        }
    }

    /// Closes the innermost level if it is a raw element, and returns its name.
    fn end_raw_level(&mut self) -> Option<&'static str> {
        let Frame::Raw(name) = self.levels.last()?.frame else { return None };
        self.end_sections(self.levels.len());
        self.levels.pop();
        self.sink.html.extend(["</", name, ">\n"]);
        Some(name)
    }

    /// Closes the raw elements that are open in a container, which ends.
    pub(super) fn end_raw(&mut self) {
        while self.end_raw_level().is_some() {}
    }

    /// Writes an opening tag with what is harmless of its attributes.
    fn raw_open(&mut self, name: &'static str, tag: &RawTag<'_>, at: &Range<usize>) {
        if tag.kind == RawKind::Close {
            return;
        }
        self.sink.html.extend(["<", name]);
        let own = OWN_ATTRIBUTES.iter().find(|own| own.0 == name).map_or(&[][..], |own| own.1);
        let mut seen: Vec<&str> = Vec::new();
        for (attribute, value) in &tag.attributes {
            if seen.contains(&attribute.as_str()) {
                continue;
            }
            seen.push(attribute);
            let value = raw::decoded(value);
            if attribute == "id" && !value.is_empty() && !value.contains(char::is_whitespace) && !self.sink.is_note() {
                let number = Extent::new(self.body.blocks.len(), 0).start;
                let html = Extent::new(self.sink.html.len(), self.sink.html.len());
                let (anchor, at) = (String::new(), at.clone().into());
                self.body.blocks.push(Block { id: value, anchor, at, html, wrap: Wrap::Nothing });
                self.sink.hole(HoleKind::BlockId(number));
            } else if known(ATTRIBUTES, attribute).is_some()
                || own.contains(&attribute.as_str())
                || attribute.starts_with("aria-")
            {
                self.sink.html.extend([" ", attribute, "=\""]);
                escape::attribute(&value, &mut self.sink.html);
                self.sink.html.push('"');
            }
        }
        self.sink.html.push('>');
    }

    /// Opens a raw link, which is one like any other. One that leads nowhere is left out.
    fn raw_link(&mut self, tag: &RawTag<'_>, at: Range<usize>, state: &mut State) {
        let Some((_, href)) = tag.attributes.iter().find(|attribute| attribute.0 == "href") else { return };
        if !state.links.is_empty() {
            return;
        }
        let url = raw::decoded(href);
        match link::judge(&url) {
            Address::Unsafe => self.report_unsafe(&url, at),
            Address::World => {
                self.open_world(&url, at, super::anchor::Shown::Yes, state);
                state.open.push(Some("a"));
            }
            Address::Local => {
                let label = Extent::new(at.end, at.end);
                let mut mention = mention::link(&url, at.clone(), at, label, MentionKind::Link);
                mention.label_at = Some(label);
                self.open_mention(mention, state);
                state.open.push(Some("a"));
            }
        }
    }

    /// Writes a raw image, which is one like any other.
    fn raw_image(&mut self, tag: &RawTag<'_>, at: Range<usize>, state: &mut State) {
        let value =
            |name: &str| tag.attributes.iter().find(|attribute| attribute.0 == name).map(|found| raw::decoded(found.1));
        let number =
            |name: &str| value(name).and_then(|value| value.parse().ok()).filter(|size| (1..=20_000).contains(size));
        let Some(url) = value("src") else { return };
        let alt = value("alt").filter(|alt| !alt.trim().is_empty());
        match link::judge(&url) {
            Address::Unsafe => self.report_unsafe(&url, at),
            Address::World => {
                self.remote(&url, alt.as_deref().unwrap_or_default(), at, super::anchor::Shown::Yes, state)
            }
            Address::Local => {
                let mut mention = mention::link(&url, at.clone(), at, Extent::default(), MentionKind::Image);
                let figure = Figure { alt, width: number("width"), height: number("height"), ..Figure::default() };
                mention.figure = Some(Box::new(figure));
                self.put_figure(mention, state);
            }
        }
    }
}

#[cfg(test)]
mod tests;

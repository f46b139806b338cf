//! From tags to paragraphs: which elements are blocks, which of them count, and what is no text at all.
//!
//! Paragraphs are `p li blockquote h1 … h6 tr`, *outermost first*: an element inside another one of these is part of
//! it, so that a block quote of two `p` is one paragraph, as is a row whose cells hold `p`. Everything else that is
//! text (a `div`, `pre`, `nav`, hidden or not) stands in blocks without a number; where a page has none of the counted
//! elements, each of its blocks counts (two `br` end one).
//!
//! No text are `script style template title iframe noembed noframes`, the source of a formula, ruby annotations, and note
//! references (a linked mark in `sup`). What is hidden may have been shown by a script, and what stands in for a script or
//! a film may have been all there was: it is text, but for a few words in the middle of a line, which would only break
//! the sentence that a reader saw. End tags that HTML lets authors leave out are supplied as its standard says. What must hold: the
//! stack is a vector and every element is pushed and popped once, so that nesting costs neither stack nor time.

use super::builder::{Builder, Mark, Space};
use super::text::{CaptureText, Kind};
use super::tokens::{Content, Sink, StartTag};
use super::unseen::{is_unseen, stands_in};

/// Elements that stand in lines of their own, sorted.
const BLOCKS: [&str; 55] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "html",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "plaintext",
    "pre",
    "search",
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
    "video",
    "xmp",
];

/// The longest text of a note reference.
const MAX_NOTE: usize = 8;

/// The longest hidden text within a line that is none, in bytes: a label, and no sentence.
const MAX_UNSEEN: usize = 80;

/// Makes the text of a page from its tags.
pub(super) struct Structure<'a> {
    out: Builder<'a>,
    /// Open blocks, as indexes into [`BLOCKS`].
    open: Vec<u8>,
    /// Where each kind of block stands in `open`.
    places: Vec<Vec<usize>>,
    /// How many of the open blocks count.
    counted: usize,
    /// How many of them keep white space.
    kept: usize,
    /// The element whose content is left out, and how often it is open.
    skipped: Option<(String, usize)>,
    in_ruby_text: bool,
    /// How deep in SVG or MathML, whose `title` and `style` are read otherwise.
    foreign: usize,
    in_note_link: bool,
    note: Option<Note>,
    /// An element within a line that a reader does not see: its name, how often it is open, where it began.
    unseen: Option<(String, usize, Mark)>,
    /// Nothing was read since a `br`.
    after_break: bool,
}

/// A `sup` that may be a note reference.
struct Note {
    mark: Mark,
    is_linked: bool,
}

impl<'a> Structure<'a> {
    /// Makes a structure that writes to `out`.
    pub(super) fn new(out: Builder<'a>) -> Structure<'a> {
        Structure {
            out,
            open: Vec::new(),
            places: vec![Vec::new(); BLOCKS.len()],
            counted: 0,
            kept: 0,
            skipped: None,
            in_ruby_text: false,
            foreign: 0,
            in_note_link: false,
            note: None,
            unseen: None,
            after_break: false,
        }
    }

    /// Opens an element without attributes.
    pub(super) fn open(&mut self, name: &str) {
        self.start(&StartTag { name: name.to_owned(), ..StartTag::default() });
    }

    /// Returns the text.
    pub(super) fn finish(self) -> CaptureText {
        self.out.finish_counting_all()
    }

    fn start_inline(&mut self, tag: &StartTag) {
        match &mut self.unseen {
            Some((name, depth, _)) => *depth += usize::from(*name == tag.name),
            None if is_unseen(tag) => self.unseen = Some((tag.name.clone(), 1, self.out.mark())),
            None => {}
        }
        match tag.name.as_str() {
            "br" => self.break_line(),
            "hr" => {
                self.close_paragraph();
                self.between();
            }
            "rt" | "rp" => self.in_ruby_text = true,
            "rb" | "rtc" | "ruby" => self.in_ruby_text = false,
            "q" => self.out.text("“", 0, Space::Collapsed),
            "svg" | "math" if !tag.closes_itself => self.foreign += 1,
            "a" => self.in_note_link = tag.attribute("href").is_some_and(|href| href.contains('#')),
            "sup" => self.note = Some(Note { mark: self.out.mark(), is_linked: true }),
            "button" | "select" | "input" | "textarea" | "label" => self.out.space(),
            name if name.contains('-') => self.out.space(),
            _ => {}
        }
    }

    fn end_inline(&mut self, name: &str) {
        if let Some((_, depth, _)) = self.unseen.as_mut().filter(|unseen| unseen.0 == name) {
            *depth -= 1;
        }
        if let Some((name, _, mark)) = self.unseen.take_if(|unseen| unseen.1 == 0) {
            let take = if stands_in(&name) { Builder::take_back } else { Builder::drop_since };
            take(&mut self.out, mark, MAX_UNSEEN);
        }
        match name {
            "br" => self.break_line(),
            "p" => self.between(),
            "rt" | "rp" | "ruby" | "rtc" => self.in_ruby_text = false,
            "q" => self.out.text("”", 0, Space::Collapsed),
            "svg" | "math" => self.foreign = self.foreign.saturating_sub(1),
            "a" => self.in_note_link = false,
            "sup" => match self.note.take() {
                Some(note) if note.is_linked => self.out.take_back(note.mark, MAX_NOTE),
                Some(note) => self.out.raise(&note.mark),
                None => {}
            },
            "button" | "select" | "textarea" | "label" => self.out.space(),
            name if name.contains('-') => self.out.space(),
            _ => {}
        }
    }

    fn start_block(&mut self, block: u8) {
        (self.note, self.unseen) = (None, None);
        self.in_ruby_text = false;
        self.imply_ends(block);
        let name = BLOCKS[usize::from(block)];
        match counts(name) {
            Some(kind) if self.counted == 0 => self.out.block(kind, true),
            _ if matches!(name, "td" | "th") && self.counted > 0 => self.out.cell(),
            _ => self.between(),
        }
        self.counted += usize::from(counts(name).is_some());
        self.kept += usize::from(keeps_space(name));
        self.places[usize::from(block)].push(self.open.len());
        self.open.push(block);
    }

    /// Closes what the start of a block closes by itself.
    fn imply_ends(&mut self, block: u8) {
        let name = BLOCKS[usize::from(block)];
        let close = |this: &mut Self, names: &[&str], within: &[&str]| {
            let bound = within.iter().filter_map(|name| this.last(name)).max();
            let inner =
                names.iter().filter_map(|name| this.last(name)).filter(|at| bound.is_none_or(|b| *at > b)).min();
            if let Some(at) = inner {
                this.close_from(at);
            }
        };
        match name {
            "li" => close(self, &["li"], &["ul", "ol", "menu", "dir", "table", "td", "th"]),
            "dt" | "dd" => close(self, &["dt", "dd"], &["dl", "table", "td", "th"]),
            "option" | "optgroup" => close(self, &["option"], &["table", "td", "th"]),
            "td" | "th" => close(self, &["td", "th"], &["tr", "table"]),
            "tr" => close(self, &["tr", "caption"], &["table"]),
            "tbody" | "thead" | "tfoot" | "colgroup" => {
                close(self, &["tbody", "thead", "tfoot", "tr", "caption"], &["table"])
            }
            _ => {}
        }
        if !matches!(name, "td" | "th" | "tr" | "tbody" | "thead" | "tfoot" | "colgroup" | "caption") {
            self.close_paragraph();
        }
        let top = self.open.last().map(|top| BLOCKS[usize::from(*top)]);
        if is_heading(name) && top.is_some_and(is_heading) {
            self.close_from(self.open.len() - 1);
        }
    }

    fn close_paragraph(&mut self) {
        let bound = ["table", "td", "th", "caption"].iter().filter_map(|name| self.last(name)).max();
        if let Some(at) = self.last("p").filter(|at| bound.is_none_or(|bound| *at > bound)) {
            self.close_from(at);
        }
    }

    /// Returns where the innermost open block of a name stands.
    fn last(&self, name: &str) -> Option<usize> {
        self.places[usize::from(block_of(name)?)].last().copied()
    }

    fn end_block(&mut self, name: &str) {
        (self.note, self.unseen) = (None, None);
        self.in_ruby_text = false;
        // An end tag closes nothing outside the cell that it stands in; those of tables close within their table.
        let bounds: &[&str] = match name {
            "table" => &[],
            "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "caption" | "colgroup" => &["table"],
            _ => &["table", "td", "th", "caption"],
        };
        let bound = bounds.iter().filter_map(|name| self.last(name)).max();
        let names = if is_heading(name) { &["h1", "h2", "h3", "h4", "h5", "h6"][..] } else { &[name][..] };
        let found = names.iter().filter_map(|name| self.last(name)).max();
        match found.filter(|at| bound.is_none_or(|bound| *at > bound)) {
            Some(at) => self.close_from(at),
            None if name == "p" => self.between(),
            None => {}
        }
    }

    /// Closes the open blocks from `at` on.
    fn close_from(&mut self, at: usize) {
        while self.open.len() > at {
            let Some(block) = self.open.pop() else { return };
            self.places[usize::from(block)].pop();
            let name = BLOCKS[usize::from(block)];
            self.counted -= usize::from(counts(name).is_some());
            self.kept -= usize::from(keeps_space(name));
            self.between();
        }
    }

    /// Ends a line; an empty one ends a block, where no element says what the paragraphs are.
    fn break_line(&mut self) {
        if self.after_break && self.counted == 0 {
            self.between();
        } else {
            self.out.line();
        }
        self.after_break = true;
    }

    /// Separates what comes next from what was before.
    fn between(&mut self) {
        if self.counted > 0 {
            self.out.line();
        } else {
            self.out.block(Kind::Paragraph, false);
        }
    }
}

impl Sink for Structure<'_> {
    fn wants_attributes(&self, name: &str) -> bool {
        block_of(name).is_none()
    }

    fn start(&mut self, tag: &StartTag) -> Content {
        let name = tag.name.as_str();
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth += usize::from(skipped == name);
            return Content::Markup;
        }
        let is_foreign = self.foreign > 0;
        let is_skipped = match name {
            // The content of a component, which a browser shows.
            "template" => tag.attribute("shadowrootmode").is_none(),
            "annotation" | "annotation-xml" => is_foreign,
            _ => matches!(name, "script" | "style" | "title" | "iframe" | "noembed" | "noframes"),
        };
        if is_skipped {
            if !(is_foreign && tag.closes_itself) {
                self.skipped = Some((name.to_owned(), 1));
            }
            return if is_foreign { Content::Markup } else { Content::Own };
        }
        match block_of(name) {
            Some(block) => self.start_block(block),
            None => self.start_inline(tag),
        }
        Content::Own
    }

    fn end(&mut self, name: &str) {
        if let Some((skipped, depth)) = &mut self.skipped {
            *depth -= usize::from(skipped == name);
            if *depth == 0 {
                self.skipped = None;
            }
            return;
        }
        match block_of(name) {
            Some(_) => self.end_block(name),
            None => self.end_inline(name),
        }
    }

    fn text(&mut self, text: &str, line: u32) {
        if self.skipped.is_some() || self.in_ruby_text {
            return;
        }
        if let Some(note) = &mut self.note {
            note.is_linked &= self.in_note_link || text.trim().is_empty();
        }
        self.after_break &= text.trim().is_empty();
        let space = if self.kept > 0 { Space::Kept } else { Space::Collapsed };
        self.out.text(text, line, space);
    }
}

fn block_of(name: &str) -> Option<u8> {
    BLOCKS.binary_search(&name).ok().and_then(|block| u8::try_from(block).ok())
}

/// Tells whether an element is a paragraph, and of what kind.
fn counts(name: &str) -> Option<Kind> {
    match name {
        "p" => Some(Kind::Paragraph),
        "li" => Some(Kind::Item),
        "blockquote" => Some(Kind::Quote),
        "tr" => Some(Kind::Row),
        _ if is_heading(name) => name.as_bytes()[1].checked_sub(b'0').map(Kind::Heading),
        _ => None,
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn keeps_space(name: &str) -> bool {
    matches!(name, "pre" | "listing" | "xmp" | "plaintext")
}

//! HTML as a stream of tags and text: the one door to `html5gum`.
//!
//! A tokenizer is enough here: the text of a page stands in its source in the order in which it is read, and a tree
//! builder would cost quadratic time on hostile nesting. Attributes are kept only where the [`Sink`] asks for them, at
//! most [`MAX_ATTRIBUTES`] in a tag. Text comes with the line of the file that it begins in.

use std::convert::Infallible;

use html5gum::{Emitter, Error, State, Tokenizer};

/// The most attributes of one tag that are kept.
const MAX_ATTRIBUTES: usize = 64;

/// Takes what a page consists of, in its order. Names are in lower case, references are decoded.
pub(super) trait Sink {
    /// Tells whether the attributes of an element are wanted.
    fn wants_attributes(&self, name: &str) -> bool;

    /// Takes a start tag; returns how the text behind it is to be read.
    fn start(&mut self, tag: &StartTag) -> Content;

    /// Takes an end tag.
    fn end(&mut self, name: &str);

    /// Takes text that begins in line `line` of the file.
    fn text(&mut self, text: &str, line: u32);
}

/// A start tag.
#[derive(Default)]
pub(super) struct StartTag {
    /// The element's name.
    pub(super) name: String,
    /// Names and values of its attributes, where they were asked for.
    pub(super) attributes: Vec<(String, String)>,
    /// It ends in `/>`.
    pub(super) closes_itself: bool,
}

impl StartTag {
    /// Returns the value of an attribute; the first one counts.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|attribute| attribute.0 == name).map(|attribute| attribute.1.as_str())
    }
}

/// How text is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    /// It may hold tags and references.
    Markup,
    /// It is what the element's name says it is: a script, a title, plain text.
    Own,
}

/// Reads `html`, whose first line is line `line` of the file, into `sink`.
pub(super) fn read(html: &str, line: u32, sink: &mut impl Sink) {
    let emitter = Tokens {
        source: html.as_bytes(),
        sink,
        tag: StartTag::default(),
        is_start: false,
        wanted: false,
        last_start: Vec::new(),
        text: Vec::new(),
        text_at: 0,
        position: 0,
        line: (0, line),
    };
    // Reading a text in memory cannot fail, and no token is ever handed out.
    Tokenizer::new_with_emitter(html, emitter).for_each(|token| match token {
        Ok(never) | Err(never) => match never {},
    });
}

struct Tokens<'a, S> {
    source: &'a [u8],
    sink: &'a mut S,
    tag: StartTag,
    is_start: bool,
    wanted: bool,
    last_start: Vec<u8>,
    text: Vec<u8>,
    text_at: usize,
    position: usize,
    /// An offset and the line that it stands in.
    line: (usize, u32),
}

impl<S: Sink> Tokens<'_, S> {
    fn flush(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let at = self.text_at.clamp(self.line.0, self.source.len());
        let breaks = memchr::memchr_iter(b'\n', &self.source[self.line.0..at]).count();
        self.line = (at, self.line.1 + super::text::offset32(breaks));
        self.sink.text(&String::from_utf8_lossy(&self.text), self.line.1);
        self.text.clear();
    }

    fn own_content(&self) -> Option<State> {
        match self.tag.name.as_str() {
            "textarea" | "title" => Some(State::RcData),
            "plaintext" => Some(State::PlainText),
            "script" => Some(State::ScriptData),
            "style" | "iframe" | "xmp" | "noembed" | "noframes" => Some(State::RawText),
            _ => None,
        }
    }
}

impl<S: Sink> Emitter for Tokens<'_, S> {
    type Token = Infallible;

    fn set_last_start_tag(&mut self, last: Option<&[u8]>) {
        self.last_start = last.unwrap_or_default().to_vec();
    }

    fn emit_eof(&mut self) {
        self.flush();
    }

    fn emit_error(&mut self, _error: Error) {}

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn pop_token(&mut self) -> Option<Infallible> {
        None
    }

    fn init_string(&mut self) {
        if self.text.is_empty() {
            self.text_at = self.position;
        }
    }

    fn emit_string(&mut self, text: &[u8]) {
        self.text.extend_from_slice(text);
    }

    fn init_start_tag(&mut self) {
        self.is_start = true;
        self.wanted = false;
        self.tag.name.clear();
        self.tag.attributes.clear();
        self.tag.closes_itself = false;
    }

    fn init_end_tag(&mut self) {
        self.init_start_tag();
        self.is_start = false;
    }

    fn init_comment(&mut self) {
        self.flush();
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.flush();
        self.last_start.clear();
        if !self.is_start {
            self.sink.end(&self.tag.name);
            return None;
        }
        self.last_start.extend_from_slice(self.tag.name.as_bytes());
        let content = self.sink.start(&self.tag);
        self.text_at = self.position;
        if content == Content::Own { self.own_content() } else { None }
    }

    fn emit_current_comment(&mut self) {}

    fn emit_current_doctype(&mut self) {}

    fn set_self_closing(&mut self) {
        self.tag.closes_itself = true;
    }

    fn set_force_quirks(&mut self) {}

    fn push_tag_name(&mut self, name: &[u8]) {
        self.tag.name.push_str(&String::from_utf8_lossy(name));
    }

    fn push_comment(&mut self, _text: &[u8]) {}

    fn push_doctype_name(&mut self, _name: &[u8]) {}

    fn init_doctype(&mut self) {
        self.flush();
    }

    fn init_attribute(&mut self) {
        self.wanted =
            self.is_start && self.tag.attributes.len() < MAX_ATTRIBUTES && self.sink.wants_attributes(&self.tag.name);
        if self.wanted {
            self.tag.attributes.push(Default::default());
        }
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        if let Some(last) = self.tag.attributes.last_mut().filter(|_| self.wanted) {
            last.0.push_str(&String::from_utf8_lossy(name));
        }
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        if let Some(last) = self.tag.attributes.last_mut().filter(|_| self.wanted) {
            last.1.push_str(&String::from_utf8_lossy(value));
        }
    }

    fn set_doctype_public_identifier(&mut self, _value: &[u8]) {}

    fn set_doctype_system_identifier(&mut self, _value: &[u8]) {}

    fn push_doctype_public_identifier(&mut self, _value: &[u8]) {}

    fn push_doctype_system_identifier(&mut self, _value: &[u8]) {}

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        !self.is_start && !self.last_start.is_empty() && self.last_start == self.tag.name.as_bytes()
    }

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }
}

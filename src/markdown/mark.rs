//! Marks: the places in a block's text at which a construct of ours may begin or end.
//!
//! One pass over the text nodes finds them all; each construct then looks at the marks of its kinds only. A mark is
//! never in code, an address, an image's text or behind a backslash; of entities, only quotation marks are marks.

use pulldown_cmark::Event;

use super::bytes::ByteSet;
use super::node::{self, Node};

/// A place in the source that may mean something.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Mark {
    /// Offset of its first byte in the source.
    pub(super) at: usize,
    /// Offset behind its last byte.
    pub(super) end: usize,
    /// How many elements are open around it.
    pub(super) depth: usize,
    /// Where it stands.
    pub(super) ground: Ground,
    /// What it is.
    pub(super) kind: MarkKind,
}

/// What a mark stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ground {
    /// Running text.
    Text,
    /// The label of a link or mention.
    Label,
}

/// What a mark is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum MarkKind {
    /// `[`
    Open,
    /// `[` behind `^`; the mark includes both.
    NoteOpen,
    /// `]`
    Close,
    /// `@` that does not stand behind a letter or digit.
    At,
    /// `#` with a tag's name behind it.
    Hash,
    /// `==`
    Equals,
    /// `--` or `---`
    Dash,
    /// `...`
    Dots,
    /// `'`
    Single,
    /// One of `"` `“` `”` `„` `«` `»` `「` `」`, also as an entity. `＂` counts as `"`, `‟` as `“`, other corner brackets and
    /// primes as `「` and `」`.
    Double(char),
}

/// Whether a byte may begin a mark.
static MAY_MARK: ByteSet = ByteSet::of(b"[]@#=-.'\"\xC2\xE2\xE3\xEF");

/// Returns what a double quotation mark counts as.
fn double(letter: char) -> Option<char> {
    match letter {
        '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」' => Some(letter),
        '＂' => Some('"'),
        '‟' => Some('“'),
        '『' | '〝' => Some('「'),
        '』' | '〞' | '〟' => Some('」'),
        _ => None,
    }
}

/// Appends the marks of a block's nodes to `marks`, ascending.
pub(super) fn scan<'t>(nodes: &[Node<'t>], source: &'t str, start: usize, marks: &mut Vec<Mark>) {
    let (mut depth, mut links, mut index, mut covered) = (0usize, 0usize, 0, start);
    while let Some(node) = nodes.get(index) {
        if node.is_opaque() {
            index = node::closing(nodes, index) + 1;
            covered = node.end;
            continue;
        }
        if node.opens() {
            depth += 1;
            links += usize::from(node.opens_link());
            covered = node.start;
        } else if node.closes() {
            depth = depth.saturating_sub(1);
            links -= usize::from(node.closes_link() && links > 0);
            covered = node.end;
        } else {
            if let Some(text) = node.literal(source) {
                let ground = if links > 0 { Ground::Label } else { Ground::Text };
                let escaped = node.start > covered && source.as_bytes()[node.start - 1] == b'\\';
                let skip = if escaped { text.chars().next().map_or(0, char::len_utf8) } else { 0 };
                Scanner { source, depth, ground, marks }.text(node.start + skip, node.end);
            } else if let Some(letter) = entity(node, source).and_then(double) {
                let ground = if links > 0 { Ground::Label } else { Ground::Text };
                let kind = MarkKind::Double(letter);
                marks.push(Mark { at: node.start, end: node.end, depth, ground, kind });
            }
            covered = node.end;
        }
        index += 1;
    }
}

/// Returns the character that a node stands for which was written as an entity: `&ldquo;`.
fn entity(node: &Node<'_>, source: &str) -> Option<char> {
    let Event::Text(text) = &node.event else { return None };
    let mut letters = text.chars();
    let letter = letters.next().filter(|_| letters.next().is_none())?;
    source.get(node.start..node.end)?.starts_with('&').then_some(letter)
}

struct Scanner<'s, 'm> {
    source: &'s str,
    depth: usize,
    ground: Ground,
    marks: &'m mut Vec<Mark>,
}

impl Scanner<'_, '_> {
    fn text(&mut self, start: usize, end: usize) {
        let bytes = self.source.as_bytes();
        let mut at = start;
        while let Some(next) = MAY_MARK.find(&bytes[at..end]) {
            at += next;
            if let Some((kind, from, length)) = self.mark(at, end) {
                self.marks.push(Mark { at: from, end: at + length, depth: self.depth, ground: self.ground, kind });
                at += length;
            } else {
                let is_run = |byte: &&u8| **byte == bytes[at] && matches!(**byte, b'=' | b'-');
                at += bytes[at..end].iter().take_while(is_run).count().max(1);
            }
        }
    }

    /// Returns what stands at `at`, where it begins, and how many bytes from `at` on belong to it.
    fn mark(&self, at: usize, end: usize) -> Option<(MarkKind, usize, usize)> {
        let bytes = &self.source.as_bytes()[..end];
        let run = || bytes[at..].iter().take_while(|byte| **byte == bytes[at]).count();
        match bytes[at] {
            b'[' => Some(match is_caret(bytes, at) {
                true => (MarkKind::NoteOpen, at - 1, 1),
                false => (MarkKind::Open, at, 1),
            }),
            b']' => Some((MarkKind::Close, at, 1)),
            b'@' => (!self.follows_word(at)).then_some((MarkKind::At, at, 1)),
            b'#' => {
                let name = super::tag::name(&self.source[at + 1..end]);
                let free =
                    at == 0 || !self.follows_word(at) && !matches!(bytes[at - 1], b'#' | b'&' | b'/' | b'=' | b'-');
                (free && name > 0).then_some((MarkKind::Hash, at, 1 + name))
            }
            b'=' => match run() {
                2 => Some((MarkKind::Equals, at, 2)),
                _ => None,
            },
            b'-' => match run() {
                length @ (2 | 3) if at == 0 || bytes[at - 1] != b'-' => Some((MarkKind::Dash, at, length)),
                _ => None,
            },
            b'.' => bytes[at..].starts_with(b"...").then_some((MarkKind::Dots, at, 3)),
            b'\'' => Some((MarkKind::Single, at, 1)),
            b'"' => Some((MarkKind::Double('"'), at, 1)),
            _ => {
                let letter = self.source[at..end].chars().next()?;
                double(letter).map(|kind| (MarkKind::Double(kind), at, letter.len_utf8()))
            }
        }
    }

    /// Tells whether a letter or digit stands right before `at`.
    fn follows_word(&self, at: usize) -> bool {
        self.source[..at].chars().next_back().is_some_and(char::is_alphanumeric)
    }
}

/// Tells whether the bracket at `at` stands behind a `^` that is not escaped.
fn is_caret(bytes: &[u8], at: usize) -> bool {
    at >= 1 && bytes[at - 1] == b'^' && !(at >= 2 && bytes[at - 2] == b'\\')
}

//! Brackets: which of them are citations, inline notes, or references to notes that do not exist.
//!
//! A bracket is a citation if a key stands directly in it, not in a bracket or element inside it. A key in no such
//! bracket is an in-text citation, with the bracket right behind it, if any. One pass with a stack; no recursion.

use std::ops::Range;

use super::citation;
use super::mark::{Ground, Mark, MarkKind};
use super::node::Prose;

/// What brackets and keys make.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Found {
    /// The whole construct, in the source.
    pub(super) at: Range<usize>,
    /// What it is.
    pub(super) kind: FoundKind,
}

/// What a bracket is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum FoundKind {
    /// A citation in brackets, with its keys from their `@` on.
    Citation(Vec<Range<usize>>),
    /// An in-text key, and where its bracket begins; the keys from their `@` on, its own first.
    InText(Vec<Range<usize>>, Option<usize>),
    /// An inline note.
    Note,
    /// A reference to a note that is not defined.
    Dangling,
}

struct Pending {
    mark: Mark,
    keys: usize,
    found: usize,
    behind: Option<usize>,
}

struct Key {
    at: usize,
    end: usize,
    depth: usize,
    ground: Ground,
    bracket: Option<Range<usize>>,
    more: Vec<Range<usize>>,
}

/// Finds what the brackets and keys among `marks` are, in the order of the text.
pub(super) fn find(prose: Prose<'_, '_>, marks: &[Mark]) -> Vec<Found> {
    let source = prose.source;
    let (mut stack, mut keys, mut found): (Vec<Pending>, Vec<Key>, Vec<Found>) = Default::default();
    for mark in marks {
        match mark.kind {
            MarkKind::At => {
                if let Some(length) = key(prose, mark.end) {
                    let end = mark.end + length;
                    keys.push(Key {
                        at: mark.at,
                        end,
                        depth: mark.depth,
                        ground: mark.ground,
                        bracket: None,
                        more: Vec::new(),
                    });
                }
            }
            MarkKind::Open | MarkKind::NoteOpen => {
                let behind = keys.len().checked_sub(1).filter(|last| adjoins(source, &keys[*last], mark));
                stack.push(Pending { mark: *mark, keys: keys.len(), found: found.len(), behind });
            }
            MarkKind::Close => {
                while stack.last().is_some_and(|open| open.mark.depth > mark.depth) {
                    stack.pop();
                }
                if let Some(open) = stack.pop_if(|open| open.mark.depth == mark.depth) {
                    close(source, &open, mark, &mut keys, &mut found);
                }
            }
            _ => {}
        }
    }
    for key in keys.into_iter().filter(|key| key.ground == Ground::Text) {
        let end = key.bracket.as_ref().map_or(key.end, |bracket| bracket.end);
        let bracket = key.bracket.map(|bracket| bracket.start);
        let ats = std::iter::once(key.at..key.end).chain(key.more).collect();
        found.push(Found { at: key.at..end, kind: FoundKind::InText(ats, bracket) });
    }
    found.sort_by_key(|found| found.at.start);
    found
}

/// Returns the length of the key at an offset; no link or element belongs to it.
fn key(prose: Prose<'_, '_>, at: usize) -> Option<usize> {
    let length = citation::key(&prose.source[at..])?.length;
    let inside = prose.within(&(at..at + length));
    match inside.iter().find(|node| node.literal(prose.source).is_none()) {
        Some(node) => citation::key(prose.source.get(at..node.start)?).map(|key| key.length),
        None => Some(length),
    }
}

/// Tells whether a bracket stands right behind a key, apart from one space.
fn adjoins(source: &str, key: &Key, open: &Mark) -> bool {
    let between = source.get(key.end..open.at);
    open.kind == MarkKind::Open && open.depth == key.depth && matches!(between, Some("" | " " | "\n"))
}

/// Decides what a bracket is that has just been closed.
fn close(source: &str, open: &Pending, mark: &Mark, keys: &mut Vec<Key>, found: &mut Vec<Found>) {
    let at = open.mark.at..mark.end;
    if open.mark.kind == MarkKind::NoteOpen {
        keys.truncate(open.keys);
        found.truncate(open.found);
        found.push(Found { at, kind: FoundKind::Note });
        return;
    }
    let direct = keys[open.keys..].iter().filter(|key| key.depth == mark.depth).map(|key| key.at..key.end);
    let direct: Vec<Range<usize>> = direct.collect();
    let first = direct.first().map_or(mark.at, |key| key.start);
    let is_locator = open.behind.is_some() && (direct.is_empty() || source[open.mark.end..first].contains(';'));
    match open.behind {
        Some(behind) if is_locator => {
            keys.truncate(open.keys);
            keys[behind].bracket = Some(at);
            keys[behind].more = direct;
        }
        _ if !direct.is_empty() => {
            keys.truncate(open.keys);
            found.push(Found { at, kind: FoundKind::Citation(direct) });
        }
        _ => {
            let inside = &source[open.mark.end..mark.at];
            let label = inside.strip_prefix('^').filter(|label| !label.is_empty() && !label.contains([' ', '\n', '[']));
            if label.is_some() {
                found.push(Found { at, kind: FoundKind::Dangling });
            }
        }
    }
}

//! Private callouts in a source: where they stand, and what of their lines is cut.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::callout::{self, Privacy};
use super::comment::{line_end, line_start};
use super::{detach, read};

/// A callout that is not to be published.
pub(super) struct PrivateCallout {
    /// What is cut.
    pub(super) lines: Range<usize>,
    /// Its kind, in the source.
    pub(super) kind: Range<usize>,
    /// Whether it says that it is private, or nearly says so.
    pub(super) privacy: Privacy,
}

/// Finds the outermost private callouts of a text, in order.
pub(super) fn find(source: &str) -> Vec<PrivateCallout> {
    let mut found: Vec<PrivateCallout> = Vec::new();
    // Where the items that are open begin.
    let mut items: Vec<usize> = Vec::new();
    // Where quotes begin is asked of the text that is parsed later: there a table behind a title ends a paragraph.
    let detached = detach::detach(source);
    let seen = detached.as_ref().map_or(source, |detached| &detached.seen);
    let mut events = Parser::new_ext(seen, read::extensions()).into_offset_iter().peekable();
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::BlockQuote(_)) => {
                let first = match events.peek() {
                    Some((Event::Start(Tag::BlockQuote(_) | Tag::List(_)) | Event::End(_), _)) | None => None,
                    Some((_, first)) => Some(first.start),
                };
                let Some((kind, privacy)) = private_kind(source, range.start, first) else { continue };
                let mut depth = 1usize;
                for (event, _) in events.by_ref() {
                    match event {
                        Event::Start(_) => depth += 1,
                        Event::End(_) => depth -= 1,
                        _ => {}
                    }
                    if depth == 0 {
                        break;
                    }
                }
                let follows = match events.peek() {
                    Some((Event::End(_), _)) | None => None,
                    Some((_, next)) => Some(next.start),
                };
                let lines = lines_of(source, &range, items.last().copied(), follows);
                found.push(PrivateCallout { lines, kind, privacy });
            }
            Event::Start(Tag::Item | Tag::FootnoteDefinition(_)) => items.push(range.start),
            Event::End(TagEnd::Item | TagEnd::FootnoteDefinition) => drop(items.pop()),
            _ => {}
        }
    }
    let mut end = 0;
    found.retain_mut(|callout| {
        callout.lines.start = callout.lines.start.max(end);
        end = end.max(callout.lines.end);
        callout.lines.start < callout.lines.end
    });
    found
}

/// Returns the kind of the block quote that begins at `start`, if it is not to be published. Its words begin behind its
/// mark, or, if that stands alone on its line, with its first block.
fn private_kind(source: &str, start: usize, first: Option<usize>) -> Option<(Range<usize>, Privacy)> {
    let places = [Some(callout::words(source, start)), first];
    places.into_iter().flatten().find_map(|words| {
        let line = callout::line(&source[words..]);
        let inside = line.strip_prefix("[!").or_else(|| line.strip_prefix("\\[!"))?;
        let from = words + line.len() - inside.len();
        let whole = &inside[..inside.find(']').unwrap_or(inside.len())];
        let first = inside.split([' ', ']', '\t']).find(|word| !word.is_empty()).unwrap_or_default();
        let is_closed = whole.len() < inside.len() && line.starts_with('[');
        match (callout::privacy(whole), callout::privacy(first)) {
            (Privacy::Public, Privacy::Public) => None,
            (Privacy::Private, _) if is_closed => Some((from..from + whole.len(), Privacy::Private)),
            _ => Some((from..from + if is_closed { whole.len() } else { first.len() }, Privacy::Doubtful)),
        }
    })
}

/// Returns what is cut of a callout: its lines. Where it shares its first line with the mark of an item that goes on,
/// the mark stays, and what follows moves up to it.
fn lines_of(source: &str, range: &Range<usize>, item: Option<usize>, follows: Option<usize>) -> Range<usize> {
    let line = line_start(source, range.start);
    let end = if range.end >= source.len() { source.len() } else { line_start(source, range.end) };
    let end = if end <= range.start { line_end(source, range.start) } else { end };
    match follows {
        Some(next) if item.is_some_and(|item| item >= line) => range.start..next.max(range.start),
        _ => line..end,
    }
}

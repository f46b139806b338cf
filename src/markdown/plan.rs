//! The plan of a block: what is to happen at which offset of its source, worked out before anything is written.
//!
//! 1. Brackets are sorted out: citations, inline notes.
//! 2. Quotation marks are paired, outside of these; each outermost pair is a quotation to be judged later.
//! 3. Highlights, tags, dashes and dots follow, where nothing has been taken yet.
//!
//! What wraps other nodes (quotations, highlights) is widened to whole elements or left out: HTML must nest.

use std::ops::Range;

use super::body::Smart;
use super::bracket::{self, Found, FoundKind};
use super::mark::{Ground, Mark, MarkKind};
use super::node::Prose;
use super::punctuation::{self, Quotes};

/// Something that happens at an offset of the source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Act {
    /// Where it begins.
    pub(super) at: usize,
    /// Where the source goes on that is written as it is.
    pub(super) end: usize,
    /// What happens.
    pub(super) kind: ActKind,
}

/// What happens. The numbers are indices into the plan's vectors.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum ActKind {
    /// A quotation's element ends.
    QuoteClose(usize),
    /// An in-text citation ends.
    InTextEnd(usize),
    /// A highlight ends.
    HighlightClose,
    /// A quotation's element begins.
    QuoteOpen(usize),
    /// A quotation's text begins, with its mark.
    QuoteStart(usize),
    /// A quotation's closing mark begins.
    QuoteEnd(usize),
    /// An in-text citation begins.
    InText(usize),
    /// A highlight begins.
    HighlightOpen,
    /// A sign stands for what was typed.
    Sign(&'static str),
    /// A citation in brackets.
    Citation(usize),
    /// An inline note.
    Note(usize),
    /// A reference to a note that does not exist; it stays as typed.
    Dangling(usize),
    /// A tag.
    Tag,
}

/// A quotation that has been found but not judged.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Candidate {
    /// The passage with its marks, in the source.
    pub(super) at: Range<usize>,
    /// The offset of its closing mark, in the source.
    pub(super) close: usize,
    /// Whether its element can be written.
    pub(super) wraps: bool,
    /// Its words, in the plain text.
    pub(super) words: Range<usize>,
    /// The words with their marks, in the plain text.
    pub(super) whole: Range<usize>,
}

/// What is to happen in a block.
#[derive(Default, Debug)]
pub(super) struct Plan {
    /// What happens, ascending.
    pub(super) acts: Vec<Act>,
    /// What brackets and keys are.
    pub(super) found: Vec<Found>,
    /// The quotations.
    pub(super) candidates: Vec<Candidate>,
    /// What their elements span in the source: ascending, apart from each other.
    spans: Vec<Range<usize>>,
}

/// Makes the plan of a block from its marks. `tags` are recognised only where they may stand.
pub(super) fn plan(prose: Prose<'_, '_>, marks: &mut Vec<Mark>, tags: Tags) -> Plan {
    let mut plan = Plan::default();
    let is_bracket = |mark: &Mark| {
        let dangles = mark.kind == MarkKind::Open && prose.source.as_bytes().get(mark.end) == Some(&b'^');
        matches!(mark.kind, MarkKind::At | MarkKind::NoteOpen) || dangles
    };
    if marks.iter().any(is_bracket) {
        plan.found = bracket::find(prose, marks);
        take(&mut plan, marks);
    }
    quotes(prose, marks, &mut plan);
    highlights(prose, marks, &mut plan);
    for mark in marks.iter() {
        let kind = match mark.kind {
            MarkKind::Hash if tags == Tags::Allowed && mark.ground == Ground::Text => ActKind::Tag,
            MarkKind::Dash if prose.smart == Smart::On => {
                ActKind::Sign(if mark.end - mark.at == 3 { "—" } else { "–" })
            }
            MarkKind::Dots if prose.smart == Smart::On => ActKind::Sign("…"),
            _ => continue,
        };
        plan.acts.push(Act { at: mark.at, end: mark.end, kind });
    }
    plan.acts.sort_by_key(|act| (act.at, act.kind));
    plan
}

/// Whether tags are recognised in a block.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tags {
    /// They are.
    Allowed,
    /// A heading or a title: they are text.
    Text,
}

/// Puts what brackets are into the plan, and drops the marks inside them.
fn take(plan: &mut Plan, marks: &mut Vec<Mark>) {
    let mut taken = 0;
    for (index, found) in plan.found.iter().enumerate() {
        let Range { start, end } = found.at.clone();
        let inside = start < taken;
        match &found.kind {
            FoundKind::Citation(_) => plan.acts.push(Act { at: start, end, kind: ActKind::Citation(index) }),
            FoundKind::Note => plan.acts.push(Act { at: start, end, kind: ActKind::Note(index) }),
            FoundKind::Dangling => plan.acts.push(Act { at: start, end: start, kind: ActKind::Dangling(index) }),
            FoundKind::InText(..) if inside => {}
            FoundKind::InText(..) => {
                plan.acts.push(Act { at: start, end: start, kind: ActKind::InText(index) });
                plan.acts.push(Act { at: end, end, kind: ActKind::InTextEnd(index) });
            }
        }
        taken = taken.max(end);
    }
    let mut ranges = plan.found.iter().filter(|found| found.kind != FoundKind::Dangling).peekable();
    let mut covered = 0;
    marks.retain(|mark| {
        while let Some(found) = ranges.next_if(|found| found.at.start <= mark.at) {
            covered = covered.max(found.at.end);
        }
        mark.at >= covered
    });
}

/// Pairs quotation marks, puts their signs into the plan, and notes each outermost pair as a candidate.
fn quotes(prose: Prose<'_, '_>, marks: &[Mark], plan: &mut Plan) {
    if !marks.iter().any(|mark| matches!(mark.kind, MarkKind::Single | MarkKind::Double(_))) {
        return;
    }
    let mut quotes = Quotes::default();
    punctuation::pair(prose.source, prose.start, marks, &mut quotes);
    if prose.smart == Smart::On {
        let sign = |(index, sign): &(usize, &'static str)| {
            let mark = marks[*index];
            Act { at: mark.at, end: mark.end, kind: ActKind::Sign(sign) }
        };
        // A mark that was written as an entity, or full width, stays as it is.
        let is_typed = |(index, _): &&(usize, &'static str)| marks[*index].end - marks[*index].at == 1;
        plan.acts.extend(quotes.signs.iter().filter(is_typed).map(sign));
    }
    for pair in quotes.pairs {
        let (open, close) = (marks[pair.open], marks[pair.close]);
        let index = plan.candidates.len();
        let wide = widened(prose, open.at..close.end);
        let wraps = plan.spans.last().is_none_or(|last| wide.start >= last.end);
        if wraps {
            plan.spans.push(wide.clone());
            plan.acts.push(Act { at: wide.start, end: wide.start, kind: ActKind::QuoteOpen(index) });
            plan.acts.push(Act { at: wide.end, end: wide.end, kind: ActKind::QuoteClose(index) });
        }
        plan.acts.push(Act { at: open.at, end: open.at, kind: ActKind::QuoteStart(index) });
        plan.acts.push(Act { at: close.at, end: close.at, kind: ActKind::QuoteEnd(index) });
        let at = open.at..close.end;
        plan.candidates.push(Candidate { at, close: close.at, wraps, ..Candidate::default() });
    }
}

/// Widens a range of the source to whole elements.
fn widened(prose: Prose<'_, '_>, range: Range<usize>) -> Range<usize> {
    let mut open: Vec<usize> = Vec::new();
    let mut wide = range.clone();
    for node in prose.within(&range) {
        if node.opens() {
            open.push(node.end);
        } else if node.closes() && open.pop().is_none() {
            wide.start = wide.start.min(node.start);
        }
    }
    wide.end = open.into_iter().fold(wide.end, usize::max);
    wide
}

/// Pairs `==` where they hold whole elements and cross no quotation.
fn highlights(prose: Prose<'_, '_>, marks: &[Mark], plan: &mut Plan) {
    let bytes = prose.source.as_bytes();
    let is_space = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
    let mut open: Option<Mark> = None;
    for mark in marks.iter().filter(|mark| mark.kind == MarkKind::Equals) {
        let opens = !is_space(bytes.get(mark.end));
        let closes = mark.at > 0 && !is_space(bytes.get(mark.at - 1));
        match open {
            Some(first) if closes && first.depth == mark.depth && first.end < mark.at => {
                let range = first.at..mark.end;
                if widened(prose, range.clone()) == range
                    && around(&plan.spans, range.start) == around(&plan.spans, range.end)
                {
                    plan.acts.push(Act { at: first.at, end: first.end, kind: ActKind::HighlightOpen });
                    plan.acts.push(Act { at: mark.at, end: mark.end, kind: ActKind::HighlightClose });
                }
                open = None;
            }
            _ if opens => open = Some(*mark),
            _ => {}
        }
    }
}

/// Returns which of the spans an offset lies inside, its ends apart.
fn around(spans: &[Range<usize>], at: usize) -> Option<usize> {
    let index = spans.partition_point(|span| span.start < at).checked_sub(1)?;
    (at < spans[index].end).then_some(index)
}

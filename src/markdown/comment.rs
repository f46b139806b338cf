//! What is never published: `%% comments %%`, HTML comments, and `> [!private]` callouts are cut out of the source.
//!
//! 1. Comments go first, from left to right: what opens first takes everything up to its close. In code nothing opens.
//!    pulldown-cmark says what is code; since a comment may hide a fence, its word is only taken up to the first comment
//!    that could change it, and asked again behind that.
//! 2. Then private callouts go, whole lines, with what is nested in them or lazily goes on.
//! 3. Both are repeated until nothing is left to cut, so that stripping a stripped text changes nothing.
//!
//! It fails closed. What is never closed is cut to the end of the text; what is nearly private is cut; both are errors.
//! A text that takes too long to work out is cut as a whole. And `parse` refuses what should have been cut here.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use crate::diagnostic::{Code, Diagnostic, code};
use crate::file::{Edit, RelPath, Text};

use super::callout::{self, Privacy};
use super::{private, read};

/// A text without what is never published, and what was wrong in taking it out.
#[derive(Clone, PartialEq, Debug)]
pub struct Stripped {
    /// The text that is left, with the way back to the file.
    pub text: Text,
    /// What was wrong: comments that are never closed, callouts whose kind is nearly `private`.
    pub diagnostics: Vec<Diagnostic>,
    /// How many private callouts were taken out.
    pub callouts: usize,
    /// How many comments were taken out.
    pub comments: usize,
}

/// How many bytes are read at first for the code around a comment.
const WINDOW: usize = 8 << 10;

/// How many bytes may be read for one text, at least, and for each of its bytes.
const BUDGET: usize = 16 << 20;
const BUDGET_EACH: usize = 16;

/// Deletes comments and private callouts from a text, so that it is what an author who deleted them by hand would have.
///
/// `strip` of its own result changes nothing. What is in doubt is deleted and reported.
pub fn strip(text: &Text, path: &RelPath) -> Stripped {
    let mut stripper = Stripper {
        path,
        budget: BUDGET.max(text.value.len().saturating_mul(BUDGET_EACH)),
        out: Stripped { text: text.clone(), diagnostics: Vec::new(), callouts: 0, comments: 0 },
    };
    while stripper.has_work() {
        let before = stripper.out.text.value.len();
        stripper.comments();
        stripper.callouts();
        if stripper.out.text.value.len() == before {
            break;
        }
    }
    stripper.strays();
    stripper.out.diagnostics.dedup();
    stripper.out
}

struct Stripper<'p> {
    path: &'p RelPath,
    budget: usize,
    out: Stripped,
}

/// What opens a comment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opener {
    /// A run of at least two `%`.
    Percent,
    /// `<!--`
    Html,
}

impl Stripper<'_> {
    /// Tells whether the text may hold anything to cut. This is all that most texts cost.
    fn has_work(&self) -> bool {
        let bytes = self.out.text.value.as_bytes();
        memchr::memchr2_iter(b'%', b'!', bytes).any(|at| match bytes[at] {
            b'%' => bytes.get(at + 1) == Some(&b'%'),
            _ => at > 0 && (bytes[at - 1] == b'[' || bytes[at - 1] == b'<' && bytes[at..].starts_with(b"!--")),
        })
    }

    /// Spends some of the budget; when it is gone, all of the text goes.
    fn spend(&mut self, bytes: usize) -> bool {
        let is_left = self.budget >= bytes;
        self.budget = self.budget.saturating_sub(bytes.max(1));
        if !is_left && !self.out.text.value.is_empty() {
            let all = 0..self.out.text.value.len();
            self.report(
                &code::UNCLOSED_COMMENT,
                "comments are too intricate to be taken out",
                "write fewer in one text",
                0..1,
            );
            self.cut(vec![all]);
        }
        is_left
    }

    fn cut(&mut self, ranges: Vec<Range<usize>>) {
        let edits: Vec<Edit> = ranges.into_iter().map(|range| Edit { range, with: String::new() }).collect();
        self.out.text = self.out.text.edited(&edits);
    }

    /// Cuts out all comments.
    fn comments(&mut self) {
        let mut from = 0;
        while let Some((first, _)) = next_opener(&self.out.text.value, from) {
            let source = self.out.text.value.clone();
            let Some(known) = self.code_around(&source, from, first) else { return };
            let sweep = self.sweep(&source, from, &known);
            if !sweep.cuts.is_empty() && !self.spend(source.len() / 32) {
                return;
            }
            // Offsets of the source as it was become offsets of what is left.
            let behind = |at: usize| {
                let gone: usize = sweep.cuts.iter().filter(|cut| cut.end <= at).map(|cut| cut.len()).sum();
                at - gone
            };
            from = match sweep.again {
                Some(block) => behind(block),
                None if known.end >= source.len() => usize::MAX,
                None => behind(known.end),
            };
            self.cut(sweep.cuts);
            if from == usize::MAX {
                return;
            }
        }
    }

    /// Goes from comment to comment as far as it is known what is code.
    fn sweep(&mut self, source: &str, from: usize, known: &Known) -> Sweep {
        let mut sweep = Sweep { cuts: Vec::new(), again: None };
        let (mut at, mut words) = (from, None);
        while let Some((open, opener)) = next_opener(source, at).filter(|open| open.0 < known.end) {
            if let Some(code) = known.code_at(open) {
                at = code.end;
                continue;
            }
            let close = close_of(source, open, opener);
            if close.is_none() {
                let length = opener_length(source, open, opener);
                let help = "close it with %% or -->, as it was opened; in code, both are text";
                self.report(&code::UNCLOSED_COMMENT, "comment is never closed", help, open..open + length);
            }
            let cut = open..close.unwrap_or(source.len());
            self.out.comments += 1;
            at = cut.end;
            let is_plain = is_transparent(source, words, &cut);
            words = Some(cut.end);
            sweep.cuts.push(cut);
            if !is_plain {
                sweep.again = Some(known.block_before(open));
                break;
            }
        }
        sweep
    }

    /// Finds the code from the top-level block at `from` on, at least up to behind `until`.
    fn code_around(&mut self, source: &str, from: usize, until: usize) -> Option<Known> {
        let mut length = WINDOW.max(until - from + WINDOW);
        loop {
            let end = line_end(source, from + length);
            if !self.spend(end - from) {
                return None;
            }
            let known = known(&source[from..end], from, end == source.len());
            if known.end > until {
                return Some(known);
            }
            length *= 2;
        }
    }

    /// Cuts out private callouts.
    fn callouts(&mut self) {
        while memchr::memmem::find(self.out.text.value.as_bytes(), b"[!").is_some() {
            let source = self.out.text.value.clone();
            if !self.spend(source.len()) {
                return;
            }
            let found = private::find(&source);
            if found.is_empty() {
                return;
            }
            for callout in &found {
                self.out.callouts += 1;
                if let Privacy::Doubtful = callout.privacy {
                    let kind = &source[callout.kind.clone()];
                    let words = format!("callout kind \"{}\" is not \"private\"", kind.trim());
                    self.report(
                        &code::INVALID_VALUE,
                        &words,
                        "write > [!private] for what is not to be published",
                        callout.kind.clone(),
                    );
                }
            }
            self.cut(found.into_iter().map(|callout| callout.lines).collect());
        }
    }

    /// Reports what looks like a private callout but is none: it would be published.
    fn strays(&mut self) {
        let source = self.out.text.value.clone();
        let mut code: Option<Known> = None;
        for at in memchr::memmem::find_iter(source.as_bytes(), b"[!") {
            let kind = callout::line(&source[at + 2..]).split(']').next().unwrap_or_default();
            let first = kind.split_whitespace().next().unwrap_or_default();
            if callout::privacy(kind) == Privacy::Public && callout::privacy(first) == Privacy::Public {
                continue;
            }
            let code = code.get_or_insert_with(|| known(&source, 0, true));
            if code.code_at(at).is_none() {
                let help =
                    "a callout is a block quote: begin each of its lines with >, and the first one with > [!private]";
                self.report(
                    &code::INVALID_VALUE,
                    "this is no callout, and would be published",
                    help,
                    at..at + 2 + first.trim_end().len(),
                );
            }
        }
    }

    fn report(&mut self, code: &'static Code, words: &str, help: &str, at: Range<usize>) {
        let span = self.out.text.span(at);
        let diagnostic = Diagnostic::new(code, words).at(self.path, span).help(help);
        let discreet = if code == &code::UNCLOSED_COMMENT { words } else { "callout kind is not \"private\"" };
        self.out.diagnostics.push(diagnostic.for_terminal(discreet));
    }
}

/// What pulldown-cmark says of a stretch of source that begins with a top-level block.
struct Known {
    /// Up to where it can be relied on.
    end: usize,
    /// Code, ascending.
    code: Vec<Range<usize>>,
    /// Where top-level blocks begin, ascending.
    blocks: Vec<usize>,
}

impl Known {
    fn code_at(&self, at: usize) -> Option<Range<usize>> {
        let index = self.code.partition_point(|code| code.start <= at).checked_sub(1)?;
        Some(self.code[index].clone()).filter(|code| at < code.end)
    }

    /// Returns where the block before the one at an offset begins: what was cut may have kept the two apart.
    fn block_before(&self, at: usize) -> usize {
        let index = self.blocks.partition_point(|block| *block <= at);
        self.blocks[index.saturating_sub(2)]
    }
}

/// The comments up to the first one that could change what is code behind it.
struct Sweep {
    cuts: Vec<Range<usize>>,
    /// Where to read again, if there is such a one.
    again: Option<usize>,
}

/// Reads a stretch of source that stands at `from`. Unless it is the last one, its last block may go on.
fn known(stretch: &str, from: usize, is_last: bool) -> Known {
    let mut known = Known { end: from + stretch.len(), code: Vec::new(), blocks: vec![from] };
    let mut depth = 0usize;
    for (event, range) in Parser::new_ext(stretch, read::extensions()).into_offset_iter() {
        match event {
            Event::Start(tag) => {
                if depth == 0 {
                    known.blocks.push(from + line_start(stretch, range.start));
                }
                depth += 1;
                if let Tag::CodeBlock(_) = tag {
                    known.code.push(from + range.start..from + range.end);
                }
            }
            Event::End(_) => depth -= 1,
            Event::Code(_) => known.code.push(from + range.start..from + range.end),
            Event::Rule if depth == 0 => known.blocks.push(from + line_start(stretch, range.start)),
            _ => {}
        }
    }
    if !is_last {
        known.end = known.blocks.last().copied().unwrap_or(from);
        known.code.retain(|code| code.end <= known.end);
    }
    known
}

/// Finds the next thing that may open a comment.
fn next_opener(source: &str, from: usize) -> Option<(usize, Opener)> {
    let bytes = source.as_bytes();
    memchr::memchr2_iter(b'%', b'<', &bytes[from..]).map(|at| from + at).find_map(|at| match bytes[at] {
        b'%' if bytes.get(at + 1) == Some(&b'%') => Some((at, Opener::Percent)),
        b'<' if bytes[at..].starts_with(b"<!--") => Some((at, Opener::Html)),
        _ => None,
    })
}

fn opener_length(source: &str, at: usize, opener: Opener) -> usize {
    match opener {
        Opener::Percent => source[at..].bytes().take_while(|byte| *byte == b'%').count(),
        Opener::Html => 4,
    }
}

/// Finds where a comment ends, behind what closes it.
///
/// A run of two or three `%` opens a comment or closes one. Of four or more, the first two close a comment, and the rest
/// opens the next one, as in Obsidian: `%%a%%%%b%%` is two comments. Where such a run opens, only one as long closes:
/// what stands between two fences of `%%%%` is hidden in every reading.
fn close_of(source: &str, open: usize, opener: Opener) -> Option<usize> {
    let inside = open + opener_length(source, open, opener);
    match opener {
        Opener::Percent => {
            let fence = inside - open;
            let mut from = inside;
            loop {
                let close = from + memchr::memmem::find(&source.as_bytes()[from..], b"%%")?;
                let run = opener_length(source, close, Opener::Percent);
                match (fence, run) {
                    (..4, ..4) => return Some(close + run),
                    (..4, _) => return Some(close + 2),
                    (_, _) if run >= fence => return Some(close + run),
                    _ => from = close + run,
                }
            }
        }
        Opener::Html => {
            let rest = &source[inside..];
            let short = if rest.starts_with('>') { 1 } else { 2 };
            if rest.starts_with('>') || rest.starts_with("->") {
                return Some(inside + short);
            }
            Some(inside + memchr::memmem::find(rest.as_bytes(), b"-->")? + 3)
        }
    }
}

/// Tells whether a comment can go without changing what is code behind it: it stands among words and holds only such.
/// `words` is where a comment on the same line ended of which that was true.
fn is_transparent(source: &str, words: Option<usize>, cut: &Range<usize>) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b',' | b'.' | b'%' | b'\'' | b'?');
    let from = words.unwrap_or_else(|| line_start(source, cut.start));
    let before = &source.as_bytes()[from..cut.start];
    let known = words.is_some() && !before.contains(&b'\n') && !before.contains(&b'\r');
    let line = if known { before } else { &source.as_bytes()[line_start(source, cut.start)..cut.start] };
    let has_words = known || line.windows(2).any(|pair| pair.iter().all(u8::is_ascii_alphabetic));
    let is_plain = !line.iter().any(|byte| matches!(byte, b'[' | b'`' | b'~'));
    has_words && is_plain && source[cut.clone()].bytes().all(is_word)
}

/// Returns where the line begins that holds an offset.
pub(super) fn line_start(source: &str, at: usize) -> usize {
    let at = at.min(source.len());
    memchr::memrchr2(b'\n', b'\r', &source.as_bytes()[..at]).map_or(0, |line| line + 1)
}

/// Returns where the line ends that holds an offset, behind its line break.
pub(super) fn line_end(source: &str, at: usize) -> usize {
    match source.as_bytes().get(at..) {
        Some(rest) => memchr::memchr(b'\n', rest).map_or(source.len(), |line| at + line + 1),
        None => source.len(),
    }
}

#[cfg(test)]
mod tests;

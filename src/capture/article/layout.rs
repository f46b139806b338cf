//! Where in a text that is nothing but lines the article stands, among menus, boxes and what others wrote below it.
//!
//! 1. Each line weighs what it says for prose, or against it: sentences do, by their length; buttons, menus and notices
//!    about cookies do not.
//! 2. The article is the first run of lines that weighs much: no other weighs three times as much.
//! 3. It ends before the first line at its foot that is plainly of the page, such as `Related articles`.

use std::ops::Range;

use super::super::text::{CaptureText, Kind};
use super::phrases::{
    ends_article, is_box, is_caption, is_clutter, is_ended, is_invitation, is_navigation, is_notice, is_sentence, words,
};
use super::tidy;

/// What a line weighs that is no prose.
const OTHER: i64 = -4;

/// The most that a line of prose weighs.
const MOST: i64 = 100;

/// The least that an article weighs.
const LEAST: i64 = 10;

/// How many words a line has that is prose although nothing ends it.
const LONG: usize = 25;

/// A line of the text, and where it stands.
pub(super) struct Line {
    pub(super) text: String,
    pub(super) kind: Kind,
    /// Its block has several lines and is no paragraph: code.
    pub(super) is_code: bool,
    /// Its block has several lines, and reads like prose.
    pub(super) is_wrapped: bool,
    /// Its block is plainly a paragraph that is broken into lines.
    pub(super) is_broken: bool,
}

/// The lines of a text, and where among them the article is.
pub(super) struct Layout {
    pub(super) lines: Vec<Line>,
    /// The first line of its prose.
    pub(super) start: usize,
    /// The line behind its last one.
    pub(super) end: usize,
    /// The line behind the second of its paragraphs that are plainly prose: what is said about it stands before.
    pub(super) head: usize,
    /// Whether the text has pages.
    pub(super) is_paged: bool,
}

impl Layout {
    /// Reads the lines of a text.
    pub(super) fn of(text: &CaptureText) -> Layout {
        let lines = placed(text);
        let run = first_run(&lines);
        let (start, behind) = run.unwrap_or_else(|| {
            let first = lines.iter().position(|line| is_sentence(&line.text));
            (first.unwrap_or(lines.len().min(NO_PROSE)), lines.len())
        });
        let end = end(&lines, start, behind);
        // A call to watch a video may look like its first sentence.
        let start = (start..end).find(|at| is_paragraph(&lines[*at])).unwrap_or(start);
        let head = behind_prose(&lines[..end], start);
        Layout { lines, start, end, head, is_paged: !text.pages.is_empty() }
    }

    /// Returns the lines of the article, with its title, where that stands above it.
    pub(super) fn from(&self, title: &str) -> Option<Range<usize>> {
        let at = self.lines[..self.start].iter().rposition(|line| line.text == title)?;
        Some(at..self.end)
    }

    /// Returns the line behind the second paragraph from a line on.
    pub(super) fn head_from(&self, at: usize) -> usize {
        behind_prose(&self.lines[..self.end], at)
    }

    /// Returns the text of a line.
    pub(super) fn text(&self, at: usize) -> &str {
        &self.lines[at].text
    }
}

/// How many lines are the head of a text that has no prose.
const NO_PROSE: usize = 12;

/// What a paragraph weighs more than that is plainly prose.
const PARAGRAPH: i64 = 12;

fn placed(text: &CaptureText) -> Vec<Line> {
    let mut placed = Vec::new();
    for block in &text.blocks {
        let lines = text.text[block.range.clone()].lines().map(tidy).filter(|line| !line.is_empty());
        let lines: Vec<String> = lines.collect();
        let words: usize = lines.iter().map(|line| words(line)).sum();
        let is_wrapped = lines.len() > 1 && words >= lines.len() * 6 && lines.last().is_some_and(|line| is_ended(line));
        let is_broken = is_wrapped && is_broken(&lines);
        let is_code = lines.len() > 1 && block.paragraph.is_none();
        placed.extend(lines.into_iter().map(|text| Line { text, kind: block.kind, is_code, is_wrapped, is_broken }));
    }
    placed
}

/// Tells whether lines are one paragraph, as an editor breaks it: none is as long as a paragraph, few end a sentence, and
/// many go on in small letters. A pasted page has menus, headline and standfirst in one block, too.
fn is_broken(lines: &[String]) -> bool {
    let Some((first, rest)) = lines.split_first() else { return false };
    let inner = lines.len() - 1;
    let ended = lines[..inner].iter().filter(|line| is_ended(line)).count();
    let small = rest.iter().filter(|line| line.starts_with(char::is_lowercase)).count();
    ended * 3 <= inner && small * 3 >= inner && first.len() <= WIDE && rest.iter().all(|line| line.len() <= WIDE)
}

/// How many bytes a line has at most that is one of several of a paragraph.
const WIDE: usize = 160;

/// Weighs a line: how much it says for prose.
fn weight(line: &Line) -> i64 {
    let text = line.text.as_str();
    let words = words(text);
    let long = i64::try_from(words).unwrap_or(MOST).min(MOST);
    let small = text.split(' ').filter(|word| word.starts_with(char::is_lowercase)).count();
    if is_notice(text) || is_invitation(text) || is_clutter(text) || is_caption(text) {
        OTHER
    } else if line.is_broken || is_ended(text) && words >= 4 {
        long
    } else if words >= LONG && small * 2 > words && !is_navigation(text) {
        long / 2
    } else {
        OTHER
    }
}

/// Finds the first run of lines that weighs at least a third of what the heaviest does.
fn first_run(lines: &[Line]) -> Option<(usize, usize)> {
    // First line, line behind its heaviest part, weight of that part.
    let mut runs: Vec<(usize, usize, i64)> = Vec::new();
    let mut sum = 0;
    for (at, line) in lines.iter().enumerate() {
        if sum <= 0 {
            sum = 0;
            runs.push((at, at, 0));
        }
        sum += weight(line);
        let run = runs.last_mut().expect("the first line begins one");
        if sum > run.2 {
            *run = (run.0, at + 1, sum);
        }
    }
    let most = runs.iter().map(|run| run.2).max().filter(|most| *most >= LEAST)?;
    runs.iter().find(|run| run.2 * 3 >= most).map(|run| (run.0, run.1))
}

/// Tells whether a line is plainly a paragraph of prose.
fn is_paragraph(line: &Line) -> bool {
    weight(line) > PARAGRAPH
}

/// Returns the line behind the second paragraph from a line on.
fn behind_prose(lines: &[Line], from: usize) -> usize {
    (from..lines.len()).filter(|at| is_paragraph(&lines[*at])).nth(1).map_or(lines.len(), |at| at + 1)
}

/// Returns what a line says for prose, if anything.
fn prose(line: &Line) -> i64 {
    weight(line).max(0)
}

/// Finds where an article ends whose run of prose ends at `behind`: at a line that ends it, if most of the run's prose is
/// above; else at the first line after the run that is of the page; else nowhere.
fn end(lines: &[Line], start: usize, behind: usize) -> usize {
    let mut below: i64 = lines[start..behind].iter().map(prose).sum();
    let mut above = 0;
    let mut within = None;
    for (at, line) in lines.iter().enumerate().take(behind).skip(start) {
        if at > start && above > below && ends_article(&line.text) {
            within = Some(at);
            break;
        }
        above += prose(line);
        below -= prose(line);
    }
    let is_foot = |at: &usize| [ends_article, is_box, is_clutter].iter().any(|is| is(&lines[*at].text));
    within.or_else(|| (behind..lines.len()).find(is_foot)).unwrap_or(lines.len())
}

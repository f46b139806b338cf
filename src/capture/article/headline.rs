//! The headline of a text that is nothing but lines: the line above byline and date that the article bears out.
//!
//! Above an article are menus, teasers of other articles, and words that may be a category; between its headline and
//! its first paragraph may be a standfirst, captions and buttons. What speaks for a line is added up ([`Head::score`]);
//! nothing speaks for it alone.

use std::collections::{BTreeMap, BTreeSet};

use super::byline::{byline, in_capitals, with_office};
use super::layout::Layout;
use super::phrases::{self, is_announcement, is_caption, is_clutter, is_ended, is_invitation, is_notice, words};
use super::{date, person};

/// How far above the article its headline stands, in lines.
const ABOVE: usize = 60;

/// How far below its first line, where that is a standfirst.
const BELOW: usize = 8;

/// How many words a headline has at most; of a script without spaces, characters.
const MOST: usize = 45;

/// How many words a headline has at least that cannot be taken for a category.
const TELLING: usize = 4;

/// How many words few headlines have more than.
const LONG: usize = 18;

/// How many words a standfirst has at least.
const STANDFIRST: usize = 7;

/// Of how many words at least some must be the article's: one or two are soon found there.
const FEW: usize = 4;

/// How many lines are between a headline and a byline that is plainly its own, at most, and one more.
const CLOSE: usize = 2;

/// How many lines from the article on a line is no farther than any other.
const FAR: usize = 12;

/// How far down in a document its title stands, in lines.
const TOP: usize = 12;

/// How much must speak for a line.
const LEAST: f32 = 1.5;

/// What is known of the head of a text before its headline is.
struct Head<'t> {
    layout: &'t Layout,
    /// The sentences of the article.
    sentences: BTreeSet<&'t str>,
    /// The beginnings of their words.
    stems: BTreeSet<String>,
    /// How often each line stands in the text, in lower case.
    times: BTreeMap<String, usize>,
    /// What stands before the name of the page in lines such as `Quay sold | The Courier`, in lower case.
    tabs: BTreeSet<String>,
}

/// Finds the line that holds the headline.
pub(super) fn find(layout: &Layout) -> Option<usize> {
    let from = layout.start.saturating_sub(ABOVE);
    let to = layout.head.min(layout.start + BELOW).min(layout.lines.len());
    let head = Head::of(layout);
    let scored = (from..to)
        .filter(|at| !layout.lines[*at].is_broken && is_title(layout.text(*at)))
        .filter(|at| !layout.is_paged || may_head(*at, layout.text(*at)))
        // A caption may stand nearer to the byline.
        .filter(|at| *at == 0 || !is_announcement(layout.text(*at - 1)))
        .map(|at| (at, head.score(at)));
    // Of equals, the lower one is nearer to the article.
    let best = scored.max_by(|one, other| one.1.total_cmp(&other.1))?;
    (best.1 >= LEAST).then_some(best.0)
}

/// Tells whether a line may be the title of a document: it stands among the first, and goes on no other.
fn may_head(at: usize, line: &str) -> bool {
    at < TOP && !line.starts_with(char::is_lowercase)
}

impl<'t> Head<'t> {
    fn of(layout: &'t Layout) -> Head<'t> {
        let mut times: BTreeMap<String, usize> = BTreeMap::new();
        let mut tabs = BTreeSet::new();
        for line in &layout.lines {
            let lower = line.text.to_lowercase();
            if let Some((title, _)) = cut_tab(&lower) {
                tabs.insert(title.to_owned());
            }
            *times.entry(lower).or_default() += 1;
        }
        let body = &layout.lines[layout.start..layout.end];
        let prose = body.iter().filter(|line| is_ended(&line.text) || line.is_broken);
        let sentences: BTreeSet<&str> = prose.map(|line| line.text.as_str()).collect();
        let stems = sentences.iter().flat_map(|line| stems(line)).collect();
        Head { layout, sentences, stems, times, tabs }
    }

    /// Adds up what speaks for a line and against it.
    fn score(&self, at: usize) -> f32 {
        let line = self.layout.text(at);
        let lower = line.to_lowercase();
        let count = words(line);
        let mut score = 3.0 * self.shared(line) + self.nearness(at);
        if self.tabs.contains(&lower) {
            score += 1.5;
        }
        if self.times.get(&lower).is_some_and(|times| *times == 2) && count >= TELLING {
            score += 0.5;
        }
        if count >= TELLING {
            score += 1.0;
        } else if count == 1 {
            score -= 2.0;
        }
        let bare = line.trim_end_matches(['"', '”', '’', '»', '“', ')']);
        if bare.ends_with(['.', ',', ';', ':']) && !bare.ends_with("..") || line.starts_with(char::is_lowercase) {
            score -= 1.5;
        }
        if person::is_person(&person::as_name(line)) {
            score -= 1.0;
        }
        if count > LONG {
            score -= 0.1 * ratio(count - LONG, 1);
        }
        if at > self.layout.start {
            score -= 1.5;
        }
        if at + 1 < self.layout.start && self.is_standfirst(at + 1) {
            score += 0.5;
        }
        if at > 0 && self.is_over(at - 1, at) {
            score -= 1.5;
        }
        score
    }

    /// Returns how much of a line's words the article has, too.
    fn shared(&self, line: &str) -> f32 {
        let found: Vec<String> = stems(line).collect();
        // A sentence of the article shares all with it.
        if self.sentences.contains(line) {
            return 0.3;
        }
        let known = found.iter().filter(|stem| self.stems.contains(*stem)).count();
        ratio(known, found.len().max(FEW))
    }

    /// Returns how near a line is to a byline or a date below it, or to the article.
    fn nearness(&self, at: usize) -> f32 {
        let below = (at + 1..self.layout.head.min(self.layout.lines.len()))
            .find(|below| is_mark(self.layout.text(*below)) || *below >= self.layout.start.max(at + 1));
        let below = below.unwrap_or(self.layout.head);
        let between = (at + 1..below).filter(|at| !self.is_filling(*at)).count();
        let text = self.layout.lines.get(below).map_or("", |line| line.text.as_str());
        let marked = match (is_mark(text), byline(text).is_some() && between < CLOSE) {
            (_, true) => 2.0,
            (true, false) => 0.7,
            (false, false) => 0.0,
        };
        let above = (at.saturating_sub(3)..at).any(|at| is_mark(self.layout.text(at)));
        let far = self.layout.start.saturating_sub(at);
        let near = 2.0 / (1.0 + 0.5 * ratio(between, 1));
        near + marked + if above { 0.3 } else { 0.0 } - 0.05 * ratio(far.min(FAR), 1)
    }

    /// Tells whether a line often stands between a headline and a byline.
    fn is_filling(&self, at: usize) -> bool {
        let line = self.layout.text(at);
        words(line) >= STANDFIRST || is_caption(line) || is_clutter(line)
    }

    fn is_standfirst(&self, at: usize) -> bool {
        self.layout.lines.get(at).is_some_and(|line| {
            words(&line.text) >= STANDFIRST
                && !is_caption(&line.text)
                && !is_clutter(&line.text)
                && !is_notice(&line.text)
        })
    }

    /// Tells whether a line looks like the headline over the next one.
    fn is_over(&self, at: usize, next: usize) -> bool {
        let (line, next) = (self.layout.text(at), self.layout.text(next));
        words(line) >= TELLING && is_title(line) && line != next && self.shared(line) > 0.3 && !is_mark(line)
    }
}

/// Tells whether a line is a byline or a date.
fn is_mark(line: &str) -> bool {
    let is_short = line.split(' ').count() <= 14;
    is_short && (date::find(line).is_some() || byline(line).is_some() || in_capitals(line).is_some())
}

/// Cuts `Quay sold | The Courier` into its parts; the title has some words.
pub(super) fn cut_tab(line: &str) -> Option<(&str, &str)> {
    let (title, name) =
        [" | ", " – ", " — ", " - ", " :: ", "｜", "_"].iter().find_map(|mark| line.rsplit_once(mark))?;
    (words(title) >= TELLING && words(name) <= 6).then(|| (title.trim(), name.trim()))
}

/// Returns the beginnings of the words that say something; of scripts without spaces, pairs of characters.
fn stems(line: &str) -> impl Iterator<Item = String> {
    let lower = line.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let stems = words.flat_map(|word| {
        let chars: Vec<char> = word.chars().collect();
        if chars.iter().any(|c| is_han(*c)) {
            chars.windows(2).map(|pair| pair.iter().collect()).collect::<Vec<String>>()
        } else if chars.len() >= 4 || chars.len() >= 2 && chars.iter().all(char::is_ascii_digit) {
            vec![chars.iter().take(5).collect()]
        } else {
            Vec::new()
        }
    });
    stems.collect::<Vec<String>>().into_iter()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// Divides two counts of words or lines.
fn ratio(part: usize, whole: usize) -> f32 {
    let small = |count: usize| f32::from(u16::try_from(count).unwrap_or(u16::MAX));
    small(part) / small(whole)
}

/// Tells whether a line may be a headline by itself.
fn is_title(line: &str) -> bool {
    let words = words(line);
    let is_date = words <= 8 && date::find(line).is_some();
    (1..=MOST).contains(&words)
        && line.split(' ').count() <= 30
        && line.chars().filter(|c| c.is_alphabetic()).count() >= 4
        && !line.starts_with(['<', '@', '→', '←', '»', '•'])
        && !line.contains(['›', '>'])
        && !is_date
        && byline(line).is_none()
        && in_capitals(line).is_none()
        && !line.contains(" | ")
        && !is_invitation(line)
        && with_office(line).is_none()
        && !(is_ended(line) && words > 12 && !line.ends_with(['?', '!', '”', '"', '’', '\'']))
        && !is_clutter(line)
        && !is_caption(line)
        && !is_notice(line)
        && !phrases::is_box(line)
}

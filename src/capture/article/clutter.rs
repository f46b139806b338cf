//! Lines of a capture that look like no part of its text: advertisements, navigation, invitations, captions.
//!
//! These are proposals for `noise`. A line that is left out is left out everywhere, so a line that reads like a sentence
//! is never proposed, nor one that also stands where the article needs it: as a heading over prose, in a list or in code
//! of the article, in prose that is broken into lines.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::text::Kind;
use super::Article;
use super::layout::{Layout, Line};
use super::phrases::{
    is_announcement, is_box, is_caption, is_clutter, is_copyright, is_credit, is_ended, is_invitation, is_notice,
    is_prose, is_sentence, is_short, words,
};

/// The most lines that are proposed.
pub(super) const MAX_LINES: usize = 200;

/// The most words of a line of menus that stands outside the article.
const MENU: usize = 25;

/// The most links of a box.
const LINKS: usize = 5;

/// The most words of a caption that is announced.
const CAPTION: usize = 40;

/// Where the article is.
pub(super) enum Body {
    /// In these lines.
    Lines(BTreeSet<String>),
    /// From its title to its last line: what stands above and below is of the page.
    Span(Range<usize>),
    /// Nobody knows.
    Unknown,
}

/// Texts that a rule must leave alone, since a line that is left out is left out wherever it stands.
#[derive(Default)]
struct Spared<'t> {
    /// They stand in prose that is broken into lines.
    wrapped: BTreeSet<&'t str>,
    /// They stand right above prose, so many times: once, as the heading of a section does, or again and again, as a
    /// label does.
    leading: BTreeMap<&'t str, usize>,
    /// They are headings.
    headings: BTreeSet<&'t str>,
    /// They stand elsewhere than in a paragraph: in a list, a table, in code.
    set: BTreeSet<&'t str>,
}

/// Returns the lines that look like clutter, in the order of the text.
pub(super) fn noise(layout: &Layout, body: Body, found: &Article) -> Vec<String> {
    let lines = &layout.lines;
    let span = if let Body::Span(span) = &body { span.clone() } else { 0..lines.len() };
    let is_scrape = matches!(body, Body::Span(_));
    let body = match body {
        Body::Lines(lines) => Some(lines),
        Body::Span(span) => Some(lines[span].iter().map(|line| line.text.clone()).collect()),
        Body::Unknown => None,
    };
    let wrapped = if is_scrape { |line: &Line| line.is_broken } else { |line: &Line| line.is_wrapped };
    let spared = spared(&lines[span.clone()], wrapped);
    let led = if is_scrape { led(&lines[span.clone()], span.start, layout.start) } else { BTreeSet::new() };
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for line in lines {
        *times.entry(&line.text).or_default() += 1;
    }
    let is_known = |line: &str| {
        let lower = line.to_lowercase();
        let names = |name: &String| lower.contains(&name.to_lowercase());
        found.title.as_deref() == Some(line) || found.authors.iter().any(names)
    };
    let is_outside = |line: &Line| body.as_ref().is_some_and(|body| !body.contains(&line.text));
    let looks = |line: &Line| {
        let text = line.text.as_str();
        let is_inside = body.is_some() && !is_outside(line);
        let is_heading = spared.headings.contains(text);
        let is_outside = is_outside(line) && !matches!(line.kind, Kind::Heading(1 | 2));
        let is_stray = !is_inside || is_label(text) && !spared.set.contains(text);
        // In a document every line is one of a paragraph, and may come again; heads and feet of pages are found by themselves.
        let repeated = !layout.is_paged && times.get(text).is_some_and(|times| *times > 1) && is_stray;
        let shouted = is_shouted(text) && !is_heading && is_stray;
        // A section may be headed "Search", but none is headed "Sign up to our newsletter".
        is_clutter(text) && !(is_heading && is_inside && words(text) == 1)
            || (shouted || repeated || is_outside)
                && !spared.wrapped.contains(text)
                && spared.leading.get(text) != Some(&1)
    };
    let mut noise: Vec<&Line> = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for line in lines.iter().filter(|line| line.kind != Kind::Row) {
        let text = line.text.as_str();
        let of_page = is_scrape && is_outside(line);
        let is_short = is_short(text) || of_page && words(text) <= MENU;
        let proposed = is_caption(text)
            || is_short && !is_sentence(text) && looks(line)
            || is_scrape && is_invitation(text)
            || of_page && (is_notice(text) || is_copyright(text))
            || led.contains(text);
        if proposed && !is_known(text) && seen.insert(text) {
            noise.push(line);
        }
    }
    // What interrupts the article matters more than what is around it.
    let mut room = MAX_LINES.saturating_sub(noise.iter().filter(|line| !is_outside(line)).count());
    noise.retain(|line| {
        let fits = !is_outside(line) || room > 0;
        room = room.saturating_sub(usize::from(is_outside(line)));
        fits
    });
    noise.iter().take(MAX_LINES).map(|line| line.text.clone()).collect()
}

/// Returns the lines of an article that what stands before or behind them shows to be none of its: captions, the links
/// of a box, numbers among the buttons above the first paragraph. `first` is the number of the first line.
fn led(lines: &[Line], first: usize, start: usize) -> BTreeSet<&str> {
    let text = |at: usize| lines.get(at).map_or("", |line| line.text.as_str());
    let mut led = BTreeSet::new();
    let mut links = 0;
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_broken) {
        let here = line.text.as_str();
        let is_open = !is_ended(here) || here.ends_with(['?', '…']);
        let is_link = links > 0 && is_open && is_short(here) && !here.starts_with(char::is_lowercase);
        // The last line before prose may be the heading of a section.
        let is_last = is_prose(text(at + 1)) && links < LINKS;
        links = match (is_box(here), is_link) {
            (true, _) => LINKS,
            (_, true) => links - 1,
            _ => 0,
        };
        let announced = at > 0 && is_announcement(text(at - 1)) && (!is_prose(here) || is_credit(text(at + 1)));
        let announced = announced && (!is_ended(here) || is_credit(text(at + 1))) && words(here) <= CAPTION;
        let is_number = here.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | ',' | '.' | ':' | '/'));
        let is_button = is_number && at + first < start || is_time(here);
        if is_box(here) || is_link && !is_last || announced || is_announcement(here) || is_button {
            led.insert(here);
        }
    }
    led
}

/// Tells whether a line is the length of a video: `2:18`.
fn is_time(line: &str) -> bool {
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.chars().all(|c| c.is_ascii_digit());
    line.contains(':') && line.split(':').count() <= 3 && line.split(':').all(digits)
}

fn spared(lines: &[Line], is_wrapped: fn(&Line) -> bool) -> Spared<'_> {
    let mut spared = Spared::default();
    for (at, line) in lines.iter().enumerate() {
        let text = line.text.as_str();
        let is_heading = matches!(line.kind, Kind::Heading(_));
        let above_prose = lines.get(at + 1).is_some_and(|next| is_prose(&next.text) && !is_caption(&next.text));
        if is_wrapped(line) {
            spared.wrapped.insert(text);
        }
        // One word may as well be a category.
        if above_prose && (is_heading || line.kind == Kind::Paragraph && words(text) > 1) {
            *spared.leading.entry(text).or_default() += 1;
        }
        if is_heading {
            spared.headings.insert(text);
        }
        if line.is_code || line.kind != Kind::Paragraph {
            spared.set.insert(text);
        }
    }
    spared
}

/// Tells whether a line is in capitals: a heading of a box, a category. A script without capitals has none, whatever
/// stands in it.
fn is_shouted(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic());
    letters.clone().count() >= 2 && letters.clone().all(char::is_uppercase) && line.split(' ').count() <= 6
}

/// Tells whether a line is a few words and no sentence: what a box or a button says.
fn is_label(line: &str) -> bool {
    words(line) <= 3 && line.contains(char::is_alphabetic) && !is_ended(line)
}

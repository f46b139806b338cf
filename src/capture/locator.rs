//! What an author says about the place of a passage: `para. 6-7`, `p. 3`, `line 12`, and whether it is right.
//!
//! A locator is right where it names one of the paragraphs, pages or lines that the passage reaches over. Units that
//! the capture does not have (a page of a text file, a chapter) cannot be checked, and are taken as right.

use std::fmt;

use super::passage::Passage;

/// What a locator counts.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Unit {
    /// Paragraphs of the text.
    Paragraph,
    /// Pages, in order.
    Page,
    /// Lines of the file.
    Line,
    /// Anything else: chapters, sections, verses.
    Other,
}

/// A place that an author names.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Locator {
    /// What is counted.
    pub unit: Unit,
    /// First and last of each range; empty where the text names no plain numbers (`p. xiv`).
    pub ranges: Vec<(u32, u32)>,
    /// It counts within a chapter or another part of the text, and so names no place of it.
    pub is_within: bool,
}

/// Whether a locator is right.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fit {
    /// It names a place of the passage.
    Right,
    /// It names another one; this one would be right.
    Wrong(Locator),
    /// The capture has no such places, or the text names none.
    Unchecked,
}

impl Locator {
    /// Reads the locators of a citation's text: `p. 3`, `paras. 3, 5`, `para. 2, line 12`. A number without a word before
    /// it is a page, as Pandoc has it. What is counted within something else (`ch. 2, para. 3`) names no place of the text.
    pub fn parse(text: &str) -> Vec<Locator> {
        let mut locators: Vec<Locator> = Vec::new();
        let mut rest = text;
        let (mut is_inside, mut goes_on) = (false, false);
        while let Some(start) = rest.find(|c: char| c.is_alphanumeric() || matches!(c, '¶' | '§')) {
            goes_on |= is_dash(&rest[..start]);
            let word = &rest[start..];
            let end = word.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '&' | '{' | '}'));
            let word = &word[..end.unwrap_or(word.len())];
            // A sign or an abbreviation may stand right before its number: `¶6`, `p.3`.
            let name = word.trim_end_matches(|c: char| !matches!(c, '.' | '¶' | '§') && !is_plain_letter(c));
            let word =
                if !name.is_empty() && name.len() < word.len() && unit_of(name) != Unit::Other { name } else { word };
            rest = &rest[start + word.len()..];
            let last = locators.last_mut();
            match (range_of(word), last, following(word)) {
                (Some(range), Some(last), _) => match last.ranges.last_mut().filter(|_| goes_on) {
                    Some(before) => *before = (before.0.min(range.0), before.1.max(range.1)),
                    None if last.is_within => {}
                    None => last.ranges.push(range),
                },
                (Some(range), None, _) => {
                    locators.push(Locator { unit: Unit::Page, ranges: vec![range], is_within: false });
                }
                (None, Some(last), Some(more)) => {
                    if let Some(before) = last.ranges.last_mut() {
                        before.1 = before.1.saturating_add(more);
                    }
                }
                (None, ..) if is_joining(word) => {}
                (None, ..) => {
                    let unit = unit_of(word);
                    is_inside |= is_container(word);
                    let is_within = is_inside && matches!(unit, Unit::Paragraph | Unit::Line);
                    locators.push(Locator { unit, ranges: Vec::new(), is_within });
                }
            }
            goes_on = is_through(word) || word.ends_with(['-', '–', '—']);
        }
        locators
    }

    /// Reads a locator of which the unit stands apart, as CSL names it: `paragraph` and `6-7`.
    pub fn of_unit(unit: &str, value: &str) -> Locator {
        let ranges = Locator::parse(value).into_iter().next().map(|locator| locator.ranges);
        Locator { unit: unit_of(unit), ranges: ranges.unwrap_or_default(), is_within: false }
    }

    /// Tells whether this is right for a passage.
    pub fn fits(&self, passage: &Passage) -> Fit {
        let place = match self.unit {
            Unit::Paragraph => passage.paragraphs,
            Unit::Page => passage.pages,
            Unit::Line => passage.lines,
            Unit::Other => None,
        };
        let (Some((first, last)), false) = (place, self.ranges.is_empty()) else { return Fit::Unchecked };
        if self.ranges.iter().any(|range| range.0 <= last && first <= range.1) {
            Fit::Right
        } else {
            Fit::Wrong(Locator { unit: self.unit, ranges: vec![(first, last)], is_within: false })
        }
    }

    /// Returns the locator of a passage: its paragraph, else its page, else its line.
    pub fn of_passage(passage: &Passage) -> Option<Locator> {
        let places = [(Unit::Paragraph, passage.paragraphs), (Unit::Page, passage.pages), (Unit::Line, passage.lines)];
        places.into_iter().find_map(|(unit, place)| Some(Locator { unit, ranges: vec![place?], is_within: false }))
    }
}

impl fmt::Display for Locator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let several = self.ranges.len() > 1 || self.ranges.iter().any(|range| range.0 != range.1);
        f.write_str(match (self.unit, several) {
            (Unit::Paragraph, false) => "para.",
            (Unit::Paragraph, true) => "paras.",
            (Unit::Page, false) => "p.",
            (Unit::Page, true) => "pp.",
            (Unit::Line, false) => "line",
            (Unit::Line, true) => "lines",
            (Unit::Other, _) => "at",
        })?;
        for (nth, (first, last)) in self.ranges.iter().enumerate() {
            f.write_str(if nth == 0 { " " } else { ", " })?;
            if first == last { write!(f, "{first}")? } else { write!(f, "{first}-{last}")? }
        }
        Ok(())
    }
}

/// Tells which of several locators is wrong for all of the passages, and what would be right for the first of them.
/// `None` where they are right for one passage, or cannot be checked.
pub fn wrong_locator(locators: &[Locator], passages: &[Passage]) -> Option<Locator> {
    let fits = |passage: &Passage| locators.iter().all(|locator| !matches!(locator.fits(passage), Fit::Wrong(_)));
    if passages.iter().any(fits) {
        return None;
    }
    let first = passages.first()?;
    locators.iter().find_map(|locator| match locator.fits(first) {
        Fit::Wrong(right) => Some(right),
        Fit::Right | Fit::Unchecked => None,
    })
}

/// Returns those of several passages at which the locators are right: what a quotation that occurs twice means.
pub fn at_locators<'a>(locators: &[Locator], passages: &'a [Passage]) -> Vec<&'a Passage> {
    let fits = |passage: &&Passage| locators.iter().all(|locator| locator.fits(passage) == Fit::Right);
    passages.iter().filter(fits).collect()
}

fn unit_of(word: &str) -> Unit {
    match word.trim_end_matches('.').to_lowercase().as_str() {
        "para" | "paras" | "par" | "paragraph" | "paragraphs" | "¶" | "¶¶" => Unit::Paragraph,
        "p" | "pp" | "pg" | "page" | "pages" => Unit::Page,
        "l" | "ll" | "line" | "lines" => Unit::Line,
        _ => Unit::Other,
    }
}

fn is_plain_letter(c: char) -> bool {
    c.is_alphabetic()
}

fn is_joining(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "and" | "to" | "und" | "et" | "y" | "e" | "i" | "och" | "og")
        || is_through(word)
}

/// Tells whether a word means all that lies between two numbers.
fn is_through(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "to" | "through" | "until" | "bis" | "à" | "al" | "till" | "til" | "do")
}

/// Tells whether what stands between two words is a dash: `3 – 5` is a range.
fn is_dash(between: &str) -> bool {
    let between = between.trim();
    !between.is_empty() && between.chars().all(|c| matches!(c, '-' | '–' | '—' | '‑' | '‐' | '−'))
}

/// Returns how many more places a word behind a number means: `12 ff.`.
fn following(word: &str) -> Option<u32> {
    match word.trim_end_matches('.').to_lowercase().as_str() {
        "f" | "sq" => Some(1),
        "ff" | "sqq" | "seq" | "seqq" | "passim" => Some(u32::MAX),
        _ => None,
    }
}

/// Tells whether a word names a part of a text in which paragraphs and lines are counted anew.
fn is_container(word: &str) -> bool {
    let name = word.trim_end_matches(|c: char| c == '.' || c.is_numeric());
    matches!(
        name.to_lowercase().as_str(),
        "ch" | "chap"
            | "chapter"
            | "chapters"
            | "chaps"
            | "sec"
            | "sect"
            | "section"
            | "sections"
            | "secs"
            | "§"
            | "§§"
            | "art"
            | "article"
            | "articles"
            | "vol"
            | "volume"
            | "vols"
            | "book"
            | "bk"
            | "part"
            | "pt"
            | "annex"
            | "appendix"
            | "app"
            | "no"
            | "issue"
            | "fig"
            | "table"
            | "note"
            | "n"
            | "nn"
            | "exhibit"
            | "schedule"
            | "col"
            | "column"
            | "act"
            | "scene"
            | "stanza"
            | "canto"
            | "title"
            | "kap"
            | "abschnitt"
            | "chapitre"
            | "livre"
    )
}

/// Reads `6`, `6-7`, `33–5` (35) or `12ff.` (open). A number too large for any text is the largest.
fn range_of(word: &str) -> Option<(u32, u32)> {
    let word = word.trim_end_matches(['.', ')', ']', ':']);
    if let Some(first) = word.strip_suffix("ff") {
        return number(first.trim_end_matches('.')).map(|first| (first, u32::MAX));
    }
    let (word, more) = word.strip_suffix('f').map_or((word, 0), |word| (word, 1));
    let (first, last) = word.split_once(['-', '–', '—', '‑', '‐']).unwrap_or((word, ""));
    let first = number(first)?;
    let last = last.trim_start_matches(['-', '–']);
    if last.is_empty() {
        return Some((first, first.saturating_add(more)));
    }
    let second = number(last)?;
    // `133-5` means 135, `7-6` the same as `6-7`.
    let scale = u32::try_from(last.len()).ok().and_then(|digits| 10_u32.checked_pow(digits));
    let full = scale.filter(|_| second < first).map_or(second, |scale| (first - first % scale).saturating_add(second));
    let (first, last) = if full < first { (second, first) } else { (first, full) };
    Some((first, last.saturating_add(more)))
}

/// Reads digits.
fn number(digits: &str) -> Option<u32> {
    let sound = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    sound.then(|| digits.parse().unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::{Fit, Locator, Passage, at_locators, wrong_locator};

    fn check(text: &str, expect: &str) {
        let shown: Vec<String> = Locator::parse(text).iter().map(ToString::to_string).collect();
        assert_eq!(shown.join(" + "), expect, "{text:?}");
    }

    fn passage(paragraph: u32) -> Passage {
        let both = Some((paragraph, paragraph));
        Passage { pieces: Vec::new(), paragraphs: both, pages: None, lines: Some((paragraph * 2, paragraph * 2)) }
    }

    #[test]
    fn locators_are_read_as_pandoc_writes_them() {
        check("para. 6-7", "paras. 6-7");
        check("paras. 3, 5", "paras. 3, 5");
        check("paragraph 3 and 5", "paras. 3, 5");
        check("p. 3", "p. 3");
        check("pp. 133-5, 140", "pp. 133-135, 140");
        check("33", "p. 33");
        check("line 12", "line 12");
        check("¶6", "para. 6");
        check("p.3", "p. 3");
        check("para. 2, line 12", "para. 2 + line 12");
        check("p. xiv", "p. + at");
        check("chap. 2", "at 2");
        check("{para. 4}", "para. 4");
        check("paras. 1 and 2", "paras. 1, 2");
        check("paras. 1 & 2", "paras. 1, 2");
        check("paras. 3 to 5", "paras. 3-5");
        check("paras. 3 – 5, 9", "paras. 3-5, 9");
        check("lines 7-6", "lines 6-7");
        check("p. 1; line 3", "p. 1 + line 3");
        check("p. 12 f.", "pp. 12-13");
        check("p. 12f", "pp. 12-13");
        check("para. 12 et seq.", "paras. 12-4294967295");
        check("para. 3, the second sentence", "para. 3 + at + at + at");
        check("", "");
    }

    #[test]
    fn a_locator_is_right_where_it_touches_the_passage() {
        let fits = |text: &str| Locator::parse(text)[0].fits(&passage(6));
        assert_eq!(fits("para. 6"), Fit::Right);
        assert_eq!(fits("paras. 5-6"), Fit::Right);
        assert_eq!(fits("para. 3, 6"), Fit::Right);
        assert_eq!(fits("line 12"), Fit::Right);
        assert_eq!(fits("p. 99"), Fit::Unchecked);
        assert_eq!(fits("chap. 99"), Fit::Unchecked);
        assert_eq!(fits("para. 4"), Fit::Wrong(Locator::parse("para. 6").remove(0)));
        assert_eq!(Locator::of_unit("paragraph", "6").fits(&passage(6)), Fit::Right);
    }

    #[test]
    fn a_number_that_no_text_has_is_wrong() {
        let wrong = |text: &str| wrong_locator(&Locator::parse(text), &[passage(6)]).map(|right| right.to_string());
        assert_eq!(wrong("para. 99999999999999999999").as_deref(), Some("para. 6"));
        assert_eq!(wrong("paras. 99999999999999999998-99999999999999999999").as_deref(), Some("para. 6"));
        assert_eq!(wrong("paras. 4294967295 ff.").as_deref(), Some("para. 6"));
        assert_eq!(wrong("para. 0").as_deref(), Some("para. 6"));
        assert_eq!(wrong("paras. 2-99999999999999999999"), None);
        assert_eq!(wrong("para. +6"), None);
    }

    #[test]
    fn what_is_counted_in_a_part_of_a_text_is_not_checked() {
        let wrong = |text: &str| wrong_locator(&Locator::parse(text), &[passage(6)]).map(|right| right.to_string());
        for unchecked in [
            "ch. 2, para. 1",
            "chap. IV, para. 1",
            "§ 12, para. 3",
            "§12 para. 3",
            "vol. 2, p. 3, line 1",
            "art. 5 paras. 1 and 2",
        ] {
            assert_eq!(wrong(unchecked), None, "{unchecked}");
        }
        assert_eq!(wrong("at para. 1").as_deref(), Some("para. 6"));
        assert_eq!(wrong("para. 1, chap. 2").as_deref(), Some("para. 6"));
        assert_eq!(wrong("paras. 3 to 5").as_deref(), Some("para. 6"));
        assert_eq!(wrong("paras. 3 to 7"), None);
        assert_eq!(wrong("para. 4 ff."), None);
    }

    #[test]
    fn a_locator_picks_one_of_several_passages() {
        let passages = [passage(2), passage(9)];
        assert_eq!(wrong_locator(&Locator::parse("para. 9"), &passages), None);
        assert_eq!(at_locators(&Locator::parse("para. 9"), &passages), [&passages[1]]);
        let right = wrong_locator(&Locator::parse("para. 4"), &passages).expect("it is wrong");
        assert_eq!(right.to_string(), "para. 2");
    }
}

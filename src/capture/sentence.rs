//! Where sentences end: good enough to show a quotation with its neighbours, not more.
//!
//! A sentence ends at `. ! ? …` and their like in other scripts, with the marks that close it, before white space and
//! something that may begin a sentence; not after an initial or a common abbreviation; at the end of a block; and where a
//! line ends on purpose, as verses and records do. What must hold: however a text is written, no more than [`LONGEST`]
//! characters of one sentence are shown beside a passage, so that an excerpt stays one.

use std::ops::Range;

use unicode_normalization::char::canonical_combining_class;

use super::normal::is_invisible;
use super::text::{CaptureText, Flow};

/// Abbreviations after which a sentence goes on, in lower case, sorted.
const ABBREVIATIONS: [&str; 48] = [
    "art", "asst", "bl", "bzw", "ca", "capt", "cf", "col", "d.h", "dr", "e.g", "est", "etc", "fr", "gen", "gov", "hon",
    "i.e", "inc", "jr", "lt", "ltd", "m", "maj", "messrs", "min", "mlle", "mme", "mr", "mrs", "ms", "no", "nr", "op",
    "p", "pp", "prof", "r", "rep", "rev", "sen", "sgt", "sr", "st", "u.a", "ul", "vs", "z.b",
];

/// The most characters that are shown of a sentence before a passage, and behind it, and of each of its neighbours: about a
/// hundred words. A text without stops would otherwise be published whole.
const LONGEST: usize = 600;

/// How far a stop looks for what begins behind it, and for the word before it: a text of stops alone takes no longer.
const FAR: usize = 32;

/// The bytes in which the sentences around a passage lie, on either side: two times [`LONGEST`], in any script.
const ROOM: usize = 2 * 4 * LONGEST + 64;

/// Returns the sentences of a capture, in order, without the white space between them.
pub(super) fn sentences(capture: &CaptureText) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut unfinished: Option<usize> = None;
    for block in &capture.blocks {
        let text = &capture.text[block.range.clone()];
        let mut from = unfinished.take().unwrap_or(block.range.start);
        for end in ends(text).map(|end| block.range.start + end) {
            push_lines(&capture.text, from..end, &mut sentences);
            from = end + white_at(&capture.text[end..block.range.end]);
        }
        if from < block.range.end {
            if capture.flow == Flow::Broken && !is_end(text) {
                unfinished = Some(from);
            } else {
                push_lines(&capture.text, from..block.range.end, &mut sentences);
            }
        }
    }
    if let (Some(from), Some(last)) = (unfinished, capture.blocks.last()) {
        push_lines(&capture.text, from..last.range.end, &mut sentences);
    }
    sentences
}

/// Returns the sentences that a passage touches, with one on either side, as far as they stand in `within`.
pub(super) fn around(text: &str, within: Range<usize>, passage: Range<usize>) -> Range<usize> {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at += 1;
        }
        at
    };
    let start = boundary(within.start.max(passage.start.saturating_sub(ROOM)));
    let end = boundary(within.end.min(passage.end + ROOM));
    let (mut sentences, mut from) = (Vec::new(), start + white_at(&text[start..end]));
    for stop in ends(&text[start..end]).map(|stop| start + stop) {
        if from < stop {
            push_lines(text, from..stop, &mut sentences);
        }
        from = stop + white_at(&text[stop..end]);
    }
    if from < end {
        push_lines(text, from..end, &mut sentences);
    }
    reach(text, &sentences, &passage)
}

/// Returns how far a text is shown around a passage: its sentences and one on either side, of each as much as is allowed.
pub(super) fn reach(text: &str, sentences: &[Range<usize>], passage: &Range<usize>) -> Range<usize> {
    let first = sentences.partition_point(|sentence| sentence.end <= passage.start);
    let behind = sentences.partition_point(|sentence| sentence.start < passage.end).max(first + 1);
    let begins = sentences.get(first).map_or(passage.start, |sentence| sentence.start.min(passage.start));
    let ends = sentences.get(behind - 1).map_or(passage.end, |sentence| sentence.end.max(passage.end));
    let (mut start, mut end) = (tail(text, begins..passage.start), head(text, passage.end..ends));
    // Behind what was left out nothing more is shown.
    if let Some(before) = first.checked_sub(1).and_then(|at| sentences.get(at)).filter(|_| start == begins) {
        start = tail(text, before.start..before.end.min(passage.start));
    }
    if let Some(after) = sentences.get(behind).filter(|_| end == ends) {
        end = head(text, after.start.max(passage.end)..after.end);
    }
    start..end
}

/// Returns where the last [`LONGEST`] characters of a range begin, at a word where there is one.
fn tail(text: &str, range: Range<usize>) -> usize {
    let part = &text[range.clone()];
    let Some((at, _)) = part.char_indices().rev().nth(LONGEST - 1).filter(|(at, _)| *at > 0) else {
        return range.start;
    };
    let cut = if part[..at].ends_with(char::is_whitespace) {
        Some(at)
    } else {
        part[at..].find(char::is_whitespace).map(|white| at + white)
    };
    let cut = cut.map(|cut| cut + white_at(&part[cut..])).filter(|cut| *cut < part.len());
    range.start + cut.unwrap_or_else(|| at + marks_at(&part[at..]))
}

/// Returns where the first [`LONGEST`] characters of a range end, as [`tail`] does for the last.
fn head(text: &str, range: Range<usize>) -> usize {
    let part = &text[range.clone()];
    let Some((at, next)) = part.char_indices().nth(LONGEST) else { return range.end };
    let cut = if next.is_whitespace() { Some(at) } else { part[..at].rfind(char::is_whitespace) };
    let cut = cut.map(|cut| part[..cut].trim_end().len()).filter(|cut| *cut > 0);
    range.start + cut.unwrap_or_else(|| at + marks_at(&part[at..]))
}

/// Adds a sentence, or each of its parts where lines end on purpose: nearly all go on with a capital or a number, or the
/// next word would have had room in the line.
fn push_lines(text: &str, sentence: Range<usize>, out: &mut Vec<Range<usize>>) {
    if !text[sentence.clone()].contains('\n') {
        out.push(sentence);
        return;
    }
    let whole = text[..sentence.start].rfind('\n').map_or(0, |line| line + 1);
    let last = text[sentence.end..].find('\n').map_or(text.len(), |line| sentence.end + line);
    let width = |line: &str| line.trim().chars().count();
    let longest = text[whole..last].split('\n').map(width).max().unwrap_or(0);
    let inner = &text[sentence.clone()];
    let breaks = || inner.match_indices('\n').map(|(at, _)| sentence.start + at);
    let word = |at: usize| text[at..sentence.end].split_whitespace().next().unwrap_or_default();
    let first = |at: usize| word(at).chars().find(|c| c.is_alphanumeric());
    let begins = |at: &usize| first(*at).is_none_or(|c| c.is_uppercase() || c.is_numeric());
    let (all, begun) = (breaks().count(), breaks().filter(begins).count());
    let is_record = all > 2 && begun * 5 >= all * 4;
    let (mut from, mut line) = (sentence.start, whole);
    for at in breaks() {
        let has_room = (width(&text[line..at]) + 1 + width(word(at))) * 4 <= longest * 3;
        let end = from + text[from..at].trim_end().len();
        if (is_record || has_room) && from < end {
            out.push(from..end);
            from = at + white_at(&text[at..sentence.end]);
        }
        line = at + 1;
    }
    if from < sentence.end {
        out.push(from..sentence.end);
    }
}

/// Returns the length of the white space that a text begins with.
fn white_at(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Returns the length of the marks, on the character before it, that a text begins with.
fn marks_at(text: &str) -> usize {
    let marks = text.chars().take(FAR).take_while(|c| canonical_combining_class(*c) != 0);
    marks.map(char::len_utf8).sum()
}

/// Tells whether a character ends a sentence, in whatever script.
fn is_stop(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '\u{37e}'
            | '։'
            | '׃'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '།'
            | '။'
            | '።'
            | '፧'
            | '፨'
            | '។'
            | '៕'
            | '᙮'
            | '᠃'
            | '᠉'
            | '‼'
            | '⁇'
            | '⁈'
            | '⁉'
            | '⸮'
            | '꓿'
            | '꘎'
    ) || needs_no_space(c)
}

/// Tells whether a character ends a sentence though no space follows.
fn needs_no_space(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '｡' | '．' | '။' | '។' | '៕')
}

/// Tells whether a character may stand between the end of a sentence and the space behind it.
fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | '“' | '‘' | ')' | ']' | '」' | '』' | '›' | '）' | '】' | '》')
        || is_invisible(c)
}

/// Returns the offsets behind each sentence that ends inside `text` or with it.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    // Most bytes can begin none of them.
    let may_begin = |byte: u8| matches!(byte, b'.' | b'!' | b'?' | 0xcd | 0xd6..=0xd8 | 0xdb | 0xe0..=0xef);
    let bytes = text.bytes().enumerate().filter(move |(_, byte)| may_begin(*byte));
    let letters = bytes.filter_map(|(at, _)| Some((at, text[at..].chars().next()?)));
    letters.filter(|(_, c)| is_stop(*c)).filter_map(|(at, mark)| {
        let closed = text[at + mark.len_utf8()..].trim_start_matches(closes);
        let end = text.len() - closed.len();
        if closed.is_empty() || (needs_no_space(mark) && !(mark == '．' && closed.starts_with(char::is_numeric))) {
            return Some(end);
        }
        let next = closed.trim_start();
        if next.len() == closed.len() {
            return None;
        }
        let first = next.chars().take(FAR).find(|c| c.is_alphanumeric())?;
        let begins = !first.is_lowercase() || first.is_numeric();
        let abbreviated = mark == '.' && is_abbreviation(&text[..at]);
        (begins && !abbreviated).then_some(end)
    })
}

fn is_abbreviation(before: &str) -> bool {
    let tail = before.char_indices().rev().take(FAR).take_while(|(_, c)| c.is_alphanumeric() || *c == '.').last();
    let word = tail.map_or("", |(at, _)| &before[at..]);
    let mut letters = word.chars();
    let is_initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    is_initial || (word.len() < 8 && ABBREVIATIONS.binary_search(&word.to_lowercase().as_str()).is_ok())
}

/// Tells whether a line ends as the last line of a paragraph does.
pub(super) fn is_end(line: &str) -> bool {
    let line = line.trim_end_matches(|c: char| c.is_whitespace() || closes(c));
    line.ends_with(|c: char| is_stop(c) || matches!(c, ':' | ';' | '：' | '；'))
}

#[cfg(test)]
mod tests {
    use super::sentences;
    use crate::capture::{Format, extract};

    fn check(text: &str, expect: &[&str]) {
        let capture = extract(Format::Txt, text.as_bytes(), &[]).expect("text is always read");
        let found: Vec<&str> = sentences(&capture).into_iter().map(|range| &capture.text[range]).collect();
        assert_eq!(found, expect);
    }

    #[test]
    fn sentences_end_at_their_marks() {
        check("One. Two! “Three?” Four…\n\nFive", &["One.", "Two!", "“Three?”", "Four…", "Five"]);
        check("一。二！三\n\n四", &["一。", "二！", "三", "四"]);
    }

    #[test]
    fn abbreviations_and_numbers_end_none() {
        check(
            "Mr. Weir met Dr. J. Lind at 3.5 p.m. in St. Ives. He left.",
            &["Mr. Weir met Dr. J. Lind at 3.5 p.m. in St. Ives.", "He left."],
        );
    }

    #[test]
    fn sentences_end_in_every_script() {
        check("هل سألوك؟ لم يسألني أحد. انتهى", &["هل سألوك؟", "لم يسألني أحد.", "انتهى"]);
        check("اس نے کہا۔ وہ گیا", &["اس نے کہا۔", "وہ گیا"]);
        check("उसने कहा। वह गया॥ बस", &["उसने कहा।", "वह गया॥", "बस"]);
        check("Նա գնաց։ Ոչ ոք", &["Նա գնաց։", "Ոչ ոք"]);
        check("他说。她走！谁？没人", &["他说。", "她走！", "谁？", "没人"]);
        check("３．５だ．次だ｡終わり", &["３．５だ．", "次だ｡", "終わり"]);
        check("قال.\u{200f} وذهب", &["قال.\u{200f}", "وذهب"]);
    }

    #[test]
    fn verses_and_records_end_with_their_lines() {
        let verses = "The tide was out\nAnd nobody came\nAcross the wide grey water of the bay\nTo ask us for a name";
        check(verses, &verses.lines().collect::<Vec<_>>());
        let records = "2021-03-04 call to Lind\n2021-03-05 call to Weir\n2021-03-06 call to Lind\n2021-03-07 no call";
        check(records, &records.lines().collect::<Vec<_>>());
        let low = "the tide was out\nand nobody came across the wide grey water of the bay\nto ask";
        check(low, &["the tide was out", "and nobody came across the wide grey water of the bay\nto ask"]);
    }

    #[test]
    fn wrapped_lines_are_no_ends() {
        let text = "The office of the consul general could neither\nconfirm nor deny the account that Mara Lindqvist\n\
            gave of it to a newspaper. Then the office of\nthe member said no.";
        let [first, second] =
            [text.split_inclusive("newspaper.").next().unwrap_or(""), "Then the office of\nthe member said no."];
        check(text, &[first, second]);
    }

    #[test]
    fn a_sentence_goes_on_in_the_next_line_of_a_broken_text() {
        check("One goes\non. Two\nends.", &["One goes\non.", "Two\nends."]);
    }
}

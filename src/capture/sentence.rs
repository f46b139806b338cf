//! Where sentences end: good enough to show a quotation with its neighbours, not more.
//!
//! A sentence ends at `. ! ? …` and their like with the marks that close it, before white space and something that may
//! begin a sentence; not after an initial or a common abbreviation; and at the end of a block.

use std::ops::Range;

use super::text::{CaptureText, Flow};

/// Abbreviations after which a sentence goes on, in lower case, sorted.
const ABBREVIATIONS: [&str; 48] = [
    "art", "asst", "bl", "bzw", "ca", "capt", "cf", "col", "d.h", "dr", "e.g", "est", "etc", "fr", "gen", "gov", "hon",
    "i.e", "inc", "jr", "lt", "ltd", "m", "maj", "messrs", "min", "mlle", "mme", "mr", "mrs", "ms", "no", "nr", "op",
    "p", "pp", "prof", "r", "rep", "rev", "sen", "sgt", "sr", "st", "u.a", "ul", "vs", "z.b",
];

/// Returns the sentences of a capture, in order, without the white space between them.
pub(super) fn sentences(capture: &CaptureText) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut unfinished: Option<usize> = None;
    for block in &capture.blocks {
        let text = &capture.text[block.range.clone()];
        let mut from = unfinished.take().unwrap_or(block.range.start);
        for end in ends(text).map(|end| block.range.start + end) {
            sentences.push(from..end);
            let white =
                capture.text[end..block.range.end].len() - capture.text[end..block.range.end].trim_start().len();
            from = end + white;
        }
        if from < block.range.end {
            if capture.flow == Flow::Broken && !is_end(text) {
                unfinished = Some(from);
            } else {
                sentences.push(from..block.range.end);
            }
        }
    }
    if let (Some(from), Some(last)) = (unfinished, capture.blocks.last()) {
        sentences.push(from..last.range.end);
    }
    sentences
}

/// Returns the sentences that a range of a text touches, with one on either side, as far as they stand in `within`.
pub(super) fn around(text: &str, within: Range<usize>, range: Range<usize>) -> Range<usize> {
    let (mut before, mut start, mut behind) = (within.start, within.start, 0);
    let mut end = within.end;
    for stop in ends(&text[within.clone()]).map(|stop| within.start + stop) {
        if stop <= range.start {
            (before, start) = (start, stop);
        } else if stop >= range.end {
            behind += 1;
            // The first ends the sentence itself, the second the one behind it.
            if behind == 2 {
                end = stop;
                break;
            }
        }
    }
    let white = text[before..].len() - text[before..].trim_start().len();
    (before + white).min(range.start)..end.max(range.end)
}

/// Returns the offsets behind each sentence that ends inside `text` or with it.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    // Most bytes can begin none of them.
    let bytes = text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'.' | b'!' | b'?' | 0xe0..=0xef));
    let letters = bytes.filter_map(|(at, _)| Some((at, text[at..].chars().next()?)));
    let marks = letters.filter(|(_, c)| matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '।'));
    marks.filter_map(|(at, mark)| {
        let rest = &text[at + mark.len_utf8()..];
        let closed = rest.trim_start_matches(['"', '\'', '”', '’', '»', '“', ')', ']', '」', '』', '›']);
        let end = text.len() - closed.len();
        if matches!(mark, '。' | '！' | '？') || closed.is_empty() {
            return Some(end);
        }
        let next = closed.trim_start();
        let first = next.chars().find(|c| c.is_alphanumeric())?;
        let begins = next.len() < closed.len() && (!first.is_lowercase() || first.is_numeric());
        let abbreviated = mark == '.' && is_abbreviation(&text[..at]);
        (begins && !abbreviated).then_some(end)
    })
}

fn is_abbreviation(before: &str) -> bool {
    let tail = before.char_indices().rev().take_while(|(_, c)| c.is_alphanumeric() || *c == '.').last();
    let word = tail.map_or("", |(at, _)| &before[at..]);
    let mut letters = word.chars();
    let is_initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    is_initial || (word.len() < 8 && ABBREVIATIONS.binary_search(&word.to_lowercase().as_str()).is_ok())
}

fn is_end(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || "\"'”’»)]".contains(c));
    text.ends_with(['.', '!', '?', '…', '。', '！', '？', ':', ';'])
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
    fn a_sentence_goes_on_in_the_next_line_of_a_broken_text() {
        check("One goes\non. Two\nends.", &["One goes\non.", "Two\nends."]);
    }
}

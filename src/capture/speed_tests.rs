//! How long it takes. The times are those of a release build: `cargo test --release --lib -- --ignored`.

use std::time::Instant;

use rayon::prelude::*;

use super::{Context, Format, Located, Missing, Normalised, extract, locate};

const WORDS: [&str; 40] = [
    "the",
    "member",
    "of",
    "parliament",
    "advised",
    "delay",
    "release",
    "two",
    "citizens",
    "consul",
    "general",
    "could",
    "neither",
    "confirm",
    "nor",
    "deny",
    "office",
    "statement",
    "never",
    "asked",
    "whether",
    "officials",
    "newsroom",
    "inquiry",
    "found",
    "evidence",
    "report",
    "rapporteur",
    "allegation",
    "false",
    "it’s",
    "“private”",
    "1,250",
    "settlement",
    "libel",
    "publisher",
    "memo",
    "election",
    "harbour",
    "courier",
];

fn sentence(seed: &mut u64, length: usize) -> String {
    let mut word = || {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        WORDS[(*seed >> 33) as usize % WORDS.len()]
    };
    (0..length).map(|_| word()).collect::<Vec<_>>().join(" ")
}

/// Finds ten quotations in each of so many captures of 50 kB, of which every tenth says something else; returns how many
/// were found, and in how many milliseconds.
fn hold(captures: u64) -> (usize, u128) {
    let pages: Vec<(String, Vec<String>)> = (0..captures).map(page).collect();
    let start = Instant::now();
    let found = pages.par_iter().map(|(html, quotes)| {
        let capture = Normalised::new(extract(Format::Html, html.as_bytes(), &[]).expect("a page is always read"));
        let is_found = |words: &&String| matches!(locate(&capture, words, Context::default()), Located::Found(_));
        quotes.iter().filter(is_found).count()
    });
    (found.sum(), start.elapsed().as_millis())
}

/// Makes a page of 50 kB and ten quotations of it; on every tenth page they have a word too many.
fn page(nth: u64) -> (String, Vec<String>) {
    let mut seed = nth + 1;
    let mut quotes = Vec::new();
    let mut html =
        String::from("<html><head><meta charset=utf-8><title>x</title></head><body><nav><a href=/>Home</a></nav>\n");
    while html.len() < 50_000 {
        let words = sentence(&mut seed, 60);
        if quotes.len() < 10 {
            let part: Vec<&str> = words.split(' ').skip(5).take(15).collect();
            let words = part.join(" ");
            quotes.push(if nth.is_multiple_of(10) { words.replacen(' ', " not ", 1) } else { words });
        }
        html.push_str(&format!("<p class=\"body-text\">{}.</p>\n", words.replace("delay", "<em>delay</em>")));
    }
    (html, quotes)
}

/// Looks in a text of so many words for quotations that are nowhere like it, each within a time in milliseconds.
fn look(length: usize, most: u128) {
    let mut seed = 3;
    let text = sentence(&mut seed, length);
    let capture = Normalised::new(extract(Format::Txt, text.as_bytes(), &[]).expect("text is always read"));
    for words in [sentence(&mut seed, 30), sentence(&mut seed, length / 10), "quite other words than these".to_owned()]
    {
        let start = Instant::now();
        let located = locate(&capture, &words, Context::default());
        let took = start.elapsed().as_millis();
        assert!(matches!(located, Located::Missing(Missing::Differs { .. } | Missing::Nowhere)));
        assert!(took < most, "{took} ms for {} bytes", words.len());
    }
}

#[test]
fn quotations_are_found_in_many_captures() {
    assert_eq!(hold(20).0, 180);
}

#[test]
#[ignore = "measures time, in a release build"]
fn ten_thousand_quotations_in_a_thousand_captures_take_less_than_three_seconds() {
    let (found, took) = hold(1000);
    assert_eq!(found, 9000);
    assert!(took < 3000, "{took} ms");
}

#[test]
fn a_quotation_of_no_likeness_does_not_take_for_ever() {
    look(10_000, 2000);
}

#[test]
#[ignore = "measures time, in a release build"]
fn a_quotation_of_no_likeness_takes_a_moment() {
    look(200_000, 1000);
}

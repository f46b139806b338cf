//! How long it takes; run with `cargo test --release -- --ignored speed`.

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

#[test]
#[ignore = "measures time, in a release build"]
fn ten_thousand_quotations_in_a_thousand_captures_take_less_than_three_seconds() {
    let pages: Vec<(String, Vec<String>)> = (0..1000_u64)
        .map(|nth| {
            let mut seed = nth + 1;
            let mut quotes = Vec::new();
            let mut html = String::from(
                "<html><head><meta charset=utf-8><title>x</title></head><body><nav><a href=/>Home</a></nav>\n",
            );
            while html.len() < 50_000 {
                let words = sentence(&mut seed, 60);
                if quotes.len() < 10 {
                    let part: Vec<&str> = words.split(' ').skip(5).take(15).collect();
                    let words = part.join(" ");
                    quotes.push(if nth % 10 == 0 { words.replacen(' ', " not ", 1) } else { words });
                }
                html.push_str(&format!("<p class=\"body-text\">{}.</p>\n", words.replace("delay", "<em>delay</em>")));
            }
            (html, quotes)
        })
        .collect();
    let start = Instant::now();
    let found: usize = pages
        .par_iter()
        .map(|(html, quotes)| {
            let capture = Normalised::new(extract(Format::Html, html.as_bytes(), &[]).expect("a page is always read"));
            quotes
                .iter()
                .filter(|words| matches!(locate(&capture, words, Context::default()), Located::Found(_)))
                .count()
        })
        .sum();
    let took = start.elapsed();
    assert_eq!(found, 9000);
    assert!(took.as_millis() < 3000, "{took:?}");
}

#[test]
#[ignore = "measures time, in a release build"]
fn a_quotation_of_no_likeness_takes_a_moment() {
    let mut seed = 3;
    let text = sentence(&mut seed, 200_000);
    let capture = Normalised::new(extract(Format::Txt, text.as_bytes(), &[]).expect("text is always read"));
    for words in [sentence(&mut seed, 30), sentence(&mut seed, 20_000), "quite other words than these".to_owned()] {
        let start = Instant::now();
        assert!(matches!(
            locate(&capture, &words, Context::default()),
            Located::Missing(Missing::Differs { .. } | Missing::Nowhere)
        ));
        assert!(start.elapsed().as_millis() < 1000, "{:?}", start.elapsed());
    }
}

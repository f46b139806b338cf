//! The corpus in `tests/quotations`: texts of many kinds, and what is and is not quoted from them.

use proptest::prelude::*;

use super::{Context, Fit, Format, Located, Locator, Normalised, extract, locate};

const CORPUS: [(&str, Format, &str, &str); 12] = [
    corpus(
        "news-en",
        Format::Txt,
        include_str!("../../tests/quotations/news-en.txt"),
        include_str!("../../tests/quotations/news-en.quotes"),
    ),
    corpus(
        "legal",
        Format::Txt,
        include_str!("../../tests/quotations/legal.txt"),
        include_str!("../../tests/quotations/legal.quotes"),
    ),
    corpus(
        "german",
        Format::Txt,
        include_str!("../../tests/quotations/german.txt"),
        include_str!("../../tests/quotations/german.quotes"),
    ),
    corpus(
        "french",
        Format::Txt,
        include_str!("../../tests/quotations/french.txt"),
        include_str!("../../tests/quotations/french.quotes"),
    ),
    corpus(
        "slavic",
        Format::Txt,
        include_str!("../../tests/quotations/slavic.txt"),
        include_str!("../../tests/quotations/slavic.quotes"),
    ),
    corpus(
        "greek-turkish",
        Format::Txt,
        include_str!("../../tests/quotations/greek-turkish.txt"),
        include_str!("../../tests/quotations/greek-turkish.quotes"),
    ),
    corpus(
        "cjk",
        Format::Txt,
        include_str!("../../tests/quotations/cjk.txt"),
        include_str!("../../tests/quotations/cjk.quotes"),
    ),
    corpus(
        "dialogue",
        Format::Md,
        include_str!("../../tests/quotations/dialogue.md"),
        include_str!("../../tests/quotations/dialogue.quotes"),
    ),
    corpus(
        "page",
        Format::Html,
        include_str!("../../tests/quotations/page.html"),
        include_str!("../../tests/quotations/page.quotes"),
    ),
    corpus(
        "ocr",
        Format::Txt,
        include_str!("../../tests/quotations/ocr.txt"),
        include_str!("../../tests/quotations/ocr.quotes"),
    ),
    corpus(
        "wrapped",
        Format::Txt,
        include_str!("../../tests/quotations/wrapped.txt"),
        include_str!("../../tests/quotations/wrapped.quotes"),
    ),
    corpus(
        "nested",
        Format::Html,
        include_str!("../../tests/quotations/nested.html"),
        include_str!("../../tests/quotations/nested.quotes"),
    ),
];

const fn corpus(
    name: &'static str,
    format: Format,
    text: &'static str,
    quotes: &'static str,
) -> (&'static str, Format, &'static str, &'static str) {
    (name, format, text, quotes)
}

fn lines_of<'a>(quotes: &'a str, sign: &'a str) -> impl Iterator<Item = String> + 'a {
    quotes.lines().filter_map(move |line| line.strip_prefix(sign)?.strip_prefix(' ')).map(unescape)
}

fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(code) = rest.strip_prefix("u{") {
            let end = code.find('}').expect("the escape is closed");
            let code_point = u32::from_str_radix(&code[..end], 16).expect("the escape is a number");
            out.push(char::from_u32(code_point).expect("the escape is a character"));
            rest = &code[end + 1..];
        } else {
            out.push(if rest.starts_with('n') { '\n' } else { '\t' });
            rest = &rest[1..];
        }
    }
    out + rest
}

fn capture_of(format: Format, text: &str, quotes: &str) -> Normalised {
    let noise: Vec<String> = lines_of(quotes, "~").collect();
    Normalised::new(extract(format, text.as_bytes(), &noise).expect("text is always read"))
}

#[test]
fn each_quotation_of_the_corpus_is_found_where_it_stands_or_refused() {
    let mut faults = Vec::new();
    let mut count = 0;
    for (name, format, text, quotes) in CORPUS {
        let capture = capture_of(format, text, quotes);
        for line in lines_of(quotes, "=") {
            count += 1;
            let (words, place) = line.split_once(" @@ ").unwrap_or((&line, ""));
            match locate(&capture, words, Context::default()) {
                Located::Found(passages) => {
                    let locators = Locator::parse(place);
                    if !locators.iter().all(|locator| passages.iter().any(|it| locator.fits(it) == Fit::Right)) {
                        let found: Vec<_> = passages.iter().map(|it| (it.paragraphs, it.lines)).collect();
                        faults.push(format!("{name}: {words:?} should stand at {place}: {found:?}"));
                    }
                }
                Located::Missing(missing) => faults.push(format!("{name}: not found: {words:?}: {missing:?}")),
            }
        }
        for words in lines_of(quotes, "!") {
            if let Located::Found(_) = locate(&capture, &words, Context::default()) {
                faults.push(format!("{name}: found: {words:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(count >= 200, "only {count} quotations");
}

/// Returns what is left of a text when only its words are compared: the law below must not blame a mutation that makes
/// words which stand elsewhere in the text.
fn core(text: &str) -> String {
    super::normal::words(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[derive(Clone, Copy, Debug)]
enum Mutation {
    Swap,
    Drop,
    Double,
    Change,
    Move,
}

fn mutate(words: &[&str], mutation: Mutation, at: usize, to: usize) -> Vec<String> {
    let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let (at, to) = (at % words.len(), to % words.len());
    match mutation {
        Mutation::Swap => words.swap(at, to),
        Mutation::Drop => drop(words.remove(at)),
        Mutation::Double => words.insert(at, words[at].clone()),
        Mutation::Change => words[at].push('x'),
        Mutation::Move => {
            let word = words.remove(at);
            words.insert(to, word);
        }
    }
    words
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_mutation_of_one_word_verifies(
        source in 0..CORPUS.len(), from in 0..10_000_usize, length in 3..25_usize, at in 0..100_usize, to in 0..100_usize,
        mutation in prop_oneof![Just(Mutation::Swap), Just(Mutation::Drop), Just(Mutation::Double), Just(Mutation::Change), Just(Mutation::Move)],
    ) {
        let (_, format, text, quotes) = CORPUS[source];
        let capture = capture_of(format, text, quotes);
        let words: Vec<&str> = capture.capture().text.split_whitespace().collect();
        let from = from % words.len().saturating_sub(length).max(1);
        let words = &words[from..(from + length).min(words.len())];
        let quoted = words.join(" ");
        let mutated = mutate(words, mutation, at, to).join(" ");
        // Ellipses and brackets in the source would be gaps in the quotation, which may then stand for the change.
        prop_assume!(!quoted.contains(['…', '[', '(', '<']) && !quoted.contains("..") && !quoted.contains(". ."));
        prop_assume!(core(&mutated) != core(&quoted) && !core(&capture.capture().text).contains(&core(&mutated)));
        let found = matches!(locate(&capture, &mutated, Context::default()), Located::Found(_));
        prop_assert!(!found, "{mutated:?} was found, made of {quoted:?}");
    }

    #[test]
    fn what_stands_in_a_text_is_found(source in 0..CORPUS.len(), from in 0..10_000_usize, length in 1..40_usize) {
        let (_, format, text, quotes) = CORPUS[source];
        let capture = capture_of(format, text, quotes);
        let words: Vec<&str> = capture.capture().text.split_whitespace().collect();
        let from = from % words.len().saturating_sub(length).max(1);
        let end = (from + length).min(words.len());
        let quoted = words[from..end].join(" ");
        prop_assume!(quoted.contains(super::word::is_word));
        // A hyphen at a line's end is dropped: behind it stands no whole word.
        let begins_inside = from > 0 && words[from - 1].ends_with(['-', '‐']);
        prop_assume!(!begins_inside && !quoted.ends_with(['-', '‐', '\u{ad}']));
        let found = matches!(locate(&capture, &quoted, Context::default()), Located::Found(_));
        prop_assert!(found, "{quoted:?}");
    }

    #[test]
    fn no_input_makes_it_panic(source in "[a-z .…'’\"\\-\\[\\]()\u{ad}\u{301}漢ﬁ½\n]{0,80}", words in "[a-z .…'’\"\\-\\[\\]()\u{ad}\u{301}漢ﬁ½\n]{0,30}") {
        let capture = Normalised::new(extract(Format::Txt, source.as_bytes(), &[]).expect("text is always read"));
        if let Located::Found(passages) = locate(&capture, &words, Context { prefix: &words, suffix: "" }) {
            for piece in passages.iter().flat_map(|it| &it.pieces) {
                prop_assert!(capture.capture().text.get(piece.clone()).is_some());
            }
        }
        locate(&capture, &words, Context::default());
    }
}

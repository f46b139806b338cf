//! Where sentences end, and the one that holds a mention or a citation.

use super::super::trial::body;
use super::super::words::{Sentence, Words};

/// Checks the sentences of a text's mentions; a mention without a label is printed in capitals.
fn check(text: &str, expect: &[&str]) {
    let body = body(text);
    let mut name = |index: usize, label: Option<&str>, out: &mut Words| {
        let upper = body.mentions[index].target.to_uppercase();
        out.push_str(label.unwrap_or(&upper));
    };
    let found: Vec<String> = (0..body.mentions.len()).map(|index| body.sentence(index, &mut name).text).collect();
    assert_eq!(found, expect, "in {text:?}");
}

#[test]
fn a_sentence_ends_at_a_stop() {
    check("One. Two [[ada]] two! Three.", &["Two ADA two!"]);
    check("One [[ada]]? Two [[bob|him]]… Three", &["One ADA?", "Two him…"]);
    check("[[ada]]. Two.", &["ADA."]);
    check("One one\n[[ada]] one\none.", &["One one ADA one one."]);
}

#[test]
fn abbreviations_and_initials_end_none() {
    check(
        "It was Mr. Hald, M. P. Vik and Dr. [[ada]], e.g. No. 5, p. 3, § 4. Then",
        &["It was Mr. Hald, M. P. Vik and Dr. ADA, e.g. No. 5, p. 3, § 4."],
    );
    check("He said no. Then [[ada]] left.", &["Then ADA left."]);
    check("Version 3.5 of [[ada]] costs 2.50 now.", &["Version 3.5 of ADA costs 2.50 now."]);
    check("So did I. Then [[ada]] left.", &["Then ADA left."]);
}

#[test]
fn what_is_quoted_does_not_end_the_sentence_around_it() {
    check("One. He said “Never. Not once.” to [[ada]] then. Two.", &["He said “Never. Not once.” to ADA then."]);
    check("One. “Never.” Then [[ada]] left.", &["Then ADA left."]);
    check("„Nie. Nie.“ sagte [[ada]]. Zwei.", &["„Nie. Nie.“ sagte ADA."]);
    check("A “lonely mark. Then [[ada]] left.", &["Then ADA left."]);
}

#[test]
fn markup_is_removed() {
    check(
        "He *met* [[ada]] & [[bob|*him*]] at `x` [@s], see [this](https://x.example)^[note].",
        &["He met ADA & him at x, see this.", "He met ADA & him at x, see this."],
    );
}

#[test]
fn a_cell_and_an_item_are_their_own() {
    check("| One. [[ada]] | Two |\n|---|---|\n| x | met [[bob]] |", &["One. ADA", "met BOB"]);
    check("- One\n- met [[ada]]\n  - sub\n- Three", &["met ADA"]);
    check("# On [[ada]]\n\nText.", &["On ADA"]);
}

#[test]
fn a_long_sentence_is_cut_around_the_mention() {
    let text = format!("{} [[ada]] {}", "before ".repeat(80), "after ".repeat(80));
    let body = body(&text);
    let Sentence { text: sentence, place } = body.sentence(0, &mut |_, _, out| out.push_str("Ada"));
    assert_eq!(&sentence[place], "Ada");
    assert!(sentence.chars().count() <= 300, "{}", sentence.chars().count());
    assert!(
        sentence.starts_with("…before") && sentence.ends_with("after…") && sentence.contains(" Ada "),
        "{sentence}"
    );
    let long = super::super::trial::body("[[ada]]");
    let sentence = long.sentence(0, &mut |_, _, out| out.push_str(&"ö".repeat(500))).text;
    assert!(sentence.chars().count() <= 300);
}

#[test]
fn embeds_and_images_have_no_words() {
    check("One ![[x.png|alt]] two.", &["One  two."]);
}

#[test]
fn many_mentions_in_one_block_cost_little_each() {
    let text = "[[a]] and ".repeat(20_000);
    let body = body(&text);
    for index in (0..body.mentions.len()).step_by(10) {
        assert!(body.sentence(index, &mut |_, _, out| out.push_str("A")).text.len() <= 310);
    }
}

/// Checks the sentences that a text's citations stand in.
fn citing(text: &str, expect: &[&str]) {
    let body = body(text);
    let found: Vec<String> =
        (0..body.citations.len()).map(|index| body.citing(index, &mut |_, _, out| out.push_str("A")).text).collect();
    assert_eq!(found, expect, "in {text:?}");
}

#[test]
fn a_citation_stands_in_its_sentence_or_behind_it() {
    citing("One. Two two [@s]. Three.", &["Two two."]);
    citing("One. Two two.[@s] Three.", &["Two two."]);
    citing("One. Two [@s] two [@t, p. 3]. Three [@u]", &["Two two.", "Two two.", "Three"]);
    citing("[@s] One. Two.", &["One."]);
    citing("| One. [@s] | Two |\n|---|---|\n| x | y |", &["One."]);
}

#[test]
fn the_place_of_a_mention_is_where_its_words_stand() {
    let body = body("Ada met [[x|Ada]] again.");
    let Sentence { text, place } = body.sentence(0, &mut |_, label, out| out.push_str(label.unwrap_or_default()));
    assert_eq!((text.as_str(), place), ("Ada met Ada again.", 8..11));
}

#[test]
fn abbreviations_are_sorted_and_none_is_longer_than_is_looked_at() {
    assert!(super::BEFORE_NAMES.is_sorted() && super::BEFORE_NUMBERS.is_sorted());
    let longest = super::BEFORE_NAMES.iter().chain(super::BEFORE_NUMBERS).map(|word| word.len()).max();
    assert_eq!(longest, Some(super::LONGEST_ABBREVIATION));
}

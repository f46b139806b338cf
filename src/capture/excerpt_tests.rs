//! What is shown of a capture.

use super::{Context, Extent, Format, Located, Normalised, context, excerpts, extract, locate};

/// Shows `source` as far as `extent` allows, with `quotations` marked: `[text]0,1`, `…` for gaps, ` / ` between blocks.
fn check(source: &str, quotations: &[&str], extent: Extent, expect: &str) {
    let text = extract(Format::Txt, source.as_bytes(), &[]).expect("text is always read");
    let capture = Normalised::new(text);
    let passages = quotations.iter().flat_map(|words| match locate(&capture, words, Context::default()) {
        Located::Found(passages) => passages,
        Located::Missing(missing) => panic!("{words:?}: {missing:?}"),
    });
    let passages: Vec<_> = passages.collect();
    let shown = excerpts(capture.capture(), &passages, extent).into_iter().map(|excerpt| {
        let stretches = excerpt.stretches.iter().map(|stretch| match stretch.passages.as_slice() {
            [] => stretch.text.clone(),
            marks => {
                format!("[{}]{}", stretch.text, marks.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
            }
        });
        let stretches: String = stretches.collect();
        let gap = |is_gap| if is_gap { "…" } else { "" };
        let number = excerpt.paragraph.map_or(String::new(), |number| format!("{number}: "));
        format!("{}{number}{stretches}{}", gap(excerpt.gap_before), gap(excerpt.gap_after))
    });
    assert_eq!(shown.collect::<Vec<_>>().join(" / "), expect);
}

const SOURCE: &str =
    "One is here. Two is here. Three is here. Four is here.\n\nFive is here. Six is here.\n\nSeven is here.";

#[test]
fn an_excerpt_has_its_sentence_and_one_on_either_side() {
    check(SOURCE, &["Three is"], Extent::Excerpts, "…1: Two is here. [Three is]0 here. Four is here.…");
    check(SOURCE, &["Five is"], Extent::Excerpts, "…1: Four is here. / 2: [Five is]0 here. Six is here.…");
    check(SOURCE, &["One is"], Extent::Excerpts, "1: [One is]0 here. Two is here.…");
    check(SOURCE, &["Seven is"], Extent::Excerpts, "…2: Six is here. / 3: [Seven is]0 here.");
}

/// Checks that of a text, in which a passage stands in the middle, an excerpt shows at most `most` characters.
fn check_bounded(source: &str, most: usize) {
    let capture = Normalised::new(extract(Format::Txt, source.as_bytes(), &[]).expect("text is always read"));
    let Located::Found(passages) = locate(&capture, "the very middle", Context::default()) else {
        panic!("it is there")
    };
    let length = |stretches: &[super::Stretch]| stretches.iter().map(|it| it.text.chars().count()).sum::<usize>();
    let shown = excerpts(capture.capture(), &passages, Extent::Excerpts);
    let (all, card) =
        (shown.iter().map(|it| length(&it.stretches)).sum(), length(&context(capture.capture(), &passages[0])));
    assert!((15..=most).contains(&all) && (15..=most).contains(&card), "{all} {card} of {}", source.len());
}

#[test]
fn an_excerpt_of_a_text_without_stops_is_still_one() {
    let around = |part: &str| format!("{0} the very middle {0}", part.repeat(20_000 / part.len()));
    check_bounded(&around("word "), 1_300);
    check_bounded(&around("слово "), 1_300);
    check_bounded(&around("字"), 1_300);
    check_bounded(&around("e\u{301}"), 1_300);
    check_bounded(&around("A long sentence, of which there is no end in sight, goes on \n"), 1_300);
    check_bounded(&around("2021-03-04 A call\n"), 70);
    check_bounded(&around("one line and\nanother, longer one, with room\n\n"), 110);
    check_bounded(&format!("{0}. So. The very middle: the very middle. So. Then {0}", "word ".repeat(8_000)), 60);
    check_bounded(&format!("{0}. In the very middle. {0}", "word ".repeat(8_000)), 1_300);
}

#[test]
fn what_is_left_out_of_a_sentence_is_left_out_at_a_word() {
    let words: Vec<String> = (0..400).map(|n| format!("word{n}")).collect();
    let source = format!("{} the very middle {}", words.join(" "), words.join(" "));
    let capture = Normalised::new(extract(Format::Txt, source.as_bytes(), &[]).expect("text is always read"));
    let Located::Found(passages) = locate(&capture, "the very middle", Context::default()) else {
        panic!("it is there")
    };
    let shown = excerpts(capture.capture(), &passages, Extent::Excerpts);
    assert!(shown[0].gap_before && shown[0].gap_after);
    let text: Vec<&str> = shown[0].stretches.iter().map(|it| it.text.as_str()).collect();
    assert!(text[0].starts_with("word") && text[0].ends_with("word399 "), "{}", text[0]);
    assert!(text[2].split_whitespace().all(|word| words.iter().any(|known| known == word)), "{}", text[2]);
}

#[test]
fn excerpts_that_meet_are_one() {
    check(
        SOURCE,
        &["One is", "Three is"],
        Extent::Excerpts,
        "1: [One is]0 here. Two is here. [Three is]1 here. Four is here.…",
    );
    check(
        SOURCE,
        &["One is", "Seven is"],
        Extent::Excerpts,
        "1: [One is]0 here. Two is here. / …2: Six is here. / 3: [Seven is]1 here.",
    );
    check(
        SOURCE,
        &["Two is here […] is here. Five is"],
        Extent::Excerpts,
        "1: One is here. [Two is here]0. Three is here. Four [is here.]0 / 2: [Five is]0 here. Six is here.…",
    );
}

#[test]
fn marks_may_overlap() {
    check("a b c d e", &["a b c", "b c d", "c d"], Extent::Full, "1: [a ]0[b ]0,1[c]0,1,2[ d]1,2 e");
}

#[test]
fn extents_are_kept() {
    check(SOURCE, &["Two is"], Extent::None, "");
    check(SOURCE, &[], Extent::Excerpts, "");
    check("One.\n\nTwo.", &[], Extent::Full, "1: One. / 2: Two.");
}

#[test]
fn the_context_of_a_passage_stays_in_its_paragraph() {
    let check = |quotation: &str, expect: &str| {
        let text = extract(Format::Txt, SOURCE.as_bytes(), &[]).expect("text is always read");
        let capture = Normalised::new(text);
        let Located::Found(passages) = locate(&capture, quotation, Context::default()) else { panic!("{quotation}") };
        let stretches = context(capture.capture(), &passages[0]).into_iter();
        let marked = |text: String, marks: &[usize]| if marks.is_empty() { text } else { format!("[{text}]") };
        let shown: String = stretches.map(|stretch| marked(stretch.text, &stretch.passages)).collect();
        assert_eq!(shown, expect);
    };
    check("One is", "[One is] here. Two is here.");
    check("Three is", "Two is here. [Three is] here. Four is here.");
    check("Four is", "Three is here. [Four is] here.");
    check("Five is", "[Five is] here. Six is here.");
    check("Seven is here", "[Seven is here].");
    check("Two is here. Three", "One is here. [Two is here. Three] is here. Four is here.");
}

#[test]
fn hostile_texts_take_no_time() {
    let start = std::time::Instant::now();
    let n = if cfg!(debug_assertions) { 100_000 } else { 2_000_000 };
    for part in
        [".", ". ", ".\n", "!\u{200b}", "\n", "a\n", "A\n", "。", ".\"", "a.b.", "\u{301}", "x", "\u{a0}", ". \u{301}"]
    {
        let long = part.repeat(n / part.len());
        let source = format!("{long} the very middle {long}");
        for format in [Format::Txt, Format::Md, Format::Html] {
            let capture = Normalised::new(extract(format, source.as_bytes(), &[]).expect("text is always read"));
            let Located::Found(passages) = locate(&capture, "very middle", Context::default()) else { continue };
            let shown = excerpts(capture.capture(), &passages, Extent::Excerpts);
            assert!(
                shown.iter().flat_map(|it| &it.stretches).map(|it| it.text.len()).sum::<usize>() < 10_000,
                "{part:?}"
            );
            context(capture.capture(), &passages[0]);
        }
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

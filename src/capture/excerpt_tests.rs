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

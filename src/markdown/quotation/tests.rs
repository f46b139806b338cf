//! Which passages are quotations, and what they rest on.

use super::super::trial::{html, quotations};
use super::super::{QuotationForm, Smart, trial};

/// Checks the words of a text's quotations and what they rest on: keys that begin with `s` are sources.
fn check(text: &str, expect: &[(&str, &str)]) {
    let found = quotations(text);
    let found: Vec<(&str, &str)> = found.iter().map(|(_, words, rest)| (words.as_str(), rest.as_str())).collect();
    assert_eq!(found, expect, "in {text:?}");
}

#[test]
fn a_passage_rests_on_the_citation_that_follows() {
    check("She was \"never asked,\" she said [@s, para. 29].", &[("never asked,", "s")]);
    check("“never asked” [@s]", &[("never asked", "s")]);
    check("« jamais » [@s]", &[("jamais", "s")]);
    check("„nie gefragt“ [@s]", &[("nie gefragt", "s")]);
    check("»nie gefragt« [@s]", &[("nie gefragt", "s")]);
    check("”aldrig” [@s]", &[("aldrig", "s")]);
    check("»ei koskaan» [@s]", &[("ei koskaan", "s")]);
    check("‟never asked” [@s]", &[("never asked", "s")]);
    check("＂never asked＂ [@s]", &[("never asked", "s")]);
    check("「知らない」 [@s]", &[("知らない", "s")]);
    check("『知らない』 [@s]", &[("知らない", "s")]);
    check("&ldquo;never asked&rdquo; [@s]", &[("never asked", "s")]);
    check("&quot;never asked&#34; [@s]", &[("never asked", "s")]);
    check("&laquo;&nbsp;jamais&nbsp;&raquo; [@s]", &[("jamais", "s")]);
    check("*\"never asked\"*, [@s]", &[("never asked", "s")]);
    check("\"never *asked*\". [@s]", &[("never asked", "s")]);
    check("\"Never.\" [@s] Then.", &[("Never.", "s")]);
    check("\"never asked\" @s [para. 3]", &[("never asked", "s")]);
    check("\"never asked [@s]\" she said", &[("never asked", "s")]);
}

#[test]
fn at_most_twelve_words_on_in_the_same_sentence() {
    check("\"never\" 1 2 3 4 5 6 7 8 9 10 11 12 [@s]", &[("never", "s")]);
    check("\"never\" 1 2 3 4 5 6 7 8 9 10 11 12 13 [@s]", &[]);
    check("\"never asked at all\" she said. He left [@s].", &[("never asked at all", "Uncited")]);
    check("\"Never asked at all.\" She left [@s].", &[("Never asked at all.", "Uncited")]);
    check("\"Who paid for the flight?\" Lindqvist asked [@s].", &[("Who paid for the flight?", "s")]);
    check("\"Who paid for the flight?\" The report is silent [@s].", &[("Who paid for the flight?", "Uncited")]);
    check("\"never asked\" by Mr. Hald of No. 5 St. James St. [@s]", &[("never asked", "s")]);
    check("\"a b\" and \"C. D\" [@s]", &[("a b", "s"), ("C. D", "s")]);
}

#[test]
fn a_passage_rests_on_what_adjoins_the_first_citation_too() {
    check("\"never asked\" [@s1][@s2]", &[("never asked", "s1 s2")]);
    check("\"never asked\" [@s1] [@s2] and [@s3]", &[("never asked", "s1 s2")]);
    check("\"never asked\" [@s1; @s2]", &[("never asked", "s1 s2")]);
}

#[test]
fn a_prefix_says_that_the_words_are_the_authors_own() {
    check("\"never asked\" [see @s]", &[("never asked", "OwnWords")]);
    check("\"never asked\" [cf. @s; @s2]", &[("never asked", "OwnWords")]);
    check("\"never asked\" [@s; see @s2]", &[("never asked", "s")]);
    check("> never asked [see @s]", &[("never asked", "OwnWords")]);
}

#[test]
fn four_words_without_a_citation_are_uncited() {
    check("He said \"we were never asked\".", &[("we were never asked", "Uncited")]);
    check("He said \"we never asked\".", &[]);
    check("By [@s] he said \"we were never asked\".", &[]);
    check("By @s he said \"we were never asked\".", &[("we were never asked", "Free")]);
    check("By @nobody he said \"we were never asked\".", &[("we were never asked", "Uncited")]);
    check("# On \"we were never asked\"\n\n`\"we were never asked\"`", &[]);
    check("> [!note] On \"we were never asked\"", &[]);
    check("![](a.jpg \"we were never asked\")", &[]);
    check("| a |\n|---|\n| \"we were never asked\" |", &[("we were never asked", "Uncited")]);
}

#[test]
fn unbalanced_marks_are_no_passage() {
    check("6\" by 4\" of steel [@s]", &[]);
    check("\"a b c d e [@s]", &[]);
    check("a \" b [@s]", &[]);
    check("“never asked\" [@s]", &[("never asked", "s")]);
    check("\"never asked” [@s]", &[("never asked", "s")]);
    check("“never asked“ [@s]", &[("never asked", "s")]);
    check("“never asked“, [@s] “nor told“ [@s]", &[("never asked", "s"), ("nor told", "s")]);
    check("\"he said “never asked” twice\" [@s]", &[("he said “never asked” twice", "s")]);
    check("don't [@s] won't", &[]);
}

#[test]
fn markup_is_not_in_the_words() {
    check("\"the *member* [[ada|knew]] of `it` & [this](a.md)\" [@s]", &[("the member knew of it & this", "s")]);
    check("\"the member&nbsp;knew -- of it...\" [@s]", &[("the member\u{a0}knew – of it…", "s")]);
    check("> - \"first\n>   line\" [@s]", &[("first line", "s")]);
}

#[test]
fn words_lead_back_to_the_file() {
    let text = "She was \"never *asked* at\nall\" [@s].";
    let body = trial::body(text);
    let words = &body.quotations[0].words;
    for word in ["never", "asked", "at", "all"] {
        let at = words.value.find(word).expect("it is quoted");
        assert_eq!(&text[words.span(at..at + word.len()).range()], word);
    }
    assert_eq!(&text[body.quotations[0].at.range()], "\"never *asked* at\nall\"");
}

#[test]
fn a_block_quote_that_holds_a_citation_is_a_quotation() {
    check("> We were never asked. [@s, p. 3]", &[("We were never asked.", "s")]);
    check("> We were never asked.\n>\n> Not once.\n>\n> — Ada [@s, p. 3]", &[("We were never asked.\nNot once.", "s")]);
    check("> We were never asked.\n> -- Ada, [@s]", &[("We were never asked.", "s")]);
    check("> “We were never asked.”\n> — Ada, [@s]", &[("We were never asked.", "s")]);
    check("> [!quote] Ada [@s]\n> We were never asked.", &[("We were never asked.", "s")]);
    check("> [!QUOTE]\n> We were never asked. [@s]", &[("We were never asked.", "s")]);
    check("> We said \"never ever asked us\" once. [@s]", &[("We said “never ever asked us” once.", "s")]);
    check("> - first\n> - second [@s]", &[("first\nsecond", "s")]);
    check("> outer\n> > inner [@s]", &[("inner", "s")]);
}

#[test]
fn other_block_quotes_are_none() {
    check("> We were never asked.", &[]);
    check("> [!note] Title\n> Words [@s]", &[]);
    check("> [!note]\n> He said \"never asked\" [@s]", &[("never asked", "s")]);
    check("> words ^[a note [@s]]", &[]);
}

#[test]
fn a_translation_is_not_held_against_the_text() {
    check("> [!translation]\n> We were never asked. [@s]", &[("We were never asked.", "Translation")]);
    let html = html("> [!translation]\n> We were never asked. [@s]");
    assert!(html.starts_with("<blockquote class=\"translation\">\n<p>We"), "{html}");
}

#[test]
fn passages_in_notes_are_quotations() {
    check("a^[\"never asked\" [@s]]", &[("never asked", "s")]);
    check("a[^1]\n\n[^1]: \"never asked\" [@s]", &[("never asked", "s")]);
}

#[test]
fn elements_nest_around_a_passage() {
    let html = |text: &str| html(text).split("<sup").next().unwrap_or_default().to_owned();
    let open = "<q class=\"quote\" data-quote=\"verified\" data-source=\"s\">";
    assert_eq!(html("a *b \"c* d\" [@s]"), format!("<p>a {open}<em>b “c</em> d”</q>"));
    assert_eq!(html("\"a *b\" c* [@s]"), format!("<p>{open}“a <em>b” c</em></q>"));
    assert_eq!(
        html("[a \"b](x.md) c\" [@s]"),
        format!("<p>{open}<a class=\"mention\" href=\"x.md.html\">a “b</a> c”</q>")
    );
}

#[test]
fn without_typographic_punctuation_the_marks_stay_as_typed() {
    let options = super::super::Options { smart: Smart::Off, ..Default::default() };
    let text = "\"never asked\" [@s] -- it's";
    assert_eq!(trial::plain(text, options).text, "\"never asked\" -- it's");
    let body = trial::body_with(text, options);
    assert_eq!((&*body.quotations[0].words.value, body.quotations[0].form), ("never asked", QuotationForm::Inline));
}

#[test]
fn marks_written_as_entities_stay_as_they_are() {
    assert_eq!(html("&quot;a b&quot; and &ldquo;c&rdquo;"), "<p>\"a b\" and “c”</p>\n");
    assert_eq!(html("**&quot;a b&quot;** c"), "<p><strong>\"a b\"</strong> c</p>\n");
}

#[test]
fn a_kind_ends_at_what_obsidian_keeps_for_a_style_sheet() {
    check("> [!quote|right] The title\n> never asked [@s]", &[("never asked", "s")]);
    check("> [!Translation | wide]\n> nie gefragt [@s]", &[("nie gefragt", "Translation")]);
    check("> [!note|right]\n> never asked [@s]", &[]);
    let html = html("> [!note|right]\n> words");
    assert!(html.contains("callout-note\"") && html.contains(">Note</p>"), "{html}");
}

//! What is found and what is not.

use super::{Context, Format, Located, Missing, Normalised, extract, locate};

fn find(source: &str, words: &str) -> Located {
    let text = extract(Format::Txt, source.as_bytes(), &["AdChoices".to_owned()]).expect("text is always read");
    locate(&Normalised::new(text), words, Context::default())
}

/// Holds `words` against `source`; `expect` is what was found, pieces separated by ` | `, passages by ` || `.
fn check(source: &str, words: &str, expect: &str) {
    let text = extract(Format::Txt, source.as_bytes(), &["AdChoices".to_owned()]).expect("text is always read").text;
    let shown = match find(source, words) {
        Located::Found(passages) => {
            let show = |range: &std::ops::Range<usize>| text[range.clone()].to_owned();
            let pieces = passages.iter().map(|p| p.pieces.iter().map(show).collect::<Vec<_>>().join(" | "));
            pieces.collect::<Vec<_>>().join(" || ")
        }
        Located::Missing(Missing::Differs { text, difference, .. }) => {
            let difference = difference.map_or_else(|| "it cuts a word".to_owned(), |it| it.to_string());
            format!("not found: \"{text}\": {difference}")
        }
        Located::Missing(missing) => format!("not found: {missing:?}"),
    };
    assert_eq!(shown, expect, "{words:?} in {source:?}");
}

fn check_refused(source: &str, words: &str) {
    assert!(matches!(find(source, words), Located::Missing(_)), "{words:?} was found in {source:?}");
}

#[test]
fn the_same_words_are_found() {
    check("He was never asked, he said.", "never asked", "never asked");
    check("He was never asked, he said.", "He was never asked, he said.", "He was never asked, he said.");
    check("He was never asked, he said.", "never asked.", "never asked");
    check("He was never asked. He left.", "never asked,", "never asked");
}

#[test]
fn typographic_differences_are_none() {
    check("“I’m not — was never —” he said", "\"I'm not - was never -\" he said", "“I’m not — was never —” he said");
    check(
        "the ﬁrst oﬃce paid 10\u{202f}000 kr",
        "the first office paid 10 000 kr",
        "the ﬁrst oﬃce paid 10\u{202f}000 kr",
    );
    check("co\u{ad}operate zero\u{200b}width", "cooperate zerowidth", "co\u{ad}operate zero\u{200b}width");
    check("cafe\u{301} ole\u{301}", "café olé", "cafe\u{301} ole\u{301}");
    check("well ... then", "well… then", "well ... then");
    check("well . . . then", "well… then", "well . . . then");
}

#[test]
fn breaks_of_lines_and_pages_are_white_space() {
    check("they over-\nthrew the\n  state", "they overthrew the state", "they over-\nthrew the\nstate");
    check("one two\n\n\nthree four", "two three", "two\n\nthree");
    check("he was\nAdChoices\nnever asked", "was never asked", "was\nnever asked");
    check("he was\n\nAdChoices\n\nnever asked", "was never asked", "was\n\nnever asked");
    check("a well-\nknown man", "a well-known man", "a well-\nknown man");
    check("Jean-\nPierre left", "Jean-Pierre left", "Jean-\nPierre left");
    check("pre- and post-war", "pre- and post-war", "pre- and post-war");
}

#[test]
fn control_codes_are_no_text() {
    check("it\0was\u{1b} late \u{1}\u{80}today", "it was late today", "it was  late   today");
    check("some 1\u{1}000 \u{8}people", "some 1\u{1} 000 people", "some 1 000  people");
}

#[test]
fn marks_hyphens_and_spaces_alone_are_no_difference() {
    check("he said \"no\" twice", "he said 'no' twice", "he said \"no\" twice");
    check("he said « non » twice", "he said \"non\" twice", "he said « non » twice");
    check("an e-mail to co-operate", "an email to cooperate", "an e-mail to co-operate");
    check("10 000 crowns", "10000 crowns", "10 000 crowns");
    check("he said \"no\" twice", "said \"no twice", "said \"no\" twice");
    check("left—never to return", "left - never to return", "left—never to return");
    check("the Minister ' s office", "the Minister's office", "the Minister ' s office");
}

#[test]
fn one_word_changed_is_not_found() {
    let source = "He privately advised delaying their release until after the vote.";
    check(
        source,
        "privately advised delayed their release",
        "not found: \"privately advised delaying their release\": the source has \"delaying\", the quotation \"delayed\"",
    );
    check(
        source,
        "privately advised their release",
        "not found: \"privately advised delaying their release\": the quotation leaves out \"delaying\"",
    );
    check(
        source,
        "advised not delaying their release",
        "not found: \"advised delaying their release\": the source does not have \"not\"",
    );
    check(
        source,
        "advised delaying delaying their",
        "not found: \"advised delaying their\": the source does not have \"delaying\"",
    );
    check_refused(source, "privately advised delaying release their");
    check_refused(source, "Privately advised");
    check_refused(source, "advised delay");
    check_refused(source, "dvised delaying");
    check_refused("they can't go", "they can go");
    check_refused("we were there", "we we're there");
    check_refused("we're there", "were there");
    check_refused("a loss of -5 million", "a loss of 5 million");
    check_refused("rose by 3.5 percent", "rose by 35 percent");
}

#[test]
fn digits_are_never_joined_to_another_number() {
    for (source, words) in [
        ("some 12 people", "some 1-2 people"),
        ("some 12 people", "some 1–2 people"),
        ("some 1-2 people", "some 12 people"),
        ("some 1 2 people", "some 12 people"),
        ("some 106 people", "some 10 6 people"),
        ("some 10⁶ people", "some 106 people"),
        ("some 106 people", "some 10⁶ people"),
        ("some 10⁶ people", "some 10 6 people"),
        ("some 10⁻⁶ people", "some 10⁶ people"),
        ("some 10⁻⁶ people", "some 10-6 people"),
        ("some 10⁶ people", "some 10"),
        ("some 1½ people", "some 11⁄2 people"),
        ("some 1½ people", "½ people"),
        ("some ①2 people", "some 12 people"),
        ("some 35 people", "some 3.5 people"),
        ("some 3. 5 people", "some 3.5 people"),
        ("some 2010-11 people", "some 201011 people"),
        ("a rise (-5 percent)", "a rise (5 percent)"),
        ("a rise of 5 percent", "-5 percent"),
        ("a loss of −5 percent", "5 percent"),
        ("a loss of –5 percent", "5 percent"),
        ("room 12 34", "room 1 234"),
        ("rooms 12\n345 in all", "rooms 12345 in all"),
    ] {
        check_refused(source, words);
    }
    check(
        "some 11⁄2 people",
        "some 1½ people",
        "not found: \"some 11⁄2 people\": the source has \"11⁄2\", the quotation \"1 1⁄2\"",
    );
    check("some 1–2 people", "some 1-2 people", "some 1–2 people");
    check("some 1 - 2 people", "some 1–2 people", "some 1 - 2 people");
    check("some 1\u{202f}000 people", "some 1000 people", "some 1\u{202f}000 people");
    check("some 1000 people", "some 1 000 people", "some 1000 people");
    check("some 1’000 people", "some 1000 people", "some 1’000 people");
    check("some 10⁶ people", "some 10⁶ people", "some 10⁶ people");
    check("some 1½ people", "some 1 ½ people", "some 1½ people");
    check("some 10m² here", "10 m2 here", "10m² here");
    check("in 2021³ they left", "in 2021", "in 2021");
    check("rooms 12\n345 in all", "345 in all", "345 in all");
    check("in １２ rooms", "in 12 rooms", "in １２ rooms");
    check("covid-19 and an F-16", "covid 19 and an F16", "covid-19 and an F-16");
    check("he left—5 people stayed", "5 people stayed", "5 people stayed");
    check("so… 5 people stayed", "5 people stayed", "5 people stayed");
}

#[test]
fn a_gap_spans_at_most_sixty_words_and_two_paragraphs() {
    check("one two three four five", "one two […] four five", "one two | four five");
    check("one two three four five", "one two … four five", "one two | four five");
    check("one two three four five", "one two [and] three four five", "one two | three four five");
    let far = |count: usize| format!("one two {} four five", "word ".repeat(count));
    check(&far(60), "one two ... four five", "one two | four five");
    check_refused(&far(61), "one two ... four five");
    check("one two\n\nthree four\n\nfive six", "one two … three four", "one two | three four");
    check_refused("one two\n\nthree four\n\nfive six", "one two … five six");
    check_refused("four five one two", "one two … four five");
    check("one two x four y one two four five", "one two … four five", "one two | four five");
}

#[test]
fn a_piece_has_two_words_at_least() {
    check("one two three", "one […] three", "not found: ShortPiece { piece: \"one\" }");
    check("one … three", "one … three", "one … three");
    check("yes", "yes", "yes");
    check("he wrote teh [sic] thing", "wrote teh [sic] thing", "wrote teh [sic] thing");
    check("he wrote teh thing", "wrote teh [sic] thing", "wrote teh thing");
    check("he wrote teh thing", "wrote teh[sic] thing.", "wrote teh thing");
    check("the minister left", "[so] the [foreign] minister left", "the minister left");
    check_refused("the prime minister left", "the [foreign] minister […] left");
    check("a [b] c d e f g h", "a [b] c d […] g h", "a [b] c d | g h");
}

#[test]
fn a_letter_may_change_its_case_in_brackets() {
    check("so the minister said", "[T]he minister said", "the minister said");
    check("The minister said", "[t]he minister said", "The minister said");
    check("so they said, the minister left", "they said, [T]he minister left", "they said, the minister left");
    check_refused("so she went home", "[h]e went home");
    check_refused("the minister said", "The minister said");
}

#[test]
fn every_place_is_told() {
    check("the man saw the man", "the man", "the man || the man");
    let found = find("the man saw the man", "the man");
    let Located::Found(found) = found else { panic!("it is there") };
    assert_eq!(found[1].lines, Some((1, 1)));
    let text = extract(Format::Txt, b"old the man\nsaw the man run", &[]).expect("text is always read");
    let capture = Normalised::new(text);
    let narrowed = |prefix, suffix| match locate(&capture, "the man", Context { prefix, suffix }) {
        Located::Found(found) => found.iter().filter_map(|p| p.lines).map(|lines| lines.0).collect::<Vec<_>>(),
        Located::Missing(_) => Vec::new(),
    };
    assert_eq!(narrowed("saw ", ""), [2]);
    assert_eq!(narrowed("", " saw"), [1]);
    assert_eq!(narrowed("old", "run"), Vec::<u32>::new());
}

#[test]
fn words_around_that_do_not_fit_are_told_apart() {
    let text = extract(Format::Txt, b"the man saw", &[]).expect("text is always read");
    let context = Context { prefix: "old", suffix: "" };
    let located = locate(&Normalised::new(text), "the man", context);
    assert!(matches!(located, Located::Missing(Missing::OutOfContext { passages }) if passages.len() == 1));
}

#[test]
fn hostile_texts_take_no_time() {
    let start = std::time::Instant::now();
    let n = if cfg!(debug_assertions) { 5_000 } else { 1_000_000 };
    for part in
        ["[", "a", "a ", "[a] ", "… ", "a … ", "\"", "'", "-", "a-", "a b … ", ".", ". ", "[T]", "(…", "é\u{301}"]
    {
        let long = part.repeat(n / part.len());
        for words in ["a a … a a", "a b […] a b", &long, &format!("{long}x"), "[a]a a a", "\u{301}"] {
            find(&long, words);
            find(&format!("{long} {long}b"), words);
        }
    }
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

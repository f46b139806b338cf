//! Citations as they are written, and what they become.

use super::super::trial::{Style, body, html, woven};
use super::super::{Author, CitationForm, Cite, Part, parse_cites};
use crate::file::Text;

fn describe(cite: &Cite) -> String {
    let locator =
        cite.locator.as_ref().map_or(String::new(), |locator| format!("{:?} {}", locator.kind, locator.value));
    let author = match cite.author {
        Author::Normal => "",
        Author::Suppressed => "-",
        Author::InText => "=",
    };
    format!("{}|{author}{}|{locator}|{}", cite.prefix, cite.key, cite.suffix)
}

/// Checks what is cited: `prefix|key|locator|suffix`, citations apart by lines.
fn check(text: &str, expect: &[&str]) {
    let body = body(text);
    let found: Vec<String> =
        body.citations.iter().map(|c| c.cites.iter().map(describe).collect::<Vec<_>>().join("; ")).collect();
    assert_eq!(found, expect, "in {text:?}");
    for cite in body.citations.iter().flat_map(|citation| &citation.cites) {
        assert!(text[cite.at.range()].contains(&*cite.key), "the key stands where it is said to");
    }
}

#[test]
fn examples_of_pandocs_manual() {
    check(
        "Blah blah [see @doe99, pp. 33-35 and *passim*; @smith04, chap. 1].",
        &["see|doe99|Page 33-35|and <em>passim</em>; |smith04|Chapter 1|"],
    );
    check("Blah blah [@doe99, pp. 33-35, 38-39 and *passim*].", &["|doe99|Page 33-35, 38-39|and <em>passim</em>"]);
    check("Blah blah [@smith04; @doe99].", &["|smith04||; |doe99||"]);
    check("Smith says blah [-@smith04].", &["|-smith04||"]);
    check("@smith04 says blah.", &["|=smith04||"]);
    check("@smith04 [p. 33] says blah.", &["|=smith04|Page 33|"]);
    check("[@smith{ii, A, D-Z}, with a suffix]", &["|smith|Page ii, A, D-Z|, with a suffix"]);
    check(
        "[@smith, {pp. iv, vi-xi, (xv)-(xvii)} with suffix here]",
        &["|smith|Page iv, vi-xi, (xv)-(xvii)|with suffix here"],
    );
    check("[@smith{}, 99 years later]", &["|smith||, 99 years later"]);
    check(
        "[@{https://example.com/bib?name=foobar&date=2000}, p.  33]",
        &["|https://example.com/bib?name=foobar&date=2000|Page 33|"],
    );
}

#[test]
fn keys_are_pandocs() {
    check("[@Foo_bar.baz.]", &["|Foo_bar.baz||."]);
    check("[@{Foo_bar.baz.}]", &["|Foo_bar.baz.||"]);
    check("[@Foo_bar--baz]", &["|Foo_bar||–baz"]);
    check("[@https://example.com/a_b]", &["|https://example.com/a_b||"]);
    check("[@{odd key}]", &["|odd key||"]);
    check("[@übung_1:2]", &["|übung_1:2||"]);
    check("mail a@example.org or @ nobody", &[]);
    check("\\@a and `@b` and [x](mailto:c@d.e)", &[]);
}

#[test]
fn a_bracket_may_follow_anything() {
    check("the release of [his] clients[@a]", &["|a||"]);
    check("delayed [he][@s]", &["|s||"]);
    check("[@a][@b]", &["|a||", "|b||"]);
    check("[@a, see [p. 3]]", &["|a||, see [p. 3]"]);
    check("[see [@a]]", &["|a||"]);
    check("\"words\" ([@a])", &["|a||"]);
    check("[@s](https://example.org)", &[]);
    check("> [@a,\n> p. 3]", &["|a|Page 3|"]);
    check("*[@a, p. 3]*", &["|a|Page 3|"]);
    check("| a |\n|---|\n| [@a, p. 3] |", &["|a|Page 3|"]);
}

#[test]
fn brackets_across_elements_are_none() {
    check("*a [@b* c]", &["|=b||"]);
    check("[*see @a*]", &["|=a||"]);
    check("[@a", &["|=a||"]);
}

#[test]
fn a_semicolon_costs_no_citation() {
    check("[see the memo; @a]", &["see the memo;|a||"]);
    check("[@a; and others]", &["|a||; and others"]);
    check("@a [p. 3; @b, p. 4]", &["|=a|Page 3|; |b|Page 4|"]);
}

#[test]
fn an_in_text_key_is_text_unless_it_is_a_source() {
    let text = "as @word and @src [p. 3] say";
    assert_eq!(body(text).citations.iter().filter(|citation| citation.form == CitationForm::InText).count(), 2);
    let html = html(text);
    assert!(html.starts_with("<p>as @word and Name<sup"), "{html}");
    assert!(html.contains("</span> say</p>"), "{html}");
}

#[test]
fn a_number_stands_behind_the_stop_and_without_space() {
    let strip = |html: String| {
        let html = html.replace("role=\"doc-noteref\" ", "").replace("role=\"note\" ", "");
        html.trim().to_owned()
    };
    let one = "<sup class=\"ref\"><a class=\"cite\" id=\"ref-1\" href=\"#note-1\" data-source=\"a\">1</a></sup><span class=\"note note-cite\" id=\"note-1\"><a class=\"note-n\" href=\"#ref-1\">1</a> N:a</span>";
    assert_eq!(strip(html("words [@a]. More")), format!("<p>words.{one} More</p>"));
    assert_eq!(strip(html("words.[@a] More")), format!("<p>words.{one} More</p>"));
    let line = "<a class=\"cite cite-inline\" href=\"#src\" data-source=\"a\">(L:a)</a>";
    assert_eq!(woven(&body("words [@a]. More"), Part::Whole, Style::Line), format!("<p>words {line}. More</p>\n"));
    assert_eq!(body("words [@a]. More [@b], too").text, "words. More, too");
}

#[test]
fn adjoining_numbers_stand_behind_one_stop() {
    let html = html("words [@a] [@b].");
    let text: String = html.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text)).collect();
    assert_eq!(text.trim(), "words.11 N:a22 N:b");
}

#[test]
fn a_citation_in_a_link_stands_behind_it() {
    let html = html("[see [@a]](https://example.org)");
    assert!(html.contains("see </a><sup") || html.contains("see</a><sup"), "{html}");
}

fn field(text: &str, expect: &[&str]) {
    let cites = parse_cites(&Text::new(text, 0));
    assert_eq!(cites.iter().map(describe).collect::<Vec<_>>(), expect, "{text:?}");
}

#[test]
fn a_field_needs_no_brackets() {
    field("courier-story, para. 1", &["|courier-story|Paragraph 1|"]);
    field("courier-story", &["|courier-story||"]);
    field("courier-story p. 3", &["|courier-story|Page 3|"]);
    field(" [see @memo, p. 3-4] ", &["see|memo|Page 3-4|"]);
    field("@memo", &["|memo||"]);
    field("{odd, key}, p. 3", &["|odd, key|Page 3|"]);
    field("The Courier", &["|The Courier||"]);
    field("[[memo]]", &["|memo||"]);
    field("[[memo|The memo]], p. 3", &["|memo|Page 3|"]);
    field("", &[]);
    field(", p. 3", &[]);
}

#[test]
fn a_field_may_cite_several_sources() {
    for text in ["[@a; @b]", "@a; @b", "a; b", "[@a]; [@b]", "[@a][@b]", "@a, @b", "[[a]]; [[b]]", "a;b;"] {
        let cites = parse_cites(&Text::new(text, 0));
        let keys: Vec<&str> = cites.iter().map(|cite| &*cite.key).collect();
        assert_eq!(keys, ["a", "b"], "{text:?}");
    }
    field("@log, para. 1; see @memo, p. 3", &["|log|Paragraph 1|", "see|memo|Page 3|"]);
    field("log, para. 1; memo, p. 3", &["|log|Paragraph 1|", "|memo|Page 3|"]);
    field("log; report-2021 p. 3; c22", &["|log||", "|report-2021|Page 3|", "|c22||"]);
    field("@log [para. 1; @memo, p. 3]", &["|log|Paragraph 1|", "|memo|Page 3|"]);
    field("@log [para. 1]; @memo [p. 3]", &["|log|Paragraph 1|", "|memo|Page 3|"]);
}

#[test]
fn a_field_loses_no_word() {
    field("log, exhibit 7", &["|log||, exhibit 7"]);
    field("log, at 4", &["|log||, at 4"]);
    field("log, vol. 2, p. 4", &["|log|Volume 2|, p. 4"]);
    field("log, para. 1; line 3; 4-5", &["|log|Paragraph 1|; line 3; 4-5"]);
    field("log, para. 1; and what follows", &["|log|Paragraph 1|; and what follows"]);
    field("@log [para. 9]", &["|log|Paragraph 9|"]);
    field("see @log [para. 9 and more]", &["see|log|Paragraph 9|and more"]);
    field("log, {Exhibit 7} there", &["|log|Page Exhibit 7|there"]);
}

#[test]
fn a_field_of_brackets_alone_takes_no_time() {
    for text in
        ["[".repeat(200_000), "@a [".repeat(50_000), "@a;".repeat(50_000), "{".repeat(200_000), "a;".repeat(50_000)]
    {
        assert!(parse_cites(&Text::new(&text, 0)).len() <= 50_000);
    }
}

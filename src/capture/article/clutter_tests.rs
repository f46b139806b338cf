//! What is proposed as noise, and what never is.

use super::article;
use crate::capture::Format;

/// Three paragraphs that nobody takes for clutter; `name` makes them differ.
fn prose(name: &str) -> String {
    format!(
        "<p>The {name} said on Monday that the quay would be closed for three weeks, because the crane needs work.</p>\
         <p>Opponents of the {name} doubt it, and asked for the report that the engineers wrote in spring.</p>\
         <p>A spokesman of the {name} confirmed that there is such a report, and said that it would be printed.</p>"
    )
}

/// Holds the noise that is proposed for a page with this `body` against `expect`.
fn check(body: &str, expect: &[&str]) {
    let html =
        format!("<html><title>Quay closed</title><body><article><h1>Quay closed</h1>{body}</article></body></html>");
    assert_eq!(article(html.as_bytes(), Format::Html, None).noise, expect, "{body}");
}

#[test]
fn a_paragraph_with_an_acronym_is_not_in_capitals_where_a_script_has_none() {
    check(&format!("{}<p>港湾局はQHAと協議した。</p><p>港湾局とQHA</p>", prose("mayor")), &[]);
    let text = "港が閉鎖される\n\n港湾局はQHAと協議した。\n\nQHAは答えなかった\n";
    assert!(article(text.as_bytes(), Format::Txt, None).noise.is_empty());
}

#[test]
fn headings_that_also_stand_in_a_list_of_contents_are_no_noise() {
    let contents = "<ul><li><a href='#a'>What was known</a></li><li><a href='#b'>Who was asked</a></li></ul>";
    let (first, second, third) = (prose("mayor"), prose("judge"), prose("pilot"));
    check(&format!("{contents}{first}<h2 id=a>What was known</h2>{second}<h4 id=b>Who was asked</h4>{third}"), &[]);
}

#[test]
fn lines_of_lists_and_of_code_repeat_and_are_no_noise() {
    let code = "<pre>if open {\n    go();\n}\nif shut {\n    go();\n}</pre>";
    let list = "<ul><li>one rope</li><li>two lamps</li><li>one rope</li></ul>";
    check(&format!("{}{code}{list}{}", prose("mayor"), prose("judge")), &[]);
}

#[test]
fn labels_that_repeat_between_paragraphs_are_noise() {
    let label = "<p>Harbour light</p>";
    check(&format!("{}{label}{}{label}{}", prose("mayor"), prose("judge"), prose("pilot")), &["Harbour light"]);
}

#[test]
fn prose_that_is_broken_into_lines_is_no_noise() {
    let poem = "<div>The crane that stood above the water<br>was older than the town itself,<br>and nobody had ever asked<br>what held it upright in the wind.</div>";
    check(&format!("{}<footer>{poem}</footer>", prose("mayor")), &[]);
}

#[test]
fn a_line_in_capitals_over_prose_is_a_heading() {
    let text = "Quay closed for three weeks\n\nNOBODY ASKED\n\nThe mayor said on Monday that the quay would be closed \
        for three weeks, because the crane needs work.\n\nHARBOUR LIGHT\n\nSPORT\n";
    assert_eq!(article(text.as_bytes(), Format::Txt, None).noise, ["HARBOUR LIGHT", "SPORT"]);
}

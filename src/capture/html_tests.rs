//! What of a page is text, and what is not.

use super::{Format, extract};

/// Reads a page; its blocks are separated by ` / `, lines by ` | `.
fn check(html: &str, expect: &str) {
    let text = extract(Format::Html, html.as_bytes(), &[]).expect("a page is always read").text;
    assert_eq!(text.replace("\n\n", " / ").replace('\n', " | "), expect, "{html}");
}

#[test]
fn what_is_hidden_in_a_block_of_its_own_is_text() {
    check(
        "<p>One.</p><p hidden>Two.</p><div style='display: none'>Three.</div><details>Four.</details>",
        "One. / Two. / Three. / Four.",
    );
    check("<p>One.</p><noscript><p>Two.</p></noscript>", "One. / Two.");
    check(
        "<div>One.</div><noscript>All of the article, which a script would have loaded: he was never asked, she said, not once.</noscript>",
        "One. / All of the article, which a script would have loaded: he was never asked, she said, not once.",
    );
}

#[test]
fn a_few_hidden_words_within_a_line_are_none() {
    check("<p>He was <span hidden>share</span> never asked</p>", "He was never asked");
    check("<p>He was<span style='color:red;DISPLAY : none'> share</span> never asked</p>", "He was never asked");
    check("<p>He <b hidden>a <b>deep</b> one</b>left</p>", "He left");
    check(
        "<p><span hidden>Share</span>He left.</p><p>She <i style='visibility:hidden'>x</i>stayed.",
        "He left. / She stayed.",
    );
    check("<p>He was <noscript>turn on scripts</noscript>never <object>no film</object>asked", "He was never asked");
    check("<p>He <input hidden>was <br hidden>asked", "He was | asked");
    check("<p>He <span hidden=until-found>was</span> <span aria-hidden=true>never</span> asked", "He was never asked");
    check("<p><span hidden>a</span></p><p>b", "b");
    check("<p>He <span hidden>was<p>never</span> asked", "He was / never asked");
}

#[test]
fn a_sentence_that_a_click_shows_is_text() {
    let rest = "And then, after all the others had gone, he said that he had never once been asked for advice.";
    check(&format!("<p>He left.<span style=\"display:none\"> {rest}</span></p>"), &format!("He left. {rest}"));
}

#[test]
fn what_is_no_text_anywhere() {
    check("<p>a<script>b</script><style>c</style><template><p>d</p></template><iframe>e</iframe>f", "af");
    check("<div><template shadowrootmode=open><p>One.</p></template></div><p>Two.", "One. / Two.");
    check("<p>so <math><mi>x</mi><annotation encoding='application/x-tex'>\\alpha</annotation></math> is", "so x is");
    check("<p>a<!-- b -->c<title>d</title>", "ac");
}

#[test]
fn what_a_form_shows_is_text_in_its_place() {
    check("<p>He <button>Share</button> left</p>", "He Share left");
    check("<p>Say <textarea>it <b></textarea> now", "Say it <b> now");
    check("<select><option>One<option>Two</select>", "One / Two");
    check(
        "<p>The <label>name</label><canvas>of the long film that nobody saw, because it was never shown to anyone, anywhere, ever</canvas>",
        "The name of the long film that nobody saw, because it was never shown to anyone, anywhere, ever",
    );
}

#[test]
fn an_exponent_is_raised() {
    check("<p>some 10<sup>6</sup> people, 10<sup>−3</sup> m<sup>2</sup>", "some 10⁶ people, 10⁻³ m2");
    check("<p>in 2021<sup>3</sup> the 5<sup>th</sup>", "in 2021³ the 5th");
    check("<p>in 2021<sup><a href='#n3'>3</a></sup> they", "in 2021 they");
}

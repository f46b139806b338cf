//! Whole texts: what is read, and what is woven of it.

use super::super::plain::LeafKind;
use super::super::trial::{Style, body, body_with, faults, html, plain, woven};
use super::super::{FirstHeading, Options, Part, Smart};

fn check(text: &str, expect: &str) {
    assert_eq!(html(text), expect, "{text:?}");
}

#[test]
fn blocks_are_commonmarks() {
    check("a\nb  \nc\\\nd", "<p>a\nb<br>\nc<br>\nd</p>\n");
    check("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>\n");
    check("> a\n> b", "<blockquote>\n<p>a\nb</p>\n</blockquote>\n");
    check("- a\n- b\n\n1. c\n2. d", "<ul><li>a</li>\n<li>b</li>\n</ul>\n<ol><li>c</li>\n<li>d</li>\n</ol>\n");
    check("3. a\n\n   b", "<ol start=\"3\"><li><p>a</p>\n<p>b</p>\n</li>\n</ol>\n");
    check("- a\n  - b\n- c", "<ul><li>a<ul><li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>\n");
    check("```rust x\n<a>\n```", "<pre tabindex=\"0\"><code class=\"language-rust\">&lt;a&gt;\n</code></pre>\n");
    check("    a\n    b", "<pre tabindex=\"0\"><code>a\nb</code></pre>\n");
    check(
        "*a* **b** ~~c~~ `d` \\*e\\* &amp; &lt; f",
        "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d</code> *e* &amp; &lt; f</p>\n",
    );
    check("", "");
}

#[test]
fn tasks_have_boxes_that_speak() {
    check(
        "- [ ] a\n- [x] b",
        "<ul class=\"tasks\"><li class=\"task\"><span class=\"box\" role=\"img\" aria-label=\"open\"></span> a</li>\n<li class=\"task\"><span class=\"box box-done\" role=\"img\" aria-label=\"done\"></span> b</li>\n</ul>\n",
    );
}

#[test]
fn tables_are_wrapped_and_aligned() {
    check(
        "| a | b | c |\n|---|--:|:-:|\n| 1 | *2* | 3 |",
        "<div class=\"table\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table>\n<thead><tr><th scope=\"col\">a</th><th scope=\"col\" class=\"right\">b</th><th scope=\"col\" class=\"center\">c</th></tr></thead>\n<tbody>\n<tr><td>1</td><td class=\"right\"><em>2</em></td><td class=\"center\">3</td></tr>\n</tbody></table></div>\n",
    );
    assert!(html("| a |\n|---|").ends_with("</tr></thead>\n</table></div>\n"));
}

#[test]
fn highlights_hold_whole_elements() {
    check("==a== ==b *c*== d==e", "<p><mark>a</mark> <mark>b <em>c</em></mark> d==e</p>\n");
    check("*a ==b* c==", "<p><em>a ==b</em> c==</p>\n");
    check("== a == === b", "<p>== a == === b</p>\n");
    check("`==a==` \\==b==", "<p><code>==a==</code> ==b==</p>\n");
}

#[test]
fn tags_are_known() {
    let names = |text: &str| body(text).tags.into_iter().map(|tag| tag.name).collect::<Vec<_>>();
    assert_eq!(names("#leak, (#a/b) and #öl-2."), ["leak", "a/b", "öl-2"]);
    assert_eq!(
        names("# Heading #no\n\n#1 a#b C# `#c` [#d](x.md) https://e.example/#f \\#g &#35;h"),
        Vec::<String>::new()
    );
    check("#a", "<p><a class=\"tag\" href=\"tags/a.html\">#a</a></p>\n");
}

#[test]
fn punctuation_is_typographic() {
    check("\"a\" 'b' it's '90s a--b a---b a... \\\"c\\\"", "<p>“a” ‘b’ it’s ’90s a–b a—b a… \"c\"</p>\n");
    check("`\"a\" -- ...` \"*b*\" (\"c\") 6\"", "<p><code>\"a\" -- ...</code> “<em>b</em>” (“c”) 6\"</p>\n");
    check(
        "[\"a\"](https://x.example/\"b\"--) the dogs' 'rock'",
        "<p><a class=\"external\" href=\"https://x.example/%22b%22--\" rel=\"noopener noreferrer\">“a”</a> the dogs’ ‘rock’</p>\n",
    );
    check("\"opened only\n\n\"and closed\"", "<p>“opened only</p>\n<p>“and closed”</p>\n");
    let options = Options { smart: Smart::Off, ..Options::default() };
    assert_eq!(woven(&body_with("\"a\" -- it's...", options), Part::Whole, Style::Notes), "<p>\"a\" -- it's...</p>\n");
}

#[test]
fn raw_html_is_text_and_reported() {
    check("a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>\n");
    check("<div onclick=\"x\">\n*a*\n</div>", "<p>&lt;div onclick=\"x\"&gt;\n*a*\n&lt;/div&gt;</p>\n");
    check("<script>alert(1)</script>\n\na", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n<p>a</p>\n");
    check("a <!-- b --> c\n\n<!-- d -->", "<p>a  c</p>\n");
    assert_eq!(
        faults("a <b>c\n\n<div class=\"x\">\n"),
        [("escaped-html", "<b>".to_owned()), ("escaped-html", "<div class=\"x\">".to_owned())]
    );
}

#[test]
fn headings_have_ids_levels_and_sections() {
    let text = "# A *b* [[ada|c]]\n\nx\n\n### D\n\ny\n\n# E";
    let body = body(text);
    let made: Vec<_> = body
        .headings
        .iter()
        .map(|heading| (heading.id.as_str(), heading.level, &body.text[heading.text.range()]))
        .collect();
    assert_eq!(made, [("a-b-c", 2, "A b c"), ("d", 3, "D"), ("e", 2, "E")]);
    assert!(woven(&body, Part::Heading("d"), Style::Notes).ends_with("</h3>\n<p>y</p>\n"));
    assert!(woven(&body, Part::Heading("a-b-c"), Style::Notes).ends_with("<p>y</p>\n"));
    assert_eq!(woven(&body, Part::Heading("none"), Style::Notes), "");
    check("a\n=", "<h2 id=\"a\">a<a class=\"anchor\" href=\"#a\" aria-hidden=\"true\" tabindex=\"-1\"></a></h2>\n");
    let inside = super::super::trial::body("> # A\n> x\n\ny");
    assert_eq!(&inside.html[inside.headings[0].section.range()], "<h2>A</h2>\n<p>x</p>\n");
}

#[test]
fn a_heading_that_gave_the_title_is_left_out() {
    let title = |text: &str| {
        let options = Options { first_heading: FirstHeading::IsTitle, ..Options::default() };
        let body = body_with(text, options);
        (
            woven(&body, Part::Whole, Style::Notes).matches("<h").count(),
            body.headings[0].shown,
            body.headings[0].id.clone(),
        )
    };
    assert_eq!(title("# A\n\nx"), (0, false, "a".to_owned()));
    assert_eq!(title("## A\n\nx"), (0, false, "a".to_owned()));
    assert_eq!(title("x\n\n# A\n\n## B"), (1, false, "a".to_owned()));
    assert_eq!(title("x\n\n## A"), (1, true, "a".to_owned()));
}

#[test]
fn the_section_of_a_title_ends_where_the_next_one_begins() {
    let part = |text: &str, id: &str| {
        let options = Options { first_heading: FirstHeading::IsTitle, ..Options::default() };
        woven(&body_with(text, options), Part::Heading(id), Style::Notes)
    };
    assert_eq!(part("## A\n\nx\n\n## B\n\ny", "a"), "<p>x</p>\n");
    assert_eq!(part("w\n\n# A\n\nx", "a"), "<p>x</p>\n");
    assert!(part("# A\n\nx\n\n## B\n\ny", "a").ends_with("<p>y</p>\n"));
}

#[test]
fn blocks_have_ids() {
    let part = |text: &str, id: &str| woven(&body(text), Part::Block(id), Style::Notes);
    assert_eq!(part("a ^x\n\nb", "x"), "<p id=\"x\">a</p>\n");
    assert_eq!(part("- a ^x\n- b", "x"), "<ul>\n<li id=\"x\">a</li>\n</ul>\n");
    assert_eq!(part("- a ^x\n  - c\n- b", "x"), "<ul>\n<li id=\"x\">a<ul><li>c</li>\n</ul>\n</li>\n</ul>\n");
    for text in ["![[p.png|a]]\n^x", "![a](p.png) ^x", "![[p.png|a]]\n\n^x"] {
        let named = part(&format!("w\n\n{text}\n\nb [[c]]"), "x");
        assert!(
            named.starts_with("<div id=\"x\">") && named.ends_with("</div>\n") && named.contains("p.png"),
            "{named}"
        );
    }
    assert_eq!(part("> a\n\n^x\n\nb", "x"), "<blockquote id=\"x\">\n<p>a</p>\n</blockquote>\n");
    assert_eq!(part("- a\n- b\n\n^x", "x"), "<ul id=\"x\"><li>a</li>\n<li>b</li>\n</ul>\n");
    assert!(part("| a |\n|---|\n\n^x", "x").starts_with("<div id=\"x\" class=\"table\""));
    assert_eq!(part("a\nb\n^x", "x"), "<p id=\"x\">a\nb</p>\n");
    assert!(part("## a ^x\n\nb", "x").starts_with("<h2 id=\"a\">a<a"));
    check("a \\^x", "<p>a ^x</p>\n");
    check("`a ^x`", "<p><code>a ^x</code></p>\n");
    let both = body("## x\n\na ^x\n\nb ^x");
    assert_eq!(both.blocks.iter().map(|block| block.anchor.as_str()).collect::<Vec<_>>(), ["x-1", "x-2"]);
}

#[test]
fn a_short_text_is_woven_without_its_paragraph() {
    let inline = |text: &str| woven(&body(text), Part::Inline, Style::Notes);
    assert_eq!(inline("a *b*"), "a <em>b</em>");
    assert_eq!(inline("a\n\nb"), "<p>a</p>\n<p>b</p>\n");
    assert_eq!(inline("- a"), "<ul><li>a</li>\n</ul>\n");
    assert!(inline("a[^1]\n\n[^1]: b").starts_with("a<sup"));
}

#[test]
fn the_plain_text_is_what_is_read() {
    let plain = plain(
        "# A\n\nb *c* [[ada|d]] [e](f.md) `g` ![h](i.jpg) [@s]. #j^[k]\n\n```\nl\n```\n\n| m |\n|---|\n| n |",
        Options::default(),
    );
    assert_eq!(plain.text, "A\nb c d e g  . #j\nk\nl\nm\nn");
    let kinds: Vec<LeafKind> = plain.leaves.iter().map(|leaf| leaf.kind).collect();
    use LeafKind::{Cell, Heading, Paragraph, Verbatim};
    assert_eq!(kinds, [Heading, Paragraph, Paragraph, Verbatim, Cell, Cell]);
}

#[test]
fn of_the_plain_text_is_kept_what_pages_print_elsewhere() {
    let kept = |text: &str| body(text).text;
    assert_eq!(kept("One.\n\n# A\n\nTwo. Three [[ada]] four. Five."), "One.\nA\nThree ada four.");
    assert_eq!(kept("One. Two.\n\nThree. Four. [@s]\n\nFive."), "One. Two.\nFour.");
    assert_eq!(kept("- One\n- Two"), "One");
    let body = body("One.\n\n# A [[ada]]\n\nTwo [[bob|him]].");
    let words = |at: super::super::Extent| &body.text[at.range()];
    assert_eq!(body.lead.map(words), Some("One."));
    assert_eq!((words(body.headings[0].text), words(body.mentions[1].text)), ("A ada", "him"));
}

#[test]
fn line_ends_of_any_style_read_the_same() {
    let text = "# A\n\nb \"c\nd e f\" [@s]\n\n> [!note] T\n> x\n\n- [ ] a ^i\n\n```\ny\n```\n\n| m |\n|---|\n| n |\n\n[^1]: z\n\na[^1]\n\n<div>\n</div>\n";
    let page = html(&text.replace('\n', "\r\n"));
    assert_eq!(page, html(text));
}

#[test]
fn nul_is_no_byte_of_a_page() {
    check("a\0b `\0` \"\0\"", "<p>a\u{FFFD}b <code>\u{FFFD}</code> “\u{FFFD}”</p>\n");
}

#[test]
fn hostile_texts_take_no_time() {
    let size = if cfg!(debug_assertions) { 20_000 } else { 1_000_000 };
    for piece in [
        "[",
        "]",
        ">",
        "> ",
        "*",
        "\"",
        "“",
        "„x “",
        "[[",
        "![",
        "![[",
        "^[",
        "[^1]",
        "[@a",
        "[@a]",
        "@a ",
        "@a [",
        "@{",
        "==",
        "a==b",
        "#a",
        "`",
        "<",
        "<a>",
        "&",
        "|",
        "|a|\n|-|\n",
        "- ",
        "- a\n",
        "1. ",
        "[a](",
        "[[a]]",
        "[[a|",
        "\"a b c d\" [@s] ",
        "'",
        "--",
        "...",
        "a. B ",
        "\0",
        "# a\n",
        "^a\n\n",
        "> [!note] x\n",
        "> a [@s]\n\n",
        "[^1]: [^1]\n\n",
        "^[a ^[b] ",
        "[@a;",
        "[@a, p. 1 (",
        "*\"a* b \"",
        "<div>\n\n",
        "![a](b.png)",
        "![[x]] ",
        "@a [p. 1;",
        "e.g. A",
        "\\[",
        "***",
        "[@a [@b ",
        "(“",
        "[^a-z] ",
    ] {
        let page = html(&piece.repeat(size / piece.len()));
        assert!(page.len() < 400 * size, "{piece:?}");
    }
}

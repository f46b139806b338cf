//! Raw HTML: what passes, and what is left of it.

use super::super::trial::{Style, body_with, woven};
use super::super::{Options, Part, RawHtml};

/// Checks a page, blank lines apart.
fn check(text: &str, expect: &str) {
    let options = Options { html: RawHtml::Sanitise, ..Options::default() };
    let lines = |page: &str| page.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    let page = woven(&body_with(text, options), Part::Whole, Style::Notes);
    assert_eq!(lines(&page), lines(expect), "{text:?}");
}

#[test]
fn what_is_harmless_comes_through() {
    check(
        "H<sub>2</sub>O <kbd class=\"x\" onclick=\"y\" style=\"z\" data-claim=\"c\">K</kbd><br/>",
        "<p>H<sub>2</sub>O <kbd class=\"x\">K</kbd><br></p>\n",
    );
    check(
        "<details open>\n<summary>S</summary>\n\n*a*\n\n</details>\n\nb",
        "<details open=\"\">\n<summary>S</summary>\n\n<p><em>a</em></p>\n</details>\n\n<p>b</p>\n",
    );
    check(
        "<div title='a \"b\" &lt;'>\nx &amp; y & z &copy; <i>w\n</div>",
        "<div title=\"a &quot;b&quot; &lt;\">\nx &amp; y &amp; z &copy; <i>w\n</i></div>\n\n",
    );
}

#[test]
fn what_is_not_is_left_out() {
    check("a <script>b</script> <form><input></form> <b onclick=x>c</b>", "<p>a b  <b>c</b></p>\n");
    check("<script>\nalert(1)\n</script>\n\na", "\n<p>a</p>\n");
    check("<style>a{}</style>\n<iframe src=\"x\"></iframe>\n\na", "\n\n<p>a</p>\n");
    check("<div>\n<script>x</script>y\n</div>", "<div>\ny\n</div>\n\n");
    check("<svg onload=x>\n<a href=\"x.md\">y</a>\n</svg>", "\n");
    check("a <!-- b --> <?php x ?> <!DOCTYPE x> c", "<p>a    c</p>\n");
    check("<div\nonclick=\"x\"\n", "&lt;div\nonclick=\"x\"\n");
}

#[test]
fn what_is_left_open_is_closed() {
    check("a <b>c\n\nd", "<p>a <b>c</b></p>\n<p>d</p>\n");
    check("a </b> c", "<p>a  c</p>\n");
    check("*a <b>c* d</b>", "<p><em>a <b>c</b></em> d</p>\n");
    check("> <div>\n> a\n\nb\n\n</div>", "<blockquote>\n<div>\na\n</div>\n</blockquote>\n<p>b</p>\n\n");
    check("<div>\n\na\n\n</section>\n\nb", "<div>\n<p>a</p>\n\n<p>b</p>\n</div>\n");
    check("- <div>\n- b", "<ul><li><div>\n</div>\n</li>\n<li>b</li>\n</ul>\n");
    check("==<b>a== c</b>", "<p><mark><b>a</b></mark> c</p>");
}

#[test]
fn links_and_images_are_as_any() {
    check("<a href=\"ada.md\" target=_blank>her</a>", "<p><a class=\"mention\" href=\"ada.md.html\">her</a></p>\n");
    check(
        "<a href=\"https://example.org\" onclick=x>x</a>",
        "<p><a class=\"external\" href=\"https://example.org\" rel=\"noopener noreferrer\">x</a></p>\n",
    );
    check("<a href=\"java&#115;cript:x\">x</a> <a>y</a> <a href='x-a'>z", "<p>x y z</p>\n");
    check(
        "<img src=\"https://example.org/x.png\" alt=\"X\">",
        "<a class=\"external remote-image\" href=\"https://example.org/x.png\" rel=\"noopener noreferrer\">X</a>\n",
    );
    check(
        "a <img src='x.png' alt='X' onerror=y>",
        "<p>a <img class=\"inline\" src=\"x.png\" width=\"400\" height=\"200\" alt=\"X\" loading=\"lazy\" decoding=\"async\"></p>\n",
    );
    check("[a <a href=\"b.md\">b</a>](c.md)", "<p><a class=\"mention\" href=\"c.md.html\">a b</a></p>\n");
}

#[test]
fn ids_are_unique() {
    check(
        "## a\n\n<span id=\"a\">b</span> <span id=\"c d\">e</span>",
        "<h2 id=\"a\">a<a class=\"anchor\" href=\"#a\" aria-hidden=\"true\" tabindex=\"-1\"></a></h2>\n<p><span id=\"a-1\">b</span> <span>e</span></p>\n",
    );
}

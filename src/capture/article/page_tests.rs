//! Whom and which day a page names, and whom it does not.

use super::{Article, article};
use crate::capture::Format;

const BODY: &str =
    "<p>The mayor said on Monday that the quay would be closed for three weeks, because the crane needs work.</p>";

/// Reads a page with these tags in its head, above its heading and below it.
fn page(head: &str, above: &str, below: &str) -> Article {
    let html = format!(
        "<html><head><title>Quay closed</title>{head}</head><body>{above}<article><h1>Quay closed</h1>{below}{BODY}</article></body></html>"
    );
    article(html.as_bytes(), Format::Html, None)
}

/// Holds the authors of a page against `expect`.
fn check(head: &str, above: &str, below: &str, expect: &[&str]) {
    assert_eq!(page(head, above, below).authors, expect, "{head}{above}{below}");
}

/// Makes a script of linked data.
fn linked(json: &str) -> String {
    format!("<script type=\"application/ld+json\">{json}</script>")
}

#[test]
fn a_menu_names_nobody() {
    for menu in [
        "<li>About Quays</li><li>Staff Directory</li>",
        "<li>World News</li><li>In Focus</li>",
        "<li>By Course or Type</li>",
        "<label>Von:</label><p>Suche Erweiterte Suche</p>",
        "<li>Quay Life</li><li>Reporters</li>",
    ] {
        check("", &format!("<ul>{menu}</ul><p>Harbour</p><p>Ferries</p><p>Tides</p>"), "", &[]);
        check("", "", &format!("<ul>{menu}</ul>").replace("Quay Life", "Our Blog"), &[]);
    }
}

#[test]
fn authors_are_found_where_pages_mark_them() {
    for marked in [
        "<p class='byline'>By <a rel=author href='/a'>Ada Weir</a> <time datetime='2023-11-08'>8 November</time></p>",
        "<span class='author vcard'><a class='url fn n' href='/a'>Ada Weir</a></span>",
        "<div>Text: <span itemprop='author'>Ada Weir</span></div>",
        "<span class='pb-byline'>By <a href='/a'>Ada Weir</a></span>",
        "<div class='story-byline'><div>By ADA WEIR</div><div>Harbour Press</div></div>",
    ] {
        check("", "", marked, &["Ada Weir"]);
    }
    let comment = "<span class='comment-author vcard'>Tom Lee</span>";
    check("", "", comment, &[]);
}

#[test]
fn an_author_far_from_the_heading_is_that_of_another_text() {
    let far = |name: &str| format!("{}<a rel=author>{name}</a>", BODY.repeat(20));
    check("", "", &format!("{}{}", far("Tom Lee"), far("Ada Weir")), &[]);
    check("", "", &far("Ada Weir"), &["Ada Weir"]);
}

#[test]
fn linked_data_name_an_author_here_or_elsewhere() {
    for json in [
        r##"{"@graph":[{"@type":"Article","author":{"@id":"#a"}},{"@type":"Person","@id":"#a","name":"Ada Weir"}]}"##,
        r#"{"@type":"Review","author":{"@type":"Person","name":"Ada Weir"}}"#,
        "<![CDATA[\n{\"@type\":\"NewsArticle\",\"author\":\"Ada Weir\"}\n]]>",
        r#"{"@type":"NewsArticle","author":[{"name":"Ada Weir, PhD"},{"name":"Ada Weir"}]}"#,
    ] {
        check(&linked(json), "", "", &["Ada Weir"]);
    }
}

#[test]
fn names_are_cut_only_into_names() {
    for (said, expect) in [
        ("Ministry of Roads and Harbours", &["Ministry of Roads and Harbours"][..]),
        ("Quays &amp; Cranes", &["Quays & Cranes"]),
        ("Ada Weir and Tom Lee", &["Ada Weir", "Tom Lee"]),
        ("QUAY Online, Aldmoor, Norland", &["QUAY Online", "Aldmoor", "Norland"]),
        ("Analysis by Ada Weir", &["Ada Weir"]),
        ("Weir, Ada", &["Ada Weir"]),
        ("admin", &[]),
        ("Super User", &[]),
    ] {
        check(&format!("<meta name=author content=\"{said}\">"), "", "", expect);
    }
}

#[test]
fn references_that_were_escaped_twice_are_read() {
    let json = r#"{"@type":"NewsArticle","headline":"Aldmoor&#8217;s quay &amp; crane","author":"D&#8217;Arcy Weir"}"#;
    let found = page(&linked(json), "", "");
    assert_eq!(
        (found.title.as_deref(), found.authors),
        (Some("Aldmoor’s quay & crane"), vec!["D’Arcy Weir".to_owned()])
    );
}

#[test]
fn a_headline_that_the_page_shows_nowhere_gives_way_to_a_name_that_it_shows() {
    let json = r#"{"@type":"Article","name":"Quay closed","headline":"article of a list"}"#;
    assert_eq!(page(&linked(json), "", "").title.as_deref(), Some("Quay closed"));
}

#[test]
fn a_date_that_is_not_of_the_article_is_none() {
    let far = format!("{}<time datetime='2009-04-11'>11 April 2009</time>", BODY.repeat(20));
    let unset = linked(r#"{"@type":"Article","datePublished":"1970-01-01T00:00:00Z"}"#);
    let menu = "<p>Juli 2018</p><p>Quays</p><p>Ferries</p><p>Tides</p>";
    for (head, above, below) in [("", "", far.as_str()), (unset.as_str(), "", ""), ("", menu, "")] {
        assert_eq!(page(head, above, below).issued, None, "{head}{above}{below}");
    }
    let time = "<time>3 May 2023</time>";
    let published = "<time class=published datetime='2023-05-04'>4 May</time>";
    assert_eq!(page("", "", time).issued.as_deref(), Some("2023-05-03"));
    assert_eq!(page("", "", &format!("{time}{published}")).issued.as_deref(), Some("2023-05-04"));
}

//! Quotations held against their sources, through a whole site.

use casebook::pipeline::{Memo, Request};

use crate::site::{build, build_as, build_with, faults};

const SOURCE: &str = "//- content/sources/courier/index.md\n+++\ntitle = \"The story\"\nkind = \"article-newspaper\"\n\n[capture]\nfile = \"story.txt\"\n+++\n\
     //- content/sources/courier/story.txt\nThe vote was late.\n\nThe member was never asked for advice, she said.\n";

fn site(body: &str) -> String {
    format!("{SOURCE}//- content/note.md\n{body}\n")
}

#[test]
fn a_quotation_that_stands_in_its_source_is_verified() {
    let built = build(&site("She was \"never asked for advice\" [@courier, para. 2]."));
    let page = built.page("note.html");
    assert!(page.contains("data-quote=\"verified\""), "{page}");
    assert!(page.contains("./sources/courier.html#q-1"), "{page}");
    assert!(built.page("sources/courier.html").contains("<mark class=\"passage\" id=\"q-1\">"));
}

#[test]
fn one_word_off_is_an_error_at_the_words() {
    let found = faults(&site("She was \"never asked for help\" [@courier, para. 2]."));
    assert_eq!(found, ["quote-not-found content/note.md:1:10"]);
}

#[test]
fn a_wrong_paragraph_is_a_warning_at_the_locator() {
    let found = faults(&site("She was \"never asked for advice\" [@courier, para. 1]."));
    assert_eq!(found, ["wrong-locator content/note.md:1:45"]);
}

#[test]
fn a_changed_capture_is_an_error_at_its_hash() {
    let text = site("x [[courier]]").replace("file = \"story.txt\"", "file = \"story.txt\"\nsha256 = \"00\"");
    assert_eq!(faults(&text), ["capture-changed content/sources/courier/index.md:7:10"]);
}

#[test]
fn four_words_without_a_citation_are_reported_and_three_are_not() {
    assert_eq!(faults(&site("He said \"one two three four\" to [[courier]].")), ["uncited-quote content/note.md:1:9"]);
    assert_eq!(faults(&site("He said \"one two three\" to [[courier]].")), Vec::<String>::new());
}

#[test]
fn dropping_what_was_kept_of_captures_changes_no_byte() {
    let memo = Memo::default();
    let body = "She was \"never asked for advice\" [@courier, para. 2] and \"The vote was late.\" [@courier].";
    let before = build(&site(body));
    let kept = build_with(&site(body), &Request::default(), &memo);
    let again = build_with(&site(body), &Request::default(), &memo);
    assert_eq!((kept.changed(&before), again.changed(&before)), (vec![], vec![]));
    assert_eq!(again.json, before.json);
    // What was kept of a capture is not taken for another one, nor for its former self.
    let other = site(body).replace("was never asked", "was never once asked");
    let fresh = build_as(&other, &Request::default());
    let kept = build_with(&other, &Request::default(), &memo);
    assert!(fresh.json.contains("quote-not-found"), "{}", fresh.json);
    assert_eq!((kept.changed(&fresh), kept.json), (vec![], fresh.json));
    assert_eq!(build_with(&site(body), &Request::default(), &memo).changed(&before), Vec::<String>::new());
}

//! Bodies woven: what each answer of a host becomes.

use std::borrow::Cow;

use super::super::trial::body;
use super::super::{
    Body, CitationAnswer, CitationSeat, FigureAnswer, Host, MentionAnswer, MentionLink, Part, PartAnswer,
    QuotationAnswer,
};
use super::{Woven, weave};

/// A host for texts that embed each other: the target is the text's number, with the part it names.
struct Embeds<'a> {
    texts: &'a [Body],
}

impl<'a> Host<'a> for Embeds<'a> {
    fn mention(&mut self, _: &'a Body, _: usize) -> MentionAnswer<'a> {
        MentionAnswer::Text { title: None }
    }

    fn figure(&mut self, body: &'a Body, index: usize) -> FigureAnswer<'a> {
        let target: usize = body.mentions[index].target.parse().expect("it is a number");
        let (href, title) = ("t.html".into(), "T".into());
        let link = MentionLink { href, title, kind: "".into(), standing: None };
        FigureAnswer::Part(PartAnswer { body: &self.texts[target], part: Part::Whole, link, response: "".into() })
    }

    fn citation(&mut self, _: &'a Body, _: usize, seat: CitationSeat, _: &str) -> CitationAnswer<'a> {
        CitationAnswer::Note { name: "".into(), html: format!("{seat:?}").into(), sources: "s".into() }
    }

    fn quotation(&mut self, _: &'a Body, _: usize) -> QuotationAnswer<'a> {
        QuotationAnswer::Unheld
    }

    fn tag(&mut self, _: &'a Body, _: usize) -> Option<Cow<'a, str>> {
        None
    }

    fn archived(&mut self, _: &'a Body, _: usize) -> Option<Cow<'a, str>> {
        None
    }

    fn word(&mut self, key: &str) -> Option<Cow<'a, str>> {
        (key == "embed_from").then_some("aus {title}:".into())
    }
}

fn page(texts: &[&str]) -> String {
    let texts: Vec<Body> = texts.iter().map(|text| body(text)).collect();
    let mut out = Woven::default();
    weave(&texts[0], Part::Whole, &mut Embeds { texts: &texts }, &mut out);
    out.html
}

fn ids(page: &str) -> Vec<&str> {
    page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_part_stands_where_it_is_embedded() {
    assert_eq!(
        page(&["a\n\n![[1]]\n\nb", "c"]),
        "<p>a</p>\n<div class=\"embed embed-part\"><div class=\"embed-body\">\n<p>c</p>\n</div><p class=\"embed-from\">aus <a class=\"mention\" href=\"t.html\">T</a>:</p></div>\n<p>b</p>\n"
    );
}

#[test]
fn numbers_run_through_parts_and_ids_are_unique() {
    let page = page(&["a [@s]\n\n![[1]]\n\nb[^1]\n\n![[1]]\n\n## H\n\n[^1]: n [@s]", "## H\n\nc^[n] ^x"]);
    let ids = ids(&page);
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), ids.len(), "{ids:?}");
    assert_eq!(
        ids,
        [
            "ref-1",
            "note-1",
            "e1.h",
            "e1.x",
            "e1.ref-2",
            "e1.note-2",
            "ref-3",
            "note-3",
            "e2.h",
            "e2.x",
            "e2.ref-4",
            "e2.note-4",
            "h"
        ]
    );
    assert!(page.contains("Text(1)") && page.contains("Note"), "a citation in a note is told so: {page}");
}

#[test]
fn a_long_chain_of_embeds_costs_no_stack() {
    let texts: Vec<String> = (0..5000).map(|number| format!("![[{}]]", (number + 1) % 5000)).collect();
    let page = page(&texts.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(page.matches("embed-part").count(), super::MOST_PARTS as usize);
}

#[test]
fn embeds_that_double_are_bounded() {
    let texts: Vec<String> = (0..40).map(|number| format!("![[{0}]]\n\n![[{0}]]", (number + 1) % 40)).collect();
    assert!(page(&texts.iter().map(String::as_str).collect::<Vec<_>>()).len() < 10 << 20);
}

#[test]
fn ids_have_the_pages_prefix() {
    let texts = [body("## H\n\na^[n] [@s]")];
    let mut out = Woven { prefix: "a1-".to_owned(), ..Woven::default() };
    weave(&texts[0], Part::Whole, &mut Embeds { texts: &texts }, &mut out);
    assert_eq!(ids(&out.html), ["a1-h", "a1-ref-1", "a1-note-1", "a1-ref-2", "a1-note-2"]);
    assert!(out.html.contains("href=\"#a1-note-2\"") && out.html.contains("href=\"#a1-h\""));
    assert_eq!(out.notes, 2);
}

#[test]
fn a_part_that_is_not_there_is_nothing() {
    let texts = [body("a")];
    let mut out = Woven::default();
    weave(&texts[0], Part::Block("x"), &mut Embeds { texts: &texts }, &mut out);
    assert_eq!(out.html, "");
}

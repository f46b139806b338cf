//! Works that are told apart, sorted and joined. What is expected was held against Pandoc's citeproc with the same styles.

use super::super::{Bibliography, Desk, Item, Work};
use super::{under, work};
use crate::markdown::{Author, CitationSeat, Locator, LocatorKind};

/// Works that are alike in several ways.
fn shelf() -> Vec<Work> {
    let book = |title: &str, authors: &[&str], year: &str| Work {
        publisher: Some("Dock Press".to_owned()),
        ..work("book", title, authors, year)
    };
    let article = |title: &str, day: &str| Work {
        container_title: Some("The Gazette".to_owned()),
        ..work("article-newspaper", title, &["Jane Roe"], day)
    };
    vec![
        article("The harbour accounts", "2001-03-02"),
        article("Another look at the harbour", "2001-05-02"),
        book("Zinc and its uses", &["Richard Roe"], "2001"),
        book("Bridges", &["Tom Abel"], "1999"),
        book("A tide", &["Ida Vik", "Tom Abel"], "2010"),
        book("The tide", &["Ida Vik", "Tom Abel"], "2010"),
        book("Four walls", &["Ida Vik", "Tom Abel", "Jane Roe", "Ola Dahl"], "2015"),
        book("Four seasons", &["Ida Vik", "Ann Cole", "Jane Roe", "Ola Dahl"], "2015"),
        book("Jam", &["James Berg"], "2005"),
        book("Jolt", &["Jonas Berg"], "2005"),
        book("Later", &["Ann Cole"], "2003"),
        book("Earlier", &["Ann Cole"], "2001"),
    ]
}

fn shelved(style: &str) -> Bibliography {
    under(style, shelf())
}

/// Cites works on one page, `work` or `work page`, joined by `+`; `|` begins the next citation. Checks what is printed.
fn check(style: &str, citations: &str, expect: &[&str]) {
    let bibliography = shelved(style);
    let mut desk = Desk::new(&bibliography, 0..bibliography.len());
    let said: Vec<String> = citations
        .split('|')
        .map(|citation| {
            let parsed = citation.split('+').map(|text| text.trim().split_once(' ').unwrap_or((text.trim(), "")));
            let works: Vec<(usize, Option<Locator>)> = parsed
                .map(|(work, page)| {
                    let locator = Locator { kind: LocatorKind::Page, value: page.to_owned(), ranges: Vec::new() };
                    (work.parse().unwrap(), (!page.is_empty()).then_some(locator))
                })
                .collect();
            let items: Vec<Item<'_>> = works.iter().map(|(work, locator)| item(*work, locator.as_ref())).collect();
            desk.cite(&items, CitationSeat::Text(1))
        })
        .collect();
    assert_eq!(said, expect, "{style}");
}

fn item(work: usize, locator: Option<&Locator>) -> Item<'_> {
    Item { work, locator, prefix: "", suffix: "", author: Author::Normal }
}

#[test]
fn years_are_told_apart_by_letters_and_people_by_initials() {
    check(
        "apa",
        "0 3 | 1 | 2 | 4 | 5",
        &[
            "(J. Roe, 2001a, p. 3)",
            "(J. Roe, 2001b)",
            "(R. Roe, 2001)",
            "(Vik &amp; Abel, 2010a)",
            "(Vik &amp; Abel, 2010b)",
        ],
    );
    check("chicago-author-date", "0 | 1", &["(J. Roe 2001b)", "(J. Roe 2001a)"]);
}

#[test]
fn names_are_added_to_a_list_that_is_cut_short() {
    check("apa", "6 | 7", &["(Vik, Abel, et al., 2015)", "(Vik, Cole, et al., 2015)"]);
}

#[test]
fn initials_that_tell_nothing_are_not_said() {
    check("apa", "8 | 9 | 8 + 9", &["(Berg, 2005a)", "(Berg, 2005b)", "(Berg, 2005a; Berg, 2005b)"]);
}

#[test]
fn titles_tell_works_apart_in_a_style_without_years() {
    check(
        "mla",
        "0 3 | 4 | 3 | 2",
        &["(J. Roe, “The Harbour Accounts” 3)", "(Vik and Abel, <i>A Tide</i>)", "(Abel)", "(R. Roe)"],
    );
}

#[test]
fn works_of_one_author_are_joined_in_one_citation() {
    check(
        "apa",
        "4 + 3 + 0 | 0 + 1 + 2 | 10 + 11 | 10 3 + 11 + 3",
        &[
            "(Abel, 1999; J. Roe, 2001a; Vik &amp; Abel, 2010a)",
            "(J. Roe, 2001a, 2001b; R. Roe, 2001)",
            "(Cole, 2001, 2003)",
            "(Abel, 1999; Cole, 2001; 2003, p. 3)",
        ],
    );
}

#[test]
fn lists_stand_in_the_order_of_the_style() {
    let listed = |style: &str| {
        let bibliography = shelved(style);
        let mut works: Vec<usize> = (0..bibliography.len()).collect();
        works.sort_by_key(|work| bibliography.rank(*work));
        works
    };
    assert_eq!(listed("apa"), [3, 8, 9, 11, 10, 0, 1, 2, 4, 5, 6, 7]);
    assert_eq!(listed("mla")[..6], [3, 8, 9, 11, 10, 1]);
    // A list of numbers stands in the order of citing.
    assert_eq!(listed("ieee"), (0..12).collect::<Vec<_>>());
}

#[test]
fn a_page_begins_again_only_where_it_would_say_something_else() {
    let bibliography = shelved("apa");
    let mut desk = Desk::new(&bibliography, []);
    for work in [8, 3, 0] {
        desk.cite(&[item(work, None)], CitationSeat::Text(1));
    }
    assert!(desk.again().is_none(), "nothing is alike");
    let mut desk = Desk::new(&bibliography, []);
    assert_eq!(desk.cite(&[item(0, None)], CitationSeat::Text(1)), "(Roe, 2001)");
    desk.cite(&[item(1, None)], CitationSeat::Text(1));
    let mut again = desk.again().expect("both are of one author and year");
    assert_eq!(again.cite(&[item(0, None)], CitationSeat::Text(1)), "(Roe, 2001a)");
    assert_eq!(again.entry(0), "Roe, J. (2001a, March 2). The harbour accounts. <i>The Gazette</i>.");
    assert_eq!(again.beside().cite(&[item(1, None)], CitationSeat::Text(1)), "(Roe, 2001b)");
    assert!(again.again().is_none());
    assert!(Desk::new(&shelved("chicago-notes"), [0, 1]).again().is_none());
}

#[test]
fn words_behind_a_name_in_the_text_stand_in_its_brackets() {
    let locator = Locator { kind: LocatorKind::Page, value: "3".to_owned(), ranges: Vec::new() };
    let check = |style: &str, expect: &str| {
        let bibliography = shelved(style);
        let mut desk = Desk::new(&bibliography, 0..bibliography.len());
        let first = Item { author: Author::InText, suffix: ", and passim", locator: Some(&locator), ..item(2, None) };
        assert_eq!(desk.cite(&[first, item(3, None)], CitationSeat::Text(1)), expect, "{style}");
    };
    check("apa", "R. Roe (2001, p. 3, and passim; Abel, 1999)");
    check("mla", "R. Roe (3, and passim; Abel)");
    check("ieee", "R. Roe [3, p. 3, and passim], [4]");
    let bibliography = shelved("mla");
    let mut desk = Desk::new(&bibliography, 0..bibliography.len());
    let named = Item { author: Author::InText, ..item(3, None) };
    assert_eq!(desk.cite(&[named], CitationSeat::Text(1)), "Abel");
}

#[test]
fn a_range_of_any_numbers_is_plural() {
    let bibliography = shelved("apa");
    let mut desk = Desk::new(&bibliography, [3]);
    for (value, expect) in [("iv-vi", "pp. iv–vi"), ("iv", "p. iv"), ("A3–A5", "pp. A3–A5"), ("3-5", "pp. 3–5")]
    {
        let locator = Locator { kind: LocatorKind::Page, value: value.to_owned(), ranges: Vec::new() };
        let said = desk.cite(&[item(3, Some(&locator))], CitationSeat::Text(1));
        assert_eq!(said, format!("(Abel, 1999, {expect})"));
    }
}

#[test]
fn a_stop_is_set_once_and_within_quotation_marks() {
    let bibliography = shelved("chicago-notes");
    let mut desk = Desk::new(&bibliography, []);
    let mut said = |author| desk.cite(&[Item { author, ..item(0, None) }], CitationSeat::Text(1));
    said(Author::Normal);
    assert_eq!(said(Author::Suppressed), "“The Harbour Accounts.”");
    let page = under("apa", vec![work("webpage", "A page", &[], "2012")]);
    assert_eq!(page.entry(0), "<i>A page</i>. (2012).");
}

//! Positions: what a citation says behind others.

use super::super::{Bibliography, Desk, Item, Style};
use super::styles::OWN;
use super::{five, under, work};
use crate::markdown::{Author, CitationSeat, Locator, LocatorKind};

/// Cites works on one page, each as `work`, `work page`, `-work` or `=work` (in the text), joined by `+`; `|` begins the next
/// citation, `.` an author's footnote, `(` a citation in one. Checks what is printed, a line for each.
fn check(bibliography: &Bibliography, citations: &str, expect: &[&str]) {
    let parsed = |text: &str| {
        let (key, page) = text.split_once(' ').unwrap_or((text, ""));
        let author = match key.chars().next() {
            Some('-') => Author::Suppressed,
            Some('=') => Author::InText,
            _ => Author::Normal,
        };
        let locator = Locator { kind: LocatorKind::Page, value: page.to_owned(), ranges: Vec::new() };
        (key.trim_start_matches(['-', '=']).parse::<usize>().unwrap(), (!page.is_empty()).then_some(locator), author)
    };
    let mut desk = Desk::new(bibliography, 0..bibliography.len());
    let (mut said, mut number) = (Vec::new(), 0);
    for citation in citations.split('|').map(str::trim) {
        let (inside, citation) = citation.strip_prefix('(').map_or((false, citation), |rest| (true, rest));
        if citation == "." {
            number += 1;
            continue;
        }
        let works: Vec<_> = citation.split('+').map(|text| parsed(text.trim())).collect();
        let items = works.iter().map(|(work, locator, author)| Item {
            work: *work,
            locator: locator.as_ref(),
            prefix: "",
            suffix: "",
            author: *author,
        });
        number += u32::from(!inside);
        let seat = if inside { CitationSeat::Note(number) } else { CitationSeat::Text(number) };
        said.push(desk.cite(&items.collect::<Vec<_>>(), seat));
    }
    assert_eq!(said, expect);
}

fn own() -> Bibliography {
    Bibliography::new(Style::parse(OWN, "en").unwrap(), five(), super::collate)
}

const FIRST: &str =
    "<span class=\"small-caps\">A. van Beethoven</span>, <i>The Long Wait: A History of Detention</i>, 19";
const REPORT: &str =
    "<span class=\"small-caps\">Office of the Special Rapporteur</span>, <i>Finding on the Allegation</i>, c. 5/23";

#[test]
fn a_second_note_on_a_work_is_short() {
    check(
        &own(),
        "1 | 2 | 1 7",
        &[&format!("{FIRST}."), &format!("{REPORT}."), "van Beethoven, <i>The long wait</i>, see note 1, p. 7."],
    );
}

#[test]
fn a_note_behind_one_on_the_same_work_is_ibid() {
    check(&own(), "1 | 1", &[&format!("{FIRST}."), "<i>Ibid.</i>"]);
    check(
        &own(),
        "1 3 | 1 3 | 1 4 | 1",
        &[
            &format!("{FIRST}, p. 3."),
            "<i>Ibid.</i>",
            "<i>Ibid.</i>, p. 4.",
            "van Beethoven, <i>The long wait</i>, see note 1.",
        ],
    );
}

#[test]
fn a_footnote_between_two_notes_ends_ibid() {
    check(&own(), "1 | . | 1", &[&format!("{FIRST}."), "van Beethoven, <i>The long wait</i>, see note 1."]);
}

#[test]
fn a_note_behind_one_on_several_works_is_not_ibid() {
    check(&own(), "2 + 1 | 1", &[&format!("{REPORT}; {FIRST}."), "van Beethoven, <i>The long wait</i>, see note 1."]);
    check(&own(), "1 + 1 5", &[&format!("{FIRST}; <i>Ibid.</i>, p. 5.")]);
}

#[test]
fn a_citation_in_an_authors_note_has_no_stop_and_the_number_of_the_note() {
    check(&own(), ". | (1 | 1", &[FIRST, "van Beethoven, <i>The long wait</i>, see note 1."]);
    check(&own(), "1 | . | (1 8", &[&format!("{FIRST}."), "van Beethoven, <i>The long wait</i>, see note 1, p. 8"]);
}

#[test]
fn chicago_notes_are_long_then_short() {
    let bibliography = under("chicago-notes", five());
    check(
        &bibliography,
        "1 | 2 | 1 7-9",
        &[
            "Anna van Beethoven, <i>The Long Wait: A History of Detention</i> (Northern Press, 2019).",
            "Office of the Special Rapporteur, <i>Finding on the Allegation</i> ([2023?]), https://rapporteur.example/report.pdf.",
            "van Beethoven, <i>The Long Wait</i>, 7–9.",
        ],
    );
}

#[test]
fn names_in_the_text_and_names_left_out() {
    let bibliography = under("apa", five());
    check(
        &bibliography,
        "1 7 | -1 7 | =1 7",
        &["(van Beethoven, 2019, p. 7)", "(2019, p. 7)", "van Beethoven (2019, p. 7)"],
    );
    let bibliography = under("ieee", five());
    check(&bibliography, "1 | 0 | 1 3 | =0", &["[2]", "[1]", "[2, p. 3]", "I. M. Vik and J. Example [1]"]);
}

#[test]
fn a_work_without_an_author_is_named_by_its_title() {
    let works =
        || vec![work("report", "Annual report: a summary", &[], "2019-22"), work("chapter", "On tides", &[], "2020")];
    check(
        &under("apa", works()),
        "=0 7 | =1 | -0",
        &["Annual Report (2019, p. 7)", "<i>On Tides</i> (2020)", "(Annual Report, 2019)"],
    );
    check(&under("mla", works()), "=0 | =1", &["<i>Annual Report</i>", "<i>On Tides</i>"]);
    check(&under("ieee", works()), "=0 7 | =1", &["“Annual report: a summary” [1, p. 7]", "“On tides” [2]"]);
    let desk_of = under("chicago-notes", works());
    assert_eq!(
        [0, 1].map(|work| Desk::new(&desk_of, [0, 1]).name(work)),
        ["<i>Annual Report: A Summary</i>", "<i>On Tides</i>"]
    );
    let odd = under("apa", vec![work("report", "“Wait,” he said", &[], "2019")]);
    assert_eq!(Desk::new(&odd, [0]).name(0), "<i>“Wait,” he said</i>", "marks of its own are not taken apart");
}

#[test]
fn a_season_stands_where_a_style_names_the_month_and_never_as_a_number() {
    let work = || vec![work("article-magazine", "On tides", &["Ida Vik"], "2019-23")];
    let entry = |style: &str| under(style, work()).entry(0);
    assert_eq!(entry("chicago-notes"), "Vik, Ida. <i>On Tides</i>. Autumn 2019.");
    assert_eq!(entry("apa"), "Vik, I. (2019, Autumn). <i>On tides</i>.");
    check(&under("apa", work()), "0 3", &["(Vik, 2019, p. 3)"]);
    let numbers = OWN.replace("form=\"text\" date-parts=\"year-month\"", "form=\"numeric\" date-parts=\"year-month\"");
    let numbered = Bibliography::new(Style::parse(&numbers, "en").unwrap(), work(), super::collate);
    assert!(numbered.entry(0).ends_with("2019."), "{}", numbered.entry(0));
    check(&numbered, "0", &["<span class=\"small-caps\">I. Vik</span>, <i>On Tides</i>, 19."]);
}

#[test]
fn works_cited_together_are_sorted_and_collapsed() {
    check(&under("apa", five()), "1 + 0", &["(van Beethoven, 2019; Vik &amp; Example, 2023)"]);
    check(&under("ieee", five()), "2 + 0 + 1", &["[1], [2], [3]"]);
}

#[test]
fn works_of_one_author_and_year_are_told_apart() {
    let works = vec![
        work("book", "One", &["Ida Vik"], "2020"),
        work("book", "Two", &["Ida Vik"], "2020"),
        work("book", "Three", &["Ida Vik"], "2021"),
    ];
    check(
        &under("apa", works),
        "1 | 0 5 | 2 | =1",
        &["(Vik, 2020b)", "(Vik, 2020a, p. 5)", "(Vik, 2021)", "Vik (2020b)"],
    );
}

#[test]
fn words_around_a_citation_are_the_authors() {
    let bibliography = under("chicago-notes", five());
    let mut desk = Desk::new(&bibliography, []);
    let item =
        Item { work: 1, locator: None, prefix: "see <em>also</em>", suffix: ", who says so", author: Author::Normal };
    let other = Item { work: 3, prefix: "and", suffix: "", ..item };
    assert_eq!(
        desk.cite(&[item, other], CitationSeat::Text(1)),
        "See <em>also</em> Anna van Beethoven, <i>The Long Wait: A History of Detention</i> (Northern Press, 2019), who says so; \
         and “Memo on an Earlier Election,” personal communication, 2018–2019."
    );
}

#[test]
fn templates_are_made_once_for_each_shape() {
    let works = (0..200)
        .map(|number| work("book", &format!("A book of number {number}"), &["Ida Vik"], &format!("{}", 1900 + number)));
    let bibliography = under("chicago-notes", works.collect());
    for at in 0..200 {
        let mut desk = Desk::new(&bibliography, []);
        let item = Item { work: at, locator: None, prefix: "", suffix: "", author: Author::Normal };
        let said = desk.cite(&[item], CitationSeat::Text(1));
        assert_eq!(said, format!("Ida Vik, <i>A Book of Number {at}</i> ({}).", 1900 + at));
    }
    assert_eq!(bibliography.templates(), 1);
}

#[test]
fn templates_of_the_archive_are_fit() {
    let mut unfit = Vec::new();
    for style in super::styles::names() {
        let bibliography = under(style, five());
        (0..5).for_each(|work| drop(bibliography.entry(work)));
        let mut desk = Desk::new(&bibliography, []);
        for work in [0, 1, 2, 3, 4, 0, 1] {
            let locator = Locator { kind: LocatorKind::Page, value: "7-9".to_owned(), ranges: Vec::new() };
            let item = Item { work, locator: Some(&locator), prefix: "", suffix: "", author: Author::Normal };
            desk.cite(&[item], CitationSeat::Text(1));
        }
        if bibliography.unfit() > 0 {
            unfit.push((style, bibliography.unfit()));
        }
    }
    // It counts days: 22nd, 23rd.
    assert_eq!(unfit, [("copernicus", 1)]);
}

#[test]
fn a_doubt_is_said_and_nothing_is_sharpened() {
    let dates = ["1967~", "196X", "2019/2021", "2020-03/2020-05", "1967-05?", "0950"];
    let bibliography = under("ieee", dates.iter().map(|date| work("book", "On dates", &["Ida Vik"], date)).collect());
    let said: Vec<String> =
        (0..dates.len()).map(|at| bibliography.entry(at).replace("I. Vik, <i>On dates</i>. ", "")).collect();
    assert_eq!(said, ["c. 1967.", "1960–1969.", "2019–2021.", "2020.", "c. 1967.", "950 AD."]);
}

#[test]
fn markup_in_a_value_is_text() {
    let bibliography =
        under("mla", vec![work("book", "<script>alert(1)</script> & \"more\"", &["{<b>Bo</b>}"], "2020")]);
    assert_eq!(
        bibliography.entry(0),
        "&lt;b&gt;Bo&lt;/b&gt;. <i>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;More&quot;</i>. 2020."
    );
}

#[test]
fn hostile_values_end_soon() {
    for letter in ["[", ">", "*", "\"", "A ", "a.", "’", "X", "1", ": ", "é"] {
        let text = letter.repeat(100_000);
        let author = [text.as_str()];
        let works = vec![
            work("book", &text, &author, "2020"),
            work("webpage", &format!("a{text}a"), &[&format!("{text}, {text}")], "2020"),
        ];
        let bibliography = under("ieee", works);
        assert!(bibliography.entry(0).len() + bibliography.entry(1).len() < 10_000_000);
    }
}

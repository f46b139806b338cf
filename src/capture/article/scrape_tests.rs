//! What is found out about scrapes: what one gets by marking a whole news page and pasting it into a text file.
//!
//! Each file in `tests/articles/scrapes` says above a line `----` what is to be found, and marks each line below it: `~`
//! is clutter that must be proposed as noise, `=` is the article's and must not be; `.` may be either.

use std::collections::BTreeSet;

use super::article;
use crate::capture::Format;

/// Returns what each scrape is, in two parts: what is expected, and the marked lines.
fn scrapes() -> Vec<(&'static str, &'static str, &'static str)> {
    macro_rules! scrapes {
        ($($name:literal)*) => {
            [$(($name, include_str!(concat!("../../../tests/articles/scrapes/", $name, ".txt")))),*]
        };
    }
    let files = scrapes!("agency" "allgemeine" "blog" "broadcaster" "broadsheet" "daily" "diario" "local" "magazin"
        "metropolitan" "national" "network" "quotidien" "release" "wire" "xinwen");
    let parts = |(name, text): (&'static str, &'static str)| {
        let (expect, lines) = text.split_once("----\n").expect("it has both parts");
        (name, expect, lines)
    };
    files.into_iter().map(parts).collect()
}

/// Returns the text of a scrape as it was pasted, without marks.
fn pasted(lines: &str) -> String {
    lines
        .lines()
        .map(|line| line.strip_prefix(['~', '=', '.']).unwrap_or(line))
        .fold(String::new(), |text, line| text + line + "\n")
}

/// Returns the lines with a mark.
fn marked(lines: &str, mark: char) -> impl Iterator<Item = &str> {
    lines.lines().filter_map(move |line| line.strip_prefix(mark))
}

#[test]
fn scrapes_say_their_title_author_date_and_publisher() {
    let mut wrong = Vec::new();
    for (name, expect, lines) in scrapes() {
        let found = article(pasted(lines).as_bytes(), Format::Txt, None);
        let said = |field: &Option<String>| field.clone().unwrap_or_default();
        let found = format!(
            "title: {}\nauthor: {}\ndate: {}\npublisher: {}\n",
            said(&found.title),
            found.authors.join("; "),
            said(&found.issued),
            said(&found.publisher)
        );
        let expect: Vec<&str> = expect.lines().map(str::trim_end).collect();
        let found: Vec<&str> = found.lines().map(str::trim_end).collect();
        let differ = expect.iter().zip(&found).filter(|(expect, found)| expect != found);
        wrong.extend(differ.map(|(expect, found)| format!("{name}: {expect:?}, found {found:?}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_clutter_of_scrapes_is_noise_and_their_text_is_not() {
    let mut wrong = Vec::new();
    for (name, _, lines) in scrapes() {
        let noise = article(pasted(lines).as_bytes(), Format::Txt, None).noise;
        let noise: BTreeSet<&str> = noise.iter().map(String::as_str).collect();
        let kept: BTreeSet<&str> = marked(lines, '=').collect();
        wrong.extend(kept.iter().filter(|line| noise.contains(*line)).map(|line| format!("{name}: lost {line:?}")));
        let clutter = marked(lines, '~').filter(|line| !kept.contains(line) && !noise.contains(line));
        wrong.extend(clutter.map(|line| format!("{name}: stays {line:?}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A paragraph that nobody takes for anything else.
const BODY: &str =
    "The mayor said on Monday that the quay would be closed for three weeks, because the crane needs work.";

/// Reads a scrape with these lines between its headline and its first paragraph, and behind that.
fn scraped(head: &str, foot: &str) -> super::Article {
    let text = format!("Home\nQuay Life\nQuay closed until the crane is safe\n{head}\n{BODY}\n{foot}\n");
    article(text.as_bytes(), Format::Txt, None)
}

#[test]
fn a_place_or_a_person_of_the_article_is_no_author() {
    let named = "Nadia Brandt, who runs the crane, doubts it: she has asked for the report that the engineers wrote.";
    for (head, expect) in [
        ("Port Ellery, 4 March 2023", &[][..]),
        ("Buenos Aires on Monday\n4 March 2023", &[]),
        ("Nadia Brandt\n4 March 2023", &[]),
        ("Ada Weir\n4 March 2023", &["Ada Weir"]),
        ("Ada Weir on 4 March 2023", &["Ada Weir"]),
        ("Ada Weir, 4 March 2023, 10:15", &["Ada Weir"]),
        ("Ada Weir Crime correspondent\n4 March 2023", &["Ada Weir"]),
        ("Ada Weir Harbour correspondent\n4 March 2023", &[]),
        ("The Courier | 4 March 2023 | By Ada Weir", &["Ada Weir"]),
        ("4. März 2023 Ada Weir Schreibe einen Kommentar", &["Ada Weir"]),
        ("4 March 2023\n作者：责任编辑：林小海", &[]),
    ] {
        assert_eq!(scraped(head, named).authors, expect, "{head}");
    }
    let foot = "Reporting by Ada Weir in Aldmoor; Editing by Tom Lee";
    assert_eq!(scraped("4 March 2023", foot).authors, ["Ada Weir"]);
}

#[test]
fn the_date_of_publication_comes_before_that_of_a_change() {
    for (head, expect) in [
        ("Last updated 5 March 2023\nPublished 4 March 2023", Some("2023-03-04")),
        ("4 March 2023, updated 5 March 2023", Some("2023-03-04")),
        ("Updated 5 March 2023", Some("2023-03-05")),
        ("By Ada Weir", None),
    ] {
        assert_eq!(scraped(head, "Nobody was asked.").issued.as_deref(), expect, "{head}");
    }
    let later = "Related articles\nFerry to sail again\n9 April 2023";
    assert_eq!(scraped("By Ada Weir", later).issued, None);
}

#[test]
fn a_sentence_may_begin_or_end_with_words_of_clutter() {
    for line in [
        "Subscribers were told of it on Monday.",
        "Advertisers have left the paper since.",
        "Cookies were served at the meeting.",
        "Sign in the window: closed until spring.",
        "She showed the court the photo: a crane, leaning.",
        "To his credit: he came, and he listened.",
        "Nobody was hurt, the mayor said. (dpa/AFP)",
        "He sold the picture to the wire (Reuters).",
        "They were not named",
    ] {
        assert!(!scraped("By Ada Weir", &format!("{line}\n{BODY}")).noise.iter().any(|it| it == line), "{line}");
    }
    for line in [
        "Sign up to our newsletter and read it first.",
        "Subscribe to get the news in your inbox.",
        "The crane in May. Photo: Lena Holt",
        "The crane in May. (Photo by Lena Holt/Aldmoor Images)",
        "The crane in May. LENA HOLT/THE COURIER",
        "The crane in May. Lena Holt/AFP",
        "Story continues below advertisement",
        "2:18",
    ] {
        assert!(scraped("By Ada Weir", &format!("{line}\n{BODY}")).noise.iter().any(|it| it == line), "{line}");
    }
}

#[test]
fn who_owns_a_picture_has_not_published_the_text() {
    let publisher = |foot: &str| scraped("By Ada Weir", foot).publisher;
    assert_eq!(publisher(&format!("© Lena Holt\n{BODY}")), None);
    assert_eq!(publisher("Copyright notice"), None);
    assert_eq!(publisher("© 2023 The Quay. All rights reserved.").as_deref(), Some("The Quay"));
    assert_eq!(publisher("The Quay © 2023 - Tous droits réservés").as_deref(), Some("The Quay"));
    assert_eq!(publisher("© 2023 Quay Times Company").as_deref(), Some("Quay Times"));
    assert_eq!(publisher("© 2023 Quay News, a division of Lantern Inc.").as_deref(), Some("Quay News"));
}

#[test]
fn a_link_to_the_first_page_is_no_longer_name_of_the_paper() {
    let text = format!("Quay News Home\nQuay closed until the crane is safe\nBy Ada Weir\n{BODY}\n© 2023 Quay News\n");
    let found = article(text.as_bytes(), Format::Txt, None);
    assert_eq!((found.publisher.as_deref(), found.container_title.as_deref()), (Some("Quay News"), Some("Quay News")));
}

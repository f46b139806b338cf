//! What is found out about pages as they are.

use super::{Article, Facts, article, record, sha256};
use crate::capture::{Format, Kind, extract};

const NEWS: &str = include_str!("../../../tests/articles/news.html");
const BARE: &str = include_str!("../../../tests/articles/bare.html");
const PLAIN: &str = include_str!("../../../tests/articles/plain.txt");

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

/// Holds what was found, without the noise, against `expect`.
fn check(text: &str, format: Format, expect: Article) -> Vec<String> {
    let found = article(text.as_bytes(), format, None);
    assert_eq!(Article { noise: Vec::new(), ..found.clone() }, expect);
    found.noise
}

#[test]
fn a_news_page_says_what_it_is() {
    let noise = check(
        NEWS,
        Format::Html,
        Article {
            title: Some("Inquiry: member \"did not advise delay\"".to_owned()),
            authors: texts(&["Anna Whitfield", "Tom O’Dea"]),
            issued: Some("2025-03-04".to_owned()),
            publisher: Some("Harbour Media Ltd".to_owned()),
            container_title: Some("The Harbour Courier".to_owned()),
            language: Some("en-GB".to_owned()),
            url: Some("https://courier.example/2025/inquiry-report".to_owned()),
            kind: "article-newspaper".to_owned(),
            noise: Vec::new(),
        },
    );
    for line in [
        "Skip to content",
        "ADVERTISEMENT",
        "Home",
        "Politics",
        "Sport",
        "Subscribe",
        "AdChoices",
        "POLITICS",
        "Share on Facebook",
        "Copy link",
        "Photo: J. Marrow / Aldmoor Images",
        "Read more",
        "Sign up to our newsletter",
        "Most read",
        "Privacy policy",
    ] {
        assert!(noise.iter().any(|it| it == line), "{line:?} is not in {noise:?}");
    }
    let text = extract(Format::Html, NEWS.as_bytes(), &noise).expect("a page is always read");
    let read: Vec<&str> = text.blocks.iter().map(|block| &text.text[block.range.clone()]).collect();
    for sentence in [
        "A public inquiry has found no evidence",
        "“There is no document",
        "The two officials",
        "“It took two years",
        "The libel suit",
    ] {
        assert!(read.iter().any(|block| block.starts_with(sentence)), "{sentence:?} is not in {read:?}");
    }
    assert!(text.blocks.iter().any(|block| block.kind == Kind::Heading(1)));
}

#[test]
fn a_bare_page_is_read_by_its_text() {
    check(
        BARE,
        Format::Html,
        Article {
            title: Some("On the inquiry".to_owned()),
            authors: texts(&["Jonas Weir"]),
            issued: Some("2025-03-12".to_owned()),
            publisher: Some("Notes from the Quay".to_owned()),
            container_title: Some("Notes from the Quay".to_owned()),
            kind: "webpage".to_owned(),
            ..Article::default()
        },
    );
}

#[test]
fn a_plain_text_is_scraped() {
    let noise = check(
        PLAIN,
        Format::Txt,
        Article {
            title: Some("Member denies advising delay of release".to_owned()),
            authors: texts(&["Anna Whitfield", "Tom O'Dea"]),
            issued: Some("2023-03-23".to_owned()),
            publisher: Some("Harbour Media Ltd".to_owned()),
            container_title: Some("The Harbour Courier".to_owned()),
            kind: "article-newspaper".to_owned(),
            ..Article::default()
        },
    );
    assert_eq!(
        noise,
        [
            "THE HARBOUR COURIER",
            "Subscribe Log in",
            "ADVERTISEMENT",
            "Photo: J. Marrow",
            "Sign up to our newsletter",
            "© 2023 Harbour Media Ltd. All rights reserved.",
        ]
    );
}

#[test]
fn a_cluttered_scrape_gives_its_title_and_its_clutter() {
    let text = "Skip to content\nThe Quayside Post\nHome  Politics  Sport  Subscribe  Log in\nNews > Politics\nTransport\n\
        Ferry operator kept sailing after brake warning\nNadia Brandt\nBy Nadia Brandt\nPublished 5 November 2024, 6:30\n\
        Share  Tweet  Email\nThe ferry at its berth in October. Photo: Lena Holt\n\nThe operator of the island ferry was told \
        in writing that a brake did not hold, and went on sailing for nine days.\n\nAdvertisement\n\nThe authority opened \
        an inquiry on Monday.\n\n© 2024 The Quayside Post. All rights reserved.\n";
    let noise = check(
        text,
        Format::Txt,
        Article {
            title: Some("Ferry operator kept sailing after brake warning".to_owned()),
            authors: texts(&["Nadia Brandt"]),
            issued: Some("2024-11-05".to_owned()),
            publisher: Some("The Quayside Post".to_owned()),
            container_title: Some("The Quayside Post".to_owned()),
            kind: "article-newspaper".to_owned(),
            ..Article::default()
        },
    );
    assert_eq!(
        noise,
        [
            "Skip to content",
            "The Quayside Post",
            "Home Politics Sport Subscribe Log in",
            "News > Politics",
            "Transport",
            "Share Tweet Email",
            "The ferry at its berth in October. Photo: Lena Holt",
            "Advertisement",
            "© 2024 The Quayside Post. All rights reserved.",
        ]
    );
}

#[test]
fn a_name_over_an_office_is_the_author() {
    let text = "Council approved crane without inspection\nMarta Lind\nChief reporter\n14 Feb 2023\n\nA crane was used for a year.\n";
    let found = article(text.as_bytes(), Format::Txt, None);
    assert_eq!((found.authors, found.issued), (texts(&["Marta Lind"]), Some("2023-02-14".to_owned())));
}

#[test]
fn a_sentence_is_no_clutter_whatever_words_it_has() {
    for line in [
        "Politics and business live in the world of sport, he said.",
        "She signed the register at home.",
        "World news of the day from the harbour office",
        "He was credited with the find: a rope, a lamp and a book.",
    ] {
        let body = "The operator of the island ferry was told in writing that a brake did not hold.";
        let found = article(format!("A title of some words\n\n{line}\n\n{body}\n").as_bytes(), Format::Txt, None);
        assert_eq!(found.noise, Vec::<String>::new(), "{line}");
    }
}

#[test]
fn nothing_known_is_nothing_said() {
    for (format, kind) in
        [(Format::Txt, "document"), (Format::Html, "webpage"), (Format::Md, "document"), (Format::Pdf, "report")]
    {
        assert_eq!(article(b"", format, None), Article { kind: kind.to_owned(), ..Article::default() });
    }
}

#[test]
fn a_record_parses_again_whatever_it_holds() {
    let odd = "a \"b\" \\ c\n+++\u{1}\u{7f} [[Ada]] 'd' # e = \u{202e}f\u{2028}g";
    let found = Article {
        title: Some(odd.to_owned()),
        authors: texts(&[odd, "Ada Lovelace"]),
        noise: texts(&[odd]),
        kind: "webpage".to_owned(),
        ..Article::default()
    };
    let hash = sha256(b"abc");
    assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    let facts = Facts {
        file: "capture.html",
        sha256: &hash,
        accessed: "2026-01-02",
        url: Some("https://example.org/?a=\"b\""),
    };
    let text = record(&found, "odd", &facts);
    let front = text.strip_prefix("+++\n").and_then(|text| text.split_once("\n+++\n")).expect("it has front matter").0;
    let table: toml::Table = front.parse().expect("it is TOML");
    assert_eq!(table["title"].as_str(), Some("a \"b\" \\ c +++ [Ada] 'd' # e = f g"));
    assert_eq!(table["author"].as_array().map(Vec::len), Some(2));
    assert_eq!(table["url"].as_str(), Some("https://example.org/?a=\"b\""));
    assert_eq!(table["capture"]["sha256"].as_str(), Some(hash.as_str()));
    assert_eq!(table["capture"]["noise"].as_array().map(Vec::len), Some(1));
    assert!(!table.contains_key("issued"));
}

#[test]
fn a_record_reads_like_one_written_by_hand() {
    let found = Article { noise: texts(&["AdChoices"]), ..article(PLAIN.as_bytes(), Format::Txt, None) };
    let facts = Facts { file: "capture.txt", sha256: "00", accessed: "2026-01-02", url: None };
    assert_eq!(
        record(&found, "denial", &facts),
        r#"+++
title = "Member denies advising delay of release"
kind = "article-newspaper"
author = ["Anna Whitfield", "Tom O'Dea"]
publisher = "Harbour Media Ltd"
container-title = "The Harbour Courier"
issued = "2023-03-23"
accessed = "2026-01-02"
# url = ""
# language = ""

[capture]
file = "capture.txt"
sha256 = "00"
publish = "excerpts"
noise = [
    "AdChoices",
]
+++
"#
    );
}

#[test]
fn hostile_pages_take_no_time() {
    let start = std::time::Instant::now();
    let n = if cfg!(debug_assertions) { 20_000 } else { 1_000_000 };
    for part in [
        "<div>",
        "<p>",
        "<b>",
        "<table>",
        "<table><tr><td>",
        "<a b c d=e ",
        "<li>",
        "<ul><li>",
        "<h1>",
        "</p>",
        "<",
        "&",
        "&#",
        "<!--",
        "<svg>",
        "<blockquote>",
        "<font><p>",
        "<script type=application/ld+json>[",
        "<template>",
        "<sup>",
        "<rt>",
        "a<br>",
        "| ",
        "> ",
        "* ",
        "By A, ",
        "2023-",
    ] {
        let text = part.repeat(n / part.len());
        for format in [Format::Html, Format::Md, Format::Txt, Format::Pdf] {
            let one = std::time::Instant::now();
            article(text.as_bytes(), format, None);
            assert!(one.elapsed().as_secs() < 10, "{part:?} as {format:?}: {:?}", one.elapsed());
        }
    }
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
}

#[test]
fn a_clipping_says_in_its_front_matter_what_it_is() {
    check(
        "---\ntitle: Quay sold for a song\nauthor:\n  - \"[[Dana Whitlock]]\"\n  - Tom Lee\npublished: 2023-03-15\nsource: https://gazette.example/quay\n\
         created: 2024-01-01\ntags: [clippings]\n---\n# Another heading\n\nThe quay was sold.\n",
        Format::Md,
        Article {
            title: Some("Quay sold for a song".to_owned()),
            authors: vec!["Dana Whitlock".to_owned(), "Tom Lee".to_owned()],
            issued: Some("2023-03-15".to_owned()),
            url: Some("https://gazette.example/quay".to_owned()),
            kind: "article-newspaper".to_owned(),
            ..Article::default()
        },
    );
}

#[test]
fn bylines_stand_in_capitals_behind_a_colon_or_on_a_line_of_their_own() {
    let authors = |text: &str| {
        let found = article(text.as_bytes(), Format::Txt, None);
        (found.title.unwrap_or_default(), found.authors, found.issued, found.noise)
    };
    let body = "The quay was sold on Monday for a song, the council said.\n\nNobody was told of it before the day.\n";
    for head in [
        "Quay sold for a song and a dance\n\nNADIA FENNIMORE AND TOM LEE\n\nPUBLISHED MARCH 15, 2023\n\n",
        "NADIA FENNIMORE AND TOM LEE\n\nQuay sold for a song and a dance\n\nPUBLISHED MARCH 15, 2023\n\n",
        "Quay sold for a song and a dance\n\nMarch 15, 2023\n\nBy\n\nNadia Fennimore and Tom Lee\n\n",
        "Quay sold for a song and a dance\n\n15. März 2023\n\nVon: Nadia Fennimore und Tom Lee\n\n",
        "Quay sold for a song and a dance\n\nPublished\n\n15 March 2023\n\nImage caption,\n\nThe quay has stood since 1871\n\nBy Nadia Fennimore & Tom Lee\n\n",
    ] {
        let (title, names, issued, noise) = authors(&format!("{head}{body}"));
        assert_eq!(title, "Quay sold for a song and a dance", "{head}");
        assert_eq!(names, ["Nadia Fennimore", "Tom Lee"], "{head}");
        assert_eq!(issued.as_deref(), Some("2023-03-15"), "{head}");
        assert!(!noise.iter().any(|line| line.contains("FENNIMORE")), "{noise:?}");
    }
    // A heading in capitals is none.
    let (_, names, ..) = authors(&format!("QUAY SOLD\n\n15 March 2023\n\nTHE WHOLE STORY OF IT\n\n{body}"));
    assert!(names.is_empty(), "{names:?}");
}

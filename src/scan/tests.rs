//! Planted canaries are found in every guise, and others are not.

use std::io::Write;

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::{Canaries, Canary, Hit, Weakness, scan};
use crate::diagnostic::Place;
use crate::file::{RelPath, Span};

fn canaries(texts: &[&str], theme: &[&str]) -> (Canaries, Vec<super::Weak>) {
    let path = RelPath::new("secrets.txt").expect("a sound path");
    let canary =
        |text: &&str| Canary { text: (*text).into(), origin: Place { path: path.clone(), span: Span::default() } };
    Canaries::new(texts.iter().map(canary).collect(), theme)
}

/// Says which canary is found in bytes.
fn found(texts: &[&str], bytes: &[u8]) -> Option<String> {
    let (canaries, weak) = canaries(texts, &[]);
    assert_eq!(weak, [], "{texts:?}");
    match scan(&canaries, "index.html", bytes) {
        Some(Hit::Canary(canary)) => Some(canary.text.to_string()),
        Some(Hit::Unsearchable) => Some("unsearchable".to_owned()),
        None => None,
    }
}

/// Holds that a canary is found in a text.
fn check(canary: &str, text: &str) {
    assert_eq!(found(&[canary], text.as_bytes()).as_deref(), Some(canary), "{canary:?} in {text:?}");
}

/// Holds that a canary is not found in a text.
fn check_absent(canary: &str, text: &str) {
    assert_eq!(found(&[canary], text.as_bytes()), None, "{canary:?} in {text:?}");
}

#[test]
fn a_canary_is_found_as_it_is_and_in_any_letter_case() {
    check("Anne", "Anne");
    check("Anne", "said ANNE.");
    check("Straße", "STRASSE");
    check("Σίσυφος", "ΣΊΣΥΦΟΣ");
    check("山田太郎", "昨日山田太郎は");
    check("0171 2345", "tel:0171-2345");
}

#[test]
fn words_are_compared_whole() {
    for text in
        ["Annette", "Joanne", "Anne2", "Annes", "Anné", "Anne\u{301}", "Ann", "An ne", "Anne&#116;te", "Ann&#233;"]
    {
        check_absent("Anne", text);
    }
    for text in ["M&#97;rianne", "Anne&shy;tte", "Mari\u{ad}anne", "\\u004d\\u0061rianne"] {
        check_absent("Anne", text);
    }
    for text in ["Ada", "Example", "Example Ada", "Ada B. Example", "Ada Examples", "Nevada Example", "Ada<b>Examples"]
    {
        check_absent("Ada Example", text);
    }
}

#[test]
fn words_are_found_between_any_marks() {
    for text in
        ["(Anne)", "«Anne»", "“Anne’s”", "Anne—", "_anne_", "x/anne.html", "&quot;Anne&quot;", "a=anne&b", "Anne…"]
    {
        check("Anne", text);
    }
}

#[test]
fn white_space_and_tags_may_stand_between_words() {
    for text in [
        "Ada Example",
        "Ada\n\t  Example",
        "Ada&nbsp;Example",
        "Ada&#160;&#x2003;Example",
        "Ada\u{a0}Example",
        "<td>Ada</td>\n<td>Example</td>",
        "Ada <b>Example</b>",
        "Ada <b title=\"a > b\" data-x='\"'>Example</b>",
        "Ada <a href=\"mara-lindqvist.html\" class=\"mention\">Example</a>",
        "Ada <b>Ex</b>ample",
        "<i>A</i>da E<wbr>xam<span class=\"x\">ple</span>",
        "Ada<!-- a comment --> Example",
        "Ada <![CDATA[Example]]>",
        "<![CDATA[Ada]]> Example",
        "ada-example",
        "ada_example",
        "ada%20example",
        "Ada+Example",
        "Ada &lt;b&gt;Example&lt;/b&gt;",
        "Ada\\nExample",
        "Ada \\u003cb\\u003eExample",
    ] {
        check("Ada Example", text);
    }
}

#[test]
fn escapes_do_not_evade() {
    for text in [
        "A&#110;ne",
        "&#65;nne",
        "&#x41;&#x6e;&#x6E;&#101;",
        "&#0000065;nne",
        "Ann&#101",
        "%41nne",
        "A%6E%6ee",
        "%2541nne",
        "\\u0041nne",
        "A\\u{6e}ne",
        "\\x41nne",
        "\\101nne",
        "A\\00006e ne",
        "&amp;#65;nne",
        "&amp;amp;#65;nne",
        "%26%2365%3Bnne",
        "A\u{ad}nne",
        "A&shy;nne",
        "A\u{200b}n\u{2060}ne",
        "A&ZeroWidthSpace;nne",
        "Ａｎｎｅ",
        "𝓐𝓷𝓷𝓮",
        "&Afr;nne",
        "<b>A</b>nne",
        "&lt;b&gt;A&lt;/b&gt;nne",
        "\\nAnne",
        "C:\\Anne",
        "100%Anne",
        "%0AAnne",
        "&nbspAnne",
        "x&ampAnne",
    ] {
        check("Anne", text);
    }
}

#[test]
fn a_word_behind_a_longer_one_is_found() {
    for text in [
        "aaaaaaaaaaaaaaaaaaaaaaaa&emsp;An<b>ne</b>",
        "aaaaaaaaaaaaaaaaaaaaaaaa&#8195;An<b>ne</b>",
        "aaaaaaaaaaaa<i>aaaaaaaaaaaa</i>&emsp;&emsp;An<b>ne</b>",
        "aaaaaaaaaaaaaaaaaaaaaaaaé%20aaaaaaaaaaaaaaaaaaaaaaaaé%20An<b>ne</b>",
        "aaaaaaaaaaaaaaaaaaaaaaaa\\u2003An<b>ne</b>",
    ] {
        check("Anne", text);
    }
}

#[test]
fn accents_are_found_in_any_form() {
    for text in [
        "Séan Ó Dálaigh",
        "Se\u{301}an O\u{301} Da\u{301}laigh",
        "S&eacute;an &Oacute; D&aacute;laigh",
        "S%C3%A9an%20%C3%93%20D%C3%A1laigh",
        "SÉAN Ó DÁLAIGH",
        "Se&#769;an Ó Dálaigh",
        "S\\u00e9an \\u00d3 D\\u00e1laigh",
    ] {
        check("Séan Ó Dálaigh", text);
    }
    assert_eq!(found(&["Séan"], b"S\xe9an in Latin-1").as_deref(), Some("Séan"));
}

#[test]
fn attributes_comments_and_scripts_are_searched() {
    for text in ["<img alt=\"Anne\">", "<!-- Anne -->", "<script>{\"name\":\"Anne\"}</script>", "<p class=anne>"] {
        check("Anne", text);
    }
}

#[test]
fn routes_are_searched() {
    let (canaries, _) = canaries(&["Ada Example", "Élise"], &[]);
    for route in ["people/ada-example.html", "ada/example/index.html", "e\u{301}lise.html", "%C3%A9lise.html"] {
        assert!(scan(&canaries, route, b"").is_some(), "{route}");
    }
    assert!(scan(&canaries, "people/ada.html", b"").is_none());
}

#[test]
fn packed_texts_are_searched() {
    let gzip = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        encoder.write_all(bytes).expect("written");
        encoder.finish().expect("packed")
    };
    let name = Some("Ada Example");
    assert_eq!(found(&["Ada Example"], &gzip(b"x Ada Example y")).as_deref(), name);
    assert_eq!(found(&["Ada Example"], &gzip(&gzip(b"Ada Example"))).as_deref(), name);
    assert_eq!(found(&["Ada Example"], &gzip(b"pagefind_dcd{\"content\":\"Ada Example\"}")).as_deref(), name);
    assert_eq!(found(&["Lindqvist"], &gzip(b"pagefind_dcd\x81\x69lindqvist\x00")).as_deref(), Some("Lindqvist"));
    assert_eq!(found(&["Anne"], &gzip(b"nothing")), None);
    assert_eq!(found(&["Anne"], b"\x1f\x8b broken").as_deref(), Some("unsearchable"));
    let bomb = gzip(&vec![b' '; (128 << 20) + 1]);
    assert_eq!(found(&["Anne"], &bomb).as_deref(), Some("unsearchable"));
}

#[test]
fn other_encodings_are_searched() {
    let little: Vec<u8> = "\u{feff}Anne".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = "\u{feff}Anne".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert_eq!(found(&["Anne"], &little).as_deref(), Some("Anne"));
    assert_eq!(found(&["Anne"], &big).as_deref(), Some("Anne"));
    assert_eq!(found(&["Ada Example"], b"%PDF-1.4 \0 /Author (Ada Example)").as_deref(), Some("Ada Example"));
    let wide: Vec<u8> = "Ada Example".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(found(&["Ada Example"], &[b"\0\0", &wide[..], b"\0\xff"].concat()).as_deref(), Some("Ada Example"));
    assert_eq!(found(&["Anne"], b"\x89PNG\0 Anne"), None, "four letters stand in pixels by chance");
}

#[test]
fn short_canaries_and_words_of_the_theme_are_weak() {
    let (canaries, weak) =
        canaries(&["Ada", "Anne", "page", "Ada Example", "----", "Home Page", "  Eve  "], &["Next page", "Homepage"]);
    let weak: Vec<(&str, Weakness)> = weak.iter().map(|weak| (&*weak.canary.text, weak.weakness)).collect();
    let (short, theme) = (Weakness::Short, Weakness::Theme);
    assert_eq!(weak, [("Ada", short), ("page", theme), ("----", short), ("  Eve  ", short)]);
    assert_eq!(scan(&canaries, "page.html", b"Ada on this page"), None);
    assert!(scan(&canaries, "page.html", b"the home page").is_some());
    assert!(!canaries.is_empty());
}

/// What begins much and ends nothing.
const PIECES: &[&str] = &[
    "[",
    "&",
    "&#",
    "&a",
    "%",
    "\\",
    "\\u",
    "<",
    "<b",
    "<b>",
    "anne ",
    "anne<",
    "anne <b ",
    "ada <b> ",
    "ada<b>",
    "ann<i>",
    "a<a",
    "ann<i x='>",
    "ada <!--",
    "&lt;b ada ",
    "&amp;",
    "]]>",
    "<!--",
    "\u{301}",
    "é",
    "ada&shy;",
    "%25",
];

/// Searches each hostile text of so many bytes, each within a time in seconds.
fn endure(length: usize, most: f64) {
    for piece in PIECES {
        for canary in ["Anne", "Ada Example Third"] {
            let text = piece.repeat(length / piece.len());
            let start = std::time::Instant::now();
            let _ = found(&[canary], text.as_bytes());
            let seconds = start.elapsed().as_secs_f64();
            assert!(seconds < most, "{piece:?} took {seconds:.2} s for {canary:?}");
        }
    }
}

#[test]
fn hostile_texts_take_linear_time() {
    endure(32 << 10, 5.0);
}

#[test]
#[ignore = "takes a release build"]
fn a_hostile_text_of_a_megabyte_takes_two_seconds() {
    endure(1 << 20, 2.0);
}

/// Ways to write one character.
fn guise(character: char, way: u8) -> String {
    let code = u32::from(character);
    let percent = |text: &str| text.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>();
    let utf16 = |prefix: &str| {
        let mut units = [0; 2];
        character.encode_utf16(&mut units).iter().map(|unit| format!("{prefix}u{unit:04x}")).collect::<String>()
    };
    match way {
        0 => character.to_uppercase().collect(),
        1 => character.to_lowercase().collect(),
        2 => format!("&#{code};"),
        3 => format!("&#x{code:X};"),
        4 => percent(&character.to_string()),
        5 => utf16("\\"),
        6 => format!("&amp;#{code};"),
        7 => format!("{character}&shy;"),
        8 => format!("\u{200b}{character}"),
        9 => character.nfd().collect(),
        10 => percent(&percent(&character.to_string())),
        11 => utf16("\\\\"),
        12 => format!("{character}<wbr>"),
        13 => format!("<b>{character}</b>"),
        14 => format!("\\u{{{code:x}}}"),
        _ => character.to_string(),
    }
}

/// What may stand between two words.
const BETWEEN: [&str; 12] = [
    " ",
    "\n  ",
    "&nbsp;",
    "\u{a0}",
    "<br>",
    "</td><td>",
    " <i class=\"x\">",
    "%20",
    "\\n",
    "&#32;",
    "-",
    "<!-- x -->\n",
];

/// What may stand around them.
const AROUND: [(&str, &str); 8] = [
    ("", ""),
    ("<p>", "</p>"),
    ("said “", "”."),
    ("{\"n\":\"", "\"}"),
    ("x ", " y"),
    ("<a href=\"../", ".html\">z</a>"),
    ("caf\u{e9} ", " \u{2014} b"),
    ("<td>1</td><td>", "</td>"),
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_planted_canary_is_found_in_any_guise(
        words in proptest::collection::vec("[A-Za-zéüñßøΩжЖ0-9]{2,9}", 1..4),
        ways in proptest::collection::vec(0_u8..40, 40),
        between in proptest::collection::vec(0..BETWEEN.len(), 4),
        around in 0..AROUND.len(),
        pad in 0_usize..130,
    ) {
        let canary = words.join(" ");
        prop_assume!(canary.chars().count() >= 4);
        let mut text = ".".repeat(pad) + " " + AROUND[around].0;
        let mut ways = ways.iter().cycle();
        for (at, word) in words.iter().enumerate() {
            if at > 0 {
                text += BETWEEN[between[at]];
            }
            for character in word.chars() {
                text += &guise(character, *ways.next().expect("it cycles"));
            }
        }
        text += AROUND[around].1;
        prop_assert_eq!(found(&["Decoy Canary", &canary, "decoy"], text.as_bytes()), Some(canary.clone()), "{}", text);
    }

    #[test]
    fn what_is_absent_is_not_found(
        words in proptest::collection::vec("[a-zéжn]{1,6}", 0..60),
        ways in proptest::collection::vec(0_u8..10, 60),
    ) {
        let mut text = String::new();
        let mut ways = ways.iter().cycle();
        for word in &words {
            for character in word.chars() {
                text += &guise(character, *ways.next().expect("it cycles"));
            }
            text += " x ";
        }
        for canary in ["anneq", "ann nan", "xx xx", "qqqq"] {
            prop_assert_eq!(found(&[canary], text.as_bytes()), None, "{}", text);
        }
    }

    #[test]
    fn any_bytes_are_searched_without_a_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = found(&["Anne", "Ada Example"], &bytes);
    }

    #[test]
    fn any_text_of_marks_is_searched_without_a_panic(text in "[&#;%\\\\<>!/\\-a-fuxn0-9\\[\\]\"' é\u{301}\u{200b}]{0,200}") {
        let _ = found(&["anna", "face feed"], text.as_bytes());
    }
}

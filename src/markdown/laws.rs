//! What must hold for any text, tried on many that are put together from pieces at random (the same ones each time).

use super::trial::{Style, path, woven};
use super::{Body, Extent, FirstHeading, HoleKind, Options, Part, RawHtml, Smart, parse, strip};
use crate::file::Text;

/// Pieces of texts: what constructs begin and end with, and what they stand in.
const PIECES: &[&str] = &[
    "a",
    "word ",
    "Two words. ",
    "é",
    "\n",
    "\n\n",
    "\r\n",
    "> ",
    "- ",
    "1. ",
    "# ",
    "## ",
    "    ",
    "\t",
    "```\n",
    "`",
    "*",
    "**",
    "_",
    "~~",
    "==",
    "[[",
    "]]",
    "[[ada]]",
    "[[ada|her]]",
    "[[x-b#h|it]]",
    "![[",
    "![[ada]]",
    "![[q.png|Q]]",
    "![a](b.jpg \"c | d\")",
    "[",
    "]",
    "(",
    ")",
    "](c.md)",
    "](https://e.example)",
    "](javascript:x)",
    "[@s]",
    "[@s, p. 3; see @t]",
    "@s ",
    "@{k k}",
    "@x [p. 3]",
    ";",
    "-@s",
    "\"",
    "\"never ever asked us\"",
    "“",
    "”",
    "„",
    "«",
    "»",
    "'",
    ".",
    "...",
    "--",
    "^[",
    "^[n]",
    "[^1]",
    "[^1]: ",
    "[^2]: n\n",
    " ^id",
    "^id\n",
    "#tag",
    "#1",
    "> [!note] T\n",
    "> [!quote]\n",
    "> [!translation]\n",
    "> [!private] p\n",
    "[!private]",
    "> [!prviate]- p\n",
    "%%",
    "%% c %%",
    "<!--",
    "-->",
    "<!-- c -->",
    "<b>",
    "</b>",
    "<div>\n",
    "</div>\n",
    "<a href=\"c.md\">",
    "</a>",
    "<script>",
    "<img src=x.png>",
    "<",
    "&amp;",
    "&quot;",
    "&ldquo;",
    "&#8221;",
    "「",
    "」",
    "＂",
    "[!quote|right]",
    "\\",
    "\\[",
    "| a | b |\n|---|--:|\n",
    "| c |",
    "|",
    "---\n",
    "- [ ] t\n",
    "\0",
    "\u{2028}",
    "[r]: c.md\n",
    "[r]",
    "\u{FEFF}",
    "<https://e.example>",
    "!",
    "?\" ",
];

/// Numbers that look random and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(sides).unwrap_or(1)).unwrap_or(0)
    }

    fn text(&mut self) -> String {
        let length = 1 + self.roll(24);
        (0..length).map(|_| PIECES[self.roll(PIECES.len())]).collect()
    }
}

const TEXTS: usize = if cfg!(debug_assertions) { 4_000 } else { 400_000 };

/// Texts on which a law once failed.
const FOUND: &[&str] = &[
    "> [!translation]\n«`| a | b |\n|---|--:|\n> [!prviate]- p\n",
    "> [!note] T\n> | a | b |\n> |---|--:|\nlazy\n> [!private] p\n",
];

/// Calls `law` with texts, and says which one it failed on.
fn for_all(law: impl Fn(&str) + std::panic::RefUnwindSafe) {
    let mut dice = Dice(42);
    let drawn = std::iter::repeat_with(|| dice.text()).take(TEXTS);
    for text in FOUND.iter().map(|text| (*text).to_owned()).chain(drawn) {
        let outcome = std::panic::catch_unwind(|| law(&text));
        assert!(outcome.is_ok(), "on {text:?}");
    }
}

#[test]
fn stripping_twice_is_stripping_once() {
    for_all(|text| {
        let once = strip(&Text::new(text, 0), &path());
        let twice = strip(&once.text, &path());
        assert_eq!(once.text.value, twice.text.value);
        for (at, letter) in once.text.value.char_indices() {
            let span = once.text.span(at..at + letter.len_utf8());
            assert_eq!(
                text.get(span.range()),
                Some(letter.encode_utf8(&mut [0; 4]) as &str),
                "offsets lead back to the file"
            );
        }
    });
}

#[test]
fn nothing_private_is_left_after_stripping() {
    for_all(|text| {
        let stripped = strip(&Text::new(text, 0), &path());
        let body = parse(&stripped.text, &path(), Options::default());
        let late = body.diagnostics.iter().any(|fault| fault.code.name == "invalid-value");
        assert!(!late, "parse found what strip should have cut: {:?}", stripped.text.value);
    });
}

#[test]
fn extents_lie_in_their_strings() {
    for_all(|text| {
        for options in [
            Options::default(),
            Options { html: RawHtml::Sanitise, smart: Smart::Off, first_heading: FirstHeading::IsTitle },
        ] {
            extents(&parse(&Text::new(text, 0), &path(), options), text);
        }
    });
}

#[test]
fn extents_of_a_field_lie_in_it() {
    for_all(|text| {
        for cite in super::parse_cites(&Text::new(text, 0)) {
            let key = text.get(cite.at.range()).expect("the key lies in the field");
            assert!(key.contains(&*cite.key), "{:?} in {key:?}", cite.key);
            assert!(text.get(cite.locator_at.range()).is_some(), "{:?}", cite.locator_at);
        }
    });
}

fn extents(body: &Body, source: &str) {
    let within =
        |string: &str, extent: Extent| assert!(string.get(extent.range()).is_some(), "{extent:?} of {string:?}");
    for mention in &body.mentions {
        within(source, mention.at);
        within(source, mention.target_at);
        mention.label_at.into_iter().for_each(|label| within(source, label));
        within(&body.text, mention.text);
        within(&body.html, mention.html);
        within(&body.text, mention.sentence);
        assert!(mention.sentence.covers(mention.text));
    }
    for citation in &body.citations {
        within(source, citation.at);
        within(&body.html, citation.html);
        within(&body.text, citation.sentence);
        for cite in &citation.cites {
            within(source, cite.at);
            within(source, cite.locator_at);
            assert!(source[cite.at.range()].contains(&*cite.key), "{:?} in {:?}", cite.key, &source[cite.at.range()]);
        }
    }
    for quotation in &body.quotations {
        within(source, quotation.at);
        assert!(
            quotation.citations.iter().chain(&quotation.nearby).all(|index| (*index as usize) < body.citations.len())
        );
    }
    body.lead.into_iter().for_each(|lead| within(&body.text, lead));
    for heading in &body.headings {
        within(&body.html, heading.html);
        within(&body.html, heading.section);
        within(&body.text, heading.text);
    }
    body.blocks.iter().for_each(|block| within(&body.html, block.html));
    body.notes.iter().for_each(|note| within(&body.html, note.html));
    assert!(body.holes.is_sorted_by_key(|hole| hole.at));
    for hole in &body.holes {
        within(&body.html, Extent { start: hole.at, end: hole.at });
        if let HoleKind::QuotationOpen(index) | HoleKind::QuotationClose(index) = hole.kind {
            assert!((index as usize) < body.quotations.len());
        }
    }
    for mention in 0..body.mentions.len() {
        let sentence = body.sentence(mention, &mut |_, label, out| out.push_str(label.unwrap_or("Name")));
        assert!(sentence.text.chars().count() <= 300);
        within(&sentence.text, Extent::from(sentence.place));
    }
    for citation in 0..body.citations.len() {
        let sentence = body.citing(citation, &mut |_, label, out| out.push_str(label.unwrap_or("Name")));
        assert!(sentence.text.chars().count() <= 300);
    }
}

/// Elements without content.
const VOID: &[&str] = &["br", "hr", "img", "wbr", "col"];

/// Checks that tags nest, and that nothing harmful is among them.
fn well_formed(page: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut ids: Vec<&str> = Vec::new();
    for piece in page.split('<').skip(1) {
        let (tag, _) = piece.split_once('>').unwrap_or_else(|| panic!("a tag is not closed: <{piece} in {page}"));
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
        assert!(!matches!(name, "script" | "style" | "iframe" | "form" | "input"), "{page}");
        assert!(!tag.contains("=\"javascript:") && !tag.contains(" on") && !tag.contains(" style="), "{tag} in {page}");
        if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "in {page}");
        } else if !VOID.contains(&name) {
            if name == "a" {
                assert!(!open.contains(&"a"), "a link in a link in {page}");
            }
            let blocks = matches!(
                name,
                "p" | "div" | "ul" | "ol" | "table" | "blockquote" | "figure" | "pre" | "aside" | "h2" | "h3"
            );
            assert!(
                !blocks || !open.iter().any(|open| matches!(*open, "p" | "h2" | "h3" | "span" | "q" | "em")),
                "<{name}> in {open:?} in {page}"
            );
            open.push(name);
        }
        ids.extend(tag.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()));
    }
    assert!(open.is_empty(), "{open:?} is open in {page}");
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "ids are not unique in {page}");
}

#[test]
fn pages_are_well_formed() {
    for_all(|text| {
        let body = parse(&Text::new(text, 0), &path(), Options::default());
        for style in [Style::Notes, Style::Line] {
            well_formed(&woven(&body, Part::Whole, style));
        }
        for heading in &body.headings {
            well_formed(&woven(&body, Part::Heading(&heading.id), Style::Notes));
        }
        for block in &body.blocks {
            well_formed(&woven(&body, Part::Block(&block.id), Style::Notes));
        }
        let inline = woven(&body, Part::Inline, Style::Notes);
        assert!(body.single.is_none() || !inline.starts_with("<p>"));
    });
}

#[test]
fn raw_html_never_breaks_a_page() {
    let nested = |page: &str| {
        let mut open: Vec<&str> = Vec::new();
        for piece in page.split('<').skip(1) {
            let tag = piece.split_once('>').expect("tags are closed").0;
            let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap_or_default();
            assert!(
                !matches!(name, "script" | "style" | "iframe" | "form" | "input") && !tag.contains("=\"javascript:"),
                "{page}"
            );
            if tag.starts_with('/') {
                assert_eq!(open.pop(), Some(name), "in {page}");
            } else if !VOID.contains(&name) {
                open.push(name);
            }
        }
        assert!(open.is_empty(), "{open:?} is open in {page}");
    };
    for_all(|text| {
        let options = Options { html: RawHtml::Sanitise, ..Options::default() };
        let body = parse(&Text::new(text, 0), &path(), options);
        nested(&woven(&body, Part::Whole, Style::Notes));
        for heading in &body.headings {
            nested(&woven(&body, Part::Heading(&heading.id), Style::Notes));
        }
    });
}

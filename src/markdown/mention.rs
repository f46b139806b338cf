//! Mentions: `[[id]]`, `[[Title|label]]`, `[[id#heading]]`, `[[id#^block]]`, `[[#heading]]`, and links to paths of the
//! site. What is written is taken apart here; what it stands for, the host knows.

use std::ops::Range;

use super::body::Extent;
use super::escape;
use super::host::{MentionLink, Standing};
use super::image::Figure;

/// Something in a text that points at a record, a part of one, or a file of the site.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mention {
    /// How it is written.
    pub kind: MentionKind,
    /// The whole construct, in the source.
    pub at: Extent,
    /// The target without its fragment, in the source; where there is none (`[[#heading]]`), the fragment.
    pub target_at: Extent,
    /// The target as meant: percent-decoded in links, without escapes; empty for this very page.
    pub target: Box<str>,
    /// The heading or block that it points at.
    pub fragment: Option<Box<Fragment>>,
    /// The label, in the source; `None` where there is none, so that the record's title is printed.
    pub label_at: Option<Extent>,
    /// The label in [`Body::text`](super::Body::text), or the target as written; empty for embeds and images.
    pub text: Extent,
    /// The sentence that holds it, in [`Body::text`](super::Body::text).
    pub(super) sentence: Extent,
    /// The label in [`Body::html`](super::Body::html), or the target as written.
    pub html: Extent,
    /// Which block of the plain text it stands in.
    pub(super) leaf: u32,
    /// What only embeds and images have.
    pub figure: Option<Box<Figure>>,
}

impl Mention {
    /// Tells whether it puts something into the text: a picture, a record or a part of one.
    pub(super) fn is_shown(&self) -> bool {
        matches!(self.kind, MentionKind::Embed | MentionKind::Image)
    }

    /// Tells whether the author gave a label to print.
    pub fn is_labelled(&self) -> bool {
        self.label_at.is_some()
    }
}

/// How a mention is written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum MentionKind {
    /// `[[target]]`, `[[target|label]]`: the target is an id, a title, an alias or a path.
    Wiki,
    /// `[label](../people/ada.md)`: the target is a path relative to the file (or, with a leading `/`, to the site).
    Link,
    /// `![[target]]`: a record, a part of one, or a file.
    Embed,
    /// `![alt](a.jpg)`: an image, by its relative path.
    Image,
}

/// The part of a record that a mention points at, as written (percent-decoded in links).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Fragment {
    /// `#heading`: a heading's id or its text.
    Heading(String),
    /// `#^block`: a block's id.
    Block(String),
}

/// Takes a wikilink apart that stands at `at`: between its double brackets it is `url`, unless pulldown-cmark has moved its
/// beginning, as it does where wikilinks and links are entangled. An empty label is none.
pub(super) fn wiki(source: &str, at: Range<usize>, url: &str, kind: MentionKind) -> Mention {
    let open = if kind == MentionKind::Embed { "![[" } else { "[[" };
    let whole = source.get(at.clone()).and_then(|whole| whole.strip_prefix(open)?.strip_suffix("]]"));
    let Some(text) = whole else { return mention(kind, at.clone(), at, one_line(url), None, None) };
    let inside = at.start + open.len()..at.end - 2;
    let bar = text.find('|');
    let label = bar.map(|bar| trimmed(source, inside.start + bar + 1..inside.end)).filter(|label| !label.is_empty());
    let mut end = inside.start + bar.unwrap_or(text.len());
    if bar.is_some() && source[..end].ends_with('\\') {
        end -= 1;
    }
    let whole = trimmed(source, inside.start..end);
    let hash = source[whole.clone()].find('#').map(|hash| whole.start + hash);
    let target_at = trimmed(source, whole.start..hash.unwrap_or(whole.end));
    let fragment_at = hash.map(|hash| trimmed(source, hash + 1..whole.end)).filter(|range| !range.is_empty());
    let target = one_line(&source[target_at.clone()]);
    let fragment = fragment_at.clone().map(|range| fragment(&one_line(&source[range])));
    let target_at = if target_at.is_empty() { fragment_at.unwrap_or(whole) } else { target_at };
    mention(kind, at, target_at, target, fragment, label.map(Extent::from))
}

/// Takes a link to a path of the site apart. `label` is where its label stands.
pub(super) fn link(url: &str, at: Range<usize>, target_at: Range<usize>, label: Extent, kind: MentionKind) -> Mention {
    let (path, rest) = url.split_once('#').map_or((url, None), |(path, rest)| (path, Some(rest)));
    let fragment = rest.filter(|rest| !rest.is_empty()).map(|rest| fragment(&decoded(rest)));
    let label = (!label.is_empty()).then_some(label);
    mention(kind, at, target_at, decoded(path), fragment, label)
}

fn mention(
    kind: MentionKind,
    at: Range<usize>,
    target_at: Range<usize>,
    target: String,
    fragment: Option<Fragment>,
    label_at: Option<Extent>,
) -> Mention {
    let (text, html) = (Extent::default(), Extent::default());
    let (at, target_at) = (at.into(), target_at.into());
    let (target, fragment) = (target.into(), fragment.map(Box::new));
    Mention { kind, at, target_at, target, fragment, label_at, text, sentence: text, html, leaf: 0, figure: None }
}

/// Tells what a fragment without its `#` points at. Of `A#B`, headings under headings, the last one counts.
fn fragment(text: &str) -> Fragment {
    match text.strip_prefix('^') {
        Some(block) => Fragment::Block(block.trim().to_owned()),
        None => Fragment::Heading(text.rsplit('#').next().unwrap_or(text).trim().to_owned()),
    }
}

/// Finds where a link's address stands in the source: behind the last `](` before its end; else all of the link.
pub(super) fn target_at(source: &str, at: Range<usize>, label_end: usize, url: &str) -> Range<usize> {
    let behind = source.get(label_end..at.end).unwrap_or_default();
    let Some(open) = behind.strip_prefix("](") else { return at };
    let lead = open.len() - open.trim_start_matches([' ', '\t', '\n', '<']).len();
    let start = label_end + 2 + lead;
    let path = url.split('#').next().unwrap_or(url);
    let length = if source[start..].starts_with(path) && !path.is_empty() {
        path.len()
    } else {
        source[start..at.end].find([' ', ')', '>', '\n', '#']).unwrap_or(0)
    };
    if length == 0 { start..at.end - 1 } else { start..start + length }
}

/// Returns a range without the white space at its ends.
fn trimmed(source: &str, range: Range<usize>) -> Range<usize> {
    let text = &source[range.clone()];
    let start = range.start + (text.len() - text.trim_start().len());
    start..(start + text.trim().len()).max(start)
}

/// Returns a target on one line: a line break in it, with what marks a quotation's lines, is a space.
fn one_line(text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    let lines = text.lines().map(|line| line.trim_start_matches([' ', '>', '\t']).trim_end());
    lines.collect::<Vec<_>>().join(" ")
}

/// Decodes percent escapes; what is no UTF-8 afterwards stays as written.
pub(super) fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digits = text.get(at + 1..at + 3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        match digits.filter(|_| bytes[at] == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// Opens a mention's link.
pub(super) fn open(link: &MentionLink<'_>, out: &mut String) {
    out.push_str("<a class=\"mention\" href=\"");
    escape::attribute(&link.href, out);
    if !link.kind.is_empty() {
        out.push_str("\" data-kind=\"");
        escape::attribute(&link.kind, out);
    }
    if let Some(standing) = &link.standing {
        out.push_str("\" data-claim=\"");
        escape::attribute(&standing.claim, out);
        out.push_str("\" data-standing=\"");
        escape::attribute(&standing.status, out);
    }
    out.push_str("\">");
}

/// Closes a mention's link, and shows a claim's standing behind it.
pub(super) fn close(standing: Option<&Standing<'_>>, out: &mut String) {
    out.push_str("</a>");
    if let Some(standing) = standing {
        out.push('\u{A0}');
        out.push_str(&standing.chip);
    }
}

/// Writes a mention in plain words: its label, else what it leads to is called.
pub(super) fn write(link: Option<&MentionLink<'_>>, words: Option<&str>, out: &mut String) {
    if let Some(link) = link {
        open(link, out);
    }
    escape::text(words.or(link.map(|link| &*link.title)).unwrap_or_default(), out);
    if let Some(link) = link {
        close(link.standing.as_ref(), out);
    }
}

#[cfg(test)]
mod tests {
    use super::super::trial::{body, faults, html};
    use super::{Fragment, Mention, decoded};

    /// Describes a mention: kind, target, fragment, label.
    fn describe(text: &str, mention: &Mention) -> String {
        let fragment = match mention.fragment.as_deref() {
            Some(Fragment::Heading(words)) => format!("#{words}"),
            Some(Fragment::Block(words)) => format!("#^{words}"),
            None => String::new(),
        };
        let label = mention.label_at.map_or(String::new(), |label| format!("|{}", &text[label.range()]));
        format!("{:?} {}{fragment}{label}", mention.kind, mention.target)
    }

    fn check(text: &str, expect: &[&str]) {
        let body = body(text);
        let found: Vec<String> = body.mentions.iter().map(|mention| describe(text, mention)).collect();
        assert_eq!(found, expect, "in {text:?}");
    }

    #[test]
    fn a_wikilink_has_target_fragment_and_label() {
        check(
            "[[ada]] [[Ada Lovelace|the countess]] [[ada#Early life]] [[ada#^quay]] [[#Early life]] [[#^quay|here]]",
            &[
                "Wiki ada",
                "Wiki Ada Lovelace|the countess",
                "Wiki ada#Early life",
                "Wiki ada#^quay",
                "Wiki #Early life",
                "Wiki #^quay|here",
            ],
        );
        check("[[ people/ada | the *countess* ]]", &["Wiki people/ada|the *countess*"]);
        check("[[ada#A#B]] [[ada|]] [[ada| ]]", &["Wiki ada#B", "Wiki ada", "Wiki ada"]);
        check("| a |\n|---|\n| [[ada\\|her]] |", &["Wiki ada|her"]);
        check("> [[Ada\n> Lovelace]]", &["Wiki Ada Lovelace"]);
        check("`[[ada]]` \\[[ada]] [[]]", &[]);
    }

    #[test]
    fn a_link_to_a_path_is_a_mention() {
        check(
            "[her](../people/ada.md) [x](ada%20l.md#early%20life) [](b.md)",
            &["Link ../people/ada.md|her", "Link ada l.md#early life|x", "Link b.md"],
        );
        check("[x](#^quay) [x](<a b.md>) [x](/a/b.md \"t\")", &["Link #^quay|x", "Link a b.md|x", "Link /a/b.md|x"]);
        check("[x][1]\n\n[1]: ada.md", &["Link ada.md|x"]);
        check("[x](https://example.org) <https://example.org> [x](mailto:a@b.c)", &[]);
    }

    #[test]
    fn an_embed_is_a_mention() {
        check(
            "![[ada]]\n\n![[ada#Early life]] ![[q.png|The quay]] ![The quay](q.jpg)",
            &["Embed ada", "Embed ada#Early life", "Embed q.png|The quay", "Image q.jpg|The quay"],
        );
    }

    #[test]
    fn a_mention_inside_anything_is_known() {
        check("[see [[ada|her]] @s]", &["Wiki ada|her"]);
        check("a^[b [[ada]]]", &["Wiki ada"]);
        check("[^1]: [[ada]]\n\na[^1]", &["Wiki ada"]);
        check("# [[ada]]\n\n> [!note] [[bob]]", &["Wiki ada", "Wiki bob"]);
    }

    #[test]
    fn extents_are_tight() {
        let text = "a [[Ada L#Life|*her*]] and [him](../p/bob%20x.md#x)";
        let body = body(text);
        let words = |at: super::Extent| &text[at.range()];
        assert_eq!((words(body.mentions[0].at), words(body.mentions[0].target_at)), ("[[Ada L#Life|*her*]]", "Ada L"));
        assert_eq!(
            (words(body.mentions[1].at), words(body.mentions[1].target_at)),
            ("[him](../p/bob%20x.md#x)", "../p/bob%20x.md")
        );
        assert_eq!(&body.text[body.mentions[0].text.range()], "her");
        assert_eq!(&body.html[body.mentions[0].html.range()], "<em>her</em>");
        assert_eq!(&body.html[body.mentions[1].html.range()], "him");
    }

    #[test]
    fn a_mention_is_a_link_or_its_label() {
        let line = |text: &str| html(text).trim().to_owned();
        assert_eq!(
            line("[[ada]] & [[ada|*her*]]"),
            "<p><a class=\"mention\" href=\"ada.html\">T:ada</a> &amp; <a class=\"mention\" href=\"ada.html\"><em>her</em></a></p>"
        );
        assert_eq!(line("[[x-a]] & [[x-a|*her*]]"), "<p>x-a &amp; <em>her</em></p>");
        assert_eq!(
            line("[[claim|It was said]]."),
            "<p><a class=\"mention\" href=\"claim.html\" data-kind=\"claim\" data-claim=\"claim\" data-standing=\"alleged\">It was said</a>\u{a0}<i>alleged</i>.</p>"
        );
    }

    #[test]
    fn an_unsafe_address_is_an_error_and_no_link() {
        for text in [
            "[x](javascript:alert)",
            "[x](java&#115;cript:alert)",
            "[x](java\\\nscript:alert)",
            "[x](<java&#x0A;script:alert>)",
            "<javascript:alert>",
            "[x](data:text/html,x)",
            "![x](vbscript:x)",
            "[x](//example.org)",
            "[x]\n\n[x]: javascript:y",
        ] {
            let page = html(text);
            assert!(!page.contains("href") && !page.contains("src="), "{text}: {page}");
            let safe_text = !page.contains("<a") && !page.contains("<img");
            assert!(safe_text, "{text}: {page}");
        }
        assert_eq!(faults("a [x](javascript:alert) b"), [("unsafe-url", "[x](javascript:alert)".to_owned())]);
    }

    #[test]
    fn a_link_to_the_world_says_so() {
        assert_eq!(
            html("[x](https://archived.example/?a=1&b=2 \"t\")").trim(),
            "<p><a class=\"external\" href=\"https://archived.example/?a=1&amp;b=2\" rel=\"noopener noreferrer\">x</a> <a class=\"archived\" href=\"https://archive.example/1\" rel=\"noopener noreferrer\">archived copy</a></p>"
        );
        assert_eq!(
            html("<a@b.example>").trim(),
            "<p><a class=\"external\" href=\"mailto:a@b.example\" rel=\"noopener noreferrer\">a@b.example</a></p>"
        );
    }

    #[test]
    fn percent_escapes_are_decoded_if_they_are_text() {
        assert_eq!(decoded("a%20b%C3%A9%zz%"), "a bé%zz%");
        assert_eq!(decoded("a%FF"), "a%FF");
        assert_eq!(decoded("é%"), "é%");
    }
}

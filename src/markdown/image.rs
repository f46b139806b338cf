//! Images: `![alt](a.jpg "Caption | Credit")`, `![[image.png|alt text]]`, `![[image.png|300x200]]`.
//!
//! A caption is plain text, but what it mentions is a mention as everywhere: it is looked up, withheld, and led to.

use std::ops::Range;

use super::escape;
use super::host::ImageAnswer;
use super::link::{self, Address};
use super::mention::MentionKind;

/// What an embed or an image says of how it is to be shown.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Figure {
    /// The text for those who do not see it, plain; `None` where there is none (`missing-alt`, if it is an image).
    pub alt: Option<String>,
    /// The caption.
    pub caption: Option<Line>,
    /// Who made it.
    pub credit: Option<Line>,
    /// The width to show it in, in CSS pixels.
    pub width: Option<u32>,
    /// The height to show it in, in CSS pixels.
    pub height: Option<u32>,
    /// Where it stands.
    pub seat: Seat,
}

/// A line of plain text that mentions something.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Line {
    /// The text.
    pub words: String,
    /// What it mentions, in its order.
    pub(super) mentions: Vec<Mentioned>,
}

/// A mention in a line.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Mentioned {
    /// Where it is written, in the line.
    pub(super) at: Range<usize>,
    /// Its label, if it has one.
    pub(super) label: Option<String>,
    /// Its number among the mentions of the text.
    pub(super) number: u32,
}

/// A mention as it is written in a title.
pub(super) struct Written<'t> {
    /// Where, in the title.
    pub(super) at: Range<usize>,
    /// How.
    pub(super) kind: MentionKind,
    /// What stands between the double brackets, or the path.
    pub(super) url: &'t str,
    /// Where its label stands, in the title.
    pub(super) label: Option<Range<usize>>,
}

/// Where an embed or an image stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug)]
pub enum Seat {
    /// By itself, where a block may stand.
    Block,
    /// In a line, among words.
    #[default]
    Line,
}

/// The extensions of what is an image, in lower case.
const EXTENSIONS: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "bmp", "tif", "tiff", "ico"];

/// Tells whether a path is an image's, by its extension.
pub(super) fn is_image(path: &str) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, extension)| EXTENSIONS.iter().any(|name| extension.eq_ignore_ascii_case(name)))
}

/// Reads what an image's text says: the alternative text, and behind a bar its size.
pub(super) fn read(text: &str) -> Figure {
    let mut figure = Figure::default();
    let mut words = text.trim();
    let (head, tail) = words.rsplit_once('|').unwrap_or(("", words));
    if let Some((width, height)) = size(tail) {
        (figure.width, figure.height) = (Some(width), height);
        words = head.trim();
    }
    figure.alt = (!words.is_empty()).then(|| words.to_owned());
    figure
}

/// Reads an image's title: a caption, and behind the last bar who made it. `number` gives a mention in it its number.
pub(super) fn read_title(title: &str, figure: &mut Figure, mut number: impl FnMut(&Written<'_>) -> u32) {
    let all = written(title);
    let is_outside = |at: &usize| !all.iter().any(|one| one.at.contains(at));
    let bar = title.rmatch_indices('|').map(|(at, _)| at).find(is_outside);
    let mut line = |part: Range<usize>| {
        let words = title[part.clone()].trim();
        let start = part.start + (title[part.clone()].len() - title[part.clone()].trim_start().len());
        let mentions =
            all.iter().filter(|one| part.start <= one.at.start && one.at.end <= part.end).map(|one| Mentioned {
                at: one.at.start - start..one.at.end - start,
                label: one.label.clone().map(|label| title[label].trim().to_owned()),
                number: number(one),
            });
        (!words.is_empty()).then(|| Line { words: words.to_owned(), mentions: mentions.collect() })
    };
    figure.caption = line(0..bar.unwrap_or(title.len()));
    figure.credit = bar.and_then(|bar| line(bar + 1..title.len()));
}

/// Finds what a title mentions: `[[target|label]]`, and `[label](path)` of the site.
fn written(title: &str) -> Vec<Written<'_>> {
    let mut all: Vec<Written<'_>> = Vec::new();
    let mut from = 0;
    while let Some(open) = title[from..].find('[').map(|at| from + at) {
        let one = if title[open..].starts_with("[[") { wiki(title, open) } else { linked(title, open) };
        from = one.as_ref().map_or(open + 1, |one| one.at.end);
        all.extend(one);
    }
    all
}

/// Reads `[[target|label]]`; of brackets in brackets the innermost ones are meant.
fn wiki(title: &str, open: usize) -> Option<Written<'_>> {
    let start = open + 2;
    let end = start + title[start..].find("]]")?;
    let url = &title[start..end];
    let label = url.find('|').map(|bar| start + bar + 1..end).filter(|label| !title[label.clone()].trim().is_empty());
    (!url.contains("[[")).then_some(Written { at: open..end + 2, kind: MentionKind::Wiki, url, label })
}

/// Reads `[label](path)`.
fn linked(title: &str, open: usize) -> Option<Written<'_>> {
    let close = open + 1 + title[open + 1..].find(['[', ']'])?;
    let start = close + title[close..].strip_prefix("](").map(|_| 2)?;
    let end = start + title[start..].find(')')?;
    let url = &title[start..end];
    let is_path = !url.trim().is_empty() && !url.contains(char::is_whitespace) && link::judge(url) == Address::Local;
    let label = Some(open + 1..close).filter(|label| !title[label.clone()].trim().is_empty());
    is_path.then_some(Written { at: open..end + 1, kind: MentionKind::Link, url, label })
}

/// Reads a size, `300` or `300x200`.
fn size(text: &str) -> Option<(u32, Option<u32>)> {
    let number = |text: &str| text.trim().parse::<u32>().ok().filter(|number| (1..=20_000).contains(number));
    match text.split_once('x') {
        Some((width, height)) => Some((number(width)?, Some(number(height)?))),
        None => Some((number(text)?, None)),
    }
}

/// Writes an image: by itself as a figure with its caption, in a line without. `mention` writes what a caption mentions,
/// given its number and its label.
pub(super) fn write(
    figure: &Figure,
    image: &ImageAnswer<'_>,
    mention: &mut dyn FnMut(u32, Option<&str>, &mut String),
    out: &mut String,
) {
    if figure.seat == Seat::Line {
        write_image(figure, image, "<img class=\"inline\" src=\"", out);
        return;
    }
    write_image(figure, image, "<figure class=\"figure\"><img src=\"", out);
    if figure.caption.is_some() || figure.credit.is_some() {
        out.push_str("<figcaption>");
        if let Some(caption) = &figure.caption {
            write_line(caption, mention, out);
        }
        if let Some(credit) = &figure.credit {
            out.push_str(if figure.caption.is_some() { " <span class=\"credit\">" } else { "<span class=\"credit\">" });
            write_line(credit, mention, out);
            out.push_str("</span>");
        }
        out.push_str("</figcaption>");
    }
    out.push_str("</figure>\n");
}

fn write_line(line: &Line, mention: &mut dyn FnMut(u32, Option<&str>, &mut String), out: &mut String) {
    let mut from = 0;
    for one in &line.mentions {
        escape::text(&line.words[from..one.at.start], out);
        mention(one.number, one.label.as_deref(), out);
        from = one.at.end;
    }
    escape::text(&line.words[from..], out);
}

fn write_image(figure: &Figure, image: &ImageAnswer<'_>, open: &str, out: &mut String) {
    out.push_str(open);
    escape::attribute(&image.src, out);
    out.push('"');
    if !image.srcset.is_empty() {
        out.push_str(" srcset=\"");
        escape::attribute(&image.srcset, out);
        match figure.width {
            Some(width) => out.push_str(&format!("\" sizes=\"{width}px\"")),
            None => out.push_str("\" sizes=\"(min-width: 45rem) 40rem, 100vw\""),
        }
    }
    if let Some((width, height)) = shown_size(figure, image) {
        out.push_str(&format!(" width=\"{width}\""));
        if let Some(height) = height {
            out.push_str(&format!(" height=\"{height}\""));
        }
    }
    out.push_str(" alt=\"");
    escape::attribute(figure.alt.as_deref().unwrap_or_default(), out);
    out.push_str("\" loading=\"lazy\" decoding=\"async\">");
}

/// Returns the size to show an image in, in its own proportions where only a width is asked for.
fn shown_size(figure: &Figure, image: &ImageAnswer<'_>) -> Option<(u32, Option<u32>)> {
    let own = (image.width > 0 && image.height > 0).then_some((image.width, image.height));
    let scaled = |width: u32| {
        let (own_width, own_height) = own?;
        let height = (u64::from(width) * u64::from(own_height) + u64::from(own_width) / 2) / u64::from(own_width);
        u32::try_from(height.max(1)).ok()
    };
    match (figure.width, figure.height) {
        (Some(width), Some(height)) => Some((width, Some(height))),
        (Some(width), None) => Some((width, scaled(width))),
        _ => own.map(|(width, height)| (width, Some(height))),
    }
}

#[cfg(test)]
mod tests {
    use super::{Figure, Line, is_image, read, read_title};

    fn check(text: &str, alt: Option<&str>, width: Option<u32>, height: Option<u32>) {
        let expect = Figure { alt: alt.map(str::to_owned), width, height, ..Figure::default() };
        assert_eq!(read(text), expect, "{text}");
    }

    #[test]
    fn a_number_is_a_width() {
        check("The quay at night", Some("The quay at night"), None, None);
        check("300", None, Some(300), None);
        check("300x200", None, Some(300), Some(200));
        check("The quay|300", Some("The quay"), Some(300), None);
        check("a|b", Some("a|b"), None, None);
        check("0", Some("0"), None, None);
        check("", None, None, None);
    }

    fn title(title: &str) -> (Option<Line>, Option<Line>) {
        let (mut figure, mut next) = (Figure::default(), 0);
        read_title(title, &mut figure, |_| {
            next += 1;
            next - 1
        });
        (figure.caption, figure.credit)
    }

    #[test]
    fn a_title_is_caption_and_credit() {
        let words = |line: Option<Line>| line.map(|line| line.words);
        let check = |text: &str, caption: Option<&str>, credit: Option<&str>| {
            let (found, by) = title(text);
            assert_eq!((words(found).as_deref(), words(by).as_deref()), (caption, credit), "{text}");
        };
        check("The quay | A. Vik", Some("The quay"), Some("A. Vik"));
        check("| A. Vik", None, Some("A. Vik"));
        check("The quay", Some("The quay"), None);
        check("By [[ada|her]]", Some("By [[ada|her]]"), None);
        check("By [[ada|her]] | [[vik|A. Vik]]", Some("By [[ada|her]]"), Some("[[vik|A. Vik]]"));
    }

    #[test]
    fn a_title_mentions_what_it_names() {
        let check = |text: &str, expect: &[(&str, Option<&str>, u32)]| {
            let (caption, credit) = title(text);
            let mut found = Vec::new();
            for line in [&caption, &credit].into_iter().flatten() {
                found.extend(
                    line.mentions.iter().map(|one| (&line.words[one.at.clone()], one.label.as_deref(), one.number)),
                );
            }
            assert_eq!(found, expect, "{text}");
        };
        check(" As [[ada]] and [[vik|he]] say", &[("[[ada]]", None, 0), ("[[vik|he]]", Some("he"), 1)]);
        check(
            "[[a|b]] | by [V](../people/vik.md) ",
            &[("[[a|b]]", Some("b"), 0), ("[V](../people/vik.md)", Some("V"), 1)],
        );
        check("[[a [[b]]", &[("[[b]]", None, 0)]);
        check("[sic] (1 [2](https://x.example) [3]( a b ) [[open [4", &[]);
    }

    #[test]
    fn images_are_known_by_their_extension() {
        assert!(is_image("a/b.PNG") && !is_image("mara-lindqvist") && !is_image("report.pdf"));
    }
}

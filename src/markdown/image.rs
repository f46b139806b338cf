//! Images: `![alt](a.jpg "Caption | Credit")`, `![[image.png|alt text]]`, `![[image.png|300x200]]`.

use super::escape;
use super::host::ImageAnswer;

/// What an embed or an image says of how it is to be shown.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Figure {
    /// The text for those who do not see it, plain; `None` where there is none (`missing-alt`, if it is an image).
    pub alt: Option<String>,
    /// The caption, plain.
    pub caption: Option<String>,
    /// Who made it, plain.
    pub credit: Option<String>,
    /// The width to show it in, in CSS pixels.
    pub width: Option<u32>,
    /// The height to show it in, in CSS pixels.
    pub height: Option<u32>,
    /// Where it stands.
    pub seat: Seat,
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

/// Reads an image's title: a caption, and behind the last bar who made it.
pub(super) fn read_title(title: &str, figure: &mut Figure) {
    let (caption, credit) = title.rsplit_once('|').unwrap_or((title, ""));
    let words = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    (figure.caption, figure.credit) = (words(caption), words(credit));
}

/// Reads a size, `300` or `300x200`.
fn size(text: &str) -> Option<(u32, Option<u32>)> {
    let number = |text: &str| text.trim().parse::<u32>().ok().filter(|number| (1..=20_000).contains(number));
    match text.split_once('x') {
        Some((width, height)) => Some((number(width)?, Some(number(height)?))),
        None => Some((number(text)?, None)),
    }
}

/// Writes an image: by itself as a figure with its caption, in a line without.
pub(super) fn write(figure: &Figure, image: &ImageAnswer<'_>, out: &mut String) {
    if figure.seat == Seat::Line {
        write_image(figure, image, "<img class=\"inline\" src=\"", out);
        return;
    }
    write_image(figure, image, "<figure class=\"figure\"><img src=\"", out);
    if figure.caption.is_some() || figure.credit.is_some() {
        out.push_str("<figcaption>");
        escape::text(figure.caption.as_deref().unwrap_or_default(), out);
        if let Some(credit) = &figure.credit {
            out.push_str(if figure.caption.is_some() { " <span class=\"credit\">" } else { "<span class=\"credit\">" });
            escape::text(credit, out);
            out.push_str("</span>");
        }
        out.push_str("</figcaption>");
    }
    out.push_str("</figure>\n");
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
    use super::{Figure, is_image, read, read_title};

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

    #[test]
    fn a_title_is_caption_and_credit() {
        let mut figure = Figure::default();
        read_title("The quay | A. Vik", &mut figure);
        assert_eq!((figure.caption.as_deref(), figure.credit.as_deref()), (Some("The quay"), Some("A. Vik")));
        read_title("| A. Vik", &mut figure);
        assert_eq!((figure.caption.as_deref(), figure.credit.as_deref()), (None, Some("A. Vik")));
    }

    #[test]
    fn images_are_known_by_their_extension() {
        assert!(is_image("a/b.PNG") && !is_image("mara-lindqvist") && !is_image("report.pdf"));
    }
}

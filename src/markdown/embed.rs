//! Embeds: a card of a record, a part of another text, or an image, as blocks; in a line, a link.

use std::borrow::Cow;

use super::escape;
use super::host::{CardAnswer, FigureAnswer, Host, MentionLink, PartAnswer};
use super::image::Seat;
use super::mention::{self, Mention};

/// Where a part is from.
pub(super) struct From<'a> {
    /// The record.
    pub(super) link: MentionLink<'a>,
    /// What was answered, if it is a claim.
    pub(super) response: Cow<'a, str>,
}

/// Whether a page has room for one more part of another text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// It has.
    Left,
    /// It has not: a link stands for the part.
    None,
}

/// Writes what stands for an embed, unless it is an image; returns the part that is to be woven, if it is one.
pub(super) fn write<'a>(
    mention: &Mention,
    answer: FigureAnswer<'a>,
    room: Room,
    out: &mut String,
) -> Option<PartAnswer<'a>> {
    let figure = mention.figure.as_deref()?;
    let is_block = figure.seat == Seat::Block;
    match answer {
        FigureAnswer::Image(_) => {}
        FigureAnswer::Card(card) if is_block => write_card(&card, out),
        FigureAnswer::Part(part) if is_block && room == Room::Left => return Some(part),
        FigureAnswer::Part(part) => write_link(mention, &part.link, out),
        FigureAnswer::Card(card) => write_link(mention, &card.link, out),
        FigureAnswer::Link(link) => write_link(mention, &link, out),
        FigureAnswer::Text(words) if is_block => {
            out.push_str("<p>");
            escape::text(&words, out);
            out.push_str("</p>\n");
        }
        FigureAnswer::Text(words) => escape::text(&words, out),
    }
    None
}

/// Writes a link in place of an embed, in a paragraph of its own where a block stands.
fn write_link(mention: &Mention, link: &MentionLink<'_>, out: &mut String) {
    let figure = mention.figure.as_deref();
    let is_block = figure.is_some_and(|figure| figure.seat == Seat::Block);
    out.push_str(if is_block { "<p>" } else { "" });
    mention::open(link, out);
    escape::text(figure.and_then(|figure| figure.alt.as_deref()).unwrap_or(&link.title), out);
    mention::close(link.standing.as_ref(), out);
    out.push_str(if is_block { "</p>\n" } else { "" });
}

fn write_card(card: &CardAnswer<'_>, out: &mut String) {
    out.push_str("<div class=\"embed embed-card\"><p class=\"embed-kind\">");
    escape::text(&card.kind_label, out);
    out.push_str("</p><p class=\"embed-title\">");
    mention::open(&card.link, out);
    escape::text(&card.link.title, out);
    mention::close(card.link.standing.as_ref(), out);
    out.push_str("</p>");
    for (class, words) in [("embed-line", &card.line), ("embed-summary", &card.summary)] {
        if !words.is_empty() {
            out.extend(["<p class=\"", class, "\">"]);
            escape::text(words, out);
            out.push_str("</p>");
        }
    }
    out.push_str("</div>\n");
}

/// Opens a part of another text.
pub(super) fn open_part(out: &mut String) {
    out.push_str("<div class=\"embed embed-part\"><div class=\"embed-body\">\n");
}

/// Closes a part, and says where it is from.
pub(super) fn close_part<'a>(from: &From<'_>, host: &mut dyn Host<'a>, out: &mut String) {
    out.push_str("</div><p class=\"embed-from\">");
    let words = host.word("embed_from").unwrap_or(Cow::Borrowed("From {title}"));
    let (before, behind) = words.split_once("{title}").unwrap_or((&words, ""));
    escape::text(before, out);
    mention::write(Some(&from.link), None, out);
    if !from.response.is_empty() {
        out.push_str(" <span class=\"claim-response\">");
        escape::text(&from.response, out);
        out.push_str("</span>");
    }
    escape::text(behind, out);
    out.push_str("</p></div>\n");
}

#[cfg(test)]
mod tests {
    use super::super::trial::{body, faults, html};
    use super::Seat;

    const IMG: &str = "width=\"400\" height=\"200\" alt=\"Quay\" loading=\"lazy\" decoding=\"async\">";
    const CARD: &str = "<div class=\"embed embed-card\"><p class=\"embed-kind\">Person</p><p class=\"embed-title\"><a class=\"mention\" href=\"ada.html\">T:ada</a></p></div>\n";

    fn check(text: &str, expect: &str) {
        assert_eq!(html(text), expect, "{text:?}");
    }

    #[test]
    fn an_image_by_itself_is_a_figure() {
        let figure = format!("<figure class=\"figure\"><img src=\"q.jpg\" {IMG}");
        check("![Quay](q.jpg)", &format!("{figure}</figure>\n"));
        check("![[q.jpg|Quay]]", &format!("{figure}</figure>\n"));
        check(
            "![Quay](q.jpg \"At night | A. Vik\")",
            &format!("{figure}<figcaption>At night <span class=\"credit\">A. Vik</span></figcaption></figure>\n"),
        );
        let (ada, vik) =
            ("<a class=\"mention\" href=\"ada.html\">T:ada</a>", "<a class=\"mention\" href=\"vik.html\">she</a>");
        check(
            "![Quay](q.jpg \"As [[ada]] saw | [[vik|she]]\")",
            &format!("{figure}<figcaption>As {ada} saw <span class=\"credit\">{vik}</span></figcaption></figure>\n"),
        );
        check("![Quay](q.jpg)\n![Quay](q.jpg)", &format!("{figure}</figure>\n{figure}</figure>\n"));
        check("- ![Quay](q.jpg)", &format!("<ul><li>{figure}</figure>\n</li>\n</ul>\n"));
    }

    #[test]
    fn an_image_in_a_line_has_no_figure() {
        check("a ![Quay](q.jpg \"At night\") b", &format!("<p>a <img class=\"inline\" src=\"q.jpg\" {IMG} b</p>\n"));
        check(
            "[![Quay](q.jpg)](a.md)",
            &format!("<p><a class=\"mention\" href=\"a.md.html\"><img class=\"inline\" src=\"q.jpg\" {IMG}</a></p>\n"),
        );
    }

    #[test]
    fn a_card_is_a_block() {
        check("![[ada]]", CARD);
        check("a\n![[ada]]\nb", &format!("<p>a</p>\n{CARD}<p>b</p>\n"));
        check("a *![[ada]]* b", "<p>a <em><a class=\"mention\" href=\"ada.html\">T:ada</a></em> b</p>\n");
        let cell = html("| a |\n|---|\n| ![[ada]] |");
        assert!(cell.contains("<td><a class=\"mention\" href=\"ada.html\">T:ada</a></td>"), "{cell}");
        check("![[x-a]]", "<p>x-a</p>\n");
    }

    #[test]
    fn sizes_are_read() {
        let figure = |text: &str| body(text).mentions[0].figure.clone().expect("it is an embed");
        assert_eq!(figure("![[q.png|300]]").width, Some(300));
        assert_eq!(
            (figure("![[q.png|Quay|300x200]]").height, figure("![[q.png|Quay|300]]").alt.as_deref()),
            (Some(200), Some("Quay"))
        );
        assert_eq!(figure("![Quay|300](q.png)").width, Some(300));
        assert_eq!(figure("| a |\n|---|\n| ![[q.png\\|Quay]] |").alt.as_deref(), Some("Quay"));
        assert_eq!((figure("![[q.png]]").seat, figure("a ![[q.png]]").seat), (Seat::Block, Seat::Line));
        assert!(html("![[q.png|Quay|200]]").contains("width=\"200\" height=\"100\""));
    }

    #[test]
    fn an_image_says_what_it_shows() {
        assert_eq!(faults("![](q.jpg)"), [("missing-alt", "![](q.jpg)".to_owned())]);
        assert_eq!(faults("a ![[q.png|300]]"), [("missing-alt", "![[q.png|300]]".to_owned())]);
        assert_eq!(faults("![[ada]] ![[q.png|Quay]] ![Quay](q.jpg)"), []);
    }

    #[test]
    fn an_image_of_the_world_is_a_link() {
        let link = "<a class=\"external remote-image\" href=\"https://example.org/q.jpg\" rel=\"noopener noreferrer\">Quay</a>";
        check("![Quay](https://example.org/q.jpg)", &format!("<p>{link}</p>\n"));
        assert_eq!(faults("![Quay](https://example.org/q.jpg)")[0].0, "remote-image");
        check(
            "[![Quay](https://example.org/q.jpg)](a.md)",
            "<p><a class=\"mention\" href=\"a.md.html\">Quay</a></p>\n",
        );
    }
}

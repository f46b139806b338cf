//! A work's title as the style sets it: what a sentence says in place of the author's name where there is none.
//!
//! CSL has a style name such a work by its title, but hayagriva answers a question for the name with nothing. So the
//! title is taken out of what the style prints of the work in a citation, or else in its list, with the marks that
//! stand right around it there: italics, quotation marks.

use super::shape::Field;
use super::template::{Hole, Piece, Template};

/// What stands around a title: each opening mark with its closing one.
const MARKS: &[(&str, &str)] = &[
    ("<i>", "</i>"),
    ("<b>", "</b>"),
    ("<u>", "</u>"),
    ("<span class=\"small-caps\">", "</span>"),
    ("“", "”"),
    ("‘", "’"),
    ("„", "“"),
    ("‚", "‘"),
    ("«", "»"),
    ("‹", "›"),
    ("»", "«"),
    ("”", "”"),
    ("「", "」"),
    ("《", "》"),
];

/// A title in a template: the hole it is filled into, and what stands before and behind.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Titled<'t> {
    pub(super) before: String,
    pub(super) hole: &'t Hole,
    pub(super) behind: String,
}

/// Finds the title in a template; `None` where the style prints none, or only as a whole with other words.
pub(super) fn titled(template: &Template) -> Option<Titled<'_>> {
    let is_title = |piece: &Piece| {
        matches!(piece, Piece::Hole(Hole::Text(Field::Title | Field::ShortTitle, _)))
            || matches!(piece, Piece::Hole(Hole::Stripped(Field::Title | Field::ShortTitle, _)))
    };
    let at = template.pieces.iter().position(is_title).filter(|_| template.is_fit)?;
    let Piece::Hole(hole) = &template.pieces[at] else { return None };
    let html = |at: Option<usize>| match at.and_then(|at| template.pieces.get(at)) {
        Some(Piece::Html(html)) => &**html,
        _ => "",
    };
    let (mut front, mut rest) = (html(at.checked_sub(1)), html(Some(at + 1)));
    let mut titled = Titled { before: String::new(), hole, behind: String::new() };
    while let Some((open, close, short, end)) = marks(front, rest) {
        titled.before.insert_str(0, open);
        titled.behind.push_str(close);
        (front, rest) = (short, end);
    }
    Some(titled)
}

/// Takes a pair of marks off what stands before and behind a title. A closing quotation mark may follow a stop or a comma.
fn marks<'t>(front: &'t str, rest: &'t str) -> Option<(&'static str, &'static str, &'t str, &'t str)> {
    MARKS.iter().find_map(|(open, close)| {
        let front = front.strip_suffix(open)?;
        let end = rest.strip_prefix(close).or_else(|| rest.strip_prefix([',', '.'])?.strip_prefix(close))?;
        Some((*open, *close, front, end))
    })
}

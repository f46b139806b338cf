//! What may be shown to whom: channels, what is withheld, and a diagnostic as a channel may see it.

use std::collections::BTreeMap;
use std::fmt;

use super::excerpt::Excerpt;
use super::{Code, Place, Severity};
use crate::file::{Position, RelPath, Span};

/// Where a report is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Channel {
    /// The author's own terminal, in human form: everything is shown.
    Terminal,
    /// A pipe, a file, another program, a browser: nothing withheld is.
    Elsewhere,
}

/// Which parts of which files are withheld, and by which number the record in each is spoken of.
///
/// `None` stands for a whole file, a span for an inline record in it.
#[derive(Clone, Default, Debug)]
pub struct Withheld(pub BTreeMap<RelPath, Vec<(Option<Span>, usize)>>);

impl Withheld {
    /// Returns the number of the withheld record that `place` lies in or touches: of the smallest, where they nest.
    pub fn number(&self, place: &Place) -> Option<usize> {
        let size = |span: Option<Span>| span.map_or(u32::MAX, |span| span.end.saturating_sub(span.start));
        let touching = self.0.get(&place.path)?.iter().filter(|(span, _)| span.is_none_or(|s| touches(s, place.span)));
        touching.min_by_key(|(span, number)| (size(*span), *number)).map(|(_, number)| *number)
    }
}

/// Tells whether `place` shares a byte with `record`, or is a point in it.
fn touches(record: Span, place: Span) -> bool {
    let end = place.end.max(place.start.saturating_add(1));
    place.start < record.end && end > record.start
}

/// One diagnostic as a channel may see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown<'a> {
    /// Which kind of fault it is.
    pub code: &'static Code,
    /// How grave it is, after `[lints]` and `--strict`.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<&'a str>,
    /// Where it is.
    pub location: Location<'a>,
    /// The source line; only ever on a terminal.
    pub excerpt: Option<&'a Excerpt>,
}

/// Where a diagnostic points, as far as a channel may know.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Location<'a> {
    /// At no file.
    Nowhere,
    /// At the withheld record of that number.
    Withheld(usize),
    /// At a file; without a position where the file is gone.
    File(&'a RelPath, Option<Position>),
}

impl Location<'_> {
    /// Returns the position, where there is one.
    pub fn position(self) -> Option<Position> {
        match self {
            Location::File(_, position) => position,
            _ => None,
        }
    }
}

/// Writes `content/a.md:3:5`, `content/a.md` or `(withheld record 2)`; nothing for no file.
impl fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Nowhere => Ok(()),
            Location::Withheld(number) => write!(f, "(withheld record {number})"),
            Location::File(path, None) => write!(f, "{path}"),
            Location::File(path, Some(at)) => write!(f, "{path}:{}:{}", at.line, at.column),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Place;
    use crate::diagnostic::report::tests::{path, withheld};
    use crate::file::Span;

    #[test]
    fn an_inline_record_is_withheld_where_it_stands_and_nowhere_else() {
        let hidden = withheld(&[("d.md", Some(Span::new(10, 20)), 2), ("d.md", Some(Span::new(12, 15)), 3)]);
        let number = |start, end| hidden.number(&Place { path: path("d.md"), span: Span::new(start, end) });
        assert_eq!([number(0, 10), number(0, 0), number(20, 30), number(20, 20)], [None; 4]);
        assert_eq!([number(10, 10), number(0, 11), number(19, 40)], [Some(2); 3]);
        assert_eq!([number(12, 12), number(0, 40)], [Some(3); 2]);
        let whole = withheld(&[("d.md", None, 1), ("d.md", Some(Span::new(10, 20)), 2)]);
        let number = |start, end| whole.number(&Place { path: path("d.md"), span: Span::new(start, end) });
        assert_eq!((number(0, 0), number(14, 15)), (Some(1), Some(2)));
    }
}

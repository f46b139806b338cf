//! Templates: what hayagriva answered for a shape, with holes where the tokens of values stood.
//!
//! 1. The tree of texts is walked; names and dates are elements of their own in it, so that their tokens are looked for
//!    only there.
//! 2. Each token found becomes a hole that says how its value was set; everything else is markup as it is.
//! 3. What is left of a token that was not understood (a month in a form that the style made up, a number as a word) makes
//!    the template *unfit*: then hayagriva itself renders each work.

use std::sync::Arc;

use hayagriva::citationberg::Display;
use hayagriva::{Elem, ElemChild, ElemChildren, ElemMeta, Formatting};

use super::dating::{Dating, Year};
use super::letters::Letters;
use super::lexicon::{Lexicon, Tokens};
use super::markup;
use super::shape::{Author, EVENTS, Event, Field, Precision, When};
use super::token::is_traced;
use crate::html::escape;

/// A number that stands for a locator.
pub(super) const LOCATOR: &str = "71723";
/// A number that stands for the end of a locator that is a range.
pub(super) const LOCATOR_END: &str = "81734";
/// A number that stands for a work's number in the list.
pub(super) const NUMBER: usize = 64_519;
/// A number that stands for that of the first note on a work.
pub(super) const FIRST_NOTE: usize = 52_931;

/// A number that stands for the letter behind a year.
pub(super) const LETTER: &str = "83947";

/// What hayagriva says of a shape in one place.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) pieces: Vec<Piece>,
    /// Whether the values of a work can be filled in.
    pub(super) is_fit: bool,
    /// Which dates are in doubt of which the style does not say so.
    pub(super) circa: [bool; 2],
}

/// A piece of a template.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Piece {
    /// Markup.
    Html(Box<str>),
    /// A value.
    Hole(Hole),
}

/// Where a value is filled in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Hole {
    /// A text.
    Text(Field, Letters),
    /// A text without its full stops.
    Stripped(Field, Letters),
    /// An author's name that is printed as it is.
    Literal(usize, Letters),
    /// An author's family name.
    Family(usize, Letters),
    /// An author's given names.
    Given(usize, Letters),
    /// The first letter of one of an author's given names.
    Initial(usize, usize),
    /// Where an author's name begins that is printed without given names: one may be added here.
    Forename(usize),
    /// The letter that tells years apart.
    Letter,
    /// Where a date begins: a doubt is said here that the style does not say.
    Date(Event),
    /// A year.
    Year(Event),
    /// The last two digits of a year.
    ShortYear(Event),
    /// The number of a month.
    Month(Event),
    /// The number of a month, in two digits.
    MonthPadded(Event),
    /// The name of a month, from January.
    MonthName(Event, Arc<[String; 12]>),
    /// The name of a season, from spring.
    Season(Event, Arc<[String; 4]>),
    /// A day.
    Day(Event),
    /// A day, in two digits.
    DayPadded(Event),
    /// The locator's number, or its first one.
    Locator,
    /// The locator's last number.
    LocatorEnd,
    /// The work's number in the list.
    Number,
    /// The number of the first note on the work.
    FirstNote,
}

/// Whether the work's number in the list is printed.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Numbering {
    /// It is.
    Shown,
    /// The entry stands by itself.
    Left,
}

/// Turns an answer into a template.
pub(super) fn template(answer: &ElemChildren, lexicon: &Lexicon<'_>, numbering: Numbering) -> Template {
    let mut builder = Builder {
        lexicon,
        numbering,
        pieces: Vec::new(),
        html: String::new(),
        formatting: Formatting::default(),
        is_fit: true,
        after_day: false,
        last: None,
        is_closed: false,
    };
    builder.children(answer, Seat::Plain);
    builder.format(&Formatting::default());
    builder.flush();
    // Where a part of a date, or a number of an issue, is not known, hayagriva leaves the delimiter before it.
    for piece in &mut builder.pieces {
        if let Piece::Html(html) = piece
            && (html.contains(",)") || html.contains(",."))
        {
            *html = html.replace(",)", ")").replace(",.", ".").into();
        }
    }
    let is_fit = builder.is_fit;
    Template { pieces: builder.pieces, is_fit, circa: [false; 2] }
}

/// What part of an answer a text stands in.
#[derive(Clone, Copy)]
enum Seat<'t> {
    Plain,
    /// A URL.
    Address,
    Name(usize),
    Date(&'t Tokens),
}

struct Builder<'a> {
    lexicon: &'a Lexicon<'a>,
    numbering: Numbering,
    pieces: Vec<Piece>,
    html: String,
    formatting: Formatting,
    is_fit: bool,
    /// Whether a day was just filled in: letters right behind it may be those of an ordinal.
    after_day: bool,
    /// The last letter or mark that was taken as it is.
    last: Option<char>,
    /// Whether that is a quotation mark behind a stop.
    is_closed: bool,
}

impl Builder<'_> {
    /// Walks elements, whose depth is bounded by that of the style.
    fn children(&mut self, children: &ElemChildren, seat: Seat<'_>) {
        for child in &children.0 {
            match child {
                ElemChild::Text(text) => self.text(&text.text, &text.formatting, seat),
                ElemChild::Link { text, .. } => {
                    self.last = None;
                    self.text(&text.text, &text.formatting, Seat::Address);
                    self.last = None;
                }
                ElemChild::Markup(text) => self.text(text, &Formatting::default(), seat),
                ElemChild::Elem(elem) => self.elem(elem, seat),
                ElemChild::Transparent { .. } => {}
            }
        }
    }

    fn elem(&mut self, elem: &Elem, seat: Seat<'_>) {
        if elem.meta == Some(ElemMeta::CitationNumber) && self.numbering == Numbering::Left {
            return;
        }
        if matches!(elem.display, Some(Display::Block | Display::Indent)) && !self.is_empty() {
            self.format(&Formatting::default());
            self.html.push_str("<br>");
        }
        match &elem.meta {
            Some(ElemMeta::Name(_, at)) => self.name(*at, &elem.children),
            Some(ElemMeta::Date) => self.date(elem),
            _ => self.children(&elem.children, seat),
        }
        if elem.display == Some(Display::LeftMargin) {
            self.text(" ", &Formatting::default(), Seat::Plain);
        }
    }

    /// Fills in a name. Where it is a family name alone, a given name may be added before it.
    fn name(&mut self, at: usize, children: &ElemChildren) {
        // The hole goes before what formats the name: nothing of that is open here but what stands around all names.
        self.flush();
        let begin = self.pieces.len();
        self.children(children, Seat::Name(at));
        let is_person = matches!(self.lexicon.shape.authors.get(at), Some(Author::Person { .. }));
        let is_given = |piece: &Piece| matches!(piece, Piece::Hole(Hole::Given(..) | Hole::Initial(..)));
        if is_person && !self.pieces[begin..].iter().any(is_given) {
            self.pieces.insert(begin, Piece::Hole(Hole::Forename(at)));
        }
    }

    /// Fills in a date, if it is certain which one it is.
    fn date(&mut self, elem: &Elem) {
        let text = plain(&elem.children);
        let lexicon = self.lexicon;
        let Some(at) = self.which(&text) else {
            self.is_fit &= lexicon.dates.iter().all(Vec::is_empty);
            return self.children(&elem.children, Seat::Date(&Vec::new()));
        };
        let has_year = self.year(at).is_some_and(|year| text.contains(&year.to_string()));
        let tokens = lexicon.dates[at].iter().filter(|(_, hole)| !has_year || !matches!(hole, Hole::ShortYear(_)));
        let tokens: Tokens = tokens.cloned().collect();
        self.hole(Hole::Date(EVENTS[at].0));
        self.after_day = false;
        self.children(&elem.children, Seat::Date(&tokens));
        self.after_day = false;
    }

    /// Finds out which date is printed: the only one there is, or by its year, or by its month.
    fn which(&self, text: &str) -> Option<usize> {
        let shape = self.lexicon.shape;
        let by_year = |at: usize| self.year(at).is_some_and(|year| text.contains(&year.to_string()));
        let by_short =
            |at: usize| self.year(at).is_some_and(|year| text.contains(&format!("{:02}", year.rem_euclid(100))));
        let by_month = |at: usize| {
            let mut names = self.lexicon.dates[at]
                .iter()
                .filter(|(_, hole)| matches!(hole, Hole::MonthName(..) | Hole::Season(..)));
            names.any(|(name, _)| text.contains(name.as_str()))
        };
        let is_there = |at: usize| shape.dates[at] != When::Absent;
        let tests: [&dyn Fn(usize) -> bool; 4] = [&is_there, &by_year, &by_month, &by_short];
        tests.into_iter().find_map(|test| match (test(0), test(1)) {
            (true, false) => Some(0),
            (false, true) => Some(1),
            _ => None,
        })
    }

    /// Returns the year that is printed of a date: its token's, or its own.
    fn year(&self, at: usize) -> Option<i16> {
        match &self.lexicon.shape.dates[at] {
            When::Free(..) => Some(EVENTS[at].2),
            When::Fixed(Dating { year: Year::One(year), .. }) => Some(*year),
            _ => None,
        }
    }

    fn text(&mut self, text: &str, formatting: &Formatting, seat: Seat<'_>) {
        let text = if self.is_empty() { text.trim_start() } else { text };
        if text.is_empty() {
            return;
        }
        self.format(formatting);
        let lexicon = self.lexicon;
        let tokens = match seat {
            Seat::Plain | Seat::Address => &lexicon.plain,
            Seat::Name(at) => lexicon.authors.get(at).unwrap_or(&lexicon.plain),
            Seat::Date(tokens) => tokens,
        };
        let mut rest = text;
        while let Some((at, token, hole)) = earlier(first(rest, tokens), rest.find(LETTER)) {
            self.literal(&rest[..at], seat);
            self.hole(hole.clone());
            self.after_day = matches!(hole, Hole::Day(_) | Hole::DayPadded(_));
            rest = &rest[at + token..];
        }
        self.literal(rest, seat);
    }

    /// Takes a text as it is, if nothing of a token is left in it.
    fn literal(&mut self, text: &str, seat: Seat<'_>) {
        if text.is_empty() {
            return;
        }
        self.is_fit &= !is_traced(text);
        let numbers = [LOCATOR, LOCATOR_END, LETTER, "64519", "52931", "7391", "7482"];
        self.is_fit &= !numbers.iter().any(|number| text.contains(number));
        let is_free = |when: &When| matches!(when, When::Free(..));
        if matches!(seat, Seat::Date(_)) && self.lexicon.shape.dates.iter().any(is_free) {
            let lower = text.to_lowercase();
            let is_fixed = self.lexicon.shape.dates.iter().any(|when| matches!(when, When::Fixed(_)));
            let digits = text.chars().any(|letter| letter.is_ascii_digit() && letter != '1');
            self.is_fit &= is_fixed || !digits;
            self.is_fit &= is_fixed || !self.lexicon.months.iter().any(|month| lower.contains(month.as_str()));
            let ordinal = |letter: char| letter.is_alphabetic() && u32::from(letter) < 0x2E80;
            self.is_fit &= !(self.after_day && text.starts_with(ordinal));
        }
        self.after_day = false;
        // A question mark or an exclamation mark takes no stop, and one stop no second one, not even behind a quotation mark.
        // hayagriva sets them.
        let is_stopped = self.last == Some('.') || self.is_closed;
        let is_stop_too_many = is_stopped && !text.starts_with("..");
        let text = if is_stop_too_many { text.strip_prefix('.').unwrap_or(text) } else { text };
        self.is_closed = text.ends_with(".”") || (text == "”" && self.last == Some('.'));
        let last = &mut self.last;
        let is_stop_too_many = |mark: char| matches!(last.replace(mark), Some('?' | '!')) && mark == '.';
        match seat {
            Seat::Address => escape(text, &mut self.html),
            _ => escape(&text.replace(is_stop_too_many, ""), &mut self.html),
        }
    }

    fn hole(&mut self, hole: Hole) {
        // A season has no number.
        if let Hole::Month(event) | Hole::MonthPadded(event) = &hole {
            let of = |at: &usize| EVENTS[*at].0 == *event;
            let at = (0..EVENTS.len()).find(of).expect("each event is in the list");
            self.is_fit &= !matches!(self.lexicon.shape.dates[at], When::Free(Precision::Season, _));
        }
        self.flush();
        self.last = None;
        self.is_closed = false;
        self.pieces.push(Piece::Hole(hole));
    }

    fn format(&mut self, formatting: &Formatting) {
        if self.formatting != *formatting {
            markup::close(&self.formatting, &mut self.html);
            markup::open(formatting, &mut self.html);
            self.formatting = *formatting;
        }
    }

    fn flush(&mut self) {
        if !self.html.is_empty() {
            self.pieces.push(Piece::Html(std::mem::take(&mut self.html).into()));
        }
    }

    fn is_empty(&self) -> bool {
        self.pieces.is_empty() && self.html.is_empty()
    }
}

/// Finds the first token in a text, of several the longest: where, how long, and what it becomes.
fn first<'t>(text: &str, tokens: &'t Tokens) -> Option<(usize, usize, &'t Hole)> {
    let found = tokens
        .iter()
        .filter(|(token, _)| !token.is_empty())
        .filter_map(|(token, hole)| text.find(token.as_str()).map(|at| (at, token.len(), hole)));
    // Of equal ones the one that was named first.
    found.reduce(|best, next| if (next.0, usize::MAX - next.1) < (best.0, usize::MAX - best.1) { next } else { best })
}

/// Returns what comes first: a token, or the letter behind a year.
fn earlier(token: Option<(usize, usize, &Hole)>, letter: Option<usize>) -> Option<(usize, usize, &Hole)> {
    let letter = letter.map(|at| (at, LETTER.len(), &Hole::Letter));
    match (token, letter) {
        (Some(token), Some(letter)) => Some(if letter.0 < token.0 { letter } else { token }),
        (token, letter) => token.or(letter),
    }
}

/// Returns the text of elements.
fn plain(children: &ElemChildren) -> String {
    let mut out = String::new();
    children.write_buf(&mut out, hayagriva::BufWriteFormat::Plain).expect("a string takes all that is written to it");
    out
}

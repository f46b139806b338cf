//! The values of a work, ready to be filled into templates.

use std::fmt::Write as _;

use super::dating::{Dating, Within, Year};
use super::letters::Setting;
use super::name::Name;
use super::shape::{Event, FIELDS, Words, date, particle, text};
use super::template::{Hole, Piece, Template};
use super::work::Work;
use crate::html::{escape, escaped};

/// The values of a work, as markup where they are not set in different ways.
#[derive(Debug)]
pub(super) struct Values {
    texts: [Option<Setting>; 5],
    authors: Vec<AuthorValues>,
    dates: [Option<DateValues>; 2],
}

#[derive(Debug)]
struct AuthorValues {
    /// The family name, or the name as it is.
    name: Setting,
    given: Setting,
    /// The first letter of each given name, escaped.
    initials: Vec<Box<str>>,
}

#[derive(Debug)]
struct DateValues {
    year: Box<str>,
    short: Box<str>,
    month: u8,
    day: u8,
}

/// What is known of a citation beside its work.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Cited<'a> {
    /// The locator, split where it is a range.
    pub(super) locator: (&'a str, &'a str),
    /// The work's number in the list.
    pub(super) number: usize,
    /// The number of the first note on it.
    pub(super) first_note: usize,
}

impl Values {
    /// Takes the values of a work.
    pub(super) fn of(work: &Work) -> Values {
        let setting = |text: &str| match Words::of(text) {
            Words::Free { head, tail } => Setting::new(text, head.len(), tail.len()),
            Words::Absent | Words::Fixed(_) => Setting::new(text, 0, 0),
        };
        let texts = FIELDS.map(|(field, key)| {
            text(work, field).map(|text| if key == "URL" { Setting::new(text, 0, 0) } else { setting(text) })
        });
        let authors = work.authors.iter().map(|name| match name {
            Name::Literal(text) => {
                AuthorValues { name: setting(text.trim()), given: Setting::new("", 0, 0), initials: Vec::new() }
            }
            Name::Person { family, given, .. } => {
                let words = given.split([' ', '-', '.']).filter_map(|word| word.chars().next());
                AuthorValues {
                    name: Setting::new(particle(family).1, 0, 0),
                    given: Setting::new(given.trim_end_matches('.'), 0, 0),
                    initials: words.map(|letter| escaped(&letter.to_string()).into()).collect(),
                }
            }
        });
        let dates =
            [Event::Issued, Event::Accessed].map(|event| date(work, event).map(|dating| DateValues::of(&dating)));
        Values { texts, authors: authors.collect(), dates }
    }

    /// Fills the values into a template; `circa` is said before a date in doubt of which the style does not say so.
    pub(super) fn fill(&self, template: &Template, cited: &Cited<'_>, circa: &str, out: &mut String) {
        for piece in &template.pieces {
            match piece {
                Piece::Html(html) => out.push_str(html),
                Piece::Hole(Hole::Date(event)) if template.circa[*event as usize] => out.push_str(circa),
                Piece::Hole(hole) => self.fill_hole(hole, cited, out),
            }
        }
    }

    fn fill_hole(&self, hole: &Hole, cited: &Cited<'_>, out: &mut String) {
        let text = |field: super::shape::Field| self.texts[field as usize].as_ref();
        let date = |event: &Event| self.dates[*event as usize].as_ref();
        match hole {
            Hole::Text(field, letters) => out.push_str(text(*field).map_or("", |text| text.html(*letters))),
            Hole::Stripped(field, letters) => out.extend(text(*field).map(|text| text.stripped(*letters))),
            Hole::Literal(at, letters) | Hole::Family(at, letters) => {
                out.push_str(self.authors.get(*at).map_or("", |author| author.name.html(*letters)));
            }
            Hole::Given(at, letters) => {
                out.push_str(self.authors.get(*at).map_or("", |author| author.given.html(*letters)))
            }
            Hole::Initial(at, word) => {
                out.push_str(
                    self.authors.get(*at).and_then(|author| author.initials.get(*word)).map_or("", |letter| letter),
                );
            }
            Hole::Date(_) => {}
            Hole::Year(event) => out.push_str(date(event).map_or("", |date| &date.year)),
            Hole::ShortYear(event) => out.push_str(date(event).map_or("", |date| &date.short)),
            Hole::MonthName(event, names) => {
                let month = date(event).map_or(0, |date| usize::from(date.month));
                out.push_str(names.get(month.wrapping_sub(1)).map_or("", String::as_str));
            }
            Hole::Month(event) => number(out, date(event).map_or(0, |date| date.month), 1),
            Hole::MonthPadded(event) => number(out, date(event).map_or(0, |date| date.month), 2),
            Hole::Day(event) => number(out, date(event).map_or(0, |date| date.day), 1),
            Hole::DayPadded(event) => number(out, date(event).map_or(0, |date| date.day), 2),
            Hole::Locator => escape(cited.locator.0, out),
            Hole::LocatorEnd => escape(cited.locator.1, out),
            Hole::Number => number(out, cited.number, 1),
            Hole::FirstNote => number(out, cited.first_note, 1),
        }
    }
}

impl DateValues {
    fn of(dating: &Dating) -> DateValues {
        let (year, short) = match &dating.year {
            Year::One(year) => (year.to_string(), format!("{:02}", year.rem_euclid(100))),
            Year::Text(text) => (escaped(text), escaped(text)),
        };
        let (month, day) = match dating.part {
            Within::Nothing | Within::Season(_) => (0, 0),
            Within::Month(month) => (month, 0),
            Within::Day(month, day) => (month, day),
        };
        DateValues { year: year.into(), short: short.into(), month, day }
    }
}

/// Appends a number, filled up with zeros.
fn number(out: &mut String, number: impl std::fmt::Display, width: usize) {
    write!(out, "{number:0width$}").expect("a string takes all that is written to it");
}

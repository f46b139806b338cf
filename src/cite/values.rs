//! The values of a work, ready to be filled into templates.

use std::fmt::Write as _;

use super::apart::Told;
use super::dating::{Dating, Within, Year};
use super::letters::{Letters, Setting};
use super::name::Name;
use super::shape::{Event, FIELDS, Words, date, particle, text};
use super::sorting::year;
use super::template::{Hole, Piece, Template};
use super::title::Titled;
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
    /// The earliest year, of as many digits as every other one.
    earliest: Box<str>,
    year: Box<str>,
    short: Box<str>,
    month: u8,
    day: u8,
    /// The season, 1 spring to 4 winter, in place of a month.
    season: u8,
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
    /// What tells the work apart from others on the page.
    pub(super) told: Option<&'a Told>,
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
        let dates = [Event::Issued, Event::Accessed].map(|event| {
            let written = if event == Event::Issued { &work.issued } else { &work.accessed };
            let earliest = written.as_ref().map(year).unwrap_or_default();
            date(work, event).map(|dating| DateValues::of(&dating, &earliest))
        });
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

    /// Fills in a title with what stands around it; `None` where marks of its own would be lost.
    pub(super) fn title(&self, titled: &Titled<'_>) -> Option<String> {
        let (Hole::Text(field, _) | Hole::Stripped(field, _)) = titled.hole else { return None };
        self.texts[*field as usize].as_ref().filter(|text| text.is_bare())?;
        let mut out = titled.before.clone();
        self.fill_hole(titled.hole, &Cited::default(), &mut out);
        out.push_str(&titled.behind);
        Some(out)
    }

    /// Returns what a template of a key says, as plain text: people are named whole, with the family name first and nothing
    /// between them but a comma, and a date is said as far as it is printed, from its earliest year.
    pub(super) fn key(&self, template: &Template) -> String {
        let (mut html, mut last) = (String::new(), None);
        for (at, piece) in template.pieces.iter().enumerate() {
            match piece {
                Piece::Html(words) => html.push_str(words),
                Piece::Hole(Hole::Family(author, _) | Hole::Literal(author, _)) => {
                    if let Some(behind) = last {
                        html.truncate(behind);
                        html.push_str(", ");
                    }
                    if let Some(author) = self.authors.get(*author) {
                        html.push_str(author.name.html(Letters::AsWritten));
                        html.push(' ');
                        html.push_str(author.given.html(Letters::AsWritten));
                    }
                    last = Some(html.len());
                }
                Piece::Hole(Hole::Date(event)) => {
                    if let Some(date) = &self.dates[*event as usize] {
                        date.key(&template.pieces[at + 1..], &mut html);
                    }
                }
                Piece::Hole(
                    Hole::Given(..)
                    | Hole::Initial(..)
                    | Hole::Year(_)
                    | Hole::ShortYear(_)
                    | Hole::Month(_)
                    | Hole::MonthPadded(_)
                    | Hole::MonthName(..)
                    | Hole::Season(..)
                    | Hole::Day(_)
                    | Hole::DayPadded(_),
                ) => {}
                Piece::Hole(hole) => self.fill_hole(hole, &Cited::default(), &mut html),
            }
        }
        let mut is_tag = false;
        html.retain(|letter| {
            is_tag |= letter == '<';
            let is_text = !is_tag;
            is_tag &= letter != '>';
            is_text
        });
        html
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
            Hole::Forename(at) => {
                out.push_str(cited.told.and_then(|told| told.forenames.get(*at)).map_or("", |name| name))
            }
            Hole::Letter => out.push_str(cited.told.map_or("", |told| &told.letter)),
            Hole::Date(_) => {}
            Hole::Year(event) => out.push_str(date(event).map_or("", |date| &date.year)),
            Hole::ShortYear(event) => out.push_str(date(event).map_or("", |date| &date.short)),
            Hole::MonthName(event, names) => {
                let month = date(event).map_or(0, |date| usize::from(date.month));
                out.push_str(names.get(month.wrapping_sub(1)).map_or("", String::as_str));
            }
            Hole::Season(event, names) => {
                let season = date(event).map_or(0, |date| usize::from(date.season));
                out.push_str(names.get(season.wrapping_sub(1)).map_or("", String::as_str));
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
    /// Appends what the date is sorted by: its earliest year, then its month and day, as far as they are printed.
    fn key(&self, pieces: &[Piece], out: &mut String) {
        let holes = pieces.iter().filter_map(|piece| if let Piece::Hole(hole) = piece { Some(hole) } else { None });
        let (mut month, mut day) = (0, 0);
        out.push_str(&self.earliest);
        for hole in holes.take_while(|hole| !matches!(hole, Hole::Date(_))) {
            match hole {
                Hole::Month(_) | Hole::MonthPadded(_) | Hole::MonthName(..) => month = self.month,
                Hole::Season(..) => month = 3 * self.season,
                Hole::Day(_) | Hole::DayPadded(_) => day = self.day,
                _ => {}
            }
        }
        number(out, month, 2);
        number(out, day, 2);
    }

    fn of(dating: &Dating, earliest: &str) -> DateValues {
        let (year, short) = match &dating.year {
            Year::One(year) => (year.to_string(), format!("{:02}", year.rem_euclid(100))),
            Year::Text(text) => (escaped(text), escaped(text)),
        };
        let (month, day, season) = match dating.part {
            Within::Nothing => (0, 0, 0),
            Within::Season(season) => (0, 0, season),
            Within::Month(month) => (month, 0, 0),
            Within::Day(month, day) => (month, day, 0),
        };
        DateValues { earliest: earliest.into(), year: year.into(), short: short.into(), month, day, season }
    }
}

/// Appends a number, filled up with zeros.
fn number(out: &mut String, number: impl std::fmt::Display, width: usize) {
    write!(out, "{number:0width$}").expect("a string takes all that is written to it");
}

//! What is looked for in an answer: the tokens of a shape in all forms that a style can give them.

use std::sync::Arc;

use super::letters::{LETTERS, Letters, between, stripped};
use super::months::Months;
use super::shape::{Author, EVENTS, Event, FIELDS, Precision, Shape, When, Words};
use super::template::{FIRST_NOTE, Hole, LOCATOR, LOCATOR_END, NUMBER};
use super::token::{FAMILY, GIVEN, given_token, text_token};

/// What is looked for in a text, and what it becomes.
pub(super) type Tokens = Vec<(String, Hole)>;

/// The tokens of a shape.
pub(super) struct Lexicon<'a> {
    pub(super) shape: &'a Shape,
    /// Those of texts and numbers.
    pub(super) plain: Tokens,
    /// Those of each author's name.
    pub(super) authors: Vec<Tokens>,
    /// Those of each date.
    pub(super) dates: [Tokens; 2],
    /// The beginnings of the names of the months that are tokens, in lower case.
    pub(super) months: Vec<String>,
}

impl Lexicon<'_> {
    /// Gathers what stands for the values of a shape.
    pub(super) fn new<'a>(shape: &'a Shape, months: &Months) -> Lexicon<'a> {
        let mut plain = vec![
            (LOCATOR.to_owned(), Hole::Locator),
            (LOCATOR_END.to_owned(), Hole::LocatorEnd),
            (NUMBER.to_string(), Hole::Number),
            (FIRST_NOTE.to_string(), Hole::FirstNote),
        ];
        for (at, ((field, _), words)) in FIELDS.iter().zip(&shape.texts).enumerate() {
            if let Words::Free { head, tail } = words {
                texts(&text_token(at), head, tail, |letters| Hole::Text(*field, letters), &mut plain);
                let (head, tail) = (stripped(head), stripped(tail));
                let token = stripped(&text_token(at));
                texts(&token, &head, &tail, |letters| Hole::Stripped(*field, letters), &mut plain);
            }
        }
        let mut tokens =
            Lexicon { shape, plain, authors: Vec::new(), dates: [Vec::new(), Vec::new()], months: Vec::new() };
        tokens.authors = shape.authors.iter().enumerate().map(|(at, author)| author_tokens(at, author)).collect();
        for (at, (event, _, year)) in EVENTS.iter().enumerate() {
            tokens.date(at, *event, *year, months);
        }
        tokens
    }

    fn date(&mut self, at: usize, event: Event, year: i16, months: &Months) {
        let When::Free(precision, _) = self.shape.dates[at] else { return };
        let mut tokens =
            vec![(year.to_string(), Hole::Year(event)), ((year % 100).to_string(), Hole::ShortYear(event))];
        let (class, has_day) = match precision {
            Precision::Year => (None, false),
            Precision::Season => (Some(months.season()), false),
            Precision::Month(class) | Precision::FirstDay(class) => (Some(class), false),
            Precision::Day(class) => (Some(class), true),
        };
        if let Some(class) = class {
            let month = months.token(class, at);
            let at = usize::from(month) - 1;
            for name in [&months.long[at], &months.short[at]] {
                self.months.push(name.to_lowercase().chars().take(3).collect());
            }
            for form in &months.forms {
                let hole = match precision {
                    Precision::Season => Hole::Season(event, Arc::clone(&months.seasons)),
                    _ => Hole::MonthName(event, Arc::clone(&form.html)),
                };
                tokens.push((form.names[at].clone(), hole));
            }
            tokens
                .push((format!("{month:02}"), if month < 10 { Hole::MonthPadded(event) } else { Hole::Month(event) }));
            tokens.push((month.to_string(), Hole::Month(event)));
        }
        if has_day {
            let day = months.day(at);
            tokens.push((format!("{day:02}"), Hole::DayPadded(event)));
            tokens.push((day.to_string(), Hole::Day(event)));
        }
        self.dates[at] = tokens;
    }
}

/// Adds the forms of a token that stands between marks.
fn texts(token: &str, head: &str, tail: &str, hole: impl Fn(Letters) -> Hole, into: &mut Tokens) {
    let whole = format!("{head}{token}{tail}");
    for letters in LETTERS {
        into.push((between(&letters.set(&whole), head, tail), hole(letters)));
    }
}

fn author_tokens(at: usize, author: &Author) -> Tokens {
    let mut tokens = Vec::new();
    match author {
        Author::Literal(Words::Free { head, tail }) => {
            texts(&text_token(FIELDS.len() + at), head, tail, |letters| Hole::Literal(at, letters), &mut tokens);
        }
        Author::Person { given, .. } => {
            for letters in LETTERS {
                tokens.push((letters.set(FAMILY), Hole::Family(at, letters)));
                // A last full stop stays in the template: where another one follows, it is the same.
                tokens.push((letters.set(given_token(given).trim_end_matches('.')), Hole::Given(at, letters)));
            }
            let initials = GIVEN.iter().enumerate();
            tokens.extend(initials.map(|(word, (capital, _))| ((*capital).to_owned(), Hole::Initial(at, word))));
        }
        _ => {}
    }
    tokens
}

//! Shapes: what a style can tell of a work without reading its values.
//!
//! Two works of one shape are rendered alike but for the values that are filled in. A shape holds what a style asks (type,
//! language, which fields there are, how many authors) and what hayagriva does at the seams of values: how a text begins
//! and ends (a title that ends in `?` takes no stop), whether a given name has initials, whether a month's short name ends
//! in a stop. A value that does not fit in (a title without a letter, a year before 1000) is a part of the shape itself.
//!
//! A shape makes an item for hayagriva in which each free value is a *token*: a text that no style and no language writes,
//! so that it is found again in the answer in whichever letter case it is set.

use std::collections::BTreeMap;

use hayagriva::citationberg::json::{DateValue, Item, LiteralName, NameItem, NameValue, Value, VecDate, VecDateRange};
use hayagriva::types::Person;

use super::dating::{Dating, Within, Year};
use super::months::{Class, Months};
use super::name::Name;
use super::token::{FAMILY, given_pattern, given_token, text_token};
use super::work::Work;

/// The texts of a work.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Field {
    Title,
    ShortTitle,
    Publisher,
    Container,
    Url,
}

/// All texts, each with CSL's name.
pub(super) const FIELDS: [(Field, &str); 5] = [
    (Field::Title, "title"),
    (Field::ShortTitle, "title-short"),
    (Field::Publisher, "publisher"),
    (Field::Container, "container-title"),
    (Field::Url, "URL"),
];

/// The dates of a work.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Event {
    Issued,
    Accessed,
}

/// Both dates, each with CSL's name and the year of its token.
pub(super) const EVENTS: [(Event, &str, i16); 2] =
    [(Event::Issued, "issued", 7391), (Event::Accessed, "accessed", 7482)];

/// The shape of a work.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) struct Shape {
    pub(super) kind: Box<str>,
    language: Option<Box<str>>,
    pub(super) texts: [Words; 5],
    pub(super) authors: Vec<Author>,
    pub(super) dates: [When; 2],
}

/// The shape of a text.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Words {
    /// There is none.
    Absent,
    /// Any text that begins and ends with these marks, and with letters or digits within them.
    Free { head: Box<str>, tail: Box<str> },
    /// This text.
    Fixed(Box<str>),
}

/// The shape of an author.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Author {
    /// A name that is printed as it is.
    Literal(Words),
    /// A person with these particles and this suffix, whose given names are words (`w`) and initials (`i`) in this order.
    Person { particle: Box<str>, given: Box<str>, suffix: Box<str> },
    /// This person.
    Fixed(Name),
}

/// The shape of a date.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum When {
    /// There is none.
    Absent,
    /// Any date of this precision.
    Free(Precision, Doubted),
    /// This date.
    Fixed(Dating),
}

/// How exactly a date is known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Precision {
    Year,
    /// A season, which is printed where a style names the month.
    Season,
    Month(Class),
    /// A day other than the first, which some languages count in another way.
    Day(Class),
    FirstDay(Class),
}

/// Whether a date is uncertain or approximate.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Doubted {
    Yes,
    No,
}

/// The most marks at a text's beginning or end that are part of a shape.
const MARKS: usize = 6;

/// The most authors whose names can be free.
const AUTHORS: usize = 20;

impl Shape {
    /// Returns the shape of a work.
    pub(super) fn of(work: &Work, months: &Months) -> Shape {
        let texts = FIELDS.map(|(field, _)| match field {
            Field::Url => {
                work.url.as_deref().map_or(Words::Absent, |_| Words::Free { head: "".into(), tail: "".into() })
            }
            field => text(work, field).map_or(Words::Absent, Words::of),
        });
        let authors = work.authors.iter().enumerate().map(|(at, name)| match at < AUTHORS {
            true => Author::of(name),
            false => Author::fixed(name),
        });
        let dates = EVENTS.map(|(event, ..)| date(work, event).map_or(When::Absent, |dating| When::of(dating, months)));
        Shape { texts, authors: authors.collect(), dates, ..Shape::bare(work) }
    }

    /// Returns the shape that only this work has: hayagriva itself sees all values, but for a text in place of a year,
    /// which it has no notion of.
    pub(super) fn fixed(work: &Work) -> Shape {
        Shape {
            texts: FIELDS.map(|(field, _)| text(work, field).map_or(Words::Absent, |text| Words::Fixed(text.into()))),
            authors: work.authors.iter().map(Author::fixed).collect(),
            dates: EVENTS.map(|(event, ..)| match date(work, event) {
                Some(dating @ Dating { year: Year::Text(_), .. }) => When::Free(Precision::Year, Doubted::of(&dating)),
                Some(dating) => When::Fixed(dating),
                None => When::Absent,
            }),
            ..Shape::bare(work)
        }
    }

    fn bare(work: &Work) -> Shape {
        Shape {
            kind: if work.kind.is_empty() { "document" } else { work.kind.as_str() }.into(),
            language: work.language.as_deref().map(Into::into),
            texts: FIELDS.map(|_| Words::Absent),
            authors: Vec::new(),
            dates: [When::Absent, When::Absent],
        }
    }

    /// Returns the same shape without a doubt about its dates.
    pub(super) fn certain(&self) -> Shape {
        let mut shape = self.clone();
        for date in &mut shape.dates {
            match date {
                When::Free(_, doubted) => *doubted = Doubted::No,
                When::Fixed(dating) => dating.doubted = false,
                When::Absent => {}
            }
        }
        shape
    }

    /// Tells which dates are in doubt.
    pub(super) fn doubted(&self) -> [bool; 2] {
        self.dates.each_ref().map(|when| match when {
            When::Free(_, doubted) => *doubted == Doubted::Yes,
            When::Fixed(dating) => dating.doubted,
            When::Absent => false,
        })
    }

    /// Makes the item that hayagriva sees: fixed values as they are, tokens in place of the free ones.
    pub(super) fn item(&self, months: &Months) -> Item {
        let mut item: BTreeMap<String, Value> = BTreeMap::new();
        let mut set = |key: &str, text: &str| item.insert(key.to_owned(), Value::String(text.to_owned()));
        set("id", "a");
        set("type", &self.kind);
        if let Some(language) = &self.language {
            set("language", language);
        }
        for ((field, key), words) in FIELDS.iter().zip(&self.texts) {
            match words {
                Words::Absent => None,
                Words::Free { head, tail } => set(key, &format!("{head}{}{tail}", text_token(*field as usize))),
                Words::Fixed(text) => set(key, text),
            };
        }
        if !self.authors.is_empty() {
            let names = self.authors.iter().enumerate().map(|(at, author)| author.value(at));
            item.insert("author".to_owned(), Value::Names(names.collect()));
        }
        for ((_, key, year), (event, when)) in EVENTS.iter().zip(self.dates.iter().enumerate()) {
            let dating = match when {
                When::Absent => continue,
                When::Fixed(dating) => dating.clone(),
                When::Free(precision, doubted) => precision.token(event, *year, *doubted, months),
            };
            item.insert((*key).to_owned(), Value::Date(value_of_date(&dating)));
        }
        Item(item)
    }
}

/// Returns a text of a work. A publisher that is the author, or has the name of what it publishes, is not said twice.
pub(super) fn text(work: &Work, field: Field) -> Option<&str> {
    let text = match field {
        Field::Title => Some(work.title.as_str()),
        Field::ShortTitle => work.short_title(),
        Field::Publisher => work.publisher.as_deref().filter(|publisher| {
            let is_author = work.authors.iter().any(|name| matches!(name, Name::Literal(name) if name == publisher));
            !is_author && work.container_title.as_deref() != Some(*publisher)
        }),
        Field::Container => work.container_title.as_deref(),
        Field::Url => work.url.as_deref(),
    };
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// Returns a date of a work.
pub(super) fn date(work: &Work, event: Event) -> Option<Dating> {
    match event {
        Event::Issued => work.issued.as_ref().and_then(Dating::of),
        Event::Accessed => work.accessed.as_ref().and_then(Dating::of),
    }
}

impl Words {
    /// Returns the shape of a text, which has no white space around it.
    pub(super) fn of(text: &str) -> Words {
        let body = text.trim_matches(|letter: char| !letter.is_alphanumeric());
        let fixed = || Words::Fixed(text.into());
        if !body.contains(char::is_alphabetic) {
            return fixed();
        }
        let start = body.as_ptr() as usize - text.as_ptr() as usize;
        let (head, tail) = (&text[..start], &text[start + body.len()..]);
        let odd = |marks: &str| marks.chars().count() > MARKS || marks.contains(|mark: char| mark.is_control());
        if odd(head) || odd(tail) { fixed() } else { Words::Free { head: head.into(), tail: tail.into() } }
    }
}

impl Author {
    fn of(name: &Name) -> Author {
        match name {
            Name::Literal(text) => Author::Literal(Words::of(text.trim())),
            Name::Person { family, given, suffix } => {
                let (particle, family) = particle(family);
                match given_pattern(given).filter(|_| is_plain(family) && !is_cjk(given)) {
                    Some(given) => Author::Person { particle: particle.into(), given, suffix: suffix.as_str().into() },
                    None => Author::Fixed(name.clone()),
                }
            }
        }
    }

    fn fixed(name: &Name) -> Author {
        match name {
            Name::Literal(text) => Author::Literal(Words::Fixed(text.trim().into())),
            person @ Name::Person { .. } => Author::Fixed(person.clone()),
        }
    }

    fn value(&self, at: usize) -> NameValue {
        match self {
            Author::Literal(Words::Absent) => literal(String::new()),
            Author::Literal(Words::Fixed(text)) => literal(text.to_string()),
            Author::Literal(Words::Free { head, tail }) => {
                literal(format!("{head}{}{tail}", text_token(FIELDS.len() + at)))
            }
            Author::Person { particle, given, suffix } => person(particle, FAMILY, &given_token(given), suffix),
            Author::Fixed(Name::Literal(text)) => literal(text.clone()),
            Author::Fixed(Name::Person { family, given, suffix }) => {
                let (particle, family) = self::particle(family);
                person(particle, family, given, suffix)
            }
        }
    }
}

fn literal(literal: String) -> NameValue {
    NameValue::Literal(LiteralName { literal })
}

fn person(particle: &str, family: &str, given: &str, suffix: &str) -> NameValue {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    NameValue::Item(NameItem {
        family: family.to_owned(),
        given: some(given),
        non_dropping_particle: some(particle),
        dropping_particle: None,
        suffix: some(suffix),
        comma_suffix: None,
    })
}

/// Splits the particles off a family name: the words in lower case before the first one that is not.
pub(super) fn particle(family: &str) -> (&str, &str) {
    let mut at = 0;
    for word in family.split_inclusive(char::is_whitespace) {
        if !word.chars().next().is_some_and(char::is_lowercase) {
            break;
        }
        at += word.len();
    }
    if at >= family.len() { ("", family) } else { (family[..at].trim(), &family[at..]) }
}

/// Tells whether a family name has nothing that hayagriva treats apart: only words of letters that begin with a capital,
/// and none of the particles that it knows.
fn is_plain(family: &str) -> bool {
    let of_letters = family.chars().all(|letter| letter.is_alphabetic() || matches!(letter, ' ' | '-' | '’' | '\''));
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    of_letters
        && family.ends_with(char::is_alphabetic)
        && family.split(' ').all(capital)
        && !is_cjk(family)
        && (!family.contains(' ') || named(family).name_particle().is_none())
}

fn is_cjk(name: &str) -> bool {
    named(name).is_cjk()
}

fn named(name: &str) -> Person {
    Person { name: name.to_owned(), given_name: None, prefix: None, suffix: None, comma_suffix: false, alias: None }
}

impl When {
    fn of(dating: Dating, months: &Months) -> When {
        let doubted = Doubted::of(&dating);
        let precision = match (&dating.year, dating.part) {
            (Year::One(..1000 | 10_000..), _) => return When::Fixed(dating),
            (_, Within::Nothing) => Precision::Year,
            (_, Within::Season(_)) => Precision::Season,
            (_, Within::Month(month)) => Precision::Month(months.class(month)),
            (_, Within::Day(month, 1)) => Precision::FirstDay(months.class(month)),
            (_, Within::Day(month, _)) => Precision::Day(months.class(month)),
        };
        When::Free(precision, doubted)
    }
}

impl Doubted {
    fn of(dating: &Dating) -> Doubted {
        if dating.doubted { Doubted::Yes } else { Doubted::No }
    }
}

impl Precision {
    /// Returns the date that stands for all of this precision.
    fn token(self, event: usize, year: i16, doubted: Doubted, months: &Months) -> Dating {
        let part = match self {
            Precision::Year => Within::Nothing,
            Precision::Season => Within::Month(months.token(months.season(), event)),
            Precision::Month(class) => Within::Month(months.token(class, event)),
            Precision::Day(class) => Within::Day(months.token(class, event), months.day(event)),
            Precision::FirstDay(class) => Within::Day(months.token(class, event), 1),
        };
        Dating { year: Year::One(year), part, doubted: doubted == Doubted::Yes }
    }
}

/// Returns a date as CSL-JSON has it. A text in place of a year is never fixed: its token's year is a number. Of a season
/// hayagriva is not told: in a style that numbers the months, it would print autumn as March.
fn value_of_date(dating: &Dating) -> DateValue {
    let year = if let Year::One(year) = dating.year { year } else { i16::MAX };
    let parts = match dating.part {
        Within::Nothing | Within::Season(_) => vec![year],
        Within::Month(month) => vec![year, i16::from(month)],
        Within::Day(month, day) => vec![year, i16::from(month), i16::from(day)],
    };
    DateValue::DateParts {
        date_parts: VecDateRange(vec![VecDate(parts)]),
        literal: None,
        season: None,
        circa: dating.doubted,
    }
}

//! The order in which a style sets works: in its list, and within one citation.
//!
//! hayagriva sorts documents of its own, and renders each work anew for each comparison. Here each key of a style is asked
//! for once for each shape of works, like everything else, and the values are filled in; then texts are compared by the
//! order of the language. As CSL 1.0.2 wants it, names count whole and with the family name first, dates by their days, and
//! works without a value stand last.

use hayagriva::citationberg::taxonomy::{DateVariable, NameVariable, StandardVariable, Variable};
use hayagriva::citationberg::{Sort, SortDirection, SortKey};

use super::bibliography::{Bibliography, Place};
use super::name::Name;
use super::shape::{FIELDS, text};
use super::work::Work;
use crate::model::date::{Edtf, End};

/// Makes the sort keys of texts, which compare by bytes as the texts do in a language.
pub type Collate = fn(language: &str, texts: &[&str]) -> Vec<Vec<u8>>;

/// What is sorted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Sorted {
    /// The list of works.
    List,
    /// The works of one citation.
    Citation,
}

/// Returns the rank of each work, equal where the style does not care; `None` where the style does not sort.
pub(super) fn ranks(bibliography: &Bibliography, sorted: Sorted, collate: Collate) -> Option<Vec<u32>> {
    let keys = &sort(bibliography, sorted)?.keys;
    let columns: Vec<(Vec<Option<Vec<u8>>>, bool)> = keys
        .iter()
        .enumerate()
        .map_while(|(at, key)| {
            let texts = column(bibliography, sorted, at, key)?;
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            let collated = collate(bibliography.engine.language(), &texts);
            let values = texts.iter().zip(collated).map(|(text, key)| (!text.is_empty()).then_some(key));
            Some((values.collect(), key.sort_direction() == SortDirection::Descending))
        })
        .collect();
    if columns.is_empty() {
        return None;
    }
    let compare = |one: usize, other: usize| {
        let by_column = columns.iter().map(|(values, falls)| match (&values[one], &values[other]) {
            (Some(one), Some(other)) if *falls => other.cmp(one),
            (Some(one), Some(other)) => one.cmp(other),
            (one, other) => other.is_some().cmp(&one.is_some()),
        });
        by_column.reduce(std::cmp::Ordering::then).unwrap_or(std::cmp::Ordering::Equal)
    };
    let mut order: Vec<usize> = (0..bibliography.len()).collect();
    order.sort_by(|one, other| compare(*one, *other));
    let mut ranks = vec![0; order.len()];
    let mut rank = 0;
    for (at, work) in order.iter().enumerate() {
        if at > 0 && compare(order[at - 1], *work).is_lt() {
            rank += 1;
        }
        ranks[*work] = rank;
    }
    Some(ranks)
}

/// Returns how a style sorts.
pub(super) fn sort(bibliography: &Bibliography, sorted: Sorted) -> Option<&Sort> {
    let csl = &bibliography.engine.csl;
    match sorted {
        Sorted::List => csl.bibliography.as_ref()?.sort.as_ref(),
        Sorted::Citation => csl.citation.sort.as_ref(),
    }
}

/// Returns what each work has for a key: nothing where it has no value. `None` for the number of a work in its list, by
/// which no list is sorted before there is one: what is equal so far stays in the order of the page.
fn column(bibliography: &Bibliography, sorted: Sorted, at: usize, key: &SortKey) -> Option<Vec<String>> {
    let of = |value: &dyn Fn(&Work) -> String| bibliography.works().map(value).collect();
    match key {
        SortKey::MacroName { .. } => {
            let place = Place::Key(sorted, u8::try_from(at).ok()?);
            Some((0..bibliography.len()).map(|work| bibliography.key(work, place.clone())).collect())
        }
        SortKey::Variable { variable: Variable::Number(_), .. } => None,
        SortKey::Variable { variable, .. } => Some(of(&|work| variable_of(work, *variable))),
    }
}

fn variable_of(work: &Work, variable: Variable) -> String {
    match variable {
        Variable::Name(NameVariable::Author) => work.authors.iter().map(whole).collect::<Vec<_>>().join("\u{2029}"),
        Variable::Date(DateVariable::Issued) => work.issued.as_ref().map(day).unwrap_or_default(),
        Variable::Date(DateVariable::Accessed) => work.accessed.as_ref().map(day).unwrap_or_default(),
        Variable::Standard(StandardVariable::Language) => work.language.clone().unwrap_or_default(),
        Variable::Standard(standard) => {
            let name = Variable::Standard(standard).to_string();
            let field = FIELDS.iter().find(|(_, key)| *key == name).map(|(field, _)| *field);
            field.and_then(|field| text(work, field)).unwrap_or_default().to_owned()
        }
        _ => String::new(),
    }
}

/// Returns a name with the family name first.
fn whole(name: &Name) -> String {
    match name {
        Name::Person { family, given, .. } => format!("{family} {given}"),
        Name::Literal(text) => text.clone(),
    }
}

/// Returns the year in which a date begins, as a text that sorts.
pub(super) fn year(date: &Edtf) -> String {
    let value = match date {
        Edtf::Date(date) | Edtf::Time { day: date, .. } | Edtf::Interval(End::Date(date), _) => date.year.first(),
        Edtf::Interval(..) => i64::MIN,
    };
    format!("{:011}", value.clamp(-10_000_000_000, 10_000_000_000) + 10_000_000_000)
}

/// Returns a date as a text that sorts by its earliest day.
fn day(date: &Edtf) -> String {
    format!("{:010}", date.earliest().clamp(-4_000_000_000, 4_000_000_000) + 5_000_000_000)
}

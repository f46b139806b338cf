//! `near-duplicate-name`: two records of one type have almost the same name, and may be the same person or thing.
//!
//! Titles and aliases are held against each other as `likeness` says; pages are left out, since theirs are headings more
//! than names. Two records are not one where the author says what tells them apart: dates that cannot both be right
//! (`born`, `when`, `issued` …), different outlets, places, parents or subjects, or one that refers to the other in a
//! field, as a relation does.
//!
//! Names are grouped by numbers that alike ones share, so the work grows with the number of names, not with its square;
//! in a group each is held against the few before it, and of each record only the nearest other one is reported.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use super::likeness::{Of, Words};
use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, code};
use crate::file::Span;
use crate::model::name::fold;
use crate::model::{Archive, Ix, Record, Target, Value, Via};

pub(super) const LINT: Lint = Lint { code: &code::NEAR_DUPLICATE_NAME, find };

/// How many names of a group are looked at before each.
const WINDOW: usize = 8;

/// The longest text, in bytes, that is taken for a name.
const LONGEST: usize = 300;

/// Dates of which a thing has one.
static DATES: &[&str] = &["born", "died", "founded", "dissolved", "when", "issued", "published"];

/// References of which a thing has one, or one set.
static REFERENCES: &[&str] = &["publisher", "container-title", "within", "parent", "country", "place", "about"];

/// A name of a record.
#[derive(Clone, Copy)]
struct Name<'a> {
    ix: Ix,
    text: &'a str,
    span: Span,
}

/// Names that share a number: the number and the place of the name in the list of names.
type Shared = Vec<(u64, u32)>;

/// A name without one word that may differ: the number, the place of the name, and that of the word in it.
type Slip = (u64, u32, u32);

fn find(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let archive = subject.archive;
    let names = names(archive);
    let mut search =
        Search { archive, names: &names, nearest: BTreeMap::new(), words: [Words::default(), Words::default()] };
    let (mut alike, slips) = search.numbers(subject.numbers);
    search.pairs(&mut alike);
    let mut slips = search.variants(slips);
    search.pairs(&mut slips);
    for (earlier, later) in search.nearest.values() {
        found.push(fault(archive, &names[*earlier], &names[*later]));
    }
}

/// Keeps the numbers of names from one build to the next: those of a record stay as long as the record is the same.
#[derive(Default)]
pub struct Numbers(Mutex<Vec<(Arc<Record>, Arc<[OfName]>)>>);

/// The numbers of one name.
struct OfName {
    /// Those of the whole name; `None` where it has too few letters.
    whole: Option<[u64; 2]>,
    /// Those of the name without one word that may differ, with the place of the word.
    slips: Box<[(u64, u32)]>,
}

/// Works out the numbers of the names of a record, in the order of [`of_record`].
fn numbers_of(record: &Record, words: &mut Words) -> Arc<[OfName]> {
    let kind = kind_number(record);
    let of_name = |(text, _): (&str, Span)| {
        words.read(text, of(record));
        let whole = words.is_telling().then(|| [words.key() ^ kind, words.run_together() ^ kind]);
        let slips = words.slips().map(|(key, at)| (key ^ kind, u32::try_from(at).unwrap_or(u32::MAX)));
        OfName { whole, slips: if whole.is_some() { slips.collect() } else { Box::default() } }
    };
    of_record(record).map(of_name).collect()
}

/// Returns the names of a record that are compared, each with its place.
fn of_record(record: &Record) -> impl Iterator<Item = (&str, Span)> {
    let title = std::iter::once((record.title.as_str(), record.title_span));
    let all = title.chain(record.aliases.iter().map(|alias| (alias.text.as_str(), alias.span)));
    all.filter(|(text, _)| record.kind.name != "page" && text.len() <= LONGEST)
}

/// Returns every name, those of one record together, by record.
fn names(archive: &Archive) -> Vec<Name<'_>> {
    let named = |ix: Ix| of_record(archive.record(ix)).map(move |(text, span)| Name { ix, text, span });
    archive.all().flat_map(named).collect()
}

struct Search<'a> {
    archive: &'a Archive,
    names: &'a [Name<'a>],
    /// For each record the nearest one before it, as two names.
    nearest: BTreeMap<Ix, (usize, usize)>,
    words: [Words; 2],
}

impl Search<'_> {
    /// Returns the numbers of whole names, and those of names without one word that may differ, with its place.
    fn numbers(&self, kept: &Numbers) -> (Shared, Vec<Slip>) {
        let entries = &self.archive.entries;
        let last = std::mem::take(&mut *kept.0.lock().expect("no thread panics while it holds what is kept"));
        let numbers = entries.par_iter().enumerate().with_min_len(64).map_init(Words::default, |words, (at, entry)| {
            let known = last.get(at).filter(|(record, _)| Arc::ptr_eq(record, &entry.record));
            let numbers = known.map_or_else(|| numbers_of(&entry.record, words), |(_, numbers)| Arc::clone(numbers));
            (Arc::clone(&entry.record), numbers)
        });
        let numbers: Vec<_> = numbers.collect();
        let (mut alike, mut slips) =
            (Vec::with_capacity(2 * self.names.len()), Vec::with_capacity(3 * self.names.len()));
        for (name, number) in numbers.iter().flat_map(|(_, of_names)| of_names.iter()).zip(0..) {
            alike.extend(name.whole.iter().flatten().map(|key| (*key, number)));
            slips.extend(name.slips.iter().map(|(key, at)| (*key, number, *at)));
        }
        *kept.0.lock().expect("no thread panics while it holds what is kept") = numbers;
        (alike, slips)
    }

    /// Returns the numbers of words that may differ by a letter, where all other words are those of another name.
    fn variants(&self, mut slips: Vec<Slip>) -> Shared {
        slips.par_sort_unstable();
        let groups: Vec<&[Slip]> = slips.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1).collect();
        let variants = groups.par_iter().with_min_len(64).map_init(Words::default, |words, group| {
            let mut variants = Vec::new();
            for (key, number, at) in *group {
                let name = &self.names[*number as usize];
                words.read(name.text, of(self.archive.record(name.ix)));
                words.variants(*at as usize, |variant| variants.push((key ^ variant, *number)));
            }
            variants
        });
        variants.flatten_iter().collect()
    }

    /// Holds names that share a number against each other.
    fn pairs(&mut self, shared: &mut Shared) {
        shared.par_sort_unstable();
        for group in shared.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
            for (at, (_, later)) in group.iter().enumerate().skip(1) {
                for (_, earlier) in &group[at.saturating_sub(WINDOW)..at] {
                    self.pair(*earlier as usize, *later as usize);
                }
            }
        }
    }

    fn pair(&mut self, earlier: usize, later: usize) {
        let (one, another) = (&self.names[earlier], &self.names[later]);
        // What was found first is nearer, or as near and of an earlier record.
        if one.ix == another.ix || self.nearest.contains_key(&another.ix) {
            return;
        }
        let (record, other) = (self.archive.record(one.ix), self.archive.record(another.ix));
        if record.kind.name != other.kind.name {
            return;
        }
        let [words, other_words] = &mut self.words;
        words.read(one.text, of(record));
        other_words.read(another.text, of(other));
        if words.is_like(other_words) && !is_told_apart(self.archive, one.ix, another.ix) {
            self.nearest.insert(another.ix, (earlier, later));
        }
    }
}

fn of(record: &Record) -> Of {
    if record.kind.name == "person" { Of::People } else { Of::Things }
}

/// Returns a number for the type of a record: no name shares one with a name of another type.
fn kind_number(record: &Record) -> u64 {
    record.kind.name.bytes().fold(0, |number: u64, byte| (number ^ u64::from(byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}

/// Tells whether the fields of two records of one type say that they are two.
fn is_told_apart(archive: &Archive, one: Ix, another: Ix) -> bool {
    let (fields, others) = (&archive.record(one).fields, &archive.record(another).fields);
    let differ_in_date =
        |name: &&str| fields.date(name).zip(others.date(name)).is_some_and(|(date, other)| !date.may_overlap(other));
    let differ_in_reference = |name: &&str| {
        let (these, those) = (targets(archive, one, name), targets(archive, another, name));
        !these.is_empty() && !those.is_empty() && !these.iter().any(|target| those.contains(target))
    };
    let refers = |from: Ix, to: Ix| {
        archive.backlinks[to.at()].iter().any(|link| link.from == from && matches!(link.via(), Via::Field(_)))
    };
    DATES.iter().any(differ_in_date)
        || REFERENCES.iter().any(differ_in_reference)
        || refers(one, another)
        || refers(another, one)
}

/// Returns what a field refers to: records, or words as they are compared.
fn targets(archive: &Archive, ix: Ix, field: &str) -> Vec<Result<Ix, String>> {
    let fields = &archive.record(ix).fields;
    let slots = fields.reference(field).into_iter().chain(match fields.find(field).map(|found| &found.value) {
        Some(Value::List(_)) => fields.references(field).take(WINDOW).collect(),
        _ => Vec::new(),
    });
    let target = |slot: usize| match archive.target(ix, slot) {
        Target::Record(to) => Some(Ok(*to)),
        Target::Text => Some(Err(fold(&archive.record(ix).references[slot].target).into_owned())),
        _ => None,
    };
    slots.filter_map(target).collect()
}

fn fault(archive: &Archive, earlier: &Name<'_>, later: &Name<'_>) -> Diagnostic {
    let (other, record) = (archive.record(earlier.ix), archive.record(later.ix));
    let message = if fold(earlier.text) == fold(later.text) {
        format!("\"{}\" is also the name of {}", later.text, other.origin.path)
    } else {
        format!("\"{}\" is almost \"{}\" ({})", later.text, earlier.text, other.origin.path)
    };
    let fault = Diagnostic::new(&code::NEAR_DUPLICATE_NAME, message).at(&record.origin.path, later.span);
    fault.help("if they are one, merge the files and keep the other spelling as an alias")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::testing::{check_as_of, checker, found};

    checker!(super::LINT);

    /// Returns a site of two records in a folder, with these fields.
    fn two(folder: &str, one: &str, another: &str) -> String {
        format!("//- {folder}/one.md\n+++\n{one}\n+++\n//- {folder}/two.md\n+++\n{another}\n+++\n")
    }

    #[track_caller]
    fn is_found(folder: &str, one: &str, another: &str) {
        let found = found(None, &two(folder, one, another), &super::LINT);
        assert_eq!(found.len(), 1, "{one} and {another}");
    }

    #[track_caller]
    fn is_not_found(folder: &str, one: &str, another: &str) {
        check(&two(folder, one, another), &[]);
    }

    #[test]
    fn the_later_of_two_records_is_found_at_its_name() {
        check(
            &two("people", "title = \"Mara Lindqvist\"", "title = \"Mara Lindquist\""),
            &["content/people/two.md:2:9: \"Mara Lindquist\" is almost \"Mara Lindqvist\" (content/people/one.md)"],
        );
        check(
            &two("people", "title = \"Mara Lindqvist\"", "title = \"mara  lindqvist\""),
            &["content/people/two.md:2:9: \"mara lindqvist\" is also the name of content/people/one.md"],
        );
        check(
            &two(
                "people",
                "title = \"M. L.\"\naliases = [\"Mara\", \"Lindqvist, Mara\"]",
                "title = \"Mara Lindqvist\"",
            ),
            &["content/people/two.md:2:9: \"Mara Lindqvist\" is almost \"Lindqvist, Mara\" (content/people/one.md)"],
        );
        check(
            &two("people", "title = \"Mara Lindqvist\"", "aliases = [\"Anna Berg\", \"Mara Lindgvist\"]"),
            &["content/people/two.md:2:25: \"Mara Lindgvist\" is almost \"Mara Lindqvist\" (content/people/one.md)"],
        );
    }

    #[test]
    fn a_name_is_compared_within_its_type() {
        let name = "title = \"Mara Lindqvist\"";
        check(&format!("//- people/mara.md\n+++\n{name}\n+++\n//- places/mara.md\n+++\n{name}\n+++\n"), &[]);
        for folder in ["people", "organisations", "places", "sources", "dossiers"] {
            is_found(folder, name, name);
        }
        is_not_found("pages", name, name);
    }

    #[test]
    fn names_of_one_record_are_its_own() {
        is_not_found("people", "title = \"Mara Lindqvist\"\naliases = [\"Mara Lindquist\"]", "title = \"Jonas Ferro\"");
    }

    #[test]
    fn dates_that_cannot_both_be_right_tell_two_apart() {
        let born = |born: &str| format!("title = \"John Smith\"\nborn = \"{born}\"");
        is_not_found("people", &born("1961"), &born("1991"));
        is_found("people", &born("1961"), &born("1961-05-01"));
        is_found("people", &born("1961?"), &born("1962"));
        is_found("people", &born("1961"), "title = \"John Smith\"");
        let when = |when: &str| format!("title = \"Hearing of the committee\"\nwhen = \"{when}\"");
        is_not_found("events", &when("2021-05-01"), &when("2021-05-02"));
        is_found("events", &when("2021-05-01"), &when("2021-05"));
    }

    #[test]
    fn so_do_different_outlets_places_and_subjects() {
        let story = |outlet: &str| format!("title = \"Annual report\"\npublisher = \"{outlet}\"");
        is_not_found("sources", &story("The Courier"), &story("The Herald"));
        is_found("sources", &story("The Courier"), &story("the courier"));
        let claim = |about: &str| {
            format!(
                "title = \"Took a bribe\"\nabout = [{about}]\nassessments = [{{ on = \"2021\", status = \"alleged\" }}]"
            )
        };
        let people = "//- people/mara.md\n//- people/jonas.md\n";
        check(&(two("claims", &claim("\"mara\""), &claim("\"jonas\"")) + people), &[]);
        let both = two("claims", &claim("\"mara\""), &claim("\"jonas\", \"mara\"")) + people;
        check(&both, &["content/claims/two.md:2:9: \"Took a bribe\" is also the name of content/claims/one.md"]);
    }

    #[test]
    fn a_record_that_refers_to_the_other_one_is_another() {
        let son = "title = \"John Smith\"\nrelations = [{ type = \"family-of\", to = \"one\" }]";
        is_not_found("people", "title = \"John Smith\"", son);
        is_not_found("organisations", "title = \"The Ministry\"", "title = \"The Ministry\"\nparent = \"one\"");
    }

    #[test]
    fn a_record_is_reported_once() {
        let person = |file: &str, title: &str| format!("//- people/{file}.md\n+++\ntitle = \"{title}\"\n+++\n");
        let site = person("a", "Mara Lindqvist") + &person("b", "Mara Lindgvist") + &person("c", "Mara Lindqvist");
        check(
            &site,
            &[
                "content/people/b.md:2:9: \"Mara Lindgvist\" is almost \"Mara Lindqvist\" (content/people/a.md)",
                "content/people/c.md:2:9: \"Mara Lindqvist\" is also the name of content/people/a.md",
            ],
        );
    }

    #[test]
    fn a_record_that_is_not_yet_known_has_no_name() {
        let issued = |day: &str| format!("title = \"Annual report\"\nissued = \"{day}/..\"");
        let site = two("sources", &issued("2021"), &issued("2023"));
        check_as_of("2022", &site, &super::LINT, &[]);
        is_found("sources", &issued("2021"), &issued("2023"));
    }

    #[test]
    fn thousands_of_one_name_end_soon() {
        let mut site = String::new();
        for n in 0..3_000 {
            writeln!(site, "//- people/p{n:04}.md\n---\ntitle: Mara Lindqvist\n---").unwrap();
        }
        assert_eq!(found(None, &site, &super::LINT).len(), 2_999);
    }
}

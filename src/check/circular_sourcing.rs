//! `circular-sourcing`: sources that rest on each other in a circle.
//!
//! A paper that quotes an agency that quotes the paper looks like two reports, and is one rumour without an origin.
//! A walk along `rests-on` from each source in turn finds the circles, in one pass and without recursion: a source that
//! was walked to its end, or that stands in a circle that was reported, is not entered again. So each group of sources
//! that rest on each other is reported, and a source at most once.

use std::collections::{BTreeMap, BTreeSet};

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, code};
use crate::model::{Archive, Ix};

pub(super) const LINT: Lint = Lint { code: &code::CIRCULAR_SOURCING, find };

/// How many sources a circle may have whose sources are all named.
const NAMED: usize = 6;

fn find(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let archive = subject.archive;
    let rests_on = rests_on(archive);
    let mut next: BTreeMap<Ix, usize> = BTreeMap::new();
    let mut done: BTreeSet<Ix> = BTreeSet::new();
    let mut places: BTreeMap<Ix, usize> = BTreeMap::new();
    for start in rests_on.keys() {
        // The walk: each source with the reference by which it was left.
        let mut walk: Vec<(Ix, usize)> = Vec::new();
        let mut at = Some(*start).filter(|start| !done.contains(start));
        while let Some(source) = at {
            places.entry(source).or_insert(walk.len());
            let edge = next.entry(source).or_default();
            let Some((to, slot)) = rests_on.get(&source).and_then(|edges| edges.get(*edge)) else {
                done.insert(source);
                places.remove(&source);
                at = walk.pop().map(|(before, _)| before);
                continue;
            };
            *edge += 1;
            if done.contains(to) {
                continue;
            }
            walk.push((source, *slot));
            let Some(place) = places.get(to) else {
                at = Some(*to);
                continue;
            };
            let circle = walk.split_off(*place);
            done.extend(circle.iter().map(|(source, _)| *source));
            for (source, _) in &circle {
                places.remove(source);
            }
            found.push(fault(archive, circle));
            at = walk.pop().map(|(before, _)| before);
        }
    }
}

/// Returns for each source those that it rests on, each with its reference.
fn rests_on(archive: &Archive) -> BTreeMap<Ix, Vec<(Ix, usize)>> {
    let mut all = BTreeMap::new();
    for ix in archive.of_kind("source") {
        let slots = archive.record(ix).fields.references("rests-on");
        let edges: Vec<(Ix, usize)> =
            slots.filter_map(|slot| Some((archive.target(ix, slot).record()?, slot))).collect();
        if !edges.is_empty() {
            all.insert(ix, edges);
        }
    }
    all
}

/// Reports a circle, seen from its first source in the order of the archive.
fn fault(archive: &Archive, mut circle: Vec<(Ix, usize)>) -> Diagnostic {
    let first = (0..circle.len()).min_by_key(|at| circle[*at].0).unwrap_or_default();
    circle.rotate_left(first);
    let (start, slot) = circle[0];
    let id = |at: usize| &archive.record(circle[at].0).id;
    let message = match circle.len() {
        1 => format!("\"{}\" rests on itself", id(0)),
        2..=NAMED => {
            let named: Vec<String> = (1..circle.len()).map(|at| format!("\"{}\"", id(at))).collect();
            format!("\"{}\" rests on {}, which rests on \"{}\"", id(0), named.join(", which rests on "), id(0))
        }
        many => format!("\"{}\" rests on \"{}\", and so on, by way of {many} sources, on itself", id(0), id(1)),
    };
    let record = archive.record(start);
    let fault = Diagnostic::new(&code::CIRCULAR_SOURCING, message);
    let fault = fault.at(&record.origin.path, record.references[slot].span);
    fault.help("find out which of them came first, and remove its \"rests-on\"")
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::testing::{check_as_of, checker, found};

    checker!(super::LINT);

    /// Returns a site of sources, each with those that it rests on.
    fn sources(all: &[(&str, &str)]) -> String {
        let mut site = String::new();
        for (id, under) in all {
            writeln!(site, "//- sources/{id}.md\n---\nrests-on: [{under}]\n---").unwrap();
        }
        site
    }

    #[test]
    fn a_circle_is_reported_once_at_its_first_source() {
        check(
            &sources(&[("story", "memo, wire"), ("wire", "story"), ("memo", "")]),
            &["content/sources/story.md:2:18: \"story\" rests on \"wire\", which rests on \"story\""],
        );
        check(
            &sources(&[("c", "a"), ("b", "c"), ("a", "b"), ("outside", "a"), ("z", "outside")]),
            &["content/sources/a.md:2:12: \"a\" rests on \"b\", which rests on \"c\", which rests on \"a\""],
        );
        check(&sources(&[("a", "a")]), &["content/sources/a.md:2:12: \"a\" rests on itself"]);
    }

    #[test]
    fn each_group_has_its_circle() {
        check(
            &sources(&[("a", "b"), ("b", "a, c"), ("c", "d"), ("d", "c"), ("e", "b, c, d")]),
            &[
                "content/sources/a.md:2:12: \"a\" rests on \"b\", which rests on \"a\"",
                "content/sources/c.md:2:12: \"c\" rests on \"d\", which rests on \"c\"",
            ],
        );
    }

    #[test]
    fn several_ways_to_one_origin_are_no_circle() {
        check(&sources(&[("a", "b, c"), ("b", "d"), ("c", "d"), ("d", ""), ("e", "a, b, c, d, d")]), &[]);
    }

    #[test]
    fn a_source_that_is_not_yet_published_closes_no_circle() {
        let site = "//- sources/a.md\n---\nrests-on: b\nissued: 2021\n---\n//- sources/b.md\n---\nrests-on: a\nissued: 2023\n---\n";
        check_as_of("2022", site, &super::LINT, &[]);
        check(site, &["content/sources/a.md:2:11: \"a\" rests on \"b\", which rests on \"a\""]);
    }

    #[test]
    fn a_circle_of_thousands_is_told_shortly() {
        let ids: Vec<String> = (0..3_000).map(|n| format!("s{n:04}")).collect();
        let all: Vec<(&str, &str)> = (0..3_000).map(|n| (&*ids[n], &*ids[(n + 1) % 3_000])).collect();
        let found = found(None, &sources(&all), &super::LINT);
        assert_eq!(found.len(), 1);
        assert!(found[0].len() < 300 && found[0].contains("by way of 3000 sources"), "{}", found[0]);
    }
}

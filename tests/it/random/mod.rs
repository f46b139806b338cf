//! A site equals its stripped form, and the site with other private matter: random sites that use every feature there is.
//!
//! 1. `plan` throws the dice for the records of a site; `assemble` has each written in three forms at once.
//! 2. Each form is built; where all three build, names and bytes of their outputs must be the same.
//! 3. Of a site for which they are not, everything is taken away that it can do without, and the rest is printed.
//!
//! `CASEBOOK_SITES` is the number of sites, `CASEBOOK_SEED` the first one.

mod assemble;
mod author;
#[cfg(unix)]
mod binary;
mod block;
mod coverage;
mod dice;
mod field;
mod forms;
mod inline;
pub(crate) mod picture;
mod plan;
mod record;
mod shrink;
mod value;

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use casebook::model::date::Edtf;
use casebook::pipeline::Request;
use casebook::withhold::Drafts;

use crate::site::{Built, build_files};
use forms::{Form, Site};

/// How many sites are built where nobody asks for more.
const SITES: u64 = 160;

/// Builds a form of a site; `None` where it has an error.
fn built(site: &Site, form: Form) -> Result<Built, String> {
    let request = Request {
        as_of: site.as_of.as_ref().map(|date| Edtf::parse(date).expect("a date")),
        drafts: if site.drafts { Drafts::Published } else { Drafts::Withheld },
        ..Request::default()
    };
    let built = build_files(site.files(form), &request);
    if built.json.contains("\"severity\":\"error\"") { Err(built.json) } else { Ok(built) }
}

/// What comparing the forms of a site found.
#[derive(Debug)]
enum Verdict {
    /// They are the same.
    Same,
    /// One has an error, so that there is nothing to compare.
    Void(Form, String),
    /// Their outputs differ.
    Different(Form, String),
}

/// Builds the three forms of a site and compares them.
fn judge(site: &Site) -> Verdict {
    let own = match built(site, Form::Own) {
        Ok(built) => built,
        Err(json) => return Verdict::Void(Form::Own, json),
    };
    for form in [Form::Stripped, Form::Other] {
        match built(site, form) {
            Ok(built) => {
                if let Some(difference) = difference(&own, &built) {
                    return Verdict::Different(form, difference);
                }
            }
            Err(json) => return Verdict::Void(form, json),
        }
    }
    Verdict::Same
}

/// Tells how two builds differ: the routes, and the first lines that do.
fn difference(one: &Built, two: &Built) -> Option<String> {
    let changed = one.changed(two);
    let route = changed.iter().find(|route| one.outputs.contains_key(*route) && two.outputs.contains_key(*route));
    let lines = route.map(|route| {
        let (a, b) = (String::from_utf8_lossy(&one.outputs[route]), String::from_utf8_lossy(&two.outputs[route]));
        let mut pairs = a.lines().zip(b.lines()).filter(|(a, b)| a != b);
        let (a, b) = pairs.next().unwrap_or((&*a, &*b));
        format!("\n  {route}\n    own:   {a}\n    other: {b}")
    });
    (!changed.is_empty()).then(|| format!("{changed:?}{}", lines.unwrap_or_default()))
}

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

#[test]
fn random_sites_equal_their_stripped_forms_and_those_with_other_private_matter() {
    let (count, first) = (number("CASEBOOK_SITES", SITES), number("CASEBOOK_SEED", 1));
    let (next, same) = (AtomicU64::new(first), AtomicUsize::new(0));
    let (failed, voided) = (Mutex::new(Vec::new()), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= first + count || failed.lock().expect("no thread panics").len() > 3 {
                        break;
                    }
                    let (site, _) = assemble::site(seed);
                    match judge(&site) {
                        Verdict::Same => drop(same.fetch_add(1, Ordering::Relaxed)),
                        Verdict::Void(form, json) => voided.lock().expect("no thread panics").push((seed, form, json)),
                        Verdict::Different(..) => failed.lock().expect("no thread panics").push(seed),
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().expect("no thread panics");
    if let Some(seed) = failed.first() {
        panic!(
            "seeds {failed:?} differ; the first, with all taken away that it can do without:\n{}",
            shrink::shrunk(*seed)
        );
    }
    let voided = voided.into_inner().expect("no thread panics");
    let errors = |json: &str| {
        let lines = json.lines().filter(|line| line.contains("\"severity\":\"error\""));
        lines.take(2).map(|line| format!("\n    {line}")).collect::<String>()
    };
    let shown: String =
        voided.iter().take(12).map(|(seed, form, json)| format!("\n  {seed} {form:?}{}", errors(json))).collect();
    if let (1, [(seed, form, json)]) = (count, voided.as_slice()) {
        panic!("{seed} {form:?} has errors:\n{}\n{json}", assemble::site(*seed).0.dump(*form));
    }
    let share = usize::try_from(count).expect("a count") / 10;
    assert!(voided.len() <= share, "{} of {count} sites have errors, and prove nothing:{shown}", voided.len());
}

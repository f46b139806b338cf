//! `missing-response`: a claim about a living person that gives neither an answer nor the day on which one was sought.
//!
//! Whoever is accused has to be heard. One answer is enough, whoever gives it: a lawyer or an office may speak for the
//! person. A person lives unless `living` says otherwise or, where it says nothing, `died` is given.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, code};
use crate::model::{Claim, Ix, Record};

pub(super) const LINT: Lint = Lint { code: &code::MISSING_RESPONSE, find };

fn find(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let archive = subject.archive;
    for (ix, claim) in archive.claims.iter() {
        let record = archive.record(*ix);
        if is_answered(record, claim, subject.as_of) {
            continue;
        }
        let living = |slot: usize| -> Option<(usize, Ix)> {
            let about = archive.target(*ix, slot).record()?;
            is_living(archive.record(about)).then_some((slot, about))
        };
        let people: Vec<(usize, Ix)> = record.fields.references("about").filter_map(living).collect();
        let Some((first, _)) = people.first() else { continue };
        let mut names: Vec<&str> = people.iter().map(|(_, person)| archive.record(*person).title.as_str()).collect();
        names.dedup();
        let verb = if names.len() == 1 { "answers" } else { "answer" };
        let message = format!("nothing says what {} {verb} to this claim", listed(&names));
        let fault = Diagnostic::new(&code::MISSING_RESPONSE, message);
        let fault = fault.at(&record.origin.path, record.references[*first].span);
        found.push(fault.help("add a [[responses]], or response-sought = \"2023-03-20\""));
    }
}

/// Tells whether an answer is given, or was sought. A response that could not be read is there all the same.
fn is_answered(record: &Record, claim: &Claim, as_of: Option<i64>) -> bool {
    let is_later = |day: i64| as_of.is_some_and(|as_of| day > as_of);
    let unread = || {
        let mut dates = record.fields.tables("responses").map(|table| table.date("on"));
        dates.any(|on| on.is_none_or(|on| !is_later(on.earliest())))
    };
    !claim.responses.is_empty() || claim.sought.is_some() || unread()
}

/// Tells whether a record is that of a living person.
fn is_living(record: &Record) -> bool {
    let fields = &record.fields;
    record.kind.name == "person" && fields.bool("living").unwrap_or_else(|| fields.find("died").is_none())
}

/// Returns names as a sentence has them, of many the first two.
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, other] => format!("{one} and {other}"),
        [one, other, rest @ ..] => format!("{one}, {other} and {} more", rest.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check_as_of, checker};

    checker!(super::LINT);

    /// Returns a site with a claim about Mara, who has `person` in her front matter, and with `claim` in the claim's.
    fn site(person: &str, claim: &str) -> String {
        format!(
            r#"
//- people/mara.md
+++
title = "Mara Lindqvist"
{person}
+++
//- claims/delay.md
+++
about = "mara"
assessments = [{{ on = "2023-03-22", status = "alleged" }}]
{claim}
+++
"#
        )
    }

    const FOUND: &str = "content/claims/delay.md:2:9: nothing says what Mara Lindqvist answers to this claim";

    #[test]
    fn a_claim_about_a_living_person_needs_an_answer_or_that_one_was_sought() {
        check(&site("", ""), &[FOUND]);
        check(&site("", "response-sought = \"2023-03-20\""), &[]);
        for kind in ["denial", "admission", "no-comment", "statement"] {
            let response = format!("responses = [{{ on = \"2023-03-22\", by = \"a lawyer\", kind = \"{kind}\" }}]");
            check(&site("", &response), &[]);
        }
    }

    #[test]
    fn the_dead_are_not_asked() {
        check(&site("died = \"2019?\"", ""), &[]);
        check(&site("living = false", ""), &[]);
        check(&site("living = true", ""), &[FOUND]);
        check(&site("died = \"2019\"\nliving = true", ""), &[FOUND]);
    }

    #[test]
    fn an_answer_counts_from_its_day_on() {
        let answered = site("", "responses = [{ on = \"2023-05-01\", by = \"mara\", kind = \"denial\" }]");
        check_as_of("2023-04-01", &answered, &super::LINT, &[FOUND]);
        check_as_of("2023-05-01", &answered, &super::LINT, &[]);
        let sought = site("", "response-sought = \"2023-05\"");
        check_as_of("2023-04-01", &sought, &super::LINT, &[FOUND]);
        check_as_of("2023-05-01", &sought, &super::LINT, &[]);
        check_as_of("2023-03-01", &site("", ""), &super::LINT, &[]);
    }

    #[test]
    fn of_several_the_living_people_are_named_at_the_first_of_them() {
        check(
            r#"
//- people/mara.md
//- people/jonas.md
+++
died = "1999"
+++
//- people/tomas.md
//- organisations/office.md
//- claims/one.md
---
about:
  - office
  - jonas
  - mara
  - "[[tomas|the clerk]]"
assessments: [{ on: 2023, status: alleged }]
---
//- claims/two.md
---
about: [office, jonas]
assessments: [{ on: 2023, status: alleged }]
---
"#,
            &["content/claims/one.md:5:5: nothing says what mara and tomas answer to this claim"],
        );
    }

    #[test]
    fn a_claim_inside_a_dossier_is_found_in_its_file() {
        check(
            r#"
//- dossiers/delay.md
+++
title = "The delay"

[[people]]
id = "mara"
title = "Mara"

[[claims]]
id = "advice"
about = "mara"
assessments = [{ on = "2023", status = "alleged" }]
+++
"#,
            &["content/dossiers/delay.md:10:9: nothing says what Mara answers to this claim"],
        );
    }
}

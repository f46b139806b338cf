//! `uncited-claim`: an assessment of a claim that names no evidence.
//!
//! An assessment decides how the claim stands wherever it is mentioned; without evidence there is only the author's word.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, code};

pub(super) const LINT: Lint = Lint { code: &code::UNCITED_CLAIM, find };

fn find(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let archive = subject.archive;
    for (ix, claim) in archive.claims.iter() {
        let record = archive.record(*ix);
        for assessment in &claim.assessments {
            // Evidence that could not be read is there all the same; its fault was reported.
            let fields = assessment.fields(record);
            if fields.find("evidence").is_none() {
                let fault = Diagnostic::new(&code::UNCITED_CLAIM, "this assessment has no evidence");
                let help = "add evidence = [\"courier-story, para. 1\"]";
                found.push(fault.at(&record.origin.path, fields.span).help(help));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check_as_of, checker};

    checker!(super::LINT);

    #[test]
    fn an_assessment_without_evidence_is_found_at_its_own_place() {
        check(
            r#"
//- claims/delay.md
+++
about = "courier"

[[assessments]]
on = "2023-03-22"
status = "alleged"
evidence = ["story, para. 1"]

[[assessments]]
on = "2023-05-01"
status = "confirmed"
by = "site"
+++
//- sources/story.md
//- organisations/courier.md
"#,
            &["content/claims/delay.md:9:1: this assessment has no evidence"],
        );
    }

    #[test]
    fn in_yaml_too() {
        check(
            r#"
//- claims/delay.md
---
about: courier
assessments:
  - on: 2023-03-22
    status: alleged
    evidence:
  - on: 2023-03-23
    status: alleged
    evidence: story
---
//- sources/story.md
//- organisations/courier.md
"#,
            &["content/claims/delay.md:4:5: this assessment has no evidence"],
        );
    }

    #[test]
    fn what_is_not_yet_known_does_not_count() {
        let site = r#"
//- claims/delay.md
+++
about = "courier"
assessments = [{ on = "2023-03-22", status = "alleged", evidence = "story" }, { on = "2024", status = "refuted" }]
+++
//- sources/story.md
//- organisations/courier.md
"#;
        check_as_of("2023-04-01", site, &super::LINT, &[]);
        check_as_of(
            "2024-01-01",
            site,
            &super::LINT,
            &["content/claims/delay.md:3:79: this assessment has no evidence"],
        );
    }
}

//! `single-source`: an assessment says corroborated or confirmed, and all its evidence comes from one outlet.
//!
//! Two articles of one newspaper are one newspaper. A source that names no outlet speaks for itself: beside an outlet's
//! it is a second voice, and alone it is one. Only sources that are published, and known at the date of the build, count.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, code};
use crate::model::independence::outlet;
use crate::model::{Archive, Assessment, Independence, Ix, Voice};

pub(super) const LINT: Lint = Lint { code: &code::SINGLE_SOURCE, find };

fn find(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let archive = subject.archive;
    for (ix, claim) in archive.claims.iter() {
        let record = archive.record(*ix);
        for assessment in claim.assessments.iter().filter(|it| matches!(&*it.status, "corroborated" | "confirmed")) {
            let Some(only) = only_voice(archive, *ix, assessment) else { continue };
            let message = format!("\"{}\" rests on {only}", assessment.status);
            let fields = assessment.fields(record);
            let span = fields.find("status").map_or(fields.span, |status| status.span);
            let fault = Diagnostic::new(&code::SINGLE_SOURCE, message).at(&record.origin.path, span);
            found.push(fault.help("add evidence from another outlet, or call it \"reported\""));
        }
    }
}

/// Returns the one voice on which an assessment rests, in words; `None` where there are none or several.
fn only_voice(archive: &Archive, claim: Ix, assessment: &Assessment) -> Option<String> {
    let rests = Independence::of(archive, claim, assessment);
    let mut silent = rests.cited.iter().filter(|source| outlet(archive, **source).is_none());
    match (rests.outlets.first(), silent.next()) {
        (Some(one), None) if rests.outlets.len() == 1 => {
            Some(format!("one outlet, \"{}\"", name(archive, one, &rests)))
        }
        (None, Some(source)) if rests.cited.len() == 1 => {
            Some(format!("one source, \"{}\"", archive.record(*source).title))
        }
        _ => None,
    }
}

/// Returns what an outlet is called: its record's title, else the words of the source that names it.
fn name<'a>(archive: &'a Archive, outlet: &'a Voice, rests: &Independence) -> &'a str {
    match outlet {
        Voice::Record(ix) => &archive.record(*ix).title,
        Voice::Text(folded) => {
            let written = rests.cited.iter().flat_map(|source| &archive.record(*source).references);
            let names = written.map(|reference| reference.label.as_deref().unwrap_or(&reference.target));
            names.into_iter().find(|name| crate::model::name::fold(name) == *folded).unwrap_or(folded)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check_as_of, checker};

    checker!(super::LINT);

    /// Returns a site with a claim that has that standing on that evidence.
    fn site(status: &str, evidence: &str) -> String {
        format!(
            r#"
//- organisations/courier.md
+++
title = "The Courier"
+++
//- sources/story.md
+++
publisher = "[[courier|Our paper]]"
+++
//- sources/follow-up.md
+++
container-title = "the courier"
issued = "2023-05-01"
+++
//- sources/herald-story.md
+++
publisher = "The Herald"
issued = "2023-05-01"
+++
//- sources/herald-again.md
+++
publisher = "the  herald"
container-title = "Sunday Supplement"
+++
//- sources/memo.md
+++
title = "A memo"
+++
//- claims/delay.md
+++
about = "courier"
assessments = [{{ on = "2023-04-02", status = "{status}", evidence = [{evidence}] }}]
+++
"#
        )
    }

    const COURIER: &str = "content/claims/delay.md:3:46: \"confirmed\" rests on one outlet, \"The Courier\"";

    #[test]
    fn two_articles_of_one_outlet_are_one_outlet() {
        check(&site("confirmed", "\"story\", \"follow-up, p. 3\""), &[COURIER]);
        check(&site("confirmed", "{ cite = \"story\" }"), &[COURIER]);
        let herald = "content/claims/delay.md:3:46: \"corroborated\" rests on one outlet, \"The Herald\"";
        check(
            &site("corroborated", "\"herald-story\", \"herald-again\""),
            &[herald.replace("The Herald", "the  herald").as_str()],
        );
    }

    #[test]
    fn two_outlets_are_enough_and_so_is_a_document_beside_one() {
        check(&site("confirmed", "\"story\", \"herald-story\""), &[]);
        check(&site("confirmed", "\"story\", \"memo\""), &[]);
    }

    #[test]
    fn one_source_without_an_outlet_is_one_source() {
        check(
            &site("confirmed", "\"memo\""),
            &["content/claims/delay.md:3:46: \"confirmed\" rests on one source, \"A memo\""],
        );
    }

    #[test]
    fn a_more_modest_word_or_no_evidence_at_all_is_not_this_lints_matter() {
        check(&site("reported", "\"story\""), &[]);
        check(&site("refuted", "\"story\""), &[]);
        check(&site("confirmed", ""), &[]);
    }

    #[test]
    fn a_source_that_is_not_yet_published_is_no_second_one() {
        check_as_of("2023-04-30", &site("confirmed", "\"story\", \"herald-story\""), &super::LINT, &[COURIER]);
        check_as_of("2023-05-01", &site("confirmed", "\"story\", \"herald-story\""), &super::LINT, &[]);
        check_as_of("2023-04-01", &site("confirmed", "\"story\""), &super::LINT, &[]);
    }
}

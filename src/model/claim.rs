//! A claim's ledger: who said what of it when, and what was answered.

use crate::model::date::Edtf;
use crate::model::{FieldCitation, Fields, Record, Value};

/// One assessment of a claim.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// When it became known.
    pub on: Edtf,
    /// What the claim became: one of [`crate::kind::STANDINGS`].
    pub status: String,
    /// Who says so, as references of the record.
    pub by: Vec<usize>,
    /// What it rests on.
    pub evidence: Vec<FieldCitation>,
    /// What the reader should know, as a short text of the record.
    pub note: Option<usize>,
}

/// One answer to a claim.
#[derive(Clone, Debug)]
pub struct Response {
    /// When it was given.
    pub on: Edtf,
    /// Who answers, as a reference of the record.
    pub by: Option<usize>,
    /// What kind of answer it is: `denial`, `admission`, `no-comment` or `statement`.
    pub kind: String,
    /// Where it stands.
    pub evidence: Vec<FieldCitation>,
    /// What was answered, as a short text of the record.
    pub note: Option<usize>,
}

/// A claim's ledger, oldest entry first; what is not yet known at the date of the build is left out.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The assessments, by the earliest day on which each became known; equal days as in the file.
    pub assessments: Vec<Assessment>,
    /// The responses, likewise.
    pub responses: Vec<Response>,
    /// When an answer was asked for.
    pub sought: Option<Edtf>,
}

impl Claim {
    /// Reads the ledger of a claim's record; entries from behind `as_of` (a day number) are left out.
    pub fn of(record: &Record, as_of: Option<i64>) -> Claim {
        let known = |date: &Edtf| as_of.is_none_or(|day| date.earliest() <= day);
        let assessments = record.fields.tables("assessments").filter_map(|table| {
            let on = table.date("on")?.clone();
            let status = table.text("status")?.to_owned();
            let by = table.references("by").collect();
            let evidence = table.citations("evidence").cloned().collect();
            Some(Assessment { on, status, by, evidence, note: table.markdown("note") })
        });
        let mut assessments: Vec<Assessment> = assessments.filter(|assessment| known(&assessment.on)).collect();
        assessments.sort_by_key(|assessment| assessment.on.earliest());
        let responses = record.fields.tables("responses").filter_map(|table| {
            let on = table.date("on")?.clone();
            let kind = table.text("kind")?.to_owned();
            let evidence = table.citations("evidence").cloned().collect();
            Some(Response { on, by: table.reference("by"), kind, evidence, note: table.markdown("note") })
        });
        let mut responses: Vec<Response> = responses.filter(|response| known(&response.on)).collect();
        responses.sort_by_key(|response| response.on.earliest());
        let sought = record.fields.date("response-sought").filter(|date| known(date)).cloned();
        Claim { assessments, responses, sought }
    }

    /// Returns the newest assessment, which gives the claim its standing.
    pub fn newest(&self) -> Option<&Assessment> {
        self.assessments.last()
    }

    /// Returns the claim's present standing.
    pub fn standing(&self) -> &str {
        self.newest().map_or("unproven", |assessment| assessment.status.as_str())
    }

    /// Returns the response that is shown beside the claim: the newest denial, else the newest response.
    pub fn response(&self) -> Option<&Response> {
        self.responses.iter().rev().find(|response| response.kind == "denial").or(self.responses.last())
    }
}

/// Tells whether a value of a field is a list with something in it.
pub fn is_filled(fields: &Fields, name: &str) -> bool {
    fields.find(name).is_some_and(|value| !matches!(&value.value, Value::List(list) if list.is_empty()))
}

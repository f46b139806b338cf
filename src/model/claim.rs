//! A claim's ledger: who said what of it when, and what was answered.

use crate::model::date::Edtf;
use crate::model::{FieldCitation, Fields, Ix, Record, Target, Value};

/// One assessment of a claim.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// Which item of the record's `assessments` it is.
    pub item: usize,
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
    /// Who that is.
    pub speaker: Speaker,
    /// Whether that is one of those whom the claim is about.
    pub is_subject: bool,
    /// What kind of answer it is: `denial`, `admission`, `no-comment` or `statement`.
    pub kind: String,
    /// Where it stands.
    pub evidence: Vec<FieldCitation>,
    /// What was answered, as a short text of the record.
    pub note: Option<usize>,
}

/// Who answers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Speaker {
    /// A record.
    Record(Ix),
    /// Somebody of that name.
    Named(String),
    /// It is not said.
    Unknown,
}

impl Response {
    /// Tells whether it says yes or no.
    fn is_decisive(&self) -> bool {
        matches!(self.kind.as_str(), "denial" | "admission")
    }
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
    /// How many the claim is about.
    pub subjects: usize,
}

impl Assessment {
    /// Returns the fields of the assessment in the claim's record.
    pub fn fields<'r>(&self, record: &'r Record) -> &'r Fields {
        match record.fields.list("assessments").get(self.item).map(|item| &item.value) {
            Some(Value::Table(table)) => table,
            _ => panic!("an assessment was read from a table of its record"),
        }
    }
}

impl Claim {
    /// Reads the ledger of a claim's record; entries from behind `as_of` (a day number) are left out. `targets` are what the
    /// record's references lead to.
    pub fn of(record: &Record, targets: &[Target], as_of: Option<i64>) -> Claim {
        let known = |date: &Edtf| as_of.is_none_or(|day| date.earliest() <= day);
        let assessments = record.fields.list("assessments").iter().enumerate().filter_map(|(item, value)| {
            let Value::Table(table) = &value.value else { return None };
            let on = table.date("on")?.clone();
            let status = table.text("status")?.to_owned();
            let by = table.references("by").collect();
            let evidence = table.citations("evidence").cloned().collect();
            Some(Assessment { item, on, status, by, evidence, note: table.markdown("note") })
        });
        let mut assessments: Vec<Assessment> = assessments.filter(|assessment| known(&assessment.on)).collect();
        assessments.sort_by_key(|assessment| assessment.on.earliest());
        let about: Vec<Ix> = record.fields.references("about").filter_map(|slot| targets.get(slot)?.record()).collect();
        let responses = record.fields.tables("responses").filter_map(|table| {
            let on = table.date("on")?.clone();
            let kind = table.text("kind")?.to_owned();
            let evidence = table.citations("evidence").cloned().collect();
            let by = table.reference("by");
            let speaker = match by.and_then(|by| targets.get(by)?.record()) {
                Some(ix) => Speaker::Record(ix),
                None => by.map_or(Speaker::Unknown, |by| Speaker::Named(record.references[by].target.to_lowercase())),
            };
            let is_subject = about.iter().any(|subject| speaker == Speaker::Record(*subject));
            Some(Response { on, by, speaker, is_subject, kind, evidence, note: table.markdown("note") })
        });
        let mut responses: Vec<Response> = responses.filter(|response| known(&response.on)).collect();
        responses.sort_by_key(|response| response.on.earliest());
        let sought = record.fields.date("response-sought").filter(|date| known(date)).cloned();
        let subjects = record.fields.references("about").count();
        Claim { assessments, responses, sought, subjects }
    }

    /// Returns the newest assessment, which gives the claim its standing.
    pub fn newest(&self) -> Option<&Assessment> {
        self.assessments.last()
    }

    /// Returns the claim's present standing.
    pub fn standing(&self) -> &str {
        self.newest().map_or("unproven", |assessment| assessment.status.as_str())
    }

    /// Returns the answers that last, oldest first: of each who answered one, the newest; a denial lasts until an admission
    /// takes its place, an admission until a denial does.
    fn lasting(&self) -> Vec<&Response> {
        let mut lasting: Vec<&Response> = Vec::new();
        for response in &self.responses {
            let before = lasting.iter().position(|known| known.speaker == response.speaker);
            match before {
                Some(at) if lasting[at].is_decisive() && !response.is_decisive() => {}
                before => {
                    before.map(|at| lasting.remove(at));
                    lasting.push(response);
                }
            }
        }
        lasting
    }

    /// Returns the response that is shown beside the claim, among those that last. Whom the claim is about comes before
    /// others, a denial before an admission, and both before what is neither; but nobody's denial before a subject's own
    /// admission.
    pub fn response(&self) -> Option<&Response> {
        let lasting = self.lasting();
        let newest = |of: &dyn Fn(&Response) -> bool| lasting.iter().rev().find(|response| of(response)).copied();
        newest(&|response| response.is_subject && response.kind == "denial")
            .or_else(|| newest(&|response| response.is_subject && response.is_decisive()))
            .or_else(|| newest(&|response| response.kind == "denial"))
            .or_else(|| newest(&|response| response.is_subject))
            .or_else(|| newest(&|_| true))
    }

    /// Returns the response of one of those whom the claim is about: their own that lasts, else what was answered by
    /// somebody without a record, who may have spoken for them.
    pub fn response_of(&self, subject: Ix) -> Option<&Response> {
        let lasting = self.lasting();
        let newest = |of: &dyn Fn(&Response) -> bool| lasting.iter().rev().find(|response| of(response)).copied();
        let may_speak = |response: &Response| !matches!(response.speaker, Speaker::Record(_));
        newest(&|response| response.speaker == Speaker::Record(subject))
            .or_else(|| newest(&|response| may_speak(response) && response.kind == "denial"))
            .or_else(|| newest(&|response| may_speak(response)))
    }
}

/// Tells whether a value of a field is a list with something in it.
pub fn is_filled(fields: &Fields, name: &str) -> bool {
    fields.find(name).is_some_and(|value| !matches!(&value.value, Value::List(list) if list.is_empty()))
}

//! On how much an assessment of a claim rests: people, outlets, documents. Only what is published counts.
//!
//! - People are those who say so (`by`) and the unnamed ones whom the cited sources describe (`anonymous`).
//! - Outlets are the publishers of the cited sources; where a source names none, what it stands in.
//! - Documents are the cited sources on which no other cited one rests.
//!
//! The site itself (`by = "site"`) is nobody. What is not yet known at the date of the build is left out, as in the
//! archive.

use std::collections::BTreeSet;

use super::name::fold;
use crate::model::{Archive, Assessment, FieldCitation, Ix, Target};

/// Somebody who speaks: a record, or words that are no record's name.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Voice {
    /// A record.
    Record(Ix),
    /// A name or a description, folded.
    Text(String),
}

/// On how much an assessment rests.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Independence {
    /// The sources that it cites.
    pub cited: BTreeSet<Ix>,
    /// The people.
    pub people: BTreeSet<Voice>,
    /// The outlets.
    pub outlets: BTreeSet<Voice>,
    /// The documents.
    pub documents: BTreeSet<Ix>,
}

impl Independence {
    /// Gathers what an assessment of a claim rests on.
    pub fn of(archive: &Archive, claim: Ix, assessment: &Assessment) -> Independence {
        let slots = assessment.evidence.iter().flat_map(FieldCitation::slots);
        let cited: BTreeSet<Ix> = slots.filter_map(|slot| archive.target(claim, slot).record()).collect();
        let is_person = |voice: &Voice| match voice {
            Voice::Record(ix) => archive.record(*ix).kind.name == "person",
            Voice::Text(_) => true,
        };
        let by = assessment.by.iter().filter(|slot| !archive.record(claim).references[**slot].is_site());
        let outlets: BTreeSet<Voice> = cited.iter().filter_map(|source| outlet(archive, *source)).collect();
        // A paper that says so is no person, though nothing but its name is given.
        let is_outlet = |voice: &Voice| outlets.contains(voice);
        let mut people: BTreeSet<Voice> = by
            .filter_map(|slot| voice(archive, claim, *slot))
            .filter(|voice| is_person(voice) && !is_outlet(voice))
            .collect();
        let mut under = BTreeSet::new();
        for source in &cited {
            let fields = &archive.record(*source).fields;
            people.extend(fields.texts("anonymous").map(|text| Voice::Text(fold(&text.value).into_owned())));
            let rests_on = fields.references("rests-on").filter_map(|slot| archive.target(*source, slot).record());
            under.extend(rests_on.filter(|under| under != source));
        }
        let documents = cited.iter().filter(|source| !under.contains(source)).copied().collect();
        Independence { cited, people, outlets, documents }
    }
}

/// Returns who published a source, or what it stands in; `None` where it says neither.
pub fn outlet(archive: &Archive, source: Ix) -> Option<Voice> {
    let fields = &archive.record(source).fields;
    let slot = fields.reference("publisher").or_else(|| fields.reference("container-title"))?;
    voice(archive, source, slot)
}

/// Returns whom a reference of a record's fields means; `None` where it is not shown.
fn voice(archive: &Archive, ix: Ix, slot: usize) -> Option<Voice> {
    let reference = &archive.record(ix).references[slot];
    let label = reference.label.as_deref();
    match archive.target(ix, slot) {
        Target::Record(to) => Some(Voice::Record(*to)),
        Target::Nothing => None,
        Target::Unknown(_) => label.map(|label| Voice::Text(fold(label).into_owned())),
        _ => Some(Voice::Text(fold(label.unwrap_or(&reference.target)).into_owned())),
    }
}

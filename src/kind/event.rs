//! Events.

use std::borrow::Cow;

use super::Shape::{Citation, Date, List, Reference, ReferenceOrText, Table, Text, Word};
use super::person::STATUS;
use super::{Field, Kind, field};

static PARTICIPANT: &[Field] = &[
    field("who", ReferenceOrText, "Who took part.", "\"ada-example\"").required(),
    field("role", Text, "As what.", "\"witness\""),
];

/// Something that happened, is said to have happened, or was planned.
pub(super) static EVENT: Kind = Kind {
    name: Cow::Borrowed("event"),
    folders: Cow::Borrowed(&[Cow::Borrowed("events")]),
    title: Cow::Borrowed("Events"),
    schema: "Event",
    inline: "events",
    fields: Cow::Borrowed(&[
        field("when", Date, "When it happened (EDTF).", "\"2021-02-03\"").required().also(&["date"]),
        field("place", Reference, "Where it happened.", "\"harbour\""),
        field("participants", List(&Table(PARTICIPANT, Some("who"))), "Who took part, and as what.", "[{ who = \"ada-example\", role = \"witness\" }]"),
        field("status", Word(STATUS), "Whether it happened; occurred if absent.", "\"alleged\""),
        field("evidence", List(&Citation), "What shows it.", "[\"courier-story, para. 1\"]"),
    ]),
};

//! Organisations.

use std::borrow::Cow;

use super::Shape::{Date, Reference, ReferenceOrText, Text};
use super::person::RELATIONS;
use super::{Kind, field};

/// A company, office, party, medium or any other body of people.
pub(super) static ORGANISATION: Kind = Kind {
    name: Cow::Borrowed("organisation"),
    folders: Cow::Borrowed(&[Cow::Borrowed("organisations"), Cow::Borrowed("organizations")]),
    title: Cow::Borrowed("Organisations"),
    schema: "Organization",
    inline: "organisations",
    fields: Cow::Borrowed(&[
        field("kind", Text, "What kind of body it is.", "\"newspaper\""),
        field("founded", Date, "When it was founded.", "\"1921\""),
        field("dissolved", Date, "When it ended.", "\"2020\""),
        field("parent", Reference, "The organisation that it is part of.", "\"ministry\""),
        field("country", ReferenceOrText, "The country that it belongs to.", "\"Norland\""),
        RELATIONS,
    ]),
};

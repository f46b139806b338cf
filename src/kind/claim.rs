//! Claims: what somebody alleges, and what became of it.

use std::borrow::Cow;

use super::Shape::{Citation, Date, List, Markdown, Reference, ReferenceOrText, Table, Word};
use super::{Field, Kind, field};

/// What a claim may be, from first word to last.
pub static STANDINGS: &[&str] = &[
    "alleged", "reported", "disputed", "corroborated", "confirmed", "refuted", "withdrawn", "unproven", "sub-judice",
];

static ASSESSMENT: &[Field] = &[
    field("on", Date, "When it became known, not when it happened.", "\"2023-03-22\"").required(),
    field("status", Word(STANDINGS), "What the claim became on that day.", "\"alleged\"").required(),
    field("by", List(&ReferenceOrText), "Who says so; \"site\" is the site's own finding.", "[\"a security official\"]"),
    field("evidence", List(&Citation), "What it rests on.", "[\"courier-story, para. 1\"]"),
    field("note", Markdown, "What the reader should know about it.", "\"Two officials, one newsroom.\""),
];

static RESPONSE: &[Field] = &[
    field("on", Date, "When it was given.", "\"2023-03-22\"").required(),
    field("by", ReferenceOrText, "Who answers.", "\"ada-example\"").required(),
    field("kind", Word(&["denial", "admission", "no-comment", "statement"]), "What kind of answer it is.", "\"denial\"").required(),
    field("evidence", List(&Citation), "Where it stands.", "[\"courier-story, para. 6\"]"),
    field("note", Markdown, "What was answered.", "\"Through a lawyer.\""),
];

/// A statement whose truth is at issue; its title is the statement.
pub(super) static CLAIM: Kind = Kind {
    name: Cow::Borrowed("claim"),
    folders: Cow::Borrowed(&[Cow::Borrowed("claims")]),
    title: Cow::Borrowed("Claims"),
    schema: "Claim",
    inline: "claims",
    fields: Cow::Borrowed(&[
        field("about", List(&Reference), "Whom or what it is about.", "[\"ada-example\"]").required(),
        field("assessments", List(&Table(ASSESSMENT, None)), "Who says what of it, from when on, on what evidence.", "[{ on = \"2023-03-22\", status = \"alleged\" }]").required(),
        field("responses", List(&Table(RESPONSE, None)), "What was answered.", "[{ on = \"2023-03-22\", by = \"ada-example\", kind = \"denial\" }]"),
        field("response-sought", Date, "When an answer was asked for.", "\"2023-03-20\""),
    ]),
};

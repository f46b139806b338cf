//! Dossiers: a text, and everything that belongs to it.

use std::borrow::Cow;

use super::Shape::{Date, List, Markdown, Records, ReferenceOrText};
use super::{Kind, field};

/// A case, told; its records may stand inside it.
pub(super) static DOSSIER: Kind = Kind {
    name: Cow::Borrowed("dossier"),
    folders: Cow::Borrowed(&[Cow::Borrowed("dossiers")]),
    title: Cow::Borrowed("Dossiers"),
    schema: "NewsArticle",
    inline: "",
    fields: Cow::Borrowed(&[
        field("authors", List(&ReferenceOrText), "Who wrote it.", "[\"Ida Example\"]").also(&["author"]),
        field("published", Date, "When it was published.", "\"2024-05-01\"").also(&["date"]),
        field("standfirst", Markdown, "The sentence or two under the title.", "\"What is known, and what is not.\""),
        field("people", List(&Records("person")), "People, written inside the dossier.", "[{ id = \"ada\", title = \"Ada\" }]"),
        field("organisations", List(&Records("organisation")), "Organisations, written inside the dossier.", "[{ id = \"office\", title = \"Office\" }]").also(&["organizations"]),
        field("places", List(&Records("place")), "Places, written inside the dossier.", "[{ id = \"quay\", title = \"Quay\" }]"),
        field("events", List(&Records("event")), "Events, written inside the dossier.", "[{ id = \"storm\", when = \"2021\" }]"),
        field("sources", List(&Records("source")), "Sources, written inside the dossier.", "[{ id = \"memo\", kind = \"document\" }]"),
        field("claims", List(&Records("claim")), "Claims, written inside the dossier.", "[{ id = \"delay\", about = \"ada\" }]"),
    ]),
};

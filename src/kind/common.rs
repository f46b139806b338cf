//! The fields that every record may have.

use super::Shape::{Body, Bool, Date, File, Free, List, Markdown, Reference, Table, Text, Url, Word};
use super::{Field, field};

/// One entry of `[[corrections]]`.
pub static CORRECTION: &[Field] = &[
    field("on", Date, "The day on which the record was corrected.", "\"2023-06-01\"").required(),
    field("text", Markdown, "What was wrong and what stands now.", "\"An earlier version gave the wrong day.\"").required(),
];

static IMAGE: &[Field] = &[
    field("src", File, "The image file, beside the record.", "\"portrait.jpg\"").required(),
    field("alt", Text, "What the image shows, for those who do not see it.", "\"The harbour at dusk\""),
    field("credit", Text, "Who made the image and under which licence.", "\"Photograph: A. Example\""),
];

static LINK: &[Field] = &[
    field("url", Url, "Where the link leads.", "\"https://example.org/\"").required(),
    field("title", Text, "What stands there.", "\"Official page\""),
];

/// The common fields, in the order in which references list them.
pub static COMMON: &[Field] = &[
    field("type", Text, "The record's type, where its folder does not say it.", "\"person\""),
    field("id", Text, "The name by which other records refer to this one; the file's stem if absent.", "\"ada-example\""),
    field("slug", Text, "Replaces the last part of the page's route.", "\"ada\""),
    field("title", Text, "The record's title; the first heading if absent.", "\"Ada Example\""),
    field("aliases", List(&Text), "Other names; one that begins with / is a redirect.", "[\"A. Example\"]").also(&["alias"]),
    field("summary", Markdown, "One or two sentences for cards, lists and feeds.", "\"Member of parliament.\"").also(&["description"]),
    field("tags", List(&Text), "Tags, for the tag pages.", "[\"harbour\"]").also(&["tag"]),
    field("dossiers", List(&Reference), "The dossiers that the record is part of.", "[\"harbour-case\"]").also(&["dossier"]),
    field("image", Table(IMAGE, Some("src")), "A picture of the record's subject.", "{ src = \"ada.jpg\", alt = \"Ada Example\" }"),
    field("updated", Date, "When the text was last changed in substance.", "\"2024-05-01\""),
    field("lang", Text, "The language of the text (BCP 47), where it is not the site's.", "\"fr\""),
    field("draft", Bool, "A draft is not published without --drafts.", "true"),
    field("visibility", Word(&["public", "private", "confidential"]), "Who may read it: public, private (not published) or confidential (its names must not appear).", "\"private\""),
    field("template", Text, "A template of the theme to use in place of the type's.", "\"person-long.html\""),
    field("reviewed", List(&File), "Files beside the record whose metadata was looked at and may be published.", "[\"report.pdf\"]"),
    field("links", List(&Table(LINK, Some("url"))), "Links to pages elsewhere.", "[\"https://example.org/\"]"),
    field("corrections", List(&Table(CORRECTION, None)), "What was corrected, and when.", "[{ on = \"2023-06-01\", text = \"The day was wrong.\" }]"),
    field("private", Free, "A table of what is kept with the record and never published.", "{ phone = \"…\" }"),
    field("extra", Free, "Anything else, for themes.", "{ colour = \"blue\" }"),
    field("body", Body, "The text of an inline record.", "\"Markdown\""),
];

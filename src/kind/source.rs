//! Sources: the bibliographic records, under CSL's names.

use std::borrow::Cow;

use super::Shape::{Date, File, List, Markdown, Reference, ReferenceOrText, Table, Text, Url, Word};
use super::{Field, Kind, field};

/// The types of the Citation Style Language 1.0.2 (appendix III of its specification).
pub(super) static CSL_TYPES: &[&str] = &[
    "article", "article-journal", "article-magazine", "article-newspaper", "bill", "book", "broadcast", "chapter",
    "classic", "collection", "dataset", "document", "entry", "entry-dictionary", "entry-encyclopedia", "event",
    "figure", "graphic", "hearing", "interview", "legal_case", "legislation", "manuscript", "map", "motion_picture",
    "musical_score", "pamphlet", "paper-conference", "patent", "performance", "periodical", "personal_communication",
    "post", "post-weblog", "regulation", "report", "review", "review-book", "software", "song", "speech", "standard",
    "thesis", "treaty", "webpage",
];

static CAPTURE: &[Field] = &[
    field("file", File, "The stored text, beside the record: txt, md, html or pdf.", "\"capture.html\"").required(),
    field("sha256", Text, "The SHA-256 of the file, in hexadecimal.", "\"…\""),
    field("publish", Word(&["none", "excerpts", "full"]), "How much of the text the page shows; excerpts if absent.", "\"excerpts\""),
    field("noise", List(&Text), "Lines that are not part of the text.", "[\"Advertisement\"]"),
];

static ANNOTATION: &[Field] = &[
    field("quote", Text, "The passage, word for word.", "\"could neither confirm nor deny\"").required().also(&["exact"]),
    field("prefix", Text, "What stands before it, where it occurs twice.", "\"the office\""),
    field("suffix", Text, "What stands behind it, where it occurs twice.", "\"on Friday\""),
    field("note", Markdown, "Why the passage matters.", "\"The office does not deny it.\""),
    field("claims", List(&Reference), "The claims that it bears on.", "[\"delay-advice\"]").also(&["claim"]),
    field("stance", Word(&["supports", "denies", "declines", "limits", "context"]), "What it says of them.", "\"declines\""),
];

/// A work that is cited.
pub(super) static SOURCE: Kind = Kind {
    name: Cow::Borrowed("source"),
    folders: Cow::Borrowed(&[Cow::Borrowed("sources")]),
    title: Cow::Borrowed("Sources"),
    schema: "CreativeWork",
    inline: "sources",
    fields: Cow::Borrowed(&[
        field("kind", Word(CSL_TYPES), "The CSL type.", "\"article-newspaper\""),
        field("author", List(&ReferenceOrText), "Who wrote it.", "[\"Ida Example\"]"),
        field("publisher", ReferenceOrText, "Who published it.", "\"The Courier\""),
        field("container-title", ReferenceOrText, "The newspaper, journal or site that it stands in.", "\"The Courier\""),
        field("issued", Date, "When it was published.", "\"2023-03-22\"").also(&["date"]),
        field("accessed", Date, "When it was read or stored.", "\"2023-03-23\""),
        field("url", Url, "Where it stands.", "\"https://example.org/story\""),
        field("archive-url", Url, "Where a copy of it is archived.", "\"https://archive.example/story\""),
        field("language", Text, "Its language (BCP 47).", "\"en\""),
        field("anonymous", List(&Text), "People it rests on whom it does not name, as it describes them.", "[\"a security official\"]"),
        field("rests-on", List(&Reference), "The sources that it draws on.", "[\"leaked-memo\"]"),
        field("capture", Table(CAPTURE, Some("file")), "The stored text against which quotations are held.", "{ file = \"capture.html\" }"),
        field("annotations", List(&Table(ANNOTATION, None)), "Passages and why they matter.", "[{ quote = \"…\", note = \"…\" }]"),
    ]),
};

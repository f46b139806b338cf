//! Ordinary pages.

use std::borrow::Cow;

use super::Kind;

/// A text that is none of the other types.
pub(super) static PAGE: Kind = Kind {
    name: Cow::Borrowed("page"),
    folders: Cow::Borrowed(&[Cow::Borrowed("pages")]),
    title: Cow::Borrowed("Pages"),
    schema: "CreativeWork",
    inline: "",
    fields: Cow::Borrowed(&[]),
};

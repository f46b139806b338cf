//! Types of the site's own, from `[types.NAME]` of `casebook.toml`.

use std::borrow::Cow;

use super::{Field, Kind, Shape};

/// What `casebook.toml` says of a type.
#[derive(Clone, PartialEq, Debug)]
pub struct Custom {
    /// Its name.
    pub name: String,
    /// The folder of its records and of its list.
    pub folder: String,
    /// The title of its list.
    pub title: String,
    /// Its fields with their shapes.
    pub fields: Vec<(String, Shape)>,
}

/// The words for a field's shape in `[types]`, with what they mean.
static SHAPES: &[(&str, Shape)] = &[
    ("text", Shape::Text),
    ("markdown", Shape::Markdown),
    ("date", Shape::Date),
    ("number", Shape::Number),
    ("boolean", Shape::Bool),
    ("bool", Shape::Bool),
    ("url", Shape::Url),
    ("reference", Shape::Reference),
    ("reference-or-text", Shape::ReferenceOrText),
    ("citation", Shape::Citation),
    ("texts", Shape::List(&Shape::Text)),
    ("dates", Shape::List(&Shape::Date)),
    ("urls", Shape::List(&Shape::Url)),
    ("references", Shape::List(&Shape::Reference)),
    ("citations", Shape::List(&Shape::Citation)),
];

/// Returns the shape that a word of `[types]` means, or all the words there are.
///
/// # Errors
/// Fails with the list of known words where `word` is none of them.
pub fn custom_shape(word: &str) -> Result<Shape, Vec<&'static str>> {
    SHAPES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(word))
        .map(|(_, shape)| *shape)
        .ok_or_else(|| SHAPES.iter().map(|(name, _)| *name).collect())
}

/// Makes the type that `custom` describes.
pub fn custom_kind(custom: Custom) -> Kind {
    let field = |(name, shape): (String, Shape)| Field {
        doc: Cow::Owned(format!("The {name} of a {}.", custom.name)),
        name: Cow::Owned(name),
        also: &[],
        shape,
        required: false,
        example: Cow::Borrowed("\"…\""),
    };
    Kind {
        fields: custom.fields.into_iter().map(field).collect(),
        name: Cow::Owned(custom.name),
        folders: Cow::Owned(vec![Cow::Owned(custom.folder)]),
        title: Cow::Owned(custom.title),
        schema: "Thing",
        inline: "",
    }
}

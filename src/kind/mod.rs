//! Record types as tables: which fields a type has, of what shape, and what each is for.
//!
//! `parse` reads front matter by these tables, `new` writes them out, `explain` and the reference are derived from them.
//! A type of the site's own (`[types.vessel]`) has the same shape as a built-in one.

mod claim;
mod common;
mod custom;
mod dossier;
mod event;
mod organisation;
mod page;
mod person;
mod place;
mod source;

use std::borrow::Cow;

pub use claim::STANDINGS;
pub use common::{COMMON, CORRECTION};
pub use custom::{Custom, custom_kind, custom_shape};

/// What a field holds, and how its text is read.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Shape {
    /// A text, printed as it is.
    Text,
    /// Short Markdown (paragraphs, emphasis, mentions, citations).
    Markdown,
    /// The Markdown of an inline record, which is its body.
    Body,
    /// One word of a list; anything else is an error.
    Word(&'static [&'static str]),
    /// A word of a list, or any other text.
    Open(&'static [&'static str]),
    /// `true` or `false`.
    Bool,
    /// A number.
    Number,
    /// An EDTF date or interval.
    Date,
    /// A URL: http(s), mailto or tel.
    Url,
    /// A file beside the record.
    File,
    /// A reference to a record, which must resolve.
    Reference,
    /// A link where a record fits, else the text itself.
    ReferenceOrText,
    /// A citation without brackets: `"courier-story, para. 1"` or `{ cite, quote }`.
    Citation,
    /// Several; a single value stands for a list of one.
    List(&'static Shape),
    /// A table of fields; where `short` is given, a text stands for that field alone.
    Table(&'static [Field], Option<&'static str>),
    /// Records of a type, written inside a dossier.
    Records(&'static str),
    /// Anything, kept for themes.
    Free,
}

/// One field of a type.
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    /// Its name, hyphens between words.
    pub name: Cow<'static, str>,
    /// Other names that are read as this one.
    pub also: &'static [&'static str],
    /// What it holds.
    pub shape: Shape,
    /// Whether a record without it is incomplete.
    pub required: bool,
    /// What it is for, in one sentence.
    pub doc: Cow<'static, str>,
    /// A value as an author would write it in TOML.
    pub example: Cow<'static, str>,
}

/// Makes a field that may be left out.
pub(crate) const fn field(name: &'static str, shape: Shape, doc: &'static str, example: &'static str) -> Field {
    Field {
        name: Cow::Borrowed(name),
        also: &[],
        shape,
        required: false,
        doc: Cow::Borrowed(doc),
        example: Cow::Borrowed(example),
    }
}

impl Field {
    /// Returns the field, now required.
    const fn required(mut self) -> Field {
        self.required = true;
        self
    }

    /// Returns the field, now also read under other names.
    const fn also(mut self, names: &'static [&'static str]) -> Field {
        self.also = names;
        self
    }
}

/// A record type.
#[derive(Clone, PartialEq, Debug)]
pub struct Kind {
    /// Its name, as in `type = "person"`.
    pub name: Cow<'static, str>,
    /// The folders whose records have this type; the first is where `new` puts one and where its list lies.
    pub folders: Cow<'static, [Cow<'static, str>]>,
    /// The title of its list where the theme's strings have none.
    pub title: Cow<'static, str>,
    /// The schema.org type of its records.
    pub schema: &'static str,
    /// The key under which a dossier holds such records inline; empty for types that cannot stand inline.
    pub inline: &'static str,
    /// Its own fields, beside the common ones.
    pub fields: Cow<'static, [Field]>,
}

impl Kind {
    /// Returns the folder that `new` uses and whose list shows these records.
    pub fn folder(&self) -> &str {
        self.folders.first().map_or("pages", |folder| folder.as_ref())
    }

    /// Returns the fields that such a record may have: the common ones, then its own.
    pub fn all_fields(&self) -> impl Iterator<Item = &Field> {
        COMMON.iter().chain(self.fields.iter())
    }
}

/// Every built-in type, in the order in which lists and references show them.
pub static BUILT_IN: &[&Kind] = &[
    &person::PERSON,
    &organisation::ORGANISATION,
    &place::PLACE,
    &event::EVENT,
    &source::SOURCE,
    &claim::CLAIM,
    &dossier::DOSSIER,
    &page::PAGE,
];

#[cfg(test)]
mod tests {
    use super::BUILT_IN;

    #[test]
    fn every_field_says_what_it_is_for_and_shows_a_value() {
        for kind in BUILT_IN {
            for field in kind.all_fields() {
                assert!(!field.doc.is_empty() && field.doc.ends_with('.'), "{} {}", kind.name, field.name);
                assert!(!field.example.is_empty(), "{} {}", kind.name, field.name);
            }
        }
    }

    #[test]
    fn no_type_has_a_field_twice() {
        for kind in BUILT_IN {
            let mut names: Vec<&str> = kind.all_fields().map(|field| field.name.as_ref()).collect();
            names.sort_unstable();
            let count = names.len();
            names.dedup();
            assert_eq!(names.len(), count, "{}", kind.name);
        }
    }
}

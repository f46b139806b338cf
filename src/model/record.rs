//! One person, event, source, claim, … as its author wrote it.

use std::sync::Arc;

use crate::file::{RelPath, Span};
use crate::kind::Kind;
use crate::markdown::Body;
use crate::model::{Fields, Reference};

/// Who may read a record. The order is from lax to strict.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Visibility {
    /// Everybody.
    Public,
    /// Nobody but its author: it is not published.
    Private,
    /// As private, and its names must stand nowhere.
    Confidential,
}

impl Visibility {
    /// Returns the word for it in front matter.
    pub fn name(self) -> &'static str {
        match self {
            Visibility::Public => "public",
            Visibility::Private => "private",
            Visibility::Confidential => "confidential",
        }
    }
}

/// Another name of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Alias {
    /// The name.
    pub text: String,
    /// Where it stands in the file.
    pub span: Span,
}

/// Where a record stands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Origin {
    /// The file that holds it.
    pub path: RelPath,
    /// For an inline record, its table in the dossier's front matter.
    pub inline: Option<Span>,
}

/// One record, parsed; what is private may still be in it, so that only `parse` and `withhold` see it in this form.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its type.
    pub kind: Arc<Kind>,
    /// The file that holds it.
    pub origin: Origin,
    /// Where it would stand as a file of its own: its path itself, or `content/FOLDER/ID.md` for an inline record.
    pub path: RelPath,
    /// The name by which others refer to it.
    pub id: String,
    /// Whether the author wrote the id, and where.
    pub id_span: Option<Span>,
    /// Its title, in plain text.
    pub title: String,
    /// Where the title stands, for messages.
    pub title_span: Span,
    /// Its other names.
    pub aliases: Vec<Alias>,
    /// Routes that lead to it: the aliases that begin with `/`.
    pub redirects: Vec<Alias>,
    /// Replaces the last part of its route.
    pub slug: Option<Alias>,
    /// Who may read it, as its own front matter says; `None` where it says nothing.
    pub visibility: Option<(Visibility, Span)>,
    /// Whether it is a draft.
    pub draft: bool,
    /// Every field, by the type's table.
    pub fields: Fields,
    /// Every reference of its fields; fields and links refer to them by number.
    pub references: Vec<Reference>,
    /// Every short text of its fields (summary, notes), parsed.
    pub notes: Vec<Body>,
    /// Its text, parsed.
    pub body: Body,
    /// `[extra]` and the keys that no table knows.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Record {
    /// Tells whether this is a folder's own page: `index.md`, or Zola's `_index.md`.
    pub fn is_index(&self) -> bool {
        self.origin.inline.is_none() && matches!(self.path.name(), "index.md" | "_index.md")
    }

    /// Tells whether another record is the same in all that stands in front of its text: most edits change a text alone.
    pub fn has_front_of(&self, other: &Record) -> bool {
        // All that a record has is named, so that nothing new is left out.
        let Record {
            kind,
            origin,
            path,
            id,
            id_span,
            title,
            title_span,
            aliases,
            redirects,
            slug,
            visibility,
            draft,
            fields,
            references,
            notes,
            body: _,
            extra,
        } = self;
        let names = (origin, path, id, id_span, title, title_span, aliases, redirects, slug)
            == (
                &other.origin,
                &other.path,
                &other.id,
                &other.id_span,
                &other.title,
                &other.title_span,
                &other.aliases,
                &other.redirects,
                &other.slug,
            );
        names
            && kind == &other.kind
            && (visibility, draft) == (&other.visibility, &other.draft)
            && (fields, references, notes, extra) == (&other.fields, &other.references, &other.notes, &other.extra)
    }

    /// Tells whether another record goes by the same names.
    pub fn has_names_of(&self, other: &Record) -> bool {
        let aliases = |record: &'_ Record| record.aliases.iter().map(|alias| alias.text.clone()).collect::<Vec<_>>();
        (&self.id, &self.title) == (&other.id, &other.title) && aliases(self) == aliases(other)
    }

    /// Returns the folder whose files belong to the record.
    pub fn folder(&self) -> &str {
        self.path.folder()
    }

    /// Returns where a file that lies beside the record may be: in its folder or below it. Of an inline record that is the
    /// folder in which it would stand as a file of its own, then that of the file that holds it. A name that leads out of
    /// its folder leads nowhere.
    pub fn beside(&self, name: &str) -> impl Iterator<Item = RelPath> {
        let folders = [Some(self.folder()), self.origin.inline.map(|_| self.origin.path.folder())];
        let leads_out = name.starts_with('/') || name.split('/').any(|part| part == "..");
        let folders = folders.into_iter().flatten().filter(move |_| !leads_out);
        folders.filter_map(move |folder| RelPath::resolve(folder, name))
    }

    /// Returns the folders between a folder of the record and a file below it: where one of them is a bundle, the file is
    /// another record's.
    pub fn folders_between<'p>(&self, file: &'p RelPath) -> impl Iterator<Item = &'p str> {
        let own = [self.folder().to_owned(), self.origin.path.folder().to_owned()];
        let outer = |folder: &&'p str| folder.rsplit_once('/').map(|(outer, _)| outer);
        std::iter::successors(Some(file.folder()), outer).take_while(move |folder| !own.iter().any(|own| own == folder))
    }
}

/// Returns the paths at which a folder has a page of its own, which makes it a bundle.
pub fn bundle(folder: &str) -> impl Iterator<Item = RelPath> {
    ["index.md", "_index.md"].into_iter().filter_map(move |name| RelPath::new(&format!("{folder}/{name}")))
}

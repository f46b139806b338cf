//! Archive → what a template sees: one file per page type, each a plain struct and the function that fills it.
//!
//! 1. [`Edition`] is an archive in the words of a theme: what every page shares, made once.
//! 2. [`page`] makes the view of one page. It is a pure function of the edition and the page.
//! 3. Views are small: a page's own record, and cards of others. No view holds another record's body.
//!
//! The structs are the interface of themes; `VIEW.md` of the default theme documents them for authors of themes.

mod a_z;
mod aside;
mod card;
mod claim;
mod claims;
mod corrections;
mod date;
mod digest;
mod dossier;
mod drawing;
mod edition;
mod event;
mod evidence;
mod fact;
#[cfg(test)]
pub(crate) mod fixture;
mod home;
mod host;
mod image;
mod jsonld;
mod list;
mod mention;
mod network;
mod news;
mod not_found;
mod order;
mod pager;
mod passage;
mod place;
mod record;
mod redirect;
mod search;
mod site;
mod source;
mod sources;
mod tags;
mod timeline;
mod uses;
mod words;
mod works;

pub use digest::{Digest, digests};
pub use edition::{Edition, Facts, Fixed, Frames, Wording};
pub use list::counts;
pub use site::{GENERATOR, frame, frames, site};
pub use words::{Words, spoken};
pub use works::{Works, works};

use crate::diagnostic::{Diagnostic, code, near};
use crate::html::Value;
use crate::model::Ix;
use crate::resolve::Page;

/// A template's name and the view that it is given.
pub struct Viewed {
    /// The template.
    pub template: String,
    /// The view.
    pub view: Value,
}

/// Makes the view of the page at `route`; `None` for outputs that no template makes.
pub fn page(edition: &Edition, route: &str, page: &Page) -> Option<Viewed> {
    match page {
        Page::Record(ix) => Some(of_record(edition, route, *ix)),
        page => list::page(edition, route, page),
    }
}

/// Reports records that ask for a template that the theme does not have.
pub fn templates(edition: &Edition) -> Vec<Diagnostic> {
    let asking = edition.archive.all().map(|ix| edition.archive.record(ix)).filter_map(|record| {
        let name = record.fields.text("template").filter(|name| !edition.templates.contains(*name))?;
        let names = edition.templates.iter().map(String::as_str);
        let help = match near::nearest(name, names).first() {
            Some(nearest) => format!("did you mean \"{nearest}\"?"),
            None => "put it into the folder templates/ of the site's theme, or take the line away".to_owned(),
        };
        let fault = Diagnostic::new(&code::TEMPLATE_ERROR, format!("the theme has no template \"{name}\""));
        Some(fault.at(&record.origin.path, record.fields.find("template")?.span).help(help))
    });
    asking.collect()
}

fn of_record(edition: &Edition, route: &str, ix: Ix) -> Viewed {
    let record = edition.archive.record(ix);
    let kind = record.kind.name.as_ref();
    let own = record.fields.text("template").filter(|name| edition.templates.contains(*name)).map(str::to_owned);
    let template = own.unwrap_or_else(|| match kind {
        "person" | "organisation" | "place" | "event" | "source" | "claim" | "dossier" | "page" => {
            format!("{kind}.html")
        }
        // A theme may have a template for a type of the site's own.
        custom if edition.templates.contains(&format!("{custom}.html")) => format!("{custom}.html"),
        _ => "record.html".to_owned(),
    });
    let view = match kind {
        "event" => event::view(edition, route, ix),
        "claim" => claim::view(edition, route, ix),
        "source" => source::view(edition, route, ix),
        "dossier" => dossier::view(edition, route, ix),
        _ => record::view(edition, route, ix),
    };
    Viewed { template, view }
}

//! A site, asked for its outputs: each is made by itself, when it is asked for.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, code};
use crate::file::{Bytes, RelPath, Snapshot, Span};
use crate::html::Value;
use crate::model::Record;
use crate::render::{Asset, Renderer, Theme};
use crate::resolve::Page;
use crate::view::Edition;
use crate::{feed, image, scan, view};

/// What an output is made of.
#[derive(Clone, Debug)]
pub enum Output {
    /// Bytes that were made for it.
    Made(Vec<u8>),
    /// Bytes of a file, as they are.
    File(Bytes),
}

impl AsRef<[u8]> for Output {
    fn as_ref(&self) -> &[u8] {
        match self {
            Output::Made(bytes) => bytes,
            Output::File(bytes) => bytes,
        }
    }
}

/// A site that can be asked for each of its outputs. Immutable.
pub struct Site {
    pub(super) edition: Edition,
    pub(super) renderer: Arc<Renderer>,
    /// What every template sees as `site`.
    pub(super) shared: Value,
    pub(super) theme: Arc<Theme>,
    pub(super) canaries: Arc<scan::Canaries>,
    pub(super) snapshot: Snapshot,
}

/// A record that is published, by what tells it from others.
#[derive(Clone, Debug)]
pub struct Published(Arc<Record>);

impl Published {
    /// Returns the file that holds it.
    pub fn file(&self) -> &RelPath {
        &self.0.origin.path
    }

    /// Returns where it would stand as a file of its own.
    pub fn home(&self) -> &RelPath {
        &self.0.path
    }

    /// Returns its id.
    pub fn id(&self) -> &str {
        &self.0.id
    }
}

/// Tells whether a file goes out as it is: text, which says what it says.
fn is_plain(path: &RelPath) -> bool {
    ["txt", "md", "csv", "json", "css", "js", "woff2"].iter().any(|extension| path.has_extension(extension))
}

impl Site {
    /// Returns every route of the output, sorted.
    pub fn routes(&self) -> impl Iterator<Item = &str> {
        self.edition.pages.routes.keys().map(String::as_str)
    }

    /// Tells whether an output may be made of a file that is no record.
    pub fn publishes(&self, path: &RelPath) -> bool {
        path.below("content").is_none() || self.edition.archive.files.contains_key(path)
    }

    /// Tells how many public records there are.
    pub fn records(&self) -> usize {
        self.edition.archive.entries.len()
    }

    /// Returns every record that is published.
    pub fn published(&self) -> impl Iterator<Item = Published> {
        self.edition.archive.entries.iter().map(|entry| Published(Arc::clone(&entry.record)))
    }

    /// Returns the routes of the pages of records that are not among `before`, and of what is made of the files `touched`.
    pub fn routes_since(&self, before: &[Published], touched: &BTreeSet<RelPath>) -> Vec<&str> {
        let mut known: Vec<*const Record> = before.iter().map(|record| Arc::as_ptr(&record.0)).collect();
        known.sort_unstable();
        let entries = self.edition.archive.entries.iter();
        let new = entries.filter(|entry| known.binary_search(&Arc::as_ptr(&entry.record)).is_err());
        let is_touched = |page: &Page| match page {
            Page::File(path) | Page::Width(path, _) => touched.contains(path),
            Page::Static(name) => {
                matches!(self.theme.statics.get(name), Some(Asset::File(path)) if touched.contains(path))
            }
            _ => false,
        };
        let files = self.edition.pages.routes.iter().filter(|(_, page)| is_touched(page));
        new.map(|entry| entry.route.as_str()).chain(files.map(|(route, _)| route.as_str())).collect()
    }

    /// Returns the configuration.
    pub fn config(&self) -> &Config {
        &self.edition.config
    }

    /// Returns the view of the page at a route, for `inspect`; `None` where no template makes it.
    pub fn view(&self, route: &str) -> Option<Value> {
        let page = self.edition.pages.routes.get(route)?;
        view::page(&self.edition, route, page).map(|viewed| viewed.view)
    }

    /// Makes the output at a route. This is the only way to make one: it depends on the site alone.
    ///
    /// # Errors
    /// Mistakes of templates, files whose metadata nobody looked at, canaries: as diagnostics.
    pub fn output(&self, route: &str) -> Option<Result<Output, Vec<Diagnostic>>> {
        let page = self.edition.pages.routes.get(route)?;
        let made = self.make(route, page).map_err(|fault| vec![*fault]);
        Some(made.and_then(|output| match scan::scan(&self.canaries, route, output.as_ref()) {
            None => Ok(output),
            Some(hit) => Err(vec![leak(&self.canaries, route, hit)]),
        }))
    }

    fn make(&self, route: &str, page: &Page) -> Result<Output, Box<Diagnostic>> {
        let text = |text: String| Ok(Output::Made(text.into_bytes()));
        match page {
            Page::Atom => text(feed::atom(&self.edition)),
            Page::JsonFeed => text(feed::json_feed(&self.edition)),
            Page::Sitemap => text(feed::sitemap(&self.edition)),
            Page::Robots => text(feed::robots(&self.edition)),
            Page::File(path) => self.file(path),
            Page::Width(path, width) => {
                let bytes = self.bytes(path)?;
                image::resize(&bytes, *width)
                    .map(Output::Made)
                    .map_err(|fault| Box::new(metadata(path, &fault.to_string())))
            }
            Page::Static(name) => match self.theme.statics.get(name) {
                Some(Asset::BuiltIn(bytes)) => Ok(Output::Made(bytes.to_vec())),
                Some(Asset::File(path)) => self.file(path),
                None => Err(Box::new(Diagnostic::new(&code::MISSING_FILE, format!("no static file \"{name}\"")))),
            },
            page => {
                let Some(viewed) = view::page(&self.edition, route, page) else { return text(String::new()) };
                self.renderer
                    .render(&viewed.template, &self.shared, viewed.view, route)
                    .map(Output::Made)
                    .map_err(Box::new)
            }
        }
    }

    fn bytes(&self, path: &RelPath) -> Result<Bytes, Box<Diagnostic>> {
        self.snapshot.read(path).map_err(|error| {
            Box::new(
                Diagnostic::new(&code::MISSING_FILE, format!("cannot read {path}: {error}")).at(path, Span::default()),
            )
        })
    }

    /// Publishes a file: texts as they are, images without metadata, anything else once it is reviewed.
    fn file(&self, path: &RelPath) -> Result<Output, Box<Diagnostic>> {
        let bytes = self.bytes(path)?;
        if is_plain(path) || self.edition.is_reviewed(path) {
            return Ok(Output::File(bytes));
        }
        match image::Kind::of_extension(path.extension()) {
            Some(kind) => image::clean(kind, &bytes).map(Output::Made).map_err(|fault| {
                let refused = metadata(path, &fault.to_string());
                let help =
                    "rename it to what it is, or replace it; to publish it all the same, list it under `reviewed`";
                Box::new(if fault.is_of_name() { refused.help(help) } else { refused })
            }),
            None => Err(Box::new(metadata(path, "it may carry names, places and earlier versions that nobody sees"))),
        }
    }
}

/// Reports a canary in an output. Elsewhere than on a terminal it is not named, nor is an output whose name holds it.
fn leak(canaries: &scan::Canaries, route: &str, hit: scan::Hit<'_>) -> Diagnostic {
    let by_name = scan::scan(canaries, route, &[]).is_some();
    let output = if by_name { "the name of an output".to_owned() } else { format!("\"{route}\"") };
    match hit {
        scan::Hit::Canary(canary) => {
            let fault = Diagnostic::new(&code::LEAKED_SECRET, format!("\"{}\" stands in \"{route}\"", canary.text));
            let help = "take it out of the public text; if it is a word that rightly stands there, list it under public-words in [private]";
            let fault = fault.at(&canary.origin.path, canary.origin.span).help(help);
            fault.for_terminal(format!("a confidential string stands in {output}"))
        }
        scan::Hit::Unsearchable => {
            let message = format!("{output} cannot be searched for confidential strings");
            Diagnostic::new(&code::LEAKED_SECRET, message)
                .help("it is packed in a way that cannot be opened: publish it unpacked")
        }
    }
}

fn metadata(path: &RelPath, why: &str) -> Diagnostic {
    let fault = Diagnostic::new(&code::METADATA, format!("{path} is not published: {why}")).at(path, Span::default());
    let help = "look at its metadata, then list it under `reviewed` in its record or in [publish]";
    fault.help(help)
}

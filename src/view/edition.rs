//! An archive in the words of a theme: what every page shares, made once.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use super::{Words, Works};
use crate::config::Config;
use crate::file::RelPath;
use crate::hold::Evidence;
use crate::html::{Value, html, with};
use crate::model::date::{self, Edtf};
use crate::model::{Archive, Ix};
use crate::resolve::{Pages, Style, route, style};

/// What a build was asked for, beside the site's files.
#[derive(Clone, Default, Debug)]
pub struct Facts {
    /// The date of the build, if it shows the past.
    pub as_of: Option<Edtf>,
    /// Whether drafts are published.
    pub drafts: bool,
    /// Whether a dossier's page holds the bodies of what it rests on.
    pub appendices: bool,
    /// Sizes in pixels of the images that records use.
    pub sizes: BTreeMap<RelPath, (u32, u32)>,
    /// Widths in which each image is offered.
    pub widths: BTreeMap<RelPath, Vec<u32>>,
}

/// What a theme says and has.
pub struct Wording {
    /// Its words.
    pub words: Words,
    /// The names of its templates.
    pub templates: BTreeSet<String>,
}

/// What the editions of archives of one shape share.
#[derive(Clone)]
pub struct Fixed {
    works: Arc<Works>,
    config: Arc<Config>,
    pages: Arc<Pages>,
    words: Arc<Words>,
    date_words: Arc<date::Words>,
    templates: Arc<BTreeSet<String>>,
    facts: Arc<Facts>,
    positions: Arc<BTreeMap<Ix, usize>>,
}

impl Fixed {
    /// Makes what editions share out of the first archive of its shape.
    pub fn new(
        archive: &Archive,
        works: Arc<Works>,
        config: Arc<Config>,
        pages: Arc<Pages>,
        theme: Wording,
        facts: Facts,
    ) -> Fixed {
        let Wording { words, templates } = theme;
        let positions = archive.events.iter().enumerate().map(|(at, ix)| (*ix, at)).collect();
        let mut date_words = date::Words::of(&config.lang).clone();
        for (key, word) in words.0.iter().filter(|(key, _)| key.starts_with("date-")) {
            date_words.set(key, word);
        }
        Fixed {
            works,
            config,
            pages,
            words: Arc::new(words),
            date_words: Arc::new(date_words),
            templates: Arc::new(templates),
            facts: Arc::new(facts),
            positions: Arc::new(positions),
        }
    }
}

/// Header and footer by root and section.
pub type Frames = BTreeMap<(String, String), (Value, Value)>;

/// An archive in the words of a theme.
pub struct Edition {
    /// The records.
    pub archive: Archive,
    /// Every quotation, held against its source.
    pub evidence: Arc<Evidence>,
    /// The sources under the site's citation style.
    pub works: Arc<Works>,
    /// The configuration.
    pub config: Arc<Config>,
    /// Every route and what lies there.
    pub pages: Arc<Pages>,
    /// The theme's words.
    pub words: Arc<Words>,
    /// The words for dates.
    pub date_words: Arc<date::Words>,
    /// The names of the theme's templates.
    pub templates: Arc<BTreeSet<String>>,
    /// What the build was asked for.
    pub facts: Arc<Facts>,
    /// The card of each record, for the pages of the depth at which most lie.
    cards: Vec<OnceLock<Value>>,
    /// That depth: how many folders they lie in.
    depth: usize,
    /// The summary of each record.
    summaries: Vec<OnceLock<Value>>,
    /// The place of each event among all.
    positions: Arc<BTreeMap<Ix, usize>>,
    /// What lists are made from, each made once.
    pub(super) lists: super::list::Lists,
    /// Header and footer by root and section, once they are rendered.
    pub frames: Arc<Frames>,
}

impl Edition {
    /// Makes the edition of an archive. `fixed` was made of an archive of the same shape.
    pub fn new(archive: Archive, evidence: Arc<Evidence>, fixed: Fixed) -> Edition {
        let Fixed { works, config, pages, words, date_words, templates, facts, positions } = fixed;
        let mut depths: BTreeMap<usize, usize> = BTreeMap::new();
        for route in pages.routes.keys() {
            *depths.entry(route.matches('/').count()).or_default() += 1;
        }
        let depth = depths.into_iter().max_by_key(|(_, pages)| *pages).map_or(0, |(depth, _)| depth);
        let cards = archive.entries.iter().map(|_| OnceLock::new()).collect();
        let summaries = archive.entries.iter().map(|_| OnceLock::new()).collect();
        Edition {
            archive,
            evidence,
            works,
            config,
            pages,
            words,
            date_words,
            templates,
            facts,
            cards,
            depth,
            summaries,
            positions,
            lists: super::list::Lists::default(),
            frames: Arc::default(),
        }
    }

    /// Returns how pages are laid out.
    pub fn style(&self) -> Style {
        style(&self.config)
    }

    /// Returns the way from a page to the output's root. From the page for routes that are not there, it is absolute.
    pub fn root(&self, route: &str) -> String {
        if route == "404.html" {
            return self.base_path();
        }
        route::root(route)
    }

    /// Returns the path of the base URL, or `/`.
    pub fn base_path(&self) -> String {
        let rest = self.config.base_url.as_deref().and_then(|url| url.split_once("://")).map_or("", |parts| parts.1);
        rest.find('/').map_or("/", |slash| &rest[slash..]).to_owned()
    }

    /// Returns the card of a record for pages that lie as deep as `root` says.
    pub fn card(&self, ix: Ix, root: &str) -> Value {
        // One `../` for each folder; a page that lies in none has `./`.
        let depth = root.len() / "../".len();
        let here = || super::card::card(self, ix, root);
        if depth == self.depth && !root.starts_with('/') {
            return self.cards[ix.at()].get_or_init(here).clone();
        }
        // Cards of pages that lie elsewhere are few, and differ in the link alone.
        match self.cards[ix.at()].get() {
            Some(card) => with(card, "link", html(&super::card::link(self, ix, root))),
            None => here(),
        }
    }

    /// Returns a record's summary in plain text, made once.
    pub(super) fn summary(&self, ix: Ix) -> &Value {
        self.summaries[ix.at()].get_or_init(|| Value::from(super::card::summary(self, ix)))
    }

    /// Returns the place of an event among all, by date.
    pub(super) fn position(&self, ix: Ix) -> Option<usize> {
        self.positions.get(&ix).copied()
    }

    /// Tells whether the author looked at a file's metadata and lets it be published.
    pub fn is_reviewed(&self, path: &RelPath) -> bool {
        let site = self.config.reviewed.iter().any(|(listed, _)| listed.trim_start_matches("./") == path.as_str());
        let beside = |name: &str, folder: &str| RelPath::resolve(folder, name).is_some_and(|listed| listed == *path);
        site || self.archive.entries.iter().any(|entry| {
            let record = &entry.record;
            let mut listed = record.fields.texts("reviewed");
            listed.any(|name| beside(&name.value, record.folder()) || beside(&name.value, record.origin.path.folder()))
        })
    }

    /// Returns the cards of several records.
    pub fn cards(&self, all: &[Ix], root: &str) -> Vec<Value> {
        all.iter().map(|ix| self.card(*ix, root)).collect()
    }

    /// Returns the absolute URL of a link, if the site has a base URL.
    pub fn canonical(&self, link: &str) -> Option<String> {
        self.config.base_url.as_ref().map(|base| format!("{base}{link}"))
    }

    /// Tells whether anything lies where a link from the root leads: a list with nothing to list has no page.
    pub(super) fn is_there(&self, link: &str) -> bool {
        let routes = [link.to_owned(), format!("{link}index.html")];
        link.contains('%') || routes.iter().any(|route| self.pages.routes.contains_key(route))
    }

    /// Returns how the page at a route is linked from the root, if there is one.
    pub fn path_to(&self, parts: &[&str]) -> Option<String> {
        let parts: Vec<String> = parts.iter().map(|part| (*part).to_owned()).collect();
        let route = route::page(&parts, self.style());
        self.pages.routes.contains_key(&route).then(|| route::link(&route, self.style()))
    }
}

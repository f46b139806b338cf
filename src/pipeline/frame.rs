//! All that surrounds texts, made once for archives of one shape. Its parts are kept by what each is made of.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::inputs::Sizes;
use super::memo::{Memo, Same, SameShape};
use crate::cite::{Style, Work};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::file::RelPath;
use crate::html::Value;
use crate::model::date::Edtf;
use crate::model::{Archive, Ix};
use crate::render::{Renderer, Theme};
use crate::resolve::{Counts, Pages};
use crate::view::{Edition, Facts, Fixed, Frames, Wording, Words, Works};
use crate::{html, resolve, view};

/// What a [`Frame`] is made of, beside what the theme and the shape of the archive say.
#[derive(PartialEq)]
pub(super) struct FrameKey {
    pub(super) shape: SameShape,
    pub(super) config: Same<Config>,
    pub(super) theme: Same<Theme>,
    pub(super) style: Same<Style>,
    pub(super) images: Sizes,
    pub(super) as_of: Option<Edtf>,
    pub(super) drafts: bool,
}

/// What the list of pages is made of, and whether it depends on the names of records too.
pub(super) struct PagesKey {
    places: SameShape,
    config: Same<Config>,
    theme: Same<Theme>,
    tags: Same<Tags>,
    files: BTreeMap<RelPath, String>,
    counts: Counts,
    as_of: Option<i64>,
    /// The menu asks for records by their names, and a fault of a route points into a front.
    shape: SameShape,
    is_by_name: bool,
}

type Tags = BTreeMap<String, (String, Vec<Ix>)>;

impl PartialEq for PagesKey {
    fn eq(&self, other: &PagesKey) -> bool {
        // By name, so that none is forgotten.
        let PagesKey { places, config, theme, tags, files, counts, as_of, shape, is_by_name } = self;
        (places, config, theme, tags) == (&other.places, &other.config, &other.theme, &other.tags)
            && (files, counts, as_of) == (&other.files, &other.counts, &other.as_of)
            && (*shape == other.shape || !(*is_by_name || other.is_by_name))
    }
}

/// What the bibliography is made of.
pub(super) type WorksKey = (Vec<(Ix, Work)>, Same<Style>);

/// What headers and footers are made of. To a template's values 1 is 1.0, which prints as something else; such numbers
/// stand in the configuration alone.
pub(super) type FramesKey = (Same<Renderer>, Same<Config>, Value, BTreeSet<(String, String)>);

/// All that surrounds texts: every route, the works cited, templates, headers and footers.
pub(super) struct Frame {
    pub(super) fixed: Fixed,
    /// Faults of routes.
    pub(super) faults: Vec<Diagnostic>,
    /// What every template sees as `site`.
    pub(super) site: Value,
    pub(super) rendered: Rendered,
}

/// Templates, with headers and footers and what is wrong with those; or why the templates cannot be used.
type Rendered = Result<(Arc<Renderer>, Arc<Frames>, Vec<Diagnostic>), Vec<Diagnostic>>;

impl Frame {
    pub(super) fn new(key: &FrameKey, archive: &Archive, statics: &[String], memo: &Memo) -> Frame {
        let (config, theme) = (&key.config.0, &key.theme.0);
        let ((pages, faults), works) = rayon::join(|| pages(key, archive, statics, memo), || works(key, archive, memo));
        let (sizes, widths) = key.images.clone();
        let as_of = key.as_of.clone();
        let facts = Facts { as_of, drafts: key.drafts, appendices: theme.appendices, sizes, widths };
        let wording = Wording { words: Words(theme.strings.clone()), templates: theme.template_names() };
        let fixed = Fixed::new(archive, works, Arc::clone(config), pages, wording, facts);
        let edition = Edition::new(archive.clone(), Arc::default(), fixed.clone());
        let site = view::site(&edition);
        let renderer =
            memo.renderer.get(Same(Arc::clone(theme)), |theme| Ok(Arc::new(Renderer::new(theme.0.clone())?)));
        let rendered = renderer.map(|renderer| {
            let config = Same(Arc::clone(&edition.config));
            let key = (Same(Arc::clone(&renderer)), config, site.clone(), view::frames(&edition));
            let (frames, faults) = memo.frames.get(key, |(renderer, _, site, places)| {
                let (frames, faults) = frames(&renderer.0, site, places);
                (Arc::new(frames), faults)
            });
            (renderer, frames, faults)
        });
        Frame { fixed, faults, site, rendered }
    }
}

/// Lists every page.
fn pages(key: &FrameKey, archive: &Archive, statics: &[String], memo: &Memo) -> (Arc<Pages>, Vec<Diagnostic>) {
    let (config, as_of) = (&key.config.0, key.as_of.as_ref().map(Edtf::earliest));
    let key = PagesKey {
        places: SameShape(archive.places.clone()),
        config: Same(Arc::clone(config)),
        theme: Same(Arc::clone(&key.theme.0)),
        tags: Same(Arc::clone(&archive.tags)),
        files: BTreeMap::clone(&archive.files),
        counts: view::counts(archive, &key.images.1, as_of),
        as_of,
        shape: SameShape(archive.shape.clone()),
        is_by_name: !config.menu.is_empty(),
    };
    let made = |key: &PagesKey| {
        let mut faults = Vec::new();
        let pages = resolve::pages(archive, config, statics, &key.counts, as_of, &mut faults);
        (Arc::new(pages), faults)
    };
    // Where a route is at fault, nothing is kept: what is wrong points into fronts, and these may have changed.
    memo.pages.get_if(key, |(_, faults)| faults.is_empty(), made)
}

/// Puts the sources under the citation style.
fn works(key: &FrameKey, archive: &Archive, memo: &Memo) -> Arc<Works> {
    let style = Same(Arc::clone(&key.style.0));
    let made = |(works, style): &WorksKey| Arc::new(Works::new(works, Style::clone(&style.0)));
    memo.works.get((view::works(archive), style), made)
}

/// Renders headers and footers, which pages of one depth and section share.
fn frames(renderer: &Renderer, site: &Value, places: &BTreeSet<(String, String)>) -> (Frames, Vec<Diagnostic>) {
    let (mut frames, mut found) = (BTreeMap::new(), Vec::new());
    for (root, section) in places {
        let frame = |template: &str| {
            let page = view::frame(root, section);
            renderer.render(template, site, page, template).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        };
        match (frame("header.html"), frame("footer.html")) {
            (Ok(header), Ok(footer)) => {
                frames.insert((root.clone(), section.clone()), (html::html(&header), html::html(&footer)));
            }
            (header, footer) => found.extend([header.err(), footer.err()].into_iter().flatten()),
        }
    }
    (frames, found)
}

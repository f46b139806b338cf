//! All that surrounds texts, made once for archives of one shape.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::inputs::Sizes;
use super::memo::{Same, SameShape};
use crate::cite::Style;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::model::Archive;
use crate::model::date::Edtf;
use crate::render::{Renderer, Theme};
use crate::view::{Edition, Facts, Fixed, Frames, Wording, Words};
use crate::{hold, html, resolve, view};

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

/// All that surrounds texts: every route, the works cited, templates, headers and footers.
pub(super) struct Frame {
    pub(super) fixed: Fixed,
    /// Faults of routes.
    pub(super) faults: Vec<Diagnostic>,
    pub(super) rendered: Rendered,
}

/// Templates, with headers and footers and what is wrong with those; or why the templates cannot be used.
type Rendered = Result<(Arc<Renderer>, Arc<Frames>, Vec<Diagnostic>), Vec<Diagnostic>>;

impl Frame {
    pub(super) fn new(key: &FrameKey, archive: &Archive, evidence: &Arc<hold::Evidence>, statics: &[String]) -> Frame {
        let (config, theme) = (&key.config.0, &key.theme.0);
        let as_of = key.as_of.as_ref().map(Edtf::earliest);
        let (sizes, widths) = key.images.clone();
        let counts = view::counts(archive, &widths, as_of);
        let mut faults = Vec::new();
        let pages = resolve::pages(archive, config, statics, &counts, as_of, &mut faults);
        let as_of = key.as_of.clone();
        let facts = Facts { as_of, drafts: key.drafts, appendices: theme.appendices, sizes, widths };
        let wording = Wording { words: Words(theme.strings.clone()), templates: theme.template_names() };
        let fixed = Fixed::new(archive, Style::clone(&key.style.0), Arc::clone(config), pages, wording, facts);
        let edition = Edition::new(archive.clone(), Arc::clone(evidence), fixed.clone());
        let rendered = Renderer::new(Arc::clone(theme), view::site(&edition)).map(|renderer| {
            let (frames, faults) = frames(&edition, &renderer);
            (Arc::new(renderer), Arc::new(frames), faults)
        });
        Frame { fixed, faults, rendered }
    }
}

/// Renders headers and footers, which pages of one depth and section share.
fn frames(edition: &Edition, renderer: &Renderer) -> (Frames, Vec<Diagnostic>) {
    let (mut frames, mut found) = (BTreeMap::new(), Vec::new());
    for (root, section) in view::frames(edition) {
        let frame = |template: &str| {
            let page = view::frame(&root, &section);
            renderer.render(template, page, template).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        };
        match (frame("header.html"), frame("footer.html")) {
            (Ok(header), Ok(footer)) => {
                frames.insert((root, section), (html::html(&header), html::html(&footer)));
            }
            (header, footer) => found.extend([header.err(), footer.err()].into_iter().flatten()),
        }
    }
    (frames, found)
}

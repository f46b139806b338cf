//! Every stage, in order. Only the first and the last touch the disk; they are not here.
//!
//! 1. read (the caller's): a [`Snapshot`].
//! 2. parse: each Markdown file by itself.
//! 3. withhold: what may be published, and the canaries that may not.
//! 4. resolve: the archive, and every route.
//! 5. hold: quotations against captures. check: the lints.
//! 6. view and render: one page at a time, when [`Site::output`] is asked for it.
//! 7. scan: each output for canaries; then write or serve (the caller's).
//!
//! A [`Memo`] keeps what comes of single files, and the last result of each stage with what it was made of.

mod frame;
mod inputs;
mod memo;
mod site;

use std::sync::Arc;

use crate::config::Config;
use crate::diagnostic::policy::{Policy, Strictness};
use crate::diagnostic::shown::Withheld;
use crate::diagnostic::{Diagnostic, Severity};
use crate::file::{RelPath, Snapshot, Span};
use crate::model::Archive;
use crate::model::date::Edtf;
use crate::resolve::{self, Inputs};
use crate::view::{self, Edition};
use crate::withhold::{self, Drafts, Listed, Rules, Sifted};
use crate::{check, hold, parse};
use frame::{Frame, FrameKey};
use inputs::{canaries, configuration, image_sizes, style, theme};
use memo::{Same, SameShape};

pub use memo::Memo;
pub use site::{Output, Published, Site};

/// What a build is asked for, beside the site's files.
#[derive(Clone, PartialEq, Debug)]
pub struct Request {
    /// The date of the build, to show the past.
    pub as_of: Option<Edtf>,
    /// What becomes of drafts.
    pub drafts: Drafts,
    /// A base URL in the place of the configuration's.
    pub base_url: Option<String>,
    /// Whether warnings are errors.
    pub strictness: Strictness,
}

impl Default for Request {
    fn default() -> Request {
        Request { as_of: None, drafts: Drafts::Withheld, base_url: None, strictness: Strictness::Lenient }
    }
}

/// What became of a site's files.
pub struct Made {
    /// The site; `None` where its theme cannot be used at all.
    pub site: Option<Site>,
    /// Every fault found so far. Rendering may find more.
    pub diagnostics: Vec<Diagnostic>,
    /// How messages speak of withheld records.
    pub withheld: Withheld,
    /// The withheld records.
    pub listed: Vec<Listed>,
    /// Faults in the texts of withheld records.
    pub behind: Vec<Diagnostic>,
    /// How grave each warning is.
    pub policy: Policy,
}

impl Made {
    /// Tells whether a fault stops the build, under the site's levels.
    pub fn stops(&self, fault: &Diagnostic) -> bool {
        self.policy.severity(fault.code, fault.severity) == Some(Severity::Error)
    }
}

/// Makes a site of a snapshot. `memo` changes nothing but the time that it takes.
pub fn site(snapshot: &Snapshot, request: &Request, memo: &Memo) -> Made {
    // All of it among the same few threads: memory that one thread gives back, another cannot take.
    rayon::scope(|_| made(snapshot, request, memo))
}

fn made(snapshot: &Snapshot, request: &Request, memo: &Memo) -> Made {
    let mut found = Vec::new();
    let (config, faults) = configuration(snapshot, request, memo);
    found.extend(faults);
    let (theme, faults) = theme(snapshot, &config, memo);
    found.extend(faults);
    let (files, (style, faults)) =
        rayon::join(|| memo.parsed.files(snapshot, &config), || style(snapshot, &config, memo));
    found.extend(faults);
    let sifted = sifted(snapshot, request, &config, &files, memo);
    let Sifted { public, canaries: secret, public_words, listed, report, files: withheld, diagnostics, behind } =
        sifted;
    found.extend(diagnostics);

    let as_of = request.as_of.as_ref().map(Edtf::earliest);
    let statics: Vec<String> = theme.statics.keys().cloned().collect();
    let inputs = Inputs { config: &config, files: &files.attachments, statics: &statics, as_of };
    let (archive, faults) = resolve::resolve(public, &inputs, &memo.archive);
    let faults = withhold::unsaid(&found, faults);
    found.extend(faults);
    let open: Vec<RelPath> = files.attachments.iter().filter(|path| !withheld.contains(*path)).cloned().collect();
    let numbers = &memo.checked.numbers;
    let subject = check::Subject { archive: &archive, config: &config, files: &open, snapshot, as_of, numbers };
    let key = FrameKey {
        shape: SameShape(archive.shape.clone()),
        config: Same(Arc::clone(&config)),
        theme: Same(Arc::clone(&theme)),
        style: Same(style),
        images: image_sizes(snapshot, &archive, memo),
        as_of: request.as_of.clone(),
        drafts: request.drafts == Drafts::Published,
    };
    let frame = || memo.frame.get(key, |key| Arc::new(Frame::new(key, &archive, &statics, memo)));
    let (lints, ((evidence, faults), frame)) =
        rayon::join(|| check::check(&subject, &memo.checked), || (held(snapshot, &archive, memo), frame()));
    found.extend(faults);
    found.extend(withhold::unsaid(&found, frame.faults.clone()));
    found.extend(lints);
    let (canaries, faults) = canaries(secret, public_words, &theme, memo);
    found.extend(faults);
    let site = match &frame.rendered {
        Ok((renderer, frames, faults)) => {
            found.extend(faults.iter().cloned());
            let mut edition = Edition::new(archive, evidence, frame.fixed.clone());
            edition.frames = Arc::clone(frames);
            found.extend(view::templates(&edition));
            let renderer = Arc::clone(renderer);
            let shared = frame.site.clone();
            Some(Site { edition, renderer, shared, theme, canaries, snapshot: snapshot.clone() })
        }
        Err(faults) => {
            found.extend(faults.iter().cloned());
            None
        }
    };
    let policy = Policy { levels: config.lints.clone(), strictness: request.strictness };
    Made { site, diagnostics: found, withheld: report, listed, behind, policy }
}

/// Lets through what may be published.
fn sifted(snapshot: &Snapshot, request: &Request, config: &Config, files: &parse::Files, memo: &Memo) -> Sifted {
    let menu: Vec<(String, Span)> = config.menu.iter().map(|entry| (entry.to.clone(), entry.span)).collect();
    let secrets = RelPath::new("secrets.txt").and_then(|path| snapshot.read(&path).ok());
    let secrets = secrets.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let rules = Rules {
        default: config.visibility,
        drafts: request.drafts,
        secrets: secrets.as_deref(),
        menu: &menu,
        files: &files.attachments,
    };
    let reparse = |path: &RelPath, labels: &parse::Labels| memo.parsed.labelled(snapshot, path, config, labels);
    withhold::withhold(&files.parsed, &rules, &reparse, &memo.through)
}

/// Holds quotations against captures.
fn held(snapshot: &Snapshot, archive: &Archive, memo: &Memo) -> (Arc<hold::Evidence>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let read = hold::Read {
        bytes: &|path| snapshot.read(path),
        stamp: &|path| snapshot.entries.get(path).map_or(0, |entry| entry.stamp),
    };
    let evidence = hold::hold(archive, &read, &memo.held, &mut found);
    (evidence, found)
}

//! Every stage, in order. Only the first and the last touch the disk; they are not here.
//!
//! 1. read (the caller's): a [`Snapshot`].
//! 2. parse: each Markdown file by itself, kept in a [`Memo`] as long as its bytes stay the same.
//! 3. withhold: what may be published, and the canaries that may not.
//! 4. resolve: the archive, and every route.
//! 5. check: the lints.
//! 6. view and render: one page at a time, when [`Site::output`] is asked for it.
//! 7. scan: each output for canaries; then write or serve (the caller's).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::cite::Style;
use crate::config::{self, Config};
use crate::diagnostic::policy::{Policy, Strictness};
use crate::diagnostic::shown::Withheld;
use crate::diagnostic::{Diagnostic, Severity, code};
use crate::file::{Bytes, Print, RelPath, Snapshot, Span};
use crate::model::date::Edtf;
use crate::parse::{self, Labels, ParsedFile};
use crate::render::{Asset, Renderer, Theme};
use crate::resolve::{self, Inputs, Page};
use crate::view::{Edition, Facts, Wording, Words};
use crate::withhold::{self, Drafts, Listed, Rules, Sifted};
use crate::{check, feed, hold, image, scan, view};

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

/// Parsed files by path and labels, with the print of the bytes that they were made of.
type ParsedFiles = HashMap<(RelPath, Labels), (Print, Arc<ParsedFile>)>;

/// Results of single files, kept from one build to the next.
///
/// Each is immutable, depends on its own file and on what its key names and on nothing else, and holds its diagnostics.
/// Dropping the memo changes the time of a build, never a byte.
#[derive(Default)]
pub struct Memo {
    parsed: Mutex<ParsedFiles>,
    options: Mutex<Option<config::ParseOptions>>,
    images: Mutex<HashMap<(RelPath, u64), Measured>>,
    texts: hold::Memo,
    /// How many files were parsed since the memo was made.
    pub parses: std::sync::atomic::AtomicUsize,
}

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
    edition: Edition,
    renderer: Renderer,
    theme: Theme,
    canaries: scan::Canaries,
    snapshot: Snapshot,
}

/// A record that is published, by what tells it from others.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Published {
    /// The file that holds it.
    pub file: RelPath,
    /// Where it would stand as a file of its own.
    pub home: RelPath,
    /// Its id.
    pub id: String,
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

/// Makes a site of a snapshot.
pub fn site(snapshot: &Snapshot, request: &Request, memo: &Memo) -> Made {
    let mut found = Vec::new();
    let config = configuration(snapshot, request, &mut found);
    let theme = Theme::load(snapshot, &config.theme, &config.lang, &mut found);
    let mut style_faults = Vec::new();
    let (parsed, style) =
        rayon::join(|| parse_all(snapshot, &config, memo), || citation_style(snapshot, &config, &mut style_faults));
    found.extend(style_faults);
    let files = attachments(snapshot, &parsed);
    let menu: Vec<(String, Span)> = config.menu.iter().map(|entry| (entry.to.clone(), entry.span)).collect();
    let secrets = RelPath::new("secrets.txt").and_then(|path| snapshot.read(&path).ok());
    let secrets = secrets.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    let rules = Rules {
        default: config.visibility,
        drafts: request.drafts,
        secrets: secrets.as_deref(),
        menu: &menu,
        files: &files,
    };
    let sifted = withhold::withhold(&parsed, &rules, &|path, labels| parse_one(snapshot, path, &config, labels, memo));
    let Sifted { public, canaries, public_words, listed, report, files: withheld_files, diagnostics, behind } = sifted;
    found.extend(diagnostics);

    let statics: Vec<String> = theme.statics.keys().cloned().collect();
    let as_of = request.as_of.as_ref().map(Edtf::earliest);
    let open: Vec<RelPath> = files.iter().filter(|path| !withheld_files.contains(*path)).cloned().collect();
    let (archive, faults) =
        resolve::resolve(public, &Inputs { config: &config, files: &files, statics: &statics, as_of });
    let faults = withhold::unsaid(&found, faults);
    found.extend(faults);
    let read = hold::Read {
        bytes: &|path| snapshot.read(path),
        stamp: &|path| snapshot.entries.get(path).map_or(0, |entry| entry.stamp),
    };
    let evidence = hold::hold(&archive, &read, &memo.texts, &mut found);
    let (sizes, widths) = image_sizes(snapshot, &archive, memo);
    let counts = view::counts(&archive, &widths, as_of);
    let pages = resolve::pages(&archive, &config, &statics, &counts, as_of, &mut found);
    found.extend(check::check(&check::Subject { archive: &archive, config: &config, files: &open, snapshot, as_of }));

    let policy = Policy { levels: config.lints.clone(), strictness: request.strictness };
    let canaries = canaries_of(canaries, &public_words, &theme, &mut found);
    let facts = Facts {
        as_of: request.as_of.clone(),
        drafts: request.drafts == Drafts::Published,
        appendices: theme.appendices,
        sizes,
        widths,
    };
    let templates: BTreeSet<String> = theme.template_names();
    let edition = Edition::new(
        archive,
        evidence,
        style,
        config,
        pages,
        Wording { words: Words(theme.strings.clone()), templates },
        facts,
    );
    let site = match Renderer::new(theme.clone(), view::site(&edition)) {
        Ok(renderer) => {
            Some(Site { edition, renderer, theme, canaries, snapshot: snapshot.clone() }.framed(&mut found))
        }
        Err(faults) => {
            found.extend(faults);
            None
        }
    };
    Made { site, diagnostics: found, withheld: report, listed, behind, policy }
}

fn configuration(snapshot: &Snapshot, request: &Request, found: &mut Vec<Diagnostic>) -> Config {
    let path = RelPath::new(config::FILE).expect("the configuration has a name");
    let mut config = match snapshot.read(&path) {
        Ok(bytes) => match std::str::from_utf8(&bytes) {
            Ok(text) => {
                let (config, faults) = config::config(&path, text);
                found.extend(faults);
                config
            }
            Err(error) => {
                let at = error.valid_up_to();
                found.push(Diagnostic::new(&code::NOT_UTF8, "the file is not UTF-8").at(&path, Span::new(at, at + 1)));
                Config::default()
            }
        },
        Err(_) => Config::default(),
    };
    if request.base_url.is_some() {
        config.base_url.clone_from(&request.base_url);
    }
    config
}

/// Parses every Markdown file of `content/`, captures left out.
fn parse_all(snapshot: &Snapshot, config: &Config, memo: &Memo) -> Vec<Arc<ParsedFile>> {
    let options = config.parse_options();
    {
        let mut known = memo.options.lock().expect("no thread panics while it holds the options");
        if known.as_ref() != Some(&options) {
            memo.parsed.lock().expect("no thread panics while it holds the memo").clear();
            *known = Some(options);
        }
    }
    let paths: Vec<&RelPath> =
        snapshot.below("content").map(|(path, _)| path).filter(|path| path.has_extension("md")).collect();
    let paths: Vec<&RelPath> = paths.into_iter().filter(|path| !snapshot.too_large.contains(path)).collect();
    let none = Labels::default();
    let parsed: Vec<Arc<ParsedFile>> =
        paths.par_iter().with_min_len(8).map(|path| parse_one(snapshot, path, config, &none, memo)).collect();
    // A capture may be Markdown; it is evidence, not a record.
    let mut captures: BTreeSet<RelPath> = BTreeSet::new();
    for record in parsed.iter().flat_map(|file| &file.records).map(|parsed| &parsed.record) {
        let Some(file) = record.fields.table("capture").and_then(|capture| capture.text("file")) else { continue };
        for folder in [record.folder(), record.origin.path.folder()] {
            captures.extend(RelPath::resolve(folder, file));
        }
    }
    captures.iter().filter(|path| path.has_extension("md")).for_each(|path| snapshot.restore(path));
    let too_large = snapshot.too_large.iter().map(|path| Arc::new(parse::too_large(path)));
    parsed.into_iter().filter(|file| !captures.contains(&file.path)).chain(too_large).collect()
}

fn parse_one(snapshot: &Snapshot, path: &RelPath, config: &Config, labels: &Labels, memo: &Memo) -> Arc<ParsedFile> {
    let print = snapshot.entries.get(path).and_then(|entry| entry.print);
    let key = (path.clone(), labels.clone());
    if let Some((known, parsed)) = memo.parsed.lock().expect("no thread panics while it holds the memo").get(&key)
        && Some(*known) == print
    {
        return Arc::clone(parsed);
    }
    let (Some(print), Ok(bytes)) = (print, snapshot.read(path)) else { return Arc::new(parse::changed(path)) };
    memo.parses.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let parsed = Arc::new(parse::file(path, &bytes, config, labels));
    // Of a file that was parsed only messages want the bytes.
    if parsed.is_sound() {
        snapshot.release(path);
    }
    memo.parsed.lock().expect("no thread panics while it holds the memo").insert(key, (print, Arc::clone(&parsed)));
    parsed
}

/// Returns the files of `content/` that are not records.
fn attachments(snapshot: &Snapshot, parsed: &[Arc<ParsedFile>]) -> Vec<RelPath> {
    let records = parsed.iter().map(|file| &file.path).filter(|path| path.has_extension("md"));
    let records: BTreeSet<&RelPath> = records.collect();
    snapshot.below("content").map(|(path, _)| path).filter(|path| !records.contains(path)).cloned().collect()
}

/// Sizes and narrower widths of the images that records use.
type Sizes = (BTreeMap<RelPath, (u32, u32)>, BTreeMap<RelPath, Vec<u32>>);

/// The widths in which images are offered beside their own, in pixels.
const WIDTHS: [u32; 2] = [640, 1280];

/// Measures the images that records use.
fn image_sizes(snapshot: &Snapshot, archive: &crate::model::Archive, memo: &Memo) -> Sizes {
    let (mut sizes, mut widths) = (BTreeMap::new(), BTreeMap::new());
    for path in archive.files.keys().filter(|path| image::Kind::of_extension(path.extension()).is_some()) {
        let stamp = snapshot.entries.get(path).map_or(0, |entry| entry.stamp);
        let key = (path.clone(), stamp);
        let known = memo.images.lock().expect("no thread panics while it holds the memo").get(&key).cloned();
        let measured = known.unwrap_or_else(|| measure(&snapshot.read(path).unwrap_or_else(|_| Bytes::from(&[][..]))));
        memo.images.lock().expect("no thread panics while it holds the memo").insert(key, measured.clone());
        let Some((size, narrower)) = measured else { continue };
        sizes.insert(path.clone(), size);
        if !narrower.is_empty() {
            widths.insert(path.clone(), narrower);
        }
    }
    (sizes, widths)
}

/// An image's size, and the narrower widths that are worth making of it; `None` for what is no image.
type Measured = Option<((u32, u32), Vec<u32>)>;

fn measure(bytes: &[u8]) -> Measured {
    let size = image::dimensions(bytes).ok()?;
    let resizable = image::is_resizable(bytes);
    // A width that saves less than a third is not worth a file.
    let worth = |width: &u32| resizable && size.width > *width + *width / 2;
    Some(((size.width, size.height), WIDTHS.into_iter().filter(worth).collect()))
}

/// Tells whether a file goes out as it is: text, which says what it says.
fn is_plain(path: &RelPath) -> bool {
    ["txt", "md", "csv", "json", "css", "js", "woff2"].iter().any(|extension| path.has_extension(extension))
}

impl Site {
    /// Renders headers and footers, which pages of one depth and section share.
    fn framed(mut self, found: &mut Vec<Diagnostic>) -> Site {
        let mut frames = BTreeMap::new();
        for (root, section) in view::frames(&self.edition) {
            let frame = |template: &str| {
                let page = view::frame(&root, &section);
                self.renderer.render(template, page, template).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
            };
            match (frame("header.html"), frame("footer.html")) {
                (Ok(header), Ok(footer)) => {
                    frames.insert((root, section), (crate::html::html(&header), crate::html::html(&footer)));
                }
                (header, footer) => found.extend([header.err(), footer.err()].into_iter().flatten()),
            }
        }
        self.edition.frames = frames;
        self
    }

    /// Returns every route of the output, sorted.
    pub fn routes(&self) -> impl Iterator<Item = &str> {
        self.edition.pages.routes.keys().map(String::as_str)
    }

    /// Tells how many public records there are.
    pub fn records(&self) -> usize {
        self.edition.archive.entries.len()
    }

    /// Returns every record that is published.
    pub fn published(&self) -> impl Iterator<Item = Published> {
        self.edition.archive.entries.iter().map(|entry| {
            let record = &entry.record;
            Published { file: record.origin.path.clone(), home: record.path.clone(), id: record.id.clone() }
        })
    }

    /// Returns the configuration.
    pub fn config(&self) -> &Config {
        &self.edition.config
    }

    /// Returns the view of the page at a route, for `inspect`; `None` where no template makes it.
    pub fn view(&self, route: &str) -> Option<crate::html::Value> {
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
                self.renderer.render(&viewed.template, viewed.view, route).map(Output::Made).map_err(Box::new)
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
            Some(kind) => image::clean(kind, &bytes)
                .map(Output::Made)
                .map_err(|fault| Box::new(metadata(path, &fault.to_string()))),
            None => Err(Box::new(metadata(path, "it may carry names, places and earlier versions that nobody sees"))),
        }
    }
}

/// Loads the citation style: a `.csl` file of the site, or one by its name. A style that is none is `invalid-config`.
fn citation_style(snapshot: &Snapshot, config: &Config, found: &mut Vec<Diagnostic>) -> Style {
    let name = config.style.as_str();
    let path = RelPath::new(config::FILE).expect("the configuration has a name");
    let mut fault = |message: String, help: Option<String>| {
        let mut fault = Diagnostic::new(&code::INVALID_CONFIG, message).at(&path, config.style_span);
        fault.help = help;
        found.push(fault);
    };
    let style = match RelPath::new(name).filter(|file| file.has_extension("csl")) {
        Some(file) => match snapshot.read(&file) {
            Ok(bytes) => Style::parse(&String::from_utf8_lossy(&bytes), &config.lang),
            Err(_) => {
                fault(format!("no file \"{name}\""), Some("a .csl file lies beside casebook.toml".to_owned()));
                return Style::named("chicago-notes", "en").expect("the default style is in the archive");
            }
        },
        None => Style::named(name, &config.lang),
    };
    style.unwrap_or_else(|problem| {
        fault(problem.message, problem.help);
        Style::named("chicago-notes", "en").expect("the default style is in the archive")
    })
}

/// Makes canaries ready to be searched for; weak ones are reported, public words left out.
fn canaries_of(
    canaries: Vec<withhold::Canary>,
    public: &[String],
    theme: &Theme,
    found: &mut Vec<Diagnostic>,
) -> scan::Canaries {
    let public: BTreeSet<String> = public.iter().map(|word| crate::model::name::fold(word).into_owned()).collect();
    let kept = canaries.into_iter().filter(|canary| !public.contains(crate::model::name::fold(&canary.text).as_ref()));
    let canaries = kept.map(|canary| scan::Canary { text: canary.text.into(), origin: canary.place }).collect();
    let words: Vec<&str> = theme.strings.values().map(String::as_str).collect();
    let (canaries, weak) = scan::Canaries::new(canaries, &words);
    for scan::Weak { canary, weakness } in weak {
        let (why, help) = match weakness {
            scan::Weakness::Short => {
                ("has fewer than four letters", "it is not searched for: look for it yourself, or write it at length")
            }
            scan::Weakness::Theme => {
                ("stands in the theme's own words", "it is not searched for, since every page would hold it")
            }
        };
        let fault = Diagnostic::new(&code::WEAK_CANARY, format!("\"{}\" {why}", canary.text));
        let fault = fault.at(&canary.origin.path, canary.origin.span).help(help);
        found.push(fault.for_terminal(format!("a confidential string {why}")));
    }
    canaries
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

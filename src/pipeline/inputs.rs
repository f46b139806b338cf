//! What stages are given beside records: configuration, citation style, sizes of images, canaries. Each is made of the files
//! that say it, and kept as long as those are the same.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Request;
use super::memo::{Memo, Same};
use crate::cite::Style;
use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, code};
use crate::file::{RelPath, Snapshot, Span};
use crate::model::name::fold;
use crate::render::Theme;
use crate::{cite, image, scan, withhold};

/// The configuration, and what is wrong with it.
pub(super) type Configuration = (Arc<Config>, Vec<Diagnostic>);

/// Reads the configuration.
pub(super) fn configuration(snapshot: &Snapshot, request: &Request, memo: &Memo) -> Configuration {
    let path = RelPath::new(config::FILE).expect("the configuration has a name");
    let bytes = snapshot.read(&path).ok();
    memo.config.get((bytes, request.base_url.clone()), |(bytes, base_url)| {
        let mut found = Vec::new();
        let mut config = match bytes.as_ref().map(|bytes| std::str::from_utf8(bytes)) {
            Some(Ok(text)) => {
                let (config, faults) = config::config(&path, text);
                found = faults;
                config
            }
            Some(Err(error)) => {
                let at = error.valid_up_to();
                found.push(Diagnostic::new(&code::NOT_UTF8, "the file is not UTF-8").at(&path, Span::new(at, at + 1)));
                Config::default()
            }
            None => Config::default(),
        };
        if base_url.is_some() {
            config.base_url.clone_from(base_url);
        }
        (Arc::new(config), found)
    })
}

/// Loads the theme that the configuration names.
pub(super) fn theme(snapshot: &Snapshot, config: &Config, memo: &Memo) -> (Arc<Theme>, Vec<Diagnostic>) {
    let files = ["static", "templates", "themes"].into_iter().flat_map(|folder| snapshot.below(folder));
    let files: Vec<(RelPath, u64)> = files.map(|(path, entry)| (path.clone(), entry.stamp)).collect();
    memo.theme.get((files, config.theme.clone(), config.lang.clone()), |_| {
        let mut found = Vec::new();
        let theme = Theme::load(snapshot, &config.theme, &config.lang, &mut found);
        (Arc::new(theme), found)
    })
}

/// Loads the citation style: a `.csl` file of the site, or one by its name. A style that is none is `invalid-config`.
pub(super) fn style(snapshot: &Snapshot, config: &Arc<Config>, memo: &Memo) -> (Arc<Style>, Vec<Diagnostic>) {
    let file = RelPath::new(&config.style).filter(|file| file.has_extension("csl"));
    let bytes = file.as_ref().and_then(|file| snapshot.read(file).ok());
    memo.style.get((Same(Arc::clone(config)), bytes), |(_, bytes)| {
        let name = config.style.as_str();
        let style = match (&file, bytes) {
            (Some(_), Some(bytes)) => Style::parse(&String::from_utf8_lossy(bytes), &config.lang),
            (Some(_), None) => Err(cite::Fault {
                message: format!("no file \"{name}\""),
                help: Some("a .csl file lies beside casebook.toml or in styles/".to_owned()),
            }),
            (None, _) => Style::named(name, &config.lang),
        };
        let mut found = Vec::new();
        let style = style.unwrap_or_else(|problem| {
            let path = RelPath::new(config::FILE).expect("the configuration has a name");
            let mut fault = Diagnostic::new(&code::INVALID_CONFIG, problem.message).at(&path, config.style_span);
            fault.help = problem.help;
            found.push(fault);
            Style::named("chicago-notes", "en").expect("the default style is in the archive")
        });
        (Arc::new(style), found)
    })
}

/// Sizes and narrower widths of the images that records use.
pub(super) type Sizes = (BTreeMap<RelPath, (u32, u32)>, BTreeMap<RelPath, Vec<u32>>);

/// The widths in which images are offered beside their own, in pixels.
const WIDTHS: [u32; 2] = [640, 1280];

/// Measures the images that records use.
pub(super) fn image_sizes(snapshot: &Snapshot, archive: &crate::model::Archive, memo: &Memo) -> Sizes {
    let (mut sizes, mut widths) = (BTreeMap::new(), BTreeMap::new());
    let kept = || memo.images.lock().expect("no thread panics while it holds the memo");
    let mut known = std::mem::take(&mut *kept());
    let stamp = |path: &RelPath| snapshot.entries.get(path).map_or(0, |entry| entry.stamp);
    known.retain(|path, (at, _)| stamp(path) == *at);
    for path in archive.files.keys().filter(|path| image::Kind::of_extension(path.extension()).is_some()) {
        let measured = match known.get(path) {
            Some((_, measured)) => measured.clone(),
            // What cannot be read now may be read the next time.
            None => snapshot.read(path).ok().and_then(|bytes| {
                let measured = measure(&bytes);
                known.insert(path.clone(), (stamp(path), measured.clone()));
                measured
            }),
        };
        let Some((size, narrower)) = measured else { continue };
        sizes.insert(path.clone(), size);
        if !narrower.is_empty() {
            widths.insert(path.clone(), narrower);
        }
    }
    *kept() = known;
    (sizes, widths)
}

/// An image's size, and the narrower widths that are worth making of it; `None` for what is no image.
pub(super) type Measured = Option<((u32, u32), Vec<u32>)>;

fn measure(bytes: &[u8]) -> Measured {
    let size = image::dimensions(bytes).ok()?;
    let resizable = image::is_resizable(bytes);
    // A width that saves less than a third is not worth a file.
    let worth = |width: &u32| resizable && size.width > *width + *width / 2;
    Some(((size.width, size.height), WIDTHS.into_iter().filter(worth).collect()))
}

/// Makes canaries ready to be searched for; weak ones are reported, public words left out.
pub(super) fn canaries(
    canaries: Vec<withhold::Canary>,
    public: Vec<String>,
    theme: &Arc<Theme>,
    memo: &Memo,
) -> (Arc<scan::Canaries>, Vec<Diagnostic>) {
    memo.canaries.get((canaries, public, Same(Arc::clone(theme))), |(canaries, public, theme)| {
        let public: BTreeSet<String> = public.iter().map(|word| fold(word).into_owned()).collect();
        let kept = canaries.iter().filter(|canary| !public.contains(fold(&canary.text).as_ref()));
        let origin = |canary: &withhold::Canary| canary.place.clone();
        let kept = kept.map(|canary| scan::Canary { text: canary.text.as_str().into(), origin: origin(canary) });
        let words: Vec<&str> = theme.0.strings.values().map(String::as_str).collect();
        let (canaries, weak) = scan::Canaries::new(kept.collect(), &words);
        (Arc::new(canaries), weak.into_iter().map(weakness).collect())
    })
}

fn weakness(weak: scan::Weak) -> Diagnostic {
    let scan::Weak { canary, weakness } = weak;
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
    fault.for_terminal(format!("a confidential string {why}"))
}

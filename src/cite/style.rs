//! Styles: one of hayagriva's archive by its name, or the text of a `.csl` file.
//!
//! A file is a stranger's program. What hayagriva walks by recursion is measured first (`measure`): a style that is nested
//! too deeply, calls itself or unfolds without end is refused.

use hayagriva::archive::ArchivedStyle;
use hayagriva::citationberg::{IndependentStyle, InfoLinkRel, StyleClass};

use super::{locale, measure};
use crate::diagnostic::near;

/// A citation style in a language.
#[derive(Clone, Debug)]
pub struct Style {
    pub(super) csl: IndependentStyle,
    /// The language, as the archive of locales writes it.
    pub(super) language: &'static str,
}

/// Why a style cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// What is wrong: one lower-case sentence without a full stop.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// Names by which styles are known elsewhere, beside the archive's own names and the names of their files.
const ALIASES: &[(&str, &str)] = &[
    ("chicago", "chicago-notes"),
    ("chicago-fullnote", "chicago-notes"),
    ("chicago-fullnote-bibliography", "chicago-notes"),
    ("chicago-note-bibliography", "chicago-shortened-notes"),
    ("chicago-notes-17", "turabian-fullnote-8"),
    ("harvard", "harvard-cite-them-right"),
    ("mhra", "modern-humanities-research-association-notes"),
    ("turabian", "turabian-fullnote-8"),
    ("turabian-fullnote-bibliography", "turabian-fullnote-8"),
];

impl Style {
    /// Loads a style by its name: hayagriva's (`chicago-notes`, `apa`, `mla`), or that of its file in the repository of CSL
    /// styles (`chicago-notes-bibliography`), in the words of a language (BCP 47).
    ///
    /// # Errors
    /// Fails where there is no such style, and says which come near.
    pub fn named(name: &str, language: &str) -> Result<Style, Fault> {
        let wanted = name.trim().to_lowercase().replace([' ', '_'], "-");
        let wanted = wanted.strip_suffix(".csl").unwrap_or(&wanted);
        let alias = ALIASES.iter().find(|(alias, _)| *alias == wanted).map(|(_, name)| *name);
        match archived(alias.unwrap_or(wanted)) {
            Some(style) => Style::archived(style, language),
            None => Err(Fault { message: format!("no citation style is named \"{name}\""), help: Some(help(wanted)) }),
        }
    }

    /// Reads a style from the text of a `.csl` file. Its own default language, where it has one, wins over the site's.
    ///
    /// # Errors
    /// Fails where the text is no style that can be used: no CSL, one that depends on a style outside the archive, or one
    /// that is nested without measure.
    pub fn parse(text: &str, language: &str) -> Result<Style, Fault> {
        measure::nesting(text)?;
        let style = hayagriva::citationberg::Style::from_xml(text).map_err(|error| Fault {
            message: format!("not a CSL style: {}", one_line(&error.source.to_string())),
            help: Some(
                "take a style from https://github.com/citation-style-language/styles and check it there".to_owned(),
            ),
        })?;
        match style {
            hayagriva::citationberg::Style::Independent(csl) => {
                measure::unfolding(&csl)?;
                let own = csl.default_locale.as_ref().map(|code| code.0.clone());
                Ok(Style { csl, language: locale::code(own.as_deref().unwrap_or(language)) })
            }
            hayagriva::citationberg::Style::Dependent(dependent) => {
                let parent = &dependent.parent_link;
                let known = (parent.rel == InfoLinkRel::IndependentParent)
                    .then(|| ArchivedStyle::by_id(&parent.href))
                    .flatten();
                let own = dependent.default_locale.map(|code| code.0);
                known.map(|style| Style::archived(style, own.as_deref().unwrap_or(language))).unwrap_or_else(|| {
                    Err(Fault {
                        message: format!("the style depends on \"{}\", which is not known here", parent.href),
                        help: Some("use that style's file itself".to_owned()),
                    })
                })
            }
        }
    }

    /// Tells whether citations are notes. Otherwise they stand in the line.
    pub fn is_note(&self) -> bool {
        self.csl.settings.class == StyleClass::Note
    }

    /// Returns the style's title.
    pub fn title(&self) -> &str {
        &self.csl.info.title.value
    }

    fn archived(style: ArchivedStyle, language: &str) -> Result<Style, Fault> {
        match style.get() {
            hayagriva::citationberg::Style::Independent(csl) => {
                let own = csl.default_locale.as_ref().map(|code| code.0.clone());
                Ok(Style { csl, language: locale::code(own.as_deref().unwrap_or(language)) })
            }
            hayagriva::citationberg::Style::Dependent(_) => {
                Err(Fault { message: "the style depends on another one".to_owned(), help: None })
            }
        }
    }
}

/// Finds a style of the archive by its name there, or by the name of its file.
fn archived(name: &str) -> Option<ArchivedStyle> {
    let by_file = || ArchivedStyle::all().iter().copied().find(|style| file_name(*style) == name);
    let labels = "alphanumeric"; // made of labels that only bibliographies in BibTeX have
    ArchivedStyle::by_name(name).or_else(by_file).filter(|_| name != labels)
}

fn file_name(style: ArchivedStyle) -> &'static str {
    style.csl_id().rsplit('/').next().unwrap_or_default()
}

fn help(wanted: &str) -> String {
    let names = || {
        let own =
            ArchivedStyle::all().iter().flat_map(|style| style.names().iter().copied().chain([file_name(*style)]));
        own.chain(ALIASES.iter().map(|(alias, _)| *alias))
    };
    let nearest = near::nearest(wanted, names());
    match nearest.as_slice() {
        [] => "name a style such as chicago-notes, apa, mla or ieee, or a .csl file of the site".to_owned(),
        [name] => format!("did you mean \"{name}\"?"),
        [names @ .., last] => {
            let names: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            format!("did you mean {} or \"{last}\"?", names.join(", "))
        }
    }
}

/// Returns the beginning of a message on one line.
fn one_line(message: &str) -> String {
    let mut line: String = message.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(200) {
        line.truncate(end);
        line.push('…');
    }
    line
}

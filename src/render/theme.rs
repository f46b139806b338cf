//! A theme and those that it extends, down to the built-in `default`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::built_in::built_in;
use crate::diagnostic::{Diagnostic, code, near};
use crate::file::{Bytes, RelPath, Snapshot, Span};
use crate::tree::{Node, Table, Value, toml};

/// Where a static file of a theme or of the site comes from.
#[derive(Clone, PartialEq, Debug)]
pub enum Asset {
    /// A file of the site.
    File(RelPath),
    /// A file that is compiled into the program.
    BuiltIn(&'static [u8]),
}

/// A template's text and the file that holds it, if it is one of the site's.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Source {
    pub(super) text: Arc<str>,
    pub(super) path: Option<RelPath>,
}

/// Templates, static files and strings of a theme, those that it lacks taken from the themes it extends.
#[derive(Clone, Default, Debug)]
pub struct Theme {
    /// Templates by name (`person.html`); also under the layer's name (`default/person.html`), so that a template can
    /// extend the one that it shadows.
    pub(super) templates: BTreeMap<String, Source>,
    /// Static files by route.
    pub statics: BTreeMap<String, Asset>,
    /// The theme's strings in the site's language.
    pub strings: BTreeMap<String, String>,
    /// Whether a dossier's page has the bodies of the records it rests on.
    pub appendices: bool,
}

/// One layer: a folder's files.
struct Layer {
    name: String,
    /// The folder of the site that holds it; `None` where it is built in.
    folder: Option<String>,
    files: Vec<(String, Option<RelPath>, Option<&'static [u8]>)>,
}

impl Theme {
    /// Returns the names of all templates.
    pub fn template_names(&self) -> BTreeSet<String> {
        self.templates.keys().cloned().collect()
    }

    /// Loads the theme called `name` and what it extends, and the site's own `templates/` and `static/` over it.
    ///
    /// Faults of `theme.toml` and of string files are `invalid-config`; templates that are not UTF-8 are `not-utf8`.
    pub fn load(snapshot: &Snapshot, name: &str, lang: &str, found: &mut Vec<Diagnostic>) -> Theme {
        let mut theme = Theme::default();
        let mut layers = vec![Layer {
            name: "site".to_owned(),
            folder: Some(String::new()),
            files: ["templates", "static"].iter().flat_map(|folder| site_files(snapshot, folder, "")).collect(),
        }];
        let mut next = Some(name.to_owned());
        while let Some(name) = next {
            if layers.iter().skip(1).any(|layer| layer.name == name) {
                let names: Vec<&str> = layers.iter().skip(1).map(|layer| layer.name.as_str()).collect();
                let message = format!("the theme \"{name}\" extends itself, through {}", names.join(" and "));
                found.push(Diagnostic::new(&code::INVALID_CONFIG, message));
                break;
            }
            let Some(layer) = layer(snapshot, &name) else {
                found.push(missing(snapshot, &name, layers.last()));
                break;
            };
            let about = about(snapshot, &layer, found);
            if layers.len() == 1 {
                theme.appendices = about.appendices;
            }
            layers.push(layer);
            next = about.extends.filter(|_| name != "default").or((name != "default").then(|| "default".to_owned()));
        }
        if !layers.iter().any(|layer| layer.name == "default") {
            layers.extend(layer(snapshot, "default"));
        }
        for layer in layers.iter().rev() {
            theme.add(snapshot, layer, lang, found);
        }
        theme
    }

    fn add(&mut self, snapshot: &Snapshot, layer: &Layer, lang: &str, found: &mut Vec<Diagnostic>) {
        let short = lang.split('-').next().unwrap_or(lang);
        let languages: Vec<String> = ["en", short, lang].iter().map(|tag| format!("i18n/{tag}.toml")).collect();
        for (name, path, bytes) in &layer.files {
            if let Some(route) = name.strip_prefix("static/") {
                let asset = match (path, bytes) {
                    (Some(path), _) => Asset::File(path.clone()),
                    (None, bytes) => Asset::BuiltIn(bytes.unwrap_or_default()),
                };
                self.statics.insert(route.to_owned(), asset);
            } else if let Some(template) = name.strip_prefix("templates/") {
                if let Some(text) = text(snapshot, path.as_ref(), *bytes, found) {
                    let source = Source { text: text.into(), path: path.clone() };
                    self.templates.insert(format!("{}/{template}", layer.name), source.clone());
                    self.templates.insert(template.to_owned(), source);
                }
            }
        }
        // The general language first, the exact one last: what a later file says wins.
        for wanted in languages {
            let Some((_, path, bytes)) = layer.files.iter().find(|(name, _, _)| *name == wanted) else { continue };
            let Some(text) = text(snapshot, path.as_ref(), *bytes, found) else { continue };
            let path = path.clone().or_else(|| RelPath::new(&wanted)).expect("a file of a theme has a name");
            let (table, mut faults) = toml(&path, &text, &code::INVALID_CONFIG);
            found.append(&mut faults);
            strings(&path, &table, &mut self.strings, found);
        }
    }
}

fn strings(path: &RelPath, table: &Table, into: &mut BTreeMap<String, String>, found: &mut Vec<Diagnostic>) {
    for (key, node) in table {
        match &node.value {
            Value::Text(text) => {
                into.insert(key.name.clone(), text.value.to_string());
            }
            _ => {
                let message = format!("a theme's string is a text, not {}", node.kind());
                found.push(Diagnostic::new(&code::INVALID_CONFIG, message).at(path, node.span));
            }
        }
    }
}

fn site_files(snapshot: &Snapshot, folder: &str, below: &str) -> Vec<(String, Option<RelPath>, Option<&'static [u8]>)> {
    let files = snapshot.below(folder);
    files.map(|(path, _)| (path.below(below).unwrap_or(path.as_str()).to_owned(), Some(path.clone()), None)).collect()
}

fn layer(snapshot: &Snapshot, name: &str) -> Option<Layer> {
    let folder = format!("themes/{name}");
    let files = site_files(snapshot, &folder, &folder);
    if !files.is_empty() {
        return Some(Layer { name: name.to_owned(), folder: Some(folder), files });
    }
    let files: Vec<_> = built_in(name).into_iter().map(|(path, bytes)| (path, None, Some(bytes))).collect();
    (!files.is_empty()).then(|| Layer { name: name.to_owned(), folder: None, files })
}

fn missing(snapshot: &Snapshot, name: &str, from: Option<&Layer>) -> Diagnostic {
    let mut names: Vec<String> = vec!["default".to_owned(), "brief".to_owned()];
    names.extend(snapshot.below("themes").filter_map(|(path, _)| Some(path.below("themes")?.split('/').next()?.to_owned())));
    names.sort_unstable();
    names.dedup();
    let help = match near::nearest(name, names.iter().map(String::as_str)).first() {
        Some(nearest) => format!("did you mean \"{nearest}\"?"),
        None => format!("there is no folder themes/{name}; the built-in themes are default and brief"),
    };
    let file = match from.and_then(|layer| layer.folder.as_ref()).filter(|folder| !folder.is_empty()) {
        Some(folder) => format!("{folder}/theme.toml"),
        None => crate::config::FILE.to_owned(),
    };
    let path = RelPath::new(&file).expect("a theme's folder is a path");
    Diagnostic::new(&code::INVALID_CONFIG, format!("no theme \"{name}\"")).at(&path, Span::default()).help(help)
}

fn text(snapshot: &Snapshot, path: Option<&RelPath>, bytes: Option<&'static [u8]>, found: &mut Vec<Diagnostic>) -> Option<String> {
    let bytes: Bytes = match (path, bytes) {
        (_, Some(bytes)) => Bytes::from(bytes),
        (Some(path), None) => match snapshot.read(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                found.push(Diagnostic::new(&code::MISSING_FILE, format!("cannot read {path}: {error}")).at(path, Span::default()));
                return None;
            }
        },
        (None, None) => return None,
    };
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    match String::from_utf8(bytes.to_vec()) {
        Ok(text) => Some(text),
        Err(error) => {
            let path = path.expect("what is compiled in is UTF-8");
            let at = error.utf8_error().valid_up_to();
            found.push(Diagnostic::new(&code::NOT_UTF8, "the file is not UTF-8").at(path, Span::new(at, at + 1)));
            None
        }
    }
}

/// What `theme.toml` says.
#[derive(Default)]
struct About {
    extends: Option<String>,
    appendices: bool,
}

fn about(snapshot: &Snapshot, layer: &Layer, found: &mut Vec<Diagnostic>) -> About {
    let mut about = About::default();
    let Some((_, path, bytes)) = layer.files.iter().find(|(name, _, _)| name == "theme.toml") else { return about };
    let Some(text) = text(snapshot, path.as_ref(), *bytes, found) else { return about };
    let path = path.clone().or_else(|| RelPath::new("theme.toml")).expect("a name is a path");
    let (table, mut faults) = toml(&path, &text, &code::INVALID_CONFIG);
    found.append(&mut faults);
    let mut fault = |span: Span, message: String, help: Option<String>| {
        let mut fault = Diagnostic::new(&code::INVALID_CONFIG, message).at(&path, span);
        fault.help = help;
        found.push(fault);
    };
    for (key, node) in &table {
        match (key.name.as_str(), &node.value) {
            ("name", Value::Text(_)) => {}
            ("extends", Value::Text(text)) => about.extends = Some(text.value.to_string()),
            ("appendices", Value::Bool(value)) => about.appendices = *value,
            ("casebook", Value::Text(text)) => {
                if let Err(message) = fits(&text.value, env!("CARGO_PKG_VERSION")) {
                    fault(node.span, message, Some("take a newer version of the theme, or eject and adapt its files".to_owned()));
                }
            }
            ("name" | "extends" | "appendices" | "casebook", _) => {
                fault(node.span, format!("\"{}\" cannot be {}", key.name, Node::kind(node)), None);
            }
            (name, _) => {
                let known = ["name", "extends", "casebook", "appendices"];
                let help = near::nearest(name, known.into_iter()).first().map(|near| format!("did you mean \"{near}\"?"));
                fault(key.span, format!("unknown key \"{name}\""), help);
            }
        }
    }
    about
}

/// Tells whether a version fits a requirement such as `0.1`, `>=0.1`, `>=0.1, <0.3` or `*`.
fn fits(requirement: &str, version: &str) -> Result<(), String> {
    let number = |text: &str| -> Option<Vec<u64>> { text.trim().split('.').map(|part| part.parse().ok()).collect() };
    let have = number(version).expect("the package has a plain version");
    for part in requirement.split(',').map(str::trim).filter(|part| *part != "*") {
        let split = part.find(|c: char| c.is_ascii_digit()).unwrap_or(part.len());
        let (sign, rest) = (part[..split].trim(), &part[split..]);
        let want = number(rest).ok_or_else(|| format!("\"{part}\" is no requirement of a version"))?;
        let ok = match sign {
            ">=" => have >= want,
            ">" => have > want,
            "<=" => have[..want.len().min(have.len())] <= want[..],
            "<" => have < want,
            "" | "=" | "^" => have.starts_with(&want[..want.len().min(2)]),
            _ => return Err(format!("\"{part}\" is no requirement of a version")),
        };
        if !ok {
            return Err(format!("the theme is made for casebook {requirement}, and this is {version}"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn versions_fit_requirements() {
        for good in ["0.1", "*", ">=0.1", ">=0.1, <0.2", "0.1.0", "^0.1"] {
            assert_eq!(fits(good, "0.1.0"), Ok(()), "{good}");
        }
        for bad in ["0.2", ">=0.2", "<0.1", "one", "~>1"] {
            assert!(fits(bad, "0.1.0").is_err(), "{bad}");
        }
    }
}

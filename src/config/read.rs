//! The keys of `casebook.toml`, one after the other.

use std::sync::Arc;

use super::table::{Reader, free_table};
use super::{Config, MenuEntry, base_url, lint_code};
use crate::diagnostic::policy::Level;
use crate::diagnostic::{Diagnostic, Severity, near};
use crate::file::RelPath;
use crate::kind::{Custom, custom_kind, custom_shape};
use crate::markdown::{RawHtml, Smart};
use crate::model::Visibility;
use crate::tree::{Table, Value, toml};

static KEYS: &[&str] = &[
    "title", "description", "authors", "base_url", "lang", "theme", "pretty_urls", "publish", "markdown", "citations",
    "outputs", "lints", "menu", "types", "extra",
];

pub(super) fn config(path: &RelPath, text: &str) -> (Config, Vec<Diagnostic>) {
    let (table, found) = toml(path, text, &crate::diagnostic::code::INVALID_CONFIG);
    let mut reader = Reader { path, found };
    let mut config = Config::default();
    reader.unknown(&table, "", KEYS);
    reader.text(&table, "title", &mut config.title);
    reader.text(&table, "description", &mut config.description);
    config.authors = reader.texts(&table, "authors").into_iter().map(|(name, _)| name).collect();
    site(&mut reader, &table, &mut config);
    publish(&mut reader, &table, &mut config);
    markdown(&mut reader, &table, &mut config);
    outputs(&mut reader, &table, &mut config);
    lints(&mut reader, &table, &mut config);
    menu(&mut reader, &table, &mut config);
    types(&mut reader, &table, &mut config);
    if let Some(extra) = reader.table(&table, "extra") {
        config.extra = free_table(extra);
    }
    (config, reader.found)
}

fn site(reader: &mut Reader<'_>, table: &Table, config: &mut Config) {
    let mut url = String::new();
    if let Some(span) = reader.text(table, "base_url", &mut url)
        && !url.is_empty()
    {
        match base_url(&url) {
            Ok(url) => config.base_url = Some(url),
            Err(message) => {
                reader.fault(span, message.to_owned());
            }
        }
    }
    if let Some(span) = reader.text(table, "lang", &mut config.lang)
        && !is_language(&config.lang)
    {
        let message = format!("\"{}\" is no language tag", config.lang);
        reader.fault(span, message).help = Some("a language tag is like en, de-AT or zh-Hans (BCP 47)".to_owned());
        config.lang = "en".to_owned();
    }
    if let Some(span) = reader.text(table, "theme", &mut config.theme)
        && (config.theme.is_empty() || config.theme.contains(['/', '\\']) || config.theme.starts_with('.'))
    {
        let message = format!("\"{}\" is no name of a theme", config.theme);
        reader.fault(span, message).help = Some("a theme is named like its folder in themes/".to_owned());
        config.theme = "default".to_owned();
    }
    reader.bool(table, "pretty_urls", &mut config.pretty_urls);
    if let Some(citations) = reader.table(table, "citations") {
        reader.unknown(citations, "citations", &["style"]);
        config.style_span = reader.text(citations, "style", &mut config.style).unwrap_or_default();
    }
}

/// Tells whether a text has the shape of a BCP 47 tag: subtags of 1–8 letters and digits, the first of 2–8 letters.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().is_some_and(|part| (2..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphabetic()));
    first && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}

fn publish(reader: &mut Reader<'_>, table: &Table, config: &mut Config) {
    let Some(publish) = reader.table(table, "publish") else { return };
    reader.unknown(publish, "publish", &["default", "reviewed"]);
    let mut word = "public".to_owned();
    if let Some(span) = reader.text(publish, "default", &mut word) {
        // What is not understood withholds.
        config.visibility = if word == "public" { Visibility::Public } else { Visibility::Private };
        if !matches!(word.as_str(), "public" | "private") {
            reader.fault(span, format!("\"{word}\" is no default visibility")).help = Some("it is public or private".to_owned());
        }
    }
    config.reviewed = reader.texts(publish, "reviewed");
}

fn markdown(reader: &mut Reader<'_>, table: &Table, config: &mut Config) {
    let Some(markdown) = reader.table(table, "markdown") else { return };
    reader.unknown(markdown, "markdown", &["html", "smart"]);
    let (mut html, mut smart) = (false, true);
    reader.bool(markdown, "html", &mut html);
    reader.bool(markdown, "smart", &mut smart);
    config.markdown.html = if html { RawHtml::Sanitise } else { RawHtml::Escape };
    config.markdown.smart = if smart { Smart::On } else { Smart::Off };
}

fn outputs(reader: &mut Reader<'_>, table: &Table, config: &mut Config) {
    let Some(outputs) = reader.table(table, "outputs") else { return };
    reader.unknown(outputs, "outputs", &["feeds", "sitemap", "search"]);
    reader.bool(outputs, "feeds", &mut config.outputs.feeds);
    reader.bool(outputs, "sitemap", &mut config.outputs.sitemap);
    reader.bool(outputs, "search", &mut config.outputs.search);
}

fn lints(reader: &mut Reader<'_>, table: &Table, config: &mut Config) {
    let Some(lints) = reader.table(table, "lints") else { return };
    for (key, node) in lints {
        let name = key.name.replace('_', "-");
        let Some(code) = lint_code(&name) else {
            let names = crate::diagnostic::code::ALL.iter().map(|code| code.name);
            let help = near::nearest(&name, names).first().map(|near| format!("did you mean \"{near}\"?"));
            reader.fault(key.span, format!("\"{}\" is no code", key.name)).help = help;
            continue;
        };
        if code.severity == Severity::Error {
            let message = format!("\"{name}\" is an error, and errors cannot be allowed");
            reader.fault(key.span, message).help = Some("only warnings may stand in [lints]".to_owned());
            continue;
        }
        let word = match &node.value {
            Value::Text(text) => text.value.to_string(),
            _ => node.kind().to_owned(),
        };
        let level = match word.as_str() {
            "allow" => Level::Allow,
            "warn" => Level::Warn,
            "deny" => Level::Deny,
            _ => {
                let message = format!("\"{word}\" is no level of a lint");
                reader.fault(node.span, message).help = Some("a level is allow, warn or deny".to_owned());
                continue;
            }
        };
        config.lints.insert(code.name, level);
    }
}

fn menu(reader: &mut Reader<'_>, table: &Table, config: &mut Config) {
    for entry in reader.tables(table, "menu") {
        reader.unknown(entry, "menu", &["title", "to"]);
        let mut item = MenuEntry { title: String::new(), to: String::new(), span: Default::default() };
        reader.text(entry, "title", &mut item.title);
        if let Some(span) = reader.text(entry, "to", &mut item.to) {
            item.span = span;
            config.menu.push(item);
        } else {
            let span = entry.entries().first().map(|(key, _)| key.span).unwrap_or_default();
            reader.fault(span, "an entry of the menu has no \"to\"".to_owned());
        }
    }
}

fn types(reader: &mut Reader<'_>, table: &Table, config: &mut Config) {
    let Some(types) = reader.table(table, "types") else { return };
    for (key, node) in types {
        let name = key.name.clone();
        if config.kinds.named(&name).is_some() {
            let message = format!("\"{name}\" is a built-in type");
            reader.fault(key.span, message).help = Some("choose another name for the type".to_owned());
            continue;
        }
        let Some(table) = node.table() else {
            reader.fault(node.span, format!("[types.{name}] is a table, not {}", node.kind()));
            continue;
        };
        reader.unknown(table, &format!("types.{name}"), &["folder", "title", "fields"]);
        let mut custom = Custom { name, folder: format!("{}s", key.name), title: String::new(), fields: Vec::new() };
        if let Some(span) = reader.text(table, "folder", &mut custom.folder) {
            let taken = config.kinds.of_folder(&custom.folder).is_some();
            if taken || custom.folder.is_empty() || custom.folder.contains(['/', '\\']) || custom.folder.starts_with('.') {
                let message = format!("\"{}\" cannot be the folder of a type", custom.folder);
                reader.fault(span, message).help = Some("give the name of one folder that no other type has".to_owned());
                continue;
            }
        }
        reader.text(table, "title", &mut custom.title);
        if custom.title.is_empty() {
            custom.title = capitalised(&custom.folder);
        }
        fields(reader, table, &mut custom);
        config.kinds.0.push(Arc::new(custom_kind(custom)));
    }
}

fn fields(reader: &mut Reader<'_>, table: &Table, custom: &mut Custom) {
    let Some(fields) = reader.table(table, "fields") else { return };
    for (key, node) in fields {
        if crate::kind::COMMON.iter().any(|field| key.is(&field.name)) {
            let message = format!("\"{}\" is a field that every record has", key.name);
            reader.fault(key.span, message).help = Some("leave it out here".to_owned());
            continue;
        }
        let Value::Text(word) = &node.value else {
            reader.fault(node.span, format!("the shape of a field is a text, not {}", node.kind()));
            continue;
        };
        match custom_shape(&word.value) {
            Ok(shape) => custom.fields.push((key.name.replace('_', "-"), shape)),
            Err(known) => {
                let help = format!("a field is {}", known.join(", "));
                reader.fault(node.span, format!("\"{}\" is no shape of a field", word.value)).help = Some(help);
            }
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

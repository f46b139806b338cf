//! `casebook.toml`: what the site is called, where it is published, which types and lints it has.
//!
//! Every key is read by name from one table of known keys; any other is an error that names the nearest known one.

mod read;
mod table;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Map;

use crate::diagnostic::policy::Level;
use crate::diagnostic::{Code, Diagnostic};
use crate::file::{RelPath, Span};
use crate::kind::{BUILT_IN, Kind};
use crate::markdown::Options;
use crate::model::Visibility;

pub use table::free_value;

/// The name of the configuration file; its folder is the site's root.
pub const FILE: &str = "casebook.toml";

/// Which generated files a site has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Outputs {
    /// `atom.xml` and `feed.json` (with `base_url` only).
    pub feeds: bool,
    /// `sitemap.xml` (with `base_url` only).
    pub sitemap: bool,
    /// `search.html` and its index.
    pub search: bool,
}

/// One entry of `[[menu]]`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MenuEntry {
    /// What the reader sees.
    pub title: String,
    /// A reference, a route or a URL.
    pub to: String,
    /// Where `to` stands.
    pub span: Span,
}

/// The record types of a site: the built-in ones and its own.
#[derive(Clone, Debug)]
pub struct Kinds(Vec<Arc<Kind>>);

impl Kinds {
    /// Returns every type, built-in ones first, a page last but for the site's own.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Kind>> {
        self.0.iter()
    }

    /// Returns the type of that name.
    pub fn named(&self, name: &str) -> Option<&Arc<Kind>> {
        self.0.iter().find(|kind| kind.name == name)
    }

    /// Returns the type whose records lie in folders of that name. Ordinary pages have no folder of their own.
    pub fn of_folder(&self, folder: &str) -> Option<&Arc<Kind>> {
        self.0.iter().find(|kind| kind.name != "page" && kind.folders.iter().any(|name| name == folder))
    }
}

/// The configuration of a site.
#[derive(Clone, Debug)]
pub struct Config {
    /// The site's title.
    pub title: String,
    /// What it is about, in a sentence.
    pub description: String,
    /// Who publishes it.
    pub authors: Vec<String>,
    /// Where it is published, with a slash at its end; without it there are no feeds, sitemap or canonical links.
    pub base_url: Option<String>,
    /// Its language (BCP 47).
    pub lang: String,
    /// The name of its theme.
    pub theme: String,
    /// Whether pages are folders with an `index.html`.
    pub pretty_urls: bool,
    /// What a record without `visibility` is.
    pub visibility: Visibility,
    /// Files whose metadata was looked at, as paths from the root.
    pub reviewed: Vec<(String, Span)>,
    /// How Markdown is read.
    pub markdown: Options,
    /// The citation style: a name, or a `.csl` file of the site, beside `casebook.toml` or in `styles/`.
    pub style: String,
    /// Where the style stands, for messages.
    pub style_span: Span,
    /// Which generated files there are.
    pub outputs: Outputs,
    /// What becomes of each warning that the site speaks of.
    pub lints: BTreeMap<&'static str, Level>,
    /// The menu.
    pub menu: Vec<MenuEntry>,
    /// The record types.
    pub kinds: Kinds,
    /// `[extra]`, for themes.
    pub extra: Map<String, serde_json::Value>,
}

/// What of the configuration parsing depends on: as long as it is the same, parsed files may be kept.
#[derive(Clone, PartialEq, Debug)]
pub struct ParseOptions {
    markdown: Options,
    kinds: Vec<Arc<Kind>>,
}

impl Config {
    /// Returns what parsing depends on.
    pub fn parse_options(&self) -> ParseOptions {
        ParseOptions { markdown: self.markdown, kinds: self.kinds.0.clone() }
    }
}

impl Default for Config {
    fn default() -> Config {
        Config {
            title: String::new(),
            description: String::new(),
            authors: Vec::new(),
            base_url: None,
            lang: "en".to_owned(),
            theme: "default".to_owned(),
            pretty_urls: false,
            visibility: Visibility::Public,
            reviewed: Vec::new(),
            markdown: Options::default(),
            style: "chicago-notes".to_owned(),
            style_span: Span::default(),
            outputs: Outputs { feeds: true, sitemap: true, search: true },
            lints: BTreeMap::new(),
            menu: Vec::new(),
            kinds: Kinds(BUILT_IN.iter().map(|kind| Arc::new((*kind).clone())).collect()),
            extra: Map::new(),
        }
    }
}

/// Reads the text of `casebook.toml`. Faults are `invalid-config`; what could be read is kept.
pub fn config(path: &RelPath, text: &str) -> (Config, Vec<Diagnostic>) {
    read::config(path, text)
}

/// Reads a base URL, as `base_url` and `--base-url` give it, and ends it in a slash.
///
/// # Errors
/// Fails with a sentence where it is not an http(s) URL with a host and without query, fragment or spaces.
pub fn base_url(text: &str) -> Result<String, &'static str> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let Some(rest) = rest else { return Err("a base URL begins with https:// or http://") };
    let host = rest.split('/').next().unwrap_or_default();
    if host.is_empty() || host.contains('@') || host.starts_with(':') {
        return Err("a base URL names a host");
    }
    let sound = |c: char| {
        c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' | '?' | '#' | '\'')
    };
    if !text.chars().all(sound) {
        return Err("a base URL has no query, fragment, space or quotation mark");
    }
    if rest.split('/').skip(1).any(|part| matches!(part, "." | "..")) {
        return Err("a base URL has no `.` or `..` in its path");
    }
    Ok(if text.ends_with('/') { text.to_owned() } else { format!("{text}/") })
}

/// Returns the code of a warning that `[lints]` may speak of.
pub(crate) fn lint_code(name: &str) -> Option<&'static Code> {
    Code::named(name)
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::{base_url, config};
    use crate::file::RelPath;

    fn check(text: &str, expected: Expect) {
        let path = RelPath::new("casebook.toml").expect("a path");
        let (_, found) = config(&path, text);
        let lines: Vec<String> = found
            .iter()
            .map(|fault| {
                let span = fault.place.as_ref().map(|place| place.span.range()).unwrap_or_default();
                format!(
                    "{}: {:?}: {} / {}",
                    fault.code.name,
                    &text[span],
                    fault.message,
                    fault.help.as_deref().unwrap_or("-")
                )
            })
            .collect();
        expected.assert_eq(&lines.join("\n"));
    }

    #[test]
    fn a_full_configuration_has_no_fault() {
        check(
            r#"
title = "A site"
description = "About it"
authors = ["A", "B"]
base_url = "https://example.org/x"
lang = "de-AT"
theme = "brief"
pretty_urls = true
[publish]
default = "private"
reviewed = ["static/report.pdf"]
[markdown]
html = true
smart = false
[citations]
style = "apa"
[outputs]
feeds = false
sitemap = false
search = false
[lints]
single-source = "deny"
[[menu]]
title = "People"
to = "people.html"
[types.vessel]
folder = "vessels"
title = "Vessels"
fields = { flag = "text", built = "date", owner = "reference" }
[extra]
anything = { goes = [1, 2.5, "x"] }
"#,
            expect![""],
        );
    }

    #[test]
    fn an_unknown_key_names_the_nearest_known_one() {
        check(
            "titel = \"x\"\n[markdown]\nhtlm = true\n",
            expect![[r#"
            invalid-config: "titel": unknown key "titel" / did you mean "title"?
            invalid-config: "htlm": unknown key "htlm" in [markdown] / did you mean "html"?"#]],
        );
    }

    #[test]
    fn values_of_the_wrong_kind_are_named() {
        check(
            "title = 3\npretty_urls = \"yes\"\nbase_url = \"ftp://x\"\n[lints]\nbroken-reference = \"allow\"\norphan-record = \"off\"\n[types.person]\nfolder = \"x\"\n",
            expect![[r#"
                invalid-config: "3": "title" is a text, not a number / -
                invalid-config: "\"ftp://x\"": a base URL begins with https:// or http:// / -
                invalid-config: "\"yes\"": "pretty_urls" is true or false, not a text / -
                invalid-config: "broken-reference": "broken-reference" is an error, and errors cannot be allowed / only warnings may stand in [lints]
                invalid-config: "\"off\"": "off" is no level of a lint / a level is allow, warn or deny
                invalid-config: "person": "person" is a built-in type / choose another name for the type"#]],
        );
    }

    #[test]
    fn a_base_url_is_an_address_that_pages_can_hang_below() {
        assert_eq!(base_url("https://a.example"), Ok("https://a.example/".to_owned()));
        assert_eq!(base_url("http://a.example/x/"), Ok("http://a.example/x/".to_owned()));
        for wrong in
            ["a.example", "https://", "https://a b", "https://a.example/?q", "javascript:alert(1)", "https://a\"b"]
        {
            assert!(base_url(wrong).is_err(), "{wrong}");
        }
    }
}

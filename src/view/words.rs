//! The words of a theme, by key.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// A theme's strings in the language of the site.
#[derive(Clone, Default, Debug)]
pub struct Words(pub BTreeMap<String, String>);

impl Words {
    /// Returns the word for a key; a theme that lacks it shows the key's own words.
    pub fn word(&self, key: &str) -> Cow<'_, str> {
        match self.0.get(key) {
            Some(word) => Cow::Borrowed(word),
            None => Cow::Owned(spoken(key)),
        }
    }

    /// Returns the word for a key, if the theme has it. Hyphens and underscores are the same.
    pub fn find(&self, key: &str) -> Option<&str> {
        match self.0.get(key) {
            Some(word) => Some(word),
            None => self.0.get(&key.replace('-', "_")).map(String::as_str),
        }
    }

    /// Returns the word for a prefix and a name (`standing_` and `sub-judice`), else the name itself, with a capital.
    pub fn named(&self, prefix: &str, name: &str) -> String {
        let mut key = String::with_capacity(prefix.len() + name.len());
        key.push_str(prefix);
        for (at, part) in name.split(['-', ' ']).enumerate() {
            key.push_str(if at == 0 { "" } else { "_" });
            key.push_str(part);
        }
        self.0.get(&key).cloned().unwrap_or_else(|| spoken(name))
    }

    /// Returns the word for a key with `{name}` replaced by each given value.
    pub fn filled(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut text = self.word(key).into_owned();
        for (name, value) in values {
            text = text.replace(&format!("{{{name}}}"), value);
        }
        text
    }

    /// Returns the words for a number of things: `PREFIX_one` or `PREFIX_other`.
    pub fn counted(&self, prefix: &str, n: usize) -> String {
        let key = if n == 1 { format!("{prefix}_one") } else { format!("{prefix}_other") };
        self.filled(&key, &[("n", &n.to_string())])
    }
}

/// Makes words of a name: hyphens become spaces, the first letter a capital.
pub fn spoken(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

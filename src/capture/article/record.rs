//! The source record of a capture, as Markdown for its author to finish.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use super::{Article, tidy};

/// What is known of the capture itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Facts<'a> {
    /// The name of the file that holds it, beside the record.
    pub file: &'a str,
    /// The SHA-256 of its bytes, in hexadecimal ([`sha256`]).
    pub sha256: &'a str,
    /// When it was taken, in EDTF.
    pub accessed: &'a str,
    /// Where it was taken from; where it was a file, what it says itself stands.
    pub url: Option<&'a str>,
}

/// Returns the SHA-256 of bytes, in lower-case hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Writes the source record `id`: TOML front matter with what was found, and an empty body. What was not found is a
/// commented line, so that its author sees what is missing.
pub fn record(article: &Article, id: &str, facts: &Facts<'_>) -> String {
    let mut out = String::from("+++\n");
    let mut field = |name: &str, value: Option<String>| match value.filter(|value| value != "\"\"" && value != "[]") {
        Some(value) => out.push_str(&format!("{name} = {value}\n")),
        None => out.push_str(&format!("# {name} = \"\"\n")),
    };
    let text = |value: &Option<String>| value.as_deref().map(string);
    field("title", text(&article.title).or_else(|| Some(string(id))));
    field("kind", Some(string(&article.kind)));
    field("author", Some(list(&article.authors)));
    field("publisher", text(&article.publisher));
    field("container-title", text(&article.container_title));
    field("issued", text(&article.issued));
    field("accessed", Some(string(facts.accessed)));
    field("url", facts.url.map(string).or_else(|| text(&article.url)));
    field("language", text(&article.language));
    out.push_str("\n[capture]\n");
    out.push_str(&format!(
        "file = {}\nsha256 = {}\npublish = \"excerpts\"\n",
        string(facts.file),
        string(facts.sha256)
    ));
    if article.noise.is_empty() {
        out.push_str("noise = []\n");
    } else {
        out.push_str("noise = [\n");
        for line in &article.noise {
            out.push_str(&format!("    {},\n", string(line)));
        }
        out.push_str("]\n");
    }
    out.push_str("+++\n");
    out
}

fn list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| string(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// Writes a basic string of TOML.
fn string(text: &str) -> String {
    let text = tidy(text);
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

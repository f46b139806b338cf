//! A vault with a string of its own in every private place, and a check that finds such strings wherever they stand.
//!
//! In the vault's text `:name:` is a string that would be published if nothing were withheld, `-name-` one that would not
//! even then: a comment, a private block, a `[private]` table, a file that is no input.

use std::collections::BTreeSet;
use std::io::Read;

use flate2::read::{GzDecoder, ZlibDecoder};

/// Files with their names.
pub(crate) type Files = Vec<(String, Vec<u8>)>;

/// The strings of a vault.
#[derive(Clone, Default, Debug)]
pub(crate) struct Canaries {
    /// Those that would be published if nothing were withheld.
    pub(crate) open: BTreeSet<String>,
    /// Those that would not.
    pub(crate) shut: BTreeSet<String>,
}

impl Canaries {
    /// Returns all of them.
    pub(crate) fn all(&self) -> BTreeSet<String> {
        self.open.union(&self.shut).cloned().collect()
    }
}

/// Returns the string for a name.
pub(crate) fn string(name: &str) -> String {
    format!("zv{name}q")
}

/// Puts the strings into a text, and remembers them.
pub(crate) fn named(text: &str, canaries: &mut Canaries) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find([':', '-']) {
        let (before, from) = rest.split_at(at);
        let sigil = &from[..1];
        let name: &str = &from[1..1 + from[1..].bytes().take_while(u8::is_ascii_lowercase).count()];
        let is_word = before.ends_with(|c: char| c.is_alphanumeric());
        if name.len() >= 3 && from[1 + name.len()..].starts_with(sigil) && !is_word {
            out.push_str(before);
            out.push_str(&string(name));
            let into = if sigil == ":" { &mut canaries.open } else { &mut canaries.shut };
            into.insert(string(name));
            rest = &from[name.len() + 2..];
        } else {
            out.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
        }
    }
    out + rest
}

/// Takes a text apart in which `//- path` begins a file.
pub(crate) fn files(text: &str) -> Files {
    let parts = text.split("//- ").skip(1).map(|part| part.split_once('\n').expect("a file has a path and a text"));
    parts.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
}

/// Returns the strings that stand in any of some files, or in the name of one.
pub(crate) fn found(strings: &BTreeSet<String>, files: &Files) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (name, bytes) in files {
        for view in views(name.as_bytes()).into_iter().chain(views(bytes)) {
            found.extend(strings.iter().filter(|string| holds(&view, string.as_bytes())).cloned());
        }
    }
    found
}

/// Tells whether bytes hold a string; one of digits only as a whole word, since hashes hold any.
fn holds(bytes: &[u8], string: &[u8]) -> bool {
    let is_number = string.iter().all(u8::is_ascii_digit);
    let free = |byte: Option<&u8>| !is_number || byte.is_none_or(|byte| !byte.is_ascii_alphanumeric());
    let starts = bytes.windows(string.len()).enumerate().filter(|(_, window)| *window == string);
    let mut free_ones = starts.filter(|(at, _)| {
        free(at.checked_sub(1).and_then(|before| bytes.get(before))) && free(bytes.get(at + string.len()))
    });
    free_ones.next().is_some()
}

/// Returns all that bytes may say: as they are, unpacked, without the escapes of URLs, HTML and JSON, without the zeros of
/// UTF-16; in lower case.
fn views(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut views = vec![bytes.to_vec()];
    let mut unpacked = Vec::new();
    if bytes.starts_with(&[0x1f, 0x8b]) && GzDecoder::new(bytes).read_to_end(&mut unpacked).is_ok() {
        views.push(unpacked.clone());
    }
    for (at, _) in bytes.windows(4).enumerate().filter(|(_, window)| *window == b"zTXt") {
        let text = bytes[at + 4..].iter().position(|byte| *byte == 0).map_or(at, |zero| at + 4 + zero + 2);
        let mut unpacked = Vec::new();
        // What follows the packed text is none of it.
        drop(ZlibDecoder::new(&bytes[text.min(bytes.len())..]).read_to_end(&mut unpacked));
        views.push(unpacked);
    }
    for escape in [Escape::Percent, Escape::Entity, Escape::Json] {
        views.push(decoded(bytes, escape));
    }
    views.push(bytes.iter().copied().filter(|byte| *byte != 0).collect());
    views.iter_mut().for_each(|view| view.make_ascii_lowercase());
    views
}

/// A way of writing characters.
#[derive(Clone, Copy)]
enum Escape {
    /// `%41`
    Percent,
    /// `&#65;`, `&#x41;`
    Entity,
    /// `\u0041`
    Json,
}

fn decoded(bytes: &[u8], escape: Escape) -> Vec<u8> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        match escaped(&bytes[at..], escape) {
            Some((byte, length)) => {
                out.push(byte);
                at += length;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    out
}

/// Reads one escaped ASCII character, and how long it is.
fn escaped(bytes: &[u8], escape: Escape) -> Option<(u8, usize)> {
    let number = |from: usize, to: usize, radix: u32| {
        let digits = std::str::from_utf8(bytes.get(from..to)?).ok()?;
        u8::from_str_radix(digits, radix).ok()
    };
    match escape {
        Escape::Percent if bytes[0] == b'%' => Some((number(1, 3, 16)?, 3)),
        Escape::Json if bytes.starts_with(b"\\u00") => Some((number(4, 6, 16)?, 6)),
        Escape::Entity if bytes.starts_with(b"&#") => {
            let end = bytes.iter().take(10).position(|byte| *byte == b';')?;
            let is_hex = matches!(bytes.get(2), Some(b'x' | b'X'));
            let byte = if is_hex { number(3, end, 16)? } else { number(2, end, 10)? };
            Some((byte, end + 1))
        }
        _ => None,
    }
}

//! The manifest: which files of the output folder came from here, each with the BLAKE3 hash of its bytes.
//!
//! It is JSON, sorted by route, so that the same site gives the same bytes:
//! `{"version":1,"files":{"index.html":"<64 hexadecimal digits>", …}}`.

use std::borrow::Cow;
use std::fmt;
use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::time::SystemTime;

use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::place;
use super::refuse::{Refusal, WriteFault};
use crate::file::IoFault;

/// The version of the format that is written and read.
const VERSION: u32 = 1;

/// The hash of a file's bytes.
pub(super) type Hash = [u8; 32];

/// Routes and the hashes of their bytes, sorted by route.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct Manifest {
    files: Vec<(Box<str>, Hash)>,
}

/// The manifest as it is read.
#[derive(Deserialize)]
struct Written {
    version: u32,
    files: Files,
}

/// Routes and hashes, in the order in which they stand there.
struct Files(Vec<(Box<str>, Hash)>);

impl<'de> Deserialize<'de> for Files {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Files, D::Error> {
        /// Takes the entries of a JSON object as they come.
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Files;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("sound routes and their hashes")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Files, A::Error> {
                let mut files = Vec::new();
                while let Some((Route(route), hash)) = map.next_entry::<Route<'de>, &'de str>()? {
                    let hash = blake3::Hash::from_hex(hash).map_err(A::Error::custom)?;
                    if !place::is_sound(&route) {
                        return Err(A::Error::custom("a route that leaves the folder"));
                    }
                    files.push((Box::from(&*route), *hash.as_bytes()));
                }
                Ok(Files(files))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// A route that is borrowed from the text unless it holds an escape.
#[derive(Deserialize)]
struct Route<'a>(#[serde(borrow)] Cow<'a, str>);

/// When a manifest was put in its place: what changed later was not written by the build that it tells of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    modified: SystemTime,
    changed: i128,
}

impl Manifest {
    /// Makes a manifest of entries in any order.
    pub(super) fn new(mut files: Vec<(Box<str>, Hash)>) -> Manifest {
        files.sort_unstable();
        Manifest { files }
    }

    /// Returns the hash that a route is known by.
    pub(super) fn hash(&self, route: &str) -> Option<Hash> {
        let at = self.files.binary_search_by(|(known, _)| (**known).cmp(route)).ok()?;
        Some(self.files[at].1)
    }

    /// Returns routes and hashes, sorted by route.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&str, Hash)> {
        self.files.iter().map(|(route, hash)| (&**route, *hash))
    }

    /// Reads a manifest and when it was written; `None` where there is none.
    ///
    /// # Errors
    /// Refuses a file that is no manifest of this version, or that claims a path outside the folder.
    pub(super) fn load(path: &Path) -> Result<Option<(Manifest, Moment)>, WriteFault> {
        let metadata = match fs::symlink_metadata(path) {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(_) => return Err(Refusal::BadManifest(path.to_path_buf()).into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(IoFault::new("read", path, error).into()),
        };
        let text = fs::read(path).map_err(IoFault::on("read", path))?;
        let manifest = Manifest::parse(&text).ok_or_else(|| Refusal::BadManifest(path.to_path_buf()))?;
        Ok(Some((manifest, Moment::of(&metadata))))
    }

    /// Parses a manifest; `None` where it is none.
    fn parse(text: &[u8]) -> Option<Manifest> {
        let written: Written = serde_json::from_slice(text).ok()?;
        if written.version != VERSION {
            return None;
        }
        let manifest = Manifest::new(written.files.0);
        let repeats = manifest.files.windows(2).any(|pair| pair[0].0 == pair[1].0);
        (!repeats).then_some(manifest)
    }

    /// Returns the manifest's text.
    pub(super) fn text(&self) -> Vec<u8> {
        let mut text = format!("{{\"version\":{VERSION},\"files\":{{").into_bytes();
        text.reserve(self.files.len() * 100);
        for (at, (route, hash)) in self.files.iter().enumerate() {
            text.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
            serde_json::to_writer(&mut text, route).expect("a text in memory is always writable");
            text.extend_from_slice(b":\"");
            text.extend_from_slice(blake3::Hash::from_bytes(*hash).to_hex().as_bytes());
            text.push(b'"');
        }
        text.extend_from_slice(b"\n}}\n");
        text
    }
}

impl Moment {
    /// Returns the moment at which a file was put in its place.
    pub(super) fn of(metadata: &Metadata) -> Moment {
        Moment { modified: metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH), changed: changed(metadata) }
    }

    /// Returns when the file's bytes were written.
    pub(super) fn modified(self) -> SystemTime {
        self.modified
    }

    /// Tells whether a file was surely not touched since this moment.
    pub(super) fn is_after(self, metadata: &Metadata) -> bool {
        let file = Moment::of(metadata);
        file.modified < self.modified && file.changed < self.changed
    }
}

/// Returns when the file's entry last changed, in nanoseconds; unlike the time of its bytes, no tool sets it back.
#[cfg(unix)]
fn changed(metadata: &Metadata) -> i128 {
    use std::os::unix::fs::MetadataExt;
    i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec())
}

/// Returns when the file last changed, in nanoseconds.
#[cfg(not(unix))]
fn changed(metadata: &Metadata) -> i128 {
    let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    modified.duration_since(SystemTime::UNIX_EPOCH).map_or(0, |since| since.as_nanos().cast_signed())
}

#[cfg(test)]
mod tests {
    use super::Manifest;

    fn manifest(routes: &[&str]) -> Manifest {
        Manifest::new(
            routes.iter().map(|route| (Box::from(*route), *blake3::hash(route.as_bytes()).as_bytes())).collect(),
        )
    }

    #[test]
    fn a_manifest_survives_its_text_in_whatever_order_it_was_made() {
        let one = manifest(&["b.html", "a/\"ü\".html", "a.html"]);
        let other = manifest(&["a.html", "b.html", "a/\"ü\".html"]);
        assert_eq!(one.text(), other.text());
        assert_eq!(Manifest::parse(&one.text()), Some(one.clone()));
        assert_eq!(one.hash("a.html"), Some(*blake3::hash(b"a.html").as_bytes()));
        assert_eq!(one.hash("c.html"), None);
        assert_eq!(Manifest::parse(&manifest(&[]).text()), Some(manifest(&[])));
    }

    #[test]
    fn a_manifest_that_claims_a_path_outside_is_none() {
        for route in ["../a.html", "/etc/passwd", "a/../../b", "", ".casebook/lock", "a//b", "a\\b"] {
            assert_eq!(Manifest::parse(&manifest(&[route]).text()), None, "{route}");
        }
    }

    #[test]
    fn what_is_no_manifest_of_this_version_is_none() {
        let twice = manifest(&["a", "b"]).text();
        let twice = String::from_utf8(twice).expect("text").replace("\"b\"", "\"a\"");
        for text in [&twice, "", "{}", "[]", "{\"version\":2,\"files\":{}}", "{\"version\":1,\"files\":{\"a\":\"12\"}}"]
        {
            assert_eq!(Manifest::parse(text.as_bytes()), None, "{text}");
        }
        let deep = "[".repeat(1 << 20);
        assert_eq!(Manifest::parse(deep.as_bytes()), None);
    }
}

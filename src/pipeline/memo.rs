//! What is kept from one build to the next.
//!
//! Two things are kept, and both are results of pure functions with all that they were made of: what comes of a single file,
//! and the last result of a stage. Nothing says what depends on what. Dropping the memo changes the time of a build, never
//! a byte.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::frame::{Frame, FrameKey, FramesKey, PagesKey, WorksKey};
use super::inputs::{Configuration, Measured};
use crate::cite::Style;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::file::{Bytes, RelPath};
use crate::model::Shape;
use crate::render::{Renderer, Theme};
use crate::resolve::Pages;
use crate::view::{Frames, Works};
use crate::{check, hold, parse, resolve, scan, withhold};

/// What is kept from one build to the next.
#[derive(Default)]
pub struct Memo {
    pub(super) parsed: parse::Kept,
    pub(super) through: withhold::Kept,
    pub(super) archive: resolve::Kept,
    pub(super) held: hold::Memo,
    pub(super) checked: check::Kept,
    /// Measured images, each with the stamp of its file.
    pub(super) images: Mutex<BTreeMap<RelPath, (u64, Measured)>>,
    pub(super) config: Last<(Option<Bytes>, Option<String>), Configuration>,
    pub(super) theme: Last<ThemeKey, (Arc<Theme>, Vec<Diagnostic>)>,
    pub(super) style: Last<(Same<Config>, Option<Bytes>), (Arc<Style>, Vec<Diagnostic>)>,
    pub(super) canaries: Last<CanariesKey, (Arc<scan::Canaries>, Vec<Diagnostic>)>,
    pub(super) frame: Last<FrameKey, Arc<Frame>>,
    pub(super) works: Last<WorksKey, Arc<Works>>,
    pub(super) pages: Last<PagesKey, (Arc<Pages>, Vec<Diagnostic>)>,
    pub(super) renderer: Last<Same<Theme>, Result<Arc<Renderer>, Vec<Diagnostic>>>,
    pub(super) frames: Last<FramesKey, (Arc<Frames>, Vec<Diagnostic>)>,
}

impl Memo {
    /// Returns how many files were parsed since the memo was made.
    pub fn parses(&self) -> usize {
        self.parsed.parses()
    }
}

/// What a theme is made of: its files with their stamps, its name, the language.
pub(super) type ThemeKey = (Vec<(RelPath, u64)>, String, String);

/// What canaries are made of.
pub(super) type CanariesKey = (Vec<withhold::Canary>, Vec<String>, Same<Theme>);

/// The last result of a pure function, with what it was made of.
pub(super) struct Last<K, V>(Mutex<Option<(K, V)>>);

impl<K, V> Default for Last<K, V> {
    fn default() -> Last<K, V> {
        Last(Mutex::new(None))
    }
}

impl<K: PartialEq, V: Clone> Last<K, V> {
    /// Returns the last result where it was made of the same, else makes it.
    pub(super) fn get(&self, key: K, make: impl FnOnce(&K) -> V) -> V {
        self.get_if(key, |_| true, make)
    }

    /// Returns the last result where it was made of the same and may be used again, else makes it.
    pub(super) fn get_if(&self, key: K, may: impl Fn(&V) -> bool, make: impl FnOnce(&K) -> V) -> V {
        let lock = || self.0.lock().expect("no thread panics while it holds what is kept");
        if let Some((_, value)) = lock().as_ref().filter(|(known, value)| *known == key && may(value)) {
            return value.clone();
        }
        // Not under the lock: who makes it may work in parallel, and be given what waits for the lock.
        let value = make(&key);
        *lock() = Some((key, value.clone()));
        value
    }
}

/// Something shared, which is equal to itself alone.
pub(super) struct Same<T>(pub(super) Arc<T>);

impl<T> PartialEq for Same<T> {
    fn eq(&self, other: &Same<T>) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// A shape, which is equal to itself alone.
pub(super) struct SameShape(pub(super) Shape);

impl PartialEq for SameShape {
    fn eq(&self, other: &SameShape) -> bool {
        self.0.is(&other.0)
    }
}

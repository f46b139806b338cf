//! The faults that reading a file brings up, collected in one place.
//!
//! No message repeats a value: one that does not parse may stand in a `[private]` table or in a withheld record. Keys,
//! lines and examples say enough. A file that is no front matter at all has thousands of faults: the first few are
//! kept.

use crate::diagnostic::{Code, Diagnostic};
use crate::file::{RelPath, Span};

use super::Key;

/// How many faults of one file are told.
const TOLD: usize = 20;

/// A file being read, and what was found wrong with it.
pub(super) struct Faults<'a> {
    /// The whole file.
    pub(super) text: &'a str,
    path: &'a RelPath,
    code: &'static Code,
    found: Vec<Diagnostic>,
}

impl<'a> Faults<'a> {
    /// Starts on a file, whose faults will have the code `code`.
    pub(super) fn new(path: &'a RelPath, text: &'a str, code: &'static Code) -> Faults<'a> {
        Faults { text, path, code, found: Vec::new() }
    }

    /// Adds a fault.
    pub(super) fn add(&mut self, span: Span, message: impl Into<String>, help: impl Into<String>) {
        if self.found.len() < TOLD {
            let fault = Diagnostic::new(self.code, message).at(self.path, span).help(help);
            self.found.push(fault);
        }
    }

    /// Adds the fault of a key that is set twice.
    pub(super) fn duplicate(&mut self, key: &Key, first: &Key) {
        let line = self.line(first.span);
        let (message, help) = if key.name == first.name {
            (format!("\"{}\" is set twice, first in line {line}", key.name), "keep one of the two")
        } else {
            (
                format!("\"{}\" is the same key as \"{}\" in line {line}", key.name, first.name),
                "hyphen and underscore are the same in a key: keep one of the two",
            )
        };
        self.add(key.span, message, help);
    }

    /// Returns the line, from 1, in which a span begins.
    pub(super) fn line(&self, span: Span) -> usize {
        let head = &self.text.as_bytes()[..(span.start as usize).min(self.text.len())];
        let ends = head.iter().enumerate();
        1 + ends.filter(|&(at, byte)| *byte == b'\n' || (*byte == b'\r' && head.get(at + 1) != Some(&b'\n'))).count()
    }

    /// Returns the faults in the order of the file.
    pub(super) fn done(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|fault| fault.place.as_ref().map(|place| place.span));
        self.found
    }
}

//! The map of a text that is being decoded, made piece by piece.

use crate::file::{Span, TextMap};

/// A map from offsets in a decoded text to offsets in the file, on its way to become a [`TextMap`].
#[derive(Default)]
pub(super) struct Mapping {
    /// The first piece. Most texts have no other.
    first: Option<(u32, u32)>,
    /// The pieces behind it.
    rest: Vec<(u32, u32)>,
    /// The pair of offsets that the map gives without a new piece.
    next: Option<(usize, usize)>,
}

impl Mapping {
    /// Says that `len` bytes of the text from `at` stand in the file as they are, from `file`.
    pub(super) fn copy(&mut self, at: usize, file: usize, len: usize) {
        self.stand(at, file);
        self.next = Some((at + len, file + len));
    }

    /// Says that what stands in the text at `at` stems from `file`, where something else is written.
    pub(super) fn stem(&mut self, at: usize, file: usize) {
        self.stand(at, file);
        self.next = None;
    }

    /// Forgets what was said.
    pub(super) fn clear(&mut self) {
        *self = Mapping::default();
    }

    /// Returns the map; that of an empty text, which stands at `empty`, where nothing was said.
    pub(super) fn done(self, empty: usize) -> TextMap {
        match self.first {
            None => TextMap::at(empty),
            Some((0, file)) if self.rest.is_empty() => TextMap::at(file as usize),
            Some(first) => {
                let mut pieces = self.rest;
                pieces.insert(0, first);
                TextMap::from_pieces(pieces)
            }
        }
    }

    fn stand(&mut self, at: usize, file: usize) {
        if self.next != Some((at, file)) {
            let piece = (Span::new(at, at).start, Span::new(file, file).start);
            match self.first {
                None => self.first = Some(piece),
                Some(_) => self.rest.push(piece),
            }
        }
    }
}

//! Reads words with something special in them at a glance, where no care is needed: letters of two bytes, quotation
//! marks and dashes, entities of marks. Most of what is special in a page is of these.

use super::fold::{Entry, Table};
use super::mask::is_word;

/// A word that is read at a glance.
pub(super) struct Letters {
    /// Where it begins.
    pub(super) start: usize,
    text: [u8; 64],
    length: usize,
}

impl Letters {
    /// Makes the word without letters that begins at `start`.
    pub(super) fn new(start: usize) -> Letters {
        Letters { start, text: [0; 64], length: 0 }
    }

    /// Returns the letters so far, folded.
    pub(super) fn text(&self) -> &[u8] {
        &self.text[..self.length]
    }

    /// Adds the plain letters and digits that bytes begin with, as far as there is room; returns how many.
    pub(super) fn push_plain(&mut self, bytes: &[u8]) -> usize {
        let room = &mut self.text[self.length..];
        let mut count = 0;
        for (to, from) in room.iter_mut().zip(bytes).take_while(|(_, from)| from.is_ascii_alphanumeric()) {
            *to = from.to_ascii_lowercase();
            count += 1;
        }
        self.length += count;
        count
    }

    /// Adds the first `length` of some bytes; `false` where the word is too long for a glance.
    pub(super) fn push(&mut self, letters: [u8; 4], length: usize) -> bool {
        let Some(room) = self.text.get_mut(self.length..self.length + 4) else { return false };
        room.copy_from_slice(&letters);
        self.length += length;
        true
    }
}

/// What a glance at a character says; numbers are of bytes.
pub(super) enum Step {
    /// Folded letters, how many bytes they are, and how many were read for them.
    Letters([u8; 4], usize, usize),
    /// It shows nothing.
    Nothing(usize),
    /// It stands between words.
    Break(usize),
    /// It must be read with care.
    Care,
    /// The word is over.
    End,
}

/// Entities of marks that stand between words, behind their `&`.
const MARKS: [&[u8]; 12] =
    [b"amp;", b"quot;", b"#39;", b"#x27;", b"gt;", b"nbsp;", b"#34;", b"#x2F;", b"#x22;", b"#160;", b"apos;", b"#x60;"];

/// Reads the next character of a word with something special in it, where that can be done at a glance.
#[inline]
pub(super) fn step(table: &Table, bytes: &[u8]) -> Step {
    match bytes {
        [lead @ 0xc2..=0xdf, follow @ 0x80..=0xbf, ..] => match table.entry(*lead, *follow) {
            Entry::Letters(text, length) => Step::Letters(text, usize::from(length), 2),
            Entry::Ignored => Step::Nothing(2),
            Entry::Break => Step::Break(2),
            Entry::Other => Step::Care,
        },
        // Dashes, quotation marks, the ellipsis.
        [0xe2, 0x80, 0x90..=0x95 | 0x98..=0x9f | 0xa2 | 0xa6 | 0xb9 | 0xba, ..] => Step::Break(3),
        [b'&', rest @ ..] => {
            let mark = MARKS.iter().find(|mark| rest.starts_with(mark));
            let next = mark.and_then(|mark| rest.get(mark.len()));
            // What comes behind may be escaped once more, or belong to a tag.
            let is_clear = !next.is_some_and(|next| next.is_ascii_alphanumeric() || matches!(next, b'#' | b'/'));
            match mark {
                Some(mark) if is_clear || !mark.starts_with(b"amp") => Step::Break(mark.len() + 1),
                _ => Step::Care,
            }
        }
        [byte, ..] if is_word(*byte) => Step::Care,
        _ => Step::End,
    }
}

//! Reads words with something special in them at a glance, where no care is needed: letters of two bytes, quotation
//! marks and dashes, entities of marks. Most of what is special in a page is of these.

use super::fold::{Entry, Table, table};
use super::mask::{is_word, run};
use super::net::key;

/// What a word begins with: enough to say of nearly all that they begin no canary.
pub(super) struct Head {
    /// Where it begins.
    pub(super) start: usize,
    /// Its first four bytes, folded, as `net::key` has them.
    pub(super) key: u32,
    /// How many bytes it has, folded.
    pub(super) length: usize,
}

impl Head {
    /// Makes the head of a word without letters that begins at `start`.
    #[inline]
    pub(super) fn new(start: usize) -> Head {
        Head { start, key: 0, length: 0 }
    }

    /// Adds the plain letters and digits that bytes begin with; returns how many.
    #[inline]
    pub(super) fn push_plain(&mut self, bytes: &[u8]) -> usize {
        let count = run(bytes, |byte| byte.is_ascii_alphanumeric());
        if self.length < 4 && count > 0 {
            self.key |= key(bytes, 0, count) << (8 * self.length);
        }
        self.length += count;
        count
    }

    /// Adds the first `length` of some bytes.
    #[inline]
    pub(super) fn push(&mut self, letters: [u8; 4], length: usize) {
        if self.length < 4 && length > 0 {
            self.key |= key(&letters, 0, length) << (8 * self.length);
        }
        self.length += length;
    }
}

/// A word that is read at a glance.
pub(super) struct Letters {
    text: [u8; 64],
    length: usize,
}

impl Letters {
    /// Reads a word of letters that a glance takes; `None` where it is too long for that.
    pub(super) fn read(bytes: &[u8]) -> Option<Letters> {
        let mut letters = Letters { text: [0; 64], length: 0 };
        let mut at = 0;
        while at < bytes.len() {
            let plain = run(&bytes[at..], |byte| byte.is_ascii_alphanumeric());
            letters.push(&bytes[at..at + plain])?;
            at += plain;
            match step(table(), &bytes[at..]) {
                Step::Letters(text, length, read) => {
                    letters.push(&text[..length])?;
                    at += read;
                }
                Step::Nothing(read) => at += read,
                Step::Break(_) | Step::Care | Step::End => break,
            }
        }
        Some(letters)
    }

    /// Returns the letters, folded.
    pub(super) fn text(&self) -> &[u8] {
        &self.text[..self.length]
    }

    /// Adds letters as far as there is room.
    fn push(&mut self, letters: &[u8]) -> Option<()> {
        let room = self.text.get_mut(self.length..self.length + letters.len())?;
        room.copy_from_slice(letters);
        room.make_ascii_lowercase();
        self.length += letters.len();
        Some(())
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

/// Returns how long the entity is that bytes behind its `&` begin with, if it is a mark between words.
#[inline]
fn mark(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b'g', b't', b';', ..] => Some(3),
        [b'a', b'm', b'p', b';', ..] | [b'#', b'3', b'9' | b'4', b';', ..] => Some(4),
        [b'q', b'u', b'o', b't', b';', ..]
        | [b'n', b'b', b's', b'p', b';', ..]
        | [b'a', b'p', b'o', b's', b';', ..]
        | [b'#', b'x', b'2', b'7' | b'F' | b'2', b';', ..]
        | [b'#', b'x', b'6', b'0', b';', ..]
        | [b'#', b'1', b'6', b'0', b';', ..] => Some(5),
        _ => None,
    }
}

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
            let Some(length) = mark(rest) else { return Step::Care };
            // What comes behind an ampersand may be escaped once more, or belong to a tag.
            let next = rest.get(length);
            let is_clear = !next.is_some_and(|next| next.is_ascii_alphanumeric() || matches!(next, b'#' | b'/'));
            if is_clear || rest[0] != b'a' || rest[1] != b'm' { Step::Break(length + 1) } else { Step::Care }
        }
        [byte, ..] if is_word(*byte) => Step::Care,
        _ => Step::End,
    }
}

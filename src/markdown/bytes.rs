//! Sets of bytes, and finding the next of one in a text: most of a text is words, which this passes over quickly.

/// A set of bytes.
pub(super) struct ByteSet([bool; 256]);

impl ByteSet {
    /// Makes the set of some bytes.
    pub(super) const fn of(bytes: &[u8]) -> ByteSet {
        let mut set = [false; 256];
        let mut at = 0;
        while at < bytes.len() {
            set[bytes[at] as usize] = true;
            at += 1;
        }
        ByteSet(set)
    }

    /// Returns where the first byte of the set stands.
    pub(super) fn find(&self, bytes: &[u8]) -> Option<usize> {
        let has = |byte: u8| self.0[usize::from(byte)];
        let mut chunks = bytes.chunks_exact(8);
        let mut at = 0;
        for chunk in chunks.by_ref() {
            // Without branches, so that eight bytes are looked up at once.
            if chunk.iter().fold(false, |any, byte| any | has(*byte)) {
                break;
            }
            at += 8;
        }
        bytes[at..].iter().position(|byte| has(*byte)).map(|found| at + found)
    }
}

#[cfg(test)]
mod tests {
    use super::ByteSet;

    #[test]
    fn the_first_byte_is_found_wherever_it_stands() {
        let set = ByteSet::of(b"x\xFF");
        for length in 0..40 {
            let mut bytes = vec![b'a'; length];
            assert_eq!(set.find(&bytes), None);
            for at in 0..length {
                bytes[at] = b'x';
                assert_eq!(set.find(&bytes), Some(at));
                bytes[at] = b'a';
            }
        }
    }
}

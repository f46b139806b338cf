//! Looks at sixty-four bytes together: which belong to words, which are special, and where words begin.

use wide::u8x16;

/// How many bytes are looked at together.
pub(super) const BLOCK: usize = 64;

/// What a block holds: one bit for each byte, the first lowest.
pub(super) struct Block {
    /// Bytes of words, and of what may be a word once it is decoded.
    words: u64,
    /// Bytes of characters beyond ASCII, and those that begin an escape.
    specials: u64,
    /// Bytes that begin a tag.
    tags: u64,
}

/// Where the words begin that must be looked at: one bit for each byte, the first lowest.
pub(super) struct Starts {
    /// All words.
    pub(super) all: u64,
    /// Those of at least four bytes.
    pub(super) four: u64,
    /// Those with something special in them, and those whose end lies neither in the block nor in the next.
    pub(super) care: u64,
    /// Those that end at a tag.
    pub(super) tagged: u64,
}

impl Block {
    /// What follows the last block.
    pub(super) const NONE: Block = Block { words: 0, specials: 0, tags: 0 };

    /// Looks at up to 64 bytes; those that lack count as none.
    #[inline]
    pub(super) fn new(bytes: &[u8]) -> Block {
        match bytes.try_into() {
            Ok(whole) => Block::of(whole),
            Err(_) => {
                let mut whole = [0; BLOCK];
                whole[..bytes.len()].copy_from_slice(bytes);
                Block::of(&whole)
            }
        }
    }

    /// Looks at 64 bytes, sixteen at once.
    #[inline]
    fn of(bytes: &[u8; BLOCK]) -> Block {
        let mut block = Block::NONE;
        for (at, sixteen) in bytes.as_chunks::<16>().0.iter().enumerate() {
            let bytes = u8x16::new(*sixteen);
            let is = |byte: u8| bytes.simd_eq(u8x16::splat(byte));
            // Zero is what stays of the numbers from `first` to `first + last`.
            let among = |bytes: u8x16, first: u8, last: u8| {
                (bytes - u8x16::splat(first)).saturating_sub(u8x16::splat(last)).simd_eq(u8x16::ZERO)
            };
            let plain = among(bytes | u8x16::splat(0x20), b'a', 25) | among(bytes, b'0', 9);
            // The mask of a vector is the top bits of its bytes: those of bytes beyond ASCII are set.
            let special = (is(b'&') | is(b'%') | is(b'\\') | bytes).to_bitmask();
            let shift = at * 16;
            block.words |= u64::from(plain.to_bitmask() | special) << shift;
            block.specials |= u64::from(special) << shift;
            block.tags |= u64::from(is(b'<').to_bitmask()) << shift;
        }
        block
    }

    /// Finds where words begin. `carry` says, by 1 or 0, whether the block before ended within a word, and then whether
    /// this one does; `next` is the block that follows.
    #[inline]
    pub(super) fn starts(&self, next: &Block, carry: &mut u64) -> Starts {
        let words = self.words;
        let all = words & !(words << 1 | *carry);
        let mut four = all & words >> 1 & words >> 2 & words >> 3;
        let mut care = if self.specials == 0 { 0 } else { all & spread_down(self.specials, words) };
        let tags = words & (self.tags >> 1);
        let mut tagged = if tags == 0 { 0 } else { all & spread_down(tags, words) };
        *carry = words >> (BLOCK - 1);
        if *carry == 1 {
            // The word at the end goes on in the next block, or ends just here.
            let open = 1_u64.rotate_right(words.leading_ones()) & all;
            let more = next.words.trailing_ones();
            let rest = if more < 64 { (1 << more) - 1 } else { u64::MAX };
            if more == 64 || next.specials & rest != 0 {
                care |= open;
            }
            if words.leading_ones() + more >= 4 {
                four |= open;
            }
            if next.tags & (rest.wrapping_add(1)) != 0 {
                tagged |= open;
            }
        }
        Starts { all, four, care, tagged }
    }
}

/// Spreads bits down to the first of the run of bits in `within` that each lies in (Kogge and Stone's adder).
#[inline]
fn spread_down(mut bits: u64, mut within: u64) -> u64 {
    for step in [1, 2, 4, 8, 16, 32] {
        bits |= within & (bits >> step);
        within &= within >> step;
    }
    bits
}

/// Tells whether a byte belongs to a word, or to something that may.
#[inline]
pub(super) fn is_word(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10) | is_special(byte)
}

/// Tells whether a byte is part of a character beyond ASCII, or begins an escape.
#[inline]
pub(super) fn is_special(byte: u8) -> bool {
    (byte >= 0x80) | (byte == b'&') | (byte == b'%') | (byte == b'\\')
}

/// Returns how many bytes there are up to the first that is not `of` a kind.
#[inline]
pub(super) fn run(bytes: &[u8], of: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| of(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::Block;

    /// Marks where words begin in a text of at most 64 bytes: `.` a short one, `4` one of four bytes, `!` one that takes
    /// care, `<` one that ends at a tag.
    fn check(text: &str, expect: &str) {
        let starts = Block::new(text.as_bytes()).starts(&Block::new(b""), &mut 0);
        let marks = (0..text.len()).map(|at| {
            let is = |bits: u64| bits >> at & 1 == 1;
            let mark = [(starts.care, '!'), (starts.tagged, '<'), (starts.four, '4'), (starts.all, '.')];
            mark.iter().find(|(bits, _)| is(*bits)).map_or(' ', |(_, mark)| *mark)
        });
        assert_eq!(marks.collect::<String>().trim_end(), expect, "{text}");
    }

    #[test]
    fn words_begin_behind_what_is_none() {
        check("the word, x-ray9.", ".   4     . 4");
        check("a&b 10%of \\n x", "!   !     !  .");
        check("<p>Anne</p>ok<", " . <     . <");
    }

    #[test]
    fn a_word_goes_on_in_the_next_block() {
        let head = ".".repeat(62) + "ab";
        let starts = |next: &str| {
            let mut carry = 0;
            let starts = Block::new(head.as_bytes()).starts(&Block::new(next.as_bytes()), &mut carry);
            assert_eq!((starts.all, carry), (1 << 62, 1));
            [starts.four, starts.care, starts.tagged].map(|bits| bits >> 62 & 1)
        };
        assert_eq!(starts(""), [0, 0, 0]);
        assert_eq!(starts("c d\u{e9}"), [0, 0, 0]);
        assert_eq!(starts("cd e"), [1, 0, 0]);
        assert_eq!(starts("c\u{e9}"), [1, 1, 0]);
        assert_eq!(starts("<b>"), [0, 0, 1]);
        assert_eq!(starts("c<b>"), [0, 0, 1]);
        assert_eq!(starts(&"c".repeat(64)), [1, 1, 0]);
        let mut carry = 1;
        assert_eq!(Block::new(&[b'a'; 64]).starts(&Block::new(b"a"), &mut carry).all, 0);
    }
}

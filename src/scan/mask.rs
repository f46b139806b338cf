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

/// Where words begin: one bit for each byte, the first lowest. Each word has its bit in one of the first three.
pub(super) struct Starts {
    /// Plain words of at least four bytes.
    pub(super) long: u64,
    /// Shorter plain words.
    pub(super) short: u64,
    /// Words with something special in them, and those whose end lies neither in the block nor in the next.
    pub(super) care: u64,
    /// Those of the short ones that end at a tag.
    pub(super) tagged: u64,
}

impl Block {
    /// Looks at the 64 bytes from `from` on; those that lack count as none.
    #[inline]
    pub(super) fn at(bytes: &[u8], from: usize) -> Block {
        let rest = bytes.get(from..).unwrap_or_default();
        match rest.first_chunk() {
            Some(whole) => Block::of(whole),
            None if rest.is_empty() => Block { words: 0, specials: 0, tags: 0 },
            None => {
                let mut whole = [0; BLOCK];
                whole[..rest.len()].copy_from_slice(rest);
                Block::of(&whole)
            }
        }
    }

    /// Looks at 64 bytes, sixteen at once.
    #[inline]
    fn of(bytes: &[u8; BLOCK]) -> Block {
        let mut block = Block { words: 0, specials: 0, tags: 0 };
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
        *carry = words >> (BLOCK - 1);
        let care = if self.specials == 0 { 0 } else { all & spread_down(self.specials, words) };
        let care = care | if *carry == 1 { self.goes_on(next) & all } else { 0 };
        // Whether the second, third and fourth byte belong to the word as well, and which of them begins a tag.
        let word_at = |by: u32| words >> by | next.words << (u64::BITS - by);
        let tag_at = |by: u32| self.tags >> by | next.tags << (u64::BITS - by);
        let (second, third, fourth) = (word_at(1), word_at(2), word_at(3));
        let tagged = tag_at(1) | second & (tag_at(2) | third & tag_at(3));
        let plain = all & !care;
        let long = plain & second & third & fourth;
        let short = plain & !long;
        Starts { long, short, care, tagged: short & tagged }
    }

    /// Returns where the word at the end of the block begins, if it has something special in the next block, or no end
    /// there.
    fn goes_on(&self, next: &Block) -> u64 {
        let more = next.words.trailing_ones();
        let rest = if more < 64 { (1 << more) - 1 } else { u64::MAX };
        let is_care = more == 64 || next.specials & rest != 0;
        if is_care { 1_u64.rotate_right(self.words.leading_ones()) } else { 0 }
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
    /// care, `<` a short one that ends at a tag.
    fn check(text: &str, expect: &str) {
        let starts = Block::at(text.as_bytes(), 0).starts(&Block::at(b"", 0), &mut 0);
        let marks = (0..text.len()).map(|at| {
            let is = |bits: u64| bits >> at & 1 == 1;
            let marks = [(starts.care, '!'), (starts.tagged, '<'), (starts.long, '4'), (starts.short, '.')];
            let count = marks.iter().filter(|(bits, mark)| *mark != '<' && is(*bits)).count();
            assert!(count <= 1, "{text}");
            marks.iter().find(|(bits, _)| is(*bits)).map_or(' ', |(_, mark)| *mark)
        });
        assert_eq!(marks.collect::<String>().trim_end(), expect, "{text}");
    }

    #[test]
    fn words_begin_behind_what_is_none() {
        check("the word, x-ray9.", ".   4     . 4");
        check("a&b 10%of \\n x", "!   !     !  .");
        check("<p>Ann</p>ok<an<b", " . <    . <  <  .");
        check("<p>Anne</p>&lt<", " . 4     . !");
    }

    #[test]
    fn a_word_goes_on_in_the_next_block() {
        let head = ".".repeat(62) + "ab";
        let starts = |next: &str| {
            let mut carry = 0;
            let starts = Block::at(head.as_bytes(), 0).starts(&Block::at(next.as_bytes(), 0), &mut carry);
            assert_eq!(((starts.long | starts.short | starts.care), carry), (1 << 62, 1));
            [starts.long, starts.care, starts.tagged].map(|bits| bits >> 62 & 1)
        };
        assert_eq!(starts(""), [0, 0, 0]);
        assert_eq!(starts("c d\u{e9}"), [0, 0, 0]);
        assert_eq!(starts("cd e"), [1, 0, 0]);
        assert_eq!(starts("c\u{e9}"), [0, 1, 0]);
        assert_eq!(starts("<b>"), [0, 0, 1]);
        assert_eq!(starts("c<b>"), [0, 0, 1]);
        assert_eq!(starts("cd<b>"), [1, 0, 0]);
        assert_eq!(starts(&"c".repeat(64)), [0, 1, 0]);
        let mut carry = 1;
        let starts = Block::at(&[b'a'; 64], 0).starts(&Block::at(b"a", 0), &mut carry);
        assert_eq!(starts.long | starts.short | starts.care, 0);
    }
}

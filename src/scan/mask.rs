//! Looks at sixty-four bytes together: which belong to words, which are special, and where words begin.

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

    /// Looks at 64 bytes. The loop is free of branches, so that the compiler does many bytes at once.
    #[inline]
    fn of(bytes: &[u8; BLOCK]) -> Block {
        let (mut words, mut specials, mut tags) = ([0_u8; BLOCK], [0_u8; BLOCK], [0_u8; BLOCK]);
        for at in 0..BLOCK {
            words[at] = u8::from(is_word(bytes[at]));
            specials[at] = u8::from(is_special(bytes[at]));
            tags[at] = u8::from(bytes[at] == b'<');
        }
        Block { words: pack(&words), specials: pack(&specials), tags: pack(&tags) }
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

/// Packs 64 bytes, each 0 or 1, into bits: the product moves the bit of each byte of eight to its place in the top byte.
#[inline]
fn pack(flags: &[u8; BLOCK]) -> u64 {
    let mut bits = 0;
    for (at, eight) in flags.as_chunks::<8>().0.iter().enumerate() {
        bits |= (u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (at * 8);
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

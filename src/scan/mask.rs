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
    /// Not where words begin, but all their bytes.
    pub(super) words: u64,
    /// Those of at least four bytes.
    pub(super) four: u64,
    /// Those with something special in them, and those whose end does not lie in the block.
    pub(super) care: u64,
    /// Those that end at a tag.
    pub(super) tagged: u64,
}

impl Block {
    /// Looks at up to 64 bytes; those that lack count as none.
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
    /// this one does.
    pub(super) fn starts(&self, carry: &mut u64) -> Starts {
        let words = self.words;
        let all = words & !(words << 1 | *carry);
        *carry = words >> (BLOCK - 1);
        let last = 1_u64.rotate_right(words.leading_ones());
        let open = if *carry == 1 { last & all } else { 0 };
        let care = all & spread_down(self.specials, words) | open;
        let tagged = all & spread_down(words & (self.tags >> 1), words);
        Starts { all, words, four: all & words >> 1 & words >> 2 & words >> 3, care, tagged }
    }
}

/// Spreads bits down to the first of the run of bits in `within` that each lies in (Kogge and Stone's adder).
fn spread_down(mut bits: u64, mut within: u64) -> u64 {
    for step in [1, 2, 4, 8, 16, 32] {
        bits |= within & (bits >> step);
        within &= within >> step;
    }
    bits
}

/// Packs 64 bytes, each 0 or 1, into bits: the product moves the bit of each byte of eight to its place in the top byte.
fn pack(flags: &[u8; BLOCK]) -> u64 {
    let mut bits = 0;
    for (at, eight) in flags.as_chunks::<8>().0.iter().enumerate() {
        bits |= (u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (at * 8);
    }
    bits
}

/// Tells whether a byte belongs to a word, or to something that may.
pub(super) fn is_word(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10) | is_special(byte)
}

/// Tells whether a byte is part of a character beyond ASCII, or begins an escape.
pub(super) fn is_special(byte: u8) -> bool {
    (byte >= 0x80) | (byte == b'&') | (byte == b'%') | (byte == b'\\')
}

/// Returns how many bytes there are up to the first that is not `of` a kind.
pub(super) fn run(bytes: &[u8], of: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| of(**byte)).count()
}

#[cfg(test)]
mod tests {
    use super::Block;

    /// Marks where words begin in a text of at most 64 bytes: `.` a short one, `4` one of four bytes, `!` one that takes
    /// care, `<` one that ends at a tag.
    fn check(text: &str, expect: &str) {
        let starts = Block::new(text.as_bytes()).starts(&mut 0);
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
    fn a_word_that_goes_on_behind_the_block_takes_care() {
        let text = ".".repeat(60) + "abcd";
        let mut carry = 0;
        assert_eq!(Block::new(text.as_bytes()).starts(&mut carry).care, 1 << 60);
        assert_eq!((carry, Block::new(b"ef gh").starts(&mut carry).all), (1, 1 << 3));
        let mut carry = 0;
        assert_eq!(Block::new(&[b'a'; 64]).starts(&mut carry).care, 1);
        assert_eq!(Block::new(&[b'a'; 64]).starts(&mut carry).all, 0);
    }
}

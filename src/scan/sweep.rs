//! Goes over an output once, fast, and stops only where a canary may begin.
//!
//! Sixty-four bytes at a time are turned into a mask of those that belong to words, from which the beginnings of words
//! fall out. A word of plain letters and digits is looked up by its first four bytes in a filter that says no to nearly
//! all; a word with anything else in it (other characters, what begins an escape) is read with care. So no escape evades
//! the sweep: it either leaves the word plain, or makes it special.

use std::collections::{BTreeSet, HashMap};

use super::decode::Escapes;
use super::fold::{self, Entry, table};
use super::reading::{Reader, Tags, Way, may_join};

/// The words of canaries as a trie, and the filter for their first words.
pub(super) struct Net {
    nodes: Vec<Node>,
    /// One bit for each hash of the first four bytes of a first word.
    filter: Vec<u64>,
    /// The first words, sorted.
    firsts: Vec<Box<str>>,
}

/// A place in the trie: the words so far.
#[derive(Default)]
struct Node {
    next: HashMap<Box<str>, usize>,
    canary: Option<usize>,
}

/// The node before any word.
const ROOT: usize = 0;

/// How many bits the filter has: few enough to stay in the nearest cache.
const FILTER_BITS: u32 = 16;

/// The ways to read that are tried where a text may be read in several.
const TAGS: [Tags; 3] = [Tags::Text, Tags::Breaks, Tags::Nothing];

/// What came of reading from one place in one way.
struct Walked {
    /// Where the word ends that was read last among those that may begin a canary.
    end: usize,
    /// Whether a word began a canary.
    began: bool,
    met_tag: bool,
    is_ambiguous: bool,
}

/// A canary that was found, as an error: so that a search ends where it stands.
type Found = usize;

impl Net {
    /// Makes the net for numbered canaries.
    pub(super) fn new<'a>(canaries: impl Iterator<Item = (usize, &'a str)>) -> Net {
        let filter = vec![0; 1 << (FILTER_BITS - 6)];
        let mut net = Net { nodes: vec![Node::default()], filter, firsts: Vec::new() };
        for (canary, text) in canaries {
            let words = fold::words(text);
            let Some(first) = words.first() else { continue };
            net.firsts.push(Box::from(first.as_str()));
            let bit = bit(key(first.as_bytes()));
            net.filter[bit >> 6] |= 1 << (bit & 63);
            let mut node = ROOT;
            for word in words {
                let fresh = net.nodes.len();
                node = *net.nodes[node].next.entry(word.into_boxed_str()).or_insert(fresh);
                if node == fresh {
                    net.nodes.push(Node::default());
                }
            }
            net.nodes[node].canary.get_or_insert(canary);
        }
        net.firsts.sort_unstable();
        net
    }

    /// Returns the words of every canary that stands in one of the texts.
    pub(super) fn all_in<'a>(&self, texts: impl Iterator<Item = &'a str>) -> BTreeSet<Vec<String>> {
        let mut found = BTreeSet::new();
        for text in texts {
            let words = fold::words(text);
            for from in 0..words.len() {
                let mut node = ROOT;
                for (at, word) in words[from..].iter().enumerate() {
                    let Some(next) = self.nodes[node].next.get(word.as_str()) else { break };
                    node = *next;
                    if self.nodes[node].canary.is_some() {
                        found.insert(words[from..=from + at].to_vec());
                    }
                }
            }
        }
        found
    }

    /// Returns the first canary that stands in the bytes.
    pub(super) fn find(&self, bytes: &[u8]) -> Option<usize> {
        if self.firsts.is_empty() { None } else { self.sweep(bytes).err() }
    }

    /// Goes over the bytes.
    fn sweep(&self, bytes: &[u8]) -> Result<(), Found> {
        let (mut resume, mut carry) = (0, 0);
        for (number, block) in bytes.chunks(BLOCK).enumerate() {
            let base = number * BLOCK;
            let (words, specials) = masks(block);
            let mut starts = words & !(words << 1 | carry);
            carry = words >> (BLOCK - 1);
            while starts != 0 {
                let bit = starts.trailing_zeros() as usize;
                starts &= starts - 1;
                let at = base + bit;
                if at < resume {
                    continue;
                }
                let length = (!(words >> bit)).trailing_zeros() as usize;
                let (end, is_special) = if bit + length < BLOCK {
                    (at + length, (specials >> bit) & ((1 << length) - 1) != 0)
                } else {
                    let end = bytes[at..].iter().position(|byte| !is_word(*byte)).map_or(bytes.len(), |more| at + more);
                    (end, bytes[at..end].iter().any(|byte| is_special(*byte)))
                };
                if is_special {
                    resume = self.special(bytes, at)?;
                } else if self.passes(bytes, at, end) || bytes.get(end) == Some(&b'<') {
                    self.plain(bytes, at, end)?;
                }
            }
        }
        Ok(())
    }

    /// Tells whether a word of plain letters and digits may begin a canary.
    fn passes(&self, bytes: &[u8], at: usize, end: usize) -> bool {
        let key = match bytes.get(at..at + 4) {
            Some(four) if end - at >= 4 => u32::from_le_bytes([four[0], four[1], four[2], four[3]]) | 0x2020_2020,
            _ => key(&bytes[at..end]),
        };
        let bit = bit(key);
        self.filter[bit >> 6] >> (bit & 63) & 1 != 0
    }

    /// Takes a word of plain letters and digits that the filter let pass, or behind which a tag comes.
    fn plain(&self, bytes: &[u8], at: usize, end: usize) -> Result<(), Found> {
        if let Some(node) = self.child(ROOT, &bytes[at..end]) {
            self.follow(bytes, at, end, node)?;
        }
        if bytes.get(end) == Some(&b'<') && self.may_begin(&bytes[at..end]) && may_join(bytes, end + 1) {
            self.walk_all(bytes, at, end)?;
        }
        Ok(())
    }

    /// Tells whether a canary may begin with a word that begins with this plain one.
    fn may_begin(&self, word: &[u8]) -> bool {
        let lower = |byte: &u8| byte.to_ascii_lowercase();
        let at = self.firsts.partition_point(|first| first.bytes().lt(word.iter().map(lower)));
        self.firsts.get(at).is_some_and(|first| {
            first.bytes().zip(word).filter(|(one, other)| *one == lower(other)).count() == word.len()
        })
    }

    /// Returns the node behind `node` for a plain word in any letter case.
    fn child(&self, node: usize, word: &[u8]) -> Option<usize> {
        let next = &self.nodes[node].next;
        if next.is_empty() {
            return None;
        }
        let mut buffer = [0; 64];
        if let Some(lower) = buffer.get_mut(..word.len()) {
            lower.copy_from_slice(word);
            lower.make_ascii_lowercase();
            return next.get(std::str::from_utf8(lower).ok()?).copied();
        }
        next.get(std::str::from_utf8(word).ok()?.to_ascii_lowercase().as_str()).copied()
    }

    /// Reads on from a word that begins a canary.
    ///
    /// While the text is plain, every way to read it is the same; where it is not, all are tried from the beginning.
    fn follow(&self, bytes: &[u8], at: usize, mut end: usize, mut node: usize) -> Result<(), Found> {
        let first = end;
        loop {
            if let Some(canary) = self.nodes[node].canary {
                return Err(canary);
            }
            let is_gap = |byte: &u8| !is_word(*byte) && !matches!(byte, b'<' | b']');
            let from = end + bytes[end..].iter().take_while(|byte| is_gap(byte)).count();
            end = from + bytes[from..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
            let goes_on = match bytes.get(end) {
                Some(b'<') => may_join(bytes, end + 1),
                Some(byte) => is_special(*byte),
                None => false,
            };
            if end == from || goes_on {
                return if from == bytes.len() { Ok(()) } else { self.walk_all(bytes, at, first) };
            }
            match self.child(node, &bytes[from..end]) {
                Some(next) => node = next,
                None => return Ok(()),
            }
        }
    }

    /// Takes a word with something special in it, from its first byte; returns where to go on.
    fn special(&self, bytes: &[u8], start: usize) -> Result<usize, Found> {
        let mut word = Letters { start, text: [0; 64], length: 0 };
        let mut at = start;
        loop {
            let step = self.step(&bytes[at..]);
            match step {
                Step::Letters(text, length, read) => {
                    if !word.push(&text[..length]) {
                        return self.with_care(bytes, word.start);
                    }
                    at += read;
                }
                Step::Nothing(read) => at += read,
                Step::Break(read) => {
                    self.finish(bytes, &word, at)?;
                    at += read;
                    word = Letters { start: at, text: [0; 64], length: 0 };
                }
                Step::Care => return self.with_care(bytes, word.start),
                Step::End => {
                    self.finish(bytes, &word, at)?;
                    let text = &word.text[..word.length];
                    let begins = !text.is_empty() && bytes.get(at) == Some(&b'<') && self.may_begin(text);
                    if begins && may_join(bytes, at + 1) {
                        self.walk_all(bytes, word.start, at)?;
                    }
                    return Ok(at.max(start + 1));
                }
            }
        }
    }

    /// Reads the next character of a word with something special in it, where that can be done at a glance.
    fn step(&self, bytes: &[u8]) -> Step {
        match bytes {
            [letter, ..] if letter.is_ascii_alphanumeric() => {
                Step::Letters([letter.to_ascii_lowercase(), 0, 0, 0], 1, 1)
            }
            [lead @ 0xc2..=0xdf, follow @ 0x80..=0xbf, ..] => match table().entry(*lead, *follow) {
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

    /// Looks a word up that was read at a glance.
    fn finish(&self, bytes: &[u8], word: &Letters, end: usize) -> Result<(), Found> {
        let text = &word.text[..word.length];
        if text.is_empty() {
            return Ok(());
        }
        let bit = bit(key(text));
        if self.filter[bit >> 6] >> (bit & 63) & 1 == 0 {
            return Ok(());
        }
        let node = std::str::from_utf8(text).ok().and_then(|text| self.nodes[ROOT].next.get(text));
        match node {
            Some(node) if self.nodes[*node].canary.is_some() => Err(self.nodes[*node].canary.unwrap_or(0)),
            Some(_) => self.walk_all(bytes, word.start, end),
            None => Ok(()),
        }
    }

    /// Reads a special word in every way; returns where to go on.
    fn with_care(&self, bytes: &[u8], start: usize) -> Result<usize, Found> {
        let end = start + bytes[start..].iter().take_while(|byte| is_word(**byte)).count();
        let end = end.max(start + 1);
        let walked = self.walk(bytes, start, end, Way { tags: Tags::Text, escapes: Escapes::Script })?;
        let resume = walked.end.max(end);
        let joins = bytes.get(resume) == Some(&b'<') && may_join(bytes, resume + 1);
        if walked.began || walked.met_tag || walked.is_ambiguous || joins {
            self.walk_all(bytes, start, resume)?;
        }
        Ok(resume)
    }

    /// Reads from `start` in every way in which the text may be read.
    fn walk_all(&self, bytes: &[u8], start: usize, end: usize) -> Result<(), Found> {
        for tags in TAGS {
            let walked = self.walk(bytes, start, end, Way { tags, escapes: Escapes::Script })?;
            if walked.is_ambiguous {
                self.walk(bytes, start, end, Way { tags, escapes: Escapes::Plain })?;
                self.walk(bytes, start, end, Way { tags, escapes: Escapes::Style })?;
            }
        }
        Ok(())
    }

    /// Reads from `start` in one way. The words up to the first that ends at `end` or behind it may begin a canary.
    fn walk(&self, bytes: &[u8], start: usize, end: usize, way: Way) -> Result<Walked, Found> {
        let mut reader = Reader::new(bytes, start, way);
        let mut walked = Walked { end, began: false, met_tag: false, is_ambiguous: false };
        let (mut open, mut may_begin) = (Vec::new(), true);
        while may_begin || !open.is_empty() {
            let stop = if open.is_empty() { end } else { usize::MAX };
            let Some((word, behind)) = reader.next(stop) else { break };
            let begins = may_begin.then_some(ROOT);
            open = open.into_iter().chain(begins).filter_map(|node: usize| self.next(node, &word)).collect();
            if may_begin {
                walked.end = behind;
                walked.began |= !open.is_empty();
                may_begin = behind < end;
            }
            if let Some(canary) = open.iter().find_map(|node| self.nodes[*node].canary) {
                return Err(canary);
            }
        }
        walked.end = walked.end.max(if may_begin { reader.end() } else { end });
        walked.met_tag = reader.met_tag;
        walked.is_ambiguous = reader.is_ambiguous();
        Ok(walked)
    }

    /// Returns the node behind `node` for a folded word.
    fn next(&self, node: usize, word: &str) -> Option<usize> {
        self.nodes[node].next.get(word).copied()
    }
}

/// Entities of marks that stand between words, behind their `&`.
const MARKS: [&[u8]; 12] =
    [b"amp;", b"quot;", b"#39;", b"#x27;", b"gt;", b"nbsp;", b"#34;", b"#x2F;", b"#x22;", b"#160;", b"apos;", b"#x60;"];

/// A word that is read at a glance.
struct Letters {
    start: usize,
    text: [u8; 64],
    length: usize,
}

impl Letters {
    /// Adds letters; `false` where the word is too long for a glance.
    fn push(&mut self, letters: &[u8]) -> bool {
        let Some(room) = self.text.get_mut(self.length..self.length + letters.len()) else { return false };
        room.copy_from_slice(letters);
        self.length += letters.len();
        true
    }
}

/// What a glance at a character says; numbers are of bytes.
enum Step {
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

/// How many bytes are looked at together.
const BLOCK: usize = 64;

/// Returns which of up to 64 bytes belong to words, and which of these are special: one bit each, the first lowest.
fn masks(block: &[u8]) -> (u64, u64) {
    let mut bytes = [0; BLOCK];
    bytes[..block.len()].copy_from_slice(block);
    let (mut words, mut specials) = ([0_u8; BLOCK], [0_u8; BLOCK]);
    for at in 0..BLOCK {
        words[at] = u8::from(is_word(bytes[at]));
        specials[at] = u8::from(is_special(bytes[at]));
    }
    (pack(&words), pack(&specials))
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
fn is_word(byte: u8) -> bool {
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10) | is_special(byte)
}

/// Tells whether a byte is part of a character beyond ASCII, or begins an escape.
fn is_special(byte: u8) -> bool {
    (byte >= 0x80) | (byte == b'&') | (byte == b'%') | (byte == b'\\')
}

/// Returns the first four bytes of a folded word as a number.
fn key(word: &[u8]) -> u32 {
    let mut four = [0; 4];
    let length = word.len().min(4);
    four[..length].copy_from_slice(&word[..length]);
    four.iter_mut().filter(|byte| byte.is_ascii_alphanumeric()).for_each(|byte| *byte |= 0x20);
    // Letters of four bytes are lifted to lower case all at once; do the same here, whatever they are.
    if word.len() >= 4 { u32::from_le_bytes(four) | 0x2020_2020 } else { u32::from_le_bytes(four) }
}

/// Returns the bit of the filter for a key.
fn bit(key: u32) -> usize {
    (key.wrapping_mul(0x9e37_79b1) >> (32 - FILTER_BITS)) as usize
}

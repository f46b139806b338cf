//! The words of canaries as a trie, and filters that say no to nearly every word that begins none.

use std::collections::{BTreeSet, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use super::fold;
use super::glance::Head;

/// Canaries, numbered, to be followed word by word.
pub(super) struct Net {
    nodes: Vec<Node>,
    /// Beginnings of first words, at most four bytes, by [`key`].
    filter: Filter,
    /// The first one, two and three bytes of first words.
    heads: Filter,
    /// The longest word of any canary in bytes.
    pub(super) longest: usize,
    /// Whether a first word has fewer than four bytes.
    pub(super) has_short: bool,
}

/// A place in the trie: the words so far.
#[derive(Default)]
struct Node {
    next: HashMap<Box<[u8]>, usize, BuildHasherDefault<Fnv>>,
    canary: Option<usize>,
}

/// The node before any word.
pub(super) const ROOT: usize = 0;

impl Net {
    /// Makes the net for numbered canaries. Of two with the same words the first counts.
    pub(super) fn new<'a>(canaries: impl Iterator<Item = (usize, &'a str)>) -> Net {
        let (filter, heads) = (Filter::new(), Filter::new());
        let mut net = Net { nodes: vec![Node::default()], filter, heads, longest: 0, has_short: false };
        for (canary, text) in canaries {
            let words = fold::words(text);
            let Some(first) = words.first().map(|first| first.as_bytes()) else { continue };
            net.filter.insert(key(first, 0, first.len()));
            (1..=first.len().min(3)).for_each(|length| net.heads.insert(key(first, 0, length)));
            net.has_short |= first.len() < 4;
            let mut node = ROOT;
            for word in words {
                net.longest = net.longest.max(word.len());
                let fresh = net.nodes.len();
                node = *net.nodes[node].next.entry(word.into_bytes().into_boxed_slice()).or_insert(fresh);
                if node == fresh {
                    net.nodes.push(Node::default());
                }
            }
            net.nodes[node].canary.get_or_insert(canary);
        }
        net
    }

    /// Tells whether it holds nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.nodes[ROOT].next.is_empty()
    }

    /// Returns the words of every canary that stands in one of the texts.
    pub(super) fn all_in<'a>(&self, texts: impl Iterator<Item = &'a str>) -> BTreeSet<Vec<String>> {
        let mut found = BTreeSet::new();
        for text in texts {
            let words = fold::words(text);
            for from in 0..words.len() {
                let mut node = ROOT;
                for (at, word) in words[from..].iter().enumerate() {
                    let Some(next) = self.nodes[node].next.get(word.as_bytes()) else { break };
                    node = *next;
                    if self.nodes[node].canary.is_some() {
                        found.insert(words[from..=from + at].to_vec());
                    }
                }
            }
        }
        found
    }

    /// Tells whether a word with this key may be a first word.
    #[inline]
    pub(super) fn passes(&self, key: u32) -> bool {
        self.filter.contains(key)
    }

    /// Tells whether a first word may begin with these letters.
    #[inline]
    pub(super) fn may_begin(&self, letters: &[u8]) -> bool {
        let filter = if letters.len() < 4 { &self.heads } else { &self.filter };
        !letters.is_empty() && filter.contains(key(letters, 0, letters.len()))
    }

    /// Tells whether a first word may begin as a word that was read at a glance does.
    #[inline]
    pub(super) fn may_begin_with(&self, head: &Head) -> bool {
        let filter = if head.length < 4 { &self.heads } else { &self.filter };
        head.length > 0 && filter.contains(head.key)
    }

    /// Returns the canary that is complete at a node.
    pub(super) fn canary(&self, node: usize) -> Option<usize> {
        self.nodes[node].canary
    }

    /// Returns the node behind `node` for a folded word.
    pub(super) fn next(&self, node: usize, word: &[u8]) -> Option<usize> {
        self.nodes[node].next.get(word).copied()
    }

    /// Returns the node behind `node` for a plain word in any letter case.
    pub(super) fn child(&self, node: usize, word: &[u8]) -> Option<usize> {
        let next = &self.nodes[node].next;
        if next.is_empty() {
            return None;
        }
        let mut buffer = [0; 64];
        if let Some(lower) = buffer.get_mut(..word.len()) {
            lower.copy_from_slice(word);
            lower.make_ascii_lowercase();
            return next.get(&*lower).copied();
        }
        next.get(word.to_ascii_lowercase().as_slice()).copied()
    }
}

/// The hash of Fowler, Noll and Vo, eight bytes at a time: quick for words, and whoever picks the canaries has no reason
/// to make them collide.
#[derive(Default)]
struct Fnv(u64);

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        for eight in eights.iter().chain([&last]) {
            self.0 = (self.0 ^ u64::from_le_bytes(*eight)).wrapping_mul(0x0100_0000_01b3).rotate_left(29);
        }
    }

    fn finish(&self) -> u64 {
        self.0.wrapping_mul(0x9e37_79b9_7f4a_7c15)
    }
}

/// A set of numbers that may say yes too often: one bit for each hash, few enough to stay in the nearest cache.
struct Filter {
    bits: Box<[u64; 1 << (Filter::BITS - 6)]>,
}

impl Filter {
    const BITS: u32 = 16;

    fn new() -> Filter {
        Filter { bits: Box::new([0; 1 << (Filter::BITS - 6)]) }
    }

    #[inline]
    fn place(key: u32) -> (usize, u32) {
        let bit = key.wrapping_mul(0x9e37_79b1) >> (32 - Filter::BITS);
        ((bit >> 6) as usize, bit & 63)
    }

    fn insert(&mut self, key: u32) {
        let (word, bit) = Filter::place(key);
        self.bits[word] |= 1 << bit;
    }

    #[inline]
    fn contains(&self, key: u32) -> bool {
        let (word, bit) = Filter::place(key);
        self.bits[word] >> bit & 1 != 0
    }
}

/// Returns the first four bytes of a longer word as [`key`] does.
#[inline]
pub(super) fn four<const N: usize>(bytes: &[u8; N], at: usize) -> u32 {
    bytes[at..].first_chunk().map_or(0, |four| u32::from_le_bytes(*four)) | 0x2020_2020
}

/// Returns the first bytes of a word, at most four, as a number that is the same in either letter case of ASCII.
#[inline]
pub(super) fn key(bytes: &[u8], at: usize, end: usize) -> u32 {
    let mut four = [0; 4];
    match bytes[at..].first_chunk::<4>() {
        Some(whole) => four = *whole,
        None => four.iter_mut().zip(&bytes[at..]).for_each(|(to, from)| *to = *from),
    }
    let unused = 32 - 8 * (end - at).min(4) as u32;
    (u32::from_le_bytes(four) | 0x2020_2020) & (u32::MAX >> unused)
}

//! What a quotation that was not found was probably meant to be: the nearest passage and the first difference.
//!
//! 1. The words of the capture are hashed once. The window with the most words and pairs of words of the quotation is
//!    the nearest passage; none where less than two fifths of the words stand in it.
//! 2. Window and quotation are aligned word by word (edit distance, the ends of the window free); differences of
//!    quotation marks, hyphens and spaces are passed over. The first one that remains is told.
//!
//! Time: linear in the capture, and bounded for the alignment: of a long quotation only the first stretch that is not
//! in the capture is aligned.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

use super::align::{self, Run};
use super::form::{core, same_words};
use super::locate::{self, Normalised};
use super::number::{same_numbers, shown};
use super::passage::Passage;
use super::quotation::Piece;
use super::word;

/// The most words of a quotation that are aligned with the capture.
const MAX_ALIGNED: usize = 120;

/// Why a quotation was not found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Missing {
    /// There is no word in it.
    Empty,
    /// A piece between two gaps has fewer than two words: too little to tell where it stands.
    ShortPiece {
        /// The piece.
        piece: String,
    },
    /// Every piece stands in the capture, but this one not behind the one before it, or too far behind.
    Apart {
        /// The piece.
        piece: String,
        /// Where it stands first.
        passage: Passage,
    },
    /// It stands in the capture, but not between the words that should narrow it down.
    OutOfContext {
        /// Where it stands.
        passages: Vec<Passage>,
    },
    /// A passage of the capture comes near, and differs.
    Differs {
        /// The nearest passage.
        passage: Passage,
        /// Its text, as it stands in the capture.
        text: String,
        /// The first difference in words; `None` where it is one of letters inside a word that was cut.
        difference: Option<Difference>,
    },
    /// No passage of the capture comes near.
    Nowhere,
}

/// Words that differ. Either may be empty.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// What stands in the source.
    pub source: String,
    /// What stands in the quotation.
    pub quotation: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.source.as_str(), self.quotation.as_str()) {
            ("", added) => write!(f, "the source does not have \"{added}\""),
            (left_out, "") => write!(f, "the quotation leaves out \"{left_out}\""),
            (source, quotation) => write!(f, "the source has \"{source}\", the quotation \"{quotation}\""),
        }
    }
}

/// The words of a normal form, hashed.
#[derive(Debug)]
pub(super) struct Words {
    tokens: Vec<Range<usize>>,
    /// Hashes of the words in lower case without punctuation.
    hashes: Vec<u32>,
}

impl Words {
    /// Hashes the words of a normal form.
    pub(super) fn new(normal: &str) -> Words {
        let tokens = word::tokens(normal);
        let hashes = tokens.iter().map(|token| hash(&normal[token.clone()])).collect();
        Words { tokens, hashes }
    }
}

/// Hashes a word in lower case without punctuation.
fn hash(token: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    for c in token.chars().filter(|c| word::is_word(*c)).flat_map(char::to_lowercase) {
        c.hash(&mut hasher);
    }
    (hasher.finish() >> 32) as u32
}

/// Finds what comes nearest to a quotation, of whose pieces the one at `failed` is not where it should be.
pub(super) fn nearest(capture: &Normalised, pieces: &[Piece], failed: usize) -> Missing {
    let Some(piece) = pieces.get(failed) else { return Missing::Empty };
    match locate::first_place(capture, piece) {
        None => differs(capture, piece),
        Some(place) => Missing::Apart { piece: shown(&piece.text), passage: Passage::new(capture, vec![place]) },
    }
}

/// Finds the nearest passage to a piece that stands nowhere, and the first difference.
fn differs(capture: &Normalised, piece: &Piece) -> Missing {
    let tokens = word::tokens(&piece.text);
    let tokens = missing_stretch(capture, &piece.text, &tokens);
    let ours: Vec<&str> = tokens.iter().map(|token| &piece.text[token.clone()]).collect();
    let words = capture.words();
    let Some(window) = best_window(words, &ours) else { return Missing::Nowhere };
    let normal = &capture.normal.text;
    let theirs: Vec<&str> = words.tokens[window.clone()].iter().map(|token| &normal[token.clone()]).collect();
    let runs = align::align(&ours, &theirs);
    let (Some(first), Some(last)) = (runs.first(), runs.last()) else { return Missing::Nowhere };
    let (first, last) = (window.start + first.theirs.start, window.start + last.theirs.end);
    if first >= last {
        return Missing::Nowhere;
    }
    let range = words.tokens[first].start..words.tokens[last - 1].end;
    let source = |run: &Range<usize>| match words.tokens.get(window.start + run.start..window.start + run.end) {
        Some([first, .., last]) => capture.original(first.start..last.end),
        Some([only]) => capture.original(only.clone()),
        _ => 0..0,
    };
    let difference = runs.iter().find(|run| is_difference(run, &ours, &theirs)).map(|run| Difference {
        source: capture.capture().text[source(&run.theirs)].split_whitespace().collect::<Vec<_>>().join(" "),
        quotation: shown(&ours[run.ours.clone()].join(" ")),
    });
    let text = capture.capture().text[capture.original(range.clone())].to_owned();
    Missing::Differs { passage: Passage::new(capture, vec![range]), text, difference }
}

/// Returns the first stretch of a long piece that is not in the capture; all of a short one.
fn missing_stretch<'a>(capture: &Normalised, text: &str, tokens: &'a [Range<usize>]) -> &'a [Range<usize>] {
    if tokens.len() <= MAX_ALIGNED {
        return tokens;
    }
    let half = MAX_ALIGNED / 2;
    let stretches = (0..tokens.len()).step_by(half).map(|start| &tokens[start..(start + half * 2).min(tokens.len())]);
    let mut stands = stretches.filter(|stretch| {
        let range = stretch[0].start..stretch[stretch.len() - 1].end;
        let piece = Piece { text: text[range].to_owned(), changed: Vec::new() };
        locate::first_place(capture, &piece).is_none()
    });
    stands.next().unwrap_or(&tokens[..MAX_ALIGNED])
}

/// Tells whether a run of the alignment is a difference of words.
fn is_difference(run: &Run, ours: &[&str], theirs: &[&str]) -> bool {
    let (our, their) = (ours[run.ours.clone()].join(" "), theirs[run.theirs.clone()].join(" "));
    let is_edge = run.ours.start == 0 || run.ours.end == ours.len();
    let trimmed = |text: &str| core(text).trim_matches(|c: char| is_edge && !word::is_word(c)).to_owned();
    trimmed(&our) != trimmed(&their) || !same_words(&our, &their) || !same_numbers(&our, &their)
}

/// Returns the words of the capture among which most of the quotation's stand, with some more on either side.
fn best_window(words: &Words, ours: &[&str]) -> Option<Range<usize>> {
    let wanted: Vec<u32> = ours.iter().map(|word| hash(word)).collect();
    let mut known = wanted.clone();
    known.sort_unstable();
    known.dedup();
    let mut need = vec![0_i32; known.len()];
    let mut pairs: Vec<(u32, u32)> = wanted.windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.sort_unstable();
    for word in &wanted {
        need[known.binary_search(word).ok()?] += 1;
    }
    let index: Vec<Option<usize>> = words.hashes.iter().map(|word| known.binary_search(word).ok()).collect();
    let is_pair = |at: usize| {
        at > 0
            && index[at].is_some()
            && index[at - 1].is_some()
            && pairs.binary_search(&(words.hashes[at - 1], words.hashes[at])).is_ok()
    };
    let (mut have, mut score, mut best) = (vec![0_i32; known.len()], 0, (0, 0));
    let mut found = 0;
    for end in 0..index.len() {
        if let Some(word) = index[end] {
            have[word] += 1;
            let hit = i32::from(have[word] <= need[word]);
            (score, found) = (score + hit + 2 * i32::from(is_pair(end)), found + hit);
        }
        if let Some(start) = end.checked_sub(wanted.len())
            && let Some(word) = index[start]
        {
            let hit = i32::from(have[word] <= need[word]);
            have[word] -= 1;
            (score, found) = (score - hit - 2 * i32::from(is_pair(start)), found - hit);
        }
        if score > best.0 && found as usize * 5 >= wanted.len() * 2 {
            best = (score, end + 1);
        }
    }
    let margin = wanted.len() / 4 + 3;
    let start = best.1.saturating_sub(wanted.len() + margin);
    (best.1 > 0).then(|| start..(best.1 + margin).min(index.len()))
}

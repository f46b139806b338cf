//! Aligning the words of a quotation with those of a passage, by edit distance.
//!
//! The ends of the passage are free: words before and behind the best fit cost nothing. Words are the same where they
//! are without quotation marks, hyphens and punctuation at their edges; whoever reads the runs judges more closely.

use std::ops::Range;

use super::form::core;
use super::word;

/// Words that belong together: a pair that is the same, or a stretch that differs (either side may be empty).
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Run {
    /// Words of the quotation.
    pub(super) ours: Range<usize>,
    /// Words of the passage.
    pub(super) theirs: Range<usize>,
}

/// What it costs to leave out a word of the passage, to add one, and to change one. A quotation more often leaves out
/// than adds; and one word changed is likelier than one left out and another added.
const LEFT_OUT: u32 = 2;
const ADDED: u32 = 3;
const CHANGED: u32 = 3;

/// What it costs to change the case of a word alone.
const RECASED: u32 = 1;

/// Aligns `ours` with some stretch of `theirs`. The time is the product of their lengths.
pub(super) fn align(ours: &[&str], theirs: &[&str]) -> Vec<Run> {
    let keys = |words: &[&str]| words.iter().map(|word| key(word)).collect::<Vec<_>>();
    let (our_keys, their_keys) = (keys(ours), keys(theirs));
    let lower = |keys: &[String]| keys.iter().map(|key| key.to_lowercase()).collect::<Vec<_>>();
    let (our_lower, their_lower) = (lower(&our_keys), lower(&their_keys));
    let change = |i: usize, j: usize| match (our_keys[i] == their_keys[j], our_lower[i] == their_lower[j]) {
        (true, _) => 0,
        (false, true) => RECASED,
        (false, false) => CHANGED,
    };
    let width = theirs.len() + 1;
    let mut cost = vec![0_u32; (ours.len() + 1) * width];
    for i in 1..=ours.len() {
        cost[i * width] = cost[(i - 1) * width] + ADDED;
        for j in 1..=theirs.len() {
            let diagonal = cost[(i - 1) * width + j - 1] + change(i - 1, j - 1);
            let beside = (cost[(i - 1) * width + j] + ADDED).min(cost[i * width + j - 1] + LEFT_OUT);
            cost[i * width + j] = diagonal.min(beside);
        }
    }
    let last = &cost[ours.len() * width..];
    let first = (0..width).min_by_key(|j| last[*j]).unwrap_or(0);
    // A last word that differs was rather changed than added behind the passage.
    let before = &cost[ours.len().saturating_sub(1) * width..];
    let is_added = before[first] + ADDED == last[first] && last.get(first + 1) == Some(&(before[first] + CHANGED));
    let end = first + usize::from(is_added);
    trace(&cost, width, (ours.len(), end), change)
}

/// Follows the cheapest way back and gathers it into runs.
fn trace(cost: &[u32], width: usize, end: (usize, usize), change: impl Fn(usize, usize) -> u32) -> Vec<Run> {
    let mut runs: Vec<(Run, bool)> = Vec::new();
    let (mut i, mut j) = end;
    while i > 0 {
        let here = cost[i * width + j];
        let changed = if j > 0 { Some(change(i - 1, j - 1)) } else { None };
        let changed = changed.filter(|changed| cost[(i - 1) * width + j - 1] + changed == here);
        let equal = changed == Some(0);
        let (from_i, from_j) = if changed.is_some() {
            (i - 1, j - 1)
        } else if cost[(i - 1) * width + j] + ADDED == here {
            (i - 1, j)
        } else {
            (i, j - 1)
        };
        match runs.last_mut() {
            Some((run, false)) if !equal => (run.ours.start, run.theirs.start) = (from_i, from_j),
            _ => runs.push((Run { ours: from_i..i, theirs: from_j..j }, equal)),
        }
        (i, j) = (from_i, from_j);
    }
    runs.reverse();
    runs.into_iter().map(|(run, _)| run).collect()
}

fn key(word: &str) -> String {
    let core = core(word);
    let trimmed = core.trim_matches(|c: char| !word::is_word(c));
    if trimmed.is_empty() { core } else { trimmed.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::align;

    fn check(ours: &str, theirs: &str, expect: &[(&str, &str)]) {
        let ours: Vec<&str> = ours.split(' ').collect();
        let theirs: Vec<&str> = theirs.split(' ').collect();
        let runs = align(&ours, &theirs);
        let runs = runs.iter().map(|run| (ours[run.ours.clone()].join(" "), theirs[run.theirs.clone()].join(" ")));
        let differences: Vec<(String, String)> = runs.filter(|(our, their)| our != their).collect();
        let differences: Vec<(&str, &str)> = differences.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(differences, expect);
    }

    #[test]
    fn the_words_that_differ_are_one_run() {
        check("he advised delaying it", "so he advised delayed it then", &[("delaying", "delayed")]);
        check("he advised it", "he advised delaying it", &[("", "delaying")]);
        check("he never advised it", "he advised it", &[("never", "")]);
        check("never advised it", "he had advised it all", &[("never", "had")]);
        check("he advised delay", "so he advised release then", &[("delay", "release")]);
        check("he advised delay", "so he advised", &[("delay", "")]);
        check("HE ADVISED DELAY", "so He advised delay it", &[("HE ADVISED DELAY", "He advised delay")]);
    }
}

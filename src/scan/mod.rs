//! Holds every output against the strings that must not get out. This only searches: it can say that a canary stands in
//! an output, and nothing else of it.
//!
//! 1. A canary is taken as its words, folded over letter case and Unicode form (`fold`).
//! 2. An output is unpacked where it is packed (`unpack`), and swept for words that begin a canary (`sweep`).
//! 3. From each of these the text is read on in every way that a reader or a program might (`reading`, `decode`),
//!    until the canary is complete or the words differ.
//!
//! Words are compared whole. Between the words of a canary anything may stand that is no letter or digit: white space,
//! tags, punctuation.

mod decode;
mod fold;
mod glance;
mod mask;
mod net;
mod reading;
mod sweep;
mod unpack;

use std::sync::Arc;

use crate::diagnostic::Place;
use net::Net;

/// The fewest characters that a canary must have to be searched for.
const SHORTEST: usize = 4;

/// The fewest characters for a search in what is no text, where short strings stand by chance.
const SHORTEST_IN_BINARY: usize = 8;

/// A string that must not get out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Canary {
    /// The string.
    pub text: Arc<str>,
    /// Where it was written.
    pub origin: Place,
}

/// Why a canary is not searched for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Weakness {
    /// It has fewer than four characters, or no letter or digit.
    Short,
    /// It stands in the theme's own words, so that it would be found on every page.
    Theme,
}

/// A canary that is not searched for, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Weak {
    /// The canary.
    pub canary: Canary,
    /// Why it is not searched for.
    pub weakness: Weakness,
}

/// What was found in an output.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Hit<'a> {
    /// A canary stands in it.
    Canary(&'a Canary),
    /// It is packed so that it cannot be searched: broken, or larger than any page once it is unpacked.
    Unsearchable,
}

/// The canaries of a site, made ready to be searched for.
pub struct Canaries {
    canaries: Vec<Canary>,
    /// All of them.
    net: Net,
    /// Those long enough not to stand in other than text by chance.
    long: Net,
}

impl Canaries {
    /// Makes canaries ready; those that are not searched for are returned beside them, in the order given.
    ///
    /// `theme` are the theme's own strings; a canary that stands in one of them is weak. Where two canaries have the
    /// same words, the first is kept.
    pub fn new(canaries: Vec<Canary>, theme: &[&str]) -> (Canaries, Vec<Weak>) {
        let is_short = |canary: &Canary| {
            let text = canary.text.trim();
            text.chars().count() < SHORTEST || fold::words(text).is_empty()
        };
        let all = Net::new(canaries.iter().enumerate().map(|(at, canary)| (at, &*canary.text)));
        let in_theme = all.all_in(theme.iter().copied());
        let (mut kept, mut weak) = (Vec::new(), Vec::new());
        for canary in canaries {
            let is_theme = || in_theme.contains(&fold::words(&canary.text));
            let weakness =
                if is_short(&canary) { Some(Weakness::Short) } else { is_theme().then_some(Weakness::Theme) };
            match weakness {
                Some(weakness) => weak.push(Weak { canary, weakness }),
                None => kept.push(canary),
            }
        }
        let texts = || kept.iter().enumerate().map(|(at, canary): (usize, &Canary)| (at, &*canary.text));
        let net = Net::new(texts());
        let long = Net::new(texts().filter(|(_, text)| text.trim().chars().count() >= SHORTEST_IN_BINARY));
        (Canaries { canaries: kept, net, long }, weak)
    }

    /// Tells whether there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.canaries.is_empty()
    }
}

/// Searches an output, its route first, then its bytes.
pub fn scan<'a>(canaries: &'a Canaries, route: &str, bytes: &[u8]) -> Option<Hit<'a>> {
    if canaries.is_empty() {
        return None;
    }
    let found = canaries.net.find(route.as_bytes());
    match found {
        Some(at) => Some(Hit::Canary(&canaries.canaries[at])),
        None => unpack::search(canaries, bytes, 0),
    }
}

#[cfg(test)]
mod tests;

//! A page's desk: which works were cited before, and so what a citation says.
//!
//! The positions are those of CSL 1.0.2, with one more condition: a note is *ibid* only behind a note. Footnotes and
//! citations share one sequence of numbers, and an author's footnote may stand between two citations.

use std::collections::BTreeMap;

use super::bibliography::{Bibliography, Noted, Place};
use super::engine::{Part, Position};
use super::frame::Frames;
use super::pin::Pin;
use super::values::Cited;
use crate::markdown::{Author, CitationSeat, Locator};

/// One work in a citation.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// The work, by its index in the bibliography.
    pub work: usize,
    /// Where in the work.
    pub locator: Option<&'a Locator>,
    /// The words before it (`see`), HTML without links; empty where there are none.
    pub prefix: &'a str,
    /// The words behind it, HTML without links; empty where there are none.
    pub suffix: &'a str,
    /// Whether the author's name is printed.
    pub author: Author,
}

/// What a page cited so far. Cheap to make; one for each page.
#[derive(Debug)]
pub struct Desk<'b> {
    bibliography: &'b Bibliography,
    /// The works that were announced or cited.
    seen: BTreeMap<usize, Seen>,
    last: Option<Last>,
    /// Works whose short citations are the same, each with all that are like it.
    crowds: BTreeMap<usize, Vec<usize>>,
}

/// What is known of a work on a page.
#[derive(Clone, Copy, Default, Debug)]
struct Seen {
    /// Its number in the list, from 1.
    number: usize,
    is_cited: bool,
    /// The numbers of the first and of the last note on it, where they are known.
    first: Option<u32>,
    last: Option<u32>,
}

/// The citation before.
#[derive(Debug)]
struct Last {
    work: usize,
    pin: Pin,
    seat: CitationSeat,
    /// Whether nothing else was cited with it.
    is_alone: bool,
}

/// Where a citation of a work stands.
#[derive(Clone, Copy, Debug)]
struct Standing {
    position: Position,
    number: usize,
    first_note: Option<u32>,
    own_note: Option<u32>,
}

impl<'b> Desk<'b> {
    /// Opens a desk for a page that will cite these works, in the order of their first citations. It may cite others too;
    /// but only these are told apart where they have names and years in common (`2020a`), in styles that do so.
    pub fn new(bibliography: &'b Bibliography, works: impl IntoIterator<Item = usize>) -> Desk<'b> {
        let mut desk = Desk { bibliography, seen: BTreeMap::new(), last: None, crowds: BTreeMap::new() };
        for work in works {
            desk.announce(work);
        }
        if bibliography.tells_apart() {
            desk.crowd();
        }
        desk
    }

    /// Says what a citation prints, HTML without links: the text of a note, or what stands in the line. A note's full stop
    /// is left out where the citation stands in a note that the author wrote.
    pub fn cite(&mut self, items: &[Item<'_>], seat: CitationSeat) -> String {
        let is_note = self.bibliography.is_note();
        let standings: Vec<Standing> =
            items.iter().enumerate().map(|(at, item)| self.stand(item, at, items.len(), seat)).collect();
        let is_bare =
            |item: &Item<'_>| item.prefix.is_empty() && item.suffix.is_empty() && item.author == Author::Normal;
        if items.len() > 1 && self.bibliography.merges() && items.iter().all(is_bare) {
            return self.together(items);
        }
        let bodies: Vec<String> =
            items.iter().zip(standings).map(|(item, standing)| self.body(item, standing)).collect();
        let in_sentence = items.iter().any(|item| item.author == Author::InText);
        let frames = match seat {
            _ if !is_note && in_sentence => Frames::None,
            CitationSeat::Note if is_note => Frames::Open,
            _ => Frames::Whole,
        };
        self.bibliography.frame.set(items, &bodies, frames)
    }

    /// Returns the name of a work's author as it stands in a sentence (`Vik`), HTML; empty where there is none.
    pub fn name(&self, work: usize) -> String {
        let mut out = String::new();
        let place = Place::Citation { part: Part::Author, position: Position::First, noted: Noted::No, pin: Pin::None };
        self.bibliography.write(work, place, &Cited::default(), &mut out);
        out
    }

    /// Returns how a work stands in the page's list of works, HTML without links; with its number on this page in a style
    /// that has numbers.
    pub fn entry(&mut self, work: usize) -> String {
        let number = self.announce(work).number;
        self.bibliography.numbered_entry(work, number)
    }

    fn announce(&mut self, work: usize) -> &mut Seen {
        let number = self.seen.len() + 1;
        self.seen.entry(work).or_insert(Seen { number, ..Seen::default() })
    }

    /// Finds out where an item stands, and remembers that it was cited.
    fn stand(&mut self, item: &Item<'_>, at: usize, of: usize, seat: CitationSeat) -> Standing {
        let is_note = self.bibliography.is_note();
        let near = self.bibliography.near_note_distance();
        let own_note = match seat {
            CitationSeat::Text(number) if is_note => Some(number),
            _ => None,
        };
        let pin = Pin::of(item.locator).0.said(item.locator);
        let before = self.last.take().filter(|last| last.work == item.work && (at > 0 || last.leads_to(seat, is_note)));
        let ibid = before.and_then(|last| match (last.pin == pin, &pin) {
            (true, _) => Some(Position::Ibid),
            (false, Pin::None) => None,
            (false, _) => Some(Position::IbidWithLocator),
        });
        self.last = Some(Last { work: item.work, pin, seat, is_alone: of == 1 });
        let seen = self.announce(item.work);
        let position = match (seen.is_cited, ibid, seen.last, own_note) {
            (false, ..) => Position::First,
            (true, Some(ibid), ..) => ibid,
            (true, None, Some(last), Some(own)) if own.saturating_sub(last) > near => Position::Far,
            _ => Position::Near,
        };
        if !seen.is_cited {
            seen.first = own_note;
        }
        seen.is_cited = true;
        seen.last = own_note.or(seen.last);
        Standing { position, number: seen.number, first_note: seen.first, own_note }
    }

    /// Says what one item prints, without what stands around the citation.
    fn body(&self, item: &Item<'_>, standing: Standing) -> String {
        let part = |part| self.part(item, part, standing);
        match item.author {
            Author::InText if !self.bibliography.is_note() => part(Part::Prose),
            Author::Normal | Author::InText => part(Part::Whole),
            Author::Suppressed => {
                let (author, prose) = (part(Part::Author), part(Part::Prose));
                self.bibliography.frame.without_author(&author, &prose).unwrap_or_else(|| part(Part::Whole))
            }
        }
    }

    fn part(&self, item: &Item<'_>, part: Part, standing: Standing) -> String {
        if let Some(crowd) = self.crowds.get(&item.work) {
            return self.bibliography.apart(item, part, crowd);
        }
        let (pin, locator) = Pin::of(item.locator);
        // Where a note is of unknown number, hayagriva is told of none.
        let (noted, first_note) = match (standing.first_note, standing.own_note) {
            (Some(first), Some(_)) => (Noted::Yes, first),
            _ => (Noted::No, 0),
        };
        let cited = Cited { locator, number: standing.number, first_note: first_note as usize };
        let place = Place::Citation { part, position: standing.position, noted, pin };
        let mut out = String::new();
        self.bibliography.write(item.work, place, &cited, &mut out);
        out
    }

    /// Has hayagriva itself say what works print that are cited together, where the style sorts or collapses them.
    fn together(&self, items: &[Item<'_>]) -> String {
        let mut before: Vec<(usize, usize)> = self.seen.iter().map(|(work, seen)| (seen.number, *work)).collect();
        before.sort_unstable();
        let before: Vec<usize> = before.into_iter().map(|(_, work)| work).collect();
        self.bibliography.together(&before, items)
    }

    /// Finds the announced works whose short citations are the same.
    fn crowd(&mut self) {
        let mut same: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let mut works: Vec<(usize, usize)> = self.seen.iter().map(|(work, seen)| (seen.number, *work)).collect();
        works.sort_unstable();
        for (_, work) in works {
            let place =
                Place::Citation { part: Part::Whole, position: Position::First, noted: Noted::No, pin: Pin::None };
            let mut out = String::new();
            self.bibliography.write(work, place, &Cited::default(), &mut out);
            same.entry(out).or_default().push(work);
        }
        for crowd in same.into_values().filter(|crowd| crowd.len() > 1) {
            self.crowds.extend(crowd.iter().map(|work| (*work, crowd.clone())));
        }
    }
}

impl Last {
    /// Tells whether a citation in this seat follows this one alone. Of a citation in an author's note no number is known.
    fn leads_to(&self, seat: CitationSeat, is_note: bool) -> bool {
        let follows = match (self.seat, seat) {
            (CitationSeat::Text(last), CitationSeat::Text(own)) => own == last + 1 || own == last,
            _ => false,
        };
        self.is_alone && (follows || !is_note)
    }
}

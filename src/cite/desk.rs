//! A page's desk: which works were cited before, and so what a citation says.
//!
//! The positions are those of CSL 1.0.2, with one more condition: a note is *ibid* only behind a note. Footnotes and
//! citations share one sequence of numbers, and an author's footnote may stand between two citations.

use std::collections::BTreeMap;

use hayagriva::citationberg::{Citation, Collapse};

use super::apart::{self, Added, Told};
use super::bibliography::{Bibliography, Noted, Place};
use super::engine::{Part, Position};
use super::frame::{Body, Frames};
use super::pin::Pin;
use super::sorting::Sorted;
use super::values::Cited;
use crate::html::escaped;
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
    /// What tells works apart that would be cited in the same words.
    told: BTreeMap<usize, Told>,
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
    /// but only these are told apart where they have names and years in common (`2020a`), in styles that do so, and only
    /// these are numbered by the style's list.
    pub fn new(bibliography: &'b Bibliography, works: impl IntoIterator<Item = usize>) -> Desk<'b> {
        let mut desk = Desk { bibliography, seen: BTreeMap::new(), last: None, told: BTreeMap::new() };
        let mut works: Vec<usize> = works.into_iter().collect();
        works.sort_by_key(|work| bibliography.rank(*work));
        for work in works {
            desk.announce(work);
        }
        if bibliography.tells_apart() && desk.seen.len() > 1 {
            desk.told = apart::told(bibliography, &desk.works());
        }
        desk
    }

    /// Opens a desk for a page that begins again, if it would say other things knowing all that this one came to know.
    pub fn again(&self) -> Option<Desk<'b>> {
        let bibliography = self.bibliography;
        let numbers = bibliography.numbers_by_list();
        if !numbers && !bibliography.tells_apart() {
            return None;
        }
        let known = self.works();
        let desk = Desk::new(bibliography, known.iter().copied());
        (desk.told != self.told || (numbers && desk.works() != known)).then_some(desk)
    }

    /// Opens a desk for a text beside this page: it has the same numbers and letters, and has cited nothing.
    pub fn beside(&self) -> Desk<'b> {
        let seen = self.seen.iter().map(|(work, seen)| (*work, Seen { number: seen.number, ..Seen::default() }));
        Desk { bibliography: self.bibliography, seen: seen.collect(), last: None, told: self.told.clone() }
    }

    /// Returns the works that were announced or cited, by their numbers.
    fn works(&self) -> Vec<usize> {
        let mut works: Vec<(usize, usize)> = self.seen.iter().map(|(work, seen)| (seen.number, *work)).collect();
        works.sort_unstable();
        works.into_iter().map(|(_, work)| work).collect()
    }

    /// Says what a citation prints, HTML without links: the text of a note, or what stands in the line. A note's full stop
    /// is left out where the citation stands in a note that the author wrote.
    pub fn cite(&mut self, items: &[Item<'_>], seat: CitationSeat) -> String {
        let is_note = self.bibliography.is_note();
        let standings: Vec<Standing> =
            items.iter().enumerate().map(|(at, item)| self.stand(item, at, items.len(), seat)).collect();
        let is_bare =
            |item: &Item<'_>| item.prefix.is_empty() && item.suffix.is_empty() && item.author == Author::Normal;
        let are_bare = items.len() > 1 && items.iter().all(is_bare);
        if are_bare && self.bibliography.joins_numbers() {
            return self.bibliography.together(&self.works(), items);
        }
        let mut bodies: Vec<Body> = items
            .iter()
            .zip(standings)
            .map(|(item, standing)| Body { html: self.body(item, standing), delimiter: None })
            .collect();
        if !is_note && items.iter().any(|item| item.author == Author::InText) {
            return self.bibliography.frame.in_sentence(items, &bodies);
        }
        if are_bare && !is_note {
            self.group(items, &mut bodies);
        }
        let frames = match seat {
            CitationSeat::Note(_) if is_note => Frames::Open,
            _ => Frames::Whole,
        };
        let mut said = self.bibliography.frame.set(items, &bodies, frames);
        let begins = matches!(seat, CitationSeat::Text(_))
            && is_note
            && items.first().is_some_and(|item| !item.prefix.is_empty());
        if begins && let Some(letter) = said.chars().next().filter(|letter| letter.is_lowercase()) {
            let capital: String = letter.to_uppercase().collect();
            said.replace_range(..letter.len_utf8(), &capital);
        }
        said
    }

    /// Returns the name of a work's author as it stands in a sentence (`Vik`), else its title, HTML.
    pub fn name(&self, work: usize) -> String {
        let name = self.author(work);
        if name.is_empty() { self.bibliography.title(work) } else { name }
    }

    fn author(&self, work: usize) -> String {
        let is_cited = self.seen.get(&work).is_some_and(|seen| seen.is_cited);
        let position = if is_cited { Position::Near } else { Position::First };
        let (told, added) = self.told(work);
        let place = Place::Citation { part: Part::Author, position, noted: Noted::No, pin: Pin::None, added };
        let mut out = String::new();
        self.bibliography.write(work, place, &Cited { told, ..Cited::default() }, &mut out);
        out
    }

    /// Returns how a work stands in the page's list of works, HTML without links; with its number on this page in a style
    /// that has numbers.
    pub fn entry(&mut self, work: usize) -> String {
        let number = self.announce(work).number;
        let told = self.told(work).0;
        self.bibliography.told_entry(work, &Cited { number, told, ..Cited::default() })
    }

    /// Tells whether a work stands in this page's list in words of its own, for a letter behind its year.
    pub fn is_lettered(&self, work: usize) -> bool {
        self.told(work).1.letter
    }

    fn told(&self, work: usize) -> (Option<&Told>, Added) {
        let told = self.told.get(&work);
        (told, told.map(|told| told.added).unwrap_or_default())
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
            CitationSeat::Text(number) | CitationSeat::Note(number) if is_note => Some(number),
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
            Author::InText if !self.bibliography.is_note() => {
                let prose = part(Part::Prose);
                let title =
                    if part(Part::Author).is_empty() { self.bibliography.title(item.work) } else { String::new() };
                let apart = if title.is_empty() || prose.trim().is_empty() { "" } else { " " };
                if prose.contains(&title) { prose } else { format!("{title}{apart}{prose}") }
            }
            Author::Normal | Author::InText => part(Part::Whole),
            Author::Suppressed => {
                let (author, prose) = (part(Part::Author), part(Part::Prose));
                self.bibliography.frame.without_author(&author, &prose).unwrap_or_else(|| part(Part::Whole))
            }
        }
    }

    fn part(&self, item: &Item<'_>, part: Part, standing: Standing) -> String {
        let (pin, locator) = Pin::of(item.locator);
        // Where a note is of unknown number, hayagriva is told of none.
        let (noted, first_note) = match (standing.first_note, standing.own_note) {
            (Some(first), Some(_)) => (Noted::Yes, first),
            _ => (Noted::No, 0),
        };
        let (told, added) = self.told(item.work);
        let cited = Cited { locator, number: standing.number, first_note: first_note as usize, told };
        let place = Place::Citation { part, position: standing.position, noted, pin, added };
        let mut out = String::new();
        self.bibliography.write(item.work, place, &cited, &mut out);
        out
    }

    /// Puts works that are cited together into the style's order, those of one author side by side, and says a name that
    /// several have in common once, where the style has it so.
    fn group(&self, items: &[Item<'_>], bodies: &mut Vec<Body>) {
        let citation = &self.bibliography.engine.csl.citation;
        let mut order: Vec<usize> = (0..items.len()).collect();
        if let Some(ranks) = self.bibliography.ranks(Sorted::Citation) {
            order.sort_by_key(|at| ranks[items[*at].work]);
        }
        if citation.collapse.is_some() || citation.cite_group_delimiter.is_some() {
            let authors: Vec<String> = items.iter().map(|item| self.short_name(item.work)).collect();
            // Two people whose names are printed alike are not taken for one.
            let names = |at: usize| self.bibliography.authors(items[at].work).first();
            let is_like = |one: usize, other: usize| {
                !authors[one].is_empty() && authors[one] == authors[other] && names(one) == names(other)
            };
            let mut grouped: Vec<usize> = Vec::with_capacity(order.len());
            for at in order {
                let like = grouped.iter().rposition(|other| is_like(*other, at));
                grouped.insert(like.map_or(grouped.len(), |like| like + 1), at);
            }
            for pair in grouped.windows(2) {
                if is_like(pair[0], pair[1]) {
                    self.collapse(items, (pair[0], pair[1]), &authors[pair[1]], bodies);
                }
            }
            order = grouped;
        }
        *bodies = order.into_iter().map(|at| bodies[at].clone()).collect();
    }

    /// Leaves out of a citation what the one before it says too: the author, and, where the style wants it, the year.
    fn collapse(&self, items: &[Item<'_>], (before, at): (usize, usize), author: &str, bodies: &mut [Body]) {
        let citation = &self.bibliography.engine.csl.citation;
        let has_locator = items[before].locator.is_some() || items[at].locator.is_some();
        let between = citation.cite_group_delimiter.as_deref().unwrap_or(Citation::DEFAULT_CITE_GROUP_DELIMITER);
        if !has_locator {
            bodies[at].delimiter = Some(escaped(between));
        }
        if citation.collapse.is_none() {
            return;
        }
        let is_sparing = matches!(citation.collapse, Some(Collapse::YearSuffix | Collapse::YearSuffixRanged));
        if is_sparing && !has_locator {
            let undated = |at: usize| {
                let letter = &self.told.get(&items[at].work)?.letter;
                Some((self.whole(items[at].work).strip_suffix(letter.as_str())?.to_owned(), letter.clone()))
            };
            if let (Some((one, _)), Some((other, letter))) = (undated(before), undated(at))
                && one == other
                && !letter.is_empty()
            {
                let between = citation.year_suffix_delimiter.as_deref().unwrap_or(between);
                bodies[at] = Body { html: letter, delimiter: Some(escaped(between)) };
                return;
            }
        }
        let rest = bodies[at].html.strip_prefix(author).map(|rest| rest.trim_start_matches([',', ' ']));
        if let Some(rest) = rest.filter(|rest| !rest.is_empty()) {
            bodies[at].html = rest.to_owned();
        }
    }

    /// Returns a short citation of a work.
    fn whole(&self, work: usize) -> String {
        self.short(work, Part::Whole)
    }

    /// Returns a work's authors as a short citation names them.
    fn short_name(&self, work: usize) -> String {
        self.short(work, Part::Author)
    }

    fn short(&self, work: usize, part: Part) -> String {
        let (told, added) = self.told(work);
        let place = Place::Citation { part, position: Position::First, noted: Noted::No, pin: Pin::None, added };
        let mut out = String::new();
        self.bibliography.write(work, place, &Cited { told, ..Cited::default() }, &mut out);
        out
    }
}

impl Last {
    /// Tells whether a citation in this seat follows this one alone. In an author's note there is more than citations.
    fn leads_to(&self, seat: CitationSeat, is_note: bool) -> bool {
        let follows = match (self.seat, seat) {
            (CitationSeat::Text(last), CitationSeat::Text(own)) => own == last + 1 || own == last,
            _ => false,
        };
        self.is_alone && (follows || !is_note)
    }
}

//! Finding a quotation in a capture: where it stands word for word, or how it differs.
//!
//! 1. The quotation is taken apart into pieces and gaps (`quotation`), in several readings.
//! 2. For each reading the pieces are looked for in the normal form of the capture: whole words, in order, at most 60
//!    words apart, within a paragraph or into the next.
//! 3. Where no reading stands, the same is done without quotation marks, hyphens and spaces on either side.
//!
//! What must hold: one word changed, dropped, doubled or moved is never found; the time is linear in the capture for
//! quotations as people write them, and bounded for all others.

use std::ops::Range;
use std::sync::OnceLock;

use super::form::{Form, Loose, Search};
use super::nearest::{self, Missing, Words};
use super::normal::{self, Normal};
use super::number;
use super::passage::Passage;
use super::quotation::{Piece, Quotation};
use super::text::CaptureText;
use super::word;

/// The most words that `[…]` or a bracketed insertion stands for.
const MAX_GAP: usize = 60;

/// The most passages that are told of one quotation.
const MAX_PASSAGES: usize = 10_000;

/// A capture made ready for looking quotations up in it. Making it costs about as much as reading it; it depends on
/// nothing but the capture's text, and may be kept and shared.
#[derive(Debug)]
pub struct Normalised {
    capture: CaptureText,
    pub(super) normal: Normal,
    loose: OnceLock<Loose>,
    words: OnceLock<Words>,
}

/// What narrows down a quotation that occurs more than once: the words right before and behind it, either may be empty.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Context<'a> {
    /// The words before it.
    pub prefix: &'a str,
    /// The words behind it.
    pub suffix: &'a str,
}

/// Where a quotation stands in a capture.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Located {
    /// It stands there: each place, in order; never empty. More than one is for the caller to judge.
    Found(Vec<Passage>),
    /// It does not.
    Missing(Missing),
}

impl Normalised {
    /// Makes a capture ready.
    pub fn new(capture: CaptureText) -> Normalised {
        let normal = Normal::new(&capture.text);
        Normalised { capture, normal, loose: OnceLock::new(), words: OnceLock::new() }
    }

    /// Returns the capture's text.
    pub fn capture(&self) -> &CaptureText {
        &self.capture
    }

    /// Returns the bytes of the capture's text that a range of the normal form stands for.
    pub(super) fn original(&self, range: Range<usize>) -> Range<usize> {
        self.normal.original(range, &self.capture.text)
    }

    /// Returns the words of the normal form.
    pub(super) fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::new(&self.normal.text))
    }

    fn form(&self, strictness: Strictness) -> Form<'_> {
        match strictness {
            Strictness::Exact => Form::new(self, None),
            Strictness::Loose => Form::new(self, Some(self.loose.get_or_init(|| Loose::new(&self.normal.text)))),
        }
    }
}

/// Finds a quotation in a capture. `words` are the author's, without the marks around them and without markup.
pub fn locate(capture: &Normalised, words: &str, context: Context<'_>) -> Located {
    let quotation = Quotation::new(words);
    if quotation.is_empty() {
        return Located::Missing(Missing::Empty);
    }
    let source = capture.normal.text.as_bytes();
    let readings = quotation.readings(|words| memchr::memmem::find(source, words.as_bytes()).is_some());
    let context = Context { prefix: &normal::words(context.prefix), suffix: &normal::words(context.suffix) };
    let (mut failed, mut elsewhere) = (0, None);
    for strictness in [Strictness::Exact, Strictness::Loose] {
        let form = capture.form(strictness);
        for pieces in readings.iter().filter(|pieces| Quotation::short_piece(pieces).is_none()) {
            let places = match chains(&form, pieces) {
                Ok(places) => places,
                Err(piece) => {
                    failed = piece;
                    continue;
                }
            };
            let (fitting, others): (Vec<_>, Vec<_>) =
                places.into_iter().partition(|chain| form.stands_in(chain, context));
            let passages = |chains: Vec<Chain>| chains.into_iter().map(|chain| Passage::new(capture, chain)).collect();
            if !fitting.is_empty() {
                return Located::Found(passages(fitting));
            }
            elsewhere = elsewhere.or(Some(passages(others)));
        }
    }
    if let Some(passages) = elsewhere {
        return Located::Missing(Missing::OutOfContext { passages });
    }
    let last = readings.last().map_or(&[][..], Vec::as_slice);
    Located::Missing(match Quotation::short_piece(last) {
        Some(piece) => Missing::ShortPiece { piece: number::shown(&piece.text) },
        None => nearest::nearest(capture, last, failed),
    })
}

/// Tells whether a piece stands anywhere in a capture, and where first.
pub(super) fn first_place(capture: &Normalised, piece: &Piece) -> Option<Range<usize>> {
    [Strictness::Exact, Strictness::Loose].into_iter().find_map(|strictness| {
        let form = capture.form(strictness);
        let mut budget = form.budget();
        Search::new(&form, piece).next(0, usize::MAX, &mut budget)
    })
}

/// How a piece is compared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Strictness {
    /// In normal form.
    Exact,
    /// Without quotation marks, hyphens and spaces.
    Loose,
}

/// One place of a piece, and the place of the piece before it that it goes on from.
struct Step {
    range: Range<usize>,
    from: usize,
}

/// Ranges of the normal form, one for each piece.
type Chain = Vec<Range<usize>>;

/// Finds each way in which the pieces follow each other, or else the first piece that does not follow.
fn chains(form: &Form<'_>, pieces: &[Piece]) -> Result<Vec<Chain>, usize> {
    let mut budget = form.budget();
    let mut steps: Vec<Vec<Step>> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let mut search = Search::new(form, piece);
        let next = match steps.last() {
            None => first_steps(&mut search, pieces.len(), &mut budget),
            Some(before) => next_steps(form, before, &mut search, &mut budget),
        };
        if next.is_empty() {
            return Err(steps.len());
        }
        steps.push(next);
    }
    let mut chains: Vec<Chain> = Vec::new();
    for last in steps.last().into_iter().flatten() {
        let chain = trace(&steps, last);
        // Several ends of one beginning are one passage, the shortest.
        if chains.last().is_none_or(|before| before[0] != chain[0]) {
            chains.push(chain);
        }
    }
    Ok(chains)
}

/// Finds the places of the first of `count` pieces. A quotation of one piece does not overlap itself.
fn first_steps(search: &mut Search<'_>, count: usize, budget: &mut usize) -> Vec<Step> {
    let (mut steps, mut at) = (Vec::new(), 0);
    while let Some(range) = search.next(at, usize::MAX, budget) {
        at = if count == 1 { range.end } else { range.start + 1 };
        steps.push(Step { range, from: 0 });
        if steps.len() == MAX_PASSAGES {
            break;
        }
    }
    steps
}

/// Finds the places of a piece that a place of the piece before may go on to. The nearest one before decides: what is
/// too far from it is too far from all.
fn next_steps(form: &Form<'_>, before: &[Step], search: &mut Search<'_>, budget: &mut usize) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for (nth, from) in before.iter().enumerate() {
        let limit = word::nth_start(form.normal(), from.range.end, MAX_GAP);
        let until = before.get(nth + 1).map_or(limit, |next| limit.min(next.range.end.saturating_sub(1)));
        let mut at = from.range.end;
        while let Some(range) = search.next(at, until, budget) {
            at = range.start + 1;
            if form.may_reach(from.range.end, range.start) && steps.len() < MAX_PASSAGES {
                steps.push(Step { range, from: nth });
            }
        }
    }
    steps
}

/// Follows the steps back to the first piece.
fn trace(steps: &[Vec<Step>], last: &Step) -> Chain {
    let mut chain = vec![last.range.clone()];
    let mut from = last.from;
    for row in steps[..steps.len() - 1].iter().rev() {
        chain.push(row[from].range.clone());
        from = row[from].from;
    }
    chain.reverse();
    chain
}

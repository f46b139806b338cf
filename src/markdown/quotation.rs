//! Quotations: block quotes that hold a citation, and passages in quotation marks that a citation follows.
//!
//! 1. Each outermost pair of marks in a block is a candidate; its words and sentence are known once the block is written.
//! 2. It rests on the citations inside it, else on the first that follows in its sentence, at most twelve words on.
//! 3. A block quote that turns out to hold a citation is a quotation as a whole, and those inside it are none.

use std::ops::Range;

use crate::file::Text;

use super::body::{Body, Extent, HoleKind};
use super::citation::{Citation, CitationForm, Cite};
use super::escape;
use super::host::QuotationAnswer;
use super::passage::{Line, trim};
use super::plain::LeafKind;
use super::plan::Candidate;
use super::read::Reader;
use super::sentence;
use super::write::State;

/// A quoted passage.
#[derive(Clone, PartialEq, Debug)]
pub struct Quotation {
    /// How it is set.
    pub form: QuotationForm,
    /// Whether it is held against a source.
    pub claim: QuotationClaim,
    /// The passage with its marks, in the source; a block quote's whole extent.
    pub at: Extent,
    /// The words, in plain text, without marks, citations and attribution; the map leads to the file.
    pub words: Text,
    /// The same with the numbers of list items, where there are any: a report's numbered paragraphs are a list in Markdown.
    pub numbered: Option<Box<Text>>,
    /// The citations that it may rest on, in order, as indices: in a block quote all of them; for an inline passage
    /// those inside it, else the first one that follows, with what adjoins it. In-text keys are among them.
    pub citations: Vec<u32>,
    /// Other citations in its sentence; they do not verify it, but it is not uncited.
    pub nearby: Vec<u32>,
    /// How many words it has.
    pub count: u32,
}

/// How a quotation is set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum QuotationForm {
    /// A passage in quotation marks.
    Inline,
    /// A block quote, or a callout of the kind `quote` or `translation`.
    Block,
}

/// Whether a quotation is held against a source.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum QuotationClaim {
    /// It is, provided that a citation of it is one.
    Verbatim,
    /// The citation has a prefix (`see`): the words are the author's own.
    OwnWords,
    /// It is a translated passage.
    Translation,
    /// It has none in brackets, and needs one: an inline passage of at least four words outside headings and titles.
    /// An in-text key may be a citation all the same: see [`Quotation::rest`].
    Uncited,
}

/// What a quotation rests on, once it is known which in-text keys are citations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Rest {
    /// The words must stand in one of these, and in each that has a locator: indices of a citation and of its keys.
    Held(Vec<(usize, usize)>),
    /// The words are the author's own.
    OwnWords,
    /// It is a translated passage.
    Translation,
    /// It should have a citation, and has none.
    Uncited,
    /// It is too short to need one, or another citation in its sentence may be meant.
    Free,
}

/// How far on a citation may stand, in words.
const REACH: usize = 12;

/// From how many words on a passage needs a citation.
const NEEDS: u32 = 4;

/// How many other citations in its sentence are noted.
const NEARBY: usize = 8;

impl Quotation {
    /// Says what the quotation rests on; `is_source` tells whether the first key of an in-text citation, given by its index,
    /// is a source's.
    pub fn rest(&self, body: &Body, is_source: &mut dyn FnMut(usize) -> bool) -> Rest {
        let mut real = |index: &u32| {
            let index = *index as usize;
            body.citations[index].form == CitationForm::Bracket || is_source(index)
        };
        let mut citations = Vec::new();
        for index in &self.citations {
            if real(index) {
                let index = *index as usize;
                citations.push(index);
                let goes_on = self.form == QuotationForm::Block || body.citations[index].at.end < self.at.end;
                let next = body.citations.get(index + 1);
                if !goes_on && next.is_none_or(|next| next.text.start != body.citations[index].text.start) {
                    break;
                }
            }
        }
        if citations.is_empty() {
            let needs = self.form == QuotationForm::Inline && self.claim == QuotationClaim::Uncited;
            return if needs && !self.nearby.iter().any(real) { Rest::Uncited } else { Rest::Free };
        }
        if self.claim == QuotationClaim::Translation {
            return Rest::Translation;
        }
        let keys = |index: usize| verbatim(&body.citations[index]).enumerate().map(move |(key, _)| (index, key));
        let held: Vec<(usize, usize)> = citations.into_iter().flat_map(keys).collect();
        if held.is_empty() { Rest::OwnWords } else { Rest::Held(held) }
    }
}

/// Returns the keys of a citation that the words before it are held against: none behind a prefix.
fn verbatim(citation: &Citation) -> impl Iterator<Item = &Cite> {
    citation.cites.iter().take_while(|cite| cite.prefix.is_empty())
}

impl Reader<'_> {
    /// Returns the index that a block's candidate will have among the quotations.
    pub(super) fn candidate(&self, index: usize) -> u32 {
        Extent::new(self.body.quotations.len() + index, 0).start
    }

    /// Judges the candidates of a block that has just been written. Those that are none are marked as dead.
    pub(super) fn judge(&mut self, candidates: &[Candidate], state: &State, kind: LeafKind) {
        if candidates.is_empty() {
            return;
        }
        let leaf = self.plain.leaves[state.leaf as usize].text.range();
        let ends = sentence::ends(&self.plain.text[leaf.clone()]);
        let ends: Vec<usize> = ends.into_iter().map(|end| leaf.start + end).collect();
        for candidate in candidates {
            let mut found = candidate.clone();
            let sign = |at: usize| self.plain.text[at..].chars().next().map_or(0, char::len_utf8);
            found.whole.end = found.words.end + sign(found.words.end);
            found.words.start = (found.whole.start + sign(found.whole.start)).min(found.words.end);
            let (quotation, lives) = self.quotation(&found, &ends, leaf.clone(), state, kind);
            self.body.quotations.push(quotation);
            self.quoting.push((state.leaf, lives));
        }
    }

    /// Makes the quotation of a candidate, and tells whether it is one.
    fn quotation(
        &self,
        candidate: &Candidate,
        ends: &[usize],
        leaf: Range<usize>,
        state: &State,
        kind: LeafKind,
    ) -> (Quotation, bool) {
        let text = &self.plain.text;
        let inside = |end: &&usize| candidate.whole.start < **end && **end < candidate.whole.end;
        let first = ends.partition_point(|end| *end <= candidate.whole.start);
        let sentence = ends[..first].last().copied().unwrap_or(leaf.start);
        let rest = &ends[first..];
        let end = rest[rest.iter().take_while(inside).count()..].first().copied().unwrap_or(leaf.end);
        let cites = &self.body.citations[state.citations..];
        let index = |at: usize| Extent::new(state.citations + at, 0).start;
        let begins = cites.partition_point(|cite| (cite.at.start as usize) < candidate.at.start);
        let behind = cites.partition_point(|cite| (cite.at.start as usize) < candidate.at.end);
        let mut citations: Vec<u32> = (begins..behind).map(index).collect();
        if citations.is_empty() {
            citations = following(&cites[behind..], text, candidate, end).map(|at| index(behind + at)).collect();
        }
        let near = cites.partition_point(|cite| (cite.text.start as usize) < sentence);
        let starts = |cite: &Citation| cite.text.start as usize > sentence || sentence == leaf.start;
        let nearby = (near..cites.len()).take_while(|at| cites[*at].text.start as usize <= end);
        let nearby = nearby.filter(|at| starts(&cites[*at]) && !citations.contains(&index(*at)));
        let nearby: Vec<u32> = nearby.map(index).take(NEARBY).collect();
        let words = &text[candidate.words.clone()];
        let count = Extent::new(count(words, usize::MAX), 0).start;
        let bracket = |index: &u32| self.body.citations[*index as usize].form == CitationForm::Bracket;
        let exempt = matches!(kind, LeafKind::Heading | LeafKind::Title | LeafKind::Verbatim);
        let uncited = !citations.iter().any(bracket);
        let lives = !uncited || !citations.is_empty() || count >= NEEDS && !exempt && !nearby.iter().any(bracket);
        let claim = match () {
            () if uncited && (count >= NEEDS && !exempt) => QuotationClaim::Uncited,
            () if self.own_words(&citations) => QuotationClaim::OwnWords,
            () => QuotationClaim::Verbatim,
        };
        let words =
            if lives { self.passage(&[(trim(text, candidate.words.clone()), None)]) } else { self.empty.clone() };
        let at = candidate.at.clone().into();
        (Quotation { form: QuotationForm::Inline, claim, at, words, numbered: None, citations, nearby, count }, lives)
    }

    /// Tells whether every citation of a quotation has a prefix.
    fn own_words(&self, citations: &[u32]) -> bool {
        let mut cites = citations.iter().map(|index| &self.body.citations[*index as usize]);
        !citations.is_empty() && cites.all(|citation| verbatim(citation).next().is_none())
    }

    /// Makes a block quote that has ended a quotation, if it holds a citation; returns whether it is one.
    pub(super) fn quote_block(&mut self, at: Extent, lines: &[Line], claim: QuotationClaim, hole: usize) -> bool {
        let holds = |leaf: u32| lines.binary_search_by_key(&leaf, |line| line.leaf).is_ok();
        let first = self.body.citations.partition_point(|citation| citation.at.start < at.start);
        let cites = self.body.citations.iter().enumerate().skip(first).filter(|(_, citation)| holds(citation.leaf));
        let citations: Vec<u32> = cites.map(|(index, _)| Extent::new(index, 0).start).collect();
        if citations.is_empty() {
            return false;
        }
        for (leaf, lives) in self.quoting.iter_mut().rev() {
            if *leaf < lines.first().map_or(0, |line| line.leaf) {
                break;
            }
            *lives &= !holds(*leaf);
        }
        let ranges = self.words_of(lines);
        // A picture and its source: nothing is quoted in words.
        if ranges.is_empty()
            && self
                .body
                .mentions
                .iter()
                .any(|shown| shown.is_shown() && at.range().contains(&(shown.at.start as usize)))
        {
            return false;
        }
        let is_numbered = ranges.iter().any(|(_, number)| number.is_some());
        let numbered = is_numbered.then(|| Box::new(self.passage(&ranges)));
        let bare: Vec<_> = ranges.into_iter().map(|(range, _)| (range, None)).collect();
        let words = self.passage(&bare);
        let claim = match claim {
            QuotationClaim::Verbatim if self.own_words(&citations) => QuotationClaim::OwnWords,
            claim => claim,
        };
        let count = Extent::new(count(&words.value, usize::MAX), 0).start;
        if let Some(hole) = self.sink.holes.get_mut(hole) {
            hole.kind = HoleKind::QuotationOpen(Extent::new(self.body.quotations.len(), 0).start);
        }
        let (form, nearby) = (QuotationForm::Block, Vec::new());
        self.body.quotations.push(Quotation { form, claim, at, words, numbered, citations, nearby, count });
        self.quoting.push((lines.last().map_or(0, |line| line.leaf), true));
        true
    }
}

/// Returns the citations that a candidate may rest on, among those behind it: the first real one in reach, in-text keys
/// before it, and what adjoins it.
fn following<'b>(
    cites: &'b [Citation],
    text: &'b str,
    candidate: &Candidate,
    end: usize,
) -> impl Iterator<Item = usize> + 'b {
    let start = candidate.whole.end;
    let near = move |cite: &&Citation| {
        let at = cite.text.start as usize;
        at <= end
            && at - start.min(at) <= REACH * 64
            && count(text.get(start..at).unwrap_or_default(), REACH + 1) <= REACH
    };
    let mut real: Option<u32> = None;
    cites.iter().take_while(near).enumerate().map_while(move |(index, cite)| {
        let adjoins = real.is_none_or(|at| at == cite.text.start);
        if cite.form == CitationForm::Bracket {
            real = real.or(Some(cite.text.start));
        }
        adjoins.then_some(index)
    })
}

/// Counts the words of a text, up to `most`.
fn count(text: &str, most: usize) -> usize {
    let words = text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric));
    words.take(most).count()
}

/// Opens a quotation: an inline one's tag, or the attributes of a block quote. Tells whether anything was written.
pub(super) fn open(form: QuotationForm, claim: QuotationClaim, answer: &QuotationAnswer<'_>, out: &mut String) -> bool {
    let (state, sources) = match answer {
        QuotationAnswer::Verified { sources } => ("verified", sources),
        QuotationAnswer::Unverified { sources } => ("unverified", sources),
        QuotationAnswer::Unheld => return false,
    };
    if claim == QuotationClaim::Translation {
        return false;
    }
    out.push_str(if form == QuotationForm::Inline {
        "<q class=\"quote\" data-quote=\""
    } else {
        " class=\"quote\" data-quote=\""
    });
    out.push_str(state);
    out.push_str("\" data-source=\"");
    escape::attribute(sources, out);
    out.push_str(if form == QuotationForm::Inline { "\">" } else { "\"" });
    true
}

#[cfg(test)]
mod tests;

//! The margin: citations and notes while a page is woven, their numbers, and those that wait for the end of a block.

use std::borrow::Cow;

use super::annotation::{self, NoteContent, NoteForm};
use super::body::{Body, HoleKind};
use super::citation;
use super::escape;
use super::host::{CitationAnswer, CitationSeat};
use super::weave::{Edge, Ground, Job, Pieces, Weaver};

/// A note that waits for the end of its block.
pub(super) enum Waiting<'a> {
    /// A note of a text: the text, the note's index and number.
    Note(usize, usize, u32),
    /// A citation's: its number, what its id begins with, and what it says.
    Citation(u32, String, Cow<'a, str>),
}

impl<'a> Weaver<'a, '_> {
    /// Writes a citation.
    pub(super) fn citation(&mut self, body: &'a Body, index: u32, pieces: &mut Pieces<'a>) {
        let written = &body.citations[index as usize];
        let seat = match pieces.ground {
            Ground::Note(number) => CitationSeat::Note(number),
            Ground::Text => CitationSeat::Text(self.out.notes + 1),
        };
        let answer = self.host.citation(body, index as usize, seat, &self.texts[pieces.text].prefix);
        let skips = !matches!(answer, CitationAnswer::Text);
        let mut stop = written.stop.filter(|_| pieces.overtaken != Some(index));
        match (answer, seat) {
            (CitationAnswer::Text, _) => citation::write_plain(written, stop, &mut self.out.html),
            (CitationAnswer::Words(words), _) => {
                escape::text(&words, &mut self.out.html);
                self.out.html.extend(stop);
            }
            (CitationAnswer::Note { name, html, sources }, CitationSeat::Text(number)) => {
                self.out.notes = number;
                self.out.html.push_str(&name);
                if pieces.run.is_none_or(|last| last < index) {
                    pieces.run = last_of_run(body, pieces.hole).or(Some(index));
                    pieces.overtaken = pieces.run.filter(|last| *last != index);
                    stop = stop.or_else(|| pieces.overtaken.and_then(|last| body.citations[last as usize].stop));
                }
                self.out.html.extend(stop);
                let prefix = &self.texts[pieces.text].prefix;
                citation::write_reference(number, prefix, &sources, &mut self.out.html);
                if self.holds {
                    self.waiting.push(Waiting::Citation(number, prefix.clone(), html));
                } else {
                    citation::write_note(number, prefix, &html, NoteForm::Line, &mut self.out.html);
                }
            }
            (CitationAnswer::Note { name, html, .. }, CitationSeat::Note(_)) => {
                citation::write_in_note(written, &name, &html, stop, &mut self.out.html);
            }
            (CitationAnswer::Line { id, html, href, card, sources }, _) => {
                citation::write_line(written, &html, (&id, &href), &sources, stop, &mut self.out.html);
                self.out.html.push_str(&card);
            }
        }
        if skips {
            pieces.at = written.html.end as usize;
        }
    }

    /// Writes a reference to a note, and the note if it is the first.
    pub(super) fn reference(&mut self, body: &'a Body, index: usize, pieces: &Pieces<'a>) {
        let scope = &mut self.texts[pieces.text];
        if scope.numbers.len() <= index {
            scope.numbers.resize(body.notes.len().max(index + 1), (0, 0));
        }
        scope.numbers[index].0 += 1;
        let (times, number) = scope.numbers[index];
        if times > 1 {
            annotation::write_reference(number, times, &scope.prefix, &mut self.out.html);
            return;
        }
        self.out.notes += 1;
        let number = self.out.notes;
        scope.numbers[index].1 = number;
        annotation::write_reference(number, times, &scope.prefix, &mut self.out.html);
        let waits = self.holds || pieces.ground != Ground::Text || body.notes[index].content == NoteContent::Blocks;
        match waits {
            true => self.waiting.push(Waiting::Note(pieces.text, index, number)),
            false => self.note(pieces.text, index, number, NoteForm::Line),
        }
    }

    /// Weaves a note.
    fn note(&mut self, text: usize, index: usize, number: u32, form: NoteForm) {
        let scope = &self.texts[text];
        let note = &scope.body.notes[index];
        self.jobs.push(Job::Close(annotation::open(number, &scope.prefix, form, &mut self.out.html)));
        let html = note.html.range();
        self.pieces(text, html, Edge::Own, Ground::Note(number));
    }

    /// Weaves a note that has waited.
    pub(super) fn waited(&mut self, waiting: Waiting<'a>) {
        match waiting {
            Waiting::Note(text, index, number) => {
                let form = match self.texts[text].body.notes[index].content {
                    NoteContent::Blocks => NoteForm::Blocks,
                    NoteContent::Phrasing => NoteForm::After,
                };
                self.note(text, index, number, form);
            }
            Waiting::Citation(number, prefix, html) => {
                citation::write_note(number, &prefix, &html, NoteForm::After, &mut self.out.html);
            }
        }
    }

    /// Lets the notes go that have waited for the end of their block.
    pub(super) fn release(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        self.jobs.extend(waiting.into_iter().rev().map(Job::Waiting));
    }
}

/// Returns the last of the citations that adjoin each other, from a hole on.
fn last_of_run(body: &Body, hole: usize) -> Option<u32> {
    let at = body.holes.get(hole.checked_sub(1)?)?.at;
    let run = body.holes[hole..].iter().take_while(|hole| hole.at == at);
    let mut last = None;
    for hole in run {
        match hole.kind {
            HoleKind::Citation(index) => last = Some(index),
            _ => break,
        }
    }
    last
}

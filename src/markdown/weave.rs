//! Weaving: a body's HTML with its holes filled from a host's answers.
//!
//! Pieces of the HTML between holes are copied as they are. Parts of other texts, and the contents of notes, are jobs on
//! a stack: a chain of embeds as long as the site costs no recursion, and how much a page may embed is bounded.

use std::ops::Range;

use super::body::{Body, Extent, HoleKind, Word};
use super::embed;
use super::heading;
use super::host::{FigureAnswer, Host, MentionAnswer, Part, Standing};
use super::margin::Waiting;
use super::quotation::{self, QuotationForm};
use super::{block, image, link, mention, tag};

/// How many parts of other texts a page may hold, and how long it may get by them. Embeds can double at each step.
const MOST_PARTS: u32 = 1000;
const MOST_BYTES: usize = 64 << 20;

/// A page's HTML while it is woven from bodies: the numbers of its notes run through all of them.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Woven {
    /// The HTML so far. Take it out between bodies; numbers go on.
    pub html: String,
    /// How many notes have been numbered.
    pub notes: u32,
    /// What every id begins with: empty, or for appendices something like `a1-`.
    pub prefix: String,
    /// How many parts of other texts have been embedded.
    pub parts: u32,
}

/// Weaves a part of a body into `out`, asking `host` what each hole stands for.
///
/// A part that the body does not have weaves to nothing.
pub fn weave<'a>(body: &'a Body, part: Part<'_>, host: &mut dyn Host<'a>, out: &mut Woven) {
    let Some(section) = section(body, part) else { return };
    let prefix = out.prefix.clone();
    let mut weaver = Weaver { host, out, jobs: Vec::new(), texts: Vec::new(), waiting: Vec::new(), holds: false };
    weaver.begin(body, section, prefix);
    loop {
        while let Some(job) = weaver.jobs.pop() {
            weaver.job(job);
        }
        if weaver.waiting.is_empty() {
            break;
        }
        weaver.release();
    }
}

/// What of a body is woven, and what it is wrapped in.
struct Section {
    html: Range<usize>,
    before: &'static str,
    behind: &'static str,
    /// Whether a hole at its end may belong to what follows.
    edge: Edge,
}

/// Whose a hole at the end of a piece is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// The piece's own.
    Own,
    /// The next block's, if that may begin with it.
    Shared,
}

/// Returns where a part of a body stands in its HTML; its holes are those from its start to its end.
pub(super) fn extent(body: &Body, part: Part<'_>) -> Option<Extent> {
    let section = section(body, part)?;
    let end = if section.edge == Edge::Shared { section.html.end - 1 } else { section.html.end };
    Some(Extent::new(section.html.start, end))
}

fn section(body: &Body, part: Part<'_>) -> Option<Section> {
    let plain = |html: Extent| Section { html: html.range(), before: "", behind: "", edge: Edge::Own };
    match part {
        Part::Whole => Some(plain(body.flow)),
        Part::Inline => Some(plain(body.single.unwrap_or(body.flow))),
        Part::Heading(id) => {
            body.headings.iter().find(|heading| heading.id == id).map(|heading| plain(heading.section))
        }
        Part::Block(id) => body.blocks.iter().find(|named| named.id == id && !named.html.is_empty()).map(|named| {
            let (before, behind) = block::wrap(named.wrap);
            Section { html: named.html.range(), before, behind, edge: Edge::Shared }
        }),
    }
}

/// A text of which something is being woven: the body, what its ids begin with, and the numbers of its notes.
pub(super) struct Scope<'a> {
    pub(super) body: &'a Body,
    pub(super) prefix: String,
    /// Its notes that have a number: how often they were referred to, and their number.
    pub(super) numbers: Vec<(u32, u32)>,
}

/// Something that remains to be woven.
pub(super) enum Job<'a> {
    /// Pieces of a text's HTML with their holes.
    Pieces(Pieces<'a>),
    /// Markup that ends something.
    Close(&'static str),
    /// A part's end, which says where it is from.
    PartEnd(embed::From<'a>),
    /// A note that has waited.
    Waiting(Waiting<'a>),
}

/// A run of HTML with holes, as far as it has been woven.
pub(super) struct Pieces<'a> {
    pub(super) text: usize,
    pub(super) at: usize,
    pub(super) end: usize,
    pub(super) hole: usize,
    pub(super) edge: Edge,
    /// Whether this is a note's content.
    pub(super) ground: Ground,
    /// Mentions that are open, and quotations whose end is to be written.
    pub(super) open: Vec<Open<'a>>,
    /// The stop that a note's number has overtaken: the citation that must not write it again.
    pub(super) overtaken: Option<u32>,
    /// The last of the citations that adjoin each other here.
    pub(super) run: Option<u32>,
}

pub(super) enum Open<'a> {
    Link(Option<Standing<'a>>),
    Text,
}

/// Weaves; its parts for each construct are in the constructs' files.
pub(super) struct Weaver<'a, 'h> {
    pub(super) host: &'h mut dyn Host<'a>,
    pub(super) out: &'h mut Woven,
    pub(super) jobs: Vec<Job<'a>>,
    pub(super) texts: Vec<Scope<'a>>,
    /// Notes that wait for the end of their block.
    pub(super) waiting: Vec<Waiting<'a>>,
    /// Whether a block is open that may hold no note.
    pub(super) holds: bool,
}

impl<'a> Weaver<'a, '_> {
    /// Begins a part of a text.
    fn begin(&mut self, body: &'a Body, section: Section, prefix: String) {
        let text = self.texts.len();
        self.texts.push(Scope { body, prefix, numbers: Vec::new() });
        self.out.html.push_str(section.before);
        self.jobs.push(Job::Close(section.behind));
        self.pieces(text, section.html, section.edge, Ground::Text);
    }

    pub(super) fn pieces(&mut self, text: usize, html: Range<usize>, edge: Edge, ground: Ground) {
        let holes = &self.texts[text].body.holes;
        let hole = holes.partition_point(|hole| (hole.at as usize) < html.start);
        let (at, end) = (html.start, html.end);
        self.jobs.push(Job::Pieces(Pieces {
            text,
            at,
            end,
            hole,
            edge,
            ground,
            open: Vec::new(),
            overtaken: None,
            run: None,
        }));
    }

    fn job(&mut self, job: Job<'a>) {
        match job {
            Job::Close(markup) => self.out.html.push_str(markup),
            Job::Waiting(waiting) => self.waited(waiting),
            Job::PartEnd(from) => embed::close_part(&from, self.host, &mut self.out.html),
            Job::Pieces(mut pieces) => {
                let body = self.texts[pieces.text].body;
                while let Some(hole) = body.holes.get(pieces.hole).filter(|hole| (hole.at as usize) <= pieces.end) {
                    let at = hole.at as usize;
                    if at == pieces.end && pieces.edge == Edge::Shared && matches!(hole.kind, HoleKind::Figure(_)) {
                        break;
                    }
                    pieces.hole += 1;
                    if at < pieces.at {
                        continue;
                    }
                    self.out.html.push_str(&body.html[pieces.at..at]);
                    pieces.at = at;
                    let waiting = self.jobs.len();
                    self.fill(body, hole.kind, &mut pieces);
                    if self.jobs.len() > waiting {
                        let inner = self.jobs.split_off(waiting);
                        self.jobs.push(Job::Pieces(pieces));
                        self.jobs.extend(inner);
                        return;
                    }
                }
                self.out.html.push_str(&body.html[pieces.at..pieces.end.max(pieces.at)]);
            }
        }
    }

    /// Fills one hole.
    fn fill(&mut self, body: &'a Body, kind: HoleKind, pieces: &mut Pieces<'a>) {
        match kind {
            HoleKind::MentionOpen(index) => self.mention(body, index as usize, pieces),
            HoleKind::MentionClose(_) => match pieces.open.pop() {
                Some(Open::Link(standing)) => mention::close(standing.as_ref(), &mut self.out.html),
                Some(Open::Text) | None => {}
            },
            HoleKind::Figure(index) => self.figure(body, index as usize),
            HoleKind::Citation(index) => self.citation(body, index, pieces),
            HoleKind::NoteReference(index) => self.reference(body, index as usize, pieces),
            HoleKind::NotesHold => self.holds |= pieces.ground == Ground::Text,
            HoleKind::NotesAfter if pieces.ground == Ground::Text => {
                self.holds = false;
                self.release();
            }
            HoleKind::NotesAfter => {}
            HoleKind::QuotationOpen(index) => {
                let answer = self.host.quotation(body, index as usize);
                let form = body.quotations[index as usize].form;
                let opened = quotation::open(form, body.quotations[index as usize].claim, &answer, &mut self.out.html);
                if form == QuotationForm::Inline {
                    pieces.open.push(if opened { Open::Link(None) } else { Open::Text });
                }
            }
            HoleKind::QuotationClose(_) => {
                if let Some(Open::Link(_)) = pieces.open.pop() {
                    self.out.html.push_str("</q>");
                }
            }
            HoleKind::Tag(index) => {
                let href = self.host.tag(body, index as usize);
                tag::write(&body.tags[index as usize], href.as_deref(), &mut self.out.html);
            }
            HoleKind::Archived(index) => {
                if let Some(href) = self.host.archived(body, index as usize) {
                    let words = self.host.word("archived");
                    link::write_archived(&href, words.as_deref().unwrap_or("archived copy"), &mut self.out.html);
                }
            }
            HoleKind::HeadingId(index) => {
                let prefix = &self.texts[pieces.text].prefix;
                block::write_id(prefix, &body.headings[index as usize].id, &mut self.out.html);
            }
            HoleKind::HeadingAnchor(index) => {
                let prefix = &self.texts[pieces.text].prefix;
                heading::write_anchor(&body.headings[index as usize].id, prefix, &mut self.out.html);
            }
            HoleKind::BlockId(index) => {
                let prefix = &self.texts[pieces.text].prefix;
                block::write_id(prefix, &body.blocks[index as usize].anchor, &mut self.out.html);
            }
            HoleKind::Word(word) => self.word(body, word, pieces),
        }
    }

    fn word(&mut self, body: &Body, word: Word, pieces: &mut Pieces<'a>) {
        let (key, fallback) = match word {
            Word::Table => ("table", "Table"),
            Word::TaskDone => ("task_done", "done"),
            Word::TaskOpen => ("task_open", "open"),
            Word::CalloutTitle(length) => {
                let end = pieces.at + length as usize;
                let key = format!("callout_{}", body.html[pieces.at..end].to_lowercase().replace('-', "_"));
                if let Some(words) = self.host.word(&key) {
                    super::escape::text(&words, &mut self.out.html);
                    pieces.at = end;
                }
                return;
            }
        };
        let words = self.host.word(key);
        super::escape::attribute(words.as_deref().unwrap_or(fallback), &mut self.out.html);
    }

    fn mention(&mut self, body: &'a Body, index: usize, pieces: &mut Pieces<'a>) {
        let written = &body.mentions[index];
        let (words, open) = match self.host.mention(body, index) {
            MentionAnswer::Link(link) => {
                mention::open(&link, &mut self.out.html);
                (Some(link.title), Open::Link(link.standing))
            }
            MentionAnswer::Text { title } => (title, Open::Text),
        };
        pieces.open.push(open);
        if let (false, Some(words)) = (written.is_labelled(), words) {
            super::escape::text(&words, &mut self.out.html);
            pieces.at = written.html.end as usize;
        }
    }

    fn figure(&mut self, body: &'a Body, index: usize) {
        let answer = self.host.figure(body, index);
        if let (FigureAnswer::Image(image), Some(figure)) = (&answer, &body.mentions[index].figure) {
            let mut named = |number: u32, label: Option<&str>, out: &mut String| {
                let (link, title) = match self.host.mention(body, number as usize) {
                    MentionAnswer::Link(link) => (Some(link), None),
                    MentionAnswer::Text { title } => (None, title),
                };
                mention::write(link.as_ref(), label.or(title.as_deref()), out);
            };
            return image::write(figure, image, &mut named, &mut self.out.html);
        }
        let has_room = self.out.parts < MOST_PARTS && self.out.html.len() < MOST_BYTES;
        let room = if has_room { embed::Room::Left } else { embed::Room::None };
        let Some(part) = embed::write(&body.mentions[index], answer, room, &mut self.out.html) else { return };
        let Some(section) = section(part.body, part.part) else { return };
        self.out.parts += 1;
        let prefix = format!("{}e{}.", self.out.prefix, self.out.parts);
        embed::open_part(&mut self.out.html);
        self.jobs.push(Job::PartEnd(embed::From { link: part.link, response: part.response }));
        self.begin(part.body, section, prefix);
    }
}

/// What is being woven.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// Running text.
    Text,
    /// The content of the note of this number.
    Note(u32),
}

#[cfg(test)]
mod tests;

//! Bodies woven into pages: what mentions, embeds, citations and quotations stand for on the page that is being made.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::uses::Cited;
use super::{Edition, card, place};
use crate::cite::Desk;
use crate::html::text;
use crate::markdown::{
    Body, CardAnswer, CitationAnswer, CitationSeat, FigureAnswer, Fragment, Host, MentionAnswer, MentionKind,
    MentionLink, Part, PartAnswer, QuotationAnswer, Standing, Woven, weave,
};
use crate::model::{Ix, Links, Target};
use crate::resolve::{anchor, route};

/// How many bytes of other texts one page embeds at most, against embeds that multiply.
const EMBEDDED: usize = 4 * 1024 * 1024;

/// A page that is being made: the numbers of its notes and the sources that it rests on run through all its texts.
pub(super) struct Page<'e> {
    pub(super) edition: &'e Edition,
    pub(super) ix: Ix,
    pub(super) root: String,
    route: String,
    woven: Woven,
    /// What the ids of the page's own texts begin with.
    prefix: String,
    /// The sources in the order of their first use, with what was seen of each.
    pub(super) cited: Vec<Cited>,
    pub(super) order: BTreeMap<Ix, usize>,
    embedded: usize,
    /// How many citations stand in the line, by a style that has no notes.
    pub(super) lines: usize,
    /// What the page cited so far, for later notes.
    pub(super) desk: Desk<'e>,
}

/// Answers for one body on a page.
struct Answers<'p, 'e> {
    page: &'p mut Page<'e>,
    /// The bodies that are being woven, the innermost last: whose they are, and their links.
    texts: Vec<(&'e Body, Ix, &'e Links)>,
}

impl<'e> Page<'e> {
    /// Begins the page of a record.
    pub(super) fn new(edition: &'e Edition, ix: Ix, route: &str, root: &str) -> Page<'e> {
        Page {
            edition,
            ix,
            root: root.to_owned(),
            route: route.to_owned(),
            woven: Woven::default(),
            prefix: String::new(),
            cited: Vec::new(),
            order: BTreeMap::new(),
            embedded: 0,
            lines: 0,
            desk: Desk::new(&edition.works.bibliography, []),
        }
    }

    /// Makes the page of a record; twice where what it cites last changes what it says of the first.
    pub(super) fn make<T>(
        edition: &'e Edition,
        ix: Ix,
        route: &str,
        root: &str,
        make: impl Fn(&mut Page<'e>) -> T,
    ) -> T {
        let mut page = Page::new(edition, ix, route, root);
        let made = make(&mut page);
        match page.desk.again() {
            Some(desk) => make(&mut Page { desk, ..Page::new(edition, ix, route, root) }),
            None => made,
        }
    }

    /// Begins a text that stands on the page of another record: its ids and numbers begin with `prefix`.
    pub(super) fn appended(&self, ix: Ix, prefix: String) -> Page<'e> {
        let mut page = Page { desk: self.desk.beside(), ..Page::new(self.edition, ix, &self.route, &self.root) };
        page.woven.prefix.clone_from(&prefix);
        page.prefix = prefix;
        page
    }

    /// Weaves a body whole.
    pub(super) fn whole(&mut self, body: &'e Body, links: &'e Links) -> String {
        self.weave(body, links, Part::Whole)
    }

    /// Weaves a short text, without the tags of a single paragraph.
    pub(super) fn inline(&mut self, body: &'e Body, links: &'e Links) -> String {
        self.weave(body, links, Part::Inline)
    }

    fn weave(&mut self, body: &'e Body, links: &'e Links, part: Part<'_>) -> String {
        let mut woven = std::mem::take(&mut self.woven);
        let ix = self.ix;
        let mut answers = Answers { page: self, texts: vec![(body, ix, links)] };
        weave(body, part, &mut answers, &mut woven);
        let html = std::mem::take(&mut woven.html);
        self.woven = woven;
        html
    }

    /// Returns what the ids of the page's texts begin with.
    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }
}

impl<'e> Answers<'_, 'e> {
    /// Returns whose text a body is, and its links. Embedded bodies are found where they were answered.
    fn text(&self, body: &Body) -> (Ix, &'e Links) {
        let found = self.texts.iter().rev().find(|(text, _, _)| std::ptr::eq(*text, body));
        let (_, ix, links) = found.expect("every body that is woven was given out here");
        (*ix, links)
    }

    fn target(&self, body: &Body, index: usize) -> (Ix, &'e Target) {
        let (ix, links) = self.text(body);
        (ix, &links.mentions[index])
    }

    fn link(&self, body: &'e Body, index: usize, ix: Ix, target: &'e Target) -> Option<MentionLink<'e>> {
        let edition = self.page.edition;
        let mention = &body.mentions[index];
        let title = place::called(edition, ix, body, index, target);
        let plain = |href: String, title| MentionLink {
            href: Cow::Owned(href),
            title,
            kind: Cow::Borrowed(""),
            standing: None,
        };
        match target {
            Target::Record(to) => {
                let entry = edition.archive.entry(*to);
                let claim = edition.archive.claims.get(to);
                Some(MentionLink {
                    href: Cow::Owned(self.href(*to, mention.fragment.as_deref())),
                    title,
                    kind: Cow::Borrowed(&entry.record.kind.name),
                    standing: claim.map(|claim| Standing {
                        claim: Cow::Borrowed(&entry.record.id),
                        status: Cow::Borrowed(claim.standing()),
                        chip: Cow::Owned(card::chip(edition, claim, card::Answer::Denial)),
                    }),
                })
            }
            Target::Here => {
                let fragment = mention.fragment.as_deref().and_then(|fragment| anchor(body, fragment));
                let fragment = fragment.and_then(|part| part_id(body, part));
                let on_own_page = ix == self.page.ix;
                let mut href = if on_own_page {
                    String::new()
                } else {
                    format!("{}{}", self.page.root, edition.archive.entry(ix).link)
                };
                if let Some(fragment) = fragment {
                    href.push('#');
                    href.push_str(if on_own_page { &self.page.prefix } else { "" });
                    href.push_str(&fragment);
                } else if on_own_page {
                    href.push('#');
                }
                Some(plain(href, title))
            }
            Target::File(path) => {
                let route = edition.archive.files.get(path)?;
                Some(plain(format!("{}{}", self.page.root, route::encode(route)), title))
            }
            Target::Route(link) if !edition.is_there(link) => None,
            Target::Route(link) => {
                let part = match mention.fragment.as_deref() {
                    Some(Fragment::Heading(part)) => format!("#{}", route::encode(part)),
                    _ => String::new(),
                };
                Some(plain(format!("{}{link}{part}", self.page.root), title))
            }
            Target::Text | Target::Unknown(_) | Target::Nothing => None,
        }
    }

    fn href(&self, to: Ix, fragment: Option<&crate::markdown::Fragment>) -> String {
        let entry = self.page.edition.archive.entry(to);
        let mut href = format!("{}{}", self.page.root, entry.link);
        let part = fragment.and_then(|fragment| anchor(&entry.record.body, fragment));
        if let Some(id) = part.and_then(|part| part_id(&entry.record.body, part)) {
            href.push('#');
            href.push_str(&id);
        }
        href
    }

    fn card(&self, to: Ix, link: MentionLink<'e>) -> FigureAnswer<'e> {
        let edition = self.page.edition;
        let record = edition.archive.record(to);
        let line = match edition.archive.claims.get(&to) {
            Some(claim) => card::response(edition, to, claim),
            None => place::detail(edition, to),
        };
        FigureAnswer::Card(CardAnswer {
            link,
            kind_label: Cow::Owned(card::kind_label(edition, record)),
            line: Cow::Owned(line),
            summary: Cow::Borrowed(text(edition.summary(to))),
        })
    }
}

/// Returns the id of a part of a body, as it stands in the page of its own record; none of the heading that gave the page its
/// title, which is its top.
fn part_id(body: &Body, part: Part<'_>) -> Option<String> {
    let (Part::Heading(id) | Part::Block(id)) = part else { return None };
    let is_title = body.headings.first().is_some_and(|heading| !heading.shown && heading.id == id);
    (!is_title).then(|| id.to_owned())
}

impl<'e> Host<'e> for Answers<'_, 'e> {
    fn mention(&mut self, body: &'e Body, index: usize) -> MentionAnswer<'e> {
        let (ix, target) = self.target(body, index);
        match self.link(body, index, ix, target) {
            Some(link) => MentionAnswer::Link(link),
            None => MentionAnswer::Text { title: Some(place::called(self.page.edition, ix, body, index, target)) },
        }
    }

    fn figure(&mut self, body: &'e Body, index: usize) -> FigureAnswer<'e> {
        let edition = self.page.edition;
        let mention = &body.mentions[index];
        let (ix, target) = self.target(body, index);
        let text = || FigureAnswer::Text(place::called(edition, ix, body, index, target));
        if let Target::File(path) = target
            && let Some(image) = edition.image(path, &self.page.route)
        {
            return FigureAnswer::Image(image);
        }
        let Some(link) = self.link(body, index, ix, target) else { return text() };
        let to = match target {
            Target::Record(to) => *to,
            Target::Here => ix,
            _ => return FigureAnswer::Link(link),
        };
        let entry = edition.archive.entry(to);
        let there = &entry.record.body;
        let claim = edition.archive.claims.get(&to);
        let part = mention.fragment.as_deref().and_then(|fragment| anchor(there, fragment));
        let block = mention.figure.as_ref().is_some_and(|figure| figure.seat == crate::markdown::Seat::Block);
        match part {
            Some(part) if self.texts.len() < 16 && self.page.embedded < EMBEDDED => {
                self.page.embedded += there.html.len();
                self.texts.push((there, to, &entry.body));
                let response = claim.map_or(Cow::Borrowed(""), |claim| Cow::Owned(card::response(edition, to, claim)));
                let link = MentionLink { title: Cow::Borrowed(&entry.record.title), ..link };
                FigureAnswer::Part(PartAnswer { body: there, part, link, response })
            }
            Some(_) => FigureAnswer::Link(link),
            None if block && mention.kind == MentionKind::Embed => self.card(to, link),
            None => FigureAnswer::Link(link),
        }
    }

    fn citation(&mut self, body: &'e Body, index: usize, seat: CitationSeat, prefix: &str) -> CitationAnswer<'e> {
        let (ix, links) = self.text(body);
        let sources = &links.citations[index];
        if sources.iter().all(Option::is_none) {
            return self.page.uncited(&body.citations[index]);
        }
        let id = self.page.note_uses(sources, seat, prefix);
        self.page.cite(ix, body, index, sources, (seat, id))
    }

    fn quotation(&mut self, body: &'e Body, index: usize) -> QuotationAnswer<'e> {
        let (ix, links) = self.text(body);
        let (answer, counted) = self.page.edition.quotation(ix, body, index, links);
        if let Some((source, verified)) = counted {
            self.page.count_quote(source, verified);
        }
        answer
    }

    fn tag(&mut self, body: &'e Body, index: usize) -> Option<Cow<'e, str>> {
        let part = route::part(&body.tags[index].name);
        let path = self.page.edition.path_to(&["tags", &part])?;
        Some(Cow::Owned(format!("{}{path}", self.page.root)))
    }

    fn archived(&mut self, body: &'e Body, index: usize) -> Option<Cow<'e, str>> {
        self.page.edition.archive.archived(&body.links[index].url).map(Cow::Borrowed)
    }

    fn word(&mut self, key: &str) -> Option<Cow<'e, str>> {
        self.page.edition.words.find(key).map(Cow::Borrowed)
    }
}

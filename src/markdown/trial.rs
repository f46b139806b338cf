//! A host for tests: what it answers shows what it was asked.
//!
//! Targets that begin with `x-` are withheld or broken; `claim` is a claim; keys that begin with `s` are sources.

use std::borrow::Cow;

use super::plain::Plain;
use super::{
    Body, CardAnswer, CitationAnswer, CitationForm, CitationSeat, FigureAnswer, Host, ImageAnswer, MentionAnswer,
    MentionLink, Options, Part, QuotationAnswer, QuotationForm, Rest, Standing, Woven, parse, weave,
};
use super::{detach, read};
use crate::file::{RelPath, Text};

pub(super) struct Trial {
    pub(super) style: Style,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Notes,
    Line,
}

pub(super) fn path() -> RelPath {
    RelPath::new("content/a.md").expect("it is a path")
}

pub(super) fn body(text: &str) -> Body {
    body_with(text, Options::default())
}

pub(super) fn body_with(text: &str, options: Options) -> Body {
    let body = parse(&Text::new(text, 0), &path(), options);
    assert!(body.holes.is_sorted_by_key(|hole| hole.at), "holes ascend");
    body
}

/// The whole of the plain text.
pub(super) fn plain(text: &str, options: Options) -> Plain {
    let (text, path) = (Text::new(text, 0), path());
    let detached = detach::detach(&text.value);
    read::Reader::new(&text, &path, options).read(detached.as_ref()).1
}

pub(super) fn html(text: &str) -> String {
    woven(&body(text), Part::Whole, Style::Notes)
}

pub(super) fn woven(body: &Body, part: Part<'_>, style: Style) -> String {
    let mut out = Woven::default();
    weave(body, part, &mut Trial { style }, &mut out);
    out.html
}

/// The codes and the marked words of what was reported.
pub(super) fn faults(text: &str) -> Vec<(&'static str, String)> {
    let body = body(text);
    let words = |span: crate::file::Span| text[span.range()].to_owned();
    body.diagnostics
        .iter()
        .map(|fault| (fault.code.name, fault.place.as_ref().map_or(String::new(), |place| words(place.span))))
        .collect()
}

fn link(target: &str) -> MentionLink<'static> {
    let standing = (target == "claim").then(|| Standing {
        claim: "claim".into(),
        status: "alleged".into(),
        chip: "<i>alleged</i>".into(),
    });
    let kind = if standing.is_some() { "claim" } else { "" };
    MentionLink {
        href: format!("{target}.html").into(),
        title: format!("T:{target}").into(),
        kind: kind.into(),
        standing,
    }
}

impl<'a> Host<'a> for Trial {
    fn mention(&mut self, body: &'a Body, index: usize) -> MentionAnswer<'a> {
        let target = &body.mentions[index].target;
        if target.starts_with("x-") { MentionAnswer::Text { title: None } } else { MentionAnswer::Link(link(target)) }
    }

    fn figure(&mut self, body: &'a Body, index: usize) -> FigureAnswer<'a> {
        let target = &body.mentions[index].target;
        if target.starts_with("x-") {
            FigureAnswer::Text((&**target).into())
        } else if super::image::is_image(target) {
            FigureAnswer::Image(ImageAnswer { src: (&**target).into(), srcset: "".into(), width: 400, height: 200 })
        } else {
            let kind_label = "Person".into();
            FigureAnswer::Card(CardAnswer { link: link(target), kind_label, line: "".into(), summary: "".into() })
        }
    }

    fn citation(&mut self, body: &'a Body, index: usize, _: CitationSeat, _: &str) -> CitationAnswer<'a> {
        let citation = &body.citations[index];
        let key = &citation.cites[0].key;
        if citation.form == CitationForm::InText && !key.starts_with('s') {
            return CitationAnswer::Text;
        }
        let sources: Cow<'a, str> = (&**key).into();
        let name = if citation.form == CitationForm::InText { "Name".into() } else { "".into() };
        let mut shown = String::new();
        super::escape::text(key, &mut shown);
        match self.style {
            Style::Notes => CitationAnswer::Note { name, html: format!("N:{shown}").into(), sources },
            Style::Line => CitationAnswer::Line {
                id: "".into(),
                html: format!("(L:{shown})").into(),
                href: "#src".into(),
                card: "".into(),
                sources,
            },
        }
    }

    fn quotation(&mut self, body: &'a Body, index: usize) -> QuotationAnswer<'a> {
        match body.quotations[index].rest(body, &mut |at| is_source(body, at)) {
            Rest::Held(keys) => {
                QuotationAnswer::Verified { sources: (*body.citations[keys[0].0].cites[keys[0].1].key).into() }
            }
            _ => QuotationAnswer::Unheld,
        }
    }

    fn tag(&mut self, body: &'a Body, index: usize) -> Option<Cow<'a, str>> {
        Some(format!("tags/{}.html", body.tags[index].name).into())
    }

    fn archived(&mut self, body: &'a Body, index: usize) -> Option<Cow<'a, str>> {
        body.links[index].url.contains("archived").then(|| "https://archive.example/1".into())
    }

    fn word(&mut self, _: &str) -> Option<Cow<'a, str>> {
        None
    }
}

/// Tells whether the first key of a citation is a source's: those that begin with `s` are.
fn is_source(body: &Body, citation: usize) -> bool {
    body.citations[citation].cites.first().is_some_and(|cite| cite.key.starts_with('s'))
}

/// The claims and words of a text's quotations.
pub(super) fn quotations(text: &str) -> Vec<(QuotationForm, String, String)> {
    let body = body(text);
    let describe = |quotation: &super::Quotation| {
        let key = |(citation, key): &(usize, usize)| &*body.citations[*citation].cites[*key].key;
        let rest = match quotation.rest(&body, &mut |at| is_source(&body, at)) {
            Rest::Held(keys) => keys.iter().map(key).collect::<Vec<_>>().join(" "),
            rest => format!("{rest:?}"),
        };
        (quotation.form, quotation.words.value.to_string(), rest)
    };
    body.quotations.iter().map(describe).collect()
}

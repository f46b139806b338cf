//! What hayagriva answers, as HTML: a tree of texts, each with its formatting, becomes words and a few inline elements.

use hayagriva::citationberg::{FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign};
use hayagriva::{ElemChild, ElemChildren, Formatting};

use crate::html::escape;

/// Appends what opens a formatting.
pub(super) fn open(formatting: &Formatting, into: &mut String) {
    for (is_on, tag) in tags(formatting) {
        if is_on {
            into.push_str(tag.0);
        }
    }
}

/// Appends what closes a formatting.
pub(super) fn close(formatting: &Formatting, into: &mut String) {
    for (is_on, tag) in tags(formatting).into_iter().rev() {
        if is_on {
            into.push_str(tag.1);
        }
    }
}

/// Returns a text in a formatting.
pub(super) fn set(text: &str, formatting: &Formatting) -> String {
    let mut out = String::new();
    open(formatting, &mut out);
    escape(text, &mut out);
    close(formatting, &mut out);
    out
}

/// Returns an answer as it is.
pub(super) fn html(answer: &ElemChildren) -> String {
    let mut out = String::new();
    for child in &answer.0 {
        match child {
            ElemChild::Text(text) | ElemChild::Link { text, .. } => out.push_str(&set(&text.text, &text.formatting)),
            ElemChild::Elem(elem) => out.push_str(&html(&elem.children)),
            ElemChild::Markup(text) => escape(text, &mut out),
            ElemChild::Transparent { .. } => {}
        }
    }
    join(&mut out);
    out
}

type Tag = (&'static str, &'static str);

fn tags(formatting: &Formatting) -> [(bool, Tag); 6] {
    [
        (formatting.vertical_align == VerticalAlign::Sup, ("<sup>", "</sup>")),
        (formatting.vertical_align == VerticalAlign::Sub, ("<sub>", "</sub>")),
        (formatting.font_weight == FontWeight::Bold, ("<b>", "</b>")),
        (formatting.font_style == FontStyle::Italic, ("<i>", "</i>")),
        (formatting.text_decoration == TextDecoration::Underline, ("<u>", "</u>")),
        (formatting.font_variant == FontVariant::SmallCaps, ("<span class=\"small-caps\">", "</span>")),
    ]
}

/// Joins superscripts that stand side by side, so that a number and its brackets are one.
pub(super) fn join(html: &mut String) {
    if html.contains("</sup><sup>") {
        *html = html.replace("</sup><sup>", "");
    }
}

//! What stands around the works of a citation: the layout's affixes and delimiter, and the author's own words.

use hayagriva::Formatting;
use hayagriva::citationberg::Layout;

use super::desk::Item;
use super::markup;

/// What a style sets around and between the works of a citation, as HTML.
#[derive(Debug)]
pub(super) struct Frame {
    prefix: String,
    suffix: String,
    delimiter: String,
    /// What hayagriva sets around a citation in a sentence.
    brackets: (String, String),
}

/// Whether the frame is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Frames {
    /// All of it.
    Whole,
    /// Without the end: the citation stands in a sentence that goes on.
    Open,
    /// Nothing of it: the citation has brackets of its own.
    None,
}

impl Frame {
    /// Reads what a layout sets.
    pub(super) fn new(layout: &Layout) -> Frame {
        let formatting = Formatting {
            font_style: layout.font_style.unwrap_or_default(),
            font_variant: layout.font_variant.unwrap_or_default(),
            font_weight: layout.font_weight.unwrap_or_default(),
            text_decoration: layout.text_decoration.unwrap_or_default(),
            vertical_align: layout.vertical_align.unwrap_or_default(),
        };
        let set = |text: Option<&str>| {
            text.filter(|text| !text.is_empty()).map(|text| markup::set(text, &formatting)).unwrap_or_default()
        };
        let (prefix, suffix) = (layout.prefix.as_deref(), layout.suffix.as_deref());
        let plain = |text: &str| markup::set(text, &Formatting::default());
        Frame {
            prefix: set(prefix),
            suffix: set(suffix),
            delimiter: set(Some(layout.delimiter.as_deref().unwrap_or("; "))),
            brackets: (plain(prefix.unwrap_or("(")), plain(suffix.unwrap_or(")"))),
        }
    }

    /// Sets works side by side, each between the author's words.
    pub(super) fn set(&self, items: &[Item<'_>], bodies: &[String], frames: Frames) -> String {
        let mut out = if frames == Frames::None { String::new() } else { self.prefix.clone() };
        for (at, (item, body)) in items.iter().zip(bodies).enumerate() {
            if at > 0 {
                out.push_str(&self.delimiter);
            }
            if !item.prefix.is_empty() {
                out.push_str(item.prefix);
                out.push_str(if item.prefix.ends_with(char::is_whitespace) { "" } else { " " });
            }
            out.push_str(body);
            if !item.suffix.is_empty() {
                let is_joined = item.suffix.starts_with([',', ';', ':', '.', ')', ']'])
                    || item.suffix.starts_with(char::is_whitespace);
                out.push_str(if is_joined { "" } else { " " });
                out.push_str(item.suffix);
            }
        }
        if frames == Frames::Whole && !ends_with(&out, &self.suffix) {
            out.push_str(&self.suffix);
        }
        markup::join(&mut out);
        out
    }

    /// Takes the author's name and the brackets off a citation in prose; `None` where nothing would be left.
    pub(super) fn without_author(&self, author: &str, prose: &str) -> Option<String> {
        let rest = prose.strip_prefix(author).filter(|_| !author.is_empty())?.trim_start();
        let rest = rest.strip_prefix(self.brackets.0.as_str()).unwrap_or(rest);
        let rest = rest.strip_suffix(self.brackets.1.as_str()).unwrap_or(rest);
        (!rest.trim().is_empty()).then(|| rest.to_owned())
    }
}

/// Tells whether the words of some markup end with a text.
fn ends_with(html: &str, text: &str) -> bool {
    let mut words = html;
    while words.ends_with('>')
        && let Some(tag) = words.rfind('<')
    {
        words = &words[..tag];
    }
    words.ends_with(text) || html.ends_with(text)
}

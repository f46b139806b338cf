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
    /// Whether a stop stands inside a closing quotation mark.
    stops_within: bool,
}

/// What a work of a citation says.
#[derive(Clone, Debug)]
pub(super) struct Body {
    pub(super) html: String,
    /// What stands before it, if not the style's own delimiter.
    pub(super) delimiter: Option<String>,
}

/// Whether the frame is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Frames {
    /// All of it.
    Whole,
    /// Without the end: the citation stands in a sentence that goes on.
    Open,
    /// Nothing of it.
    None,
}

impl Frame {
    /// Reads what a layout sets, in a language that has stops inside closing quotation marks or has not.
    pub(super) fn new(layout: &Layout, stops_within: bool) -> Frame {
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
            stops_within,
            brackets: (plain(prefix.unwrap_or("(")), plain(suffix.unwrap_or(")"))),
        }
    }

    /// Sets works side by side, each between the author's words and behind its own delimiter, where it has one.
    pub(super) fn set(&self, items: &[Item<'_>], bodies: &[Body], frames: Frames) -> String {
        let mut out = if frames == Frames::None { String::new() } else { self.prefix.clone() };
        self.row(items, bodies, &mut out);
        if frames == Frames::Whole {
            self.end(&mut out);
        }
        markup::join(&mut out);
        out
    }

    /// Sets works behind a name in a sentence: what follows the first one stands in its brackets.
    pub(super) fn in_sentence(&self, items: &[Item<'_>], bodies: &[Body]) -> String {
        let ([first, ..], [body, rest @ ..]) = (items, bodies) else { return String::new() };
        let (open, close) = (self.brackets.0.as_str(), self.brackets.1.as_str());
        let empty = format!("{open}{close}");
        let said = body.html.strip_suffix(&empty).unwrap_or(&body.html).trim_end();
        let mut out = said.to_owned();
        if first.suffix.is_empty() && rest.is_empty() {
            return out;
        }
        // A style without affixes has brackets around each work, or none.
        let has_frame = !self.prefix.is_empty();
        let close = if has_frame { close } else { "]" };
        let mut end = "";
        match said.strip_suffix(close).filter(|said| !has_frame || said.contains(open)) {
            Some(said) => {
                out.truncate(said.len());
                suffix(first.suffix, &mut out);
                if has_frame { end = close } else { out.push_str(close) }
            }
            None if !has_frame => suffix(first.suffix, &mut out),
            None => {
                out.push(' ');
                out.push_str(&self.prefix);
                out.push_str(first.suffix.trim_start_matches([',', ' ']));
                end = close;
            }
        }
        let is_bare = out.ends_with(self.prefix.as_str()) && has_frame;
        out.push_str(if rest.is_empty() || is_bare { "" } else { &self.delimiter });
        self.row(&items[1..], rest, &mut out);
        out.push_str(end);
        markup::join(&mut out);
        out
    }

    fn row(&self, items: &[Item<'_>], bodies: &[Body], out: &mut String) {
        for (at, (item, body)) in items.iter().zip(bodies).enumerate() {
            if at > 0 {
                out.push_str(body.delimiter.as_deref().unwrap_or(&self.delimiter));
            }
            if !item.prefix.is_empty() {
                out.push_str(item.prefix);
                out.push_str(if item.prefix.ends_with(char::is_whitespace) { "" } else { " " });
            }
            out.push_str(&body.html);
            suffix(item.suffix, out);
        }
    }

    /// Sets the end of a citation: a stop only where none stands yet, and inside a quotation mark where the language has it so.
    fn end(&self, out: &mut String) {
        let is_stop = self.suffix == "." || self.suffix == ",";
        let quoted = out.strip_suffix('”').filter(|_| is_stop && self.stops_within);
        match quoted.map(str::len) {
            Some(within) => {
                if !out[..within].ends_with(['.', '?', '!', ',']) {
                    out.insert_str(within, &self.suffix);
                }
            }
            None if ends_with(out, &self.suffix) => {}
            None => out.push_str(&self.suffix),
        }
    }

    /// Takes the author's name and the brackets off a citation in prose; `None` where nothing would be left.
    pub(super) fn without_author(&self, author: &str, prose: &str) -> Option<String> {
        let rest = prose.strip_prefix(author).filter(|_| !author.is_empty())?.trim_start();
        let rest = rest.strip_prefix(self.brackets.0.as_str()).unwrap_or(rest);
        let rest = rest.strip_suffix(self.brackets.1.as_str()).unwrap_or(rest);
        (!rest.trim().is_empty()).then(|| rest.to_owned())
    }
}

/// Sets the author's words behind a work.
fn suffix(words: &str, out: &mut String) {
    if !words.is_empty() {
        let is_joined = words.starts_with([',', ';', ':', '.', ')', ']']) || words.starts_with(char::is_whitespace);
        out.push_str(if is_joined { "" } else { " " });
        out.push_str(words);
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

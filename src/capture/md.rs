//! The text of a Markdown file: what its HTML says, with the lines of the Markdown.
//!
//! Front matter is none of it, nor are the alternative texts of images and references to notes.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::builder::{Builder, Noise};
use super::structure::Structure;
use super::text::{CaptureText, Flow, offset32};
use super::tokens::{self, Sink};

/// Returns the text of a Markdown file.
pub(super) fn text(markdown: &str, noise: &Noise) -> CaptureText {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let breaks: Vec<u32> = memchr::memchr_iter(b'\n', markdown.as_bytes()).map(offset32).collect();
    let line_of = |at: usize| offset32(breaks.partition_point(|end| (*end as usize) < at) + 1);
    let mut reader =
        Reader { out: Structure::new(Builder::new(noise, Flow::Blocks, markdown.len())), html: None, hidden: 0 };
    for (event, range) in Parser::new_ext(markdown, options).into_offset_iter() {
        reader.event(event, line_of(range.start));
    }
    reader.out.finish()
}

struct Reader<'a> {
    out: Structure<'a>,
    /// A block of HTML that is being gathered, and its line.
    html: Option<(String, u32)>,
    /// How many elements are open whose text is not shown.
    hidden: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, line: u32) {
        match event {
            Event::Start(Tag::HtmlBlock) => self.html = Some((String::new(), line)),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some((html, line)) = self.html.take() {
                    tokens::read(&html, line, &mut self.out);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => match &mut self.html {
                Some((block, _)) => block.push_str(&html),
                None => tokens::read(&html, line, &mut self.out),
            },
            Event::Start(Tag::Image { .. } | Tag::MetadataBlock(_)) => self.hidden += 1,
            Event::End(TagEnd::Image | TagEnd::MetadataBlock(_)) => self.hidden -= 1,
            _ if self.hidden > 0 => {}
            Event::Start(tag) => {
                if let Some(name) = element(&tag) {
                    self.out.open(name);
                }
            }
            Event::End(tag) => {
                if let Some(name) = end_of(tag) {
                    self.out.end(name);
                }
            }
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.out.text(&text, line);
            }
            Event::SoftBreak => self.out.text("\n", line),
            Event::HardBreak => self.out.open("br"),
            Event::Rule => self.out.open("hr"),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
}

/// Returns the HTML element of a tag that matters for the text.
fn element(tag: &Tag<'_>) -> Option<&'static str> {
    Some(match tag {
        Tag::Paragraph => "p",
        Tag::Heading { level, .. } => heading(*level as usize),
        Tag::BlockQuote(_) => "blockquote",
        Tag::CodeBlock(_) => "pre",
        Tag::List(_) => "ul",
        Tag::Item => "li",
        Tag::FootnoteDefinition(_) => "div",
        Tag::Table(_) => "table",
        Tag::TableHead | Tag::TableRow => "tr",
        Tag::TableCell => "td",
        _ => return None,
    })
}

fn end_of(tag: TagEnd) -> Option<&'static str> {
    Some(match tag {
        TagEnd::Paragraph => "p",
        TagEnd::Heading(level) => heading(level as usize),
        TagEnd::BlockQuote(_) => "blockquote",
        TagEnd::CodeBlock => "pre",
        TagEnd::List(_) => "ul",
        TagEnd::Item => "li",
        TagEnd::FootnoteDefinition => "div",
        TagEnd::Table => "table",
        TagEnd::TableHead | TagEnd::TableRow => "tr",
        TagEnd::TableCell => "td",
        _ => return None,
    })
}

fn heading(level: usize) -> &'static str {
    ["h1", "h2", "h3", "h4", "h5", "h6"][level.clamp(1, 6) - 1]
}

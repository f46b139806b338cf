//! Markdown that is no record: a captured file, of which only the text is wanted.
//!
//! It is read as CommonMark with tables, notes, strikethrough, tasks and wikilinks, as its elements in HTML would be; none
//! of the constructs of a record's text has a meaning there. Front matter is none of its text, nor are the alternative
//! texts of images and references to notes.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// A piece of such a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Piece<'t> {
    /// An element of this name begins.
    Open(&'static str),
    /// An element of this name ends.
    End(&'static str),
    /// Words.
    Text(&'t str),
    /// HTML as it was written: a whole block, or one tag within a paragraph.
    Html(&'t str),
}

/// Reads a text and gives out its pieces in order, each with the offset at which it begins.
pub fn foreign(text: &str, give: &mut dyn FnMut(Piece<'_>, usize)) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_WIKILINKS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut reader = Reader { give, html: None, hidden: 0 };
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.event(event, range.start);
    }
}

struct Reader<'g> {
    give: &'g mut dyn FnMut(Piece<'_>, usize),
    /// A block of HTML that is being gathered, and its offset.
    html: Option<(String, usize)>,
    /// How many elements are open whose text is not shown.
    hidden: usize,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, at: usize) {
        match event {
            Event::Start(Tag::HtmlBlock) => self.html = Some((String::new(), at)),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some((html, at)) = self.html.take() {
                    (self.give)(Piece::Html(&html), at);
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => match &mut self.html {
                Some((block, _)) => block.push_str(&html),
                None => (self.give)(Piece::Html(&html), at),
            },
            Event::Start(Tag::Image { .. } | Tag::MetadataBlock(_)) => self.hidden += 1,
            Event::End(TagEnd::Image | TagEnd::MetadataBlock(_)) => self.hidden -= 1,
            _ if self.hidden > 0 => {}
            Event::Start(tag) => {
                if let Some(name) = element(tag.to_end()) {
                    (self.give)(Piece::Open(name), at);
                }
            }
            Event::End(tag) => {
                if let Some(name) = element(tag) {
                    (self.give)(Piece::End(name), at);
                }
            }
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                (self.give)(Piece::Text(&text), at);
            }
            Event::SoftBreak => (self.give)(Piece::Text("\n"), at),
            Event::HardBreak => (self.give)(Piece::Open("br"), at),
            Event::Rule => (self.give)(Piece::Open("hr"), at),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
}

/// Returns the HTML element that matters for the text.
fn element(tag: TagEnd) -> Option<&'static str> {
    Some(match tag {
        TagEnd::Paragraph => "p",
        TagEnd::Heading(level) => ["h1", "h2", "h3", "h4", "h5", "h6"][(level as usize).clamp(1, 6) - 1],
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

#[cfg(test)]
mod tests {
    use super::{Piece, foreign};

    fn check(text: &str, expect: &str) {
        let mut out = Vec::new();
        foreign(text, &mut |piece, at| {
            out.push(match piece {
                Piece::Open(name) => format!("{at}<{name}"),
                Piece::End(name) => format!("{at}{name}>"),
                Piece::Text(text) => format!("{at}:{}", text.escape_debug()),
                Piece::Html(html) => format!("{at}!{}", html.escape_debug()),
            });
        });
        assert_eq!(out.join(" "), expect, "{text}");
    }

    #[test]
    fn a_text_is_given_out_as_its_elements() {
        check("# A\n\n- *b*\n  c\n", "0<h1 2:A 0h1> 5<ul 5<li 8:b 10:\\n 13:c 5li> 5ul>");
        check("a  \nb\n\n---\n", "0<p 0:a 1<br 4:b 0p> 7<hr");
    }

    #[test]
    fn html_is_given_out_as_it_was_written() {
        check("<div>\n<p>a\n</div>\n\nb <i>c</i>\n", "0!<div>\\n<p>a\\n</div>\\n 19<p 19:b  21!<i> 24:c 25!</i> 19p>");
    }

    #[test]
    fn what_readers_do_not_see_is_left_out() {
        check("---\na: b\n---\n![c](d.png)e[^1]\n\n[^1]: f\n", "13<p 24:e 13p> 31<div 37<p 37:f 37p> 31div>");
    }

    #[test]
    fn what_records_mean_by_marks_has_no_meaning() {
        check("%% a %%", "0<p 0:%% a %% 0p>");
        check("[[a|b]]", "0<p 4:b 0p>");
    }
}

//! What the tags of a page say: its `meta`, scripts of linked data, title and heading, and the elements that name its
//! authors and its date, each with its place.

use super::super::tokens::{self, Content, Sink, StartTag};
use super::tidy;

/// The longest text that is kept of an element, in bytes.
const LONGEST: usize = 400;

/// The most authors and the most dates that are kept.
const MOST: usize = 200;

/// What the tags of a page say.
#[derive(Default)]
pub(super) struct Said {
    metas: Vec<(String, String)>,
    /// The texts of its scripts of linked data.
    pub(super) json: Vec<String>,
    /// Its title.
    pub(super) title: Option<String>,
    /// Its first heading.
    pub(super) heading: Option<String>,
    /// Where the first heading stands, in bytes of text.
    pub(super) heading_at: Option<usize>,
    /// Its language.
    pub(super) language: Option<String>,
    /// Its address.
    pub(super) canonical: Option<String>,
    /// What it marks as authors.
    pub(super) authors: Vec<Marked>,
    /// What it marks as times.
    pub(super) times: Vec<Marked>,
    /// How much text was read.
    read: usize,
    /// What the text is that comes next.
    reading: Option<Reading>,
    /// The element of an author that is being read, how deep in others of its name, and the author.
    author: Option<(String, usize, Marked)>,
}

/// A text that an element marks.
pub(super) struct Marked {
    /// What it says.
    pub(super) text: String,
    /// How plainly it is marked, from 0.
    pub(super) rank: u8,
    /// Where it stands, in bytes of text.
    pub(super) at: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Json,
    Title,
    Heading,
    Time,
    Code,
}

/// Reads a page.
pub(super) fn said(html: &str) -> Said {
    let mut said = Said::default();
    tokens::read(html, 1, &mut said);
    said
}

/// Makes plain text of a value that may hold references to characters, as values that were escaped twice do.
pub(super) fn plain(value: &str) -> String {
    #[derive(Default)]
    struct Text(String);
    impl Sink for Text {
        fn wants_attributes(&self, _name: &str) -> bool {
            false
        }
        fn start(&mut self, _tag: &StartTag) -> Content {
            Content::Markup
        }
        fn end(&mut self, _name: &str) {}
        fn text(&mut self, text: &str, _line: u32) {
            self.0.push_str(text);
        }
    }
    if !value.contains('&') {
        return tidy(value);
    }
    let mut text = Text::default();
    tokens::read(value, 1, &mut text);
    tidy(&text.0)
}

impl Said {
    /// Returns the first value of the first of these names that has one.
    pub(super) fn meta(&self, names: &[&str]) -> Option<String> {
        self.metas(names).into_iter().next()
    }

    /// Returns the values of the first of these names that has any.
    pub(super) fn metas(&self, names: &[&str]) -> Vec<String> {
        let values = |name: &&str| {
            let of_name = self.metas.iter().filter(|meta| meta.0 == *name).map(|meta| plain(&meta.1));
            of_name.filter(|value| !value.is_empty()).collect::<Vec<_>>()
        };
        names.iter().map(values).find(|values| !values.is_empty()).unwrap_or_default()
    }

    fn script(&mut self) {
        self.reading = Some(Reading::Json);
        self.json.push(String::new());
    }

    fn time(&mut self, tag: &StartTag) {
        let is_published =
            ["itemprop", "class", "pubdate"].iter().filter_map(|name| tag.attribute(name)).any(|value| {
                let value = value.to_lowercase();
                value.split(' ').any(|it| matches!(it, "datepublished" | "published" | "entry-date" | "pubdate"))
            });
        let text = tag.attribute("datetime").unwrap_or_default().to_owned();
        if self.times.len() < MOST {
            self.reading = text.is_empty().then_some(Reading::Time);
            self.times.push(Marked { text, rank: u8::from(!is_published), at: self.read });
        }
    }
}

/// Returns how plainly an element is marked as naming an author: by a property, a relation, a class.
fn author_rank(tag: &StartTag) -> Option<u8> {
    let has = |name: &str, wanted: &[&str]| {
        let value = tag.attribute(name).unwrap_or_default().to_ascii_lowercase();
        value.split_ascii_whitespace().any(|it| wanted.contains(&it))
    };
    let class = tag.attribute("class").unwrap_or_default().to_ascii_lowercase();
    if class.contains("comment")
        || matches!(tag.name.as_str(), "body" | "article" | "main" | "html" | "link" | "meta" | "img")
    {
        return None;
    }
    let is_line = |it: &str| it.contains("byline") && !it.contains("time") && !it.contains("date");
    let names =
        ["author", "author-name", "author__name", "authorname", "entry-author", "post-author", "article-author"];
    if has("itemprop", &["author", "creator"]) {
        Some(0)
    } else if has("rel", &["author"]) {
        Some(1)
    } else {
        let is_named = has("class", &names) || class.split_ascii_whitespace().any(is_line);
        is_named.then_some(2)
    }
}

impl Sink for Said {
    fn wants_attributes(&self, _name: &str) -> bool {
        true
    }

    fn start(&mut self, tag: &StartTag) -> Content {
        let own = |name: &str| tag.attribute(name).map(str::to_owned);
        match &mut self.author {
            Some((name, depth, author)) if *name == tag.name => {
                *depth += 1;
                author.text.push_str(" | ");
            }
            // Parts of a byline are words apart, and those in lines of their own other things.
            Some((_, _, author)) => {
                author.text.push_str(if matches!(tag.name.as_str(), "div" | "p" | "li" | "br") { " | " } else { " " });
            }
            None if tag.closes_itself || self.authors.len() == MOST => {}
            None => {
                let marked = |rank| (tag.name.clone(), 1, Marked { text: String::new(), rank, at: self.read });
                self.author = author_rank(tag).map(marked);
            }
        }
        match tag.name.as_str() {
            "meta" => {
                let name =
                    own("property").or_else(|| own("name")).or_else(|| own("itemprop")).or_else(|| own("http-equiv"));
                if let (Some(name), Some(content)) = (name, own("content")) {
                    self.metas.push((name.to_ascii_lowercase(), content));
                }
            }
            "script"
                if tag
                    .attribute("type")
                    .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) =>
            {
                self.script();
            }
            "title" if self.title.is_none() => {
                self.title = Some(String::new());
                self.reading = Some(Reading::Title);
            }
            "h1" if self.heading.is_none() => {
                self.heading = Some(String::new());
                self.heading_at = Some(self.read);
                self.reading = Some(Reading::Heading);
            }
            "time" => self.time(tag),
            "html" => self.language = self.language.take().or_else(|| own("lang")).or_else(|| own("xml:lang")),
            "link" if own("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                self.canonical = self.canonical.take().or_else(|| own("href"));
            }
            "style" | "svg" | "script" => self.reading = Some(Reading::Code),
            _ => {}
        }
        Content::Own
    }

    fn end(&mut self, name: &str) {
        if matches!(name, "script" | "style" | "svg" | "title" | "h1" | "time") {
            self.reading = None;
        }
        if let Some((element, depth, author)) = &mut self.author {
            if element == name {
                *depth -= 1;
            }
            author.text.push(' ');
        }
        if let Some((.., author)) = self.author.take_if(|(_, depth, author)| *depth == 0 || author.text.len() > LONGEST)
        {
            self.authors.push(author);
        }
    }

    fn text(&mut self, text: &str, _line: u32) {
        let place = match self.reading {
            Some(Reading::Json) => self.json.last_mut(),
            Some(Reading::Title) => self.title.as_mut(),
            Some(Reading::Heading) => self.heading.as_mut(),
            Some(Reading::Time) => self.times.last_mut().map(|time| &mut time.text),
            Some(Reading::Code) | None => None,
        };
        if let Some(place) = place {
            place.push_str(text);
        }
        if matches!(self.reading, None | Some(Reading::Heading | Reading::Time)) {
            self.read += text.trim().len();
            if let Some((.., author)) = &mut self.author {
                author.text.push_str(text);
            }
        }
    }
}

//! Reads the words of an output in one of several ways, from any place in it.
//!
//! Nobody can say for certain what a tag, a backslash or a percent sign is to a reader: a page shows `Ex<b>am</b>ple`
//! as one word and `<td>Ada</td><td>Example</td>` as two, and the words of an attribute are text as well. So a text is
//! read in each way, and a canary that is found in any of them is found.

use std::collections::VecDeque;

use super::decode::{Decoder, Escapes};
use super::fold::{self, Piece, Word};

/// How tags are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Tags {
    /// As text: the words of attributes and comments count.
    Text,
    /// As what stands between words.
    Breaks,
    /// As nothing, unless they begin or end a block.
    Nothing,
}

/// A way to read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Way {
    pub(super) tags: Tags,
    pub(super) escapes: Escapes,
}

/// How far there is need to read.
#[derive(Clone, Copy)]
pub(super) struct Reach {
    /// The longest word of interest in bytes. A longer one need not be read to its end.
    pub(super) longest: usize,
    /// The offset from which on no word may begin that is of interest by itself.
    pub(super) until: usize,
}

/// The longest tag that is taken for one.
const LONGEST_TAG: usize = 1024;

/// How many others may begin within a tag or a comment. Where more do, none of them ends, and each would be read for long.
const MOST_BEGUN: usize = 8;

/// The longest tag that is skipped at a glance, in bytes.
const LONGEST_PLAIN_TAG: usize = 512;

/// How many tags may stand in one place within a word.
const MOST_TAGS: usize = 16;

/// How much may stand between two words, in characters.
const WIDEST_GAP: usize = 4096;

/// Elements that begin and end a block: words on either side of their tags are two.
const BLOCKS: [&str; 57] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "caption",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "input",
    "legend",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "script",
    "section",
    "select",
    "style",
    "summary",
    "table",
    "tbody",
    "td",
    "template",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
    "video",
];

/// Reads words.
pub(super) struct Reader<'a> {
    decoder: Decoder<'a>,
    tags: Tags,
    word: Word,
    /// Words that were finished at once, with the offset behind them.
    finished: VecDeque<String>,
    end: usize,
    reach: Reach,
    /// Whether a tag was met, so that other ways may differ.
    pub(super) met_tag: bool,
}

impl<'a> Reader<'a> {
    /// Makes the reader of `bytes` from `at`.
    pub(super) fn new(bytes: &'a [u8], at: usize, way: Way, reach: Reach) -> Reader<'a> {
        Reader {
            decoder: Decoder::new(bytes, at, way.escapes),
            tags: way.tags,
            word: Word::default(),
            finished: VecDeque::new(),
            end: at,
            reach,
            met_tag: false,
        }
    }

    /// Tells whether an escape was met that is one in some ways to read only.
    pub(super) fn is_ambiguous(&self) -> bool {
        self.decoder.is_ambiguous
    }

    /// Returns the offset behind what was read.
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// Returns the next word and the offset behind it; `None` at the end, where none has begun before the offset `stop`,
    /// where none comes for long, and where tags join more pieces than any name has.
    pub(super) fn next(&mut self, stop: usize) -> Option<(String, usize)> {
        let mut gap = 0;
        loop {
            if let Some(word) = self.finished.pop_front() {
                return Some((word, self.end));
            }
            if self.is_endless() || gap > WIDEST_GAP || (self.word.is_empty() && self.end >= stop) {
                return None;
            }
            let before = self.end;
            let Some((character, end)) = self.decoder.next() else {
                return (!self.word.is_empty()).then(|| (self.word.finish(), self.end));
            };
            let skipped = self.tags != Tags::Text && self.skip(character);
            let mut is_word = false;
            if !skipped {
                fold::fold(character, &mut |piece| {
                    is_word |= matches!(piece, Piece::Word(_));
                    fold::add(piece, &mut self.word, &mut self.finished);
                });
            }
            self.met_tag |= character == '<';
            // The character that ends a word is not part of it.
            self.end = if self.finished.is_empty() || is_word { end } else { before };
            gap = if self.word.is_empty() { gap + 1 } else { 0 };
        }
    }

    /// Tells whether tags join more pieces than any word of interest has, and no other word may begin behind them.
    fn is_endless(&self) -> bool {
        self.tags == Tags::Nothing && self.word.len() > self.reach.longest && self.end >= self.reach.until
    }

    /// Skips a tag, a comment or the mark of a CDATA section that begins with the character just read.
    fn skip(&mut self, character: char) -> bool {
        if character == ']' && self.decoder.peek(0) == Some(']') && self.decoder.peek(1) == Some('>') {
            self.drop_characters(2);
            return true;
        }
        if character != '<' {
            return false;
        }
        let Some(length) = self.tag_length() else { return false };
        let name = self.name();
        self.drop_characters(length);
        if self.tags == Tags::Breaks || BLOCKS.contains(&name.as_str()) {
            fold::add(Piece::Break, &mut self.word, &mut self.finished);
        }
        true
    }

    /// Drops characters.
    fn drop_characters(&mut self, count: usize) {
        for _ in 0..count {
            self.decoder.next();
        }
    }

    /// Returns the name of the tag that comes, in lower case.
    fn name(&mut self) -> String {
        let from = usize::from(self.decoder.peek(0) == Some('/'));
        let letters = (from..from + 12).map_while(|n| self.decoder.peek(n).filter(char::is_ascii_alphanumeric));
        letters.map(|letter| letter.to_ascii_lowercase()).collect()
    }

    /// Returns how many characters behind its `<` a tag has; `None` where this is none.
    fn tag_length(&mut self) -> Option<usize> {
        let first = self.decoder.peek(0)?;
        if self.comes("!--") {
            let mut begun = 0;
            for n in 3..LONGEST_TAG {
                if self.comes_at(n, "-->") {
                    return Some(n + 3);
                }
                begun += usize::from(self.comes_at(n, "<!--"));
                if begun > MOST_BEGUN {
                    break;
                }
            }
            return None;
        }
        if self.comes("![CDATA[") {
            return Some(8);
        }
        if !first.is_ascii_alphabetic() && !matches!(first, '/' | '!' | '?') {
            return None;
        }
        let (mut quote, mut bare, mut begun) = (None, None, 0);
        for n in 0..LONGEST_TAG {
            let Some(character) = self.decoder.peek(n) else { break };
            begun += usize::from(character == '<');
            if begun > MOST_BEGUN {
                break;
            }
            match (character, quote) {
                ('>', None) => return Some(n + 1),
                ('>', Some(_)) => bare = bare.or(Some(n + 1)),
                ('"' | '\'', None) => quote = Some(character),
                (character, Some(open)) if character == open => quote = None,
                _ => {}
            }
        }
        bare
    }

    /// Tells whether a text comes next.
    fn comes(&mut self, text: &str) -> bool {
        self.comes_at(0, text)
    }

    /// Tells whether a text comes behind `from` characters.
    fn comes_at(&mut self, from: usize, text: &str) -> bool {
        text.chars().enumerate().all(|(n, character)| self.decoder.peek(from + n) == Some(character))
    }
}

/// Tells whether bytes that begin behind a `<` are a tag within a word: the text goes on behind it without a break.
///
/// This is a quick look at the raw text that may say yes too often, never no where a reader would join words.
pub(super) fn may_join(bytes: &[u8], mut from: usize) -> bool {
    for _ in 0..MOST_TAGS {
        let rest = &bytes[from..];
        let name = rest.strip_prefix(b"/").unwrap_or(rest);
        let length = name.iter().take(12).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        if length > 0 && is_block(&name[..length]) {
            return false;
        }
        let Some(close) = tag(bytes, from) else { return !rest.first().is_none_or(u8::is_ascii_whitespace) };
        match bytes.get(close) {
            Some(b'<') => from = close + 1,
            Some(byte) => return byte.is_ascii_alphanumeric() || !byte.is_ascii() || b"&%\\]".contains(byte),
            None => return false,
        }
    }
    true
}

/// Returns where the plain tag ends that begins at `from`, behind its `<`; `None` where it is no tag, or one that takes
/// care: a comment, a section, or one with odd quotation marks.
pub(super) fn tag(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = &bytes[from..bytes.len().min(from + LONGEST_PLAIN_TAG)];
    let is_tag = rest.first().is_some_and(|first| first.is_ascii_alphabetic() || *first == b'/');
    let close = memchr::memchr(b'>', rest).filter(|_| is_tag)?;
    let is_plain = memchr::memchr2(b'"', b'\'', &rest[..close]).is_none() || has_even_quotes(&rest[..close]);
    is_plain.then_some(from + close + 1)
}

/// Tells whether both kinds of quotation marks come in pairs.
fn has_even_quotes(tag: &[u8]) -> bool {
    [b'"', b'\''].iter().all(|mark| tag.iter().filter(|byte| *byte == mark).count() % 2 == 0)
}

/// Tells whether a name in any letter case is a block's.
fn is_block(name: &[u8]) -> bool {
    BLOCKS.iter().any(|block| block.as_bytes().eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::{Escapes, Reach, Reader, Tags, Way};

    const REACH: Reach = Reach { longest: 99, until: 0 };

    fn check(text: &str, tags: Tags, expect: &str) {
        let mut reader = Reader::new(text.as_bytes(), 0, Way { tags, escapes: Escapes::Script }, REACH);
        let words: Vec<String> = std::iter::from_fn(|| reader.next(usize::MAX)).map(|word| word.0).collect();
        assert_eq!(words.join(" "), expect, "{text} with tags as {tags:?}");
    }

    #[test]
    fn attributes_are_text_in_one_way_to_read() {
        check("<a title=\"Ada\">Bob</a>", Tags::Text, "a title ada bob a");
        check("<a title=\"a>b\">Bob</a>", Tags::Breaks, "bob");
    }

    #[test]
    fn tags_stand_between_words_or_in_them() {
        check("Ada<b>Ex</b>ample", Tags::Breaks, "ada ex ample");
        check("Ada<br>Ex<b>am</b>ple", Tags::Nothing, "ada example");
        check("Ada<!-- x --> <![CDATA[Example]]>", Tags::Nothing, "ada example");
        check("Ada&lt;b&gt;Ex&lt;/b&gt;", Tags::Nothing, "adaex");
        check("a < b <3", Tags::Breaks, "a b 3");
        check("a <b c", Tags::Breaks, "a b c");
    }

    #[test]
    fn offsets_are_behind_words() {
        let bytes = "Ada, &#65;b.".as_bytes();
        let mut reader = Reader::new(bytes, 0, Way { tags: Tags::Text, escapes: Escapes::Script }, REACH);
        assert_eq!(reader.next(usize::MAX), Some(("ada".to_owned(), 3)));
        assert_eq!(reader.next(usize::MAX), Some(("ab".to_owned(), 11)));
        assert_eq!(reader.next(usize::MAX), None);
    }
}

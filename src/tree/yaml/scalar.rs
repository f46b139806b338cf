//! Scalars of YAML: where they stand, and where each byte of their text does.
//!
//! The parser decodes; what is added here is the way back. Its spans are taken with care: they count characters, cover
//! tags and anchors, run on behind a closing quotation mark, and begin at the first line of a block scalar's text. The
//! text is laid beside the bytes as written, and the rules of YAML 1.2 (7.3 flow scalars, 8.1 block scalars) say what
//! was folded, escaped or indented between them. Where both differ beyond that, the rest counts as written in one
//! piece.

use std::ops::Range;

use saphyr_parser::ScalarStyle;

use crate::file::{Text, TextMap};
use crate::tree::mapping::Mapping;
use crate::tree::{Node, Value};

use super::{Reader, Scalar};

impl Reader<'_, '_> {
    /// Makes a node of a scalar.
    pub(super) fn scalar(&mut self, scalar: Scalar<'_>) -> Node {
        let (range, map) = match scalar.style {
            ScalarStyle::Plain => self.plain(&scalar),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => self.quoted(&scalar),
            ScalarStyle::Literal | ScalarStyle::Folded => self.block(&scalar),
        };
        self.end = range.end;
        let span = self.at(&range);
        let plain = scalar.style == ScalarStyle::Plain && !scalar.is_text;
        let links = self.masked.links_in(&range);
        if plain && links.is_empty() {
            let empty = scalar.value.is_empty();
            let text = Text { value: scalar.value.into(), map };
            return Node { span, value: if empty { Value::Null } else { Value::Plain(text) } };
        }
        let base = self.base;
        let value = self.masked.unmask(scalar.value.into_owned(), &range, |at| map.offset(at) - base);
        let text = Text { value: value.into(), map };
        if plain && links.len() > 1 && self.only_links(&range, links) {
            let items = links.iter().map(|link| {
                let at = link.start - range.start;
                Node { span: self.at(link), value: Value::Text(text.slice(at..at + link.len())) }
            });
            return Node { span, value: Value::List(items.collect()) };
        }
        Node { span, value: Value::Text(text) }
    }

    /// Tells whether a plain scalar is links with commas between them, on one line.
    fn only_links(&self, range: &Range<usize>, links: &[Range<usize>]) -> bool {
        let (Some(first), Some(last)) = (links.first(), links.last()) else { return false };
        let between = |pair: &[Range<usize>]| {
            let gap = &self.text[pair[0].end..pair[1].start];
            gap.trim_matches(' ') == ","
        };
        first.start == range.start && last.end == range.end && links.windows(2).all(between)
    }

    fn plain(&self, scalar: &Scalar<'_>) -> (Range<usize>, TextMap) {
        let start = self.behind_properties(scalar.range.start);
        if scalar.value.is_empty() {
            let at = if start == scalar.range.start { self.end.min(start) } else { start };
            return (at..at, TextMap::at(self.base + at));
        }
        let written = &self.masked.text()[start..scalar.range.end.max(start)];
        if written.starts_with(&*scalar.value) {
            return (start..start + scalar.value.len(), TextMap::at(self.base + start));
        }
        let map = self.flow(start, &scalar.value, scalar.style);
        (start..start + written.trim_end_matches([' ', '\t', '\r', '\n']).len(), map)
    }

    fn quoted(&self, scalar: &Scalar<'_>) -> (Range<usize>, TextMap) {
        let start = self.behind_properties(scalar.range.start);
        let inside = (start + 1).min(self.text.len());
        let rest = &self.text.as_bytes()[inside..];
        let mut at = 0;
        while at < rest.len() {
            match (rest[at], scalar.style) {
                (b'\\', ScalarStyle::DoubleQuoted) => at += 2,
                (b'\'', ScalarStyle::SingleQuoted) if rest.get(at + 1) == Some(&b'\'') => at += 2,
                (b'"', ScalarStyle::DoubleQuoted) | (b'\'', ScalarStyle::SingleQuoted) => break,
                _ => at += 1,
            }
        }
        let range = start..(inside + at + 1).min(self.text.len());
        if at == scalar.value.len() {
            return (range, TextMap::at(self.base + inside));
        }
        (range, self.flow(inside, &scalar.value, scalar.style))
    }

    /// Lays a plain or quoted text beside what is written from `start` on.
    fn flow(&self, start: usize, value: &str, style: ScalarStyle) -> TextMap {
        let written = self.masked.text().as_bytes();
        let mut map = Mapping::default();
        let (mut at, mut from) = (0, start);
        while at < value.len() && from < written.len() {
            let byte = written[from];
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' => {
                    let (end, breaks) = space(written, from);
                    let len = match breaks {
                        0 => end - from,
                        1 => 1,
                        more => more - 1,
                    };
                    if breaks == 0 {
                        map.copy(at, self.base + from, len);
                    } else {
                        map.stem(at, self.base + from);
                    }
                    at += len;
                    from = end;
                }
                b'\\' if style == ScalarStyle::DoubleQuoted => {
                    if matches!(written.get(from + 1), Some(b'\n' | b'\r')) {
                        let (end, breaks) = space(written, from + 1);
                        if breaks > 1 {
                            map.stem(at, self.base + from);
                        }
                        at += breaks - 1;
                        from = end;
                    } else {
                        map.stem(at, self.base + from);
                        at += value.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
                        from += match written.get(from + 1) {
                            Some(b'x') => 4,
                            Some(b'u') => 6,
                            Some(b'U') => 10,
                            _ => 2,
                        };
                    }
                }
                b'\'' if style == ScalarStyle::SingleQuoted => {
                    map.copy(at, self.base + from, 1);
                    at += 1;
                    from += 2;
                }
                _ if value.as_bytes()[at] != byte => break,
                _ => {
                    map.copy(at, self.base + from, 1);
                    at += 1;
                    from += 1;
                }
            }
        }
        map.done(self.base + start)
    }

    /// Lays the lines of a block scalar beside its text.
    fn block(&self, scalar: &Scalar<'_>) -> (Range<usize>, TextMap) {
        let header = self.header(self.end);
        let written = self.masked.text();
        let mut map = Mapping::default();
        let (mut at, mut from) = (0, header);
        let mut end = header + line_len(&written[header..]);
        let value = &*scalar.value;
        let indent = indentation(&written[end..], value);
        loop {
            from += line_len(&written[from..]);
            from += break_len(&written[from..]);
            if at >= value.len() || from >= written.len() {
                break;
            }
            let line = &written[from..from + line_len(&written[from..])];
            let cut = line.len() - line.trim_start_matches(' ').len();
            let content = &line[cut.min(indent)..];
            if content.is_empty() {
                continue;
            }
            let begin = from + cut.min(indent);
            while !value[at..].starts_with(content) && matches!(value.as_bytes().get(at), Some(b' ' | b'\n')) {
                map.stem(at, self.base + from);
                at += 1;
            }
            if !value[at..].starts_with(content) {
                break;
            }
            map.copy(at, self.base + begin, content.len());
            at += content.len();
            end = begin + content.len();
        }
        (header..end, map.done(self.base + end))
    }

    /// Returns where the `|` or `>` of a block scalar stands: behind what was read last come only a colon, a dash,
    /// white space, comments, tags and anchors.
    fn header(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'|' | b'>' => return at,
                b'#' => at += line_len(&self.text[at..]),
                b'!' | b'&' => at += word_len(&bytes[at..]),
                _ => at += 1,
            }
        }
        self.text.len()
    }

    /// Returns where a scalar begins behind its tag and anchor.
    fn behind_properties(&self, mut at: usize) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(b'!' | b'&') = bytes.get(at)
            && self.masked.links_in(&(at..at + 1)).is_empty()
        {
            at += word_len(&bytes[at..]);
            loop {
                at = space(bytes, at).0;
                match bytes.get(at) {
                    Some(b'#') => at += line_len(&self.text[at..]),
                    _ => break,
                }
            }
        }
        at.min(self.text.len())
    }
}

/// Returns how many blanks indent the lines of a block scalar: those before its first line with text, less those that
/// its value begins with.
fn indentation(lines: &str, value: &str) -> usize {
    let blanks = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let first = lines.split(['\n', '\r']).find(|line| !line.trim_matches(' ').is_empty());
    first.map_or(0, blanks).saturating_sub(blanks(value.trim_start_matches('\n')))
}

/// Returns where the white space from `from` on ends, and how many line breaks are in it.
fn space(bytes: &[u8], from: usize) -> (usize, usize) {
    let (mut at, mut breaks) = (from, 0);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b' ' | b'\t' => {}
            b'\n' => breaks += 1,
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => {}
            b'\r' => breaks += 1,
            _ => break,
        }
        at += 1;
    }
    (at, breaks)
}

fn line_len(text: &str) -> usize {
    text.find(['\n', '\r']).unwrap_or(text.len())
}

fn break_len(text: &str) -> usize {
    if text.starts_with("\r\n") { 2 } else { text.len().min(1) }
}

fn word_len(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| byte.is_ascii_whitespace()).unwrap_or(bytes.len())
}

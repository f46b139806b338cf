//! Takes escapes off a text, character by character, through several layers: what is escaped twice is read as well.
//!
//! HTML entities (named, decimal, hexadecimal, without their semicolon where browsers take them so), percent-encoding,
//! the escapes of JSON and JavaScript, and those of CSS. Bytes that are no UTF-8 are read as Latin-1.

use std::collections::{HashMap, VecDeque};
use std::sync::OnceLock;

/// How many times a text may be escaped.
const LAYERS: usize = 3;

/// The longest name of an entity, `&CounterClockwiseContourIntegral;`.
const LONGEST_NAME: usize = 33;

/// How backslashes and percent signs are read. Entities are always decoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Escapes {
    /// As in JSON, JavaScript and URLs.
    Script,
    /// As in CSS: hexadecimal digits after a backslash.
    Style,
    /// As themselves.
    Plain,
}

/// A decoded character, and where in the bytes the text behind it goes on.
type Unit = (char, usize);

/// Reads characters from bytes and takes off their escapes.
pub(super) struct Decoder<'a> {
    bytes: &'a [u8],
    at: usize,
    escapes: Escapes,
    /// What was read ahead at each layer; layer 0 is the raw text.
    ahead: [VecDeque<Unit>; LAYERS + 1],
    /// The second character of an entity that stands for two.
    second: [Option<Unit>; LAYERS + 1],
    /// Whether a backslash or percent sign was met, so that other readings may differ.
    pub(super) is_ambiguous: bool,
}

impl<'a> Decoder<'a> {
    /// Makes the decoder that reads `bytes` from `at`.
    pub(super) fn new(bytes: &'a [u8], at: usize, escapes: Escapes) -> Decoder<'a> {
        let (ahead, second) = (Default::default(), [None; LAYERS + 1]);
        Decoder { bytes, at, escapes, ahead, second, is_ambiguous: false }
    }

    /// Returns the next character.
    pub(super) fn next(&mut self) -> Option<Unit> {
        self.read(LAYERS)
    }

    /// Returns the character that comes `n` characters behind the next one.
    pub(super) fn peek(&mut self, n: usize) -> Option<char> {
        self.look(LAYERS, n)
    }

    /// Reads a character as it is after `layer` layers were taken off.
    fn read(&mut self, layer: usize) -> Option<Unit> {
        match self.ahead[layer].pop_front() {
            Some(unit) => Some(unit),
            None => self.produce(layer),
        }
    }

    /// Looks at a character without reading it.
    fn look(&mut self, layer: usize, n: usize) -> Option<char> {
        while self.ahead[layer].len() <= n {
            let unit = self.produce(layer)?;
            self.ahead[layer].push_back(unit);
        }
        Some(self.ahead[layer][n].0)
    }

    /// Makes the next character of a layer from the layer below.
    fn produce(&mut self, layer: usize) -> Option<Unit> {
        let Some(below) = layer.checked_sub(1) else { return self.raw() };
        if let Some(second) = self.second[layer].take() {
            return Some(second);
        }
        let first = self.read(below)?;
        let decoded = match first.0 {
            '&' => self.entity(layer),
            '%' => {
                self.is_ambiguous = true;
                if self.escapes == Escapes::Plain { None } else { self.percent(below) }
            }
            '\\' => {
                self.is_ambiguous = true;
                match self.escapes {
                    Escapes::Script => self.script(below),
                    Escapes::Style => self.style(below),
                    Escapes::Plain => None,
                }
            }
            _ => None,
        };
        Some(decoded.unwrap_or(first))
    }

    /// Reads a character of the raw text.
    fn raw(&mut self) -> Option<Unit> {
        let first = *self.bytes.get(self.at)?;
        if first.is_ascii() {
            self.at += 1;
            return Some((char::from(first), self.at));
        }
        let rest = &self.bytes[self.at..self.bytes.len().min(self.at + 4)];
        let sound = rest.utf8_chunks().next().and_then(|chunk| chunk.valid().chars().next());
        let character = sound.unwrap_or_else(|| char::from(first));
        self.at += sound.map_or(1, char::len_utf8);
        Some((character, self.at))
    }

    /// Drops `n` characters of a layer and returns what they stand for.
    fn replace(&mut self, layer: usize, n: usize, with: char) -> Option<Unit> {
        let mut end = None;
        for _ in 0..n {
            end = self.read(layer).map(|unit| unit.1);
        }
        Some((with, end?))
    }

    /// Reads digits from the `from`th character on, at most `most`: their value and how many they are.
    fn digits(&mut self, layer: usize, from: usize, most: usize, radix: u32) -> (u32, usize) {
        let (mut value, mut count) = (0_u32, 0);
        while count < most {
            let Some(digit) = self.look(layer, from + count).and_then(|digit| digit.to_digit(radix)) else { break };
            value = value.saturating_mul(radix).saturating_add(digit);
            count += 1;
        }
        (value, count)
    }

    /// Decodes an entity whose `&` was read.
    fn entity(&mut self, layer: usize) -> Option<Unit> {
        let below = layer - 1;
        if self.look(below, 0) == Some('#') {
            let hexadecimal = matches!(self.look(below, 1), Some('x' | 'X'));
            let (from, radix) = if hexadecimal { (2, 16) } else { (1, 10) };
            let (value, count) = self.digits(below, from, 12, radix);
            if count == 0 {
                return None;
            }
            let semicolon = usize::from(self.look(below, from + count) == Some(';'));
            let character = char::from_u32(value).unwrap_or('\u{fffd}');
            return self.replace(below, from + count + semicolon, character);
        }
        let mut name = String::from("&");
        while let Some(letter) = self.look(below, name.len() - 1).filter(char::is_ascii_alphanumeric) {
            name.push(letter);
            if name.len() > LONGEST_NAME {
                return None;
            }
        }
        if self.look(below, name.len() - 1) == Some(';') {
            name.push(';');
        }
        let names = entities();
        while name.len() > 1 {
            if let Some(text) = names.get(name.as_str()) {
                let mut characters = text.chars();
                let first = self.replace(below, name.len() - 1, characters.next()?)?;
                self.second[layer] = characters.next().map(|second| (second, first.1));
                return Some(first);
            }
            name.pop();
        }
        None
    }

    /// Decodes a percent-encoded character whose first `%` was read.
    fn percent(&mut self, below: usize) -> Option<Unit> {
        if matches!(self.look(below, 0), Some('u' | 'U')) && self.digits(below, 1, 4, 16).1 == 4 {
            let value = self.digits(below, 1, 4, 16).0;
            return self.replace(below, 5, char::from_u32(value).unwrap_or('\u{fffd}'));
        }
        let (first, count) = self.digits(below, 0, 2, 16);
        let first = u8::try_from(first).ok().filter(|_| count == 2)?;
        let more = match first {
            0xc2..=0xdf => 1,
            0xe0..=0xef => 2,
            0xf0..=0xf4 => 3,
            _ => 0,
        };
        let mut bytes = vec![first];
        for n in 0..more {
            let (value, count) = self.digits(below, 3 + n * 3, 2, 16);
            match u8::try_from(value) {
                Ok(byte) if count == 2 && self.look(below, 2 + n * 3) == Some('%') => bytes.push(byte),
                _ => break,
            }
        }
        match std::str::from_utf8(&bytes).ok().and_then(|text| text.chars().next()) {
            Some(character) => self.replace(below, bytes.len() * 3 - 1, character),
            None => self.replace(below, 2, char::from(first)),
        }
    }

    /// Decodes an escape of JSON or JavaScript whose backslash was read.
    fn script(&mut self, below: usize) -> Option<Unit> {
        match self.look(below, 0)? {
            'u' if self.look(below, 1) == Some('{') => {
                let (value, count) = self.digits(below, 2, 8, 16);
                let closed = self.look(below, 2 + count) == Some('}');
                let character = char::from_u32(value).filter(|_| count > 0 && closed)?;
                self.replace(below, 3 + count, character)
            }
            'u' | 'U' => self.utf16(below),
            'x' => {
                let (value, count) = self.digits(below, 1, 2, 16);
                let character = char::from_u32(value).filter(|_| count == 2)?;
                self.replace(below, 3, character)
            }
            '0'..='7' => {
                let (value, count) = self.digits(below, 0, 3, 8);
                let character = char::from_u32(value).filter(|_| count == 3).unwrap_or(' ');
                self.replace(below, count, character)
            }
            'n' | 'r' | 't' | 'b' | 'f' | 'v' => self.replace(below, 1, ' '),
            '\n' => self.replace(below, 1, '\u{200b}'),
            character @ ('/' | '"' | '\'' | '\\' | '&' | '%') => self.replace(below, 1, character),
            _ => None,
        }
    }

    /// Decodes `\uXXXX`, two of them where they are a pair of surrogates.
    fn utf16(&mut self, below: usize) -> Option<Unit> {
        let (high, count) = self.digits(below, 1, 4, 16);
        if count < 4 {
            return None;
        }
        let is_pair = (0xd800..0xdc00).contains(&high)
            && self.look(below, 5) == Some('\\')
            && matches!(self.look(below, 6), Some('u' | 'U'));
        if is_pair {
            let (low, count) = self.digits(below, 7, 4, 16);
            if count == 4 && (0xdc00..0xe000).contains(&low) {
                let value = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                return self.replace(below, 11, char::from_u32(value)?);
            }
        }
        self.replace(below, 5, char::from_u32(high).unwrap_or('\u{fffd}'))
    }

    /// Decodes an escape of CSS whose backslash was read.
    fn style(&mut self, below: usize) -> Option<Unit> {
        let (value, count) = self.digits(below, 0, 6, 16);
        if count == 0 {
            return match self.look(below, 0)? {
                '\n' => self.replace(below, 1, '\u{200b}'),
                character => self.replace(below, 1, character),
            };
        }
        let space = usize::from(matches!(self.look(below, count), Some(' ' | '\t' | '\n')));
        self.replace(below, count + space, char::from_u32(value).unwrap_or('\u{fffd}'))
    }
}

/// Returns what each entity stands for, by its name with `&`, and with `;` where it must have one.
fn entities() -> &'static HashMap<&'static str, &'static str> {
    static NAMES: OnceLock<HashMap<&'static str, &'static str>> = OnceLock::new();
    NAMES.get_or_init(|| entities::ENTITIES.iter().map(|entity| (entity.entity, entity.characters)).collect())
}

#[cfg(test)]
mod tests {
    use super::{Decoder, Escapes};

    fn decoded(bytes: &[u8], escapes: Escapes) -> String {
        let mut decoder = Decoder::new(bytes, 0, escapes);
        std::iter::from_fn(|| decoder.next()).map(|unit| unit.0).collect()
    }

    fn check(text: &str, expect: &str) {
        assert_eq!(decoded(text.as_bytes(), Escapes::Script), expect, "{text}");
    }

    #[test]
    fn entities_are_decoded() {
        check("&#65;&#x61;&#X41;&#0065;", "AaAA");
        check("&#65b&#65.", "AbA.");
        check("&eacute;&eacute&nbsp;&Afr;x", "éé\u{a0}𝔄x");
        check("&nbspAda", "\u{a0}Ada");
        check("&nosuch; & &; &#; &#x;", "&nosuch; & &; &#; &#x;");
        check("&acE;.", "\u{223e}\u{333}.");
    }

    #[test]
    fn percent_encoding_is_decoded() {
        check("%41%c3%a9%F0%9F%98%80%u0041", "Aé😀A");
        check("%e9t%C3 100% %zz", "ét\u{c3} 100% %zz");
    }

    #[test]
    fn escapes_of_scripts_are_decoded() {
        check(r"\u0041\u{e9}\x41\101\/\ud83d\ude00\n", "AéAA/😀 ");
        check(r"\u004 \q \ud83d", "\\u004 \\q \u{fffd}");
    }

    #[test]
    fn escapes_of_styles_are_decoded() {
        assert_eq!(decoded(br"\41 da \000041da \.", Escapes::Style), "Ada \u{41}da .");
    }

    #[test]
    fn what_is_escaped_twice_or_thrice_is_decoded() {
        check("&amp;#65;&amp;amp;eacute;", "Aé");
        check("%2541 %26%2365%3B", "A A");
        check(r"\\u0041 \u0026#65;", "A A");
    }

    #[test]
    fn bytes_that_are_not_utf8_are_latin1() {
        assert_eq!(decoded(b"Ren\xe9e \xc3\xa9", Escapes::Script), "Renée é");
    }

    #[test]
    fn offsets_are_where_the_text_goes_on() {
        let mut decoder = Decoder::new("&amp;#65;é.".as_bytes(), 0, Escapes::Script);
        assert_eq!(decoder.peek(1), Some('é'));
        assert_eq!(decoder.next(), Some(('A', 9)));
        assert_eq!(decoder.next(), Some(('é', 11)));
        assert_eq!(decoder.next(), Some(('.', 12)));
        assert_eq!(decoder.next(), None);
    }
}

//! What the characters of a text are to words: one form for every letter case and Unicode form.
//!
//! A character is decomposed (NFKD), its pieces are case-folded, and each is part of a word, a mark on one, a word of
//! its own (scripts that write no spaces between words), nothing at all (soft hyphens, zero-width characters), or what
//! stands between words. The same folding is applied to canaries and to outputs.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// What a folded character is to words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Piece {
    /// A letter or digit of a word.
    Letter(char),
    /// A mark on the letter before it.
    Mark(char),
    /// A word of its own.
    Word(char),
    /// What stands between words.
    Break,
}

/// Folds one character into its pieces; one that is nothing has none.
pub(super) fn fold(character: char, piece: &mut impl FnMut(Piece)) {
    if character.is_ascii() {
        return piece(match character.to_ascii_lowercase() {
            letter if letter.is_ascii_alphanumeric() => Piece::Letter(letter),
            _ => Piece::Break,
        });
    }
    if is_ignored(character) {
        return;
    }
    decompose_compatible(character, |part| {
        // Lower, upper and lower again: so that ß, ẞ and SS, or σ, ς and Σ, are one.
        let folded = part.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
        for folded in folded {
            decompose_compatible(folded, |part| piece(kind(part)));
        }
    });
}

/// Tells what a decomposed and folded character is.
fn kind(part: char) -> Piece {
    if writes_no_spaces(part) {
        Piece::Word(part)
    } else if part.is_alphanumeric() {
        Piece::Letter(part)
    } else if is_combining_mark(part) {
        Piece::Mark(part)
    } else {
        Piece::Break
    }
}

/// Tells whether a character shows nothing, wherever it stands: Unicode's default ignorable code points.
fn is_ignored(character: char) -> bool {
    matches!(character,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Tells whether a character is of a script that writes no spaces between words, or joins endings to them.
fn writes_no_spaces(character: char) -> bool {
    matches!(character,
        '\u{e00}'..='\u{edf}' | '\u{f40}'..='\u{fbc}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}'
        | '\u{1780}'..='\u{17d3}' | '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{3096}' | '\u{309d}'..='\u{30fa}'
        | '\u{30fc}'..='\u{312f}' | '\u{3131}'..='\u{318e}' | '\u{31a0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{aa60}'..='\u{aa7f}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
        && (character.is_alphanumeric() || !is_combining_mark(character))
}

/// The word that is being read.
#[derive(Clone, Default, Debug)]
pub(super) struct Word {
    text: String,
    /// How many marks stand at the end.
    marks: usize,
    /// Whether marks may stand in another order than Unicode's.
    is_unordered: bool,
}

/// The longest word, in bytes, that is held; longer ones are no names.
const LONGEST: usize = 512;

impl Word {
    /// Adds a letter or a mark; a mark on nothing is dropped.
    pub(super) fn push(&mut self, part: char, is_mark: bool) {
        if is_mark && self.text.is_empty() {
            return;
        }
        self.marks = if is_mark { self.marks + 1 } else { 0 };
        self.is_unordered |= self.marks > 1;
        if self.text.len() < LONGEST {
            self.text.push(part);
        }
    }

    /// Tells whether nothing was added.
    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Returns how many bytes the word has so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Returns the word with its marks in Unicode's order, and begins a new one.
    pub(super) fn finish(&mut self) -> String {
        let text = std::mem::take(&mut self.text);
        self.marks = 0;
        if !std::mem::take(&mut self.is_unordered) {
            return text;
        }
        text.nfd().collect()
    }
}

/// Returns the folded words of a text as it stands: nothing is decoded.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = Word::default();
    for character in text.chars() {
        fold(character, &mut |piece| add(piece, &mut word, &mut words));
    }
    if !word.is_empty() {
        words.push(word.finish());
    }
    words
}

/// Adds a piece to the word that is being read, or to those that are finished.
pub(super) fn add(piece: Piece, word: &mut Word, words: &mut impl Extend<String>) {
    match piece {
        Piece::Letter(letter) => word.push(letter, false),
        Piece::Mark(mark) => word.push(mark, true),
        Piece::Word(_) | Piece::Break => {
            if !word.is_empty() {
                words.extend([word.finish()]);
            }
            if let Piece::Word(own) = piece {
                words.extend([own.to_string()]);
            }
        }
    }
}

/// The pieces of characters that UTF-8 writes in two bytes, worked out once: most letters of most European scripts.
pub(super) struct Table {
    entries: Vec<Entry>,
}

/// What the pieces of one character come to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Entry {
    /// Nothing.
    Ignored,
    /// What stands between words.
    Break,
    /// One or two letters, or a letter and a mark, as UTF-8 with its length.
    Letters([u8; 4], u8),
    /// Anything else.
    Other,
}

impl Table {
    /// Returns the entry of the character with these two bytes.
    #[inline]
    pub(super) fn entry(&self, lead: u8, follow: u8) -> Entry {
        let code = (usize::from(lead) & 0x1f) << 6 | (usize::from(follow) & 0x3f);
        self.entries.get(code.wrapping_sub(0x80)).copied().unwrap_or(Entry::Other)
    }
}

/// Returns the table.
pub(super) fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        let entry = |code: u32| char::from_u32(code).map_or(Entry::Break, entry);
        Table { entries: (0x80..0x800).map(entry).collect() }
    });
    &TABLE
}

/// Works out one entry.
fn entry(character: char) -> Entry {
    let mut text = String::new();
    let (mut letters, mut breaks, mut others) = (0, 0, 0);
    fold(character, &mut |piece| match piece {
        Piece::Letter(letter) => {
            letters += 1;
            text.push(letter);
        }
        // Several marks may have to change places, and one that comes first belongs to the character before.
        Piece::Mark(mark) if letters == 1 && text.chars().count() == 1 => text.push(mark),
        Piece::Break => breaks += 1,
        Piece::Mark(_) | Piece::Word(_) => others += 1,
    });
    let mut bytes = [0; 4];
    match (letters, breaks, others) {
        (0, 0, 0) => Entry::Ignored,
        (0, _, 0) => Entry::Break,
        (_, 0, 0) if text.len() <= 4 => {
            bytes[..text.len()].copy_from_slice(text.as_bytes());
            Entry::Letters(bytes, u8::try_from(text.len()).unwrap_or(0))
        }
        _ => Entry::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, Piece, fold, table, words};

    fn check(text: &str, expect: &[&str]) {
        assert_eq!(words(text), expect, "{text:?}");
    }

    #[test]
    fn words_are_runs_of_letters_and_digits_in_one_case() {
        check("Ada  LOVELACE, b. 1815", &["ada", "lovelace", "b", "1815"]);
        check("snake_case-and/path.html", &["snake", "case", "and", "path", "html"]);
        check("", &[]);
    }

    #[test]
    fn letter_case_is_folded_as_unicode_does() {
        check("STRASSE Straße STRAẞE", &["strasse"; 3]);
        check("ΣΊΣΥΦΟΣ σίσυφος", &[words("σίσυφοσ")[0].as_str(); 2]);
        check("ŁÓDŹ", &[words("łódź")[0].as_str()]);
    }

    #[test]
    fn unicode_forms_are_one() {
        assert_eq!(words("Se\u{301}an"), words("S\u{e9}an"));
        assert_eq!(words("ﬁsher ＡＤＡ 𝓐𝓭𝓪 Ⅳ"), words("fisher ada ada iv"));
        assert_eq!(words("a\u{323}\u{307}"), words("a\u{307}\u{323}"));
        assert_eq!(words("\u{212a}elvin"), ["kelvin"]);
        assert_ne!(words("Sean"), words("Seán"));
    }

    #[test]
    fn what_shows_nothing_is_nothing() {
        check("A\u{ad}n\u{200b}n\u{2060}e\u{feff}", &["anne"]);
    }

    #[test]
    fn scripts_without_spaces_are_words_by_character() {
        check("山田さん", &["山", "田", "さ", "ん"]);
    }

    #[test]
    fn the_table_says_what_folding_says() {
        let table = table();
        for code in 0x80..0x800_u32 {
            let character = char::from_u32(code).expect("no surrogate");
            let mut utf8 = [0; 2];
            character.encode_utf8(&mut utf8);
            let mut pieces = Vec::new();
            fold(character, &mut |piece| pieces.push(piece));
            match table.entry(utf8[0], utf8[1]) {
                Entry::Ignored => assert_eq!(pieces, []),
                Entry::Break => assert!(pieces.iter().all(|piece| *piece == Piece::Break) && !pieces.is_empty()),
                Entry::Letters(bytes, len) => {
                    let text = std::str::from_utf8(&bytes[..usize::from(len)]).expect("UTF-8");
                    let folded: String = pieces
                        .iter()
                        .map(|piece| match piece {
                            Piece::Letter(part) | Piece::Mark(part) => *part,
                            other => panic!("{other:?}"),
                        })
                        .collect();
                    assert_eq!(text, folded);
                }
                Entry::Other => {}
            }
        }
    }
}

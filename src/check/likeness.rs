//! When two names are nearly the same.
//!
//! 1. A name is its words: letters and digits in lower case without accents. Of "Lindqvist, Mara" a comma turns the
//!    parts around.
//! 2. Words are compared as they sound, roughly: Lindqvist is Lindquist, Tomas is Thomas, Müller is Mueller. Numbers,
//!    Roman ones included, and words of less than four letters are compared as they are.
//! 3. Names are alike whose words are, in any order; numbers keep theirs. So are those that differ in one word by one
//!    letter, where the word has five or more and begins alike: a slip of the pen is rarely in a short word or at the
//!    start of one.
//! 4. Of a person only the last word may differ so: Maria and Mario are two people, and one family has one surname.
//!
//! [`Words::key`] and [`Words::slips`] give numbers that alike names share, so that not every name has to be held
//! against every other one.

use std::ops::Range;

use crate::diagnostic::near;

/// The shortest word in which a letter may differ.
const SHORTEST: usize = 5;

/// The longest such word, in bytes: nobody's name is longer.
const LONGEST: usize = 48;

/// Whose names are compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Of {
    /// A person's.
    People,
    /// Those of anything else.
    Things,
}

/// A name as it is compared.
#[derive(Default)]
pub(super) struct Words {
    /// The letters, words divided by a space.
    letters: String,
    /// How each word sounds, one behind the other.
    sounds: String,
    words: Vec<Word>,
}

/// One word of a name.
struct Word {
    /// Its place in `sounds`.
    sound: Range<usize>,
    /// Which number of the name it is, from 1; 0 for a word.
    number: usize,
    /// Whether a letter of it may differ.
    may_slip: bool,
}

impl Words {
    /// Reads a name into words, in place of what was read before.
    pub(super) fn read(&mut self, name: &str, of: Of) {
        self.letters.clear();
        self.sounds.clear();
        self.words.clear();
        match name.split_once(',') {
            Some((last, first)) if of == Of::People && !first.contains(',') => {
                self.push(first);
                self.push(last);
            }
            _ => self.push(name),
        }
        let mut number = 0;
        let count = self.letters.split(' ').count();
        for (at, word) in self.letters.split(' ').enumerate() {
            let start = self.sounds.len();
            let is_number = word.bytes().any(|byte| byte.is_ascii_digit());
            number += usize::from(is_number);
            let is_exact = is_number || word.len() < 4 || word.bytes().all(|byte| b"ivxlcdm".contains(&byte));
            if is_exact {
                self.sounds.push_str(word);
            } else {
                sound(word, &mut self.sounds);
            }
            let is_long = word.len() <= LONGEST && word.chars().nth(SHORTEST - 1).is_some();
            let may_slip = is_long && !is_exact && (of == Of::Things || at + 1 == count);
            let number = if is_number { number } else { 0 };
            self.words.push(Word { sound: start..self.sounds.len(), number, may_slip });
        }
    }

    fn push(&mut self, part: &str) {
        if !self.letters.is_empty() {
            self.letters.push(' ');
        }
        let from = self.letters.len();
        if !part.is_ascii() {
            self.letters.extend(near::folded(part));
            return;
        }
        for byte in part.bytes() {
            if byte.is_ascii_alphanumeric() {
                self.letters.push(char::from(byte.to_ascii_lowercase()));
            } else if byte != b'\'' && self.letters.len() > from && !self.letters.ends_with(' ') {
                self.letters.push(' ');
            }
        }
        if self.letters.len() > from && self.letters.ends_with(' ') {
            self.letters.pop();
        }
    }

    /// Tells whether the name has enough letters to be told from another by them.
    pub(super) fn is_telling(&self) -> bool {
        // A letter of three bytes is a syllable or a word of its own in most scripts that have them.
        let weight = |letter: char| if letter.len_utf8() > 2 { 3 } else { 1 };
        self.letters.chars().filter(|letter| *letter != ' ').map(weight).sum::<usize>() >= SHORTEST
    }

    /// Returns a number that all names have whose words are alike, in any order.
    pub(super) fn key(&self) -> u64 {
        (0..self.words.len()).fold(0, |sum: u64, at| sum.wrapping_add(self.hash(at)))
    }

    /// Returns a number that all names have whose letters are the same, however they are divided into words.
    pub(super) fn run_together(&self) -> u64 {
        hash(1, self.joined())
    }

    /// Returns for each word in which a letter may differ a number that all names have whose other words are alike.
    pub(super) fn slips(&self) -> impl Iterator<Item = (u64, usize)> {
        let all = self.key();
        let may_slip = self.words.iter().enumerate().filter(|(_, word)| word.may_slip);
        may_slip.map(move |(at, _)| (all.wrapping_sub(self.hash(at)) ^ 0x5bd1_e995, at))
    }

    /// Calls `each` with numbers of which a word shares one with every word that differs by one letter: one for the
    /// word, and one for the word without each of its letters but the first (as in the SymSpell algorithm).
    pub(super) fn variants(&self, word: usize, mut each: impl FnMut(u64)) {
        let sound = self.sound(&self.words[word]);
        each(hash(2, sound.bytes()));
        for (at, letter) in sound.char_indices().skip(1) {
            each(hash(2, sound[..at].bytes().chain(sound[at + letter.len_utf8()..].bytes())));
        }
    }

    /// Tells whether two names are nearly the same.
    pub(super) fn is_like(&self, other: &Words) -> bool {
        if self.joined().eq(other.joined()) {
            return true;
        }
        if self.words.len() != other.words.len() {
            return false;
        }
        let (mine, theirs) = (self.sorted(), other.sorted());
        let left = |these: &Sorted<'_>, those: &Sorted<'_>| -> Vec<usize> {
            let mut those = those.iter().peekable();
            let mut left = Vec::new();
            for (number, sound, at) in these {
                while those.next_if(|(n, s, _)| (n, s) < (number, sound)).is_some() {}
                if those.next_if(|(n, s, _)| (n, s) == (number, sound)).is_none() {
                    left.push(*at);
                }
            }
            left
        };
        match (&*left(&mine, &theirs), &*left(&theirs, &mine)) {
            ([], []) => true,
            ([one], [another]) => {
                let (one, another) = (&self.words[*one], &other.words[*another]);
                one.may_slip && another.may_slip && is_slip(self.sound(one), other.sound(another))
            }
            _ => false,
        }
    }

    fn sorted(&self) -> Sorted<'_> {
        let mut sorted: Sorted<'_> =
            self.words.iter().enumerate().map(|(at, word)| (word.number, self.sound(word), at)).collect();
        sorted.sort_unstable();
        sorted
    }

    fn sound(&self, word: &Word) -> &str {
        &self.sounds[word.sound.clone()]
    }

    fn hash(&self, word: usize) -> u64 {
        let word = &self.words[word];
        hash(3 + word.number as u64, self.sound(word).bytes())
    }

    /// Returns the letters without the spaces between words, save those between two digits.
    fn joined(&self) -> impl Iterator<Item = u8> {
        let bytes = self.letters.as_bytes();
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let stays = move |at: usize| bytes[at] != b' ' || is_digit(at.wrapping_sub(1)) && is_digit(at + 1);
        (0..bytes.len()).filter(move |at| stays(*at)).map(|at| bytes[at])
    }
}

/// Words by what they sound like, numbers by their order too, each with its place in the name.
type Sorted<'a> = Vec<(usize, &'a str, usize)>;

/// Writes roughly how a word sounds: letters that stand for one sound in the languages of Europe become one, silent and
/// doubled ones are left out. Two words that become the same are taken for spellings of one.
fn sound(word: &str, out: &mut String) {
    let start = out.len();
    let mut letters = word.chars().peekable();
    let mut last = None;
    while let Some(letter) = letters.next() {
        let is_first = last.is_none();
        let mut next = |any: &[char]| letters.next_if(|next| any.contains(next)).is_some();
        let sounds: &[char] = match letter {
            'p' if next(&['h']) => &['f'],
            'q' if next(&['u', 'v']) => &['k', 'v'],
            'q' | 'c' => &['k'],
            'x' => &['k', 's'],
            'w' => &['v'],
            'y' => &['i'],
            'j' if !is_first => &['i'],
            'z' if !is_first => &['s'],
            'h' if !is_first => &[],
            'e' if matches!(last, Some('a' | 'o' | 'u')) => &[],
            _ => &[letter],
        };
        last = Some(letter);
        for sound in sounds {
            if !(out.len() > start && out.ends_with(*sound)) {
                out.push(*sound);
            }
        }
    }
}

/// Tells whether one letter was changed, left out, put in or swapped with the next one, behind the first.
fn is_slip(one: &str, another: &str) -> bool {
    let (mut one, mut another) = (one.chars(), another.chars());
    let mut is_behind_first = false;
    loop {
        let (before, other_before) = (one.clone(), another.clone());
        match (one.next(), another.next()) {
            (None, None) => return false,
            (a, b) if a == b => is_behind_first = true,
            _ if !is_behind_first => return false,
            (a, b) => {
                let (rest, other_rest) = (one.as_str(), another.as_str());
                let is_swapped =
                    a.is_some() && one.next() == b && another.next() == a && one.as_str() == another.as_str();
                return rest == other_rest
                    || rest == other_before.as_str()
                    || before.as_str() == other_rest
                    || is_swapped;
            }
        }
    }
}

/// Returns a number for some bytes: FNV-1a, stirred so that sums of such numbers may be compared.
fn hash(seed: u64, bytes: impl Iterator<Item = u8>) -> u64 {
    let seed = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let hash = bytes.fold(seed, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let hash = (hash ^ (hash >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}

#[cfg(test)]
mod tests {
    use super::{Of, Words};

    fn words(name: &str, of: Of) -> Words {
        let mut words = Words::default();
        words.read(name, of);
        words
    }

    /// Checks whether two names are alike, whichever comes first, and that names that are share a number.
    #[track_caller]
    fn check(one: &str, another: &str, of: Of, expect: bool) {
        let (a, b) = (words(one, of), words(another, of));
        assert_eq!((a.is_like(&b), b.is_like(&a)), (expect, expect), "{one} and {another}");
        let numbers = |words: &Words| {
            let mut all = vec![words.key(), words.run_together()];
            for (key, at) in words.slips() {
                words.variants(at, |variant| all.push(key ^ variant));
            }
            all
        };
        let (a, b) = (numbers(&a), numbers(&b));
        assert!(!expect || a.iter().any(|number| b.contains(number)), "{one} and {another} share no number");
    }

    #[test]
    fn case_accents_marks_and_the_order_of_words_do_not_count() {
        for of in [Of::People, Of::Things] {
            check("Tomás Aubrey", "TOMAS AUBREY", of, true);
            check("Lindqvist, Mara", "Mara Lindqvist", of, true);
            check("Port-Ester", "Portester", of, true);
            check("Sean O’Brien", "Sean O'Brien", of, true);
            check("Nagy Imre", "Imre Nagy", of, true);
        }
        check("Владимир Ёлкин", "Владимир Елкин", Of::People, true);
        check("王小明", "王小明", Of::People, true);
    }

    #[test]
    fn spellings_of_one_sound_are_one() {
        check("Mara Lindqvist", "Mara Lindquist", Of::People, true);
        check("Tomas Meyer", "Thomas Meier", Of::People, true);
        check("Philip Müller", "Phillip Mueller", Of::People, true);
        check("Erik Aleksandrov", "Eric Alexandrov", Of::People, true);
        check("Sarah Fisher", "Sara Fisher", Of::People, true);
    }

    #[test]
    fn one_letter_of_a_long_word_may_differ() {
        for (one, another) in
            [("Lindgren", "Lindren"), ("Anderson", "Andersen"), ("Aubrey", "Aurbey"), ("Ferro", "Ferros")]
        {
            check(&format!("Jonas {one}"), &format!("Jonas {another}"), Of::People, true);
        }
        check("Ministry of Justice", "Ministry of Justise", Of::Things, true);
        check("Goverment Office", "Government Office", Of::Things, true);
    }

    #[test]
    fn two_slips_are_two_names() {
        check("Jonas Lindgren", "Jonas Lindner", Of::People, false);
        check("Goverment Ofice", "Governments Office", Of::Things, false);
        check("North Harbour", "South Harbour", Of::Things, false);
        check("Minister of Justice", "Ministry of Justice", Of::Things, false);
    }

    #[test]
    fn a_slip_is_not_at_the_start_or_in_a_short_word() {
        check("Jonas Brown", "Jonas Crown", Of::People, false);
        check("Jonas Berg", "Jonas Borg", Of::People, false);
        check("Statement in June", "Statement in July", Of::Things, false);
    }

    #[test]
    fn a_family_has_one_surname() {
        for (one, another) in [("Maria", "Mario"), ("Jonas", "Jonah"), ("Robert", "Roberta"), ("Anna", "Anne")] {
            check(&format!("{one} Lindqvist"), &format!("{another} Lindqvist"), Of::People, false);
            check(&format!("Lindqvist, {one}"), &format!("Lindqvist, {another}"), Of::People, false);
        }
        check("George Bush", "George W. Bush", Of::People, false);
        check("John A. Smith", "John B. Smith", Of::People, false);
        check("Jonas Ferro", "Jonas Ferro (judge)", Of::People, false);
    }

    #[test]
    fn numbers_are_compared_as_they_are_and_in_their_order() {
        for (one, another) in [
            ("House District 1", "House District 2"),
            ("House District 1", "House District 11"),
            ("Members take office on 2021-03-04", "Members take office on 2021-04-03"),
            ("Article 1 2", "Article 12"),
            ("Annex A", "Annex AA"),
            ("Henry VI", "Henry VII"),
            ("Louis XVIII", "Louis XXVIII"),
            ("Boeing 747s at Oslo", "Boeing 737s at Oslo"),
        ] {
            check(one, another, Of::Things, false);
        }
        check("Flight 12 to Oslo", "To Oslo, flight 12", Of::Things, true);
    }

    #[test]
    fn a_name_of_a_few_letters_tells_nothing() {
        let is_telling = |name: &str| words(name, Of::Things).is_telling();
        assert!(!is_telling("Ada") && !is_telling("U.N.") && !is_telling("--") && !is_telling(""));
        assert!(is_telling("Ada Li") && is_telling("王小明"));
    }

    #[test]
    fn what_is_very_long_ends_soon() {
        for piece in ["a", "a ", "1 ", "h", "é", ", "] {
            let long = piece.repeat(100_000);
            let words = words(&long, Of::Things);
            assert!(words.is_like(&words) && words.slips().all(|(_, at)| at == 0));
        }
    }
}

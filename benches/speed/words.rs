//! Invented words and the numbers behind them: the same seed, the same text, on any machine.

/// A generator of pseudo-random numbers: SplitMix64 (Steele, Lea and Flood, 2014).
#[derive(Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// Makes a generator from a seed and the number of a thing, so that each thing has numbers of its own.
    pub(crate) fn new(seed: u64, thing: u64) -> Random {
        let mut random = Random(seed ^ thing.wrapping_mul(0xD134_2543_DE82_EF95));
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut number = self.0;
        number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        number ^ (number >> 31)
    }

    /// Returns a number below `end`, which is not 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        let end = u64::try_from(end).expect("a length fits 64 bits");
        usize::try_from(self.next() % end).expect("it is below a length")
    }

    /// Returns a number below `end` of which the small ones come more often, as a few names do in every case.
    pub(crate) fn skewed(&mut self, end: usize) -> usize {
        let (a, b) = (self.below(end), self.below(end));
        a * b / end
    }

    /// Tells whether a thing happens that happens once in `times`.
    pub(crate) fn once_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    /// Returns one of `things`.
    pub(crate) fn one_of<'a, T: ?Sized>(&mut self, things: &[&'a T]) -> &'a T {
        things[self.below(things.len())]
    }
}

const SYLLABLES: [&str; 48] = [
    "ba", "bel", "bré", "cor", "da", "den", "dro", "el", "fa", "fen", "gar", "gi", "hal", "hö", "is", "ja", "ka",
    "kel", "ko", "la", "lin", "lo", "ma", "mer", "mi", "na", "nor", "o", "pe", "pol", "qua", "ra", "ren", "ri", "sa",
    "sel", "so", "sten", "ta", "tor", "tri", "u", "va", "ver", "vik", "wen", "yan", "zo",
];

const SMALL: [&str; 60] = [
    "the", "of", "and", "to", "in", "a", "that", "was", "on", "for", "with", "as", "it", "by", "at", "from", "had",
    "not", "he", "she", "his", "her", "which", "were", "been", "this", "who", "they", "after", "before", "but", "when",
    "an", "said", "would", "one", "two", "three", "could", "then", "no", "all", "into", "about", "under", "over",
    "between", "against", "during", "without", "because", "their", "there", "what", "also", "more", "only", "both",
    "did", "so",
];

/// A vocabulary of a few thousand words that nobody uses.
pub(crate) struct Vocabulary {
    words: Vec<String>,
    first_names: Vec<String>,
    last_names: Vec<String>,
}

impl Vocabulary {
    /// Invents a vocabulary.
    pub(crate) fn new(seed: u64) -> Vocabulary {
        let mut random = Random::new(seed, u64::MAX);
        let mut invent = |count: usize, least: usize, most: usize| -> Vec<String> {
            (0..count).map(|_| word(&mut random, least, most)).collect()
        };
        Vocabulary { words: invent(4_000, 2, 4), first_names: invent(400, 2, 2), last_names: invent(4_000, 2, 4) }
    }

    /// Returns a word, in lower case.
    pub(crate) fn word<'a>(&'a self, random: &mut Random) -> &'a str {
        if random.below(20) < 9 {
            return SMALL[random.skewed(SMALL.len())];
        }
        &self.words[random.skewed(self.words.len())]
    }

    /// Returns a rare word with a capital.
    pub(crate) fn name(&self, random: &mut Random) -> String {
        capital(&self.last_names[random.below(self.last_names.len())])
    }

    /// Returns a person's name.
    pub(crate) fn person(&self, random: &mut Random) -> String {
        format!("{} {}", capital(&self.first_names[random.below(self.first_names.len())]), self.name(random))
    }

    /// Returns so many words without a stop, the first with a capital.
    pub(crate) fn phrase(&self, random: &mut Random, words: usize) -> String {
        let words: Vec<&str> = (0..words).map(|_| self.word(random)).collect();
        capital(&words.join(" "))
    }

    /// Returns a sentence of about 15 words.
    pub(crate) fn sentence(&self, random: &mut Random) -> String {
        let words = 10 + random.below(11);
        let mut out = String::new();
        for at in 0..words {
            if at > 0 {
                out.push_str(if random.once_in(11) { ", " } else { " " });
            }
            out.push_str(self.word(random));
        }
        out.push('.');
        capital(&out)
    }
}

fn word(random: &mut Random, least: usize, most: usize) -> String {
    let syllables = least + random.below(most - least + 1);
    (0..syllables).map(|_| SYLLABLES[random.below(SYLLABLES.len())]).collect()
}

/// Returns `text` with its first letter as a capital.
pub(crate) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Returns `text` as an id: ASCII letters and digits in lower case, hyphens between.
pub(crate) fn id(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            'é' => out.push('e'),
            'ö' => out.push('o'),
            'a'..='z' | '0'..='9' => out.push(letter),
            _ if out.ends_with('-') || out.is_empty() => {}
            _ => out.push('-'),
        }
    }
    out.trim_end_matches('-').to_owned()
}

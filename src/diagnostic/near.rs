//! "Did you mean": the names that come near to one that fits nothing.
//!
//! 1. Names are folded: letter case, accents and separators do not count, nor does the order of words.
//! 2. A candidate is near by Damerau and Levenshtein's distance (in its form as optimal string alignment), the more
//!    letters the more of it; where none is, one that holds the words of the name, or whose words it holds.
//! 3. Most candidates are ruled out by their length and by sets of their letters and pairs of letters, each a number of
//!    64 bits, so that hundreds of names against tens of thousands take a fraction of a second.

use rapidfuzz::distance::osa;
use rayon::prelude::*;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// How many names are offered at most.
const OFFERED: usize = 3;

/// The most letters that may differ, however long a name is.
const MOST: usize = 6;

/// Of longer names only so many letters are compared: what an author wrote may be a page without a closing bracket.
const LONGEST: usize = 200;

/// The shortest name that is looked for inside another.
const SHORTEST_PART: usize = 4;

/// Names that can be asked for near misses many times.
pub struct Names<'a> {
    /// Each name with its folded form, sorted by the length of that form, then by name.
    names: Vec<(Folded, &'a str)>,
}

/// Returns the candidates nearest to `name`, the best first, at most three; none where nothing is near.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    Names::new(candidates).nearest(name)
}

/// Returns the candidate of which `name` is a slip of the pen: one letter in short names, two in long ones.
pub fn slip<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let plain = |text: &str| text.to_lowercase().replace(['-', '_', ' '], "");
    let wanted = plain(name);
    let slack = match wanted.chars().count() {
        0..=3 => return None,
        4..=6 => 1,
        _ => 2,
    };
    let near = candidates.into_iter().map(|candidate| (strsim::osa_distance(&wanted, &plain(candidate)), candidate));
    near.filter(|(distance, _)| *distance <= slack).min().map(|(_, candidate)| candidate)
}

impl<'a> Names<'a> {
    /// Takes the names that may be offered. One that occurs twice counts once.
    pub fn new(names: impl IntoIterator<Item = &'a str>) -> Names<'a> {
        let names: Vec<&str> = names.into_iter().collect();
        let folded = names.par_iter().with_min_len(256).map(|name| (Folded::new(name), *name));
        let mut names: Vec<(Folded, &str)> = folded.collect();
        names.par_sort_by(|a, b| (a.0.letters.len(), a.1).cmp(&(b.0.letters.len(), b.1)));
        names.dedup_by(|a, b| a.1 == b.1);
        Names { names }
    }

    /// Returns the names nearest to `name`, the best first, at most three; none where nothing is near.
    ///
    /// Names equally near come by how much their length differs, then in the order of their bytes.
    pub fn nearest(&self, name: &str) -> Vec<&'a str> {
        let wanted = Wanted::new(name);
        let name = &wanted.name;
        let by_letters = best(name, self.of_like_length(name), |candidate| wanted.distance(candidate));
        if !by_letters.is_empty() {
            return by_letters;
        }
        best(name, &self.names, |candidate| name.holds_or_stands_in(candidate).then_some(0))
    }

    fn of_like_length(&self, wanted: &Folded) -> &[(Folded, &'a str)] {
        let (length, tolerance) = (wanted.letters.len(), wanted.tolerance());
        let from = self.names.partition_point(|(folded, _)| folded.letters.len() + tolerance < length);
        let to = self.names.partition_point(|(folded, _)| folded.letters.len() <= length + tolerance);
        &self.names[from..to]
    }
}

/// Returns the candidates for which `distance` returns the least numbers.
fn best<'a>(
    wanted: &Folded,
    candidates: &[(Folded, &'a str)],
    distance: impl Fn(&Folded) -> Option<usize>,
) -> Vec<&'a str> {
    let mut best: Vec<(usize, usize, &str)> = Vec::with_capacity(OFFERED + 1);
    for (folded, name) in candidates {
        if let Some(distance) = distance(folded) {
            best.push((distance, folded.letters.len().abs_diff(wanted.letters.len()), *name));
            best.sort_unstable();
            best.truncate(OFFERED);
        }
    }
    best.into_iter().map(|(_, _, name)| name).collect()
}

/// A name as it is compared.
struct Folded {
    /// Its letters and digits in lower case without accents, its words separated by one space.
    letters: Vec<char>,
    /// The same with its words sorted; `None` where they are in order.
    sorted: Option<Vec<char>>,
    /// The set of its letters, each a bit.
    letter_set: u64,
    /// The set of the pairs of letters in its words, each a bit.
    pair_set: u64,
}

impl Folded {
    fn new(name: &str) -> Folded {
        let letters = folded(name);
        let mut words: Vec<&[char]> = letters.split(|letter| *letter == ' ').collect();
        let pairs = words.iter().flat_map(|word| word.windows(2));
        let pair_set = pairs.fold(0, |set, pair| set | bit(u32::from(pair[0]) * 31 + u32::from(pair[1])));
        let letter_set = letters.iter().fold(0, |set, letter| set | bit(u32::from(*letter)));
        let sorted = (!words.is_sorted()).then(|| {
            words.sort_unstable();
            words.join(&' ')
        });
        Folded { sorted, letter_set, pair_set, letters }
    }

    /// Returns how many letters may differ: none of two, one of three to seven, one more for every four.
    fn tolerance(&self) -> usize {
        match self.letters.len() {
            0..=2 => 0,
            length => (length / 4).clamp(1, MOST),
        }
    }

    fn in_order(&self) -> &[char] {
        self.sorted.as_deref().unwrap_or(&self.letters)
    }

    /// Tells whether the shorter name begins or ends the longer one, or has all its words there.
    fn holds_or_stands_in(&self, other: &Folded) -> bool {
        let (short, long) = if self.letters.len() <= other.letters.len() { (self, other) } else { (other, self) };
        if short.letters.len() < SHORTEST_PART || short.letter_set & !long.letter_set != 0 {
            return false;
        }
        if long.letters.starts_with(&short.letters) || long.letters.ends_with(&short.letters) {
            return true;
        }
        // Both are sorted, so one pass finds every word of the shorter one.
        let mut words = long.in_order().split(|letter| *letter == ' ');
        short.in_order().split(|letter| *letter == ' ').all(|word| words.any(|other| other == word))
    }
}

/// The name that fits nothing, prepared for being compared with many.
struct Wanted {
    name: Folded,
    in_own_order: osa::BatchComparator<char>,
    in_order: osa::BatchComparator<char>,
}

impl Wanted {
    fn new(name: &str) -> Wanted {
        let name = Folded::new(name);
        let in_own_order = osa::BatchComparator::new(name.letters.iter().copied());
        let in_order = osa::BatchComparator::new(name.in_order().iter().copied());
        Wanted { name, in_own_order, in_order }
    }

    /// Returns by how many letters the names differ, in their own order of words or in a sorted one; `None` where they
    /// are too many.
    fn distance(&self, other: &Folded) -> Option<usize> {
        let tolerance = self.name.tolerance();
        // One change takes one letter out of the set and puts one in; a swap breaks up to three pairs.
        let letters = (self.name.letter_set ^ other.letter_set).count_ones() as usize;
        let pairs = (self.name.pair_set & !other.pair_set).count_ones() as usize;
        if letters > 2 * tolerance || pairs > 3 * tolerance {
            return None;
        }
        let within = osa::Args::default().score_cutoff(tolerance);
        let distance = self.in_own_order.distance_with_args(other.letters.iter().copied(), &within);
        if self.name.sorted.is_none() && other.sorted.is_none() {
            return distance;
        }
        let sorted = self.in_order.distance_with_args(other.in_order().iter().copied(), &within);
        distance.into_iter().chain(sorted).min()
    }
}

fn bit(number: u32) -> u64 {
    1 << (number % 64)
}

/// Returns the letters and digits of `name` in lower case without accents, anything else as single spaces.
pub(crate) fn folded(name: &str) -> Vec<char> {
    let mut out: Vec<char> = Vec::new();
    for letter in name.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase) {
        if out.len() >= LONGEST {
            break;
        }
        match plain(letter) {
            Some(plain) => out.extend(plain.chars()),
            None if letter.is_alphanumeric() => out.push(letter),
            // Marks of vowels that case folding brings up, and apostrophes, do not part words.
            None if is_combining_mark(letter) || matches!(letter, '\'' | '’') => {}
            None if out.last().is_some_and(|last| *last != ' ') => out.push(' '),
            None => {}
        }
    }
    if out.last() == Some(&' ') {
        out.pop();
    }
    out
}

/// Returns how a letter that has no decomposition is written without it.
fn plain(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Names, nearest};

    const NAMES: [&str; 8] = [
        "Mara Lindqvist",
        "Mara Lindgren",
        "Consulate General in Port Ester",
        "Øyvind Straße",
        "port-ester",
        "Jonas Lindqvist",
        "title",
        "id",
    ];

    #[track_caller]
    fn check(name: &str, expect: &[&str]) {
        assert_eq!(nearest(name, NAMES), expect, "near {name:?}");
    }

    #[test]
    fn a_letter_left_out_put_in_changed_or_swapped_is_near() {
        check("Mara Lindqist", &["Mara Lindqvist"]);
        check("Mara Lindqvistt", &["Mara Lindqvist"]);
        check("Mira Lindqvist", &["Mara Lindqvist"]);
        check("Mara Lidnqvist", &["Mara Lindqvist"]);
        check("titel", &["title"]);
    }

    #[test]
    fn case_accents_separators_and_the_order_of_words_do_not_count() {
        check("mara_lindqvist", &["Mara Lindqvist"]);
        check("MÁRA  LINDQVIST", &["Mara Lindqvist"]);
        check("Lindqvist, Mara", &["Mara Lindqvist"]);
        check("Lindqist, Mara", &["Mara Lindqvist"]);
        check("oyvind strasse", &["Øyvind Straße"]);
        check("Port Ester", &["port-ester"]);
    }

    #[test]
    fn a_part_of_a_name_is_near_where_no_whole_name_is() {
        check("Lindqvist", &["Mara Lindqvist", "Jonas Lindqvist"]);
        check("Senator Mara Lindqvist", &["Mara Lindqvist"]);
        check("Consulate in Port Ester", &["Consulate General in Port Ester", "port-ester"]);
        check("Ester", &["port-ester", "Consulate General in Port Ester"]);
    }

    #[test]
    fn the_best_three_come_in_one_order() {
        let names = ["harbour e", "harbour d", "harbour", "harbour c", "harbour b", "harbour b"];
        assert_eq!(nearest("harbour a", names), ["harbour b", "harbour c", "harbour d"]);
        let mut turned = names;
        turned.reverse();
        assert_eq!(nearest("harbour a", turned), ["harbour b", "harbour c", "harbour d"]);
    }

    #[test]
    fn what_is_short_or_far_off_is_not_near() {
        check("xd", &[]);
        check("", &[]);
        check("...", &[]);
        check("Tomas Ferro", &[]);
        check("tile-case", &[]);
        assert_eq!(nearest("name", []), [""; 0]);
    }

    #[test]
    fn what_is_very_long_is_compared_in_its_beginning_only() {
        let long = "[".repeat(1_000_000) + &"a b ".repeat(1_000_000);
        check(&long, &[]);
        let near = "x".repeat(5_000);
        assert_eq!(nearest(&"x".repeat(4_000), [near.as_str()]), [near.as_str()]);
    }

    #[test]
    fn many_names_against_tens_of_thousands_end_soon() {
        let parts = ["mar", "lin", "dq", "vist", "jon", "as", "fer", "rom", "oss", "te", "kal", "bru"];
        let part = |n: usize| parts[n % parts.len()];
        let name = |n: usize| format!("{}{} {}{}{n}", part(n), part(n / 7), part(n / 11), part(n / 5));
        let names: Vec<String> = (0..30_000).map(name).collect();
        let index = Names::new(names.iter().map(String::as_str));
        let found = (0..50).filter(|n| !index.nearest(&names[n * 590].replace(' ', "")).is_empty()).count();
        assert_eq!(found, 50);
    }
}

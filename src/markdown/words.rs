//! Words: a stretch of plain text, and how it is cut where there is no room for all of it.
//!
//! What must hold: what is to be kept whole (a claim's title with its standing) is never cut in two. It is left out, or,
//! where nothing stands before it, shown in full.

use std::ops::Range;

/// Plain text, with stretches that are never cut in two.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Words {
    /// The text.
    pub text: String,
    /// The stretches of it that are kept whole, ascending.
    whole: Vec<Range<usize>>,
}

/// Appends what a mention is called, given its index and its label, if it has one.
pub(super) type Call<'c> = dyn FnMut(usize, Option<&str>, &mut Words) + 'c;

/// The sentence in which something is mentioned.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Sentence {
    /// Its words: plain text, at most 300 characters, unless one thing that is kept whole is longer.
    pub text: String,
    /// Where in it the mention stands; empty for a citation.
    pub place: Range<usize>,
}

impl Words {
    /// Makes no words, with room for so many bytes.
    pub(super) fn with_capacity(bytes: usize) -> Words {
        Words { text: String::with_capacity(bytes), whole: Vec::new() }
    }

    /// Appends words that may be cut.
    pub fn push_str(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Appends words that are kept whole.
    pub fn push_whole(&mut self, words: &str) {
        let start = self.text.len();
        self.text.push_str(words);
        self.whole.push(start..self.text.len());
    }

    /// Returns the stretch that a place lies inside of, so that a cut there would tear it.
    fn around(&self, at: usize) -> Option<Range<usize>> {
        let next = self.whole.partition_point(|whole| whole.end <= at);
        self.whole.get(next).filter(|whole| whole.start < at).cloned()
    }

    /// Puts single spaces in the place of white space, and takes that at both ends away.
    fn spaced(&self) -> Words {
        let mut out = Words::with_capacity(self.text.len());
        // Where each word begins, before and after.
        let mut moved: Vec<(usize, usize)> = Vec::new();
        for word in self.text.split_whitespace() {
            if !out.text.is_empty() {
                out.text.push(' ');
            }
            moved.push((word.as_ptr().addr() - self.text.as_ptr().addr(), out.text.len()));
            out.text.push_str(word);
        }
        let end = out.text.len();
        let place = |at: usize| match moved.partition_point(|(before, _)| *before <= at).checked_sub(1) {
            Some(word) => {
                let next = moved.get(word + 1).map_or(end, |(_, after)| after - 1);
                (moved[word].1 + at - moved[word].0).min(next)
            }
            None => 0,
        };
        out.whole = self.whole.iter().map(|whole| place(whole.start)..place(whole.end)).collect();
        out
    }

    /// Returns the beginning, in at most so many characters: cut behind a sentence if one ends in its second half, else
    /// behind a word.
    pub fn shortened(&self, limit: usize) -> String {
        let words = self.spaced();
        let text = &words.text;
        let Some((end, _)) = text.char_indices().nth(limit) else { return words.text };
        let head = &text[..end];
        let sentence = head.rfind(". ").map(|at| at + 1).filter(|at| at - 1 > end / 3 && words.around(*at).is_none());
        if let Some(at) = sentence {
            return head[..at].to_owned();
        }
        let at = head.rfind(' ').unwrap_or(end);
        match words.around(at).or_else(|| words.around(end)) {
            Some(whole) if whole.start > 0 => ended(&text[..whole.start]),
            Some(whole) if whole.end == text.len() => words.text,
            Some(whole) => ended(&text[..whole.end]),
            None => ended(&text[..at]),
        }
    }

    /// Cuts a sentence to the longest that is shown, around a place in it, between words.
    pub(super) fn sentence(self, place: Range<usize>, longest: usize) -> Sentence {
        let text = &self.text;
        if text.len() <= longest || text.chars().count() <= longest {
            return Sentence { text: self.text, place };
        }
        let room = longest - 2;
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let before = starts.partition_point(|at| *at < place.start);
        let inside = starts.partition_point(|at| *at < place.end) - before;
        let first = before.saturating_sub(room.saturating_sub(inside) / 2).min(starts.len() - 1 - room);
        let (mut from, mut to) = (starts[first], starts[first + room]);
        if first > 0 {
            from += text[from..place.start.max(from)].find(' ').map_or(0, |gap| gap + 1);
        }
        if to < text.len() {
            to = text[place.end.min(to)..to].rfind(' ').map_or(to, |gap| place.end.min(to) + gap);
        }
        // What is torn is left out, unless it is what the sentence is shown for.
        if let Some(whole) = self.around(from) {
            from = if whole.end <= place.start { whole.end } else { whole.start };
        }
        if let Some(whole) = self.around(to) {
            to = if whole.start >= place.end && whole.start > from { whole.start } else { whole.end };
        }
        let mut out = String::with_capacity(to - from + 6);
        if from > 0 {
            out.push('…');
        }
        let kept = &text[from..to];
        let begins = from + kept.len() - kept.trim_start().len();
        let moved = |at: usize| at.clamp(begins, begins + kept.trim().len()) - begins + out.len();
        let place = moved(place.start)..moved(place.end);
        out.push_str(kept.trim());
        if to < text.len() {
            out.push('…');
        }
        Sentence { text: out, place }
    }
}

/// Returns the beginning of a text with the sign that it goes on.
fn ended(head: &str) -> String {
    format!("{}…", head.trim_end().trim_end_matches([',', ';', ':', '.']))
}

#[cfg(test)]
mod tests {
    use super::Words;

    /// Makes words of a text in which brackets stand around what is kept whole.
    fn words(text: &str) -> Words {
        let mut words = Words::default();
        for (number, part) in text.split(['[', ']']).enumerate() {
            match number % 2 {
                0 => words.push_str(part),
                _ => words.push_whole(part),
            }
        }
        words
    }

    #[track_caller]
    fn check(text: &str, limit: usize, expect: &str) {
        assert_eq!(words(text).shortened(limit), expect, "{text:?} in {limit}");
    }

    #[test]
    fn a_long_text_is_cut_behind_a_sentence_or_a_word() {
        check(" One  two\nthree. ", 20, "One two three.");
        check("One two three. Four five six seven", 20, "One two three.");
        check("One two three, four five six seven", 16, "One two three…");
        check("Supercalifragilistic", 5, "Super…");
    }

    #[test]
    fn what_is_kept_whole_is_left_out_or_shown_in_full() {
        check("They say: [Ada took it (refuted)] and more", 20, "They say…");
        check("They  say  [Ada took it (refuted)] and more", 36, "They say Ada took it (refuted) and…");
        check("[Ada took it. All of it (refuted)] and more", 20, "Ada took it. All of it (refuted)…");
        check("[Ada took it. All of it (refuted)]", 20, "Ada took it. All of it (refuted)");
        check("Long words here [ Ada took it. All (refuted) ] and so on", 32, "Long words here…");
    }

    #[test]
    fn a_sentence_is_cut_around_its_place_and_never_through_what_is_kept_whole() {
        let long = "word ".repeat(20);
        let words = words(&format!("{long}[Ada took it (refuted)] said Bea {long}"));
        let bea = words.text.find("Bea").expect("it stands there");
        for longest in 10..words.text.len() {
            let sentence = words.clone().sentence(bea..bea + 3, longest);
            assert_eq!(&sentence.text[sentence.place.clone()], "Bea", "{longest}");
            let torn = sentence.text.contains("Ada") != sentence.text.contains("(refuted)");
            assert!(!torn && !sentence.text.contains("…took"), "{longest}: {}", sentence.text);
        }
        let ada = words.text.find("Ada").expect("it stands there");
        let sentence = words.sentence(ada..ada + 21, 12);
        assert!(sentence.text.contains("Ada took it (refuted)"), "{}", sentence.text);
    }
}

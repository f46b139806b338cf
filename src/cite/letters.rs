//! The letter cases of CSL, through hayagriva's own folding.

use std::sync::OnceLock;

use hayagriva::lang::{Case, SentenceCase, TitleCase};

use crate::html::escaped;

/// How the letters of a text are set.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Letters {
    AsWritten,
    Title,
    Sentence,
    Upper,
    Lower,
    FirstUpper,
    AllUpper,
}

/// All letter cases.
pub(super) const LETTERS: [Letters; 7] = [
    Letters::AsWritten,
    Letters::Title,
    Letters::Sentence,
    Letters::Upper,
    Letters::Lower,
    Letters::FirstUpper,
    Letters::AllUpper,
];

impl Letters {
    /// Sets a text.
    ///
    /// In title case the last word has a capital, as CSL 1.0.2 wants it, and keeps its capitals where it has nothing else
    /// (`… the USA`). hayagriva 0.10 forgets both: inside quotation marks it leaves the last word half done.
    pub(super) fn set(self, text: &str) -> String {
        let case = match self {
            Letters::AsWritten => return text.to_owned(),
            Letters::Title => {
                let mut title = TitleCase::new();
                title.always_capitalize_last_word = true;
                Case::Title(title)
            }
            Letters::Sentence => Case::Sentence(SentenceCase::new()),
            Letters::Upper => Case::Uppercase,
            Letters::Lower => Case::Lowercase,
            Letters::FirstUpper => Case::FirstUpper,
            Letters::AllUpper => Case::AllUpper,
        };
        case.transform(text)
    }
}

/// A text that is set in several ways; each is worked out once.
#[derive(Debug)]
pub(super) struct Setting {
    text: Box<str>,
    /// How many bytes at its beginning and end are marks, which stand in the template.
    head: usize,
    tail: usize,
    /// The text without those marks, escaped, in each letter case.
    set: [OnceLock<Box<str>>; LETTERS.len()],
}

impl Setting {
    /// Takes a text with so many bytes of marks around it.
    pub(super) fn new(text: &str, head: usize, tail: usize) -> Setting {
        Setting { text: text.into(), head, tail, set: Default::default() }
    }

    /// Tells whether no marks of the text stand in the template.
    pub(super) fn is_bare(&self) -> bool {
        self.head == 0 && self.tail == 0
    }

    /// Returns the text in a letter case, without the marks around it, escaped.
    pub(super) fn html(&self, letters: Letters) -> &str {
        self.set[letters as usize].get_or_init(|| escaped(&self.body(&letters.set(&self.text))).into())
    }

    /// Returns the same without its full stops, as `strip-periods` wants it: those that follow another one stay.
    pub(super) fn stripped(&self, letters: Letters) -> String {
        let (head, tail) = (&self.text[..self.head], &self.text[self.text.len() - self.tail..]);
        escaped(&between(&letters.set(&stripped(&self.text)), &stripped(head), &stripped(tail)))
    }

    fn body(&self, set: &str) -> String {
        between(set, &self.text[..self.head], &self.text[self.text.len() - self.tail..])
    }
}

/// Returns what stands between the marks of a text.
pub(super) fn between(text: &str, head: &str, tail: &str) -> String {
    let text = text.strip_prefix(head).unwrap_or(text);
    text.strip_suffix(tail).unwrap_or(text).to_owned()
}

/// Returns a text without its full stops, but for those that follow another one.
pub(super) fn stripped(text: &str) -> String {
    let mut last = ' ';
    text.chars().filter(|letter| std::mem::replace(&mut last, *letter) == '.' || *letter != '.').collect()
}

#[cfg(test)]
mod tests {
    use super::{Letters, Setting, stripped};

    #[test]
    fn the_last_word_of_a_title_keeps_its_capitals() {
        assert_eq!(Letters::Title.set("a report of the USA"), "A Report of the USA");
        assert_eq!(Letters::Title.set("what we live for"), "What We Live For");
        assert_eq!(Letters::Sentence.set("A Report of the USA"), "A report of the USA");
    }

    #[test]
    fn marks_around_a_text_stay_in_the_template() {
        let setting = Setting::new("“who & what?”", "“".len(), "?”".len());
        assert_eq!(setting.html(Letters::AsWritten), "who &amp; what");
        assert_eq!(setting.html(Letters::Title), "Who &amp; What");
        assert_eq!(setting.html(Letters::Upper), "WHO &amp; WHAT");
    }

    #[test]
    fn stops_are_stripped_once() {
        assert_eq!(stripped("U.S. v. X..."), "US v X..");
    }
}

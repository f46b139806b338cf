//! Tokens: texts that stand for values, which no style and no language writes.

/// Returns the token of a text: one word in each letter case, and a stop within, to see what becomes of them.
pub(super) fn text_token(at: usize) -> String {
    let letter = char::from(b'a' + u8::try_from(at).unwrap_or_default());
    format!("xqz{letter} vjQ{letter}x Wkq{letter}.jz")
}

/// What no other text has: the beginnings of the words of tokens, in lower case, and the letters of the tokens of names.
pub(super) fn is_traced(text: &str) -> bool {
    let text = text.to_lowercase();
    ["xqz", "vjq", "wkq"].iter().any(|trace| text.contains(trace))
        || text.chars().any(|letter| ('𐐀'..='𐑏').contains(&letter))
}

/// The token of a family name: letters of the Deseret alphabet, which has capital and small ones and is hardly in use.
pub(super) const FAMILY: &str = "𐐀𐐨";

/// The letters of the tokens of given names: the capital one, then a small one.
pub(super) const GIVEN: [(&str, &str); 6] = [("𐐁", "𐐪"), ("𐐂", "𐐫"), ("𐐃", "𐐬"), ("𐐄", "𐐭"), ("𐐅", "𐐮"), ("𐐆", "𐐯")];

/// Returns the token of given names of a pattern.
pub(super) fn given_token(pattern: &str) -> String {
    let mut words = GIVEN.iter();
    let mut token = String::new();
    for mark in pattern.chars() {
        match (mark, words.as_slice().first()) {
            ('w' | 'i', Some((capital, small))) => {
                words.next();
                token.push_str(capital);
                if mark == 'w' {
                    token.push_str(small);
                }
            }
            _ => token.push(mark),
        }
    }
    token
}

/// Returns the pattern of given names: `w` for a word with a capital, `i` for one capital alone, and what stands between.
/// `None` for names that are made in another way, or of more words than there are tokens.
pub(super) fn given_pattern(given: &str) -> Option<Box<str>> {
    let mut pattern = String::new();
    let mut words = 0;
    let mut letters = given.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter.is_uppercase() {
            let mut small = 0;
            while letters.next_if(|letter| letter.is_lowercase() && letter.is_alphabetic()).is_some() {
                small += 1;
            }
            pattern.push(if small == 0 { 'i' } else { 'w' });
            words += 1;
        } else if matches!(letter, ' ' | '-' | '.') {
            pattern.push(letter);
        } else {
            return None;
        }
    }
    let is_even = !pattern.contains("  ") && pattern.starts_with(['w', 'i']) && !pattern.ends_with([' ', '-']);
    let apart = !["ww", "wi", "iw", "ii"].iter().any(|joined| pattern.contains(joined));
    (is_even && apart && words <= GIVEN.len()).then(|| pattern.into())
}

#[cfg(test)]
mod tests {
    use super::{given_pattern, given_token, is_traced, text_token};

    /// Checks the pattern of given names; empty: there is none.
    fn check(given: &str, expect: &str) {
        assert_eq!(given_pattern(given).unwrap_or_default().as_ref(), expect, "{given}");
    }

    #[test]
    fn given_names_are_words_and_initials() {
        check("Ida", "w");
        check("Ida Maria", "w w");
        check("Jean-Luc", "w-w");
        check("James T.", "w i.");
        check("J.R.", "i.i.");
        check("Émile", "w");
    }

    #[test]
    fn other_given_names_have_no_pattern() {
        for given in ["", "ida", "Abu al Nur", "JR", "Ida  Maria", "明", "Ida-", "A B C D E F G", "D’Arcy"] {
            check(given, "");
        }
    }

    #[test]
    fn tokens_leave_traces_in_every_letter_case() {
        assert_eq!(given_token("w i."), "𐐁𐐪 𐐂.");
        for text in [text_token(3), given_token("w-w")] {
            assert!(is_traced(&text) && is_traced(&text.to_uppercase()) && is_traced(&text.to_lowercase()));
        }
        assert!(!is_traced("Ein Text wie jeder andere"));
    }
}

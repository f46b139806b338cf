//! Names as they are compared: in any letter case and Unicode form.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Folds a name as written: NFC, lower case, white space collapsed and trimmed.
pub fn fold(written: &str) -> Cow<'_, str> {
    let plain = |byte: u8| byte.is_ascii_graphic() && !byte.is_ascii_uppercase();
    if written.bytes().all(plain) {
        return Cow::Borrowed(written);
    }
    if is_spaced(written.as_bytes()) {
        return Cow::Owned(written.to_ascii_lowercase());
    }
    let words = written.split_whitespace();
    let mut joined = String::with_capacity(written.len());
    for word in words {
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(word);
    }
    if joined.is_ascii() {
        joined.make_ascii_lowercase();
        return Cow::Owned(joined);
    }
    // Lower case may leave NFC (İ), so the form is taken behind it too.
    Cow::Owned(nfc(&nfc(&joined).to_lowercase()).into_owned())
}

/// Tells whether a name is ASCII with single spaces between its words, as most are: only its letter case is folded.
fn is_spaced(name: &[u8]) -> bool {
    let ends = name.first() != Some(&b' ') && name.last() != Some(&b' ');
    ends && name.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ')
        && !name.windows(2).any(|pair| pair == b"  ")
}

/// Returns a text in Unicode's form NFC.
pub fn nfc(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn letter_case_unicode_form_and_white_space_do_not_tell_names_apart() {
        assert_eq!(fold("Ada  Example "), "ada example");
        assert_eq!(fold("ZOE\u{308}"), fold("zoë"));
        assert_eq!(fold("Ada Example"), "ada example");
        assert_eq!(fold(" Ada Example"), "ada example");
        assert_eq!(fold("Ada\tExample"), "ada example");
        assert_eq!(fold("ada-example"), "ada-example");
        assert_ne!(fold("ada example"), fold("ada-example"));
    }
}

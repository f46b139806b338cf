//! The characters of a file: its bytes decoded by what it says of itself, and by what they look like.
//!
//! 1. A byte order mark decides.
//! 2. Bytes that are sound UTF-8 are UTF-8, whatever a page says (browsers convert pages that they keep, and leave the
//!    old label), unless it names an encoding whose bytes look like ASCII.
//! 3. Then a page's `<meta charset>` decides.
//! 4. Text with a zero in every second byte is UTF-16 that lost its mark.
//! 5. Sound UTF-8 is UTF-8 with some damage, unless more bytes are damaged than characters sound: in other encodings two
//!    bytes that happen to be UTF-8 are rare.
//! 6. The rest is guessed from the letters.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

/// How far into a page its declaration is looked for.
const DECLARATION: usize = 4096;

/// Decodes a plain text.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    decode_as(bytes, None)
}

/// Decodes an HTML page.
pub(super) fn decode_html(bytes: &[u8]) -> Cow<'_, str> {
    decode_as(bytes, declared(&bytes[..bytes.len().min(DECLARATION)]))
}

fn decode_as<'a>(bytes: &'a [u8], declared: Option<&'static Encoding>) -> Cow<'a, str> {
    if Encoding::for_bom(bytes).is_some() {
        return UTF_8.decode(bytes).0;
    }
    if let Some(encoding) = wide(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    let is_hidden = declared == Some(ISO_2022_JP);
    if let (Ok(text), false) = (std::str::from_utf8(bytes), is_hidden) {
        return Cow::Borrowed(text);
    }
    if let Some(encoding) = declared.filter(|encoding| *encoding != UTF_8) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    let (mut sound, mut broken) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += chunk.invalid().len();
    }
    if declared.is_some() || broken <= sound {
        return String::from_utf8_lossy(bytes);
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    encoding.decode_without_bom_handling(bytes).0
}

/// Returns the encoding of a text in which nearly every second byte is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let zeros = |first: usize| bytes.iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    memchr::memchr(0, &bytes[..bytes.len().min(64)])?;
    let (even, odd, half) = (zeros(0), zeros(1), bytes.len() / 2);
    match () {
        () if odd * 10 > half * 7 && even * 10 < half => Some(UTF_16LE),
        () if even * 10 > half * 7 && odd * 10 < half => Some(UTF_16BE),
        () => None,
    }
}

/// Returns the encoding that a page declares in `<meta charset=…>` or `<meta content="…; charset=…">`, or in an XML
/// declaration. UTF-16 there can only mean UTF-8.
fn declared(head: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let mut rest = head.as_str();
    while let Some(at) = rest.find("<meta").or_else(|| rest.find("<?xml")) {
        let tag = &rest[at..];
        let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
        let label = tag.find("charset").map(|at| at + "charset".len());
        let label = label.or_else(|| tag.starts_with("<?xml").then(|| tag.find("encoding")).flatten().map(|at| at + 8));
        let value = label.and_then(|at| tag[at..].trim_start().strip_prefix('='));
        if let Some(value) = value {
            let value = value.trim_start().trim_start_matches(['"', '\'']);
            let end = value.find(|c: char| c.is_whitespace() || "\"';/?".contains(c)).unwrap_or(value.len());
            if let Some(encoding) = Encoding::for_label(&value.as_bytes()[..end]) {
                return Some(encoding.output_encoding());
            }
        }
        rest = &rest[at + 5..];
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_html};

    fn check(bytes: &[u8], expect: &str) {
        assert_eq!(decode_html(bytes), expect);
    }

    #[test]
    fn a_byte_order_mark_decides() {
        check(b"\xef\xbb\xbfa\xc3\xa9", "aé");
        check(b"\xff\xfea\0\xe9\0", "aé");
        check(b"\xfe\xff\0a\0\xe9", "aé");
    }

    #[test]
    fn a_declaration_decides_where_the_bytes_are_not_utf8() {
        check(b"<meta charset=iso-8859-1>caf\xe9", "<meta charset=iso-8859-1>café");
        check(b"<meta charset='windows-1251'>\xc4\xe0", "<meta charset='windows-1251'>Да");
        let http = b"<META http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\">\xb3";
        check(http, "<META http-equiv=Content-Type content=\"text/html; charset=iso-8859-2\">ł");
        check("<meta charset=latin1>café".as_bytes(), "<meta charset=latin1>café");
    }

    #[test]
    fn text_without_a_declaration_is_guessed() {
        assert_eq!(decode("Śledź".as_bytes()), "Śledź");
        let russian = encoding_rs::WINDOWS_1251.encode("Министр заявил, что его никогда не спрашивали об этом.").0;
        assert_eq!(decode(&russian), "Министр заявил, что его никогда не спрашивали об этом.");
        assert_eq!(decode(b"He said \x93no\x94 to it."), "He said “no” to it.");
    }

    #[test]
    fn one_stray_byte_makes_no_other_encoding() {
        assert_eq!(decode(b"He said \xe2\x80\x9cno\xe2\x80\x9d to it.\x92"), "He said “no” to it.\u{fffd}");
        assert_eq!(decode(b"a caf\xc3\xa9\xff"), "a café\u{fffd}");
        assert_eq!(decode(b"it is cut caf\xc3\xa9 caf\xc3"), "it is cut café caf\u{fffd}");
        // In Latin-1, a capital with a mark before a quotation mark looks like UTF-8.
        assert_eq!(decode(b"\xab CAF\xc9\xbb \xe9t\xe9 fut d\xe9j\xe0"), "« CAFÉ» été fut déjà");
        let japanese = encoding_rs::SHIFT_JIS.encode("彼は一度も尋ねられたことがないと述べた。").0;
        assert_eq!(decode(&japanese), "彼は一度も尋ねられたことがないと述べた。");
    }

    #[test]
    fn wide_characters_without_a_mark_are_read() {
        let wide = |swap: bool| -> Vec<u8> {
            let pair = |unit: u16| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() };
            "He said “no” to it.\r\n".encode_utf16().flat_map(pair).collect()
        };
        assert_eq!(decode(&wide(false)), "He said “no” to it.\r\n");
        assert_eq!(decode(&wide(true)), "He said “no” to it.\r\n");
        assert_eq!(decode(b"a zero\0 byte"), "a zero\0 byte");
    }

    #[test]
    fn a_damaged_byte_does_not_change_the_rest() {
        let mut bytes = "Żółć, gęślą jaźń, łąka i ćma".as_bytes().to_vec();
        bytes.push(0xff);
        assert_eq!(decode(&bytes), "Żółć, gęślą jaźń, łąka i ćma\u{fffd}");
    }
}

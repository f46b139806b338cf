//! Takes an output for what it is: text, text in UTF-16, something packed, or bytes that are no text.

use std::io::Read;

use flate2::bufread::MultiGzDecoder;

use super::{Canaries, Hit};

/// The most bytes that something packed may come to.
const LARGEST: u64 = 128 << 20;

/// How deep packed things may lie in each other.
const DEEPEST: usize = 3;

/// The bytes before what the search index packs.
const INDEX: &[u8] = b"pagefind_dcd";

/// How many bytes tell whether something is text.
const HEAD: usize = 8192;

/// Searches bytes of any kind.
pub(super) fn search<'a>(canaries: &'a Canaries, bytes: &[u8], depth: usize) -> Option<Hit<'a>> {
    let hit = |at: usize| Hit::Canary(&canaries.canaries[at]);
    if bytes.starts_with(&[0x1f, 0x8b]) {
        if depth == DEEPEST {
            return Some(Hit::Unsearchable);
        }
        let mut unpacked = Vec::new();
        let read = MultiGzDecoder::new(bytes).take(LARGEST + 1).read_to_end(&mut unpacked);
        let whole = read.is_ok() && unpacked.len() as u64 <= LARGEST;
        return if whole { search(canaries, &unpacked, depth + 1) } else { Some(Hit::Unsearchable) };
    }
    if let Some(index) = bytes.strip_prefix(INDEX).filter(|index| !index.starts_with(b"{")) {
        return canaries.net.find(&cbor_texts(index)).map(hit);
    }
    match bytes {
        [0xff, 0xfe, text @ ..] => return canaries.net.find(utf16(text, u16::from_le_bytes).as_bytes()).map(hit),
        [0xfe, 0xff, text @ ..] => return canaries.net.find(utf16(text, u16::from_be_bytes).as_bytes()).map(hit),
        _ => {}
    }
    if is_text(bytes) {
        return canaries.net.find(bytes).map(hit);
    }
    let plain = |byte: &u8| if byte.is_ascii() && !matches!(byte, b'&' | b'%' | b'\\' | b'<') { *byte } else { 0 };
    let narrow: Vec<u8> = bytes.iter().map(plain).collect();
    let found = canaries.long.find(&narrow);
    let nuls = bytes.iter().filter(|byte| **byte == 0).count();
    let wide = || {
        let letters: Vec<u8> = narrow.split(|byte| *byte == 0).flatten().copied().collect();
        canaries.long.find(&letters)
    };
    found.or_else(|| (nuls > bytes.len() / 8).then(wide).flatten()).map(hit)
}

/// Tells whether bytes are text: none of the first is zero, and they do not begin as what is known to be none.
fn is_text(bytes: &[u8]) -> bool {
    const OTHERS: [&[u8]; 8] =
        [b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"wOF2", b"wOFF", b"\0asm", b"%PDF", b"PK\x03\x04"];
    let head = &bytes[..bytes.len().min(HEAD)];
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    !webp && !OTHERS.iter().any(|other| bytes.starts_with(other)) && memchr::memchr(0, head).is_none()
}

/// Decodes UTF-16.
fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    char::decode_utf16(units).map(|character| character.unwrap_or('\u{fffd}')).collect()
}

/// Returns the texts in CBOR (RFC 8949), one a line. Broken CBOR gives what came before the break, and the rest as it is.
fn cbor_texts(mut bytes: &[u8]) -> Vec<u8> {
    let mut texts = Vec::new();
    while let Some((head, rest)) = bytes.split_first() {
        let (major, info) = (head >> 5, head & 0x1f);
        let size = match info {
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            _ => 0,
        };
        let Some((argument, rest)) = rest.split_at_checked(size) else { break };
        let value = argument.iter().fold(0_u64, |value, byte| value << 8 | u64::from(*byte));
        let length = if size == 0 { u64::from(if info < 24 { info } else { 0 }) } else { value };
        bytes = rest;
        // Texts of unknown length come in pieces, each with its own head.
        if (major == 2 || major == 3) && info != 31 {
            let Some((text, rest)) = usize::try_from(length).ok().and_then(|length| rest.split_at_checked(length))
            else {
                break;
            };
            texts.extend_from_slice(text);
            texts.push(b'\n');
            bytes = rest;
        }
    }
    texts.extend_from_slice(bytes);
    texts
}

#[cfg(test)]
mod tests {
    use super::cbor_texts;

    #[test]
    fn texts_in_cbor_are_found_wherever_they_lie() {
        // [1, {"ada": "example"}, 0.5, (_ "x"), 300]
        let bytes = b"\x85\x01\xa1\x63ada\x67example\xf9\x38\x00\x7f\x61x\xff\x19\x01\x2c";
        assert_eq!(cbor_texts(bytes), b"ada\nexample\nx\n");
        assert_eq!(cbor_texts(b"\x63ada\x7b\xff\xff\xff\xff\xff\xff\xff\xff rest"), b"ada\n rest");
    }
}

//! WebP (RFC 9649): the bitstream, alpha and animation chunks are kept, with a header that announces no more.

use super::{CUT_SHORT, Facts, Fault, exif, icc, le16, le32};

/// A chunk: its name and content.
type Chunk<'a> = ([u8; 4], &'a [u8]);

/// Flags of the extended header.
const ICC: u8 = 0x20;
const ALPHA: u8 = 0x10;
const EXIF: u8 = 0x08;
const ANIMATION: u8 = 0x02;

/// Returns the chunks that fill `bytes`.
fn chunks(mut bytes: &[u8]) -> Result<Vec<Chunk<'_>>, Fault> {
    let mut chunks = Vec::new();
    while !bytes.is_empty() {
        let name = *bytes.first_chunk().ok_or(CUT_SHORT)?;
        let length = usize::try_from(le32(bytes, 4).ok_or(CUT_SHORT)?).map_err(|_| CUT_SHORT)?;
        let content = bytes.get(8..).and_then(|rest| rest.get(..length)).ok_or(CUT_SHORT)?;
        chunks.push((name, content));
        bytes = bytes.get(8 + length + length % 2..).unwrap_or(&[]);
    }
    Ok(chunks)
}

/// Returns the chunks of the image, whatever follows it.
fn image(bytes: &[u8]) -> Result<Vec<Chunk<'_>>, Fault> {
    let length = usize::try_from(le32(bytes, 4).ok_or(CUT_SHORT)?).map_err(|_| CUT_SHORT)?;
    let end = length.checked_add(8).ok_or(CUT_SHORT)?;
    chunks(bytes.get(12..end).ok_or(CUT_SHORT)?)
}

/// Writes a chunk.
fn put(out: &mut Vec<u8>, name: [u8; 4], content: &[u8]) {
    out.extend_from_slice(&name);
    let length = u32::try_from(content.len()).expect("a chunk's content came from a chunk");
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(content);
    out.resize(out.len().next_multiple_of(2), 0);
}

/// Returns the image without its metadata.
pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let chunks = image(bytes)?;
    let facts = facts(&chunks);
    let (profile, orientation) = (icc::profile(facts.space), facts.orientation.map(exif::tiff));
    let mut body = b"WEBP".to_vec();
    let mut pictures = 0;
    for (name, content) in &chunks {
        match name {
            b"VP8X" => {
                let header = content.get(..10).ok_or(CUT_SHORT)?;
                let mut flags = header[0] & (ALPHA | ANIMATION);
                flags |= if profile.is_some() { ICC } else { 0 };
                flags |= if orientation.is_some() { EXIF } else { 0 };
                put(&mut body, *name, &[&[flags, 0, 0, 0], &header[4..]].concat());
                if let Some(profile) = &profile {
                    put(&mut body, *b"ICCP", profile);
                }
            }
            b"ANIM" => put(&mut body, *name, content.get(..6).ok_or(CUT_SHORT)?),
            b"ANMF" => {
                pictures += 1;
                put(&mut body, *name, &frame(content)?);
            }
            b"VP8 " | b"VP8L" => {
                pictures += 1;
                put(&mut body, *name, content);
            }
            b"ALPH" => put(&mut body, *name, content),
            _ => {}
        }
    }
    if pictures == 0 {
        return Err(Fault::new("the image has no picture"));
    }
    if let Some(tiff) = orientation {
        put(&mut body, *b"EXIF", &tiff);
    }
    let mut out = b"RIFF".to_vec();
    let length = u32::try_from(body.len()).map_err(|_| Fault::new("the image is too large"))?;
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&body);
    Ok(out)
}

/// Returns a frame of an animation without what does not belong to its picture.
fn frame(content: &[u8]) -> Result<Vec<u8>, Fault> {
    let (header, rest) = content.split_at_checked(16).ok_or(CUT_SHORT)?;
    let mut out = header.to_vec();
    // Two flags are defined; the rest of the byte says nothing.
    out[15] &= 3;
    for (name, content) in chunks(rest)? {
        if matches!(&name, b"ALPH" | b"VP8 " | b"VP8L") {
            put(&mut out, name, content);
        }
    }
    Ok(out)
}

/// Reads orientation and colour space; without an extended header there is neither.
fn facts(chunks: &[Chunk<'_>]) -> Facts {
    let content = |name: &[u8; 4]| chunks.iter().find(|chunk| chunk.0 == *name).map(|chunk| chunk.1);
    if content(b"VP8X").is_none() {
        return Facts::default();
    }
    let tiff = content(b"EXIF").map(|exif| exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
    let space = content(b"ICCP").map_or(icc::Space::Srgb, icc::space);
    Facts { orientation: tiff.and_then(exif::orientation), space }
}

/// Returns width, height and orientation.
pub(super) fn measure(bytes: &[u8]) -> Result<(u32, u32, Option<u16>), Fault> {
    let chunks = image(bytes)?;
    let (name, content) = chunks.first().ok_or(CUT_SHORT)?;
    let (width, height) = match name {
        b"VP8X" => {
            let part = |at: usize| content.get(at..at + 3).map(|c| u32::from_le_bytes([c[0], c[1], c[2], 0]) + 1);
            (part(4), part(7))
        }
        b"VP8 " => {
            let part = |at| le16(content, at).map(|size| u32::from(size & 0x3fff));
            (part(6), part(8))
        }
        b"VP8L" => {
            let size = le32(content, 1);
            (size.map(|size| (size & 0x3fff) + 1), size.map(|size| (size >> 14 & 0x3fff) + 1))
        }
        _ => (None, None),
    };
    Ok((width.ok_or(CUT_SHORT)?, height.ok_or(CUT_SHORT)?, facts(&chunks).orientation))
}

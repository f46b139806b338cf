//! JPEG (ITU-T T.81): tables, frames and scans are kept; of the application segments only what decoding needs.

use super::{CUT_SHORT, Facts, Fault, be16, exif, icc};

/// What an EXIF segment begins with.
const EXIF: &[u8] = b"Exif\0\0";

/// What a segment of a colour profile begins with.
const ICC: &[u8] = b"ICC_PROFILE\0";

/// One segment: its marker, and its content with the entropy-coded data that follows a scan's header.
struct Segment<'a> {
    marker: u8,
    /// Without the two bytes of its length.
    content: &'a [u8],
    /// What follows the segment of a scan.
    coded: &'a [u8],
}

/// Reads segments up to the end of the image.
struct Segments<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Segments<'a> {
    /// Makes the reader of an image's segments, behind its first marker.
    fn new(bytes: &'a [u8]) -> Segments<'a> {
        Segments { bytes, at: 2 }
    }

    /// Returns the next segment; `None` at the end of the image, whatever follows it.
    fn next(&mut self) -> Result<Option<Segment<'a>>, Fault> {
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or(&[]);
            match rest {
                [0xff, 0xff, ..] => self.at += 1,
                [0xff, 0xd9, ..] => return Ok(None),
                // Restart markers and those without content have no business here.
                [0xff, 0x01 | 0xd0..=0xd8, ..] => self.at += 2,
                [0xff, 0x00, ..] => return Err(Fault::new("the image has no marker where one must be")),
                [0xff, marker, ..] => return self.segment(*marker).map(Some),
                [] | [_] => return Err(CUT_SHORT),
                _ => return Err(Fault::new("the image has no marker where one must be")),
            }
        }
    }

    /// Reads the segment with this marker.
    fn segment(&mut self, marker: u8) -> Result<Segment<'a>, Fault> {
        let length = usize::from(be16(self.bytes, self.at + 2).ok_or(CUT_SHORT)?);
        let end = self.at + 2 + length;
        let content = self.bytes.get(self.at + 4..end).ok_or(CUT_SHORT)?;
        let coded = if marker == 0xda { self.coded(end)? } else { &[] };
        self.at = end + coded.len();
        Ok(Segment { marker, content, coded })
    }

    /// Finds the end of entropy-coded data: the next marker that is neither stuffing nor a restart.
    fn coded(&self, start: usize) -> Result<&'a [u8], Fault> {
        let mut at = start;
        loop {
            let rest = self.bytes.get(at..).unwrap_or(&[]);
            at += memchr::memchr(0xff, rest).ok_or(CUT_SHORT)?;
            match self.bytes.get(at + 1) {
                None => return Err(CUT_SHORT),
                Some(0x00 | 0xd0..=0xd7) => at += 2,
                Some(0xff) => at += 1,
                Some(_) => return Ok(&self.bytes[start..at]),
            }
        }
    }
}

/// Tells whether a marker begins a frame, with its dimensions.
fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// Returns the image without its metadata.
pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let facts = facts(bytes)?;
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(&[0xff, 0xd8]);
    let mut segments = Segments::new(bytes);
    let (mut frames, mut scans, mut has_jfif, mut has_adobe) = (0, 0, false, false);
    let mut body = Vec::with_capacity(bytes.len());
    while let Some(segment) = segments.next()? {
        let content = segment.content;
        match segment.marker {
            // Adobe's segment says how colours were transformed; the rest of it is written anew.
            0xee if content.starts_with(b"Adobe") && content.len() >= 12 && !has_adobe => {
                has_adobe = true;
                put(&mut body, 0xee, &[b"Adobe\0\x64\0\0\0\0", &content[11..12]].concat());
            }
            0xe0 if content.starts_with(b"JFIF\0") => has_jfif = true,
            marker if is_frame(marker) || matches!(marker, 0xc4 | 0xcc | 0xda..=0xdd) => {
                frames += usize::from(is_frame(marker));
                scans += usize::from(marker == 0xda);
                put(&mut body, marker, content);
                body.extend_from_slice(segment.coded);
            }
            _ => {}
        }
    }
    if frames != 1 || scans == 0 {
        return Err(Fault::new("the image has no picture, or several"));
    }
    if has_jfif {
        put(&mut out, 0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0");
    }
    if let Some(orientation) = facts.orientation {
        put(&mut out, 0xe1, &[EXIF, &exif::tiff(orientation)].concat());
    }
    if let Some(profile) = icc::profile(facts.space) {
        put(&mut out, 0xe2, &[ICC, &[1, 1], &profile].concat());
    }
    out.extend_from_slice(&body);
    out.extend_from_slice(&[0xff, 0xd9]);
    Ok(out)
}

/// Writes a segment. Its content comes from one, or is short.
fn put(out: &mut Vec<u8>, marker: u8, content: &[u8]) {
    let length = u16::try_from(content.len() + 2).expect("a segment's content came from a segment");
    out.extend_from_slice(&[0xff, marker]);
    out.extend_from_slice(&length.to_be_bytes());
    out.extend_from_slice(content);
}

/// Reads orientation and colour space.
pub(super) fn facts(bytes: &[u8]) -> Result<Facts, Fault> {
    let mut facts = Facts::default();
    let mut profile: Vec<(u8, &[u8])> = Vec::new();
    let mut segments = Segments::new(bytes);
    while let Some(segment) = segments.next()? {
        match segment.marker {
            0xe1 if facts.orientation.is_none() => {
                facts.orientation = segment.content.strip_prefix(EXIF).and_then(exif::orientation);
            }
            0xe2 => {
                if let Some([number, _, part @ ..]) = segment.content.strip_prefix(ICC) {
                    profile.push((*number, part));
                }
            }
            0xda => break,
            _ => {}
        }
    }
    profile.sort_by_key(|(number, _)| *number);
    let profile: Vec<u8> = profile.into_iter().flat_map(|(_, part)| part).copied().collect();
    facts.space = icc::space(&profile);
    Ok(facts)
}

/// Returns width, height and orientation.
pub(super) fn measure(bytes: &[u8]) -> Result<(u32, u32, Option<u16>), Fault> {
    let mut segments = Segments::new(bytes);
    while let Some(segment) = segments.next()? {
        if is_frame(segment.marker) {
            let height = be16(segment.content, 1).ok_or(CUT_SHORT)?;
            let width = be16(segment.content, 3).ok_or(CUT_SHORT)?;
            return Ok((u32::from(width), u32::from(height), facts(bytes)?.orientation));
        }
    }
    Err(Fault::new("the image has no picture, or several"))
}

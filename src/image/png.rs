//! PNG (W3C, third edition) and its animations: pixels, palette and transparency are kept.
//!
//! Compressed data is read through, without keeping a pixel, to find where it ends: what editors leave behind that end is
//! the part of a screenshot that was cut away.

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use super::{CUT_SHORT, Facts, Fault, be32, exif, icc};

/// The first bytes of every PNG.
const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The most bytes in one chunk of pixels that is written.
const LARGEST_CHUNK: usize = 1 << 20;

/// The most bytes that a picture may come to, unpacked.
const LARGEST_PICTURE: u64 = 1 << 30;

/// Values of `gAMA` that are common, in 1/100000; others would tell screens apart.
const GAMMAS: [u32; 5] = [45_455, 100_000, 50_000, 55_556, 45_454];

/// A chunk: its name and content.
type Chunk<'a> = ([u8; 4], &'a [u8]);

/// Returns the chunks up to the last, whatever follows it.
fn chunks(bytes: &[u8]) -> Result<Vec<Chunk<'_>>, Fault> {
    let (mut chunks, mut at) = (Vec::new(), SIGNATURE.len());
    loop {
        let length = usize::try_from(be32(bytes, at).ok_or(CUT_SHORT)?).map_err(|_| CUT_SHORT)?;
        let named = bytes.get(at + 4..).and_then(|rest| rest.get(..length.checked_add(4)?)).ok_or(CUT_SHORT)?;
        let sum = be32(bytes, at + 8 + length).ok_or(CUT_SHORT)?;
        let (name, content) = named.split_first_chunk().ok_or(CUT_SHORT)?;
        // A chunk that is dropped may be as broken as it likes.
        if is_picture(*name) && crc32fast::hash(named) != sum {
            return Err(Fault::new("the image is broken: a checksum is wrong"));
        }
        chunks.push((*name, content));
        at += length + 12;
        if name == b"IEND" {
            return Ok(chunks);
        }
    }
}

/// Tells whether a chunk is needed to show the picture.
fn is_picture(name: [u8; 4]) -> bool {
    [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"acTL", b"fcTL", b"fdAT", b"sRGB", b"gAMA"].contains(&&name)
}

/// What is written of an image.
struct Writer {
    out: Vec<u8>,
    /// The number of the next chunk of an animation.
    sequence: u32,
    /// The most bytes that a picture can have, unpacked.
    most: u64,
}

impl Writer {
    /// Writes a chunk.
    fn put(&mut self, name: [u8; 4], content: &[u8]) {
        let length = u32::try_from(content.len()).expect("a chunk's content came from a chunk");
        self.out.extend_from_slice(&length.to_be_bytes());
        let start = self.out.len();
        self.out.extend_from_slice(&name);
        self.out.extend_from_slice(content);
        let sum = crc32fast::hash(&self.out[start..]);
        self.out.extend_from_slice(&sum.to_be_bytes());
    }

    /// Writes a chunk of an animation, behind its number.
    fn put_numbered(&mut self, name: [u8; 4], content: &[u8]) {
        let numbered = [&self.sequence.to_be_bytes(), content].concat();
        self.sequence += 1;
        self.put(name, &numbered);
    }

    /// Writes compressed data as far as it goes.
    fn put_data(&mut self, name: [u8; 4], data: &[u8]) -> Result<(), Fault> {
        let length = compressed_length(data, self.most)?;
        for part in data[..length].chunks(LARGEST_CHUNK) {
            if name == *b"fdAT" { self.put_numbered(name, part) } else { self.put(name, part) }
        }
        Ok(())
    }
}

/// Returns the image without its metadata.
pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let chunks = chunks(bytes)?;
    let Some((b"IHDR", header @ [_, _, _, _, _, _, _, _, _, _, _, _, _])) = chunks.first().map(|(n, c)| (n, *c)) else {
        return Err(Fault::new("the image has no header"));
    };
    let mut writer = Writer { out: SIGNATURE.to_vec(), sequence: 0, most: most_bytes(header) };
    writer.put(*b"IHDR", header);
    let facts = facts(&chunks);
    if let Some(profile) = icc::profile(facts.space) {
        writer.put(*b"iCCP", &[b"RGB\0\0", compress(&profile).as_slice()].concat());
    }
    if let Some(orientation) = facts.orientation {
        writer.put(*b"eXIf", &exif::tiff(orientation));
    }
    let mut data: Option<([u8; 4], Vec<u8>)> = None;
    let mut has_pixels = false;
    for (name, content) in &chunks[1..] {
        let part = match name {
            b"IDAT" => Some(*content),
            b"fdAT" => Some(content.get(4..).ok_or(CUT_SHORT)?),
            _ => None,
        };
        match (part, &mut data) {
            (Some(part), Some((open, collected))) if open == name => collected.extend_from_slice(part),
            (Some(part), _) => {
                finish(&mut writer, &mut data)?;
                data = Some((*name, part.to_vec()));
            }
            // Two frames are never one: a chunk in between ends the data, if it is kept.
            (None, _) if is_picture(*name) => finish(&mut writer, &mut data)?,
            (None, _) => {}
        }
        has_pixels |= name == b"IDAT";
        match (name, content) {
            (b"fcTL", content) => writer.put_numbered(*name, content.get(4..26).ok_or(CUT_SHORT)?),
            (b"gAMA", content) if !be32(content, 0).is_some_and(|gamma| GAMMAS.contains(&gamma)) => {}
            (b"gAMA" | b"sRGB", _) if facts.space != icc::Space::Srgb => {}
            (b"sRGB", content) => writer.put(*name, content.get(..1).ok_or(CUT_SHORT)?),
            (b"gAMA", content) => writer.put(*name, &content[..4]),
            (b"acTL", content) => writer.put(*name, content.get(..8).ok_or(CUT_SHORT)?),
            (b"PLTE", content) => writer.put(*name, &content[..content.len().min(3 * 256)]),
            (b"tRNS", content) => writer.put(*name, &content[..content.len().min(256)]),
            _ => {}
        }
    }
    if !has_pixels {
        return Err(Fault::new("the image has no picture"));
    }
    writer.put(*b"IEND", &[]);
    Ok(writer.out)
}

/// Writes the data that was collected.
fn finish(writer: &mut Writer, data: &mut Option<([u8; 4], Vec<u8>)>) -> Result<(), Fault> {
    data.take().map_or(Ok(()), |(name, data)| writer.put_data(name, &data))
}

/// Returns a bound for the bytes that the pixels of one frame come to: eight for each, and some at either end of a row.
fn most_bytes(header: &[u8]) -> u64 {
    let [width, height] = [0, 4].map(|at| u64::from(be32(header, at).unwrap_or(0)));
    (width * 8 + 16).saturating_mul(height * 2 + 16).min(LARGEST_PICTURE)
}

/// Returns how long compressed data is, up to its end. It may come to `most` bytes.
fn compressed_length(data: &[u8], most: u64) -> Result<usize, Fault> {
    const BROKEN: Fault = Fault::new("the image is broken: its pixels cannot be unpacked");
    let mut unpacker = Decompress::new(true);
    let mut pixels = vec![0; 64 << 10];
    loop {
        let read = usize::try_from(unpacker.total_in()).map_err(|_| CUT_SHORT)?;
        let written = unpacker.total_out();
        if written > most {
            return Err(BROKEN);
        }
        let status = unpacker.decompress(&data[read..], &mut pixels, FlushDecompress::None);
        match status {
            Ok(Status::StreamEnd) => return usize::try_from(unpacker.total_in()).map_err(|_| CUT_SHORT),
            Ok(_) if unpacker.total_in() as usize == read && unpacker.total_out() == written => return Err(CUT_SHORT),
            Ok(_) => {}
            Err(_) => return Err(BROKEN),
        }
    }
}

/// Packs a few bytes.
fn compress(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::with_capacity(bytes.len() + 64);
    let mut packer = Compress::new(Compression::best(), true);
    packer.compress_vec(bytes, &mut packed, FlushCompress::Finish).expect("packing into memory does not fail");
    packed
}

/// Reads orientation and colour space.
fn facts(chunks: &[Chunk<'_>]) -> Facts {
    let content = |name: &[u8; 4]| chunks.iter().find(|chunk| chunk.0 == *name).map(|chunk| chunk.1);
    let orientation = content(b"eXIf").and_then(exif::orientation);
    let profile = content(b"iCCP").and_then(|content| {
        let name = memchr::memchr(0, content)?;
        let mut profile = Vec::with_capacity(64 << 10);
        Decompress::new(true).decompress_vec(content.get(name + 2..)?, &mut profile, FlushDecompress::None).ok()?;
        Some(profile)
    });
    Facts { orientation, space: profile.map_or(icc::Space::Srgb, |profile| icc::space(&profile)) }
}

/// Tells whether the image is an animation.
pub(super) fn is_animated(bytes: &[u8]) -> bool {
    chunks(bytes).is_ok_and(|chunks| chunks.iter().any(|chunk| chunk.0 == *b"acTL"))
}

/// Reads the colour space.
pub(super) fn space(bytes: &[u8]) -> icc::Space {
    chunks(bytes).map_or(icc::Space::Srgb, |chunks| facts(&chunks).space)
}

/// Returns width, height and orientation.
pub(super) fn measure(bytes: &[u8]) -> Result<(u32, u32, Option<u16>), Fault> {
    let chunks = chunks(bytes)?;
    let header = chunks.first().filter(|chunk| chunk.0 == *b"IHDR").ok_or(CUT_SHORT)?.1;
    let part = |at| be32(header, at).ok_or(CUT_SHORT);
    Ok((part(0)?, part(4)?, facts(&chunks).orientation))
}

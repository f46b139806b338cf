//! GIF (version 89a): frames, their timing and how often they are repeated are kept; comments, plain texts and
//! applications' blocks are not.

use super::{CUT_SHORT, Fault, le16};

/// Reads an image from its beginning.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    /// Reads a number of bytes.
    fn take(&mut self, length: usize) -> Result<&'a [u8], Fault> {
        let taken = self.bytes.get(self.at..).and_then(|rest| rest.get(..length)).ok_or(CUT_SHORT)?;
        self.at += length;
        Ok(taken)
    }

    /// Reads sub-blocks up to the empty one, as they stand.
    fn blocks(&mut self) -> Result<&'a [u8], Fault> {
        let start = self.at;
        loop {
            let length = usize::from(self.take(1)?[0]);
            if length == 0 {
                return Ok(&self.bytes[start..self.at]);
            }
            self.take(length)?;
        }
    }

    /// Reads the table of colours that flags announce.
    fn table(&mut self, flags: u8) -> Result<&'a [u8], Fault> {
        if flags & 0x80 == 0 { Ok(&[]) } else { self.take(3 << ((flags & 7) + 1)) }
    }
}

/// Returns the image without its metadata.
pub(super) fn clean(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut reader = Reader { bytes, at: 0 };
    let mut out = Vec::with_capacity(bytes.len());
    let header = reader.take(13)?;
    out.extend_from_slice(header);
    out.extend_from_slice(reader.table(header[10])?);
    let (mut frames, mut repeats) = (0, false);
    // Some programs forget the last byte; browsers do not mind.
    while let Ok(introducer) = reader.take(1) {
        match introducer[0] {
            0x3b => break,
            0x2c => {
                let descriptor = reader.take(9)?;
                let table = reader.table(descriptor[8])?;
                let least = reader.take(1)?;
                let data = reader.blocks()?;
                for part in [&[0x2c], descriptor, table, least, data] {
                    out.extend_from_slice(part);
                }
                frames += 1;
            }
            0x21 => {
                let label = reader.take(1)?[0];
                let content = reader.blocks()?;
                match (label, content) {
                    (0xf9, [4, flags, low, high, transparent, 0]) => {
                        out.extend_from_slice(&[0x21, 0xf9, 4, *flags, *low, *high, *transparent, 0]);
                    }
                    (0xff, [11, name @ ..]) if !repeats => {
                        let known = name.strip_prefix(b"NETSCAPE2.0").or_else(|| name.strip_prefix(b"ANIMEXTS1.0"));
                        if let Some([3, 1, low, high, ..]) = known {
                            out.extend_from_slice(b"\x21\xff\x0bNETSCAPE2.0\x03\x01");
                            out.extend_from_slice(&[*low, *high, 0]);
                            repeats = true;
                        }
                    }
                    _ => {}
                }
            }
            // Padding between blocks.
            0x00 => {}
            _ => return Err(Fault::new("the image is broken: it holds an unknown block")),
        }
    }
    if frames == 0 {
        return Err(Fault::new("the image has no picture"));
    }
    out.push(0x3b);
    Ok(out)
}

/// Returns width and height.
pub(super) fn measure(bytes: &[u8]) -> Result<(u32, u32, Option<u16>), Fault> {
    let part = |at| le16(bytes, at).map(u32::from).ok_or(CUT_SHORT);
    Ok((part(6)?, part(8)?, None))
}

//! The one door to images: what they carry beside their pixels is taken off, and smaller widths of them are made.
//!
//! [`clean`] never decodes pixels: it takes the container apart and writes it again with what shows the picture and
//! nothing else. What is dropped: EXIF, XMP, IPTC, comments, text, times, thumbnails, further pictures, unknown chunks, and
//! every byte behind the end. What is written anew instead of kept, so that it says nothing of device or author:
//!
//! - the orientation, as an EXIF block that holds this one number, where it is not upright;
//! - the colour space, as a profile of our own, where it is Display P3 or Adobe RGB. Other profiles are dropped (that of
//!   a calibrated screen tells screens apart), and the picture is taken as sRGB.
//!
//! Animations stay animated. The same bytes always give the same bytes.

mod exif;
mod gif;
mod icc;
mod jpeg;
mod png;
mod resize;
mod webp;

use std::error::Error;
use std::fmt;

pub use resize::{is_resizable, resize};

/// The formats of images that are published without being listed as reviewed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Kind {
    /// JPEG.
    Jpeg,
    /// PNG, animated or not.
    Png,
    /// GIF, animated or not.
    Gif,
    /// WebP, animated or not.
    Webp,
}

/// Why an image is none, or cannot be used.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    what: &'static str,
}

/// Width and height in pixels, as the picture is shown: turned as it says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Dimensions {
    /// Pixels from left to right.
    pub width: u32,
    /// Pixels from top to bottom.
    pub height: u32,
}

impl Kind {
    /// Returns the kind that a file's extension names, in any letter case.
    pub fn of_extension(extension: &str) -> Option<Kind> {
        let kinds =
            [("jpg", Kind::Jpeg), ("jpeg", Kind::Jpeg), ("png", Kind::Png), ("gif", Kind::Gif), ("webp", Kind::Webp)];
        kinds.into_iter().find(|(name, _)| name.eq_ignore_ascii_case(extension)).map(|(_, kind)| kind)
    }

    /// Returns the kind that bytes are by their beginning.
    pub fn of_bytes(bytes: &[u8]) -> Option<Kind> {
        match bytes {
            [0xff, 0xd8, 0xff, ..] => Some(Kind::Jpeg),
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Kind::Png),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Kind::Gif),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::Webp),
            _ => None,
        }
    }
}

impl Fault {
    const fn new(what: &'static str) -> Fault {
        Fault { what }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.what)
    }
}

impl Error for Fault {}

/// The fault of an image that ends too early.
const CUT_SHORT: Fault = Fault::new("the image is cut short");

/// The fault of an image of another format than its name says.
const MISNAMED: Fault = Fault::new("the file is not of the format that its name says");

impl Fault {
    /// Tells whether the file is merely named wrongly.
    pub fn is_of_name(&self) -> bool {
        *self == MISNAMED
    }
}

/// What a container was found to be, beside its pixels.
#[derive(Clone, Copy, Default, Debug)]
struct Facts {
    /// EXIF's number for how the picture must be turned; 1 is upright.
    orientation: Option<u16>,
    space: icc::Space,
}

/// Returns the image without its metadata.
///
/// # Errors
/// Fails where the bytes are not of this kind, or broken so that pixels and metadata cannot be told apart.
pub fn clean(kind: Kind, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    if Kind::of_bytes(bytes) != Some(kind) {
        return Err(MISNAMED);
    }
    match kind {
        Kind::Jpeg => jpeg::clean(bytes),
        Kind::Png => png::clean(bytes),
        Kind::Gif => gif::clean(bytes),
        Kind::Webp => webp::clean(bytes),
    }
}

/// Returns width and height without decoding any pixel.
///
/// # Errors
/// Fails where the bytes are no image of a known kind, or one without pixels.
pub fn dimensions(bytes: &[u8]) -> Result<Dimensions, Fault> {
    let (width, height, orientation) = match Kind::of_bytes(bytes) {
        Some(Kind::Jpeg) => jpeg::measure(bytes)?,
        Some(Kind::Png) => png::measure(bytes)?,
        Some(Kind::Gif) => gif::measure(bytes)?,
        Some(Kind::Webp) => webp::measure(bytes)?,
        None => return Err(Fault::new("the file is no image of a known format")),
    };
    if width == 0 || height == 0 {
        return Err(Fault::new("the image has no pixels"));
    }
    let is_turned = orientation.is_some_and(|orientation| orientation >= 5);
    let (width, height) = if is_turned { (height, width) } else { (width, height) };
    Ok(Dimensions { width, height })
}

/// Reads a number of two bytes, the higher first.
fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_be_bytes(*two))
}

/// Reads a number of four bytes, the highest first.
fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_be_bytes(*four))
}

/// Reads a number of two bytes, the lower first.
fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|two| u16::from_le_bytes(*two))
}

/// Reads a number of four bytes, the lowest first.
fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}

#[cfg(test)]
mod tests;

//! Makes smaller widths of pictures. Only here pixels are decoded, and only of pictures that fit in memory.

use std::io::Cursor;

use image::codecs::jpeg::{JpegDecoder, JpegEncoder};
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngDecoder, PngEncoder};
use image::imageops::FilterType;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, Limits};

use super::{Fault, Kind, clean, dimensions, icc, jpeg, png};

/// The most pixels that a picture may have to be decoded.
const MOST_PIXELS: u64 = 50_000_000;

/// The most bytes that decoding may use.
const MOST_BYTES: u64 = 512 << 20;

/// The quality of JPEG that is written, of 100.
const QUALITY: u8 = 82;

/// The fault of pixels that cannot be decoded.
const UNDECODABLE: Fault = Fault::new("the image is broken: its pixels cannot be decoded");

/// Tells whether smaller widths can be made of an image: a JPEG, or a PNG that is no animation, of at most 50 million
/// pixels. WebP is left as it is, for it could only be written larger; so is GIF.
pub fn is_resizable(bytes: &[u8]) -> bool {
    let fits =
        |bytes| dimensions(bytes).is_ok_and(|size| u64::from(size.width) * u64::from(size.height) <= MOST_PIXELS);
    match Kind::of_bytes(bytes) {
        Some(Kind::Jpeg) => fits(bytes),
        Some(Kind::Png) => fits(bytes) && !png::is_animated(bytes),
        _ => false,
    }
}

/// Makes a smaller image of the same format, `width` pixels wide and upright, without metadata.
///
/// # Errors
/// Fails where the image is not resizable, is not wider than `width`, or is broken.
pub fn resize(bytes: &[u8], width: u32) -> Result<Vec<u8>, Fault> {
    if !is_resizable(bytes) {
        return Err(Fault::new("no smaller width can be made of the image"));
    }
    let size = dimensions(bytes)?;
    if width == 0 || width >= size.width {
        return Err(Fault::new("the image is not wider than the width that is wanted"));
    }
    let scaled = (u64::from(size.height) * u64::from(width) + u64::from(size.width) / 2) / u64::from(size.width);
    let height = u32::try_from(scaled).map_err(|_| UNDECODABLE)?.max(1);
    let kind = Kind::of_bytes(bytes).ok_or(UNDECODABLE)?;
    let (orientation, space) = match kind {
        Kind::Jpeg => jpeg::facts(bytes).map(|facts| (facts.orientation, facts.space))?,
        _ => (png::measure(bytes)?.2, png::space(bytes)),
    };
    let mut picture = decode(kind, bytes).ok_or(UNDECODABLE)?;
    let turn = orientation.and_then(|value| Orientation::from_exif(u8::try_from(value).ok()?));
    picture.apply_orientation(turn.unwrap_or(Orientation::NoTransforms));
    // Of polynomials only: the last bits of a sine differ between machines.
    let smaller = picture.resize_exact(width, height, FilterType::CatmullRom);
    clean(kind, &encode(kind, &smaller, icc::profile(space)).ok_or(UNDECODABLE)?)
}

/// Decodes the pixels, eight bits each.
fn decode(kind: Kind, bytes: &[u8]) -> Option<DynamicImage> {
    fn pixels(mut decoder: impl ImageDecoder) -> Option<DynamicImage> {
        let mut limits = Limits::default();
        limits.max_alloc = Some(MOST_BYTES);
        decoder.set_limits(limits).ok()?;
        DynamicImage::from_decoder(decoder).ok()
    }
    let picture = match kind {
        Kind::Jpeg => pixels(JpegDecoder::new(Cursor::new(bytes)).ok()?),
        _ => pixels(PngDecoder::new(Cursor::new(bytes)).ok()?),
    }?;
    let color = picture.color();
    Some(match (color.has_color(), color.has_alpha() && kind == Kind::Png) {
        (true, true) => DynamicImage::ImageRgba8(picture.into_rgba8()),
        (true, false) => DynamicImage::ImageRgb8(picture.into_rgb8()),
        (false, true) => DynamicImage::ImageLumaA8(picture.into_luma_alpha8()),
        (false, false) => DynamicImage::ImageLuma8(picture.into_luma8()),
    })
}

/// Encodes the pixels with a colour profile.
fn encode(kind: Kind, picture: &DynamicImage, profile: Option<Vec<u8>>) -> Option<Vec<u8>> {
    fn write(mut encoder: impl ImageEncoder, picture: &DynamicImage, profile: Option<Vec<u8>>) -> Option<()> {
        if let Some(profile) = profile {
            encoder.set_icc_profile(profile).ok()?;
        }
        picture.write_with_encoder(encoder).ok()
    }
    let mut out = Vec::new();
    match kind {
        Kind::Jpeg => write(JpegEncoder::new_with_quality(&mut out, QUALITY), picture, profile)?,
        _ => write(
            PngEncoder::new_with_quality(&mut out, CompressionType::Default, PngFilter::Adaptive),
            picture,
            profile,
        )?,
    }
    Some(out)
}

//! Small files of every format that a site may publish, with something in them that must not get out.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

/// The extensions of what [`picture`] makes.
pub(super) const FORMATS: [&str; 4] = ["png", "jpg", "webp", "gif"];

/// Makes an image whose pixels and size depend on `number`; `hidden` stands in its metadata, where the format has such.
pub(crate) fn picture(extension: &str, number: u64, hidden: &str) -> Vec<u8> {
    let width = if number.is_multiple_of(7) { 1000 } else { 2 + u32::try_from(number % 5).expect("small") };
    let shade = |by: u64| u8::try_from(number / by % 200).expect("below 200");
    let mut image = RgbImage::from_pixel(width, 3, Rgb([shade(1), shade(200), shade(40_000)]));
    image.put_pixel(1, 1, Rgb([255, 0, 0]));
    let encode = |format| {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::ImageRgb8(image.clone()).write_to(&mut bytes, format).expect("memory holds an image");
        bytes.into_inner()
    };
    match extension {
        "png" => with_text(encode(ImageFormat::Png), hidden),
        "jpg" => with_comment(&encode(ImageFormat::Jpeg), hidden),
        "webp" => encode(ImageFormat::WebP),
        _ => gif(hidden),
    }
}

/// Puts a text chunk behind the header of a PNG.
pub(crate) fn with_text(mut png: Vec<u8>, hidden: &str) -> Vec<u8> {
    let mut chunk = b"tEXtComment\0".to_vec();
    chunk.extend(hidden.as_bytes());
    let length = u32::try_from(chunk.len() - 4).expect("a short text");
    let sum = crc32fast::hash(&chunk);
    let whole = [&length.to_be_bytes()[..], &chunk, &sum.to_be_bytes()].concat();
    // The signature has 8 bytes, the header 25.
    png.splice(33..33, whole);
    png
}

/// Puts a comment behind the first marker of a JPEG.
pub(crate) fn with_comment(jpeg: &[u8], hidden: &str) -> Vec<u8> {
    segment(jpeg, 0xFE, hidden.as_bytes())
}

/// Puts a segment behind the first marker of a JPEG.
pub(crate) fn segment(jpeg: &[u8], marker: u8, payload: &[u8]) -> Vec<u8> {
    let length = u16::try_from(payload.len() + 2).expect("a short payload");
    [&jpeg[..2], &[0xFF, marker], &length.to_be_bytes(), payload, &jpeg[2..]].concat()
}

/// Makes a GIF of one pixel with a comment.
fn gif(hidden: &str) -> Vec<u8> {
    let mut bytes = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    if let Ok(length) = u8::try_from(hidden.len()) {
        bytes.extend([&[0x21, 0xFE, length][..], hidden.as_bytes(), &[0]].concat());
    }
    bytes.extend(b",\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;");
    bytes
}

//! Images with metadata planted wherever their formats have room for it.

use std::io::{Cursor, Write};

use image::{DynamicImage, ImageFormat, RgbaImage};

use super::{Dimensions, Kind, clean, dimensions, exif, icc, is_resizable, resize};

/// What must not get out.
const SECRET: &[u8] = b"SECRET";

/// A picture in which no two corners are alike.
fn picture(width: u32, height: u32) -> DynamicImage {
    let pixel = |x: u32, y: u32| image::Rgba([(x * 255 / width) as u8, (y * 255 / height) as u8, 90, 255]);
    DynamicImage::ImageRgba8(RgbaImage::from_fn(width, height, pixel))
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = if format == ImageFormat::Jpeg { picture.to_rgb8().into() } else { picture.clone() };
    picture.write_to(&mut bytes, format).expect("encoded");
    bytes.into_inner()
}

fn pixels(bytes: &[u8]) -> Vec<u8> {
    image::load_from_memory(bytes).expect("decoded").to_rgba8().into_raw()
}

fn holds(bytes: &[u8], text: &[u8]) -> bool {
    bytes.windows(text.len()).any(|window| window == text)
}

/// Holds that cleaning drops the secret and nothing that shows, and that nothing is left to clean then.
fn check(kind: Kind, planted: &[u8]) -> Vec<u8> {
    assert!(holds(planted, SECRET), "the test plants a secret");
    let cleaned = clean(kind, planted).expect("a sound image");
    assert!(!holds(&cleaned, SECRET) && !holds(&cleaned, b"SEC"), "{kind:?}");
    assert_eq!(clean(kind, &cleaned).as_ref(), Ok(&cleaned), "{kind:?} is clean the second time");
    assert_eq!(dimensions(&cleaned), dimensions(planted));
    cleaned
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    [&[0xff, marker][..], &((content.len() + 2) as u16).to_be_bytes(), content].concat()
}

/// EXIF with an orientation and a text, in either order of bytes.
fn tiff(orientation: u16) -> Vec<u8> {
    let mut tiff = b"II\x2a\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend_from_slice(b"\x0e\x01\x02\0\x06\0\0\0\x26\0\0\0");
    tiff.extend_from_slice(b"\x12\x01\x03\0\x01\0\0\0");
    tiff.extend_from_slice(&orientation.to_le_bytes());
    tiff.extend_from_slice(b"\0\0\0\0\0\0SECRET");
    tiff
}

fn planted_jpeg(orientation: u16) -> Vec<u8> {
    let plain = encoded(&picture(40, 20), ImageFormat::Jpeg);
    let mut planted = plain[..2].to_vec();
    planted.extend(segment(0xe0, b"JFIF\0\x01\x02\x01\0\x48\0\x48\x02\x01SECRET"));
    planted.extend(segment(0xe0, b"JFXX\0\x10SECRET"));
    planted.extend(segment(0xe1, &[b"Exif\0\0", &tiff(orientation)[..]].concat()));
    planted.extend(segment(0xe1, b"http://ns.adobe.com/xap/1.0/\0<x>SECRET</x>"));
    planted.extend(segment(0xe2, b"ICC_PROFILE\0\x01\x01SECRET"));
    planted.extend(segment(0xe2, b"MPF\0SECRET"));
    planted.extend(segment(0xed, b"Photoshop 3.0\08BIM\x04\x04SECRET"));
    planted.extend(segment(0xfe, SECRET));
    planted.extend(segment(0xf0, SECRET));
    let mut rest = &plain[2..];
    while rest[1] != 0xdb && rest[1] != 0xc0 {
        rest = &rest[2 + usize::from(u16::from_be_bytes([rest[2], rest[3]]))..];
    }
    planted.extend_from_slice(rest);
    planted.extend_from_slice(b"SECRET trailing \xff\xd8\xff\xd9");
    planted
}

fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let named = [name, content].concat();
    [&(content.len() as u32).to_be_bytes()[..], &named, &crc32fast::hash(&named).to_be_bytes()].concat()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("packed")
}

/// The names of a PNG's chunks.
fn names(png: &[u8]) -> String {
    let (mut at, mut names) = (8, Vec::new());
    while at < png.len() {
        let length = u32::from_be_bytes(png[at..at + 4].try_into().expect("four")) as usize;
        names.push(String::from_utf8_lossy(&png[at + 4..at + 8]).into_owned());
        at += length + 12;
    }
    names.join(" ")
}

fn planted_png() -> Vec<u8> {
    let plain = encoded(&picture(40, 20), ImageFormat::Png);
    let (head, data) = plain.split_at(33);
    let mut planted = head.to_vec();
    for (name, content) in [
        (b"tEXt", b"Author\0SECRET".to_vec()),
        (b"zTXt", [b"Author\0\0".to_vec(), zlib(SECRET)].concat()),
        (b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0SECRET".to_vec()),
        (b"eXIf", tiff(6)),
        (b"tIME", b"\x07\xe8\x01\x01\0\0\0".to_vec()),
        (b"iCCP", [b"SECRET\0\0".to_vec(), zlib(&icc::profile(icc::Space::DisplayP3).expect("one"))].concat()),
        (b"gAMA", 45_455_u32.to_be_bytes().to_vec()),
        (b"pHYs", vec![0; 9]),
        (b"prVt", SECRET.to_vec()),
    ] {
        planted.extend(chunk(name, &content));
    }
    // What was cut off a screenshot stands behind the end of the compressed data, and behind that of the image.
    let length = u32::from_be_bytes(data[..4].try_into().expect("four")) as usize;
    planted.extend(chunk(b"IDAT", &[&data[8..8 + length], SECRET].concat()));
    planted.extend(chunk(b"tEXt", b"Comment\0SECRET"));
    planted.extend(chunk(b"IEND", &[]));
    planted.extend(chunk(b"IDAT", SECRET));
    planted
}

#[test]
fn a_jpeg_keeps_its_pixels_and_orientation_only() {
    let planted = planted_jpeg(6);
    let cleaned = check(Kind::Jpeg, &planted);
    assert_eq!(pixels(&cleaned), pixels(&planted));
    assert!(holds(&cleaned, &exif::tiff(6)));
    assert_eq!(dimensions(&cleaned), Ok(Dimensions { width: 20, height: 40 }));
    let upright = check(Kind::Jpeg, &planted_jpeg(1));
    assert!(!holds(&upright, b"Exif"));
    assert_eq!(dimensions(&upright), Ok(Dimensions { width: 40, height: 20 }));
    assert!(cleaned.ends_with(&[0xff, 0xd9]));
}

#[test]
fn a_jpeg_in_another_colour_space_gets_a_profile_of_ours() {
    let mut theirs = icc::profile(icc::Space::DisplayP3).expect("one");
    theirs.extend_from_slice(SECRET);
    let plain = encoded(&picture(8, 8), ImageFormat::Jpeg);
    let (one, other) = theirs.split_at(100);
    let second = segment(0xe2, &[b"ICC_PROFILE\0\x02\x02", other].concat());
    let first = segment(0xe2, &[b"ICC_PROFILE\0\x01\x02", one].concat());
    let cleaned = check(Kind::Jpeg, &[&plain[..2], &second, &first, &plain[2..]].concat());
    assert!(holds(&cleaned, &icc::profile(icc::Space::DisplayP3).expect("one")));
}

#[test]
fn a_png_keeps_its_pixels_and_orientation_only() {
    let planted = planted_png();
    let cleaned = check(Kind::Png, &planted);
    assert_eq!(names(&cleaned), "IHDR iCCP eXIf IDAT IEND");
    assert_eq!(pixels(&cleaned), pixels(&encoded(&picture(40, 20), ImageFormat::Png)));
}

#[test]
fn an_animated_png_stays_animated() {
    let plain = encoded(&picture(40, 20), ImageFormat::Png);
    let (head, data) = plain.split_at(33);
    let length = u32::from_be_bytes(data[..4].try_into().expect("four")) as usize;
    let (pixels_data, control) =
        (&data[8..8 + length], [&40_u32.to_be_bytes()[..], &20_u32.to_be_bytes(), &[0; 14]].concat());
    let numbered = |number: u32, content: &[u8]| [&number.to_be_bytes()[..], content].concat();
    let planted = [
        head.to_vec(),
        chunk(b"acTL", &[0, 0, 0, 2, 0, 0, 0, 0]),
        chunk(b"fcTL", &numbered(0, &control)),
        chunk(b"IDAT", pixels_data),
        chunk(b"fcTL", &numbered(1, &control)),
        chunk(b"fdAT", &numbered(2, &pixels_data[..50])),
        chunk(b"tEXt", b"a\0SECRET"),
        chunk(b"fdAT", &numbered(3, &[&pixels_data[50..], SECRET].concat())),
        chunk(b"IEND", &[]),
    ]
    .concat();
    let cleaned = check(Kind::Png, &planted);
    assert_eq!(names(&cleaned), "IHDR acTL fcTL IDAT fcTL fdAT IEND");
    assert!(holds(&cleaned, &chunk(b"fdAT", &numbered(2, pixels_data))));
    assert!(!is_resizable(&cleaned));
}

#[test]
fn a_gif_keeps_frames_and_repetition_only() {
    let frame = b"\x21\xf9\x04\0\x0a\0\0\0\x2c\0\0\0\0\x02\0\x01\0\0\x02\x02\x44\x0a\0";
    let head = b"GIF89a\x02\0\x01\0\x80\0\0\0\0\0\xff\xff\xff";
    let planted = [
        &head[..],
        b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x05\0\0",
        b"\x21\xfe\x06SECRET\0",
        frame,
        b"\x21\xff\x0bXMP DataXMP\x06SECRET\0",
        b"\x21\x01\x0c\0\0\0\0\0\0\0\0\0\0\0\0\x06SECRET\0",
        frame,
        b";SECRET",
    ]
    .concat();
    let cleaned = check(Kind::Gif, &planted);
    assert_eq!(cleaned, [&head[..], b"\x21\xff\x0bNETSCAPE2.0\x03\x01\x05\0\0", frame, frame, b";"].concat());
    assert_eq!(dimensions(&cleaned), Ok(Dimensions { width: 2, height: 1 }));
}

fn riff(chunks: &[(&[u8; 4], &[u8])]) -> Vec<u8> {
    let mut body = b"WEBP".to_vec();
    for (name, content) in chunks {
        body.extend_from_slice(*name);
        body.extend_from_slice(&(content.len() as u32).to_le_bytes());
        body.extend_from_slice(content);
        body.resize(body.len().next_multiple_of(2), 0);
    }
    [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat()
}

#[test]
fn a_webp_keeps_its_pixels_and_orientation_only() {
    let plain = encoded(&picture(40, 20), ImageFormat::WebP);
    let length = u32::from_le_bytes(plain[16..20].try_into().expect("four")) as usize;
    let picture = &plain[20..20 + length];
    let header = b"\x2c\xff\xff\xff\x27\0\0\x13\0\0";
    let exif = tiff(3);
    let chunks: [(&[u8; 4], &[u8]); 6] = [
        (b"VP8X", header),
        (b"ICCP", SECRET),
        (b"VP8L", picture),
        (b"EXIF", &exif),
        (b"XMP ", SECRET),
        (b"ABCD", SECRET),
    ];
    let planted = [riff(&chunks), SECRET.to_vec()].concat();
    let cleaned = check(Kind::Webp, &planted);
    assert_eq!(
        cleaned,
        riff(&[(b"VP8X", b"\x08\0\0\0\x27\0\0\x13\0\0"), (b"VP8L", picture), (b"EXIF", &exif::tiff(3))])
    );
    assert_eq!(pixels(&cleaned), pixels(&plain));
    assert_eq!(clean(Kind::Webp, &plain).as_ref(), Ok(&plain));
    let frame =
        [&[0; 6][..], &[39, 0, 0, 19, 0, 0, 100, 0, 0, 0xf1], &riff(&[(b"VP8L", picture), (b"SECR", SECRET)])[12..]]
            .concat();
    let animated =
        riff(&[(b"VP8X", b"\x02\0\0\0\x27\0\0\x13\0\0"), (b"ANIM", &[0; 6]), (b"ANMF", &frame), (b"ANMF", &frame)]);
    let cleaned = check(Kind::Webp, &animated);
    assert_eq!(cleaned.windows(4).filter(|name| name == b"ANMF").count(), 2);
}

#[test]
fn what_is_not_of_its_format_is_refused() {
    let png = encoded(&picture(4, 4), ImageFormat::Png);
    assert!(clean(Kind::Jpeg, &png).is_err());
    assert!(clean(Kind::Png, b"<html>").is_err());
    assert!(dimensions(b"GIF89a\0\0\0\0").is_err());
    let mut broken = png.clone();
    broken[45] ^= 1;
    assert!(clean(Kind::Png, &broken).is_err());
    let mut unpackable = png[..33].to_vec();
    unpackable.extend(chunk(b"IDAT", b"no zlib"));
    unpackable.extend(chunk(b"IEND", b""));
    assert!(clean(Kind::Png, &unpackable).is_err());
}

#[test]
fn cut_or_flipped_bytes_never_panic() {
    let gif = b"GIF89a\x02\0\x01\0\x80\0\0\0\0\0\xff\xff\xff\x2c\0\0\0\0\x02\0\x01\0\0\x02\x02\x44\x0a\0;".to_vec();
    let webp = encoded(&picture(8, 8), ImageFormat::WebP);
    for (kind, bytes) in
        [(Kind::Jpeg, planted_jpeg(6)), (Kind::Png, planted_png()), (Kind::Gif, gif), (Kind::Webp, webp)]
    {
        for at in 0..bytes.len().min(1500) {
            let _ = (clean(kind, &bytes[..at]), dimensions(&bytes[..at]));
            let mut flipped = bytes.clone();
            flipped[at] ^= 0xff;
            let _ = (clean(kind, &flipped), dimensions(&flipped));
        }
    }
}

#[test]
fn an_image_that_unpacks_to_more_than_it_says_is_refused() {
    let plain = encoded(&picture(4, 4), ImageFormat::Png);
    let mut bomb = plain[..33].to_vec();
    bomb.extend(chunk(b"IDAT", &zlib(&vec![0; 1 << 20])));
    bomb.extend(chunk(b"IEND", b""));
    assert!(clean(Kind::Png, &bomb).is_err());
}

#[test]
fn smaller_widths_are_upright_and_clean() {
    let smaller = resize(&planted_jpeg(6), 10).expect("resized");
    assert_eq!(dimensions(&smaller), Ok(Dimensions { width: 10, height: 20 }));
    assert!(!holds(&smaller, b"Exif") && !holds(&smaller, SECRET));
    // Turned by a quarter, what was at the left is at the top.
    let shown = image::load_from_memory(&smaller).expect("decoded").to_rgb8();
    assert!(shown.get_pixel(5, 1)[0] < 60 && shown.get_pixel(5, 18)[0] > 180);
    let smaller = resize(&planted_png(), 10).expect("resized");
    assert_eq!(dimensions(&smaller), Ok(Dimensions { width: 10, height: 20 }));
    assert_eq!(clean(Kind::Png, &smaller).map(|cleaned| names(&cleaned)).as_deref(), Ok("IHDR iCCP IDAT IEND"));
    assert_eq!(resize(&planted_png(), 10), Ok(smaller));
}

#[test]
fn widths_that_are_no_smaller_are_refused() {
    let png = encoded(&picture(40, 20), ImageFormat::Png);
    assert!(resize(&png, 40).is_err() && resize(&png, 0).is_err() && resize(&png, 39).is_ok());
    assert!(!is_resizable(&encoded(&picture(40, 20), ImageFormat::WebP)));
    let mut huge = png;
    huge[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
    huge[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
    let sum = crc32fast::hash(&huge[12..29]);
    huge[29..33].copy_from_slice(&sum.to_be_bytes());
    assert!(!is_resizable(&huge) && resize(&huge, 10).is_err());
}

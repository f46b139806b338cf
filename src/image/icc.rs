//! Colour profiles: a picture's own is read only to know its colour space, and one of our own is written for it.
//!
//! A profile carries texts, names of devices and times, and that of a calibrated screen is as good as a serial number. The
//! few spaces that cameras and telephones really use are known by the colours of their primaries (ICC.1:2022).

use super::be32;

/// A colour space that pictures come in.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum Space {
    /// sRGB, or one that is not known: no profile is written.
    #[default]
    Srgb,
    /// Display P3.
    DisplayP3,
    /// Adobe RGB (1998).
    AdobeRgb,
}

/// A colour in XYZ under the light D50, in 1/65536.
type Xyz = [i32; 3];

/// The primaries of Display P3: red, green, blue.
const DISPLAY_P3: [Xyz; 3] = [[33759, 15808, -69], [19129, 45364, 2746], [10305, 4364, 51387]];

/// The primaries of Adobe RGB (1998).
const ADOBE_RGB: [Xyz; 3] = [[39956, 20389, 1276], [13453, 41005, 3991], [9778, 4142, 48797]];

/// The light that profiles are relative to.
const D50: Xyz = [63190, 65536, 54061];

/// How far a primary may be off, in 1/65536.
const TOLERANCE: u32 = 200;

/// The curve of sRGB, which Display P3 shares: exponent, then a, b, c, d of a parametric curve of type 3.
const SRGB_CURVE: [i32; 5] = [157_286, 62_119, 3_417, 5_072, 2_651];

/// The exponent of Adobe RGB.
const ADOBE_CURVE: [i32; 1] = [144_128];

/// Recognises the colour space of a profile.
pub(super) fn space(profile: &[u8]) -> Space {
    let primaries = [b"rXYZ", b"gXYZ", b"bXYZ"].map(|name| colour(profile, name));
    let [Some(red), Some(green), Some(blue)] = primaries else { return Space::Srgb };
    let near = |known: &[Xyz; 3]| {
        let pairs = known.iter().flatten().zip([red, green, blue].into_iter().flatten());
        pairs.into_iter().all(|(one, other)| one.abs_diff(other) <= TOLERANCE)
    };
    if near(&DISPLAY_P3) {
        Space::DisplayP3
    } else if near(&ADOBE_RGB) {
        Space::AdobeRgb
    } else {
        Space::Srgb
    }
}

/// Reads a tag that holds one colour.
fn colour(profile: &[u8], name: &[u8; 4]) -> Option<Xyz> {
    let count = be32(profile, 128)?.min(100);
    let entry = (0..count as usize).map(|n| 132 + n * 12).find(|at| profile.get(*at..*at + 4) == Some(name))?;
    let at = usize::try_from(be32(profile, entry + 4)?).ok()?;
    if profile.get(at..at.checked_add(4)?)? != b"XYZ " {
        return None;
    }
    let part = |n: usize| be32(profile, at + 8 + n * 4).map(u32::cast_signed);
    Some([part(0)?, part(1)?, part(2)?])
}

/// Writes a profile for a colour space; sRGB needs none.
pub(super) fn profile(space: Space) -> Option<Vec<u8>> {
    match space {
        Space::Srgb => None,
        Space::DisplayP3 => Some(write(&DISPLAY_P3, &SRGB_CURVE, 3)),
        Space::AdobeRgb => Some(write(&ADOBE_RGB, &ADOBE_CURVE, 0)),
    }
}

/// Writes a profile of three primaries and one curve.
fn write(primaries: &[Xyz; 3], curve: &[i32], curve_type: u16) -> Vec<u8> {
    let text = |text: &str| {
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let mut tag = b"mluc\0\0\0\0\0\0\0\x01\0\0\0\x0cenUS".to_vec();
        tag.extend_from_slice(&(utf16.len() as u32).to_be_bytes());
        tag.extend_from_slice(&28_u32.to_be_bytes());
        tag.extend_from_slice(&utf16);
        tag
    };
    let colour = |colour: &Xyz| {
        let parts = colour.iter().flat_map(|part| part.to_be_bytes());
        b"XYZ \0\0\0\0".iter().copied().chain(parts).collect::<Vec<u8>>()
    };
    let curve = {
        let mut tag = b"para\0\0\0\0".to_vec();
        tag.extend_from_slice(&curve_type.to_be_bytes());
        tag.extend_from_slice(&[0; 2]);
        tag.extend(curve.iter().flat_map(|part| part.to_be_bytes()));
        tag
    };
    let [red, green, blue] = primaries.each_ref().map(colour);
    let tags: [(&[u8; 4], Vec<u8>); 9] = [
        (b"desc", text("RGB")),
        (b"cprt", text("CC0")),
        (b"wtpt", colour(&D50)),
        (b"rXYZ", red),
        (b"gXYZ", green),
        (b"bXYZ", blue),
        (b"rTRC", curve.clone()),
        (b"gTRC", curve.clone()),
        (b"bTRC", curve),
    ];
    let (mut table, mut data) = ((tags.len() as u32).to_be_bytes().to_vec(), Vec::new());
    let start = 128 + 4 + tags.len() * 12;
    for (name, tag) in &tags {
        table.extend_from_slice(*name);
        table.extend_from_slice(&((start + data.len()) as u32).to_be_bytes());
        table.extend_from_slice(&(tag.len() as u32).to_be_bytes());
        data.extend_from_slice(tag);
        data.resize(data.len().next_multiple_of(4), 0);
    }
    let mut profile = vec![0; 128];
    profile[..4].copy_from_slice(&((start + data.len()) as u32).to_be_bytes());
    profile[8..12].copy_from_slice(&[4, 0x30, 0, 0]);
    profile[12..24].copy_from_slice(b"mntrRGB XYZ ");
    // A date must be there; this is no time at which anything was made.
    profile[24..36].copy_from_slice(&[0x07, 0xd0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0]);
    profile[36..40].copy_from_slice(b"acsp");
    for (at, part) in D50.iter().enumerate() {
        profile[68 + at * 4..72 + at * 4].copy_from_slice(&part.to_be_bytes());
    }
    profile.extend(table);
    profile.extend(data);
    profile
}

#[cfg(test)]
mod tests {
    use super::{Space, profile, space};

    #[test]
    fn profiles_that_are_written_are_recognised() {
        for known in [Space::DisplayP3, Space::AdobeRgb] {
            let profile = profile(known).expect("it has one");
            assert_eq!(space(&profile), known);
            assert_eq!(profile.len() % 4, 0);
            assert_eq!(profile[..4], (profile.len() as u32).to_be_bytes());
        }
    }

    #[test]
    fn what_is_no_profile_or_an_unknown_one_is_taken_as_srgb() {
        let mut other = profile(Space::DisplayP3).expect("it has one");
        let at = other.windows(4).rposition(|four| four == b"XYZ ").expect("a colour");
        other[at + 9] ^= 0x10;
        assert_eq!(space(&other), Space::Srgb);
        for length in 0..other.len() {
            let _ = space(&other[..length]);
        }
        assert_eq!(space(&[0xff; 400]), Space::Srgb);
    }
}

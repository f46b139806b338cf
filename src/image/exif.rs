//! The one number of EXIF that is needed to show a picture: its orientation (TIFF 6.0, tag 274).

use super::{be16, be32, le16, le32};

/// The tag of the orientation.
const ORIENTATION: u16 = 274;

/// The type of a number of two bytes.
const SHORT: u16 = 3;

/// Reads the orientation from a TIFF structure; `None` where there is none, or it is upright.
pub(super) fn orientation(tiff: &[u8]) -> Option<u16> {
    type Reads = (fn(&[u8], usize) -> Option<u16>, fn(&[u8], usize) -> Option<u32>);
    let (two, four): Reads = match tiff.get(..4)? {
        [b'I', b'I', 42, 0] => (le16, le32),
        [b'M', b'M', 0, 42] => (be16, be32),
        _ => return None,
    };
    let start = usize::try_from(four(tiff, 4)?).ok()?;
    let entries = usize::from(two(tiff, start)?);
    for entry in 0..entries {
        let at = start.checked_add(2 + entry * 12)?;
        if two(tiff, at)? == ORIENTATION {
            let is_number = two(tiff, at + 2)? == SHORT && four(tiff, at + 4)? == 1;
            return two(tiff, at + 8).filter(|value| is_number && (2..=8).contains(value));
        }
    }
    None
}

/// Writes a TIFF structure that says the orientation and nothing else.
pub(super) fn tiff(orientation: u16) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    tiff.extend_from_slice(&ORIENTATION.to_be_bytes());
    tiff.extend_from_slice(&SHORT.to_be_bytes());
    tiff.extend_from_slice(&1_u32.to_be_bytes());
    tiff.extend_from_slice(&orientation.to_be_bytes());
    tiff.extend_from_slice(&[0; 6]);
    tiff
}

#[cfg(test)]
mod tests {
    use super::{orientation, tiff};

    #[test]
    fn the_orientation_that_is_written_is_read() {
        for value in 2..=8 {
            assert_eq!(orientation(&tiff(value)), Some(value));
        }
        assert_eq!(orientation(&tiff(1)), None);
        assert_eq!(orientation(&tiff(9)), None);
    }

    #[test]
    fn broken_structures_have_no_orientation() {
        let sound = tiff(6);
        for length in 0..20 {
            assert_eq!(orientation(&sound[..length]), None);
        }
        let mut astray = sound;
        astray[4..8].copy_from_slice(&[0xff; 4]);
        assert_eq!(orientation(&astray), None);
    }
}

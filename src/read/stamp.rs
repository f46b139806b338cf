//! Fingerprints of files by which an unchanged one is known without reading it.
//!
//! A stamp is 56 bits of size, times and inode, one bit that says "changed so lately that a further change might not
//! show in its times" (git calls such an entry racy), and 7 bits that count how often the file was read again while its
//! times stood still, so that whoever keys a memo by a stamp never meets the same stamp with other bytes.

use std::fs::Metadata;
use std::time::{Duration, SystemTime};

/// The bit of a stamp that says that the file was changed just before it was measured.
const RACY: u64 = 0x80;

/// The bits of a stamp that count.
const COUNT: u64 = 0x7f;

/// How long after a change another one may carry the same time, where times have fractions of a second: clocks of
/// kernels tick 100 to 1000 times a second.
const TICK: Duration = Duration::from_millis(50);

/// The same where times are whole seconds, as on FAT.
const COARSE_TICK: Duration = Duration::from_millis(2100);

/// Makes the stamp of a file as it was just measured.
pub(super) fn stamp(metadata: &Metadata) -> u64 {
    let (changed, parts) = parts(metadata);
    let mixed = parts.iter().fold(0x9e37_79b9_7f4a_7c15_u64, |sum, part| {
        let sum = (sum ^ part).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        sum ^ (sum >> 29)
    });
    let whole = changed.duration_since(SystemTime::UNIX_EPOCH).is_ok_and(|since| since.subsec_nanos() == 0);
    let tick = if whole { COARSE_TICK } else { TICK };
    let racy = now().duration_since(changed).map_or(true, |age| age < tick);
    (mixed & !(RACY | COUNT)) | if racy { RACY } else { 0 }
}

/// Tells whether a file with the stamp `before` surely has the same bytes now that it is measured as `now`.
pub(super) fn is_same(before: u64, now: u64) -> bool {
    before & RACY == 0 && before & !(RACY | COUNT) == now & !(RACY | COUNT)
}

/// Returns the stamp for a file that may have changed: `now`, made different from `before`.
pub(super) fn following(before: u64, now: u64) -> u64 {
    now | ((before & COUNT) + 1) & COUNT
}

/// Returns the stamp for a file that was read again and has the same bytes: `now`, with the count of `before`.
pub(super) fn counted(before: u64, now: u64) -> u64 {
    now | before & COUNT
}

/// Returns when the file last changed, and the numbers that tell it from another or from itself after a change.
#[cfg(unix)]
fn parts(metadata: &Metadata) -> (SystemTime, [u64; 7]) {
    use std::os::unix::fs::MetadataExt;
    let changed = i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec());
    let changed = u64::try_from(changed)
        .map_or(SystemTime::UNIX_EPOCH, |nanos| SystemTime::UNIX_EPOCH + Duration::from_nanos(nanos));
    let numbers = [
        metadata.len(),
        metadata.mtime().cast_unsigned(),
        metadata.mtime_nsec().cast_unsigned(),
        metadata.ctime().cast_unsigned(),
        metadata.ctime_nsec().cast_unsigned(),
        metadata.ino(),
        metadata.dev(),
    ];
    (changed, numbers)
}

/// Returns when the file last changed, and the numbers that tell it from itself after a change.
#[cfg(not(unix))]
fn parts(metadata: &Metadata) -> (SystemTime, [u64; 7]) {
    let modified = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
    let since = modified.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    (modified, [metadata.len(), since.as_secs(), u64::from(since.subsec_nanos()), 0, 0, 0, 0])
}

/// Reads the clock, to know whether a change was just now; no byte of any output depends on it.
fn now() -> SystemTime {
    SystemTime::now()
}

#[cfg(test)]
mod tests {
    use super::{COUNT, RACY, following, is_same};

    #[test]
    fn a_racy_stamp_is_never_the_same() {
        assert!(is_same(0x4200, 0x4200));
        assert!(is_same(0x4203, 0x4200 | RACY));
        assert!(!is_same(0x4200 | RACY, 0x4200));
        assert!(!is_same(0x4200, 0x4300));
    }

    #[test]
    fn a_stamp_that_follows_another_differs_from_it() {
        assert_ne!(following(0x4200, 0x4200), 0x4200);
        assert_eq!(following(0x4200 | COUNT, 0x4200), 0x4200);
        assert_eq!(following(0x4201, 0x4200 | RACY), 0x4202 | RACY);
    }
}

//! Paths in the output folder: which routes are sound, which folders lie above them, where our own files stand.

use unicode_normalization::UnicodeNormalization;

/// The folder that holds what is ours and not the site's.
pub(super) const OURS: &str = ".casebook";

/// The claims of the last finished build.
pub(super) const MANIFEST: &str = ".casebook/manifest.json";

/// The claims of a build that is moving its files into place.
pub(super) const NEXT: &str = ".casebook/next.json";

/// The file whose lock is held by the one build that may write.
pub(super) const LOCK: &str = ".casebook/lock";

/// The folder in which finished files wait; it is on the same file system as their places.
pub(super) const STAGE: &str = ".casebook/stage";

/// Where files wait under their own routes.
pub(super) const NEW: &str = ".casebook/stage/new";

/// Where what was replaced or removed is kept until everything is in place.
pub(super) const OLD: &str = ".casebook/stage/old";

/// Where a manifest is written before it is moved.
pub(super) const DRAFT: &str = ".casebook/stage/manifest.json";

/// Tells whether a route names a file below the output folder, and none of ours, on every system.
pub(super) fn is_sound(route: &str) -> bool {
    let parts = || route.split('/');
    let sound = parts().all(|part| !matches!(part, "" | "." | "..")) && !route.contains(['\\', '\0']);
    let drive = parts().next().is_some_and(|first| first.as_bytes().get(1) == Some(&b':'));
    sound && !drive && !parts().next().is_some_and(|first| first.eq_ignore_ascii_case(OURS))
}

/// Returns the folder of a route; `None` at the top.
pub(super) fn folder(route: &str) -> Option<&str> {
    route.rfind('/').map(|slash| &route[..slash])
}

/// Returns the folders above a route, outermost first: `a` and `a/b` for `a/b/c`.
pub(super) fn folders(route: &str) -> impl Iterator<Item = &str> {
    route.match_indices('/').map(|(slash, _)| &route[..slash])
}

/// Returns what a file system takes a route for that knows neither letter case nor Unicode forms.
pub(super) fn folded(route: &str) -> String {
    route.nfc().flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{folders, is_sound};

    #[test]
    fn a_sound_route_stays_in_the_folder_and_off_our_own_files() {
        for route in ["a.html", "a/b.html", "a..b/...c", ".nojekyll", "a/.casebook/b", "ü/日本.html"] {
            assert!(is_sound(route), "{route}");
        }
        for route in
            ["", "/a", "a/", "a//b", ".", "..", "a/../b", "a/./b", "a\\b", "c:/a", "c:a", ".casebook/a", "a\0b"]
        {
            assert!(!is_sound(route), "{route}");
        }
        assert!(!is_sound(".CaseBook/x"));
        assert!(!is_sound(".casebook"));
    }

    #[test]
    fn folders_come_outermost_first() {
        assert_eq!(folders("a/b/c").collect::<Vec<_>>(), ["a", "a/b"]);
        assert_eq!(folders("a").count(), 0);
    }
}

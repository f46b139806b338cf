//! Images as a page shows them: where they lie, in which widths, and how large they are.

use std::borrow::Cow;

use super::Edition;
use crate::file::RelPath;
use crate::markdown::ImageAnswer;
use crate::resolve::route;

impl Edition {
    /// Returns an image as it is shown on a page; `None` for files that are none.
    pub(super) fn image(&self, path: &RelPath, route: &str) -> Option<ImageAnswer<'_>> {
        let (width, height) = *self.facts.sizes.get(path)?;
        let file = self.archive.files.get(path)?;
        let root = self.root(route);
        let mut srcset = String::new();
        for narrow in self.facts.widths.get(path).into_iter().flatten() {
            let narrower = crate::resolve::width_route(file, *narrow);
            srcset.push_str(&format!("{root}{} {narrow}w, ", route::encode(&narrower)));
        }
        if !srcset.is_empty() {
            srcset.push_str(&format!("{root}{} {width}w", route::encode(file)));
        }
        let src = Cow::Owned(format!("{root}{}", route::encode(file)));
        Some(ImageAnswer { src, srcset: Cow::Owned(srcset), width, height })
    }
}

//! `outside-link`: a symbolic link that leads out of the site, or back to itself; it was not followed.
//!
//! A link can bring any file of a computer into the site, and whoever else builds it does not have that file.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, code};
use crate::file::Span;

pub(super) const LINT: Lint = Lint { code: &code::OUTSIDE_LINK, find };

fn find(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for path in &subject.snapshot.outside {
        let message = format!("\"{path}\" leads out of the site and was not followed");
        let fault = Diagnostic::new(&code::OUTSIDE_LINK, message).at(path, Span::default());
        found.push(fault.help("copy what the site needs into the folder"));
    }
    for path in &subject.snapshot.looping {
        let message = format!("\"{path}\" leads back to a folder that it lies in and was not followed");
        let fault = Diagnostic::new(&code::OUTSIDE_LINK, message).at(path, Span::default());
        found.push(fault.help("remove the link"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Site;
    use crate::file::RelPath;

    #[test]
    fn a_link_that_was_not_followed_is_found_where_it_lies() {
        let mut site = Site::new(None, "//- index.md\n");
        let mut check = |outside: &[&str], looping: &[&str], expect: &[&str]| {
            let paths = |paths: &[&str]| paths.iter().map(|path| RelPath::new(path).unwrap()).collect();
            (site.snapshot.outside, site.snapshot.looping) = (paths(outside), paths(looping));
            let mut found = Vec::new();
            super::find(&site.subject(), &mut found);
            let shown = |path: &RelPath, message: &str| format!("{path}: {message}");
            let found = found.iter().map(|fault| shown(&fault.place.as_ref().unwrap().path, &fault.message));
            assert_eq!(found.collect::<Vec<_>>(), expect);
        };
        check(&[], &[], &[]);
        check(
            &["content/photos"],
            &["content/self"],
            &[
                "content/photos: \"content/photos\" leads out of the site and was not followed",
                "content/self: \"content/self\" leads back to a folder that it lies in and was not followed",
            ],
        );
    }
}

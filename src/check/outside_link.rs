//! `outside-link`: a symbolic link that leads out of the site; it is not followed.

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, code};
use crate::file::Span;

pub(super) const LINT: Lint = Lint { code: &code::OUTSIDE_LINK, find };

fn find(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for path in &subject.snapshot.outside {
        let fault = Diagnostic::new(&code::OUTSIDE_LINK, format!("{path} is a link that leads out of the site"));
        found.push(fault.at(path, Span::default()).help("copy what is meant into the site: only that is part of it"));
    }
    for path in &subject.snapshot.looping {
        let fault = Diagnostic::new(&code::OUTSIDE_LINK, format!("{path} is a link that leads back to itself"));
        found.push(fault.at(path, Span::default()).help("remove the link"));
    }
}

//! What is worth saying of a change to somebody who works: every error, and the warnings that were not there before.
//!
//! Whoever edits one page of ten thousand has seen the warnings of the others when the program started.

use std::collections::BTreeSet;

use super::super::report::counted;
use crate::diagnostic::shown::Channel;
use crate::diagnostic::{Diagnostic, Severity};
use crate::file::RelPath;
use crate::pipeline::Made;
use crate::watch::Changed;

/// What tells a warning from others, wherever in its file it moves.
type Key = (&'static str, Option<RelPath>, String);

/// The warnings that were said.
#[derive(Default)]
pub(super) struct News(BTreeSet<Key>);

impl News {
    /// Leaves out the warnings that were there the last time.
    pub(super) fn of(&mut self, made: &Made, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let before = std::mem::take(&mut self.0);
        let (now, known) = (&mut self.0, &before);
        let is_news = |fault: &Diagnostic| {
            if made.policy.severity(fault.code, fault.severity) != Some(Severity::Warning) {
                return true;
            }
            let path = fault.place.as_ref().map(|place| place.path.clone());
            let key = (fault.code.name, path, fault.message.clone());
            let is_new = !known.contains(&key);
            now.insert(key);
            is_new
        };
        found.into_iter().filter(is_news).collect()
    }
}

/// Says what changed, to begin a line. Only a terminal is told a name: it may be a withheld record's.
pub(super) fn what(changed: &Changed, channel: Channel) -> String {
    match (changed.paths.first(), changed.paths.len()) {
        (Some(path), 1) if !changed.rescan && channel == Channel::Terminal => format!("{}: ", path.display()),
        (Some(_), n) if !changed.rescan => format!("{} changed: ", counted(n, "path")),
        _ => "many paths changed: ".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::diagnostic::code;
    use crate::diagnostic::policy::Policy;
    use crate::file::Span;
    use crate::pipeline::{Memo, Request, site};

    fn fault(code: &'static code::Code, at: usize) -> Diagnostic {
        let path = RelPath::new("content/a.md").unwrap();
        Diagnostic::new(code, "it is so").at(&path, Span::new(at, at + 1))
    }

    #[test]
    fn an_error_is_said_each_time_and_a_warning_when_it_comes() {
        let made = site(&crate::file::MemoryFiles::default().snapshot(), &Request::default(), &Memo::default());
        let made = Made { policy: Policy::default(), ..made };
        let mut news = News::default();
        let mut check = |found: &[Diagnostic], expect: usize| assert_eq!(news.of(&made, found.to_vec()).len(), expect);
        check(&[fault(&code::BROKEN_REFERENCE, 1), fault(&code::UNCITED_QUOTE, 1)], 2);
        check(&[fault(&code::BROKEN_REFERENCE, 1), fault(&code::UNCITED_QUOTE, 9)], 1);
        check(&[], 0);
        check(&[fault(&code::UNCITED_QUOTE, 1)], 1);
    }

    #[test]
    fn one_name_is_said_on_a_terminal_and_none_elsewhere() {
        let check = |paths: &[&str], rescan: bool, expect: (&str, &str)| {
            let changed = Changed { paths: paths.iter().map(PathBuf::from).collect(), rescan };
            assert_eq!((&*what(&changed, Channel::Terminal), &*what(&changed, Channel::Elsewhere)), expect);
        };
        check(&["content/a.md"], false, ("content/a.md: ", "1 path changed: "));
        check(&["content/a.md", "content/b.md"], false, ("2 paths changed: ", "2 paths changed: "));
        check(&["content/a.md"], true, ("many paths changed: ", "many paths changed: "));
        check(&[], true, ("many paths changed: ", "many paths changed: "));
    }
}

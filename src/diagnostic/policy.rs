//! What the author says about warnings: `[lints]` and `--strict`.

use std::collections::BTreeMap;

use super::{Code, Severity};

/// What `[lints]` says of one code.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    /// It is not reported.
    Allow,
    /// It is reported, and the build goes on.
    Warn,
    /// It is an error.
    Deny,
}

impl Level {
    /// Returns the level of that name: `allow`, `warn` or `deny`.
    pub fn named(name: &str) -> Option<Level> {
        match name {
            "allow" => Some(Level::Allow),
            "warn" => Some(Level::Warn),
            "deny" => Some(Level::Deny),
            _ => None,
        }
    }
}

/// Whether a warning stops a build.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Strictness {
    /// Warnings are warnings.
    #[default]
    Lenient,
    /// Warnings that are not allowed are errors (`--strict`).
    Strict,
}

/// What the author says about warnings. Errors cannot be lowered.
#[derive(Clone, Default, Debug)]
pub struct Policy {
    /// The levels of `[lints]`, by the name of the code.
    pub levels: BTreeMap<&'static str, Level>,
    /// Whether warnings are errors.
    pub strictness: Strictness,
}

impl Policy {
    /// Returns how grave a fault of `code` is; `None` where it is not reported. `own` is what its stage gave it.
    pub fn severity(&self, code: &Code, own: Severity) -> Option<Severity> {
        if own == Severity::Error {
            return Some(Severity::Error);
        }
        match (self.levels.get(code.name), self.strictness) {
            (Some(Level::Allow), _) => None,
            (Some(Level::Deny), _) | (_, Strictness::Strict) => Some(Severity::Error),
            _ => Some(Severity::Warning),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Level, Policy, Strictness};
    use crate::diagnostic::report::tests::with;
    use crate::diagnostic::shown::Withheld;
    use crate::diagnostic::{Diagnostic, code};

    #[test]
    fn lints_raise_and_lower_warnings_but_never_errors() {
        let all = || vec![Diagnostic::new(&code::UNUSED_FILE, "one"), Diagnostic::new(&code::BROKEN_REFERENCE, "two")];
        let counts = |levels: &[(&'static str, Level)], strictness| {
            let policy = Policy { levels: levels.iter().copied().collect(), strictness };
            let report = with(&[], all(), &policy, &Withheld::default());
            (report.errors, report.warnings)
        };
        assert_eq!(counts(&[], Strictness::Lenient), (1, 1));
        assert_eq!(counts(&[], Strictness::Strict), (2, 0));
        assert_eq!(counts(&[("unused-file", Level::Allow)], Strictness::Lenient), (1, 0));
        assert_eq!(counts(&[("unused-file", Level::Allow)], Strictness::Strict), (1, 0));
        assert_eq!(counts(&[("unused-file", Level::Warn)], Strictness::Strict), (2, 0));
        assert_eq!(counts(&[("unused-file", Level::Deny)], Strictness::Lenient), (2, 0));
        assert_eq!(counts(&[("broken-reference", Level::Allow)], Strictness::Lenient), (1, 1));
        assert_eq!((Level::named("deny"), Level::named("error")), (Some(Level::Deny), None));
    }
}

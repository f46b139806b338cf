//! Every code of a diagnostic, in one list from which `explain`, the reference and the checks of `[lints]` are derived.

/// How grave a diagnostic is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// It stops the build.
    Error,
    /// The build goes on.
    Warning,
}

impl Severity {
    /// Returns the word for it: `error` or `warning`.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// A kind of diagnostic.
#[derive(PartialEq, Eq, Debug)]
pub struct Code {
    /// Its name in kebab-case, as people and tools see it.
    pub name: &'static str,
    /// How grave it is unless the author says otherwise.
    pub severity: Severity,
    /// Its page for `casebook explain`, in Markdown.
    pub page: &'static str,
}

impl Code {
    /// Returns the code of that name.
    pub fn named(name: &str) -> Option<&'static Code> {
        ALL.iter().copied().find(|code| code.name == name)
    }

    /// Returns the sentence that says what it is: the first paragraph of its page.
    pub fn summary(&self) -> &'static str {
        self.page.lines().skip(1).find(|line| !line.trim().is_empty()).unwrap_or_default()
    }
}

macro_rules! codes {
    ($($constant:ident $name:literal $severity:ident;)*) => {
        $(
            #[doc = concat!("`", $name, "`; its page says what it is, why it matters and what to do.")]
            pub static $constant: Code = Code {
                name: $name,
                severity: Severity::$severity,
                page: include_str!(concat!("explain/", $name, ".md")),
            };
        )*
        /// Every code there is, errors first.
        pub static ALL: &[&Code] = &[$(&$constant),*];
    };
}

codes! {
    INVALID_CONFIG "invalid-config" Error;
    INVALID_FRONT_MATTER "invalid-front-matter" Error;
    UNKNOWN_TYPE "unknown-type" Error;
    MISSING_FIELD "missing-field" Error;
    INVALID_VALUE "invalid-value" Error;
    INVALID_DATE "invalid-date" Error;
    NOT_UTF8 "not-utf8" Error;
    TOO_LARGE "too-large" Error;
    BROKEN_REFERENCE "broken-reference" Error;
    AMBIGUOUS_REFERENCE "ambiguous-reference" Error;
    DUPLICATE_ID "duplicate-id" Error;
    DUPLICATE_ROUTE "duplicate-route" Error;
    INVALID_ROUTE "invalid-route" Error;
    EMBED_CYCLE "embed-cycle" Error;
    MISSING_FILE "missing-file" Error;
    UNSAFE_URL "unsafe-url" Error;
    UNCLOSED_COMMENT "unclosed-comment" Error;
    TEMPLATE_ERROR "template-error" Error;
    QUOTE_NOT_FOUND "quote-not-found" Error;
    AMBIGUOUS_QUOTE "ambiguous-quote" Error;
    CAPTURE_CHANGED "capture-changed" Error;
    PRIVATE_REFERENCE "private-reference" Error;
    LEAKED_SECRET "leaked-secret" Error;
    METADATA "metadata" Error;
    UNKNOWN_FIELD "unknown-field" Warning;
    UNCITED_QUOTE "uncited-quote" Warning;
    QUOTE_UNVERIFIED "quote-unverified" Warning;
    WRONG_LOCATOR "wrong-locator" Warning;
    UNCITED_CLAIM "uncited-claim" Warning;
    MISSING_RESPONSE "missing-response" Warning;
    CIRCULAR_SOURCING "circular-sourcing" Warning;
    SINGLE_SOURCE "single-source" Warning;
    DATE_ORDER "date-order" Warning;
    OUTSIDE_ROLE "outside-role" Warning;
    NEAR_DUPLICATE_NAME "near-duplicate-name" Warning;
    ORPHAN_RECORD "orphan-record" Warning;
    MISSING_ALT "missing-alt" Warning;
    BROKEN_ANCHOR "broken-anchor" Warning;
    ESCAPED_HTML "escaped-html" Warning;
    REMOTE_IMAGE "remote-image" Warning;
    OUTSIDE_LINK "outside-link" Warning;
    UNUSED_FILE "unused-file" Warning;
    WEAK_CANARY "weak-canary" Warning;
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn every_code_has_a_page_that_explains_it() {
        for code in ALL {
            assert!(code.page.starts_with(&format!("# {}\n", code.name)), "{} has no title", code.name);
            assert!(code.page.contains("\n## What to do\n"), "{} does not say what to do", code.name);
        }
    }
}

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
    use super::{ALL, Code, Severity};

    /// Returns the words of a page, hyphens within them kept.
    fn kebab_words(page: &str) -> impl Iterator<Item = &str> {
        page.split(|letter: char| !letter.is_ascii_lowercase() && letter != '-').filter(|word| !word.is_empty())
    }

    #[test]
    fn every_code_has_a_page_with_the_same_sections() {
        for code in ALL {
            assert!(code.page.starts_with(&format!("# {}\n\n", code.name)), "{} has no title", code.name);
            let headings: Vec<&str> = code.page.lines().filter(|line| line.starts_with("## ")).collect();
            assert_eq!(headings, ["## Why it matters", "## Example", "## What to do"], "{}", code.name);
            assert!(code.page.ends_with('\n') && !code.page.contains("\n\n\n"), "{}", code.name);
            assert!(code.page.lines().count() <= 45, "the page on {} is too long to be read", code.name);
        }
    }

    #[test]
    fn a_page_begins_with_one_sentence() {
        for code in ALL {
            let summary = code.summary();
            assert!(summary.ends_with('.') && !summary.contains(". "), "{}: {summary}", code.name);
            assert!(
                ["A ", "An ", "The ", "Two ", "Words ", "Sources ", "Dates ", "Nothing "]
                    .iter()
                    .any(|first| summary.starts_with(first)),
                "{}: {summary}",
                code.name
            );
        }
    }

    #[test]
    fn a_page_says_rightly_whether_it_is_an_error_and_only_a_warning_can_be_silenced() {
        for code in ALL {
            let silenced = code.page.contains(&format!("```toml\n[lints]\n{} = \"allow\"\n```", code.name));
            assert_eq!(code.page.contains("\nThis is an error: "), code.severity == Severity::Error, "{}", code.name);
            assert_eq!(
                code.page.contains("\nThis is a warning: "),
                code.severity == Severity::Warning,
                "{}",
                code.name
            );
            assert_eq!(silenced, code.severity == Severity::Warning, "{}", code.name);
        }
    }

    #[test]
    fn the_example_shows_the_message_as_it_is_printed() {
        for code in ALL {
            let shown = format!("```text\n{}[{}]: ", code.severity.name(), code.name);
            let start = code.page.find(&shown).unwrap_or_else(|| panic!("{} shows no message", code.name));
            let lines: Vec<&str> = code.page[start..].lines().skip(1).take_while(|line| *line != "```").collect();
            assert!(lines[0].len() <= 130 && !lines[0].ends_with('.'), "{}", lines[0]);
            assert!(lines[1].starts_with(" --> ") && lines[1].split(':').count() == 3, "{}: {}", code.name, lines[1]);
            assert!(lines[2].starts_with("help: ") && lines.len() == 3, "{}", code.name);
        }
    }

    #[test]
    fn every_code_that_a_page_names_exists() {
        for code in ALL {
            for line in code.page.lines() {
                let bracketed = line.split_once('[').and_then(|(before, rest)| {
                    matches!(before, "error" | "warning").then(|| rest.split(']').next().unwrap_or_default())
                });
                let levelled = line.split_once(" = \"allow\"").map(|(name, _)| name);
                for name in bracketed.into_iter().chain(levelled) {
                    assert!(Code::named(name).is_some(), "the page on {} names {name:?}", code.name);
                }
            }
            // A code that was renamed leaves its old name behind as a word with the same beginning.
            for word in kebab_words(code.page).filter(|word| word.ends_with("-reference") || word.ends_with("-quote")) {
                assert!(Code::named(word).is_some(), "the page on {} names {word:?}", code.name);
            }
        }
    }
}

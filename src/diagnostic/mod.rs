//! What is wrong in a site, and where. Stages report facts; how they are shown is `human`, `json`, `sarif`, `github`.
//!
//! 1. A stage makes a [`Diagnostic`] with a [`Code`], a sentence and the tightest span there is.
//! 2. Diagnostics are collected, never thrown: one run reports them all.
//! 3. `report` applies the author's levels (`policy`), turns spans into lines and columns, and leaves out what may not be
//!    said to whom (`shown`).

pub mod code;
pub mod excerpt;
pub mod github;
pub mod human;
pub mod json;
pub mod near;
pub mod policy;
pub mod report;
pub mod sarif;
pub mod shown;

pub use code::{Code, Severity};

use crate::file::{RelPath, Span};

/// Returns an author's words as a message shows them: on one line, and no more than 80 letters of them.
pub fn said(words: &str) -> String {
    let line = words.lines().next().unwrap_or_default();
    let mut said = String::new();
    for letter in line.chars().take(80) {
        if letter.is_control() { said.extend(letter.escape_debug()) } else { said.push(letter) }
    }
    if line.len() < words.trim_end().len() || line.chars().nth(80).is_some() {
        said.push('…');
    }
    said
}

/// A place in an input file.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// The file.
    pub path: RelPath,
    /// The bytes in it; `0..0` for a fault of the whole file.
    pub span: Span,
}

/// Whether a diagnostic speaks of published or of withheld matter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Audience {
    /// It names nothing that is withheld: it may be shown anywhere.
    Public,
    /// Its place, message or help tells of withheld matter: only a terminal shows it whole.
    Terminal,
}

/// One fault of a site, or one thing its author should know.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Which kind of fault it is.
    pub code: &'static Code,
    /// Whether it stops a build. `--strict` and `[lints]` change it after the fact.
    pub severity: Severity,
    /// What is wrong: one lower-case sentence without a full stop, the thing in quotes.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Where it is; `None` for a fault of no file.
    pub place: Option<Place>,
    /// Who may see it whole.
    pub audience: Audience,
    /// The message for everybody else, where the message itself names withheld matter.
    pub discreet: Option<String>,
}

impl Diagnostic {
    /// Makes a diagnostic of `code` with its own severity and no place yet.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Diagnostic {
        let severity = code.severity;
        let message = message.into();
        Diagnostic { code, severity, message, help: None, place: None, audience: Audience::Public, discreet: None }
    }

    /// Sets the place.
    #[must_use]
    pub fn at(mut self, path: &RelPath, span: Span) -> Diagnostic {
        self.place = Some(Place { path: path.clone(), span });
        self
    }

    /// Sets the help.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    /// Marks the diagnostic as telling of withheld matter; elsewhere than on a terminal it says `discreet` instead, and
    /// neither its help nor its source line is shown.
    #[must_use]
    pub fn for_terminal(mut self, discreet: impl Into<String>) -> Diagnostic {
        self.audience = Audience::Terminal;
        self.discreet = Some(discreet.into());
        self
    }

    /// Tells whether the diagnostic stops a build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

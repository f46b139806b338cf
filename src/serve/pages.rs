//! What the server asks of a site, and what it shows of its faults.

use serde::Serialize;

use crate::diagnostic::Severity;
use crate::file::Bytes;

/// One state of a whole site, which never changes: what a build of it would write.
///
/// It is asked from several threads at once.
pub trait Pages: Send + Sync {
    /// Makes the output at `route`: a path under `public/` without a leading slash, such as `people/ada.html`.
    fn answer(&self, route: &str) -> Answer;
}

/// What a site says to a route.
#[derive(Clone, Debug)]
pub enum Answer {
    /// The bytes that a build writes there.
    Page(Bytes),
    /// A build writes nothing there.
    Missing,
    /// It cannot be made.
    Broken {
        /// Why not.
        overlay: Overlay,
        /// What was there when it last could be made.
        last_good: Option<Bytes>,
    },
}

/// What lies over a page while the site has errors. It goes to the browser: nothing withheld may stand in it.
#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
pub struct Overlay {
    /// Sentences of the whole site, such as `2 records made private are still shown`.
    pub notes: Vec<String>,
    /// The diagnostics, in the order in which they are to be read.
    pub problems: Vec<Problem>,
}

/// A diagnostic as the browser sees it.
#[derive(Clone, PartialEq, Eq, Serialize, Debug)]
pub struct Problem {
    /// How grave it is.
    #[serde(serialize_with = "severity_name")]
    pub severity: Severity,
    /// Its code's name.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// The file, relative to the root, or what stands for it.
    pub file: Option<String>,
    /// The line, from 1.
    pub line: Option<u32>,
    /// The column, from 1, in Unicode scalar values.
    pub column: Option<u32>,
    /// What to do.
    pub help: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn severity_name<S: serde::Serializer>(severity: &Severity, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(severity.name())
}

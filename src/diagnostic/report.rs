//! Diagnostics made ready to be shown: levels applied, places counted in lines, what is withheld concealed.
//!
//! 1. [`Policy`] raises, lowers or drops warnings as `[lints]` and `--strict` say.
//! 2. What is left is sorted by file and line, exact repetitions go, and spans become lines and columns.
//! 3. [`Report::shown`] says what one channel may see; every format is made from that, so none can say more.
//!
//! This reads no file: bytes come from a function of the caller, each file once.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;

use super::excerpt::Excerpt;
use super::{Audience, Code, Diagnostic, Place, Severity};
use crate::file::{Bytes, LineIndex, Position, RelPath, Span};

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

/// Which parts of which files are withheld, and by which number the record in each is spoken of.
///
/// `None` stands for a whole file, a span for an inline record in it.
#[derive(Clone, Default, Debug)]
pub struct Withheld(pub BTreeMap<RelPath, Vec<(Option<Span>, usize)>>);

impl Withheld {
    /// Returns the number of the withheld record that `place` lies in or touches: of the smallest, where they nest.
    pub fn number(&self, place: &Place) -> Option<usize> {
        let size = |span: Option<Span>| span.map_or(u32::MAX, |span| span.end - span.start);
        let touching = self.0.get(&place.path)?.iter().filter(|(span, _)| span.is_none_or(|s| touches(s, place.span)));
        touching.min_by_key(|(span, number)| (size(*span), *number)).map(|(_, number)| *number)
    }
}

/// Tells whether `place` shares a byte with `record`, or is a point in it.
fn touches(record: Span, place: Span) -> bool {
    let end = place.end.max(place.start.saturating_add(1));
    place.start < record.end && end > record.start
}

/// Where a report is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Channel {
    /// The author's own terminal, in human form: everything is shown.
    Terminal,
    /// A pipe, a file, another program, a browser: nothing withheld is.
    Elsewhere,
}

/// All diagnostics of one run, in the order in which they are shown.
#[derive(Debug)]
pub struct Report {
    /// How many errors there are.
    pub errors: usize,
    /// How many warnings there are.
    pub warnings: usize,
    findings: Vec<Finding>,
}

#[derive(Debug)]
struct Finding {
    diagnostic: Diagnostic,
    position: Option<Position>,
    excerpt: Option<Excerpt>,
    withheld: Option<usize>,
}

/// One diagnostic as a channel may see it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shown<'a> {
    /// Which kind of fault it is.
    pub code: &'static Code,
    /// How grave it is, after `[lints]` and `--strict`.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<&'a str>,
    /// Where it is.
    pub location: Location<'a>,
    /// The source line; only ever on a terminal.
    pub excerpt: Option<&'a Excerpt>,
}

/// Where a diagnostic points, as far as a channel may know.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Location<'a> {
    /// At no file.
    Nowhere,
    /// At the withheld record of that number.
    Withheld(usize),
    /// At a file; without a position where the file is gone.
    File(&'a RelPath, Option<Position>),
}

impl Location<'_> {
    /// Returns the position, where there is one.
    pub fn position(self) -> Option<Position> {
        match self {
            Location::File(_, position) => position,
            _ => None,
        }
    }
}

/// Writes `content/a.md:3:5`, `content/a.md` or `(withheld record 2)`; nothing for no file.
impl fmt::Display for Location<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Location::Nowhere => Ok(()),
            Location::Withheld(number) => write!(f, "(withheld record {number})"),
            Location::File(path, None) => write!(f, "{path}"),
            Location::File(path, Some(at)) => write!(f, "{path}:{}:{}", at.line, at.column),
        }
    }
}

impl Report {
    /// Makes a report of everything that a run found. `read` returns a file's bytes, or `None` where it vanished.
    pub fn new(
        diagnostics: Vec<Diagnostic>,
        policy: &Policy,
        withheld: &Withheld,
        read: &dyn Fn(&RelPath) -> Option<Bytes>,
    ) -> Report {
        let mut diagnostics = levelled(diagnostics, policy);
        diagnostics.sort_by(order);
        diagnostics.dedup();
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.is_error()).count();
        let warnings = diagnostics.len() - errors;
        Report { errors, warnings, findings: located(diagnostics, withheld, read) }
    }

    /// Returns every diagnostic as `channel` may see it, sorted by file and line as far as it may know them.
    pub fn shown(&self, channel: Channel) -> Vec<Shown<'_>> {
        let mut shown: Vec<Shown<'_>> = self.findings.iter().map(|finding| finding.shown(channel)).collect();
        if channel == Channel::Elsewhere {
            // The place of a withheld record among the others would tell where in the alphabet its file stands.
            shown.sort_by_key(|shown| match shown.location {
                Location::Nowhere => (0, 0),
                Location::Withheld(number) => (1, number),
                Location::File(..) => (2, 0),
            });
        }
        shown
    }
}

impl Finding {
    fn shown(&self, channel: Channel) -> Shown<'_> {
        let diagnostic = &self.diagnostic;
        let (code, severity) = (diagnostic.code, diagnostic.severity);
        let place = diagnostic.place.as_ref();
        let location = place.map_or(Location::Nowhere, |place| Location::File(&place.path, self.position));
        if channel == Channel::Terminal {
            let (message, help) = (diagnostic.message.clone(), diagnostic.help.as_deref());
            return Shown { code, severity, message, help, location, excerpt: self.excerpt.as_ref() };
        }
        let location = self.withheld.map_or(location, Location::Withheld);
        if self.withheld.is_none() && diagnostic.audience == Audience::Public {
            let (message, help) = (diagnostic.message.clone(), diagnostic.help.as_deref());
            return Shown { code, severity, message, help, location, excerpt: None };
        }
        // What a stage says of a record before it is known to be withheld may quote it: only the code is safe.
        let message = diagnostic.discreet.clone().unwrap_or_else(|| summary_as_message(code));
        Shown { code, severity, message, help: None, location, excerpt: None }
    }
}

fn levelled(diagnostics: Vec<Diagnostic>, policy: &Policy) -> Vec<Diagnostic> {
    let level = |mut diagnostic: Diagnostic| {
        diagnostic.severity = policy.severity(diagnostic.code, diagnostic.severity)?;
        Some(diagnostic)
    };
    diagnostics.into_iter().filter_map(level).collect()
}

fn order(a: &Diagnostic, b: &Diagnostic) -> Ordering {
    let start = |d: &Diagnostic| d.place.as_ref().map(|place| (place.path.clone(), place.span.start));
    let end = |d: &Diagnostic| d.place.as_ref().map(|place| place.span.end);
    let by_text = || (a.code.name, &a.message, &a.help).cmp(&(b.code.name, &b.message, &b.help));
    let by_audience = || (a.severity, a.audience, &a.discreet).cmp(&(b.severity, b.audience, &b.discreet));
    start(a).cmp(&start(b)).then_with(by_text).then_with(|| end(a).cmp(&end(b))).then_with(by_audience)
}

/// Counts lines and columns; `diagnostics` are sorted by path, so that each file is read and indexed once.
fn located(
    diagnostics: Vec<Diagnostic>,
    withheld: &Withheld,
    read: &dyn Fn(&RelPath) -> Option<Bytes>,
) -> Vec<Finding> {
    let mut findings = Vec::with_capacity(diagnostics.len());
    let mut rest = diagnostics.into_iter().peekable();
    while let Some(first) = rest.next() {
        let path = first.place.as_ref().map(|place| place.path.clone());
        let mut group = vec![first];
        while let Some(next) = rest.next_if(|next| next.place.as_ref().map(|place| &place.path) == path.as_ref()) {
            group.push(next);
        }
        // A fault of the whole file needs no bytes, and an image or a film is not read for one.
        let needed = |diagnostic: &Diagnostic| diagnostic.place.as_ref().is_some_and(|place| place.span.end > 0);
        let bytes = path.filter(|_| group.iter().any(needed)).and_then(|path| read(&path));
        let text = bytes.as_deref().map(|bytes| (bytes, LineIndex::new(bytes)));
        for diagnostic in group {
            let withheld = diagnostic.place.as_ref().and_then(|place| withheld.number(place));
            let (position, excerpt) = match diagnostic.place.as_ref().map(|place| place.span) {
                None => (None, None),
                Some(Span { end: 0, .. }) => (Some(Position { line: 1, column: 1, end_line: 1, end_column: 1 }), None),
                Some(span) => match &text {
                    None => (None, None),
                    Some((bytes, lines)) => (Some(lines.position(span)), Some(Excerpt::new(bytes, span))),
                },
            };
            findings.push(Finding { diagnostic, position, excerpt, withheld });
        }
    }
    findings
}

/// Returns the first sentence of the code's page in the shape of a message.
fn summary_as_message(code: &Code) -> String {
    let summary = code.summary().trim_end_matches('.');
    let mut letters = summary.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

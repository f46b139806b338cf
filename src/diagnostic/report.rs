//! Diagnostics made ready to be shown: levels applied, places counted in lines, what is withheld concealed.
//!
//! 1. [`Policy`] raises, lowers or drops warnings as `[lints]` and `--strict` say.
//! 2. What is left is sorted by file and line, exact repetitions go, and spans become lines and columns.
//! 3. [`Report::shown`] says what one channel may see; every format is made from that, so none can say more.
//!
//! This reads no file: bytes come from a function of the caller, each file once.

use std::cmp::Ordering;

use super::excerpt::Excerpt;
use super::policy::Policy;
use super::shown::{Channel, Location, Shown, Withheld};
use super::{Audience, Code, Diagnostic};
use crate::file::{Bytes, LineIndex, Position, RelPath, Span};

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
    let by_text = || (a.code.name, &a.message, &a.help).cmp(&(b.code.name, &b.message, &b.help));
    let by_end = || a.place.cmp(&b.place);
    let by_audience = || (a.severity, a.audience, &a.discreet).cmp(&(b.severity, b.audience, &b.discreet));
    start(a).cmp(&start(b)).then_with(by_text).then_with(by_end).then_with(by_audience)
}

fn start(diagnostic: &Diagnostic) -> Option<(&RelPath, u32)> {
    diagnostic.place.as_ref().map(|place| (&place.path, place.span.start))
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

#[cfg(test)]
pub(super) mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::diagnostic::code;

    /// Makes a report of `diagnostics` in the files given as `path: text`.
    pub(in crate::diagnostic) fn report(files: &[(&str, &str)], diagnostics: Vec<Diagnostic>) -> Report {
        with(files, diagnostics, &Policy::default(), &Withheld::default())
    }

    /// Makes a report under a policy, with something withheld.
    pub(in crate::diagnostic) fn with(
        files: &[(&str, &str)],
        diagnostics: Vec<Diagnostic>,
        policy: &Policy,
        withheld: &Withheld,
    ) -> Report {
        let read = |path: &RelPath| {
            let found = files.iter().find(|(name, _)| *name == path.as_str());
            found.map(|(_, text)| Bytes::from(text.as_bytes()))
        };
        Report::new(diagnostics, policy, withheld, &read)
    }

    /// Makes a diagnostic at the first place in `text` where `at` stands.
    pub(in crate::diagnostic) fn broken(path: &str, text: &str, at: &str) -> Diagnostic {
        let start = text.find(at).expect("the text holds it");
        let message = format!("no record named \"{at}\"");
        Diagnostic::new(&code::BROKEN_REFERENCE, message).at(&self::path(path), Span::new(start, start + at.len()))
    }

    /// Makes a path.
    pub(in crate::diagnostic) fn path(path: &str) -> RelPath {
        RelPath::new(path).expect("a test's path is sound")
    }

    /// Withholds `parts` of files: an empty text stands for the whole file.
    pub(in crate::diagnostic) fn withheld(parts: &[(&str, Option<Span>, usize)]) -> Withheld {
        let mut withheld = Withheld::default();
        for (name, span, number) in parts {
            withheld.0.entry(path(name)).or_default().push((*span, *number));
        }
        withheld
    }

    /// Holds what a channel is shown, one line each, against `expect`.
    #[track_caller]
    fn check(report: &Report, channel: Channel, expect: &[&str]) {
        let line = |shown: &Shown<'_>| format!("{} {} {}", shown.location, shown.severity.name(), shown.message);
        let lines: Vec<String> = report.shown(channel).iter().map(line).collect();
        assert_eq!(lines, expect);
    }

    #[test]
    fn diagnostics_are_sorted_by_file_line_and_column_and_those_of_no_file_come_first() {
        let text = "[[x]]\n[[y]] [[z]]\n";
        let files = [("content/a.md", text), ("content/b.md", text)];
        let diagnostics = vec![
            broken("content/b.md", text, "x"),
            broken("content/a.md", text, "z"),
            broken("content/a.md", text, "y"),
            Diagnostic::new(&code::INVALID_CONFIG, "no such theme"),
            Diagnostic::new(&code::MISSING_FIELD, "no when").at(&path("content/b.md"), Span::default()),
        ];
        check(
            &report(&files, diagnostics),
            Channel::Terminal,
            &[
                " error no such theme",
                "content/a.md:2:3 error no record named \"y\"",
                "content/a.md:2:9 error no record named \"z\"",
                "content/b.md:1:1 error no when",
                "content/b.md:1:3 error no record named \"x\"",
            ],
        );
    }

    #[test]
    fn exact_repetitions_are_shown_once() {
        let text = "[[x]] [[x]]";
        let again = broken("a.md", text, "x").help("did you mean \"y\"?");
        let diagnostics = vec![broken("a.md", text, "x"), again.clone(), broken("a.md", text, "x"), again];
        assert_eq!(report(&[("a.md", text)], diagnostics).errors, 2);
    }

    #[test]
    fn a_fault_in_a_withheld_record_tells_its_kind_only_to_whom_is_not_at_a_terminal() {
        let text = "[[Jan Novik]]";
        let files = [("content/jan.md", text), ("content/a.md", text)];
        let diagnostics = vec![broken("content/jan.md", text, "Jan"), broken("content/a.md", text, "Jan")];
        let hidden = withheld(&[("content/jan.md", None, 7)]);
        let report = with(&files, diagnostics, &Policy::default(), &hidden);
        let summary = summary_as_message(&code::BROKEN_REFERENCE);
        let first = format!("(withheld record 7) error {summary}");
        check(&report, Channel::Elsewhere, &[&first, "content/a.md:1:3 error no record named \"Jan\""]);
        check(
            &report,
            Channel::Terminal,
            &["content/a.md:1:3 error no record named \"Jan\"", "content/jan.md:1:3 error no record named \"Jan\""],
        );
    }

    #[test]
    fn a_diagnostic_for_the_terminal_is_discreet_elsewhere() {
        let text = "[[Jan Novik]]";
        let diagnostic = broken("content/a.md", text, "Jan Novik")
            .help("give it a label: [[jan-novik|a security official]]")
            .for_terminal("a mention of a withheld record without a label");
        let report = report(&[("content/a.md", text)], vec![diagnostic]);
        let shown = &report.shown(Channel::Elsewhere)[0];
        assert_eq!(shown.message, "a mention of a withheld record without a label");
        assert_eq!((shown.help, shown.excerpt), (None, None));
        assert_eq!(shown.location.to_string(), "content/a.md:1:3");
        let shown = &report.shown(Channel::Terminal)[0];
        assert_eq!(shown.message, "no record named \"Jan Novik\"");
        assert!(shown.help.is_some() && shown.excerpt.is_some());
    }

    #[test]
    fn the_order_elsewhere_does_not_tell_where_a_withheld_file_stands() {
        let files = [("a.md", "x"), ("m.md", "x"), ("z.md", "x")];
        let diagnostics = || files.iter().map(|(name, text)| broken(name, text, "x")).collect::<Vec<_>>();
        let order = |name: &str| {
            let report = with(&files, diagnostics(), &Policy::default(), &withheld(&[(name, None, 1)]));
            report.shown(Channel::Elsewhere)[0].location.to_string()
        };
        assert_eq!([order("a.md"), order("m.md"), order("z.md")], ["(withheld record 1)"; 3]);
    }

    #[test]
    fn a_file_that_vanished_has_a_name_and_no_position() {
        let report = report(&[], vec![broken("gone.md", "x", "x")]);
        check(&report, Channel::Terminal, &["gone.md error no record named \"x\""]);
    }

    #[test]
    fn each_file_is_read_once_and_not_at_all_for_a_fault_of_the_whole() {
        let reads = Cell::new(0);
        let read = |_: &RelPath| {
            reads.set(reads.get() + 1);
            Some(Bytes::from("x y x".as_bytes()))
        };
        let at = |start| Diagnostic::new(&code::UNSAFE_URL, "a").at(&path("a.md"), Span::new(start, start + 1));
        let whole = Diagnostic::new(&code::METADATA, "b").at(&path("film.mp4"), Span::default());
        let report = Report::new(vec![at(0), whole, at(4)], &Policy::default(), &Withheld::default(), &read);
        assert_eq!((reads.get(), report.errors), (1, 3));
    }

    #[test]
    fn many_faults_in_one_long_line_end_soon() {
        let text = "[[x]]".repeat(200_000);
        let fault =
            |n: usize| Diagnostic::new(&code::BROKEN_REFERENCE, "none").at(&path("a.md"), Span::new(n * 5, n * 5 + 5));
        let report = report(&[("a.md", &text)], (190_000..200_000).map(fault).collect());
        assert_eq!(report.shown(Channel::Terminal)[9_999].location.to_string(), "a.md:1:999996");
    }
}

//! What the TOML library has against a text, in an author's words.

use toml_parser::{Expected, ParseError};

use crate::file::Span;
use crate::tree::fault::Faults;

/// Tells the errors of the library, one for each line: the others in it are consequences of the first, as is all that
/// comes behind an open bracket, which swallows the rest of the text.
pub(super) fn tell(faults: &mut Faults<'_>, base: usize, errors: &[ParseError]) {
    let mut errors: Vec<_> = errors.iter().map(|error| (span(faults.text, base, error), error)).collect();
    errors.sort_by_key(|(span, _)| *span);
    let mut last = 0;
    for (span, error) in errors {
        let line = faults.line(span);
        if line != last {
            last = line;
            let (message, help) = words(error, faults.text, span);
            faults.add(span, message, help);
        }
        if matches!(error.description(), "unclosed array" | "unclosed inline table") {
            break;
        }
    }
}

/// Returns the bytes at fault. Where an error is that something is missing at a line's end, they are what it is missing
/// from: the open bracket or mark and the rest of its line, or the line itself.
fn span(text: &str, base: usize, error: &ParseError) -> Span {
    let context = error.context().map(|span| base + span.start());
    let (start, end) = match error.unexpected() {
        Some(span) => (base + span.start(), base + span.end()),
        None => (context.unwrap_or(base), context.unwrap_or(base)),
    };
    if end > start {
        return Span::new(start, end);
    }
    match text.get(start..).and_then(|rest| rest.chars().next()) {
        Some(next) if !matches!(next, '\n' | '\r') => Span::new(start, start + next.len_utf8()),
        _ => {
            let begins = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
            let from = match context {
                Some(context) if context < start => context,
                _ => begins + (text[begins..].len() - text[begins..].trim_start_matches([' ', '\t']).len()),
            };
            let line = text[from..].lines().next().unwrap_or_default();
            Span::new(from, from + line.trim_end().len())
        }
    }
}

fn words(error: &ParseError, text: &str, span: Span) -> (&'static str, &'static str) {
    let expects = |what: &str| {
        error.expected().into_iter().flatten().any(|expected| match expected {
            Expected::Literal(literal) => *literal == what,
            Expected::Description(description) => *description == what,
            _ => false,
        })
    };
    match error.description() {
        "invalid basic string" if expects("\"") => {
            ("this text has no closing quotation mark", "write `\"` behind it, and `\\\"` for a mark inside it")
        }
        "invalid literal string" if expects("'") => (
            "this text has no closing quotation mark",
            "write `'` behind it; a text with an apostrophe goes between `\"`",
        ),
        "invalid multi-line basic string" if expects("\"") => {
            ("this text of several lines is not closed", "write `\"\"\"` behind its last line")
        }
        "invalid multi-line literal string" if expects("'") => {
            ("this text of several lines is not closed", "write `'''` behind its last line")
        }
        "invalid basic string"
        | "invalid literal string"
        | "invalid multi-line basic string"
        | "invalid multi-line literal string"
        | "invalid comment character" => ("a control character stands here", "remove it"),
        "missing escaped value" => (
            "behind this backslash stands no escape that TOML knows",
            "write `\\\\` for a backslash, or put the text between `'`, where a backslash is one",
        ),
        "too few unicode value digits" | "invalid value" => {
            ("this escape stands for no character", "write `\\u` with four hexadecimal digits, as in `\\u00e9`")
        }
        "string values must be quoted" => unquoted(text, span),
        "missing opening quote" => ("this text has no opening quotation mark", "write a quotation mark before it"),
        "key with no value" | "missing value for key" | "invalid unquoted key" => key_without_value(text, span),
        "missing value" | "extra `=`" => {
            ("there is no value here", "write one behind a single `=`, as in title = \"Ada\"")
        }
        "unexpected key or value" => (
            "something stands behind a value that is complete",
            "put each field on a line of its own; a text with `\"` in it can go between `'`",
        ),
        description => structure(description),
    }
}

fn unquoted(text: &str, span: Span) -> (&'static str, &'static str) {
    match text.get(span.range()) {
        Some(line) if line.contains('=') => {
            ("there is no value behind this `=`", "write one, as in title = \"Ada\", or remove the line")
        }
        _ => ("a text must stand in quotation marks", "write it as in title = \"Ada\""),
    }
}

fn key_without_value(text: &str, span: Span) -> (&'static str, &'static str) {
    let head = &text[..(span.start as usize).min(text.len())];
    let begins = head.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line = text[begins..].lines().next().unwrap_or_default();
    if line.contains(':') && !line.contains('=') {
        ("this line is no field of TOML", "write it as in title = \"Ada\"; with `title: Ada`, the fences are `---`")
    } else if line.contains('=') {
        structure("invalid key")
    } else {
        ("this line is no field: `=` and a value are missing", "write it as in title = \"Ada\"")
    }
}

/// Words for what is wrong between the values.
fn structure(description: &str) -> (&'static str, &'static str) {
    match description {
        "unclosed table" | "invalid table" => ("this table's name is not complete", "write it as in [private]"),
        "unclosed array table" => ("this table's name is not complete", "write it as in [[assessments]]"),
        "missing table open" => {
            ("a bracket is closed here that was not opened", "write a table's name as in [private]")
        }
        "unclosed array" => ("this list is not closed", "write `]` behind its last item"),
        "missing array opening" => ("a list is closed here that was not opened", "write `[` before its first item"),
        "missing comma between array elements" => {
            ("two items of a list stand without a comma", "write `,` between them")
        }
        "extra comma in array" => ("there is a comma too many in this list", "remove it"),
        "unexpected `=` in array" => {
            ("a field stands in a list", "put it between braces, as in [{ who = \"ada\", role = \"host\" }]")
        }
        "unclosed inline table" => ("this table is not closed", "write `}` behind its last field"),
        "missing inline table opening" => {
            ("a table is closed here that was not opened", "write `{` before its first field")
        }
        "missing comma between key-value pairs" => ("two fields stand without a comma", "write `,` between them"),
        "extra comma in inline table" => ("there is a comma too many in this table", "remove it"),
        "missing key for inline table element"
        | "missing assignment between key-value pairs"
        | "extra assignment between key-value pairs"
        | "invalid inline table element" => {
            ("this is no field of a table", "write fields as in { who = \"ada\", role = \"host\" }")
        }
        "unquoted keys cannot be empty" | "invalid key" | "invalid key-value pair" => (
            "this is no key",
            "keys are made of the letters a to z, digits, `-` and `_`; others go between quotation marks",
        ),
        "keys cannot be multi-line basic strings" | "keys cannot be multi-line literal strings" => {
            ("a key goes over several lines", "write it on one")
        }
        "cannot recurse further; max recursion depth met" => ("this is nested too deeply", "use fewer levels"),
        "carriage return must be followed by newline" => {
            ("a carriage return stands alone here", "end lines with a line feed, alone or behind the carriage return")
        }
        "invalid boolean" => ("this is neither true nor false", "write true, false, or a text in quotation marks"),
        _ => ("this is not a number", "write digits, or a text in quotation marks, as in title = \"Ada\""),
    }
}

//! What the YAML library has against a text, in an author's words.
//!
//! The library stops where it can go no further, which may be lines behind the mistake: the lines around that place are
//! looked at for the mistakes that people make.

use std::ops::Range;

/// What is said of an error: the bytes at fault, the message, the help.
type Words = (Range<usize>, &'static str, &'static str);

/// How many lines before the place of an error are looked at.
const LOOKED_AT: usize = 3;

/// Returns what is said of the error `info` that the library found at an offset of a block.
pub(super) fn words(text: &str, at: usize, info: &str) -> Words {
    let at = at.min(text.len());
    if info.contains("mapping values") || info.contains("simple key") || info.contains("expected key") {
        return field(text, at);
    }
    let (message, help) = match info {
        "recursion limit exceeded" => ("this is nested too deeply", "use fewer levels"),
        _ if info.contains("tab") && info != "the TAG directive must only be given at most once per handle" => {
            return tab(text, at);
        }
        _ if info.contains("unknown escape") || info.contains("escape code") || info.contains("hexadecimal") => (
            "in this text a backslash stands with no escape behind it that YAML knows",
            "write `\\\\` for a backslash, or put the text between `'`, where a backslash is one",
        ),
        _ if info.contains("quoted scalar, found") || info.contains("in quoted scalar") => (
            "this text has no closing quotation mark",
            "write one behind it; inside `\"` a mark is `\\\"`, inside `'` an apostrophe is `''`",
        ),
        _ if info.starts_with("unexpected character") => {
            ("a value cannot begin with this character", "put the value in quotation marks")
        }
        _ if info.contains("trailing content") => (
            "something stands behind a value that is complete",
            "put the whole value in quotation marks; inside `\"` a mark is `\\\"`, inside `'` an apostrophe is `''`",
        ),
        _ if info.contains("unknown anchor") || info.contains("anchor or alias") => {
            ("YAML takes this for an anchor or alias", "put the value in quotation marks")
        }
        _ if info.contains("TAG") || info.contains("tag") || info.contains("handle") => {
            ("YAML takes this for a tag", "put the value in quotation marks")
        }
        _ if info.contains("flow") || info.contains("illegal placement") || info.contains("misplaced bracket") => {
            return bracket(text, at);
        }
        _ if info.contains("node content") => {
            ("a comma, bracket or sign stands here without a value", "remove it, or quote it")
        }
        _ if info.contains("block sequence") || info.contains("'-'") => (
            "the items of this list do not stand one below the other",
            "write each on a line of its own, as in `- Ada`, all indented alike",
        ),
        _ if info.contains("block scalar") => (
            "this text of several lines is not well indented",
            "begin it on the line below `|` or `>`, and indent its lines alike, with spaces",
        ),
        _ if info.contains("document") || info.contains("directive") => {
            ("YAML takes this for the start of another document", "put the value in quotation marks")
        }
        _ if info.contains("indentation") => {
            ("this line is not indented like its neighbours", "indent them alike, with spaces")
        }
        _ => ("YAML cannot read this", "put the value in quotation marks, or write it anew"),
    };
    (to_line_end(text, at), message, help)
}

/// Says what is wrong with the field at or shortly before an offset.
fn field(text: &str, at: usize) -> Words {
    let mut line = line_at(text, at);
    let mut behind = at - line.start;
    for looked in 0..=LOOKED_AT {
        let written = &text[line.clone()];
        if let Some(colon) = without_space(written) {
            let colon = line.start + colon;
            return (
                colon..colon + 1,
                "a space is missing behind this colon",
                "write `key: value`; a text with a colon in it is quoted",
            );
        }
        if let Some(colon) = second_colon(written) {
            let colon = line.start + colon;
            return (
                colon..colon + 1,
                "a colon stands in a text that is not quoted",
                "put the text in quotation marks, as in `title: \"Ada: a life\"`",
            );
        }
        if looked == 0 && behind > 0 && (written.starts_with(' ') || written.starts_with('\t')) {
            return (
                trimmed(text, line),
                "this line is not indented like its neighbours",
                "indent the fields of a table alike, with spaces, below a key without a value",
            );
        }
        if !written.trim().is_empty() && !written.trim_start().starts_with(['#', '-']) && !is_field(written) {
            return (trimmed(text, line), "this line is no field", "write it as in `title: Ada`");
        }
        if line.start == 0 {
            break;
        }
        line = line_at(text, line.start - 1);
        behind = 0;
    }
    let line = line_at(text, at);
    (
        trimmed(text, line),
        "this line is not indented like its neighbours",
        "indent the fields of a table alike, with spaces, below a key without a value",
    )
}

fn is_field(line: &str) -> bool {
    line.contains(": ") || line.trim_end().ends_with(':')
}

/// Returns where a line as `key:value` has its colon.
fn without_space(line: &str) -> Option<usize> {
    let key = line.trim_start().trim_start_matches("- ");
    let len = key.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
    let mut rest = key[len..].chars();
    let found =
        len > 0 && rest.next() == Some(':') && rest.next().is_some_and(|next| !next.is_whitespace() && next != '/');
    found.then(|| line.len() - key.len() + len)
}

/// Returns where a line as `title: Ada: a life` has its second colon.
fn second_colon(line: &str) -> Option<usize> {
    let first = line.find(": ")?;
    let rest = &line[first + 2..];
    let at = rest.find(": ").or_else(|| rest.trim_end().ends_with(':').then(|| rest.trim_end().len() - 1))?;
    Some(first + 2 + at)
}

/// Points at the first tab that indents a line at or behind an offset.
fn tab(text: &str, at: usize) -> Words {
    let mut line = line_at(text, at);
    while line.start < text.len() {
        let written = &text[line.clone()];
        let blank = written.len() - written.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = written[..blank].find('\t') {
            let tab = line.start + tab;
            return (tab..tab + 1, "a tab stands where YAML wants spaces", "indent with spaces");
        }
        if line.end >= text.len() {
            break;
        }
        line = line_at(text, line.end + 1);
    }
    (to_line_end(text, at), "a tab stands where YAML wants spaces", "write spaces for it, or quote the value")
}

/// Points at the bracket that is open at an offset, as far as a look at the last lines can tell.
fn bracket(text: &str, at: usize) -> Words {
    let head = &text[..at];
    match head.rfind(['[', '{']) {
        Some(open) => (
            to_line_end(text, open),
            "this list or table is not closed",
            "write `]` or `}` behind it, or quote the value",
        ),
        None => {
            (to_line_end(text, at), "a bracket stands here that YAML cannot read", "put the value in quotation marks")
        }
    }
}

/// Returns the line that holds an offset, without its end; the one before for the end of the text.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let start = text[..at].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let end = text[start..].find(['\n', '\r']).map_or(text.len(), |len| start + len);
    start..end
}

fn trimmed(text: &str, line: Range<usize>) -> Range<usize> {
    let written = &text[line.clone()];
    let start = line.start + written.len() - written.trim_start().len();
    start..start + written.trim().len()
}

/// Returns the rest of the line from an offset, at least one character where there is one.
fn to_line_end(text: &str, at: usize) -> Range<usize> {
    let line = line_at(text, at);
    let end = line.start + text[line.clone()].trim_end().len();
    if end > at { at..end } else { trimmed(text, line) }
}

//! The text of a plain text file: blocks between blank lines; where there is no blank line, each line.

use super::builder::{Builder, Noise, Space};
use super::text::{CaptureText, Flow, Kind};

/// Returns the text of a plain text file.
pub(super) fn text(text: &str, noise: &Noise) -> CaptureText {
    let lines = || lines(text).zip(1..).filter(|(line, _)| !noise.has(line));
    let is_blank = |line: &str| line.trim_matches(is_empty).is_empty();
    let mut seen = lines().skip_while(|(line, _)| is_blank(line)).skip_while(|(line, _)| !is_blank(line));
    let has_blank = seen.any(|(line, _)| !is_blank(line));
    let nothing = Noise::default();
    let flow = if has_blank { Flow::Blocks } else { Flow::Broken };
    let mut out = Builder::new(&nothing, flow, text.len());
    out.block(Kind::Paragraph, true);
    for (line, number) in lines() {
        if is_blank(line) || !has_blank {
            out.block(Kind::Paragraph, true);
        } else {
            out.line();
        }
        if !is_blank(line) {
            out.text(line, number, Space::Kept);
        }
    }
    out.finish()
}

/// Returns the lines, which end in LF, CRLF or CR.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    let ends = |line: &str| line.ends_with('\n');
    text.split_inclusive('\n').flat_map(move |line| {
        let whole = line.strip_suffix('\n').unwrap_or(line);
        let whole = if ends(line) { whole.strip_suffix('\r').unwrap_or(whole) } else { whole };
        whole.split('\r')
    })
}

fn is_empty(c: char) -> bool {
    c.is_whitespace() || super::normal::is_invisible(c)
}

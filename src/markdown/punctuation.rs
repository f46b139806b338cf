//! Quotation marks: which of them belong together, and what typographic sign each one becomes.
//!
//! Straight marks open and close by what stands around them, as CommonMark's delimiters do. Marks of several languages
//! and mixed ones (`“never asked"`) pair with the nearest that fits. A lonely one opens if it can (a quotation over several paragraphs), else it
//! stays as typed (`6"`).

use super::mark::{Mark, MarkKind};

/// How many open marks are looked at for one that closes: deeper nesting is no writing.
const REACH: usize = 8;

/// Two quotation marks that belong together: indices of marks.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Pair {
    /// The opening mark.
    pub(super) open: usize,
    /// The closing mark.
    pub(super) close: usize,
}

/// What quotation marks are.
#[derive(Default, Debug)]
pub(super) struct Quotes {
    /// The outermost pairs of double marks, in the order of the text.
    pub(super) pairs: Vec<Pair>,
    /// What each straight mark becomes: the mark's index and the sign, ascending.
    pub(super) signs: Vec<(usize, &'static str)>,
}

/// Pairs the quotation marks among `marks` and says what they become. `start` is where the block begins in the source.
pub(super) fn pair(source: &str, start: usize, marks: &[Mark], quotes: &mut Quotes) {
    let mut open: Vec<usize> = Vec::new();
    let mut single: Option<usize> = None;
    for (index, mark) in marks.iter().enumerate() {
        match mark.kind {
            MarkKind::Single => {
                let flank = Flank::of(source, start, mark);
                let sign = quotes.signs.len();
                match single {
                    Some(first) if flank.closes && !flank.opens => {
                        quotes.signs[first].1 = "‘";
                        single = None;
                    }
                    _ if flank.opens && !flank.closes => single = Some(sign),
                    _ => {}
                }
                quotes.signs.push((index, "’"));
            }
            MarkKind::Double(letter) => {
                let flank = Flank::of(source, start, mark);
                double(marks, &mut open, index, letter, flank, quotes);
            }
            _ => {}
        }
    }
    let lonely = open.iter().filter(|index| marks[**index].kind == MarkKind::Double('"'));
    quotes.signs.extend(lonely.map(|index| (*index, "“")));
    quotes.signs.sort_by_key(|sign| sign.0);
    quotes.pairs.sort_by_key(|pair| pair.open);
    let mut last = None;
    quotes.pairs.retain(|pair| {
        let outer = last.is_none_or(|last| pair.open > last);
        if outer {
            last = Some(pair.close);
        }
        outer
    });
}

/// Takes one double mark: it closes the nearest mark that fits, or opens.
fn double(marks: &[Mark], open: &mut Vec<usize>, index: usize, letter: char, flank: Flank, quotes: &mut Quotes) {
    let closes = |opener: char| match letter {
        '"' => flank.closes && (opener == '"' || !flank.opens && matches!(opener, '“' | '„' | '”')),
        // The same mark at both ends: a slip, or the custom (Finnish, Swedish books).
        '“' => opener == '„' || opener == '“' && flank.closes && !flank.opens,
        '”' => matches!(opener, '“' | '„' | '”') || flank.closes && opener == '"',
        '«' => opener == '»' || opener == '«' && flank.closes && !flank.opens,
        '»' => opener == '«' || opener == '»' && flank.closes && !flank.opens,
        '」' => opener == '「',
        _ => false,
    };
    let reach = open.len().saturating_sub(REACH);
    let fits = open[reach..].iter().rposition(|opener| match marks[*opener].kind {
        MarkKind::Double(opener) => closes(opener),
        _ => false,
    });
    if let Some(fits) = fits {
        let opener = open[reach + fits];
        open.truncate(reach + fits);
        quotes.pairs.push(Pair { open: opener, close: index });
        if marks[opener].kind == MarkKind::Double('"') {
            quotes.signs.push((opener, "“"));
        }
        if letter == '"' {
            quotes.signs.push((index, "”"));
        }
        return;
    }
    let opens = match letter {
        '“' | '„' | '«' | '「' => true,
        '”' | '»' => flank.opens && !flank.closes,
        '」' => false,
        _ => flank.opens,
    };
    if opens {
        open.push(index);
    }
}

/// Whether a mark may open or close, by the characters around it.
#[derive(Clone, Copy)]
struct Flank {
    opens: bool,
    closes: bool,
}

impl Flank {
    fn of(source: &str, start: usize, mark: &Mark) -> Flank {
        let before = source[start.min(mark.at)..mark.at].chars().next_back().unwrap_or(' ');
        let after = source[mark.end..].chars().next().unwrap_or(' ');
        let word = |letter: char| letter.is_alphanumeric();
        let opens = !after.is_whitespace() && (word(after) || !word(before));
        let closes = !before.is_whitespace() && (word(before) || !word(after));
        Flank { opens, closes }
    }
}

/// Returns a short text with typographic punctuation: for words that no mark was looked for in.
pub(super) fn smarten(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut before = ' ';
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let (sign, length) = match letter {
            '\'' if before.is_alphanumeric() => ("’", 1),
            '"' | '\'' => {
                let opens = before.is_whitespace() || "([{—–".contains(before);
                (
                    if letter == '"' {
                        if opens { "“" } else { "”" }
                    } else if opens {
                        "‘"
                    } else {
                        "’"
                    },
                    1,
                )
            }
            '-' if rest.starts_with("---") => ("—", 3),
            '-' if rest.starts_with("--") => ("–", 2),
            '.' if rest.starts_with("...") => ("…", 3),
            _ => (&rest[..letter.len_utf8()], letter.len_utf8()),
        };
        out.push_str(sign);
        before = letter;
        rest = &rest[length..];
    }
    out
}

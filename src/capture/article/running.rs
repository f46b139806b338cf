//! Running heads and feet: what stands at the top or the foot of the pages of a document, and is no part of its text.
//!
//! A line of an edge counts if the same one stands at that edge of many pages, or the same but for a number that counts the
//! pages. Other numbers are text: a table may end with a sum on every page.

use std::collections::{BTreeMap, BTreeSet};

use super::super::text::CaptureText;
use super::phrases::words;
use super::tidy;

/// How many lines at the top and at the foot of a page may be of an edge.
const DEEP: usize = 2;

/// The most words of such a line.
const MOST_WORDS: usize = 12;

/// The top or the foot of pages.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Edge {
    Top,
    Foot,
}

/// Returns the running heads and feet of a text with pages, each line once, page by page.
pub(super) fn running(text: &CaptureText) -> Vec<String> {
    let ends = text.pages.iter().skip(1).map(|at| *at as usize).chain([text.text.len()]);
    let pages = text.pages.iter().map(|at| *at as usize).zip(ends);
    let pages: Vec<Vec<String>> = pages
        .map(|(from, to)| text.text.get(from..to).unwrap_or_default().lines().map(tidy).collect::<Vec<_>>())
        .map(|lines| lines.into_iter().filter(|line| !line.is_empty()).collect())
        .collect();
    // Edge and form, and where lines of that form stand: page and line.
    let mut forms: BTreeMap<(Edge, String), Vec<(usize, &str)>> = BTreeMap::new();
    let mut inner: BTreeSet<&str> = BTreeSet::new();
    for (page, lines) in pages.iter().enumerate() {
        let (top, foot) = (DEEP.min(lines.len() / 2), lines.len() - DEEP.min(lines.len() / 2));
        for (at, line) in lines.iter().enumerate() {
            let edge = match at {
                at if at < top => Edge::Top,
                at if at >= foot => Edge::Foot,
                _ => {
                    inner.insert(line);
                    continue;
                }
            };
            if words(line) <= MOST_WORDS {
                forms.entry((edge, form(line))).or_default().push((page, line));
            }
        }
    }
    let of_many = |places: &Vec<(usize, &str)>| {
        let count = places.iter().map(|(page, _)| page).collect::<BTreeSet<_>>().len();
        count >= 2 && (count * 2 >= pages.len() || count >= 3 && count * 3 >= pages.len())
    };
    let mut found: Vec<(usize, &str)> = Vec::new();
    for places in forms.values() {
        let is_same = places.iter().all(|(_, line)| *line == places[0].1);
        if of_many(places) && (is_same && places[0].1.contains(char::is_alphabetic) || counts_pages(places)) {
            found.extend(places.iter().filter(|(_, line)| !inner.contains(line)));
        }
    }
    found.sort_by_key(|(page, _)| *page);
    let mut seen = BTreeSet::new();
    found.into_iter().filter(|(_, line)| seen.insert(*line)).map(|(_, line)| line.to_owned()).collect()
}

/// Returns a line with `#` in place of each number.
fn form(line: &str) -> String {
    let mut form = String::with_capacity(line.len());
    for c in line.chars() {
        match c.is_numeric() {
            true if form.ends_with('#') => {}
            true => form.push('#'),
            false => form.push(c),
        }
    }
    form
}

/// Tells whether one of the numbers in lines of one form goes up as their pages do.
fn counts_pages(places: &[(usize, &str)]) -> bool {
    let numbers = |line: &str| -> Vec<Option<i64>> {
        let digits = line.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty());
        digits.map(|digits| digits.parse().ok()).collect()
    };
    let lines: Vec<(i64, Vec<Option<i64>>)> =
        places.iter().filter_map(|(page, line)| Some((i64::try_from(*page).ok()?, numbers(line)))).collect();
    let Some((_, first)) = lines.first() else { return false };
    (0..first.len()).any(|at| {
        let mut offsets = lines.iter().map(|(page, numbers)| Some((*numbers.get(at)?)? - page));
        let wanted = offsets.next().flatten();
        wanted.is_some() && offsets.all(|offset| offset == wanted)
    })
}

#[cfg(test)]
mod tests {
    use super::running;
    use crate::capture::CaptureText;

    /// Checks what is found in pages, which are apart by `===`.
    fn check(pages: &str, expect: &[&str]) {
        let mut text = CaptureText::default();
        for page in pages.split("===\n") {
            text.pages.push(u32::try_from(text.text.len()).expect("a short text"));
            text.text.push_str(page);
        }
        assert_eq!(running(&text), expect);
    }

    #[test]
    fn what_stands_at_the_edge_of_most_pages_is_found() {
        check(
            "The Report\nOne.\nTwo.\nPage 1\n===\nThe Report\nThree.\nFour.\nPage 2\n===\nThe Report\nFive.\nSix.\nPage 3\n",
            &["The Report", "Page 1", "Page 2", "Page 3"],
        );
        check("One.\nTwo.\nThree.\n- 7 -\n===\nFour.\nFive.\nSix.\n- 8 -\n", &["- 7 -", "- 8 -"]);
    }

    #[test]
    fn heads_may_be_those_of_left_and_right_pages() {
        let words = ["ash", "bay", "cod", "dew", "elm", "fog"];
        let page = |n: usize| format!("{}\n{1} one.\n{1} two.\n{1} three.\n", ["Left", "Right"][n % 2], words[n]);
        let pages: Vec<String> = (0..6).map(page).collect();
        check(&pages.join("===\n"), &["Left", "Right"]);
    }

    #[test]
    fn text_is_not_found() {
        check("One.\nTwo.\nThree.\nFour.\n===\nFive.\nSix.\nSeven.\nEight.\n", &[]);
        check("One.\nTwo.\nThree.\nTotal 12\n===\nFour.\nFive.\nSix.\nTotal 40\n", &[]);
        check("12\nTwo.\nThree.\nFour.\n===\n17\nSix.\nSeven.\nEight.\n", &[]);
        check("The end\nTwo.\nThe end\nx\ny\n===\nThe end\nSix.\nSeven.\nz\nw\n", &[]);
        check("Only one page.\nPage 1\n", &[]);
        check("", &[]);
    }
}

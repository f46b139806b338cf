//! Callouts: block quotes that begin with `[!kind]`, foldable with `-` or `+`, with or without a title.
//!
//! Any kind is one, in any letter case. `private` is never published; what is nearly that is an error, since its author
//! may believe that it is.

use std::ops::Range;

use super::escape;

/// The first line of a callout.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Marker {
    /// Where `[!kind]` stands in the source, with what says whether it folds.
    pub(super) at: Range<usize>,
    /// Where the kind stands in the source, all that the brackets hold.
    pub(super) kind: Range<usize>,
    /// Whether it folds.
    pub(super) fold: Fold,
}

impl Marker {
    /// Returns the name of the kind: what stands before a `|`, behind which Obsidian keeps words for a style sheet.
    pub(super) fn name<'t>(&self, source: &'t str) -> &'t str {
        let kind = &source[self.kind.clone()];
        let name = kind.split('|').next().unwrap_or_default().trim();
        if name.is_empty() { kind.trim() } else { name }
    }
}

/// Whether a callout folds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fold {
    /// It does not.
    Fixed,
    /// It does, and is open at first.
    Open,
    /// It does, and is closed at first.
    Closed,
}

/// What a kind is, as far as that matters for what is published.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Privacy {
    /// It is published.
    Public,
    /// It is not.
    Private,
    /// It is not, and its author is told to write `private`.
    Doubtful,
}

/// Finds the marker at the beginning of a block quote's words; `start` is where they begin.
pub(super) fn marker(source: &str, start: usize) -> Option<Marker> {
    let inside = line(source[start..].strip_prefix("[!")?);
    let close = inside.find(']').filter(|close| !inside[..*close].contains('['))?;
    let kind = start + 2..start + 2 + close;
    let mut end = kind.end + 1;
    let fold = match source.as_bytes().get(end) {
        Some(b'-') => Fold::Closed,
        Some(b'+') => Fold::Open,
        _ => Fold::Fixed,
    };
    end += usize::from(fold != Fold::Fixed);
    (!source[kind.clone()].trim().is_empty()).then_some(Marker { at: start..end, kind, fold })
}

/// The longest kind that is looked for, in bytes.
const LONGEST: usize = 200;

/// Returns the beginning of a text up to the end of its line, as far as a kind may reach.
pub(super) fn line(text: &str) -> &str {
    let mut end = text.len().min(LONGEST);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].lines().next().unwrap_or_default()
}

/// Finds where the words of a block quote begin that begins at `start`: behind its first `>` and white space.
pub(super) fn words(source: &str, start: usize) -> usize {
    let rest = &source[start..];
    let behind = rest.trim_start_matches([' ', '\t']);
    let behind = behind.strip_prefix('>').unwrap_or(behind).trim_start_matches([' ', '\t']);
    start + (rest.len() - behind.len())
}

/// Tells whether callouts of a kind are published.
pub(super) fn privacy(kind: &str) -> Privacy {
    let plain: String = kind.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if kind.trim().eq_ignore_ascii_case("private") {
        return Privacy::Private;
    }
    if plain.len() < 4 {
        return Privacy::Public;
    }
    let near = |name: &str, distance: usize| plain.contains(name) || is_near(&plain, name, distance);
    let doubtful = plain.starts_with("priv")
        || near("private", 2)
        || near("privat", 1)
        || near("confidential", 3)
        || plain.contains("confident")
        || near("secret", 1)
        || near("hidden", 1);
    if doubtful { Privacy::Doubtful } else { Privacy::Public }
}

/// Tells whether one word becomes the other by at most `most` letters put in, left out, changed or swapped.
fn is_near(one: &str, other: &str, most: usize) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().take(40).collect(), other.chars().collect());
    if one.len().abs_diff(other.len()) > most {
        return false;
    }
    let mut rows = vec![vec![0usize; other.len() + 1]; one.len() + 1];
    for i in 0..=one.len() {
        for j in 0..=other.len() {
            rows[i][j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ => {
                    let change = usize::from(one[i - 1] != other[j - 1]);
                    let mut best = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + change);
                    if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                        best = best.min(rows[i - 2][j - 2] + 1);
                    }
                    best
                }
            };
        }
    }
    rows[one.len()][other.len()] <= most
}

/// Opens a callout; its title follows.
pub(super) fn open(kind: &str, fold: Fold, out: &mut String) {
    let class: String =
        kind.trim().to_lowercase().chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    out.push_str(if fold == Fold::Fixed {
        "<div class=\"callout callout-"
    } else {
        "<details class=\"callout callout-"
    });
    escape::attribute(&class, out);
    out.push_str(match fold {
        Fold::Fixed => "\" role=\"note\"><p class=\"callout-title\">",
        Fold::Open => "\" open><summary class=\"callout-title\">",
        Fold::Closed => "\"><summary class=\"callout-title\">",
    });
}

/// Returns the tag that ends a callout's title.
pub(super) fn close_title(fold: Fold) -> &'static str {
    if fold == Fold::Fixed { "</p>\n" } else { "</summary>\n" }
}

/// Returns the tag that ends a callout.
pub(super) fn close(fold: Fold) -> &'static str {
    if fold == Fold::Fixed { "</div>\n" } else { "</details>\n" }
}

#[cfg(test)]
mod tests {
    use super::{Privacy, privacy};

    fn check(kinds: &[&str], expect: Privacy) {
        for kind in kinds {
            assert_eq!(privacy(kind), expect, "{kind}");
        }
    }

    #[test]
    fn private_is_known_in_any_letter_case() {
        check(&["private", "PRIVATE", "Private", " private "], Privacy::Private);
    }

    #[test]
    fn what_is_nearly_private_is_doubtful() {
        check(
            &["privat", "prviate", "private-note", "privates", "pirvate", "priv", "my private", "p-r-i-v-a-t-e"],
            Privacy::Doubtful,
        );
        check(&["confidential", "Confidental", "secret", "secrets", "hidden", "HIDDEN", "hiden"], Privacy::Doubtful);
    }

    #[test]
    fn other_kinds_are_published() {
        let kinds =
            ["note", "abstract", "info", "todo", "tip", "success", "question", "warning", "failure", "danger", "bug"];
        check(&kinds, Privacy::Public);
        check(
            &["example", "quote", "cite", "translation", "important", "caution", "hint", "summary", "tldr", "public"],
            Privacy::Public,
        );
    }

    use super::super::trial::{faults, html};

    fn page(text: &str, expect: &str) {
        assert_eq!(html(text), expect, "{text:?}");
    }

    #[test]
    fn a_callout_has_its_title_or_its_kind() {
        page(
            "> [!note] On *this*\n> a\n> b",
            "<div class=\"callout callout-note\" role=\"note\"><p class=\"callout-title\">On <em>this</em></p>\n<p>a\nb</p>\n</div>\n",
        );
        page(
            "> [!Method]\n> a",
            "<div class=\"callout callout-method\" role=\"note\"><p class=\"callout-title\">Method</p>\n<p>a</p>\n</div>\n",
        );
        page(
            "> [!note] T\n>\n> - a",
            "<div class=\"callout callout-note\" role=\"note\"><p class=\"callout-title\">T</p>\n<ul><li>a</li>\n</ul>\n</div>\n",
        );
        page(
            "> [!note]",
            "<div class=\"callout callout-note\" role=\"note\"><p class=\"callout-title\">Note</p>\n</div>\n",
        );
        page(
            "> [!a b\"] T",
            "<div class=\"callout callout-a-b-\" role=\"note\"><p class=\"callout-title\">T</p>\n</div>\n",
        );
    }

    #[test]
    fn a_callout_may_fold() {
        page(
            "> [!note]- T\n> a",
            "<details class=\"callout callout-note\"><summary class=\"callout-title\">T</summary>\n<p>a</p>\n</details>\n",
        );
        page(
            "> [!note]+\n> a",
            "<details class=\"callout callout-note\" open><summary class=\"callout-title\">Note</summary>\n<p>a</p>\n</details>\n",
        );
    }

    #[test]
    fn callouts_nest() {
        page(
            "> [!note] A\n> > [!tip] B\n> > c",
            "<div class=\"callout callout-note\" role=\"note\"><p class=\"callout-title\">A</p>\n<div class=\"callout callout-tip\" role=\"note\"><p class=\"callout-title\">B</p>\n<p>c</p>\n</div>\n</div>\n",
        );
    }

    #[test]
    fn what_is_private_does_not_get_through_even_unstripped() {
        let text = "a\n\n> [!private] b [[c]]\n\n> [!secret] d";
        page(text, "<p>a</p>\n");
        assert_eq!(faults(text).iter().map(|fault| fault.0).collect::<Vec<_>>(), ["invalid-value", "invalid-value"]);
    }
}

//! What a reader of a page does not see within a line, as far as the page itself says so; style sheets are not read.

use super::tokens::StartTag;

/// Elements without content that stand within lines.
const VOID: [&str; 10] = ["area", "br", "embed", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Tells whether the content of an element within a line is not shown, as far as the page itself says: it is hidden, or stands
/// in for something.
pub(super) fn is_unseen(tag: &StartTag) -> bool {
    let is_hidden = || match tag.attribute("hidden") {
        Some(value) => !value.eq_ignore_ascii_case("until-found"),
        None => tag.attribute("style").is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        }),
    };
    !tag.closes_itself && !VOID.contains(&tag.name.as_str()) && (stands_in(&tag.name) || is_hidden())
}

/// Tells whether an element's content is shown only where what it is for cannot be.
pub(super) fn stands_in(name: &str) -> bool {
    matches!(name, "noscript" | "object" | "audio" | "canvas")
}

//! Headings and blocks inside a text, as mentions name them.

use crate::markdown::{Body, Fragment, Part};
use crate::model::name::fold;

/// Finds the part of a body that a fragment names: a heading by its id or its words, a block by its id.
pub fn anchor<'b>(body: &'b Body, fragment: &Fragment) -> Option<Part<'b>> {
    match fragment {
        Fragment::Heading(written) => {
            // Obsidian writes the way down to a heading, `#Chapter#Section`: the last one is meant.
            let wanted = written.rsplit('#').next().unwrap_or(written).trim();
            let folded = fold(wanted);
            let by_id = body.headings.iter().find(|heading| heading.id == wanted || heading.id == *folded);
            let by_words = || body.headings.iter().find(|heading| fold(&words(body, heading)) == folded);
            let by_shape = || body.headings.iter().find(|heading| shape(&heading.id) == shape(&folded));
            by_id.or_else(by_words).or_else(by_shape).map(|heading| Part::Heading(&heading.id))
        }
        Fragment::Block(written) => {
            let wanted = written.trim_start_matches('^');
            let block = body.blocks.iter().find(|block| block.id.eq_ignore_ascii_case(wanted));
            block.map(|block| Part::Block(&block.anchor))
        }
    }
}

fn words(body: &Body, heading: &crate::markdown::Heading) -> String {
    body.plain(heading.text, &mut |index, out| out.push_str(&body.mentions[index].target))
}

/// Returns the letters and digits of a heading, which editors spell around in different ways.
fn shape(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

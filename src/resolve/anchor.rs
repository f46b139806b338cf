//! Headings and blocks inside a text, as mentions name them.

use crate::diagnostic::{Diagnostic, code, near};
use crate::markdown::{Body, Fragment, Part};
use crate::model::name::fold;
use crate::model::{Archive, Ix, Target};

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

/// Reports every fragment of a record's mentions that its target does not have.
pub(super) fn broken(archive: &Archive, from: Ix) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let entry = archive.entry(from);
    let texts = std::iter::once((&entry.record.body, &entry.body)).chain(entry.record.notes.iter().zip(&entry.notes));
    for (body, links) in texts {
        for (mention, target) in body.mentions.iter().zip(&links.mentions) {
            let Some(fragment) = &mention.fragment else { continue };
            let there = match target {
                Target::Record(ix) => &archive.record(*ix).body,
                Target::Here => body,
                _ => continue,
            };
            if anchor(there, fragment).is_none() {
                let title = target.record().map(|ix| archive.record(ix).title.as_str());
                let fault = fault(fragment, there, title);
                found.push(fault.at(&entry.record.origin.path, body.source.span(mention.at.range())));
            }
        }
    }
    found
}

fn fault(fragment: &Fragment, there: &Body, title: Option<&str>) -> Diagnostic {
    let (written, kind, ids): (_, _, Vec<&str>) = match fragment {
        Fragment::Heading(written) => {
            (written, "heading", there.headings.iter().map(|heading| heading.id.as_str()).collect())
        }
        Fragment::Block(written) => (written, "block", there.blocks.iter().map(|block| block.id.as_str()).collect()),
    };
    let title = title.map_or_else(|| "this page".to_owned(), |title| format!("\"{title}\""));
    let mut fault = Diagnostic::new(&code::BROKEN_ANCHOR, format!("{title} has no {kind} \"{written}\""));
    if let Some(nearest) = near::nearest(written, ids).first() {
        fault.help = Some(format!("did you mean \"{nearest}\"?"));
    }
    fault
}

fn words(body: &Body, heading: &crate::markdown::Heading) -> String {
    body.plain(heading.text, &mut |index, label, out| out.push_str(label.unwrap_or(&body.mentions[index].target))).text
}

/// Returns the letters and digits of a heading, which editors spell around in different ways.
fn shape(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

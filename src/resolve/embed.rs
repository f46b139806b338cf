//! Embeds that come back to themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::anchor;
use crate::diagnostic::{Diagnostic, code};
use crate::markdown::{Body, Extent, MentionKind, Part};
use crate::model::{Archive, Ix, Target};

/// How many parts may be embedded in each other.
const DEEPEST: usize = 12;

/// A part of a record: the extent of its HTML.
type Node = (Ix, Extent);

/// Reports every embed through which a part comes to hold itself, or that nests too deep.
///
/// `leading` are the records whose texts lead to parts. An embed of a whole record is a card and embeds nothing. The walk keeps its own stack, and visits each part once.
pub(super) fn cycles(archive: &Archive, leading: &[Ix], found: &mut Vec<Diagnostic>) {
    let mut edges: BTreeMap<Node, Vec<(usize, Node)>> = BTreeMap::new();
    let mut roots: BTreeSet<Node> = BTreeSet::new();
    for ix in leading.iter().copied() {
        let body = &archive.record(ix).body;
        if body.mentions.iter().any(|mention| mention.kind == MentionKind::Embed && mention.fragment.is_some()) {
            roots.insert((ix, body.flow));
        }
    }
    let mut depth: BTreeMap<Node, usize> = BTreeMap::new();
    let mut reported: BTreeSet<(Ix, usize)> = BTreeSet::new();
    for root in roots {
        let mut path: Vec<(Node, usize)> = vec![(root, 0)];
        while let Some(&mut (node, ref mut next)) = path.last_mut() {
            let outgoing = edges.entry(node).or_insert_with(|| embeds(archive, node));
            let Some(&(mention, to)) = outgoing.get(*next) else {
                let below = outgoing.iter().filter_map(|(_, to)| depth.get(to)).max().map_or(0, |deepest| deepest + 1);
                depth.insert(node, below);
                path.pop();
                continue;
            };
            *next += 1;
            // The root is the record's whole text: only parts of it can come back.
            let cycle = path.iter().skip(1).any(|(open, _)| *open == to) || inside(archive, node, mention, to);
            let deep = depth.get(&to).is_some_and(|below| below + path.len() > DEEPEST) || path.len() > DEEPEST;
            if cycle || deep {
                if reported.insert((node.0, mention)) {
                    found.push(fault(archive, node.0, mention, cycle));
                }
            } else if !depth.contains_key(&to) {
                path.push((to, 0));
            }
        }
    }
}

/// Tells whether a mention stands in the very part that it embeds.
fn inside(archive: &Archive, node: Node, mention: usize, to: Node) -> bool {
    node.0 == to.0 && to.1.covers(archive.record(node.0).body.mentions[mention].html)
}

/// Returns the parts that a part embeds, each with the number of the mention.
fn embeds(archive: &Archive, (ix, part): Node) -> Vec<(usize, Node)> {
    let entry = archive.entry(ix);
    let body = &entry.record.body;
    let mut embeds = Vec::new();
    for (number, mention) in body.mentions.iter().enumerate() {
        let Some(fragment) = &mention.fragment else { continue };
        if mention.kind != MentionKind::Embed || !part.covers(mention.html) {
            continue;
        }
        let to = match entry.body.mentions.get(number) {
            Some(Target::Record(to)) => *to,
            Some(Target::Here) => ix,
            _ => continue,
        };
        let there = &archive.record(to).body;
        if let Some(extent) = anchor(there, fragment).and_then(|part| extent(there, part)) {
            embeds.push((number, (to, extent)));
        }
    }
    embeds
}

fn extent(body: &Body, part: Part<'_>) -> Option<Extent> {
    match part {
        Part::Heading(id) => body.headings.iter().find(|heading| heading.id == id).map(|heading| heading.section),
        Part::Block(id) => body.blocks.iter().find(|block| block.anchor == id).map(|block| block.html),
        Part::Whole | Part::Inline => Some(body.flow),
    }
}

fn fault(archive: &Archive, ix: Ix, mention: usize, cycle: bool) -> Diagnostic {
    let record = archive.record(ix);
    let mention = &record.body.mentions[mention];
    let span = record.body.source.span(mention.at.range());
    let message = if cycle {
        format!("\"{}\" embeds a part that embeds it again", record.title)
    } else {
        format!("parts are embedded in each other more than {DEEPEST} deep")
    };
    let fault = Diagnostic::new(&code::EMBED_CYCLE, message).at(&record.origin.path, span);
    fault.help("mention the part in place of embedding it: leave out the !")
}

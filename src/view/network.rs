//! The network: people and organisations with what ties them. The table says everything, the drawing shows the most tied.
//!
//! A tie is a relation, a role, a parent organisation, or events in which two took part. One that hangs on a claim carries
//! the claim's standing and answer; one whose claim is not yet known is left out.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde::Serialize;

use super::drawing::{self, Class, Line, Node, Shape};
use super::list::{Top, top};
use super::pager::{Pager, pager, shown};
use super::{Edition, card, date};
use crate::html::{Value, escape, escaped, html, value, view};
use crate::model::date::Edtf;
use crate::model::{Archive, Claim, Fields, Ix};

/// How many people and organisations the drawing shows at most.
const DRAWN: usize = 80;

/// An event with more participants ties nobody: those who sat in one assembly need not know each other, and their pairs
/// would grow with the square of their number.
const CROWD: usize = 20;

/// Two who are tied, and by what.
struct Tie {
    from: Ix,
    to: Ix,
    by: By,
}

/// What ties two.
enum By {
    /// An entry of the first one's `relations`, by its number.
    Relation(usize),
    /// An entry of the first one's `roles`, by its number.
    Role(usize),
    /// The second is the first one's parent.
    Parent,
    /// Events in which both took part, by date.
    Events(Vec<Ix>),
}

/// The ties of an archive in the order of the table.
pub(super) struct Network {
    ties: Vec<Tie>,
    /// How many are tied at all.
    nodes: usize,
    /// Those that are drawn, the most tied first.
    drawn: Vec<Ix>,
}

view! {
    struct NetworkPage {
        ..top: Top,
        svg: Value,
        rows: Vec<Edge>,
        nodes: usize,
        shown: usize,
        pager: Option<Pager>,
    }
}

#[derive(Serialize)]
struct Edge {
    from: Value,
    label: String,
    to: Value,
    when: Value,
    status: Value,
    events: Vec<Value>,
}

/// Counts the rows of the network.
pub(super) fn count(archive: &Archive) -> usize {
    let (own, tied) = rayon::join(|| own(archive).len(), || pairs(archive).chunk_by(same_pair).count());
    own + tied
}

/// Makes the view of page `n` (from 0) of the network. The drawing stands on the first.
pub(super) fn view(edition: &Edition, route: &str, n: usize) -> Value {
    let network = edition.lists.network.get_or_init(|| network(edition));
    let title = edition.words.word("network");
    let top = top(edition, route, "network", "network", &title, n);
    let root = &top.common.root;
    let total = network.ties.len();
    let svg = if n == 0 { drawn(edition, network, &top.common.title, root) } else { String::new() };
    value(&NetworkPage {
        svg: html(&svg),
        rows: network.ties[shown(n, total)].iter().map(|tie| row(edition, tie, root)).collect(),
        nodes: network.nodes,
        shown: network.drawn.len(),
        pager: pager(edition, &["network"], n, total),
        top,
    })
}

/// Finds every tie. Those of one record come together, those by events last.
fn ties(archive: &Archive) -> Vec<Tie> {
    let mut ties = own(archive);
    for same in pairs(archive).chunk_by(same_pair) {
        let events = same.iter().map(|(_, _, at)| archive.events[*at]).collect();
        ties.push(Tie { from: same[0].0, to: same[0].1, by: By::Events(events) });
    }
    ties
}

/// Tells who is part of the network.
fn is_node(archive: &Archive, ix: Ix) -> bool {
    matches!(archive.record(ix).kind.name.as_ref(), "person" | "organisation")
}

/// Finds the ties that records state themselves.
fn own(archive: &Archive) -> Vec<Tie> {
    let mut ties = Vec::new();
    for from in archive.all().filter(|ix| is_node(archive, *ix)) {
        let fields = &archive.record(from).fields;
        let leads = |slot: Option<usize>| slot.and_then(|slot| archive.target(from, slot).record());
        let mut add = |to: Option<Ix>, by: By| {
            if let Some(to) = to.filter(|to| *to != from && is_node(archive, *to)) {
                ties.push(Tie { from, to, by });
            }
        };
        for (at, table) in fields.tables("relations").enumerate() {
            let claim = table.reference("claim");
            if claim.is_none() || leads(claim).is_some() {
                add(leads(table.reference("to")), By::Relation(at));
            }
        }
        for (at, table) in fields.tables("roles").enumerate() {
            add(leads(table.reference("organisation")), By::Role(at));
        }
        add(leads(fields.reference("parent")), By::Parent);
    }
    ties
}

/// Two who took part in an event, the lower number first, and the event's place among all.
type Pair = (Ix, Ix, usize);

fn same_pair(one: &Pair, other: &Pair) -> bool {
    (one.0, one.1) == (other.0, other.1)
}

/// Finds who took part in events together, sorted.
fn pairs(archive: &Archive) -> Vec<Pair> {
    let mut pairs: Vec<Pair> = Vec::new();
    for (at, event) in archive.events.iter().enumerate() {
        let fields = &archive.record(*event).fields;
        let who =
            fields.tables("participants").filter_map(|part| archive.target(*event, part.reference("who")?).record());
        let mut who: Vec<Ix> = who.filter(|ix| is_node(archive, *ix)).collect();
        who.sort_unstable();
        who.dedup();
        if who.len() <= CROWD && fields.text("status") != Some("cancelled") {
            for (n, one) in who.iter().enumerate() {
                pairs.extend(who[n + 1..].iter().map(|other| (*one, *other, at)));
            }
        }
    }
    pairs.sort_unstable();
    pairs
}

fn network(edition: &Edition) -> Network {
    let order = edition.order();
    let mut ties = ties(&edition.archive);
    for tie in &mut ties {
        if matches!(tie.by, By::Events(_)) && order.rank(tie.to) < order.rank(tie.from) {
            std::mem::swap(&mut tie.from, &mut tie.to);
        }
    }
    ties.sort_by_key(|tie| (order.rank(tie.from), matches!(tie.by, By::Events(_)), order.rank(tie.to)));
    let mut degrees: BTreeMap<Ix, usize> = BTreeMap::new();
    for tie in &ties {
        *degrees.entry(tie.from).or_default() += 1;
        *degrees.entry(tie.to).or_default() += 1;
    }
    let nodes = degrees.len();
    let mut drawn: Vec<(Ix, usize)> = degrees.into_iter().collect();
    drawn.sort_unstable_by_key(|(ix, degree)| (Reverse(*degree), order.rank(*ix)));
    drawn.truncate(DRAWN);
    Network { ties, nodes, drawn: drawn.into_iter().map(|(ix, _)| ix).collect() }
}

/// Returns the entry of a list of tables that a tie is made from.
fn table<'e>(edition: &'e Edition, tie: &Tie) -> Option<&'e Fields> {
    let fields = &edition.archive.record(tie.from).fields;
    match tie.by {
        By::Relation(at) => fields.tables("relations").nth(at),
        By::Role(at) => fields.tables("roles").nth(at),
        By::Parent | By::Events(_) => None,
    }
}

fn row(edition: &Edition, tie: &Tie, root: &str) -> Edge {
    let table = table(edition, tie);
    let text = |name: &str| table.and_then(|table| table.text(name)).unwrap_or_default();
    let label = match &tie.by {
        By::Relation(_) => edition.words.named("relation_", text("type")),
        By::Role(_) => text("title").to_owned(),
        By::Parent => edition.words.word("fact_parent").into_owned(),
        By::Events(_) => edition.words.word("relation_event").into_owned(),
    };
    let when = table.and_then(|table| table.date("when"));
    let events: &[Ix] = if let By::Events(events) = &tie.by { events } else { &[] };
    let status = match claim(edition, tie) {
        Some((ix, claim)) => claimed(edition, ix, claim, root),
        None => match status(edition, tie) {
            "occurred" => String::new(),
            status => escaped(&edition.words.named("status_", status)),
        },
    };
    Edge {
        from: edition.card(tie.from, root),
        label,
        to: edition.card(tie.to, root),
        when: when.map_or_else(|| html(""), |when: &Edtf| date::value(edition, when)),
        status: html(&status),
        events: edition.cards(events, root),
    }
}

/// Returns the claim that a tie hangs on.
fn claim<'e>(edition: &'e Edition, tie: &Tie) -> Option<(Ix, &'e Claim)> {
    let slot = table(edition, tie)?.reference("claim")?;
    let claim = edition.archive.target(tie.from, slot).record()?;
    edition.archive.claims.get(&claim).map(|of| (claim, of))
}

/// Says how a claim stands, with the answer to it, as a link to it.
fn claimed(edition: &Edition, ix: Ix, claim: &Claim, root: &str) -> String {
    let said = card::standing_words(edition, claim);
    let entry = edition.archive.entry(ix);
    let mut out = String::with_capacity(160);
    for (before, text) in [
        ("<a href=\"", root),
        ("", &entry.link),
        ("\" data-claim=\"", &entry.record.id),
        ("\" data-standing=\"", claim.standing()),
        ("\">", &said),
    ] {
        out.push_str(before);
        escape(text, &mut out);
    }
    out.push_str("</a> <span class=\"claim-response\">");
    escape(&card::response(edition, ix, claim), &mut out);
    out.push_str("</span>");
    out
}

/// Returns whether a tie is established. Events tie by the best established of them.
fn status<'e>(edition: &'e Edition, tie: &Tie) -> &'e str {
    let of = |fields: &'e Fields| fields.text("status").unwrap_or("occurred");
    match &tie.by {
        By::Events(events) => {
            let mut all = events.iter().map(|event| of(&edition.archive.record(*event).fields));
            let first = all.next().unwrap_or("occurred");
            if all.any(|status| status == "occurred") { "occurred" } else { first }
        }
        _ => table(edition, tie).map_or("occurred", of),
    }
}

/// Returns what a tie's line stands for.
fn class(edition: &Edition, tie: &Tie) -> Class {
    if matches!(tie.by, By::Events(_)) {
        return Class::Event;
    }
    let status = claim(edition, tie).map_or_else(|| status(edition, tie), |(_, claim)| claim.standing());
    match status {
        "occurred" | "confirmed" | "corroborated" => Class::Occurred,
        "alleged" | "reported" | "unproven" => Class::Alleged,
        "planned" => Class::Planned,
        _ => Class::Disputed,
    }
}

fn drawn(edition: &Edition, network: &Network, title: &str, root: &str) -> String {
    let places: BTreeMap<Ix, usize> = network.drawn.iter().enumerate().map(|(at, ix)| (*ix, at)).collect();
    let node = |ix: &Ix| {
        let entry = edition.archive.entry(*ix);
        let shape = if entry.record.kind.name == "person" { Shape::Circle } else { Shape::Square };
        Node { name: &entry.record.title, id: &entry.record.id, href: format!("{root}{}", entry.link), shape }
    };
    let nodes: Vec<Node<'_>> = network.drawn.iter().map(node).collect();
    let line = |tie: &Tie| {
        let ends = (*places.get(&tie.from)?, *places.get(&tie.to)?);
        Some(Line { ends: (ends.0.min(ends.1), ends.0.max(ends.1)), class: class(edition, tie) })
    };
    let mut lines: Vec<Line> = network.ties.iter().filter_map(line).collect();
    lines.sort_unstable();
    lines.dedup();
    drawing::svg(title, &nodes, &lines)
}

#[cfg(test)]
mod tests;

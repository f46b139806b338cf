//! The drawing of the network: who stands where is computed here, in the same way on every machine.
//!
//! Lines pull, nodes push each other off, as in Fruchterman and Reingold, "Graph Drawing by Force-directed Placement"
//! (1991), for a fixed number of rounds; then labels that overlap are moved apart. Only `+ - * /` and square roots of
//! `f64` are used, which IEEE 754 defines to the last bit, and places are rounded to whole units at the end. Where a node
//! begins depends on its id alone, so that a new one does not turn the whole picture around.

use crate::html::escape;

/// The width of the drawing, in the units of its labels' font size of 13.
const WIDTH: f64 = 720.0;
/// How much wider than high the room of a node is, since labels are.
const STRETCH: f64 = 1.7;
/// How often all nodes are moved.
const ROUNDS: usize = 160;
/// How often overlapping labels are moved apart.
const NUDGES: usize = 80;
/// The longest label, in characters.
const LABEL: usize = 30;
/// Half the size of a node.
const SIZE: f64 = 6.0;
/// From a node's centre to its label's base line, and to the lower edge of the label.
const BASE: f64 = 19.0;
const BELOW: f64 = 24.0;

/// How a node is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// A person.
    Circle,
    /// An organisation.
    Square,
}

/// One who is drawn.
pub(super) struct Node<'a> {
    /// What its label says.
    pub(super) name: &'a str,
    /// What its place begins from.
    pub(super) id: &'a str,
    /// Where it leads.
    pub(super) href: String,
    /// How it is drawn.
    pub(super) shape: Shape,
}

/// One line of the drawing.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Line {
    /// The places of its nodes in the list, the lower one first.
    pub(super) ends: (usize, usize),
    /// What it stands for.
    pub(super) class: Class,
}

/// What a line stands for. Of several between two nodes the first of these is drawn straight.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// A tie that is established.
    Occurred,
    /// One that somebody alleges.
    Alleged,
    /// One that is disputed, or was shown to be none.
    Disputed,
    /// One that is to be.
    Planned,
    /// Events in which both took part.
    Event,
}

impl Class {
    fn name(self) -> &'static str {
        match self {
            Class::Occurred => "occurred",
            Class::Alleged => "alleged",
            Class::Disputed => "disputed",
            Class::Planned => "planned",
            Class::Event => "event",
        }
    }
}

/// A point, or a way.
#[derive(Clone, Copy, Default)]
struct Point {
    x: f64,
    y: f64,
}

/// Draws nodes and lines; `lines` are sorted. Without nodes it is empty.
pub(super) fn svg(title: &str, nodes: &[Node<'_>], lines: &[Line]) -> String {
    if nodes.is_empty() {
        return String::new();
    }
    let height = height(nodes.len());
    let places = places(nodes, lines, height);
    let mut out = String::with_capacity(256 * nodes.len() + 80 * lines.len() + 256);
    out.push_str(&format!(
        "<svg class=\"network\" viewBox=\"0 0 {WIDTH} {height}\" role=\"group\" aria-labelledby=\"network-title\">"
    ));
    out.push_str("<title id=\"network-title\">");
    escape(title, &mut out);
    out.push_str("</title><g class=\"edges\">");
    for same in lines.chunk_by(|a, b| a.ends == b.ends) {
        for (n, line) in same.iter().enumerate() {
            let path = path(places[line.ends.0], places[line.ends.1], n);
            out.push_str(&format!("<path class=\"edge edge-{}\" d=\"{path}\"/>", line.class.name()));
        }
    }
    out.push_str("</g><g class=\"nodes\">");
    for (node, at) in nodes.iter().zip(&places) {
        draw(node, *at, &mut out);
    }
    out.push_str("</g></svg>");
    out
}

fn draw(node: &Node<'_>, at: Point, out: &mut String) {
    out.push_str("<a href=\"");
    escape(&node.href, out);
    out.push_str("\">");
    let label = label(node.name);
    if label != node.name {
        out.push_str("<title>");
        escape(node.name, out);
        out.push_str("</title>");
    }
    match node.shape {
        Shape::Circle => {
            out.push_str(&format!("<circle class=\"node node-person\" cx=\"{}\" cy=\"{}\" r=\"{SIZE}\"/>", at.x, at.y))
        }
        Shape::Square => {
            let (x, y, side) = (at.x - SIZE, at.y - SIZE, SIZE * 2.0);
            out.push_str(&format!(
                "<rect class=\"node node-organisation\" x=\"{x}\" y=\"{y}\" width=\"{side}\" height=\"{side}\"/>"
            ));
        }
    }
    out.push_str(&format!("<text class=\"node-label\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">", at.x, at.y + BASE));
    escape(&label, out);
    out.push_str("</text></a>");
}

/// Returns the way of the `n`th line between two nodes: the first is straight, others bend to either side.
fn path(from: Point, to: Point, n: usize) -> String {
    if n == 0 {
        return format!("M{} {}L{} {}", from.x, from.y, to.x, to.y);
    }
    let side = if n % 2 == 1 { 0.15 } else { -0.15 };
    let bend = side * count(n.div_ceil(2));
    let x = ((from.x + to.x) / 2.0 - (to.y - from.y) * bend).round();
    let y = ((from.y + to.y) / 2.0 + (to.x - from.x) * bend).round();
    format!("M{} {}Q{x} {y} {} {}", from.x, from.y, to.x, to.y)
}

/// Returns a name, cut where it is too long for a label.
fn label(name: &str) -> String {
    match name.char_indices().nth(LABEL) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name.to_owned(),
    }
}

fn height(nodes: usize) -> f64 {
    (180.0 + 9.0 * count(nodes)).min(WIDTH * 1.2)
}

/// Returns a small number as a coordinate; those here are far below where it would be rounded.
fn count(n: usize) -> f64 {
    u32::try_from(n).map_or(f64::from(u32::MAX), f64::from)
}

/// Places the nodes, in whole units.
fn places(nodes: &[Node<'_>], lines: &[Line], height: f64) -> Vec<Point> {
    let room = Point { x: WIDTH / STRETCH, y: height };
    let mut at: Vec<Point> = nodes.iter().map(|node| begin(node.id, room)).collect();
    let ideal = 0.8 * (room.x * room.y / count(nodes.len())).sqrt();
    let mut warmth = room.x / 8.0;
    let mut ends: Vec<(usize, usize)> = lines.iter().map(|line| line.ends).collect();
    ends.dedup();
    for _ in 0..ROUNDS {
        step(&mut at, &ends, ideal, warmth, room);
        warmth = (warmth * 0.97).max(0.5);
    }
    let widths: Vec<f64> = nodes.iter().map(|node| width(&label(node.name)) / 2.0).collect();
    fill(&mut at, &widths, height);
    for _ in 0..NUDGES {
        if !nudge(&mut at, &widths, height) {
            break;
        }
    }
    for point in &mut at {
        *point = Point { x: point.x.round(), y: point.y.round() };
    }
    at
}

/// Returns where a node begins: a point of the room that depends on its id alone (FNV-1a).
fn begin(id: &str, room: Point) -> Point {
    let hash =
        id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    let part = |shift: u32| f64::from(u16::try_from((hash >> shift) & 0xffff).unwrap_or(u16::MAX)) / 65_536.0;
    Point { x: room.x * part(16), y: room.y * part(40) }
}

/// Moves every node once: away from all others, towards those it is tied to, and a little towards the middle.
fn step(at: &mut [Point], ends: &[(usize, usize)], ideal: f64, warmth: f64, room: Point) {
    let mut moves = vec![Point::default(); at.len()];
    let far = 6.0 * ideal * ideal;
    for one in 0..at.len() {
        for other in one + 1..at.len() {
            let (way, square) = between(at[one], at[other], other - one);
            // Those far off leave each other alone, else parts without a tie would flee to the edges.
            if square > far {
                continue;
            }
            let push = ideal * ideal / square;
            moves[one] = Point { x: moves[one].x + way.x * push, y: moves[one].y + way.y * push };
            moves[other] = Point { x: moves[other].x - way.x * push, y: moves[other].y - way.y * push };
        }
        let middle = 0.1;
        moves[one].x -= (at[one].x - room.x / 2.0) * middle;
        moves[one].y -= (at[one].y - room.y / 2.0) * middle;
    }
    for (one, other) in ends {
        let (way, square) = between(at[*one], at[*other], 1);
        let pull = square.sqrt() / ideal;
        moves[*one] = Point { x: moves[*one].x - way.x * pull, y: moves[*one].y - way.y * pull };
        moves[*other] = Point { x: moves[*other].x + way.x * pull, y: moves[*other].y + way.y * pull };
    }
    for (point, by) in at.iter_mut().zip(&moves) {
        let length = (by.x * by.x + by.y * by.y).sqrt();
        if length > 0.0 {
            let part = warmth.min(length) / length;
            *point = Point { x: point.x + by.x * part, y: point.y + by.y * part };
        }
    }
}

/// Returns the way from the second point to the first, and its length squared. Points that meet are told apart by `nth`.
fn between(one: Point, other: Point, nth: usize) -> (Point, f64) {
    let way = Point { x: one.x - other.x, y: one.y - other.y };
    let square = way.x * way.x + way.y * way.y;
    if square < 0.01 {
        let way = Point { x: 0.1, y: 0.1 * count(nth % 7) - 0.3 };
        return (way, way.x * way.x + way.y * way.y);
    }
    (way, square)
}

/// Stretches the picture over the whole drawing.
fn fill(at: &mut [Point], widths: &[f64], height: f64) {
    let span = |of: fn(&Point) -> f64, at: &[Point]| {
        let (low, high) = at.iter().map(of).fold((f64::MAX, f64::MIN), |(low, high), n| (low.min(n), high.max(n)));
        (low, high - low)
    };
    let ((left, wide), (upper, high)) = (span(|point| point.x, at), span(|point| point.y, at));
    let part = |n: f64, low: f64, span: f64| if span > 0.0 { (n - low) / span } else { 0.5 };
    for (point, half) in at.iter_mut().zip(widths) {
        let x = half + part(point.x, left, wide) * (WIDTH - 2.0 * half);
        *point = kept(
            Point { x, y: 2.0 * SIZE + part(point.y, upper, high) * (height - 2.0 * SIZE - BELOW) },
            *half,
            height,
        );
    }
}

/// Moves nodes apart whose labels overlap, along the shorter way; tells whether there were any.
fn nudge(at: &mut [Point], widths: &[f64], height: f64) -> bool {
    let mut moved = false;
    for one in 0..at.len() {
        for other in one + 1..at.len() {
            let (a, b) = (at[one], at[other]);
            let over_x = widths[one] + widths[other] + 4.0 - (a.x - b.x).abs();
            let over_y = SIZE + BELOW + 4.0 - (a.y - b.y).abs();
            if over_x <= 0.0 || over_y <= 0.0 {
                continue;
            }
            moved = true;
            let (mut x, mut y) = (0.0, 0.0);
            if over_y <= over_x {
                y = if a.y < b.y { -over_y / 2.0 } else { over_y / 2.0 };
            } else {
                x = if a.x < b.x { -over_x / 2.0 } else { over_x / 2.0 };
            }
            at[one] = kept(Point { x: a.x + x, y: a.y + y }, widths[one], height);
            at[other] = kept(Point { x: b.x - x, y: b.y - y }, widths[other], height);
        }
    }
    moved
}

/// Returns a point that leaves room for a node and its label.
fn kept(point: Point, half: f64, height: f64) -> Point {
    let x = point.x.max(half + 2.0).min(WIDTH - half - 2.0);
    Point { x, y: point.y.max(2.0 * SIZE).min(height - BELOW - 2.0) }
}

/// Returns about how wide a label is: 7 units a letter, twice that for the wide scripts of East Asia.
fn width(label: &str) -> f64 {
    7.0 * count(unicode_width::UnicodeWidthStr::width(label)).max(2.0)
}

#[cfg(test)]
mod tests {
    use super::{Class, Line, Node, Shape, svg};

    fn nodes(names: &[String]) -> Vec<Node<'_>> {
        names
            .iter()
            .map(|name| Node { name, id: name, href: format!("people/{name}.html"), shape: Shape::Circle })
            .collect()
    }

    fn check(names: &[&str], lines: &[(usize, usize)]) -> String {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        let lines: Vec<Line> = lines.iter().map(|ends| Line { ends: *ends, class: Class::Occurred }).collect();
        svg("Network", &nodes(&names), &lines)
    }

    #[test]
    fn nobody_makes_no_drawing() {
        assert_eq!(check(&[], &[]), "");
    }

    #[test]
    fn the_drawing_is_the_same_on_every_machine() {
        let drawing = check(&["ada", "bea", "cy"], &[(0, 1), (1, 2)]);
        expect_test::expect![[r#"<svg class="network" viewBox="0 0 720 207" role="group" aria-labelledby="network-title"><title id="network-title">Network</title><g class="edges"><path class="edge edge-occurred" d="M13 12L359 97"/><path class="edge edge-occurred" d="M359 97L711 181"/></g><g class="nodes"><a href="people/ada.html"><circle class="node node-person" cx="13" cy="12" r="6"/><text class="node-label" x="13" y="31" text-anchor="middle">ada</text></a><a href="people/bea.html"><circle class="node node-person" cx="359" cy="97" r="6"/><text class="node-label" x="359" y="116" text-anchor="middle">bea</text></a><a href="people/cy.html"><circle class="node node-person" cx="711" cy="181" r="6"/><text class="node-label" x="711" y="200" text-anchor="middle">cy</text></a></g></svg>"#]].assert_eq(&drawing);
    }

    #[test]
    fn names_are_escaped_and_long_ones_cut() {
        let drawing = check(&["<b> & \"co\"", "The Society for the Abolition of Overly Long Names"], &[(0, 1)]);
        assert!(drawing.contains("&lt;b&gt; &amp; &quot;co&quot;</text>"), "{drawing}");
        assert!(drawing.contains("<title>The Society for the Abolition of Overly Long Names</title>"), "{drawing}");
        assert!(drawing.contains(">The Society for the Abolition…</text>"), "{drawing}");
    }

    #[test]
    fn eighty_nodes_fit_the_drawing_and_few_labels_overlap() {
        let names: Vec<String> = (0..80).map(|n| format!("Somebody Number {n}")).collect();
        let lines: Vec<Line> = (1..80).map(|n| Line { ends: (n / 3, n), class: Class::Alleged }).collect();
        let height = super::height(80);
        let places = super::places(&nodes(&names), &lines, height);
        let inside =
            places.iter().all(|point| (0.0..=super::WIDTH).contains(&point.x) && (0.0..=height).contains(&point.y));
        assert!(inside);
        let mut overlaps = 0;
        for (n, a) in places.iter().enumerate() {
            overlaps +=
                places[n + 1..].iter().filter(|b| (a.x - b.x).abs() < 110.0 && (a.y - b.y).abs() < 16.0).count();
        }
        assert!(overlaps < 12, "{overlaps} of 80 labels overlap");
    }

    #[test]
    fn nodes_on_one_point_come_apart() {
        let names = vec!["same".to_owned(), "same".to_owned(), "same".to_owned()];
        let places = super::places(&nodes(&names), &[], super::height(3));
        assert!((places[0].y - places[1].y).abs() > 10.0 || (places[0].x - places[1].x).abs() > 10.0);
    }
}

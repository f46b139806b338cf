//! The measure of a style: how deeply it is nested, and how large it is once its macros are unfolded.
//!
//! hayagriva reads and walks styles by recursion and unfolds macros each time that they are called. The largest style of
//! its archive, the notes of the Chicago manual, unfolds to 700,000 elements, 38 deep; the limits leave room for more.

use std::collections::BTreeMap;

use hayagriva::citationberg::{IndependentStyle, LayoutRenderingElement, NamesChild, SortKey, TextTarget};

use super::style::Fault;

/// How deeply the elements of a file may be nested.
const NESTED: usize = 100;

/// How deeply they may be nested once macros are unfolded.
const DEEP: usize = 200;

/// How many elements may be rendered once macros are unfolded.
const LARGE: u64 = 10_000_000;

/// Checks that the elements of a text in XML are not nested too deeply to be read by recursion.
pub(super) fn nesting(text: &str) -> Result<(), Fault> {
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let end = rest.find('>').unwrap_or(rest.len());
        let tag = &rest[..end];
        match tag.as_bytes().first() {
            Some(b'/') => depth = depth.saturating_sub(1),
            Some(b'?' | b'!') | None => {}
            Some(_) if tag.ends_with('/') => {}
            Some(_) => depth += 1,
        }
        if depth > NESTED {
            return Err(too_much("is nested too deeply"));
        }
        rest = &rest[end..];
    }
    Ok(())
}

/// Checks that no macro calls itself, directly or by way of others, and that what is unfolded stays within bounds.
pub(super) fn unfolding(style: &IndependentStyle) -> Result<(), Fault> {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, named) in style.macros.iter().enumerate() {
        names.entry(&named.name).or_insert(at);
    }
    let bodies: Vec<Body> = style.macros.iter().map(|named| Body::of(named.children.iter(), &names)).collect();
    let sizes = sizes(&bodies).map_err(|at| Fault {
        message: format!("the macro \"{}\" of the style calls itself", style.macros[at].name),
        help: Some("take the call out of the circle".to_owned()),
    })?;
    let layouts = style.bibliography.iter().map(|bibliography| &bibliography.layout).chain([&style.citation.layout]);
    let sorts =
        style.bibliography.iter().filter_map(|bibliography| bibliography.sort.as_ref()).chain(&style.citation.sort);
    let keys = sorts.flat_map(|sort| &sort.keys).filter_map(|key| match key {
        SortKey::MacroName { name, .. } => names.get(name.as_str()).copied(),
        SortKey::Variable { .. } => None,
    });
    let bodies = layouts.map(|layout| Body::of(layout.elements.iter(), &names));
    let whole =
        bodies.map(|body| body.size(|at| sizes[at])).chain(keys.map(|at| sizes[at])).fold(Size::default(), Size::max);
    if whole.elements > LARGE || whole.depth > DEEP {
        return Err(too_much("unfolds without measure"));
    }
    Ok(())
}

fn too_much(what: &str) -> Fault {
    Fault { message: format!("the style {what}"), help: Some("use a simpler style".to_owned()) }
}

/// How large something is once unfolded.
#[derive(Clone, Copy, Default)]
struct Size {
    elements: u64,
    depth: usize,
}

impl Size {
    fn max(self, other: Size) -> Size {
        Size { elements: self.elements.max(other.elements), depth: self.depth.max(other.depth) }
    }
}

/// What a macro or layout is made of.
#[derive(Default)]
struct Body {
    own: Size,
    /// The macros that it calls, each with the depth of the call.
    calls: Vec<(usize, usize)>,
}

impl Body {
    /// Walks elements, whose own nesting is bounded.
    fn of<'a>(elements: impl Iterator<Item = &'a LayoutRenderingElement>, names: &BTreeMap<&str, usize>) -> Body {
        let mut body = Body::default();
        let mut waiting: Vec<(&LayoutRenderingElement, usize)> = elements.map(|element| (element, 1)).collect();
        while let Some((element, depth)) = waiting.pop() {
            body.own.elements += 1;
            body.own.depth = body.own.depth.max(depth);
            let mut wait =
                |inner: &'a [LayoutRenderingElement]| waiting.extend(inner.iter().map(|element| (element, depth + 1)));
            match element {
                LayoutRenderingElement::Text(text) => {
                    if let TextTarget::Macro { name } = &text.target
                        && let Some(at) = names.get(name.as_str())
                    {
                        body.calls.push((*at, depth));
                    }
                }
                LayoutRenderingElement::Group(group) => wait(&group.children),
                LayoutRenderingElement::Choose(choose) => {
                    choose.branches().for_each(|branch| wait(&branch.children));
                    choose.otherwise.iter().for_each(|branch| wait(&branch.children));
                }
                LayoutRenderingElement::Names(people) => {
                    for child in &people.children {
                        if let NamesChild::Substitute(substitute) = child {
                            wait(&substitute.children);
                        }
                    }
                }
                _ => {}
            }
        }
        body
    }

    fn size(&self, of: impl Fn(usize) -> Size) -> Size {
        self.calls.iter().fold(self.own, |size, (at, depth)| Size {
            elements: size.elements.saturating_add(of(*at).elements),
            depth: size.depth.max(depth + of(*at).depth),
        })
    }
}

/// Measures macros, those first that others call; fails with one that calls itself.
fn sizes(bodies: &[Body]) -> Result<Vec<Size>, usize> {
    let mut sizes: Vec<Option<Size>> = vec![None; bodies.len()];
    let mut open = vec![false; bodies.len()];
    for start in 0..bodies.len() {
        // Each macro that is being measured, with the next of its calls.
        let mut path = vec![(start, 0)];
        while let Some((at, next)) = path.pop() {
            if sizes[at].is_some() {
                continue;
            }
            open[at] = true;
            match bodies[at].calls.get(next) {
                Some((called, _)) if sizes[*called].is_some() => path.push((at, next + 1)),
                Some((called, _)) if open[*called] => return Err(*called),
                Some((called, _)) => path.extend([(at, next), (*called, 0)]),
                None => {
                    sizes[at] = Some(bodies[at].size(|called| sizes[called].unwrap_or_default()));
                    open[at] = false;
                }
            }
        }
    }
    Ok(sizes.into_iter().map(Option::unwrap_or_default).collect())
}

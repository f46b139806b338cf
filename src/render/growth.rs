//! Texts that grow with every turn of a loop, found before they eat the memory.
//!
//! Tera has no budget for values: `{% set_global x = x ~ x %}` in a loop doubles a text until the process is aborted.
//! Only `set_global` outlives a turn of a loop, so a text can only grow where such a name comes back into its own value
//! through something that makes texts longer. Numbers may go on counting.

use std::collections::{BTreeMap, BTreeSet};

use crate::file::Span;

/// One assignment inside a loop.
struct Assignment<'t> {
    name: &'t str,
    uses: BTreeSet<&'t str>,
    grows: bool,
    span: Span,
}

/// Finds the first assignment of a template through which a text grows in a loop.
pub(super) fn growing(text: &str) -> Option<(Span, String)> {
    let assignments = assignments(text);
    let mut edges: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for assignment in &assignments {
        edges.entry(assignment.name).or_default().extend(&assignment.uses);
    }
    let found = assignments.iter().find(|assignment| {
        assignment.grows && assignment.uses.iter().any(|used| reaches(&edges, used, assignment.name))
    })?;
    Some((found.span, format!("\"{}\" grows with every turn of a loop", found.name)))
}

fn reaches<'t>(edges: &BTreeMap<&'t str, BTreeSet<&'t str>>, from: &'t str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut open = vec![from];
    while let Some(name) = open.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            open.extend(edges.get(name).into_iter().flatten().copied());
        }
    }
    false
}

fn assignments(text: &str) -> Vec<Assignment<'_>> {
    let (mut found, mut loops, mut from) = (Vec::new(), 0_usize, 0);
    let mut block: Option<Assignment<'_>> = None;
    while let Some(open) = text[from..].find("{%") {
        let start = from + open;
        let Some(close) = text[start..].find("%}") else { break };
        let end = start + close + 2;
        let tag = text[start + 2..end - 2].trim_matches(|c: char| c == '-' || c.is_whitespace());
        from = end;
        let mut words = tag.split_whitespace();
        match words.next().unwrap_or_default() {
            "for" => loops += 1,
            "endfor" => loops = loops.saturating_sub(1),
            "endset" | "endset_global" => {
                if let Some(mut assignment) = block.take() {
                    assignment.uses.extend(identifiers(&text[assignment.span.end as usize..start]));
                    found.push(assignment);
                }
            }
            "set" | "set_global" if loops > 0 => {
                let rest = tag.split_once(char::is_whitespace).map_or("", |parts| parts.1);
                let span = Span::new(start, end);
                match rest.split_once('=') {
                    Some((name, value)) if !name.contains('|') => {
                        let grows = value.contains(['~', '|', '"', '\'', '`', '[', '{']);
                        let uses = identifiers(value).collect();
                        found.push(Assignment { name: name.trim(), uses, grows, span });
                    }
                    _ => {
                        let name = rest.split('|').next().unwrap_or_default().trim();
                        block = Some(Assignment { name, uses: BTreeSet::new(), grows: true, span });
                    }
                }
            }
            _ => {}
        }
    }
    found
}

fn identifiers(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| word.starts_with(|c: char| c.is_alphabetic() || c == '_'))
}

#[cfg(test)]
mod tests {
    use super::growing;

    fn check(template: &str, expected: Option<&str>) {
        assert_eq!(growing(template).map(|(_, message)| message).as_deref(), expected, "{template}");
    }

    #[test]
    fn a_text_that_doubles_in_a_loop_is_found() {
        let message = Some("\"x\" grows with every turn of a loop");
        check("{% for i in a %}{% set_global x = x ~ x %}{% endfor %}", message);
        check("{% for i in a %}{%- set_global x = x | replace(from='a', to='aa') -%}{% endfor %}", message);
        check("{% for i in a %}{% set_global x %}{{ x }}{{ x }}{% endset %}{% endfor %}", message);
        check("{% for i in a %}{% set y = x ~ x %}{% set_global x = y %}{% endfor %}", Some("\"y\" grows with every turn of a loop"));
    }

    #[test]
    fn counting_and_setting_are_not_growth() {
        check("{% for i in a %}{% set_global n = n + 1 %}{% set label = i ~ n %}{{ label }}{% endfor %}", None);
        check("{% set x = 'a' %}{% set x = x ~ 'b' %}", None);
    }
}

//! A tree as a line of text, for tests: `title: "Ada", born: date 1815-12-10, roles: [{title: "Countess"}]`.

use super::{Node, Table, Value};

/// Returns the line; with `text`, the file, checks that every span and every text stands where it says.
pub(super) fn shown(table: &Table, file: &str) -> String {
    let entries = table.entries().iter().map(|(key, node)| {
        let written = &file[key.span.range()];
        assert!(
            written.trim_matches(['"', '\'']) == key.name || written.contains('\\'),
            "{written} is not {}",
            key.name
        );
        format!("{}: {}", key.name, node_shown(node, file))
    });
    entries.collect::<Vec<_>>().join(", ")
}

fn node_shown(node: &Node, file: &str) -> String {
    let written = &file[node.span.range()];
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => {
            assert_eq!(written, value.to_string());
            written.to_owned()
        }
        Value::Number(value) => {
            assert_eq!(written, value);
            value.clone()
        }
        Value::Date(value) => {
            assert_eq!(written, value);
            format!("date {value}")
        }
        Value::Text(text) | Value::Plain(text) => {
            letters_stand_where_the_map_says(text, file);
            assert!(text.value.is_empty() || node.span.range().contains(&text.map.offset(0)), "{text:?} in {node:?}");
            if matches!(node.value, Value::Text(_)) { format!("{:?}", text.value) } else { text.value.to_string() }
        }
        Value::List(items) => {
            format!("[{}]", items.iter().map(|item| node_shown(item, file)).collect::<Vec<_>>().join(", "))
        }
        Value::Table(table) => format!("{{{}}}", shown(table, file)),
    }
}

/// Checks that each character of a text stands in the file where its map says, unless an escape or a fold is there.
fn letters_stand_where_the_map_says(text: &crate::file::Text, file: &str) {
    for (at, letter) in text.value.char_indices() {
        let there = file[text.map.offset(at)..].chars().next();
        let same = there == Some(letter) || there == Some('\\') || letter.is_whitespace();
        assert!(same, "{letter:?} at {at} of {text:?} is {there:?} in the file");
    }
}

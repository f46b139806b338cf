//! What holds for any input: nothing panics, nothing takes more than about linear time, and every place is one.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::{DEPTH, FrontMatter, Node, Table, Value, front_matter};
use crate::file::{RelPath, Text};

fn read(text: &str) -> FrontMatter {
    let path = RelPath::new("content/a.md").expect("it is a path");
    let front = front_matter(&path, text);
    for fault in &front.diagnostics {
        let place = fault.place.as_ref().expect("every fault of a file has a place");
        assert!(text.get(place.span.range()).is_some(), "{place:?} is no place in {text:?}");
    }
    assert!(text.get(front.span.range()).is_some());
    places_hold(&front.table, text, 1);
    front
}

fn places_hold(table: &Table, text: &str, depth: usize) {
    for (key, node) in table {
        assert!(text.get(key.span.range()).is_some(), "{key:?} is nowhere in {text:?}");
        node_holds(node, text, depth);
    }
}

fn node_holds(node: &Node, text: &str, depth: usize) {
    assert!(depth <= 2 * DEPTH + 2, "a tree is too deep");
    assert!(text.get(node.span.range()).is_some(), "{node:?} is nowhere in {text:?}");
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| node_holds(item, text, depth + 1)),
        Value::Table(table) => places_hold(table, text, depth + 1),
        Value::Text(value) | Value::Plain(value) => text_holds(value, text),
        _ => {}
    }
}

fn text_holds(value: &Text, text: &str) {
    for (at, _) in value.value.char_indices() {
        assert!(value.map.offset(at) <= text.len(), "{value:?} leads out of {text:?}");
    }
}

/// Texts made of what means something in TOML or YAML.
fn signs() -> impl Strategy<Value = String> {
    let units = [
        "a", "b", "é", " ", "\n", "\r", "\t", ": ", "- ", "\n  |", "[", "]", "{", "}", ",", "=", ".", "#", "&", "*",
        "!", "|", ">", "'", "\"", "%", "@", "`", "\\", "?", ":", "-", "[[", "]]", "\"\"\"", "'''", "0", "9", "x",
        "\\u00e9", "~",
    ];
    proptest::collection::vec(proptest::sample::select(units.to_vec()), 0..60).prop_map(|units| units.concat())
}

/// Lines of TOML with few keys, so that they meet.
fn lines_of_toml() -> impl Strategy<Value = String> {
    let key = "[ab](\\.[ab]){0,2}";
    let value = prop_oneof![
        Just("1".to_owned()),
        Just("'x'".to_owned()),
        Just("\"\\u00e9 \\n\"".to_owned()),
        Just("2021-02-03".to_owned()),
        Just("[]".to_owned()),
        Just("[{ a = 1 }, { b.a = 2 }]".to_owned()),
        "\\{ [ab](\\.[ab])? = 1, [ab](\\.[ab])? = 2 \\}",
    ];
    let line = prop_oneof![
        (key, value).prop_map(|(key, value)| format!("{key} = {value}\n")),
        key.prop_map(|key| format!("[{key}]\n")),
        key.prop_map(|key| format!("[[{key}]]\n")),
    ];
    proptest::collection::vec(line, 0..8).prop_map(|lines| lines.concat())
}

/// Returns a tree as `serde_json` has what the `toml` crate reads.
fn json(table: &Table) -> serde_json::Value {
    table.entries().iter().map(|(key, node)| (key.name.clone(), json_of(node))).collect()
}

fn json_of(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Number(number) => number.parse::<i64>().expect("it is one").into(),
        Value::Date(date) => serde_json::json!({ "$__toml_private_datetime": date }),
        Value::List(items) => items.iter().map(json_of).collect(),
        Value::Table(table) => json(table),
        _ => node.text().expect("nothing else is left").value.to_string().into(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_input_panics(fence in "(\\+\\+\\+|---)", block in "\\PC{0,80}", body in ".{0,20}") {
        read(&format!("{fence}\n{block}\n{fence}\n{body}"));
    }

    #[test]
    fn nothing_made_of_signs_panics(
        fence in "(\\+\\+\\+|---)",
        block in signs(),
    ) {
        read(&format!("{fence}\n{block}\n{fence}\n"));
    }

    /// Each byte of a text in quotation marks stands where its map says, in TOML and in YAML.
    #[test]
    fn a_text_that_is_written_is_read(value in "[a-zé\"\\\\ \t\n:#\\[\\]|]{0,30}") {
        let quoted = serde_json::to_string(&value).expect("a text is JSON");
        for (fence, sign) in [("+++", " ="), ("---", ":")] {
            let text = format!("{fence}\né{sign} {quoted}\n{fence}\n").replace("é =", "\"é\" =");
            let front = read(&text);
            prop_assert_eq!(&front.diagnostics, &[]);
            let node = front.table.get("é").expect("it is there");
            prop_assert_eq!(&text[node.span.range()], &*quoted);
            let read = node.text().expect("it is a text");
            prop_assert_eq!(&*read.value, &*value);
            for (at, letter) in value.char_indices() {
                let there = text[read.map.offset(at)..].chars().next();
                prop_assert!(there == Some(letter) || there == Some('\\'), "{:?} {:?} {:?}", letter, there, read);
            }
        }
    }

    /// What the `toml` crate reads is read alike, and what it refuses is at fault. (It lets dotted keys reach into what
    /// headers opened, in places where TOML 1.0 does not.)
    #[test]
    fn toml_is_what_the_toml_crate_says(block in lines_of_toml()) {
        let front = read(&format!("+++\n{block}+++\n"));
        match ::toml::from_str::<::toml::Table>(&block) {
            Ok(_) if front.diagnostics.iter().any(|fault| fault.message.starts_with("nothing can be added")) => {}
            Ok(table) => {
                prop_assert_eq!(&front.diagnostics, &[]);
                prop_assert_eq!(json(&front.table), serde_json::to_value(table).expect("a table is JSON"));
            }
            Err(error) => prop_assert!(!front.diagnostics.is_empty(), "{}", error),
        }
    }

    /// Each line of a YAML block stands where its map says.
    #[test]
    fn a_block_that_is_written_is_read(
        lines in proptest::collection::vec("[a-z\\[\\]:é]([a-z é#:-]{0,8}[a-z])?|", 1..6),
    ) {
        let written: String = lines.iter().fold(String::new(), |mut all, line| {
            let _ = writeln!(all, "{}{line}", if line.is_empty() { "" } else { "    " });
            all
        });
        for sign in ["|", ">", "|-", ">+"] {
            let text = format!("---\na:\n  b: {sign}\n{written}c: d\n---\n");
            let front = read(&text);
            prop_assert_eq!(&front.diagnostics, &[]);
            let block = front.table.get("a").and_then(Node::table).and_then(|table| table.get("b"));
            let block = block.and_then(Node::text).expect("it is a text");
            let read: Vec<&str> = block.value.split(['\n', ' ']).filter(|word| !word.is_empty()).collect();
            let words = lines.iter().flat_map(|line| line.split(' ')).filter(|word| !word.is_empty());
            let words: Vec<&str> = words.collect();
            prop_assert_eq!(read, words);
            for (at, letter) in block.value.char_indices().filter(|(_, letter)| !letter.is_whitespace()) {
                let there = text[block.map.offset(at)..].chars().next();
                prop_assert_eq!(there, Some(letter));
            }
        }
    }
}

#[test]
fn a_megabyte_of_anything_is_read_in_no_time() {
    let units = [
        "[",
        "{",
        "a: [",
        "- ",
        "? ",
        "\"",
        "'",
        "\"\"\"",
        "'''",
        "&a ",
        "*a ",
        "a ",
        "a\n",
        "a:\n",
        "a: b\n",
        "a = 1\n",
        "[a]\n",
        "[[a]]\n",
        "a.",
        "[a.",
        ": ",
        ":",
        "!",
        "|\n",
        "a: |\n",
        ">",
        "\n",
        " ",
        " \n",
        "#",
        "#\n",
        "\t",
        "\r",
        "---\n",
        "[{",
        "{a: ",
        "[{a=",
        "a = [",
        "\\",
        "é",
        "=",
        "]",
        "}",
        "x: &a {y: *a}\n",
        "[[a]",
        "[[a]], ",
        "- |\n  x\n",
        "%a\n",
        "\"a\\\n",
        "~",
        ",",
    ];
    let size = if cfg!(debug_assertions) { 20_000 } else { 1_000_000 };
    let path = RelPath::new("content/a.md").expect("it is a path");
    for unit in units {
        let block = unit.repeat(size / unit.len());
        for (fence, head) in
            [("+++", ""), ("---", ""), ("+++", "a = \"\"\""), ("+++", "a = ["), ("---", "a: |\n  "), ("---", "a: \"")]
        {
            let before = std::time::Instant::now();
            front_matter(&path, &format!("{fence}\n{head}{block}\n{fence}\n"));
            let taken = before.elapsed();
            assert!(taken.as_secs() < 2, "{unit:?} behind {head:?} in {fence} took {taken:?}");
        }
    }
}

#[test]
fn many_keys_are_read_in_no_time() {
    let many = if cfg!(debug_assertions) { 5_000 } else { 50_000 };
    let toml: String = (0..many).map(|n| format!("[t{n}]\na.b{n} = 1\n")).collect();
    let yaml: String = (0..many).map(|n| format!("t{n}:\n  a: é\n")).collect();
    assert_eq!(read(&format!("+++\n{toml}+++\n")).table.entries().len(), many);
    assert_eq!(read(&format!("---\n{yaml}---\n")).table.entries().len(), many);
}

#[test]
fn what_is_nested_too_deeply_is_an_error() {
    let deep = 100_000;
    let blocks = [
        format!("+++\na = {}\n+++\n", "[".repeat(deep)),
        format!("+++\na = {}1{}\n+++\n", "[".repeat(DEPTH + 1), "]".repeat(DEPTH + 1)),
        format!("+++\n{}a = 1\n+++\n", "a.".repeat(deep)),
        format!("+++\n[{}a]\n+++\n", "a.".repeat(deep)),
        format!("+++\n[{}a]\n{}a = {{{}a = 1}}\n+++\n", "a.".repeat(30), "b.".repeat(30), "c.".repeat(30)),
        format!("---\na: {}\n---\n", "[".repeat(deep)),
        format!("---\n{}a\n---\n", "? ".repeat(deep)),
        format!("---\na:\n{}b\n---\n", "- ".repeat(deep)),
    ];
    for block in blocks {
        let front = read(&block);
        let told = front.diagnostics.iter().any(|fault| fault.message == "this is nested too deeply");
        assert!(told, "{} {:?}", &block[..30], front.diagnostics);
    }
}

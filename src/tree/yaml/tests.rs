//! What YAML becomes, and what is said of what is none.

use crate::diagnostic::code::INVALID_FRONT_MATTER;
use crate::file::RelPath;
use crate::tree::Table;
use crate::tree::fault::Faults;
use crate::tree::shown::shown;

fn read(text: &str) -> (Table, Vec<crate::diagnostic::Diagnostic>) {
    let path = RelPath::new("a.md").expect("it is a path");
    let mut faults = Faults::new(&path, text, &INVALID_FRONT_MATTER);
    let table = super::read(&mut faults, 0..text.len());
    (table, faults.done())
}

/// Checks the tree of a text that has no fault.
fn check(text: &str, expect: &str) {
    let (table, faults) = read(text);
    assert_eq!(faults, [], "{text}");
    assert_eq!(shown(&table, text), expect, "{text}");
}

/// Checks the first fault of a text: what it points at, its message and a part of its help.
fn check_fault(text: &str, at: &str, message: &str, help: &str) {
    let (_, faults) = read(text);
    let fault = faults.first().unwrap_or_else(|| panic!("no fault in {text}"));
    let span = fault.place.as_ref().expect("every fault of a file has a place").span;
    assert_eq!((&text[span.range()], fault.message.as_str()), (at, message), "{text}");
    assert!(fault.help.as_deref().unwrap_or("").contains(help), "{help:?} is not in {:?}", fault.help);
}

#[test]
fn plain_scalars_stay_as_written() {
    check(
        "title: 012\ncountry: no\non: 2021-02-03\nn: 1e3 # c\nurl: https://a.b/c#d",
        "title: 012, country: no, on: 2021-02-03, n: 1e3, url: https://a.b/c#d",
    );
    check("a:\nb: ~\nc: null\nd: [x, ]\ne:\n- \n- y", "a: null, b: ~, c: null, d: [x], e: [null, y]");
    check("tags: a, b", "tags: a, b");
    check("título: Málaga — 日本\nb: \"日\\n本\"", "título: Málaga — 日本, b: \"日\\n本\"");
    check("a: !!str 012\nb: !x y\nc: !!str\nd: !!str 'q' # c", "a: \"012\", b: y, c: \"\", d: \"q\"");
    check("", "");
    check("# nothing\n\n", "");
}

#[test]
fn quoted_scalars_map_back_through_escapes_and_folds() {
    check(r#"a: "M\u00e1ra \"L\"\tx\\"  # c"#, r#"a: "Mára \"L\"\tx\\""#);
    check("a: 'it''s'   \nb: ''\nc: \"\"", r#"a: "it's", b: "", c: """#);
    check("a: \"one\n  two\n\n\n  three\\\n  four \\\n\n  five\"", r#"a: "one two\n\nthreefour \nfive""#);
    check("a: 'one  \r\n  two'\r\nb: x\r\n", r#"a: "one two", b: x"#);
    check("a: one\n  two\n\n  three # c\nb: x", "a: one two\nthree, b: x");
    check("a:\n  long\n  text\nb: x", "a: long text, b: x");
    check("\"a b\" : c\n'd': e", "a b: c, d: e");
}

#[test]
fn block_scalars_map_back_through_their_indentation() {
    check("a: |\n  one\n   two\n\n\nb: x", r#"a: "one\n two\n", b: x"#);
    check("a: |-\n\n  one\n\n  two\n", r#"a: "\none\n\ntwo""#);
    check("a: |+  # c\n  one\n\nb: x", r#"a: "one\n\n", b: x"#);
    check("a: >\n  one\n  two\n\n  three\n    four\n  five\n", r#"a: "one two\nthree\n  four\nfive\n""#);
    check("a: |2\n    one\n  two\n", r#"a: "  one\ntwo\n""#);
    check("a: |\r\n  one\r\n  two\r\n", r#"a: "one\ntwo\n""#);
    check("l:\n  - |\n    one\n  - >-\n    two\n    three\n  - x", r#"l: ["one\n", "two three", x]"#);
    check("a: |\nb: >\n\nc: x", r#"a: "", b: "", c: x"#);
    check("a: &x |\n  one\nb: x", r#"a: "one\n", b: x"#);
    check("a: # |\n\n  |\n  one\nb: x", r#"a: "one\n", b: x"#);
}

#[test]
fn bare_wikilinks_are_texts() {
    check(
        "who: [[Ada]]\nb: [[people/ada#Life|the \"countess\"]] # c",
        r#"who: "[[Ada]]", b: "[[people/ada#Life|the \"countess\"]]""#,
    );
    check(
        "l: [[[a]], [[b|c]], d]\nm:\n  - [[e]]\n  - ![[f.png]]",
        r#"l: ["[[a]]", "[[b|c]]", d], m: ["[[e]]", "![[f.png]]"]"#,
    );
    check("who: [[Lindqvist, Mara: MP]]", r#"who: "[[Lindqvist, Mara: MP]]""#);
    check("who: [[a]], [[b]]\nx: see [[c]] and [[d]]", r#"who: ["[[a]]", "[[b]]"], x: "see [[c]] and [[d]]""#);
    check(
        "a: \"[[x|\\x79 \\u00e9]]\"\nb: '[[it''s: #1]]'\nc: \"\\x78 [[#a]]\"",
        r#"a: "[[x|y é]]", b: "[[it's: #1]]", c: "x [[#a]]""#,
    );
    check(
        "a: |\n  - [[Ada, x: y]]\n  [[b]]\nb: >\n  [[c|d]]\n  [[e: f]]\n",
        r#"a: "- [[Ada, x: y]]\n[[b]]\n", b: "[[c|d]] [[e: f]]\n""#,
    );
    check("m: [[1, 2], [3, 4]]\nn: [[\"a\", \"b\"]]", r#"m: [[1, 2], [3, 4]], n: [["a", "b"]]"#);
    check("r: { who: [[Ada]], when: 2021 }\n[[k]]: v", r#"r: {who: "[[Ada]]", when: 2021}, [[k]]: v"#);
    check("é: [[Málaga|é]] ü\nb: x", r#"é: "[[Málaga|é]] ü", b: x"#);
}

#[test]
fn lists_and_tables_nest() {
    check("a:\n  - b: 1\n    c: 2\n  - b: 3\nd: {e: [f, {g: h}]}", "a: [{b: 1, c: 2}, {b: 3}], d: {e: [f, {g: h}]}");
    check("a:\n- x\n- - y\n  - z\nb: {}\nc: []", "a: [x, [y, z]], b: {}, c: []");
    check("? a\n: b", "a: b");
}

#[test]
fn aliases_repeat_what_was_written_up_to_a_limit() {
    check("a: &x [1, 2]\nb: *x\nc: &y z\nd: *y", "a: [1, 2], b: [1, 2], c: z, d: z");
    let lines = (1..30).map(|n| format!("a{n}: &a{n} [{}]\n", format!("*a{}, ", n - 1).repeat(10)));
    let laughs = format!("a0: &a0 [lol, lol]\n{}", lines.collect::<String>());
    let (_, faults) = read(&laughs);
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].message, "anchors and aliases repeat too much here");
    check_fault("a: &x [*x]", "*x", "this alias stands inside what it repeats", "write it out");
    check_fault("a: *x", "*x", "YAML takes this for an anchor or alias", "quotation marks");
    check_fault("a: &x {b: c}\n<<: *x", "<<", "fields cannot be merged in with `<<`", "write them out");
}

#[test]
fn a_key_set_twice_is_an_error_that_names_both() {
    check_fault("title: a\nb: 1\ntitle: c", "title", "\"title\" is set twice, first in line 1", "keep one");
    check_fault(
        "rests-on: a\nrests_on: c",
        "rests_on",
        "\"rests_on\" is the same key as \"rests-on\" in line 1",
        "hyphen",
    );
    check_fault("x: {a: 1, \"a\": 2}", "\"a\"", "\"a\" is set twice, first in line 1", "");
}

#[test]
fn common_mistakes_are_told_in_plain_words() {
    let unquoted = "a colon stands in a text that is not quoted";
    check_fault("title: Foo: bar\n", ":", unquoted, "title: \"Ada: a life\"");
    check_fault("t: x\ntitle: Foo:\nb: c\n", ":", unquoted, "quotation marks");
    let space = "a space is missing behind this colon";
    check_fault("title: x\nkey:value\n", ":", space, "key: value");
    check_fault("key:value\nb: c\n", ":", space, "");
    check_fault("key:value", "key:value", "this is no list of fields", "");
    check_fault("title: x\nno field\nb: c\n", "no field", "this line is no field", "title: Ada");
    let tab = "a tab stands where YAML wants spaces";
    check_fault("a:\n\tb: 2\n", "\t", tab, "spaces");
    check_fault("a:\n  b: 1\n\tc: 2\n", "\t", tab, "spaces");
    check_fault("a: \"x\nb: c\n", "\"x", "this text has no closing quotation mark", "");
    check_fault("a: 'it's'\n", "s'", "something stands behind a value that is complete", "''");
    check_fault("a: @x\n", "@x", "a value cannot begin with this character", "quotation marks");
    check_fault("a: **x**\n", "**x**", "YAML takes this for an anchor or alias", "quotation marks");
    check_fault("a: [x, y\nb: c\n", "[x, y", "this list or table is not closed", "]");
    check_fault("a: {x: y\n", "{x: y", "this list or table is not closed", "}");
    check_fault("a:\n  b: 1\n c: 2\n", "c: 2", "this line is not indented like its neighbours", "");
    check_fault("a: b\n  c: d\n", "c: d", "this line is not indented like its neighbours", "without a value");
    check_fault(
        "a: \"C:\\q\"\n",
        "\"C:\\q\"",
        "in this text a backslash stands with no escape behind it that YAML knows",
        "",
    );
    check_fault("Once upon a time", "Once upon a time", "this is no list of fields", "`***`");
    check_fault("- a\n- b", "- a", "this is no list of fields", "");
    check_fault("a: b\n--- c\n", "---", "a second YAML document begins here", "");
    check_fault("[a, b]: c\n", "[a, b]", "this is no key", "plain word");
    check_fault(": c\n", "", "this field has no name", "");
    check_fault("a: |x\n  b\n", "|x", "this text of several lines is not well indented", "");
}

#[test]
fn what_was_read_before_an_error_is_kept() {
    let text = "title: Ada\nl: [a, {b: c}]\nx: @\n";
    let (table, faults) = read(text);
    assert_eq!(shown(&table, text), "title: Ada, l: [a, {b: c}]");
    assert_eq!(faults.len(), 1);
}

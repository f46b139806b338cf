//! What TOML becomes, and what is said of what is none.

use super::toml;
use crate::diagnostic::code::INVALID_CONFIG;
use crate::file::RelPath;
use crate::tree::shown::shown;

/// Checks the tree of a text that has no fault.
fn check(text: &str, expect: &str) {
    let path = RelPath::new("casebook.toml").expect("it is a path");
    let (table, faults) = toml(&path, text, &INVALID_CONFIG);
    assert_eq!(faults, [], "{text}");
    assert_eq!(shown(&table, text), expect);
}

/// Checks the faults of a text: each with what it points at, its message and a part of its help.
fn check_faults(text: &str, expect: &[(&str, &str, &str)]) {
    let path = RelPath::new("casebook.toml").expect("it is a path");
    let (_, faults) = toml(&path, text, &INVALID_CONFIG);
    let found: Vec<_> = faults
        .iter()
        .map(|fault| {
            let place = fault.place.as_ref().expect("every fault of a file has a place");
            (&text[place.span.range()], fault.message.as_str(), fault.help.as_deref().unwrap_or(""))
        })
        .collect();
    assert_eq!(found.len(), expect.len(), "{text}\n{found:#?}");
    for (found, expect) in found.iter().zip(expect) {
        assert_eq!((found.0, found.1), (expect.0, expect.1), "{text}");
        assert!(found.2.contains(expect.2), "{:?} is not in the help {:?}", expect.2, found.2);
    }
}

#[test]
fn scalars_stay_as_written_and_in_their_order() {
    check(
        "title = \"Ada\"\nborn = 1815-12-10\nn = 1_000\nf = -0.5e3\nyes = true",
        "title: \"Ada\", born: date 1815-12-10, n: 1_000, f: -0.5e3, yes: true",
    );
    check(
        "at = 2021-02-03T10:00:00Z\nb = 2021-02-03 10:00:00\nc = 10:00:00",
        "at: date 2021-02-03T10:00:00Z, b: date 2021-02-03 10:00:00, c: date 10:00:00",
    );
    check("z = 1\ny = 2\nx = 3", "z: 1, y: 2, x: 3");
    check("years = [1967, 2021, -1234]\nhex = 0xff", "years: [1967, 2021, -1234], hex: 0xff");
}

#[test]
fn strings_map_back_through_escapes_and_lines() {
    check(r#"a = "M\u00e1ra \"L\"\tx\\""#, r#"a: "Mára \"L\"\tx\\""#);
    check("a = 'C:\\temp'", r#"a: "C:\\temp""#);
    check("a = \"\"\"\nOne \\\n   two\n\n\"three\" \\u00e9\\n\\n\"\"\"", r#"a: "One two\n\n\"three\" é\n\n""#);
    check("a = '''\nOne\n  'two'\n'''", r#"a: "One\n  'two'\n""#);
    check("a = '''\r\nOne\r\n\r\ntwo\r\n'''\r\nb = \"\"\"x\\\r\n  y\r\nz\"\"\"", r#"a: "One\n\ntwo\n", b: "xy\nz""#);
    check("a = \"\"\nb = ''\nc = \"\"\"\"\"\"\nd = ''''''", r#"a: "", b: "", c: "", d: """#);
}

#[test]
fn every_byte_of_a_string_maps_to_its_byte_in_the_file() {
    let text = "body = \"\"\"\r\n# A\\u00e9\\n\\\r\n  see [@b]\r\n\"\"\"";
    let (table, _) = toml(&RelPath::new("a.toml").expect("it is a path"), text, &INVALID_CONFIG);
    let body = table.get("body").and_then(|node| node.text()).expect("it is a text");
    assert_eq!(&*body.value, "# A\u{e9}\nsee [@b]\n");
    for (part, written) in [("# A", "# A"), ("see [@b]", "see [@b]"), ("\u{e9}", "\\u"), ("\n", "\\")] {
        let at = body.value.find(part).expect("it is there");
        assert_eq!(&text[body.span(at..at + part.len()).range()], written);
    }
}

#[test]
fn tables_are_built_from_headers_dots_and_braces() {
    check("a = 1\n[b]\nc = 2\n[[d]]\ne = 3\n[[d]]\n[d.f]\ng = 4", "a: 1, b: {c: 2}, d: [{e: 3}, {f: {g: 4}}]");
    check("a.b.c = 1\na.b.d = 2\na.e = { f.g = 3, f.h = 4 }", "a: {b: {c: 1, d: 2}, e: {f: {g: 3, h: 4}}}");
    check("[a.b]\nx = 1\n[a]\ny = 2", "a: {b: {x: 1}, y: 2}");
    check("[a]\nb.c = 1\n[a.b.d]\ne = 2", "a: {b: {c: 1, d: {e: 2}}}");
    check("l = [\n  \"a\", # first\n  { who = 'b' },\n]\n\"odd key\" = 1", "l: [\"a\", {who: \"b\"}], odd key: 1");
    check("", "");
    check("# nothing\n\n", "");
}

#[test]
fn a_key_set_twice_is_an_error_that_names_both() {
    check_faults(
        "title = 'a'\nb = 1\ntitle = 'c'",
        &[("title", "\"title\" is set twice, first in line 1", "keep one")],
    );
    check_faults(
        "response-sought = 'a'\nresponse_sought = 'b'",
        &[("response_sought", "\"response_sought\" is the same key as \"response-sought\" in line 1", "hyphen")],
    );
    check_faults("[a]\n[b]\n[a]", &[("a", "\"a\" is set twice, first in line 1", "")]);
    check_faults("a = 1\n[a]\nb = 2", &[("a", "\"a\" is set twice, first in line 1", "")]);
    check_faults("x = { a = 1, a = 2 }", &[("a", "\"a\" is set twice, first in line 1", "")]);
    check_faults("[[a]]\nx = 1\nx = 2\n[[a]]\nx = 1", &[("x", "\"x\" is set twice, first in line 2", "")]);
    let closed = "nothing can be added to \"a\" here, which was set before";
    check_faults("a = { b = 1 }\na.c = 2", &[("a", closed, "")]);
    check_faults("a = { b = 1 }\n[a.c]", &[("a", closed, "")]);
    check_faults("a = [{ b = 1 }]\n[[a]]", &[("a", "\"a\" is set twice, first in line 1", "")]);
    check_faults("a = []\n[[a]]", &[("a", "\"a\" is set twice, first in line 1", "")]);
    check_faults("[a]\nb.c = 1\n[a.b]\nd = 1", &[("b", "\"b\" is set twice, first in line 2", "")]);
    check_faults(
        "[a.b]\nc = 1\n[a]\nb.d = 1",
        &[("b", "nothing can be added to \"b\" here, which was set before", "")],
    );
}

#[test]
fn a_date_that_toml_does_not_know_is_to_be_quoted() {
    for date in [
        "1967-01",
        "2021-02~",
        "196X",
        "XXXX",
        "2019?/2021-03",
        "../2019",
        "2019/..",
        "1967-02-30",
        "Y17000",
        "-1234-01",
    ] {
        check_faults(&format!("born = {date}"), &[(date, "TOML knows no date like this one", "quote it")]);
    }
    check("n = 1967\nm = -1234\no = 1967.5", "n: 1967, m: -1234, o: 1967.5");
}

#[test]
fn all_faults_are_told_in_one_run() {
    check_faults(
        "title = Ada\nborn = 1967-01\n[private\nx = 1\ny = ['1' 2]\n",
        &[
            ("Ada", "a text must stand in quotation marks", "title = \"Ada\""),
            ("1967-01", "TOML knows no date like this one", "quote it"),
            ("[private", "this table's name is not complete", "[private]"),
            ("2", "two items of a list stand without a comma", ","),
        ],
    );
}

#[test]
fn faults_are_told_in_plain_words() {
    let unclosed = "this text has no closing quotation mark";
    check_faults("title = \"Ada\nb = 1", &[("\"Ada", unclosed, "\\\"")]);
    check_faults("title = 'Ada", &[("'Ada", unclosed, "apostrophe")]);
    check_faults("a = \"\"\"\nAda\nb = 1", &[("\"\"\"", "this text of several lines is not closed", "\"\"\"")]);
    check_faults("title: Ada", &[(":", "this line is no field of TOML", "fences are `---`")]);
    check_faults("title", &[("title", "this line is no field: `=` and a value are missing", "title = \"Ada\"")]);
    check_faults("title =\nb = 1", &[("title =", "there is no value behind this `=`", "remove the line")]);
    check_faults(
        "a = \"He said \"no\" to\"",
        &[("n", "something stands behind a value that is complete", "between `'`")],
    );
    check_faults("a = \"C:\\temp\\dir\"", &[("d", "behind this backslash stands no escape that TOML knows", "`'`")]);
    check_faults("a = [1, 2\nb = 3", &[("[1, 2", "this list is not closed", "]")]);
    check_faults("a = { b = 1", &[("{ b = 1", "this table is not closed", "}")]);
    check_faults("a = yes", &[("yes", "a text must stand in quotation marks", "")]);
    check_faults("a = True", &[("True", "this is neither true nor false", "true")]);
    check_faults("n = 012", &[("0", "this is not a number", "quotation marks")]);
    check_faults("title = [[Ada]]", &[("Ada", "a text must stand in quotation marks", "")]);
}

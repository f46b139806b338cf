//! The project's own source files, read roughly: enough to see what each file names, not to understand it.
//!
//! Comments and literals are blanked, and so is what is compiled for tests alone; offsets and lines stay as they are.

use std::fs;
use std::ops::Range;
use std::path::Path;

/// One file of `src/`.
pub(crate) struct Source {
    /// Its path below `src/`, with `/` between the parts.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
    /// Its text without comments, literals and tests.
    pub(crate) code: String,
}

/// A path that a file names, such as `crate::file::{RelPath, Span}`, which is two.
pub(crate) struct Named {
    /// The parts behind the root.
    pub(crate) parts: Vec<String>,
    /// The line of the root.
    pub(crate) line: usize,
}

/// Reads every file of `src/` that is not for tests alone, sorted by path.
pub(crate) fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut texts = Vec::new();
    walk(&root, "", &mut texts);
    texts.sort();
    read(texts)
}

/// Reads files, each a path below `src/` and a text; those for tests alone are left out.
pub(crate) fn read(texts: Vec<(String, String)>) -> Vec<Source> {
    let mut for_tests = Vec::new();
    let sources = texts.into_iter().map(|(path, text)| {
        let code = without_tests(&path, &text, without_literals(&text), &mut for_tests);
        Source { path, text, code }
    });
    let mut sources: Vec<Source> = sources.collect();
    sources.retain(|source| !for_tests.iter().any(|stem| is_below(&source.path, stem)));
    sources
}

impl Source {
    /// Returns the room that the file is in: the first part of its path.
    pub(crate) fn room(&self) -> &str {
        let first = self.path.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// Returns every path of the code that begins with a root, such as `crate` or `std`.
    pub(crate) fn paths(&self, root: &str) -> Vec<Named> {
        let mut named = Vec::new();
        for (at, _) in self.code.match_indices(root) {
            let begins = !self.code[..at].ends_with(|before: char| is_of_name(before) || matches!(before, ':' | '.'));
            let Some(rest) = self.code[at + root.len()..].trim_start().strip_prefix("::") else { continue };
            if begins {
                let mut all = Vec::new();
                tree(rest, Vec::new(), &mut all);
                let line = self.line(at);
                named.extend(all.into_iter().map(|parts| Named { parts, line }));
            }
        }
        named
    }

    /// Returns the lines on which a name stands as the root of a path, or is imported.
    pub(crate) fn uses(&self, name: &str) -> Vec<usize> {
        let mut lines = Vec::new();
        for (at, _) in self.code.match_indices(name) {
            let (before, behind) = (&self.code[..at], &self.code[at + name.len()..]);
            // Two colons that nothing stands before say that an outside crate is meant.
            let before = before.strip_suffix("::").filter(|rest| !rest.ends_with(is_of_name)).unwrap_or(before);
            let whole = !before.ends_with(is_of_name) && !behind.starts_with(is_of_name);
            let is_root = behind.starts_with("::") && !before.ends_with([':', '.']);
            if whole && (is_root || before.ends_with("use ")) {
                lines.push(self.line(at));
            }
        }
        lines
    }

    fn line(&self, at: usize) -> usize {
        self.code[..at].matches('\n').count() + 1
    }
}

fn walk(folder: &Path, below: &str, texts: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the sources are there") {
        let entry = entry.expect("a folder's entries can be read");
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            walk(&entry.path(), &format!("{name}/"), texts);
        } else if name.ends_with(".rs") {
            texts.push((name, fs::read_to_string(entry.path()).expect("a source is a text")));
        }
    }
}

fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn is_below(path: &str, stem: &str) -> bool {
    path.strip_prefix(stem).is_some_and(|rest| matches!(rest, "" | ".rs") || rest.starts_with('/'))
}

/// Reads a path and what branches off it in braces.
fn tree<'c>(code: &'c str, before: Vec<String>, all: &mut Vec<Vec<String>>) -> &'c str {
    let mut code = code.trim_start();
    if let Some(inner) = code.strip_prefix('{') {
        code = inner.trim_start();
        while !code.is_empty() && !code.starts_with('}') {
            code = tree(code, before.clone(), all).trim_start();
            code = code.strip_prefix(',').unwrap_or(code).trim_start();
        }
        return code.strip_prefix('}').unwrap_or(code);
    }
    let end = code.find(|letter: char| !is_of_name(letter) && letter != '*').unwrap_or(code.len());
    let (name, rest) = code.split_at(end);
    let mut parts = before;
    parts.push(name.to_owned());
    if name.is_empty() {
        all.push(parts);
        return rest.get(1..).unwrap_or_default();
    }
    let behind = rest.trim_start();
    if let Some(alias) = behind.strip_prefix("as ") {
        all.push(parts);
        return alias.trim_start().trim_start_matches(is_of_name);
    }
    match behind.strip_prefix("::").filter(|rest| !rest.trim_start().starts_with('<')) {
        Some(rest) => tree(rest, parts, all),
        None => {
            all.push(parts);
            rest
        }
    }
}

/// Blanks comments, texts and letters.
fn without_literals(text: &str) -> String {
    let mut code = text.as_bytes().to_vec();
    let mut at = 0;
    while at < code.len() {
        match literal(text.as_bytes(), at) {
            Some(end) => {
                blank(&mut code, at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    String::from_utf8_lossy(&code).into_owned()
}

/// Returns the end of the comment or literal that begins at `at`.
fn literal(text: &[u8], at: usize) -> Option<usize> {
    let find = |from: usize, what: &[u8]| {
        let rest = text.get(from..).unwrap_or_default();
        let found = rest.windows(what.len()).position(|window| window == what);
        found.map_or(text.len(), |found| from + found + what.len())
    };
    let rest = &text[at..];
    if rest.starts_with(b"//") {
        return Some(find(at, b"\n") - 1);
    }
    if rest.starts_with(b"/*") {
        return Some(find(at, b"*/"));
    }
    let is_name = at > 0 && is_of_name(char::from(text[at - 1]));
    if !is_name && matches!(rest, [b'r', b'"' | b'#', ..] | [b'b', b'r', ..]) {
        let hashes = rest.iter().skip(1).skip_while(|byte| **byte == b'r').take_while(|byte| **byte == b'#').count();
        let open = at + rest.iter().position(|byte| *byte == b'"')?;
        if text[at..open].iter().all(|byte| matches!(byte, b'r' | b'b' | b'#')) {
            return Some(find(open + 1, &[b"\"", "#".repeat(hashes).as_bytes()].concat()));
        }
    }
    match rest {
        [b'"', ..] => {
            let mut end = at + 1;
            while end < text.len() && text[end] != b'"' {
                end += if text[end] == b'\\' { 2 } else { 1 };
            }
            Some((end + 1).min(text.len()))
        }
        [b'\'', b'\\', ..] => Some(find(at + 3, b"'")),
        [b'\'', ..] => {
            let letter = std::str::from_utf8(&rest[1..]).ok()?.chars().next()?;
            let end = at + 1 + letter.len_utf8();
            (text.get(end) == Some(&b'\'')).then_some(end + 1)
        }
        _ => None,
    }
}

fn blank(code: &mut [u8], range: Range<usize>) {
    code[range].iter_mut().filter(|byte| **byte != b'\n').for_each(|byte| *byte = b' ');
}

/// Blanks items behind `#[cfg(test)]`; the files of modules among them are added to `for_tests`, without extension.
fn without_tests(path: &str, text: &str, code: String, for_tests: &mut Vec<String>) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut code = code.into_bytes();
    while let Some(start) = String::from_utf8_lossy(&code).find(MARK) {
        let behind = start + MARK.len();
        let end = behind + code[behind..].iter().position(|byte| b";{".contains(byte)).unwrap_or_default();
        let item = String::from_utf8_lossy(&code[behind..end]).into_owned();
        if code[end] == b';' {
            for_tests.extend(module(path, &item, &text[behind..end]));
            blank(&mut code, start..end + 1);
            continue;
        }
        let mut depth = 0_usize;
        let close = code[end..].iter().position(|byte| {
            depth = match byte {
                b'{' => depth + 1,
                b'}' => depth - 1,
                _ => depth,
            };
            depth == 0
        });
        blank(&mut code, start..close.map_or(text.len(), |close| end + close + 1));
    }
    String::from_utf8_lossy(&code).into_owned()
}

/// Returns the file or folder of the module that an item declares, without extension.
fn module(path: &str, item: &str, written: &str) -> Option<String> {
    let name = item.trim_end().rsplit_once("mod ")?.1.trim();
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let place = written.split_once("path = \"").and_then(|(_, rest)| rest.split_once(".rs\""));
    let stem = file.strip_suffix(".rs").filter(|stem| !matches!(*stem, "mod" | "lib" | "main"));
    let parts = match (place, stem) {
        (Some((place, _)), _) => vec![folder, place],
        (None, Some(stem)) => vec![folder, stem, name],
        (None, None) => vec![folder, name],
    };
    Some(parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/"))
}

/// Reads one file, for the tests of the reader.
fn one(text: &str) -> Source {
    let mut sources = read(vec![("check/orphan.rs".to_owned(), text.to_owned())]);
    sources.pop().expect("one file is one source")
}

#[test]
fn comments_and_literals_are_no_code() {
    let check =
        |text: &str, expect: &str| assert_eq!(one(text).code.split_whitespace().collect::<Vec<_>>().join(" "), expect);
    check("a // b\nc", "a c");
    check("a /* b */ c", "a c");
    check(r#"a("b\"c", 'd', '\'', '"', b"e") f"#, "a( , , , , b ) f");
    check("a(r#\"b \"c\" d\"#, br\"e\", rest) f", "a( , , rest) f");
    check("fn a<'b>(c: &'b str) -> r#type {}", "fn a<'b>(c: &'b str) -> r#type {}");
    check("\"é\" 'é' a", "a");
}

#[test]
fn a_path_is_read_with_all_that_branches_off_it() {
    let paths = |text: &str| -> Vec<String> {
        one(text).paths("crate").iter().map(|path| format!("{} {}", path.line, path.parts.join("::"))).collect()
    };
    assert_eq!(paths("use crate::file::{RelPath, Span};"), ["1 file::RelPath", "1 file::Span"]);
    assert_eq!(paths("\nuse crate::{a::{self, b as c}, d::*, e};"), ["2 a::self", "2 a::b", "2 d::*", "2 e"]);
    assert_eq!(paths("pub(crate) fn f() { crate::g::<u8>(crate::h::I { j: 1 }) }"), ["1 g", "1 h::I"]);
    assert_eq!(paths("// crate::a\nsupercrate::b; x::crate::c"), [""; 0]);
}

#[test]
fn what_is_compiled_for_tests_alone_does_not_count() {
    let text =
        "use a::b;\n#[cfg(test)]\nmod tests { use crate::c; fn d() { e({}) } }\n#[cfg(test)]\nuse crate::f;\nfn g() {}";
    assert_eq!(one(text).code.split_whitespace().collect::<Vec<_>>().join(" "), "use a::b; fn g() {}");
    let file = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    let read = read(vec![
        file("a/mod.rs", "#[cfg(test)]\nmod tests;\n#[cfg(test)]\npub(crate) mod fixture;\nmod b;"),
        file("a/tests.rs", ""),
        file("a/fixture/mod.rs", ""),
        file("a/b.rs", "#[cfg(test)]\nmod laws;\n#[cfg(test)]\n#[path = \"b_tests.rs\"]\nmod tests;"),
        file("a/b/laws.rs", ""),
        file("a/b_tests.rs", ""),
        file("a/testing.rs", ""),
    ]);
    let paths: Vec<&str> = read.iter().map(|source| source.path.as_str()).collect();
    assert_eq!(paths, ["a/mod.rs", "a/b.rs", "a/testing.rs"]);
}

#[test]
fn an_outside_crate_is_named_at_the_root_of_a_path() {
    let check = |text: &str, expect: &[usize]| assert_eq!(one(text).uses("toml"), expect, "{text}");
    check("use toml::Table;\nuse toml;\ntoml::parse()\n&::toml::Value", &[1, 2, 3, 4]);
    check("use crate::tree::toml::parse;\ntoml_parser::x\nself.toml\nsuper::toml::y\nmod toml;", &[]);
}

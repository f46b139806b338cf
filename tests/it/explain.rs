//! What the program says of itself: every code has its page, every field its line in `new`, every command its help.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use casebook::diagnostic::code;
use casebook::kind::{BUILT_IN, Shape};

/// Runs the program in a folder.
fn casebook(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.current_dir(folder).args(arguments).env_remove("NO_COLOR");
    command.output().expect("the program runs")
}

/// Returns what a run that must succeed prints as data.
#[track_caller]
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = casebook(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("what is printed is UTF-8")
}

/// Returns the names in the list of commands of a help text, each with what it does.
fn commands(help: &str) -> Vec<(String, String)> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let command = |line: &str| {
        let (name, does) = line.trim().split_once(' ').unwrap_or((line.trim(), ""));
        (name.to_owned(), does.trim().to_owned())
    };
    list.map(command).collect()
}

#[test]
fn every_code_has_its_page() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    for code in code::ALL {
        assert_eq!(printed(here, &["explain", code.name]), code.page);
        assert!(code.page.starts_with(&format!("# {}\n\n", code.name)), "{}", code.name);
        for part in ["## Why it matters", "## Example", "## What to do"] {
            assert_eq!(code.page.matches(&format!("\n{part}\n\n")).count(), 1, "{} has one {part:?}", code.name);
        }
    }
}

#[test]
fn every_page_is_of_a_code() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnostic/explain");
    for page in fs::read_dir(pages).expect("the pages are there") {
        let name = page.expect("a folder's entries can be read").file_name().to_string_lossy().into_owned();
        assert!(name.strip_suffix(".md").is_some_and(|code| code::Code::named(code).is_some()), "{name} is of no code");
    }
}

#[test]
fn an_unknown_code_is_wrong_usage() {
    let output = casebook(Path::new(env!("CARGO_MANIFEST_DIR")), &["explain", "broken-refrence"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("broken-refrence") && said.contains("broken-reference"), "{said}");
}

#[test]
fn every_field_has_its_line_in_a_new_record() {
    let site = tempfile::tempdir().expect("there is room for a site");
    fs::write(site.path().join("casebook.toml"), "title = \"A site\"\n").expect("the site can be written");
    for kind in BUILT_IN {
        let path = printed(site.path(), &["new", &kind.name, &format!("A {}", kind.name)]);
        let text =
            fs::read_to_string(site.path().join(path.trim_end())).expect("the path that is printed is the record's");
        // Records inside a dossier are written in its text, and what is private where it is needed.
        let own =
            kind.fields.iter().filter(|field| !matches!(field.shape, Shape::Free | Shape::List(Shape::Records(_))));
        for field in own {
            let line = text
                .lines()
                .find(|line| line.trim_start_matches(['#', ' ']).starts_with(&format!("{} = ", field.name)));
            let line = line.unwrap_or_else(|| panic!("a new {} has no line for {}", kind.name, field.name));
            assert!(line.contains(field.doc.as_ref()), "{line}");
            assert_eq!(line.contains("(required)"), field.required, "{line}");
        }
        for field in ["aliases", "summary", "tags", "image", "visibility", "draft", "links"] {
            assert!(text.contains(&format!("{field} = ")), "a new {} has no line for {field}", kind.name);
        }
    }
}

#[test]
fn every_command_says_what_it_does() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let listed = commands(&printed(here, &["--help"]));
    let expected = ["init", "new", "build", "serve", "watch", "check", "explain", "inspect", "theme", "completions"];
    for name in expected {
        assert!(listed.iter().any(|(listed, _)| listed == name), "{name} is no command");
    }
    for (name, does) in listed.iter().filter(|(name, _)| name != "help") {
        assert!(does.len() > 10 && !does.ends_with('.'), "{name}: {does}");
        let help = printed(here, &[name, "--help"]);
        assert!(help.starts_with(does.as_str()), "{name} says another thing of itself: {help}");
        for (inner, does) in commands(&help).iter().filter(|(name, _)| name != "help") {
            assert!(does.len() > 10, "{name} {inner}: {does}");
            every_option_is_explained(&printed(here, &[name, inner, "--help"]));
        }
        every_option_is_explained(&help);
    }
}

/// Checks that each argument and option of a help text has words behind it, or on the next line.
#[track_caller]
fn every_option_is_explained(help: &str) {
    let mut lines = help.lines().skip_while(|line| !matches!(*line, "Arguments:" | "Options:")).peekable();
    while let Some(line) = lines.next() {
        let indent = line.len() - line.trim_start().len();
        let is_entry = (2..8).contains(&indent) && line.trim_start().starts_with(['-', '<', '[']);
        let words = line.trim_start().split_once("  ").is_some_and(|(_, words)| !words.trim().is_empty());
        let below = lines.peek().is_some_and(|next| next.starts_with("          ") && !next.trim().starts_with('-'));
        assert!(!is_entry || words || below, "{line:?} says nothing in\n{help}");
    }
}

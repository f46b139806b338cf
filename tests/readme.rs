//! The first hour of `README.md`, done as it is written: its commands run, its files build without a diagnostic.

#![expect(clippy::disallowed_methods, reason = "the test writes a site and runs the program on it")]

use std::fs;
use std::path::Path;
use std::process::Command;

const README: &str = include_str!("../README.md");

/// A block of code, and the last name of a file in the text before it, if there is one after the block before.
struct Block {
    language: &'static str,
    file: Option<&'static str>,
    text: String,
}

fn blocks(text: &'static str) -> Vec<Block> {
    let mut found = Vec::new();
    let mut file = None;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```") {
            let text = lines.by_ref().take_while(|line| *line != "```").flat_map(|line| [line, "\n"]).collect();
            found.push(Block { language, file: file.take(), text });
        } else if let Some(name) =
            line.split('`').skip(1).step_by(2).filter(|word| word.starts_with("harbour/content/")).last()
        {
            file = Some(name);
        }
    }
    found
}

/// Runs a command of the README; `cargo` and what runs until Ctrl-C are left out.
fn run(command: &str, folder: &Path) {
    let words: Vec<&str> = command.splitn(2, '"').collect();
    let mut arguments: Vec<&str> = words[0].split_whitespace().collect();
    arguments.extend(words.get(1).map(|quoted| quoted.trim_end_matches('"')));
    if arguments[0] != "casebook" || arguments.contains(&"serve") {
        return;
    }
    let run = Command::new(env!("CARGO_BIN_EXE_casebook")).args(&arguments[1..]).current_dir(folder).output();
    let output = run.expect("the program runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command}: {said}");
    assert!(!said.contains("error") && !said.contains("warning"), "{command}: {said}");
}

#[test]
fn the_first_hour_of_the_readme_works_as_it_is_written() {
    let folder = tempfile::tempdir().expect("there is a place for temporary files");
    let (mut commands, mut files) = (0, 0);
    for Block { language, file, text } in blocks(README) {
        match (language, file) {
            ("sh", _) => text.lines().for_each(|line| {
                run(line, folder.path());
                commands += 1;
            }),
            (_, Some(name)) => {
                let path = folder.path().join(name);
                fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
                fs::write(&path, text).expect("a file can be written");
                files += 1;
            }
            _ => {}
        }
    }
    assert_eq!((commands, files), (6, 7), "the test found what is in the README");
    let home = fs::read_to_string(folder.path().join("harbour/public/index.html")).expect("the site was built");
    assert!(home.contains("data-quote=\"verified\""), "the quotation was checked");
    assert!(home.contains("data-claim=\"warned\" data-standing=\"alleged\""), "the claim has its standing");
    assert!(!home.contains("Bertram"));
}

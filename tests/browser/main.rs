//! The pages in a real browser: `node --test` over the scripts in this folder, with the program that was just built.
//!
//! It needs Chromium, Node and `npm ci` in this folder, so that a plain `cargo test` leaves it out and says so.
//! `.ci/run` installs what it needs and runs the scripts.

use std::path::Path;
use std::process::Command;

#[test]
#[ignore = "needs Chromium and Node: run .ci/run, or `npm ci` in tests/browser and `cargo test -- --ignored`"]
fn every_page_holds_in_a_browser() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let status = Command::new("npm")
        .args(["test", "--silent"])
        .current_dir(&folder)
        .env("CASEBOOK_BIN", env!("CARGO_BIN_EXE_casebook"))
        .status()
        .expect("npm can be run");
    assert!(status.success(), "the scripts in tests/browser failed: see above");
}

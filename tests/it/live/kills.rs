//! A program that is killed at any moment leaves nothing that the next build does not heal.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::dice::Dice;
use super::disk::Disk;
use super::program::{Running, everything, run};
use super::vault::Vault;

/// How often each program is killed.
const KILLS: usize = 15;

/// Lets a random time pass: every moment of a rebuild is a moment to be killed at. Since most of a rebuild goes by without
/// a file being written, two times in three it first waits until files wait in the stage, or are moved into place.
fn at_any_moment(dice: &mut Dice, output: &Path) {
    let begun = Instant::now();
    let (sign, most) = dice.pick(&[("", 250_000), ("stage/new", 20_000), ("next.json", 1_000)]);
    let sign = output.join(".casebook").join(sign);
    while !sign.exists() && begun.elapsed() < Duration::from_secs(2) {
        std::hint::spin_loop();
    }
    thread::sleep(Duration::from_micros(u64::try_from(dice.below(most)).expect("it is small")));
}

/// Builds into a folder after a kill: it holds the files of a clean build, the program's own included, and no others.
fn check_healed(disk: &Disk, output: &Path, round: usize) {
    let elsewhere = tempfile::tempdir().expect("a folder can be made");
    let clean = elsewhere.path().join("out");
    for folder in [output, &clean] {
        let built = run(disk.root(), &["build", "--output", folder.to_str().expect("its name is UTF-8")]);
        assert_eq!(built.status.code(), Some(0), "{round}: {}", String::from_utf8_lossy(&built.stderr));
    }
    let (healed, clean) = (everything(output), everything(&clean));
    assert_eq!(healed.keys().collect::<Vec<_>>(), clean.keys().collect::<Vec<_>>(), "{round}");
    assert!(healed == clean, "{round}: the bytes are those of a clean build");
    assert!(!output.join(".casebook/stage").exists(), "{round}: no stage is left");
}

/// Changes every page, and makes and removes some.
fn turn(vault: &mut Vault, dice: &mut Dice, round: usize) {
    vault.title += 1;
    vault.create(["person", "event", "page"][round % 3], dice);
    vault.is_pretty = round % 4 == 3;
    vault.mend();
}

#[test]
fn whenever_a_watch_is_killed_the_next_build_is_a_clean_one() {
    let mut dice = Dice(11);
    let mut vault = Vault::new(&mut dice);
    let mut disk = Disk::new(&vault);
    let place = tempfile::tempdir().expect("a folder can be made");
    let output = place.path().join("out");
    for round in 0..KILLS {
        let mut watch = Running::start(disk.root(), &["watch", "--output", output.to_str().expect("it is UTF-8")]);
        watch.until(" pages, ");
        turn(&mut vault, &mut dice, round);
        disk.take(&vault, &[]);
        at_any_moment(&mut dice, &output);
        watch.child.kill().expect("it runs");
        watch.child.wait().expect("it ends");
        // Every third time, another watch finds what the killed one left, and not a build.
        if round % 3 != 1 {
            check_healed(&disk, &output, round);
        }
    }
    check_healed(&disk, &output, KILLS);
}

#[test]
fn whenever_a_build_is_killed_the_next_one_is_a_clean_one() {
    let mut dice = Dice(12);
    let mut vault = Vault::new(&mut dice);
    let mut disk = Disk::new(&vault);
    let place = tempfile::tempdir().expect("a folder can be made");
    let output = place.path().join("out");
    for round in 0..KILLS {
        let mut build = Running::start(disk.root(), &["build", "--output", output.to_str().expect("it is UTF-8")]);
        at_any_moment(&mut dice, &output);
        build.child.kill().expect("it can be killed, or has ended");
        build.child.wait().expect("it ends");
        check_healed(&disk, &output, round);
        turn(&mut vault, &mut dice, round);
        disk.take(&vault, &[]);
    }
}

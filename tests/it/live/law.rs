//! The law, in this process: what is made with what was kept, of files read anew by name, is what a clean build makes.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::thread;

use casebook::file::{RelPath, Snapshot};
use casebook::pipeline::{Memo, site};
use casebook::read;

use super::dice::Dice;
use super::disk::Disk;
use super::edits::edit;
use super::vault::Vault;
use crate::site::{Built, all, make};

/// How many sequences of edits are tried where CASEBOOK_SEQUENCES says nothing: what an unoptimised build does in seconds.
const SEQUENCES: u64 = 24;
/// How many edits a sequence has at most.
const EDITS: usize = 30;
/// How many states in a hundred are held against a clean build, beside the last of each sequence. The others are made
/// too, so that what is kept has been through them.
const COMPARED: usize = 35;

/// Reads a site again as the program does: by the names that a watcher told or, where these are not enough or were lost,
/// by comparing all files.
fn reread(disk: &Disk, before: &Snapshot, told: &BTreeSet<String>, is_lost: bool) -> Snapshot {
    let named: BTreeSet<RelPath> = told.iter().filter_map(|path| RelPath::new(path)).collect();
    if is_lost {
        return read::read_again(disk.root(), before, &BTreeSet::new()).expect("the site can be read");
    }
    let some = read::read_named(disk.root(), before, &named).expect("the site can be read");
    some.unwrap_or_else(|| {
        let is_below = |path: &&RelPath| named.iter().any(|folder| path.below(folder.as_str()).is_some());
        let all = before.entries.keys().filter(is_below).chain(&named).cloned().collect();
        read::read_again(disk.root(), before, &all).expect("the site can be read")
    })
}

/// Returns what differs between what was made with what was kept and a clean build; nothing, if the law holds.
fn differences(kept: &Built, clean: &Built) -> Vec<String> {
    let mut differences = kept.changed(clean);
    if kept.json != clean.json {
        differences.push(format!("kept: {}\nclean: {}", kept.json, clean.json));
    }
    differences
}

/// Changes a vault many times, and holds its states against clean builds. Returns how many states were good, and how many
/// there were.
fn follow(seed: u64) -> (usize, usize) {
    let mut dice = Dice(seed);
    let mut vault = Vault::new(&mut dice);
    let mut disk = Disk::new(&vault);
    let memo = Memo::default();
    let mut snapshot = read::read(disk.root()).expect("the site can be read");
    make(&snapshot, &vault.request(), &memo);
    let mut done = Vec::new();
    let (mut good, mut states) = (0, 0);
    for left in (0..1 + dice.below(EDITS)).rev() {
        let (name, moves) = edit(&mut vault, &mut dice);
        done.push(name);
        let mut told = disk.take(&vault, &moves);
        if dice.chance(30) {
            let (name, moves) = edit(&mut vault, &mut dice);
            done.push(name);
            told.extend(disk.take(&vault, &moves));
        }
        snapshot = reread(&disk, &snapshot, &told, dice.chance(10));
        let kept = site(&snapshot, &vault.request(), &memo);
        let is_good = kept.site.is_some() && !kept.diagnostics.iter().any(|fault| kept.stops(fault));
        if left == 0 || dice.chance(COMPARED) {
            let fresh = read::read(disk.root()).expect("the site can be read");
            let clean = make(&fresh, &vault.request(), &Memo::default());
            let differences = differences(&all(kept, &snapshot), &clean);
            assert!(differences.is_empty(), "seed {seed}, after {done:?}: {}", differences.join("\n"));
        }
        states += 1;
        if is_good {
            good += 1;
        } else if dice.chance(50) {
            vault.mend();
            done.push("mend");
        }
    }
    (good, states)
}

#[test]
fn after_any_edits_what_was_kept_gives_what_a_clean_build_gives() {
    let asked = std::env::var("CASEBOOK_SEQUENCES").ok().and_then(|count| count.parse().ok());
    let seed: Option<u64> = std::env::var("CASEBOOK_SEED").ok().and_then(|seed| seed.parse().ok());
    let seeds = seed.map_or(0..asked.unwrap_or(SEQUENCES), |seed| seed..seed + 1);
    let left = Mutex::new(seeds);
    let sum = Mutex::new((0, 0));
    // One thread waits for the disk while the other makes a site.
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(seed) = left.lock().ok().and_then(|mut left| left.next()) {
                    let (good, states) = follow(seed);
                    let mut sum = sum.lock().expect("no thread fails while it adds");
                    *sum = (sum.0 + good, sum.1 + states);
                }
            });
        }
    });
    let (good, states) = sum.into_inner().expect("no thread failed");
    assert!(
        seed.is_some() || (good * 4 > states && good < states),
        "{good} of {states} states had no error: a fair part"
    );
}

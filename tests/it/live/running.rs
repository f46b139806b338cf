//! The law, through the program: what `serve` answers and `watch` writes after any edits is what a clean build gives.

use std::collections::{BTreeMap, BTreeSet};

use super::dice::Dice;
use super::disk::Disk;
use super::edits::edit;
use super::program::{Running, clean, outputs, run, wait};
use super::vault::Vault;

/// How many edits are made in each sequence.
const EDITS: usize = 12;

/// Says where what is served differs from a clean build; routes that were there before are asked for too.
fn served(server: &Running, clean: &BTreeMap<String, Vec<u8>>, known: &BTreeSet<String>) -> Option<String> {
    for route in known.iter().chain(clean.keys()) {
        let answer = server.get(&format!("/{route}"));
        match clean.get(route) {
            Some(_) if answer.status != 200 => return Some(format!("{route} is answered {}", answer.status)),
            Some(bytes) if *bytes != answer.page() => return Some(format!("{route} is answered with other bytes")),
            None if answer.status != 404 => return Some(format!("{route} is answered {} and gone", answer.status)),
            _ => {}
        }
    }
    let (gone, page) = (server.get("/no/such.html"), clean.get("404.html"));
    (gone.status != 404 || Some(&gone.page()) != page).then(|| "what is not there is answered wrongly".to_owned())
}

/// Says where a folder differs from a clean build.
fn written(folder: &BTreeMap<String, Vec<u8>>, clean: &BTreeMap<String, Vec<u8>>) -> Option<String> {
    let routes: BTreeSet<&String> = folder.keys().chain(clean.keys()).collect();
    let differing: Vec<&&String> = routes.iter().filter(|route| folder.get(**route) != clean.get(**route)).collect();
    (!differing.is_empty()).then(|| format!("{differing:?} are other bytes in the folder"))
}

/// Follows a sequence of edits with both programs; each state that builds must be shown, and each that does not must
/// leave what was shown before.
fn follow(seed: u64) {
    let mut dice = Dice(seed);
    let mut vault = Vault::new(&mut dice);
    let mut disk = Disk::new(&vault);
    let place = tempfile::tempdir().expect("a folder can be made");
    let output = place.path().join("out");
    let server = Running::serve(disk.root(), &[]);
    let _watch = Running::start(disk.root(), &["watch", "--output", output.to_str().expect("its name is UTF-8")]);
    let mut good = clean(disk.root()).expect("the first state is good");
    let mut known: BTreeSet<String> = good.keys().cloned().collect();
    let mut done = Vec::new();
    for _ in 0..EDITS {
        for _ in 0..1 + dice.below(3) {
            let (name, moves) = edit(&mut vault, &mut dice);
            done.push(name);
            disk.take(&vault, &moves);
        }
        let Some(now) = clean(disk.root()) else {
            // What is shown meanwhile is a good state, if an earlier one of these edits gave one.
            vault.mend();
            done.push("mend");
            disk.take(&vault, &[]);
            continue;
        };
        good = now;
        known.extend(good.keys().cloned());
        let told = |complaint: String| format!("seed {seed}, after {done:?}: {complaint}");
        wait(|| served(&server, &good, &known).map(told));
        wait(|| written(&outputs(&output), &good).map(told));
    }
    let last = run(disk.root(), &["check"]).status.code();
    assert!(matches!(last, Some(0 | 1)), "the site can be checked");
}

#[test]
fn after_any_edits_what_is_served_and_written_is_a_clean_build() {
    let asked = std::env::var("CASEBOOK_SEQUENCES").ok().and_then(|count| count.parse().ok());
    let count: u64 = asked.map_or(3, |count: u64| count.div_ceil(40));
    (1000..1000 + count).for_each(follow);
}

#[test]
fn while_a_site_is_broken_every_route_is_answered_as_it_was() {
    let mut vault = Vault::new(&mut Dice(7));
    let mut disk = Disk::new(&vault);
    let good = clean(disk.root()).expect("the site is good");
    let known = good.keys().cloned().collect();
    let mut server = Running::serve(disk.root(), &[]);
    vault.is_template_broken = true;
    vault.items[0].is_broken = true;
    vault.style += 1;
    vault.image = 3;
    vault.statics.clear();
    disk.take(&vault, &[]);
    server.until("not made");
    assert_eq!(served(&server, &good, &known), None);
    vault.mend();
    disk.take(&vault, &[]);
    let mended = clean(disk.root()).expect("the site is mended");
    wait(|| served(&server, &mended, &known));
}

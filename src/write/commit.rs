//! Moves what waits into place.
//!
//! 1. What would have to give way to an output, and is not ours, refuses the whole commit; nothing has changed yet.
//! 2. The new manifest is written as `next.json`: from here on everything that is about to appear is claimed.
//! 3. Folders that are missing are moved from the stage whole, files one by one; then stale files go.
//! 4. `next.json` becomes the manifest.
//!
//! If the disk fails in between, every step is undone, last first: what was replaced or removed is kept in the stage
//! until the end. Where even that fails, and after a kill, the next run heals what is left.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::disk::Disk;
use super::manifest::Manifest;
use super::recover::prune;
use super::refuse::{Refusal, WriteFault};
use super::stage::{Fate, Output, Writer};
use super::{Written, place};
use crate::file::IoFault;

/// A step that was taken, with what is needed to undo it.
enum Step {
    /// Something was moved.
    Moved { from: String, to: String },
    /// A file was replaced; its old bytes have this second name, where the file system could give them one.
    Replaced { route: String, old: Option<String> },
    /// An empty folder was removed.
    Emptied { folder: String },
}

/// What is to be done.
struct Plan<'a> {
    outputs: &'a [Output],
    /// Files of ours that are no longer part of the site, and whose bytes are those that we wrote.
    stale: BTreeSet<&'a str>,
    /// Files that the manifest claims and that are gone.
    gone: Vec<&'a str>,
    /// Whether stale files stand where outputs or their folders must be.
    is_blocked: bool,
    /// Folders above outputs that are not there.
    missing: BTreeSet<&'a str>,
    /// Folders that stand where an output must be, with nothing but stale files in them.
    hollow: Vec<&'a str>,
}

impl Writer {
    /// Makes the output folder hold exactly the outputs that were added, beside what is not ours.
    ///
    /// # Errors
    /// Refuses if something that is not ours stands in the way of an output; fails as the disk does. In either case the
    /// folder is as it was.
    pub fn commit(mut self) -> Result<Written, WriteFault> {
        let mut outputs = std::mem::take(&mut *self.outputs.lock().expect("no thread panics while it holds the list"));
        outputs.sort_unstable_by(|one, other| one.route.cmp(&other.route));
        if let Some(pair) = outputs.windows(2).find(|pair| pair[0].route == pair[1].route) {
            return Err(Refusal::SamePlace(pair[0].route.to_string()).into());
        }
        let next = Manifest::new(outputs.iter().map(|output| (output.route.clone(), output.hash)).collect());
        let mut written = count(&outputs);
        let manifest = std::mem::take(&mut self.manifest);
        let plan = Plan::new(&self.disk, &manifest, &outputs, &next, &mut written)?;
        if written.changed > 0 || self.moment.is_none() || next != manifest {
            self.take(&plan, &next)?;
        }
        self.is_committed = true;
        Ok(written)
    }

    /// Takes all the steps of a plan, or none.
    fn take(&self, plan: &Plan<'_>, next: &Manifest) -> Result<(), IoFault> {
        let disk = &self.disk;
        disk.make_folders(place::OLD)?;
        disk.create(place::DRAFT, &next.text())?;
        disk.rename(place::DRAFT, place::NEXT)?;
        let mut steps = Steps { disk, taken: Vec::new(), kept: 0 };
        let done = steps.take(plan).and_then(|()| disk.rename(place::NEXT, place::MANIFEST));
        if let Err(fault) = done {
            if steps.undo().is_ok() {
                // Nothing is in place that the old manifest does not know.
                disk.remove(place::NEXT)?;
            }
            return Err(fault);
        }
        // The site is in place; what stays here is removed by the next build.
        let _ = disk.remove_all(place::STAGE);
        Ok(())
    }
}

/// Counts outputs.
fn count(outputs: &[Output]) -> Written {
    let mut written = Written { outputs: outputs.len(), ..Written::default() };
    for output in outputs {
        let page = usize::from(output.route.ends_with(".html"));
        let changed = usize::from(output.fate != Fate::Same);
        written.pages += page;
        written.changed += changed;
        written.changed_pages += page & changed;
    }
    written
}

impl<'a> Plan<'a> {
    /// Finds out what is to be done, and refuses if that would touch what is not ours.
    fn new(
        disk: &Disk,
        manifest: &'a Manifest,
        outputs: &'a [Output],
        next: &Manifest,
        written: &mut Written,
    ) -> Result<Plan<'a>, WriteFault> {
        let mut plan = Plan {
            outputs,
            stale: BTreeSet::new(),
            gone: Vec::new(),
            is_blocked: false,
            missing: BTreeSet::new(),
            hollow: Vec::new(),
        };
        for (route, hash) in manifest.entries().filter(|(route, _)| next.hash(route).is_none()) {
            match disk.hash(route)? {
                Some(found) if found == hash => drop(plan.stale.insert(route)),
                None if disk.look(route)?.is_none() => plan.gone.push(route),
                _ => written.left.push(route.to_owned()),
            }
        }
        written.removed = plan.stale.len();
        let folded: BTreeSet<String> = match disk.knows_letter_case() {
            true => BTreeSet::new(),
            false => plan.stale.iter().map(|route| place::folded(route)).collect(),
        };
        let mut foreign = BTreeSet::new();
        for output in outputs {
            match output.fate {
                Fate::Foreign if folded.contains(&place::folded(&output.route)) => plan.is_blocked = true,
                Fate::Foreign => drop(foreign.insert(output.route.to_string())),
                Fate::Folder => plan.hollow(disk, &output.route, &mut foreign)?,
                Fate::Same | Fate::New | Fate::Changed => {}
            }
        }
        plan.look_at_folders(disk, &mut foreign)?;
        if foreign.is_empty() { Ok(plan) } else { Err(Refusal::Foreign(foreign.into_iter().collect()).into()) }
    }

    /// Sees whether the folder at an output's route holds only stale files.
    fn hollow(&mut self, disk: &Disk, route: &'a str, foreign: &mut BTreeSet<String>) -> Result<(), IoFault> {
        self.is_blocked = true;
        self.hollow.push(route);
        let mut folders = vec![route.to_owned()];
        while let Some(folder) = folders.pop() {
            let path = disk.path(&folder);
            let fault = |source| IoFault::new("read", &path, source);
            for entry in fs::read_dir(&path).map_err(fault)? {
                let entry = entry.map_err(fault)?;
                let inside = format!("{folder}/{}", entry.file_name().display());
                if entry.file_type().map_err(fault)?.is_dir() {
                    folders.push(inside);
                } else if !self.stale.contains(inside.as_str()) {
                    foreign.insert(inside);
                }
            }
        }
        Ok(())
    }

    /// Looks at each folder above an output once: it is there, it is missing, or something else stands in its place.
    fn look_at_folders(&mut self, disk: &Disk, foreign: &mut BTreeSet<String>) -> Result<(), IoFault> {
        let mut known: BTreeMap<&'a str, bool> = BTreeMap::new();
        for output in self.outputs {
            if place::folder(&output.route).is_none_or(|folder| known.contains_key(folder)) {
                continue;
            }
            let mut is_there = true;
            for folder in place::folders(&output.route) {
                if let Some(there) = known.get(folder) {
                    is_there = *there;
                    continue;
                }
                let found = if is_there { disk.look(folder)? } else { None };
                is_there = found.as_ref().is_some_and(|metadata| metadata.is_dir());
                if !is_there {
                    self.missing.insert(folder);
                }
                if found.is_some() && !is_there {
                    self.is_blocked = true;
                    if !self.stale.contains(folder) {
                        foreign.insert(folder.to_owned());
                    }
                }
                known.insert(folder, is_there);
            }
        }
        Ok(())
    }
}

/// The steps taken so far.
struct Steps<'a> {
    disk: &'a Disk,
    taken: Vec<Step>,
    /// How many old files are kept in the stage.
    kept: usize,
}

impl Steps<'_> {
    /// Takes every step of a plan.
    fn take(&mut self, plan: &Plan<'_>) -> Result<(), IoFault> {
        if plan.is_blocked {
            self.remove(plan)?;
        }
        let mut moved: Option<&str> = None;
        for output in plan.outputs.iter().filter(|output| output.fate != Fate::Same) {
            let route = &*output.route;
            if moved.is_some_and(|folder| route.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))) {
                continue;
            }
            match place::folders(route).find(|folder| plan.missing.contains(folder)) {
                Some(folder) => {
                    self.rename(format!("{}/{folder}", place::NEW), folder.to_owned())?;
                    moved = Some(folder);
                }
                None if output.fate == Fate::Changed => self.replace(route)?,
                None => self.rename(format!("{}/{route}", place::NEW), route.to_owned())?,
            }
        }
        if !plan.is_blocked {
            self.remove(plan)?;
        }
        for route in plan.stale.iter().chain(&plan.gone) {
            self.prune(route)?;
        }
        Ok(())
    }

    /// Takes stale files away, and the empty folders that stand where outputs must be.
    fn remove(&mut self, plan: &Plan<'_>) -> Result<(), IoFault> {
        for route in &plan.stale {
            let old = self.keep();
            self.rename((*route).to_owned(), old)?;
        }
        for route in &plan.hollow {
            let below = |other: &&&str| other.strip_prefix(route).is_some_and(|rest| rest.starts_with('/'));
            for stale in plan.stale.iter().chain(&plan.gone).filter(below) {
                self.prune(stale)?;
            }
            self.empty(route)?;
        }
        Ok(())
    }

    /// Removes the folders above a route that are empty.
    fn prune(&mut self, route: &str) -> Result<(), IoFault> {
        prune(self.disk, route, |folder| self.taken.push(Step::Emptied { folder: folder.to_owned() }))
    }

    /// Removes a folder that holds nothing but empty folders, innermost first.
    fn empty(&mut self, folder: &str) -> Result<(), IoFault> {
        let mut folders = vec![folder.to_owned()];
        let mut at = 0;
        while let Some(folder) = folders.get(at).cloned() {
            let path = self.disk.path(&folder);
            for entry in fs::read_dir(&path).into_iter().flatten().flatten() {
                folders.push(format!("{folder}/{}", entry.file_name().display()));
            }
            at += 1;
        }
        for folder in folders.into_iter().rev() {
            if self.disk.remove_if_empty(&folder)? {
                self.taken.push(Step::Emptied { folder });
            }
        }
        Ok(())
    }

    /// Moves a file or a folder.
    fn rename(&mut self, from: String, to: String) -> Result<(), IoFault> {
        self.disk.rename(&from, &to)?;
        self.taken.push(Step::Moved { from, to });
        Ok(())
    }

    /// Moves a waiting file over the one in its place, whose bytes get a second name first.
    fn replace(&mut self, route: &str) -> Result<(), IoFault> {
        let kept = self.keep();
        let old = self.disk.link(route, &kept)?.then_some(kept);
        self.disk.rename(&format!("{}/{route}", place::NEW), route)?;
        self.taken.push(Step::Replaced { route: route.to_owned(), old });
        Ok(())
    }

    /// Returns a new name in the stage for an old file.
    fn keep(&mut self) -> String {
        self.kept += 1;
        format!("{}/{}", place::OLD, self.kept)
    }

    /// Undoes every step, last first. Fails at the first that cannot be undone.
    fn undo(&mut self) -> Result<(), IoFault> {
        while let Some(step) = self.taken.pop() {
            match step {
                Step::Moved { from, to } => self.disk.rename(&to, &from)?,
                Step::Replaced { route, old: Some(old) } => self.disk.rename(&old, &route)?,
                Step::Replaced { route, old: None } => {
                    let path = self.disk.path(&route);
                    return Err(IoFault::new("restore", &path, std::io::ErrorKind::Unsupported.into()));
                }
                Step::Emptied { folder } => self.disk.make_folders(&folder)?,
            }
        }
        Ok(())
    }
}

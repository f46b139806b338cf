//! Finds out what an output folder holds, and heals what a killed run left.
//!
//! 1. What waited in the stage is thrown away: nothing of it was in place.
//! 2. If `next.json` is there, a run was killed while it moved files. Each file that either manifest claims is held
//!    against both hashes; what is found becomes the manifest, and only then `next.json` goes.
//! 3. A folder without any manifest must hold nothing but hidden files.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::SystemTime;

use rayon::prelude::*;

use super::disk::Disk;
use super::manifest::{Hash, Manifest, Moment};
use super::place;
use super::refuse::{Refusal, WriteFault};
use crate::file::IoFault;

/// What an output folder holds.
pub(super) struct Found {
    /// What is ours in it.
    pub(super) manifest: Manifest,
    /// When its manifest was put in its place.
    pub(super) moment: Option<Moment>,
    /// The names at its top, as far as they are UTF-8.
    pub(super) names: BTreeSet<String>,
}

/// Heals the folder and says what it holds.
pub(super) fn recover(disk: &Disk) -> Result<Found, WriteFault> {
    if disk.look(place::STAGE)?.is_some_and(|metadata| !metadata.is_dir()) {
        return Err(Refusal::Foreign(vec![place::STAGE.to_owned()]).into());
    }
    let mut claims = Manifest::load(&disk.path(place::MANIFEST))?;
    let next = Manifest::load(&disk.path(place::NEXT))?;
    if claims.is_none() && next.is_none() && names(disk)?.iter().any(|name| !name.starts_with('.')) {
        return Err(Refusal::NoManifest(disk.folder().to_path_buf()).into());
    }
    if disk.look(place::STAGE)?.is_some() {
        disk.remove_all(place::STAGE)?;
    }
    if let Some((next, _)) = next {
        let modified = claims.as_ref().map_or(SystemTime::UNIX_EPOCH, |(_, moment)| moment.modified());
        let before = claims.map(|(manifest, _)| manifest).unwrap_or_default();
        let healed = heal(disk, &before, &next)?;
        disk.create(place::DRAFT, &healed.text())?;
        disk.set_modified(place::DRAFT, modified)?;
        disk.rename(place::DRAFT, place::MANIFEST)?;
        disk.remove(place::NEXT)?;
        disk.remove_all(place::STAGE)?;
        claims = Manifest::load(&disk.path(place::MANIFEST))?;
    }
    let (manifest, moment) = claims.map_or((Manifest::default(), None), |(manifest, moment)| (manifest, Some(moment)));
    Ok(Found { manifest, moment, names: names(disk)? })
}

/// Finds out which of two manifests each file in place belongs to, and removes folders that stand empty between them.
fn heal(disk: &Disk, before: &Manifest, next: &Manifest) -> Result<Manifest, IoFault> {
    let mut claims: BTreeMap<&str, (Option<Hash>, Option<Hash>)> = BTreeMap::new();
    for (route, hash) in before.entries() {
        claims.entry(route).or_default().0 = Some(hash);
    }
    for (route, hash) in next.entries() {
        claims.entry(route).or_default().1 = Some(hash);
    }
    let claims: Vec<_> = claims.into_iter().collect();
    let found: Vec<Option<Hash>> = claims
        .par_iter()
        .map(|(route, (old, new))| {
            if old == new {
                return Ok(*old);
            }
            if disk.look(route)?.is_none() {
                return Ok(None);
            }
            let found = disk.hash(route)?;
            // Other bytes than either: changed by hand. Only what a finished build wrote is still claimed then.
            Ok(found.filter(|_| found == *old || found == *new).or(*old))
        })
        .collect::<Result<_, IoFault>>()?;
    for ((route, _), _) in claims.iter().zip(&found).filter(|(_, found)| found.is_none()) {
        prune(disk, route, |_| ())?;
    }
    let here = claims.iter().zip(found).filter_map(|((route, _), hash)| hash.map(|hash| (Box::from(*route), hash)));
    Ok(Manifest::new(here.collect()))
}

/// Removes the folders above a route that are empty, innermost first, and tells of each.
pub(super) fn prune(disk: &Disk, route: &str, mut removed: impl FnMut(&str)) -> Result<(), IoFault> {
    let mut folder = place::folder(route);
    while let Some(path) = folder {
        let is_folder = disk.look(path)?.is_some_and(|metadata| metadata.is_dir());
        if is_folder && !disk.remove_if_empty(path)? {
            break;
        }
        if is_folder {
            removed(path);
        }
        folder = place::folder(path);
    }
    Ok(())
}

/// Lists the names at the folder's top; one that is not UTF-8 as well as it can be shown.
fn names(disk: &Disk) -> Result<BTreeSet<String>, IoFault> {
    let fault = |source| IoFault::new("read", disk.folder(), source);
    let entries = fs::read_dir(disk.folder()).map_err(fault)?;
    entries.map(|entry| Ok(entry.map_err(fault)?.file_name().to_string_lossy().into_owned())).collect()
}

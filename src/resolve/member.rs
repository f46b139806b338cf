//! Which records belong to which dossier: by folder, by standing inside it, by saying so.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::link::Index;
use crate::model::{Archive, Ix};

/// Which records belong to which dossier.
#[derive(PartialEq)]
pub(super) struct Members {
    /// The dossiers of every record that is part of any.
    dossiers: BTreeMap<Ix, Vec<Ix>>,
    /// The members of every dossier.
    members: BTreeMap<Ix, Vec<Ix>>,
}

impl Members {
    /// Tells whether the archive says the same.
    pub(super) fn are_of(&self, archive: &Archive) -> bool {
        *archive.members == self.members
            && archive.all().all(|ix| {
                archive.entry(ix).dossiers.as_slice() == self.dossiers.get(&ix).map_or(&[][..], Vec::as_slice)
            })
    }

    /// Writes them into the archive.
    pub(super) fn settle(self, archive: &mut Archive) {
        for (ix, dossiers) in self.dossiers {
            Arc::make_mut(&mut archive.entries[ix.at()]).dossiers = dossiers;
        }
        archive.members = Arc::new(self.members);
    }
}

/// Finds the dossiers of every record, and the members of every dossier.
pub(super) fn members(archive: &Archive, names: &Index) -> Members {
    let mut folders: BTreeMap<String, Ix> = BTreeMap::new();
    let mut files: BTreeMap<String, Ix> = BTreeMap::new();
    for ix in archive.all() {
        let record = archive.record(ix);
        if record.kind.name == "dossier" && record.origin.inline.is_none() {
            files.insert(record.origin.path.to_string(), ix);
            if record.is_index() && record.folder() != "content" {
                folders.insert(record.folder().to_owned(), ix);
            }
        }
    }
    let (mut dossiers_of, mut members) = (BTreeMap::new(), BTreeMap::<Ix, Vec<Ix>>::new());
    for ix in archive.all() {
        let record = archive.record(ix);
        let mut dossiers: Vec<Ix> = Vec::new();
        if record.origin.inline.is_some() {
            dossiers.extend(files.get(record.origin.path.as_str()));
        }
        let mut folder = record.origin.path.folder();
        while !folders.is_empty() {
            dossiers.extend(folders.get(folder).filter(|dossier| **dossier != ix));
            match folder.rsplit_once('/') {
                Some((outer, _)) => folder = outer,
                None => break,
            }
        }
        for slot in record.fields.references("dossiers") {
            if let Some(dossier) = names.dossier(archive, ix, slot) {
                dossiers.push(dossier);
            }
        }
        let mut seen = Vec::new();
        dossiers.retain(|dossier| {
            *dossier != ix && !seen.contains(dossier) && {
                seen.push(*dossier);
                true
            }
        });
        for dossier in &dossiers {
            members.entry(*dossier).or_default().push(ix);
        }
        if !dossiers.is_empty() {
            dossiers_of.insert(ix, dossiers);
        }
    }
    Members { dossiers: dossiers_of, members }
}

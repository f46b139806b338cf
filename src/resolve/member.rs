//! Which records belong to which dossier: by folder, by standing inside it, by saying so.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::link::Index;
use crate::model::{Archive, Ix};

/// The dossiers that records belong to by where they stand.
struct Dossiers {
    /// Those that everything in a folder belongs to.
    folders: BTreeMap<String, Ix>,
    /// Those that records may stand in, by their files.
    files: BTreeMap<String, Ix>,
}

impl Dossiers {
    fn new(archive: &Archive) -> Dossiers {
        let mut dossiers = Dossiers { folders: BTreeMap::new(), files: BTreeMap::new() };
        for ix in archive.all() {
            let record = archive.record(ix);
            if record.kind.name == "dossier" && record.origin.inline.is_none() {
                dossiers.files.insert(record.origin.path.to_string(), ix);
                if record.is_index() && record.folder() != "content" {
                    dossiers.folders.insert(record.folder().to_owned(), ix);
                }
            }
        }
        dossiers
    }

    /// Returns the dossiers of a record, each once: the one that it stands in, those around it, those that it names.
    fn of(&self, archive: &Archive, names: &Index, ix: Ix) -> Vec<Ix> {
        let record = archive.record(ix);
        let mut dossiers: Vec<Ix> = Vec::new();
        if record.origin.inline.is_some() {
            dossiers.extend(self.files.get(record.origin.path.as_str()));
        }
        let mut folder = record.origin.path.folder();
        while !self.folders.is_empty() {
            dossiers.extend(self.folders.get(folder).filter(|dossier| **dossier != ix));
            match folder.rsplit_once('/') {
                Some((outer, _)) => folder = outer,
                None => break,
            }
        }
        let named = record.fields.references("dossiers");
        dossiers.extend(named.filter_map(|slot| names.dossier(archive, ix, slot)));
        let mut seen = Vec::new();
        dossiers.retain(|dossier| {
            *dossier != ix && !seen.contains(dossier) && {
                seen.push(*dossier);
                true
            }
        });
        dossiers
    }
}

/// Settles the dossiers of every record, and the members of every dossier.
pub(super) fn members(archive: &mut Archive, names: &Index) {
    let dossiers = Dossiers::new(archive);
    let mut members: BTreeMap<Ix, Vec<Ix>> = BTreeMap::new();
    for ix in archive.all() {
        let of = dossiers.of(archive, names, ix);
        for dossier in &of {
            members.entry(*dossier).or_default().push(ix);
        }
        if !of.is_empty() {
            Arc::make_mut(&mut archive.entries[ix.at()]).dossiers = of;
        }
    }
    archive.members = Arc::new(members);
}

/// Tells whether some records belong to the dossiers that the archive says.
pub(super) fn are_members_as_before(archive: &Archive, names: &Index, records: &BTreeSet<Ix>) -> bool {
    let dossiers = Dossiers::new(archive);
    records.iter().all(|ix| dossiers.of(archive, names, *ix) == archive.entry(*ix).dossiers)
}

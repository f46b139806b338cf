//! Files that records use: images, attachments, published captures.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Diagnostic, code};
use crate::file::{RelPath, Span};
use crate::model::name::nfc;
use crate::model::{Archive, Record, Target, Value};

use super::fault::missing_file;
use super::link::Index;
use super::route;

impl Index {
    /// Finds the file that a table's field names; one that is not there is reported.
    pub(super) fn field_file(
        &self,
        record: &Record,
        table: &str,
        field: &str,
        found: &mut Vec<Diagnostic>,
    ) -> Option<(RelPath, Span)> {
        let value = record.fields.table(table)?.find(field)?;
        let Value::Text(text) = &value.value else { return None };
        let file = self.file(record, &text.value);
        if file.is_none() {
            found.push(missing_file(&text.value, &record.origin.path, value.span));
        }
        file.map(|file| (file, value.span))
    }

    /// Finds the capture that a source names: beside its record and nowhere else, so that what is held against a quotation is
    /// never another source's text. One that is not there is reported.
    pub(super) fn capture(&self, record: &Record, found: &mut Vec<Diagnostic>) -> Option<RelPath> {
        let value = record.fields.table("capture")?.find("file")?;
        let Value::Text(text) = &value.value else { return None };
        let file = record.beside(&text.value).find(|path| self.is_beside(record, path));
        if file.is_none() {
            let fault = Diagnostic::new(&code::MISSING_FILE, format!("no file \"{}\" beside the record", text.value));
            let help = "a capture lies in the folder of its record or below it, in no other record's bundle; letter case counts";
            found.push(fault.at(&record.origin.path, value.span).help(help));
        }
        file
    }
}

/// Gathers the files that the text of a record uses, with their routes: its folder's parts as in a page's route, its name as
/// it is.
pub(super) fn files(archive: &mut Archive, found: &mut Vec<Diagnostic>) {
    let (mut used, mut files) = (Vec::new(), BTreeMap::new());
    for entry in &archive.entries {
        let bodies =
            std::iter::once((&entry.record.body, &entry.body)).chain(entry.record.notes.iter().zip(&entry.notes));
        for (body, links) in bodies {
            for (mention, target) in body.mentions.iter().zip(&links.mentions) {
                if let Target::File(path) = target {
                    let span = body.source.span(mention.target_at.range());
                    used.push((path.clone(), entry.record.origin.path.clone(), span));
                }
            }
        }
        for (path, span) in &entry.files {
            used.push((path.clone(), entry.record.origin.path.clone(), *span));
        }
    }
    for (path, from, span) in used {
        let route = route_of(path.as_str());
        if let Some(fault) = route.split('/').find_map(route::fault) {
            let fault = Diagnostic::new(&code::INVALID_ROUTE, fault).at(&from, span);
            found.push(fault.help("give the file a shorter, plainer name"));
        }
        files.insert(path, route);
    }
    archive.files = Arc::new(files);
}

/// Returns the route of a file of `content/`.
pub(super) fn route_of(path: &str) -> String {
    let below = path.strip_prefix("content/").unwrap_or(path);
    let mut parts: Vec<String> = below.split('/').map(route::part).collect();
    if let (Some(last), Some(name)) = (parts.last_mut(), below.rsplit('/').next()) {
        *last = nfc(name).into_owned();
    }
    parts.join("/")
}

//! Annotations: passages of a source that its record speaks of, located like quotations.

use super::quotation::{Texts, explained};
use crate::capture::{Context, Located, Passage, locate};
use crate::diagnostic::{Diagnostic, code};
use crate::model::{Archive, Ix};

/// An annotation that was found: the source, its number in the source's list, its passage.
pub(super) type Annotated = (Ix, usize, Passage);

/// Finds the annotated passages of a record.
pub(super) fn of(archive: &Archive, ix: Ix, texts: &Texts) -> (Vec<Annotated>, Vec<Diagnostic>) {
    let record = archive.record(ix);
    let path = &record.origin.path;
    let (mut annotated, mut found) = (Vec::new(), Vec::new());
    let text = texts.get(&ix).and_then(|text| text.normalised.as_ref());
    for (number, table) in record.fields.tables("annotations").enumerate() {
        let (Some(quote), Some(at)) = (table.text("quote"), table.find("quote")) else { continue };
        let Some(text) = text else {
            let (message, help) = match texts.contains_key(&ix) {
                true => {
                    ("the capture has no text that the annotation could be found in", "capture it in another format")
                }
                false => (
                    "the source has no capture that the annotation could be found in",
                    "name the stored text under [capture]",
                ),
            };
            found.push(Diagnostic::new(&code::QUOTE_UNVERIFIED, message).at(path, at.span).help(help));
            continue;
        };
        let context = Context {
            prefix: table.text("prefix").unwrap_or_default(),
            suffix: table.text("suffix").unwrap_or_default(),
        };
        match locate(text, quote, context) {
            Located::Found(passages) if passages.len() == 1 => {
                annotated.extend(passages.into_iter().map(|passage| (ix, number, passage)));
            }
            Located::Found(passages) => {
                let message = format!("the passage occurs {} times in the capture", passages.len());
                let fault = Diagnostic::new(&code::AMBIGUOUS_QUOTE, message).at(path, at.span);
                found.push(fault.help("add prefix = \"…\": the words right before the one that is meant"));
            }
            Located::Missing(why) => {
                let (message, mut help) = explained(&record.id, &why);
                help.push_str(&texts.get(&ix).map_or_else(String::new, |text| text.unread_pages()));
                found.push(Diagnostic::new(&code::QUOTE_NOT_FOUND, message).at(path, at.span).help(help));
            }
        }
    }
    (annotated, found)
}

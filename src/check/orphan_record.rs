//! `orphan-record`: a record that no other one mentions, and that stands in no dossier.
//!
//! Readers come to a record through the text. Pages and dossiers are where they begin, and so is what the menu leads to.
//! The past is not asked: what mentions a record may be among what was not yet known.

use std::collections::BTreeSet;

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, code};
use crate::model::name::fold;
use crate::model::{Entry, names};

pub(super) const LINT: Lint = Lint { code: &code::ORPHAN_RECORD, find };

fn find(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    if subject.as_of.is_some() {
        return;
    }
    let archive = subject.archive;
    let menu: BTreeSet<String> = subject.config.menu.iter().map(|item| target(&item.to)).collect();
    for ix in archive.all() {
        let entry = archive.entry(ix);
        let record = &entry.record;
        let begins = matches!(record.kind.name.as_ref(), "page" | "dossier") || archive.home == Some(ix);
        let is_reached = !entry.dossiers.is_empty() || !archive.backlinks[ix.at()].is_empty();
        if begins || entry.is_list_text || is_reached || is_in_menu(entry, &menu) {
            continue;
        }
        let message = format!("nothing mentions \"{}\"", record.title);
        let fault = Diagnostic::new(&code::ORPHAN_RECORD, message);
        let fault = fault.at(&record.origin.path, record.origin.inline.unwrap_or_default());
        found.push(fault.help(format!("mention it where it belongs: [[{}]]", record.id)));
    }
}

/// Returns what an entry of the menu leads to: a name or a route, as they are compared.
fn target(to: &str) -> String {
    let name = to.trim().strip_prefix("[[").and_then(|to| to.strip_suffix("]]")).unwrap_or(to);
    let name = name.split(['|', '#']).next().unwrap_or_default().trim_matches('/');
    fold(name.strip_suffix(".md").unwrap_or(name)).into_owned()
}

fn is_in_menu(entry: &Entry, menu: &BTreeSet<String>) -> bool {
    if menu.is_empty() {
        return false;
    }
    let record = &entry.record;
    let place = names::place(&record.path);
    let aliases = record.aliases.iter().map(|alias| alias.text.as_str());
    let own = [record.id.as_str(), &record.title, &place, &entry.route, entry.link.trim_matches('/')];
    own.into_iter().chain(aliases).any(|name| menu.contains(fold(name).as_ref()))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check_as_of, checker};

    checker!(super::LINT);

    #[test]
    fn a_record_that_nothing_mentions_is_found() {
        check(
            "//- people/ines.md\n+++\ntitle = \"Ines Aubrey\"\n+++\nShe mentions [[ines|herself]].\n",
            &["content/people/ines.md:1:1: nothing mentions \"Ines Aubrey\""],
        );
    }

    #[test]
    fn a_mention_a_field_or_a_dossier_leads_to_it() {
        check("//- people/ines.md\n//- index.md\nSee [[ines]].\n", &[]);
        check(
            "//- people/ines.md\n//- events/storm.md\n+++\nwhen = \"2021\"\nparticipants = [\"ines\"]\n+++\n//- index.md\n[[storm]]\n",
            &[],
        );
        check("//- people/ines.md\n+++\ndossiers = \"delay\"\n+++\n//- dossiers/delay.md\n", &[]);
        check(
            "//- delay/ines.md\n+++\ntype = \"person\"\n+++\n//- delay/index.md\n+++\ntype = \"dossier\"\n+++\n",
            &[],
        );
    }

    #[test]
    fn in_the_past_a_record_may_be_mentioned_by_what_was_not_yet_known() {
        let site = "//- people/ines.md\n//- sources/story.md\n+++\nissued = \"2023-05-01\"\n+++\nBy [[ines]].\n";
        check_as_of("2023-04-01", site, &super::LINT, &[]);
    }

    #[test]
    fn readers_begin_at_pages_dossiers_and_the_menu() {
        check("//- index.md\n//- about.md\n//- dossiers/delay.md\n//- people/index.md\n", &[]);
        let menu = |to: &str| {
            format!(
                "//- people/ines.md\n+++\ntitle = \"Ines Aubrey\"\n+++\n//- /casebook.toml\ntitle = \"T\"\n[[menu]]\ntitle = \"I\"\nto = \"{to}\"\n"
            )
        };
        for to in ["ines", "[[Ines aubrey|her]]", "/people/ines.html", "people/ines", "people/ines.md"] {
            check(&menu(to), &[]);
        }
        check(&menu("https://example.org/ines"), &["content/people/ines.md:1:1: nothing mentions \"Ines Aubrey\""]);
    }
}

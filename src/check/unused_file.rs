//! `unused-file`: a file beside the records that none of them uses; it is not published.
//!
//! Only what a public record uses is published, so that no stray note gets out; but this one may have been meant. Files
//! that only withheld records use are not spoken of, and a capture is used by its source, published or not. The past is not asked: a
//! file may be of a source that was not yet known.

use std::collections::BTreeSet;

use super::{Lint, Subject};
use crate::diagnostic::{Diagnostic, code};
use crate::file::{RelPath, Span};

pub(super) const LINT: Lint = Lint { code: &code::UNUSED_FILE, find };

fn find(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    if subject.as_of.is_some() {
        return;
    }
    let archive = subject.archive;
    let captures: BTreeSet<&RelPath> = archive.entries.iter().filter_map(|entry| entry.capture.as_ref()).collect();
    for path in subject.files {
        if !archive.files.contains_key(path) && !captures.contains(path) {
            let name = path.name();
            let fault = Diagnostic::new(&code::UNUSED_FILE, format!("nothing uses \"{name}\"; it is not published"));
            let help = format!("show it with ![[{name}|what it shows]], or move it out of content/");
            found.push(fault.at(path, Span::default()).help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check_as_of, checker};

    checker!(super::LINT);

    #[test]
    fn a_file_that_no_record_uses_is_found() {
        check(
            "//- delay/index.md\n//- delay/harbour.jpg\n",
            &["content/delay/harbour.jpg:1:1: nothing uses \"harbour.jpg\"; it is not published"],
        );
    }

    #[test]
    fn in_the_past_a_file_may_be_of_what_was_not_yet_known() {
        let site = "//- sources/story.md\n+++\nissued = \"2023-05-01\"\ncapture = \"story.txt\"\n+++\n//- sources/story.txt\nx\n";
        check_as_of("2023-04-01", site, &super::LINT, &[]);
    }

    #[test]
    fn a_link_an_embed_a_field_or_a_source_uses_it() {
        check("//- delay/index.md\n[a map](map.pdf)\n//- delay/map.pdf\n", &[]);
        check("//- delay/index.md\n![[harbour.jpg|The harbour]]\n//- delay/harbour.jpg\n", &[]);
        check(
            "//- people/ines.md\n+++\nimage = { src = \"ines.jpg\", alt = \"Ines\" }\n+++\n//- people/ines.jpg\n",
            &[],
        );
        check("//- sources/story.md\n+++\ncapture = \"story.txt\"\n+++\n//- sources/story.txt\n", &[]);
    }
}

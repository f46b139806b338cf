//! Every correction of the site, newest first.

use serde::Serialize;

use super::host::Page;
use super::list::{Top, top};
use super::news::{correction, known};
use super::pager::{Pager, pager, shown};
use super::{Edition, card, date};
use crate::html::{Value, escaped, html, value, view};
use crate::model::Ix;

/// Something that changed on the site.
#[derive(Serialize)]
pub(super) struct Change {
    pub(super) on: Value,
    pub(super) label: String,
    pub(super) card: Value,
    pub(super) text: Value,
}

view! {
    struct CorrectionsPage {
        ..top: Top,
        rows: Vec<Change>,
        pager: Option<Pager>,
    }
}

/// Makes the view of page `n` (from 0) of the corrections.
pub(super) fn view(edition: &Edition, route: &str, n: usize) -> Value {
    let all = known(edition);
    let title = edition.words.word("corrections");
    let top = top(edition, route, "corrections", "corrections", &title, n);
    let root = &top.common.root;
    let label = edition.words.word("change_correction");
    let rows = all[shown(n, all.len())].iter().filter_map(|known| {
        let (on, note) = correction(edition, known)?;
        Some(Change {
            on: date::value(edition, on),
            label: label.clone().into_owned(),
            card: edition.card(known.ix, root),
            text: html(&text(edition, known.ix, note, route, root)),
        })
    });
    let rows = rows.collect();
    value(&CorrectionsPage { rows, pager: pager(edition, &["corrections"], n, all.len()), top })
}

/// Returns a short text of a record as a line on another page.
///
/// A text with notes or citations comes without markup: their numbers belong to the record's own page.
pub(super) fn text(edition: &Edition, ix: Ix, note: usize, route: &str, root: &str) -> String {
    let entry = edition.archive.entry(ix);
    let (body, links) = (&entry.record.notes[note], &entry.notes[note]);
    if body.notes.is_empty() && body.citations.is_empty() && body.single.is_some() {
        Page::new(edition, ix, route, root).inline(body, links)
    } else {
        escaped(&card::plain(edition, ix, body, &links.mentions, 300))
    }
}

#[cfg(test)]
mod tests {
    use crate::view::fixture::{each, edition, edition_as_of, view};

    const SITE: &str = r#"
//- people/ada.md
---
title: Ada
corrections:
  - { on: 2023-06-01, text: "The day was *wrong*." }
  - { on: 2024-01-01, text: "So was the [[ada|name]]." }
---
//- people/bea.md
---
title: Bea
corrections: [{ on: 2023-07-01, text: "Bea was misspelt." }]
---
"#;

    #[test]
    fn corrections_stand_newest_first_with_markup() {
        let page = view(&edition(SITE), "corrections.html");
        assert_eq!(each(&page["rows"], "/card/title"), ["Ada", "Bea", "Ada"]);
        assert_eq!(page["rows"][2]["text"], "The day was <em>wrong</em>.");
        assert_eq!(page["rows"][0]["on"], "<time datetime=\"2024-01-01\">1 January 2024</time>");
    }

    #[test]
    fn what_was_not_yet_corrected_is_not_listed() {
        let page = view(&edition_as_of(SITE, Some("2023-06-30")), "corrections.html");
        assert_eq!(each(&page["rows"], "/card/title"), ["Ada"]);
    }

    #[test]
    fn a_site_without_corrections_says_so_on_a_page() {
        let page = view(&edition("//- people/ada.md\n# Ada\n"), "corrections.html");
        assert_eq!(page["rows"].as_array().map(Vec::len), Some(0));
    }
}

//! Tags: all of them, and what carries each.

use super::home::Count;
use super::list::{Top, top};
use super::order::keys;
use super::pager::{Pager, pager, path, shown};
use super::record::Common;
use super::{Edition, jsonld};
use crate::html::{Value, value, view};
use crate::model::Ix;

view! {
    struct TagsPage {
        ..common: Common,
        tags: Vec<Count>,
    }
}

/// Makes the view of the list of all tags.
pub(super) fn view(edition: &Edition, route: &str) -> Value {
    let title = edition.words.word("tags").into_owned();
    let mut common = Common::new(edition, route, "tags", "tags", title);
    common.jsonld = jsonld::page(edition, &common, "CollectionPage");
    let tags = &edition.archive.tags;
    let keys = keys(&edition.config.lang, tags.values().map(|(label, _)| label.as_str()));
    let mut keyed: Vec<_> = keys.into_iter().zip(tags.iter()).collect();
    keyed.sort_unstable_by(|a, b| (&a.0, a.1.0).cmp(&(&b.0, b.1.0)));
    let count = |(part, (label, with)): (&String, &(String, Vec<Ix>))| Count {
        label: label.clone(),
        n: with.len(),
        path: path(edition, &["tags", part], 0),
    };
    let tags = keyed.into_iter().map(|(_, tag)| count(tag)).collect();
    value(&TagsPage { common, tags })
}

view! {
    struct TagPage {
        ..top: Top,
        of_kind: &'static str,
        total: usize,
        cards: Vec<Value>,
        all_tags: String,
        pager: Option<Pager>,
    }
}

/// Makes the view of page `n` (from 0) of what carries a tag, by title. `part` is the last part of the tag's route.
pub(super) fn tag(edition: &Edition, route: &str, part: &str, n: usize) -> Value {
    let (label, with) = edition.archive.tags.get(part).map_or((part, &[][..]), |(label, with)| (label, with));
    let mut with = with.to_vec();
    with.sort_unstable_by_key(|ix| edition.order().rank(*ix));
    let top = top(edition, route, "tag", "tags", label, n);
    let cards = edition.cards(&with[shown(n, with.len())], &top.common.root);
    let pager = pager(edition, &["tags", part], n, with.len());
    let all_tags = path(edition, &["tags"], 0);
    value(&TagPage { of_kind: "", total: with.len(), cards, all_tags, pager, top })
}

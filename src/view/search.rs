//! The search page: its form; the search itself runs in the reader's browser.

use super::record::Common;
use super::{Edition, jsonld};
use crate::html::{Value, value};

/// Makes the view of the search page.
pub(super) fn view(edition: &Edition, route: &str) -> Value {
    let title = edition.words.word("search").into_owned();
    let mut common = Common::new(edition, route, "search", "search", title);
    common.jsonld = jsonld::page(edition, &common, "WebPage");
    value(&common)
}

//! What a host shows for an address under which nothing is published. Its links are absolute, since it may be shown anywhere.

use super::record::Common;
use super::{Edition, jsonld};
use crate::html::{Value, value};

/// Makes the view of `404.html`.
pub(super) fn view(edition: &Edition, route: &str) -> Value {
    let title = edition.words.word("not_found").into_owned();
    let mut common = Common::new(edition, route, "404", "", title);
    common.jsonld = jsonld::page(edition, &common, "WebPage");
    value(&common)
}

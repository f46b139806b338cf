//! Small sites for tests, made by the real stages: `//- people/ada.md` begins a file of `content/`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Edition, Facts, Fixed, Words, Works, counts};
use crate::config::config;
use crate::file::RelPath;
use crate::model::Visibility;
use crate::model::date::Edtf;
use crate::parse::{self, Labels};
use crate::resolve::{Inputs, pages, resolve};
use crate::withhold::{Drafts, Kept, Rules, withhold};

/// Makes the edition of a site, with the words of the default theme. A first part without a path is `casebook.toml`.
pub(crate) fn edition(text: &str) -> Edition {
    edition_as_of(text, None)
}

/// Makes the edition of a site as known on a day.
pub(crate) fn edition_as_of(text: &str, day: Option<&str>) -> Edition {
    let (settings, files) = text.split_once("//- ").unwrap_or((text, ""));
    let path = RelPath::new("casebook.toml").expect("a path");
    let (config, faults) = config(&path, settings);
    let config = Arc::new(config);
    assert!(faults.is_empty(), "{faults:?}");
    let parse =
        |path: &RelPath, text: &str, labels: &Labels| Arc::new(parse::file(path, text.as_bytes(), &config, labels));
    let mut texts = BTreeMap::new();
    for file in files.split("//- ").filter(|file| !file.is_empty()) {
        let (name, text) = file.split_once('\n').expect("a path, then a text");
        texts.insert(RelPath::new(&format!("content/{}", name.trim())).expect("a path"), text);
    }
    let parsed: Vec<_> = texts.iter().map(|(path, text)| parse(path, text, &Labels::default())).collect();
    let rules = Rules { default: Visibility::Public, drafts: Drafts::Withheld, secrets: None, menu: &[], files: &[] };
    let sifted = withhold(&parsed, &rules, &|path, labels| parse(path, texts[path], labels), &Kept::default());
    assert!(sifted.diagnostics.is_empty(), "{:?}", sifted.diagnostics);
    let as_of = day.map(|day| Edtf::parse(day).expect("a date"));
    let day = as_of.as_ref().map(Edtf::earliest);
    let inputs = Inputs { config: &config, files: &[], statics: &[], as_of: day };
    let (archive, faults) = resolve(sifted.public, &inputs, &crate::resolve::Kept::default());
    assert!(faults.is_empty(), "{faults:?}");
    let counts = counts(&archive, &BTreeMap::new(), day);
    let mut faults = Vec::new();
    let pages = pages(&archive, &config, &[], &counts, day, &mut faults);
    assert!(faults.is_empty(), "{faults:?}");
    let words = toml::from_str(include_str!("../../themes/default/i18n/en.toml")).expect("the theme's words are TOML");
    let style = crate::cite::Style::named("chicago-notes", "en").expect("it is in the archive");
    let fixed = Fixed::new(
        &archive,
        Arc::new(Works::new(&super::works(&archive), style)),
        config,
        Arc::new(pages),
        super::Wording { words: Words(words), templates: BTreeSet::new() },
        Facts { as_of, ..Facts::default() },
    );
    Edition::new(archive, Arc::default(), fixed)
}

/// Returns the view of the page at a route, as JSON.
pub(crate) fn view(edition: &Edition, route: &str) -> serde_json::Value {
    let page = edition.pages.routes.get(route).unwrap_or_else(|| panic!("no page at {route}"));
    let viewed = super::page(edition, route, page).expect("a page with a template");
    serde_json::to_value(&viewed.view).expect("a view is JSON")
}

/// Returns one property of each thing of a list.
pub(crate) fn each<'v>(list: &'v serde_json::Value, pointer: &str) -> Vec<&'v str> {
    let list = list.as_array().map(Vec::as_slice).unwrap_or_default();
    list.iter().map(|item| item.pointer(pointer).and_then(serde_json::Value::as_str).unwrap_or("-")).collect()
}

/// A claim about Ada that was alleged, denied, and refuted by the site, and one that nobody answered.
pub(crate) const CLAIMS: &str = r#"
//- people/ada.md
---
title: Ada Example
---
//- people/bea.md
---
title: Bea Example
---
//- sources/story.md
---
title: The story
kind: article-newspaper
author: [Carl Writer]
publisher: The Courier
issued: 2023-03-22
url: https://courier.example/story
---
//- claims/advice.md
---
title: Ada advised <delay>
about: [ada]
assessments:
  - { on: 2023-03-22, status: alleged, by: [a security official], evidence: ["story, para. 1"] }
  - { on: 2023-05-16, status: refuted, by: [site] }
responses:
  - { on: 2023-03-23, by: ada, kind: denial }
---
//- claims/other.md
---
title: Bea knew
about: [bea, ada]
assessments: [{ on: 2023-04-01, status: alleged }]
response-sought: 2023-03-30
---
"#;

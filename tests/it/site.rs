//! Whole sites in one string, built in memory.

use std::collections::BTreeMap;

use casebook::diagnostic::human::{Colour, human};
use casebook::diagnostic::json::json;
use casebook::diagnostic::report::Report;
use casebook::diagnostic::shown::Channel;
use casebook::file::{Bytes, MemoryFiles, RelPath, Snapshot};
use casebook::pipeline::{Made, Memo, Request, site};

/// What became of a site: its outputs by route, its diagnostics as JSON lines and as its author reads them.
pub(crate) struct Built {
    pub(crate) outputs: BTreeMap<String, Vec<u8>>,
    pub(crate) json: String,
    pub(crate) terminal: String,
}

impl Built {
    /// Returns the text of an output.
    pub(crate) fn page(&self, route: &str) -> String {
        let bytes = self.outputs.get(route).unwrap_or_else(|| panic!("no output at {route}"));
        String::from_utf8(bytes.clone()).expect("a page is UTF-8")
    }

    /// Returns the routes whose bytes differ from those of another build, those that only one of them has included.
    pub(crate) fn changed(&self, other: &Built) -> Vec<String> {
        let routes = self.outputs.keys().chain(other.outputs.keys());
        let mut changed: Vec<String> =
            routes.filter(|route| self.outputs.get(*route) != other.outputs.get(*route)).cloned().collect();
        changed.sort();
        changed.dedup();
        changed
    }
}

/// Takes a site apart: `//- path` begins a file.
pub(crate) fn files(text: &str) -> MemoryFiles {
    let mut files = MemoryFiles::default();
    for part in text.split("//- ").skip(1) {
        let (path, body) = part.split_once('\n').expect("a file has a path and a text");
        files.0.insert(RelPath::new(path.trim()).expect("a path"), Bytes::from(body.as_bytes()));
    }
    let config = RelPath::new("casebook.toml").expect("a path");
    files.0.entry(config).or_insert_with(|| Bytes::from(&b"title = \"A site\"\n"[..]));
    files
}

/// Returns a page without the cards of its citations, which nothing shows until a script does.
pub(crate) fn without_cards(page: &str) -> String {
    let mut parts = page.split("<template class=\"cite-card\">");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| page + part.split_once("</template>").expect("a card ends").1)
}

/// Builds a site as it is asked for.
pub(crate) fn build_as(text: &str, request: &Request) -> Built {
    build_with(text, request, &Memo::default())
}

/// Builds a site with what was kept of others.
pub(crate) fn build_with(text: &str, request: &Request, memo: &Memo) -> Built {
    make(&files(text).snapshot(), request, memo)
}

/// Builds the site of some files as it is asked for.
pub(crate) fn build_files(files: MemoryFiles, request: &Request) -> Built {
    make(&files.snapshot(), request, &Memo::default())
}

/// Builds a snapshot with what was kept of others.
pub(crate) fn make(snapshot: &Snapshot, request: &Request, memo: &Memo) -> Built {
    all(site(snapshot, request, memo), snapshot)
}

/// Makes every output of a site.
pub(crate) fn all(made: Made, snapshot: &Snapshot) -> Built {
    let Made { diagnostics, site, policy, withheld, .. } = made;
    let mut found = diagnostics;
    let mut outputs = BTreeMap::new();
    for route in site.iter().flat_map(|site| site.routes()) {
        match site.as_ref().and_then(|site| site.output(route)) {
            Some(Ok(output)) => {
                outputs.insert(route.to_owned(), output.as_ref().to_vec());
            }
            Some(Err(faults)) => found.extend(faults),
            None => {}
        }
    }
    let report = Report::new(found, &policy, &withheld, &|path| snapshot.read(path).ok());
    assert!(report.shown(Channel::Elsewhere).len() >= report.errors, "every error is shown");
    Built { outputs, json: json(&report), terminal: human(&report, Channel::Terminal, Colour::Never) }
}

/// Builds a site that has no error.
pub(crate) fn build(text: &str) -> Built {
    let built = build_as(text, &Request::default());
    assert!(!built.json.contains("\"severity\":\"error\""), "{}", built.json);
    built
}

/// Builds a site and returns its diagnostics, each as `code file:line:column`.
pub(crate) fn faults(text: &str) -> Vec<String> {
    let built = build_as(text, &Request::default());
    let lines = built.json.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a line is JSON"));
    let shown = |fault: serde_json::Value| {
        let place = |key: &str| fault[key].as_u64().unwrap_or(0);
        let (line, column) = (place("line"), place("column"));
        format!("{} {}:{line}:{column}", fault["code"].as_str().unwrap_or(""), fault["file"].as_str().unwrap_or(""))
    };
    lines.map(shown).collect()
}

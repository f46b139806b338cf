//! References looked up: names, paths, files, routes; what fits nothing or too much is reported with its neighbours.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use foldhash::fast::RandomState;

use super::fault::{Broken, ambiguous, broken, broken_field, misfit, missing_file};
use super::known::{Ahead, known_or_later, later_relations, later_routes};
use super::moved::Moved;
use super::{Inputs, route};
use crate::diagnostic::{Diagnostic, code, near};
use crate::file::{RelPath, Span};
use crate::markdown::{Body, CitationForm, Mention, MentionKind};
use crate::model::name::fold;
use crate::model::{Archive, Awaited, Found, Ix, Links, Names, Need, Record, Reference, Target, bundle};

/// What one record's references lead to, and what is wrong with them.
#[derive(Default)]
pub(super) struct Linked {
    pub(super) references: Vec<Target>,
    pub(super) body: Links,
    pub(super) notes: Vec<Links>,
    pub(super) files: Vec<(RelPath, Span)>,
    pub(super) capture: Option<RelPath>,
    pub(super) faults: Faults,
}

/// What is wrong with a record's references.
#[derive(Clone, Default)]
pub(super) struct Faults {
    pub(super) found: Vec<Diagnostic>,
    /// Names that nothing fits, for which near misses are sought together.
    pub(super) broken: Vec<Broken>,
}

impl Faults {
    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty() && self.broken.is_empty()
    }
}

/// Everything that a reference can lead to.
#[derive(Clone)]
pub(super) struct Index {
    names: Arc<Names>,
    places: Arc<Places>,
}

/// What does not change with the names of records.
struct Places {
    paths: HashMap<RelPath, Ix, RandomState>,
    files: HashSet<RelPath, RandomState>,
    by_name: HashMap<String, Vec<RelPath>, RandomState>,
    /// The routes of pages that no record has, and how they are linked.
    routes: BTreeMap<String, String>,
    /// The records by their routes; made when a link leads to neither a record nor a file.
    by_route: OnceLock<HashMap<String, Ix, RandomState>>,
    /// The routes that records will have that are not yet known.
    later: BTreeMap<String, Ix>,
    /// The day at which the site is shown as it was: what two records fit then, today's build has settled or reported.
    as_of: Option<i64>,
}

/// What a name leads to, with the records in mind that are not yet known.
enum Led {
    Known(Ix),
    /// To a record that is still to come.
    Later(Awaited),
    Many(Vec<Ix>),
    Nowhere,
}

/// Another record in an old one's place: the number, the old and the new.
pub(super) type Renamed<'a> = (Ix, &'a Record, &'a Record);

impl Index {
    pub(super) fn new(archive: &Archive, inputs: &Inputs<'_>) -> Index {
        let (names, paths) = rayon::join(
            || Names::new(archive.named()),
            || archive.named().map(|(ix, record)| (record.path.clone(), ix)).collect(),
        );
        let mut by_name: HashMap<String, Vec<RelPath>, RandomState> = HashMap::default();
        for path in inputs.files {
            by_name.entry(fold(path.name()).into_owned()).or_default().push(path.clone());
        }
        let style = super::style(inputs.config);
        let mut routes: BTreeMap<String, String> = BTreeMap::new();
        let folders = inputs.config.kinds.iter().map(|kind| kind.folder());
        for name in GENERATED.iter().copied().chain(folders) {
            let route = route::page(&[name.to_owned()], style);
            routes.insert(route.clone(), route::link(&route, style));
        }
        let made = ["atom.xml", "feed.json", "sitemap.xml", "robots.txt"];
        for name in inputs.statics.iter().map(String::as_str).chain(made) {
            routes.insert(name.to_owned(), route::encode(name));
        }
        let places = Places {
            paths,
            files: inputs.files.iter().cloned().collect(),
            by_name,
            routes,
            by_route: OnceLock::new(),
            later: later_routes(archive, inputs),
            as_of: inputs.as_of,
        };
        Index { names: Arc::new(names), places: Arc::new(places) }
    }

    /// Gives records other names, and returns all names that may lead elsewhere now.
    pub(super) fn rename(&mut self, renamed: &[Renamed<'_>]) -> Moved {
        let mut names = BTreeSet::new();
        for (ix, before, now) in renamed {
            names.extend(Arc::make_mut(&mut self.names).rename(*ix, before, now));
        }
        Moved { initials: names.iter().filter_map(|name| name.chars().next()).collect(), names }
    }

    /// Looks up one entry of a record's `dossiers`; faults are left to [`Index::link`], which looks again.
    pub(super) fn dossier(&self, archive: &Archive, from: Ix, slot: usize) -> Option<Ix> {
        let target = &archive.record(from).references[slot].target;
        let dossier = |record: &Record| record.kind.name == "dossier";
        let is_dossier = |ix: Ix| archive.later(ix).map_or_else(|| dossier(archive.record(ix)), dossier);
        match self.names.find(target, &is_dossier) {
            Found::One(ix) if archive.later(ix).is_none() && is_dossier(ix) => Some(ix),
            _ => None,
        }
    }

    /// Looks up everything that a record refers to.
    pub(super) fn link(&self, archive: &Archive, from: Ix) -> Linked {
        let record = archive.record(from);
        let (mut linked, later) = (Linked::default(), Ahead::of(record, self.places.as_of));
        for (slot, reference) in record.references.iter().enumerate() {
            let target = later.or_target(slot, || self.reference(archive, from, reference, &mut linked));
            linked.references.push(target);
        }
        later_relations(record, &mut linked.references);
        linked.body = self.body(archive, from, &record.body, &mut linked);
        for (at, note) in record.notes.iter().enumerate() {
            let links = later.or_links(at, note, || self.body(archive, from, note, &mut linked));
            linked.notes.push(links);
        }
        if let Some(image) = self.field_file(record, "image", "src", &mut linked.faults.found) {
            linked.files.push(image);
        }
        linked.capture = self.capture(record, &mut linked.faults.found);
        linked
    }

    fn body(&self, archive: &Archive, from: Ix, body: &Body, out: &mut Linked) -> Links {
        let path = &archive.record(from).origin.path;
        let mut links = Links {
            mentions: Vec::with_capacity(body.mentions.len()),
            citations: Vec::with_capacity(body.citations.len()),
        };
        for mention in &body.mentions {
            links.mentions.push(self.mention(archive, from, body, mention, out));
        }
        for citation in &body.citations {
            let mut sources = Vec::with_capacity(citation.cites.len());
            for cite in &citation.cites {
                let source = self.source(archive, &cite.key);
                let is_later = || archive.later.source(&cite.key).is_some();
                if source.is_none() && citation.form == CitationForm::Bracket && !is_later() {
                    out.faults.found.push(self.no_source(archive, &cite.key, path, body.source.span(cite.at.range())));
                }
                sources.push(source);
            }
            links.citations.push(sources);
        }
        links
    }

    /// Returns the source of that id.
    fn source(&self, archive: &Archive, key: &str) -> Option<Ix> {
        self.names
            .by_id(key)
            .find(|ix| archive.entries.get(ix.at()).is_some_and(|entry| entry.record.kind.name == "source"))
    }

    fn no_source(&self, archive: &Archive, key: &str, path: &RelPath, span: Span) -> Diagnostic {
        let fault = Diagnostic::new(&code::BROKEN_REFERENCE, format!("no source with the id \"{key}\"")).at(path, span);
        let sources = archive.of_kind("source").map(|ix| archive.record(ix).id.as_str());
        match near::nearest(key, sources).as_slice() {
            [] => fault.help("a citation names a source by its id; write it in content/sources/"),
            nearest => {
                let quoted: Vec<String> = nearest.iter().map(|id| format!("\"{id}\"")).collect();
                fault.help(format!("did you mean {}?", quoted.join(" or ")))
            }
        }
    }

    /// Looks a name up among all records, those included that are not yet known.
    fn lead(&self, archive: &Archive, from: Ix, name: &str, field: &str) -> Led {
        let later = |ix: Ix| archive.later(ix).map(Awaited::of);
        let prefers = self.prefers(archive, from, field);
        match self.names.find(name, &|ix| later(ix).is_none() && prefers(ix)) {
            Found::One(ix) => later(ix).map_or(Led::Known(ix), Led::Later),
            Found::Many(all) => match all.iter().find_map(|ix| later(*ix)) {
                Some(later) => Led::Later(later),
                None if self.places.as_of.is_some() => Led::Later(Awaited::of(archive.record(all[0]))),
                None => Led::Many(all),
            },
            Found::None => Led::Nowhere,
        }
    }

    fn reference(&self, archive: &Archive, from: Ix, reference: &Reference, out: &mut Linked) -> Target {
        let path = &archive.record(from).origin.path;
        if reference.need == Need::Source {
            if let Some(ix) = self.source(archive, &reference.target) {
                return Target::Record(ix);
            }
            if archive.later.source(&reference.target).is_none() {
                out.faults.found.push(self.no_source(archive, &reference.target, path, reference.span));
            }
            return Target::Nothing;
        }
        // The site itself may be named where somebody is.
        if reference.is_site() {
            return Target::Text;
        }
        match self.lead(archive, from, &reference.target, &reference.field) {
            Led::Known(ix) => {
                out.faults.found.extend(misfit(archive, from, reference, ix));
                Target::Record(ix)
            }
            Led::Later(later) => {
                let title = reference.label.clone().unwrap_or(later.title);
                Target::Unknown(Box::new(Awaited { title, ..later }))
            }
            Led::Many(all) => {
                out.faults.found.push(ambiguous(archive, &reference.target, &all, path, reference.span));
                match reference.need == Need::Record || reference.label.is_some() {
                    true => Target::Nothing,
                    false => Target::Text,
                }
            }
            Led::Nowhere if reference.need == Need::RecordOrText => Target::Text,
            Led::Nowhere => {
                out.faults.broken.push(broken_field(reference, path));
                Target::Nothing
            }
        }
    }

    /// Says which records win among those that fit equally well: of the type that a field asks for, of the same dossier.
    fn prefers<'s>(&'s self, archive: &'s Archive, from: Ix, field: &'s str) -> impl Fn(Ix) -> bool + 's {
        let home = &archive.entry(from).dossiers;
        move |ix| match field {
            "dossiers" => archive.record(ix).kind.name == "dossier",
            _ => {
                let entry = archive.entry(ix);
                entry.dossiers.iter().any(|dossier| home.contains(dossier) || *dossier == from) || home.contains(&ix)
            }
        }
    }

    fn mention(&self, archive: &Archive, from: Ix, body: &Body, mention: &Mention, out: &mut Linked) -> Target {
        let record = archive.record(from);
        let path = &record.origin.path;
        let span = || body.source.span(mention.target_at.range());
        if mention.target.is_empty() {
            return Target::Here;
        }
        if matches!(mention.kind, MentionKind::Link | MentionKind::Image) {
            return self.path(archive, from, mention).unwrap_or_else(|| {
                let page = mention.target.ends_with(".md")
                    || mention.target.ends_with(".html")
                    || !has_extension(&mention.target);
                if mention.kind == MentionKind::Link && page {
                    out.faults.broken.push(broken(&mention.target, path, span()));
                } else {
                    out.faults.found.push(missing_file(&mention.target, path, span()));
                }
                Target::Nothing
            });
        }
        match self.lead(archive, from, &mention.target, "") {
            Led::Known(ix) => Target::Record(ix),
            Led::Later(later) => Target::Unknown(Box::new(later)),
            Led::Many(all) => {
                out.faults.found.push(ambiguous(archive, &mention.target, &all, path, span()));
                Target::Nothing
            }
            Led::Nowhere => {
                if let Some(file) = self.file(record, &mention.target) {
                    return Target::File(file);
                }
                if has_extension(&mention.target) && mention.kind == MentionKind::Embed {
                    out.faults.found.push(missing_file(&mention.target, path, span()));
                } else {
                    out.faults.broken.push(broken(&mention.target, path, span()));
                }
                Target::Nothing
            }
        }
    }

    /// Follows a link by a path: to a record's file, another file of the site, or a page of the output. It is read from the
    /// record's folder, then from `content/`, as Obsidian writes it; a name alone may be that of any note or file.
    fn path(&self, archive: &Archive, from: Ix, mention: &Mention) -> Option<Target> {
        let record = archive.record(from);
        let target = mention.target.split('?').next().unwrap_or(&mention.target);
        let mut folders = vec![if target.starts_with('/') { "content" } else { record.folder() }];
        if record.origin.inline.is_some() && !target.starts_with('/') {
            folders.push(record.origin.path.folder());
        }
        folders.push("content");
        for folder in folders {
            let Some(path) = RelPath::resolve(folder, target) else { continue };
            for form in
                [path.to_string(), format!("{path}.md"), format!("{path}/index.md"), format!("{path}/_index.md")]
            {
                if let Some(ix) = self.places.paths.get(form.as_str()) {
                    return Some(known_or_later(archive, *ix));
                }
            }
            if let Some(file) = self.places.files.get(&path) {
                return Some(Target::File(file.clone()));
            }
        }
        self.page(archive, &archive.entry(from).route, target).or_else(|| {
            if target.contains('/') {
                return None;
            }
            let Some(name) = target.strip_suffix(".md") else { return self.file(record, target).map(Target::File) };
            match self.lead(archive, from, name, "") {
                Led::Known(ix) => Some(Target::Record(ix)),
                Led::Later(later) => Some(Target::Unknown(Box::new(later))),
                Led::Many(_) | Led::Nowhere => None,
            }
        })
    }

    /// Follows a link to a page of the output, as it would stand in the browser, or from the site's root.
    fn page(&self, archive: &Archive, from: &str, target: &str) -> Option<Target> {
        let by_route = self.by_route(archive);
        let folder = from.rsplit_once('/').map_or("", |parts| parts.0);
        for folder in [if target.starts_with('/') { "" } else { folder }, ""] {
            let Some(route) = RelPath::resolve(folder, target) else { continue };
            for form in [route.to_string(), format!("{route}.html"), format!("{route}/index.html")] {
                if let Some(ix) = by_route.get(&form).or_else(|| self.places.later.get(&form)) {
                    // The page of a record is the record, with its standing if it is a claim; a list's is the list.
                    let list = by_route.contains_key(&form) && archive.entry(*ix).is_list_text;
                    return Some(if list {
                        Target::Route(archive.entry(*ix).link.clone())
                    } else {
                        known_or_later(archive, *ix)
                    });
                }
                if let Some(link) = self.places.routes.get(&form) {
                    return Some(Target::Route(link.clone()));
                }
            }
        }
        (target.trim_matches('/').is_empty() && target.starts_with('/'))
            .then(|| Target::Route(self.places.routes.get("index.html").cloned().unwrap_or_default()))
    }

    fn by_route(&self, archive: &Archive) -> &HashMap<String, Ix, RandomState> {
        self.places.by_route.get_or_init(|| archive.all().map(|ix| (archive.entry(ix).route.clone(), ix)).collect())
    }

    /// Tells whether a file is there that lies beside a record or below it, and in no other record's bundle.
    pub(super) fn is_beside(&self, record: &Record, path: &RelPath) -> bool {
        let of_other = |folder: &str| bundle(folder).any(|index| self.places.paths.contains_key(&index));
        self.places.files.contains(path) && !record.folders_between(path).any(of_other)
    }

    /// Finds a file by its path from the record, by its path from `content/`, or by its name alone where it is the only one.
    pub(super) fn file(&self, record: &Record, target: &str) -> Option<RelPath> {
        for folder in [record.folder(), record.origin.path.folder(), "content", ""] {
            let path = RelPath::resolve(folder, target.trim_start_matches('/'));
            if let Some(file) = path.and_then(|path| self.places.files.get(&path)) {
                return Some(file.clone());
            }
        }
        let name = target.rsplit('/').next().unwrap_or(target);
        match self.places.by_name.get(fold(name).as_ref()).map(Vec::as_slice) {
            Some([one]) if one.as_str().ends_with(target.trim_start_matches("./")) || !target.contains('/') => {
                Some(one.clone())
            }
            _ => None,
        }
    }
}

/// Pages that are made from the records, by the first part of their routes.
pub(super) static GENERATED: &[&str] = &["index", "timeline", "network", "a-z", "corrections", "404", "tags"];

fn has_extension(target: &str) -> bool {
    let name = target.rsplit('/').next().unwrap_or(target);
    name.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (1..=5).contains(&extension.len())
            && extension.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

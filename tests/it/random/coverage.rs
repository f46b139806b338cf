//! Nothing is forgotten: whatever a table, an enumeration or a file of the program adds, random sites must use.
//!
//! Who adds a field, a type, a key of the configuration or a construct of Markdown finds a test here that fails until the
//! generator writes it: in `field`, in `assemble`, in `inline` or `block`.

use std::collections::{BTreeMap, BTreeSet};

use casebook::config;
use casebook::file::{RelPath, Text};
use casebook::kind::{BUILT_IN, COMMON, Field, Shape, custom_shape};
use casebook::markdown::{self, Author, Body, CitationForm, FirstHeading, Fragment, HoleKind, MentionKind};
use casebook::markdown::{NoteContent, Options, QuotationClaim, QuotationForm, RawHtml, Seat, Smart, Word, Wrap};

use super::assemble;
use super::field::{CUSTOM, kind_of};
use super::forms::{Content, Form, Site};

/// How many sites are looked at: none is built, so they cost little.
const SITES: u64 = 500;

/// Names the variants of an enumeration, and lists them: one without a name here does not compile.
macro_rules! variants {
    ($name:ident of $type:ty: $($pattern:pat => $word:literal),* $(,)?) => {
        fn $name(value: &$type) -> &'static str {
            match value {
                $($pattern => $word),*
            }
        }
        impl Listed for $type {
            const ALL: &'static [&'static str] = &[$($word),*];
        }
    };
}

/// What has a list of names.
trait Listed {
    const ALL: &'static [&'static str];
}

variants!(mention of MentionKind:
    MentionKind::Wiki => "mention: wikilink",
    MentionKind::Link => "mention: relative link",
    MentionKind::Embed => "mention: embed",
    MentionKind::Image => "mention: image",
);
variants!(fragment of Fragment:
    Fragment::Heading(_) => "fragment: heading",
    Fragment::Block(_) => "fragment: block",
);
variants!(citation of CitationForm:
    CitationForm::Bracket => "citation: in brackets",
    CitationForm::InText => "citation: in the text",
);
variants!(author of Author:
    Author::Normal => "author: as the style has it",
    Author::Suppressed => "author: left out",
    Author::InText => "author: in the sentence",
);
variants!(note of NoteContent:
    NoteContent::Phrasing => "note: words",
    NoteContent::Blocks => "note: blocks",
);
variants!(form of QuotationForm:
    QuotationForm::Inline => "quotation: in a line",
    QuotationForm::Block => "quotation: a block",
);
variants!(claim of QuotationClaim:
    QuotationClaim::Verbatim => "quotation: verbatim",
    QuotationClaim::OwnWords => "quotation: own words",
    QuotationClaim::Translation => "quotation: translation",
    QuotationClaim::Uncited => "quotation: uncited",
);
variants!(seat of Seat:
    Seat::Block => "figure: a block",
    Seat::Line => "figure: in a line",
);
variants!(wrap of Wrap:
    Wrap::Nothing => "block id: of a block",
    Wrap::List => "block id: of an item",
);
variants!(hole of HoleKind:
    HoleKind::MentionOpen(_) => "hole: mention",
    HoleKind::MentionClose(_) => "hole: end of a mention",
    HoleKind::Figure(_) => "hole: figure",
    HoleKind::Citation(_) => "hole: citation",
    HoleKind::NoteReference(_) => "hole: reference to a note",
    HoleKind::NotesHold => "hole: notes wait",
    HoleKind::NotesAfter => "hole: notes come",
    HoleKind::QuotationOpen(_) => "hole: quotation",
    HoleKind::QuotationClose(_) => "hole: end of a quotation",
    HoleKind::Tag(_) => "hole: tag",
    HoleKind::Archived(_) => "hole: archived copy",
    HoleKind::HeadingId(_) => "hole: id of a heading",
    HoleKind::HeadingAnchor(_) => "hole: anchor of a heading",
    HoleKind::BlockId(_) => "hole: id of a block",
    HoleKind::Word(Word::Table) => "hole: word for a table",
    HoleKind::Word(Word::TaskDone) => "hole: word for a task that is done",
    HoleKind::Word(Word::TaskOpen) => "hole: word for a task that is open",
    HoleKind::Word(Word::CalloutTitle(_)) => "hole: title of a callout",
);

/// What of the HTML shows a construct that a body has no list of.
const MARKUP: &[&str] = &[
    "<em>",
    "<strong>",
    "<del>",
    "<mark>",
    "<code>",
    "<pre",
    "<hr",
    "<br",
    "<p>",
    "<table",
    "<td",
    "<ul",
    "<ol",
    "<li",
    "<blockquote",
    "<details",
    "<h2",
    "<h3",
    "<a class=\"external\"",
    "class=\"task",
    "class=\"callout",
];

/// The files of `src/markdown/` that are constructs, each with what shows that random sites have it.
const CONSTRUCTS: &[(&str, &str)] = &[
    ("annotation", "note: words"),
    ("block", "block id: of a block"),
    ("callout", "callout"),
    ("citation", "citation"),
    ("cluster", "citation of several"),
    ("comment", "comment over several blocks"),
    ("embed", "embedded section"),
    ("field", "citation of several in a field"),
    ("fragment", "fragment: heading"),
    ("heading", "heading"),
    ("html", "raw HTML as a block"),
    ("image", "image"),
    ("link", "link to the world"),
    ("list", "task list"),
    ("locator", "citation"),
    ("margin", "footnote"),
    ("mark", "highlight"),
    ("mention", "mention"),
    ("private", "private callout on the line of an item"),
    ("punctuation", "punctuation"),
    ("quotation", "quotation"),
    ("quote", "block quote"),
    ("table", "table"),
    ("tag", "tag"),
];

/// The files of `src/markdown/` that are none.
const MACHINERY: &[&str] = &[
    "anchor",
    "body",
    "bracket",
    "bytes",
    "detach",
    "escape",
    "foreign",
    "frame",
    "host",
    "laws",
    "mod",
    "node",
    "order",
    "paragraph",
    "passage",
    "plain",
    "plan",
    "raw",
    "read",
    "sentence",
    "sieve",
    "sink",
    "trial",
    "weave",
    "words",
    "write",
];

/// What the sites of many seeds hold: by the generator's word, and by what the program reads in them.
fn covered() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for seed in 1..=SITES {
        let (site, covered) = assemble::site(seed);
        all.extend(covered);
        for text in texts(&site) {
            read(&text, &mut all);
        }
    }
    all
}

/// Returns the Markdown of a site's records.
fn texts(site: &Site) -> Vec<String> {
    let records =
        site.files.iter().filter(|file| file.path.ends_with(".md") && matches!(file.content, Content::Text(_)));
    let texts = records.map(|file| {
        String::from_utf8_lossy(&site.bytes(Form::Stripped).remove(&file.path).unwrap_or_default()).into_owned()
    });
    let body = |text: String| match text.get(..4) {
        Some(fence @ ("+++\n" | "---\n")) => {
            text[4..].split_once(&format!("\n{fence}")).map(|parts| parts.1.to_owned()).unwrap_or_default()
        }
        _ => text,
    };
    texts.map(body).collect()
}

fn read(text: &str, all: &mut BTreeSet<String>) {
    let path = RelPath::new("content/a.md").expect("a path");
    let options = Options { html: RawHtml::Escape, smart: Smart::On, first_heading: FirstHeading::Keep };
    let body = markdown::parse(&Text::new(text, 0), &path, options);
    let mut names: Vec<&str> = MARKUP.iter().copied().filter(|mark| body.html.contains(mark)).collect();
    names.extend(body.mentions.iter().map(|item| mention(&item.kind)));
    names.extend(body.mentions.iter().filter_map(|item| item.fragment.as_deref()).map(fragment));
    names.extend(body.mentions.iter().filter_map(|item| item.figure.as_ref()).map(|figure| seat(&figure.seat)));
    names.extend(body.citations.iter().map(|item| citation(&item.form)));
    names.extend(body.citations.iter().flat_map(|item| &item.cites).map(|cite| author(&cite.author)));
    names.extend(body.quotations.iter().flat_map(|item| [form(&item.form), claim(&item.claim)]));
    names.extend(body.notes.iter().map(|item| note(&item.content)));
    names.extend(body.blocks.iter().map(|item| wrap(&item.wrap)));
    names.extend(body.holes.iter().map(|item| hole(&item.kind)));
    all.extend(names.into_iter().map(str::to_owned));
    lists(&body, all);
}

/// Notes which lists of a body hold anything: one that is added is not forgotten, since its field is missing here.
fn lists(body: &Body, all: &mut BTreeSet<String>) {
    let Body { source: _, html: _, flow: _, single: _, text: _, lead: _, diagnostics: _, .. } = body;
    let Body { holes, mentions, citations, quotations, notes, headings, blocks, tags, links, .. } = body;
    let counts = [
        holes.len(),
        mentions.len(),
        citations.len(),
        quotations.len(),
        notes.len(),
        headings.len(),
        blocks.len(),
        tags.len(),
        links.len(),
    ];
    all.extend(
        counts.iter().enumerate().filter(|(_, count)| **count > 0).map(|(at, _)| format!("list {at} of a body")),
    );
}

/// Returns every field of a table and of the tables inside it, as `person.roles.title`.
fn fields(path: &str, shape: Shape, into: &mut Vec<String>) {
    match shape {
        Shape::List(of) => fields(path, *of, into),
        Shape::Table(inner, short) => {
            for field in inner {
                let path = format!("{path}.{}", field.name);
                fields(&path, field.shape, into);
                into.push(path);
            }
            let is_alone = |short: &str| inner.iter().all(|field| !field.required || field.name == short);
            if short.is_some_and(is_alone) {
                into.push(format!("{path} as a text"));
            }
        }
        Shape::Records(kind) => into.push(format!("inline {kind}")),
        _ => {}
    }
}

#[track_caller]
fn none_missing(what: &str, wanted: impl IntoIterator<Item = String>, covered: &BTreeSet<String>) {
    let missing: Vec<String> = wanted.into_iter().filter(|name| !covered.contains(name)).collect();
    assert!(missing.is_empty(), "random sites have no {what}: {missing:?}");
}

#[test]
fn random_sites_use_every_type_field_and_construct() {
    let covered = covered();
    let mut wanted = Vec::new();
    let kinds = BUILT_IN.iter().map(|kind| kind_of(&kind.name)).chain([kind_of("vessel")]);
    for kind in kinds {
        for field in kind.fields.iter().filter(|field| !matches!(field.shape, Shape::List(Shape::Records(_)))) {
            wanted.push(format!("{}.{}", kind.name, field.name));
        }
        for field in kind.all_fields() {
            fields(&format!("{}.{}", kind.name, field.name), field.shape, &mut wanted);
        }
    }
    // A field that all types have is covered by any of them, and so is what it holds.
    let common = |path: &str| {
        COMMON
            .iter()
            .any(|field: &Field| path.split('.').nth(1).is_some_and(|name| name.split(' ').next() == Some(&field.name)))
    };
    let (shared, own): (Vec<String>, Vec<String>) = wanted.into_iter().partition(|path| common(path));
    none_missing("field", own, &covered);
    let behind = |path: &str| path.split_once('.').map(|parts| parts.1.to_owned()).unwrap_or_default();
    let seen: BTreeSet<String> = covered.iter().map(|path| behind(path)).collect();
    let names = COMMON.iter().map(|field| field.name.to_string());
    none_missing("common field", shared.iter().map(|path| behind(path)).chain(names), &seen);

    let words = [
        MentionKind::ALL,
        Fragment::ALL,
        CitationForm::ALL,
        Author::ALL,
        NoteContent::ALL,
        QuotationForm::ALL,
        QuotationClaim::ALL,
        Seat::ALL,
        Wrap::ALL,
        HoleKind::ALL,
        MARKUP,
    ];
    none_missing("construct", words.concat().into_iter().map(str::to_owned), &covered);
    none_missing("list", (0..9).map(|at| format!("list {at} of a body")), &covered);
    none_missing("construct with a file", CONSTRUCTS.iter().map(|(_, shown)| (*shown).to_owned()), &covered);
    let others =
        ["TOML", "YAML", "withheld record", "withheld record in a public dossier", "home page", "text of a list"];
    let others = others.into_iter().chain(["as of a date", "drafts", "redirect", "reviewed file", "static file"]);
    let others =
        others.chain(["mention of a withheld record in a title", "capture: txt", "capture: md", "capture: html"]);
    let files = ["file: png", "file: jpg", "file: webp", "file: gif", "file: pdf"];
    none_missing("thing", others.chain(files).map(str::to_owned), &covered);
}

#[test]
fn the_sites_own_type_has_a_field_of_every_shape() {
    let words = custom_shape("no such word").expect_err("it is none");
    let known: BTreeSet<String> = CUSTOM.iter().map(|(_, word)| (*word).to_owned()).collect();
    none_missing("field of its own", words.into_iter().map(str::to_owned), &known);
}

#[test]
fn every_file_of_the_markdown_room_is_a_construct_or_machinery() {
    let known: BTreeSet<&str> = CONSTRUCTS.iter().map(|(name, _)| *name).chain(MACHINERY.iter().copied()).collect();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/markdown");
    let files = std::fs::read_dir(folder).expect("the room is a folder");
    let mut names: Vec<String> =
        files.map(|file| file.expect("it is listed").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    for name in names.iter().filter_map(|name| name.strip_suffix(".rs")) {
        assert!(known.contains(name), "{name}.rs: is it a construct? then random sites must have it");
    }
}

#[test]
fn random_sites_set_every_key_of_the_configuration() {
    let mut keys: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for table in ["", "publish", "markdown", "citations", "outputs"] {
        let head = if table.is_empty() { String::new() } else { format!("[{table}]\n") };
        let path = RelPath::new(config::FILE).expect("a path");
        let (_, found) = config::config(&path, &format!("{head}qqqqqqqqqqqqqqq = 1\n"));
        let help = found.first().and_then(|fault| fault.help.clone()).expect("an unknown key has help");
        let listed = help.strip_prefix("the keys here are ").expect("it lists the known ones");
        let listed = listed.split(';').next().unwrap_or_default().split(", ").map(str::to_owned);
        keys.insert(table.to_owned(), listed.collect());
    }
    let mut set = BTreeSet::new();
    for seed in 1..=SITES {
        let config = assemble::site(seed).0.bytes(Form::Own).remove(config::FILE).expect("there is one");
        let config = String::from_utf8(config).expect("it is text").parse::<toml::Table>().expect("it is TOML");
        for (key, value) in &config {
            set.insert(key.clone());
            for (inner, _) in value.as_table().into_iter().flatten() {
                set.insert(format!("{key}.{inner}"));
            }
        }
    }
    for (table, keys) in keys {
        let wanted = keys.iter().map(|key| if table.is_empty() { key.clone() } else { format!("{table}.{key}") });
        none_missing("key", wanted, &set);
    }
}

//! How the code is laid out: which room may name which, one door for each outside crate, and none other to the world.
//!
//! The tables below are the rules; each exception says why it is one. An exception that nothing needs any more is a
//! fault too.

use std::collections::BTreeSet;

use crate::source::{Source, read, sources};

/// The rooms on which everything stands. Each may name those before it.
const FOUNDATION: &[&str] = &["file", "diagnostic", "tree", "html", "markdown", "kind", "model", "config"];

/// The stages. Each may name every room of the foundation, and of other stages what [`PRODUCTS`] says.
const STAGES: &[&str] = &[
    "parse", "withhold", "resolve", "capture", "hold", "cite", "check", "view", "render", "feed", "scan", "search",
    "image", "export", "import",
];

/// The edges, where disk and network are. They carry bytes and messages, and know nothing of records.
const EDGES: &[&str] = &["read", "write", "watch", "serve"];

/// What edges may name.
const CARRIED: &[&str] = &["file", "diagnostic"];

/// What a room may name of one that it is otherwise kept from: from, to, names (`*` for all), why.
const PRODUCTS: &[(&str, &str, &[&str], &str)] = &[
    ("withhold", "parse", &["Labels", "Parsed", "ParsedFile"], "it sifts what parsing made"),
    ("resolve", "withhold", &["Public"], "it takes what may be published and nothing else"),
    ("hold", "capture", &["*"], "it holds the archive's quotations against captured texts"),
    (
        "view",
        "resolve",
        &["Counts", "Lead", "PAGED", "Page", "Pages", "Style", "anchor", "route", "style", "width_route"],
        "it shows the pages that resolving laid out, and links to them by its rules",
    ),
    ("view", "hold", &["Evidence", "Fate", "Held", "Marked", "Seat"], "it shows what became of each quotation"),
    (
        "view",
        "capture",
        &["Excerpt", "Extent", "Format", "Kind", "Passage", "context", "excerpts"],
        "it shows passages of captured texts",
    ),
    (
        "view",
        "cite",
        &["Bibliography", "Desk", "Item", "Name", "Style", "Work"],
        "it prints what a style says of sources",
    ),
    ("feed", "view", &["Digest", "Edition", "GENERATOR", "digests"], "a feed is a view for machines"),
    ("feed", "resolve", &["Page", "route"], "it writes the routes of pages"),
    ("serve", "watch", &["Changed", "Stopped", "Watcher"], "a server is a watcher that answers"),
];

/// Rooms of the foundation that a stage may not name, and why.
const KEPT_FROM: &[(&str, &str, &str)] = &[
    ("render", "model", "templates see views, never records"),
    ("render", "markdown", "templates see views, never bodies"),
    ("render", "kind", "templates see views, never records"),
    ("scan", "model", "it searches bytes for strings, whatever they mean"),
    ("image", "model", "it turns bytes into bytes"),
    ("capture", "model", "a captured text knows nothing of who cites it"),
];

/// The outside crates: where each may be named, and what for. Nothing is named that is not in this list.
const DOORS: &[(&str, &[&str], &str)] = &[
    ("ureq", &["cli/fetch.rs"], "fetching what is captured"),
    ("url", &["cli/fetch.rs"], "where a redirect leads"),
    ("wide", &["scan/mask.rs", "markdown/sentence.rs", "html.rs"], "several bytes at once"),
    ("hayagriva", &["cite"], "citation styles"),
    ("ciborium", &["cite"], "the archive of citation styles"),
    ("anstyle", &["cli/term.rs", "diagnostic/human.rs"], "colours on a terminal"),
    ("blake3", &["write", "serve/answer.rs"], "the hashes of outputs"),
    ("chardetng", &["capture/charset.rs"], "the character set of a capture that does not name it"),
    ("clap", &["cli"], "the command line"),
    ("clap_complete", &["cli/completions.rs"], "completions for shells"),
    ("crc32fast", &["image/png.rs"], "the checksums of PNG"),
    ("ctrlc", &["watch/interrupt.rs"], "Ctrl-C"),
    ("dom_smoothie", &["capture/article"], "the article in an HTML page"),
    ("encoding_rs", &["capture"], "character sets of captures"),
    ("entities", &["scan/decode.rs"], "the named characters of HTML"),
    ("foldhash", &["model/names.rs", "resolve/link.rs", "file/print.rs"], "a faster hash, of names and of files"),
    ("flate2", &["image/png.rs", "scan/unpack.rs"], "compressed parts of files"),
    ("hayro_interpret", &["capture/pdf.rs"], "the text of PDF"),
    ("html5gum", &["capture/tokens.rs"], "the tokens of HTML"),
    ("http_range_header", &["serve/respond.rs"], "requests for a part of a file"),
    ("hyper", &["serve"], "HTTP"),
    ("hyper_util", &["serve"], "HTTP"),
    ("icu_collator", &["view/order.rs"], "the order of names in a language"),
    ("icu_locale_core", &["view/order.rs"], "the order of names in a language"),
    ("image", &["image"], "the pixels of images"),
    ("include_dir", &["cli/init.rs", "render/built_in.rs"], "what is compiled into the program"),
    ("indicatif", &["cli/term.rs"], "progress on a terminal"),
    ("memchr", &["capture", "image", "markdown", "parse", "scan", "tree"], "a faster search in bytes"),
    ("mimalloc", &["main.rs"], "memory"),
    ("notify", &["watch/native.rs"], "the system's word that a file changed"),
    ("open", &["serve/browser.rs"], "the reader's browser"),
    ("percent_encoding", &["serve/target.rs"], "the paths of requests"),
    ("pulldown_cmark", &["markdown"], "Markdown, of records and of captures"),
    ("quick_xml", &["feed"], "the text of XML"),
    ("rapidfuzz", &["diagnostic/near.rs"], "near misses"),
    (
        "rayon",
        &[
            "pipeline.rs",
            "pipeline/frame.rs",
            "view/network.rs",
            "parse/kept.rs",
            "check/mod.rs",
            "check/near_duplicate_name.rs",
            "cli/build.rs",
            "diagnostic/near.rs",
            "hold",
            "read",
            "resolve",
            "withhold/mod.rs",
            "write/recover.rs",
        ],
        "what is done for each record or output, on all cores",
    ),
    ("saphyr_parser", &["tree/yaml"], "YAML"),
    (
        "serde",
        &["html.rs", "view", "feed", "diagnostic/json.rs", "serve", "write/manifest.rs"],
        "what is written as JSON or given to templates",
    ),
    (
        "serde_json",
        &[
            "capture/article",
            "cli/inspect.rs",
            "config",
            "diagnostic",
            "feed",
            "model/record.rs",
            "parse/record.rs",
            "serve",
            "view",
            "write/manifest.rs",
        ],
        "JSON, and values that nothing here looks into",
    ),
    ("sha2", &["capture"], "the hash of a capture"),
    ("strsim", &["diagnostic/near.rs", "parse/guard.rs"], "slips of the pen"),
    ("tera", &["html.rs", "render"], "templates, and the values that they are given"),
    ("tokio", &["serve"], "connections that wait"),
    ("toml", &["tree"], "the dates of TOML"),
    ("toml_parser", &["tree/toml"], "TOML"),
    (
        "unicode_normalization",
        &[
            "capture",
            "diagnostic/near.rs",
            "markdown/heading.rs",
            "model/name.rs",
            "scan/fold.rs",
            "view/order.rs",
            "write/place.rs",
        ],
        "Unicode's forms of one text",
    ),
    ("unicode_width", &["diagnostic/excerpt.rs", "view/drawing.rs"], "the width of letters"),
];

/// Doors to the world: a module of `std`, where it may be named, and what for. Durations are no clock.
const WORLD: &[(&str, &[&str], &str)] = &[
    (
        "env",
        &["main.rs", "cli/root.rs", "cli/term.rs", "write/stage.rs"],
        "arguments, the working folder, the home folder",
    ),
    ("fs", &["read", "write", "watch", "cli/capture.rs", "cli/init.rs", "cli/new.rs", "cli/theme.rs"], "files"),
    ("net", &["serve"], "addresses and sockets"),
    ("process", &["main.rs", "cli/exit.rs", "cli/term.rs"], "the end of the program"),
    ("thread", &["serve/server.rs", "capture/pdf.rs"], "the server's runtime; a stack for deep files"),
    ("time", &["read", "write", "watch", "serve", "cli"], "clocks and times of files"),
];

/// Files of more than 400 lines, and why each is still one idea.
const LONG: &[(&str, &str)] = &[];

/// The longest file that needs no reason, in lines.
const LONGEST: usize = 400;

/// Fails with all faults at once.
#[track_caller]
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// Tells whether a path lies in one of several files and folders.
fn is_in(path: &str, places: &[&str]) -> bool {
    places.iter().any(|place| path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

fn is_stage(room: &str) -> bool {
    STAGES.contains(&room)
}

/// Tells why a room may not name another one at all, [`PRODUCTS`] aside; `None` where it may.
fn kept_from(from: &str, to: &str) -> Option<String> {
    let place = |room: &str| FOUNDATION.iter().position(|other| *other == room);
    if let Some((_, _, why)) = KEPT_FROM.iter().find(|(a, b, _)| *a == from && *b == to) {
        return Some((*why).to_owned());
    }
    let may = match from {
        "cli" => true,
        "main" => to == "cli",
        "pipeline" => place(to).is_some() || is_stage(to),
        _ if EDGES.contains(&from) => CARRIED.contains(&to),
        _ if is_stage(from) => place(to).is_some(),
        _ => place(to).is_some_and(|to| place(from).is_some_and(|from| to < from)),
    };
    (!may).then(|| "it does not lie before it".to_owned())
}

/// Returns the exception for a name of another room.
fn product(from: &str, to: &str, name: Option<&String>) -> Option<(usize, &'static str)> {
    let at = PRODUCTS.iter().position(|(a, b, ..)| *a == from && *b == to)?;
    let names = PRODUCTS[at].2;
    if names.contains(&"*") {
        return Some((at, "*"));
    }
    let name = names.iter().find(|known| name.is_some_and(|name| name == *known))?;
    Some((at, name))
}

/// Returns the parts of every path that a file names from the root of the crate, by `crate` or by `super`.
fn named(source: &Source) -> Vec<(usize, Vec<String>)> {
    let own = source.path.strip_suffix(".rs").unwrap_or(&source.path).split('/');
    let depth = own.filter(|part| *part != "mod").count();
    let mut all: Vec<(usize, Vec<String>)> =
        source.paths("crate").into_iter().map(|path| (path.line, path.parts)).collect();
    for path in source.paths("super") {
        let up = 1 + path.parts.iter().take_while(|part| *part == "super").count();
        if up >= depth {
            all.push((path.line, path.parts[up - 1..].to_vec()));
        }
    }
    all
}

/// Returns what a room names of rooms that it is kept from, and the exceptions that nothing needs.
fn trespasses(sources: &[Source]) -> (Vec<String>, Vec<String>) {
    let mut faults = Vec::new();
    let mut needed: BTreeSet<(usize, &str)> = BTreeSet::new();
    for source in sources.iter().filter(|source| source.path != "lib.rs") {
        let from = source.room();
        for (line, parts) in named(source) {
            let Some(to) = parts.first().map(String::as_str).filter(|to| *to != from) else { continue };
            let Some(why) = kept_from(from, to) else { continue };
            match product(from, to, parts.get(1)) {
                Some(exception) => {
                    needed.insert(exception);
                }
                None => faults.push(format!("src/{}:{line} names {}: {why}", source.path, parts.join("::"))),
            }
        }
    }
    let mut stale = Vec::new();
    for (at, (from, to, names, _)) in PRODUCTS.iter().enumerate() {
        let unused = names.iter().filter(|name| !needed.contains(&(at, **name)));
        stale.extend(unused.map(|name| format!("{from} does not name {to}::{name} any more")));
    }
    (faults, stale)
}

/// Returns what is named of the world elsewhere than at its doors.
fn windows(sources: &[Source]) -> Vec<String> {
    let mut faults = Vec::new();
    for source in sources {
        for path in source.paths("std") {
            let module = path.parts[0].as_str();
            let is_span = module == "time" && path.parts.get(1).is_some_and(|name| name == "Duration");
            let Some((_, places, what)) = WORLD.iter().find(|(known, ..)| *known == module).filter(|_| !is_span) else {
                continue;
            };
            if !is_in(&source.path, places) {
                let names = path.parts.join("::");
                faults.push(format!("src/{}:{} names std::{names}, which is for {what}", source.path, path.line));
            }
        }
    }
    faults
}

/// Returns what is printed, in whatever file.
fn prints(sources: &[Source]) -> Vec<String> {
    const PRINTS: &[&str] = &["print!", "println!", "eprint!", "eprintln!", "dbg!", "todo!", "unimplemented!"];
    let mut faults = Vec::new();
    for source in sources {
        for (at, line) in source.code.lines().enumerate() {
            let words = line.split(|letter: char| !letter.is_alphanumeric() && !matches!(letter, '_' | '!'));
            let found = words.filter(|word| PRINTS.contains(word));
            faults.extend(found.map(|word| format!("src/{}:{} says {word}", source.path, at + 1)));
        }
    }
    faults
}

/// Returns where an outside crate is named although it has its door elsewhere, and whether it is named at all.
fn doors(sources: &[Source], name: &str, places: &[&str], what: &str) -> (Vec<String>, bool) {
    let mut faults = Vec::new();
    let mut is_used = false;
    // Where a room has the crate's name, it is the room that is meant everywhere else.
    let is_room = sources.iter().any(|source| source.room() == name);
    for source in sources {
        let is_inside = is_in(&source.path, places);
        let uses = if is_room && !is_inside { Vec::new() } else { source.uses(name) };
        is_used |= !uses.is_empty();
        if !is_inside {
            faults.extend(
                uses.iter().map(|line| format!("src/{}:{line} names {name}, which is for {what}", source.path)),
            );
        }
    }
    (faults, is_used)
}

#[test]
fn every_room_is_known() {
    let known: BTreeSet<&str> =
        [FOUNDATION, STAGES, EDGES, &["pipeline", "cli", "main", "lib"]].concat().into_iter().collect();
    let sources = sources();
    let rooms: BTreeSet<&str> = sources.iter().map(Source::room).collect();
    none(rooms.difference(&known).map(|room| format!("src/{room} stands in no list of rooms")).collect());
}

#[test]
fn a_room_names_only_rooms_before_it() {
    let (faults, stale) = trespasses(&sources());
    none([faults, stale].concat());
}

#[test]
fn an_outside_crate_has_one_door() {
    let sources = sources();
    let manifest = include_str!("../../Cargo.toml").parse::<toml::Table>().expect("the manifest is TOML");
    let listed = manifest["dependencies"].as_table().expect("dependencies are a table");
    let listed: BTreeSet<String> = listed.keys().map(|name| name.replace('-', "_")).collect();
    let mut faults = Vec::new();
    for name in &listed {
        let Some((_, places, what)) = DOORS.iter().find(|(known, ..)| known == name) else {
            faults.push(format!("{name} has no door: say in DOORS where it may be named, and what for"));
            continue;
        };
        let (outside, is_used) = doors(&sources, name, places, what);
        faults.extend(outside);
        if !is_used {
            faults.push(format!("nothing but tests names {name}: it is no dependency"));
        }
    }
    let gone = DOORS.iter().filter(|(name, ..)| !listed.contains(*name));
    faults.extend(gone.map(|(name, ..)| format!("{name} has a door and is no dependency")));
    none(faults);
}

#[test]
fn the_world_is_seen_through_its_doors() {
    none(windows(&sources()));
}

#[test]
fn nothing_prints_but_through_the_terminal() {
    none(prints(&sources()));
}

#[test]
fn no_lint_looks_at_a_text() {
    // What they found is kept as long as the archive has the same shape, and that knows of no text.
    let lints = sources().into_iter().filter(|source| source.path.starts_with("check/"));
    let looks = lints.filter(|source| source.text.contains(".body"));
    none(
        looks
            .map(|source| format!("src/{} looks at a text: check/mod.rs must not keep it by shape", source.path))
            .collect(),
    );
}

#[test]
fn a_file_says_first_what_its_idea_is() {
    let bare = sources().into_iter().filter(|source| !source.text.starts_with("//! "));
    none(bare.map(|source| format!("src/{} does not begin with //!", source.path)).collect());
}

#[test]
fn a_long_file_has_a_reason() {
    let mut faults = Vec::new();
    let sources = sources();
    for source in &sources {
        let lines = source.text.lines().count();
        let is_listed = LONG.iter().any(|(path, _)| *path == source.path);
        if lines > LONGEST && !is_listed {
            faults.push(format!("src/{} has {lines} lines: is it two ideas?", source.path));
        }
        if lines <= LONGEST && is_listed {
            faults.push(format!("src/{} is not long any more", source.path));
        }
    }
    let gone = LONG.iter().filter(|(path, _)| !sources.iter().any(|source| source.path == *path));
    faults.extend(gone.map(|(path, _)| format!("src/{path} is gone")));
    none(faults);
}

#[test]
fn every_exception_says_why() {
    let reasons = PRODUCTS.iter().map(|(.., why)| why).chain(DOORS.iter().map(|(.., why)| why));
    let reasons = reasons.chain(WORLD.iter().map(|(.., why)| why)).chain(KEPT_FROM.iter().map(|(.., why)| why));
    assert!(reasons.chain(LONG.iter().map(|(_, why)| why)).all(|why| !why.is_empty()));
}

/// Makes sources of one file.
fn file(path: &str, text: &str) -> Vec<Source> {
    read(vec![(path.to_owned(), text.to_owned())])
}

#[test]
fn a_room_that_names_a_later_one_is_found() {
    let check =
        |path: &str, text: &str, expect: &[&str]| assert_eq!(trespasses(&file(path, text)).0, expect, "{path}: {text}");
    check(
        "model/record.rs",
        "use crate::{file::Span, view};",
        &["src/model/record.rs:1 names view: it does not lie before it"],
    );
    check(
        "check/orphan.rs",
        "use crate::parse::Parsed;",
        &["src/check/orphan.rs:1 names parse::Parsed: it does not lie before it"],
    );
    check(
        "check/orphan.rs",
        "fn f() { super::super::scan::scan() }",
        &["src/check/orphan.rs:1 names scan::scan: it does not lie before it"],
    );
    check("check/orphan.rs", "use super::{Lint, Subject};\nuse super::super::model::Ix;\nuse crate::check::Lint;", &[]);
    check("resolve/mod.rs", "use crate::withhold::Public;", &[]);
    check(
        "resolve/mod.rs",
        "use crate::withhold::Sifted;",
        &["src/resolve/mod.rs:1 names withhold::Sifted: it does not lie before it"],
    );
    check(
        "resolve/mod.rs",
        "use crate::withhold;",
        &["src/resolve/mod.rs:1 names withhold: it does not lie before it"],
    );
    check(
        "render/mod.rs",
        "use crate::model::Ix;",
        &["src/render/mod.rs:1 names model::Ix: templates see views, never records"],
    );
    check("write/mod.rs", "use crate::model::Ix;", &["src/write/mod.rs:1 names model::Ix: it does not lie before it"]);
    check("read.rs", "use crate::write::Writer;", &["src/read.rs:1 names write::Writer: it does not lie before it"]);
    check("pipeline.rs", "use crate::{parse, view, model};", &[]);
    check("pipeline.rs", "use crate::serve;", &["src/pipeline.rs:1 names serve: it does not lie before it"]);
    check("main.rs", "fn main() { casebook::cli::run() }", &[]);
}

#[test]
fn what_bypasses_a_door_is_found() {
    let found = |path: &str, text: &str| doors(&file(path, text), "tera", &["render"], "templates").0.len();
    assert_eq!((found("view/mod.rs", "use tera::Value;"), found("view/mod.rs", "fn f(v: tera::Value) {}")), (1, 1));
    assert_eq!((found("render/mod.rs", "use tera::Value;"), found("rendering.rs", "use tera::Value;")), (0, 1));
    let found = |path: &str, text: &str| windows(&file(path, text)).len() + prints(&file(path, text)).len();
    assert_eq!(found("view/mod.rs", "use std::{env, fs::File, time::Instant};"), 3);
    assert_eq!(found("view/mod.rs", "use std::time::Duration;\nuse std::fmt::Write;"), 0);
    assert_eq!(found("view/mod.rs", "fn f() { println!(\"println!\"); std::process::exit(1) }"), 2);
    assert_eq!(found("read/mod.rs", "use std::fs;"), 0);
}

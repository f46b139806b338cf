//! How fast Casebook is, against `cp -r` of its output and, where they are installed, Zola and Hugo on the same words.
//!
//!     cargo bench --bench speed -- --records 10000 --seed 1
//!
//! Options: `--records N[,N…]`, `--seed N`, `--runs N` (the median counts), `--search` (with a search index), `--canaries N`
//! (lines of `secrets.txt`), `--many-claims` (one record in five is a claim), `--program PATH` (another build of Casebook),
//! `--edits N` (watch mode: so many edits while `serve` runs), `--write DIR` (only write the sites there).
//!
//! The sites lie on a file system in memory where there is one. Builds and copies take turns, so that a slower moment of
//! the machine meets both.

#![expect(clippy::disallowed_methods, reason = "a benchmark writes folders and tells the time")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the table is what this program is for")]

mod casebook;
mod corpus;
mod folder;
mod live;
mod measure;
mod others;
mod table;
mod words;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs, io};

use casebook::Search;
use corpus::{Claims, Corpus};
use folder::Scratch;
use measure::{Cost, MEASURE, median, run};
use others::Other;
use table::Table;

/// The program that is measured.
const CASEBOOK: &str = env!("CARGO_BIN_EXE_casebook");

struct Options {
    records: Vec<usize>,
    seed: u64,
    runs: usize,
    search: Search,
    canaries: usize,
    claims: Claims,
    edits: usize,
    program: String,
    only_write: Option<PathBuf>,
}

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1).peekable();
    let done = match arguments.next_if(|first| first == MEASURE) {
        Some(_) => measure::one_child(arguments).map(|line| println!("{line}")),
        None => options(arguments).and_then(|options| run_all(options.as_ref())),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Reads the options; `None` where the program runs among the tests, which have no time for this.
fn options(mut arguments: impl Iterator<Item = String>) -> io::Result<Option<Options>> {
    let mut options = Options {
        records: vec![10_000],
        seed: 1,
        runs: 5,
        search: Search::Off,
        canaries: 20,
        claims: Claims::Few,
        edits: 0,
        program: CASEBOOK.to_owned(),
        only_write: None,
    };
    let mut asked = false;
    while let Some(name) = arguments.next() {
        let wrong = |what: &str| io::Error::other(format!("{name}: {what}"));
        let mut value = || arguments.next().ok_or_else(|| wrong("a value is missing"));
        let number = |text: &str| text.parse::<usize>().map_err(|_| wrong("not a number"));
        match name.as_str() {
            "--bench" | "build" => {}
            "--search" => options.search = Search::On,
            "--many-claims" => options.claims = Claims::Many,
            "--records" => options.records = value()?.split(',').map(number).collect::<io::Result<_>>()?,
            "--seed" => options.seed = number(&value()?)? as u64,
            "--runs" => options.runs = number(&value()?)?.max(1),
            "--canaries" => options.canaries = number(&value()?)?,
            "--program" => options.program = value()?,
            "--edits" => options.edits = number(&value()?)?,
            "--write" => options.only_write = Some(PathBuf::from(value()?)),
            _ => return Err(wrong("no such option")),
        }
        asked = true;
    }
    Ok(asked.then_some(options))
}

fn run_all(options: Option<&Options>) -> io::Result<()> {
    let Some(options) = options else {
        corpus::hold(&Corpus::new(1, 400, Claims::Few));
        corpus::hold(&Corpus::new(1, 400, Claims::Many));
        return Ok(());
    };
    options.records.iter().try_for_each(|records| speed(options, *records))
}

/// Makes a corpus of so many records, and measures it or only writes it.
fn speed(options: &Options, records: usize) -> io::Result<()> {
    // Forty have at least one of each kind.
    let corpus = Corpus::new(options.seed, records.max(40), options.claims);
    if let Some(folder) = &options.only_write {
        casebook::write_site(&corpus, options.search, options.canaries, &folder.join("casebook"))?;
        Other::Zola.write_site(&corpus, &folder.join("zola"))?;
        return Other::Hugo.write_site(&corpus, &folder.join("hugo"));
    }
    let scratch = Scratch::new()?;
    let mut table = Table::default();
    if options.edits > 0 {
        let site = scratch.0.join("site");
        casebook::write_site(&corpus, options.search, options.canaries, &site)?;
        println!("{}", watched(records, &live::live(&options.program, &corpus, &site, options.edits)?));
        return Ok(());
    }
    build(options, &corpus, &scratch.0, &mut table)?;
    for other in [Other::Zola, Other::Hugo] {
        compare(options, &corpus, other, &scratch.0.join(other.program()), &mut table)?;
    }
    println!("{}", table.text(records));
    Ok(())
}

/// Says what was measured of watch mode.
fn watched(records: usize, live: &live::Live) -> String {
    let ms = |times: &[std::time::Duration], percent| live::percentile(times, percent).as_secs_f64() * 1000.0;
    let mebibytes = |bytes: u64| bytes / 1024 / 1024;
    format!(
        "{records} records, serve: up in {:.2} s\n\
         from writing a body to its page: p50 {:.0} ms, p95 {:.0} ms ({} edits)\n\
         from writing a title to a page that shows it: p50 {:.0} ms, p95 {:.0} ms ({} edits)\n\
         memory {} MiB, after the edits {} MiB; {} ms of processor time in two idle seconds\n",
        live.up.as_secs_f64(),
        ms(&live.bodies, 50),
        ms(&live.bodies, 95),
        live.bodies.len(),
        ms(&live.titles, 50),
        ms(&live.titles, 95),
        live.titles.len(),
        mebibytes(live.memory.0),
        mebibytes(live.memory.1),
        live.idle.as_millis(),
    )
}

/// Measures clean builds and copies by turns, then builds after an edit of one word, then builds after nothing.
fn build(options: &Options, corpus: &Corpus, scratch: &Path, table: &mut Table) -> io::Result<()> {
    let (site, copy) = (scratch.join("site"), scratch.join("copy"));
    let public = site.join("public");
    casebook::write_site(corpus, options.search, options.canaries, &site)?;
    let build = || run(&site, &options.program, &["build".as_ref()]);
    let (mut builds, mut copies) = (Vec::new(), Vec::new());
    for _ in 0..options.runs {
        folder::remove(&public)?;
        builds.push(build()?);
        folder::remove(&copy)?;
        copies.push(run(scratch, "cp", &["-r".as_ref(), public.as_os_str(), copy.as_os_str()])?);
    }
    folder::remove(&copy)?;
    let before = folder::files(&public)?;
    table.files = before.len();
    table.bytes = before.values().map(|(size, _)| size).sum();
    table.row("cp -r of the output", median(copies));
    table.row("casebook build, clean", median(builds));

    let edited = site.join(casebook::path(corpus, corpus.heads.len() / 2));
    let text = fs::read_to_string(&edited)?;
    let mut costs = Vec::new();
    for number in 0..options.runs {
        fs::write(&edited, format!("{} anew{number}\n", text.trim_end()))?;
        costs.push(build()?);
    }
    let after = folder::files(&public)?;
    table.rewritten = after.iter().filter(|(path, about)| before.get(*path) != Some(about)).count();
    table.row("casebook build, one word edited", median(costs));
    let costs: Vec<Cost> = (0..options.runs).map(|_| build()).collect::<io::Result<_>>()?;
    table.row("casebook build, nothing edited", median(costs));
    folder::remove(&site)
}

/// Measures clean builds of another generator, where it is installed.
fn compare(options: &Options, corpus: &Corpus, other: Other, site: &Path, table: &mut Table) -> io::Result<()> {
    let arguments: &[&OsStr] = match other {
        Other::Zola => &["build".as_ref()],
        Other::Hugo => &["--quiet".as_ref()],
    };
    let asked = match other {
        Other::Zola => "--version",
        Other::Hugo => "version",
    };
    let Ok(version) = Command::new(other.program()).arg(asked).output() else {
        table.absent.push(other.program());
        return Ok(());
    };
    other.write_site(corpus, site)?;
    let mut costs = Vec::new();
    for _ in 0..options.runs {
        folder::remove(&site.join("public"))?;
        costs.push(run(site, other.program(), arguments)?);
    }
    let version = String::from_utf8_lossy(&version.stdout);
    let name: Vec<&str> = version.split_whitespace().take(2).collect();
    table.row(&name.join(" "), median(costs));
    folder::remove(site)
}

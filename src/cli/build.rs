//! `casebook build`: content → output.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Instant;

use rayon::prelude::*;

use super::exit::Failure;
use super::report::{counted, print, tail};
use super::term::Term;
use super::{Exit, root};
use crate::config;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::policy::Strictness;
use crate::model::date::Edtf;
use crate::pipeline::{Made, Memo, Request, Site, site};
use crate::read;
use crate::withhold::Drafts;
use crate::write::{Mode, WriteFault, Writer, Written};

/// Build the site into its output folder.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Where to write, relative to the current folder; public/ in the root if absent
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// The URL under which the site is published, in place of the configuration's
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Publish drafts too; asks for --output, so that public/ never holds a draft
    #[arg(long, requires = "output")]
    drafts: bool,
    /// Show what was known on this day, such as 2023-04-01; of a month or a year its first day counts
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// Take warnings for errors
    #[arg(long)]
    strict: bool,
    /// First remove what an earlier build wrote
    #[arg(long)]
    clean: bool,
}

/// Runs the command.
pub(super) fn run(term: &Term, root: Option<&Path>, arguments: Arguments) -> Result<Exit, Failure> {
    let began = Instant::now();
    let root = root::root(root)?;
    let request =
        request(arguments.as_of.as_deref(), arguments.base_url.as_deref(), arguments.drafts, arguments.strict)?;
    let output = arguments.output.unwrap_or_else(|| root.join("public"));
    let mode = if arguments.clean { Mode::Clean } else { Mode::Keep };
    let waiting = || term.say("another build is writing there: waiting until it is done");
    let writer = Writer::open(&root, &output, mode, waiting)?;
    let snapshot = read::read(&root)?;
    term.detail(&format!("read {} in {} ms", counted(snapshot.entries.len(), "file"), began.elapsed().as_millis()));
    let memo = Memo::default();
    let made = site(&snapshot, &request, &memo);
    term.detail(&format!("resolved after {} ms", began.elapsed().as_millis()));
    // What could be used again is not, and its room is wanted.
    rayon::spawn(move || drop(memo));
    let (found, written) = write(term, &made, writer)?;
    let report = print(term, &made, found, &snapshot);
    let tail = tail(&report, made.listed.len());
    // The process ends here: the system takes a large site's memory back faster than piece by piece.
    std::mem::forget((made, snapshot));
    let ms = began.elapsed().as_millis();
    match written {
        Some(written) => {
            for route in &written.left {
                term.say(&format!("{route} is no longer part of the site, but was changed by somebody: it was left"));
            }
            term.say(&format!(
                "built {}, {} changed, in {ms} ms{tail}",
                counted(written.pages, "page"),
                written.changed
            ));
            Ok(Exit::Fine)
        }
        None => {
            term.say(&format!("nothing was built, in {ms} ms{tail}"));
            Ok(Exit::Errors)
        }
    }
}

/// Reads what a build is asked for from its arguments.
///
/// # Errors
/// Fails on a date or a URL that is none.
pub(super) fn request(
    as_of: Option<&str>,
    base_url: Option<&str>,
    drafts: bool,
    strict: bool,
) -> Result<Request, Failure> {
    let as_of = match as_of {
        Some(text) => {
            let wrong = |message: &str| Failure {
                message: format!("--as-of: {message}"),
                help: Some(
                    "write a day, a month or a year, such as 2023-04-01; of a month or a year its first day counts"
                        .to_owned(),
                ),
            };
            let date = Edtf::parse(text).map_err(|fault| wrong(&fault.message))?;
            Some(date.first_day().ok_or_else(|| wrong(&format!("\"{text}\" is no one day")))?)
        }
        None => None,
    };
    let base_url =
        base_url.map(config::base_url).transpose().map_err(|message| Failure::new(format!("--base-url: {message}")))?;
    Ok(Request {
        as_of,
        drafts: if drafts { Drafts::Published } else { Drafts::Withheld },
        base_url,
        strictness: if strict { Strictness::Strict } else { Strictness::Lenient },
    })
}

/// Renders every output and, where nothing stops it, writes them. Returns all faults, and what was written.
pub(super) fn write(term: &Term, made: &Made, writer: Writer) -> Result<(Vec<Diagnostic>, Option<Written>), Failure> {
    let mut found = made.diagnostics.clone();
    let Some(site) = &made.site else { return Ok((found, None)) };
    let stopped = found.iter().any(|fault| made.stops(fault));
    let fault: Mutex<Option<WriteFault>> = Mutex::new(None);
    let faults = render(term, site, &|route, bytes| {
        // A site with errors is still rendered, so that one run reports them all; it is not written.
        if !stopped && let Err(error) = writer.add(route, bytes) {
            *fault.lock().expect("no thread panics while it holds the fault") = Some(error);
            return false;
        }
        true
    });
    if let Some(fault) = fault.into_inner().expect("no thread panics while it holds the fault") {
        return Err(fault.into());
    }
    let stopped = stopped || faults.iter().any(|fault| made.stops(fault));
    found.extend(faults);
    if stopped {
        return Ok((found, None));
    }
    Ok((found, Some(writer.commit()?)))
}

/// Renders every output of a site in parallel, and hands each to `take` until it says to stop. Returns the faults.
pub(super) fn render(term: &Term, site: &Site, take: &(dyn Fn(&str, &[u8]) -> bool + Sync)) -> Vec<Diagnostic> {
    let progress = term.progress("rendering");
    let routes: Vec<&str> = site.routes().collect();
    let faults: Vec<Vec<Diagnostic>> = routes
        .par_iter()
        .with_min_len(4)
        .map(|route| {
            progress.step();
            match site.output(route) {
                Some(Ok(output)) => {
                    take(route, output.as_ref());
                    Vec::new()
                }
                Some(Err(faults)) => faults,
                None => Vec::new(),
            }
        })
        .collect();
    once(faults.into_iter().flatten().collect())
}

/// How many outputs are named for one canary.
const NAMED: usize = 8;

/// Keeps one of the faults that a template has on every page, and a few of a canary that stands on many.
fn once(mut faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut seen = BTreeSet::new();
    let mut named: BTreeMap<_, usize> = BTreeMap::new();
    faults.retain(|fault| {
        let words = fault.message.split(" (while rendering").next().unwrap_or_default().to_owned();
        match fault.code.name {
            "template-error" => seen.insert((fault.place.clone(), words)),
            "leaked-secret" => {
                let times = named.entry(fault.place.clone()).or_default();
                *times += 1;
                *times <= NAMED
            }
            _ => true,
        }
    });
    faults
}

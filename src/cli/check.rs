//! `casebook check`: everything that a build would find, and nothing written.

use std::path::Path;
use std::time::Instant;

use super::build::{render, request};
use super::exit::Failure;
use super::report::{counted, print, report, tail};
use super::term::{Term, data};
use super::{Exit, root};
use crate::diagnostic::github::github;
use crate::diagnostic::json::json;
use crate::diagnostic::sarif::sarif;
use crate::diagnostic::shown::Channel;
use crate::pipeline::{Memo, site};
use crate::read;

/// How diagnostics are printed.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people, on standard error
    Human,
    /// A JSON object a line, on standard output
    Json,
    /// SARIF 2.1.0, on standard output
    Sarif,
    /// Workflow commands of GitHub, on standard output
    Github,
}

/// Report everything that a build would find, and write nothing.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// How to print what is found
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// Take warnings for errors
    #[arg(long)]
    strict: bool,
    /// List what is withheld, and faults in its texts; on a terminal only
    #[arg(long)]
    withheld: bool,
}

/// Runs the command.
#[expect(clippy::disallowed_methods, reason = "the summary line says how long it took")]
pub(super) fn run(term: &Term, root: Option<&Path>, arguments: Arguments) -> Result<Exit, Failure> {
    let began = Instant::now();
    if arguments.withheld && (term.channel != Channel::Terminal || arguments.format != Format::Human) {
        let failure = Failure::new("--withheld lists private matter, and this is no terminal");
        return Err(failure.help("run it in a terminal, in human form, without a pipe"));
    }
    let root = root::root(root)?;
    let snapshot = read::read(&root)?;
    let made = site(&snapshot, &request(None, None, false, arguments.strict)?, &Memo::default());
    let mut found = made.diagnostics.clone();
    if let Some(site) = &made.site {
        found.extend(render(term, site, &|_, _| true));
    }
    if arguments.withheld {
        found.extend(made.behind.iter().cloned());
    }
    let errors = found.iter().any(|fault| made.stops(fault));
    let report = match arguments.format {
        Format::Human => print(term, &made, found, &snapshot),
        format => {
            let report = report(&made, found, &snapshot);
            data(&match format {
                Format::Json => json(&report),
                Format::Sarif => sarif(&report),
                _ => github(&report),
            })?;
            report
        }
    };
    if arguments.withheld {
        for record in &made.listed {
            term.say(&format!("{:<12} {} ({})", record.why, record.title, record.path));
        }
    }
    let pages = made.site.as_ref().map_or(0, |site| site.routes().filter(|route| route.ends_with(".html")).count());
    let ms = began.elapsed().as_millis();
    term.say(&format!("checked {} in {ms} ms{}", counted(pages, "page"), tail(&report, made.listed.len())));
    Ok(if errors { Exit::Errors } else { Exit::Fine })
}

//! The commands. Only here is anything printed, and only here are exit codes known.
//!
//! Output for people goes to standard error, data to standard output.

#![expect(clippy::disallowed_methods, reason = "commands read, write and tell the time")]

mod build;
mod capture;
mod check;
mod completions;
mod exit;
mod explain;
mod fetch;
mod init;
mod inspect;
mod live;
mod new;
mod report;
mod root;
mod serve;
mod term;
mod theme;
mod watch;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{CommandFactory, Parser, Subcommand};

pub use exit::Exit;
use term::{ColorChoice, Term};

/// Annotated dossiers from Markdown: quotations checked, claims accounted for, confidences kept.
#[derive(Parser)]
#[command(name = "casebook", version, max_term_width = 100)]
struct Arguments {
    /// The site's root; the nearest folder upwards with a casebook.toml if absent
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    color: ColorChoice,
    /// Print errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Print how long each stage took
    #[arg(short, long, global = true)]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a new site that builds at once
    Init(init::Arguments),
    /// Make a record from its type's fields
    New(new::Arguments),
    /// Keep the text of a source, and write a record for it
    Capture(capture::Arguments),
    /// Build the site into its output folder
    Build(build::Arguments),
    /// Serve the site, and keep every open page current
    Serve(serve::Arguments),
    /// Keep the output folder current
    Watch(watch::Arguments),
    /// Report everything that a build would find, and write nothing
    Check(check::Arguments),
    /// Explain a diagnostic's code
    Explain(explain::Arguments),
    /// Print what a template sees of a page, as JSON
    Inspect(inspect::Arguments),
    /// Work with themes
    Theme(theme::Arguments),
    /// Print completions for a shell
    Completions(completions::Arguments),
}

/// Runs the program with its arguments, and returns how it ends.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return term::usage(&error),
    };
    let term = Term::new(arguments.color, arguments.quiet, arguments.verbose);
    let root = arguments.root.as_deref();
    let ended = match arguments.command {
        Command::Init(arguments) => init::run(&term, arguments),
        Command::New(arguments) => new::run(&term, root, arguments),
        Command::Capture(arguments) => capture::run(&term, root, arguments),
        Command::Build(arguments) => build::run(&term, root, arguments),
        Command::Serve(arguments) => serve::run(&term, root, arguments),
        Command::Watch(arguments) => watch::run(&term, root, arguments),
        Command::Check(arguments) => check::run(&term, root, arguments),
        Command::Explain(arguments) => explain::run(&term, arguments),
        Command::Inspect(arguments) => inspect::run(&term, root, arguments),
        Command::Theme(arguments) => theme::run(&term, root, arguments),
        Command::Completions(arguments) => completions::run(&term, Arguments::command(), arguments),
    };
    match ended {
        Ok(exit) => exit,
        Err(failure) => {
            term.fail(&failure);
            Exit::Failed
        }
    }
}

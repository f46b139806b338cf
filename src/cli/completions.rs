//! `casebook completions`: completions for a shell.

use super::Exit;
use super::exit::Failure;
use super::term::{Term, data};

/// Print completions for a shell.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The shell
    shell: clap_complete::Shell,
}

/// Runs the command.
pub(super) fn run(_: &Term, mut command: clap::Command, arguments: Arguments) -> Result<Exit, Failure> {
    let mut out = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, "casebook", &mut out);
    data(&String::from_utf8_lossy(&out))?;
    Ok(Exit::Fine)
}

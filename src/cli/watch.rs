//! stub
use std::path::Path;
use super::exit::Failure;
use super::term::Term;
use super::Exit;
/// Keep the output folder current.
#[derive(clap::Args)]
pub(super) struct Arguments {}
/// Runs the command.
pub(super) fn run(_: &Term, _: Option<&Path>, _: Arguments) -> Result<Exit, Failure> { Ok(Exit::Fine) }

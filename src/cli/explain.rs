//! `casebook explain`: the page of a diagnostic's code.

use super::Exit;
use super::exit::Failure;
use super::term::{Term, data};
use crate::diagnostic::{Code, code, near};

/// Explain a diagnostic's code.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The code, as in `error[broken-reference]`
    code: String,
}

/// Runs the command.
pub(super) fn run(_: &Term, arguments: Arguments) -> Result<Exit, Failure> {
    match Code::named(&arguments.code) {
        Some(code) => {
            data(code.page)?;
            Ok(Exit::Fine)
        }
        None => {
            let names = code::ALL.iter().map(|code| code.name);
            let failure = Failure::new(format!("no code \"{}\"", arguments.code));
            Err(match near::nearest(&arguments.code, names.clone()).first() {
                Some(nearest) => failure.help(format!("did you mean {nearest}?")),
                None => failure.help(format!("the codes are {}", names.collect::<Vec<_>>().join(", "))),
            })
        }
    }
}

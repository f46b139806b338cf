//! How a run ends.

use std::fmt;
use std::process::{ExitCode, Termination};

use crate::file::IoFault;
use crate::write::WriteFault;

/// How a run ends. Nothing else knows a number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// All is well.
    Fine,
    /// The content has errors.
    Errors,
    /// Wrong usage, a refused output, an unknown route or code, a taken port, or the disk or network failed.
    Failed,
    /// Ctrl-C.
    Interrupted,
}

impl Exit {
    /// Returns the number for the system.
    pub fn code(self) -> u8 {
        match self {
            Exit::Fine => 0,
            Exit::Errors => 1,
            Exit::Failed => 2,
            Exit::Interrupted => 130,
        }
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self.code())
    }
}

/// A fault of the world or of the call, which ends the command: a sentence, and perhaps what to do.
#[derive(Debug)]
pub(super) struct Failure {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Failure {
    /// Makes a failure of a sentence.
    pub(super) fn new(message: impl Into<String>) -> Failure {
        Failure { message: message.into(), help: None }
    }

    /// Adds what to do.
    pub(super) fn help(mut self, help: impl Into<String>) -> Failure {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<IoFault> for Failure {
    fn from(fault: IoFault) -> Failure {
        Failure::new(fault.to_string())
    }
}

impl From<WriteFault> for Failure {
    fn from(fault: WriteFault) -> Failure {
        Failure::new(fault.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::Exit;

    #[test]
    fn exit_codes_are_those_of_the_interface() {
        let codes = [Exit::Fine, Exit::Errors, Exit::Failed, Exit::Interrupted].map(Exit::code);
        assert_eq!(codes, [0, 1, 2, 130]);
    }
}

//! The one door to `ctrlc`: what happens on Ctrl-C.

use std::io;

/// Calls `act` on a thread of its own whenever the user interrupts the program.
///
/// # Errors
/// Fails where the system refuses, or where this was called before.
pub fn on_interrupt(act: impl FnMut() + Send + 'static) -> io::Result<()> {
    ctrlc::set_handler(act).map_err(|error| match error {
        ctrlc::Error::System(error) => error,
        error => io::Error::other(error.to_string()),
    })
}

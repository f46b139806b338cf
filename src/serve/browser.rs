//! The one door to `open`: showing the site in the user's browser.

use std::io;

/// Opens `url` in the user's browser and does not wait for it.
///
/// # Errors
/// Fails where no browser can be started.
pub fn open_browser(url: &str) -> io::Result<()> {
    open::that_detached(url)
}

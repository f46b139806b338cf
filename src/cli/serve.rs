//! `casebook serve`: the site in memory, served on loopback, every open page kept current.

use std::path::Path;
use std::sync::Arc;

use super::build::request;
use super::exit::Failure;
use super::live::{Live, Turn, unreadable};
use super::term::Term;
use super::{Exit, root};
use crate::serve::{Options, Pages, Port, Rebuild, Server, open_browser, run as keep};
use crate::watch::{Interest, Watcher, on_interrupt};

/// Serve the site, and keep every open page current.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The port; if it is not given, the next free one from 3000
    #[arg(long)]
    port: Option<u16>,
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1")]
    bind: String,
    /// Open a browser
    #[arg(long)]
    open: bool,
    /// Show drafts too
    #[arg(long)]
    drafts: bool,
    /// Show what was known on this day, such as 2023-04-01; of a month or a year its first day counts
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

/// Runs the command. It ends with Ctrl-C.
pub(super) fn run(term: &Term, root: Option<&Path>, arguments: Arguments) -> Result<Exit, Failure> {
    let root = root::root(root)?;
    let request = request(arguments.as_of.as_deref(), None, arguments.drafts, false)?;
    super::term::leave_on(on_interrupt)?;
    let port = arguments.port.map_or(Port::From(3000), Port::Exactly);
    let server = Server::start(&Options { bind: arguments.bind, port })
        .map_err(|error| Failure::new(format!("cannot listen: {error}")).help("choose another port with --port"))?;
    let mut watcher = Watcher::new(&root, Interest::default())
        .map_err(|error| Failure::new(format!("cannot watch \"{}\": {error}", root.display())))?;
    let mut live = Live::read(root, request)?;
    let first = live.make(term);
    let shown = first.version.map(|version| version as Arc<dyn Pages>);
    server.publish(shown, first.overlay);
    term.say(&first.line);
    if let Some(warning) = server.warning() {
        term.say(&format!("warning: {warning}"));
    }
    term.say(&format!("serving {} (Ctrl-C ends)", server.url()));
    if arguments.open
        && let Err(error) = open_browser(&server.url())
    {
        term.say(&format!("no browser could be opened: {error}"));
    }
    let rebuild = |changed: &crate::watch::Changed| match live.refresh(changed) {
        Ok(()) => {
            let Turn { version, overlay, line } = live.make(term);
            Rebuild { pages: version.map(|version| version as Arc<dyn Pages>), overlay, line }
        }
        Err(failure) => {
            term.fail(&failure);
            let line = "nothing was made: the last good pages are shown".to_owned();
            Rebuild { pages: None, overlay: Some(unreadable()), line }
        }
    };
    keep(&mut watcher, &server, rebuild, |line| term.say(line));
    Ok(Exit::Fine)
}

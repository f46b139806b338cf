//! `casebook watch`: as `serve`, without the server: keeps the output folder current.

use std::path::{Path, PathBuf};

use super::build::{request, write};
use super::exit::Failure;
use super::live::Live;
use super::report::{report, tail};
use super::term::Term;
use super::{Exit, root};
use crate::pipeline::Made;
use crate::watch::{Interest, Watcher, on_interrupt};
use crate::write::{Mode, Writer};

/// Keep the output folder current.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Where to write, relative to the current folder; public/ in the root if absent
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,
}

/// Runs the command. It ends with Ctrl-C.
pub(super) fn run(term: &Term, root: Option<&Path>, arguments: Arguments) -> Result<Exit, Failure> {
    let root = root::root(root)?;
    super::term::leave_on(on_interrupt)?;
    let output = arguments.output.unwrap_or_else(|| root.join("public"));
    let interest = Interest { except: inside(&root, &output), ..Interest::default() };
    let mut watcher = Watcher::new(&root, interest)
        .map_err(|error| Failure::new(format!("cannot watch \"{}\": {error}", root.display())))?;
    let mut told = None;
    // A folder that cannot be written from the start is a failure; later ones are said, and tried again.
    let mut live = Live::read(root.clone(), request(None, None, false, false)?)?;
    let made = live.remake();
    bring(term, &root, &output, &mut live, &made)?;
    loop {
        let notice = watcher.notice();
        if let Some(notice) = notice.as_deref().filter(|_| notice != told) {
            term.say(notice);
        }
        told = notice;
        let Ok(changed) = watcher.wait() else { return Ok(Exit::Fine) };
        let turn = live.refresh(&changed).and_then(|()| {
            let made = live.remake();
            bring(term, &root, &output, &mut live, &made)
        });
        if let Err(failure) = turn {
            term.fail(&failure);
        }
    }
}

/// Returns the output folder relative to the root, if it lies in it: what is written there is never input.
fn inside(root: &Path, output: &Path) -> Vec<PathBuf> {
    let full = |path: &Path| std::path::absolute(path).ok();
    let relative =
        full(root).zip(full(output)).and_then(|(root, output)| Some(output.strip_prefix(root).ok()?.to_owned()));
    relative.into_iter().chain([PathBuf::from("public")]).collect()
}

/// Writes a state of the site, if nothing stops it, and says what became of it.
fn bring(term: &Term, root: &Path, output: &Path, live: &mut Live, made: &Made) -> Result<(), Failure> {
    let began = std::time::Instant::now();
    let waiting = || term.say("another build is writing there: waiting until it is done");
    let writer = Writer::open(root, output, Mode::Keep, waiting)?;
    let (found, written) = write(term, made, writer)?;
    let tail = tail(&report(made, found.clone(), live.snapshot()), made.listed.len());
    live.tell(term, made, found);
    let what = live.what(term);
    let ms = began.elapsed().as_millis();
    match written {
        Some(written) => {
            live.wrote(made);
            term.say(&format!(
                "{what}{} pages, {} changed, {} removed, in {ms} ms{tail}",
                written.pages, written.changed, written.removed
            ));
        }
        None => {
            let still = live.still_shown(made).map(|still| format!("; {still}")).unwrap_or_default();
            term.say(&format!("{what}nothing was written, in {ms} ms{tail}{still}"));
        }
    }
    Ok(())
}

//! What is printed, and how: colours, quiet and verbose, progress.

use std::io::{self, IsTerminal, Write};
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressStyle};

use super::Exit;
use super::exit::Failure;
use crate::diagnostic::human::Colour;
use crate::diagnostic::shown::Channel;

/// When colours are used.
#[derive(Clone, Copy, PartialEq, Eq, Debug, clap::ValueEnum)]
pub(super) enum ColorChoice {
    Auto,
    Always,
    Never,
}

/// How much is printed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Loudness {
    Quiet,
    Normal,
    Verbose,
}

/// The terminal, or what stands in its place.
pub(super) struct Term {
    pub(super) colour: Colour,
    pub(super) channel: Channel,
    loudness: Loudness,
}

impl Term {
    #[expect(clippy::disallowed_methods, reason = "the terminal is the door to NO_COLOR")]
    pub(super) fn new(choice: ColorChoice, quiet: bool, verbose: bool) -> Term {
        let terminal = io::stderr().is_terminal();
        let asked = std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        let colour = match choice {
            ColorChoice::Always => Colour::Always,
            ColorChoice::Auto if terminal && asked => Colour::Always,
            _ => Colour::Never,
        };
        let loudness = match (quiet, verbose) {
            (true, _) => Loudness::Quiet,
            (false, true) => Loudness::Verbose,
            (false, false) => Loudness::Normal,
        };
        let channel = if terminal { Channel::Terminal } else { Channel::Elsewhere };
        Term { colour, channel, loudness }
    }

    /// Prints a line for people.
    pub(super) fn say(&self, line: &str) {
        if self.loudness > Loudness::Quiet {
            err(&format!("{line}\n"));
        }
    }

    /// Prints a line for people who asked for more.
    pub(super) fn detail(&self, line: &str) {
        if self.loudness == Loudness::Verbose {
            err(&format!("{line}\n"));
        }
    }

    /// Prints diagnostics, or anything else that is printed even when quiet.
    pub(super) fn raw(&self, text: &str) {
        err(text);
    }

    /// Tells whether only errors are printed.
    pub(super) fn is_quiet(&self) -> bool {
        self.loudness == Loudness::Quiet
    }

    /// Prints why a command could not do its work.
    pub(super) fn fail(&self, failure: &Failure) {
        let (on, off) = match self.colour {
            Colour::Always => {
                let style = Style::new().bold().fg_color(Some(AnsiColor::Red.into()));
                (style.render().to_string(), style.render_reset().to_string())
            }
            Colour::Never => (String::new(), String::new()),
        };
        err(&format!("{on}error{off}: {failure}\n"));
        if let Some(help) = &failure.help {
            err(&format!("  help: {help}\n"));
        }
    }

    /// Begins to show progress on work that may take over a second; on a terminal only.
    pub(super) fn progress(&self, what: &str) -> Progress {
        if self.channel != Channel::Terminal || self.loudness == Loudness::Quiet {
            return Progress(None);
        }
        let bar = ProgressBar::new_spinner();
        bar.set_draw_target(indicatif::ProgressDrawTarget::hidden());
        bar.set_style(ProgressStyle::with_template("{spinner} {msg} {pos}").expect("the template is sound"));
        bar.set_message(what.to_owned());
        Progress(Some(bar))
    }
}

/// Progress that shows itself once the work has taken a second.
pub(super) struct Progress(Option<ProgressBar>);

impl Progress {
    /// Counts one more piece of work.
    pub(super) fn step(&self) {
        if let Some(bar) = &self.0 {
            bar.inc(1);
            if bar.is_hidden() && bar.elapsed() > Duration::from_secs(1) {
                bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
                bar.enable_steady_tick(Duration::from_millis(120));
            }
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

fn err(text: &str) {
    // A closed standard error is nobody to tell.
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Prints data to standard output.
///
/// # Errors
/// Fails where it cannot be written; a reader that went away is no failure.
pub(super) fn data(text: &str) -> Result<(), Failure> {
    match io::stdout().write_all(text.as_bytes()).and_then(|()| io::stdout().flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::new(format!("cannot write to standard output: {error}"))),
        _ => Ok(()),
    }
}

/// Prints what is wrong with the arguments, or the help that was asked for.
pub(super) fn usage(error: &clap::Error) -> Exit {
    let _ = error.print();
    if error.use_stderr() { Exit::Failed } else { Exit::Fine }
}

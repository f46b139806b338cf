//! What a command costs: wall time, processor time, peak memory.
//!
//! The system tells what children cost only for all of them together. So this program starts itself once for each
//! command, and that second process has only one child.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, io};

/// The first argument of the program where it is started to measure.
pub(crate) const MEASURE: &str = "--measure";

/// What a command cost.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cost {
    /// Time on the clock.
    pub(crate) wall: Duration,
    /// Time of all processors, in the program and in the system.
    pub(crate) cpu: Duration,
    /// The most memory that it held, in bytes.
    pub(crate) peak: u64,
}

/// Runs a command in a folder and returns its cost.
///
/// # Errors
/// Fails where the command cannot be started or fails; the error holds the end of what it wrote.
pub(crate) fn run(folder: &Path, program: impl AsRef<OsStr>, arguments: &[&OsStr]) -> io::Result<Cost> {
    let mut command = Command::new(env::current_exe()?);
    command.arg(MEASURE).arg(program.as_ref()).args(arguments).current_dir(folder);
    let output = command.stdin(Stdio::null()).output()?;
    let text = String::from_utf8_lossy(&output.stdout);
    let numbers: Vec<u64> = text.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    match (output.status.success(), numbers.as_slice()) {
        (true, [wall, cpu, peak]) => {
            Ok(Cost { wall: Duration::from_micros(*wall), cpu: Duration::from_micros(*cpu), peak: *peak })
        }
        _ => Err(io::Error::other(String::from_utf8_lossy(&output.stderr).into_owned())),
    }
}

/// Runs the command in `arguments`, and returns its cost as three numbers: microseconds, microseconds, bytes.
///
/// # Errors
/// Fails as [`run`] does.
pub(crate) fn one_child(mut arguments: impl Iterator<Item = String>) -> io::Result<String> {
    let program = arguments.next().ok_or_else(|| io::Error::other("no command to measure"))?;
    let start = Instant::now();
    let output = Command::new(&program).args(arguments).output()?;
    let wall = start.elapsed();
    if !output.status.success() {
        let text = String::from_utf8_lossy(&output.stderr);
        let lines: Vec<&str> = text.lines().collect();
        let end = lines[lines.len().saturating_sub(30)..].join("\n");
        return Err(io::Error::other(format!("{program} failed ({}):\n{end}", output.status)));
    }
    let (cpu, peak) = spent_by_children()?;
    Ok(format!("{} {cpu} {peak}", wall.as_micros()))
}

/// Returns how many microseconds of processor time children took, and the most bytes that one of them held.
#[cfg(unix)]
fn spent_by_children() -> io::Result<(i64, i64)> {
    use nix::sys::resource::{UsageWho, getrusage};

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let micros = |time: nix::sys::time::TimeVal| time.tv_sec() * 1_000_000 + time.tv_usec();
    // Linux counts in KiB, macOS in bytes.
    let peak = usage.max_rss() * if cfg!(target_os = "macos") { 1 } else { 1024 };
    Ok((micros(usage.user_time()) + micros(usage.system_time()), peak))
}

/// Returns nothing: only Unix tells it.
#[cfg(not(unix))]
fn spent_by_children() -> io::Result<(i64, i64)> {
    Ok((0, 0))
}

/// Returns the run in the middle, by wall time.
pub(crate) fn median(mut costs: Vec<Cost>) -> Cost {
    costs.sort_by_key(|cost| cost.wall);
    costs[costs.len() / 2]
}

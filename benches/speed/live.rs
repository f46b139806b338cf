//! Watch mode: how long `serve` takes to be up, and from writing a file to the new page being served.

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::casebook;
use super::corpus::Corpus;

/// How long anything may take before the benchmark gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long the benchmark waits between two looks at a page.
const PAUSE: Duration = Duration::from_millis(1);

/// What was measured of watch mode.
pub(crate) struct Live {
    /// From the start of the program to the first page.
    pub(crate) up: Duration,
    /// From writing another body to its page.
    pub(crate) bodies: Vec<Duration>,
    /// From writing another title to the page of a record that it mentions.
    pub(crate) titles: Vec<Duration>,
    /// Resident memory in bytes: once it was up, and after the last edit.
    pub(crate) memory: (u64, u64),
    /// Processor time taken in two seconds without an edit.
    pub(crate) idle: Duration,
}

/// A server that is stopped at the end.
struct Server {
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Serves the site in a folder and edits it so many times.
///
/// # Errors
/// Fails where the program does, and where a page does not change in time.
pub(crate) fn live(program: &str, corpus: &Corpus, site: &Path, edits: usize) -> io::Result<Live> {
    let port = 20_000 + u16::try_from(std::process::id() % 20_000).unwrap_or(0);
    let began = Instant::now();
    let mut command = Command::new(program);
    command.current_dir(site).args(["serve", "--port", &port.to_string()]);
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let server = Server { child, port };
    server.until("/", |_| true)?;
    let up = began.elapsed();
    let before = server.memory();
    let (mut bodies, mut titles) = (Vec::new(), Vec::new());
    for number in 0..edits {
        // Each record mentions the one behind it, whose page names it therefore.
        let record = number * 7919 % (corpus.heads.len() - 1);
        let path = site.join(casebook::path(corpus, record));
        let text = fs::read_to_string(&path)?;
        let token = format!("anew{number}x");
        if number % 2 == 0 {
            let began = Instant::now();
            fs::write(&path, format!("{}\n\n{token}\n", text.trim_end()))?;
            server.until(&route(corpus, record), |page| page.contains(&token))?;
            bodies.push(began.elapsed());
        } else {
            let renamed = renamed(&text, &corpus.heads[record].title, &token);
            let began = Instant::now();
            fs::write(&path, renamed)?;
            server.until(&route(corpus, record + 1), |page| page.contains(&token))?;
            titles.push(began.elapsed());
            fs::write(&path, &text)?;
            server.until(&route(corpus, record + 1), |page| !page.contains(&token))?;
        }
    }
    let memory = (before, server.memory());
    let busy = server.busy();
    std::thread::sleep(Duration::from_secs(2));
    let idle = server.busy().saturating_sub(busy);
    Ok(Live { up, bodies, titles, memory, idle })
}

/// Returns a record's text with a word added to its title. It keeps the title it had as an alias: others mention it by that.
fn renamed(text: &str, title: &str, token: &str) -> String {
    let text = text.replacen(&format!("title = \"{title}\""), &format!("title = \"{title} {token}\""), 1);
    match text.contains("\naliases = [") {
        true => text.replacen("\naliases = [", &format!("\naliases = [\"{title}\", "), 1),
        false => text.replacen("+++\n", &format!("+++\naliases = [\"{title}\"]\n"), 1),
    }
}

/// Returns the path at which a record's page is served.
fn route(corpus: &Corpus, record: usize) -> String {
    let head = &corpus.heads[record];
    format!("/{}/{}.html", head.kind.folder(), head.id)
}

impl Server {
    /// Asks for a page until it is as wanted.
    fn until(&self, path: &str, wanted: impl Fn(&str) -> bool) -> io::Result<()> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            if let Ok(page) = self.ask(path)
                && page.starts_with("HTTP/1.1 200")
                && wanted(&page)
            {
                return Ok(());
            }
            std::thread::sleep(PAUSE);
        }
        Err(io::Error::other(format!("{path} did not change in {} s", PATIENCE.as_secs())))
    }

    fn ask(&self, path: &str) -> io::Result<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\n\r\n", self.port)?;
        let mut page = Vec::new();
        stream.read_to_end(&mut page)?;
        Ok(String::from_utf8_lossy(&page).into_owned())
    }

    /// Returns the resident memory of the program in bytes; 0 where the system does not tell.
    fn memory(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
        line.split_whitespace().next().and_then(|number| number.parse::<u64>().ok()).unwrap_or(0) * 1024
    }

    /// Returns the processor time that the program took so far; nothing where the system does not tell.
    fn busy(&self) -> Duration {
        let status = fs::read_to_string(format!("/proc/{}/stat", self.child.id())).unwrap_or_default();
        let behind = status.rsplit(')').next().unwrap_or_default();
        let ticks = |at: usize| behind.split_whitespace().nth(at).and_then(|field| field.parse::<u64>().ok());
        // Linux counts in hundredths of a second.
        Duration::from_millis(10 * (ticks(11).unwrap_or(0) + ticks(12).unwrap_or(0)))
    }
}

/// Returns the value below which so many of a hundred lie.
pub(crate) fn percentile(times: &[Duration], percent: usize) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1))).copied().unwrap_or_default()
}

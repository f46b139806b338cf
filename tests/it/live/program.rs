//! The program while it runs: what it says, what it serves, and how it ends.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Output, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

use crate::site::files;

/// How long a test waits for what must happen.
pub(super) const DEADLINE: Duration = Duration::from_secs(60);

/// The element that is added to what is served.
const SCRIPT: &str = "<script src=\"/.casebook/live.js\" defer></script>";

/// A program that runs until it is dropped.
pub(super) struct Running {
    pub(super) child: Child,
    lines: Receiver<String>,
    /// What it said so far.
    pub(super) said: Vec<String>,
    pub(super) port: u16,
}

/// Makes the command for a site.
pub(super) fn command(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_casebook"));
    command.current_dir(root).args(arguments).env("NO_COLOR", "1").stdin(Stdio::null());
    command
}

/// Writes a site into a new folder: `//- path` begins a file.
pub(crate) fn written(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder can be made");
    for (path, bytes) in &files(text).0 {
        let path = folder.path().join(path.as_str());
        fs::create_dir_all(path.parent().expect("it lies in a folder")).expect("a folder can be made");
        fs::write(path, bytes).expect("a file can be written");
    }
    folder
}

/// Runs the program to its end.
pub(crate) fn run(root: &Path, arguments: &[&str]) -> Output {
    command(root, arguments).output().expect("the program runs")
}

/// Builds a site into a new folder, which has no files beside the outputs; `None` if it does not build.
pub(super) fn clean(root: &Path) -> Option<BTreeMap<String, Vec<u8>>> {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let output = folder.path().join("out");
    let done = run(root, &["build", "--output", output.to_str().expect("its name is UTF-8")]);
    match done.status.code() {
        Some(0) => Some(outputs(&output)),
        Some(1) => None,
        code => panic!("{code:?}: {}", String::from_utf8_lossy(&done.stderr)),
    }
}

/// Returns every output in a folder, by route: what is Casebook's own is left out.
pub(super) fn outputs(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = everything(folder);
    files.retain(|path, _| !path.starts_with(".casebook/"));
    files
}

/// Returns every file in a folder, by path; one that vanishes meanwhile was never there.
pub(super) fn everything(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let (mut files, mut waiting) = (BTreeMap::new(), vec![folder.to_owned()]);
    while let Some(below) = waiting.pop() {
        for entry in fs::read_dir(&below).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path);
            } else if let Ok(bytes) = fs::read(&path) {
                let name = path.strip_prefix(folder).expect("it lies below").to_str().expect("it is UTF-8").to_owned();
                files.insert(name, bytes);
            }
        }
    }
    files
}

impl Running {
    /// Starts the program.
    pub(super) fn start(root: &Path, arguments: &[&str]) -> Running {
        let mut child = command(root, arguments).stderr(Stdio::piped()).spawn().expect("the program starts");
        let stderr = child.stderr.take().expect("it is piped");
        Running { child, lines: listen(stderr), said: Vec::new(), port: 0 }
    }

    /// Serves a site on a free port, once its first state is shown.
    pub(super) fn serve(root: &Path, arguments: &[&str]) -> Running {
        let mut running = Running::start(root, &[&["serve", "--port", "0"], arguments].concat());
        let line = running.until("serving http://");
        let address =
            line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("it names an address");
        running.port = address.rsplit(':').next().and_then(|port| port.parse().ok()).expect("it names a port");
        running
    }

    /// Waits for a line with a text in it.
    #[track_caller]
    pub(super) fn until(&mut self, text: &str) -> String {
        loop {
            match self.lines.recv_timeout(DEADLINE) {
                Ok(line) => {
                    self.said.push(line.clone());
                    if line.contains(text) {
                        return line;
                    }
                }
                Err(_) => panic!("{text:?} was not said, but: {}", self.said.join("\n")),
            }
        }
    }

    /// Returns everything that was said so far.
    pub(super) fn heard(&mut self) -> &[String] {
        self.said.extend(self.lines.try_iter());
        &self.said
    }

    /// Asks for a path.
    pub(super) fn get(&self, path: &str) -> Response {
        let path = path.replace('%', "%25").replace(' ', "%20");
        self.raw(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes())
    }

    /// Connects to what serves.
    pub(super) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(DEADLINE)).expect("a time can be set");
        stream
    }

    /// Sends bytes, and reads until the server closes.
    pub(super) fn raw(&self, request: &[u8]) -> Response {
        let mut stream = self.connect();
        // It may refuse before it has read everything.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Response::of(&bytes)
    }

    /// Sends a signal and returns how the program ended.
    pub(super) fn end(&mut self, signal: &str) -> Option<i32> {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status().expect("kill runs");
        assert!(sent.success(), "the program was running");
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Passes on what the program says, line by line.
fn listen(stderr: ChildStderr) -> Receiver<String> {
    let (tell, lines) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            if tell.send(line).is_err() {
                break;
            }
        }
    });
    lines
}

/// What came back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Response {
    /// Reads an answer; status 0 stands for none.
    pub(super) fn of(bytes: &[u8]) -> Response {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        let (head, body) = end.map_or((bytes, &[][..]), |end| (&bytes[..end], &bytes[end + 4..]));
        let head = String::from_utf8_lossy(head).into_owned();
        let status = head.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
        Response { status, head, body: body.to_vec() }
    }

    /// Returns a header.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }

    /// Returns the body without what the server adds to a page.
    pub(super) fn page(&self) -> Vec<u8> {
        match std::str::from_utf8(&self.body) {
            Ok(text) => text.replacen(SCRIPT, "", 1).into_bytes(),
            Err(_) => self.body.clone(),
        }
    }

    /// Returns the body as text.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Tries until there is nothing to complain of; fails with the last complaint.
#[track_caller]
pub(super) fn wait(mut complaint: impl FnMut() -> Option<String>) {
    let begun = Instant::now();
    while let Some(complaint) = complaint() {
        assert!(begun.elapsed() < DEADLINE, "{complaint}");
        thread::sleep(Duration::from_millis(10));
    }
}

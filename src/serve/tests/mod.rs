//! The server over real sockets. Here is what the tests share: a site in memory and a browser made of bytes.

mod requests;
mod streams;

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::{Duration, Instant};

use crate::diagnostic::Severity;

use super::*;

/// How long a test waits for what must happen.
const DEADLINE: Duration = Duration::from_secs(20);

/// A site in memory, which counts what it is asked.
#[derive(Default)]
struct Memory {
    pages: BTreeMap<&'static str, String>,
    asked: AtomicUsize,
}

impl Pages for Memory {
    fn answer(&self, route: &str) -> Answer {
        self.asked.fetch_add(1, Ordering::Relaxed);
        match self.pages.get(route) {
            Some(page) if page == "panic" => panic!("a page that cannot be made"),
            Some(page) => Answer::Page(page.as_bytes().into()),
            None => Answer::Missing,
        }
    }
}

fn site(pages: &[(&'static str, &str)]) -> Arc<Memory> {
    let pages = pages.iter().map(|&(route, page)| (route, page.to_owned())).collect();
    Arc::new(Memory { pages, asked: AtomicUsize::new(0) })
}

fn broken() -> Overlay {
    let problem = Problem {
        severity: Severity::Error,
        code: "broken-reference",
        message: "no record named \"<Ada>\"\n".to_owned(),
        file: Some("content/a.md".to_owned()),
        line: Some(3),
        column: Some(1),
        help: None,
    };
    Overlay { notes: Vec::new(), problems: vec![problem] }
}

fn start(pages: Option<Arc<Memory>>) -> Server {
    let server = Server::start(&Options { port: Port::Exactly(0), ..Options::default() }).unwrap();
    if let Some(pages) = pages {
        server.publish(Some(pages), None);
    }
    server
}

fn small() -> Arc<Memory> {
    site(&[
        ("index.html", "<body>home</body>"),
        ("404.html", "gone"),
        ("a/index.html", "folder"),
        ("a.txt", "0123456789"),
    ])
}

/// What came back.
#[derive(Debug)]
struct Response {
    status: u16,
    head: String,
    body: String,
}

impl Response {
    fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines.filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
    }
}

fn connect(server: &Server) -> TcpStream {
    let authority = server.url();
    let stream = TcpStream::connect(authority.trim_start_matches("http://").trim_end_matches('/')).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    stream
}

/// Sends bytes as they are and reads until the server closes.
fn raw(server: &Server, request: &[u8]) -> Response {
    let mut stream = connect(server);
    // The server may refuse before it has read everything.
    let _ = stream.write_all(request);
    let mut bytes = Vec::new();
    if let Err(error) = stream.read_to_end(&mut bytes) {
        assert_eq!(error.kind(), ErrorKind::ConnectionReset, "the server answers and closes");
    }
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.get(9..12).and_then(|status| status.parse().ok()).unwrap_or(0);
    Response { status, head: head.to_owned(), body: body.to_owned() }
}

fn ask(server: &Server, line: &str, headers: &str) -> Response {
    raw(server, format!("{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n").as_bytes())
}

fn get(server: &Server, path: &str) -> Response {
    ask(server, &format!("GET {path}"), "")
}

/// A page that is open: a stream of events.
struct Open(BufReader<TcpStream>);

impl Open {
    fn new(server: &Server, agent: &str, query: &str) -> Open {
        let mut stream = connect(server);
        write!(stream, "GET /.casebook/events?{query} HTTP/1.1\r\nHost: localhost\r\nUser-Agent: {agent}\r\n\r\n")
            .unwrap();
        Open(BufReader::new(stream))
    }

    /// Returns the next event: its name and its data.
    fn next(&mut self) -> (String, String) {
        let mut name = String::new();
        loop {
            let mut line = String::new();
            assert!(self.0.read_line(&mut line).unwrap() > 0, "the stream goes on");
            if let Some(event) = line.strip_prefix("event: ") {
                name = event.trim_end().to_owned();
            } else if let Some(data) = line.strip_prefix("data:") {
                return (name, data.trim().to_owned());
            }
        }
    }

    fn state(&mut self) -> String {
        let (name, data) = self.next();
        assert_eq!(name, "state");
        data
    }
}

/// Returns the tag under which a page is known.
fn tag(server: &Server, path: &str) -> String {
    get(server, path).header("etag").unwrap().trim_matches('"').to_owned()
}

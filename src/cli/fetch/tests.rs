use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use super::{Limits, fetch};
use crate::capture::Format;

const LIMITS: Limits = Limits { patience: Duration::from_secs(20), largest: 2 << 20 };

/// Answers on loopback, each request with what `answer` makes of its path, and returns the address.
fn server(answer: impl Fn(&str, &mut TcpStream) + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = listener.local_addr().expect("it has an address").port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(mut stream) = stream else { return };
            let mut lines = BufReader::new(stream.try_clone().expect("a socket can be shared")).lines();
            let first = lines.next().and_then(Result::ok).unwrap_or_default();
            while lines.next().and_then(Result::ok).is_some_and(|line| !line.is_empty()) {}
            answer(first.split(' ').nth(1).unwrap_or_default(), &mut stream);
        }
    });
    format!("http://127.0.0.1:{port}")
}

/// Writes an answer; whoever asked may be gone.
fn say(stream: &mut TcpStream, head: &str, body: &[u8]) {
    let head = format!("HTTP/1.1 {head}\r\nConnection: close\r\nContent-Length: {}\r\n\r\n", body.len());
    let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body));
}

fn fails(address: &str, limits: &Limits) -> String {
    fetch(address, limits).expect_err("it fails").message
}

#[test]
fn a_page_is_fetched_with_its_format_and_its_name() {
    let host = server(|path, stream| {
        let kind = match path {
            "/a/report.pdf" => "application/pdf",
            "/notes.md" | "/plain" => "text/plain; charset=utf-8",
            "/page.html?x=1" => "Application/Octet-Stream",
            _ => "text/html",
        };
        say(stream, &format!("200 OK\r\nContent-Type: {kind}"), path.as_bytes());
    });
    for (path, format, name) in [
        ("/a/story/", Format::Html, "story"),
        ("/", Format::Html, ""),
        ("/a/report.pdf", Format::Pdf, "report"),
        ("/notes.md", Format::Md, "notes"),
        ("/plain", Format::Txt, "plain"),
        ("/page.html?x=1", Format::Html, "page"),
    ] {
        let address = format!("{host}{path}");
        let fetched = fetch(&address, &LIMITS).expect("it is there");
        assert_eq!((fetched.format, fetched.name.as_str(), fetched.url), (format, name, address));
        assert_eq!(fetched.bytes, path.as_bytes());
    }
}

#[test]
fn a_compressed_page_is_kept_as_it_was_before() {
    const HELLO: &[u8] =
        &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0x86, 0xa6, 0x10, 0x36, 5, 0, 0, 0];
    let host = server(|_, stream| say(stream, "200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip", HELLO));
    assert_eq!(fetch(&host, &LIMITS).expect("it is there").bytes, b"hello");
}

#[test]
fn redirects_are_followed_to_pages_of_the_web_alone() {
    let host = server(|path, stream| {
        let to = match path {
            "/a/one" => "../b/two",
            "/b/two" => "/three?x=1",
            "/round" => "/round",
            "/file" => "file:///etc/hostname",
            "/nonsense" => "http://[",
            _ => return say(stream, "200 OK\r\nContent-Type: text/html", path.as_bytes()),
        };
        say(stream, &format!("302 Found\r\nLocation: {to}"), b"");
    });
    let fetched = fetch(&format!("{host}/a/one"), &LIMITS).expect("it leads to a page");
    assert_eq!((fetched.url, fetched.bytes), (format!("{host}/three?x=1"), b"/three?x=1".to_vec()));
    assert!(fails(&format!("{host}/round"), &LIMITS).ends_with("it leads on and on: more than 5 redirects"));
    let file = fails(&format!("{host}/file"), &LIMITS);
    assert!(file.ends_with("it leads to \"file:///etc/hostname\", which is no page of the web"), "{file}");
    assert!(fails(&format!("{host}/nonsense"), &LIMITS).ends_with("which is no address"));
}

#[test]
fn what_the_server_refuses_and_what_is_no_capture_is_said() {
    let host = server(|path, stream| match path {
        "/gone" => say(stream, "404 Not Found", b""),
        "/paid" => say(stream, "402 Payment Required\r\nContent-Type: text/html", b"Pay."),
        "/broken" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\nhalf");
        }
        _ => say(stream, "200 OK\r\nContent-Type: application/json", b"{}"),
    });
    assert_eq!(
        fails(&format!("{host}/gone"), &LIMITS),
        format!("cannot fetch {host}/gone: the server answers 404 Not Found")
    );
    assert!(fails(&format!("{host}/paid"), &LIMITS).ends_with("the server answers 402 Payment Required"));
    assert!(fails(&format!("{host}/data"), &LIMITS).ends_with("it is of the type \"application/json\""));
    assert!(!fails(&format!("{host}/broken"), &LIMITS).is_empty(), "half a page is no page");
    let refused = TcpListener::bind("127.0.0.1:0").expect("a port is free").local_addr().expect("it has an address");
    assert!(fails(&format!("http://{refused}/"), &LIMITS).ends_with("the connection is refused"));
    assert!(fails("http://", &LIMITS).starts_with("cannot fetch http://: "));
}

#[test]
fn what_is_too_large_or_too_slow_is_left() {
    let host = server(|path, stream| {
        if path == "/slow" {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100\r\n\r\n");
            let begun = Instant::now();
            while begun.elapsed() < Duration::from_secs(20) && stream.write_all(b"x").is_ok() {
                thread::sleep(Duration::from_millis(300));
            }
            return;
        }
        // Without a length, and without an end.
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n");
        while stream.write_all(&[b'x'; 65_536]).is_ok() {}
    });
    assert!(fails(&format!("{host}/large"), &LIMITS).ends_with("it is larger than 2 MiB"));
    let begun = Instant::now();
    let short = Limits { patience: Duration::from_secs(1), ..LIMITS };
    assert!(fails(&format!("{host}/slow"), &short).ends_with("it takes longer than 1 s"));
    assert!(begun.elapsed() < Duration::from_secs(10));
}

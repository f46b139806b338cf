//! Odd and hostile requests to the program that serves: each is refused or answered rightly, and the next one is answered.

use std::io::{Read as _, Write as _};
use std::time::{Duration, Instant};

use super::program::{Response, Running, written};

/// A site with a page and a text.
const SITE: &str = "//- content/a.md\nFirst words.\n//- static/ten.txt\n123456789\n//- secrets.txt\nospreyhand\n";

fn serving() -> (tempfile::TempDir, Running) {
    let site = written(SITE);
    let server = Running::serve(site.path(), &[]);
    (site, server)
}

/// Asks with a line and headers.
fn ask(server: &Running, line: &str, headers: &str) -> Response {
    server.raw(format!("{line} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n").as_bytes())
}

/// Sends bytes; what comes back must be one of some statuses, and the server must live.
#[track_caller]
fn check(server: &Running, request: &[u8], expect: &[u16]) -> Response {
    let answer = server.raw(request);
    let start = String::from_utf8_lossy(&request[..request.len().min(80)]).into_owned();
    assert!(expect.contains(&answer.status), "{start:?} is answered {}: {}", answer.status, answer.text());
    assert_eq!(ask(server, "GET /a.html", "").status, 200, "the server lives after {start:?}");
    for secret in ["ospreyhand", "root:", "[package]"] {
        assert!(!answer.text().contains(secret), "{start:?} is told a secret");
    }
    answer
}

#[test]
fn paths_that_lead_elsewhere_are_refused() {
    let (_site, server) = serving();
    for path in [
        "/../casebook.toml",
        "/..%2fcasebook.toml",
        "/%2e%2e/casebook.toml",
        "/%2E%2E%2Fcasebook.toml",
        "/a/..%5c..%5ccasebook.toml",
        "/./a.html",
        "//a.html",
        "/a%2fb.html",
        "/%00",
        "/a.html%00.css",
        "/%ff%fe",
        "/%",
        "/%zz",
        "/%0d%0aX-Own:%20yes",
    ] {
        check(
            &server,
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes(),
            &[400],
        );
    }
    for path in [
        "/secrets.txt",
        "/casebook.toml",
        "/content/a.md",
        "/.git/config",
        "/.casebook/manifest.json",
        "/%252e%252e/casebook.toml",
    ] {
        check(
            &server,
            format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes(),
            &[404],
        );
    }
    let long = format!("GET /{} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "a".repeat(9 << 10));
    check(&server, long.as_bytes(), &[414]);
    for query in ["/a.html?", "/a.html?../..", "/a.html?%00", "/a.html?%zz=\\&&==", "/a.html?a=b?c=d#e"] {
        check(
            &server,
            format!("GET {query} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").as_bytes(),
            &[200],
        );
    }
}

#[test]
fn foreign_hosts_and_origins_are_refused_everywhere() {
    let (_site, server) = serving();
    for path in ["/", "/a.html", "/ten.txt", "/.casebook/live.js", "/.casebook/events?=%2F"] {
        let with = |headers: &str| format!("GET {path} HTTP/1.1\r\nConnection: close\r\n{headers}\r\n").into_bytes();
        for host in ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1", "a@localhost"] {
            check(&server, &with(&format!("Host: {host}\r\n")), &[403]);
        }
        for origin in ["http://evil.example", "null", "https://localhost", "http://localhost.evil.example", "file://"] {
            check(&server, &with(&format!("Host: localhost\r\nOrigin: {origin}\r\n")), &[403]);
        }
        check(&server, &with("Host: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"), &[403]);
        check(&server, &with(""), &[400]);
        check(&server, &with("Host: localhost\r\nHost: evil.example\r\n"), &[400]);
    }
    let own = format!("Origin: http://localhost:{}\r\n", server.port);
    let request = format!("GET /a.html HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n{own}\r\n", server.port);
    let answer = check(&server, request.as_bytes(), &[200]);
    assert_eq!(answer.header("access-control-allow-origin"), None);
}

#[test]
fn requests_that_are_no_requests_are_refused() {
    let (_site, server) = serving();
    let close = "Host: localhost\r\nConnection: close\r\n\r\n";
    let large = format!("GET / HTTP/1.1\r\nHost: localhost\r\nX: {}\r\n\r\n", "a".repeat(1 << 20));
    let many = format!("GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n", "X: y\r\n".repeat(100_000));
    // Where the refusal comes before everything was read, the reset may overtake it: then there is no answer at all.
    for request in [large, many, format!("GET /{} HTTP/1.1\r\n{close}", "a".repeat(1 << 20))] {
        check(&server, request.as_bytes(), &[0, 414, 431]);
    }
    for (line, expect) in [
        ("GET http://localhost/a.html HTTP/1.1", 200),
        ("GET http://evil.example/a.html HTTP/1.1", 403),
        ("GET a.html HTTP/1.1", 403),
        ("GET  /a.html HTTP/1.1", 400),
        ("GET /a.html HTTP/9.9", 400),
        ("GET /\0a.html HTTP/1.1", 400),
        ("CONNECT evil.example:443 HTTP/1.1", 403),
        ("OPTIONS * HTTP/1.1", 405),
        ("get /a.html HTTP/1.1", 405),
        ("BREW /a.html HTTP/1.1", 405),
        ("TRACE /a.html HTTP/1.1", 405),
        ("DELETE /a.html HTTP/1.1", 405),
    ] {
        check(&server, format!("{line}\r\n{close}").as_bytes(), &[expect]);
    }
    check(&server, b"GET / HTTP/1.0\r\n\r\n", &[400]);
    check(&server, b"GET /a.html HTTP/1.0\r\nHost: localhost\r\n\r\n", &[200]);
    check(&server, &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".repeat(20), &[400]);
    let smuggled =
        format!("POST /a.html HTTP/1.1\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n{close}0\r\n\r\n");
    check(&server, smuggled.as_bytes(), &[400, 405]);
}

#[test]
fn parts_and_conditions_are_answered_rightly() {
    let (_site, server) = serving();
    let whole = ask(&server, "GET /ten.txt", "");
    let tag = whole.header("etag").expect("it has a tag").to_owned();
    assert_eq!(
        (whole.status, whole.text().as_str(), whole.header("accept-ranges")),
        (200, "123456789\n", Some("bytes"))
    );
    let part = |range: &str, expect: (u16, &str)| {
        let answer = ask(&server, "GET /ten.txt", &format!("Range: {range}\r\n"));
        assert_eq!((answer.status, answer.text().as_str()), expect, "{range}");
    };
    part("bytes=0-3", (206, "1234"));
    part("bytes=-2", (206, "9\n"));
    part("bytes=8-", (206, "9\n"));
    part("lines=0-3", (200, "123456789\n"));
    part("bytes=0-1,3-4", (200, "123456789\n"));
    for range in ["bytes=10-", "bytes=3-1", "bytes=a-b", "bytes=-", "bytes=18446744073709551616-"] {
        part(range, (416, ""));
    }
    part(&format!("bytes={}0-", "0-,".repeat(9_999)), (416, ""));
    let conditional = |headers: &str| ask(&server, "GET /ten.txt", headers).status;
    assert_eq!(conditional(&format!("If-None-Match: {tag}\r\n")), 304);
    assert_eq!(conditional(&format!("If-None-Match: W/{tag}, \"x\"\r\nRange: bytes=0-1\r\n")), 304);
    assert_eq!(conditional("If-None-Match: \"x\"\r\n"), 200);
    // No times are told, so that none can be held against an answer.
    assert_eq!(whole.header("last-modified"), None);
    assert_eq!(conditional("If-Modified-Since: Fri, 01 Jan 2100 00:00:00 GMT\r\n"), 200);
    assert_eq!(conditional(&format!("If-Range: {tag}\r\nRange: bytes=0-1\r\n")), 206);
    assert_eq!(conditional("If-Range: \"x\"\r\nRange: bytes=0-1\r\n"), 200);
}

#[test]
fn answers_carry_what_keeps_others_out() {
    let (_site, server) = serving();
    for path in ["/", "/a.html", "/ten.txt", "/no/such.html", "/.casebook/live.js", "/%00"] {
        let answer = ask(&server, &format!("GET {path}"), "");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{path}");
        assert!(
            answer.header("content-security-policy").is_some_and(|policy| policy.contains("frame-ancestors")),
            "{path}"
        );
        assert!(!answer.head.to_lowercase().contains("access-control"), "{path}: {}", answer.head);
    }
    let head = ask(&server, "HEAD /a.html", "");
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn several_requests_in_one_packet_are_answered_in_order() {
    let (_site, server) = serving();
    let get = |path: &str, more: &str| format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{more}\r\n");
    let all = [get("/ten.txt", ""), get("/nothing", ""), get("/a.html", "Connection: close\r\n")].concat();
    let answers = server.raw(all.as_bytes());
    let text = format!("{}\r\n\r\n{}", answers.head, answers.text());
    let found: Vec<usize> = ["HTTP/1.1 200", "123456789", "HTTP/1.1 404", "First words."]
        .iter()
        .filter_map(|part| text.find(part))
        .collect();
    assert!(found.len() == 4 && found.is_sorted(), "{found:?}: {text}");
}

#[test]
fn those_who_are_slow_keep_nobody_waiting() {
    let (_site, server) = serving();
    let mut slow: Vec<_> = (0..300).map(|_| server.connect()).collect();
    for stream in &mut slow {
        // One that was let go already cannot be written to.
        let _ = stream.write_all(b"GET /a.html HTTP/1.1\r\nHost: loc");
    }
    let begun = Instant::now();
    assert_eq!(ask(&server, "GET /a.html", "").status, 200);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    // One who asks and does not read takes nothing from others.
    let mut deaf = server.connect();
    for _ in 0..200 {
        let _ = deaf.write_all(b"GET /a.html HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    assert_eq!(ask(&server, "GET /a.html", "").status, 200);
    let mut byte = [0];
    assert_eq!(deaf.read(&mut byte).ok(), Some(1), "it is answered once it reads");
}

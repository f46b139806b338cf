//! Where `serve` listens, what it says of that, and how it ends.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use super::program::{Running, run, written};

const SITE: &str = "//- content/a.md\nWords.\n";

#[test]
fn a_taken_port_that_was_asked_for_ends_the_command() {
    let site = written(SITE);
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let port = taken.local_addr().expect("it has an address").port().to_string();
    let ended = run(site.path(), &["serve", "--port", &port]);
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(2), "{said}");
    assert!(said.contains(&format!("port {port}: the port is taken")) && said.contains("help: "), "{said}");
    assert!(ended.stdout.is_empty());
}

#[test]
fn without_a_port_the_next_free_one_is_taken() {
    let site = written(SITE);
    let mut ports = Vec::new();
    let mut servers = Vec::new();
    for _ in 0..2 {
        let mut server = Running::start(site.path(), &["serve"]);
        let line = server.until("serving http://127.0.0.1:");
        let port: u16 = line.split([':', '/']).nth(4).and_then(|port| port.parse().ok()).expect("it names a port");
        server.port = port;
        assert_eq!(server.get("/a.html").status, 200);
        ports.push(port);
        servers.push(server);
    }
    assert!(3000 <= ports[0] && ports[0] < ports[1] && ports[1] <= 3100, "{ports:?}");
}

#[test]
fn an_interrupt_ends_it_at_once_whatever_it_does() {
    let site = written(SITE);
    let place = tempfile::tempdir().expect("a folder can be made");
    let output = place.path().join("out");
    let output = output.to_str().expect("its name is UTF-8");
    for (arguments, line) in [(&["serve", "--port", "0"][..], "serving "), (&["watch", "--output", output], " pages, ")]
    {
        let mut running = Running::start(site.path(), arguments);
        running.until(line);
        let begun = Instant::now();
        assert_eq!(running.end("-INT"), Some(130), "{arguments:?}");
        assert!(begun.elapsed() < Duration::from_secs(5), "{arguments:?} took {:?}", begun.elapsed());
    }
    // An open stream and a page that is being read keep nobody.
    let mut server = Running::serve(site.path(), &[]);
    let mut stream = server.connect();
    std::io::Write::write_all(&mut stream, b"GET /.casebook/events?=%2F HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .expect("it can be asked");
    let begun = Instant::now();
    assert_eq!(server.end("-INT"), Some(130));
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[test]
fn listening_beyond_this_machine_is_warned_of_and_hosts_are_named() {
    let site = written(SITE);
    let mut server = Running::serve(site.path(), &["--bind", "0.0.0.0"]);
    let warning = server.heard().iter().find(|line| line.starts_with("warning: ")).expect("there is a warning");
    assert!(warning.contains("localhost, 127.0.0.1, [::1] and any numeric address"), "{warning}");
    for (host, status) in
        [("192.168.7.7", 200), ("localhost", 200), ("evil.example", 403), ("192.168.7.7.example", 403)]
    {
        let request = format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        assert_eq!(server.raw(request.as_bytes()).status, status, "{host}");
    }
    let mut server = Running::serve(site.path(), &[]);
    assert!(!server.heard().iter().any(|line| line.starts_with("warning: ")), "loopback is not warned of");
}

//! What open pages learn, and when.

use super::*;

#[test]
fn before_the_first_site_a_request_waits_for_it() {
    let server = start(None);
    let mut stream = connect(&server);
    stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    server.publish(Some(small()), None);
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.contains("home"));
}

#[test]
fn a_site_that_was_never_good_is_a_page_that_says_so_under_the_overlay() {
    let server = start(None);
    server.publish(None, Some(broken()));
    let page = get(&server, "/");
    assert_eq!(page.status, 503);
    assert!(page.body.contains("/.casebook/live.js"));
    let known = tag(&server, "/");
    let mut open = Open::new(&server, "a", &format!("{known}=%2F"));
    assert!(open.state().contains("broken-reference"));
    server.publish(Some(small()), None);
    assert_eq!(open.state(), format!("{{\"changed\":[[\"/\",\"{}\"]],\"overlay\":null}}", tag(&server, "/")));
}

#[test]
fn while_the_site_is_broken_the_last_good_page_is_answered() {
    let server = start(Some(small()));
    let good = get(&server, "/").body;
    server.publish(None, Some(broken()));
    assert_eq!(get(&server, "/").body, good);
    assert_eq!(get(&server, "/").status, 200);
}

#[test]
fn an_open_page_learns_of_its_own_bytes_only() {
    let pages = |home: &str, ada: &str| site(&[("index.html", home), ("ada.html", ada), ("s.css", "p{}")]);
    let server = start(Some(pages("1", "1")));
    let mut home = Open::new(&server, "a", &format!("{}=%2F&{}=%2Fs.css", tag(&server, "/"), tag(&server, "/s.css")));
    let mut ada = Open::new(&server, "b", &format!("{}=%2Fada.html", tag(&server, "/ada.html")));
    let nothing = "{\"changed\":[],\"overlay\":null}";
    assert_eq!((home.state(), ada.state()), (nothing.to_owned(), nothing.to_owned()));
    server.publish(Some(pages("1", "2")), None);
    assert_eq!(
        ada.state(),
        format!("{{\"changed\":[[\"/ada.html\",\"{}\"]],\"overlay\":null}}", tag(&server, "/ada.html"))
    );
    server.publish(Some(pages("2", "2")), None);
    assert_eq!(home.state(), format!("{{\"changed\":[[\"/\",\"{}\"]],\"overlay\":null}}", tag(&server, "/")));
}

#[test]
fn a_changed_style_sheet_is_named_and_so_is_a_change_back() {
    let pages = |css: &str| site(&[("index.html", "1"), ("s.css", css)]);
    let server = start(Some(pages("p{}")));
    let first = tag(&server, "/s.css");
    let mut open = Open::new(&server, "a", &format!("{}=%2F&{first}=%2Fs.css", tag(&server, "/")));
    open.state();
    server.publish(Some(pages("q{}")), None);
    assert_eq!(open.state(), format!("{{\"changed\":[[\"/s.css\",\"{}\"]],\"overlay\":null}}", tag(&server, "/s.css")));
    server.publish(Some(pages("p{}")), None);
    assert_eq!(open.state(), format!("{{\"changed\":[[\"/s.css\",\"{first}\"]],\"overlay\":null}}"));
}

#[test]
fn whoever_reconnects_has_missed_nothing() {
    let pages = |home: &str| site(&[("index.html", home)]);
    let server = start(Some(pages("1")));
    let known = tag(&server, "/");
    drop(Open::new(&server, "a", &format!("{known}=%2F")));
    server.publish(Some(pages("2")), Some(broken()));
    let said = Open::new(&server, "a", &format!("{known}=%2F")).state();
    assert!(said.contains(&tag(&server, "/")) && said.contains("broken-reference"), "{said}");
}

#[test]
fn a_page_that_does_not_know_its_tag_is_told() {
    let server = start(Some(small()));
    assert!(Open::new(&server, "a", "=%2F").state().contains(&tag(&server, "/")));
}

#[test]
fn an_overlay_is_shown_and_cleared_and_its_text_is_one_line_of_json() {
    let server = start(Some(small()));
    let mut open = Open::new(&server, "a", &format!("{}=%2F", tag(&server, "/")));
    open.state();
    server.publish(None, Some(broken()));
    let problem = "{\"severity\":\"error\",\"code\":\"broken-reference\",\"message\":\"no record named \\\"<Ada>\\\"\\n\",\
        \"file\":\"content/a.md\",\"line\":3,\"column\":1,\"help\":null}";
    assert_eq!(open.state(), format!("{{\"changed\":[],\"overlay\":{{\"notes\":[],\"problems\":[{problem}]}}}}"));
    server.publish(None, None);
    assert_eq!(open.state(), "{\"changed\":[],\"overlay\":null}");
}

#[test]
fn only_open_pages_are_made_again() {
    let server = start(Some(small()));
    let query = format!("{}=%2F", tag(&server, "/"));
    let mut open: Vec<Open> = (0..3).map(|n| Open::new(&server, &n.to_string(), &query)).collect();
    open.iter_mut().for_each(|open| drop(open.state()));
    let next = site(&[("index.html", "2"), ("other.html", "1")]);
    server.publish(Some(Arc::<Memory>::clone(&next)), None);
    open.iter_mut().for_each(|open| drop(open.state()));
    assert!(next.asked.load(Ordering::Relaxed) <= 3);
}

#[test]
fn a_browser_with_too_many_pages_has_its_oldest_stream_ended() {
    let server = start(Some(small()));
    let mut open: Vec<Open> = (0..4).map(|_| Open::new(&server, "a", "=%2F")).collect();
    open.iter_mut().for_each(|open| drop(open.state()));
    Open::new(&server, "b", "=%2F").state();
    let mut fifth = Open::new(&server, "a", "=%2F");
    fifth.state();
    assert_eq!(open[0].next().0, "later");
    server.publish(None, Some(broken()));
    assert!(open[1].state().contains("broken-reference"));
}

#[test]
fn an_open_page_learns_at_once() {
    let server = start(Some(small()));
    let mut open = Open::new(&server, "a", &format!("{}=%2F", tag(&server, "/")));
    open.state();
    let mut times: Vec<Duration> = (0..50)
        .map(|n| {
            let page = n.to_string();
            let begun = Instant::now();
            server.publish(Some(site(&[("index.html", &page)])), None);
            open.state();
            begun.elapsed()
        })
        .collect();
    times.sort();
    assert!(times[25] < Duration::from_millis(20), "half of the times are longer than {:?}", times[25]);
}

#[test]
fn a_server_that_is_dropped_stops_listening() {
    // Another test may be given the same port at once, so that somebody listens all the same.
    let is_refused = |_| {
        let server = start(Some(small()));
        let mut open = Open::new(&server, "a", "");
        open.state();
        let address = server.url().trim_start_matches("http://").trim_end_matches('/').to_owned();
        drop(server);
        let mut rest = Vec::new();
        let _ = open.0.read_to_end(&mut rest);
        TcpStream::connect(address).is_err()
    };
    assert!((0..5).any(is_refused), "somebody listens");
}

#[test]
fn the_loop_makes_publishes_and_says() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("content")).unwrap();
    let mut watcher = crate::watch::Watcher::new(folder.path(), crate::watch::Interest::default()).unwrap();
    let stop = watcher.stop();
    let server = Arc::new(start(Some(small())));
    let of_loop = Arc::clone(&server);
    let (say, said) = mpsc::channel();
    let looping = thread::spawn(move || {
        let rebuild = |_: &crate::watch::Changed| Rebuild {
            pages: Some(site(&[("index.html", "new")])),
            overlay: None,
            line: "rebuilt".to_owned(),
        };
        run(&mut watcher, &of_loop, rebuild, |line| say.send(line.to_owned()).unwrap())
    });
    std::fs::write(folder.path().join("content/a.md"), "x").unwrap();
    assert_eq!(said.recv_timeout(DEADLINE).unwrap(), "rebuilt");
    assert!(get(&server, "/").body.starts_with("new"));
    stop.stop();
    assert_eq!(looping.join().unwrap(), crate::watch::Stopped);
}

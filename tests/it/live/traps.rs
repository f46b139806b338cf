//! What editors and shells do to files, before the program that serves them.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;

use super::program::{Running, clean, wait, written};

/// A site with two pages and a style sheet.
const SITE: &str =
    "//- content/a.md\nFirst words.\n//- content/b.md\nSecond words.\n//- static/own.css\np { margin: 1px }\n";

/// Serves [`SITE`].
fn serving() -> (tempfile::TempDir, Running) {
    let site = written(SITE);
    let server = Running::serve(site.path(), &[]);
    (site, server)
}

/// Waits until a path is answered with a text in it.
#[track_caller]
fn until(server: &Running, path: &str, text: &str) {
    wait(|| {
        let answer = server.get(path).text();
        (!answer.contains(text)).then(|| format!("{text:?} is not in {answer}"))
    });
}

/// Waits until every route of a clean build is answered with its bytes.
#[track_caller]
fn until_clean(server: &Running, root: &Path) {
    let clean = clean(root).expect("the site is good");
    wait(|| {
        clean
            .iter()
            .find(|(path, bytes)| server.get(&format!("/{path}")).page() != **bytes)
            .map(|(path, _)| path.clone())
    });
}

#[test]
fn an_atomic_save_is_an_edit() {
    let (site, server) = serving();
    let page = site.path().join("content/a.md");
    for (round, beside) in ["a.md~", ".a.md.swp", "a.md.new", "4913", "a.md.orig"].into_iter().enumerate() {
        let beside = site.path().join("content").join(beside);
        fs::write(&beside, format!("Saved as {round}.\n")).expect("it can be written");
        fs::rename(&beside, &page).expect("it can be moved");
        until(&server, "/a.html", &format!("Saved as {round}."));
    }
    // The way of those who keep the old file under another name.
    fs::rename(&page, site.path().join("content/a.md~")).expect("it can be moved");
    fs::write(&page, "Saved last.\n").expect("it can be written");
    until(&server, "/a.html", "Saved last.");
    until_clean(&server, site.path());
}

#[test]
fn a_file_that_is_emptied_and_written_is_never_served_empty() {
    let (site, server) = serving();
    let files = [("content/a.md", "/a.html", "words"), ("static/own.css", "/own.css", "margin")];
    for (file, path, always) in files {
        for round in 0..5 {
            let mut emptied = File::create(site.path().join(file)).expect("it can be emptied");
            for _ in 0..20 {
                let answer = server.get(path);
                assert!(answer.status == 200 && answer.text().contains(always), "{}", answer.text());
            }
            writeln!(emptied, "{always} {round}").expect("it can be written");
            drop(emptied);
            until(&server, path, &format!("{always} {round}"));
        }
    }
}

#[test]
fn a_folder_that_is_removed_and_comes_back_is_served_again() {
    let (site, server) = serving();
    let content = site.path().join("content");
    for round in 0..3 {
        fs::remove_dir_all(&content).expect("it can be removed");
        wait(|| (server.get("/a.html").status != 404).then(|| "a page of a removed folder is answered".to_owned()));
        fs::create_dir_all(content.join("deep")).expect("it can be made");
        fs::write(content.join("a.md"), format!("Back {round}.\n")).expect("it can be written");
        fs::write(content.join("deep/c.md"), "Deep.\n").expect("it can be written");
        until(&server, "/a.html", &format!("Back {round}."));
        until(&server, "/deep/c.html", "Deep.");
        fs::write(content.join("deep/c.md"), format!("Edited {round}.\n")).expect("it can be written");
        until(&server, "/deep/c.html", &format!("Edited {round}."));
    }
    until_clean(&server, site.path());
}

#[test]
fn an_edit_with_an_old_time_and_the_same_size_is_served() {
    let (site, server) = serving();
    for (file, path, from, to) in
        [("content/a.md", "/a.html", "First", "Other"), ("static/own.css", "/own.css", "1px", "2px")]
    {
        let file = site.path().join(file);
        let (text, time) = (fs::read_to_string(&file).expect("it is text"), fs::metadata(&file).expect("it is there"));
        let time = time.modified().expect("it has a time");
        fs::write(&file, text.replace(from, to)).expect("it can be written");
        File::options().append(true).open(&file).and_then(|file| file.set_modified(time)).expect("it can be dated");
        until(&server, path, to);
    }
}

#[test]
fn thousands_of_changes_are_one_rebuild_or_two() {
    let (site, mut server) = serving();
    let many = site.path().join("static/many");
    fs::create_dir(&many).expect("it can be made");
    let before = server.heard().len();
    for number in 0..2000 {
        let (draft, file) = (many.join(format!("{number}.draft")), many.join(format!("{number}.txt")));
        fs::write(&draft, "Draft.").expect("it can be written");
        fs::rename(&draft, file).expect("it can be moved");
    }
    until(&server, "/many/0.txt", "Draft.");
    until(&server, "/many/1999.txt", "Draft.");
    until_clean(&server, site.path());
    let rebuilds = server.heard()[before..].iter().filter(|line| line.contains(" ms")).count();
    assert!((1..=3).contains(&rebuilds), "{rebuilds} rebuilds: {:?}", &server.heard()[before..]);
}

#[test]
fn a_link_that_appears_and_vanishes_is_followed() {
    let (site, server) = serving();
    fs::create_dir(site.path().join("aside")).expect("it can be made");
    fs::write(site.path().join("aside/c.md"), "Shared words.\n").expect("it can be written");
    std::os::unix::fs::symlink("../aside", site.path().join("content/linked")).expect("it can be linked");
    until(&server, "/linked/c.html", "Shared words.");
    fs::write(site.path().join("aside/c.md"), "Shared edit.\n").expect("it can be written");
    until(&server, "/linked/c.html", "Shared edit.");
    fs::remove_file(site.path().join("content/linked")).expect("it can be removed");
    wait(|| (server.get("/linked/c.html").status != 404).then(|| "what a removed link led to is answered".to_owned()));
    until_clean(&server, site.path());
}

#[test]
fn names_that_look_like_droppings_count_where_they_are_folders() {
    let (site, server) = serving();
    let folder = site.path().join("content/old~");
    fs::create_dir(&folder).expect("it can be made");
    fs::write(folder.join("c.md"), "In an odd folder.\n").expect("it can be written");
    until_clean(&server, site.path());
    fs::write(folder.join("c.md"), "Edited there.\n").expect("it can be written");
    until_clean(&server, site.path());
    fs::remove_dir_all(&folder).expect("it can be removed");
    until_clean(&server, site.path());
}

//! What is shown of a site while it changes, breaks and is mended.

use std::fs;
use std::path::PathBuf;
use std::sync::Weak;

use tempfile::TempDir;

use super::super::term::ColorChoice;
use super::*;
use crate::serve::{Answer, Pages};

/// A site on disk that is kept current, and what a server shows of it.
struct Kept {
    folder: TempDir,
    live: Live,
    term: Term,
    shown: Option<Arc<Version>>,
    overlay: Option<Overlay>,
    line: String,
}

impl Kept {
    fn new(files: &[(&str, &str)]) -> Kept {
        let folder = tempfile::tempdir().unwrap();
        for (path, text) in [("casebook.toml", "title = \"A site\"\n")].iter().chain(files) {
            put(&folder, path, text);
        }
        let live = Live::read(folder.path().to_owned(), Request::default()).unwrap();
        let term = Term::new(ColorChoice::Never, true, false);
        let mut kept = Kept { folder, live, term, shown: None, overlay: None, line: String::new() };
        kept.turn();
        assert_eq!(kept.overlay, None);
        kept
    }

    fn turn(&mut self) {
        let Turn { version, overlay, line } = self.live.make(&self.term);
        self.shown = version.or(self.shown.take());
        (self.overlay, self.line) = (overlay, line);
    }

    fn edit(&mut self, edits: &[(&str, &str)]) {
        for (path, text) in edits {
            put(&self.folder, path, text);
        }
        self.live.refresh(&changed(edits.iter().map(|(path, _)| *path))).unwrap();
        self.turn();
    }

    fn answer(&self, route: &str) -> Answer {
        self.shown.as_ref().unwrap().answer(route)
    }

    /// Checks that the good page at a route says a text, and returns what lies over it.
    #[track_caller]
    fn says(&self, route: &str, text: &str) -> Option<Overlay> {
        let (bytes, overlay) = match self.answer(route) {
            Answer::Page(bytes) => (bytes, None),
            Answer::Broken { overlay, last_good } => (last_good.expect("a good page is kept"), Some(overlay)),
            Answer::Missing => panic!("nothing at {route}"),
        };
        let page = String::from_utf8_lossy(&bytes).into_owned();
        assert!(page.contains(text), "{text}: {page}");
        overlay
    }

    fn notes(&self) -> Vec<&str> {
        self.overlay.iter().flat_map(|overlay| &overlay.notes).map(String::as_str).collect()
    }
}

fn put(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn changed<'a>(paths: impl Iterator<Item = &'a str>) -> Changed {
    Changed { paths: paths.map(PathBuf::from).collect(), rescan: false }
}

/// A person with front matter and a text.
fn person(front: &str, text: &str) -> String {
    format!("+++\n{front}\n+++\n{text}\n")
}

#[test]
fn states_do_not_pile_up_while_a_server_holds_the_newest() {
    let mut site = Kept::new(&[("content/a.md", "Round 0."), ("content/b.md", "Fine."), ("secrets.txt", "Ospreyhand")]);
    let mut kept: Vec<Weak<State>> = Vec::new();
    for round in 1..20 {
        let leak = if round % 3 == 0 { "Ospreyhand" } else { "nobody" };
        site.edit(&[("content/a.md", &format!("Round {round} of {leak}."))]);
        site.answer("a.html");
        kept.push(Arc::downgrade(site.shown.as_ref().unwrap().now()));
    }
    let alive = kept.iter().filter(|state| state.strong_count() > 0).count();
    assert!(alive <= 3, "{alive} states are kept");
}

#[test]
fn a_leak_stops_the_whole_site_until_it_is_mended() {
    let mut site = Kept::new(&[("content/a.md", "Good words."), ("content/b.md", "b"), ("secrets.txt", "Ospreyhand")]);
    for round in 0..5 {
        site.edit(&[("content/a.md", &format!("Now Ospreyhand, {round}."))]);
        assert_eq!(site.overlay.as_ref().expect("it is stopped").problems[0].code, "leaked-secret");
        site.says("a.html", "Good words.");
        site.edit(&[("content/b.md", &format!("Round {round}."))]);
        assert_eq!(site.overlay.as_ref().expect("it is stopped still").problems[0].code, "leaked-secret");
        site.says("a.html", "Good words.");
        site.says("b.html", "b");
    }
    site.edit(&[("content/a.md", "Better words.")]);
    assert_eq!(site.overlay, None);
    site.says("a.html", "Better words.");
    site.says("b.html", "Round 4.");
}

#[test]
fn a_site_that_is_stopped_leaves_the_last_good_one() {
    let mut site = Kept::new(&[("content/a.md", "One."), ("content/b.md", "Two.")]);
    site.edit(&[("content/a.md", "See [[nobody]]."), ("content/b.md", "Three.")]);
    assert_eq!(site.overlay.as_ref().unwrap().problems[0].code, "broken-reference");
    site.says("a.html", "One.");
    site.says("b.html", "Two.");
    site.edit(&[("content/a.md", "Four.")]);
    assert_eq!(site.overlay, None);
    site.says("a.html", "Four.");
    site.says("b.html", "Three.");
}

#[test]
fn a_template_that_breaks_a_page_that_nobody_looks_at_is_told_at_once() {
    let good = "<p>{{ page.title }}</p>";
    let mut site = Kept::new(&[("content/a.md", "One."), ("templates/page.html", good)]);
    site.edit(&[("templates/page.html", "{{ page.nothing.such }}")]);
    assert_eq!(site.overlay.as_ref().unwrap().problems[0].code, "template-error");
    // So it is while something else is edited.
    site.edit(&[("content/a.md", "Two.")]);
    assert_eq!(site.overlay.as_ref().unwrap().problems[0].code, "template-error");
    site.says("a.html", "<p>");
    site.edit(&[("templates/page.html", good)]);
    assert_eq!(site.overlay, None);
}

#[test]
fn a_record_that_is_withheld_without_a_good_build_is_said_to_be_shown() {
    let mut site = Kept::new(&[
        ("content/people/ada.md", &person("title = \"Ada Ospreyhand\"", "")),
        ("content/people/bea.md", &person("title = \"Bea\"", "")),
        ("content/note.md", "She met Ada Ospreyhand."),
    ]);
    let hidden = person("title = \"Ada Ospreyhand\"\nvisibility = \"confidential\"", "");
    site.edit(&[("content/people/ada.md", &hidden)]);
    assert_eq!(site.notes(), ["1 record made private is still shown"]);
    assert!(site.line.ends_with("; 1 record made private is still shown"), "{}", site.line);
    assert_eq!(site.overlay.as_ref().unwrap().problems[0].code, "leaked-secret");
    assert!(!format!("{:?}", site.overlay).contains("Ada"), "{:?}", site.overlay);
    site.says("people/ada.html", "Ada Ospreyhand");

    fs::rename(site.folder.path().join("content/people/bea.md"), site.folder.path().join("content/bea.md")).unwrap();
    let moved = person("type = \"person\"\ntitle = \"Bea\"\nvisibility = \"private\"", "");
    put(&site.folder, "content/bea.md", &moved);
    site.live.refresh(&changed(["content/bea.md", "content/people/bea.md"].into_iter())).unwrap();
    site.turn();
    assert_eq!(site.notes(), ["2 records made private are still shown"]);

    site.edit(&[("content/note.md", "She met somebody.")]);
    assert_eq!(site.overlay, None);
    assert!(matches!(site.answer("people/ada.html"), Answer::Missing));
    site.edit(&[("content/note.md", "See [[nobody]].")]);
    assert_eq!(site.notes(), [""; 0], "what is withheld is not shown any more");
}

#[test]
fn an_inline_record_that_was_always_private_is_not_said_to_be_shown() {
    let inline = "+++\ntype = \"dossier\"\ntitle = \"Case\"\n[[people]]\nid = \"ada\"\nvisibility = \"private\"\n\
        [[people]]\nid = \"bea\"\n+++\n";
    let mut site = Kept::new(&[("content/case.md", inline), ("content/note.md", "One.")]);
    site.edit(&[("content/note.md", "See [[nobody]].")]);
    assert_eq!(site.notes(), [""; 0]);
    let both = inline.replace("id = \"bea\"", "id = \"bea\"\nvisibility = \"private\"");
    site.edit(&[("content/case.md", &both)]);
    assert_eq!(site.notes(), ["1 record made private is still shown"]);
}

#[test]
fn what_could_not_be_read_is_read_with_the_next_change() {
    let mut site = Kept::new(&[("content/a.md", "One."), ("content/b.md", "One.")]);
    let secrets = site.folder.path().join("secrets.txt");
    fs::create_dir(&secrets).unwrap();
    put(&site.folder, "content/a.md", "Two.");
    assert!(site.live.refresh(&changed(["content/a.md", "secrets.txt"].into_iter())).is_err());
    fs::remove_dir(&secrets).unwrap();
    site.edit(&[("content/b.md", "Two.")]);
    site.says("a.html", "Two.");
    site.says("b.html", "Two.");
}

#[test]
fn only_what_all_pages_may_depend_on_makes_all_pages() {
    let check = |path: &str, expect: bool| assert_eq!(touches_all(&RelPath::new(path).unwrap()), expect, "{path}");
    for path in ["casebook.toml", "secrets.txt", "own.csl", "templates/page.html", "themes", "themes/x"] {
        check(path, true);
    }
    for path in ["themes/x/theme.toml", "themes/x/templates/page.html", "themes/x/i18n/en.toml"] {
        check(path, true);
    }
    for path in ["content", "content/a.md", "content/a.jpg", "static/a.css", "themes/x/static/a.css"] {
        check(path, false);
    }
}

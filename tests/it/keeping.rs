//! What is kept between two builds, edit by edit: whatever becomes of a file, a site that was kept through it is the site
//! that is made of nothing.
//!
//! Each test is a site and a table of edits. An edit is a word of the site and what stands there afterwards. The site is
//! built before each edit, after it, and with the edit taken back, all with one memo, and held against clean builds.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use casebook::file::{Bytes, Files, MemoryFiles, RelPath, Snapshot};
use casebook::model::date::Edtf;
use casebook::pipeline::{Memo, Request};
use casebook::withhold::Drafts;

use crate::site::{Built, build_as, build_with, files, make};

/// Holds a site after each edit, and after it is taken back, against a clean build; then all edited sites in a row.
#[track_caller]
fn check(site: &str, edits: &[(&str, &str)]) {
    check_as(&Request::default(), site, edits);
}

/// The same with a request.
#[track_caller]
fn check_as(request: &Request, site: &str, edits: &[(&str, &str)]) {
    let (memo, before) = (Memo::default(), build_as(site, request));
    build_with(site, request, &memo);
    let (mut found, mut row) = (Vec::new(), Vec::new());
    for (from, to) in edits {
        assert!(site.contains(from), "the site has no {from:?}");
        let edited = site.replacen(from, to, 1);
        let clean = build_as(&edited, request);
        found.extend(differences(&build_with(&edited, request, &memo), &clean, &format!("{from:?} became {to:?}")));
        found.extend(differences(&build_with(site, request, &memo), &before, &format!("{to:?} was taken back")));
        if before.changed(&clean).is_empty() && before.json == clean.json {
            found.push(format!("{from:?} to {to:?} changes nothing: it proves nothing"));
        }
        row.push((edited, clean));
    }
    for ((edited, clean), edit) in row.iter().zip(edits).rev() {
        found.extend(differences(&build_with(edited, request, &memo), clean, &format!("{edit:?} came behind others")));
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Says how what was made with what was kept differs from a clean build, if it does.
fn differences(kept: &Built, clean: &Built, when: &str) -> Option<String> {
    let (changed, is_told) = (kept.changed(clean), kept.json == clean.json);
    let told = if is_told { String::new() } else { format!("\nkept:\n{}clean:\n{}", kept.json, clean.json) };
    (!changed.is_empty() || !is_told).then(|| format!("{when}: {changed:?}{told}"))
}

/// A person, an event with that person, a claim about them, a source by them with a capture, and a page that has them all.
const CASE: &str = r##"
//- casebook.toml
title = "A site"
base_url = "https://example.org"
[[menu]]
title = "Her"
to = "ada"
//- content/people/ada.md
+++
title = "Ada Example"
born = "1950"
aliases = ["The clerk"]
summary = "A clerk at [[harbour]]."
+++
She worked.

## Her youth

It was short.
//- content/people/bea.md
+++
title = "Bea"
+++
She knows [[people/ada]] and [[Ada Example#Her youth|her]].
//- content/organisations/courier.md
+++
title = "The Courier"
+++
//- content/places/harbour.md
+++
title = "Harbour"
+++
//- content/events/storm.md
+++
title = "Storm"
when = "1990-02"
place = "harbour"
[[participants]]
who = "ada"
role = "clerk"
+++
//- content/claims/late.md
+++
title = "She was late"
about = ["ada"]
response-sought = "2021"
[[assessments]]
on = "2021"
status = "alleged"
evidence = ["story, para. 1"]
+++
//- content/sources/story.md
+++
kind = "article-newspaper"
title = "The story"
author = ["people/ada"]
publisher = "organisations/courier"
issued = "1991"
url = "https://example.org/story"
[capture]
file = "story.txt"
+++
//- content/sources/story.txt
The vote was late on Monday.

He left at noon.
//- content/notes/all.md
+++
title = "All of it"
+++
There was a [[storm]] at the [[Harbour]], see [[people/ada]], [[late]] and [[courier]]. "The vote was late on
Monday" [@story, para. 1]. Tagged #quay.

![[late]]
"##;

#[test]
fn another_title_stands_wherever_the_record_is_named() {
    check(
        CASE,
        &[
            ("\"Ada Example\"", "\"Adah Example\""),
            ("title = \"The Courier\"", "title = \"The Herald\""),
            ("\"Harbour\"", "\"The old harbour\""),
            ("\"Storm\"", "\"A great storm\""),
            ("\"She was late\"", "\"She was too late\""),
            ("title = \"The story\"", "title = \"The long story\""),
            ("\"The clerk\"", "\"The typist\""),
            ("title = \"Bea\"", "title = \"Ada Example\""),
            ("title = \"Bea\"", "title = \"Her\"\naliases = [\"late\", \"The story\"]"),
            ("title = \"Bea\"", "title = \"nobody\"\naliases = [\"storm\"]"),
        ],
    );
}

#[test]
fn another_front_stands_wherever_it_is_shown() {
    check(
        CASE,
        &[
            ("born = \"1950\"", "born = \"1995\""),
            ("born = \"1950\"\n", "born = \"1950\"\nimage = { src = \"ada.png\", alt = \"She\" }\n"),
            ("at [[harbour]]", "at [[courier]]"),
            ("when = \"1990-02\"", "when = \"1990-03\""),
            ("role = \"clerk\"", "role = \"chair\""),
            ("who = \"ada\"", "who = \"bea\""),
            ("status = \"alleged\"", "status = \"refuted\""),
            ("on = \"2021\"", "on = \"2022\""),
            ("evidence = [\"story, para. 1\"]\n", ""),
            ("response-sought = \"2021\"\n", ""),
            ("about = [\"ada\"]", "about = [\"people/ada\", \"bea\"]"),
            ("issued = \"1991\"", "issued = \"1992\""),
            ("author = [\"people/ada\"]", "author = [\"[[people/ada|A. E.]]\"]"),
            ("author = [\"people/ada\"]", "author = [\"people/bea\"]"),
            (
                "\nurl = \"https://example.org/story\"",
                "\nurl = \"https://example.org/story\"\narchive-url = \"https://a.example/s\"",
            ),
            ("title = \"Bea\"", "title = \"Bea\"\nupdated = \"2025-01-01\""),
            ("title = \"Bea\"", "title = \"Bea\"\ntags = [\"Quay\"]"),
            ("title = \"Bea\"", "title = \"Bea\"\nslug = \"beatrice\""),
            ("title = \"Bea\"", "title = \"Bea\"\naliases = [\"/old/\"]"),
            ("title = \"Bea\"", "title = \"Bea\"\naliases = [\"/people/ada.html\"]"),
            ("title = \"Bea\"", "title = \"Bea\"\ntype = \"organisation\""),
            ("title = \"Bea\"", "title = \"Bea\"\nvisibility = \"private\""),
            ("title = \"Bea\"", "title = \"Bea\"\ndraft = true"),
            ("title = \"Bea\"", "title = \"Bea\"\nid = \"ada\""),
            ("title = \"Bea\"", "title = \"Bea\"\n[[relations]]\nto = \"ada\"\ntype = \"friend\""),
            ("title = \"Bea\"", "title = \"Bea\"\n[[corrections]]\non = \"2023\"\ntext = \"Not [[ada]].\""),
        ],
    );
}

#[test]
fn another_text_stands_wherever_it_is_shown() {
    check(
        CASE,
        &[
            ("She worked.", "She worked hard."),
            ("## Her youth", "## Her childhood"),
            ("It was short.", "It was short, as [[bea]] says."),
            ("[[people/ada]] and", "[[people/adah]] and"),
            ("knows [[people/ada]]", "knows [them](ada.md)"),
            ("knows [[people/ada]]", "knows [them](../people/ada.html)"),
            ("late on\nMonday", "late on\nSunday"),
            ("para. 1]. Tagged", "para. 2]. Tagged"),
            ("[@story, para. 1]", "[@storey, para. 1]"),
            ("#quay", "#harbour"),
            ("![[late]]", "![[ada#Her youth]]"),
            ("![[late]]", "![[story.txt|The text]]"),
            ("[[storm]]", "[[Bea]]"),
            ("He left at noon.", "He left at dusk."),
            ("The vote was late", "A vote was late"),
            ("file = \"story.txt\"", "file = \"../people/bea.md\""),
            ("file = \"story.txt\"", "file = \"nowhere.txt\""),
            ("file = \"story.txt\"", "file = \"story.txt\"\nnoise = [\"The vote was late on Monday.\"]"),
            ("file = \"story.txt\"", "file = \"story.txt\"\nsha256 = \"00\""),
            ("file = \"story.txt\"", "file = \"story.txt\"\n[[annotations]]\nquote = \"He left\"\nnote = \"So.\""),
        ],
    );
}

#[test]
fn records_files_and_folders_come_and_go() {
    check(
        CASE,
        &[
            ("//- content/people/bea.md", "//- content/people/bee.md"),
            ("//- content/people/bea.md", "//- content/people/bea/index.md"),
            ("//- content/people/bea.md", "//- content/places/ada.md"),
            ("//- content/people/bea.md", "//- content/people/index.md"),
            ("//- content/people/bea.md", "//- content/index.md"),
            ("//- content/people/bea.md", "//- content/people/bea.txt"),
            ("//- content/sources/story.txt", "//- content/sources/story.html"),
            ("//- content/notes/all.md", "//- content/notes/spare.txt\nx\n//- content/notes/all.md"),
            ("//- content/notes/all.md", "//- content/notes/all.txt"),
            ("//- casebook.toml", "//- secrets.txt\nShe worked\n//- casebook.toml"),
            ("//- casebook.toml", "//- static/timeline.html\nx\n//- casebook.toml"),
            ("//- casebook.toml", "//- templates/footer.html\n<p>Other</p>\n//- casebook.toml"),
        ],
    );
}

#[test]
fn the_configuration_is_read_again() {
    check(
        CASE,
        &[
            ("title = \"A site\"", "title = \"Another\""),
            ("title = \"A site\"", "title = \"A site\"\npretty_urls = true"),
            ("title = \"A site\"", "title = \"A site\"\nlang = \"de\""),
            ("title = \"A site\"", "title = \"A site\"\nvisibility = \"private\""),
            ("base_url = \"https://example.org\"\n", ""),
            ("to = \"ada\"", "to = \"Bea\""),
            ("to = \"ada\"", "to = \"nobody\""),
            (
                "to = \"ada\"",
                "to = \"ada\"\n[publish]\nreviewed = [\"content/x.pdf\"]\n[lints]\norphan-record = \"error\"",
            ),
            ("to = \"ada\"", "to = \"ada\"\n[citations]\nstyle = \"apa\""),
            ("to = \"ada\"", "to = \"ada\"\n[types.vessel]\nfolder = \"people\"\ntitle = \"Vessels\""),
        ],
    );
}

/// A dossier with records of its own, records that are withheld, faults that name others, and two people of one name.
const FILE: &str = r##"
//- content/affair/index.md
+++
type = "dossier"
title = "The affair"
published = "2022"
[[people]]
id = "ines"
title = "Ines"
summary = "She knows [[mole|a friend]]."
[[events]]
id = "talk"
title = "A talk"
when = "2020"
participants = ["ines"]
+++
Its text, with [[ines]].
//- content/affair/people/inner.md
+++
title = "Inner"
dossiers = ["Other"]
+++
Inside, see [[twin]].
//- content/other/index.md
+++
type = "dossier"
title = "Other"
+++
//- content/other/people/twin.md
+++
title = "Twin of other"
+++
//- content/affair/people/twin.md
+++
title = "Twin of affair"
+++
//- content/people/mole.md
+++
title = "The mole"
visibility = "confidential"
[private]
name = "Quentin Hale"
+++
She told [[ada]].
//- content/people/ada.md
+++
title = "Ada"
summary = "A friend of [[mole|a friend]]."
+++
She met [[mole|somebody]], [them](mole.md "x") and [[twin]], [[nobody]] and [[Adda]]. "Four words of it" [@missing].
//- content/people/bea.md
+++
title = "Bea"
born = "1950"
died = "1940"
+++
![[ada#Nowhere]]
//- content/pages/x.md
+++
title = "X"
+++
By [[people/bea]], [[ada]] and [[The affair]], of which the mole told.
//- content/people/index.md
+++
title = "All of them"
+++
People, [[bea]] first.
//- content/affair/spare.txt
Quentin
"##;

#[test]
fn dossiers_and_withheld_records_have_their_say() {
    check(
        FILE,
        &[
            ("title = \"Ines\"", "title = \"Ines Aubrey\""),
            ("id = \"ines\"", "id = \"inez\""),
            ("id = \"ines\"\n", "id = \"ines\"\nvisibility = \"private\"\n"),
            ("id = \"ines\"", "id = \"ada\""),
            ("[[events]]", "[[people]]\nid = \"kim\"\ntitle = \"Kim\"\n[[events]]"),
            ("title = \"The affair\"", "title = \"The scandal\""),
            ("title = \"The affair\"", "title = \"The affair\"\nvisibility = \"private\""),
            ("title = \"Other\"", "title = \"Another\""),
            ("title = \"Other\"", "title = \"Other\"\naliases = [\"nobody\"]"),
            ("dossiers = [\"Other\"]\n", ""),
            ("title = \"Twin of other\"", "title = \"Twin\""),
            ("title = \"Twin of affair\"", "title = \"Nobody\""),
            ("title = \"Twin of affair\"", "title = \"Nobody else\"\nid = \"third\""),
            ("visibility = \"confidential\"", "visibility = \"private\""),
            ("visibility = \"confidential\"", "visibility = \"public\""),
            ("visibility = \"confidential\"", "draft = true"),
            ("title = \"The mole\"", "title = \"Nobody\""),
            ("title = \"The mole\"", "title = \"Ada\""),
            ("title = \"The mole\"", "title = \"Bea\""),
            ("//- content/people/mole.md", "//- content/people/moll.md"),
            ("name = \"Quentin Hale\"", "name = \"People, \""),
            ("name = \"Quentin Hale\"", "name = \"Quentin Hale\"\npublic-words = [\"The mole\", \"mole\"]"),
            ("title = \"Ada\"", "title = \"Adda\""),
            ("title = \"Ada\"", "title = \"The mole\""),
            ("title = \"Ada\"", "title = \"Ada\"\nid = \"ada\""),
            ("title = \"Bea\"", "title = \"Nobodi\""),
            ("title = \"Bea\"", "title = \"Mole\""),
            ("title = \"Bea\"", "title = \"Bea\"\naliases = [\"Twin\"]"),
            ("died = \"1940\"\n", ""),
            ("somebody]]", "somebody else]]"),
            ("[[mole|somebody]]", "[[mole]]"),
            ("[[mole|a friend]]", "[[mole]]"),
            ("![[ada#Nowhere]]", "![[ada#Nowhere]] ![[spare.txt|It]]"),
            ("She met", "## Nowhere\n\nShe met"),
            ("People, [[bea]] first.", "People, [[ada]] first."),
            ("title = \"All of them\"", "title = \"All\"\ntype = \"person\""),
            ("title = \"All of them\"", "title = \"Everybody\""),
            ("//- content/pages/x.md", "//- content/index.md"),
            ("//- content/pages/x.md", "//- content/events/x.md"),
            (
                "//- content/pages/x.md",
                "//- casebook.toml\ntitle = \"T\"\n[[menu]]\ntitle = \"M\"\nto = \"mole\"\n//- content/pages/x.md",
            ),
            ("//- content/affair/spare.txt", "//- content/other/spare.txt"),
        ],
    );
}

#[test]
fn an_id_that_is_written_out_may_be_another_ones() {
    check(
        "//- content/people/ada.md\n+++\nid = \"ada\"\ntitle = \"Ada\"\n+++\n//- content/places/ada.md\n+++\ntitle = \"Ada's\"\n+++\n",
        &[("title = \"Ada's\"", "title = \"Ada's\"\nid = \"ada\"")],
    );
}

#[test]
fn one_memo_goes_through_other_requests() {
    let day = |text: &str| Request { as_of: Edtf::parse(text).ok(), ..Request::default() };
    let drafts = Request { drafts: Drafts::Published, ..Request::default() };
    let based = Request { base_url: Some("https://other.example/x".to_owned()), ..Request::default() };
    for site in [CASE, FILE] {
        let site = site.replace("died = \"1940\"", "draft = true").replace("born = \"1950\"\nal", "draft = true\nal");
        let memo = Memo::default();
        let requests = [day("1990"), day("1990-01-01"), day("2021-05"), drafts.clone(), day("2024"), based.clone()];
        let plain = Request::default();
        for request in requests.iter().flat_map(|request| [request, &plain]) {
            let (kept, clean) = (build_with(&site, request, &memo), build_as(&site, request));
            assert_eq!((kept.changed(&clean), &kept.json), (Vec::new(), &clean.json), "{request:?}");
        }
    }
}

#[test]
fn what_is_not_yet_known_may_change_too() {
    let day = |text: &str| Request { as_of: Edtf::parse(text).ok(), ..Request::default() };
    check_as(
        &day("1990"),
        CASE,
        &[
            ("title = \"Bea\"", "title = \"The story\""),
            ("\"1990-02\"", "\"1989-02\""),
            ("title = \"Storm\"", "title = \"Gale\""),
            ("\"1991\"", "\"1989\""),
            ("[[late]] and", "[[later]] and"),
        ],
    );
}

/// Files that a program saves while they are read: they are gone for a moment, and there again with the same bytes.
struct Saved {
    files: MemoryFiles,
    is_gone: AtomicBool,
}

impl Files for Saved {
    fn read(&self, path: &RelPath) -> io::Result<Bytes> {
        if self.is_gone.load(Ordering::Relaxed) {
            return Err(io::ErrorKind::NotFound.into());
        }
        self.files.read(path)
    }
}

#[test]
fn a_file_that_was_gone_for_a_moment_is_read_again() {
    let site = "//- content/people/ada.md\n+++\ntitle = \"Ada\"\nsummary = \"Known to [[mole|one]].\"\n+++\nShe met [[mole|somebody]], [a friend](mole.md).\n//- content/people/mole.md\n+++\nvisibility = \"private\"\n+++\n";
    let saved = Arc::new(Saved { files: files(site), is_gone: AtomicBool::new(true) });
    let entries = files(site).snapshot().entries;
    let snapshot = Snapshot::new(entries, Arc::clone(&saved) as Arc<dyn Files>);
    let (memo, request) = (Memo::default(), Request::default());
    let torn = make(&snapshot, &request, &memo).json;
    assert!(torn.contains("the file changed while the site was made") && !torn.contains("mole"), "{torn}");
    saved.is_gone.store(false, Ordering::Relaxed);
    let (kept, clean) = (make(&snapshot, &request, &memo), build_as(site, &request));
    assert_eq!((kept.changed(&clean), &kept.json), (Vec::new(), &clean.json));
}

#[test]
fn a_header_shows_what_the_configuration_says_as_it_says_it() {
    let footer = "{{ site.extra.a }} {{ site.extra.b }} {{ site.extra.list }}";
    let site = format!(
        "//- casebook.toml\ntitle = \"T\"\n[extra]\nlist = [1, 2]\na = \"<i>\"\nb = 1\n//- templates/footer.html\n{footer}\n//- content/pages/x.md\n"
    );
    check(
        &site,
        &[
            ("b = 1", "b = 1.0"),
            ("b = 1", "b = true"),
            ("b = 1", "b = \"2\""),
            ("[1, 2]", "[1.0, 2]"),
            ("[1, 2]", "[2, 1]"),
            ("a = \"<i>\"", "a = \"<b>\""),
            ("{{ site.extra.a }}", "{{ site.extra.a }}, "),
        ],
    );
}

//! Which records are withheld, and why.

use std::sync::Arc;

use super::site;
use crate::config::Config;
use crate::file::RelPath;
use crate::model::Visibility;
use crate::parse::{self, Labels};
use crate::withhold::{Drafts, Kept, Listed, Rules, withhold};

#[test]
fn a_record_is_what_it_says() {
    let case = site(
        "//- a.md\n\n//- b.md\n+++\nvisibility = \"public\"\n+++\n\
         //- c.md\n+++\nvisibility = \"private\"\n+++\n//- d.md\n+++\nvisibility = \"confidential\"\n+++\n\
         //- e.md\n+++\ndraft = true\n+++\n//- f.md\n---\npublish: false\n---\n//- g.md\n---\nprivate: true\n---\n",
    );
    let withheld = [("c", "private"), ("d", "confidential"), ("e", "draft"), ("f", "private"), ("g", "private")];
    case.check_sides(&["a", "b"], &withheld);
}

#[test]
fn a_record_that_says_nothing_is_what_the_site_says() {
    let mut case = site("//- a.md\n\n//- b.md\n+++\nvisibility = \"public\"\n+++\n");
    case.default = Visibility::Private;
    case.check_sides(&["b"], &[("a", "private")]);
}

#[test]
fn drafts_are_published_on_demand_and_nothing_else_is() {
    let mut case = site(
        "//- a.md\n+++\ndraft = true\n+++\n//- b.md\n+++\ndraft = true\nvisibility = \"private\"\n+++\n\
         //- c.md\n+++\ndraft = false\n+++\n",
    );
    case.check_sides(&["c"], &[("a", "draft"), ("b", "private")]);
    case.drafts = Drafts::Published;
    case.check_sides(&["a", "c"], &[("b", "private")]);
}

#[test]
fn what_lies_in_the_folder_of_a_withheld_dossier_is_withheld() {
    site(
        "//- case/index.md\n+++\ntype = \"dossier\"\nvisibility = \"private\"\n+++\n//- case/a.md\n\n//- case/deep/er/b.md\n\n\
         //- other/c.md\n\n//- case2/d.md\n",
    )
    .check_sides(&["d", "c"], &[("a", "private"), ("b", "private"), ("case", "private")]);
}

#[test]
fn only_a_dossier_that_is_its_folders_own_page_withholds_the_folder() {
    site("//- case/index.md\n+++\ntype = \"page\"\nvisibility = \"private\"\n+++\n//- case/a.md\n")
        .check_sides(&["a"], &[("case", "private")]);
    site("//- case/main.md\n+++\ntype = \"dossier\"\nvisibility = \"private\"\n+++\n//- case/a.md\n")
        .check_sides(&["a"], &[("main", "private")]);
    site("//- index.md\n+++\ntype = \"dossier\"\nvisibility = \"private\"\n+++\n//- a.md\n")
        .check_sides(&["a"], &[("index", "private")]);
}

#[test]
fn of_two_dossiers_in_one_folder_the_stricter_one_counts() {
    for (one, other) in [("index", "_index"), ("_index", "index")] {
        let text = format!(
            "//- case/{one}.md\n+++\ntype = \"dossier\"\nid = \"one\"\nvisibility = \"private\"\n+++\n\
             //- case/{other}.md\n+++\ntype = \"dossier\"\nid = \"two\"\n+++\n//- case/a.md\n"
        );
        let sifted = site(&text).sift();
        assert!(sifted.public.iter().all(|public| public.record().id != "a"), "{one}");
    }
}

#[test]
fn a_draft_dossier_withholds_what_is_in_it() {
    let mut case = site(
        "//- case/index.md\n+++\ntype = \"dossier\"\ndraft = true\n[[people]]\nid = \"ada\"\n+++\n//- case/a.md\n",
    );
    case.check_sides(&[], &[("a", "draft"), ("case", "draft"), ("ada", "draft")]);
    case.drafts = Drafts::Published;
    case.check_sides(&["a", "case", "ada"], &[]);
}

#[test]
fn inline_records_are_at_least_as_withheld_as_their_dossier() {
    let text = "//- case.md\n+++\ntype = \"dossier\"\nvisibility = \"private\"\n[[people]]\nid = \"ada\"\n\
                [[people]]\nid = \"bo\"\nvisibility = \"confidential\"\n+++\n";
    site(text).check_sides(&[], &[("case", "private"), ("ada", "private"), ("bo", "confidential")]);
    site(&text.replace("visibility = \"private\"\n", "")).check_sides(&["case", "ada"], &[("bo", "confidential")]);
}

#[test]
fn an_inline_record_that_says_nothing_is_what_the_site_says() {
    let mut case =
        site("//- case.md\n+++\ntype = \"dossier\"\nvisibility = \"public\"\n[[people]]\nid = \"ada\"\n+++\n");
    case.default = Visibility::Private;
    case.check_sides(&["case"], &[("ada", "private")]);
}

#[test]
fn the_strictest_of_all_dossiers_around_a_record_counts() {
    let text = "//- case/index.md\n+++\ntype = \"dossier\"\nvisibility = \"confidential\"\n+++\n\
                //- case/in/index.md\n+++\ntype = \"dossier\"\nvisibility = \"private\"\n[[people]]\nid = \"ada\"\n+++\n\
                //- case/in/b.md\n+++\nvisibility = \"private\"\n+++\n";
    let withheld = [("b", "confidential"), ("in", "confidential"), ("ada", "confidential"), ("case", "confidential")];
    let case = site(text);
    let mut listed: Vec<_> = case.sift().listed.into_iter().map(|Listed { title, why, .. }| (title, why)).collect();
    listed.sort();
    let mut expect: Vec<_> = withheld.map(|(title, why)| (title.to_owned(), why)).to_vec();
    expect.sort();
    assert_eq!(listed, expect);
    // What a dossier says of all in it is said of the inner dossier too.
    case.check_faults(&["invalid-value content/case/in/b.md:2:14", "invalid-value content/case/in/index.md:3:14"]);
}

#[test]
fn a_laxer_word_inside_a_dossier_is_a_fault_at_the_word() {
    site(
        "//- case/index.md\n+++\ntype = \"dossier\"\nvisibility = \"private\"\n+++\n\
         //- case/a.md\n+++\nvisibility = \"public\"\n+++\n//- case/b.md\n+++\nvisibility = \"private\"\n+++\n\
         //- case/c.md\n+++\nvisibility = \"confidential\"\n+++\n",
    )
    .check_faults(&["invalid-value content/case/a.md:2:14"]);
}

#[test]
fn a_draft_dossier_is_private_to_what_is_in_it_and_not_to_itself() {
    site(
        "//- case/index.md\n+++\ntype = \"dossier\"\nvisibility = \"public\"\ndraft = true\n+++\n\
         //- case/a.md\n+++\nvisibility = \"public\"\n+++\n",
    )
    .check_faults(&["invalid-value content/case/a.md:2:14"]);
}

#[test]
fn front_matter_that_cannot_be_read_withholds_by_what_it_seems_to_say() {
    for (line, why) in [
        ("visibility = private", "private"),
        ("visibility = confidential", "confidential"),
        ("draft = true\nx = ", "private"),
        ("\"visibility\" = \"private\"\nx = ", "private"),
    ] {
        let sifted = site(&format!("//- a.md\n+++\n{line}\n+++\n")).sift().listed;
        assert_eq!(sifted.iter().map(|listed| listed.why).collect::<Vec<_>>(), [why], "{line}");
    }
    let public = site("//- a.md\n+++\nvisibility = \"public\"\nx = \n+++\n").sift();
    assert_eq!((public.public.len(), public.listed.len()), (1, 0));
}

#[test]
fn a_word_that_is_none_withholds_all_the_same() {
    site("//- a.md\n+++\nvisibility = \"secret\"\n+++\n").check_sides(&[], &[("a", "confidential")]);
    site("//- a.md\n---\nvisibility: [private\n---\n").check_sides(&[], &[("a", "confidential")]);
    site("//- a.md\n+++\ndraft = \"yes\"\n+++\n").check_sides(&[], &[("a", "draft")]);
}

#[test]
fn withheld_records_are_numbered_and_their_files_withheld() {
    let sifted = site(
        "//- a.md\n+++\nvisibility = \"private\"\n+++\n//- b.md\n\n\
         //- case.md\n+++\ntype = \"dossier\"\n[[people]]\nid = \"ada\"\nvisibility = \"private\"\n+++\n",
    )
    .sift();
    let numbers: Vec<(&str, bool, usize)> = sifted
        .report
        .0
        .iter()
        .flat_map(|(path, parts)| parts.iter().map(move |(span, number)| (path.as_str(), span.is_some(), *number)))
        .collect();
    assert_eq!(numbers, [("content/a.md", false, 1), ("content/case.md", true, 2)]);
}

#[test]
fn faults_of_a_withheld_record_count_in_its_front_matter_and_not_in_its_text() {
    let case = site("//- a.md\n+++\nvisibility = \"private\"\nupdated = \"soon\"\n+++\nA [link](javascript:x).\n");
    case.check_faults(&["invalid-date content/a.md:3:11"]);
    let sifted = case.sift();
    let behind: Vec<&str> = sifted.behind.iter().map(|fault| fault.code.name).collect();
    assert_eq!(behind, ["unsafe-url"]);
    for fault in sifted.diagnostics.iter().chain(&sifted.behind) {
        let said = fault.discreet.as_deref().expect("it says something else elsewhere");
        assert!(!said.contains("soon") && !said.contains("javascript"), "{said}");
    }
}

#[test]
fn faults_of_a_public_record_count_wherever_they_are() {
    let case = site("//- a.md\nA [link](javascript:x).\n//- b.md\n+++\nupdated = \"soon\"\n+++\n");
    case.check_faults(&["invalid-date content/b.md:2:11", "unsafe-url content/a.md:1:3"]);
}

#[test]
fn a_file_that_cannot_be_read_is_spoken_of_as_withheld_where_it_may_be() {
    let config = Config::default();
    let file = |path: &str, bytes: &[u8]| {
        let path = RelPath::new(path).expect("a path");
        Arc::new(parse::file(&path, bytes, &config, &Labels::default()))
    };
    let large = |path: &str| Arc::new(parse::too_large(&RelPath::new(path).expect("a path")));
    let files = [
        file("content/case/index.md", b"+++\ntype = \"dossier\"\nvisibility = \"private\"\n+++\n"),
        large("content/case/in/a.md"),
        large("content/cases/b.md"),
        file("content/c.md", b"visibility: private\n\xff"),
        file("content/d.md", b"v\0i\0s\0i\0b\0i\0l\0i\0t\0y\0:\0x\0\n\xff\xfe"),
        file("content/e.md", b"\xff"),
    ];
    let spoken_of = |default| {
        let rules = Rules { default, drafts: Drafts::Withheld, secrets: None, menu: &[], files: &[] };
        let sifted = withhold(&files, &rules, &|_, _| unreachable!("no public record has labels"), &Kept::default());
        let discreet = sifted.diagnostics.iter().map(|fault| {
            let place = fault.place.as_ref().expect("it has a place");
            assert_eq!(fault.discreet.is_some(), sifted.report.number(place).is_some());
            (place.path.stem().to_owned(), fault.discreet.is_some())
        });
        discreet.collect::<Vec<_>>()
    };
    let expect = |b, e| {
        [("a", true), ("b", b), ("c", true), ("d", true), ("e", e)].map(|(stem, is)| (stem.to_owned(), is)).to_vec()
    };
    assert_eq!(spoken_of(Visibility::Public), expect(false, false));
    assert_eq!(spoken_of(Visibility::Private), expect(true, true));
}

//! References to withheld records: labels in their place, or faults.

use super::{Case, site};
use crate::diagnostic::{Diagnostic, code};
use crate::file::{RelPath, Span, Text};
use crate::markdown::{self, Body};
use crate::withhold::unsaid;

const OSPREY: &str =
    "//- people/osprey.md\n+++\ntitle = \"Quill Kestrel\"\naliases = [\"the hawk\"]\nvisibility = \"private\"\n+++\n";

/// Compares the text of the record `a`, and the faults, of a site with a withheld person.
#[track_caller]
fn check(a: &str, text: &str, faults: &[&str]) {
    let whole = format!("//- people/a.md\n{a}\n{OSPREY}");
    let case = site(&whole);
    case.check_faults(faults);
    let sifted = case.sift();
    let record = sifted.public.iter().find(|public| public.record().id == "a").expect("it is public").record();
    check_body(&record.body, text);
}

/// Compares a body with that of a text.
#[track_caller]
fn check_body(body: &Body, text: &str) {
    let path = RelPath::new("content/a.md").expect("it is a path");
    let expected = markdown::parse(&Text::new(text, 0), &path, markdown::Options::default());
    let targets = |body: &Body| body.mentions.iter().map(|mention| mention.target.clone()).collect::<Vec<_>>();
    assert_eq!((body.html.trim_end(), targets(body)), (expected.html.trim_end(), targets(&expected)));
}

#[test]
fn a_labelled_mention_is_its_label_whatever_the_name() {
    for name in ["osprey", "Quill Kestrel", "quill KESTREL", "the hawk", "people/osprey", "content/people/osprey.md"] {
        check(&format!("He met [[{name}|a man]] here."), "He met a man here.", &[]);
        check(&format!("He met [[{name}#part|a *man*]]."), "He met a *man*.", &[]);
    }
    check("He met [a man](osprey.md).", "He met a man.", &[]);
    check("He met [a man](../people/osprey.md#part).", "He met a man.", &[]);
    check("He met [a man](/people/osprey).", "He met a man.", &[]);
    check("He met [a man](osprey.md?plain).", "He met a man.", &[]);
}

#[test]
fn a_link_to_the_folder_of_a_withheld_bundle_is_its_label() {
    for index in ["index", "_index"] {
        let text = format!(
            "//- a.md\nSee [it](people/nest) and [it](people/nest/{index}.md).\n//- people/nest/{index}.md\n+++\nvisibility = \"private\"\n+++\n"
        );
        check_body(&site(&text).sift().public[0].record().body, "See it and it.");
    }
}

#[test]
fn a_record_in_no_folder_is_known_by_its_path_too() {
    let text = "//- people/a.md\nIt is [[content/osprey.md|a note]], [[osprey.md|this]], [so](/osprey.md).\n\
                //- osprey.md\n+++\nvisibility = \"private\"\n+++\n";
    let sifted = site(text).sift();
    check_body(&sifted.public[0].record().body, "It is a note, this, so.");
}

#[test]
fn an_unlabelled_mention_an_embed_and_an_image_are_faults() {
    check("[[osprey]]", "[[osprey]]", &["private-reference content/people/a.md:1:1"]);
    check("![[osprey]]", "![[osprey]]", &["private-reference content/people/a.md:1:1"]);
    check("x ![[osprey|a man]]", "x ![[osprey|a man]]", &["private-reference content/people/a.md:1:3"]);
    check("x ![x](osprey.md)", "x ![x](osprey.md)", &["private-reference content/people/a.md:1:3"]);
    check("[](osprey.md)", "[](osprey.md)", &["private-reference content/people/a.md:1:1"]);
}

#[test]
fn code_and_comments_are_no_mentions() {
    check("`[[osprey]]` <!-- [[osprey]] -->", "`[[osprey]]`", &[]);
    check("> [!private]\n> [[osprey]]\n\nx", "\nx", &[]);
}

#[test]
fn labels_stand_in_notes_and_behind_them_alike() {
    check("so^[by [[osprey|him]]] and [[osprey|her]].", "so^[by him] and her.", &[]);
    check("so[^n] and [[osprey|her]].\n\n[^n]: By [[osprey|him]].", "so[^n] and her.\n\n[^n]: By him.", &[]);
}

#[test]
fn a_label_that_makes_a_comment_or_holds_a_mention_is_read_again() {
    check("So [[osprey|%]]% hidden %[[osprey|%]] x", "So  x", &[]);
    check("[[osprey|[[osprey|he]] said]].", "he said.", &[]);
    let text = format!("//- a.md\n+++\ntitle = \"[[osprey|[[osprey|he]] said]]\"\n+++\n{OSPREY}");
    assert_eq!(site(&text).sift().public[0].record().title, "he said");
}

#[test]
fn what_is_left_of_mentions_in_mentions_is_refused() {
    let deep = format!("{}x{}", "[[osprey|".repeat(40), "]]".repeat(40));
    let field = format!("+++\nlang = \"{deep}\"\n+++\n");
    for body in [&deep, &field, "[see [[osprey|him]]](osprey.md)"] {
        let text = format!("//- people/a.md\n{body}\n{OSPREY}");
        let codes: Vec<&str> = site(&text).sift().diagnostics.iter().map(|fault| fault.code.name).collect();
        assert!(codes.contains(&"private-reference"), "{codes:?}");
    }
}

#[test]
fn a_path_in_a_link_and_a_name_in_a_wikilink_are_two_things() {
    // `osprey` is a name of the withheld record, and beside this file a file that is none.
    let text = format!("//- notes/a.md\nSee [[osprey|him]], and [there](osprey).\n{OSPREY}");
    let sifted = site(&text).sift();
    check_body(&sifted.public[0].record().body, "See him, and [there](osprey).");
}

#[test]
fn a_citation_of_a_withheld_source_is_a_fault_and_of_another_name_of_it_is_text() {
    let with = |body: &str| {
        format!(
            "//- a.md\n{body}\n//- sources/memo.md\n+++\ntitle = \"Letter\"\nvisibility = \"private\"\n+++\n\
             //- sources/open.md\n"
        )
    };
    for body in ["[@memo]", "[see @memo, p. 3]", "@memo says", "[@open; @memo]"] {
        let codes: Vec<String> =
            site(&with(body)).sift().diagnostics.iter().map(|fault| fault.code.name.to_owned()).collect();
        assert_eq!(codes, ["private-reference"], "{body}");
    }
    site(&with("[@open] and @letter")).check_faults(&[]);
    site("//- events/a.md\n+++\nwhen = \"2021\"\nevidence = [\"memo, p. 1\", \"Letter\"]\n+++\n//- sources/memo.md\n+++\ntitle = \"Letter\"\nvisibility = \"private\"\n+++\n")
        .check_faults(&["private-reference content/events/a.md:3:14"]);
}

/// Returns the case of an event with a field, and a withheld person.
fn event(field: &str) -> String {
    format!("//- events/a.md\n+++\nwhen = \"2021\"\n{field}\n+++\n{OSPREY}//- people/ada.md\n")
}

#[test]
fn a_labelled_mention_in_a_field_is_its_label() {
    let text = event(
        "participants = [{ who = \"[[osprey|a man]]\" }]\ntitle = \"On [[osprey|him]]\"\nsummary = \"[[the hawk|He]] and `[[osprey|x]]`\"\n[extra]\nnote = \"[[osprey|a note]]\"",
    );
    let case: Case<'_> = site(&text);
    case.check_faults(&[]);
    let sifted = case.sift();
    let record = sifted.public[0].record();
    assert_eq!(record.title, "On him");
    assert_eq!(record.references[0].target, "a man");
    check_body(&record.notes[0], "He and `[[osprey|x]]`");
    assert_eq!(record.extra["note"], "a note");
}

#[test]
fn a_plain_reference_to_a_withheld_record_is_a_fault() {
    for field in
        ["participants = [\"osprey\"]", "participants = [\"Quill Kestrel\"]", "participants = [\"[[the hawk]]\"]"]
    {
        site(&event(field)).check_faults(
            &["private-reference content/events/a.md:3:17"]
                .map(|fault| if field.contains("[[") { "private-reference content/events/a.md:3:18" } else { fault }),
        );
    }
}

#[test]
fn a_label_cannot_stand_where_a_record_must() {
    site(&event("place = \"[[osprey|somewhere]]\"")).check_faults(&["private-reference content/events/a.md:3:10"]);
}

#[test]
fn a_label_may_stand_in_a_quotation_of_a_field_and_not_for_its_source() {
    let with = |cite: &str| event(&format!("evidence = [{{ cite = \"{cite}\", quote = \"He is [[osprey|a man]]\" }}]"));
    site(&with("open")).check_faults(&[]);
    site(&with("[[osprey|open]]")).check_faults(&["private-reference content/events/a.md:3:23"]);
}

#[test]
fn a_label_says_what_type_a_record_has() {
    let text = format!("//- a.md\n+++\ntype = \"[[osprey|person]]\"\n+++\n{OSPREY}");
    assert_eq!(site(&text).sift().public[0].record().kind.name, "person");
}

#[test]
fn code_in_a_field_of_an_inline_record_is_no_mention() {
    let text = format!(
        "//- case.md\n+++\ntype = \"dossier\"\n[[people]]\nid = \"wren\"\nsummary = \"[[osprey|He]] `[[osprey|x]]`\"\n+++\n{OSPREY}"
    );
    let sifted = site(&text).sift();
    check_body(&sifted.public[1].record().notes[0], "He `[[osprey|x]]`");
}

#[test]
fn a_name_of_a_public_and_a_withheld_record_is_ambiguous_and_a_path_settles_it() {
    let with = |body: &str| {
        format!(
            "//- a.md\n{body}\n//- people/twin.md\n\n//- places/twin.md\n+++\nvisibility = \"private\"\n+++\n//- sources/twin.md\n"
        )
    };
    site(&with("[[twin]]")).check_faults(&["ambiguous-reference content/a.md:1:1"]);
    site(&with("[[twin|x]]")).check_faults(&["ambiguous-reference content/a.md:1:1"]);
    site(&with("[[people/twin]]")).check_faults(&[]);
    site(&with("[[places/twin]]")).check_faults(&["private-reference content/a.md:1:1"]);
    site(&with("[[places/twin|x]]")).check_faults(&[]);
    site(&with("[@twin]")).check_faults(&["ambiguous-reference content/a.md:1:2"]);
    let field = with("").replace(
        "//- a.md\n",
        "//- events/a.md\n+++\nwhen = \"2021\"\nparticipants = [\"twin\", \"[[twin|x]]\"]\n+++\n",
    );
    site(&field).check_faults(&[
        "ambiguous-reference content/events/a.md:3:17",
        "ambiguous-reference content/events/a.md:3:26",
    ]);
}

#[test]
fn the_links_of_an_inline_record_are_read_from_its_own_folder_first() {
    let text = "//- case/index.md\n+++\ntype = \"dossier\"\n[[people]]\nid = \"a\"\nbody = \"[x](osprey.md) [y](wren.md)\"\n+++\n\
                //- people/osprey.md\n\n//- case/osprey.md\n+++\nvisibility = \"private\"\n+++\n\
                //- case/wren.md\n+++\nvisibility = \"private\"\n+++\n";
    let sifted = site(text).sift();
    let record = sifted.public.iter().find(|public| public.record().id == "a").expect("it is public").record();
    check_body(&record.body, "[x](osprey.md) y");
}

#[test]
fn a_label_that_unmakes_an_inline_record_does_not_put_another_in_its_place() {
    let text = format!(
        "//- case.md\n+++\ntype = \"dossier\"\n[[people]]\nid = \"[[osprey| ]]\"\n\
         [[people]]\nid = \"wren\"\nsummary = \"[[osprey|He]]\"\n\
         [[people]]\nid = \"finch\"\nvisibility = \"private\"\n+++\n{OSPREY}"
    );
    let sifted = site(&text).sift();
    let ids: Vec<&str> = sifted.public.iter().map(|public| public.record().id.as_str()).collect();
    assert!(ids.contains(&"wren") && !ids.contains(&"finch"), "{ids:?}");
}

#[test]
fn the_menu_leads_to_no_withheld_record() {
    for (to, is_fault) in [
        ("osprey", true),
        ("[[Quill Kestrel|Him]]", true),
        ("[[the hawk#part]]", true),
        ("people/osprey", true),
        ("people.html", false),
        ("https://example.org/", false),
    ] {
        let menu = [to];
        let case = Case { menu: &menu, ..site(OSPREY) };
        assert_eq!(case.sift().diagnostics.len(), usize::from(is_fault), "{to}");
    }
    let text = format!("{OSPREY}//- places/osprey.md\n");
    let mut case = site(&text);
    case.menu = &["osprey"];
    case.check_faults(&["ambiguous-reference casebook.toml:1:1"]);
}

#[test]
fn no_message_for_everybody_names_the_record() {
    let text = format!(
        "//- a.md\n[[osprey]] ![[the hawk]] [[twin]]\n{OSPREY}//- people/twin.md\n\n//- places/twin.md\n+++\nvisibility = \"private\"\n+++\n"
    );
    let sifted = site(&text).sift();
    assert_eq!(sifted.diagnostics.len(), 3);
    for fault in &sifted.diagnostics {
        let said = fault.discreet.as_deref().expect("it says something else elsewhere").to_lowercase();
        assert!(!["osprey", "hawk", "kestrel", "twin"].iter().any(|name| said.contains(name)), "{said}");
    }
}

#[test]
fn a_whole_path_wins_over_the_end_of_one() {
    let twins = "//- people/twin.md\n\n//- case/people/twin.md\n";
    let hidden = "+++\nvisibility = \"private\"\n+++\n";
    let outer = format!("//- a.md\n[[people/twin]]\n{twins}{hidden}");
    site(&outer).check_faults(&[]);
    let inner = format!("//- a.md\n[[people/twin]]\n{}", twins.replacen(".md\n", &format!(".md\n{hidden}"), 1));
    site(&inner).check_faults(&["private-reference content/a.md:1:1"]);
    site(&outer.replace("[[people/twin]]", "[[twin]]")).check_faults(&["ambiguous-reference content/a.md:1:1"]);
}

#[test]
fn what_a_private_table_mentions_is_nobodys_reference() {
    site(&format!("//- a.md\n+++\n[private]\nnote = \"[[osprey]]\"\n+++\n{OSPREY}")).check_faults(&[]);
}

#[test]
fn only_faults_at_a_refused_reference_are_left_unsaid() {
    let path = |name: &str| RelPath::new(name).expect("a path");
    let fault = |code, name, start, end| Diagnostic::new(code, "x").at(&path(name), Span::new(start, end));
    let refused = [fault(&code::PRIVATE_REFERENCE, "a.md", 10, 20), fault(&code::INVALID_DATE, "a.md", 40, 50)];
    let broken = |name, start, end| fault(&code::BROKEN_REFERENCE, name, start, end);
    let later = vec![
        broken("a.md", 12, 18),
        broken("a.md", 5, 11),
        broken("a.md", 19, 30),
        broken("a.md", 0, 10),
        broken("a.md", 20, 30),
        broken("a.md", 40, 50),
        broken("b.md", 12, 18),
    ];
    let kept = later[3..].to_vec();
    assert_eq!(unsaid(&refused, later.clone()), kept);
    assert_eq!(unsaid(&[], later.clone()), later);
    let ambiguous = [fault(&code::AMBIGUOUS_REFERENCE, "b.md", 12, 18)];
    assert_eq!(unsaid(&ambiguous, later).len(), 6);
}

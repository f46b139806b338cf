//! Mentions, references and routes: what fits, what nearly fits, what fits twice.

use crate::site::{build, build_as, faults};
use casebook::model::date::Edtf;
use casebook::pipeline::Request;

#[test]
fn a_mention_links_to_its_record_and_is_mentioned_there_with_its_sentence() {
    let built = build(
        "//- content/people/ada.md\n+++\ntitle = \"Ada Example\"\n+++\nShe went to the [[quay]]. It rained.\n\
         //- content/places/quay.md\n+++\ntitle = \"The Quay\"\n+++\nStone. [[ada]] knows it.\n",
    );
    assert!(built.page("people/ada.html").contains("href=\"../places/quay.html\""));
    let quay = built.page("places/quay.html");
    assert!(quay.contains("She went to the <b>The Quay</b>."), "{quay}");
}

#[test]
fn a_record_that_is_only_embedded_is_mentioned_there_without_a_sentence() {
    let built = build(
        "//- content/people/ada.md\n+++\ntitle = \"Ada Example\"\n+++\nShe went.\n\n![[quay]]\n\n\
         //- content/places/quay.md\n+++\ntitle = \"The Quay\"\n+++\nStone. [[ada]] knows it.\n",
    );
    let quay = built.page("places/quay.html");
    assert!(quay.contains("class=\"mention-of\""), "{quay}");
    assert!(!quay.contains("class=\"sentence\""), "{quay}");
}

#[test]
fn one_letter_off_gets_the_near_miss_and_two_that_fit_are_both_named() {
    let text = "//- content/people/mara.md\n+++\ntitle = \"Mara Lindqvist\"\n+++\n\
                //- content/people/one.md\n+++\ntitle = \"Twin\"\n+++\n[[Mara Lindqist]]\n\
                //- content/people/two.md\n+++\ntitle = \"Twin\"\n+++\n[[Twin]] [[one]]\n";
    let built = build_as(text, &Request::default());
    assert!(built.json.contains("did you mean \\\"Mara Lindqvist\\\" (content/people/mara.md)?"), "{}", built.json);
    let ambiguous = built.json.lines().find(|line| line.contains("ambiguous-reference")).expect("it is reported");
    assert!(ambiguous.contains("content/people/one.md") && ambiguous.contains("content/people/two.md"), "{ambiguous}");
}

#[test]
fn each_mistake_is_its_own_error_at_its_own_place_in_one_run() {
    let found = faults(
        "//- content/people/a.md\n+++\nborn = \"2021-02-30\"\n+++\n[[b]] [[d]] [[e]] [[f]] [[g]] [[h]]\n\
         //- content/people/b.md\n---\ntitle: B\ntitle: C\n---\n[[a]]\n\
         //- content/people/c.md\n+++\ntitle = \"never closed\"\n\
         //- content/people/d.md\n+++\n[extra]\nx = 1\nvisibility = \"private\"\n+++\n\
         //- content/people/e.md\n+++\ntype = \"persn\"\n+++\n\
         //- content/people/f.md\n\n## P\n\n![[g#Q]]\n\
         //- content/people/g.md\n\n## Q\n\n![[f#P]]\n\
         //- content/people/h.md\nA [link](javascript:alert(1)) %% never closed\n\
         //- content/people/H.md\n[[people/nobody]]\n\
         //- content/events/i.md\n+++\ntitle = \"I\"\n+++\n",
    );
    for expected in [
        "invalid-date content/people/a.md:2:8",
        "invalid-front-matter content/people/b.md:3:1",
        "invalid-front-matter content/people/c.md:1:1",
        "invalid-front-matter content/people/d.md:4:1",
        "unknown-type content/people/e.md:2:9",
        "embed-cycle content/people/f.md:4:1",
        "unclosed-comment content/people/h.md:1:31",
        "broken-reference content/people/H.md:1:3",
        "missing-field content/events/i.md:1:1",
        "duplicate-route content/people/h.md:1:1",
    ] {
        let code = expected.split(' ').next().unwrap_or_default();
        assert!(
            found.iter().any(|fault| fault == expected),
            "{expected}; of that code: {:?}",
            found.iter().filter(|fault| fault.starts_with(code)).collect::<Vec<_>>()
        );
    }
}

#[test]
fn an_edit_to_one_record_changes_only_the_pages_that_show_it() {
    let site = |text: &str, title: &str| {
        format!(
            "//- content/people/ada.md\n+++\ntitle = \"{title}\"\nsummary = \"Clerk.\"\n+++\n{text}\n\
             //- content/people/bo.md\n+++\ntitle = \"Bo\"\nsummary = \"Pilot.\"\n+++\nHe knows [[ada]].\n\
             //- content/people/cy.md\n+++\ntitle = \"Cy\"\nsummary = \"Cook.\"\n+++\nHe knows [[bo]].\n"
        )
    };
    let before = build(&site("One.", "Ada"));
    let body = build(&site("Two.", "Ada"));
    assert_eq!(before.changed(&body), ["people/ada.html"]);
    let title = build(&site("One.", "Ada Lee"));
    assert_eq!(before.changed(&title), ["a-z.html", "people.html", "people/ada.html", "people/bo.html"]);
}

#[test]
fn a_vault_of_notes_builds_as_it_is() {
    let built = build(
        "//- content/Deep Folder/Zoë Note.md\n---\ntags: a, b\naliases:\n  - Z\ntype:\n---\n# Zoë\n\nText #tag %% hushhush %% ^block\n\n## Part One\n\nMore.\n\
         //- content/Other.md\nSee [[Deep Folder/Zoë Note#Part One|the part]], [[z]], ![[Zoë Note#^block]].\n\n| a | b |\n|---|---|\n| [[Zoë Note\\|in a table]] | x |\n",
    );
    let other = built.page("other.html");
    assert!(other.contains("href=\"./deep-folder/zo%C3%AB-note.html#part-one\""), "{other}");
    assert!(other.contains(">in a table</a>"), "{other}");
    assert!(!built.outputs.values().any(|bytes| bytes.windows(8).any(|eight| eight == b"hushhush")));
}

/// A site with a menu of one entry.
fn menu(to: &str) -> String {
    format!(
        "//- casebook.toml\ntitle = \"A site\"\npretty_urls = false\n[[menu]]\ntitle = \"There\"\nto = \"{to}\"\n\
         //- content/people/ada.md\n+++\ntitle = \"Ada Example\"\n+++\n\
         //- content/people/secret.md\n+++\ntitle = \"Hidden Person\"\nvisibility = \"private\"\n+++\n\
         //- content/sources/story.md\n+++\ntitle = \"The story\"\nissued = \"2023-03-22\"\n+++\n\
         //- content/index.md\n[[ada]] [[story|x]]\n"
    )
}

#[test]
fn an_entry_of_the_menu_leads_to_a_record_a_route_or_a_url() {
    for to in [
        "ada",
        "[[Ada Example]]",
        "[[people/ada|x]]",
        "/people.html",
        "https://a.example/",
        "/",
        "a-z.html#a",
        "people/",
    ] {
        assert_eq!(faults(&menu(to)), Vec::<String>::new(), "{to}");
    }
}

#[test]
fn an_entry_of_the_menu_for_a_list_waits_until_there_is_something_to_list() {
    for to in ["tags/", "timeline.html", "/events/", "events.html"] {
        let built = build(&menu(to));
        assert_eq!((built.json.as_str(), built.page("index.html").contains("There")), ("", false), "{to}");
    }
}

#[test]
fn an_entry_of_the_menu_holds_in_either_layout() {
    let folders = menu("people.html").replace("pretty_urls = false", "pretty_urls = true");
    assert!(build(&folders).page("index.html").contains("<a href=\"./people/\">There</a>"));
    assert!(build(&menu("/people/")).page("index.html").contains("<a href=\"./people.html\">There</a>"));
}

#[test]
fn an_entry_of_the_menu_that_leads_nowhere_is_an_error_at_its_place() {
    for to in ["Ada Exampel", "[[nobody]]", "/peple.html", "events", ""] {
        assert_eq!(faults(&menu(to)), ["broken-reference casebook.toml:5:6"], "{to}");
    }
    let built = build_as(&menu("Ada Exampel"), &Request::default());
    assert!(built.json.contains("did you mean \\\"Ada Example\\\"?"), "{}", built.json);
}

#[test]
fn an_entry_of_the_menu_for_a_withheld_record_is_reported_once_and_names_nothing() {
    assert_eq!(faults(&menu("secret")), ["private-reference casebook.toml:5:6"]);
    assert!(!build_as(&menu("Hidden Person"), &Request::default()).json.contains("Hidden"));
}

#[test]
fn in_the_past_the_menu_may_lead_to_what_was_not_yet_known() {
    let request = Request { as_of: Some(Edtf::parse("2023-01-01").expect("a date")), ..Request::default() };
    let built = build_as(&menu("story"), &request);
    assert_eq!(built.json, "");
    assert!(!built.page("index.html").contains("There"));
    assert!(build(&menu("story")).page("index.html").contains("There"));
}

#[test]
fn a_list_as_type_says_nothing_and_a_draft_is_true_or_false() {
    for list in ["type:\n  - \"[[UI]]\"", "type: [person]", "type: []"] {
        assert!(
            faults(&format!("//- content/people/a.md\n---\n{list}\n---\nx\n"))
                .iter()
                .all(|fault| !fault.contains("invalid"))
        );
    }
    for value in ["no", "\"false\"", "maybe", "0"] {
        let found = faults(&format!("//- content/a.md\n---\ndraft: {value}\n---\nx\n"));
        assert!(found.iter().any(|fault| fault.starts_with("invalid-value")), "{value}: {found:?}");
    }
}

#[test]
fn a_template_that_is_not_there_is_an_error_where_it_is_asked_for() {
    let found = faults("//- content/a.md\n---\ntitle: A\ntemplate: persn.html\n---\nx\n//- content/b.md\nx\n");
    assert_eq!(
        found.iter().filter(|fault| fault.starts_with("template-error")).collect::<Vec<_>>(),
        ["template-error content/a.md:3:11"]
    );
}

#[test]
fn a_link_to_the_heading_that_is_the_title_leads_to_the_page() {
    let built = build(
        "//- casebook.toml\ntitle = \"A\"\npretty_urls = false\n//- content/two.md\n## First\n\nA [[#First]].\n\n## Second\n\nB\n\n## Text\n\nC\n\
         //- content/use.md\n[[two#First|one]] [[two#Second|two]]\n\n![[two#First]]\n",
    );
    let page = built.page("use.html");
    assert!(
        page.contains("href=\"./two.html\" data-kind=\"page\">one</a>") && page.contains("href=\"./two.html#second\" "),
        "{page}"
    );
    assert!(page.contains("<p>A <a") && !page.contains("<p>B</p>"), "{page}");
    let page = built.page("two.html");
    assert!(page.contains("A <a class=\"mention\" href=\"#\">"), "{page}");
    assert_eq!(page.matches("id=\"text\"").count(), 1, "{page}");
}

#[test]
fn a_path_is_read_from_the_record_then_from_the_vault_and_a_name_alone_is_any_notes() {
    let site = |text: &str| {
        format!(
            "//- casebook.toml\ntitle = \"A\"\npretty_urls = false\n//- content/people/ada.md\n+++\ntitle = \"Ada\"\n+++\n\
             //- content/people/eve.md\n+++\ntitle = \"Eve\"\nvisibility = \"private\"\n+++\n\
             //- content/log/art/note.txt\nx\n//- content/log/deep/day.md\n{text}\n"
        )
    };
    let links = "[a](../../people/ada.md) [b](people/ada.md) [c](/people/ada.md) [d](ada.md) [e](note.txt) [f](log/art/note.txt)";
    let page = build(&site(links)).page("log/deep/day.html");
    assert_eq!(page.matches("href=\"../../people/ada.html\" data-kind=\"person\"").count(), 4, "{page}");
    assert_eq!(page.matches("href=\"../../log/art/note.txt\"").count(), 2, "{page}");
    // What is withheld is found in the same ways: a label stands for it, and without one it is an error.
    for target in ["../../people/eve.md", "people/eve.md", "eve.md"] {
        let page = build(&site(&format!("Met [a friend]({target}) there."))).page("log/deep/day.html");
        assert!(page.contains("<p>Met a friend there.</p>") && !page.contains("eve"), "{target}: {page}");
    }
    assert_eq!(faults(&site("[x](nobody.md)")).iter().filter(|fault| fault.starts_with("broken-reference")).count(), 1);
}

//! Quotations held against their sources, through a whole site.

use casebook::pipeline::{Memo, Request};

use crate::site::{build, build_as, build_with, faults, without_cards};

const SOURCE: &str = "//- content/sources/courier/index.md\n+++\ntitle = \"The story\"\nkind = \"article-newspaper\"\n\n[capture]\nfile = \"story.txt\"\n+++\n\
     //- content/sources/courier/story.txt\nThe vote was late.\n\nThe member was never asked for advice, she said.\n";

fn site(body: &str) -> String {
    format!("{SOURCE}//- content/note.md\n{body}\n")
}

#[test]
fn a_quotation_that_stands_in_its_source_is_verified() {
    let built = build(&site("She was \"never asked for advice\" [@courier, para. 2]."));
    let page = built.page("note.html");
    assert!(page.contains("data-quote=\"verified\""), "{page}");
    assert!(page.contains("./sources/courier.html#q-1"), "{page}");
    assert!(built.page("sources/courier.html").contains("<mark class=\"passage\" id=\"q-1\">"));
}

#[test]
fn one_word_off_is_an_error_at_the_words() {
    let found = faults(&site("She was \"never asked for help\" [@courier, para. 2]."));
    assert_eq!(found, ["quote-not-found content/note.md:1:10"]);
}

#[test]
fn a_wrong_paragraph_is_a_warning_at_the_locator() {
    let found = faults(&site("She was \"never asked for advice\" [@courier, para. 1]."));
    assert_eq!(found, ["wrong-locator content/note.md:1:45"]);
}

#[test]
fn a_changed_capture_is_an_error_at_its_hash() {
    let text = site("x [[courier]]").replace("file = \"story.txt\"", "file = \"story.txt\"\nsha256 = \"00\"");
    assert_eq!(faults(&text), ["capture-changed content/sources/courier/index.md:7:10"]);
}

#[test]
fn four_words_without_a_citation_are_reported_and_three_are_not() {
    assert_eq!(faults(&site("He said \"one two three four\" to [[courier]].")), ["uncited-quote content/note.md:1:9"]);
    assert_eq!(faults(&site("He said \"one two three\" to [[courier]].")), Vec::<String>::new());
}

#[test]
fn dropping_what_was_kept_of_captures_changes_no_byte() {
    let memo = Memo::default();
    let body = "She was \"never asked for advice\" [@courier, para. 2] and \"The vote was late.\" [@courier].";
    let before = build(&site(body));
    let kept = build_with(&site(body), &Request::default(), &memo);
    let again = build_with(&site(body), &Request::default(), &memo);
    assert_eq!((kept.changed(&before), again.changed(&before)), (vec![], vec![]));
    assert_eq!(again.json, before.json);
    // What was kept of a capture is not taken for another one, nor for its former self.
    let other = site(body).replace("was never asked", "was never once asked");
    let fresh = build_as(&other, &Request::default());
    let kept = build_with(&other, &Request::default(), &memo);
    assert!(fresh.json.contains("quote-not-found"), "{}", fresh.json);
    assert_eq!((kept.changed(&fresh), kept.json), (vec![], fresh.json));
    assert_eq!(build_with(&site(body), &Request::default(), &memo).changed(&before), Vec::<String>::new());
}

#[test]
fn a_dossier_is_sourced_by_what_it_cites() {
    let site = "//- content/sources/gazette.md\n---\ntitle: Gazette\ncapture: { file: gazette.txt }\n---\n\
        //- content/sources/gazette.txt\nAlpha words stand here.\n\
        //- content/sources/other.md\n---\ntitle: Other\n---\n\
        //- content/dossiers/case/index.md\n\"Alpha words stand here\" [@gazette], see [@other].\n";
    let page = build(site).page("dossiers/case.html");
    for shown in ["<dd>2</dd>", "<dd>1/2</dd>", "<dd>1/1</dd>"] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
}

#[test]
fn what_the_keeper_of_a_clipping_remarked_is_none_of_its_text() {
    let clipping =
        "Alpha %%hidden%% words stand here.\n\n%%\nhidden\n%%\n\n> [!private]\n> hidden\n\nBeta words stand.\n";
    let site = format!(
        "//- content/sources/clip.md\n---\ntitle: Clip\ncapture: {{ file: clipping.md, publish: full }}\n---\n\
         //- content/sources/clipping.md\n{clipping}\
         //- content/people/ada.md\n\"Alpha words stand here. Beta words stand\" [@clip, lines 1-9].\n"
    );
    let built = build(&site);
    assert!(!built.json.contains("wrong-locator"), "{}", built.json);
    for (route, bytes) in &built.outputs {
        assert!(route.ends_with(".css") || !String::from_utf8_lossy(bytes).contains("hidden\n"), "{route}");
    }
    let page = built.page("sources/clip.html");
    assert!(page.contains("Beta words stand") && !page.contains("%%"), "{page}");
}

#[test]
fn a_prefix_that_begins_with_markup_is_well_formed_and_a_note_leads_to_its_source() {
    let site = "//- content/sources/one.md\n---\ntitle: One\nauthor: Ann One\nissued: 2001\n---\n\
        //- content/people/ada.md\nA [*see* @one p. **32**]. B [@one; **so** @one]. A note.^[It says so [@one].]\n";
    let page = build(site).page("people/ada.html");
    assert!(page.contains("<em>see</em> ") && page.contains("<strong>so</strong>"), "{page}");
    assert_eq!(page.matches("<em>").count(), page.matches("</em>").count());
    let note = page.split("It says so").nth(1).expect("the note is there");
    assert!(note[..note.len().min(400)].contains("sources/one.html"), "{note}");
}

#[test]
fn a_source_says_how_its_text_was_kept_and_where_it_is_cut() {
    let site = "//- content/sources/log.md\n+++\ntitle = \"The log\"\naccessed = \"2023-03-22\"\n[capture]\nfile = \"log.txt\"\n+++\n\
        //- content/sources/log.txt\nFirst line of it. The tide was out at noon. It rose again.\n\nNobody was there.\n\nThe end came late.\n\
        //- content/note.md\n> the tide was out at noon [@log]\n\nAnd “The tide was out at” that hour [@log].\n";
    let page = build(&site.replace("> the tide", "> The tide")).page("sources/log.html");
    assert!(page.contains("Kept as plain text, 22 March 2023."), "{page}");
    assert!(!page.contains("log.txt") && !page.contains("SHA-256"), "{page}");
    // Two passages begin at one word: both have a number, and the rest is said to be left out.
    assert!(page.contains("href=\"#on-q-1\">1</a><a class=\"passage-n\" href=\"#on-q-2\">2</a>"), "{page}");
    assert_eq!(page.matches("Text left out").count(), 1, "{page}");
    let hash = "0".repeat(64);
    let wrong = site.replace("file = \"log.txt\"", &format!("file = \"log.txt\"\nsha256 = \"{hash}\""));
    assert_eq!(faults(&wrong).iter().filter(|fault| fault.starts_with("capture-changed")).count(), 1);
}

#[test]
fn numbered_paragraphs_are_quoted_with_their_numbers_or_without() {
    let site = |file: &str, text: &str| {
        format!(
            "//- content/sources/report.md\n+++\ntitle = \"The report\"\n[capture]\nfile = \"{file}\"\n+++\n\
             //- content/sources/{file}\n{text}\n\
             //- content/note.md\n> 11. The board heard forty people.\n>\n> 12. The board finds that\n>     nobody knew.\n>\n> [@report]\n"
        )
    };
    let text = "10. It met.\n\n11. The board heard forty people.\n\n12. The board finds that nobody knew.";
    let html = "<ol start=10><li>It met.</li><li>The board heard forty people.</li><li>The board finds that nobody knew.</li></ol>";
    for (file, text) in [("report.txt", text), ("report.html", html)] {
        assert!(build(&site(file, text)).page("note.html").contains("data-source"), "{file}");
        let other = text.replace("forty people", "forty-one people");
        let found = faults(&site(file, &other));
        assert_eq!(found.iter().filter(|fault| fault.starts_with("quote-not-found")).count(), 1, "{file}: {found:?}");
    }
    let wrong = faults(&site("report.txt", &text.replace("12.", "13.")));
    assert!(wrong.iter().any(|fault| fault.starts_with("quote-not-found")), "{wrong:?}");
}

#[test]
fn evidence_cites_every_source_it_names_and_prints_every_word() {
    let site = |evidence: &str| {
        format!(
            "//- content/events/e.md\n+++\ntitle = \"The event\"\nwhen = \"2020\"\nevidence = [{evidence}]\n+++\n\
            //- content/sources/a/index.md\n+++\ntitle = \"Alpha\"\n[capture]\nfile = \"a.txt\"\n+++\n\
            //- content/sources/a/a.txt\none two three four\n\nfive six seven eight\n\
            //- content/sources/b.md\n+++\ntitle = \"Beta\"\n+++\nText.\n"
        )
    };
    for both in ["\"[@a; @b]\"", "\"a, para. 1; b, p. 3\"", "\"@a [para. 1]; @b\"", "\"a; b\"", "\"[[a]]; [[b]]\""] {
        let page = build(&site(both)).page("events/e.html");
        let line = page.split("class=\"evidence\"").nth(1).and_then(|rest| rest.split("</ul>").next());
        let line = line.unwrap_or(&page);
        assert!(line.contains(">Alpha") && line.contains(">Beta"), "{both}: {line}");
    }
    let page =
        build(&site("\"a, exhibit 7\", \"[see @a, vol. 2, p. 4]\", \"b, {Exhibit 9} there\"")).page("events/e.html");
    let page = without_cards(&page);
    for words in [">Alpha</a>, exhibit 7", "see <a", ">Alpha, vol. 2</a>, p. 4", ">Beta, Exhibit 9</a> there"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

#[test]
fn a_locator_in_brackets_is_held_in_a_field_too() {
    let found = |cite: &str| {
        let mut found = faults(&format!(
            "//- content/events/e.md\n+++\ntitle = \"E\"\nwhen = \"2020\"\n\
            evidence = [{{ cite = \"{cite}\", quote = \"five six seven\" }}]\n+++\n\
            //- content/sources/a/index.md\n+++\ntitle = \"A\"\n[capture]\nfile = \"a.txt\"\n+++\n\
            //- content/sources/a/a.txt\none two three four\n\nfive six seven eight\n\
            //- content/sources/b/index.md\n+++\ntitle = \"B\"\n[capture]\nfile = \"b.txt\"\n+++\n[[a]]\n\
            //- content/sources/b/b.txt\nnothing of the kind\n"
        ));
        found.retain(|fault| !fault.starts_with("orphan-record"));
        found
    };
    assert_eq!(found("@a [para. 2]"), Vec::<String>::new());
    assert_eq!(found("@a [para. 1]"), ["wrong-locator content/events/e.md:4:27"]);
    // With several sources it must stand in one of them, and in each that has a locator.
    assert_eq!(found("b; a, para. 2"), Vec::<String>::new());
    assert_eq!(found("b, para. 1; a"), ["quote-not-found content/events/e.md:4:48"]);
    assert_eq!(found("a; nosuch"), ["broken-reference content/events/e.md:4:26"]);
}

#[test]
fn a_quotation_without_words_is_shown_where_it_stands() {
    assert_eq!(faults(&site("Text.\n\nSo “” [@courier].\n\nMore.")), ["quote-not-found content/note.md:3:4"]);
    assert_eq!(faults(&site("Text.\n\n> [@courier]\n\nMore.")), ["quote-not-found content/note.md:3:1"]);
}

#[test]
fn a_picture_in_a_block_quote_is_no_quotation_and_code_is_one() {
    let text = site("> ![[plan.csv|The plan]]\n> — [@courier]\n");
    let found = faults(&format!("{text}//- content/plan.csv\na,b\n"));
    assert_eq!(found.iter().filter(|fault| fault.starts_with("quote")).count(), 0, "{found:?}");
    assert_eq!(faults(&site("> ```\n> The vote was late.\n> ```\n> [@courier]")), Vec::<String>::new());
    assert_eq!(
        faults(&site("> ```\n> The vote was early.\n> ```\n> [@courier]")),
        ["quote-not-found content/note.md:2:3"]
    );
}

#[test]
fn what_a_further_key_with_a_prefix_names_is_not_held() {
    let other = "//- content/sources/other.md\nText of [[courier]].\n";
    let found = |cite: &str| faults(&format!("{}{other}", site(&format!("“The vote was late.” {cite}"))));
    assert_eq!(found("[@courier; see @other, p. 3]"), Vec::<String>::new());
    assert_eq!(found("[@courier; @other, p. 3]"), ["quote-unverified content/note.md:1:2"]);
}

//! The past: what leads to records that are not yet known stands as text, and nobody else gets their names.

use casebook::model::date::Edtf;
use casebook::pipeline::Request;

use crate::site::{Built, build, build_as};

/// Builds a site as it was known on a day.
#[track_caller]
fn past(site: &str, day: &str) -> Built {
    let request = Request { as_of: Some(Edtf::parse(day).expect("a date")), ..Request::default() };
    let built = build_as(site, &request);
    assert!(!built.json.contains("\"severity\":\"error\""), "{}", built.json);
    built
}

/// A claim, a source and an event that become known in 2022, and somebody who goes by their names too.
const SITE: &str = "//- content/people/bob.md\n---\ntitle: Bob Tern\naliases: [Statement, fraud]\n---\nHe sails.\n\
    //- content/sources/statement.md\n---\ntitle: Statement\nissued: 2022-05-01\nurl: https://example.org/\n---\n\
    //- content/claims/fraud.md\n---\ntitle: Bob sank it\nabout: bob\nassessments: [{ on: 2022-06-01, status: refuted, by: Statement, evidence: statement }]\nresponses: [{ on: 2022-06-01, by: bob, kind: denial }]\n---\n";

#[test]
fn a_link_to_what_is_not_yet_known_is_its_label() {
    let links = [
        "[the claim](../claims/fraud.md)",
        "[the claim](/claims/fraud.md)",
        "[the claim](../claims/fraud.html)",
        "[the claim](../claims/fraud.md#part)",
        "[[fraud|the claim]]",
        "[[claims/fraud|the claim]]",
    ];
    for link in links {
        let site = format!("{SITE}//- content/people/ada.md\nAda knows {link} well.\n");
        assert!(
            past(&site, "2021-01-01").page("people/ada.html").contains("<p>Ada knows the claim well.</p>"),
            "{link}"
        );
        assert!(build(&site).page("people/ada.html").contains("data-claim=\"fraud\""), "{link}");
    }
}

#[test]
fn nobody_gets_the_name_of_what_is_not_yet_known() {
    let site = format!("{SITE}//- content/people/ada.md\nBy [[Statement]], of [[fraud]].\n");
    let page = past(&site, "2021-01-01").page("people/ada.html");
    assert!(page.contains("<p>By Statement, of Bob sank it (not yet claimed on this day).</p>"), "{page}");
    // What it was called by stays his where nobody else has it.
    let site = SITE.replace("aliases: [Statement, fraud]", "aliases: [Skipper]");
    let site = format!("{site}//- content/people/ada.md\nBy [[Skipper]].\n");
    assert!(
        past(&site, "2021-01-01").page("people/ada.html").contains("href=\"bob.html\"")
            || past(&site, "2021-01-01").page("people/ada.html").contains("people/bob.html")
    );
    let site = format!(
        "{SITE}//- content/claims/other.md\n---\ntitle: Other\nabout: bob\nassessments: [{{ on: 2020-01-01, status: alleged, by: Statement }}]\nresponse-sought: 2020-01-01\n---\n"
    );
    let page = past(&site, "2021-01-01").page("claims/other.html");
    assert!(!page.contains("according to Bob Tern") && !page.contains("1 person"), "{page}");
}

#[test]
fn a_citation_of_what_is_not_yet_known_is_not_printed() {
    let site = format!(
        "{SITE}//- content/people/ada.md\nAda says so [@statement, p. 3]. So does @statement [p. 4]; [-@statement]\n"
    );
    let page = past(&site, "2021-01-01").page("people/ada.html");
    assert!(page.contains("<p>Ada says so. So does Statement;</p>"), "{page}");
    assert!(build(&site).page("people/ada.html").contains("doc-noteref"));
}

#[test]
fn a_list_with_nothing_to_list_is_not_linked() {
    let site = format!("{SITE}//- content/people/ada.md\nSee [the ledger](../claims.html).\n");
    assert!(past(&site, "2021-01-01").page("people/ada.html").contains("<p>See the ledger.</p>"));
    assert!(build(&site).page("people/ada.html").contains("claims.html\">the ledger</a>"));
    let site = site.replace("claims.html", "claims.html#standing-refuted");
    assert!(build(&site).page("people/ada.html").contains("claims.html#standing-refuted\">the ledger</a>"));
}

#[test]
fn a_claim_carries_its_standing_wherever_a_text_is_made_plain() {
    let long = "word ".repeat(60);
    let site = format!(
        "{SITE}//- content/people/ada.md\n---\nsummary: \"Accused in [[fraud|a matter at sea]].\"\n---\nShe met [[bob]], said in [[fraud|her matter]] to be there.\n\
         //- content/people/bea.md\n{long}[[fraud]] and [[bob]] {long}.\n//- content/people/cid.md\nKnows [[fraud|{long}]] well.\n"
    );
    let built = build(&site);
    let standing = "(refuted · denied)";
    let list = built.page("people.html");
    assert!(list.contains(&format!("Accused in a matter at sea {standing}.")), "{list}");
    let ada = built.page("people/ada.html");
    assert!(ada.contains(&format!("content=\"Accused in a matter at sea {standing}.\"")), "{ada}");
    assert!(built.page("people/bob.html").contains(&format!("her matter {standing} to be there")));
    for (route, bytes) in &built.outputs {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("Bob sank it…"), "{route} tears a claim from its standing: {text}");
    }
    assert!(!list.contains("Bob sank it…") && list.contains("word…"));
}

/// A claim of 2020, and what 2025 added to it: an assessment, an answer, a correction, and what these rest on.
const LEDGER: &str = "//- content/people/pia.md\n---\ntitle: Pia\n---\n\
    //- content/people/quin.md\n---\ntitle: Quin\nrelations: [{ type: advises, to: pia, claim: late, evidence: 'book, para. 3' }]\n---\n\
    //- content/sources/book/index.md\n---\ntitle: The book\nissued: 2000\ncapture: { file: book.txt }\n---\n\
    //- content/sources/book/book.txt\nFirst words stand here. More.\n\nThe ledger was forged. Tail.\n\nThe third thing was said. End.\n\
    //- content/claims/late.md\n---\ntitle: Later claim\nabout: pia\nassessments: [{ on: 2024, status: alleged, by: quin, evidence: book }]\nresponse-sought: 2024\n---\n\
    //- content/claims/c.md\n---\ntitle: The claim\nabout: pia\nresponse-sought: 2019\nassessments:\n\
    \x20 - { on: 2020, status: alleged, by: someone, evidence: 'book, para. 1' }\n";

#[test]
fn what_later_days_added_to_a_record_leaves_no_trace() {
    let added = "\x20 - { on: 2025, status: refuted, by: quin, note: 'He held “The third thing was said” [@book].', evidence: { cite: 'book, para. 2', quote: The ledger was forged } }\n\
        responses:\n\x20 - { on: 2025, by: pia, kind: denial, evidence: 'book, para. 2' }\n\
        corrections:\n\x20 - { on: 2025, text: 'We wrote that [[quin]] had ruled.' }\n";
    let relation = "relations: [{ type: advises, to: pia, claim: late, evidence: 'book, para. 3' }]\n";
    let (with, without) = (format!("{LEDGER}{added}---\n"), format!("{LEDGER}---\n").replace(relation, ""));
    let (with, without) = (past(&with, "2021-01-01"), past(&without, "2021-01-01"));
    assert_eq!(with.changed(&without), Vec::<String>::new());
    let today = build(&format!("{LEDGER}{added}---\n"));
    for (route, words) in
        [("sources/book.html", "forged"), ("people/quin.html", "had ruled"), ("people/pia.html", "advises")]
    {
        assert!(today.page(route).contains(words), "{route}: {}", today.page(route));
    }
}

//! Claims through a whole site: wherever one is named, it says how it stands and whether it is denied.

use crate::site::{build, build_as, faults, without_cards};
use casebook::model::date::Edtf;
use casebook::pipeline::Request;

const SITE: &str = "//- casebook.toml\ntitle = \"A site\"\nbase_url = \"https://a.example/\"\npretty_urls = false\n\
    //- content/people/ada.md\n+++\ntitle = \"Ada Example\"\n+++\n\
    //- content/claims/advice.md\n---\ntitle: Ada advised delay\nabout: [ada]\nassessments: [{ on: 2023-03-22, status: alleged }]\n\
    responses: [{ on: 2023-03-23, by: ada, kind: denial }]\n---\n\
    //- content/claims/other.md\n---\ntitle: Ada knew\nabout: [ada]\nassessments: [{ on: 2023-03-22, status: alleged }]\n\
    responses: [{ on: 2023-03-23, by: ada, kind: no-comment }]\n---\n\
    //- content/dossiers/delay.md\n+++\ntitle = \"The delay\"\npublished = \"2023-04-01\"\n+++\n\
    The paper printed [[advice]], then [[other]], then [[advice|what it had heard]].\n";

const SAID: &str = "The paper printed Ada advised delay (alleged · denied), then Ada knew (alleged), then what it had heard (alleged · denied).";

#[test]
fn a_claim_says_how_it_stands_where_there_is_no_markup() {
    let built = build(SITE);
    let page = built.page("dossiers/delay.html");
    assert!(page.contains(&format!("<meta name=\"description\" content=\"{SAID}\">")), "{page}");
    for route in ["atom.xml", "feed.json"] {
        let feed = built.page(route);
        assert!(feed.contains(SAID), "{route}: {feed}");
    }
    let claim = built.page("claims/advice.html");
    assert!(claim.contains("printed <b>Ada advised delay (alleged · denied)</b>, then"), "{claim}");
}

/// A claim about Ada and Bea; what was answered follows.
const BOTH: &str = "//- content/people/ada.md\n+++\ntitle = \"Ada\"\n+++\nOf [[both]].\n\
    //- content/people/bea.md\n+++\ntitle = \"Bea\"\n+++\n\
    //- content/people/cy.md\n+++\ntitle = \"Cy\"\n+++\n\
    //- content/claims/both.md\n---\ntitle: They met\nabout: [ada, bea]\nassessments: [{ on: 2021, status: alleged }]\n";

/// Returns the claims of a person's page, with what was answered, as plain words.
#[track_caller]
fn answers(page: &str) -> String {
    let from = page.find("They met</a>").expect("the claim is on the page");
    let line = page[from..].split("claim-line\">").nth(1).expect("it has a line").split("</span></span></span>").next();
    let mut out = String::new();
    let mut is_tag = false;
    for letter in line.expect("a line").chars() {
        match letter {
            '<' => is_tag = true,
            '>' => is_tag = false,
            letter if !is_tag => out.push(letter),
            _ => {}
        }
    }
    out
}

#[test]
fn on_a_persons_page_stands_what_they_answered_themselves() {
    let check = |responses: &str, ada: &str, bea: &str, anywhere: &str| {
        let built = build(&format!("{BOTH}responses: [{responses}]\n---\n"));
        assert_eq!(answers(&built.page("people/ada.html")), ada, "{responses}");
        assert_eq!(answers(&built.page("people/bea.html")), bea, "{responses}");
        let prose = built.page("claims.html");
        assert!(prose.contains(anywhere), "{responses}: {prose}");
    };
    check(
        "{ on: 2022, by: bea, kind: admission }",
        "alleged No response of Ada is on record. Admitted by Bea, 2022.",
        "alleged · admitted Admitted by Bea, 2022.",
        "<td role=\"cell\">Admitted by Bea, 2022.</td>",
    );
    check(
        "{ on: 2022, by: ada, kind: no-comment }, { on: 2023, by: bea, kind: denial }",
        "alleged · no comment No comment from Ada, 2022. Denied by Bea, 2023.",
        "alleged · denied Denied by Bea, 2023.",
        "Denied by Bea, 2023.",
    );
    check(
        "{ on: 2022, by: Her lawyer, kind: denial }",
        "alleged · denied Denied by Her lawyer, 2022.",
        "alleged · denied Denied by Her lawyer, 2022.",
        "Denied by Her lawyer, 2022.",
    );
}

#[test]
fn an_admission_takes_the_place_of_a_denial_and_nothing_less_does() {
    let check = |responses: &str, said: &str, title: &str| {
        let site = BOTH.replace("[ada, bea]", "[ada]");
        let built = build(&format!("{site}responses: [{responses}]\n---\n"));
        let (person, claim) = (built.page("people/ada.html"), built.page("claims/both.html"));
        assert!(person.contains(&format!("claim-response\">{said}</span>")), "{responses}: {person}");
        assert!(claim.contains(&format!("<title>They met ({title}) · ")), "{responses}: {claim}");
        assert!(claim.contains(&format!(". {said}\">")), "{responses}: the description of {claim}");
    };
    let (no, yes) = ("{ on: 2022, by: ada, kind: denial }", "{ on: 2023, by: ada, kind: admission }");
    check(no, "Denied by Ada, 2022.", "alleged · denied");
    check(&format!("{no}, {yes}"), "Admitted by Ada, 2023.", "alleged · admitted");
    check(&format!("{yes}, {no}"), "Admitted by Ada, 2023.", "alleged · admitted");
    let later = format!("{no}, {{ on: 2024, by: ada, kind: no-comment }}");
    check(&later, "Denied by Ada, 2022.", "alleged · denied");
    check(&format!("{yes}, {{ on: 2024, by: cy, kind: denial }}"), "Admitted by Ada, 2023.", "alleged · admitted");
    check("{ on: 2024, by: cy, kind: denial }", "Denied by Cy, 2024.", "alleged · denied");
    check("", "No response is on record.", "alleged");
}

#[test]
fn a_claim_in_the_menu_has_its_standing_and_an_entry_without_a_title_a_name() {
    let menu = "//- casebook.toml\ntitle = \"A site\"\n[[menu]]\nto = \"both\"\n[[menu]]\nto = \"[[both|The meeting]]\"\n\
        [[menu]]\nto = \"/claims/both.html\"\ntitle = \"It\"\n[[menu]]\nto = \"ada\"\n[[menu]]\nto = \"people.html\"\n";
    let built = build(&format!("{menu}{BOTH}responses: [{{ on: 2022, by: bea, kind: denial }}]\n---\n"));
    let page = built.page("people/cy.html");
    for entry in
        ["They met (alleged · denied)", "The meeting (alleged · denied)", "It (alleged · denied)", "Ada", "People"]
    {
        assert!(page.contains(&format!("\">{entry}</a></li>")), "{entry}: {page}");
    }
}

#[test]
fn what_nobody_has_claimed_yet_is_not_stated() {
    let site = format!(
        "{BOTH}---\n//- content/notes/n.md\n---\ntitle: N\nsummary: He of [[both]].\n---\n\
         See [[both]] and [[both|a meeting]].\n\n![[both]]\n\
         //- content/people/di.md\n---\ntitle: Di\nrelations: [{{ type: spoke-with, to: ada, claim: both }}]\n---\n"
    );
    let as_of = Some(Edtf::parse("2020-06-01").expect("a date"));
    let built = build_as(&site, &Request { as_of, ..Request::default() });
    let (page, later) = (built.page("notes/n.html"), "They met (not yet claimed on this day)");
    assert!(page.contains(&format!("<p>See {later} and a meeting.</p>")), "{page}");
    assert!(page.contains(&format!("content=\"He of {later}.\"")), "{page}");
    assert!(page.contains(&format!("<p>{later}</p>")), "{page}");
    assert!(!built.page("people/di.html").contains("spoke with"), "its claim is not yet made");
    assert!(build(&site).page("people/di.html").contains("spoke with"));
}

#[test]
fn a_relation_is_turned_round_on_the_other_page() {
    let check = |kind: &str, own: &str, other: &str| {
        let built = build(&format!(
            "//- content/people/ada.md\n---\ntitle: Ada\nrelations: [{{ type: {kind}, to: bea }}]\n---\n\
             //- content/people/bea.md\n---\ntitle: Bea\n---\n"
        ));
        let line = |own: &str, name: &str, behind: &str| {
            let link = format!("<a href=\"../people/{}.html\">{name}</a>{behind}</span>", name.to_lowercase());
            format!("<span class=\"rel\">{own}</span> <span class=\"what\">{link}")
        };
        let (ada, bea) = (built.page("people/ada.html"), built.page("people/bea.html"));
        assert!(ada.contains(&line(own, "Bea", "")), "{kind}: {ada}");
        let expected = if other.is_empty() { line("", "Ada", &format!(" {kind} Bea")) } else { line(other, "Ada", "") };
        assert!(bea.contains(&expected), "{kind}: {bea}");
    };
    check("owns", "owns", "owned by");
    check("employed-by", "employed by", "employs");
    check("associate-of", "associate of", "associate of");
    check("advises", "Advises", "");
}

#[test]
fn what_is_given_for_a_claim_is_one() {
    let site = format!(
        "{BOTH}---\n//- content/people/di.md\n---\ntitle: Di\n\
         relations: [{{ type: owns, to: ada, claim: bea }}, {{ type: owns, to: ada, claim: both }}]\n---\n"
    );
    assert_eq!(
        faults(&site).into_iter().filter(|fault| fault.starts_with("invalid-value")).collect::<Vec<_>>(),
        ["invalid-value content/people/di.md:3:43"]
    );
}

#[test]
fn a_paper_that_says_so_is_no_person_and_the_site_is_itself_in_any_letter_case() {
    let site = format!(
        "{BOTH}---\n//- content/sources/s.md\n---\ntitle: S\npublisher: Northern Wire\n---\n\
         //- content/claims/other.md\n---\ntitle: Other\nabout: ada\nassessments:\n\
         - {{ on: 2021, status: alleged, by: Northern Wire, evidence: s }}\n\
         - {{ on: 2022, status: refuted, by: Site, evidence: s }}\n---\n"
    );
    let built = build(&site);
    let page = built.page("claims/other.html");
    assert!(page.contains("according to this site (1 outlet, 1 document)."), "{page}");
    assert!(!page.contains("1 person") && page.contains("ClaimReview"), "{page}");
    assert!(page.contains("\"author\":{\"@type\":\"Organization\",\"name\":\"Northern Wire\"}"), "{page}");
}

#[test]
fn a_part_of_a_claim_is_shown_with_its_standing_and_response() {
    let site = BOTH.replace("Of [[both]].", "![[both#Part]]");
    let page = build(&format!("{site}---\n\n## Part\n\nWords.\n")).page("people/ada.html");
    let from = "data-claim=\"both\" data-standing=\"alleged\">They met</a>";
    let line = page.split("embed-from\">").nth(1).expect("a part is shown");
    assert!(line.contains(from) && line.contains("claim-response\">No response is on record.</span>"), "{page}");
}

#[test]
fn what_assessments_rest_on_stands_once_under_the_side_it_speaks_for() {
    let page = build(
        "//- content/claims/c.md\n---\ntitle: It went down\nabout: [ada]\nassessments:\n\
        \x20 - { on: 2021, status: alleged, evidence: 'log, p. 1' }\n\
        \x20 - { on: 2022, status: reported, evidence: 'log, p. 1' }\n\
        \x20 - { on: 2023, status: sub-judice, evidence: 'log, p. 2' }\n\
        \x20 - { on: 2024, status: refuted, evidence: 'log, p. 3' }\n---\n\
        //- content/people/ada.md\n+++\ntitle = \"Ada\"\n+++\n\
        //- content/sources/log.md\n---\ntitle: The log\ncsl: { type: report }\n---\n",
    )
    .page("claims/c.html");
    let page = without_cards(&page);
    let sides = page.split("class=\"sides\"").nth(1).expect("the sides are shown");
    let (supports, against) = sides.split_once("side-against").expect("there are two");
    let (against, context) = against.split_once("<h3>Limits and context").expect("and what is neither");
    for (side, locator) in [(supports, "p. 1"), (against, "p. 3"), (context, "p. 2")] {
        for other in ["p. 1", "p. 2", "p. 3"] {
            let count = side.split("</section>").next().map_or(0, |side| side.matches(other).count());
            assert_eq!(count, usize::from(other == locator), "{locator}: {side}");
        }
    }
}

//! Claims through a whole site: wherever one is named, it says how it stands and whether it is denied.

use crate::site::build;

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

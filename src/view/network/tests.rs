//! Who is tied to whom, in the table and in the drawing.

use crate::view::fixture::{each, edition, edition_as_of, view};

const SITE: &str = r#"
//- people/ada.md
---
title: Ada
roles: [{ title: Clerk, organisation: office, when: 2019/2021 }]
relations:
  - { type: spoke-with, to: bea, claim: talk }
  - { type: family-of, to: cy, status: disputed }
---
//- people/bea.md
---
title: Bea
---
//- people/cy.md
---
title: Cy
---
//- organisations/office.md
---
title: Office
parent: state
---
//- organisations/state.md
---
title: State
---
//- claims/talk.md
---
title: Ada spoke with Bea
about: ada
assessments: [{ on: 2023-02-01, status: alleged }]
responses: [{ on: 2023-02-02, by: ada, kind: denial }]
---
//- events/one.md
---
title: One
when: 2021
participants: [bea, cy, bea, nobody]
---
//- events/two.md
---
title: Two
when: 2022
participants: [cy, bea]
---
//- events/off.md
---
title: Off
when: 2023
status: cancelled
participants: [ada, state]
---
"#;

fn rows(page: &serde_json::Value) -> Vec<String> {
    let text =
        |row: &serde_json::Value, at: &str| row.pointer(at).and_then(|text| text.as_str()).unwrap_or("-").to_owned();
    let row = |row: &serde_json::Value| {
        let events = each(&row["events"], "/id").join("+");
        format!(
            "{} {} {} [{}] {events}",
            text(row, "/from/id"),
            text(row, "/label"),
            text(row, "/to/id"),
            text(row, "/status")
        )
    };
    page["rows"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn the_table_says_what_ties_whom_and_how_far_it_is_established() {
    let page = view(&edition(SITE), "network.html");
    assert_eq!(
        rows(&page),
        [
            "ada spoke with bea [<a href=\"./claims/talk.html\" data-claim=\"talk\" data-standing=\"alleged\">alleged · denied</a> <span class=\"claim-response\">Denied by Ada, 2 February 2023.</span>] ",
            "ada family of cy [disputed] ",
            "ada Clerk office [] ",
            "bea took part together cy [] one+two",
            "office Part of state [] ",
        ]
    );
    assert_eq!((page["nodes"].as_u64(), page["shown"].as_u64()), (Some(5), Some(5)));
}

#[test]
fn a_tie_whose_claim_is_not_yet_known_is_left_out() {
    let page = view(&edition_as_of(SITE, Some("2023-01-01")), "network.html");
    assert!(!rows(&page).iter().any(|row| row.contains("spoke with")), "{:?}", rows(&page));
}

#[test]
fn lines_say_how_far_a_tie_is_established() {
    let page = view(&edition(SITE), "network.html");
    let svg = page["svg"].as_str().unwrap();
    let count = |class: &str| svg.matches(&format!("class=\"edge edge-{class}\"")).count();
    assert_eq!((count("occurred"), count("alleged"), count("disputed"), count("event")), (2, 1, 1, 1));
    assert!(svg.contains("<a href=\"./people/ada.html\"><circle class=\"node node-person\""), "{svg}");
}

#[test]
fn a_site_without_ties_has_no_network() {
    assert!(!edition("//- people/ada.md\n# Ada\n").pages.routes.contains_key("network.html"));
}

#[test]
fn a_crowd_ties_nobody() {
    let mut site = String::new();
    for n in 0..300 {
        site.push_str(&format!("//- people/p{n}.md\n# P{n}\n"));
    }
    let who: Vec<String> = (0..300).map(|n| format!("p{n}")).collect();
    site.push_str(&format!("//- events/e.md\n---\ntitle: E\nwhen: 2021\nparticipants: [{}]\n---\n", who.join(", ")));
    assert!(!edition(&site).pages.routes.contains_key("network.html"));
}

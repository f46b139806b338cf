//! What machines are told, page by page.

use expect_test::{Expect, expect};

use crate::view::fixture::{CLAIMS, edition, view};

fn check(site: &str, route: &str, expected: Expect) {
    let page = view(&edition(site), route);
    let script = page["jsonld"].as_str().unwrap();
    let json =
        script.strip_prefix("<script type=\"application/ld+json\">").and_then(|json| json.strip_suffix("</script>"));
    assert!(!json.unwrap().contains('<'), "{script}");
    let json: serde_json::Value = serde_json::from_str(json.unwrap()).unwrap();
    expected.assert_eq(&serde_json::to_string_pretty(&json).unwrap());
}

#[test]
fn a_claim_is_no_fact_and_the_sites_own_finding_is_a_review() {
    check(
        CLAIMS,
        "claims/advice.html",
        expect![[r#"
        {
          "@context": "https://schema.org",
          "@graph": [
            {
              "@type": "Claim",
              "about": {
                "@type": "Person",
                "name": "Ada Example"
              },
              "author": {
                "@type": "Person",
                "name": "a security official"
              },
              "creativeWorkStatus": "refuted",
              "description": "refuted. Denied by Ada Example, 23 March 2023.",
              "firstAppearance": {
                "@type": "NewsArticle",
                "author": {
                  "@type": "Person",
                  "name": "Carl Writer"
                },
                "datePublished": "2023-03-22",
                "headline": "The story",
                "name": "The story",
                "publisher": {
                  "@type": "Organization",
                  "name": "The Courier"
                },
                "url": "https://courier.example/story"
              },
              "text": "Ada advised <delay>"
            },
            {
              "@type": "ClaimReview",
              "author": {
                "@type": "Organization"
              },
              "claimReviewed": "Ada advised <delay>",
              "datePublished": "2023-05-16",
              "reviewRating": {
                "@type": "Rating",
                "alternateName": "refuted"
              }
            }
          ]
        }"#]],
    );
}

#[test]
fn a_claim_without_a_finding_of_the_site_has_no_review() {
    check(
        CLAIMS,
        "claims/other.html",
        expect![[r#"
        {
          "@context": "https://schema.org",
          "@type": "Claim",
          "about": [
            {
              "@type": "Person",
              "name": "Bea Example"
            },
            {
              "@type": "Person",
              "name": "Ada Example"
            }
          ],
          "creativeWorkStatus": "alleged",
          "description": "alleged. A response was sought: 30 March 2023.",
          "text": "Bea knew"
        }"#]],
    );
}

#[test]
fn a_source_is_an_article_that_stands_elsewhere() {
    check(
        &format!("base_url = \"https://case.example\"\n{CLAIMS}"),
        "sources/story.html",
        expect![[r#"
        {
          "@context": "https://schema.org",
          "@type": "NewsArticle",
          "author": {
            "@type": "Person",
            "name": "Carl Writer"
          },
          "datePublished": "2023-03-22",
          "headline": "The story",
          "mainEntityOfPage": "https://case.example/sources/story.html",
          "name": "The story",
          "publisher": {
            "@type": "Organization",
            "name": "The Courier"
          },
          "url": "https://courier.example/story"
        }"#]],
    );
}

#[test]
fn an_event_that_is_alleged_says_so() {
    let site = "//- events/e.md\n---\ntitle: Call\nwhen: 2020-11/2020-12\nstatus: alleged\n---\n";
    check(
        site,
        "events/e.html",
        expect![[r#"
        {
          "@context": "https://schema.org",
          "@type": "Event",
          "disambiguatingDescription": "alleged",
          "endDate": "2020-12",
          "name": "Call",
          "startDate": "2020-11"
        }"#]],
    );
}

#[test]
fn a_list_is_part_of_the_site() {
    check(
        "title = \"Case\"\n//- people/ada.md\n# Ada\n",
        "people.html",
        expect![[r#"
        {
          "@context": "https://schema.org",
          "@type": "CollectionPage",
          "inLanguage": "en",
          "isPartOf": {
            "@type": "WebSite",
            "name": "Case"
          },
          "name": "People"
        }"#]],
    );
}

//! Citations by styles that print in the line: a page's citations and its list of sources fit together.

use crate::site::build;

const SOURCES: &str = "//- content/sources/accounts.md\n+++\ntitle = \"The harbour accounts\"\nkind = \"article-newspaper\"\n\
    author = [\"Jane Roe\"]\nissued = \"2001-03-02\"\n+++\n\
    //- content/sources/look.md\n+++\ntitle = \"Another look\"\nkind = \"article-newspaper\"\nauthor = [\"Jane Roe\"]\n\
    issued = \"2001-05-02\"\n+++\n\
    //- content/sources/bridges.md\n+++\ntitle = \"Bridges\"\nkind = \"book\"\nauthor = [\"Tom Abel\"]\nissued = \"1999\"\n+++\n";

/// Builds a page under a style and returns it.
fn page(style: &str, body: &str) -> String {
    let config =
        format!("//- casebook.toml\ntitle = \"A site\"\npretty_urls = false\n[citations]\nstyle = \"{style}\"\n");
    build(&format!("{config}{SOURCES}//- content/note.md\n+++\ntitle = \"Note\"\n+++\n{body}\n")).page("note.html")
}

/// Returns the ids of a page's list of sources, in its order.
fn listed(page: &str) -> Vec<&str> {
    page.split("<li id=\"src-").skip(1).filter_map(|entry| entry.split('"').next()).collect()
}

#[test]
fn works_of_one_author_and_year_are_told_apart_on_a_page_and_in_its_list() {
    let page = page("apa", "One [@accounts], two [@look], three [@bridges, p. 3].");
    for said in ["(Roe, 2001a)", "(Roe, 2001b)", "Roe, J. (2001a, March 2)", "Roe, J. (2001b, May 2)"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(listed(&page), ["bridges", "accounts", "look"]);
}

#[test]
fn a_work_alone_on_its_page_has_no_letter() {
    let page = page("apa", "One [@accounts], two [@bridges].");
    assert!(page.contains("(Roe, 2001)") && page.contains("Roe, J. (2001, March 2)"), "{page}");
}

#[test]
fn a_list_leads_back_to_each_citation_in_the_line() {
    let page = page("apa", "One [@accounts], two [@bridges]. And[^1] three [@accounts].\n\n[^1]: See @accounts.");
    let entry =
        page.split("<li id=\"src-accounts\"").nth(1).and_then(|rest| rest.split("</li>").next()).expect("an entry");
    let ids: Vec<&str> = entry.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert_eq!(ids, ["cite-1", "cite-3", "cite-4"]);
    for id in ids {
        assert_eq!(page.matches(&format!(" id=\"{id}\"")).count(), 1, "{id}");
    }
    assert!(entry.contains("In the text"), "{entry}");
}

#[test]
fn notes_name_an_author_once_and_lists_are_sorted() {
    let page = page("chicago-notes", "One [see @accounts]. Two.[^1]\n\n[^1]: As @bridges [p. 2] says.");
    assert!(page.contains("See Jane Roe"), "{page}");
    assert_eq!(page.matches("Tom Abel").count(), 1, "{page}");
    assert_eq!(listed(&page), ["bridges", "accounts"]);
}

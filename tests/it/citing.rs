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

/// A source whose text is stored, and a page that quotes it, under a style.
fn quoting(style: &str, publish: &str, body: &str) -> String {
    build(&format!(
        "//- casebook.toml\ntitle = \"A site\"\n[citations]\nstyle = \"{style}\"\n\
        //- content/sources/log/index.md\n+++\ntitle = \"The log\"\nauthor = [\"Jane Roe\"]\nissued = \"2001\"\n\
        [capture]\nfile = \"log.txt\"\npublish = \"{publish}\"\n+++\n\
        //- content/sources/log/log.txt\nThe sun rose. The boat left the harbour at noon. Nobody saw it.\n\
        //- content/sources/tale.md\n+++\ntitle = \"The tale\"\nauthor = [\"Tom Abel\"]\nissued = \"1999\"\n+++\n\
        //- content/note.md\n+++\ntitle = \"Note\"\n+++\n{body}\n"
    ))
    .page("note.html")
}

/// Returns the first citation of a page that stands in the line, with its card.
fn cited(page: &str) -> &str {
    let start = page.find("<a class=\"cite cite-inline\"").expect("a citation in the line");
    let end = page[start..].find("</template>").expect("a card") + start;
    &page[start..end]
}

#[test]
fn a_citation_in_the_line_leads_to_its_passage_and_has_a_card() {
    let quote = "It says \"the boat left the harbour\" [@tale; @log, para. 1].";
    let page = quoting("apa", "excerpts", &quote.replace("the boat", "The boat"));
    let cited = cited(&page);
    assert!(cited.starts_with("<a class=\"cite cite-inline\" href=\"./sources/log.html#q-1\""), "{cited}");
    for said in [
        "<span class=\"card-locator\">para. 1</span>",
        "Abel, T.",
        "Roe, J.",
        "class=\"note-check\"",
        "The sun rose. <mark>The boat left the harbour</mark> at noon. Nobody saw it.",
    ] {
        assert!(cited.contains(said), "{said}: {cited}");
    }
}

#[test]
fn a_card_shows_no_text_that_is_not_published() {
    let page = quoting("apa", "none", "It says \"The boat left the harbour\" [@log].");
    let cited = cited(&page);
    assert!(cited.starts_with("<a class=\"cite cite-inline\" href=\"#src-log\""), "{cited}");
    assert!(cited.contains("class=\"note-check\"") && cited.contains("href=\"./sources/log.html\""), "{cited}");
    assert!(!page.contains("sun rose") && !page.contains("at noon"), "{page}");
}

#[test]
fn a_card_says_where_a_quotation_was_not_checked() {
    let page = quoting("apa", "none", "It says \"The boat left the harbour\" [@tale, p. 3].");
    assert!(cited(&page).contains("class=\"note-unverified\""), "{page}");
    assert!(!cited(&page).contains("class=\"note-check\""), "{page}");
}

#[test]
fn what_a_role_rests_on_is_quoted_on_the_page_of_the_person() {
    let page = build(
        "//- content/people/ada.md\n+++\ntitle = \"Ada\"\n[[roles]]\ntitle = \"Captain\"\n\
        evidence = [{ cite = \"log, para. 1\", quote = \"The boat left the harbour\" }]\n+++\n\
        //- content/sources/log/index.md\n+++\ntitle = \"The log\"\n[capture]\nfile = \"log.txt\"\n+++\n\
        //- content/sources/log/log.txt\nThe sun rose. The boat left the harbour at noon.\n",
    )
    .page("people/ada.html");
    assert!(page.contains("data-quote=\"verified\" data-source=\"log\">“The boat left the harbour”</q>"), "{page}");
    assert!(page.contains("<a class=\"cited\" href=\"../sources/log.html#q-1\">The log, para. 1</a>"), "{page}");
    assert!(page.contains("1/1"), "it is counted among the sources: {page}");
}

#[test]
fn the_home_page_lists_what_it_rests_on() {
    let page = build(
        "//- casebook.toml\ntitle = \"A site\"\n[citations]\nstyle = \"apa\"\n//- content/index.md\nSays Roe [@look].\n\
        //- content/sources/look.md\n+++\ntitle = \"Another look\"\nauthor = [\"Jane Roe\"]\nissued = \"2001\"\n+++\n",
    )
    .page("index.html");
    assert!(page.contains("href=\"#src-look\"") && listed(&page) == ["look"], "{page}");
}

#[test]
fn a_locator_in_roman_letters_keeps_its_label() {
    let page = page("chicago-notes", "One [@bridges, chap. IV]. Two [@accounts, line ix]. Three [@bridges, p. iv].");
    for said in ["(1999), chap. IV.", "line ix.", "<i>Bridges</i>, iv."] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[test]
fn a_newspaper_named_as_the_publisher_is_where_an_article_stands() {
    let page = build(
        "//- content/note.md\n+++\ntitle = \"Note\"\n+++\nOne [@gazette]. Two [@letter].\n\
        //- content/sources/gazette.md\n+++\ntitle = \"He was warned\"\nkind = \"article-newspaper\"\n\
        publisher = \"The Gazette\"\nissued = \"2023-03-22\"\n+++\n\
        //- content/sources/letter.md\n+++\ntitle = \"Letter\"\nkind = \"book\"\nauthor = \"Frederick II\"\nissued = \"1750\"\n+++\n",
    )
    .page("note.html");
    assert!(page.contains("“He Was Warned,” <i>The Gazette</i>, March 22, 2023."), "{page}");
    assert!(page.contains("<li id=\"src-letter\">Frederick II."), "{page}");
}

#[test]
fn an_abbreviation_between_words_and_citation_does_not_part_them() {
    for between in [
        ", as in Smith v. Jones",
        ", said Vee (b. 1900)",
        ", sagte er am 3. Mai",
        ", sagte z. B. Kurt",
        ", he said, i. e. Roe",
        ", said Atty. Gen. Roe",
        ", so Anna, geb. Karl",
    ] {
        let site = format!(
            "//- content/note.md\n+++\ntitle = \"N\"\n+++\n“never paid it”{between} [@s].\n\
            //- content/sources/s/index.md\n+++\ntitle = \"S\"\n[capture]\nfile = \"s.txt\"\n+++\n\
            //- content/sources/s/s.txt\nHe never signed it at all.\n"
        );
        let found = crate::site::faults(&site);
        assert!(found.iter().any(|fault| fault.starts_with("quote-not-found")), "{between}: {found:?}");
    }
}

//! Styles: which can be had, and what is said of one that cannot.

use super::super::Style;

/// A style of a site: notes, with a short form, *ibid.*, and numbers of notes.
pub(super) const OWN: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0" demote-non-dropping-particle="never">
  <info><title>House style</title><id>https://house.example/style</id><updated>2024-01-01T00:00:00Z</updated></info>
  <macro name="author"><names variable="author"><name form="long" and="symbol" initialize-with=". "/>
    <substitute><text variable="publisher"/><text variable="title" quotes="true"/></substitute></names></macro>
  <macro name="issued"><date variable="issued"><date-part name="day" suffix="/"/><date-part name="month" form="numeric" suffix="/"/>
    <date-part name="year" form="short"/></date></macro>
  <macro name="point"><group delimiter=" "><label variable="locator" form="short"/><text variable="locator"/></group></macro>
  <citation et-al-min="3" et-al-use-first="1"><layout suffix="." delimiter="; ">
    <choose>
      <if position="ibid-with-locator"><group delimiter=", "><text term="ibid" text-case="capitalize-first" font-style="italic"/>
        <text macro="point"/></group></if>
      <else-if position="ibid"><text term="ibid" text-case="capitalize-first" font-style="italic"/></else-if>
      <else-if position="subsequent"><group delimiter=", "><names variable="author"><name form="short" and="text"/></names>
        <text variable="title" form="short" font-style="italic"/>
        <group delimiter=" "><text value="see note"/><text variable="first-reference-note-number"/></group><text macro="point"/></group></else-if>
      <else><group delimiter=", "><text macro="author" font-variant="small-caps"/><text variable="title" text-case="title" font-style="italic"/>
        <text variable="container-title" text-case="uppercase" font-weight="bold"/><text macro="issued"/><text macro="point"/>
        <group delimiter=" "><text term="accessed"/><date variable="accessed" form="text"/></group></group></else>
    </choose>
  </layout></citation>
  <bibliography><layout suffix="."><group delimiter=". "><names variable="author"><name name-as-sort-order="first" and="text">
    <name-part name="family" text-case="uppercase"/></name></names><text variable="title" text-case="sentence" strip-periods="true"/>
    <text variable="publisher"/><date variable="issued" form="text" date-parts="year-month"/><text variable="URL"/></group></layout></bibliography>
</style>"#;

/// All names by which the archive knows its styles.
pub(super) fn names() -> Vec<&'static str> {
    let all = hayagriva::archive::ArchivedStyle::all();
    all.iter()
        .filter_map(|style| style.names().first().copied())
        .filter(|name| Style::named(name, "en").is_ok())
        .collect()
}

/// Checks what is said of a style that cannot be used: the message, then the help.
fn check(style: Result<Style, super::super::Fault>, expect: &str) {
    let said = style.map_or_else(
        |fault| format!("{}\n{}", fault.message, fault.help.unwrap_or_default()),
        |style| style.title().to_owned(),
    );
    assert_eq!(said, expect);
}

#[test]
fn a_style_is_known_by_several_names() {
    for name in [
        "chicago-notes",
        "Chicago Notes",
        "chicago-notes-bibliography",
        "chicago-notes-bibliography.csl",
        "chicago-fullnote-bibliography",
    ] {
        check(Style::named(name, "en"), "Chicago Manual of Style 18th edition (notes and bibliography)");
    }
    check(Style::named("mla", "en"), "MLA Handbook 9th edition (in-text citations)");
    assert!(names().len() > 70);
}

#[test]
fn a_name_that_is_none_is_told_of_its_neighbours() {
    check(
        Style::named("chicago-note", "en"),
        "no citation style is named \"chicago-note\"\ndid you mean \"chicago-notes\"?",
    );
    check(
        Style::named("oxford standard", "en"),
        "no citation style is named \"oxford standard\"\nname a style such as chicago-notes, apa, mla or ieee, or a .csl file of the site",
    );
}

#[test]
fn a_style_is_one_of_notes_or_not() {
    for (name, expect) in [("chicago-notes", true), ("apa", false), ("mla", false), ("ieee", false)] {
        assert_eq!(Style::named(name, "en").unwrap().is_note(), expect, "{name}");
    }
    assert!(Style::parse(OWN, "en").unwrap().is_note());
}

#[test]
fn a_file_that_is_no_style_is_a_fault() {
    let message =
        |text: &str| Style::parse(text, "en").map_or_else(|fault| fault.message, |style| style.title().to_owned());
    assert!(message("").starts_with("not a CSL style: "), "{}", message(""));
    assert!(message("<style>").starts_with("not a CSL style: "));
    assert!(message("{}").starts_with("not a CSL style: "));
    assert!(message(&OWN.replace("</layout></citation>", "")).starts_with("not a CSL style: "));
    let dependent = r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>x</title><id>x</id>
<link href="http://www.zotero.org/styles/apa" rel="independent-parent"/><updated>2024-01-01T00:00:00Z</updated></info></style>"#;
    assert_eq!(message(dependent), "APA Style 7th edition");
    assert_eq!(
        message(&dependent.replace("/apa", "/none")),
        "the style depends on \"http://www.zotero.org/styles/none\", which is not known here"
    );
}

#[test]
fn a_macro_that_calls_itself_is_a_fault() {
    let call =
        |name: &str, calls: &str| format!("<macro name=\"{name}\"><group><text macro=\"{calls}\"/></group></macro>");
    let with = |macros: &str| OWN.replace("<citation et", &format!("{macros}<citation et"));
    let message =
        |text: &str| Style::parse(text, "en").map_or_else(|fault| fault.message, |style| style.title().to_owned());
    assert_eq!(message(&with(&call("a", "b"))), "House style");
    assert_eq!(message(&with(&call("a", "a"))), "the macro \"a\" of the style calls itself");
    assert_eq!(
        message(&with(&[call("a", "b"), call("b", "c"), call("c", "b")].concat())),
        "the macro \"b\" of the style calls itself"
    );
}

#[test]
fn a_style_without_measure_is_refused() {
    let message =
        |text: &str| Style::parse(text, "en").map_or_else(|fault| fault.message, |style| style.title().to_owned());
    let deep = OWN.replace(
        "<text value=\"see note\"/>",
        &format!("{}<text value=\"x\"/>{}", "<group>".repeat(5000), "</group>".repeat(5000)),
    );
    assert_eq!(message(&deep), "the style is nested too deeply");
    let mut doubling = String::from("<macro name=\"m0\"><text value=\"x\"/></macro>");
    for step in 1..40 {
        let last = step - 1;
        doubling += &format!("<macro name=\"m{step}\"><text macro=\"m{last}\"/><text macro=\"m{last}\"/></macro>");
    }
    let doubling = OWN
        .replace("<citation et", &format!("{doubling}<citation et"))
        .replace("<text value=\"see note\"/>", "<text macro=\"m39\"/>");
    assert_eq!(message(&doubling), "the style unfolds without measure");
    for hostile in ["<".repeat(1_000_000), "<a>".repeat(300_000), "<!--".repeat(200_000), "\"".repeat(1_000_000)] {
        assert!(Style::parse(&hostile, "en").is_err());
    }
}

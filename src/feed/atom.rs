//! The Atom feed (RFC 4287): dossiers, corrections and assessments, the newest first.

use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{NEWEST, authors, day, tag};
use crate::view::{Digest, Edition, GENERATOR, digests};

/// Makes `atom.xml`.
pub fn atom(edition: &Edition) -> String {
    let Some(base) = edition.config.base_url.as_deref() else { return String::new() };
    let mut out = Writer::new_with_indent(Vec::new(), b' ', 1);
    write(edition, base, &mut out).expect("writing to memory cannot fail");
    let mut text = String::from_utf8(out.into_inner()).expect("only text was written");
    text.push('\n');
    text
}

fn write(edition: &Edition, base: &str, out: &mut Writer<Vec<u8>>) -> io::Result<()> {
    let config = &edition.config;
    let entries = digests(edition, NEWEST);
    out.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let feed = out.create_element("feed").with_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    let feed = feed.with_attribute(("xml:lang", config.lang.as_str()));
    feed.write_inner_content(|out| {
        text(out, "id", base)?;
        text(out, "title", &config.title)?;
        if !config.description.is_empty() {
            text(out, "subtitle", &config.description)?;
        }
        text(out, "updated", &day::moment(entries.first().map_or(0, |entry| entry.day)))?;
        out.create_element("link").with_attribute(("href", base)).write_empty()?;
        let own = format!("{base}atom.xml");
        out.create_element("link")
            .with_attribute(("rel", "self"))
            .with_attribute(("href", own.as_str()))
            .write_empty()?;
        for author in authors(edition) {
            out.create_element("author").write_inner_content(|out| text(out, "name", author))?;
        }
        text(out, "generator", GENERATOR)?;
        entries.iter().try_for_each(|entry| write_entry(base, entry, out))
    })?;
    Ok(())
}

fn write_entry(base: &str, entry: &Digest, out: &mut Writer<Vec<u8>>) -> io::Result<()> {
    out.create_element("entry").write_inner_content(|out| {
        let url = format!("{base}{}", entry.link);
        text(out, "id", &tag(base, &day::date(entry.day), &entry.id))?;
        text(out, "title", &entry.title)?;
        out.create_element("link").with_attribute(("href", url.as_str())).write_empty()?;
        text(out, "published", &day::moment(entry.day))?;
        text(out, "updated", &day::moment(entry.day))?;
        text(out, "content", &entry.text)
    })?;
    Ok(())
}

/// Writes an element with a text; characters that XML 1.0 does not have are left out.
fn text(out: &mut Writer<Vec<u8>>, name: &str, text: &str) -> io::Result<()> {
    let is_xml =
        |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let text: String = text.chars().filter(is_xml).collect();
    out.create_element(name).write_text_content(BytesText::new(&text))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use expect_test::{Expect, expect};

    use super::atom;
    use crate::view::fixture::{CLAIMS, edition};

    fn check(site: &str, expected: Expect) {
        expected.assert_eq(&atom(&edition(site)));
    }

    #[test]
    fn an_entry_that_names_a_claim_says_how_it_stands_and_what_was_answered() {
        check(
            &format!("title = \"Case\"\nbase_url = \"https://case.example/x\"\n{CLAIMS}"),
            expect![[r#"
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
             <id>https://case.example/x/</id>
             <title>Case</title>
             <updated>2023-05-16T00:00:00Z</updated>
             <link href="https://case.example/x/"/>
             <link rel="self" href="https://case.example/x/atom.xml"/>
             <author>
              <name>Case</name>
             </author>
             <generator>Casebook 0.1.0</generator>
             <entry>
              <id>tag:case.example,2023-05-16:x/claim/advice/assessment/refuted</id>
              <title>New standing: Ada advised &lt;delay&gt; (refuted · denied)</title>
              <link href="https://case.example/x/claims/advice.html"/>
              <published>2023-05-16T00:00:00Z</published>
              <updated>2023-05-16T00:00:00Z</updated>
              <content>16 May 2023: refuted (this site). Ada advised &lt;delay&gt;: refuted. Denied by Ada Example, 23 March 2023.</content>
             </entry>
             <entry>
              <id>tag:case.example,2023-04-01:x/claim/other/assessment/alleged</id>
              <title>New standing: Bea knew (alleged)</title>
              <link href="https://case.example/x/claims/other.html"/>
              <published>2023-04-01T00:00:00Z</published>
              <updated>2023-04-01T00:00:00Z</updated>
              <content>1 April 2023: alleged. Bea knew: alleged. A response was sought: 30 March 2023.</content>
             </entry>
             <entry>
              <id>tag:case.example,2023-03-22:x/claim/advice/assessment/alleged</id>
              <title>New standing: Ada advised &lt;delay&gt; (refuted · denied)</title>
              <link href="https://case.example/x/claims/advice.html"/>
              <published>2023-03-22T00:00:00Z</published>
              <updated>2023-03-22T00:00:00Z</updated>
              <content>22 March 2023: alleged (a security official). Ada advised &lt;delay&gt;: refuted. Denied by Ada Example, 23 March 2023.</content>
             </entry>
            </feed>
        "#]],
        );
    }

    #[test]
    fn a_feed_without_entries_is_still_one() {
        check(
            "title = \"Case\"\nauthors = [\"A\", \"B\"]\nbase_url = \"https://case.example/\"\n",
            expect![[r#"
            <?xml version="1.0" encoding="utf-8"?>
            <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
             <id>https://case.example/</id>
             <title>Case</title>
             <updated>1970-01-01T00:00:00Z</updated>
             <link href="https://case.example/"/>
             <link rel="self" href="https://case.example/atom.xml"/>
             <author>
              <name>A</name>
             </author>
             <author>
              <name>B</name>
             </author>
             <generator>Casebook 0.1.0</generator>
            </feed>
        "#]],
        );
    }

    #[test]
    fn characters_that_xml_lacks_are_left_out() {
        let site = "base_url = \"https://case.example/\"\n//- dossiers/d.md\n---\ntitle: \"a\\u0001b < c\"\npublished: 2021-02\n---\n";
        let feed = atom(&edition(site));
        assert!(
            feed.contains("ab &lt; c</title>") && feed.contains("<updated>2021-02-01T00:00:00Z</updated>"),
            "{feed}"
        );
    }
}

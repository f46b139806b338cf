//! The sitemap (sitemaps.org, protocol 0.9): every page that a search engine should show.

use crate::html::escape;
use crate::model::date::Edtf;
use crate::resolve::{Page, route};
use crate::view::Edition;

/// How many pages one sitemap may name.
const MOST: usize = 50_000;

/// Makes `sitemap.xml`. Of a site with more pages than one sitemap may name, records come first.
pub fn sitemap(edition: &Edition) -> String {
    let Some(base) = edition.config.base_url.as_deref() else { return String::new() };
    let (mut records, mut lists) = (Vec::new(), Vec::new());
    for (route, page) in &edition.pages.routes {
        match page {
            Page::Record(ix) => records.push((route, edition.archive.record(*ix).fields.date("updated"))),
            Page::Home => lists.insert(0, (route, None)),
            Page::List(..) | Page::Sources(_) | Page::Claims(_) | Page::Timeline(_) | Page::Network(_) => {
                lists.push((route, None))
            }
            Page::AToZ(_) | Page::Tags | Page::Tag(..) | Page::Corrections(_) => lists.push((route, None)),
            Page::Search | Page::NotFound | Page::Redirect(_) => {}
            Page::Atom | Page::JsonFeed | Page::Sitemap | Page::Robots => {}
            Page::File(_) | Page::Width(..) | Page::Static(_) => {}
        }
    }
    let mut out = String::with_capacity(80 * (records.len() + lists.len()) + 128);
    out.push_str(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
    );
    for (route, updated) in records.into_iter().chain(lists).take(MOST) {
        out.push_str("<url><loc>");
        escape(base, &mut out);
        escape(&route::link(route, edition.style()), &mut out);
        out.push_str("</loc>");
        if let Some(machine) = updated.and_then(Edtf::machine) {
            out.push_str("<lastmod>");
            // A date of W3C's format; of a day with a time the day.
            out.push_str(machine.split('T').next().unwrap_or(&machine));
            out.push_str("</lastmod>");
        }
        out.push_str("</url>\n");
    }
    out.push_str("</urlset>\n");
    out
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::sitemap;
    use crate::view::fixture::edition;

    #[test]
    fn every_page_but_those_that_lead_nowhere_is_named() {
        let site = "base_url = \"https://case.example\"\npretty_urls = true\n//- people/zoë.md\n---\ntitle: Zoë\nupdated: 2024-05\naliases: [/old]\n---\n";
        expect![[r#"
            <?xml version="1.0" encoding="utf-8"?>
            <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            <url><loc>https://case.example/people/zo%C3%AB/</loc><lastmod>2024-05</lastmod></url>
            <url><loc>https://case.example/</loc></url>
            <url><loc>https://case.example/a-z/</loc></url>
            <url><loc>https://case.example/corrections/</loc></url>
            <url><loc>https://case.example/people/</loc></url>
            </urlset>
        "#]]
        .assert_eq(&sitemap(&edition(site)));
    }
}

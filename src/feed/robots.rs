//! What crawlers may read: everything that is published.

use crate::resolve::Page;
use crate::view::Edition;

/// Makes `robots.txt` (RFC 9309).
pub fn robots(edition: &Edition) -> String {
    let mut out = String::from("User-agent: *\nDisallow:\n");
    let sitemap = edition.pages.routes.get("sitemap.xml").filter(|page| matches!(page, Page::Sitemap));
    if let Some(url) = sitemap.and_then(|_| edition.canonical("sitemap.xml")) {
        out.push_str(&format!("\nSitemap: {url}\n"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::robots;
    use crate::view::fixture::edition;

    #[test]
    fn crawlers_may_read_everything_and_learn_of_the_sitemap() {
        assert_eq!(robots(&edition("")), "User-agent: *\nDisallow:\n");
        let with = robots(&edition("base_url = \"https://case.example/x\"\n"));
        assert_eq!(with, "User-agent: *\nDisallow:\n\nSitemap: https://case.example/x/sitemap.xml\n");
    }
}

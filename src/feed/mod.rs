//! What machines read of a site: feeds, the sitemap, and what crawlers may do.
//!
//! Pure functions of an edition. There is no clock: a feed is as old as its newest entry. Everything here but `robots.txt`
//! needs absolute URLs, and is empty without a base URL; such a site has no route for it.

mod atom;
mod day;
mod json_feed;
mod robots;
mod sitemap;

use crate::view::Edition;

pub use atom::atom;
pub use json_feed::json_feed;
pub use robots::robots;
pub use sitemap::sitemap;

/// How many entries a feed has at most.
const NEWEST: usize = 20;

/// Returns the id of an entry for ever: a tag URI (RFC 4151) of the site's host and path, the entry's day and its own id.
fn tag(base_url: &str, day: &str, id: &str) -> String {
    let rest = base_url.split_once("://").map_or(base_url, |parts| parts.1);
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.split(':').next().unwrap_or(host);
    format!("tag:{host},{day}:{path}{}", crate::resolve::route::encode(id))
}

/// Returns who publishes the site.
fn authors(edition: &Edition) -> Vec<&str> {
    let config = &edition.config;
    if config.authors.is_empty() {
        vec![config.title.as_str()]
    } else {
        config.authors.iter().map(String::as_str).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::tag;

    #[test]
    fn an_id_names_the_site_the_day_and_the_entry() {
        let check = |base: &str, expected: &str| assert_eq!(tag(base, "2023-03-22", "claim/a b"), expected);
        check("https://example.org/", "tag:example.org,2023-03-22:claim/a%20b");
        check("http://example.org:8080/case/", "tag:example.org,2023-03-22:case/claim/a%20b");
    }
}

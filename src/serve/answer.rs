//! From a target to what is answered: the site's bytes, with the live script in HTML, and their tag.
//!
//! The tag is a hash of what is answered. It is the `ETag`, and what an open page compares.

use std::sync::Arc;

use hyper::StatusCode;

use crate::file::Bytes;

use super::pages::{Answer, Overlay, Pages};
use super::target::Target;

/// The element that is added to HTML, and nothing else.
pub(super) const SCRIPT: &[u8] = br#"<script src="/.casebook/live.js" defer></script>"#;

/// What is shown before there is a site.
const NOTHING_YET: &str = "<!doctype html><html lang=\"en\" data-casebook-nothing=\"yet\"><head><meta charset=\"utf-8\"><title>Casebook</title></head>\
    <body><h1>The site cannot be built yet</h1></body></html>";
/// What is shown where nothing is, by a site without a page that says so.
const NOT_FOUND: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Not found</title></head>\
    <body><h1>Not found</h1></body></html>";

/// A hash of an answer, in hexadecimal.
pub(super) type Tag = Arc<str>;

/// What is answered to a target.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    /// The status.
    pub(super) status: StatusCode,
    /// The bytes.
    pub(super) bytes: Bytes,
    /// Their content type.
    pub(super) content_type: &'static str,
    /// The hash of both status and bytes.
    pub(super) tag: Tag,
    /// Where to go instead.
    pub(super) location: Option<String>,
    /// What is wrong with this page.
    pub(super) overlay: Option<Overlay>,
}

/// Answers a target from a site; before there is one, with a page that says so.
pub(super) fn reply(pages: Option<&dyn Pages>, target: &Target) -> Reply {
    let Some(pages) = pages else {
        return html(StatusCode::SERVICE_UNAVAILABLE, NOTHING_YET.as_bytes());
    };
    let route = target.route();
    match pages.answer(&route) {
        Answer::Page(bytes) => found(&route, bytes),
        Answer::Broken { overlay, last_good } => {
            let good = match last_good {
                Some(bytes) => found(&route, bytes),
                None => html(StatusCode::SERVICE_UNAVAILABLE, NOTHING_YET.as_bytes()),
            };
            Reply { overlay: Some(overlay), ..good }
        }
        Answer::Missing => elsewhere(pages, target).unwrap_or_else(|| missing(pages)),
    }
}

fn found(route: &str, bytes: Bytes) -> Reply {
    let content_type = content_type(route);
    if content_type == HTML { html(StatusCode::OK, &bytes) } else { plain(StatusCode::OK, content_type, bytes) }
}

/// Leads from `/people` to `/people/`, so that the page's relative links are right.
fn elsewhere(pages: &dyn Pages, target: &Target) -> Option<Reply> {
    let folder = target.as_folder()?;
    if matches!(pages.answer(&folder.route()), Answer::Missing) {
        return None;
    }
    let location = folder.location();
    let reply = plain(StatusCode::FOUND, TEXT, Arc::from(location.as_bytes()));
    Some(Reply { location: Some(location), ..reply })
}

fn missing(pages: &dyn Pages) -> Reply {
    match pages.answer("404.html") {
        Answer::Page(bytes) | Answer::Broken { last_good: Some(bytes), .. } => html(StatusCode::NOT_FOUND, &bytes),
        Answer::Missing | Answer::Broken { last_good: None, .. } => html(StatusCode::NOT_FOUND, NOT_FOUND.as_bytes()),
    }
}

fn html(status: StatusCode, bytes: &[u8]) -> Reply {
    plain(status, HTML, with_script(bytes))
}

fn plain(status: StatusCode, content_type: &'static str, bytes: Bytes) -> Reply {
    let mut hasher = blake3::Hasher::new();
    hasher.update(status.as_str().as_bytes()).update(&bytes);
    let tag = Tag::from(&hasher.finalize().to_hex()[..32]);
    Reply { status, bytes, content_type, tag, location: None, overlay: None }
}

/// Adds the script before the last `</body>`, or at the end where there is none.
fn with_script(html: &[u8]) -> Bytes {
    let end = b"</body";
    let is_end = |window: &[u8]| window.eq_ignore_ascii_case(end);
    let at = html.windows(end.len()).rposition(is_end).unwrap_or(html.len());
    [&html[..at], SCRIPT, &html[at..]].concat().into()
}

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// The content types of what a site may hold, by extension.
const TYPES: &[(&str, &str)] = &[
    ("html", HTML),
    ("htm", HTML),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("json", "application/json; charset=utf-8"),
    ("jsonld", "application/ld+json; charset=utf-8"),
    ("webmanifest", "application/manifest+json; charset=utf-8"),
    ("xml", "application/xml; charset=utf-8"),
    ("atom", "application/atom+xml; charset=utf-8"),
    ("txt", TEXT),
    ("md", "text/markdown; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
    ("svg", "image/svg+xml; charset=utf-8"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("ico", "image/x-icon"),
    ("woff2", "font/woff2"),
    ("woff", "font/woff"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
    ("wasm", "application/wasm"),
    ("pdf", "application/pdf"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("ogg", "audio/ogg"),
    ("wav", "audio/wav"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("zip", "application/zip"),
];

/// Returns the content type of a route, by its extension in any letter case.
fn content_type(route: &str) -> &'static str {
    let name = route.rsplit('/').next().unwrap_or(route);
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let known = TYPES.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension));
    known.map_or("application/octet-stream", |(_, content_type)| content_type)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A site with two pages and a style sheet.
    struct Small;

    impl Pages for Small {
        fn answer(&self, route: &str) -> Answer {
            let overlay = || Overlay { notes: vec!["it is broken".to_owned()], problems: Vec::new() };
            match route {
                "index.html" => Answer::Page(Arc::from(*b"<body>home</body>")),
                "people/index.html" => Answer::Page(Arc::from(*b"people")),
                "style.CSS" => Answer::Page(Arc::from(*b"</body>")),
                "broken.html" => Answer::Broken { overlay: overlay(), last_good: Some(Arc::from(*b"good")) },
                "worse.html" => Answer::Broken { overlay: overlay(), last_good: None },
                _ => Answer::Missing,
            }
        }
    }

    fn check(path: &str, expect: (u16, &str, &str)) {
        let reply = reply(Some(&Small), &Target::parse(path).unwrap());
        let script = String::from_utf8_lossy(SCRIPT);
        let bytes = String::from_utf8_lossy(&reply.bytes).replace(&*script, "{live}");
        assert_eq!((reply.status.as_u16(), reply.content_type, &*bytes), expect, "{path}");
    }

    #[test]
    fn a_page_has_the_script_and_nothing_else_has() {
        check("/", (200, HTML, "<body>home{live}</body>"));
        check("/people/", (200, HTML, "people{live}"));
        check("/style.CSS", (200, "text/css; charset=utf-8", "</body>"));
    }

    #[test]
    fn a_folder_is_led_to_with_a_slash_and_names_are_exact() {
        check("/people", (302, TEXT, "/people/"));
        check("/index", (404, HTML, &NOT_FOUND.replace("</body>", "{live}</body>")));
        check("/people/index.html/", (404, HTML, &NOT_FOUND.replace("</body>", "{live}</body>")));
    }

    #[test]
    fn a_broken_page_is_the_last_good_one() {
        check("/broken.html", (200, HTML, "good{live}"));
        check("/worse.html", (503, HTML, &NOTHING_YET.replace("</body>", "{live}</body>")));
        let broken = reply(Some(&Small), &Target::parse("/broken.html").unwrap());
        assert_eq!(broken.overlay.unwrap().notes, ["it is broken"]);
    }

    #[test]
    fn the_script_stands_before_the_last_end_of_a_body() {
        let check = |html: &str, expect: &str| {
            let expect = expect.replace("{live}", &String::from_utf8_lossy(SCRIPT));
            assert_eq!(String::from_utf8_lossy(&with_script(html.as_bytes())), expect);
        };
        check("<pre>&lt;/body></pre></body></html>", "<pre>&lt;/body></pre>{live}</body></html>");
        check("<!-- </body> --><p></BODY >", "<!-- </body> --><p>{live}</BODY >");
        check("<p>", "<p>{live}");
        check("", "{live}");
    }
}

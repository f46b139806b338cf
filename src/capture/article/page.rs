//! What an HTML page says of itself: JSON-LD, OpenGraph, `meta`, `time`, `title`.

use super::said::{Marked, Said, plain, said};
use super::{Article, byline, date, linked, person, tidy};

/// How far from the heading of a page its byline and its date stand at most, in bytes of text.
const NEAR: usize = 1_500;

/// Returns what a page says of itself.
pub(super) fn article(html: &str, url: Option<&str>) -> Article {
    let said = said(html);
    let linked = linked::article(&said.json, &[said.heading.as_deref(), said.title.as_deref()]);
    let site = linked
        .container_title
        .clone()
        .or_else(|| said.meta(&["og:site_name", "application-name", "citation_journal_title"]));
    let publisher =
        linked.publisher.or_else(|| said.meta(&["dc.publisher", "dcterms.publisher", "citation_publisher"]));
    let known = site.as_deref().or(publisher.as_deref());
    let title = linked
        .title
        .or_else(|| said.meta(&["og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title"]));
    let title = title.or_else(|| said.title.as_deref().map(plain)).or_else(|| said.heading.clone());
    let (title, tail) = title.map_or((None, None), |title| without_site(&title, known, said.heading.as_deref()));
    let mut authors = linked.authors;
    if authors.is_empty() {
        let names =
            ["citation_author", "author", "article:author", "parsely-author", "dc.creator", "dcterms.creator", "byl"];
        authors = said
            .metas(&names)
            .iter()
            .filter(|name| !name.contains("://"))
            .flat_map(|name| person::names(&upright(name)))
            .collect();
    }
    if authors.is_empty() {
        authors = marked_authors(&said);
    }
    let mut known_authors = std::collections::BTreeSet::new();
    authors.retain(|name| known_authors.insert(name.to_lowercase()));
    let dates = [
        "article:published_time",
        "citation_publication_date",
        "citation_date",
        "datepublished",
        "pubdate",
        "publish-date",
        "parsely-pub-date",
        "date",
        "dc.date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
    ];
    let issued =
        linked.issued.or_else(|| said.meta(&dates).and_then(|text| date::find(&text)).filter(|it| date::is_meant(it)));
    let language =
        linked.language.or_else(|| said.language.clone()).or_else(|| said.meta(&["og:locale", "content-language"]));
    let is_article = said.meta(&["og:type"]).is_some_and(|kind| kind.eq_ignore_ascii_case("article"));
    let kind = if linked.kind.is_empty() && is_article { "article-newspaper".to_owned() } else { linked.kind };
    Article {
        title,
        authors,
        issued: issued.or_else(|| marked_date(&said)),
        publisher: publisher.or_else(|| site.clone()).or(tail.clone()),
        container_title: site.or(tail),
        language: language.map(|tag| tag.replace('_', "-")).filter(|tag| is_language(tag)),
        url: said.canonical.filter(|it| it.starts_with("http")).or_else(|| url.map(str::to_owned)),
        kind,
        noise: Vec::new(),
    }
}

/// Tells whether something is marked near the heading of the page. What stands further off belongs to another text: to
/// a comment, to a list of others.
fn is_near(said: &Said, marked: &Marked) -> bool {
    said.heading_at.is_some_and(|at| marked.at.abs_diff(at) <= NEAR)
}

/// Returns the authors that elements mark: those most plainly marked, near the heading, or the only ones of the page.
fn marked_authors(said: &Said) -> Vec<String> {
    let read = |marked: &Marked| {
        let text = tidy(&marked.text);
        let names = byline::byline(&text).unwrap_or_else(|| person::names(byline::before_date(&text)));
        let fits = |name: &String| person::is_person(name) || marked.rank < 2 && person::is_handle(name);
        names.into_iter().filter(fits).collect::<Vec<_>>()
    };
    for rank in 0..3 {
        let of_rank: Vec<(bool, Vec<String>)> = said
            .authors
            .iter()
            .filter(|marked| marked.rank == rank)
            .map(|marked| (is_near(said, marked), read(marked)))
            .filter(|(_, names)| !names.is_empty())
            .collect();
        let only = of_rank.windows(2).all(|pair| pair[0].1 == pair[1].1);
        let near = of_rank.iter().filter(|(near, _)| *near || only).flat_map(|(_, names)| names.iter().cloned());
        let near: Vec<String> = near.collect();
        if !near.is_empty() && near.len() <= 8 {
            return near;
        }
    }
    Vec::new()
}

/// Returns the date that an element marks near the heading, of several that which is marked as the date of publication,
/// or the first below the heading.
fn marked_date(said: &Said) -> Option<String> {
    let is_above = |marked: &&Marked| said.heading_at.is_some_and(|at| marked.at < at);
    let near = || said.times.iter().filter(|marked| said.heading_at.is_none() || is_near(said, marked));
    let read = |marked: &Marked| date::find(&marked.text).filter(|it| date::is_meant(it));
    (0..=1).find_map(|rank| {
        let of_rank = || near().filter(|marked| marked.rank == rank);
        of_rank().filter(|marked| !is_above(marked)).find_map(read).or_else(|| of_rank().rfind(is_above).and_then(read))
    })
}

/// Cuts the name of the site off a title: ` | Site`, ` - Site`. Without a known name only a bar is trusted, or that
/// the rest is the page's heading.
fn without_site(title: &str, site: Option<&str>, heading: Option<&str>) -> (Option<String>, Option<String>) {
    let cut = |mark: &str| title.rsplit_once(mark).map(|(title, tail)| (title.trim(), tail.trim()));
    let marks = [" | ", " – ", " — ", " - ", " :: ", " · "];
    for (nth, (head, tail)) in marks.iter().enumerate().filter_map(|(nth, mark)| Some((nth, cut(mark)?))) {
        let is_site = site.is_some_and(|site| tail.eq_ignore_ascii_case(site));
        let is_rest = heading.is_some_and(|heading| tidy(heading) == tidy(head));
        let may_be = site.is_none() && (nth == 0 || nth == 4 || is_rest) && tail.split(' ').count() <= 5;
        if !head.is_empty() && (is_site || may_be) {
            return (Some(tidy(head)), may_be.then(|| tidy(tail)));
        }
    }
    (Some(tidy(title)).filter(|title| !title.is_empty()), None)
}

/// Turns `Weir, Jonas`, as catalogues have it, into `Jonas Weir`.
fn upright(name: &str) -> String {
    match name.split(',').map(str::trim).collect::<Vec<_>>().as_slice() {
        [last, first] if !last.contains(' ') && !first.is_empty() && first.split(' ').count() <= 2 => {
            format!("{first} {last}")
        }
        _ => name.to_owned(),
    }
}

fn is_language(tag: &str) -> bool {
    (2..=35).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

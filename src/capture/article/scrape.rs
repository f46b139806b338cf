//! What the text of an article tells of it where nothing else does.
//!
//! Of a page the lines around its heading are read. In a text that is nothing but lines the article is found first
//! (`layout`), then the headline above it (`headline`), and around these byline and date; above and at its foot stands
//! who published it (`imprint`).

use super::super::extract::Format;
use super::super::text::Kind;
use super::byline::{byline, is_marked, reported, signed, unmarked};
use super::imprint::{Imprint, imprint};
use super::layout::Layout;
use super::{Article, date, headline, phrases};

/// How many lines the head has at most.
const HEAD: usize = 30;

/// How many paragraphs of prose the head of a page holds at most: a standfirst, a caption, and the first of the article.
const PROSE: usize = 3;

/// How many lines above the heading belong to the head.
const ABOVE: usize = 3;

/// How many words a line has at most whose date is its matter.
const DATED: usize = 14;

/// Reads what it can from a text. `heading` is its title, where that is marked.
pub(super) fn article(layout: &Layout, format: Format) -> Article {
    let heading = layout.lines.iter().position(|line| matches!(line.kind, Kind::Heading(1 | 2)));
    if format == Format::Html {
        return page(layout, heading);
    }
    let title = heading.or_else(|| headline::find(layout));
    let imprint = imprint(layout, title, 0);
    let (start, end) = head(layout, title);
    let above: Vec<&str> = (start.saturating_sub(ABOVE)..start).map(|at| layout.text(at)).collect();
    let below: Vec<&str> = (start..end).map(|at| layout.text(at)).collect();
    let behind = layout.end.saturating_sub(ABOVE).max(end);
    let foot: Vec<&str> = (behind..layout.lines.len().min(behind + 3 * ABOVE)).map(|at| layout.text(at)).collect();
    Article {
        title: title.map(|at| layout.text(at).to_owned()),
        authors: authors(layout, &above, &below, &imprint),
        issued: issued_near(&above, &below, &foot),
        publisher: imprint.publisher,
        container_title: imprint.paper,
        ..Article::default()
    }
}

/// Returns where the head of an article is: from behind its title to behind its first paragraphs.
fn head(layout: &Layout, title: Option<usize>) -> (usize, usize) {
    let count = layout.lines.len();
    let start = title.map_or(layout.start.saturating_sub(HEAD / 2), |at| at + 1).min(count);
    let end = layout.head_from(start.max(layout.start)).max(layout.head).min(start + HEAD).min(count);
    (start, if end > start { end } else { count.min(start + HEAD / 2) })
}

/// Finds who wrote an article: below its title, above it, at its foot.
fn authors(layout: &Layout, above: &[&str], below: &[&str], imprint: &Imprint) -> Vec<String> {
    let read = |line: &&str| byline(&without_paper(line, imprint));
    let body = || layout.lines[layout.start..layout.end].iter().map(|line| line.text.as_str());
    let foot = || layout.lines[layout.start..].iter().rev().map(|line| line.text.as_str());
    let prose: Vec<&str> = body().filter(|line| phrases::is_prose(line)).collect();
    let marked = |line: &&&str| is_marked(line);
    below
        .iter()
        .filter(marked)
        .find_map(read)
        .or_else(|| signed(below))
        .or_else(|| unmarked(below, &prose))
        .or_else(|| below.iter().find_map(read))
        .or_else(|| above.iter().rev().find_map(read))
        .or_else(|| signed(&[above, below].concat()))
        .or_else(|| foot().find_map(reported))
        .unwrap_or_default()
}

/// Leaves out the paper that stands behind a name: `By Ada Weir Harbour Courier`.
fn without_paper(line: &str, imprint: &Imprint) -> String {
    let behind = |name: &str| {
        let at = line.find(name).filter(|at| *at > 3)?;
        Some(format!("{} {}", line[..at].trim_end_matches([' ', ',', '|', '-']), line[at + name.len()..].trim_start()))
    };
    imprint.names().find_map(behind).map_or_else(|| line.to_owned(), |line| line.trim_end().to_owned())
}

/// Finds the date of an article: in a line that says that it was published then, else in a short one below the title,
/// else in one right above it; that of a change is better than none.
fn issued_near(above: &[&str], below: &[&str], foot: &[&str]) -> Option<String> {
    let is_short = |line: &&str| line.split(' ').count() <= DATED;
    let unchanged = |line: &&str| Some(before_change(line)).filter(is_short).and_then(date::find);
    let published = |line: &&&str| says(line, &PUBLISHED) && line.split(' ').count() <= 2 * DATED;
    below
        .iter()
        .filter(published)
        .find_map(|line| date::find(before_change(line)))
        .or_else(|| below.iter().find_map(unchanged))
        .or_else(|| above.iter().rev().find_map(unchanged))
        .or_else(|| below.iter().find_map(|line| date::find(dateline(line)?)))
        .or_else(|| foot.iter().filter(published).find_map(|line| date::find(before_change(line))))
        .or_else(|| below.iter().copied().filter(is_short).find_map(date::find))
}

/// Words that say when a text was published, in lower case.
const PUBLISHED: [&str; 11] = [
    "publish",
    "posted",
    "veröffentlicht",
    "erstellt",
    "publié",
    "publicado",
    "pubblicato",
    "опубликовано",
    "opublikowano",
    "gepubliceerd",
    "发布",
];

/// Words that say when it was changed, in lower case.
const CHANGED: [&str; 9] = [
    "updated",
    "modified",
    "aktualisiert",
    "mis à jour",
    "actualizado",
    "aggiornato",
    "обновлено",
    "bijgewerkt",
    "geändert",
];

/// Cuts a line before the word for a change: `4 March 2023, updated 5 March`.
fn before_change(line: &str) -> &str {
    let lower = line.to_lowercase();
    let at = CHANGED.iter().filter_map(|word| lower.find(word)).min().filter(|_| lower.len() == line.len());
    &line[..at.unwrap_or(line.len())]
}

fn says(line: &str, words: &[&str]) -> bool {
    let line = line.to_lowercase();
    words.iter().any(|word| line.contains(word))
}

/// Returns where and when a report was written, which stands before its first sentence: `ALDMOOR, 3 May 2023 – The …`.
fn dateline(line: &str) -> Option<&str> {
    let (before, _) = [" – ", " — ", " - ", " -- ", "(", ": "]
        .iter()
        .filter_map(|mark| line.split_once(mark))
        .min_by_key(|it| it.0.len())?;
    (before.split(' ').count() <= 8 && before.starts_with(char::is_uppercase)).then_some(before)
}

/// Reads the lines around the heading of a page: above it are its menus, in which many a line looks like a name.
fn page(layout: &Layout, heading: Option<usize>) -> Article {
    let start = heading.map_or(layout.lines.len(), |at| at.saturating_sub(ABOVE));
    let all = || layout.lines.iter().map(|line| line.text.as_str());
    let mut prose = 0;
    let head = all().skip(start).take(HEAD).take_while(|line| {
        prose += usize::from(phrases::is_prose(line));
        prose <= PROSE
    });
    let head: Vec<&str> = head.collect();
    let imprint = imprint(layout, heading, start);
    let short = |line: &&&str| line.split(' ').count() <= DATED;
    let published = |line: &&&str| says(line, &PUBLISHED[..8]);
    let find = |line: &&str| date::find(line);
    Article {
        title: heading.map(|at| layout.text(at).to_owned()),
        authors: head.iter().find_map(|line| byline(line)).or_else(|| signed(&head)).unwrap_or_default(),
        issued: head.iter().filter(published).find_map(find).or_else(|| head.iter().filter(short).find_map(find)),
        publisher: imprint.publisher,
        container_title: imprint.paper,
        ..Article::default()
    }
}

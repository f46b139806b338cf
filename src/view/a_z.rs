//! Everything by its title, letter by letter. It stands in for the search where there is none.

use serde::Serialize;

use super::Edition;
use super::list::{Top, top};
use super::order::{Letters, NO_LETTER};
use super::pager::{Pager, pager, path_to, shown};
use super::record::Crumb;
use crate::html::{Value, value, view};
use crate::model::Ix;

/// Every title, and the letters under which they stand.
pub(super) struct Index {
    titles: Vec<Ix>,
    /// Each letter with the place of its first title.
    letters: Vec<(String, usize)>,
}

view! {
    struct AzPage {
        ..top: Top,
        letters: Vec<Letter>,
        index: Vec<Crumb>,
        pager: Option<Pager>,
    }
}

#[derive(Serialize)]
struct Letter {
    label: String,
    id: String,
    cards: Vec<Value>,
}

/// Makes the view of page `n` (from 0) of the list of all titles.
pub(super) fn view(edition: &Edition, route: &str, n: usize) -> Value {
    let top = top(edition, route, "a-z", "a-z", &edition.words.word("a_z"), n);
    let Index { titles: all, letters: starts } = edition.lists.titles.get_or_init(|| titles(edition));
    let page = shown(n, all.len());
    let mut shown = Vec::new();
    for (at, (label, start)) in starts.iter().enumerate() {
        let end = starts.get(at + 1).map_or(all.len(), |next| next.1);
        let (from, to) = (page.start.max(*start), page.end.min(end));
        if from < to {
            let cards = edition.cards(&all[from..to], &top.common.root);
            shown.push(Letter { label: label.clone(), id: id(starts, at), cards });
        }
    }
    let crumb = |(at, (label, start)): (usize, &(String, usize))| Crumb {
        label: label.clone(),
        path: path_to(edition, &["a-z"], *start, &id(starts, at)),
    };
    let index = starts.iter().enumerate().map(crumb).collect();
    value(&AzPage { letters: shown, index, pager: pager(edition, &["a-z"], n, all.len()), top })
}

/// Puts every record that has a page in the order of titles, and finds where each letter begins.
fn titles(edition: &Edition) -> Index {
    let archive = &edition.archive;
    let titles = edition.order().titles.iter().copied();
    let titles: Vec<Ix> = titles.filter(|ix| !archive.entry(*ix).is_list_text).collect();
    let of = Letters::new(&edition.config.lang);
    let mut letters: Vec<(String, usize)> = Vec::new();
    for (at, ix) in titles.iter().enumerate() {
        let letter = of.of(&archive.record(*ix).title);
        if letters.last().is_none_or(|(last, _)| *last != letter) {
            letters.push((letter, at));
        }
    }
    Index { titles, letters }
}

/// Returns the HTML id of a letter; a second group of one letter, which no known language has, gets a number.
fn id(starts: &[(String, usize)], at: usize) -> String {
    let letter = &starts[at].0;
    let name = if letter == NO_LETTER { "other".to_owned() } else { letter.to_lowercase() };
    match starts[..at].iter().filter(|(before, _)| before == letter).count() {
        0 => format!("letter-{name}"),
        before => format!("letter-{name}-{}", before + 1),
    }
}

#[cfg(test)]
mod tests {
    use crate::view::fixture::{each, edition, view};

    fn check(lang: &str, titles: &[&str], letters: &[&str], paths: &[&str]) {
        let mut site = format!("lang = \"{lang}\"\n");
        for (n, title) in titles.iter().enumerate() {
            site.push_str(&format!("//- people/p{n}.md\n---\ntitle: \"{title}\"\n---\n"));
        }
        let page = view(&edition(&site), "a-z.html");
        assert_eq!(each(&page["letters"], "/label"), letters);
        assert_eq!(each(&page["index"], "/path"), paths);
    }

    #[test]
    fn titles_stand_under_the_letters_of_the_language() {
        let titles = ["Åse", "Bo", "alma", "3 ships"];
        check("en", &titles, &["#", "A", "B"], &["a-z.html#letter-other", "a-z.html#letter-a", "a-z.html#letter-b"]);
        let paths = ["a-z.html#letter-other", "a-z.html#letter-a", "a-z.html#letter-b", "a-z.html#letter-%C3%A5"];
        check("sv", &titles, &["#", "A", "B", "Å"], &paths);
    }
}

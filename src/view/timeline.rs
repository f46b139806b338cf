//! The timeline: every event by its date, year by year.

use std::collections::BTreeMap;

use serde::Serialize;

use super::list::{Top, top};
use super::pager::{Pager, pager, path_to, shown};
use super::{Edition, place};
use crate::html::{Value, html, value, view};
use crate::model::Ix;
use crate::model::date::Edtf;

/// The events of one year among all events, which are in the order of their dates.
pub(super) struct Year {
    label: String,
    id: String,
    start: usize,
    count: usize,
}

view! {
    struct TimelinePage {
        ..top: Top,
        total: usize,
        index: Vec<YearLink>,
        years: Vec<YearRows>,
        pager: Option<Pager>,
    }
}

#[derive(Serialize)]
struct YearLink {
    label: String,
    count: usize,
    path: String,
}

#[derive(Serialize)]
struct YearRows {
    label: String,
    id: String,
    events: Vec<TimelineRow>,
}

#[derive(Serialize)]
struct TimelineRow {
    card: Value,
    who: Value,
}

/// Makes the view of page `n` (from 0) of the timeline.
pub(super) fn view(edition: &Edition, route: &str, n: usize) -> Value {
    let events = &edition.archive.events;
    let total = events.len();
    let title = edition.words.word("timeline");
    let top = top(edition, route, "timeline", "timeline", &title, n);
    let root = &top.common.root;
    let all = edition.lists.years.get_or_init(|| years(edition));
    let page = shown(n, total);
    let mut shown = Vec::new();
    for year in all {
        let (from, to) = (page.start.max(year.start), page.end.min(year.start + year.count));
        if from < to {
            let events = events[from..to].iter().map(|ix| row(edition, *ix, root)).collect();
            shown.push(YearRows { label: year.label.clone(), id: year.id.clone(), events });
        }
    }
    let link = |year: &Year| YearLink {
        label: year.label.clone(),
        count: year.count,
        path: path_to(edition, &["timeline"], year.start, &year.id),
    };
    let pager = pager(edition, &["timeline"], n, total);
    value(&TimelinePage { total, index: all.iter().map(link).collect(), years: shown, pager, top })
}

/// Groups the events by the year in which each begins; those without one stand where their dates put them.
fn years(edition: &Edition) -> Vec<Year> {
    let mut years: Vec<Year> = Vec::new();
    let mut last = None;
    let mut seen: BTreeMap<Option<i64>, usize> = BTreeMap::new();
    for (at, ix) in edition.archive.events.iter().enumerate() {
        let year = edition.archive.record(*ix).fields.date("when").and_then(Edtf::year);
        if last == Some(year)
            && let Some(year) = years.last_mut()
        {
            year.count += 1;
            continue;
        }
        last = Some(year);
        let times = seen.entry(year).or_default();
        *times += 1;
        let mut id = year.map_or_else(|| "y-open".to_owned(), |year| format!("y-{year}"));
        if *times > 1 {
            id.push_str(&format!("-{times}"));
        }
        years.push(Year { label: label(edition, year), id, start: at, count: 1 });
    }
    years
}

/// Returns what a year is called; `…` where none is known.
pub(super) fn label(edition: &Edition, year: Option<i64>) -> String {
    match year {
        Some(year) if year > 0 => year.to_string(),
        // There is no year 0: ISO 8601's year 0 is 1 BC.
        Some(year) => edition.words.filled("date_before_christ", &[("year", &(1 - year).to_string())]),
        None => "…".to_owned(),
    }
}

fn row(edition: &Edition, ix: Ix, root: &str) -> TimelineRow {
    let participants = edition.archive.record(ix).fields.tables("participants");
    let who = place::target_links(edition, ix, participants.filter_map(|part| part.reference("who")), root);
    TimelineRow { card: edition.card(ix, root), who: html(&who) }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use crate::view::fixture::{each, edition, view};

    #[test]
    fn events_stand_year_by_year_and_those_without_a_start_come_first() {
        let mut site = String::new();
        for (n, when) in ["2021-03", "../2019", "2021~", "196X", "-0043-03-15", "0000"].iter().enumerate() {
            write!(site, "//- events/e{n}.md\n---\ntitle: Event {n}\nwhen: \"{when}\"\n---\n").unwrap();
        }
        let page = view(&edition(&site), "timeline.html");
        assert_eq!(each(&page["years"], "/label"), ["…", "44 BC", "1 BC", "1960", "2021"]);
        assert_eq!(each(&page["years"], "/id"), ["y-open", "y--43", "y-0", "y-1960", "y-2021"]);
        assert_eq!(each(&page["years"][4]["events"], "/card/id"), ["e2", "e0"]);
    }

    #[test]
    fn a_year_may_go_on_on_the_next_page() {
        let mut site = String::new();
        for n in 0..230 {
            let year = if n < 150 { 2020 } else { 2021 };
            write!(site, "//- events/e{n:03}.md\n---\ntitle: Event {n:03}\nwhen: \"{year}\"\n---\n").unwrap();
        }
        let edition = edition(&site);
        let second = view(&edition, "timeline/page-2.html");
        assert_eq!(each(&second["years"], "/id"), ["y-2021"]);
        assert_eq!(second["years"][0]["events"].as_array().unwrap().len(), 30);
        assert_eq!(each(&second["index"], "/path"), ["timeline.html#y-2020", "timeline.html#y-2021"]);
        assert_eq!(second["root"], "../");
    }

    #[test]
    fn participants_are_linked_where_they_are_records() {
        let site = "//- people/ada.md\n---\ntitle: Ada\n---\n//- events/e.md\n---\ntitle: Storm\nwhen: 2021\nparticipants: [{ who: ada }, { who: a stranger }]\n---\n";
        let page = view(&edition(site), "timeline.html");
        assert_eq!(page["years"][0]["events"][0]["who"], "<a href=\"./people/ada.html\">Ada</a>, a stranger");
    }
}

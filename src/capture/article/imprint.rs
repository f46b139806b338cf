//! Who published a text: the name above it, the owner at its foot, the name of the page behind its title.

use super::headline::cut_tab;
use super::layout::Layout;
use super::person::as_name;
use super::phrases::{is_clutter, is_navigation, words};

/// How many lines at the end of a text may name its owner.
const FAR: usize = 30;

/// How many lines at the top of a text may be its name.
const FIRST: usize = 3;

/// Words that the names of papers and agencies hold, in lower case.
const PAPERS: [&str; 32] = [
    "times",
    "courier",
    "post",
    "herald",
    "gazette",
    "tribune",
    "journal",
    "news",
    "zeitung",
    "daily",
    "guardian",
    "observer",
    "chronicle",
    "telegraph",
    "press",
    "review",
    "magazine",
    "bulletin",
    "agency",
    "broadcasting",
    "mail",
    "globe",
    "record",
    "standard",
    "tageblatt",
    "kurier",
    "monde",
    "gazeta",
    "register",
    "dispatch",
    "examiner",
    "newsroom",
];

/// Words that go on behind the name of who owns a text, in lower case.
const BEHIND: [&str; 22] = [
    ". ",
    ", all",
    " all rights",
    " | ",
    " · ",
    " alle rechte",
    " todos los",
    " todos os",
    " tous droits",
    " tutti i",
    ", a division",
    ", a subsidiary",
    ", an imprint",
    " or its ",
    " and its ",
    " and/or",
    " unless",
    "powered by",
    " terms",
    " - ",
    " – ",
    " — ",
];

/// Words that stand where a name is looked for and are none, in lower case.
const NO_NAMES: [&str; 24] = [
    "copyright",
    "notice",
    "news",
    "mail",
    "press",
    "post",
    "times",
    "record",
    "review",
    "journal",
    "magazine",
    "daily",
    "standard",
    "globe",
    "policy",
    "information",
    "content",
    "image",
    "photo",
    "photos",
    "all",
    "breaking news",
    "latest news",
    "world news",
];

/// What is known of who published a text.
#[derive(Default)]
pub(super) struct Imprint {
    /// Who published it.
    pub(super) publisher: Option<String>,
    /// The name of the paper or the page.
    pub(super) paper: Option<String>,
}

impl Imprint {
    /// Returns the names that may stand beside an author's.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.paper.iter().chain(&self.publisher).map(String::as_str)
    }
}

/// Finds out who published a text whose title is known, or is not; its own name stands from the line `from` on.
pub(super) fn imprint(layout: &Layout, title: Option<usize>, from: usize) -> Imprint {
    let top = title.unwrap_or(layout.start).min(layout.lines.len());
    let lines = || layout.lines.iter().map(|line| line.text.as_str());
    // Inside the article it is the owner of a picture who is named.
    let owner = lines().skip(layout.end).chain(lines().take(top)).find_map(owned_by);
    let owner = owner.or_else(|| lines().rev().take(FAR).find_map(|line| owned_by(line).filter(|_| is_of_year(line))));
    let said = lines().take(layout.head).chain(lines().skip(layout.end)).find_map(said);
    let above: Vec<&str> = lines().take(top).skip(from).collect();
    let paper = tab(layout, title).or_else(|| owner.as_deref().and_then(|owner| of_owner(&above, owner)));
    // Further down a name is one only if the foot has it, too.
    let is_first = |at: usize| at < FIRST || lines().skip(layout.end).any(|line| line.contains(above[at]));
    let named = || (0..above.len()).find(|at| is_paper(above[*at]) && is_first(*at)).map(|at| above[at].to_owned());
    let paper = paper.or_else(named).or_else(|| of_company(owner.as_deref()?));
    // A link to its first page may say more than its name: `Quay News Home`.
    let paper = paper.map(|paper| owner.clone().filter(|owner| begins(&paper, owner)).unwrap_or(paper));
    let paper = paper.map(|paper| as_spelt(&paper, layout, owner.as_deref()));
    let is_of_paper = |owner: &String| paper.as_ref().is_some_and(|paper| begins(owner, paper));
    let agency = || layout.lines.get(layout.start..layout.head)?.iter().find_map(|line| agency(&line.text));
    let publisher = said.or(owner.filter(|owner| !is_of_paper(owner)));
    Imprint { publisher: publisher.or_else(|| paper.clone()).or_else(agency), paper }
}

/// Reads the name of the page behind the title: `Quay sold | The Courier`.
fn tab(layout: &Layout, title: Option<usize>) -> Option<String> {
    let title = layout.text(title?).to_lowercase();
    let name =
        layout.lines.iter().filter_map(|line| cut_tab(&line.text)).find(|(said, _)| said.to_lowercase() == title);
    name.map(|(_, name)| name.to_owned()).filter(|name| is_name(name))
}

/// Finds the name above the text that its owner's name begins with.
fn of_owner(above: &[&str], owner: &str) -> Option<String> {
    let fits = |line: &&&str| line.chars().count() >= 3 && begins(owner, line) && is_name(line);
    above.iter().filter(fits).max_by_key(|line| line.len()).map(|line| (*line).to_owned())
}

/// Reads the name of a paper in that of the house that prints it: `The Harbour Times Company`.
fn of_company(owner: &str) -> Option<String> {
    let houses = ["company", "co", "inc", "ltd", "limited", "llc", "gmbh", "media", "group", "verlag"];
    let is_house = |word: &str| houses.contains(&word.trim_matches([',', '.']).to_lowercase().as_str());
    let mut name = owner;
    while let Some((rest, _)) = name.rsplit_once(' ').filter(|(_, last)| is_house(last)) {
        name = rest.trim_end_matches(',');
    }
    let last = name.rsplit(' ').next().unwrap_or(name).to_lowercase();
    (name != owner && PAPERS.contains(&last.as_str()) && is_paper(name)).then(|| name.to_owned())
}

/// Tells whether a name begins with another one, as whole words and without its article.
fn begins(name: &str, with: &str) -> bool {
    let bare = |name: &str| {
        let lower = name.to_lowercase();
        ["the ", "der ", "die ", "das ", "le ", "la ", "el "]
            .iter()
            .find_map(|it| lower.strip_prefix(it).map(str::to_owned))
            .unwrap_or(lower)
    };
    let (name, with) = (bare(name), bare(with));
    name.strip_prefix(&with).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Writes a name in capitals as it is written elsewhere, or as names are.
fn as_spelt(name: &str, layout: &Layout, owner: Option<&str>) -> String {
    if name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let lower = name.to_lowercase();
    let spelt = layout.lines.iter().map(|line| line.text.as_str()).chain(owner);
    let spelt = spelt.filter(|line| *line != name).find(|line| line.to_lowercase() == lower);
    spelt.map_or_else(|| as_name(name), str::to_owned)
}

/// Reads `© 2023 The Harbour Courier. All rights reserved.` and `The Harbour Courier © 2023`.
fn owned_by(line: &str) -> Option<String> {
    let lower = line.to_lowercase();
    if lower.len() != line.len() || line.split(' ').count() > 40 {
        return None;
    }
    let (at, mark) = ["©", "(c)", "copyright", "版权所有"].iter().find_map(|mark| Some((lower.rfind(mark)?, *mark)))?;
    let has_year = is_of_year(line);
    let is_plain = at == 0 && line.split(' ').count() <= 8
        || lower.contains("rights")
        || lower.contains("rechte")
        || lower.contains("reserv");
    if !has_year && !is_plain || mark == "copyright" && !has_year && !lower.contains("reserved") {
        return None;
    }
    let after = name(&line[at + mark.len()..]);
    after.or_else(|| name(&line[..at]))
}

/// Tells whether a line has a year, or says that rights are reserved.
fn is_of_year(line: &str) -> bool {
    line.contains("reserved") || line.split(|c: char| !c.is_ascii_digit()).any(|part| part.len() == 4)
}

/// Takes a name out of what stands around it: years, marks, rights.
fn name(text: &str) -> Option<String> {
    let noise = |c: char| c.is_ascii_digit() || c.is_whitespace() || "©-–—,.:|".contains(c);
    let mut text = text.trim_matches(noise);
    for word in ["Copyright", "copyright", "COPYRIGHT", "by ", "(c)", "Copyright ©"] {
        text = text.strip_prefix(word).unwrap_or(text).trim_start_matches(noise);
    }
    let lower = text.to_lowercase();
    let end = if lower.len() == text.len() { BEHIND.iter().filter_map(|mark| lower.find(mark)).min() } else { None };
    let name = text[..end.unwrap_or(text.len())].trim_end_matches(noise).trim();
    is_name(name).then(|| name.to_owned())
}

/// Reads `Published by …` and its like.
fn said(line: &str) -> Option<String> {
    let marks = ["Published by ", "Publisher: ", "Herausgeber: ", "来源："];
    let rest = marks
        .iter()
        .find_map(|mark| Some(&line[line.find(mark).filter(|at| *at == 0 || mark.ends_with('：'))? + mark.len()..]))?;
    name(rest.split([' ', '\u{3000}']).next().filter(|_| line.contains("来源：")).unwrap_or(rest))
}

/// Reads the agency of a dateline: `ALDMOOR, May 3 (Meridian) - The …`.
fn agency(line: &str) -> Option<String> {
    let (place, rest) = line.split_once(" (")?;
    let (name, rest) = rest.split_once(')')?;
    let is_place = place.split(' ').next().is_some_and(|word| word.len() > 2 && !word.contains(char::is_lowercase));
    let is_dateline = is_place && place.split(' ').count() <= 6 && rest.trim_start().starts_with(['-', '–', '—']);
    (is_dateline && is_name(name)).then(|| name.to_owned())
}

/// Tells whether a text may be the name of a paper or a house.
fn is_name(name: &str) -> bool {
    let lower = name.to_lowercase();
    !name.is_empty()
        && name.split(' ').count() <= 8
        && words(name) <= 12
        && name.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
        && !name.contains(['/', ')', '(', '@', '▾', '%', ':', '©', '|'])
        && !NO_NAMES.contains(&lower.as_str())
        && !is_clutter(name)
        && !is_navigation(name)
        && ![
            "all rights",
            "alle rechte",
            "tous droits",
            "todos los",
            "support ",
            "inside ",
            "about ",
            "portions ",
            "from ",
            "more ",
            "wordpress",
            "designed ",
        ]
        .iter()
        .any(|it| lower.starts_with(it))
}

/// Tells whether a line looks like the name of a paper.
fn is_paper(line: &str) -> bool {
    let words: Vec<String> = line.split(' ').map(str::to_lowercase).collect();
    let named = words.iter().any(|word| PAPERS.contains(&word.as_str()));
    named
        && (2..=6).contains(&words.len())
        && is_name(line)
        && !line.ends_with(['.', '?', '!', ':'])
        && line.starts_with(|c: char| c.is_uppercase())
        && every_word_begins_large(line)
}

fn every_word_begins_large(line: &str) -> bool {
    let small = ["of", "the", "and", "de", "la", "le", "der", "die"];
    line.split(' ').all(|word| small.contains(&word) || !word.starts_with(char::is_lowercase))
}

//! What tells works apart that a page would cite in the same words: names, given names, titles, letters behind the year.
//!
//! The steps are those of CSL 1.0.2 ("Disambiguation"), in its order: more of the names of a long list; given names, as
//! initials or in full; what the style keeps for such a case (`disambiguate="true"`); a letter behind the year, by the
//! order of the page's list. hayagriva tells apart what stands in one document of its own; here it is asked for shapes of
//! works, one at a time, so that a page's list decides, and a work in two kinds of need (`J. Roe 2001a`) gets both.

use std::collections::{BTreeMap, BTreeSet};

use hayagriva::citationberg::DisambiguationRule;

use super::bibliography::{Bibliography, Noted, Place};
use super::engine::{Part, Position};
use super::name::Name;
use super::pin::Pin;
use super::values::Cited;

/// What a style is asked to add to a citation: it is part of what a template is known by.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug)]
pub(super) struct Added {
    /// How many names stand before "et al."; 0: as many as the style wants.
    pub(super) names: u8,
    /// Whether what the style keeps for citations that are alike is said.
    pub(super) choice: bool,
    /// Whether a letter follows the year.
    pub(super) letter: bool,
}

/// What tells a work apart from others on a page.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Told {
    pub(super) added: Added,
    /// What stands before each author's name (`J. `), HTML.
    pub(super) forenames: Vec<Box<str>>,
    /// The letter behind the year.
    pub(super) letter: String,
}

/// How a given name is added.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Form {
    Initials,
    Full,
}

/// Whose given names are added.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    First,
    All,
}

/// Tells works apart, which stand in the order of the page's list. Those that need nothing are left out.
pub(super) fn told(bibliography: &Bibliography, works: &[usize]) -> BTreeMap<usize, Told> {
    let mut page = Page { bibliography, works, told: BTreeMap::new() };
    let citation = &bibliography.engine.csl.citation;
    let rule = citation.givenname_disambiguation_rule;
    if citation.disambiguate_add_givenname && rule != DisambiguationRule::ByCite {
        page.name_people(rule);
    }
    if citation.disambiguate_add_names {
        page.add_names();
    }
    if citation.disambiguate_add_givenname {
        page.add_forenames(rule);
    }
    page.add_choice();
    if citation.disambiguate_add_year_suffix {
        page.add_letters();
    }
    page.told.retain(|_, told| *told != Told::default());
    page.told
}

struct Page<'b> {
    bibliography: &'b Bibliography,
    works: &'b [usize],
    told: BTreeMap<usize, Told>,
}

impl<'b> Page<'b> {
    /// Says what a citation of a work prints, so far.
    fn said(&self, work: usize) -> String {
        self.said_with(work, self.told.get(&work).unwrap_or(&Told::default()))
    }

    fn said_with(&self, work: usize, told: &Told) -> String {
        let place = Place::Citation {
            part: Part::Whole,
            position: Position::First,
            noted: Noted::No,
            pin: Pin::None,
            added: told.added,
        };
        let mut out = String::new();
        self.bibliography.write(work, place, &Cited { told: Some(told), ..Cited::default() }, &mut out);
        out
    }

    /// Returns the works that are cited in the same words, each in the order of the list.
    fn crowds(&self) -> Vec<Vec<usize>> {
        let mut said: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for work in self.works {
            said.entry(self.said(*work)).or_default().push(*work);
        }
        let mut crowds: Vec<Vec<usize>> = said.into_values().filter(|crowd| crowd.len() > 1).collect();
        crowds.sort_unstable();
        crowds
    }

    /// Changes what is told of each work of a crowd, if more of them are told apart by it.
    fn attempt(&mut self, crowd: &[usize], change: impl Fn(usize, &mut Told)) -> bool {
        let told = crowd.iter().map(|work| {
            let mut told = self.told.get(work).cloned().unwrap_or_default();
            change(*work, &mut told);
            told
        });
        let told: Vec<Told> = told.collect();
        let said: BTreeSet<String> = crowd.iter().zip(&told).map(|(work, told)| self.said_with(*work, told)).collect();
        let is_better = said.len() > 1;
        if is_better {
            self.told.extend(crowd.iter().copied().zip(told));
        }
        is_better
    }

    /// Adds names before "et al." until as many works are told apart as names can tell.
    fn add_names(&mut self) {
        for crowd in self.crowds() {
            let mut crowds = vec![crowd];
            let most = crowds[0].iter().map(|work| self.bibliography.authors(*work).len()).max().unwrap_or_default();
            for names in 2..=u8::try_from(most.min(40)).unwrap_or_default() {
                for crowd in std::mem::take(&mut crowds) {
                    if self.attempt(&crowd, |_, told| told.added.names = names) {
                        let mut said: BTreeMap<String, Vec<usize>> = BTreeMap::new();
                        for work in crowd {
                            said.entry(self.said(work)).or_default().push(work);
                        }
                        crowds.extend(said.into_values().filter(|crowd| crowd.len() > 1));
                    } else {
                        crowds.push(crowd);
                    }
                }
            }
        }
    }

    /// Tells people of one family name apart wherever they are named, as some rules want it.
    fn name_people(&mut self, rule: DisambiguationRule) {
        let whose = match rule {
            DisambiguationRule::PrimaryName | DisambiguationRule::PrimaryNameWithInitials => Whose::First,
            _ => Whose::All,
        };
        let forms = forms(rule);
        let families = self.families(self.works, whose);
        for work in self.works {
            let forenames = self.forenames(*work, &families, whose, |given, others| {
                forms.iter().copied().find(|form| self.tells(given, others, *form))
            });
            if forenames.iter().any(|name| !name.is_empty()) {
                self.told.entry(*work).or_default().forenames = forenames;
            }
        }
    }

    /// Adds given names to works that are cited in the same words.
    fn add_forenames(&mut self, rule: DisambiguationRule) {
        let forms = forms(rule);
        for crowd in self.crowds() {
            for (whose, form) in
                [Whose::First, Whose::All].into_iter().flat_map(|whose| forms.iter().map(move |form| (whose, *form)))
            {
                let families = self.families(&crowd, whose);
                let forenames: BTreeMap<usize, Vec<Box<str>>> = crowd
                    .iter()
                    .map(|work| (*work, self.forenames(*work, &families, whose, |_, _| Some(form))))
                    .collect();
                if self.attempt(&crowd, |work, told| told.forenames.clone_from(&forenames[&work])) {
                    break;
                }
            }
        }
    }

    /// Lets the style say what it keeps for citations that are alike.
    fn add_choice(&mut self) {
        for crowd in self.crowds() {
            self.attempt(&crowd, |_, told| told.added.choice = true);
        }
    }

    /// Gives letters to works that are still cited in the same words.
    fn add_letters(&mut self) {
        for crowd in self.crowds() {
            let letters: BTreeMap<usize, String> =
                crowd.iter().enumerate().map(|(at, work)| (*work, letter(at))).collect();
            self.attempt(&crowd, |work, told| {
                told.added.letter = true;
                told.letter.clone_from(&letters[&work]);
            });
        }
    }

    /// Gathers the given names of people who share a family name.
    fn families(&self, works: &[usize], whose: Whose) -> BTreeMap<&'b str, BTreeSet<&'b str>> {
        let mut families: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for work in works {
            for name in self.people(*work, whose) {
                if let Name::Person { family, given, .. } = name {
                    families.entry(family).or_default().insert(given);
                }
            }
        }
        families.retain(|_, given| given.len() > 1);
        families
    }

    fn people(&self, work: usize, whose: Whose) -> &'b [Name] {
        let bibliography: &'b Bibliography = self.bibliography;
        let authors = bibliography.authors(work);
        if whose == Whose::First { &authors[..authors.len().min(1)] } else { authors }
    }

    /// Returns what stands before the names of a work's authors.
    fn forenames(
        &self,
        work: usize,
        families: &BTreeMap<&str, BTreeSet<&str>>,
        whose: Whose,
        form: impl Fn(&str, &BTreeSet<&str>) -> Option<Form>,
    ) -> Vec<Box<str>> {
        let forenames = self.people(work, whose).iter().map(|name| match name {
            Name::Person { family, given, .. } => match families.get(family.as_str()) {
                Some(others) => form(given, others).map(|form| self.forename(given, form)).unwrap_or_default(),
                None => "".into(),
            },
            Name::Literal(_) => "".into(),
        });
        forenames.collect()
    }

    /// Tells whether a form of a given name is that of no other one.
    fn tells(&self, given: &str, others: &BTreeSet<&str>, form: Form) -> bool {
        let own = self.forename(given, form);
        others.iter().filter(|other| **other != given).all(|other| self.forename(other, form) != own)
    }

    fn forename(&self, given: &str, form: Form) -> Box<str> {
        let text = match (form, self.bibliography.initialize_with()) {
            (Form::Initials, Some(with)) => initials(given, with),
            _ => given.trim().to_owned(),
        };
        if text.is_empty() { "".into() } else { format!("{} ", crate::html::escaped(&text)).into() }
    }
}

/// Returns the forms in which a rule adds given names, the shortest first.
fn forms(rule: DisambiguationRule) -> &'static [Form] {
    match rule {
        DisambiguationRule::AllNamesWithInitials | DisambiguationRule::PrimaryNameWithInitials => &[Form::Initials],
        _ => &[Form::Initials, Form::Full],
    }
}

/// Returns the initials of given names, each with what the style sets behind it (`J.-L.`, `I. M.`).
fn initials(given: &str, with: &str) -> String {
    let mut out = String::new();
    for (at, word) in given.split([' ', '.']).filter(|word| !word.is_empty()).enumerate() {
        for (part, letter) in word.split('-').filter_map(|part| part.chars().next()).enumerate() {
            match (at, part) {
                (_, 1..) => {
                    out.truncate(out.trim_end().len());
                    out.push('-');
                }
                (1.., 0) if !out.ends_with(' ') && with.ends_with(' ') => out.push(' '),
                _ => {}
            }
            out.push(letter);
            out.push_str(with);
        }
    }
    out.trim_end().to_owned()
}

/// Returns a letter, from 0: a to z, then aa.
fn letter(at: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = at + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'a' + u8::try_from(rest % 26).unwrap_or_default()));
        rest /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::{initials, letter};

    #[test]
    fn letters_go_on_behind_z() {
        assert_eq!([0, 25, 26, 27, 51, 52].map(letter), ["a", "z", "aa", "ab", "az", "ba"]);
    }

    #[test]
    fn initials_keep_hyphens() {
        assert_eq!(initials("Ida Maria", ". "), "I. M.");
        assert_eq!(initials("Jean-Luc P.", ". "), "J.-L. P.");
        assert_eq!(initials("Jean Luc", ""), "JL");
        assert_eq!(initials("J.R.", "."), "J.R.");
    }
}

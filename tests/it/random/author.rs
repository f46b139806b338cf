//! Who writes a record: what it may refer to, in which words, and what of all that is withheld.

use std::collections::BTreeSet;

use super::dice::Dice;
use super::forms::{Form, Forms};
use super::plan::{Plan, Planned, secret};

/// The writer of one record.
pub(super) struct Author<'p> {
    pub(super) dice: Dice,
    pub(super) plan: &'p Plan,
    /// The record's number in the plan.
    pub(super) me: usize,
    /// The form that a withheld record is written for; `None` for a public one, which is written for all.
    pub(super) hidden: Option<Form>,
    /// Footnotes that were referred to and wait for their text.
    pub(super) notes: Vec<(String, Forms)>,
    /// Files that the record uses: their paths and whether they are public.
    pub(super) files: Vec<String>,
    /// Whether a block quote is open, which a citation would make a quotation.
    pub(super) in_quote: bool,
    /// What was written, by name, for the test that nothing was forgotten.
    pub(super) covered: BTreeSet<String>,
}

const WORDS: [&str; 28] = [
    "harbour", "minister", "delay", "vote", "clerk", "letter", "never", "after", "between", "Ansholm", "quiet",
    "register", "night", "office", "ship", "claimed", "answered", "twice", "the", "of", "and", "with", "über", "naïve",
    "long", "hearing", "advice", "paper",
];

impl<'p> Author<'p> {
    /// Makes the writer of a record.
    pub(super) fn new(dice: Dice, plan: &'p Plan, me: usize, hidden: Option<Form>) -> Author<'p> {
        Author {
            dice,
            plan,
            me,
            hidden,
            notes: Vec::new(),
            files: Vec::new(),
            in_quote: false,
            covered: BTreeSet::new(),
        }
    }

    pub(super) fn record(&self) -> &'p Planned {
        &self.plan.records[self.me]
    }

    /// Notes that something was written.
    pub(super) fn cover(&mut self, what: impl Into<String>) {
        if self.hidden.is_none() {
            self.covered.insert(what.into());
        }
    }

    /// Writes a few words; a withheld record's hold some that nobody may read.
    pub(super) fn words(&mut self, least: usize) -> String {
        let count = least + self.dice.below(5);
        let mut words: Vec<String> = (0..count).map(|_| (*self.dice.pick(&WORDS)).to_owned()).collect();
        if self.hidden.is_some() && self.dice.chance(50) {
            words.push(secret(&mut self.dice));
        }
        words.join(" ")
    }

    /// Picks a record that may be referred to, of one of some types; of any, where none are given.
    pub(super) fn other(&mut self, kinds: &[&str]) -> Option<usize> {
        let fits = |at: &usize| {
            let record = &self.plan.records[*at];
            let there = match self.hidden {
                Some(form) => record.forms[form as usize],
                None => record.is_public(),
            };
            there && *at != self.me && (kinds.is_empty() || kinds.contains(&record.kind))
        };
        let fit: Vec<usize> = (0..self.plan.records.len()).filter(fits).collect();
        (!fit.is_empty()).then(|| *self.dice.pick(&fit))
    }

    /// Picks a withheld record that stands in a form.
    fn withheld(&mut self, form: Form) -> Option<&'p Planned> {
        let plan = self.plan;
        let hidden: Vec<&Planned> =
            plan.records.iter().filter(|record| !record.is_public() && record.forms[form as usize]).collect();
        (!hidden.is_empty()).then(|| *self.dice.pick(&hidden))
    }

    /// Returns a name of a record by which a wikilink may call it.
    pub(super) fn name_of(&mut self, record: &Planned) -> String {
        let names = [&[record.id.clone()][..], &record.aliases].concat();
        // A folder's own page is also called by what it is in.
        match self.dice.below(6) {
            0 | 1 => self.dice.pick(&names).clone(),
            2 if record.place.contains('/') => record.place.clone(),
            3 => format!("content/{}.md", record.place),
            4 => record.id.to_uppercase(),
            _ if record.is_headed || record.is_veiled => record.id.clone(),
            _ => record.title.clone(),
        }
    }

    /// Writes the record's title.
    pub(super) fn title(&mut self) -> Forms {
        let mut title = Forms::same(self.record().title.clone());
        if self.record().is_veiled {
            self.cover("mention of a withheld record in a title");
            title.push_str(" on ");
            title.push(&self.veiled(&Forms::same("him"), Wiki::Only));
        }
        title
    }

    /// Writes a labelled mention of a withheld record, which stripping turns into its label.
    pub(super) fn veiled(&mut self, label: &Forms, wiki: Wiki) -> Forms {
        let mut forms = [Form::Own, Form::Other].map(|form| self.veil(form, label.get(form), wiki));
        if let Some(form) = self.hidden {
            // A withheld record may be written anyhow.
            forms = [self.veil(form, label.get(form), wiki), String::new()];
            return Forms::same(std::mem::take(&mut forms[0]));
        }
        self.cover("mention of a withheld record");
        let [own, other] = forms;
        Forms::of(own, label.get(Form::Stripped), other)
    }

    fn veil(&mut self, form: Form, label: &str, wiki: Wiki) -> String {
        if self.dice.chance(10) {
            return label.to_owned();
        }
        let Some(record) = self.withheld(form) else { return label.to_owned() };
        let name = self.name_of(record);
        let fragment = *self.dice.pick(&["", "", "", "#a heading", "#^block"]);
        let space = *self.dice.pick(&["", "", " "]);
        match wiki {
            Wiki::Only => format!("[[{name}{fragment}|{label}]]"),
            Wiki::InCell => format!("[[{name}{fragment}\\|{label}]]"),
            Wiki::OrLink if self.dice.chance(25) && record.host.is_none() => {
                // From the record, from the vault's root, or by the name alone.
                let path = match self.dice.below(3) {
                    0 => record.path.trim_start_matches("content/").to_owned(),
                    1 => format!("{}.md", record.id),
                    _ => relative(&self.record().folder, &record.path),
                };
                format!("[{label}]({})", path.replace(' ', "%20"))
            }
            Wiki::OrLink => format!("[[{name}{space}{fragment}|{label}]]"),
        }
    }
}

/// Where a mention stands, and so how it may be written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Wiki {
    /// In a text that is not Markdown.
    Only,
    /// In Markdown.
    OrLink,
    /// In a cell of a table.
    InCell,
}

/// Returns the way from a folder to a file.
pub(super) fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').collect();
    let to: Vec<&str> = path.split('/').collect();
    let common = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let up = vec![".."; from.len() - common];
    [up, to[common..].to_vec()].concat().join("/")
}

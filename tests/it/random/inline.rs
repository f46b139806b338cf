//! What stands in a line of Markdown: emphasis, mentions, citations, quotations, notes, comments and the rest.

use super::author::{Author, Wiki, relative};
use super::forms::{Form, Forms, joined};
use super::plan::secret;

/// Where a line stands, and so what it may hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Place {
    /// In the body of a record.
    Text,
    /// In a cell of a table, where a bar ends it.
    Cell,
    /// In a heading or a short text of a field, where no footnote is defined.
    Short,
}

impl Author<'_> {
    /// Writes a sentence.
    pub(super) fn sentence(&mut self, place: Place) -> Forms {
        let mut parts = vec![Forms::same(self.words(1))];
        for _ in 0..self.dice.below(4) {
            parts.push(self.bit(place));
            parts.push(Forms::same(self.words(1)));
        }
        let mut sentence = joined(&parts, " ");
        sentence.push_str(".");
        sentence
    }

    /// Writes something that a line may hold.
    pub(super) fn bit(&mut self, place: Place) -> Forms {
        match self.dice.below(13) {
            0 => self.marked(place),
            1..=2 => self.mention(place),
            3..=5 => {
                let label = self.label();
                self.veiled(&label, if place == Place::Cell { Wiki::InCell } else { Wiki::OrLink })
            }
            6 | 7 => self.comment(),
            8 => self.citation(),
            9 => self.quotation(),
            10 => self.link(place),
            11 => self.note(place),
            _ => self.odd(place),
        }
    }

    /// Writes the label of a mention: words, now and then with markup or a citation among them.
    fn label(&mut self) -> Forms {
        let words = self.words(1);
        match self.dice.below(8) {
            0 => Forms::same(format!("*{words}*")),
            1 => Forms::same(format!("{words} `x`")),
            2 => {
                let mut label = Forms::same(words);
                label.push(&Forms::private("%% a note %%", ""));
                label.push_str(" so");
                label
            }
            // A label may be the name of a public record: it is text all the same.
            3 => match self.other(&[]) {
                Some(at) => Forms::same(self.plan.records[at].id.clone()),
                None => Forms::same(words),
            },
            _ => Forms::same(words),
        }
    }

    fn marked(&mut self, place: Place) -> Forms {
        let words = self.words(1);
        let (what, text) = match self.dice.below(8) {
            0 => ("emphasis", format!("*{words}*")),
            1 => ("strong", format!("**{words}**")),
            2 => ("strikethrough", format!("~~{words}~~")),
            3 => ("highlight", format!("=={words}==")),
            4 => ("code", format!("`{words} %% no comment %% [[nobody]]`")),
            5 => ("tag", format!("#{}", self.dice.pick(&["quay", "Vote", "deep/er", "zürich"]))),
            6 => ("punctuation", format!("{words} -- {words}... 'so'")),
            _ => ("hard break", format!("{words}\\\n{words}")),
        };
        // A line break would end a heading or a cell.
        let (what, text) = match what {
            "hard break" if place != Place::Text => ("escape", format!("\\*{words}\\*")),
            _ => (what, text),
        };
        self.cover(what);
        Forms::same(text)
    }

    /// Writes a mention of a record.
    fn mention(&mut self, place: Place) -> Forms {
        let Some(at) = self.other(&[]) else { return Forms::same("nobody") };
        let record = &self.plan.records[at];
        let name = self.name_of(record);
        let bar = if place == Place::Cell { "\\|" } else { "|" };
        let words = self.words(1);
        let path = relative(&self.record().folder, &record.path).replace(' ', "%20");
        let (what, text) = match self.dice.below(7) {
            0 | 1 => ("mention", format!("[[{name}]]")),
            2 => ("labelled mention", format!("[[{name}{bar}{words}]]")),
            3 if has_part(record) => ("mention of a heading", format!("[[{name}#The part]]")),
            4 if has_part(record) => ("mention of a block", format!("[[{name}#^block{bar}{words}]]")),
            5 if record.host.is_none() && place != Place::Cell => ("relative link", format!("[{words}]({path})")),
            6 if place == Place::Text && has_part(self.record()) => {
                ("mention of the own page", "[[#The part]]".to_owned())
            }
            _ => ("mention", format!("[[{name}]]")),
        };
        self.cover(what);
        Forms::same(text)
    }

    /// Writes a comment.
    pub(super) fn comment(&mut self) -> Forms {
        self.cover("comment in a line");
        let [own, other] = [Form::Own, Form::Other].map(|form| self.comment_of(form));
        if self.hidden.is_some() { Forms::same(own) } else { Forms::private(own, other) }
    }

    fn comment_of(&mut self, form: Form) -> String {
        if self.dice.chance(20) {
            return String::new();
        }
        let inside = self.whisper(form).replace('\n', " ");
        if self.dice.chance(30) {
            self.cover("HTML comment");
            return format!("<!-- {inside} -->");
        }
        format!("%% {inside} %%")
    }

    /// Writes words that are never published, with everything in them that would be an error elsewhere.
    pub(super) fn whisper(&mut self, form: Form) -> String {
        let word = secret(&mut self.dice);
        let known = self.other(&[]).map_or_else(|| "nobody".to_owned(), |at| self.plan.records[at].id.clone());
        let source = self.other(&["source"]).map_or_else(|| "nobody".to_owned(), |at| self.plan.records[at].id.clone());
        let number = self.dice.below(3);
        match self.dice.below(9) {
            0 => format!("{word} [[{known}]]"),
            1 => format!("{word} [[nobody at all]] #{word}"),
            2 => format!("{word} \"never said this here\" [@{source}]"),
            3 => format!("{word} [@nobody] [^x{number}]"),
            4 => format!("`{word}` *{known}"),
            5 => format!("![[{known}]] {word} [a](javascript:x)"),
            6 => format!("{word} ^block"),
            7 => self.veil_for(form, &word),
            _ => format!("{word}, \"{word} {word} {word} {word}\""),
        }
    }

    fn citation(&mut self) -> Forms {
        let Some(at) = self.other(&["source"]) else { return Forms::same("so") };
        let id = self.plan.records[at].id.clone();
        let locator = *self.dice.pick(&["", ", para. 1", ", p. 3", ", line 2"]);
        let (what, text) = match self.dice.below(6) {
            _ if self.in_quote => ("citation with a prefix", format!("[see @{id}{locator}]")),
            0 => ("citation in the text", format!("@{id}")),
            1 => ("citation with a prefix", format!("[see @{id}{locator}]")),
            2 => ("citation without its author", format!("[-@{id}]")),
            3 => ("citation with a key in braces", format!("[@{{{id}}}]")),
            4 => ("citation of several", format!("[@{id}, para. 1; @{id}]")),
            _ => ("citation", format!("[@{id}{locator}]")),
        };
        self.cover(what);
        Forms::same(text)
    }

    /// Writes a passage of a capture with its citation.
    pub(super) fn quotation(&mut self) -> Forms {
        let Some((passage, id)) = self.passage() else { return self.citation() };
        let (what, text) = match self.dice.below(4) {
            _ if self.in_quote => return self.citation(),
            0 => ("quotation with words between", format!("\"{passage},\" she said [@{id}]")),
            1 => ("quotation in the author's own words", format!("\"{passage}\" [cf. @{id}]")),
            2 => ("typographic quotation", format!("“{passage}” [@{id}]")),
            _ => ("quotation", format!("\"{passage}\" [@{id}, para. 1]")),
        };
        self.cover(what);
        Forms::same(text)
    }

    /// Picks some words of a capture's first paragraph.
    pub(super) fn passage(&mut self) -> Option<(String, String)> {
        let at = self.other(&["source"])?;
        let record = &self.plan.records[at];
        let first = record.capture.first()?;
        let words: Vec<&str> = first.split(' ').collect();
        let from = self.dice.below(words.len() - 5);
        let words = words[from..from + 5].join(" ");
        let passage = words.trim_end_matches(['.', ',', ';']).to_owned();
        (!passage.contains(". ")).then(|| (passage, record.id.clone()))
    }

    fn link(&mut self, place: Place) -> Forms {
        let words = self.words(1);
        let (what, text) = match self.dice.below(5) {
            0 => ("link to the world", format!("[{words}](https://example.org/{}?a=1&b=2)", self.dice.below(9))),
            1 => ("automatic link", "<https://example.org/auto>".to_owned()),
            2 => ("link to a page of the output", format!("[{words}](/robots.txt)")),
            3 if place == Place::Text => ("link by reference", format!("[{words}][ref]")),
            _ => ("link to the world", format!("[{words}](mailto:a@example.org)")),
        };
        self.cover(what);
        Forms::same(text)
    }

    fn note(&mut self, place: Place) -> Forms {
        if place == Place::Text && self.dice.chance(60) {
            self.cover("footnote");
            let name = format!("x{}", self.notes.len());
            let text = self.sentence(Place::Short);
            self.notes.push((name.clone(), text));
            return Forms::same(format!("so[^{name}]"));
        }
        if place == Place::Cell {
            return Forms::same("so");
        }
        self.cover("inline note");
        let mut note = Forms::same("so^[");
        note.push(&Forms::same(self.words(2)));
        let label = Forms::same(self.words(1));
        note.push_str(" ");
        note.push(&self.veiled(&label, Wiki::Only));
        note.push_str("]");
        note
    }

    fn odd(&mut self, place: Place) -> Forms {
        let words = self.words(1);
        match self.dice.below(4) {
            0 => {
                self.cover("raw HTML in a line");
                Forms::same(format!("<b>{words}</b> &amp; <i>"))
            }
            1 if place == Place::Text => {
                // Its definition may stand in a private block, and then there is none.
                self.cover("reference without a definition");
                Forms::same("[hidden] and[^hidden]")
            }
            2 if place != Place::Cell => {
                self.cover("image in a line");
                let file = self.image();
                Forms::same(format!("![{words}]({file})"))
            }
            _ => {
                self.cover("comment between letters");
                let comment = self.comment();
                joined(&[Forms::same("wo"), comment, Forms::same("rd")], "")
            }
        }
    }

    fn veil_for(&mut self, form: Form, word: &str) -> String {
        self.veiled(&Forms::same(word), Wiki::Only).get(form).to_owned()
    }
}

/// Tells whether the text of a record has the part that others mention and embed.
pub(super) fn has_part(record: &super::plan::Planned) -> bool {
    record.is_public() && record.id.len().is_multiple_of(2)
}

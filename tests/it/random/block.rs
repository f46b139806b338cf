//! What stands by itself in Markdown: headings, lists, quotations, callouts, tables, code, embeds; and what is private among it.

use super::author::{Author, Wiki, relative};
use super::forms::{Form, Forms, joined};
use super::inline::{Place, has_part};
use super::picture::FORMATS;

impl Author<'_> {
    /// Writes the text of a record, block by block.
    pub(super) fn body(&mut self) -> Vec<Forms> {
        let mut blocks = Vec::new();
        if self.record().is_headed {
            blocks.push(self.title().indented("# ", ""));
        }
        for _ in 0..1 + self.dice.below(5) {
            let block = self.block(0);
            blocks.push(block);
        }
        if has_part(self.record()) && self.hidden.is_none() {
            self.cover("block id");
            let words = self.words(2);
            blocks.push(Forms::same(format!("## The part\n\n{words} ^block")));
        }
        while let Some((name, text)) = self.notes.pop() {
            let mut note = Forms::same(format!("[^{name}]: "));
            note.push(&text);
            if self.dice.chance(40) {
                let block = self.quiet(2);
                note.push_str("\n\n");
                note.push(&block.indented("    ", "    "));
                note.push_str("\n\n    more");
            }
            if self.dice.chance(30) {
                let code = self.code();
                note.push_str("\n\n");
                note.push(&code.indented("    ", "    "));
            }
            blocks.push(note);
        }
        blocks.push(Forms::same("[ref]: https://example.org/by-reference"));
        blocks
    }

    /// Writes a block. What is private stands beside it, before it or in it.
    fn block(&mut self, depth: usize) -> Forms {
        let choice = self.dice.below(if depth < 2 { 15 } else { 6 });
        match choice {
            0 | 1 => self.sentence(Place::Text),
            2 | 3 => self.quiet(depth),
            4 => self.code(),
            5 => self.paragraph_with_comment(),
            6 => self.heading(),
            7 => self.list(depth),
            8 => self.quote(depth),
            9 => self.callout(depth),
            10 => self.table(),
            11 => self.embed(),
            12 => self.block_quotation(),
            13 => self.shared_line(depth),
            _ => self.raw(),
        }
    }

    fn heading(&mut self) -> Forms {
        let mut words = Forms::same(self.words(1));
        if self.dice.chance(40) {
            words.push_str(" ");
            words.push(&self.bit(Place::Short));
        }
        let level = 2 + self.dice.below(3);
        if self.dice.chance(20) {
            self.cover("heading with a line below");
            words.push_str("\n------");
            return words;
        }
        self.cover("heading");
        words.indented(&format!("{} ", "#".repeat(level)), "")
    }

    fn list(&mut self, depth: usize) -> Forms {
        let (what, mark) = *self.dice.pick(&[
            ("list", "- "),
            ("ordered list", "1. "),
            ("task list", "- [ ] "),
            ("task list", "- [x] "),
        ]);
        self.cover(what);
        let indent = " ".repeat(if mark == "1. " { 3 } else { 2 });
        let is_loose = self.dice.chance(50);
        let items: Vec<Forms> = (0..1 + self.dice.below(3))
            .map(|_| {
                let mut item = self.sentence(Place::Short);
                if self.dice.chance(40) {
                    let block = self.block(depth + 1);
                    item.push_str("\n\n");
                    item.push(&block);
                    item.push_str("\n\nmore");
                }
                if self.hidden.is_none() && self.dice.chance(5) {
                    self.cover("block id of an item");
                    item = Forms::same(format!("{} ^item{}", self.words(1), self.dice.below(9)));
                }
                item.indented(mark, &indent)
            })
            .collect();
        joined(&items, if is_loose { "\n\n" } else { "\n" })
    }

    fn quote(&mut self, depth: usize) -> Forms {
        self.cover("block quote");
        let outer = std::mem::replace(&mut self.in_quote, true);
        let mut quote = self.sentence(Place::Short);
        quote.push_str("\n\n");
        quote.push(&self.block(depth + 1));
        quote.push_str("\n\n-- a voice");
        self.in_quote = outer;
        quote.indented("> ", "> ")
    }

    fn callout(&mut self, depth: usize) -> Forms {
        self.cover("callout");
        let kind = *self.dice.pick(&["note", "WARNING", "odd kind", "tip"]);
        let fold = *self.dice.pick(&["", "-", "+"]);
        let title = if self.dice.chance(50) { format!(" {}", self.words(1)) } else { String::new() };
        let mut callout = Forms::same(format!("[!{kind}]{fold}{title}\n"));
        callout.push(&self.sentence(Place::Short));
        callout.push_str("\n\n");
        callout.push(&self.block(depth + 1));
        callout.push_str("\n\nmore");
        callout.indented("> ", "> ")
    }

    fn table(&mut self) -> Forms {
        self.cover("table");
        let mut table = Forms::same("| a | b |\n|:--|--:|");
        for _ in 0..1 + self.dice.below(2) {
            let cells = [self.sentence(Place::Cell), self.sentence(Place::Cell)];
            table.push_str("\n| ");
            table.push(&joined(&cells, " | "));
            table.push_str(" |");
        }
        table
    }

    fn code(&mut self) -> Forms {
        let words = self.words(1);
        let (what, text) = *self.dice.pick(&[
            ("fenced code", "```\n%% WORDS %%\n> [!private] no callout\n[[nobody]]\n```"),
            // Two pieces of it with nothing but blank lines between them would be one, in which blank lines count.
            ("indented code", "    %% WORDS [[nobody]]\n\nand so on"),
            ("rule", "---"),
        ]);
        self.cover(what);
        Forms::same(text.replace("WORDS", &words))
    }

    /// Embeds a record, a part of one, or an image.
    fn embed(&mut self) -> Forms {
        let later: Option<usize> = self.other(&[]).filter(|at| *at > self.me);
        let words = self.words(1);
        let (what, text) = match (self.dice.below(4), later) {
            (0, Some(at)) => ("card", format!("![[{}]]", self.plan.records[at].id)),
            (1, Some(at)) if has_part(&self.plan.records[at]) => {
                ("embedded section", format!("![[{}#The part]]", self.plan.records[at].id))
            }
            (2, Some(at)) if has_part(&self.plan.records[at]) => {
                ("embedded block", format!("![[{}#^block]]", self.plan.records[at].id))
            }
            (3, _) => ("embedded image", format!("![[{}|{words}]]", self.image())),
            _ => {
                self.cover("image");
                let label = Forms::same(self.words(1));
                let (veiled, credit) = (self.veiled(&label, Wiki::OrLink), self.veiled(&label, Wiki::Only));
                let mut text = Forms::same(format!("![{words}]({} \"{words} ", self.image()));
                text.push(&veiled);
                text.push_str(" | by ");
                text.push(&credit);
                text.push_str("\")");
                return text;
            }
        };
        self.cover(what);
        Forms::same(text)
    }

    /// Names an image beside the record, and sees to it that there is one.
    pub(super) fn image(&mut self) -> String {
        let extension = *self.dice.pick(&FORMATS);
        let record = self.record();
        let name = format!("{}-{}.{extension}", record.id, self.dice.below(3));
        let folder = record.path.rsplit_once('/').map_or("", |parts| parts.0).to_owned();
        self.files.push(format!("{folder}/{name}"));
        // An inline record has a folder of its own, and its dossier's files.
        if record.host.is_some() { relative(&record.folder, &format!("{folder}/{name}")) } else { name }
    }

    fn block_quotation(&mut self) -> Forms {
        let Some((passage, id)) = self.passage().filter(|_| !self.in_quote) else { return self.sentence(Place::Text) };
        let (what, text) = match self.dice.below(5) {
            4 => ("quotation without a citation", format!("\"{passage} and more of it\"")),
            0 => ("quotation as a callout", format!("> [!quote] {passage}\n> {passage} [@{id}]")),
            1 => ("translation", format!("> [!translation]\n> Ganz anders. [@{id}]")),
            2 => ("block quote with its author", format!("> {passage} [@{id}]\n> -- a voice")),
            _ => ("quotation as a block", format!("> {passage} [@{id}]")),
        };
        self.cover(what);
        Forms::same(text)
    }

    fn raw(&mut self) -> Forms {
        self.cover("raw HTML as a block");
        let words = self.words(1);
        Forms::same(format!("<div class=\"x\">\n{words}\n</div>"))
    }

    /// Writes a paragraph and a comment that spans blocks.
    fn paragraph_with_comment(&mut self) -> Forms {
        self.cover("comment over several blocks");
        let [own, other] = [Form::Own, Form::Other].map(|form| {
            let (one, two) = (self.whisper(form), self.whisper(form));
            let (one, two) = (one.replace('`', ""), two.replace('`', ""));
            match self.dice.below(4) {
                0 => format!("%% {one}\n\n## {two}\n\n- {two} %%"),
                1 => format!("<!--\n{one}\n\n{two}\n-->"),
                2 => format!("%%\n```\n{one}\n```\n%%"),
                _ => String::new(),
            }
        });
        let comment = match self.hidden {
            Some(_) => Forms::same(own),
            None => Forms::private(own, other),
        };
        joined(&[self.sentence(Place::Text), comment, self.sentence(Place::Text)], "\n\n")
    }

    /// Writes a private callout, or nothing. It takes whole lines, and the lines around it stay.
    pub(super) fn quiet(&mut self, depth: usize) -> Forms {
        self.cover(["private callout", "private callout in a block", "private callout deep in blocks"][depth.min(2)]);
        let [own, other] = [Form::Own, Form::Other].map(|form| self.quiet_of(form));
        if self.hidden.is_some() { Forms::same(own) } else { Forms::private(own, other) }
    }

    fn quiet_of(&mut self, form: Form) -> String {
        if self.dice.chance(15) {
            return String::new();
        }
        let kind = *self.dice.pick(&["private", "Private", "PRIVATE"]);
        let fold = *self.dice.pick(&["", "-", "+"]);
        let title = if self.dice.chance(50) { format!(" {}", self.whisper(form)) } else { String::new() };
        let mut lines = vec![format!("[!{kind}]{fold}{}", title.replace('\n', " "))];
        for _ in 0..1 + self.dice.below(3) {
            let whisper = self.whisper(form);
            lines.push(match self.dice.below(7) {
                0 => format!("## {whisper}"),
                1 => "## The part".to_owned(),
                2 => format!("- {whisper}\n  - {whisper}"),
                3 => format!("> nested {whisper}"),
                4 => "[hidden]: https://example.org/hidden".to_owned(),
                5 => format!("[^hidden]: {whisper}"),
                _ => whisper,
            });
        }
        let text = lines
            .join("\n\n")
            .lines()
            .map(|line| format!("> {line}").trim_end().to_owned())
            .collect::<Vec<_>>()
            .join("\n");
        // A line that goes on lazily belongs to the callout.
        if self.dice.chance(20) { format!("{text}\n>\n> and\nlazily on") } else { text }
    }

    /// Writes a list whose item begins with a private callout, which shares its line with the item's mark.
    fn shared_line(&mut self, _: usize) -> Forms {
        self.cover("private callout on the line of an item");
        let rest = self.sentence(Place::Short);
        let item = |author: &mut Self, form: Form| {
            let quiet = author.quiet_of(form);
            if quiet.is_empty() || quiet.contains("lazily") {
                return format!("- {}", rest.get(form));
            }
            let quiet = quiet.lines().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n");
            format!("- {}\n\n  {}", quiet.trim_start(), rest.get(form))
        };
        if let Some(form) = self.hidden {
            return Forms::same(item(self, form));
        }
        let own = item(self, Form::Own);
        let other = item(self, Form::Other);
        let list = Forms::of(own, format!("- {}", rest.get(Form::Stripped)), other);
        let mut all = list;
        all.push_str("\n- and a second item");
        all
    }
}

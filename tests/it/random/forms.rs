//! A site in three forms, written at once: as it is, stripped of its private matter, and with other private matter.

use std::collections::BTreeMap;

use casebook::file::{Bytes, MemoryFiles, RelPath};

/// One of the three forms of a site.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// The site itself.
    Own,
    /// The site with everything private deleted.
    Stripped,
    /// The site with other, more and differently dated private matter.
    Other,
}

impl Form {
    /// All of them.
    pub(super) const ALL: [Form; 3] = [Form::Own, Form::Stripped, Form::Other];
}

/// A text in the three forms.
#[derive(Clone, Default, PartialEq, Debug)]
pub(super) struct Forms([String; 3]);

impl Forms {
    /// Makes a text that is public: the same in each form.
    pub(super) fn same(text: impl Into<String>) -> Forms {
        let text = text.into();
        Forms([text.clone(), text.clone(), text])
    }

    /// Makes a text that is private: another one, or none, in the third form.
    pub(super) fn private(own: impl Into<String>, other: impl Into<String>) -> Forms {
        Forms([own.into(), String::new(), other.into()])
    }

    /// Makes a text of its three forms.
    pub(super) fn of(own: impl Into<String>, stripped: impl Into<String>, other: impl Into<String>) -> Forms {
        Forms([own.into(), stripped.into(), other.into()])
    }

    /// Returns the text in one form.
    pub(super) fn get(&self, form: Form) -> &str {
        &self.0[form as usize]
    }

    /// Adds a text behind this one.
    pub(super) fn push(&mut self, text: &Forms) {
        for (into, text) in self.0.iter_mut().zip(&text.0) {
            into.push_str(text);
        }
    }

    /// Adds a public text behind this one.
    pub(super) fn push_str(&mut self, text: &str) {
        self.0.iter_mut().for_each(|into| into.push_str(text));
    }

    /// Returns the text with something done to each form.
    pub(super) fn map(&self, change: impl Fn(&str) -> String) -> Forms {
        Forms([change(&self.0[0]), change(&self.0[1]), change(&self.0[2])])
    }

    /// Returns the text behind a first prefix, the later lines behind another; empty lines get it trimmed.
    pub(super) fn indented(&self, first: &str, rest: &str) -> Forms {
        self.map(|text| {
            let mut out = String::new();
            for (at, line) in text.split_inclusive('\n').enumerate() {
                let prefix = if at == 0 { first } else { rest };
                out.push_str(if line.trim().is_empty() && at > 0 { prefix.trim_end() } else { prefix });
                out.push_str(line);
            }
            out
        })
    }
}

/// Joins texts.
pub(super) fn joined(texts: &[Forms], between: &str) -> Forms {
    let mut all = Forms::default();
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            all.push_str(between);
        }
        all.push(text);
    }
    all
}

/// A piece of a file, which a failing site can perhaps do without.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) text: Forms,
    pub(super) may_go: bool,
}

impl Part {
    /// Makes a part that the file cannot do without.
    pub(super) fn fixed(text: Forms) -> Part {
        Part { text, may_go: false }
    }

    /// Makes a part that may be left out.
    pub(super) fn loose(text: Forms) -> Part {
        Part { text, may_go: true }
    }
}

/// What a file holds.
#[derive(Clone, Debug)]
pub(super) enum Content {
    /// Text, in pieces.
    Text(Vec<Part>),
    /// Bytes, and what they are.
    Bytes(Vec<u8>, String),
}

/// A file of a random site.
#[derive(Clone, Debug)]
pub(super) struct File {
    pub(super) path: String,
    pub(super) content: Content,
    /// In which forms of the site there is such a file.
    pub(super) forms: [bool; 3],
}

/// A random site.
#[derive(Clone, Debug)]
pub(super) struct Site {
    pub(super) files: Vec<File>,
    /// The date of the build.
    pub(super) as_of: Option<String>,
    /// Whether drafts are published.
    pub(super) drafts: bool,
    /// The withheld records.
    pub(super) hidden: Vec<Hidden>,
}

/// A withheld record: a site in which it is mentioned and does not stand is no smaller case of one in which it does.
#[derive(Clone, Debug)]
pub(super) struct Hidden {
    /// The file that holds it.
    pub(super) path: String,
    /// Its id.
    pub(super) id: String,
    /// All that it may be called.
    pub(super) names: Vec<String>,
}

impl Site {
    /// Returns the files of a form with their bytes.
    pub(super) fn bytes(&self, form: Form) -> BTreeMap<String, Vec<u8>> {
        let there = self.files.iter().filter(|file| file.forms[form as usize]);
        there.map(|file| (file.path.clone(), file.bytes(form))).collect()
    }

    /// Returns the files of a form in memory.
    pub(super) fn files(&self, form: Form) -> MemoryFiles {
        let mut files = MemoryFiles::default();
        for (path, bytes) in self.bytes(form) {
            files.0.insert(RelPath::new(&path).expect("a generated path is one"), Bytes::from(bytes));
        }
        files
    }

    /// Tells whether every withheld record that is named still stands.
    pub(super) fn is_sound(&self) -> bool {
        let text = self.dump(Form::Own) + &self.dump(Form::Other);
        let text = text.to_lowercase();
        self.hidden.iter().all(|hidden| {
            let file = self.files.iter().find(|file| file.path == hidden.path);
            let stands = file.is_some_and(|file| {
                let own = [Form::Own, Form::Other].map(|form| String::from_utf8_lossy(&file.bytes(form)).into_owned());
                own.iter().any(|text| hidden.path.contains(&hidden.id) || text.contains(&format!("\"{}\"", hidden.id)))
            });
            stands || !hidden.names.iter().any(|name| text.contains(&name.to_lowercase()))
        })
    }

    /// Returns a form as one text in which `//- path` begins a file.
    pub(super) fn dump(&self, form: Form) -> String {
        let mut out = String::new();
        for file in self.files.iter().filter(|file| file.forms[form as usize]) {
            let text = match &file.content {
                Content::Text(_) => String::from_utf8_lossy(&file.bytes(form)).into_owned(),
                Content::Bytes(bytes, what) => format!("({what}, {} bytes)\n", bytes.len()),
            };
            out.push_str(&format!("//- {}\n{text}", file.path));
            if !out.ends_with('\n') {
                out.push('\n');
            }
        }
        out
    }
}

impl File {
    fn bytes(&self, form: Form) -> Vec<u8> {
        match &self.content {
            Content::Text(parts) => parts.iter().map(|part| part.text.get(form)).collect::<String>().into_bytes(),
            Content::Bytes(bytes, _) => bytes.clone(),
        }
    }
}

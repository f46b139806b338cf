//! The same words as sites of Zola and of Hugo, with themes that do far less: pages, lists of their titles, tags.
//!
//! Hugo's links are written as routes, which it does not check: looking each up with `relref` would cost it more.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use super::corpus::{Corpus, Head, Kind, Piece, markdown};
use super::folder::write;
use super::words::Random;

/// A generator to be compared with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Other {
    /// Zola.
    Zola,
    /// Hugo.
    Hugo,
}

const ZOLA: [(&str, &str); 7] = [
    (
        "config.toml",
        "base_url = \"https://corpus.example\"\ntitle = \"A corpus\"\n\
         taxonomies = [{ name = \"tags\", paginate_by = 200 }]\n",
    ),
    (
        "templates/base.html",
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{% block title %}{{ config.title }}\
         {% endblock %}</title></head>\n<body><header><a href=\"/\">{{ config.title }}</a></header>\n\
         <main>{% block main %}{% endblock %}</main></body></html>\n",
    ),
    (
        "templates/page.html",
        "{% extends \"base.html\" %}{% block title %}{{ page.title }}{% endblock %}{% block main %}\n\
         <h1>{{ page.title }}</h1><time>{{ page.date }}</time>\n{{ page.content | safe }}{% endblock %}\n",
    ),
    (
        "templates/section.html",
        "{% extends \"base.html\" %}{% block main %}<ul>\n{% for page in paginator.pages %}<li>\
         <a href=\"{{ page.permalink }}\">{{ page.title }}</a></li>\n{% endfor %}</ul>{% endblock %}\n",
    ),
    ("templates/index.html", "{% extends \"base.html\" %}{% block main %}<h1>{{ section.title }}</h1>{% endblock %}\n"),
    (
        "templates/tags/list.html",
        "{% extends \"base.html\" %}{% block main %}<ul>\n{% for term in terms %}<li>\
         <a href=\"{{ term.permalink }}\">{{ term.name }}</a></li>\n{% endfor %}</ul>{% endblock %}\n",
    ),
    (
        "templates/tags/single.html",
        "{% extends \"base.html\" %}{% block main %}<ul>\n{% for page in paginator.pages %}<li>\
         <a href=\"{{ page.permalink }}\">{{ page.title }}</a></li>\n{% endfor %}</ul>{% endblock %}\n",
    ),
];

const HUGO: [(&str, &str); 5] = [
    (
        "hugo.toml",
        "baseURL = \"https://corpus.example/\"\ntitle = \"A corpus\"\ndisableKinds = [\"RSS\", \"sitemap\"]\n\n\
         [taxonomies]\ntag = \"tags\"\n",
    ),
    (
        "layouts/_default/baseof.html",
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title></head>\n\
         <body><header><a href=\"/\">{{ .Site.Title }}</a></header>\n<main>{{ block \"main\" . }}{{ end }}</main>\
         </body></html>\n",
    ),
    (
        "layouts/_default/single.html",
        "{{ define \"main\" }}<h1>{{ .Title }}</h1><time>{{ .Date.Format \"2006-01-02\" }}</time>\n\
         {{ .Content }}{{ end }}\n",
    ),
    (
        "layouts/_default/list.html",
        "{{ define \"main\" }}<ul>\n{{ range (.Paginate .Pages 200).Pages }}<li>\
         <a href=\"{{ .Permalink }}\">{{ .Title }}</a></li>\n{{ end }}</ul>{{ end }}\n",
    ),
    ("layouts/index.html", "{{ define \"main\" }}<h1>{{ .Title }}</h1>{{ end }}\n"),
];

impl Other {
    /// Returns its program's name.
    pub(crate) fn program(self) -> &'static str {
        match self {
            Other::Zola => "zola",
            Other::Hugo => "hugo",
        }
    }

    /// Writes the site into a folder.
    ///
    /// # Errors
    /// Fails where a file cannot be written.
    pub(crate) fn write_site(self, corpus: &Corpus, site: &Path) -> io::Result<()> {
        let theme: &[(&str, &str)] = match self {
            Other::Zola => &ZOLA,
            Other::Hugo => &HUGO,
        };
        for (name, text) in theme {
            write(&site.join(name), text)?;
        }
        if self == Other::Zola {
            write(&site.join("content/_index.md"), "+++\ntitle = \"Home\"\n+++\n")?;
            for kind in [Kind::Person, Kind::Organisation, Kind::Event, Kind::Place, Kind::Source, Kind::Claim] {
                let folder = kind.folder();
                let text = format!("+++\ntitle = \"{folder}\"\nsort_by = \"title\"\npaginate_by = 200\n+++\n");
                write(&site.join(format!("content/{folder}/_index.md")), &text)?;
            }
        }
        for (record, head) in corpus.heads.iter().enumerate() {
            let path = site.join(format!("content/{}/{}.md", head.kind.folder(), head.id));
            write(&path, &self.page(corpus, record))?;
        }
        Ok(())
    }

    fn page(self, corpus: &Corpus, record: usize) -> String {
        let mut random = Random::new(corpus.seed, (1 << 52) + record as u64);
        let tags: BTreeSet<String> = (0..random.below(4)).map(|_| format!("\"topic-{}\"", random.skewed(60))).collect();
        let tags = tags.into_iter().collect::<Vec<_>>().join(", ");
        let tags = match self {
            Other::Zola => format!("[taxonomies]\ntags = [{tags}]"),
            Other::Hugo => format!("tags = [{tags}]"),
        };
        let mut text = format!(
            "+++\ntitle = \"{}\"\ndescription = \"{}\"\ndate = 20{}-0{}-1{}\n{tags}\n+++\n\n",
            corpus.heads[record].title,
            corpus.vocabulary.sentence(&mut random),
            10 + random.below(14),
            1 + random.below(9),
            random.below(10),
        );
        text.push_str(&markdown(&corpus.body(record), &mut |out, piece| self.write_piece(corpus, out, piece)));
        text
    }

    fn write_piece(self, corpus: &Corpus, out: &mut String, piece: &Piece) {
        let link = |record: usize, label: Option<&str>| {
            let head = &corpus.heads[record];
            format!("[{}]({})", label.unwrap_or(&head.title), self.target(head))
        };
        let _ = match piece {
            Piece::Words(words) => write!(out, "{words}"),
            Piece::Mention(record, label) => write!(out, "{}", link(*record, label.as_deref())),
            Piece::Citation(source, None) => write!(out, " ({})", link(*source, None)),
            Piece::Citation(source, Some(page)) => write!(out, " ({}, p. {page})", link(*source, None)),
            Piece::Quotation(source, paragraph, words) => {
                write!(out, "\"{words}\" ({}, para. {paragraph})", link(*source, None))
            }
        };
    }

    fn target(self, head: &Head) -> String {
        match self {
            Other::Zola => format!("@/{}/{}.md", head.kind.folder(), head.id),
            Other::Hugo => format!("/{}/{}/", head.kind.folder(), head.id),
        }
    }
}

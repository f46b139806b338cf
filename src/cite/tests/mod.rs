//! Tests of the room as a whole.

mod apart;
mod laws;
mod pinned;
mod positions;
mod styles;

use super::{Bibliography, Name, Style, Work};
use crate::model::date::Edtf;

/// Reads a date.
fn date(text: &str) -> Option<Edtf> {
    Some(Edtf::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}")))
}

/// Makes a work.
fn work(kind: &str, title: &str, authors: &[&str], issued: &str) -> Work {
    Work {
        kind: kind.to_owned(),
        title: title.to_owned(),
        authors: authors.iter().map(|name| Name::read(name)).collect(),
        issued: date(issued),
        ..Work::default()
    }
}

/// Five works, as a dossier has them.
fn five() -> Vec<Work> {
    vec![
        Work {
            publisher: Some("Courier Media".to_owned()),
            container_title: Some("The Courier".to_owned()),
            accessed: date("2023-03-23"),
            url: Some("https://courier.example/story?id=1&p=2".to_owned()),
            ..work("article-newspaper", "Who said \"let it wait\"?", &["Ida Maria Vik", "Jonas Example"], "2023-03-22")
        },
        Work {
            publisher: Some("Northern Press".to_owned()),
            ..work("book", "The long wait: a history of detention", &["Anna van Beethoven"], "2019")
        },
        Work {
            publisher: Some("Office of the Special Rapporteur".to_owned()),
            url: Some("https://rapporteur.example/report.pdf".to_owned()),
            ..work("report", "Finding on the allegation", &["Office of the Special Rapporteur"], "2023-05~")
        },
        work("personal_communication", "Memo on an earlier election", &[], "2018/2019"),
        Work {
            container_title: Some("Journal of Elections & Law".to_owned()),
            ..work(
                "article-journal",
                "Votes <counted> twice",
                &["Ada Lind", "Bo Lind", "Cleo Lind", "Dan Lind"],
                "2021-11-01",
            )
        },
    ]
}

/// Puts works under a style in English.
fn under(style: &str, works: Vec<Work>) -> Bibliography {
    let style = Style::named(style, "en").unwrap_or_else(|fault| panic!("{style}: {fault:?}"));
    Bibliography::new(style, works, collate)
}

/// Compares texts by their small letters.
fn collate(_: &str, texts: &[&str]) -> Vec<Vec<u8>> {
    texts.iter().map(|text| text.to_lowercase().into_bytes()).collect()
}

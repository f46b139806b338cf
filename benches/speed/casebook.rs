//! A corpus as a site of Casebook: front matter with the fields that real cases have, references, citations, captures.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::corpus::{Block, Corpus, Kind, Piece, markdown};
use super::folder::write;
use super::words::Random;

/// One dossier is written for so many records.
const RECORDS_OF_A_DOSSIER: usize = 500;

/// How many confidential records there are beside the corpus.
const CONFIDENTIAL: usize = 20;

/// Whether the site has a search index.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Search {
    /// It has none.
    Off,
    /// It has one.
    On,
}

/// Writes the site into a folder, with so many lines in `secrets.txt`.
///
/// # Errors
/// Fails where a file cannot be written.
pub(crate) fn write_site(corpus: &Corpus, search: Search, canaries: usize, site: &Path) -> io::Result<()> {
    let search = search == Search::On;
    write(
        &site.join("casebook.toml"),
        &format!(
            "title = \"A corpus of {} records\"\nbase_url = \"https://corpus.example/\"\nauthors = [\"Nobody\"]\n\n\
             [outputs]\nsearch = {search}\n",
            corpus.heads.len()
        ),
    )?;
    write(&site.join("content/index.md"), "+++\ntitle = \"Home\"\n+++\n\nAll of it is invented.\n")?;
    for record in 0..corpus.heads.len() {
        write_record(corpus, record, site)?;
    }
    for dossier in 0..dossiers(corpus) {
        write(&site.join(format!("content/dossiers/dossier-{dossier}.md")), &self::dossier(corpus, dossier))?;
    }
    let mut secrets = String::from("# names that must not stand anywhere\n");
    for number in 0..CONFIDENTIAL {
        let name = secret_name(number);
        let id = name.to_lowercase().replace(' ', "-");
        let text = format!(
            "+++\ntitle = \"{name}\"\nvisibility = \"confidential\"\n\n[private]\nphone = \"0199 77 {number:04}\"\n+++\n\nNobody may know.\n"
        );
        write(&site.join(format!("content/people/{id}.md")), &text)?;
    }
    for number in 0..canaries {
        let _ = writeln!(secrets, "{} of Zzyxgrave", secret_name(number));
    }
    write(&site.join("secrets.txt"), &secrets)
}

/// Returns where the record of that number stands, relative to the site.
pub(crate) fn path(corpus: &Corpus, record: usize) -> String {
    let head = &corpus.heads[record];
    match corpus.capture_of(record) {
        Some(_) => format!("content/sources/{}/index.md", head.id),
        None => format!("content/{}/{}.md", head.kind.folder(), head.id),
    }
}

fn write_record(corpus: &Corpus, record: usize, site: &Path) -> io::Result<()> {
    let mut random = Random::new(corpus.seed, (1 << 50) + record as u64);
    let mut text = format!("+++\ntitle = \"{}\"\n", corpus.heads[record].title);
    common_fields(corpus, record, &mut random, &mut text);
    match corpus.heads[record].kind {
        Kind::Person => person(corpus, record, &mut random, &mut text),
        Kind::Organisation => text.push_str("kind = \"office\"\nfounded = \"1954~\"\ncountry = \"Vasken\"\n"),
        Kind::Event => event(corpus, &mut random, &mut text),
        Kind::Place => {
            let (lat, lon) = (random.below(90), random.below(180));
            let _ = writeln!(text, "location = {{ lat = {lat}.5, lon = {lon}.25 }}\naddress = \"Harbour Road {lon}\"");
        }
        Kind::Source => source(corpus, record, &mut random, &mut text),
        Kind::Claim => claim(corpus, &mut random, &mut text),
    }
    text.push_str("+++\n\n");
    text.push_str(&body(corpus, record, &mut random));
    let path = site.join(path(corpus, record));
    if let Some(paragraphs) = corpus.capture_of(record) {
        write(&path.with_file_name("capture.txt"), &capture_text(paragraphs))?;
    }
    write(&path, &text)
}

/// Writes the plain fields that all types share: in TOML they stand before the first table.
fn common_fields(corpus: &Corpus, record: usize, random: &mut Random, text: &mut String) {
    let _ = writeln!(text, "summary = \"{}\"", corpus.vocabulary.sentence(random));
    let tags: BTreeSet<String> = (0..random.below(4)).map(|_| format!("\"topic-{}\"", random.skewed(60))).collect();
    if !tags.is_empty() {
        let _ = writeln!(text, "tags = [{}]", tags.into_iter().collect::<Vec<_>>().join(", "));
    }
    if random.once_in(4) {
        let _ = writeln!(text, "dossiers = [\"dossier-{}\"]", record / RECORDS_OF_A_DOSSIER % dossiers(corpus));
    }
}

fn person(corpus: &Corpus, record: usize, random: &mut Random, text: &mut String) {
    let (first, last) = corpus.heads[record].title.split_once(' ').unwrap_or_default();
    let _ = writeln!(text, "aliases = [\"{last}, {first}\"]\nborn = \"19{}~\"", 30 + random.below(50));
    for _ in 0..1 + random.below(2) {
        let from = 1995 + random.below(15);
        let title = random.one_of(&["director", "member of parliament", "clerk", "consul general", "editor"]);
        let _ = writeln!(
            text,
            "\n[[roles]]\ntitle = \"{title}\"\norganisation = \"{}\"\nwhen = \"{from}/{}\"\nevidence = [{}]",
            corpus.some(Kind::Organisation, random).id,
            from + 3 + random.below(12),
            evidence(corpus, random)
        );
    }
    if random.once_in(2) {
        let kind = random.one_of(&["associate-of", "family-of", "spoke-with", "represents"]);
        let _ = writeln!(
            text,
            "\n[[relations]]\ntype = \"{kind}\"\nto = \"{}\"\nwhen = \"20{}\"",
            corpus.some(Kind::Person, random).id,
            10 + random.below(10)
        );
    }
}

fn event(corpus: &Corpus, random: &mut Random, text: &mut String) {
    let (year, month, day) = (2010 + random.below(12), 1 + random.below(12), 1 + random.below(28));
    let when = match random.below(6) {
        0 => format!("{year}-{month:02}"),
        1 => format!("{year}-{month:02}~"),
        2 => format!("{year}"),
        3 => format!("{year}-{month:02}-{day:02}/{}-01", year + 1),
        _ => format!("{year}-{month:02}-{day:02}"),
    };
    let role = |random: &mut Random| random.one_of(&["chair", "witness", "speaker", "guest"]);
    let participants: Vec<String> = (0..2 + random.below(3))
        .map(|_| format!("{{ who = \"{}\", role = \"{}\" }}", corpus.some(Kind::Person, random).id, role(random)))
        .collect();
    let _ = writeln!(
        text,
        "when = \"{when}\"\nplace = \"{}\"\nstatus = \"{}\"\nparticipants = [{}]\nevidence = [{}]",
        corpus.some(Kind::Place, random).id,
        random.one_of(&["occurred", "occurred", "occurred", "alleged", "disputed"]),
        participants.join(", "),
        evidence(corpus, random)
    );
}

fn source(corpus: &Corpus, record: usize, random: &mut Random, text: &mut String) {
    let (year, month, day) = (2022 + random.below(2), 1 + random.below(12), 1 + random.below(28));
    let _ = writeln!(
        text,
        "kind = \"article-newspaper\"\nauthor = \"{}\"\npublisher = \"{}\"\nissued = \"{year}-{month:02}-{day:02}\"\n\
         url = \"https://outlet.example/{year}/{}\"",
        corpus.vocabulary.person(random),
        outlet(record),
        corpus.heads[record].id
    );
    if random.once_in(5) {
        text.push_str("anonymous = [\"a person who was in the room\"]\n");
    }
    // A source rests on an earlier one only, so that there is no circle.
    let all = corpus.of(Kind::Source);
    if let (Ok(at @ 1..), true) = (all.binary_search(&record), random.once_in(5)) {
        let _ = writeln!(text, "rests-on = [\"{}\"]", corpus.heads[all[random.below(at)]].id);
    }
    let Some(paragraphs) = corpus.capture_of(record) else { return };
    let hash = Sha256::digest(capture_text(paragraphs).as_bytes());
    let hash = hash.iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    let _ = writeln!(text, "\n[capture]\nfile = \"capture.txt\"\nsha256 = \"{hash}\"");
    for paragraph in [2, 7] {
        let quote: Vec<&str> = paragraphs[paragraph].split(' ').skip(3).take(9).collect();
        let _ = writeln!(
            text,
            "\n[[annotations]]\nquote = \"{}\"\nnote = \"{}\"\nclaims = [\"{}\"]\nstance = \"{}\"",
            quote.join(" ").trim_end_matches([',', '.']),
            corpus.vocabulary.sentence(random),
            corpus.some(Kind::Claim, random).id,
            random.one_of(&["supports", "denies", "context"])
        );
    }
}

fn claim(corpus: &Corpus, random: &mut Random, text: &mut String) {
    let about = &corpus.some(Kind::Person, random).id;
    let _ = writeln!(text, "about = [\"{about}\"]\nresponse-sought = \"2024-01-10\"");
    let status = random.one_of(&["reported", "disputed", "corroborated", "confirmed", "refuted", "unproven"]);
    let (first, second) = two_outlets(corpus, random);
    let _ = writeln!(
        text,
        "\n[[assessments]]\non = \"2024-02-0{}\"\nstatus = \"alleged\"\nby = [\"a security official\"]\nevidence = [{}]\n\n\
         [[assessments]]\non = \"2024-05\"\nstatus = \"{status}\"\nby = [\"site\"]\nevidence = [\"{first}\", \"{second}\"]\n\
         note = \"{}\"",
        1 + random.below(9),
        evidence(corpus, random),
        corpus.vocabulary.sentence(random)
    );
    if random.once_in(2) {
        let kind = random.one_of(&["denial", "no-comment", "statement"]);
        let _ = writeln!(
            text,
            "\n[[responses]]\non = \"2024-02-12\"\nby = \"{about}\"\nkind = \"{kind}\"\nevidence = [{}]",
            evidence(corpus, random)
        );
    }
}

fn dossier(corpus: &Corpus, number: usize) -> String {
    let mut random = Random::new(corpus.seed, (1 << 51) + number as u64);
    let record = number * RECORDS_OF_A_DOSSIER % corpus.heads.len();
    format!(
        "+++\ntitle = \"Dossier {number}\"\nauthors = [\"{}\"]\npublished = \"2024-03-{:02}\"\nstandfirst = \"{}\"\n+++\n\n{}",
        corpus.vocabulary.person(&mut random),
        1 + random.below(28),
        corpus.vocabulary.sentence(&mut random),
        body(corpus, record, &mut random)
    )
}

fn dossiers(corpus: &Corpus) -> usize {
    corpus.heads.len().div_ceil(RECORDS_OF_A_DOSSIER)
}

/// Returns an entry of `evidence`: a source with a page, or a passage with the words and its paragraph.
fn evidence(corpus: &Corpus, random: &mut Random) -> String {
    if random.once_in(2) {
        return format!("\"{}, p. {}\"", corpus.some(Kind::Source, random).id, 1 + random.below(200));
    }
    let (source, paragraph, words) = corpus.passage(random);
    format!("{{ cite = \"{}, para. {paragraph}\", quote = \"{words}\" }}", corpus.heads[source].id)
}

/// Returns the ids of two sources of different outlets.
fn two_outlets<'a>(corpus: &'a Corpus, random: &mut Random) -> (&'a str, &'a str) {
    let all = corpus.of(Kind::Source);
    let first = random.below(all.len());
    let other =
        (1..all.len()).map(|step| all[(first + step) % all.len()]).find(|one| outlet(*one) != outlet(all[first]));
    (&corpus.heads[all[first]].id, &corpus.heads[other.unwrap_or(all[first])].id)
}

fn outlet(record: usize) -> String {
    format!("Outlet {}", record / 5 % 40)
}

fn secret_name(number: usize) -> String {
    format!("Zzyx{number:02} Qqorvald{number:02}")
}

fn capture_text(paragraphs: &[String]) -> String {
    paragraphs.join("\n\n") + "\n"
}

fn body(corpus: &Corpus, record: usize, random: &mut Random) -> String {
    let blocks: Vec<Block> = corpus.body(record);
    let mut text = markdown(&blocks, &mut |out, piece| write_piece(corpus, out, piece));
    if random.once_in(100) {
        let id = secret_name(random.below(CONFIDENTIAL)).to_lowercase().replace(' ', "-");
        let _ = writeln!(text, "It was [[{id}|a security official]] who told them so.");
    }
    text
}

fn write_piece(corpus: &Corpus, out: &mut String, piece: &Piece) {
    let head = |record: &usize| &corpus.heads[*record];
    let _ = match piece {
        Piece::Words(words) => write!(out, "{words}"),
        Piece::Mention(record, Some(label)) => write!(out, "[[{}|{label}]]", head(record).id),
        Piece::Mention(record, None) => write!(out, "[[{}]]", head(record).title),
        Piece::Citation(source, None) => write!(out, " [@{}]", head(source).id),
        Piece::Citation(source, Some(page)) => write!(out, " [@{}, p. {page}]", head(source).id),
        Piece::Quotation(source, paragraph, words) => {
            write!(out, "\"{words}\" [@{}, para. {paragraph}]", head(source).id)
        }
    };
}

//! A corpus: the heads of all records, and a body for each that is made when it is asked for.
//!
//! Of the records 40 % are people (one in 16 of them an organisation), 40 % events (one in 32 a place), 15 % sources, 5 %
//! claims, or 20 % claims, in the place of people and events ([`Claims`]). Up to 200 sources have a capture. A body has about 450 words, 8 mentions, 2 citations and 1 quotation that
//! stands word for word in a captured source. What must hold for a site to build without an error holds here:
//!
//! - ids and titles are unique; each record is mentioned by the one before it, the first by the last;
//! - a quotation is a run of whole words of one paragraph of a capture, and its locator names that paragraph.

use std::collections::BTreeSet;

use super::words::{Random, Vocabulary, capital, id};

/// How many sources have a capture.
const CAPTURES: usize = 200;

/// How many paragraphs a capture has.
const PARAGRAPHS: usize = 40;

/// How many sentences a body has: about 450 words.
const SENTENCES: usize = 30;

/// What a record is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// An event.
    Event,
    /// A place.
    Place,
    /// A source.
    Source,
    /// A claim.
    Claim,
}

impl Kind {
    /// Returns the folder of such records.
    pub(crate) fn folder(self) -> &'static str {
        match self {
            Kind::Person => "people",
            Kind::Organisation => "organisations",
            Kind::Event => "events",
            Kind::Place => "places",
            Kind::Source => "sources",
            Kind::Claim => "claims",
        }
    }
}

/// How many of the records are claims.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Claims {
    /// One in twenty.
    Few,
    /// One in five.
    Many,
}

/// What the other records need to know of a record.
pub(crate) struct Head {
    /// What it is.
    pub(crate) kind: Kind,
    /// Its id, which is the file's stem.
    pub(crate) id: String,
    /// Its title.
    pub(crate) title: String,
}

/// A piece of a sentence.
pub(crate) enum Piece {
    /// Words.
    Words(String),
    /// A mention of the record of that number, with words of its own or by its title.
    Mention(usize, Option<String>),
    /// A citation of a source, with a page.
    Citation(usize, Option<usize>),
    /// Words of the captured source of that number, from that paragraph (from 1).
    Quotation(usize, usize, String),
}

/// A block of a body.
pub(crate) enum Block {
    /// A heading.
    Heading(String),
    /// Sentences.
    Paragraph(Vec<Piece>),
    /// A list of sentences.
    List(Vec<Vec<Piece>>),
}

/// All that a corpus holds.
pub(crate) struct Corpus {
    /// From what it was made.
    pub(crate) seed: u64,
    /// The words.
    pub(crate) vocabulary: Vocabulary,
    /// The heads of all records.
    pub(crate) heads: Vec<Head>,
    /// The captures, each a list of paragraphs: of the first sources.
    pub(crate) captures: Vec<Vec<String>>,
    people: Vec<usize>,
    organisations: Vec<usize>,
    events: Vec<usize>,
    places: Vec<usize>,
    sources: Vec<usize>,
    claims: Vec<usize>,
}

impl Corpus {
    /// Makes the corpus of so many records.
    pub(crate) fn new(seed: u64, records: usize, claims: Claims) -> Corpus {
        let vocabulary = Vocabulary::new(seed);
        let heads = heads(&vocabulary, seed, records, claims);
        let of = |kind: Kind| (0..heads.len()).filter(|at| heads[*at].kind == kind).collect::<Vec<usize>>();
        let (people, organisations, events) = (of(Kind::Person), of(Kind::Organisation), of(Kind::Event));
        let (places, sources, claims) = (of(Kind::Place), of(Kind::Source), of(Kind::Claim));
        let captures = (0..sources.len().min(CAPTURES)).map(|at| capture(&vocabulary, seed, at)).collect();
        Corpus { seed, vocabulary, heads, captures, people, organisations, events, places, sources, claims }
    }

    /// Returns the numbers of all records of a kind.
    pub(crate) fn of(&self, kind: Kind) -> &[usize] {
        match kind {
            Kind::Person => &self.people,
            Kind::Organisation => &self.organisations,
            Kind::Event => &self.events,
            Kind::Place => &self.places,
            Kind::Source => &self.sources,
            Kind::Claim => &self.claims,
        }
    }

    /// Returns a record of a kind, a few of them often.
    pub(crate) fn some(&self, kind: Kind, random: &mut Random) -> &Head {
        let all = self.of(kind);
        &self.heads[all[random.skewed(all.len())]]
    }

    /// Returns the capture of the record of that number, if it has one.
    pub(crate) fn capture_of(&self, record: usize) -> Option<&[String]> {
        let at = self.sources.binary_search(&record).ok()?;
        self.captures.get(at).map(Vec::as_slice)
    }

    /// Returns a run of 6 to 14 words of a capture: its source, the paragraph (from 1), the words.
    pub(crate) fn passage(&self, random: &mut Random) -> (usize, usize, String) {
        let at = random.below(self.captures.len());
        let paragraph = random.below(PARAGRAPHS);
        (self.sources[at], paragraph + 1, run(&self.captures[at][paragraph], random))
    }

    /// Returns the body of a record.
    pub(crate) fn body(&self, record: usize) -> Vec<Block> {
        let mut random = Random::new(self.seed, record as u64);
        let mut sentences: Vec<Vec<Piece>> =
            (0..SENTENCES).map(|_| vec![Piece::Words(self.vocabulary.sentence(&mut random))]).collect();
        let mut order: Vec<usize> = (0..SENTENCES).collect();
        for at in (1..SENTENCES).rev() {
            order.swap(at, random.below(at + 1));
        }
        for (nth, at) in order[..8].iter().enumerate() {
            let near = (record + 1 + random.below(49)) % self.heads.len();
            let target = match nth {
                0 => (record + 1) % self.heads.len(),
                1..4 => near,
                _ => random.skewed(self.heads.len()),
            };
            sentences[*at] = self.mention(target, &mut random);
        }
        for at in &order[8..10] {
            let source = self.sources[random.skewed(self.sources.len())];
            let page = random.once_in(2).then(|| 1 + random.below(300));
            if let Some(Piece::Words(words)) = sentences[*at].last_mut() {
                words.pop();
            }
            sentences[*at].push(Piece::Citation(source, page));
            sentences[*at].push(Piece::Words(".".to_owned()));
        }
        sentences[order[10]] = self.quotation(&mut random);
        self.blocks(sentences, &mut random)
    }

    /// Makes a sentence with a mention in its middle.
    fn mention(&self, target: usize, random: &mut Random) -> Vec<Piece> {
        let label = random.once_in(3).then(|| self.vocabulary.phrase(random, 2).to_lowercase());
        let before = self.vocabulary.phrase(random, 7);
        let after = self.vocabulary.phrase(random, 6).to_lowercase();
        vec![Piece::Words(format!("{before} ")), Piece::Mention(target, label), Piece::Words(format!(" {after}."))]
    }

    /// Makes a sentence with a quotation at its end.
    fn quotation(&self, random: &mut Random) -> Vec<Piece> {
        let (source, paragraph, words) = self.passage(random);
        let before = self.vocabulary.phrase(random, 5);
        vec![
            Piece::Words(format!("{before} ")),
            Piece::Quotation(source, paragraph, words),
            Piece::Words(".".to_owned()),
        ]
    }

    /// Puts sentences into paragraphs of five, with headings between them, and a list in one body of three.
    fn blocks(&self, sentences: Vec<Vec<Piece>>, random: &mut Random) -> Vec<Block> {
        let list = if random.once_in(3) { 4 } else { usize::MAX };
        let mut blocks = Vec::new();
        let mut rest = sentences.into_iter();
        for part in 0..SENTENCES / 5 {
            if matches!(part, 1 | 3 | 5) {
                blocks.push(Block::Heading(self.vocabulary.phrase(random, 3)));
            }
            let five: Vec<Vec<Piece>> = rest.by_ref().take(5).collect();
            if part == list {
                blocks.push(Block::List(five));
                continue;
            }
            let mut pieces = Vec::new();
            for sentence in five {
                if !pieces.is_empty() {
                    pieces.push(Piece::Words(" ".to_owned()));
                }
                pieces.extend(sentence);
            }
            blocks.push(Block::Paragraph(pieces));
        }
        blocks
    }
}

fn heads(vocabulary: &Vocabulary, seed: u64, records: usize, claims: Claims) -> Vec<Head> {
    let mut random = Random::new(seed, u64::MAX - 1);
    let (mut ids, mut titles) = (BTreeSet::new(), BTreeSet::new());
    let mut heads = Vec::with_capacity(records);
    while heads.len() < records {
        // The kinds take turns, so that the first of each are there however small the corpus is.
        let kind = match heads.len() % 20 {
            6 | 8 | 13 if claims == Claims::Many => Kind::Claim,
            0 | 3 | 5 | 8 | 10 | 13 | 15 => Kind::Person,
            18 if (heads.len() / 20).is_multiple_of(2) => Kind::Organisation,
            18 => Kind::Person,
            1 | 4 | 6 | 9 | 11 | 14 | 16 => Kind::Event,
            19 if (heads.len() / 20).is_multiple_of(4) => Kind::Place,
            19 => Kind::Event,
            2 | 7 | 12 => Kind::Source,
            _ => Kind::Claim,
        };
        let title = title(vocabulary, kind, &mut random);
        let id = id(&title.split(' ').take(6).collect::<Vec<_>>().join(" "));
        // A record has one name of its own: as an id and as a title it fits no other.
        if id.is_empty() || ids.contains(&id) || titles.contains(&title.to_lowercase()) {
            continue;
        }
        ids.insert(id.clone());
        titles.insert(title.to_lowercase());
        heads.push(Head { kind, id, title });
    }
    heads
}

fn title(vocabulary: &Vocabulary, kind: Kind, random: &mut Random) -> String {
    match kind {
        Kind::Person => vocabulary.person(random),
        Kind::Organisation => {
            let what = random.one_of(&["Office", "Company", "Newspaper", "Council", "Bank"]);
            format!("{} {} {what}", vocabulary.name(random), vocabulary.name(random))
        }
        Kind::Event => {
            let what = random.one_of(&["Call", "Meeting", "Hearing", "Vote", "Arrest", "Journey", "Letter"]);
            format!("{what} at {} {}", vocabulary.name(random), vocabulary.phrase(random, 3).to_lowercase())
        }
        Kind::Place => format!("Port {} {}", vocabulary.name(random), vocabulary.name(random)),
        Kind::Source => format!("{} {}", vocabulary.name(random), vocabulary.phrase(random, 4).to_lowercase()),
        Kind::Claim => format!("{} {}", vocabulary.person(random), vocabulary.phrase(random, 6).to_lowercase()),
    }
}

fn capture(vocabulary: &Vocabulary, seed: u64, at: usize) -> Vec<String> {
    let mut random = Random::new(seed, (1 << 40) + at as u64);
    let mut paragraph = || (0..3).map(|_| vocabulary.sentence(&mut random)).collect::<Vec<_>>().join(" ");
    (0..PARAGRAPHS).map(|_| paragraph()).collect()
}

/// Returns a run of 6 to 14 whole words of a paragraph, without a mark at its end.
fn run(paragraph: &str, random: &mut Random) -> String {
    let words: Vec<&str> = paragraph.split(' ').collect();
    let length = 6 + random.below(9);
    let start = random.below(words.len() - length);
    let run = words[start..start + length].join(" ");
    let run = run.trim_end_matches([',', '.']).to_owned();
    assert!(paragraph.contains(&run), "a run is a part of its paragraph");
    run
}

/// Returns a body as Markdown; `piece` writes what differs from one generator to another.
pub(crate) fn markdown(blocks: &[Block], piece: &mut dyn FnMut(&mut String, &Piece)) -> String {
    let mut out = String::with_capacity(4_096);
    let mut pieces = |out: &mut String, pieces: &[Piece]| pieces.iter().for_each(|one| piece(out, one));
    for block in blocks {
        match block {
            Block::Heading(words) => {
                out.push_str("## ");
                out.push_str(&capital(words));
            }
            Block::Paragraph(sentences) => pieces(&mut out, sentences),
            Block::List(items) => {
                for (at, item) in items.iter().enumerate() {
                    out.push_str(if at == 0 { "- " } else { "\n- " });
                    pieces(&mut out, item);
                }
            }
        }
        out.push_str("\n\n");
    }
    out
}

/// Holds a corpus against what its header promises.
pub(crate) fn hold(corpus: &Corpus) {
    let mut mentioned = BTreeSet::new();
    let pieces = |block: &Block| match block {
        Block::Heading(_) => (0, 0, 0),
        Block::Paragraph(pieces) => count(corpus, pieces.iter()),
        Block::List(items) => count(corpus, items.iter().flatten()),
    };
    for record in 0..corpus.heads.len() {
        let body = corpus.body(record);
        let sum = body.iter().map(pieces).fold((0, 0, 0), |a, b| (a.0 + b.0, a.1 + b.1, a.2 + b.2));
        assert_eq!(sum, (8, 2, 1), "mentions, citations and quotations of record {record}");
        let words = markdown(&body, &mut |out, piece| {
            if let Piece::Mention(target, _) = piece {
                mentioned.insert(*target);
            }
            if let Piece::Words(words) | Piece::Quotation(_, _, words) = piece {
                out.push_str(words);
            }
        });
        assert!((350..550).contains(&words.split_whitespace().count()), "words of record {record}");
    }
    assert_eq!(mentioned.len(), corpus.heads.len(), "each record is mentioned");
}

/// Counts mentions, citations and quotations; the last must stand in their paragraph.
fn count<'a>(corpus: &Corpus, pieces: impl Iterator<Item = &'a Piece>) -> (usize, usize, usize) {
    pieces.fold((0, 0, 0), |(mentions, citations, quotations), piece| match piece {
        Piece::Words(_) => (mentions, citations, quotations),
        Piece::Mention(..) => (mentions + 1, citations, quotations),
        Piece::Citation(..) => (mentions, citations + 1, quotations),
        Piece::Quotation(source, paragraph, words) => {
            let capture = corpus.capture_of(*source).expect("a quotation is of a captured source");
            assert!(capture[paragraph - 1].contains(words.as_str()), "{words}");
            (mentions, citations, quotations + 1)
        }
    })
}

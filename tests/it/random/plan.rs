//! Which records a random site has, what each is called, where it stands, and who may read it.

use super::dice::Dice;

/// Why a record is withheld.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Why {
    /// It is not.
    Public,
    /// `visibility` says so.
    Said(&'static str),
    /// It is a draft.
    Draft,
    /// `publish` is false.
    Unpublished,
    /// `private` is true.
    Private,
    /// The site's default says so.
    Default,
    /// Its dossier says so, and it says nothing.
    Dossier,
    /// Its dossier says so, and so does it.
    DossierToo,
}

/// A record to be written.
#[derive(Clone, Debug)]
pub(super) struct Planned {
    pub(super) kind: &'static str,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) aliases: Vec<String>,
    /// The file that holds it.
    pub(super) path: String,
    /// Where it would stand as a file of its own, below `content/` and without `.md`.
    pub(super) place: String,
    /// The folder from which its relative links are read.
    pub(super) folder: String,
    /// The dossier that it is written in.
    pub(super) host: Option<usize>,
    /// In which forms of the site it stands.
    pub(super) forms: [bool; 3],
    pub(super) why: Why,
    /// Whether its file is not called by its id.
    pub(super) is_named: bool,
    /// Whether its folder does not tell its type.
    pub(super) is_typed: bool,
    /// Whether its title is given by the first heading of its text.
    pub(super) is_headed: bool,
    /// Whether its title holds a mention of a withheld record, so that only a label is left of it.
    pub(super) is_veiled: bool,
    /// The paragraphs of its capture.
    pub(super) capture: Vec<String>,
    /// The extension of its capture.
    pub(super) capture_kind: &'static str,
}

impl Planned {
    pub(super) fn is_public(&self) -> bool {
        self.why == Why::Public
    }

    /// Returns the name of the capture's file.
    pub(super) fn capture_name(&self) -> String {
        format!("{}-capture.{}", self.id, self.capture_kind)
    }

    /// Returns the text of the capture's file.
    pub(super) fn capture_text(&self) -> String {
        match self.capture_kind {
            "html" => {
                let paragraphs: String = self.capture.iter().map(|text| format!("<p>{text}</p>\n")).collect();
                format!("<html><body>\n{paragraphs}<p>ADVERTISEMENT</p></body></html>\n")
            }
            _ => format!("{}\n\nADVERTISEMENT\n", self.capture.join("\n\n")),
        }
    }

    pub(super) fn is_index(&self) -> bool {
        self.host.is_none() && self.path.ends_with("index.md")
    }
}

/// The records of a site.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) records: Vec<Planned>,
    /// Whether `[publish] default` is private.
    pub(super) is_private: bool,
    pub(super) drafts: bool,
    pub(super) custom: bool,
}

/// Types with their folders.
pub(super) const KINDS: [(&str, &str); 9] = [
    ("person", "people"),
    ("organisation", "organisations"),
    ("place", "places"),
    ("event", "events"),
    ("source", "sources"),
    ("claim", "claims"),
    ("dossier", "dossiers"),
    ("page", "pages"),
    ("vessel", "vessels"),
];

/// The extensions of captures.
const CAPTURES: [&str; 4] = ["txt", "txt", "md", "html"];

/// Words that begin a public name, each used once.
const FIRST: [&str; 24] = [
    "Ada",
    "Bram",
    "Cleo",
    "Dorn",
    "Elsa",
    "Fynn",
    "Greta",
    "Hugo",
    "Zoë",
    "Jonas",
    "Kaya",
    "Łukasz",
    "Mira",
    "Nils",
    "Ødegård",
    "Petra",
    "Quinn",
    "Rosa",
    "Sven",
    "Tilda",
    "Ulla",
    "Vera",
    "Wim",
    "Yara",
];

/// Words that end one.
const LAST: [&str; 8] = ["Harbour", "Lindner", "Meeting", "of the Quay", "Report", "& Sons", "O'Brien", "Assembly"];

/// Makes a word that nothing public holds.
pub(super) fn secret(dice: &mut Dice) -> String {
    const PARTS: [&str; 12] = ["vor", "kal", "mub", "tix", "rhe", "zod", "pym", "guk", "wex", "jal", "fip", "noz"];
    let parts: String = (0..3).map(|_| *dice.pick(&PARTS)).collect();
    format!("zq{parts}")
}

/// Plans a site.
pub(super) fn plan(dice: &mut Dice) -> Plan {
    let drafts = dice.chance(10);
    let mut plan = Plan { records: Vec::new(), is_private: dice.chance(25), drafts, custom: dice.chance(50) };
    let mut firsts: Vec<&str> = FIRST.to_vec();
    let count = 4 + dice.below(6);
    for n in 0..count {
        let kind = match n {
            0 => "person",
            1 => "source",
            2 if dice.chance(60) => "dossier",
            _ => any_kind(dice, plan.custom),
        };
        let first = firsts.remove(dice.below(firsts.len()));
        let title = format!("{first} {}", dice.pick(&LAST));
        let id = first.to_lowercase();
        let record = placed(dice, &plan, kind, &id, title, Why::Public, [true; 3]);
        plan.records.push(record);
    }
    for _ in 0..1 + dice.below(5) {
        hidden(dice, &mut plan, &firsts);
    }
    plan
}

fn any_kind(dice: &mut Dice, custom: bool) -> &'static str {
    KINDS[dice.below(if custom { KINDS.len() } else { KINDS.len() - 1 })].0
}

/// Adds a withheld record, now and then a dossier with what lies in it.
fn hidden(dice: &mut Dice, plan: &mut Plan, firsts: &[&str]) {
    let forms = *dice.pick(&[[true, false, true], [true, false, false], [false, false, true]]);
    let kind = any_kind(dice, plan.custom);
    let why = match dice.below(8) {
        0 if !plan.drafts => Why::Draft,
        1 => Why::Unpublished,
        2 => Why::Private,
        3 if plan.is_private => Why::Default,
        4..=6 => Why::Said("confidential"),
        _ => Why::Said("private"),
    };
    let record = hidden_record(dice, plan, firsts, kind, why, forms);
    let is_dossier = record.kind == "dossier";
    plan.records.push(record);
    if is_dossier {
        let host = plan.records.len() - 1;
        for _ in 0..dice.below(4) {
            let kind = any_kind(dice, false);
            let why = if dice.chance(70) { Why::Dossier } else { Why::DossierToo };
            let mut member = hidden_record(dice, plan, firsts, kind, why, forms);
            if dice.chance(50) && !matches!(kind, "page" | "dossier") {
                inline(&mut member, plan, host);
            } else if plan.records[host].is_index() {
                let folder = plan.records[host].folder.clone();
                (member.path, member.host) = (format!("{folder}/x/{}.md", member.id), None);
                (member.folder, member.place) = (format!("{folder}/x"), format!("{}/x/{}", below(&folder), member.id));
                (member.is_typed, member.is_named) = (true, false);
            } else {
                continue;
            }
            plan.records.push(member);
        }
    }
}

fn hidden_record(
    dice: &mut Dice,
    plan: &Plan,
    firsts: &[&str],
    kind: &'static str,
    why: Why,
    forms: [bool; 3],
) -> Planned {
    let id = secret(dice);
    // What is private but not confidential may be called anything, a word of the site's own too.
    let title = match why {
        Why::Said("confidential") | Why::Dossier | Why::DossierToo => format!("{} {}", secret(dice), secret(dice)),
        _ if dice.chance(50) => format!("{} {}", dice.pick(firsts), dice.pick(&LAST)),
        _ => secret(dice),
    };
    let mut record = placed(dice, plan, kind, &id, title, why, forms);
    if !matches!(why, Why::Said("confidential")) && record.host.is_none() && dice.chance(8) {
        // A name that stands on the way of public pages: their routes must not move.
        let (_, folder) = KINDS.iter().find(|known| known.0 == kind).expect("a type is known");
        let name = dice.pick(&["timeline", "index", "people", "tags"]);
        record.path = format!("content/{folder}/{name}.md");
        record.place = if *name == "index" { (*folder).to_owned() } else { format!("{folder}/{name}") };
        record.folder = format!("content/{folder}");
        (record.is_named, record.is_typed) = (true, true);
    }
    record
}

fn below(path: &str) -> &str {
    path.strip_prefix("content/").unwrap_or(path)
}

/// Gives a record its names and a place.
fn placed(
    dice: &mut Dice,
    plan: &Plan,
    kind: &'static str,
    id: &str,
    title: String,
    why: Why,
    forms: [bool; 3],
) -> Planned {
    let (_, folder) = KINDS.iter().find(|known| known.0 == kind).expect("a type is known");
    let is_named = dice.chance(20);
    let name = if is_named { format!("{id} file") } else { id.to_owned() };
    let mut aliases = Vec::new();
    for n in 0..dice.below(3) {
        aliases.push(if why == Why::Public { format!("{id} alias {n}") } else { secret(dice) });
    }
    let mut record = Planned {
        kind,
        id: id.to_owned(),
        title,
        aliases,
        path: format!("content/{folder}/{name}.md"),
        place: format!("{folder}/{name}"),
        folder: format!("content/{folder}"),
        host: None,
        forms,
        why,
        is_named,
        is_typed: kind == "page",
        is_headed: dice.chance(10),
        is_veiled: why == Why::Public && dice.chance(10),
        capture: Vec::new(),
        capture_kind: CAPTURES[dice.below(CAPTURES.len())],
    };
    if kind == "source" && dice.chance(80) {
        record.capture = capture(dice);
    }
    let hosts: Vec<usize> = (0..plan.records.len())
        .filter(|at| {
            plan.records[*at].kind == "dossier" && plan.records[*at].is_public() && plan.records[*at].host.is_none()
        })
        .collect();
    let is_inlined = !matches!(kind, "page" | "dossier" | "vessel") && dice.chance(35);
    match dice.below(10) {
        _ if is_inlined && !hosts.is_empty() => inline(&mut record, plan, *dice.pick(&hosts)),
        0..=2 => {
            let index = dice.pick(&["index", "_index"]);
            record.folder = format!("content/{folder}/{name}");
            record.path = format!("{}/{index}.md", record.folder);
        }
        3 => {
            (record.path, record.place) = (format!("content/{name}.md"), name);
            (record.folder, record.is_typed) = ("content".to_owned(), true);
        }
        4 if !hosts.is_empty() && kind != "dossier" && plan.records[*hosts.first().expect("not empty")].is_index() => {
            record.folder = format!("{}/{folder}", plan.records[hosts[0]].folder);
            record.path = format!("{}/{name}.md", record.folder);
            record.place = below(record.path.trim_end_matches(".md")).to_owned();
        }
        _ => {}
    }
    record
}

/// Puts a record into the front matter of a dossier.
fn inline(record: &mut Planned, plan: &Plan, host: usize) {
    let (_, folder) = KINDS.iter().find(|known| known.0 == record.kind).expect("a type is known");
    record.host = Some(host);
    record.path = plan.records[host].path.clone();
    record.folder = format!("content/{folder}");
    record.place = format!("{folder}/{}", record.id);
    (record.is_named, record.is_typed, record.is_headed) = (false, false, false);
}

/// Writes the paragraphs of a capture.
fn capture(dice: &mut Dice) -> Vec<String> {
    const SENTENCES: [&str; 6] = [
        "The vote was late and nobody in the hall had expected it.",
        "She was never asked for advice, the office said on Friday.",
        "Two ships lay at the quay; one of them left before dawn.",
        "A clerk kept the register of the house for eleven years.",
        "Neither side would confirm what had been agreed that night.",
        "It rained on the day of the hearing, as it often does.",
    ];
    let mut left = SENTENCES.to_vec();
    let mut sentence = || left.remove(dice.below(left.len()));
    vec![format!("{} {}", sentence(), sentence()), sentence().to_owned(), sentence().to_owned()]
}

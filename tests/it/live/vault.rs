//! A small site that can be changed: what it holds as plain data, and the files that this means.

use std::collections::{BTreeMap, BTreeSet};

use casebook::model::date::Edtf;
use casebook::pipeline::Request;
use casebook::withhold::Drafts;

use super::dice::Dice;

/// The text that is quoted, in its capture.
const CAPTURE: &str =
    "The vote was late on Monday.\n\nThe member was never asked for any advice, she said.\n\nHe left at noon.\n";

/// Lines that a record may have: the types that may (all where it is empty), where the line stands, and the line. `WHO`,
/// `PLACE` and `EVENT` stand for the id of some record of that kind.
pub(super) const LINES: &[(&str, Part, &str)] = &[
    ("", Part::Front, "tags = [\"harbour\", \"storm\"]"),
    ("", Part::Front, "updated = \"2022-05-01\""),
    ("", Part::Front, "summary = \"In short: [[WHO|somebody]], as [@courier] has it.\""),
    ("", Part::Front, "dossiers = [\"The case\"]"),
    ("", Part::Front, "links = [\"https://example.org/story\"]"),
    ("person", Part::Front, "born = \"1950\""),
    ("person", Part::Front, "died = \"2001\""),
    ("event", Part::Front, "place = \"PLACE\""),
    ("event", Part::Front, "status = \"planned\""),
    ("", Part::Tables, "[[corrections]]\non = \"2023-04-01\"\ntext = \"It was [[WHO|another]].\""),
    ("", Part::Tables, "[[relations]]\nto = \"WHO\"\ntype = \"friend\""),
    ("person", Part::Tables, "[private]\nname = \"Quentin Hale\""),
    ("place", Part::Tables, "[private]\nnote = \"This is text\"\npublic-words = [\"this is text\"]"),
    ("claim", Part::Tables, "[[assessments]]\non = \"2022\"\nstatus = \"refuted\"\nevidence = [\"courier, para. 1\"]"),
    ("claim", Part::Tables, "[[responses]]\non = \"2021\"\nby = \"WHO\"\nkind = \"denial\""),
    ("", Part::Text, "## A heading"),
    ("", Part::Text, "## Another heading"),
    ("", Part::Text, "As [[WHO#A heading|there]] stands."),
    ("", Part::Text, "![[EVENT]]"),
    ("", Part::Text, "Tagged #quay, as [[WHO|they]] said."),
    ("", Part::Text, "\"The vote was late on Monday.\" [@courier]"),
    ("", Part::Text, "\"He left at noon.\" [@courier, para. 3]"),
    ("", Part::Text, "See [the story](https://example.org/story) %% not this %% and [@courier]."),
    ("", Part::Text, "The title alone: [[The event 5|an event]]."),
];

/// Where in a record a line stands.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Part {
    Front,
    Tables,
    Text,
}

/// One record.
#[derive(Clone)]
pub(super) struct Item {
    /// What tells it from others, through renames.
    pub(super) key: usize,
    pub(super) kind: &'static str,
    pub(super) folder: String,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) words: usize,
    /// Whom it mentions, by key, and whether with a label.
    pub(super) mentions: Vec<(usize, bool)>,
    pub(super) aliases: Vec<String>,
    /// The number in its slug.
    pub(super) slug: Option<usize>,
    /// The number in the id that is written out.
    pub(super) said: Option<usize>,
    /// Its lines, by their numbers in [`LINES`].
    pub(super) lines: BTreeSet<usize>,
    pub(super) visibility: &'static str,
    /// Whether its front matter is cut short.
    pub(super) is_broken: bool,
    /// Whether it is `ID/index.md`.
    pub(super) is_bundle: bool,
}

/// A site.
#[derive(Clone)]
pub(super) struct Vault {
    pub(super) items: Vec<Item>,
    pub(super) made: usize,
    pub(super) title: usize,
    pub(super) is_pretty: bool,
    pub(super) menu: Option<usize>,
    pub(super) base_url: bool,
    pub(super) template: usize,
    pub(super) is_template_broken: bool,
    pub(super) style: usize,
    pub(super) capture: usize,
    pub(super) is_capture_broken: bool,
    pub(super) image: usize,
    pub(super) secrets: bool,
    /// Which of its lines the source has, as bits.
    pub(super) source: usize,
    pub(super) statics: BTreeMap<String, usize>,
    /// The folder of the case, if there is one.
    pub(super) case: Option<&'static str>,
    /// What of the records inside the case is edited, as bits.
    pub(super) inline: usize,
    /// The numbers of the texts of the list of people and of the home page.
    pub(super) texts: [Option<usize>; 2],
    pub(super) is_linked: bool,
    pub(super) is_german: bool,
    /// The day for which a build is asked, and whether it is asked for drafts.
    pub(super) asked: (Option<&'static str>, bool),
}

impl Vault {
    /// Makes a site of a dozen records of every type.
    pub(super) fn new(dice: &mut Dice) -> Vault {
        let mut vault = Vault {
            items: Vec::new(),
            made: 0,
            title: 0,
            is_pretty: false,
            menu: None,
            base_url: false,
            template: 0,
            is_template_broken: false,
            style: 0,
            capture: 0,
            is_capture_broken: false,
            image: 2,
            secrets: false,
            source: 0,
            statics: BTreeMap::from([("own.txt".to_owned(), 0)]),
            case: Some("affair"),
            inline: 0,
            texts: [None, None],
            is_linked: false,
            is_german: false,
            asked: (None, false),
        };
        for kind in ["person", "person", "organisation", "place", "event", "event", "claim", "page", "page", "vessel"] {
            vault.create(kind, dice);
        }
        vault
    }

    /// Adds a record.
    pub(super) fn create(&mut self, kind: &'static str, dice: &mut Dice) {
        self.made += 1;
        let key = self.made;
        let folder = match kind {
            "person" => "people".to_owned(),
            "page" => "notes".to_owned(),
            kind => format!("{kind}s"),
        };
        let mentions = (0..dice.below(4)).map(|_| (1 + dice.below(self.made), dice.chance(85))).collect();
        self.items.push(Item {
            key,
            kind,
            folder,
            id: format!("{kind}-{key}"),
            title: format!("The {kind} {key}"),
            words: 0,
            mentions,
            aliases: Vec::new(),
            slug: None,
            said: None,
            lines: BTreeSet::new(),
            visibility: "public",
            is_broken: false,
            is_bundle: false,
        });
    }

    /// Takes back what makes errors.
    pub(super) fn mend(&mut self) {
        self.is_template_broken = false;
        self.is_capture_broken = false;
        self.secrets = false;
        self.menu = None;
        self.inline = 0;
        for item in &mut self.items {
            item.is_broken = false;
            item.visibility = "public";
            item.lines.clear();
            (item.slug, item.said) = (None, None);
            item.mentions.iter_mut().for_each(|(_, labelled)| *labelled = true);
        }
        let mut seen = BTreeSet::new();
        self.items.iter_mut().for_each(|item| {
            item.aliases.clear();
            if !seen.insert(item.id.clone()) {
                item.id = format!("{}-{}", item.kind, item.key);
            }
        });
    }

    /// Returns the id of a record by its key, or a name that nobody has.
    fn id(&self, key: usize) -> &str {
        self.items.iter().find(|item| item.key == key).map_or("gone-for-good", |item| &item.id)
    }

    fn first(&self, kind: &str) -> Option<&str> {
        self.items.iter().find(|item| item.kind == kind && item.visibility == "public").map(|item| item.id.as_str())
    }

    /// Returns how one record mentions another: some by the path, which stays where names change.
    fn mention(&self, from: usize, key: usize) -> String {
        let whom = self.items.iter().find(|item| item.key == key).filter(|_| (from + key).is_multiple_of(3));
        whom.map_or_else(|| self.id(key).to_owned(), |item| format!("{}/{}", item.folder, item.id))
    }

    /// Returns what a build of this state is asked for.
    pub(super) fn request(&self) -> Request {
        let (day, is_for_drafts) = self.asked;
        let drafts = if is_for_drafts { Drafts::Published } else { Drafts::Withheld };
        Request { as_of: day.and_then(|day| Edtf::parse(day).ok()), drafts, ..Request::default() }
    }

    /// Returns the lines of a part of a record.
    fn lines(&self, item: &Item, part: Part) -> String {
        let mut lines = String::new();
        for (kind, of, line) in item.lines.iter().map(|line| LINES[*line]) {
            if of == part && (kind.is_empty() || kind == item.kind) {
                let name = |kind: &str| self.first(kind).unwrap_or("inline-one").to_owned();
                let line = line.replace("WHO", &name("person")).replace("PLACE", &name("place"));
                lines.push_str(&line.replace("EVENT", &name("event")));
                lines.push('\n');
            }
        }
        lines
    }

    fn text(&self, item: &Item) -> String {
        let mut front = format!("type = \"{}\"\ntitle = \"{}\"\n", item.kind, item.title);
        if item.is_broken {
            front.push_str("summary = \"never closed\n");
        }
        match item.visibility {
            "public" => {}
            "draft" => front.push_str("draft = true\n"),
            visibility => front.push_str(&format!("visibility = \"{visibility}\"\n")),
        }
        if !item.aliases.is_empty() {
            front.push_str(&format!("aliases = {:?}\n", item.aliases));
        }
        if let Some(slug) = item.slug {
            front.push_str(&format!("slug = \"slug-{slug}\"\n"));
        }
        if let Some(said) = item.said {
            front.push_str(&format!("id = \"said-{said}\"\n"));
        }
        front.push_str(&self.lines(item, Part::Front));
        match (item.kind, self.first("person")) {
            ("event", person) => {
                front.push_str(&format!("when = \"2021-03-{:02}\"\n", 1 + item.key % 28));
                if let Some(person) = person {
                    front.push_str(&format!("[[participants]]\nwho = \"[[{person}|somebody]]\"\n"));
                }
            }
            ("claim", person) => {
                front.push_str(&format!("about = [\"{}\"]\nresponse-sought = \"2021\"\n", person.unwrap_or("courier")));
                let evidence = "evidence = [\"courier, para. 2\"]";
                front.push_str(&format!("[[assessments]]\non = \"2021\"\nstatus = \"alleged\"\n{evidence}\n"));
            }
            _ => {}
        }
        front.push_str(&self.lines(item, Part::Tables));
        let mut text = format!("+++\n{front}+++\nThis is text {} of it.\n\n", item.words);
        for (key, is_labelled) in &item.mentions {
            let label = if *is_labelled { "|somebody" } else { "" };
            text.push_str(&format!("It was [[{}{label}]].\n\n", self.mention(item.key, *key)));
        }
        text.push_str(&self.lines(item, Part::Text).replace('\n', "\n\n"));
        if item.kind == "page" {
            text.push_str("![[pixel.png|A pixel]]\n\nShe was \"never asked for any advice\" [@courier].\n");
        }
        text
    }

    /// Returns every file, by path.
    pub(super) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut put = |path: &str, text: String| files.insert(path.to_owned(), text.into_bytes());
        put("casebook.toml", self.config());
        for item in &self.items {
            let file = if item.is_bundle { format!("{}/index.md", item.id) } else { format!("{}.md", item.id) };
            put(&format!("content/{}/{file}", item.folder), self.text(item));
        }
        let capture = CAPTURE.replace("noon", if self.capture.is_multiple_of(2) { "noon" } else { "dusk" });
        let hash = casebook::capture::sha256(capture.as_bytes());
        let capture = if self.is_capture_broken { capture.replace("late", "soon") } else { capture };
        put("content/sources/courier/story.txt", capture);
        put("content/sources/courier/index.md", self.source(&hash));
        if let Some(case) = self.case {
            put(&format!("content/{case}/index.md"), self.dossier());
            put(&format!("content/{case}/people/inner.md"), "+++\ntitle = \"Inner\"\n+++\nInside.\n".to_owned());
        }
        for (path, text) in ["content/people/index.md", "content/index.md"].into_iter().zip(self.texts) {
            let whom = self.first("person").map(|id| format!(", [[{id}|one]] of them")).unwrap_or_default();
            if let Some(number) = text {
                put(path, format!("+++\ntitle = \"All {number}\"\n+++\nHere they are{whom}.\n"));
            }
        }
        put("themes/own/theme.toml", "name = \"own\"\nextends = \"default\"\n".to_owned());
        let fault = if self.is_template_broken { "{{ page.no.such }}" } else { "" };
        put("themes/own/templates/footer.html", format!("<footer>Footer {}{fault}</footer>", self.template));
        put("static/own.css", format!("p {{ margin: {}px }}\n", self.style));
        for (name, number) in &self.statics {
            put(&format!("static/{name}"), format!("Number {number}.\n"));
        }
        if self.secrets {
            put("secrets.txt", "# kept in\nthis is text 3 of it\n".to_owned());
        }
        put("aside/linked.md", "+++\ntitle = \"Linked\"\n+++\nFrom elsewhere.\n".to_owned());
        files.insert("content/notes/pixel.png".to_owned(), png(self.image));
        files
    }

    /// Returns the record of the case, with those inside it.
    fn dossier(&self) -> String {
        let has = |bit: usize| self.inline >> bit & 1 == 1;
        let mut front = String::from("type = \"dossier\"\ntitle = \"The case\"\npublished = \"2022\"\n");
        front.push_str("[[people]]\nid = \"inline-one\"\n");
        front.push_str(if has(0) { "title = \"Inline Two\"\n" } else { "title = \"Inline One\"\n" });
        if has(1) {
            front.push_str("visibility = \"private\"\n");
        }
        if has(2) {
            front.push_str("[[people]]\nid = \"inline-other\"\ntitle = \"Inline Other\"\nborn = \"1970\"\n");
        }
        front.push_str("[[events]]\nid = \"inline-talk\"\ntitle = \"A talk\"\n");
        front.push_str(if has(3) { "when = \"2021-03-04\"\n" } else { "when = \"2020\"\n" });
        let text = if has(4) { "Its text, on [[inline-talk|a talk]].\n" } else { "Its text.\n" };
        format!("+++\n{front}+++\n{text}")
    }

    /// Returns the record of the source.
    fn source(&self, hash: &str) -> String {
        let has = |bit: usize| self.source >> bit & 1 == 1;
        let mut front = String::from("kind = \"article-newspaper\"\n");
        front.push_str(if has(0) {
            "title = \"The long story\"\naliases = [\"The story\"]\n"
        } else {
            "title = \"The story\"\n"
        });
        front.push_str(&match (has(1), self.first("organisation")) {
            (true, Some(organisation)) => format!("publisher = \"{organisation}\"\n"),
            _ => "publisher = \"The Courier\"\n".to_owned(),
        });
        if has(2) {
            front.push_str("url = \"https://example.org/story\"\narchive-url = \"https://archive.example/story\"\n");
        }
        if let Some(author) =
            self.items.iter().find(|item| has(5) && item.kind == "person" && item.visibility == "public")
        {
            front.push_str(&format!("author = [\"{}/{}\"]\n", author.folder, author.id));
        }
        front.push_str(&format!("[capture]\nfile = \"story.txt\"\nsha256 = \"{hash}\"\n"));
        if has(3) {
            front.push_str("noise = [\"He left at dusk.\"]\n");
        }
        if has(4) {
            front.push_str("[[annotations]]\nquote = \"The vote was late\"\nnote = \"It was.\"\n");
        }
        format!("+++\n{front}+++\nOf the story.\n")
    }

    fn config(&self) -> String {
        let mut config =
            format!("title = \"Site {}\"\ntheme = \"own\"\npretty_urls = {}\n", self.title, self.is_pretty);
        if self.is_german {
            config.push_str("lang = \"de\"\n");
        }
        if self.base_url {
            config.push_str("base_url = \"https://example.org/case\"\n");
        }
        config.push_str("[types.vessel]\nfolder = \"vessels\"\ntitle = \"Vessels\"\nfields = { flag = \"text\" }\n");
        if let Some(key) = self.menu {
            config.push_str(&format!("[[menu]]\ntitle = \"Entry\"\nto = \"{}\"\n", self.id(key)));
        }
        config
    }
}

/// Makes an image of so many pixels across.
fn png(width: usize) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let width = u32::try_from(width).expect("a small image");
    image::RgbImage::new(width, 1).write_to(&mut bytes, image::ImageFormat::Png).expect("it can be written");
    bytes.into_inner()
}

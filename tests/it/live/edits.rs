//! What may happen to a vault, at random.

use super::dice::Dice;
use super::vault::{Item, LINES, Vault};

/// The types of the records that are made.
const KINDS: [&str; 7] = ["person", "organisation", "place", "event", "claim", "page", "vessel"];

/// One change: what it does to a vault, and what is moved on the disk for it.
type Edit = fn(&mut Vault, &mut Dice) -> Vec<(String, String)>;

/// Every change, by name; those of records stand first and come most often.
const EDITS: &[(&str, Edit)] = &[
    ("edit a text", |vault, dice| with(vault, dice, |item, _| item.words += 1)),
    ("mention another", |vault, dice| {
        let (whom, is_labelled) = (1 + dice.below(vault.made), dice.chance(85));
        with(vault, dice, |item, _| item.mentions.push((whom, is_labelled)))
    }),
    ("mention nobody", |vault, dice| with(vault, dice, |item, _| item.mentions.clear())),
    ("edit a title", |vault, dice| with(vault, dice, |item, dice| item.title = format!("Title {}", dice.below(50)))),
    ("make a record", |vault, dice| {
        let kind = dice.pick(&KINDS);
        vault.create(kind, dice);
        Vec::new()
    }),
    ("delete a record", |vault, dice| {
        let at = dice.below(vault.items.len());
        let gone = vault.items.remove(at).key;
        let keeps = dice.chance(20);
        vault.items.iter_mut().for_each(|item| item.mentions.retain(|(key, _)| keeps || *key != gone));
        Vec::new()
    }),
    ("rename a record", |vault, dice| moved(vault, dice, |item, dice| item.id = format!("name-{}", dice.below(99)))),
    ("move a record", |vault, dice| {
        let folder = dice.pick(&["people", "notes", "deep/er", "sources"]);
        moved(vault, dice, |item, _| folder.clone_into(&mut item.folder))
    }),
    ("make a bundle", |vault, dice| with(vault, dice, |item, _| item.is_bundle = !item.is_bundle)),
    ("flip visibility", |vault, dice| {
        let visibility = dice.pick(&["public", "private", "confidential", "draft"]);
        with(vault, dice, |item, _| item.visibility = visibility)
    }),
    ("break or mend a record", |vault, dice| with(vault, dice, |item, _| item.is_broken = !item.is_broken)),
    ("give an alias", |vault, dice| {
        let alias = dice.pick(&["/old/", "/old.html", "Another Name", "/x"]);
        with(vault, dice, |item, _| item.aliases.push(alias.to_owned()))
    }),
    ("add or drop a line", |vault, dice| {
        let line = dice.below(LINES.len());
        with(vault, dice, |item, _| {
            if !item.lines.remove(&line) {
                item.lines.insert(line);
            }
        })
    }),
    ("keep a title as an alias", |vault, dice| {
        with(vault, dice, |item, dice| {
            let title = format!("Title {}", dice.below(50));
            item.aliases.push(std::mem::replace(&mut item.title, title));
        })
    }),
    ("edit the source", |vault, dice| {
        vault.source ^= 1 << dice.below(6);
        Vec::new()
    }),
    ("give or take a slug", |vault, dice| {
        with(vault, dice, |item, dice| item.slug = item.slug.is_none().then(|| dice.below(40)))
    }),
    ("write an id out", |vault, dice| {
        with(vault, dice, |item, dice| item.said = dice.chance(70).then(|| dice.below(40)))
    }),
    ("edit a record inside the case", |vault, dice| {
        vault.inline ^= 1 << dice.below(5);
        Vec::new()
    }),
    ("edit the text of a list or of the home page", |vault, dice| {
        let number = dice.chance(70).then(|| dice.below(9));
        vault.texts[dice.below(2)] = number;
        Vec::new()
    }),
    ("move or remove a folder", |vault, dice| {
        let from = vault.case;
        vault.case = dice.pick(&[Some("affair"), Some("matter"), Some("cases/one"), None]);
        let places = from.zip(vault.case);
        places.map(|(from, to)| (format!("content/{from}"), format!("content/{to}"))).into_iter().collect()
    }),
    ("edit the configuration", |vault, dice| {
        match dice.below(5) {
            4 => vault.is_german = !vault.is_german,
            0 => vault.title += 1,
            1 => vault.is_pretty = !vault.is_pretty,
            2 => vault.menu = Some(1 + dice.below(vault.made)),
            _ => vault.base_url = !vault.base_url,
        }
        Vec::new()
    }),
    ("edit a template", |vault, dice| {
        vault.template += 1;
        vault.is_template_broken = !vault.is_template_broken && dice.chance(30);
        Vec::new()
    }),
    ("edit a style sheet", |vault, _| {
        vault.style += 1;
        Vec::new()
    }),
    ("edit a capture", |vault, dice| {
        vault.is_capture_broken = !vault.is_capture_broken && dice.chance(50);
        vault.capture += 1;
        Vec::new()
    }),
    ("edit an image", |vault, dice| {
        vault.image = dice.pick(&[2, 3, 1300]);
        Vec::new()
    }),
    ("edit the secrets", |vault, _| {
        vault.secrets = !vault.secrets;
        Vec::new()
    }),
    ("edit a static file", |vault, dice| {
        let name = dice.pick(&["own.txt", "deep/two.txt"]).to_owned();
        if vault.statics.remove(&name).is_none() || dice.chance(50) {
            vault.statics.insert(name, dice.below(9));
        }
        Vec::new()
    }),
    ("ask for another day", |vault, dice| {
        let day = dice.pick(&[None, None, Some("2020-06"), Some("2021-03-12"), Some("2022-02")]);
        vault.asked = (day, dice.chance(30));
        Vec::new()
    }),
    ("link or unlink a folder", |vault, _| {
        vault.is_linked = !vault.is_linked;
        Vec::new()
    }),
];

/// How many of the changes are those of records.
const OF_RECORDS: usize = 19;

/// Changes a vault at random; returns what was done, and what is moved on the disk for it.
pub(super) fn edit(vault: &mut Vault, dice: &mut Dice) -> (&'static str, Vec<(String, String)>) {
    let among = if dice.chance(60) { OF_RECORDS } else { EDITS.len() };
    let (name, edit) = dice.pick(&EDITS[..among]);
    if vault.items.is_empty() {
        vault.create("person", dice);
    }
    (name, edit(vault, dice))
}

/// Changes a record.
fn with(vault: &mut Vault, dice: &mut Dice, change: impl FnOnce(&mut Item, &mut Dice)) -> Vec<(String, String)> {
    let at = dice.below(vault.items.len());
    change(&mut vault.items[at], dice);
    Vec::new()
}

/// Changes where a record lies, unless another lies there.
fn moved(vault: &mut Vault, dice: &mut Dice, change: impl FnOnce(&mut Item, &mut Dice)) -> Vec<(String, String)> {
    let at = dice.below(vault.items.len());
    let before = vault.items[at].clone();
    change(&mut vault.items[at], dice);
    let place = |item: &Item| format!("content/{}/{}", item.folder, item.id);
    let to = place(&vault.items[at]);
    if vault.items.iter().filter(|item| place(item) == to).count() > 1 {
        vault.items[at] = before;
        return Vec::new();
    }
    let ending = if before.is_bundle { "" } else { ".md" };
    vec![(format!("{}{ending}", place(&before)), format!("{to}{ending}"))]
}

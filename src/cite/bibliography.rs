//! The works of a site under a style, and what is said of each.
//!
//! Templates are made when they are first asked for, under complete keys: the shape of the work, the part and position of
//! the citation, the kind and shape of its locator. Threads share them; two that need the same one at once make it twice.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use hayagriva::ElemChildren;
use hayagriva::citationberg::taxonomy::{OtherTerm, Variable};
use hayagriva::citationberg::{Collapse, SortKey, TermForm};

use super::apart::Added;
use super::desk::Item;
use super::engine::{Engine, Notes, Part, Position, Question};
use super::frame::Frame;
use super::lexicon::Lexicon;
use super::markup;
use super::months::Months;
use super::name::Name;
use super::pin::Pin;
use super::shape::Shape;
use super::sorting::{self, Collate, Sorted};
use super::style::Style;
use super::survey;
use super::template::{FIRST_NOTE, NUMBER, Numbering, Template, template};
use super::title::titled;
use super::values::{Cited, Values};
use super::work::Work;
use crate::html::escaped;

/// The works of a site under a style. It is made once and shared by all pages.
pub struct Bibliography {
    pub(super) engine: Engine,
    /// What stands around the works of a citation.
    pub(super) frame: Frame,
    months: Months,
    /// What is said before a date in doubt, where the style says nothing.
    circa: String,
    shapes: Vec<Shape>,
    works: Vec<Entry>,
    templates: RwLock<HashMap<(Whose, Place), Arc<Template>>>,
    /// How texts are compared in a language.
    collate: Collate,
    /// The ranks of works in lists and in citations, where the style sorts them.
    ranks: [OnceLock<Option<Vec<u32>>>; 2],
    /// What the style sets behind an initial, if it has any.
    initialize_with: Option<String>,
    /// Whether the style keeps words for citations that would be alike.
    chooses: bool,
    /// Whether the style prints the numbers of works in its list.
    numbers: bool,
}

struct Entry {
    work: Work,
    shape: u32,
    values: Values,
}

/// Whether a template is of all works of a shape, or of one work.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Whose {
    Shape(u32),
    Work(usize),
}

/// What is rendered.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(super) enum Place {
    /// A citation.
    Citation { part: Part, position: Position, noted: Noted, pin: Pin, added: Added },
    /// An entry in a list of works.
    Entry(Numbering, Added),
    /// A key by which the style sorts.
    Key(Sorted, u8),
}

/// Whether the number of a citation's note is known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Noted {
    Yes,
    No,
}

impl Bibliography {
    /// Puts works under a style. They are known by their index. Where the style sorts them, `collate` says how texts compare.
    pub fn new(style: Style, works: Vec<Work>, collate: Collate) -> Bibliography {
        let engine = Engine::new(style);
        let months = Months::new(&engine);
        let circa =
            engine.term(OtherTerm::Circa, TermForm::Short).map_or_else(|| "c. ".to_owned(), |term| format!("{term} "));
        let initialize_with = survey::initialize_with(&engine.csl);
        let chooses = survey::chooses(&engine.csl);
        let numbers = survey::numbers(&engine.csl);
        let mut known: HashMap<Shape, u32> = HashMap::new();
        let mut shapes = Vec::new();
        let works = works.into_iter().map(|work| {
            let shape = *known.entry(Shape::of(&work, &months)).or_insert_with_key(|shape| {
                shapes.push(shape.clone());
                u32::try_from(shapes.len() - 1).expect("a site has fewer than four thousand million sources")
            });
            Entry { shape, values: Values::of(&work), work }
        });
        let works = works.collect();
        Bibliography {
            frame: Frame::new(&engine.csl.citation.layout, engine.stops_within()),
            engine,
            months,
            circa,
            shapes,
            works,
            templates: RwLock::default(),
            collate,
            ranks: Default::default(),
            initialize_with,
            chooses,
            numbers,
        }
    }

    /// Tells whether citations are notes. Otherwise they stand in the line.
    pub fn is_note(&self) -> bool {
        self.engine.is_note()
    }

    /// Returns how many works there are.
    pub fn len(&self) -> usize {
        self.works.len()
    }

    /// Tells whether there is no work.
    pub fn is_empty(&self) -> bool {
        self.works.is_empty()
    }

    /// Returns how a work stands in a list of works, HTML without links; without its number, in a style that has numbers.
    pub fn entry(&self, work: usize) -> String {
        let mut out = String::new();
        self.write(work, Place::Entry(Numbering::Left, Added::default()), &Cited::default(), &mut out);
        out
    }

    /// Returns how a work stands in the list of a page on which it has this number, HTML without links.
    pub fn numbered_entry(&self, work: usize, number: usize) -> String {
        self.told_entry(work, &Cited { number, ..Cited::default() })
    }

    /// Returns the same with what tells the work apart from others on the page.
    pub(super) fn told_entry(&self, work: usize, cited: &Cited<'_>) -> String {
        let mut out = String::new();
        let letter = cited.told.is_some_and(|told| told.added.letter);
        self.write(work, Place::Entry(Numbering::Shown, Added { letter, ..Added::default() }), cited, &mut out);
        out
    }

    /// Returns the rank of a work in lists of works, by which they are sorted where the style does so; equal ones stay in the
    /// order in which they were cited.
    pub fn rank(&self, work: usize) -> u32 {
        self.ranks(Sorted::List).map_or(0, |ranks| ranks[work])
    }

    /// Returns the ranks of works, if the style sorts them.
    pub(super) fn ranks(&self, sorted: Sorted) -> Option<&[u32]> {
        let ranks = self.ranks[sorted as usize].get_or_init(|| sorting::ranks(self, sorted, self.collate));
        ranks.as_deref()
    }

    /// Returns what a work has for a key by which the style sorts, as plain text.
    pub(super) fn key(&self, work: usize, place: Place) -> String {
        let entry = &self.works[work];
        let template =
            self.template(&(Whose::Shape(entry.shape), place.clone()), || self.shapes[entry.shape as usize].clone());
        if template.is_fit {
            return entry.values.key(&template);
        }
        entry.values.key(&self.template(&(Whose::Work(work), place), || Shape::fixed(&entry.work)))
    }

    /// Returns the works.
    pub(super) fn works(&self) -> impl Iterator<Item = &Work> {
        self.works.iter().map(|entry| &entry.work)
    }

    /// Returns a work's title as the style sets it in a citation, else in a list, HTML without links.
    pub(super) fn title(&self, work: usize) -> String {
        let (position, noted, pin, added) = (Position::First, Noted::No, Pin::None, Added::default());
        let cited = Place::Citation { part: Part::Whole, position, noted, pin, added };
        let entry = &self.works[work];
        let set = |place: Place| {
            let key = (Whose::Shape(entry.shape), place);
            let template = self.template(&key, || self.shapes[entry.shape as usize].clone());
            entry.values.title(&titled(&template)?)
        };
        let listed = || set(Place::Entry(Numbering::Left, added));
        set(cited).or_else(listed).unwrap_or_else(|| format!("<i>{}</i>", escaped(&entry.work.title)))
    }

    /// Returns the authors of a work.
    pub(super) fn authors(&self, work: usize) -> &[Name] {
        &self.works[work].work.authors
    }

    /// Returns what the style sets behind an initial, if it has any.
    pub(super) fn initialize_with(&self) -> Option<&str> {
        self.initialize_with.as_deref()
    }

    /// Tells whether works have numbers by a list that is not in the order of citing.
    pub(super) fn numbers_by_list(&self) -> bool {
        self.numbers && self.ranks(Sorted::List).is_some()
    }

    /// Tells whether the style adds names or years where short citations are the same. Notes say enough the first time.
    pub(super) fn tells_apart(&self) -> bool {
        let citation = &self.engine.csl.citation;
        let adds = [
            citation.disambiguate_add_givenname,
            citation.disambiguate_add_names,
            citation.disambiguate_add_year_suffix,
        ];
        !self.is_note() && (adds.contains(&true) || self.chooses)
    }

    /// Tells whether the style sorts or joins the numbers of works that are cited together (`[1]–[3]`).
    pub(super) fn joins_numbers(&self) -> bool {
        let citation = &self.engine.csl.citation;
        let first = citation.sort.as_ref().and_then(|sort| sort.keys.first());
        let by_number = matches!(first, Some(SortKey::Variable { variable: Variable::Number(_), .. }));
        !self.is_note() && (by_number || citation.collapse == Some(Collapse::CitationNumber))
    }

    /// Returns how many notes a short citation may be away from the one before.
    pub(super) fn near_note_distance(&self) -> u32 {
        self.engine.csl.citation.near_note_distance
    }

    /// Has hayagriva say what a citation of several works prints, after others were cited once in this order.
    pub(super) fn together(&self, before: &[usize], items: &[Item<'_>]) -> String {
        markup::html(&self.answer(before, items))
    }

    fn answer(&self, before: &[usize], items: &[Item<'_>]) -> ElemChildren {
        // hayagriva tells works apart by where they lie in memory: each is made once.
        let mut works: Vec<usize> = before.to_vec();
        works.extend(items.iter().map(|item| item.work));
        works.sort_unstable();
        works.dedup();
        let at = |work: usize| works.binary_search(&work).expect("all works were gathered");
        let pins: Vec<_> =
            items.iter().map(|item| Pin::of(item.locator)).map(|(pin, numbers)| pin.fixed(numbers).told()).collect();
        let asked = items.iter().zip(&pins).map(|(item, told)| {
            let locator = told.as_ref().map(|(term, text)| (*term, text.as_str()));
            let (part, added) = (Part::Whole, Added::default());
            (at(item.work), Question { locator, position: Position::First, part, notes: None, number: 1, added })
        });
        let asked: Vec<_> = asked.collect();
        let before: Vec<usize> = before.iter().map(|work| at(*work)).collect();
        let items: Vec<_> = works.iter().map(|work| self.item(*work)).collect();
        self.engine.together(&items, &before, &asked)
    }

    /// Appends what is said of a work in a place.
    pub(super) fn write(&self, work: usize, place: Place, cited: &Cited<'_>, out: &mut String) {
        let entry = &self.works[work];
        let key = (Whose::Shape(entry.shape), place);
        let template = self.template(&key, || self.shapes[entry.shape as usize].clone());
        if template.is_fit {
            return entry.values.fill(&template, cited, &self.circa, out);
        }
        let place = match key.1 {
            Place::Citation { part, position, noted, pin, added } => {
                Place::Citation { part, position, noted, pin: pin.fixed(cited.locator), added }
            }
            entry @ (Place::Entry(..) | Place::Key(..)) => entry,
        };
        self.write_fixed(work, place, cited, out);
    }

    /// Appends what hayagriva says of a work itself, with its own values.
    pub(super) fn write_fixed(&self, work: usize, place: Place, cited: &Cited<'_>, out: &mut String) {
        let entry = &self.works[work];
        let template = self.template(&(Whose::Work(work), place), || Shape::fixed(&entry.work));
        entry.values.fill(&template, cited, &self.circa, out);
    }

    /// Returns the item that hayagriva sees of a work, with its own values.
    fn item(&self, work: usize) -> hayagriva::citationberg::json::Item {
        let mut item = Shape::fixed(&self.works[work].work).item(&self.months);
        item.0.insert("id".to_owned(), hayagriva::citationberg::json::Value::String(work.to_string()));
        item
    }

    /// Leaves doubts to the style, as hayagriva does.
    #[cfg(test)]
    pub(super) fn without_circa(mut self) -> Bibliography {
        self.circa.clear();
        self
    }

    /// Says how many templates are of one work, because the one of its shape is not fit.
    #[cfg(test)]
    pub(super) fn unfit(&self) -> usize {
        let templates = self.templates.read().unwrap_or_else(PoisonError::into_inner);
        templates.keys().filter(|(whose, _)| matches!(whose, Whose::Work(_))).count()
    }

    /// Has hayagriva weigh all of the style.
    #[cfg(test)]
    pub(super) fn with_whole_style(mut self) -> Bibliography {
        self.engine.is_whole = true;
        self
    }

    /// Says how many templates were made so far: how often hayagriva was asked.
    pub fn templates(&self) -> usize {
        self.templates.read().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn template(&self, key: &(Whose, Place), shape: impl FnOnce() -> Shape) -> Arc<Template> {
        if let Some(template) = self.templates.read().unwrap_or_else(PoisonError::into_inner).get(key) {
            return Arc::clone(template);
        }
        let template = Arc::new(self.made(&shape(), &key.1));
        self.templates.write().unwrap_or_else(PoisonError::into_inner).insert(key.clone(), Arc::clone(&template));
        template
    }

    /// Makes a template; where a date is in doubt, finds out whether the style says so.
    pub(super) fn made(&self, shape: &Shape, place: &Place) -> Template {
        let mut template = self.asked(shape, place);
        let doubted = shape.doubted();
        if doubted.contains(&true) && self.asked(&shape.certain(), place).pieces == template.pieces {
            template.circa = doubted;
        }
        template
    }

    fn asked(&self, shape: &Shape, place: &Place) -> Template {
        let item = shape.item(&self.months);
        let lexicon = Lexicon::new(shape, &self.months);
        let cite = |part, position, noted: Noted, pin: &Pin, added: Added| {
            let told = pin.told();
            let notes = (noted == Noted::Yes).then_some(Notes { first: FIRST_NOTE });
            let locator = told.as_ref().map(|(term, text)| (*term, text.as_str()));
            self.engine.cite(&shape.kind, &item, &Question { locator, position, part, notes, number: NUMBER, added })
        };
        match place {
            Place::Citation { part, position, noted, pin, added } => {
                template(&cite(*part, *position, *noted, pin, *added), &lexicon, Numbering::Shown)
            }
            Place::Key(sorted, at) => {
                let key = sorting::sort(self, *sorted).and_then(|sort| sort.keys.get(usize::from(*at)));
                let key = key.and_then(|key| self.engine.key(&shape.kind, &item, key));
                template(&key.unwrap_or_default(), &lexicon, Numbering::Shown)
            }
            Place::Entry(numbering, added) => {
                let entry = self.engine.entry(&shape.kind, &item, NUMBER, *added);
                let entry =
                    entry.map(|entry| template(&entry, &lexicon, *numbering)).filter(|entry| !entry.pieces.is_empty());
                // Some styles list no letters and talks, some nothing at all.
                entry.unwrap_or_else(|| {
                    template(&cite(Part::Whole, Position::First, Noted::No, &Pin::None, *added), &lexicon, *numbering)
                })
            }
        }
    }
}

impl std::fmt::Debug for Bibliography {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kinds: BTreeMap<&str, usize> = self.shapes.iter().fold(BTreeMap::new(), |mut kinds, shape| {
            *kinds.entry(&*shape.kind).or_default() += 1;
            kinds
        });
        f.debug_struct("Bibliography").field("works", &self.works.len()).field("shapes", &kinds).finish_non_exhaustive()
    }
}

//! The works of a site under a style, and what is said of each.
//!
//! Templates are made when they are first asked for, under complete keys: the shape of the work, the part and position of
//! the citation, the kind and shape of its locator. Threads share them; two that need the same one at once make it twice.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, PoisonError, RwLock};

use hayagriva::ElemChildren;
use hayagriva::citationberg::TermForm;
use hayagriva::citationberg::taxonomy::OtherTerm;

use super::desk::Item;
use super::engine::{Engine, Notes, Part, Position, Question};
use super::frame::Frame;
use super::lexicon::Lexicon;
use super::markup;
use super::months::Months;
use super::pin::Pin;
use super::shape::Shape;
use super::style::Style;
use super::template::{FIRST_NOTE, NUMBER, Numbering, Template, template};
use super::values::{Cited, Values};
use super::work::Work;

/// The works of a site under a style. It is made once and shared by all pages.
pub struct Bibliography {
    engine: Engine,
    /// What stands around the works of a citation.
    pub(super) frame: Frame,
    months: Months,
    /// What is said before a date in doubt, where the style says nothing.
    circa: String,
    shapes: Vec<Shape>,
    works: Vec<Entry>,
    templates: RwLock<HashMap<(Whose, Place), Arc<Template>>>,
    /// What tells works apart, for each of them among those that it is like.
    told_apart: RwLock<HashMap<Apart, String>>,
}

/// One of several works that are like each other, as it is cited.
#[derive(PartialEq, Eq, Hash)]
struct Apart {
    crowd: Vec<usize>,
    work: usize,
    part: Part,
    pin: Pin,
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
    Citation { part: Part, position: Position, noted: Noted, pin: Pin },
    /// An entry in a list of works.
    Entry(Numbering),
}

/// Whether the number of a citation's note is known.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Noted {
    Yes,
    No,
}

impl Bibliography {
    /// Puts works under a style. They are known by their index.
    pub fn new(style: Style, works: Vec<Work>) -> Bibliography {
        let engine = Engine::new(style);
        let months = Months::new(&engine);
        let circa =
            engine.term(OtherTerm::Circa, TermForm::Short).map_or_else(|| "c. ".to_owned(), |term| format!("{term} "));
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
            frame: Frame::new(&engine.csl.citation.layout),
            engine,
            months,
            circa,
            shapes,
            works,
            templates: RwLock::default(),
            told_apart: RwLock::default(),
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
        self.write(work, Place::Entry(Numbering::Left), &Cited::default(), &mut out);
        out
    }

    /// Returns how a work stands in the list of a page on which it has this number, HTML without links.
    pub fn numbered_entry(&self, work: usize, number: usize) -> String {
        let mut out = String::new();
        let cited = Cited { number, ..Cited::default() };
        self.write(work, Place::Entry(Numbering::Shown), &cited, &mut out);
        out
    }

    /// Tells whether the style adds names or years where short citations are the same. Notes say enough the first time.
    pub(super) fn tells_apart(&self) -> bool {
        let citation = &self.engine.csl.citation;
        let adds = [
            citation.disambiguate_add_givenname,
            citation.disambiguate_add_names,
            citation.disambiguate_add_year_suffix,
        ];
        !self.is_note() && adds.contains(&true)
    }

    /// Tells whether the style sorts, groups or collapses works that are cited together.
    pub(super) fn merges(&self) -> bool {
        let citation = &self.engine.csl.citation;
        !self.is_note()
            && (citation.sort.is_some() || citation.collapse.is_some() || citation.cite_group_delimiter.is_some())
    }

    /// Returns how many notes a short citation may be away from the one before.
    pub(super) fn near_note_distance(&self) -> u32 {
        self.engine.csl.citation.near_note_distance
    }

    /// Has hayagriva say what a citation of several works prints, after others were cited once in this order.
    pub(super) fn together(&self, before: &[usize], items: &[Item<'_>]) -> String {
        let answers = self.answers(before, items, Part::Whole);
        answers.last().map(markup::html).unwrap_or_default()
    }

    /// Has hayagriva say what a citation of a work prints that others are like: what tells them apart is added.
    pub(super) fn apart(&self, item: &Item<'_>, part: Part, crowd: &[usize]) -> String {
        let pin = Pin::of(item.locator).0.said(item.locator);
        let key = Apart { crowd: crowd.to_vec(), work: item.work, part, pin };
        if let Some(known) = self.told_apart.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let told = self.answers(crowd, std::slice::from_ref(item), part).first().map(markup::html).unwrap_or_default();
        self.told_apart.write().unwrap_or_else(PoisonError::into_inner).insert(key, told.clone());
        told
    }

    fn answers(&self, before: &[usize], items: &[Item<'_>], part: Part) -> Vec<ElemChildren> {
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
            (at(item.work), Question { locator, position: Position::First, part, notes: None, number: 1 })
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
            Place::Citation { part, position, noted, pin } => {
                Place::Citation { part, position, noted, pin: pin.fixed(cited.locator) }
            }
            entry @ Place::Entry(_) => entry,
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
        let cite = |part, position, noted: Noted, pin: &Pin| {
            let told = pin.told();
            let notes = (noted == Noted::Yes).then_some(Notes { first: FIRST_NOTE });
            let locator = told.as_ref().map(|(term, text)| (*term, text.as_str()));
            self.engine.cite(&shape.kind, &item, &Question { locator, position, part, notes, number: NUMBER })
        };
        match place {
            Place::Citation { part, position, noted, pin } => {
                template(&cite(*part, *position, *noted, pin), &lexicon, Numbering::Shown)
            }
            Place::Entry(numbering) => {
                let entry = self.engine.entry(&shape.kind, &item, NUMBER);
                let entry =
                    entry.map(|entry| template(&entry, &lexicon, *numbering)).filter(|entry| !entry.pieces.is_empty());
                // Some styles list no letters and talks, some nothing at all.
                entry.unwrap_or_else(|| {
                    template(&cite(Part::Whole, Position::First, Noted::No, &Pin::None), &lexicon, *numbering)
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

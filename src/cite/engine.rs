//! hayagriva itself: one work, one place, one answer. Slow; `bibliography` asks it once for each shape.
//!
//! hayagriva renders whole documents and finds out by itself where a citation stands. To hear what it says of one place,
//! a small document is made in which the citation stands there: what comes before it is set in a style that costs nothing.

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::str::FromStr as _;
use std::sync::{Arc, Mutex, PoisonError};

use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::taxonomy::{Kind, Locator, OtherTerm, Term};
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, PurgeLevel, SortKey, StyleClass, TermForm};
use hayagriva::{
    BibliographyDriver, BibliographyRequest, CitationItem, CitationRequest, CitePurpose, ElemChild, ElemChildren,
    ElemMeta, Formatted, Formatting, LocatorPayload, Rendered, SpecificLocator, standalone_citation,
};

use super::apart::Added;
use super::known::{Fields, Known, Silent, Stand};
use super::locale;
use super::special::{self, Special};
use super::style::Style;

/// A style that costs nothing, for what surrounds the citation that is asked for.
const BLANK: &str = r#"<style xmlns="http://purl.org/net/xbiblio/csl" class="note" version="1.0"><info><title>blank</title>
<id>blank</id></info><citation><layout><text variable="title"/></layout></citation></style>"#;

/// Where a citation stands among those of the same work.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Position {
    /// It is the first.
    First,
    /// It comes later, a few notes behind an earlier one.
    Near,
    /// It comes later, far from any earlier one.
    Far,
    /// It follows one of the same work and place.
    Ibid,
    /// It follows one of the same work, with another locator.
    IbidWithLocator,
}

/// Which part of a citation is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Part {
    /// All of it.
    Whole,
    /// The author's name, as it stands in a sentence.
    Author,
    /// The author's name, then the rest in brackets, as both stand in a sentence.
    Prose,
}

/// The number of the first note on a work, where it is known; the others follow it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Notes {
    /// The number of the first note on the work.
    pub(super) first: usize,
}

/// A question: what a citation of a work says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Question<'a> {
    /// The locator, with its term.
    pub(super) locator: Option<(Locator, &'a str)>,
    /// Where it stands.
    pub(super) position: Position,
    /// Which part is asked for.
    pub(super) part: Part,
    /// The notes' numbers.
    pub(super) notes: Option<Notes>,
    /// The work's number in the list of works, from 1.
    pub(super) number: usize,
    /// What is added.
    pub(super) added: Added,
}

/// A style, ready to answer.
pub(super) struct Engine {
    pub(super) csl: IndependentStyle,
    /// The style as works of a type need it.
    special: Mutex<HashMap<Known, Arc<Special>>>,
    /// The words of the style's language.
    words: [Locale; 1],
    locale: LocaleCode,
    blank: IndependentStyle,
    filler: Item,
    /// Whether all of the style is weighed each time.
    #[cfg(test)]
    pub(super) is_whole: bool,
}

impl Engine {
    /// Makes a style ready.
    pub(super) fn new(style: Style) -> Engine {
        let blank = IndependentStyle::from_xml(BLANK).expect("the blank style is valid");
        let title = hayagriva::citationberg::json::Value::String("-".to_owned());
        let filler = Item([("title".to_owned(), title)].into());
        let mut csl = style.csl;
        csl.info.purge(PurgeLevel::Full);
        let words = [locale::words(&csl.locale, style.language)];
        csl.locale.clear();
        Engine {
            csl,
            special: Mutex::default(),
            words,
            locale: LocaleCode(style.language.to_owned()),
            blank,
            filler,
            #[cfg(test)]
            is_whole: false,
        }
    }

    /// Answers what a citation of a work says, without the layout's affixes; empty where the style says nothing.
    pub(super) fn cite(&self, kind: &str, item: &Item, question: &Question<'_>) -> ElemChildren {
        let locator = question.locator.map(|(term, value)| SpecificLocator(term, LocatorPayload::Str(value)));
        let mut driver = BibliographyDriver::new().with_citation_number_offset(question.number.saturating_sub(1));
        let between = match question.position {
            Position::First | Position::Ibid | Position::IbidWithLocator => 0,
            Position::Near => 1,
            Position::Far => self.csl.citation.near_note_distance.min(1000) as usize + 1,
        };
        // Names in a sentence are looked for where a whole citation would not print them.
        let silent = if question.part == Part::Whole { Silent::Dropped } else { Silent::Kept };
        let stand = Stand { position: question.position, is_noted: question.notes.is_some() };
        let stand = (question.part == Part::Whole).then_some(stand);
        let special = self.special(kind, item, silent, stand, question.added);
        if question.part == Part::Whole && !special.counts {
            return self.alone(&special.style, CitationItem::with_locator(item, locator));
        }
        let style = &special.style;
        let notes = question.notes;
        if question.position != Position::First {
            let earlier = if question.position == Position::Ibid { locator.clone() } else { None };
            let number = notes.map(|notes| notes.first);
            driver.citation(self.request(&self.blank, CitationItem::with_locator(item, earlier), number));
        }
        for step in 0..between {
            let number = notes.map(|notes| notes.first + 1 + step);
            driver.citation(self.request(&self.blank, CitationItem::with_entry(&self.filler), number));
        }
        let mut asked = CitationItem::with_locator(item, locator);
        asked.purpose = purpose(question.part);
        let own = notes.map(|notes| notes.first + between + usize::from(question.position != Position::First));
        driver.citation(self.request(style, asked, own));
        let rendered = self.finish(driver, &self.blank);
        let last = rendered.and_then(|mut rendered| rendered.citations.pop());
        last.map(|citation| items_of(citation.citation)).and_then(|mut items| items.pop()).unwrap_or_default()
    }

    /// Answers what a citation of several works says that stand together, after others were cited once: it is sorted and
    /// collapsed by the works' numbers.
    pub(super) fn together(&self, items: &[Item], before: &[usize], asked: &[(usize, Question<'_>)]) -> ElemChildren {
        let mut driver = BibliographyDriver::new();
        for item in before.iter().map(|at| &items[*at]) {
            driver.citation(self.request(&self.csl, CitationItem::with_entry(item), None));
        }
        let wanted = asked.iter().map(|(at, question)| {
            let locator = question.locator.map(|(term, value)| SpecificLocator(term, LocatorPayload::Str(value)));
            let mut asked = CitationItem::with_locator(&items[*at], locator);
            asked.purpose = purpose(question.part);
            asked
        });
        let locale = Some(self.locale.clone());
        driver.citation(CitationRequest::new(wanted.collect(), &self.csl, locale, &self.words, None));
        let rendered = self.finish(driver, &self.blank);
        let last = rendered.and_then(|mut rendered| rendered.citations.pop());
        last.map(|citation| citation.citation).unwrap_or_default()
    }

    /// Answers how a work stands in a list of works, behind the part that stands apart in some styles. `None` where the
    /// style has no such list.
    pub(super) fn entry(&self, kind: &str, item: &Item, number: usize, added: Added) -> Option<ElemChildren> {
        self.csl.bibliography.as_ref()?;
        let special = self.special(kind, item, Silent::Dropped, None, added);
        self.listed(&special.style, item, number)
    }

    /// Answers what a work has for a key by which a style sorts: what its macro prints.
    pub(super) fn key(&self, kind: &str, item: &Item, key: &SortKey) -> Option<ElemChildren> {
        let kind = Kind::from_str(kind).unwrap_or(Kind::Document);
        let known =
            Known { kind, fields: Fields::of(item), silent: Silent::Dropped, stand: None, added: Added::default() };
        self.listed(&special::keyed(&self.csl, key, known)?, item, 1)
    }

    fn listed(&self, style: &IndependentStyle, item: &Item, number: usize) -> Option<ElemChildren> {
        let mut driver = BibliographyDriver::new().with_citation_number_offset(number.saturating_sub(1));
        driver.citation(self.request(&self.blank, CitationItem::with_entry(item), None));
        let entry = self.finish(driver, style)?.bibliography?.items.pop()?;
        let space = Formatted { text: " ".to_owned(), formatting: Formatting::default() };
        let apart = entry.first_field.into_iter().flat_map(|field| [field, ElemChild::Text(space.clone())]);
        Some(ElemChildren(apart.chain(entry.content.0).collect()))
    }

    /// Returns the language of the style's words, as the archive of locales writes it.
    pub(super) fn language(&self) -> &str {
        &self.locale.0
    }

    /// Tells whether a stop or comma stands inside a closing quotation mark, in the style's language.
    pub(super) fn stops_within(&self) -> bool {
        self.words[0].style_options.as_ref().and_then(|options| options.punctuation_in_quote) == Some(true)
    }

    /// Tells whether citations are notes.
    pub(super) fn is_note(&self) -> bool {
        self.csl.settings.class == StyleClass::Note
    }

    /// Returns the style as it is needed for an item.
    fn special(&self, kind: &str, item: &Item, silent: Silent, stand: Option<Stand>, added: Added) -> Arc<Special> {
        #[cfg(test)]
        if self.is_whole {
            let style = self.csl.clone();
            return Arc::new(Special { style, counts: true });
        }
        let kind = Kind::from_str(kind).unwrap_or(Kind::Document);
        // Where letters stand is seen in the style as it is.
        let kept = Added { letter: false, ..added };
        let all = Known { kind, fields: Fields::ALL, silent: Silent::Kept, stand: None, added: kept };
        let wanted = Known { kind, fields: Fields::of(item), silent, stand, added };
        let mut known = self.special.lock().unwrap_or_else(PoisonError::into_inner);
        let whole = Arc::clone(known.entry(all).or_insert_with(|| Arc::new(special::special(&self.csl, all))));
        Arc::clone(known.entry(wanted).or_insert_with(|| Arc::new(special::special(&whole.style, wanted))))
    }

    /// Returns a word of the style's language, as the style has it.
    pub(super) fn term(&self, term: OtherTerm, form: TermForm) -> Option<&str> {
        let mut form = Some(form);
        while let Some(wanted) = form {
            let found = self.words[0].term(Term::Other(term), wanted).and_then(|term| term.single());
            if found.is_some() {
                return found;
            }
            form = wanted.fallback();
        }
        None
    }

    /// Answers what a citation says in a style that does not ask where it stands. hayagriva renders it once, not twice.
    fn alone(&self, style: &IndependentStyle, item: CitationItem<'_, Item>) -> ElemChildren {
        let request = self.request(style, item, None);
        catch_unwind(AssertUnwindSafe(|| standalone_citation(request))).unwrap_or_default()
    }

    fn request<'a>(
        &'a self,
        style: &'a IndependentStyle,
        item: CitationItem<'a, Item>,
        note: Option<usize>,
    ) -> CitationRequest<'a, Item> {
        CitationRequest::new(vec![item], style, Some(self.locale.clone()), &self.words, note)
    }

    /// Runs hayagriva. It is not known to panic on works as they are made here; a style that makes it panic yields nothing.
    fn finish(&self, driver: BibliographyDriver<'_, Item>, style: &IndependentStyle) -> Option<Rendered> {
        let request = BibliographyRequest::new(style, Some(self.locale.clone()), &self.words);
        catch_unwind(AssertUnwindSafe(|| driver.finish(request))).ok()
    }
}

fn purpose(part: Part) -> Option<CitePurpose> {
    match part {
        Part::Whole => None,
        Part::Author => Some(CitePurpose::Author),
        Part::Prose => Some(CitePurpose::Prose),
    }
}

/// Returns the items of a citation, without what stands between and around them.
fn items_of(citation: ElemChildren) -> Vec<ElemChildren> {
    let items = citation.0.into_iter().filter_map(|child| match child {
        ElemChild::Elem(elem) if matches!(elem.meta, Some(ElemMeta::Entry(_))) => Some(elem.children),
        _ => None,
    });
    items.collect()
}

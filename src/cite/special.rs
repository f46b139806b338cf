//! A style as one shape of work needs it: conditions that can only turn out one way are decided, branches that are never
//! taken are gone, and so is what can print nothing.
//!
//! Most of a style speaks of types and fields that the work at hand does not have, and hayagriva weighs all of it at each
//! step: the notes of the Chicago manual unfold to hundreds of thousands of elements, of which a newspaper article needs a
//! hundred. What decides about groups and delimiters is kept: whether an element asks for a variable at all, and that a
//! choice takes the delimiter of what is around it.

use std::collections::BTreeMap;

use hayagriva::citationberg::taxonomy::{DateVariable, OtherTerm, StandardVariable, Term, Variable};
use hayagriva::citationberg::{
    Bibliography, Choose, ChooseBranch, Citation, CslMacro, Date, DatePartName, ElseBranch, Group, IndependentStyle,
    InheritableNameOptions, Layout, LayoutRenderingElement as Element, Names, NamesChild, SortKey, Substitute, Text,
    TextTarget,
};

use super::apart::Added;
use super::engine::Position;
use super::known::{Known, Silent, Verdict, is_count, unconditional, weighed};
use super::survey;
use super::template::LETTER;

/// A style made for something.
pub(super) struct Special {
    /// The style. Where the position is known, its layout of citations has no affixes.
    pub(super) style: IndependentStyle,
    /// Whether it still asks for numbers, or for how often a work was cited.
    pub(super) counts: bool,
}

/// A variable that no work has: it stands for all that were asked for in vain.
const VAIN: Variable = Variable::Standard(StandardVariable::Scale);

/// Returns what is left of a style for works of which so much is known.
pub(super) fn special(style: &IndependentStyle, known: Known) -> Special {
    let places_letters = known.added.letter && survey::places_letters(style);
    let mut pruner = Pruner { style, known, macros: BTreeMap::new(), counts: false, places_letters };
    let subsequent = |options: &InheritableNameOptions| {
        options.et_al_subsequent_min.is_some() || options.et_al_subsequent_use_first.is_some()
    };
    let is_first = known.stand.is_none_or(|stand| stand.position == Position::First);
    pruner.counts |= is_first && (subsequent(&style.citation.name_options) || subsequent(&style.settings.options));
    // One work is rendered at a time: nothing is sorted.
    let mut citation = Citation { sort: None, ..style.citation.clone() };
    add_names(&mut citation.name_options, known.added);
    citation.layout.elements = pruner.children(&style.citation.layout.elements, Order::Run).0;
    if known.stand.is_some() {
        citation.layout.prefix = None;
        citation.layout.suffix = None;
    }
    let counts = pruner.counts;
    // A citation does not ask for the list.
    let list = style.bibliography.as_ref().filter(|_| known.stand.is_none());
    let bibliography = list.map(|bibliography| {
        let mut outline = Bibliography { sort: None, ..bibliography.clone() };
        outline.layout.elements = pruner.children(&bibliography.layout.elements, Order::Run).0;
        outline
    });
    let macros = pruner.macros.into_iter().filter_map(|(name, left)| match left {
        Left::Some(children) => Some(CslMacro { name: name.to_owned(), children }),
        Left::Open | Left::Nothing(_) => None,
    });
    let style = IndependentStyle {
        info: style.info.clone(),
        default_locale: style.default_locale.clone(),
        version: String::new(),
        citation,
        bibliography,
        settings: style.settings.clone(),
        macros: macros.collect(),
        locale: style.locale.clone(),
    };
    Special { style, counts }
}

/// Returns what is left of a style for a key by which it sorts, as its list of works.
pub(super) fn keyed(style: &IndependentStyle, key: &SortKey, known: Known) -> Option<IndependentStyle> {
    let SortKey::MacroName { name, names_min, names_use_first, names_use_last, .. } = key else { return None };
    let elements = vec![Element::Text(Text::with_target(TextTarget::Macro { name: name.clone() }))];
    let mut list = Bibliography::with_layout(Layout {
        elements,
        prefix: None,
        suffix: None,
        delimiter: None,
        ..style.citation.layout.clone()
    });
    list.name_options.et_al_min = *names_min;
    list.name_options.et_al_use_first = *names_use_first;
    list.name_options.et_al_use_last = *names_use_last;
    let style = IndependentStyle { bibliography: Some(list), ..style.clone() };
    Some(special(&style, known).style)
}

/// Has a style print more names before "et al.".
fn add_names(options: &mut InheritableNameOptions, added: Added) {
    if added.names > 0 {
        let names = Some(u32::from(added.names));
        let least = names.map(|names| names + 1);
        (options.et_al_min, options.et_al_use_first) = (least, names);
        (options.et_al_subsequent_min, options.et_al_subsequent_use_first) = (least, names);
    }
}

struct Pruner<'a> {
    style: &'a IndependentStyle,
    known: Known,
    /// The macros that were called.
    macros: BTreeMap<&'a str, Left<Vec<Element>>>,
    /// Whether something was met that asks for numbers, or for how often a work was cited.
    counts: bool,
    /// Whether the style says where letters stand that tell years apart.
    places_letters: bool,
}

/// What is left of something.
enum Left<T> {
    /// This.
    Some(T),
    /// Nothing that prints; whether it asked for a variable.
    Nothing(Asked),
    /// It is being pruned: a macro that calls itself.
    Open,
}

/// Whether a variable was asked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Asked {
    No,
    Yes,
}

/// How elements stand side by side.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    /// In a group or a choice, which leaves out what prints nothing.
    Row,
    /// In a macro or a layout, which renders all: there, a number that is not leaves a trace that stops look behind.
    Run,
}

impl<'a> Pruner<'a> {
    /// Prunes elements, whose depth is bounded: what is left, and, if that prints nothing, whether a variable was asked for.
    fn children(&mut self, elements: &'a [Element], order: Order) -> (Vec<Element>, Option<Asked>) {
        let mut asked = Asked::No;
        let mut prints = false;
        let mut left = Vec::new();
        for element in elements {
            match self.element(element) {
                Left::Some(element) => {
                    prints = true;
                    left.push(element);
                }
                Left::Nothing(other) => {
                    asked = asked.max(other);
                    if order == Order::Run && matches!(element, Element::Number(_)) {
                        left.push(element.clone());
                    }
                }
                Left::Open => {}
            }
        }
        if asked == Asked::Yes {
            left.push(Element::Text(Text::with_target(VAIN)));
        }
        (left, (!prints).then_some(asked))
    }

    fn element(&mut self, element: &'a Element) -> Left<Element> {
        let drops = self.known.silent == Silent::Dropped;
        let lacks = |variable: Variable| drops && !self.known.fields.has(variable);
        let silent = match element {
            Element::Text(text) => match &text.target {
                TextTarget::Variable { var: Variable::Standard(StandardVariable::YearSuffix), .. } => {
                    let value = TextTarget::Value { val: LETTER.to_owned() };
                    return Left::Some(match self.known.added.letter {
                        true => Element::Text(Text { target: value, ..text.clone() }),
                        false => element.clone(),
                    });
                }
                TextTarget::Term { term: Term::Other(OtherTerm::NoDate), .. }
                    if self.known.added.letter && !self.places_letters =>
                {
                    let mut undated = text.clone();
                    let suffix = undated.affixes.suffix.as_deref().unwrap_or_default();
                    undated.affixes.suffix = Some(format!("{LETTER}{suffix}"));
                    return Left::Some(Element::Text(undated));
                }
                TextTarget::Variable { var, .. } if is_count(*var) => {
                    self.counts = true;
                    None
                }
                TextTarget::Variable { var, .. } => lacks(*var).then_some(Asked::Yes),
                TextTarget::Macro { name } => {
                    self.called(name).filter(|_| drops && !text.quotes && text.display.is_none())
                }
                _ => None,
            },
            Element::Date(date) => {
                if let Some(lettered) = self.lettered(date) {
                    return Left::Some(Element::Date(lettered));
                }
                date.variable.filter(|date| lacks((*date).into())).map(|_| Asked::Yes)
            }
            Element::Number(number) => {
                self.counts |= is_count(number.variable.into());
                lacks(number.variable.into()).then_some(Asked::Yes)
            }
            Element::Label(label) => {
                self.counts |= is_count(label.variable.into());
                lacks(label.variable.into()).then_some(Asked::No)
            }
            Element::Names(names) => {
                let is_vain = names.substitute().is_none() && names.variable.iter().all(|name| lacks((*name).into()));
                if !is_vain {
                    return Left::Some(self.names(names));
                }
                Some(Asked::No)
            }
            Element::Group(group) => return self.group(group),
            Element::Choose(choose) => return self.choose(choose),
        };
        silent.map_or_else(|| Left::Some(element.clone()), Left::Nothing)
    }

    /// Sets a letter behind the year of a date, where it is wanted and the style does not say where it stands.
    fn lettered(&self, date: &Date) -> Option<Date> {
        let is_wanted = self.known.added.letter && !self.places_letters && date.variable == Some(DateVariable::Issued);
        is_wanted.then(|| {
            let mut date = date.clone();
            let has_parts = !date.date_part.is_empty();
            let suffix = match date.date_part.iter_mut().find(|part| part.name == DatePartName::Year) {
                Some(year) => &mut year.affixes.suffix,
                None if has_parts => return date,
                None => &mut date.affixes.suffix,
            };
            *suffix = Some(format!("{LETTER}{}", suffix.as_deref().unwrap_or_default()));
            date
        })
    }

    /// Prunes a macro, once, and tells whether it prints nothing.
    fn called(&mut self, name: &'a str) -> Option<Asked> {
        if !self.macros.contains_key(name) {
            self.macros.insert(name, Left::Open);
            let found = self.style.macros.iter().find(|found| found.name == name);
            let left = match found.map(|found| self.children(&found.children, Order::Run)) {
                None => Left::Nothing(Asked::No),
                Some((_, Some(asked))) if self.known.silent == Silent::Dropped => Left::Nothing(asked),
                Some((children, _)) => Left::Some(children),
            };
            self.macros.insert(name, left);
        }
        match self.macros.get(name) {
            Some(Left::Nothing(asked)) => Some(*asked),
            _ => None,
        }
    }

    fn names(&mut self, names: &'a Names) -> Element {
        let options = names.options();
        let name =
            names.name().map(|name| name.options(&InheritableNameOptions::default()).et_al_subsequent_min.is_some());
        let is_first = self.known.stand.is_none_or(|stand| stand.position == Position::First);
        let subsequent = options.et_al_subsequent_min.is_some() || options.et_al_subsequent_use_first.is_some();
        self.counts |= is_first && (subsequent || name == Some(true));
        let mut left = names.clone();
        if self.known.added.names > 0 {
            let names = u32::from(self.known.added.names);
            (left.et_al_min, left.et_al_use_first) = (Some(names + 1), Some(names));
            (left.et_al_subsequent_min, left.et_al_subsequent_use_first) = (Some(names + 1), Some(names));
        }
        for (child, pruned) in names.children.iter().zip(&mut left.children) {
            if let NamesChild::Substitute(substitute) = child {
                let children = self.children(&substitute.children, Order::Row).0;
                *pruned = NamesChild::Substitute(Substitute { children });
            }
        }
        Element::Names(left)
    }

    fn group(&mut self, group: &'a Group) -> Left<Element> {
        let (children, silent) = self.children(&group.children, Order::Row);
        if let Some(asked) = silent.filter(|_| self.known.silent == Silent::Dropped && group.display.is_none()) {
            return Left::Nothing(asked);
        }
        Left::Some(Element::Group(Group {
            children,
            font_style: group.font_style,
            font_variant: group.font_variant,
            font_weight: group.font_weight,
            text_decoration: group.text_decoration,
            vertical_align: group.vertical_align,
            prefix: group.prefix.clone(),
            suffix: group.suffix.clone(),
            delimiter: group.delimiter.clone(),
            display: group.display,
        }))
    }

    /// Decides a choice as far as it can be. What is left stays a choice, for it takes the delimiter of what is around it.
    fn choose(&mut self, choose: &'a Choose) -> Left<Element> {
        let mut open: Vec<ChooseBranch> = Vec::new();
        let mut silent: Vec<Option<Asked>> = Vec::new();
        let mut otherwise = choose.otherwise.as_ref().map(|branch| branch.children.as_slice());
        for branch in choose.branches() {
            match weighed(branch, self.known) {
                Verdict::Never => {}
                Verdict::Always => {
                    otherwise = Some(&branch.children);
                    break;
                }
                Verdict::Perhaps(mut rest) => {
                    let (children, prints) = self.children(&branch.children, Order::Row);
                    rest.children = children;
                    open.push(rest);
                    silent.push(prints);
                }
            }
        }
        // Where no branch is taken, nothing is asked for.
        let (last, prints) =
            otherwise.map_or((Vec::new(), Some(Asked::No)), |children| self.children(children, Order::Row));
        silent.push(prints);
        if self.known.silent == Silent::Dropped
            && let Some(asked) = silent[0]
            && silent.iter().all(|other| *other == Some(asked))
        {
            return Left::Nothing(asked);
        }
        let mut open = open.into_iter();
        Left::Some(Element::Choose(match open.next() {
            Some(if_) => Choose { if_, else_if: open.collect(), otherwise: Some(ElseBranch { children: last }) },
            None => {
                Choose { if_: ChooseBranch { children: last, ..unconditional() }, else_if: Vec::new(), otherwise: None }
            }
        }))
    }
}

//! A style as works of one type need it: conditions that can only turn out one way are decided, branches that are never
//! taken are gone, and with them the macros that only they call.
//!
//! Most of a style speaks of types and fields that a work at hand does not have, and hayagriva weighs all of it at each
//! step: the notes of the Chicago manual are rendered some times faster by what is left for one type. Nothing else is
//! changed: which elements are asked whether they print, and in which order, decides about groups and delimiters.

use std::collections::BTreeSet;

use hayagriva::citationberg::taxonomy::{DateVariable, Kind, NameVariable, NumberVariable, StandardVariable, Variable};
use hayagriva::citationberg::{
    Choose, ChooseBranch, ChooseMatch, CslMacro, ElseBranch, Group, IndependentStyle, LayoutRenderingElement, Names,
    NamesChild, TextTarget,
};

/// Tells whether any work here can have a variable.
fn is_known(variable: Variable) -> bool {
    match variable {
        Variable::Standard(variable) => matches!(
            variable,
            StandardVariable::Title
                | StandardVariable::TitleShort
                | StandardVariable::Publisher
                | StandardVariable::ContainerTitle
                | StandardVariable::URL
                | StandardVariable::Language
                | StandardVariable::YearSuffix
                | StandardVariable::CitationLabel
        ),
        Variable::Name(variable) => variable == NameVariable::Author,
        Variable::Date(variable) => matches!(variable, DateVariable::Issued | DateVariable::Accessed),
        Variable::Number(variable) => matches!(
            variable,
            NumberVariable::Locator | NumberVariable::CitationNumber | NumberVariable::FirstReferenceNoteNumber
        ),
        Variable::Page(_) => false,
    }
}

/// Returns what is left of a style for works of one type.
pub(super) fn special(style: &IndependentStyle, kind: Kind) -> IndependentStyle {
    let mut special = IndependentStyle { macros: Vec::new(), ..outline(style, kind) };
    let mut called = BTreeSet::new();
    calls(&special.citation.layout.elements, &mut called);
    if let Some(bibliography) = &special.bibliography {
        calls(&bibliography.layout.elements, &mut called);
    }
    let mut waiting: Vec<String> = called.iter().cloned().collect();
    while let Some(name) = waiting.pop() {
        let Some(found) = style.macros.iter().find(|named| named.name == name) else { continue };
        let children = pruned(&found.children, kind);
        let mut inner = BTreeSet::new();
        calls(&children, &mut inner);
        waiting.extend(inner.into_iter().filter(|name| called.insert(name.clone())));
        special.macros.push(CslMacro { name, children });
    }
    special
}

/// Returns a style with its layouts pruned and without macros. One work is rendered at a time: nothing is sorted.
fn outline(style: &IndependentStyle, kind: Kind) -> IndependentStyle {
    let mut citation = hayagriva::citationberg::Citation { sort: None, ..style.citation.clone() };
    citation.layout.elements = pruned(&citation.layout.elements, kind);
    let bibliography = style.bibliography.as_ref().map(|bibliography| {
        let mut bibliography = hayagriva::citationberg::Bibliography { sort: None, ..bibliography.clone() };
        bibliography.layout.elements = pruned(&bibliography.layout.elements, kind);
        bibliography
    });
    IndependentStyle {
        info: style.info.clone(),
        default_locale: style.default_locale.clone(),
        version: String::new(),
        citation,
        bibliography,
        settings: style.settings.clone(),
        macros: Vec::new(),
        locale: style.locale.clone(),
    }
}

/// Collects the names of the macros that elements call.
fn calls(elements: &[LayoutRenderingElement], into: &mut BTreeSet<String>) {
    for element in elements {
        match element {
            LayoutRenderingElement::Text(text) => {
                if let TextTarget::Macro { name } = &text.target {
                    into.insert(name.clone());
                }
            }
            LayoutRenderingElement::Group(group) => calls(&group.children, into),
            LayoutRenderingElement::Choose(choose) => {
                choose.branches().for_each(|branch| calls(&branch.children, into));
                choose.otherwise.iter().for_each(|branch| calls(&branch.children, into));
            }
            LayoutRenderingElement::Names(names) => {
                for child in &names.children {
                    if let NamesChild::Substitute(substitute) = child {
                        calls(&substitute.children, into);
                    }
                }
            }
            _ => {}
        }
    }
}

fn pruned(elements: &[LayoutRenderingElement], kind: Kind) -> Vec<LayoutRenderingElement> {
    elements.iter().map(|element| pruned_element(element, kind)).collect()
}

fn pruned_element(element: &LayoutRenderingElement, kind: Kind) -> LayoutRenderingElement {
    match element {
        LayoutRenderingElement::Group(group) => LayoutRenderingElement::Group(Group {
            children: pruned(&group.children, kind),
            font_style: group.font_style,
            font_variant: group.font_variant,
            font_weight: group.font_weight,
            text_decoration: group.text_decoration,
            vertical_align: group.vertical_align,
            prefix: group.prefix.clone(),
            suffix: group.suffix.clone(),
            delimiter: group.delimiter.clone(),
            display: group.display,
        }),
        LayoutRenderingElement::Choose(choose) => LayoutRenderingElement::Choose(decided(choose, kind)),
        LayoutRenderingElement::Names(names) => {
            let mut names: Names = names.clone();
            for child in &mut names.children {
                if let NamesChild::Substitute(substitute) = child {
                    substitute.children = pruned(&substitute.children, kind);
                }
            }
            LayoutRenderingElement::Names(names)
        }
        other => other.clone(),
    }
}

/// Returns a choice of what can still be chosen. It stays a choice, for its children take the delimiter of what is around.
fn decided(choose: &Choose, kind: Kind) -> Choose {
    let mut open: Vec<ChooseBranch> = Vec::new();
    let mut otherwise = choose.otherwise.as_ref().map(|branch| branch.children.as_slice());
    for branch in choose.branches() {
        match weighed(branch, kind) {
            Verdict::Never => {}
            Verdict::Always => {
                otherwise = Some(&branch.children);
                break;
            }
            Verdict::Perhaps(mut rest) => {
                rest.children = pruned(&branch.children, kind);
                open.push(rest);
            }
        }
    }
    let otherwise = otherwise.map(|children| pruned(children, kind));
    let mut open = open.into_iter();
    match open.next() {
        Some(first) => {
            Choose { if_: first, else_if: open.collect(), otherwise: otherwise.map(|children| ElseBranch { children }) }
        }
        None => {
            let if_ = ChooseBranch { children: otherwise.unwrap_or_default(), ..unconditional() };
            Choose { if_, else_if: Vec::new(), otherwise: None }
        }
    }
}

/// What is known of a branch.
enum Verdict {
    Never,
    Always,
    /// The branch with the conditions that are open.
    Perhaps(ChooseBranch),
}

/// Decides the conditions of a branch that the type decides, and those on variables that no work has.
fn weighed(branch: &ChooseBranch, kind: Kind) -> Verdict {
    let mut decided: Vec<bool> = Vec::new();
    let mut rest = ChooseBranch {
        disambiguate: branch.disambiguate,
        locator: branch.locator.clone(),
        position: branch.position.clone(),
        match_: branch.match_,
        ..unconditional()
    };
    decided.extend(branch.type_.iter().flatten().map(|wanted| *wanted == kind));
    let mut open = |variables: &Option<Vec<Variable>>| -> Option<Vec<Variable>> {
        let (open, never): (Vec<_>, Vec<_>) =
            variables.iter().flatten().copied().partition(|variable| is_known(*variable));
        decided.extend(never.iter().map(|_| false));
        (!open.is_empty()).then_some(open)
    };
    rest.variable = open(&branch.variable);
    rest.is_numeric = open(&branch.is_numeric);
    let dates = branch.is_uncertain_date.iter().flatten().copied();
    let (dates, never): (Vec<_>, Vec<_>) = dates.partition(|date| is_known(Variable::Date(*date)));
    decided.extend(never.iter().map(|_| false));
    rest.is_uncertain_date = (!dates.is_empty()).then_some(dates);
    let is_open = rest.disambiguate.is_some()
        || [rest.variable.is_some(), rest.is_numeric.is_some(), rest.is_uncertain_date.is_some()].contains(&true)
        || [rest.locator.is_some(), rest.position.is_some()].contains(&true);
    let settled = match branch.match_ {
        ChooseMatch::All => decided.contains(&false).then_some(false),
        ChooseMatch::Any => decided.contains(&true).then_some(true),
        ChooseMatch::None => decided.contains(&true).then_some(false),
    };
    match settled {
        Some(true) => Verdict::Always,
        Some(false) => Verdict::Never,
        None if is_open => Verdict::Perhaps(rest),
        // Nothing is left to ask: all of none hold, none of none does, not one of none does not.
        None if branch.match_ == ChooseMatch::Any => Verdict::Never,
        None => Verdict::Always,
    }
}

/// A branch that is always taken.
fn unconditional() -> ChooseBranch {
    ChooseBranch {
        disambiguate: None,
        is_numeric: None,
        is_uncertain_date: None,
        locator: None,
        position: None,
        type_: None,
        variable: None,
        match_: ChooseMatch::All,
        children: Vec::new(),
    }
}

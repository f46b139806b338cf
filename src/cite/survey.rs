//! What a style has anywhere: facts that decide before anything is rendered whether a work has to be asked for.

use hayagriva::citationberg::taxonomy::{NumberVariable, StandardVariable, Variable};
use hayagriva::citationberg::{
    IndependentStyle, InheritableNameOptions, LayoutRenderingElement as Element, NameForm, NamesChild, TextTarget,
};

/// Returns all elements of a style, those within others too, in no order that matters.
fn elements(style: &IndependentStyle) -> Vec<&Element> {
    let list = style.bibliography.iter().flat_map(|list| &list.layout.elements);
    let macros = style.macros.iter().flat_map(|own| &own.children);
    let mut waiting: Vec<&Element> = style.citation.layout.elements.iter().chain(list).chain(macros).collect();
    let mut all = Vec::new();
    while let Some(element) = waiting.pop() {
        all.push(element);
        match element {
            Element::Group(group) => waiting.extend(&group.children),
            Element::Choose(choose) => {
                waiting.extend(choose.branches().flat_map(|branch| &branch.children));
                waiting.extend(choose.otherwise.iter().flat_map(|branch| &branch.children));
            }
            Element::Names(names) => {
                for child in &names.children {
                    if let NamesChild::Substitute(substitute) = child {
                        waiting.extend(&substitute.children);
                    }
                }
            }
            _ => {}
        }
    }
    all
}

/// Tells whether a style says where the letters stand that tell years apart.
pub(super) fn places_letters(style: &IndependentStyle) -> bool {
    let letter = Variable::Standard(StandardVariable::YearSuffix);
    elements(style).into_iter().any(|element| {
        matches!(element, Element::Text(text) if matches!(&text.target, TextTarget::Variable { var, .. } if *var == letter))
    })
}

/// Tells whether a style keeps words for citations that would be alike.
pub(super) fn chooses(style: &IndependentStyle) -> bool {
    elements(style).into_iter().any(|element| {
        matches!(element, Element::Choose(choose) if choose.branches().any(|branch| branch.disambiguate.is_some()))
    })
}

/// Tells whether a style prints the numbers of works in its list.
pub(super) fn numbers(style: &IndependentStyle) -> bool {
    elements(style).into_iter().any(|element| match element {
        Element::Text(text) => matches!(&text.target, TextTarget::Variable { var, .. } if is_number(*var)),
        Element::Number(number) => is_number(number.variable.into()),
        _ => false,
    })
}

fn is_number(variable: Variable) -> bool {
    variable == Variable::Number(NumberVariable::CitationNumber)
}

/// Returns what a style sets behind the initial of a given name: where it prints family names alone, if it says so there.
pub(super) fn initialize_with(style: &IndependentStyle) -> Option<String> {
    let inherited =
        style.citation.name_options.initialize_with.clone().or(style.settings.options.initialize_with.clone());
    let none = InheritableNameOptions::default();
    let own = elements(style).into_iter().filter_map(|element| {
        let Element::Names(names) = element else { return None };
        let name = names.name()?;
        let with = name.options(&none).initialize_with?.to_owned();
        Some((name.form != Some(NameForm::Short), with))
    });
    let mut own: Vec<(bool, String)> = own.collect();
    own.sort();
    let short = own.first().filter(|(is_long, _)| !is_long).map(|(_, with)| with.clone());
    short.or(inherited).or_else(|| own.into_iter().next().map(|(_, with)| with))
}

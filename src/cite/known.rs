//! What is known of a work and its citation before hayagriva is asked, and which conditions of a style that decides.

use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::taxonomy::{DateVariable, Kind, NameVariable, NumberVariable, StandardVariable, Variable};
use hayagriva::citationberg::{ChooseBranch, ChooseMatch, TestPosition};

use super::apart::Added;
use super::engine::Position;

/// What is known of the works and citations that a style is made for.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Known {
    /// Their type.
    pub(super) kind: Kind,
    /// What they have.
    pub(super) fields: Fields,
    /// What becomes of elements that print nothing.
    pub(super) silent: Silent,
    /// Where the citation stands, if that is known.
    pub(super) stand: Option<Stand>,
    /// What is added to it.
    pub(super) added: Added,
}

/// Where a citation stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Stand {
    /// Its position.
    pub(super) position: Position,
    /// Whether its note has a number: only such notes are near others.
    pub(super) is_noted: bool,
}

impl Stand {
    fn is(self, test: TestPosition) -> bool {
        match test {
            TestPosition::First => self.position == Position::First,
            TestPosition::Subsequent => self.position != Position::First,
            TestPosition::Ibid => matches!(self.position, Position::Ibid | Position::IbidWithLocator),
            TestPosition::IbidWithLocator => self.position == Position::IbidWithLocator,
            TestPosition::NearNote => self.is_noted && !matches!(self.position, Position::First | Position::Far),
        }
    }
}

/// Which variables a work has, of those that any work here can have.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) struct Fields(u16);

/// The variables that a work here can have.
const FIELDS: [Variable; 9] = [
    Variable::Standard(StandardVariable::Title),
    Variable::Standard(StandardVariable::TitleShort),
    Variable::Standard(StandardVariable::Publisher),
    Variable::Standard(StandardVariable::ContainerTitle),
    Variable::Standard(StandardVariable::URL),
    Variable::Standard(StandardVariable::Language),
    Variable::Name(NameVariable::Author),
    Variable::Date(DateVariable::Issued),
    Variable::Date(DateVariable::Accessed),
];

impl Fields {
    /// All that can be.
    pub(super) const ALL: Fields = Fields(0x1FF);

    /// Takes the keys of an item.
    pub(super) fn of(item: &Item) -> Fields {
        let bits = FIELDS.iter().enumerate().filter(|(_, variable)| item.0.contains_key(&variable.to_string()));
        Fields(bits.fold(0, |bits, (at, _)| bits | 1 << at))
    }

    /// Tells whether a variable may be asked for with success: what a citation has beside its work always may.
    pub(super) fn has(self, variable: Variable) -> bool {
        match variable {
            Variable::Standard(StandardVariable::YearSuffix) => true,
            Variable::Number(number) => matches!(
                number,
                NumberVariable::Locator | NumberVariable::CitationNumber | NumberVariable::FirstReferenceNoteNumber
            ),
            variable => FIELDS.iter().position(|field| *field == variable).is_some_and(|at| self.0 >> at & 1 == 1),
        }
    }
}

/// What becomes of elements that print nothing.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Silent {
    /// They stay. hayagriva's names in a sentence are looked for among them.
    Kept,
    /// They go.
    Dropped,
}

/// What is known of a branch.
pub(super) enum Verdict {
    /// It is never taken.
    Never,
    /// It is always taken, if none before it is.
    Always,
    /// The branch with the conditions that are open.
    Perhaps(ChooseBranch),
}

/// Decides the conditions of a branch that the type decides, and those on variables that no work has. Whether a work has a
/// variable that it may have is left open: what stood in for an author does not count again.
pub(super) fn weighed(branch: &ChooseBranch, known: Known) -> Verdict {
    let mut decided: Vec<bool> = branch.type_.iter().flatten().map(|wanted| *wanted == known.kind).collect();
    decided.extend(branch.disambiguate.map(|wanted| wanted == known.added.choice));
    let mut open = |variables: &Option<Vec<Variable>>| -> Option<Vec<Variable>> {
        let (open, never): (Vec<_>, Vec<_>) =
            variables.iter().flatten().copied().partition(|variable| known.fields.has(*variable));
        decided.extend(never.iter().map(|_| false));
        (!open.is_empty()).then_some(open)
    };
    let mut rest = ChooseBranch {
        variable: open(&branch.variable),
        is_numeric: open(&branch.is_numeric),
        locator: branch.locator.clone(),
        match_: branch.match_,
        ..unconditional()
    };
    match known.stand {
        Some(stand) => decided.extend(branch.position.iter().flatten().map(|test| stand.is(*test))),
        None => rest.position = branch.position.clone(),
    }
    let (dates, never): (Vec<_>, Vec<_>) =
        branch.is_uncertain_date.iter().flatten().copied().partition(|date| known.fields.has(Variable::Date(*date)));
    decided.extend(never.iter().map(|_| false));
    rest.is_uncertain_date = (!dates.is_empty()).then_some(dates);
    let open = [
        rest.variable.is_some(),
        rest.is_numeric.is_some(),
        rest.is_uncertain_date.is_some(),
        rest.locator.is_some(),
        rest.position.is_some(),
    ];
    let settled = match branch.match_ {
        ChooseMatch::All => decided.contains(&false).then_some(false),
        ChooseMatch::Any => decided.contains(&true).then_some(true),
        ChooseMatch::None => decided.contains(&true).then_some(false),
    };
    match settled {
        Some(true) => Verdict::Always,
        Some(false) => Verdict::Never,
        None if open.contains(&true) => Verdict::Perhaps(rest),
        // Nothing is left to ask: all of none hold, none of none does, not one of none does not.
        None if branch.match_ == ChooseMatch::Any => Verdict::Never,
        None => Verdict::Always,
    }
}

/// A branch that is always taken.
pub(super) fn unconditional() -> ChooseBranch {
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

/// Tells whether a variable is known only by counting citations.
pub(super) fn is_count(variable: Variable) -> bool {
    let counted = [NumberVariable::CitationNumber, NumberVariable::FirstReferenceNoteNumber];
    matches!(variable, Variable::Number(number) if counted.contains(&number))
}

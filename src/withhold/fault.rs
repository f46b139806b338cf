//! What a fault may say elsewhere than on a terminal: of a withheld record its code, in words, and nothing of the record.

use crate::diagnostic::{Diagnostic, Place, code};

/// Returns the fault with a message for everybody that holds no word of the record.
pub(super) fn discreet(fault: &Diagnostic) -> Diagnostic {
    fault.clone().for_terminal(format!("a fault in a withheld record ({})", fault.code.name))
}

/// Leaves out of later faults those at references that were refused here: they would say what is missing by its name.
pub fn unsaid(refused: &[Diagnostic], mut later: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let is_refusal = |fault: &&Diagnostic| [&code::PRIVATE_REFERENCE, &code::AMBIGUOUS_REFERENCE].contains(&fault.code);
    let places: Vec<&Place> = refused.iter().filter(is_refusal).filter_map(|fault| fault.place.as_ref()).collect();
    let meets = |a: &Place, b: &Place| a.path == b.path && a.span.start < b.span.end && b.span.start < a.span.end;
    if !places.is_empty() {
        later.retain(|fault| {
            let place = fault.place.as_ref();
            !place.is_some_and(|place| places.iter().any(|refused| meets(refused, place)))
        });
    }
    later
}

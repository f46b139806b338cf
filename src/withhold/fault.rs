//! What a fault in a withheld record may say elsewhere than on a terminal: its code, in words, and nothing of the record.

use super::visibility::Side;
use crate::diagnostic::Diagnostic;

/// Returns the fault with a message for everybody that holds no word of the record.
pub(super) fn discreet(fault: &Diagnostic, _: &Side) -> Diagnostic {
    fault.clone().for_terminal(format!("a fault in a withheld record ({})", fault.code.name))
}

//! What holds for the program as a whole, one file for each topic.

#![expect(clippy::disallowed_methods, reason = "tests read the sources and make folders of their own")]

mod explain;
mod quoting;
mod random;
mod resolving;
mod site;
mod source;
mod tidy;
mod vault;
mod withholding;

//! What holds for the program as a whole, one file for each topic.

#![expect(clippy::disallowed_methods, reason = "tests read the sources and make folders of their own")]

mod building;
mod captured;
mod capturing;
mod citing;
mod claiming;
mod explain;
mod keeping;
mod ledger;
mod live;
mod mistakes;
mod orphan;
mod past;
mod quoting;
mod random;
mod resolving;
mod same;
mod site;
mod source;
mod tidy;
mod vault;
mod withholding;

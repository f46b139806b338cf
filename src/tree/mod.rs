//! Front matter and configuration as one tree, in which every key and value knows its place in the file.
//!
//! 1. [`front_matter`] splits a file into the table between its fences and the Markdown behind them.
//! 2. The table is read as TOML or as YAML, whichever the fences say, into the same [`Table`].
//! 3. Faults become diagnostics with the tightest span there is; what could be read is kept.
//!
//! The tree is what was written, not what it means: a plain YAML scalar stays as it stands ([`Value::Plain`]), and only
//! the reader of a field knows whether `012` is a text or a number. No tree is deeper than twice [`DEPTH`], so that a
//! walk over one may recurse. This never touches the disk.

mod fault;
mod fence;
#[cfg(test)]
mod laws;
mod mapping;
#[cfg(test)]
mod shown;
mod table;
mod toml;
mod yaml;

pub use fence::{FrontMatter, Syntax, front_matter};
pub use table::{Key, Node, Table, Value, same};
pub use toml::toml;

/// How many tables and lists may stand in each other, lists that `[[a]]` opens not counted; what is nested deeper is an
/// error.
pub const DEPTH: usize = 64;

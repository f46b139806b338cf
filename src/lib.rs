//! Casebook, a static site generator for annotated dossiers.
//!
//! Markdown on people, events, sources and claims becomes a cross-linked static site in which every quotation is held
//! against its source, each claim carries its present standing, and what is confidential reaches no byte of the output.
//! Data flows one way through pure stages; `ARCHITECTURE.md` draws the picture.

pub mod config;
pub mod diagnostic;
pub mod file;
pub mod serve;
pub mod watch;

//! Casebook, a static site generator for annotated dossiers.
//!
//! Markdown on people, events, sources and claims becomes a cross-linked static site in which every quotation is held
//! against its source, each claim carries its present standing, and what is confidential reaches no byte of the output.
//! Data flows one way through pure stages; `ARCHITECTURE.md` draws the picture.

#![cfg_attr(
    test,
    expect(clippy::disallowed_methods, reason = "tests time hostile inputs and make folders of their own")
)]

pub mod capture;
pub mod check;
pub mod cite;
pub mod cli;
pub mod config;
pub mod diagnostic;
pub mod feed;
pub mod file;
pub mod hold;
pub mod html;
pub mod image;
pub mod kind;
pub mod markdown;
pub mod model;
pub mod parse;
pub mod pipeline;
pub mod read;
pub mod render;
pub mod resolve;
pub mod scan;
pub mod serve;
pub mod tree;
pub mod view;
pub mod watch;
pub mod withhold;
pub mod write;

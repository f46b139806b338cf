//! `serve` and `watch` while a site changes: what they show is what a clean build gives, whatever happens.

mod attacks;
mod dice;
mod disk;
mod edits;
mod kills;
mod law;
mod ports;
pub(crate) mod program;
mod running;
mod traps;
mod vault;
mod withheld;

//! Serving a site from memory, to the browser of its author.
//!
//! 1. The rebuild loop ([`run`]) waits for a change, has the site made again and publishes it.
//! 2. The server answers each request from the newest good site ([`Pages`]): a page is made when it is asked for.
//! 3. Each open page holds a stream (`live`): when a site is published, its bytes are compared with those that the page
//!    has, and it is told to reload, to swap a style sheet, or nothing.
//!
//! What must hold: what is answered is what a build writes, plus one script element in HTML. Nothing is ever read from
//! the disk by a path of a request. Requests that name a foreign host or come from a foreign page are refused. While
//! the content is broken, the last good site goes on being answered. Everything asynchronous stays inside this room.

mod answer;
mod browser;
mod connections;
mod hosts;
mod listen;
mod live;
mod pages;
mod respond;
mod run;
mod server;
mod shelf;
mod target;

pub use browser::open_browser;
pub use listen::{Options, Port};
pub use pages::{Answer, Overlay, Pages, Problem};
pub use run::{Rebuild, run};
pub use server::Server;

#[cfg(test)]
mod tests;

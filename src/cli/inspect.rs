//! `casebook inspect`: what a template sees of a page.

use std::path::Path;

use super::exit::Failure;
use super::report::print;
use super::term::{Term, data};
use super::{Exit, root};
use crate::diagnostic::near;
use crate::pipeline::{Memo, Request, site};
use crate::read;

/// Print what a template sees of a page, as JSON.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The page's route, such as people/ada.html
    route: String,
}

/// Runs the command.
pub(super) fn run(term: &Term, root: Option<&Path>, arguments: Arguments) -> Result<Exit, Failure> {
    let root = root::root(root)?;
    let snapshot = read::read(&root)?;
    let made = site(&snapshot, &Request::default(), &Memo::default());
    let route = arguments.route.trim_start_matches('/');
    let Some(site) = &made.site else {
        print(term, &made, made.diagnostics.clone(), &snapshot);
        return Ok(Exit::Errors);
    };
    let forms = [route.to_owned(), format!("{route}.html"), format!("{}/index.html", route.trim_end_matches('/'))];
    let view = forms.iter().find_map(|form| site.view(form)).or_else(|| site.view("index.html").filter(|_| route.is_empty()));
    let Some(view) = view else {
        let failure = Failure::new(format!("no page at \"{route}\""));
        let routes: Vec<&str> = site.routes().collect();
        return Err(match near::nearest(route, routes).first() {
            Some(nearest) => failure.help(format!("did you mean {nearest}?")),
            None => failure.help("a route is a path below public/, such as people/ada.html"),
        });
    };
    let json = serde_json::to_string_pretty(&view).map_err(|error| Failure::new(format!("cannot print the view: {error}")))?;
    data(&format!("{json}\n"))?;
    Ok(Exit::Fine)
}

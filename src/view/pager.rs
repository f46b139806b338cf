//! Lists in pages: which entries a page shows, and the ways to the others.

use std::ops::Range;

use serde::Serialize;

use super::Edition;
use crate::resolve::{PAGED, route};

/// The ways to the other pages of a list.
#[derive(Serialize)]
pub(super) struct Pager {
    n: usize,
    of: usize,
    prev: Option<String>,
    next: Option<String>,
    pages: Vec<PagerLink>,
}

#[derive(Serialize)]
struct PagerLink {
    label: String,
    path: Option<String>,
    current: bool,
}

/// How many pages are named on either side of the present one.
const AROUND: usize = 2;

/// Makes the pager of page `n` (from 0) of a list of `total` entries; `None` where one page holds them all.
pub(super) fn pager(edition: &Edition, list: &[&str], n: usize, total: usize) -> Option<Pager> {
    let of = total.div_ceil(PAGED);
    if of < 2 {
        return None;
    }
    let mut pages = Vec::new();
    for page in 0..of {
        let near = page == 0 || page + 1 == of || page.abs_diff(n) <= AROUND;
        if near {
            let path = Some(path(edition, list, page));
            pages.push(PagerLink { label: (page + 1).to_string(), path, current: page == n });
        } else if page == 1 || page + 2 == of {
            pages.push(PagerLink { label: "…".to_owned(), path: None, current: false });
        }
    }
    let prev = n.checked_sub(1).map(|page| path(edition, list, page));
    let next = (n + 1 < of).then(|| path(edition, list, n + 1));
    Some(Pager { n: n + 1, of, prev, next, pages })
}

/// Returns which of `total` entries page `n` (from 0) shows.
pub(super) fn shown(n: usize, total: usize) -> Range<usize> {
    let start = (n * PAGED).min(total);
    start..(start + PAGED).min(total)
}

/// Returns how page `n` (from 0) of a list is linked from the root.
pub(super) fn path(edition: &Edition, list: &[&str], n: usize) -> String {
    let mut parts: Vec<String> = list.iter().map(|part| (*part).to_owned()).collect();
    if n > 0 {
        parts.push(format!("page-{}", n + 1));
    }
    route::link(&route::page(&parts, edition.style()), edition.style())
}

/// Returns how the entry at `at` of a list is linked from the root: its page, and an anchor on it.
pub(super) fn path_to(edition: &Edition, list: &[&str], at: usize, anchor: &str) -> String {
    format!("{}#{}", path(edition, list, at / PAGED), route::encode(anchor))
}

//! A site that fails, with everything taken away that it fails without.

use super::assemble;
use super::forms::{Content, Form, Site};
use super::{Verdict, judge};

/// Returns the smallest site found that fails like the one of a seed: how, and two of its forms as texts.
pub(super) fn shrunk(seed: u64) -> String {
    let (mut site, _) = assemble::site(seed);
    while let Some(smaller) = smaller(&site) {
        site = smaller;
    }
    let Verdict::Different(form, difference) = judge(&site) else { return "it does not fail again".to_owned() };
    let (as_of, drafts) = (&site.as_of, site.drafts);
    format!(
        "{form:?} differs in {difference}\nas of {as_of:?}, drafts {drafts}\n\n{}\n\n======== {form:?}\n{}",
        site.dump(Form::Own),
        site.dump(form)
    )
}

fn fails(site: &Site) -> bool {
    site.is_sound() && matches!(judge(site), Verdict::Different(..))
}

/// Takes away what can go: whole files first, then pieces; `None` where nothing can.
fn smaller(site: &Site) -> Option<Site> {
    let mut site = site.clone();
    let mut is_smaller = false;
    for at in (0..site.files.len()).rev() {
        // What is withheld by the site's default would be published without it.
        if site.files[at].path == "casebook.toml" {
            continue;
        }
        let mut without = site.clone();
        without.files.remove(at);
        if fails(&without) {
            (site, is_smaller) = (without, true);
        }
    }
    for at in 0..site.files.len() {
        let Content::Text(parts) = &site.files[at].content else { continue };
        for piece in (0..parts.len()).rev() {
            let mut without = site.clone();
            let Content::Text(parts) = &mut without.files[at].content else { continue };
            if parts[piece].may_go {
                parts.remove(piece);
                if fails(&without) {
                    (site, is_smaller) = (without, true);
                }
            }
        }
    }
    is_smaller.then_some(site)
}

//! `outside-role`: somebody takes part in an event in a role that they did not have at that time.
//!
//! Only words that are the title of one of the person's roles are looked at, in any letter case; other words stand as
//! they are written. All roles of that title must lie wholly outside of the event's date. One without a date, or with a
//! vague one that may reach the event, settles it.

use super::said::said;
use super::{Lint, Subject, each};
use crate::diagnostic::{Diagnostic, code};
use crate::model::date::Edtf;
use crate::model::name::fold;
use crate::model::{Fields, Ix, Record};

pub(super) const LINT: Lint = Lint { code: &code::OUTSIDE_ROLE, find };

/// The most roles that are looked at. Nobody has more, and each is held against each part that somebody took.
const MOST: usize = 200;

/// How many times of a role are named.
const NAMED: usize = 3;

fn find(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    each(subject, subject.archive.of_kind("event").collect(), found, of);
}

/// Finds who took part in an event in a role of another time.
fn of(subject: &Subject<'_>, ix: Ix, found: &mut Vec<Diagnostic>) {
    let archive = subject.archive;
    let event = archive.record(ix);
    let Some(when) = event.fields.date("when").filter(|when| !when.is_reversed()) else { return };
    for part in event.fields.tables("participants") {
        let (Some(slot), Some(role)) = (part.reference("who"), part.text("role")) else { continue };
        let Some(person) = archive.target(ix, slot).record().map(|who| archive.record(who)) else { continue };
        let Some(times) = times_outside(person, role, when) else { continue };
        let message = format!("{} was \"{role}\" {times}, not {}", person.title, said(when));
        let span = part.find("role").map_or(part.span, |role| role.span);
        let fault = Diagnostic::new(&code::OUTSIDE_ROLE, message).at(&event.origin.path, span);
        found.push(fault.help(format!("write the role held then, such as \"former {}\"", role.to_lowercase())));
    }
}

/// Returns when a person had a role, in words, where all of it lies outside of a date.
fn times_outside(person: &Record, title: &str, date: &Edtf) -> Option<String> {
    let roles = person.fields.list("roles");
    if roles.is_empty() || roles.len() > MOST {
        return None;
    }
    let mut times: Vec<&Edtf> = Vec::new();
    for role in person.fields.tables("roles").filter(|role| is_titled(role, title)) {
        let when = role.date("when").filter(|when| !when.is_reversed() && !when.may_overlap(date))?;
        times.push(when);
    }
    let (first, rest) = times.split_first()?;
    let rest = rest.iter().take(NAMED - 1).map(|when| format!(" and {}", said(when)));
    Some(said(first) + &rest.collect::<String>())
}

fn is_titled(role: &Fields, title: &str) -> bool {
    // Titles are compared a great many times, mostly in vain.
    role.text("title").is_some_and(|own| match own.is_ascii() && title.is_ascii() {
        true => letters(own).eq(letters(title)),
        false => fold(own) == fold(title),
    })
}

/// Returns the letters of a text in ASCII, folded as [`fold`] does.
fn letters(text: &str) -> impl Iterator<Item = u8> {
    text.split_ascii_whitespace().flat_map(|word| word.bytes().chain([b' '])).map(|byte| byte.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::super::testing::checker;

    checker!(super::LINT);

    /// Returns a site with Mara, who has these roles, and an event in which she takes part as a member of parliament.
    fn site(roles: &str, when: &str) -> String {
        format!(
            r#"
//- people/mara.md
+++
title = "Mara Lindqvist"
roles = [{roles}]
+++
//- events/statement.md
+++
when = "{when}"
participants = [{{ who = "mara", role = "Member of Parliament" }}]
+++
"#
        )
    }

    fn member(when: &str) -> String {
        format!("{{ title = \"member of parliament\", when = \"{when}\" }}")
    }

    const AT: &str = "content/events/statement.md:3:40: Mara Lindqvist was \"Member of Parliament\"";

    #[test]
    fn a_role_is_held_at_the_time_of_the_event() {
        check(&site(&member("2019/2022"), "2023-05-09"), &[&format!("{AT} in 2019/2022, not on 2023-05-09")]);
        check(&site(&member("2019/2022"), "2018"), &[&format!("{AT} in 2019/2022, not in 2018")]);
        for when in ["2019", "2022-12-31", "2021-06", "2018/2020", "../2019", "2023~", "202X"] {
            check(&site(&member("2019/2022"), when), &[]);
        }
        check(&site(&member("2019/2022?"), "2023-05-09"), &[]);
        check(&site(&member("2019/.."), "2023-05-09"), &[]);
    }

    #[test]
    fn one_term_that_may_reach_the_event_settles_it() {
        let terms = [member("2011/2015"), member("2019/2022")].join(", ");
        check(&site(&terms, "2014"), &[]);
        check(&site(&terms, "2017"), &[&format!("{AT} in 2011/2015 and in 2019/2022, not in 2017")]);
        check(&site(&format!("{terms}, {{ title = \"Member  of Parliament\" }}"), "2017"), &[]);
        check(&site(&format!("{terms}, \"Member of parliament\""), "2017"), &[]);
    }

    #[test]
    fn other_words_stand_as_they_are_written() {
        check(&site("{ title = \"Minister\", when = \"2019/2022\" }", "2023"), &[]);
        check(&site(&member("2019/2022"), "2023").replace("\"Member of P", "\"former member of P"), &[]);
        check(&site("", "2023"), &[]);
    }

    #[test]
    fn letter_case_and_unicode_form_do_not_count() {
        let site = site("{ title = \"E\u{301}lu\", when = \"2019\" }", "2023").replace("Member of Parliament", "ÉLU");
        check(&site, &["content/events/statement.md:3:40: Mara Lindqvist was \"ÉLU\" in 2019, not in 2023"]);
    }

    #[test]
    fn a_date_that_contradicts_itself_proves_nothing() {
        check(&site(&member("2022/2019"), "2023"), &[]);
        check(&site(&member("2019/2022"), "2024/2023"), &[]);
    }
}

//! `date-order`: dates that contradict each other.
//!
//! - An interval ends before it begins, in whatever field.
//! - Somebody died before being born; an organisation was dissolved before it was founded.
//! - Somebody takes part in an event, or has a role, wholly outside of their life. What was planned or cancelled nobody
//!   took part in.
//! - An assessment of a claim became known before the event that the claim is about, unless that one was only planned.
//!
//! Vague dates get the benefit of the doubt: only what cannot be right is found. A date that contradicts itself, or a
//! life that does, is found once, and nothing is held against it.

use super::said::said;
use super::{Lint, Subject, each};
use crate::diagnostic::{Diagnostic, code};
use crate::file::Span;
use crate::model::date::{Doubt, Edtf};
use crate::model::{Archive, Fields, Ix, Record, Value};

pub(super) const LINT: Lint = Lint { code: &code::DATE_ORDER, find };

fn find(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    each(subject, subject.archive.all().collect(), found, of);
}

/// Finds what is wrong with the dates of one record.
fn of(subject: &Subject<'_>, ix: Ix, found: &mut Vec<Diagnostic>) {
    let archive = subject.archive;
    let record = archive.record(ix);
    let mut reversed = |date: &Edtf, span: Span| found.push(reversed(record, date, span));
    each_reversed(&record.fields, subject.as_of, &mut reversed);
    match record.kind.name.as_ref() {
        "person" => {
            ends(record, ["born", "died"], ["died", "being born"], found);
            roles(record, found);
        }
        "organisation" => ends(record, ["founded", "dissolved"], ["was dissolved", "being founded"], found),
        "event" => participants(archive, ix, found),
        "claim" => assessments(archive, ix, found),
        _ => {}
    }
}

/// Looks at every date of a table, as deep as the tables of a type go. An entry of a later day than that of the build
/// is not yet known.
fn each_reversed(fields: &Fields, as_of: Option<i64>, found: &mut dyn FnMut(&Edtf, Span)) {
    if as_of.is_some_and(|day| fields.date("on").is_some_and(|on| on.earliest() > day)) {
        return;
    }
    for (_, value) in fields.iter() {
        each_reversed_value(&value.value, value.span, as_of, found);
    }
}

fn each_reversed_value(value: &Value, span: Span, as_of: Option<i64>, found: &mut dyn FnMut(&Edtf, Span)) {
    match value {
        Value::Date(date) if date.is_reversed() => found(date, span),
        Value::Table(table) => each_reversed(table, as_of, found),
        Value::List(items) => {
            items.iter().for_each(|item| each_reversed_value(&item.value, item.span, as_of, found));
        }
        _ => {}
    }
}

fn reversed(record: &Record, date: &Edtf, span: Span) -> Diagnostic {
    let fault = Diagnostic::new(&code::DATE_ORDER, format!("\"{date}\" ends before it begins"));
    let fault = fault.at(&record.origin.path, span);
    match date {
        Edtf::Interval(from, to) => fault.help(format!("check both ends: did you mean \"{to}/{from}\"?")),
        _ => fault,
    }
}

/// Returns a field's date, unless it contradicts itself.
fn sound<'a>(fields: &'a Fields, name: &str) -> Option<&'a Edtf> {
    fields.date(name).filter(|date| !date.is_reversed())
}

/// Holds the end of a person or an organisation against its beginning.
fn ends(record: &Record, [from, to]: [&str; 2], [ended, began]: [&str; 2], found: &mut Vec<Diagnostic>) {
    let fields = &record.fields;
    let (Some(first), Some(last)) = (sound(fields, from), sound(fields, to)) else { return };
    if last.definitely_before(first) {
        let message = format!("{} {ended} {}, before {began} {}", record.title, said(last), said(first));
        let span = fields.find(to).map_or(fields.span, |value| value.span);
        found.push(contradiction(record, span, message, last));
    }
}

/// Tells how a date lies wholly outside of a person's life; `None` where it may lie within, or nothing is known.
fn outside_life(person: &Record, date: &Edtf) -> Option<String> {
    let (born, died) = (sound(&person.fields, "born"), sound(&person.fields, "died"));
    if born.zip(died).is_some_and(|(born, died)| died.definitely_before(born)) || date.is_reversed() {
        return None;
    }
    if let Some(died) = died.filter(|died| died.definitely_before(date)) {
        return Some(format!("died {}", said(died)));
    }
    born.filter(|born| date.definitely_before(born)).map(|born| format!("was born {}", said(born)))
}

fn roles(person: &Record, found: &mut Vec<Diagnostic>) {
    for role in person.fields.tables("roles") {
        let Some(value) = role.find("when") else { continue };
        let Value::Date(when) = &value.value else { continue };
        if let Some(end) = outside_life(person, when) {
            let title = role.text("title").unwrap_or_default();
            let message = format!("{} was \"{title}\" {}, but {end}", person.title, said(when));
            found.push(contradiction(person, value.span, message, when));
        }
    }
}

/// Tells whether an event is one that nobody took part in, as yet or ever.
fn is_unheld(event: &Record) -> bool {
    matches!(event.fields.text("status"), Some("planned" | "cancelled"))
}

fn participants(archive: &Archive, ix: Ix, found: &mut Vec<Diagnostic>) {
    let event = archive.record(ix);
    let Some(when) = event.fields.date("when").filter(|_| !is_unheld(event)) else { return };
    for slot in event.fields.tables("participants").filter_map(|part| part.reference("who")) {
        let Some(person) = archive.target(ix, slot).record().map(|who| archive.record(who)) else { continue };
        if person.kind.name != "person" {
            continue;
        }
        if let Some(end) = outside_life(person, when) {
            let message = format!("{} takes part {}, but {end}", person.title, said(when));
            found.push(contradiction(event, event.references[slot].span, message, when));
        }
    }
}

fn assessments(archive: &Archive, ix: Ix, found: &mut Vec<Diagnostic>) {
    let record = archive.record(ix);
    let events = record.fields.references("about").filter_map(|slot| archive.target(ix, slot).record());
    let events =
        events.map(|about| archive.record(about)).filter(|event| event.kind.name == "event" && !is_unheld(event));
    let dated: Vec<(&Record, &Edtf)> =
        events.filter_map(|event| Some((event, sound(&event.fields, "when")?))).collect();
    for assessment in &archive.claims[&ix].assessments {
        let on = &assessment.on;
        let after = dated.iter().filter(|(_, when)| !on.is_reversed() && on.definitely_before(when));
        // Of several the latest tells all there is to tell.
        if let Some((event, when)) = after.max_by_key(|(_, when)| when.earliest()) {
            let message = format!("an assessment {} comes before \"{}\" {}", said(on), event.title, said(when));
            let fields = assessment.fields(record);
            let span = fields.find("on").map_or(fields.span, |on| on.span);
            found.push(contradiction(record, span, message, on));
        }
    }
}

/// Reports two dates that cannot both be right, at one of them.
fn contradiction(record: &Record, span: Span, message: String, date: &Edtf) -> Diagnostic {
    let fault = Diagnostic::new(&code::DATE_ORDER, message).at(&record.origin.path, span);
    match date {
        Edtf::Date(one) if one.doubt == Doubt::None => {
            fault.help(format!("check both dates; one that is uncertain can say so: \"{date}?\""))
        }
        _ => fault.help("check both dates"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check_as_of, checker};

    checker!(super::LINT);

    /// Returns a site with one person, Tomas, who has these fields.
    fn person(fields: &str) -> String {
        format!("//- people/tomas.md\n+++\n{fields}\n+++\n")
    }

    /// Returns a site with Tomas, who was born and died on these days, and an event in which he takes part.
    fn taking_part(born: &str, died: &str, when: &str) -> String {
        let event = format!("+++\nwhen = \"{when}\"\nparticipants = [\"[[tomas|a man]]\"]\n+++\n");
        format!("{}//- events/meeting.md\n{event}", person(&format!("born = \"{born}\"\ndied = \"{died}\"")))
    }

    /// Returns a site with an event and a claim about it that became known on a day.
    fn known(on: &str, when: &str, status: &str) -> String {
        format!(
            "//- events/storm.md\n+++\nwhen = \"{when}\"\nstatus = \"{status}\"\n+++\n//- places/quay.md\n\
             //- claims/delay.md\n+++\nabout = [\"quay\", \"storm\"]\nassessments = [{{ on = \"{on}\", status = \"alleged\" }}]\n+++\n"
        )
    }

    #[test]
    fn an_interval_that_ends_before_it_begins_is_found_in_whatever_field() {
        check(
            r#"
//- /casebook.toml
title = "A site"
[types.vessel]
folder = "vessels"
title = "Vessels"
fields = { afloat = "dates" }
//- vessels/swan.md
+++
afloat = ["1900/1910", "1920/1919"]
+++
//- people/tomas.md
+++
born = "1961-02/1961-01"
roles = [{ title = "Clerk", when = "2022/2021" }, { title = "Clerk", when = "2021/.." }]
relations = [{ type = "owns", to = "tomas", when = "2020/2019-12-31" }]
+++
"#,
            &[
                "content/people/tomas.md:2:8: \"1961-02/1961-01\" ends before it begins",
                "content/people/tomas.md:3:36: \"2022/2021\" ends before it begins",
                "content/people/tomas.md:4:52: \"2020/2019-12-31\" ends before it begins",
                "content/vessels/swan.md:2:24: \"1920/1919\" ends before it begins",
            ],
        );
    }

    #[test]
    fn nobody_dies_before_being_born() {
        let found = "content/people/tomas.md:3:8: tomas died in 1950, before being born in 1961";
        check(&person("born = \"1961\"\ndied = \"1950\""), &[found]);
        check(&person("born = \"1961\"\ndied = \"1961-01-01\""), &[]);
        check(&person("born = \"1961?\"\ndied = \"1955\""), &[]);
        check(&person("born = \"196X\"\ndied = \"1960\""), &[]);
        check(&person("born = \"1961\"\ndied = \"1950/..\""), &[]);
    }

    #[test]
    fn nothing_is_dissolved_before_it_is_founded() {
        check(
            "//- organisations/office.md\n+++\ntitle = \"The Office\"\nfounded = \"1961\"\ndissolved = \"1950-05-01\"\n+++\n",
            &[
                "content/organisations/office.md:4:13: The Office was dissolved on 1950-05-01, before being founded in 1961",
            ],
        );
        check("//- organisations/office.md\n+++\nfounded = \"1961\"\ndissolved = \"1961\"\n+++\n", &[]);
    }

    #[test]
    fn a_role_lies_within_a_life_in_part_at_least() {
        let role = |when: &str| {
            person(&format!("born = \"1961\"\ndied = \"2019\"\nroles = [{{ title = \"Clerk\", when = \"{when}\" }}]"))
        };
        let found = "content/people/tomas.md:4:36: tomas was \"Clerk\" in ";
        check(&role("2020/2021"), &[&format!("{found}2020/2021, but died in 2019")]);
        check(&role("1950"), &[&format!("{found}1950, but was born in 1961")]);
        for sound in ["2019/2023", "../1970", "2021~", "1961", "2019-12-31", ".."] {
            check(&role(&sound.replace("..", "1980/..").replace("1980/../", "../")), &[]);
        }
    }

    #[test]
    fn nobody_takes_part_after_death_or_before_birth() {
        let found = "content/events/meeting.md:3:17: tomas takes part ";
        let after = format!("{found}on 2021-06-11, but died on 2019-05-02");
        check(&taking_part("1961", "2019-05-02", "2021-06-11"), &[&after]);
        check(&taking_part("1961", "2019-05-02", "1950"), &[&format!("{found}in 1950, but was born in 1961")]);
        for when in ["2019-05-02", "2019", "2019-05", "2019-05-20?", "1961-01-01", "2018/..", "../1961", "196X"] {
            check(&taking_part("1961", "2019-05-02", when), &[]);
        }
        check(&taking_part("1961", "2019~", "2021-06-11"), &[]);
    }

    #[test]
    fn in_what_was_planned_or_cancelled_nobody_took_part() {
        let site = taking_part("1961", "2019", "2021");
        for status in ["planned", "cancelled"] {
            check(&site.replace("participants", &format!("status = \"{status}\"\nparticipants")), &[]);
        }
        let alleged = site.replace("participants", "status = \"alleged\"\nparticipants");
        check(&alleged, &["content/events/meeting.md:4:17: tomas takes part in 2021, but died in 2019"]);
    }

    #[test]
    fn what_contradicts_itself_is_found_once() {
        check(
            &taking_part("1961", "1950", "2021"),
            &["content/people/tomas.md:3:8: tomas died in 1950, before being born in 1961"],
        );
        check(
            &taking_part("1961", "2019", "2022/2021"),
            &["content/events/meeting.md:2:8: \"2022/2021\" ends before it begins"],
        );
    }

    #[test]
    fn an_assessment_comes_after_the_event() {
        let found = "content/claims/delay.md:3:23: an assessment in 2020-12 comes before \"storm\" on 2021-02-03";
        check(&known("2020-12", "2021-02-03", "alleged"), &[found]);
        for on in ["2021-02-03", "2021-02", "2021", "2022", "2020-12?", "2020/2021"] {
            check(&known(on, "2021-02-03", "occurred"), &[]);
        }
        check(&known("2020-12", "2021~", "occurred"), &[]);
        check(&known("2020-12", "2021-02-03", "planned"), &[]);
        check(&known("2020-12", "2021-02-03", "cancelled"), &[]);
        // A later event of no certain date says nothing for an earlier one.
        let other = "//- events/later.md\n+++\nwhen = \"2022?\"\n+++\n";
        let both = known("2020-12", "2021-02-03", "occurred").replace("\"quay\", ", "\"quay\", \"later\", ");
        check(&format!("{both}{other}"), &[found]);
    }

    #[test]
    fn what_is_not_yet_known_does_not_count() {
        let site = "//- claims/delay.md\n---\nabout: quay\nassessments:\n- { on: 2021, status: alleged }\n- { on: 2023/2022, status: refuted }\n---\n//- places/quay.md\n";
        check(site, &["content/claims/delay.md:5:9: \"2023/2022\" ends before it begins"]);
        check_as_of("2022-06-01", site, &super::LINT, &[]);
        check_as_of("2021-01-15", &known("2020-12", "2021-02-03", "occurred"), &super::LINT, &[]);
    }
}

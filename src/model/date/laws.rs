//! What holds of every date, and of every text that may be one.

use proptest::prelude::*;

use super::days::days_of_month;
use super::{Date, Doubt, Edtf, End, Part, Words, Year};

fn any_year() -> impl Strategy<Value = Year> {
    let exact = prop_oneof![
        -9999..=9999_i64,
        1900..2100_i64,
        10_000..=999_999_999_999_999_i64,
        -999_999_999_999_999..=-10_000_i64
    ];
    let exact = exact.prop_map(|value| Year { value, unspecified: 0 });
    let vague = (-9999..=9999_i64, 1..=4_u8).prop_map(|(value, unspecified)| {
        let tens = 10_i64.pow(u32::from(unspecified));
        let value = value / tens * tens;
        let sound = value != 0;
        if sound { Year { value, unspecified } } else { Year { value: 0, unspecified } }
    });
    prop_oneof![3 => exact, 1 => vague]
}

fn any_date() -> impl Strategy<Value = Date> {
    let doubt = prop_oneof![Just(Doubt::None), Just(Doubt::Uncertain), Just(Doubt::Approximate), Just(Doubt::Both)];
    (any_year(), 0..7_u8, 1..=12_u8, 1..=31_u8, 21..=24_u8, doubt).prop_map(
        |(year, part, month, day, season, doubt)| {
            let part = match part {
                _ if !(-9999..=9999).contains(&year.value) => Part::Year,
                0 => Part::Year,
                1 => Part::SomeMonth,
                2 => Part::SomeDayOfYear,
                _ if year.unspecified > 0 => Part::Year,
                3 => Part::Month(month),
                4 => Part::Season(season),
                5 => Part::SomeDay(month),
                _ => Part::Day(month, day.min(days_of_month(year.value, month))),
            };
            Date { year, part, doubt }
        },
    )
}

fn any_edtf() -> impl Strategy<Value = Edtf> {
    let end = || prop_oneof![3 => any_date().prop_map(End::Date), 1 => Just(End::Open), 1 => Just(End::Unknown)];
    let day = any_date()
        .prop_filter("a day without doubt", |date| matches!(date.part, Part::Day(..)) && date.year.value >= 0);
    prop_oneof![
        3 => any_date().prop_map(Edtf::Date),
        1 => day.prop_map(|day| Edtf::Time { day: Date { doubt: Doubt::None, ..day }, time: "T10:20:30Z".into() }),
        2 => (any_date(), end()).prop_map(|(from, to)| Edtf::Interval(End::Date(from), to)),
        1 => (end(), any_date()).prop_map(|(from, to)| Edtf::Interval(from, End::Date(to))),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_again(date in any_edtf()) {
        prop_assert_eq!(Edtf::parse(&date.to_string()), Ok(date));
    }

    #[test]
    fn no_date_ends_before_it_begins(date in any_edtf()) {
        prop_assert!(date.earliest() <= date.latest());
    }

    #[test]
    fn a_date_is_never_before_itself_and_never_both_before_and_behind(one in any_edtf(), other in any_edtf()) {
        prop_assert!(!one.definitely_before(&one) && one.may_overlap(&one) && one.contains(&one));
        prop_assert!(!(one.definitely_before(&other) && other.definitely_before(&one)));
        prop_assert_eq!(one.may_overlap(&other), other.may_overlap(&one));
        if one.contains(&other) {
            prop_assert!(one.may_overlap(&other));
        }
        if one.definitely_before(&other) {
            prop_assert!(one.earliest() < other.earliest());
        }
    }

    #[test]
    fn every_date_has_words_and_no_hole_is_left(date in any_edtf()) {
        for language in ["en", "de", "fr"] {
            let words = date.words(Words::of(language));
            prop_assert!(!words.is_empty() && !words.contains(['{', '}']), "{}", words);
        }
    }

    #[test]
    fn what_a_machine_reads_is_exact(date in any_edtf()) {
        if let Some(machine) = date.machine() {
            let sound = machine.bytes().all(|byte| byte.is_ascii_digit() || b"-:TZ".contains(&byte));
            prop_assert!(sound && machine.len() >= 4 && !machine.starts_with('-'), "{}", machine);
            prop_assert_eq!(Edtf::parse(&machine), Ok(date));
        }
    }

    #[test]
    fn no_text_panics(text in "\\PC{0,24}") {
        let _ = Edtf::parse(&text);
    }

    #[test]
    fn nothing_like_a_date_panics_and_every_fault_has_help(
        text in "([0-9]{1,4}|[-/.?~%XYTZES \\[\\]{},:–é]|feb|to |from |c\\. |s|bc|er|before |20[0-9]{2}){0,9}",
    ) {
        match Edtf::parse(&text) {
            Ok(date) => prop_assert_eq!(Edtf::parse(&date.to_string()), Ok(date)),
            Err(fault) => prop_assert!(!fault.message.is_empty() && !fault.help.is_empty()),
        }
    }
}

//! The grammar held against the examples of the EDTF specification (Library of Congress, February 4, 2019).

use crate::model::date::Edtf;

/// Checks that each text is a date, and is written back as it was.
fn check(texts: &[&str]) {
    for text in texts {
        let date = Edtf::parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        assert_eq!(date.to_string(), *text);
    }
}

/// Checks that each text is refused, with these words in message or help.
fn check_refused(texts: &[(&str, &str)]) {
    for (text, expect) in texts {
        let fault = Edtf::parse(text).expect_err(text);
        assert!(format!("{} {}", fault.message, fault.help).contains(expect), "{text}: {fault:?}");
    }
}

#[test]
fn level_0_examples_of_the_specification() {
    check(&["1985-04-12", "1985-04", "1985"]);
    check(&["1985-04-12T23:20:30", "1985-04-12T23:20:30Z", "1985-04-12T23:20:30+04:30"]);
    assert_eq!(
        Edtf::parse("1985-04-12T23:20:30-04").map(|date| date.to_string()).as_deref(),
        Ok("1985-04-12T23:20:30-04:00")
    );
    check(&[
        "1964/2008",
        "2004-06/2006-08",
        "2004-02-01/2005-02-08",
        "2004-02-01/2005-02",
        "2004-02-01/2005",
        "2005/2006-02",
    ]);
}

#[test]
fn level_1_examples_of_the_specification() {
    check(&["Y170000002", "Y-170000002", "2001-21", "1984?", "2004-06~", "2004-06-11%", "-1985"]);
    check(&["201X", "20XX", "2004-XX", "1985-04-XX", "1985-XX-XX"]);
    check(&["1985-04-12/..", "1985-04/..", "1985/..", "../1985-04-12", "../1985-04", "../1985"]);
    check(&["1985-04-12/", "1985-04/", "1985/", "/1985-04-12", "/1985-04", "/1985"]);
    check(&["1984~/2004-06", "1984/2004-06~", "1984~/2004~", "1984?/2004%", "2004-06-11%/2004-06~"]);
}

#[test]
fn other_dates_of_levels_0_and_1() {
    check(&[
        "0000",
        "0001-01-01",
        "-0001",
        "-0100-02-28",
        "9999-12-31",
        "2000-02-29",
        "2021-24~",
        "XXXX",
        "1XXX",
        "-196X",
        "196X-XX",
    ]);
    check(&[
        "XXXX-XX-XX",
        "2019-22/2020-24?",
        "Y17000/..",
        "196X/197X",
        "2022/2021",
        "2021-02-03T10:00:00.5Z",
        "2021-02-03T10:00",
    ]);
    for (text, expect) in [
        ("2021-02-03 10:00:00z", "2021-02-03T10:00:00Z"),
        (" 2021-02 ", "2021-02"),
        ("2021-02-03t10:00:00", "2021-02-03T10:00:00"),
    ] {
        assert_eq!(Edtf::parse(text).map(|date| date.to_string()).as_deref(), Ok(expect));
    }
}

#[test]
fn level_2_examples_of_the_specification_are_refused_with_help() {
    let level = "level 2";
    let examples = [
        "Y-17E7",
        "1950S2",
        "Y171010000S3",
        "Y3388E2S3",
        "2001-34",
        "[1667,1668,1670..1672]",
        "[..1760-12-03]",
        "[1760-12..]",
        "[1667,1760-12]",
        "[..1984]",
        "{1667,1668,1670..1672}",
        "{1960,1961-12}",
        "{..1984}",
        "2004-06~-11",
        "?2004-06-~11",
        "2004?-06-11",
        "2004-~06-11",
        "~1984-06",
        "156X-12-25",
        "15XX-12-25",
        "XXXX-12-XX",
        "1XXX-XX-03",
        "1XXX-12",
        "1984-1X",
        "2004-06-~01/2004-06-~20",
        "2004-06-XX/2004-07-0X",
        "1985-XX-03",
        "X985",
        "2004-06-1X",
        "%2001-21",
    ];
    check_refused(&examples.map(|text| (text, level)));
}

#[test]
fn what_is_not_in_the_calendar_is_refused() {
    check_refused(&[
        ("2021-02-30", "there is no 30 February 2021"),
        ("2021-02-29", "February 2021 has 28 days"),
        ("1900-02-29", "28 days"),
        ("2021-04-31", "April 2021 has 30 days"),
        ("2021-01-00", "there is no 0 January 2021"),
        ("2021-13", "there is no month 13"),
        ("2021-00-01", "there is no month 00"),
        ("2021-21-01", "without a day"),
        ("-0000", "0000, which is 1 BC"),
        ("Y2021", "write \"2021\""),
        ("Y-0967", "write \"-0967\""),
        ("Y017000", "leave the zero out"),
        ("Y9999999999999999", "at most 15 digits"),
        ("../..", "no date at either end"),
        ("/", "no date at either end"),
    ]);
}

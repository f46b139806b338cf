//! Days as feeds write them.

/// Returns a day, counted from 1 January 1970, as `2021-02-03`; only for the years 1 to 9999.
///
/// The algorithm is `civil_from_days` of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
pub(super) fn date(day: i64) -> String {
    let day = day + 719_468;
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month = (5 * of_year + 2) / 153;
    let of_month = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{of_month:02}")
}

/// Returns the first moment of a day, as RFC 3339 writes it.
pub(super) fn moment(day: i64) -> String {
    format!("{}T00:00:00Z", date(day))
}

#[cfg(test)]
mod tests {
    use super::date;
    use crate::model::date::Edtf;

    #[test]
    fn a_day_is_written_as_it_was_read() {
        for day in ["1970-01-01", "2000-02-29", "2023-03-22", "1900-03-01", "0001-01-01", "9999-12-31", "2024-12-31"] {
            let read = Edtf::parse(day).expect("a date").earliest();
            assert_eq!(date(read), day);
        }
    }
}

//! Dates as messages say them: as the author wrote them, behind the word that fits.

use crate::model::date::{Edtf, Part};

/// Returns a date behind its word: `on 2021-06-11`, `in 2021-06`, `in 2019/2021`.
pub(super) fn said(date: &Edtf) -> String {
    let is_day = match date {
        Edtf::Time { .. } => true,
        Edtf::Date(date) => matches!(date.part, Part::Day(..)),
        Edtf::Interval(..) => false,
    };
    format!("{} {date}", if is_day { "on" } else { "in" })
}

#[cfg(test)]
mod tests {
    use super::said;
    use crate::model::date::Edtf;

    #[test]
    fn a_day_is_on_and_all_else_is_in() {
        let check = |text: &str, expect: &str| assert_eq!(said(&Edtf::parse(text).unwrap()), expect);
        check("2021-06-11", "on 2021-06-11");
        check("2021-06-11?", "on 2021-06-11?");
        check("2021-06", "in 2021-06");
        check("196X~", "in 196X~");
        check("2019/2021", "in 2019/2021");
    }
}

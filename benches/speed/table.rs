//! The table of what was measured, with the ratios to `cp -r`.

use std::fmt::Write as _;
use std::time::Duration;

use super::measure::Cost;

/// What was measured of one corpus; its first row is that of `cp -r`.
#[derive(Default)]
pub(crate) struct Table {
    /// How many files the output has.
    pub(crate) files: usize,
    /// How many bytes.
    pub(crate) bytes: u64,
    /// How many files the last build after an edit wrote, made or removed.
    pub(crate) rewritten: usize,
    /// Programs that are not installed.
    pub(crate) absent: Vec<&'static str>,
    rows: Vec<(String, Cost)>,
}

impl Table {
    /// Adds a row.
    pub(crate) fn row(&mut self, name: &str, cost: Cost) {
        self.rows.push((name.to_owned(), cost));
    }

    /// Writes the table.
    pub(crate) fn text(&self, records: usize) -> String {
        let mut out = String::new();
        let _ = writeln!(out, "{records} records; output of {} files, {:.1} MiB", self.files, mebibytes(self.bytes));
        let _ = writeln!(out, "{:32} {:>9} {:>7} {:>9} {:>7} {:>9}", "", "wall s", "÷ cp", "CPU s", "÷ cp", "peak MiB");
        let Some((_, copy)) = self.rows.first() else { return out };
        for (name, cost) in &self.rows {
            let _ = writeln!(
                out,
                "{name:32} {:>9.3} {:>7.2} {:>9.3} {:>7.2} {:>9.1}",
                cost.wall.as_secs_f64(),
                ratio(cost.wall, copy.wall),
                cost.cpu.as_secs_f64(),
                ratio(cost.cpu, copy.cpu),
                mebibytes(cost.peak)
            );
        }
        let _ = writeln!(out, "the build after the edit of one word wrote {} files", self.rewritten);
        for program in &self.absent {
            let _ = writeln!(out, "{program} is not installed");
        }
        out
    }
}

fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64().max(f64::EPSILON)
}

fn mebibytes(bytes: u64) -> f64 {
    f64::from(u32::try_from(bytes / 1024).unwrap_or(u32::MAX)) / 1024.0
}

//! Locators of citations: which page, paragraph or section of a source.

/// Where in a source a citation points.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Locator {
    /// What is counted.
    pub kind: LocatorKind,
    /// The place as written, without the term: `3`, `6-7`, `iv, xii`.
    pub value: String,
    /// The numbers in it, each a range with both ends; empty where it holds none (`iv`).
    pub ranges: Vec<(u32, u32)>,
}

/// What a locator counts; CSL's terms.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum LocatorKind {
    /// `bk.`
    Book,
    /// `ch.`, `chap.`
    Chapter,
    /// `col.`
    Column,
    /// `fig.`
    Figure,
    /// `fol.`
    Folio,
    /// `no.`
    Issue,
    /// `l.`, `line`
    Line,
    /// `n.`, `note`
    Note,
    /// `op.`
    Opus,
    /// `p.`, `pp.`, or a number by itself
    Page,
    /// `para.`, `¶`
    Paragraph,
    /// `pt.`
    Part,
    /// `sec.`, `§`
    Section,
    /// `s.v.`
    SubVerbo,
    /// `v.`, `verse`
    Verse,
    /// `vol.`
    Volume,
}

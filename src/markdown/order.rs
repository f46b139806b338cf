//! The order in which a page shows what a body cites and embeds: known before anything is woven, for styles whose later
//! citations depend on earlier ones.

use super::body::{Body, Extent, HoleKind};
use super::host::Part;
use super::weave;

/// Something that a page shows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Appearance {
    /// A citation.
    Citation(u32),
    /// An embed or image: if a part of another text stands for it, what that shows comes here.
    Figure(u32),
}

impl Body {
    /// Returns what a part of the body shows, in order; what a note shows comes where the note is first referred to.
    pub fn appearances(&self, part: Part<'_>) -> Vec<Appearance> {
        let mut shown = Vec::new();
        let mut seen = vec![false; self.notes.len()];
        let mut runs: Vec<(usize, u32)> = Vec::new();
        let begin = |html: Extent| (self.holes.partition_point(|hole| hole.at < html.start), html.end);
        if let Some(html) = weave::extent(self, part) {
            runs.push(begin(html));
        }
        while let Some((hole, end)) = runs.pop() {
            let Some(next) = self.holes.get(hole).filter(|hole| hole.at <= end) else { continue };
            runs.push((hole + 1, end));
            match next.kind {
                HoleKind::Citation(index) => shown.push(Appearance::Citation(index)),
                HoleKind::Figure(index) => shown.push(Appearance::Figure(index)),
                HoleKind::NoteReference(index) if !seen[index as usize] => {
                    seen[index as usize] = true;
                    runs.push(begin(self.notes[index as usize].html));
                }
                _ => {}
            }
        }
        shown
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Part, trial::body};
    use super::Appearance;

    fn check(text: &str, part: Part<'_>, expect: &str) {
        let body = body(text);
        let name = |appearance: &Appearance| match appearance {
            Appearance::Citation(index) => body.citations[*index as usize].cites[0].key.clone(),
            Appearance::Figure(index) => body.mentions[*index as usize].target.clone(),
        };
        let found: Vec<Box<str>> = body.appearances(part).iter().map(name).collect();
        assert_eq!(found.join(" "), expect, "{text:?}");
    }

    #[test]
    fn notes_count_where_they_are_referred_to() {
        check("[^1]: b [@b]\n\n[@a] c[^1] [@d]^[e [@e]] f[^1] [@g]", Part::Whole, "a b d e g");
        check("[@a]\n\n![[x]]\n\n[@b]", Part::Whole, "a x b");
        check("[^1]: [@a] [^1]\n\nb[^1]", Part::Whole, "a");
    }

    #[test]
    fn a_part_shows_its_own() {
        check("[@a]\n\n## H\n\n[@b]\n\n## I\n\n[@c]", Part::Heading("h"), "b");
        check("[@a] ^x\n\n![[y]]", Part::Block("x"), "a");
    }
}

//! A text with the way back to the file that it came from, through every cut and decoding in between.
//!
//! Front matter decodes strings, comments and private blocks are cut out before Markdown is parsed, inline records have
//! bodies inside a table: a diagnostic must still point at the author's own line and column. A [`Text`] carries a
//! piecewise map from its offsets to offsets in the file.

use std::ops::Range;
use std::sync::Arc;

use super::{Fit, Span};

/// A replacement in a text: the bytes of the range become `with` (empty: they are cut).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    /// The bytes that go.
    pub range: Range<usize>,
    /// What stands there afterwards.
    pub with: String,
}

/// A piecewise linear map from offsets in a text to offsets in a file.
///
/// Each piece `(text, file)` says that the text's offset `text` stands at `file`, and that offsets go on in step up to
/// the next piece. Pieces ascend in their first number; the first is at 0.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextMap {
    /// Where the first piece stands in the file. Most texts have no other.
    first: u32,
    /// The pieces behind it, apart: a site has a hundred thousand texts.
    rest: Option<Box<Pieces>>,
}

/// Pieces of a map, at least one.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Pieces(Vec<(u32, u32)>);

impl TextMap {
    /// Makes the map of a text that stands in the file as it is, from offset `base`.
    pub fn at(base: usize) -> TextMap {
        TextMap { first: Span::new(base, base).start, rest: None }
    }

    /// Makes a map from its pieces; a missing piece at 0 is added.
    pub fn from_pieces(mut pieces: Vec<(u32, u32)>) -> TextMap {
        let first = pieces.first().map_or(0, |piece| piece.1);
        if pieces.first().is_some_and(|piece| piece.0 == 0) {
            pieces.remove(0);
        }
        pieces.fit();
        let rest = (!pieces.is_empty()).then(|| Box::new(Pieces(pieces)));
        TextMap { first, rest }
    }

    /// Returns the piece that holds the text's offset.
    fn piece(&self, at: usize) -> (u32, u32) {
        let rest = self.rest();
        match rest.partition_point(|piece| piece.0 as usize <= at) {
            0 => (0, self.first),
            behind => rest[behind - 1],
        }
    }

    fn rest(&self) -> &[(u32, u32)] {
        self.rest.as_ref().map_or(&[], |pieces| &pieces.0)
    }

    /// Returns the file's offset of the text's offset.
    pub fn offset(&self, at: usize) -> usize {
        let (text, file) = self.piece(at);
        file as usize + (at - text as usize)
    }

    /// Returns the span in the file of a range of the text.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.offset(range.start);
        let end = if range.end > range.start { self.offset(range.end - 1) + 1 } else { start };
        Span::new(start, end.max(start))
    }

    fn edited(&self, edits: &[Edit]) -> TextMap {
        let mut pieces: Vec<(u32, u32)> = Vec::with_capacity(self.rest().len() + 1 + edits.len() * 2);
        let (mut from, mut out) = (0, 0);
        let keep = |pieces: &mut Vec<(u32, u32)>, from: usize, to: usize, out: usize| {
            pieces.push((Span::new(out, out).start, Span::new(self.offset(from), 0).start));
            let first = self.rest().partition_point(|piece| piece.0 as usize <= from);
            for &(text, file) in self.rest()[first..].iter().take_while(|piece| (piece.0 as usize) < to) {
                let at = out + (text as usize - from);
                pieces.push((Span::new(at, at).start, file));
            }
        };
        for edit in edits {
            if edit.range.start > from {
                keep(&mut pieces, from, edit.range.start, out);
                out += edit.range.start - from;
            }
            if !edit.with.is_empty() {
                let file = self.offset(edit.range.start);
                pieces.push((Span::new(out, out).start, Span::new(file, file).start));
                out += edit.with.len();
            }
            from = edit.range.end;
        }
        keep(&mut pieces, from, usize::MAX, out);
        pieces.dedup_by_key(|piece| piece.0);
        TextMap::from_pieces(pieces)
    }
}

/// A text and where each of its bytes stands in the file that it came from. Cloning is cheap in the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    /// The text itself.
    pub value: Arc<str>,
    /// Where it stands in the file.
    pub map: TextMap,
}

impl Text {
    /// Makes a text that stands in the file as it is, from offset `base`.
    pub fn new(value: &str, base: usize) -> Text {
        Text { value: Arc::from(value), map: TextMap::at(base) }
    }

    /// Returns the span in the file of a range of this text.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.map.span(range)
    }

    /// Returns the text after `edits`, which must ascend and not overlap.
    pub fn edited(&self, edits: &[Edit]) -> Text {
        if edits.is_empty() {
            return self.clone();
        }
        let mut value = String::with_capacity(self.value.len());
        let mut from = 0;
        for edit in edits {
            value.push_str(&self.value[from..edit.range.start]);
            value.push_str(&edit.with);
            from = edit.range.end;
        }
        value.push_str(&self.value[from..]);
        Text { value: Arc::from(value), map: self.map.edited(edits) }
    }

    /// Returns a part of this text as a text of its own.
    pub fn slice(&self, range: Range<usize>) -> Text {
        let mut edits = vec![Edit { range: 0..range.start, with: String::new() }];
        edits.push(Edit { range: range.end..self.value.len(), with: String::new() });
        edits.retain(|edit| !edit.range.is_empty());
        self.edited(&edits)
    }
}

#[cfg(test)]
mod tests {
    use super::{Edit, Text};

    #[test]
    fn offsets_survive_cuts_and_replacements() {
        let file = "....one %%cut%% two [[x|label]] three";
        let text = Text::new(&file[4..], 4);
        let edits = [Edit { range: 4..11, with: String::new() }, Edit { range: 16..27, with: "label".to_owned() }];
        let edited = text.edited(&edits);
        assert_eq!(&*edited.value, "one  two label three");
        let at = edited.value.find("two").expect("it is there");
        assert_eq!(&file[edited.span(at..at + 3).range()], "two");
        let at = edited.value.find("three").expect("it is there");
        assert_eq!(&file[edited.span(at..at + 5).range()], "three");
        let again = edited.edited(&[Edit { range: 0..5, with: String::new() }]);
        assert_eq!(&*again.value, "two label three");
        assert_eq!(&file[again.span(0..3).range()], "two");
        let part = edited.slice(5..8);
        assert_eq!((&*part.value, &file[part.span(0..3).range()]), ("two", "two"));
    }
}

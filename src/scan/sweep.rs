//! Goes over an output once, fast, and stops only where a canary may begin.
//!
//! A word of plain letters and digits is looked up by its first four bytes in a filter that says no to nearly all; a word
//! with anything else in it (other characters, what begins an escape) is read with care, and one that ends at a tag is
//! held against the beginnings of canaries. So no escape evades the sweep: it leaves the word plain, or makes it special.

use super::decode::Escapes;
use super::fold::table;
use super::glance::{Head, Letters, Step, step};
use super::mask::{BLOCK, Block, is_special, is_word, run};
use super::net::{Net, ROOT, four};
use super::reading::{Reach, Reader, Tags, Way, may_join, tag};

/// The ways to read that are tried where a text may be read in several.
const TAGS: [Tags; 3] = [Tags::Text, Tags::Breaks, Tags::Nothing];

/// What came of reading from one place in one way.
struct Walked {
    /// Where the word ends that was read last among those that may begin a canary.
    end: usize,
    /// Whether a word began a canary.
    began: bool,
    met_tag: bool,
    is_ambiguous: bool,
}

/// A canary that was found, as an error: so that a search ends where it stands.
type Found = usize;

impl Net {
    /// Returns the first canary that stands in the bytes.
    pub(super) fn find(&self, bytes: &[u8]) -> Option<usize> {
        if self.is_empty() { None } else { self.sweep(bytes).err() }
    }

    /// Goes over the bytes.
    fn sweep(&self, bytes: &[u8]) -> Result<(), Found> {
        let (mut resume, mut carry) = (0, 0);
        let mut next = Block::at(bytes, 0);
        for from in (0..bytes.len()).step_by(BLOCK) {
            let block = std::mem::replace(&mut next, Block::at(bytes, from + BLOCK));
            let starts = block.starts(&next, &mut carry);
            self.long_words(bytes, from, starts.long)?;
            let short = if self.has_short { starts.short } else { starts.tagged };
            if short != 0 {
                self.short_words(bytes, from, short)?;
            }
            let mut care = starts.care;
            while care != 0 {
                let at = from + care.trailing_zeros() as usize;
                care &= care - 1;
                if at >= resume {
                    resume = self.special(bytes, at)?;
                }
            }
        }
        Ok(())
    }

    /// Takes the plain words of at least four bytes that begin in a block.
    #[inline]
    fn long_words(&self, bytes: &[u8], block: usize, mut words: u64) -> Result<(), Found> {
        let mut last = [0; BLOCK + 4];
        let near: &[u8; BLOCK + 4] = match bytes[block..].first_chunk() {
            Some(near) => near,
            None => {
                last[..bytes.len() - block].copy_from_slice(&bytes[block..]);
                &last
            }
        };
        while words != 0 {
            let at = words.trailing_zeros() as usize;
            words &= words - 1;
            if self.passes(four(near, at)) {
                self.plain(bytes, block + at)?;
            }
        }
        Ok(())
    }

    /// Takes plain words of fewer than four bytes: those that may be the first of a canary, or its beginning before a tag.
    #[inline]
    fn short_words(&self, bytes: &[u8], block: usize, mut words: u64) -> Result<(), Found> {
        while words != 0 {
            let at = block + words.trailing_zeros() as usize;
            words &= words - 1;
            let end = at + run(&bytes[at..], |byte| byte.is_ascii_alphanumeric());
            if self.may_begin(&bytes[at..end]) {
                self.plain(bytes, at)?;
            }
        }
        Ok(())
    }

    /// Takes a word of plain letters and digits that a filter let pass, and behind which a tag may come that does not end
    /// it.
    fn plain(&self, bytes: &[u8], at: usize) -> Result<(), Found> {
        let end = at + run(&bytes[at..], |byte| byte.is_ascii_alphanumeric());
        if let Some(node) = self.child(ROOT, &bytes[at..end]) {
            self.follow(bytes, at, end, node)?;
        }
        if bytes.get(end) == Some(&b'<') && may_join(bytes, end + 1) {
            self.walk_all(bytes, at, end)?;
        }
        Ok(())
    }

    /// Reads on from a word that begins a canary.
    ///
    /// While the text is plain and tags stand between words only, this is every way to read it; where it is not, all are
    /// tried from the beginning.
    fn follow(&self, bytes: &[u8], at: usize, mut end: usize, mut node: usize) -> Result<(), Found> {
        let first = end;
        // Whether the words of tags, read as text, may still be the canary's.
        let mut with_tags = true;
        loop {
            if let Some(canary) = self.canary(node) {
                return Err(canary);
            }
            let mut from = end + run(&bytes[end..], is_gap);
            while bytes.get(from) == Some(&b'<') {
                let inside = from + 1 + run(&bytes[from + 1..], is_gap);
                let behind = inside + run(&bytes[inside..], |byte| byte.is_ascii_alphanumeric());
                let may_match = with_tags && self.child(node, &bytes[inside..behind]).is_some();
                with_tags = false;
                let Some(close) = tag(bytes, from + 1).filter(|_| !may_match && is_clear(bytes, behind)) else {
                    return self.walk_all(bytes, at, first);
                };
                from = close + run(&bytes[close..], is_gap);
            }
            end = from + run(&bytes[from..], |byte| byte.is_ascii_alphanumeric());
            let joins = bytes.get(end) == Some(&b'<') && may_join(bytes, end + 1);
            if end == from || joins || !is_clear(bytes, end) {
                return if from == bytes.len() { Ok(()) } else { self.walk_all(bytes, at, first) };
            }
            let Some(next) = self.child(node, &bytes[from..end]) else { return Ok(()) };
            node = next;
        }
    }

    /// Takes a word with something special in it, from its first byte; returns where to go on.
    fn special(&self, bytes: &[u8], start: usize) -> Result<usize, Found> {
        let table = table();
        let mut word = Head::new(start);
        let mut at = start;
        loop {
            at += word.push_plain(&bytes[at..]);
            match step(table, &bytes[at..]) {
                Step::Letters(text, length, read) => {
                    word.push(text, length);
                    at += read;
                }
                Step::Nothing(read) => at += read,
                Step::Break(read) => {
                    if !self.finish(bytes, &word, at)? {
                        return self.with_care(bytes, word.start);
                    }
                    at += read;
                    word = Head::new(at);
                }
                Step::Care => return self.with_care(bytes, word.start),
                Step::End => {
                    let is_done = self.finish(bytes, &word, at)?;
                    return if is_done { Ok(at.max(start + 1)) } else { self.with_care(bytes, word.start) };
                }
            }
        }
    }

    /// Looks a word up that was read at a glance; `false` where it must be read with care.
    #[inline]
    fn finish(&self, bytes: &[u8], head: &Head, end: usize) -> Result<bool, Found> {
        if !self.may_begin_with(head) {
            return Ok(true);
        }
        let Some(word) = Letters::read(&bytes[head.start..end]) else { return Ok(false) };
        match self.next(ROOT, word.text()).map(|node| self.canary(node)) {
            Some(Some(canary)) => return Err(canary),
            Some(None) => self.walk_all(bytes, head.start, end)?,
            None => {}
        }
        if bytes.get(end) == Some(&b'<') && may_join(bytes, end + 1) {
            self.walk_all(bytes, head.start, end)?;
        }
        Ok(true)
    }

    /// Reads a special word in every way; returns where to go on.
    fn with_care(&self, bytes: &[u8], start: usize) -> Result<usize, Found> {
        let end = start + run(&bytes[start..], is_word).max(1);
        let walked = self.walk(bytes, start, end, Way { tags: Tags::Text, escapes: Escapes::Script })?;
        let resume = walked.end.max(end);
        let joins = bytes.get(resume) == Some(&b'<') && may_join(bytes, resume + 1);
        let mut may_differ = walked.began || walked.met_tag || joins;
        for escapes in [Escapes::Plain, Escapes::Style] {
            if walked.is_ambiguous && !may_differ {
                let other = self.walk(bytes, start, resume, Way { tags: Tags::Text, escapes })?;
                may_differ = other.began || other.met_tag;
            }
        }
        if may_differ {
            self.walk_all(bytes, start, resume)?;
        }
        Ok(resume)
    }

    /// Reads from `start` in every way in which the text may be read.
    fn walk_all(&self, bytes: &[u8], start: usize, end: usize) -> Result<(), Found> {
        for tags in TAGS {
            let walked = self.walk(bytes, start, end, Way { tags, escapes: Escapes::Script })?;
            if walked.is_ambiguous {
                self.walk(bytes, start, end, Way { tags, escapes: Escapes::Plain })?;
                self.walk(bytes, start, end, Way { tags, escapes: Escapes::Style })?;
            }
        }
        Ok(())
    }

    /// Reads from `start` in one way. The words up to the first that ends at `end` or behind it may begin a canary.
    fn walk(&self, bytes: &[u8], start: usize, end: usize, way: Way) -> Result<Walked, Found> {
        let mut reader = Reader::new(bytes, start, way, Reach { longest: self.longest, until: end });
        let mut walked = Walked { end, began: false, met_tag: false, is_ambiguous: false };
        let (mut open, mut may_begin) = (Vec::new(), true);
        while may_begin || !open.is_empty() {
            let stop = if open.is_empty() { end } else { usize::MAX };
            let Some((word, behind)) = reader.next(stop) else { break };
            let begins = may_begin.then_some(ROOT);
            open = open.into_iter().chain(begins).filter_map(|node: usize| self.next(node, word.as_bytes())).collect();
            if may_begin {
                walked.end = behind;
                walked.began |= !open.is_empty();
                may_begin = behind < end;
            }
            if let Some(canary) = open.iter().find_map(|node| self.canary(*node)) {
                return Err(canary);
            }
        }
        walked.end = walked.end.max(if may_begin { reader.end() } else { end });
        walked.met_tag = reader.met_tag;
        walked.is_ambiguous = reader.is_ambiguous();
        Ok(walked)
    }
}

/// Tells whether a byte is one of those that stand between words, and begins no tag, escape or end of a section.
fn is_gap(byte: u8) -> bool {
    !is_word(byte) && !matches!(byte, b'<' | b']')
}

/// Tells whether what comes at `at` is no part of the plain word before it.
fn is_clear(bytes: &[u8], at: usize) -> bool {
    !bytes.get(at).is_some_and(|byte| is_special(*byte))
}

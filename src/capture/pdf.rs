//! The text of a PDF document, page by page: the one door to `hayro-interpret`.
//!
//! The crate runs the drawing instructions of a page (it is written for untrusted files: bounded nesting, no unsafe
//! code of its own); here nothing is drawn, only the glyphs are gathered, in the order in which the file sets them, text
//! behind a scanned image included. Spaces, lines and blocks are read off their places: text is never reordered.
//! It can panic on a damaged file, since it is young: this catches a panic, and takes of the page what came before it.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, RenderContent, SoftMask, interpret_page,
};

use super::builder::{Builder, Noise, Space};
use super::extract::Fault;
use super::text::{CaptureText, Flow, Kind};

/// The most pages that are read.
const MAX_PAGES: usize = 20_000;

/// The most bytes of text that are read.
const MAX_TEXT: usize = 64 << 20;

/// The most work on a page, and on a document. The crate bounds how deep forms nest, not how often: without this a form
/// that draws itself twice would run for ever.
const MAX_PAGE_WORK: usize = 4_000_000;
const MAX_WORK: usize = 400_000_000;

/// The work of a form, or of a clip that is no rectangle, where a glyph is one.
const FORM_WORK: usize = 200;

/// Reading nests deeply in hostile files; a thread of its own has the room.
const STACK: usize = 64 << 20;

/// What a PDF document says of itself, as far as it is text.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Information {
    /// Its title.
    pub(super) title: Option<String>,
    /// Its author.
    pub(super) author: Option<String>,
    /// Year, month and day of its creation.
    pub(super) created: Option<(u16, u8, u8)>,
}

/// Returns the text of a document.
pub(super) fn text(bytes: &[u8], noise: &Noise) -> Result<CaptureText, Fault> {
    with_room(|| {
        let pdf = open(bytes)?;
        let mut out = Builder::new(noise, Flow::Broken, 0);
        let mut cache = InterpreterCache::new();
        let (mut room, mut work) = (MAX_TEXT, MAX_WORK);
        let count = catch_unwind(AssertUnwindSafe(|| pdf.pages().len())).unwrap_or(0);
        for nth in 0..count.min(MAX_PAGES) {
            out.page();
            let mut glyphs = Glyphs { lines: Vec::new(), last: None, room, work: work.min(MAX_PAGE_WORK) };
            let spent = glyphs.work;
            // What stood on the page before a panic was read in good order; the cache it left behind was perhaps not.
            let whole = catch_unwind(AssertUnwindSafe(|| read(&pdf, nth, &cache, &mut glyphs)));
            if whole.is_err() {
                cache = InterpreterCache::new();
            }
            (room, work) = (glyphs.room, work - (spent - glyphs.work));
            for line in glyphs.lines {
                if line.begins_block {
                    out.block(Kind::Paragraph, false);
                } else {
                    out.line();
                }
                out.text(&line.text, 0, Space::Collapsed);
            }
        }
        Ok(out.finish())
    })
}

/// Returns what a document says of itself.
pub(super) fn information(bytes: &[u8]) -> Information {
    let read = || {
        let pdf = open(bytes)?;
        let said = pdf.metadata();
        let text = |bytes: Option<&[u8]>| bytes.map(decode).filter(|text| !text.is_empty());
        let created = said.creation_date.as_ref().map(|date| (date.year, date.month, date.day));
        Ok(Information { title: text(said.title.as_deref()), author: text(said.author.as_deref()), created })
    };
    with_room(read).unwrap_or_default()
}

/// Decodes a text string of a document: UTF-16 or UTF-8 with their marks, or else Latin.
fn decode(bytes: &[u8]) -> String {
    let encoding = encoding_rs::Encoding::for_bom(bytes).map_or(encoding_rs::WINDOWS_1252, |(encoding, _)| encoding);
    let text = encoding.decode(bytes).0;
    text.trim_matches(|c: char| c.is_whitespace() || c == '\0').to_owned()
}

/// Runs `read` on a thread with a large stack; a panic in it is a fault of the document.
fn with_room<T: Send>(read: impl FnOnce() -> Result<T, Fault> + Send) -> Result<T, Fault> {
    let fault = |reason: &str| Fault::Unreadable(reason.to_owned());
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, read);
        match thread.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(fault("it is damaged")),
            Err(_) => Err(fault("there is no memory to read it")),
        }
    })
}

fn open(bytes: &[u8]) -> Result<Pdf, Fault> {
    Pdf::new(bytes.to_vec()).map_err(|fault| match fault {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Fault::Encrypted,
        LoadPdfError::Decryption(_) => Fault::Unreadable("its encryption is not known".to_owned()),
        LoadPdfError::Invalid => Fault::Unreadable("it is no PDF document, or damaged".to_owned()),
    })
}

fn read<'a>(pdf: &'a Pdf, nth: usize, cache: &InterpreterCache<'a>, glyphs: &mut Glyphs) {
    let Some(page) = pdf.pages().get(nth) else { return };
    let settings = InterpreterSettings { render_content: RenderContent::PAGE, ..InterpreterSettings::default() };
    let mut context = Context::new(Affine::IDENTITY, Rect::new(0.0, 0.0, 1.0, 1.0), cache, pdf.xref(), settings);
    interpret_page(page, &mut context, glyphs);
}

/// A line of a page.
struct Line {
    text: String,
    begins_block: bool,
}

/// Gathers the glyphs of a page into lines.
struct Glyphs {
    lines: Vec<Line>,
    last: Option<Placed>,
    /// The bytes that may still be read.
    room: usize,
    /// The work that may still be done.
    work: usize,
}

/// A glyph on the page.
#[derive(Clone, Copy)]
struct Placed {
    origin: Point,
    /// Where the next one would stand.
    end: Point,
    /// The direction of its line, of length 1.
    along: Vec2,
    /// The size of its font on the page.
    size: f64,
}

/// How a glyph stands to the one before it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// It is the same one again, a little aside: bold type made of two prints.
    Again,
    Joined,
    Spaced,
    Line,
    Block,
}

/// The narrowest gap that is a space, in parts of the font's size.
const SPACE: f64 = 0.17;

impl Placed {
    fn new(transform: Affine, advance: Option<f32>) -> Option<Placed> {
        // Glyphs are 1000 units high.
        let advance = advance.map_or(600.0, f64::from);
        let origin = transform * Point::ZERO;
        let along = transform * Point::new(1000.0, 0.0) - origin;
        let size = (transform * Point::new(0.0, 1000.0) - origin).hypot();
        let end = transform * Point::new(advance, 0.0);
        let sound = origin.is_finite() && end.is_finite() && size > 0.0 && along.hypot() > 0.0;
        sound.then(|| Placed { origin, end, along: along.normalize(), size })
    }

    fn step_from(&self, last: &Placed) -> Step {
        let size = self.size.max(last.size);
        let gap = self.origin - last.end;
        let (along, across) = (gap.dot(last.along), gap.cross(last.along).abs());
        let turned = self.along.dot(last.along) < 0.9;
        if (self.origin - last.origin).hypot() < 0.05 * size && across < 0.05 * size {
            return Step::Again;
        }
        if !turned && across < 0.65 * size && along > -0.6 * size && along < 12.0 * size {
            return if along > SPACE * self.size.min(last.size) { Step::Spaced } else { Step::Joined };
        }
        let below = gap.cross(last.along) > 0.0;
        if turned || !below || across > 1.75 * size { Step::Block } else { Step::Line }
    }
}

impl Glyphs {
    /// Counts work, and leaves the page where it is too much: a device has no other way to say so. Unlike a panic this
    /// is silent; it is caught where the page is read.
    fn spend(&mut self, work: usize) {
        match self.work.checked_sub(work) {
            Some(rest) => self.work = rest,
            None => {
                self.work = 0;
                resume_unwind(Box::new("too much work"))
            }
        }
    }

    fn add(&mut self, text: &str, placed: Option<Placed>) {
        let Some(placed) = placed.filter(|_| text.len() <= self.room) else { return };
        let step = self.last.map_or(Step::Block, |last| placed.step_from(&last));
        if text.trim().is_empty() {
            // Programs set a space without width where a word might have been broken.
            if (placed.end - placed.origin).hypot() < 0.05 * placed.size {
                return;
            }
            // A space that is set is one; where it leads is seen at the next glyph.
            if let Some(line) = self.lines.last_mut().filter(|_| matches!(step, Step::Joined | Step::Spaced)) {
                line.text.push(' ');
                self.last = Some(placed);
            }
            return;
        }
        self.room -= text.len();
        match (step, self.lines.last_mut()) {
            (Step::Again, Some(line)) if line.text.ends_with(text) => return,
            (Step::Joined | Step::Again, Some(line)) => line.text.push_str(text),
            (Step::Spaced, Some(line)) => {
                line.text.push(' ');
                line.text.push_str(text);
            }
            (step, _) => self.lines.push(Line { text: text.to_owned(), begins_block: step == Step::Block }),
        }
        self.last = Some(placed);
    }
}

impl<'a> Device<'a> for Glyphs {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.spend(run.glyphs().len());
        for glyph in run.glyphs() {
            let advance = match &**glyph {
                Glyph::Outline(outline) => outline.advance_width(),
                Glyph::Type3(drawn) => drawn.advance_width(),
            };
            let placed = Placed::new(props.transform * glyph.transform(), advance);
            match glyph.as_unicode() {
                Some(BfString::Char(c)) => self.add(c.encode_utf8(&mut [0; 4]), placed),
                Some(BfString::String(text)) => self.add(&text, placed),
                None => self.add("\u{fffd}", placed),
            }
        }
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.spend(FORM_WORK);
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.spend(1);
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.spend(1);
    }

    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {
        self.spend(1);
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.spend(1);
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

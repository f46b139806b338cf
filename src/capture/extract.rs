//! From the bytes of a capture to its text, by format.

use std::fmt;

use super::builder::Noise;
use super::text::CaptureText;
use super::{charset, html, md, pdf, txt};

/// The largest capture that is read, in bytes.
pub const MAX_SIZE: usize = 64 << 20;

/// What a capture is.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Format {
    /// Plain text.
    Txt,
    /// Markdown.
    Md,
    /// An HTML page.
    Html,
    /// A PDF document.
    Pdf,
}

impl Format {
    /// Returns the format of a file's extension, in any letter case.
    pub fn of_extension(extension: &str) -> Option<Format> {
        match extension.to_ascii_lowercase().as_str() {
            "txt" | "text" => Some(Format::Txt),
            "md" | "markdown" => Some(Format::Md),
            "html" | "htm" | "xhtml" => Some(Format::Html),
            "pdf" => Some(Format::Pdf),
            _ => None,
        }
    }
}

/// Why a capture has no text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// It is larger than [`MAX_SIZE`].
    TooLarge,
    /// It is no PDF document, or a damaged one; the reason as far as it is known.
    Unreadable(String),
    /// It is a PDF document that needs a password.
    Encrypted,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::TooLarge => write!(f, "it is larger than {} MiB", MAX_SIZE >> 20),
            Fault::Unreadable(reason) => write!(f, "it cannot be read as a PDF document: {reason}"),
            Fault::Encrypted => f.write_str("it is encrypted with a password"),
        }
    }
}

/// Returns the text of a capture without the lines of `noise`.
///
/// # Errors
/// Fails where the file is too large, or is no PDF document that can be read. Text in the other formats is always read.
pub fn extract(format: Format, bytes: &[u8], noise: &[String]) -> Result<CaptureText, Fault> {
    if bytes.len() > MAX_SIZE {
        return Err(Fault::TooLarge);
    }
    let noise = Noise::new(noise);
    match format {
        Format::Txt => Ok(txt::text(&charset::decode(bytes), &noise)),
        Format::Md => Ok(md::text(&charset::decode(bytes), &noise)),
        Format::Html => Ok(html::text(&charset::decode_html(bytes), &noise)),
        Format::Pdf => pdf::text(bytes, &noise),
    }
}

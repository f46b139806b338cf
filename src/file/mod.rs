//! Input files and positions in them: paths, spans, texts and the snapshot of a site. This never touches the disk.
//!
//! Everything downstream speaks of places as a [`RelPath`] and a [`Span`] of bytes; lines and columns are worked out
//! only when a diagnostic is shown.

mod fault;
mod fit;
mod path;
mod position;
mod print;
mod snapshot;
mod text;

pub use fault::IoFault;
pub use fit::Fit;
pub use path::RelPath;
pub use position::{LineIndex, Position, Span};
pub use print::Print;
pub use snapshot::{Bytes, Entry, Files, MemoryFiles, Snapshot};
pub use text::{Edit, Text, TextMap};

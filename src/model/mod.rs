//! The nouns, as plain data: records, their fields, dates, names, and the archive of everything that is published.

pub mod archive;
pub mod claim;
pub mod date;
pub mod field;
pub mod independence;
pub mod name;
pub mod names;
pub mod record;

pub use archive::{Archive, Awaited, Backlink, Entry, Later, Links, Shape, Target, Via};
pub use claim::{Assessment, Claim, Response};
pub use field::{FieldCitation, Fields, Need, Reference, Spanned, Value};
pub use independence::{Independence, Voice};
pub use names::{Found, Ix, Names};
pub use record::{Alias, Origin, Record, Visibility, bundle};

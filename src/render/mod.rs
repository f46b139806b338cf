//! The one door to Tera: a chain of themes, templates in, bytes out. It sees views as values and never the model.
//!
//! 1. [`Theme::load`] follows `extends` from the site's theme to the built-in `default`, the site's own `templates/` first.
//! 2. [`Renderer::new`] parses every template once; each fault is a diagnostic with template, line and column.
//! 3. [`Renderer::render`] makes one page: `site` and `page` are all that a template sees.

mod built_in;
mod growth;
mod template;
mod theme;

pub use built_in::built_in;
pub use template::{Renderer, safe};
pub use theme::{Asset, Theme};

/// The largest page that a template may make, in bytes.
pub const LARGEST: usize = 64 * 1024 * 1024;

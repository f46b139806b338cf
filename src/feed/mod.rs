//! stub
use crate::view::Edition;
/// s
pub fn atom(_: &Edition) -> String { String::new() }
/// s
pub fn json_feed(_: &Edition) -> String { String::new() }
/// s
pub fn sitemap(_: &Edition) -> String { String::new() }
/// s
pub fn robots(_: &Edition) -> String { String::new() }

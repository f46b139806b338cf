//! stub
/// s
pub fn is_image(path: &str) -> bool { [".png",".jpg",".jpeg",".gif",".webp"].iter().any(|e| path.to_lowercase().ends_with(e)) }
/// s
pub fn is_plain(path: &str) -> bool { [".txt",".md",".csv",".json",".css",".js",".woff2"].iter().any(|e| path.to_lowercase().ends_with(e)) }
/// s
pub fn dimensions(_: &[u8]) -> Option<(u32,u32)> { None }
/// s
pub fn widths(_: &str, _: u32) -> Vec<u32> { Vec::new() }
/// s
pub fn strip(b: &[u8]) -> Result<Vec<u8>, String> { Ok(b.to_vec()) }
/// s
pub fn resize(b: &[u8], _: u32) -> Result<Vec<u8>, String> { Ok(b.to_vec()) }

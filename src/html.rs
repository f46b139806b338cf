//! Values that templates print: the one door to Tera's values for the rooms that make views.

use serde::Serialize;

pub use tera::Value;

/// Makes a value that a template prints as it is, without escaping.
pub fn html(markup: &str) -> Value {
    Value::safe_string(markup)
}

/// Turns a view into the value that a template sees. Values inside it stay what they are.
pub fn view<T: Serialize>(view: &T) -> Value {
    Value::from_serializable(view)
}

/// Returns a view with one of its values replaced; the others are shared.
pub fn with(view: &Value, key: &'static str, value: Value) -> Value {
    let mut map = view.as_map().cloned().unwrap_or_default();
    map.insert(key.into(), value);
    Value::from(map)
}

/// Returns a value's text; empty where it is none.
pub fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Appends a text to markup, escaped for element content and for attributes in double quotes.
pub fn escape(text: &str, into: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        into.push_str(&text[from..at]);
        into.push_str(entity);
        from = at + 1;
    }
    into.push_str(&text[from..]);
}

/// Returns a text escaped for markup.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    escape(text, &mut out);
    out
}

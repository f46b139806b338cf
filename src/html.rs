//! Values that templates print: the one door to Tera's values for the rooms that make views.

use serde::Serialize;
use serde::ser::SerializeStruct;

pub use tera::Value;
use wide::u8x16;

/// Makes a value that a template prints as it is, without escaping.
pub fn html(markup: &str) -> Value {
    Value::safe_string(markup)
}

/// Turns a view into the value that a template sees. Values inside it stay what they are.
pub fn value<T: Serialize>(view: &T) -> Value {
    Value::from_serializable(view)
}

/// A view whose fields can stand among those of another one.
pub trait View {
    /// How many fields it has.
    const FIELDS: usize;

    /// Hands out the fields under their names.
    ///
    /// # Errors
    /// As the one that takes them.
    fn hand_out<S: SerializeStruct>(&self, to: &mut S) -> Result<(), S::Error>;
}

/// Declares a view that stands among the fields of another, or has another's fields beside its own: `..base: Base`, as
/// the first.
///
/// What serde itself offers for that makes a map of unknown length, in which each name is allocated.
macro_rules! view {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident $(<$life:lifetime>)? {
            $(..$base_vis:vis $base:ident: $base_type:ty,)?
            $($(#[$field_meta:meta])* $field_vis:vis $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$meta])*
        $vis struct $name $(<$life>)? {
            $($base_vis $base: $base_type,)?
            $($(#[$field_meta])* $field_vis $field: $type,)*
        }

        impl $(<$life>)? $crate::html::View for $name $(<$life>)? {
            const FIELDS: usize = [$(stringify!($field)),*].len() $(+ <$base_type as $crate::html::View>::FIELDS)?;

            fn hand_out<S: ::serde::ser::SerializeStruct>(&self, to: &mut S) -> Result<(), S::Error> {
                $($crate::html::View::hand_out(&self.$base, to)?;)?
                $(to.serialize_field(stringify!($field), &self.$field)?;)*
                Ok(())
            }
        }

        impl $(<$life>)? ::serde::Serialize for $name $(<$life>)? {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut fields = serializer.serialize_struct(stringify!($name), <Self as $crate::html::View>::FIELDS)?;
                $crate::html::View::hand_out(self, &mut fields)?;
                ::serde::ser::SerializeStruct::end(fields)
            }
        }
    };
}
pub(crate) use view;

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

/// Tells whether a text stands in markup as it is.
#[inline]
pub fn is_plain(text: &str) -> bool {
    !has_any(text.as_bytes(), |block| {
        let is = |byte: u8| block.simd_eq(u8x16::splat(byte));
        is(b'&') | is(b'<') | is(b'>') | is(b'"') | is(b'\'')
    })
}

/// Tells whether a text stands in JSON, and in a script element, as it is.
#[inline]
pub fn is_plain_json(text: &str) -> bool {
    !has_any(text.as_bytes(), |block| {
        let is = |byte: u8| block.simd_eq(u8x16::splat(byte));
        // Only what is less than a space is its own least with the last of these.
        is(b'"') | is(b'\\') | is(b'<') | block.min(u8x16::splat(b' ' - 1)).simd_eq(block)
    })
}

/// Tells whether any of some bytes is one that `found` marks, sixteen at once. What lacks in the last is filled with spaces.
#[inline]
fn has_any(bytes: &[u8], found: impl Fn(u8x16) -> u8x16) -> bool {
    let (blocks, rest) = bytes.as_chunks::<16>();
    let mut last = [b' '; 16];
    last[..rest.len()].copy_from_slice(rest);
    blocks.iter().chain([&last]).any(|block| found(u8x16::new(*block)).to_bitmask() != 0)
}

/// Appends a text to markup, escaped for element content and for attributes in double quotes.
pub fn escape(text: &str, into: &mut String) {
    if is_plain(text) {
        return into.push_str(text);
    }
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

#[cfg(test)]
mod tests {
    use super::{escaped, is_plain, is_plain_json};

    #[test]
    fn a_text_is_plain_where_escaping_changes_nothing() {
        for length in 0..40 {
            let text = "é".repeat(length / 2) + &"x".repeat(length % 2);
            assert!(is_plain(&text) && is_plain_json(&text), "{text:?}");
        }
        for byte in 0..128_u8 {
            for at in [0, 1, 15, 16, 33] {
                let text = format!("{}{}é", " ".repeat(at), char::from(byte));
                assert_eq!(is_plain(&text), escaped(&text) == text, "{text:?}");
                let json = serde_json::to_string(&text).unwrap();
                assert_eq!(is_plain_json(&text), json.len() == text.len() + 2 && byte != b'<', "{text:?}");
            }
        }
    }
}

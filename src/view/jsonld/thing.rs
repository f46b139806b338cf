//! Things of schema.org while they are made, and JSON written from them.

use std::borrow::Cow;

use crate::html::is_plain_json;

/// One thing: its properties by name, each once.
#[derive(Default)]
pub(super) struct Thing<'e>(Vec<(&'static str, Json<'e>)>);

/// What a property says.
pub(super) enum Json<'e> {
    Text(Cow<'e, str>),
    Number(f64),
    Thing(Thing<'e>),
    All(Vec<Json<'e>>),
}

impl<'e> From<&'e str> for Json<'e> {
    fn from(text: &'e str) -> Json<'e> {
        Json::Text(Cow::Borrowed(text))
    }
}

impl<'e> Thing<'e> {
    /// Adds a property.
    pub(super) fn add(&mut self, name: &'static str, value: Json<'e>) {
        self.0.push((name, value));
    }

    /// Adds a property in words; an empty text adds none.
    pub(super) fn put(&mut self, name: &'static str, text: impl Into<Cow<'e, str>>) {
        let text = text.into();
        if !text.is_empty() {
            self.add(name, Json::Text(text));
        }
    }

    /// Adds several values; one stands for itself.
    pub(super) fn put_all(&mut self, name: &'static str, mut all: Vec<Json<'e>>) {
        match all.len() {
            0 => {}
            1 => self.add(name, all.remove(0)),
            _ => self.add(name, Json::All(all)),
        }
    }

    /// Gives a property another name.
    pub(super) fn rename(&mut self, from: &str, to: &'static str) {
        self.0.iter_mut().filter(|(name, _)| *name == from).for_each(|(name, _)| *name = to);
    }

    /// Keeps only the properties of these names.
    pub(super) fn keep(&mut self, names: &[&str]) {
        self.0.retain(|(name, _)| names.contains(name));
    }

    /// Returns the thing as a script element, in which no `<` may stand: it could end the element or begin a comment.
    pub(super) fn script(self) -> String {
        let mut out = String::with_capacity(512);
        out.push_str("<script type=\"application/ld+json\">");
        Json::Thing(self).write(&mut out);
        out.push_str("</script>");
        out
    }
}

impl Json<'_> {
    /// Appends the value as JSON, properties by their names.
    fn write(self, out: &mut String) {
        let separate = |between: &mut bool, out: &mut String| {
            if std::mem::replace(between, true) {
                out.push(',');
            }
        };
        let mut between = false;
        match self {
            Json::Text(text) => quote(&text, out),
            Json::Number(number) => out.push_str(&serde_json::json!(number).to_string()),
            Json::All(all) => {
                out.push('[');
                for value in all {
                    separate(&mut between, out);
                    value.write(out);
                }
                out.push(']');
            }
            Json::Thing(Thing(mut properties)) => {
                properties.sort_unstable_by_key(|(name, _)| *name);
                out.push('{');
                for (name, value) in properties {
                    separate(&mut between, out);
                    quote(name, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// Appends a text in quotation marks.
fn quote(text: &str, out: &mut String) {
    out.push('"');
    if is_plain_json(text) {
        out.push_str(text);
        return out.push('"');
    }
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= b' ' && !matches!(byte, b'"' | b'\\' | b'<') {
            continue;
        }
        out.push_str(&text[from..at]);
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            _ => out.push_str(&format!("\\u{byte:04x}")),
        }
        from = at + 1;
    }
    out.push_str(&text[from..]);
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::{Json, Thing};

    #[test]
    fn a_script_is_json_whatever_is_said_in_it() {
        let odd = "a \"b\" \\ </script> \n \t \u{1} é \u{2028}";
        let mut thing = Thing::default();
        thing.put("name", odd);
        thing.put("nothing", "");
        thing.put_all("one", vec![Json::from("x")]);
        thing.put_all("all", vec![Json::Number(60.0), Json::Number(-0.25), Json::Thing(Thing::default())]);
        let script = thing.script();
        let json = script.strip_prefix("<script type=\"application/ld+json\">");
        let json = json.and_then(|json| json.strip_suffix("</script>")).unwrap();
        assert!(!json.contains('<'), "{json}");
        let expected = serde_json::json!({ "all": [60.0, -0.25, {}], "name": odd, "one": "x" });
        assert_eq!(serde_json::from_str::<serde_json::Value>(json).unwrap(), expected);
        assert!(json.starts_with(r#"{"all":[60.0,-0.25,{}],"name":"a "#), "{json}");
    }
}

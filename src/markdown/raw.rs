//! Tags of raw HTML, read by CommonMark's strict grammar (section 6.6). What is not of that grammar is no tag.

/// A tag.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct RawTag<'s> {
    /// Its name, in lower case.
    pub(super) name: String,
    /// Whether it opens or closes.
    pub(super) kind: RawKind,
    /// Its attributes: names in lower case, values as written.
    pub(super) attributes: Vec<(String, &'s str)>,
    /// How many bytes it takes.
    pub(super) length: usize,
}

/// Whether a tag opens or closes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RawKind {
    /// `<b>`
    Open,
    /// `</b>`
    Close,
}

/// Reads the tag at the beginning of a text.
pub(super) fn read(text: &str) -> Option<RawTag<'_>> {
    let inside = text.strip_prefix('<')?;
    let (kind, inside) = match inside.strip_prefix('/') {
        Some(inside) => (RawKind::Close, inside),
        None => (RawKind::Open, inside),
    };
    let length = run(inside, |letter| letter.is_ascii_alphanumeric() || letter == '-');
    if !inside.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return None;
    }
    let name = inside[..length].to_ascii_lowercase();
    let mut rest = &inside[length..];
    let mut attributes = Vec::new();
    loop {
        let trimmed = rest.trim_start_matches(is_space);
        if let Some(after) = trimmed.strip_prefix('>').or_else(|| trimmed.strip_prefix("/>")) {
            let length = text.len() - after.len();
            return Some(RawTag { name, kind, attributes, length });
        }
        if trimmed.len() == rest.len() || kind == RawKind::Close {
            return None;
        }
        let length = run(trimmed, |letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | ':' | '.' | '-'));
        if length == 0 || trimmed.starts_with(|letter: char| letter.is_ascii_digit() || letter == '.' || letter == '-')
        {
            return None;
        }
        let (value, after) = value(&trimmed[length..])?;
        attributes.push((trimmed[..length].to_ascii_lowercase(), value));
        rest = after;
    }
}

/// Reads an attribute's value, if there is one, and returns what follows.
fn value(text: &str) -> Option<(&str, &str)> {
    let Some(behind) = text.trim_start_matches(is_space).strip_prefix('=') else { return Some(("", text)) };
    let behind = behind.trim_start_matches(is_space);
    if let Some(quote) = behind.chars().next().filter(|letter| matches!(letter, '"' | '\'')) {
        let end = behind[1..].find(quote)?;
        return Some((&behind[1..=end], &behind[end + 2..]));
    }
    let length = run(behind, |letter| !is_space(letter) && !matches!(letter, '"' | '\'' | '=' | '<' | '>' | '`'));
    (length > 0).then(|| (&behind[..length], &behind[length..]))
}

fn is_space(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r' | '\x0C')
}

/// Returns the length of the run of letters at the beginning of a text.
fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|letter| !belongs(letter)).unwrap_or(text.len())
}

/// Decodes the entities of a value that may hide something: numbers, and those of markup.
pub(super) fn decoded(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        let name = rest[at + 1..]
            .split(|letter: char| !(letter.is_ascii_alphanumeric() || letter == '#'))
            .next()
            .unwrap_or_default();
        let letter = match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            "colon" => Some(':'),
            "Tab" => Some('\t'),
            "NewLine" => Some('\n'),
            _ => number(name),
        };
        out.push(letter.unwrap_or('&'));
        let used = letter.map_or(1, |_| 1 + name.len());
        rest = &rest[at + used..];
        rest = letter.and_then(|_| rest.strip_prefix(';')).unwrap_or(rest);
    }
    out.push_str(rest);
    out
}

/// Reads the number of a numeric entity.
fn number(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    Some(char::from_u32(code).unwrap_or('\u{FFFD}'))
}

#[cfg(test)]
mod tests {
    use super::{RawKind, decoded, read};

    /// The name, whether it opens, the attributes, and the length of a tag.
    type Expected<'a> = Option<(&'a str, RawKind, &'a [(&'a str, &'a str)], usize)>;

    fn check(text: &str, expect: Expected<'_>) {
        let tag = read(text);
        let attributes: Vec<(&str, &str)> =
            tag.iter().flat_map(|tag| &tag.attributes).map(|(name, value)| (name.as_str(), *value)).collect();
        let found = tag.as_ref().map(|tag| (tag.name.as_str(), tag.kind, &attributes[..], tag.length));
        assert_eq!(found, expect, "{text}");
    }

    #[test]
    fn tags_are_of_commonmarks_grammar() {
        check("<b>x", Some(("b", RawKind::Open, &[], 3)));
        check("</B >", Some(("b", RawKind::Close, &[], 5)));
        check(
            "<a HREF='x>y' b c=d e = \"f\" />",
            Some(("a", RawKind::Open, &[("href", "x>y"), ("b", ""), ("c", "d"), ("e", "f")], 30)),
        );
        for text in ["<", "< b>", "<1>", "<b", "<b x=>", "<b\"x\">", "<a href=\"x>", "</b x>", "<b/ >", "<a b=`x`>"] {
            check(text, None);
        }
    }

    #[test]
    fn entities_hide_nothing() {
        assert_eq!(decoded("java&#115;cript&colon;&#x61;&amp;b&copy;&"), "javascript:a&b&copy;&");
    }
}

//! The words of a language, from hayagriva's archive of CSL locales; only those that a style can ask for are decoded.

use hayagriva::archive::LOCALES;
use hayagriva::citationberg::{Locale, LocaleCode};

/// The languages of hayagriva's archive, in its order.
const CODES: &[&str] = &[
    "af-ZA",
    "ar",
    "bal-PK",
    "bg-BG",
    "brh-PK",
    "ca-AD",
    "cs-CZ",
    "cy-GB",
    "da-DK",
    "de-AT",
    "de-CH",
    "de-DE",
    "el-GR",
    "en-GB",
    "en-US",
    "es-CL",
    "es-ES",
    "es-MX",
    "et-EE",
    "eu",
    "fa-IR",
    "fi-FI",
    "fr-CA",
    "fr-FR",
    "gl-ES",
    "he-IL",
    "hi-IN",
    "hr-HR",
    "hu-HU",
    "hy-AM",
    "id-ID",
    "is-IS",
    "it-IT",
    "ja-JP",
    "km-KH",
    "ko-KR",
    "la",
    "lij-IT",
    "lt-LT",
    "lv-LV",
    "mn-MN",
    "ms-MY",
    "nb-NO",
    "nl-NL",
    "nn-NO",
    "pa-PK",
    "pl-PL",
    "pt-BR",
    "pt-PT",
    "ro-RO",
    "ru-RU",
    "sk-SK",
    "sl-SI",
    "sr-Cyrl-RS",
    "sr-Latn-RS",
    "sv-SE",
    "th-TH",
    "tl-PH",
    "tr-TR",
    "uk-UA",
    "vi-VN",
    "zh-CN",
    "zh-TW",
];

/// The language whose words stand in for others.
const FALLBACK: &str = "en-US";

/// Returns the archive's code for a language as BCP 47 writes it (`de`, `de-LU`, `en_gb`): the same one, else the
/// principal one of the same language, else any of that language, else American English.
pub(super) fn code(language: &str) -> &'static str {
    let language = language.replace('_', "-");
    let primary = language.split('-').next().unwrap_or_default();
    let same = CODES.iter().find(|code| code.eq_ignore_ascii_case(&language));
    let principal = || {
        let fallback = LocaleCode(primary.to_ascii_lowercase()).fallback()?;
        CODES.iter().find(|code| **code == fallback.0)
    };
    let any =
        || CODES.iter().find(|code| code.split('-').next().is_some_and(|first| first.eq_ignore_ascii_case(primary)));
    same.or_else(principal).or_else(any).copied().unwrap_or(FALLBACK)
}

/// Decodes the words of a language, given by its code in the archive, and those that stand in for what it lacks.
pub(super) fn decode(code: &str) -> Vec<Locale> {
    let mut locales = Vec::new();
    for code in [code, FALLBACK] {
        let bytes = CODES.iter().position(|known| *known == code).and_then(|at| LOCALES.get(at));
        let known = locales.iter().any(|locale: &Locale| locale.lang.as_ref().is_some_and(|lang| lang.0 == code));
        if let Some(bytes) = bytes.filter(|_| !known)
            && let Ok(locale) = ciborium::from_reader(*bytes)
        {
            locales.push(locale);
        }
    }
    locales
}

#[cfg(test)]
mod tests {
    use super::{CODES, code, decode};

    #[test]
    fn every_code_stands_where_its_locale_does() {
        assert_eq!(CODES.len(), hayagriva::archive::LOCALES.len());
        for code in CODES {
            let locales = decode(code);
            assert_eq!(
                locales.first().and_then(|locale| locale.lang.as_ref()).map(|lang| lang.0.as_str()),
                Some(*code)
            );
        }
    }

    #[test]
    fn a_language_finds_its_locale() {
        let cases = [
            ("en", "en-US"),
            ("en-GB", "en-GB"),
            ("en_gb", "en-GB"),
            ("de", "de-DE"),
            ("de-LU", "de-DE"),
            ("fr", "fr-FR"),
            ("la", "la"),
            ("eu-ES", "eu"),
            ("tlh", "en-US"),
            ("", "en-US"),
        ];
        for (language, expect) in cases {
            assert_eq!(code(language), expect, "{language}");
        }
    }
}
